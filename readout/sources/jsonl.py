"""JSON: one article a line, or a list of articles. A line is {id, text, published, title, url, publisher}."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from readout.errors import EmptyArticle, SourceError
from readout.sources.article import Article
from readout.sources.dates import iso_date
from readout.sources.decoding import decode, without_surrogates
from readout.sources.problem import LARGEST_ARTICLE, SourceProblem
from readout.sources.text import checked, unwrap

_LIST = re.compile(rb"\s*\[\s*(?:\{\s*[\"}]|\])")
_OBJECT = re.compile(rb"\s*\{\s*(?:\"[^\"\n]{1,60}\"\s*:|\})")
_LARGEST_LIST = 500_000_000
_STRINGS = ("title", "url", "publisher")


def is_json(head: bytes) -> bool:
    """Whether a file begins as JSON lines or a JSON list of articles; some lines may be broken."""
    head = head.removeprefix(b"\xef\xbb\xbf")
    if _LIST.match(head) or _OBJECT.match(head):
        return True
    lines = [line for line in head.splitlines() if line.strip()][:20]
    return len(lines) > 1 and 2 * sum(bool(_OBJECT.match(line)) for line in lines) > len(lines)


def read_json(stream: BinaryIO, name: str, keep_text: bool) -> Iterator[Article | SourceProblem]:
    """The articles of JSON lines or of a JSON list, in order; what is wrong with one is said, and the rest goes on."""
    head = stream.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    stream.seek(0)
    if head.startswith(b"[") or re.fullmatch(rb"\{\s*", head.split(b"\n", 1)[0]):
        yield from _read_list(stream, name, keep_text)
        return
    number = 0
    while line := stream.readline(2 * LARGEST_ARTICLE):
        number += 1
        where = f"{name} line {number}"
        if len(line) >= 2 * LARGEST_ARTICLE and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(LARGEST_ARTICLE)
            yield SourceProblem(where, "parse", "larger than one article can be")
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield from _read_line(line, where, keep_text)


def _read_line(line: bytes, where: str, keep_text: bool) -> Iterator[Article | SourceProblem]:
    try:
        value = json.loads(decode(line))
    except SourceError as error:
        yield SourceProblem(where, "decode", str(error))
    except (ValueError, RecursionError) as error:
        yield SourceProblem(where, "parse", f"not JSON: {_short(error)}")
    else:
        yield from _read_value(value, where, keep_text)


def _read_list(stream: BinaryIO, name: str, keep_text: bool) -> Iterator[Article | SourceProblem]:
    data = stream.read(_LARGEST_LIST + 1)
    if len(data) > _LARGEST_LIST:
        yield SourceProblem(name, "parse", "a JSON list this large cannot be read at once: write one article a line")
        return
    try:
        value = json.loads(decode(data))
    except SourceError as error:
        yield SourceProblem(name, "decode", str(error))
        return
    except (ValueError, RecursionError) as error:
        yield SourceProblem(name, "parse", f"not JSON: {_short(error)}")
        return
    if not isinstance(value, list):
        yield from _read_value(value, name, keep_text)
        return
    if not value:
        yield SourceProblem(name, "parse", "there is no article in the list")
    for number, item in enumerate(value, 1):
        yield from _read_value(item, f"{name} item {number}", keep_text)


def _read_value(value: Any, where: str, keep_text: bool) -> Iterator[Article | SourceProblem]:
    try:
        article = _article(value, where, keep_text)
    except SourceError as error:
        yield SourceProblem(where, "parse", str(error))
    else:
        yield from checked(article)


def _article(value: Any, where: str, keep_text: bool) -> Article:
    if not isinstance(value, dict):
        raise SourceError('not an article: a JSON object with a "text" is wanted')
    text = value.get("text")
    if text is None:
        raise SourceError('there is no "text" in it')
    if not isinstance(text, str):
        raise SourceError('its "text" is not a string')
    if not text.strip():
        raise EmptyArticle("there is no text in it")
    if len(text) > LARGEST_ARTICLE:
        raise SourceError("larger than one article can be")
    text = without_surrogates(text)
    given = value.get("id")
    title, url, publisher = (_string(value, field) for field in _STRINGS)
    published = _published(value)
    return Article(
        text=text if keep_text else unwrap(text),
        id=without_surrogates(str(given)) if isinstance(given, str | int) and str(given) else None,
        title=title,
        url=url,
        publisher=publisher,
        published=published,
        published_from="metadata" if published else None,
        name=where,
    )


def _string(value: dict[str, Any], field: str) -> str | None:
    found = value.get(field)
    if found is not None and not isinstance(found, str):
        raise SourceError(f'its "{field}" is not a string')
    return without_surrogates(found).strip() or None if found else None


def _published(value: dict[str, Any]) -> str | None:
    given = _string(value, "published")
    if given is None:
        return None
    published = iso_date(given)
    if published is None:
        raise SourceError(f'its "published" is not a date: {given[:40]!r} (write it as 2024-09-16)')
    return published


def _short(error: Exception) -> str:
    return str(error)[:120] or type(error).__name__
