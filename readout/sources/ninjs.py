"""ninjs, IPTC's news in JSON: versions 1.x (`body_text`, `headline`), 2.x and 3.x (`bodies`, `headlines`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from readout.errors import SourceError
from readout.sources.article import Article
from readout.sources.decoding import without_surrogates
from readout.sources.markup import html_paragraphs, joined, without_headline
from readout.sources.objects import (
    date_field,
    first_keys,
    is_objects,
    names_field,
    read_objects,
    string_field,
    word_field,
)
from readout.sources.problem import LARGEST_ARTICLE, SourceProblem
from readout.sources.status import names_of, noted, status_of
from readout.sources.text import checked, unwrap

#: An object with a `uri` and one of these is ninjs; one with a `text` of its own is a line of `jsonl`.
_MARKS = frozenset({
    "pubstatus", "versioncreated", "firstcreated", "bodies", "headlines", "body_text", "body_xhtml", "body_html",
    "representationtype", "standard",
})  # fmt: skip
_MARKUP = ("xhtml", "html")
_PLAIN = ("text", "plain")


def is_ninjs(head: bytes) -> bool:
    """Whether a file begins as ninjs: one object, a list of them, or one a line."""
    if not is_objects(head):
        return False
    keys = {key.lower() for key in first_keys(head)}
    return "uri" in keys and bool(_MARKS & keys) and not {"text", "maintext"} & keys


def read_ninjs(stream: BinaryIO, name: str, keep_text: bool) -> Iterator[Article | SourceProblem]:
    """The articles of ninjs objects, in order; pictures and packages, which bring no text, are problems. `keep_text` keeps the
    lines of plain text."""
    for found in read_objects(stream, name):
        if isinstance(found, SourceProblem):
            yield found
            continue
        where, value = found
        try:
            if not isinstance(value, dict):
                raise SourceError("not a ninjs object")
            # 3.x writes versionCreated where 1.x and 2.x write versioncreated.
            fields = {key.lower(): item for key, item in value.items()}
            article, language = _article(fields, where, keep_text), string_field(fields, "language")
        except SourceError as error:
            yield SourceProblem(where, "parse", str(error))
        else:
            yield from checked(article, language)


def _article(fields: dict[str, Any], where: str, keep_text: bool) -> Article:
    status = status_of(string_field(fields, "pubstatus"))
    title = _headline(fields) or string_field(fields, "title") or string_field(fields, "slugline")
    text = _text(fields, title, keep_text)
    if not text and status == "usable":
        kind = string_field(fields, "type")
        raise SourceError("there is no text in it" + (f" (its type is {kind[:40]})" if kind and kind != "text" else ""))
    updated = date_field(fields, "versioncreated")
    published = date_field(fields, "firstcreated") or date_field(fields, "contentcreated") or updated
    return Article(
        text=text,
        title=title,
        url=_web_address(fields),
        publisher=_publisher(fields),
        published=published,
        published_from="metadata" if published else None,
        byline=tuple(name for by in names_field(fields, "byline") for name in names_of(by)) or _authors(fields),
        name=where,
        source_id=string_field(fields, "uri"),
        version=word_field(fields, "version"),
        updated=updated,
        status=status,
        embargoed=date_field(fields, "embargoed"),
        note=noted(string_field(fields, "ednote"), string_field(fields, "usageterms")),
    )


def _text(fields: dict[str, Any], title: str | None, keep_text: bool) -> str:
    """The text of the first body that brings one: plain text first where the letter is to be kept, else marked-up text, whose
    paragraphs are certain."""
    order = (_PLAIN, _MARKUP) if keep_text else (_MARKUP, _PLAIN)
    for kinds in order:
        for kind, body in _bodies(fields):
            if any(word in kind for word in kinds):
                text = without_surrogates(body)
                if len(text) > LARGEST_ARTICLE:
                    raise SourceError("larger than one article can be")
                if kinds is _MARKUP:
                    text = joined(without_headline(html_paragraphs(text), title))
                if text.strip():
                    return text if keep_text else unwrap(text)
    return ""


def _bodies(fields: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each body with what it is ("text", "text/html"); one whose kind is not given is plain unless it begins with a tag."""
    for key, body in fields.items():
        if key.startswith("body_") and body is not None:
            yield key.removeprefix("body_"), string_field(fields, key) or ""
    for item in _objects(fields, "bodies"):
        body = item.get("value")
        if body is not None and not isinstance(body, str):
            raise SourceError('the "value" of one of its "bodies" is not a string')
        kind = string_field(item, "contenttype") or ("html" if (body or "").lstrip().startswith("<") else "text")
        yield ("html" if "html" in kind else kind.lower()), body or ""


def _headline(fields: dict[str, Any]) -> str | None:
    lines = [item for item in _objects(fields, "headlines") if string_field(item, "value")]
    main = next(
        (item for item in lines if (string_field(item, "role") or "main").endswith("main")), lines[0] if lines else None
    )
    title = string_field(main, "value") if main else string_field(fields, "headline")
    if title and title.startswith("<"):
        title = " ".join(html_paragraphs(title))
    return " ".join(title.split()) or None if title else None


def _publisher(fields: dict[str, Any]) -> str | None:
    sources = _objects(fields, "infosource") + _objects(fields, "infosources")
    names = [name for item in sources if (name := string_field(item, "name"))]
    return next(iter(names), None) or string_field(fields, "copyrightholder")


def _authors(fields: dict[str, Any]) -> tuple[str, ...]:
    """The persons whose role is to have written the item."""
    people = _objects(fields, "person") + _objects(fields, "people")
    written = [item for item in people if (string_field(item, "rel") or "").lower() in ("author", "creator", "writer")]
    return tuple(name for item in written if (name := string_field(item, "name")))


def _web_address(fields: dict[str, Any]) -> str | None:
    address = string_field(fields, "url") or string_field(fields, "uri")
    return address if address and address.startswith(("http://", "https://")) else None


def _objects(fields: dict[str, Any], field: str) -> list[dict[str, Any]]:
    """A list of objects, whose keys are in lower case; an object alone stands for a list of one."""
    given = fields.get(field)
    items = [given] if isinstance(given, dict) else given
    if items is None:
        return []
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise SourceError(f'its "{field}" is not a list of objects')
    return [{key.lower(): item for key, item in found.items()} for found in items]
