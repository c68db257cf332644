"""A piece of HTML, as feeds carry it, to the text that it shows: paragraphs with one blank line between them."""

from __future__ import annotations

import re

from lxml import etree, html

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
#: What shows no words of the article: a caption belongs to its picture.
_UNSHOWN = frozenset({
    "applet", "audio", "button", "canvas", "embed", "figcaption", "figure", "frame", "head", "iframe", "input", "link", "map", "math",
    "meta", "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "title", "video",
})  # fmt: skip
_BREAK, _PARAGRAPH = "\ue000", "\ue001"
_PRIVATE = re.compile("[\ue000\ue001]")
_SPACE = re.compile(r"[ \t\r\n\f\v\xa0]+")


def markup_text(source: str) -> str:
    """The text of a fragment of HTML, however broken; a `<br>` is a line's end and two of them a paragraph's. May be empty."""
    source = _PRIVATE.sub(" ", source.replace("\0", ""))
    if "<" not in source and "&" not in source:
        return _paragraphs(source)
    try:
        data = source.encode("utf-8", "replace")  # bytes, because a declared encoding in a str is refused
        tree = html.fragment_fromstring(data, create_parent="div", parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError, AssertionError):
        return ""
    return _paragraphs("".join(_pieces(tree)))


def _pieces(tree: html.HtmlElement) -> list[str]:
    """Words and marks in reading order, without recursion: a stranger's tree may be deep."""
    pieces: list[str] = []
    pending: list[tuple[html.HtmlElement, bool]] = [(tree, False)]
    while pending:
        node, closing = pending.pop()
        name = node.tag if isinstance(node.tag, str) else ""
        mark = _PARAGRAPH if name in _BLOCKS else _BREAK if name == "br" else " " if name in ("td", "th") else ""
        pieces.append(mark)
        if closing:
            if node is not tree:
                pieces.append(node.tail or "")
            continue
        if not name or name in _UNSHOWN or name == "br":
            pieces.append(node.tail or "")
            continue
        pieces.append(node.text or "")
        pending.append((node, True))
        pending.extend((child, False) for child in reversed(node))
    return pieces


def _paragraphs(marked: str) -> str:
    found = []
    for block in marked.split(_PARAGRAPH):
        lines = [_SPACE.sub(" ", line).strip() for line in block.split(_BREAK)]
        text = "\n".join(lines).strip("\n")
        found += [part.strip("\n") for part in re.split(r"\n{2,}", text) if part.strip("\n")]
    return "\n\n".join(found)
