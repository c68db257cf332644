"""Markdown, with or without front matter: the words as a reader sees them, without the marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

import yaml

from readout.errors import EmptyArticle, SourceError, TooLarge
from readout.sources.article import Article
from readout.sources.dates import iso_date
from readout.sources.decoding import decode, without_surrogates
from readout.sources.markup import html_paragraphs, joined, without_headline
from readout.sources.problem import SourceProblem, problem_of
from readout.sources.status import loose_status, names_of, noted
from readout.sources.text import checked, whole

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?=[\w\"'][^\n:]{0,60}:)")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_LONGEST_FRONT = 20_000
#: Marks that are made to cost the most take the parser 40 seconds for so many letters; no article in Markdown is longer.
_LARGEST = 1_000_000
#: Marks that no plain article has by chance; one kind alone, or a mark or two, makes no Markdown.
_HEADING = re.compile(rb"^#{1,6} \S[^\n]{0,200}$", re.MULTILINE)
_LINK = re.compile(rb"\[[^\[\]\n]{1,200}\]\((?:https?://|/|mailto:)[^\s()]{1,500}\)")
_STRONG = re.compile(rb"(?<![\w*])\*\*[^\s*][^*\n]{0,200}\*\*(?!\w)")
_UNDERLINED = re.compile(rb"^[^\s#>*-][^\n]{2,120}\n(?:={4,}|-{4,})[ \t]*$", re.MULTILINE)
_IMAGE = re.compile(rb"!\[[^\[\]\n]{0,200}\]\([^\s()]{1,500}")
_CODE = re.compile(rb"^```", re.MULTILINE)
_FIELDS = {
    "title": ("title", "headline"),
    "url": ("url", "link", "canonical_url", "canonical", "source_url"),
    "publisher": ("publisher", "source", "outlet"),
    "published": ("date", "published", "publishdate", "pubdate", "created"),
    "updated": ("updated", "lastmod", "modified", "last_modified_at"),
    "byline": ("author", "authors", "byline"),
    "source_id": ("source_id", "guid", "id"),
    "version": ("version",),
    "status": ("status", "pubstatus"),
    "embargoed": ("embargoed", "embargo"),
    "note": ("note", "ednote"),
}
_BLOCKS = frozenset({"inline", "fence", "code_block", "html_block"})


def is_markdown(head: bytes) -> bool:
    """Whether a file begins with front matter, or has marks of at least two kinds (headings, links, strong words, pictures, code), or
    two headings or links. A `#` or a few asterisks in a plain text are not enough."""
    if _FRONT.match(head) and _front_keys(head):
        return True
    head = head.replace(b"\r\n", b"\n")
    headings, links = len(_HEADING.findall(head)), len(_LINK.findall(head))
    kinds = [headings, links, *(len(mark.findall(head)) for mark in (_STRONG, _UNDERLINED, _IMAGE, _CODE))]
    return max(headings, links) > 1 or (sum(map(bool, kinds)) > 1 and (headings or links) > 0)


def read_markdown(stream: BinaryIO, name: str, keep_text: bool) -> Iterator[Article | SourceProblem]:
    """The article of a Markdown file, or the problem with it; `keep_text` keeps everything behind the front matter, marks too."""
    try:
        text = decode(whole(stream)).replace("\r\n", "\n")
        if len(text) > _LARGEST:
            raise TooLarge(f"a Markdown file of more than {_LARGEST // 1_000_000} million letters")
        fields, body = _front(text)
        article = _article(fields, body, name, keep_text)
    except SourceError as error:
        yield problem_of(name, "parse", error)
    else:
        yield from checked(article, _one(fields.get("lang") or fields.get("language")))


def _article(fields: dict[str, Any], body: str, name: str, keep_text: bool) -> Article:
    given = {
        ours: next((fields[field] for field in names if fields.get(field)), None) for ours, names in _FIELDS.items()
    }
    heading, paragraphs = _paragraphs(body)
    title = _one(given["title"]) or heading
    if heading and heading != title:
        paragraphs = [heading, *paragraphs]
    text = body if keep_text else joined(without_headline(paragraphs, title))
    status = loose_status(_one(given["status"]))
    if status == "usable" and not text.strip():
        raise EmptyArticle("there is no text in it")
    published, updated, embargoed = (_date(given[field]) for field in ("published", "updated", "embargoed"))
    return Article(
        text=without_surrogates(text),
        title=title,
        url=_one(given["url"]),
        publisher=_one(given["publisher"]),
        published=published,
        published_from="metadata" if published else None,
        byline=tuple(name for item in _all(given["byline"]) for name in names_of(item)),
        name=name,
        source_id=_one(given["source_id"]),
        version=_one(given["version"]),
        updated=updated,
        status=status,
        embargoed=embargoed,
        note=noted(*_all(given["note"])),
    )


def _front_keys(head: bytes) -> bool:
    """Whether what stands between the two lines of dashes names at least one field that we know, and nothing stands there but YAML."""
    text = head[:_LONGEST_FRONT].decode("utf-8", "replace").replace("\r\n", "\n")
    try:
        fields, _ = _front(text)
    except SourceError:
        return False
    return bool(fields)


def _front(text: str) -> tuple[dict[str, Any], str]:
    """The fields of the front matter, their names in lower case, and the text behind it.

    Raises:
        SourceError: it begins as front matter and is not YAML.
    """
    start = re.match(r"\ufeff?---[ \t]*\n", text)
    end = _END.search(text, start.end(), start.end() + _LONGEST_FRONT) if start else None
    if start is None or end is None:
        return {}, text
    try:
        # Strings alone: no dates to guess at, no merge keys that grow without bound.
        found = yaml.load(text[start.end() : end.start()], Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, RecursionError, ValueError, TypeError) as error:
        raise SourceError(f"its front matter is not YAML: {str(error).splitlines()[0][:100]}") from error
    known = {field for names in _FIELDS.values() for field in names}
    fields = {str(key).lower(): value for key, value in found.items()} if isinstance(found, dict) else {}
    if not fields.keys() & known:
        return {}, text
    return fields, text[end.end() :].lstrip("\n")


def _paragraphs(body: str) -> tuple[str | None, list[str]]:
    """The first heading, where the text begins with one of the first rank, and the paragraphs behind it."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": 50}).enable(["table", "strikethrough"])
    tokens = parser.parse(body)
    found: list[str] = []
    row: list[str] = []
    cell = False
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            found.append("\t".join(row))
        elif token.type in ("th_open", "td_open", "th_close", "td_close"):
            cell = token.type.endswith("open")
        elif token.type in _BLOCKS:
            text = _block(token)
            if cell:
                row += text or [""]
            else:
                found += text
    opens = [token for token in tokens[:2] if token.type in ("heading_open", "inline")]
    heading = found.pop(0) if len(opens) == 2 and opens[0].tag == "h1" and found else None
    return heading, [paragraph for paragraph in found if paragraph.strip()]


def _block(token: Token) -> list[str]:
    if token.type == "inline":
        text = _inline(token.children or ()).strip()
        return [text] if text else []
    if token.type == "html_block":
        return html_paragraphs(token.content)
    return [token.content.rstrip("\n")]


def _inline(tokens: Sequence[Token]) -> str:
    """The words of a line of tokens; pictures and the tags of HTML have none."""
    pieces = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            pieces.append(token.content)
        elif token.type == "softbreak":
            pieces.append(" ")
        elif token.type == "hardbreak" or (token.type == "html_inline" and token.content.lower().startswith("<br")):
            pieces.append("\n")
    return "".join(pieces)


def _all(value: Any) -> list[str]:
    """A field's strings: one, a list of them, or a list of {name: ...}; whatever else stands there is none."""
    items = value if isinstance(value, list) else [value]
    named = [item.get("name") if isinstance(item, dict) else item for item in items]
    return [" ".join(item.split()) for item in named if isinstance(item, str) and item.strip()]


def _one(value: Any) -> str | None:
    return next(iter(_all(value)), None)


def _date(value: Any) -> str | None:
    given = _one(value)
    return iso_date(given) if given else None
