"""Counts that are kept beside the record: how many claims and reports there are of each value, day, actor and place.

They are written in the transaction that writes what they count, and hold at every moment; nothing has to be looked through to know them.
What is counted is what answers a question for now: what is live, and of claims what nobody rejected. A count is known by what it
is of ("events.type", "actors.reports") and by the value; what has no value is under "". No count is kept of nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache

from sqlalchemy import (
    Column,
    Connection,
    Executable,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    bindparam,
    delete,
    select,
    text,
)

from readout.record.moments import AsOf
from readout.record.schema import LIVE

metadata = MetaData()

tallies = Table(
    "tallies",
    metadata,
    Column("of", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    sqlite_with_rowid=False,
)
Index("tallies_order", tallies.c.of, tallies.c.number.desc(), tallies.c.value)
Index("tallies_none", tallies.c.of, sqlite_where=tallies.c.number == 0, postgresql_where=tallies.c.number == 0)

#: By which columns each table is counted, beside all of it.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "events": ("type", "mode", "status", "publisher", "day", "published"),
    "statements": ("kind", "sourcing", "publisher", "day", "published"),
    "figures": ("kind", "measure", "publisher", "day", "published"),
    "reports": ("publisher", "agency", "published"),
}
#: Where actors and places are named by claims: what the count is of, the claims, the table that names them, and the side.
NAMED = (
    ("actors.acts", "events", "parties", "actor"),
    ("actors.acted", "events", "parties", "recipient"),
    ("actors.speaks", "statements", "parties", "speaker"),
    ("places.events", "events", "claim_places", None),
    ("places.figures", "figures", "claim_places", None),
)
_AT_ONCE = 300  # articles in one statement
#: With the sign no index is taken for it: SQLite would go through all that is live, where the articles are named.
_LIVE = f"+c.live = {LIVE}"


def _counting() -> Iterator[tuple[str, str, str, str]]:
    """Every count: what it is of, its value, the rows that are counted, and how a row's article is found, all in SQL."""
    for kind, fields in FIELDS.items():
        table = "readings" if kind == "reports" else kind
        stands = _LIVE + ("" if kind == "reports" else " AND coalesce(c.review, '') <> 'rejected'")
        yield kind, "''", f"count(*) FROM {table} c WHERE {stands}", "c.article_id IN :articles"
        for field in fields:
            value = f"coalesce(c.{field}, '')"
            yield f"{kind}.{field}", value, f"count(*) FROM {table} c WHERE {stands}", "c.article_id IN :articles"
    for kind in ("actors", "places"):
        mine = "c.reading_id IN (SELECT id FROM readings WHERE article_id IN :articles)"
        rows = f"count(DISTINCT c.reading_id) FROM {kind} c WHERE {_LIVE}"
        yield f"{kind}.reports", "c.key", rows, mine
    for of, claims, names, side in NAMED:
        on = f"p.claim = '{claims}' AND p.claim_id = c.id" + (f" AND p.side = '{side}'" if side else "")
        stands = f"{_LIVE} AND coalesce(c.review, '') <> 'rejected'"
        # A cross join is done in the order in which it is written: from the claims of the articles to who is named by them.
        rows = f"count(*) FROM {claims} c CROSS JOIN {names} p WHERE {on} AND {stands} AND p.key <> ''"
        for what in (of, f"{of.partition('.')[0]}.claims"):
            yield what, "p.key", rows, "c.article_id IN :articles"


@cache
def _statements(sign: str, *, whole: bool) -> tuple[str, ...]:
    found = []
    for of, value, rows, mine in _counting():
        number, _, among = rows.partition(" FROM ")
        some = "" if whole else f" AND {mine}"
        found.append(
            f"INSERT INTO tallies (of, value, number) SELECT '{of}', {value}, {sign}{number} FROM {among}{some}"  # noqa: S608 - our own names
            f" GROUP BY 2 ON CONFLICT (of, value) DO UPDATE SET number = tallies.number + excluded.number"
        )
    return tuple(found)


def make_tallies(connection: Connection) -> None:
    """Makes the table and counts everything, as a migration does."""
    metadata.create_all(connection)
    count_all(connection)


def count_all(connection: Connection) -> None:
    """Counts everything anew."""
    connection.execute(delete(tallies))
    for statement in _statements("", whole=True):
        connection.execute(text(statement))
    _drop_empty(connection)


def count_in(connection: Connection, articles: Sequence[int]) -> None:
    """Counts what stands of some articles, which were not counted before."""
    _count(connection, articles, "")


def count_out(connection: Connection, articles: Sequence[int]) -> None:
    """Counts what stands of some articles no more: they are about to change or to go."""
    _count(connection, articles, "-")
    _drop_empty(connection)


@contextmanager
def recounted(connection: Connection, articles: Sequence[int]) -> Iterator[None]:
    """What changes of some articles within is counted as it is at the end. Not to be done within another of the same articles."""
    _count(connection, articles, "-")
    yield
    _count(connection, articles, "")
    _drop_empty(connection)


def _count(connection: Connection, articles: Sequence[int], sign: str) -> None:
    for at in range(0, len(articles), _AT_ONCE):
        some = {"articles": list(articles[at : at + _AT_ONCE])}
        for statement in _statements(sign, whole=False):
            connection.execute(_for_some(statement), some)


@cache
def _for_some(statement: str) -> Executable:
    return text(statement).bindparams(bindparam("articles", expanding=True))


def _drop_empty(connection: Connection) -> None:
    connection.execute(delete(tallies).where(tallies.c.number == 0))


def is_for_now(when: AsOf) -> bool:
    """Whether a question can be answered by counts: one of a day long past cannot, as they are those of now."""
    return when.known is None


def tally(connection: Connection, of: str, when: AsOf) -> dict[str, int]:
    """How many there are of each value, without what is under embargo; of what is asked for now alone."""
    table = tallies
    rows = connection.execute(select(table.c.value, table.c.number).where(table.c.of == of))
    counts = {row.value: row.number for row in rows}
    if when.embargoed:
        value, counted, mine = next(item[1:] for item in _counting() if item[0] == of)
        statement = f"SELECT {value}, {counted} AND {mine} GROUP BY 1"
        for held, number in connection.execute(_for_some(statement), {"articles": list(when.embargoed)}):
            counts[held] -= number
    return {value: number for value, number in counts.items() if number}


def wrong_counts(connection: Connection) -> int:
    """How many counts are not what counting everything anew finds."""
    kept = {(row.of, row.value): row.number for row in connection.execute(select(tallies))}
    true: dict[tuple[str, str], int] = {}
    for of, value, rows, _ in _counting():
        for found, number in connection.execute(text(f"SELECT {value}, {rows} GROUP BY 1")):
            true[of, found] = true.get((of, found), 0) + number
    return sum(kept.get(name) != true.get(name) for name in {*kept, *true})
