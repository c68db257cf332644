"""Counts that are kept beside the record: how many claims and reports there are of each value, day, actor and place.

They are written in the transaction that writes what they count, and hold at every moment; nothing has to be looked through to know them.
What is counted is what answers a question: of claims what nobody rejected. A count is known by what it is of ("events.type",
"actors.reports") and by the value; what has no value is under "". No count is kept of nothing. `readout.record.kept` says what is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

from sqlalchemy import Connection, Executable, bindparam, delete, func, select, text

from readout.record.kept import FIELDS as FIELDS
from readout.record.kept import NAMED as NAMED
from readout.record.kept import Counted, counted, counts, daily, metadata, more, shares, tallies
from readout.record.moments import AsOf
from readout.record.schema import readings
from readout.record.spans import forget_spans, leave_any, write_all_spans, write_spans, wrong_spans
from readout.record.spans import metadata as of_spans

_AT_ONCE = 300  # articles in one statement
_TABLES = (tallies, shares, daily)


def make_tallies(connection: Connection) -> None:
    """Makes the table, as a migration does; what is in it is counted by the last one that makes counts."""
    metadata.create_all(connection)


def make_shares(connection: Connection) -> None:
    """Makes the tables of what falls on parts and on days, and counts everything, as a migration does."""
    for tables in (more, of_spans):
        tables.create_all(connection)
    count_all(connection)


def count_all(connection: Connection) -> None:
    """Counts everything anew."""
    write_all_spans(connection)
    for table in _TABLES:
        connection.execute(delete(table))
    for item in counts():
        connection.execute(text(item.statement("", whole=True)))
    _drop_empty(connection)
    for kind in _SINCE:
        everybody = f"SELECT DISTINCT value AS key FROM daily WHERE of = '{kind}.reports'"  # noqa: S608 - our own names
        connection.execute(text(_since(kind, everybody)))


def count_in(connection: Connection, articles: Sequence[int]) -> None:
    """Counts what stands of some articles, which were not counted before."""
    for some in _read(connection, articles):
        _count(connection, some, "", leaving=write_spans(connection, some))


def count_out(connection: Connection, articles: Sequence[int]) -> None:
    """Counts what stands of some articles no more: they are about to change or to go."""
    for some in _read(connection, articles):
        _count(connection, some, "-", leaving=leave_any(connection, some))
        forget_spans(connection, some)


@contextmanager
def recounted(connection: Connection, articles: Sequence[int]) -> Iterator[None]:
    """What changes of some articles within is counted as it is at the end. Not to be done within another of the same articles."""
    for some in _read(connection, articles):
        _count(connection, some, "-", leaving=leave_any(connection, some))
        forget_spans(connection, some)
    yield
    count_in(connection, articles)


def _read(connection: Connection, articles: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of what was read of some articles, not too many together."""
    for at in range(0, len(articles), _AT_ONCE):
        of = readings.c.article_id.in_(articles[at : at + _AT_ONCE])
        if some := list(connection.execute(select(readings.c.id).where(of)).scalars()):
            yield some


def _count(connection: Connection, some: Sequence[int], sign: str, *, leaving: bool) -> None:
    for item in counts():
        if leaving or not item.fewer:
            connection.execute(_for_some(item.statement(sign, whole=False)), {"readings": some})
    _drop_empty(connection)
    for kind in _SINCE:
        named = f"SELECT DISTINCT key FROM {kind} WHERE reading_id IN :readings"  # noqa: S608 - our own names
        gone = f"DELETE FROM tallies WHERE of = '{kind}.since' AND value IN ({named})"  # noqa: S608
        for statement in (gone, _since(kind, named)):
            connection.execute(_for_some(statement), {"readings": some})


#: Of whom it is kept since when reports name them.
_SINCE = ("actors", "places")


def _since(kind: str, keys: str) -> str:
    """What writes since when reports name those whose keys a select finds."""
    days = f"FROM daily WHERE of = '{kind}.reports' AND value = k.key"
    first = f"CAST(replace((SELECT min(day) {days}), '-', '') AS INTEGER)"
    return (
        f"INSERT INTO tallies (of, value, number) SELECT '{kind}.since', k.key, {first}"  # noqa: S608 - our own names
        f" FROM ({keys}) k WHERE EXISTS (SELECT 1 {days})"
    )


def since(day: str) -> int:
    """A day as it is kept since when somebody is named."""
    return int(day.replace("-", ""))


@cache
def _for_some(statement: str) -> Executable:
    return text(statement).bindparams(bindparam("readings", expanding=True))


def _drop_empty(connection: Connection) -> None:
    for table in _TABLES:
        connection.execute(delete(table).where(table.c.number == 0))


def is_for_now(when: AsOf) -> bool:
    """Whether a question is one of now, and not of a day long past."""
    return when.known is None


def tally(connection: Connection, of: str, when: AsOf) -> dict[str, int]:
    """How many there are, or were then, of each value, without what is under embargo."""
    if when.known is None:
        stmt = select(tallies.c.value, tallies.c.number).where(tallies.c.of == of)
    else:
        total = func.sum(daily.c.number).label("number")
        stmt = select(daily.c.value, total).where(daily.c.of == of, daily.c.day <= when.known[:10])
        stmt = stmt.group_by(daily.c.value)
    found = {row.value: int(row.number) for row in connection.execute(stmt)}
    for sign, some in when.unlike(connection):
        for value, _, number in of_readings(connection, counted(of, by_days=when.known is not None), some):
            found[value] = found.get(value, 0) + sign * number
    return {value: number for value, number in found.items() if number}


def of_readings(connection: Connection, item: Counted, some: Sequence[int]) -> Iterator[tuple[str, str | None, int]]:
    """Value, part and number of a count in some readings alone."""
    for at in range(0, len(some), 1_000):
        rows = connection.execute(_for_some(item.of_some()), {"readings": list(some[at : at + 1_000])})
        yield from (tuple(row) for row in rows)


def wrong_counts(connection: Connection) -> int:
    """How many counts are not what counting everything anew finds."""
    wrong = wrong_spans(connection)
    for table in _TABLES:
        kept = {tuple(row)[:-1]: row.number for row in connection.execute(select(table))}
        true: dict[tuple[str, ...], int] = {}
        for item in (item for item in counts() if item.table == table.name):
            for value, part, number in connection.execute(text(item.found())):
                name = (item.of, value) if part is None else (item.of, value, part)
                true[name] = true.get(name, 0) + number
        for kind in _SINCE if table is tallies else ():
            days = select(daily.c.value, func.min(daily.c.day)).where(daily.c.of == f"{kind}.reports")
            true |= {
                (f"{kind}.since", row[0]): since(row[1]) for row in connection.execute(days.group_by(daily.c.value))
            }
        true = {name: number for name, number in true.items() if number}
        wrong += sum(kept.get(name) != true.get(name) for name in {*kept, *true})
    return wrong
