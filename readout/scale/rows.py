"""What was read as rows of Parquet, an article each, its claims nested in it; and back, to the letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from functools import cache
from typing import Any

import pyarrow as pa
from sqlalchemy import Boolean, Float, Integer, LargeBinary, Table

from readout.record import schema
from readout.record.rows import ReportRows
from readout.record.writing import Prepared
from readout.sources.article import Article
from readout.types import ReaderVersion

_GIVEN = frozenset(
    {"id", "article_id", "reading_id", "reader_id", "batch_id", "claim_id", "correction_id", "live", "review", "made", "name"}
)  # fmt: skip
#: Lists of a row, and the tables whose columns they have; further columns are numbers of claims within the row.
_LISTS: tuple[tuple[str, Table, tuple[str, ...]], ...] = (
    ("problems", schema.problems, ()),
    ("actors", schema.actors, ("name",)),
    ("names", schema.actor_names, ()),
    ("places", schema.places, ("name",)),
    ("events", schema.events, ()),
    ("statements", schema.statements, ()),
    ("figures", schema.figures, ()),
    ("parties", schema.parties, ("name", "at")),
    ("claim_places", schema.claim_places, ("name", "at")),
)
_CLAIMS = tuple(schema.CLAIMS)
_OF_ARTICLE = tuple(field.name for field in fields(Article) if field.name not in ("text", "byline"))


@cache
def row_schema() -> pa.Schema:
    """The columns of a part.

    `text` to `words` and `report` are the reading's, null where an article was withdrawn and brought no text; `article` is what its source
    said of it.
    """
    words = pa.string()
    of_article = [pa.field(name, words) for name in _OF_ARTICLE]
    return pa.schema(
        [
            pa.field("content_id", words, nullable=False),
            pa.field("keep_text", pa.bool_(), nullable=False),
            pa.field("article", pa.struct([*of_article, pa.field("byline", pa.list_(words))])),
            pa.field("reader", pa.struct([pa.field(field.name, words) for field in fields(ReaderVersion)])),
            *_columns(schema.readings, ()),
            *(pa.field(name, pa.list_(pa.struct(_columns(table, more)))) for name, table, more in _LISTS),
            pa.field("event_figures", pa.list_(pa.list_(pa.int64()))),
        ]
    )


def _columns(table: Table, more: tuple[str, ...]) -> list[pa.Field]:
    own = [column for column in table.columns if column.name not in _GIVEN or column.name in more]
    found = [pa.field(column.name, _kind(column.type)) for column in own]
    return [*found, *(pa.field(name, pa.int64()) for name in more if name not in table.columns)]


def _kind(kind: object) -> pa.DataType:
    if isinstance(kind, Boolean):
        return pa.bool_()
    if isinstance(kind, Integer):
        return pa.int64()
    if isinstance(kind, Float):
        return pa.float64()
    return pa.binary() if isinstance(kind, LargeBinary) else pa.string()


def to_table(prepared: Iterable[Prepared]) -> pa.Table:
    """Articles that were read as rows."""
    return pa.Table.from_pylist([_row(item) for item in prepared], schema=row_schema())


def _row(item: Prepared) -> dict[str, Any]:
    article = {**{name: getattr(item.article, name) for name in _OF_ARTICLE}, "byline": list(item.article.byline)}
    row: dict[str, Any] = {"content_id": item.content_id, "keep_text": item.keep_text, "article": article}
    if item.report is None or item.reader is None:
        return row
    report = item.report
    lists = {name: getattr(report, name) for name, _, _ in _LISTS if name not in _CLAIMS}
    return {
        **row,
        "reader": asdict(item.reader),
        **report.reading,
        **{name: list(rows) for name, rows in (*lists.items(), *report.claims.items())},
        "event_figures": [list(pair) for pair in report.event_figures],
    }


def from_table(table: pa.Table | pa.RecordBatch) -> Iterator[Prepared]:
    """The articles of some rows."""
    for row in table.to_pylist():
        given = row["article"]
        article = Article(text="", **{**given, "byline": tuple(given["byline"] or ())})
        if row["report"] is None:
            yield Prepared(row["content_id"], article, row["keep_text"], None, None)
            continue
        reading = {column.name: row[column.name] for column in _columns(schema.readings, ())}
        lists = {name: tuple(row[name]) for name, _, _ in _LISTS}
        claims = {name: lists.pop(name) for name in _CLAIMS}
        sizes = tuple((event, figure) for event, figure in row["event_figures"])
        report = ReportRows(reading=reading, claims=claims, event_figures=sizes, **lists)
        yield Prepared(row["content_id"], article, row["keep_text"], report, ReaderVersion(**row["reader"]))
