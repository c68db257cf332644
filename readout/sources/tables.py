"""CSV and TSV with a header: one article a row, columns told by their usual names."""

from __future__ import annotations

import ast
import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from readout.errors import EmptyArticle, SourceError
from readout.sources.article import Article
from readout.sources.dates import iso_date
from readout.sources.problem import LARGEST_ARTICLE, SourceProblem
from readout.sources.status import loose_status, names_of
from readout.sources.text import checked, unwrap

#: What our fields are called in tables; the first name that a header has is taken.
_COLUMNS = {
    "text": ("text", "body", "content", "maintext", "fulltext", "articletext", "articlebody", "bodytext", "article", "story"),
    "title": ("title", "headline", "articletitle", "heading"),
    "published": (
        "published", "date", "pubdate", "publisheddate", "publishdate", "datepublished", "datepublish", "publicationdate", "publishedat",
        "pubtime", "articledate", "firstcreated",
    ),
    "url": ("url", "link", "articleurl", "sourceurl", "uri", "weburl"),
    "publisher": ("publisher", "source", "outlet", "sourcedomain", "sourcename", "publication", "agency", "newspaper", "site", "domain"),
    "id": ("id", "articleid", "docid", "documentid", "uid"),
    "byline": ("byline", "author", "authors"),
    "source_id": ("sourceid", "guid"),
    "version": ("version", "revision"),
    "updated": ("updated", "datemodify", "datemodified", "modified", "updatedat", "versioncreated"),
    "status": ("pubstatus", "status"),
    "embargoed": ("embargoed", "embargo"),
    "note": ("note", "ednote", "editorsnote"),
}  # fmt: skip
_OURS = {name: field for field, names in _COLUMNS.items() for name in names}
#: A header with so many names that we know is a table's, even where none of them is of a text.
_TELLING = 3
_DELIMITERS = ",\t;|"
_LONGEST_NAME = 60
_MISSING = frozenset({"", "none", "null", "nan", "na", "n/a", "nil", "\\n"})
_LONGEST_LINE = 2 * LARGEST_ARTICLE


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How a table is written: its encoding, delimiter and columns (our names by their place; None where we have none)."""

    encoding: str
    delimiter: str
    columns: tuple[str | None, ...]


def is_table(head: bytes) -> bool:
    """Whether a file begins with the header of a table: several short names, different from each other, one of them a usual name for
    an article's text beside others that we know."""
    return _dialect(head) is not None


def read_table(stream: BinaryIO, name: str, keep_text: bool) -> Iterator[Article | SourceProblem]:
    """The articles of a table's rows, in order, one row in memory at a time; a row that cannot be read is a problem."""
    dialect = _dialect(stream.read(65_536))
    stream.seek(0)
    if dialect is None or "text" not in dialect.columns:
        wanted = ", ".join(_COLUMNS["text"][:4])
        yield SourceProblem(
            name, "parse", f"a table without a column of texts (it must be called {wanted} or the like)"
        )
        return
    lines = io.TextIOWrapper(cast(Any, stream), dialect.encoding, errors="surrogateescape", newline="")
    number = 0
    try:
        for number, (line, record) in enumerate(_records(lines, dialect.delimiter)):
            if number:
                yield from _read_row(record, f"{name} line {line}", dialect, keep_text)
    finally:
        lines.detach()
    if not number:
        yield SourceProblem(name, "parse", "a table without a row")


def _dialect(head: bytes) -> _Dialect | None:
    encoding = _encoding(head)
    text = head.decode(encoding, "replace").lstrip("\ufeff")
    header, _, rows = text.partition("\n")
    header, first = header.rstrip("\r"), rows.lstrip("\r\n").partition("\n")[0]
    if not header or len(header) > 50 * _LONGEST_NAME or "\n" not in text or "\r" in header:
        return None
    best: _Dialect | None = None
    for delimiter in _DELIMITERS:
        names = next(csv.reader([header], delimiter=delimiter), [])
        columns = fields_of(names)
        # A first row has a delimiter too, or begins with a long text in quotation marks; prose has neither.
        rowlike = not first or delimiter in first or first.startswith('"')
        if columns is not None and rowlike and (best is None or len(columns) > len(best.columns)):
            best = _Dialect(encoding, delimiter, columns)
    return best


def fields_of(names: list[str]) -> tuple[str | None, ...] | None:
    """Our field for each name of a header (None where we have none), or None where it is no header of articles."""
    plain = [re.sub(r"[\s_.-]+", "", name).lower() for name in names]
    filled = [name for name in plain if name]
    if len(filled) < 2 or len(set(filled)) < len(filled) or max(map(len, names)) > _LONGEST_NAME:
        return None
    fields: list[str | None] = [None] * len(plain)
    for field, usual in _COLUMNS.items():
        place = next((plain.index(name) for name in usual if name in plain), None)
        if place is not None:
            fields[place] = field
    known = sum(name in _OURS for name in plain)
    # "story, article" may begin a sentence; a header names more than that, or says "text" outright.
    return tuple(fields) if ("text" in fields and known >= 2) or known >= _TELLING else None


def _encoding(head: bytes) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return encoding
    return "utf-8"


def _records(lines: io.TextIOWrapper, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Each record with the number of its first line: its fields, or what is wrong with it in a sentence."""
    quoted = _Quoting(delimiter)
    number = 0
    while first := lines.readline(_LONGEST_LINE):
        number += 1
        start, held, size = number, [first], len(first)
        is_open = quoted.after(first, False)
        while is_open and (line := lines.readline(_LONGEST_LINE)):
            number += line.endswith(("\n", "\r"))
            is_open = quoted.after(line, True)
            size += len(line)
            if size <= _LONGEST_LINE:
                held.append(line)
        if is_open:
            yield start, f"a quotation mark is never closed (looked for up to line {number})"
        elif size > _LONGEST_LINE:
            yield start, "larger than one article can be"
        elif first.strip():
            yield start, _fields("".join(held), delimiter)


class _Quoting:
    """Whether a quoted field is still open behind a line: a quotation mark opens one at the start of a field only."""

    def __init__(self, delimiter: str) -> None:
        self._start = re.compile(rf'(?:^|{re.escape(delimiter)})"')
        self._closing = re.compile(r'(?:[^"]|"")*+"(?!")')

    def after(self, line: str, is_open: bool) -> bool:
        """Whether a field is open at the end of a line at whose start one `is_open` or not."""
        at = 0
        while True:
            if not is_open:
                found = self._start.search(line, at)
                if found is None:
                    return False
                at = found.end()
            closing = self._closing.match(line, at)
            if closing is None:
                return True
            at, is_open = closing.end(), False


def _fields(record: str, delimiter: str) -> list[str] | str:
    limit = csv.field_size_limit(_LONGEST_LINE)
    try:
        return next(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter), [])
    except csv.Error as error:
        return f"not a row of this table: {error}"
    finally:
        csv.field_size_limit(limit)


def _read_row(
    record: list[str] | str, where: str, dialect: _Dialect, keep_text: bool
) -> Iterator[Article | SourceProblem]:
    try:
        if isinstance(record, str):
            raise SourceError(record)
        article = _article(record, where, dialect.columns, keep_text)
    except SourceError as error:
        yield SourceProblem(where, "parse", str(error))
    else:
        yield from checked(article)


def _article(record: list[str], where: str, columns: tuple[str | None, ...], keep_text: bool) -> Article:
    if len(record) > len(columns) and any(field.strip() for field in record[len(columns) :]):
        raise SourceError(
            f"{len(record)} fields where the header has {len(columns)}: a text with delimiters must stand in quotation marks"
        )
    given = {field: _mended(value) for field, value in zip(columns, record, strict=False) if field}
    text = given.pop("text", "")
    known = {field: value.strip() for field, value in given.items() if value.strip().lower() not in _MISSING}
    status = loose_status(known.get("status"))
    if status == "usable" and text.strip().lower() in _MISSING:
        raise EmptyArticle("there is no text in it")
    if len(text) > LARGEST_ARTICLE:
        raise SourceError("larger than one article can be")
    published, updated, embargoed = (_date(known.get(field)) for field in ("published", "updated", "embargoed"))
    return Article(
        text=text if keep_text else unwrap(text.replace("\r\n", "\n").strip()),
        id=known.get("id"),
        title=known.get("title"),
        url=known.get("url"),
        publisher=known.get("publisher"),
        published=published,
        published_from="metadata" if published else None,
        byline=_names(known.get("byline")),
        name=where,
        source_id=known.get("source_id"),
        version=known.get("version"),
        updated=updated,
        status=status,
        embargoed=embargoed,
        note=known.get("note"),
    )


def _mended(value: str) -> str:
    """A field whose bytes are not UTF-8 as Windows-1252, which tables that are not UTF-8 mostly are: a field is too short to guess by."""
    data = value.encode("utf-8", "surrogateescape")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("windows-1252", "replace")


def _date(value: str | None) -> str | None:
    return iso_date(value) if value else None


def _names(value: str | None) -> tuple[str, ...]:
    """The names of a byline; Python programs write lists of them as ['Anna Berg', 'Ole Lund']."""
    if value and value.startswith("[") and len(value) < 10_000:
        try:
            found = ast.literal_eval(value)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            found = None
        if isinstance(found, list):
            return tuple(name for item in found if isinstance(item, str) for name in names_of(item))
    return names_of(value)
