"""Marked-up bodies (NITF, XHTML, HTML of mails and feeds) to the paragraphs that a reader sees. No word is left out as furniture:
that is the work of cleaning."""

from __future__ import annotations

import re

from lxml import etree, html

from readout.sources.decoding import without_surrogates
from readout.sources.xml import entity_text, local

#: What is not the article's running text: code, forms, and pictures with their captions.
_SKIPPED = frozenset({
    "script", "style", "head", "title", "noscript", "template", "figure", "media", "media-caption", "iframe", "svg", "math",
    "audio", "video", "object", "select", "textarea", "button", "nitf-table-metadata",
})  # fmt: skip
_BLOCKS = frozenset({
    "p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "body", "html", "body.content", "body.end",
    "body.head", "h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2", "hedline", "block", "ul", "ol", "li", "dl", "dt", "dd",
    "blockquote", "bq", "pre", "address", "fieldset", "form", "figcaption", "hr", "table", "caption", "thead", "tbody", "tfoot",
    "tr", "note", "tagline", "nitf-table", "abstract", "summary", "details", "center", "fn",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_BREAK = "\0"  # it cannot stand in XML, nor in a page that was read
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_SPACES = re.compile(r" {2,}")
#: A tag may say a lot in quotation marks; outside of them what is longer than this are attributes by the hundred.
_LONGEST_TAG = 1_000
_LONG_TAG = re.compile(rf"<(/?[A-Za-z][A-Za-z0-9:-]{{0,60}})([^<>]{{{_LONGEST_TAG},}})")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def paragraphs_of(element: etree._Element, without: frozenset[str] = frozenset()) -> list[str]:
    """The paragraphs of a body in reading order: one for each block, heading, list item and row of a table (cells set apart by
    tabs), without white space at their ends; a line break within a paragraph is a newline, two end it. Elements of the names
    `without` are passed over."""
    pieces: list[str] = []
    _collect(element, pieces, _SKIPPED | without, False)
    found = []
    for block in "".join(pieces).split(_BREAK * 2):
        text = "\n".join(_SPACES.sub(" ", line).strip(" \t") for line in block.split(_BREAK)).strip()
        found += [part.strip() for part in re.split(r"\n{2,}", text) if part.strip()]
    return found


def joined(paragraphs: list[str]) -> str:
    """A text of these paragraphs, one blank line between them."""
    return without_surrogates("\n\n".join(paragraphs))


def html_paragraphs(page: str) -> list[str]:
    """The paragraphs of a page or of a piece of one; anything is read somehow, as a browser does."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    source = bounded_tags(page).replace("\0", "").encode("utf-8", "replace")
    if not source.strip():
        return []
    try:
        root = html.document_fromstring(source, parser=parser, ensure_head_body=False)
    except etree.ParserError:
        return []
    return paragraphs_of(root)


def bounded_tags(page: str) -> str:
    """The page with the attributes taken from tags that have hundreds of them, which its parser compares each with each: 40,000 on one
    tag, less than half a megabyte, take it twelve seconds."""

    def bounded(tag: re.Match[str]) -> str:
        return f"<{tag[1]}" if len(_QUOTED.sub("", tag[2])) > _LONGEST_TAG else tag[0]

    return _LONG_TAG.sub(bounded, page)


def markup_text(source: str) -> str:
    """The text of a piece of HTML, as feeds carry it: paragraphs with one blank line between them. May be empty."""
    return joined(html_paragraphs(source))


def without_headline(paragraphs: list[str], title: str | None) -> list[str]:
    """The paragraphs without a first one that only repeats the headline."""
    if title and paragraphs and _plain(paragraphs[0]) == _plain(title):
        return paragraphs[1:]
    return paragraphs


def first_heading(element: etree._Element) -> str | None:
    """The text of the first h1 of a body, as its paragraph reads, or None."""
    heading = next((child for child in element.iter() if local(child) == "h1"), None)
    return " ".join(" ".join(paragraphs_of(heading)).split()) or None if heading is not None else None


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".")


def _collect(element: etree._Element, pieces: list[str], skipped: frozenset[str], kept: bool) -> None:
    """Adds an element's text: blocks between double breaks, cells behind tabs. Trees are 256 deep at most (see `parse_xml`)."""
    name = local(element).lower()
    if name in skipped:
        return
    if name == "br":
        pieces.append(_BREAK)
        return
    block = name in _BLOCKS
    cell = name in _CELLS and not any(local(child).lower() in _BLOCKS for child in element)
    if block or (name in _CELLS and not cell):
        pieces.append(_BREAK * 2)
    kept = kept or name == "pre"
    pieces.append(_flat(element.text, kept))
    for child in element:
        if isinstance(child, etree._Entity):
            pieces.append(entity_text(child))
        elif isinstance(child.tag, str):
            _collect(child, pieces, skipped, kept)
        pieces.append(_flat(child.tail, kept))
    if cell:
        pieces.append("\t")
    elif block or name in _CELLS:
        pieces.append(_BREAK * 2)


def _flat(text: str | None, kept: bool) -> str:
    """Text with its white space run together, as a page shows it; what is preformatted keeps its lines."""
    if not text:
        return ""
    return text.replace("\r\n", "\n").replace("\n", _BREAK) if kept else _SPACE.sub(" ", text)
