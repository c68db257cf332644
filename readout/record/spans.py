"""From when to when what was read of an article answers a question as of a moment: worked out once, as it is written.

A reading that stands, of an article that its publisher lets be used, answers as of every moment from `enters` on and before `leaves`.
It enters when its article was known, but not before the day ahead of the one that it is dated by; it leaves when a newer version or a
withdrawal was known. Both are moments as text, or days, which begin with their first moment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Index,
    Integer,
    MetaData,
    Select,
    Table,
    Text,
    delete,
    exists,
    insert,
    or_,
    select,
)

from readout.record.schema import HIDDEN, articles, readings

metadata = MetaData()

spans = Table(
    "spans",
    metadata,
    Column("reading_id", Integer, primary_key=True, autoincrement=False),
    Column("enters", Text, nullable=False),
    Column("leaves", Text),
)
Index("spans_enters", spans.c.enters, spans.c.leaves, spans.c.reading_id)
_LEFT = spans.c.leaves.is_not(None)
Index("spans_leaves", spans.c.leaves, sqlite_where=_LEFT, postgresql_where=_LEFT)

_NEVER = "9999-12-31"
_END = "T~"  # sorts behind every moment of a day


def end_of(day: str) -> str:
    """What sorts behind every moment of a day, and before the next day."""
    return day + _END


def span_of(known: str, published: str | None, replaced: str | None) -> tuple[str, str | None]:
    """When a reading enters and leaves.

    Args:
        known: the moment from which its article was known.
        published: the day that it is dated by.
        replaced: the moment from which something newer was known.
    """
    enters = max(known, _day_before(published)) if published else known
    return enters, None if replaced is None else max(replaced, enters)


def _day_before(day: str) -> str:
    try:
        return (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat()
    except ValueError:
        return _NEVER
    except OverflowError:
        return ""


def _rows(connection: Connection, query: Select[Any]) -> Iterator[dict[str, Any]]:
    for reading, known, published, replaced in connection.execute(query):
        enters, leaves = span_of(known, published, replaced)
        yield {"reading_id": reading, "enters": enters, "leaves": leaves}


def _standing() -> Select[Any]:
    columns = (readings.c.id, articles.c.known, readings.c.published, articles.c.replaced)
    stmt = select(*columns).join_from(readings, articles, articles.c.id == readings.c.article_id)
    return stmt.where(readings.c.live != HIDDEN, articles.c.status == "usable")


def write_spans(connection: Connection, some: Sequence[int]) -> bool:
    """Writes when some readings enter and leave, in place of what was written of them; whether one of them leaves."""
    forget_spans(connection, some)
    rows = list(_rows(connection, _standing().where(readings.c.id.in_(some))))
    if rows:
        connection.execute(insert(spans), rows)
    return any(row["leaves"] is not None for row in rows)


def leave_any(connection: Connection, some: Sequence[int]) -> bool:
    """Whether one of some readings leaves, as it is written."""
    found = select(spans.c.reading_id).where(spans.c.reading_id.in_(some), spans.c.leaves.is_not(None))
    return connection.execute(found.limit(1)).first() is not None


def forget_spans(connection: Connection, some: Sequence[int]) -> None:
    """Takes out what is written of some readings."""
    connection.execute(delete(spans).where(spans.c.reading_id.in_(some)))


def write_all_spans(connection: Connection) -> None:
    """Writes those of all readings anew."""
    connection.execute(delete(spans))
    for some in _in_pieces(list(_rows(connection, _standing()))):
        connection.execute(insert(spans), some)


def _in_pieces(rows: list[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    return (rows[at : at + 10_000] for at in range(0, len(rows), 10_000))


def wrong_spans(connection: Connection) -> int:
    """How many spans are not what working them out anew finds."""
    kept = {row.reading_id: (row.enters, row.leaves) for row in connection.execute(select(spans))}
    true = {row["reading_id"]: (row["enters"], row["leaves"]) for row in _rows(connection, _standing())}
    return sum(kept.get(number) != true.get(number) for number in {*kept, *true})


def known_then(known: str) -> list[ColumnElement[bool]]:
    """What holds for the spans of readings that answer as of a moment."""
    return [spans.c.enters <= known, or_(spans.c.leaves.is_(None), spans.c.leaves > known)]


def answers(table: FromClause, known: str) -> ColumnElement[bool]:
    """Whether the reading of a row of a table (of readings, or of what was read in them) answers as of a moment."""
    number = table.c.reading_id if "reading_id" in table.c else table.c.id
    return exists(select(1).where(spans.c.reading_id == number, *known_then(known)))


def unlike_at_the_end(connection: Connection, known: str) -> tuple[list[int], list[int]]:
    """Which readings do not answer as of a moment and do at the end of its day, and which do and do not any more by then."""
    end, column = end_of(known[:10]), spans.c.reading_id
    later = select(column).where(spans.c.enters > known, spans.c.enters <= end)
    later = later.where(or_(spans.c.leaves.is_(None), spans.c.leaves > end))
    gone = select(column).where(spans.c.leaves > known, spans.c.leaves <= end, spans.c.enters <= known)
    found = [list(connection.execute(query.order_by(column)).scalars()) for query in (later, gone)]
    return found[0], found[1]
