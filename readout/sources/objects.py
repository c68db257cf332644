"""JSON objects from a file, one a line, one alone or a list of them; and their fields, checked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from readout.errors import SourceError
from readout.sources.dates import iso_date
from readout.sources.decoding import decode, without_surrogates
from readout.sources.problem import LARGEST_ARTICLE, SourceProblem

_LIST = re.compile(rb"\s*\[\s*(?:\{\s*[\"}]|\])")
_OBJECT = re.compile(rb"\s*\{\s*(?:\"[^\"\n]{1,60}\"\s*:|\})")
#: A string that is cut off runs to the end, so that no letter is looked at twice.
_PIECE = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[{}\[\]:]', re.DOTALL)
_LARGEST_LIST = 500_000_000


def is_objects(head: bytes) -> bool:
    """Whether a file begins as JSON lines or a JSON list of objects; some lines may be broken."""
    head = head.removeprefix(b"\xef\xbb\xbf")
    if _LIST.match(head) or _OBJECT.match(head):
        return True
    lines = [line for line in head.splitlines() if line.strip()][:20]
    return len(lines) > 1 and 2 * sum(bool(_OBJECT.match(line)) for line in lines) > len(lines)


def first_keys(head: bytes) -> frozenset[str]:
    """The keys of the first object in JSON that begins so; of an object that is cut off, those before the cut."""
    keys, depth, last, wanted = set(), 0, b"", 0
    for match in _PIECE.finditer(head):
        piece = match[0]
        if piece in (b"{", b"["):
            depth += 1
            wanted = wanted or (depth if piece == b"{" else 0)
        elif piece in (b"}", b"]"):
            depth -= 1
            if wanted and depth < wanted:
                break
        elif piece == b":" and depth == wanted and last:
            keys.add(last[1:-1].decode("utf-8", "replace"))
        last = piece if piece.startswith(b'"') else b""
    return frozenset(keys)


def read_objects(stream: BinaryIO, name: str) -> Iterator[tuple[str, Any] | SourceProblem]:
    """The JSON values of a file in order, each with its place ("news.jsonl line 3"), or what is wrong with one."""
    head = stream.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    stream.seek(0)
    if head.startswith(b"[") or re.fullmatch(rb"\{\s*", head.split(b"\n", 1)[0]):
        yield from _of_list(stream, name)
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
            found = _parsed(line, where)
            yield found if isinstance(found, SourceProblem) else (where, found[0])


def _of_list(stream: BinaryIO, name: str) -> Iterator[tuple[str, Any] | SourceProblem]:
    data = stream.read(_LARGEST_LIST + 1)
    if len(data) > _LARGEST_LIST:
        yield SourceProblem(name, "parse", "a JSON list this large cannot be read at once: write one article a line")
        return
    found = _parsed(data, name)
    if isinstance(found, SourceProblem):
        yield found
    elif not isinstance(found[0], list):
        yield name, found[0]
    elif not found[0]:
        yield SourceProblem(name, "parse", "there is no article in the list")
    else:
        for number, item in enumerate(found[0], 1):
            yield f"{name} item {number}", item


def _parsed(data: bytes, where: str) -> tuple[Any] | SourceProblem:
    try:
        return (json.loads(decode(data)),)
    except SourceError as error:
        return SourceProblem(where, "decode", str(error))
    except (ValueError, RecursionError) as error:
        return SourceProblem(where, "parse", f"not JSON: {str(error)[:120] or type(error).__name__}")


def string_field(value: dict[str, Any], field: str) -> str | None:
    """A string of an object, stripped; None where it is missing, null or empty.

    Raises:
        SourceError: it is something else.
    """
    found = value.get(field)
    if found is not None and not isinstance(found, str):
        raise SourceError(f'its "{field}" is not a string')
    return without_surrogates(found).strip() or None if found else None


def word_field(value: dict[str, Any], field: str) -> str | None:
    """A string or a number of an object as a string: ids and versions are written as either.

    Raises:
        SourceError: it is something else.
    """
    found = value.get(field)
    if isinstance(found, int | float) and not isinstance(found, bool):
        return str(found)
    return string_field(value, field)


def date_field(value: dict[str, Any], field: str) -> str | None:
    """A date or datetime of an object, as ISO; None where it is missing, null or empty.

    Raises:
        SourceError: it is no date.
    """
    given = string_field(value, field)
    if given is None:
        return None
    date = iso_date(given)
    if date is None:
        raise SourceError(f'its "{field}" is not a date: {given[:40]!r} (write it as 2024-09-16)')
    return date


def names_field(value: dict[str, Any], field: str) -> tuple[str, ...]:
    """A string or a list of strings of an object, none empty.

    Raises:
        SourceError: it is something else.
    """
    found = value.get(field)
    if found is None or isinstance(found, str):
        found = [found] if found else []
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise SourceError(f'its "{field}" is neither a string nor a list of strings')
    return tuple(name for item in found if (name := without_surrogates(item).strip()))
