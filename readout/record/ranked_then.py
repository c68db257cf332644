"""Actors and places by their reports as they were at a moment long past, by the counts of days that are kept.

How often each was named up to a day is the sum of its days. Whose counts never went down was named no more often then than now: in the
order of now, those are looked at who may be among the first of then, and no others. Whose counts went down (a report was replaced or
withdrawn), and who is named in what came later on the same day or is under embargo, is looked at whatever is counted now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from readout.record.claims import ActorRow, PlaceRow
from readout.record.conditions import check_filters
from readout.record.counted import of_readings, since
from readout.record.filters import Filters
from readout.record.kept import NAMED, counted, daily, tallies
from readout.record.listing import MAKE, Counts, named
from readout.record.moments import AsOf
from readout.record.ordering import Order, Place
from readout.record.ranked import BY_NAME, newest_rows
from readout.record.rows_in_order import among_words

_FEW = 2_000  # so many are looked at without more ado
_STEP = 200  # so many are looked at together, at first


def by_days(filters: Filters, when: AsOf, order: Order | None = None) -> bool:
    """Whether the counts of days answer a question: of all, or of some by their names, in the order of their reports."""
    plain = order is None or (order.column == "reports" and order.descending)
    return when.known is not None and plain and all(name in BY_NAME for name, _ in filters.items())


@dataclass(frozen=True, slots=True)
class _Then:
    """A question.

    Attributes:
        kind, day: actors or places, and the day up to which is counted.
        holds: what holds for the counts of who is asked for.
        unlike: by how much what is counted up to the day is unlike what answers, and in which readings.
        apart: those of whom what is counted now says nothing.
    """

    kind: str
    day: str
    holds: tuple[ColumnElement[bool], ...]
    signed: tuple[tuple[int, Sequence[int]], ...]
    unlike: Mapping[str, int] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()


def _understand(connection: Connection, kind: str, filters: Filters, when: AsOf) -> _Then:
    assert when.known is not None
    check_filters(kind, filters)
    key, of = tallies.c.value, f"{kind}.reports"
    holds = tuple(named(connection, kind, name, wanted, key) for name, wanted in filters.items())
    signed = when.unlike(connection)
    unlike: dict[str, int] = {}
    for sign, some in signed:
        for value, _, number in of_readings(connection, counted(of, by_days=True), some):
            unlike[value] = unlike.get(value, 0) + sign * number
    fewer = select(daily.c.value).where(daily.c.of == of, daily.c.number < 0).distinct()
    apart = frozenset((*connection.execute(fewer).scalars(), *unlike))
    return _Then(kind, when.known[:10], holds, signed, unlike, apart)


def count_then(connection: Connection, kind: str, filters: Filters, when: AsOf) -> int:
    """How many there were."""
    asked = _understand(connection, kind, filters, when)
    all_ = connection.execute(_there(asked, func.count())).scalar_one()
    apart = _numbers(connection, asked, _asked_among(connection, asked, asked.apart))
    there = _there(asked, func.count()).where(among_words(connection, tallies.c.value, sorted(asked.apart)))
    counted_apart = connection.execute(there).scalar_one() if asked.apart else 0
    return int(all_ - counted_apart + len(apart))


def _there(asked: _Then, what: Any) -> Select[Any]:
    """Something of those that were named by the day."""
    first = tallies.c.number <= since(asked.day)
    return select(what).select_from(tallies).where(tallies.c.of == f"{asked.kind}.since", first, *asked.holds)


def _asked_among(connection: Connection, asked: _Then, keys: frozenset[str]) -> list[str]:
    """Those of some keys that are asked for; one that is not counted any more is no fault."""
    if not asked.holds or not keys:
        return sorted(keys)
    of = (tallies.c.of == f"{asked.kind}.since", among_words(connection, tallies.c.value, sorted(keys)))
    return list(connection.execute(select(tallies.c.value).where(*of, *asked.holds)).scalars())


def _numbers(connection: Connection, asked: _Then, keys: Sequence[str]) -> dict[str, int]:
    """In how many reports each key was named, without those who were in none."""
    found = dict(_sums(connection, f"{asked.kind}.reports", asked.day, keys))
    for key in keys:
        if number := asked.unlike.get(key, 0):
            found[key] = found.get(key, 0) + number
    return {key: number for key, number in found.items() if number > 0}


def _sums(connection: Connection, of: str, day: str, keys: Sequence[str]) -> Iterator[tuple[str, int]]:
    stmt = select(daily.c.value, func.sum(daily.c.number).label("number"))
    stmt = stmt.where(daily.c.of == of, daily.c.day <= day, among_words(connection, daily.c.value, keys))
    for row in connection.execute(stmt.group_by(daily.c.value)) if keys else ():
        yield row.value, int(row.number)


def list_then(
    connection: Connection, kind: str, filters: Filters, when: AsOf, after: Place | None, limit: int
) -> list[tuple[Place, ActorRow | PlaceRow]]:
    """The first actors or places behind a place, those of most reports first, `limit` at most, each with its own place."""
    asked = _understand(connection, kind, filters, when)
    first: list[tuple[int, str]] = []
    for bound, keys in _candidates(connection, asked):
        if len(first) == limit and bound is not None and bound < -first[-1][0]:
            break
        ranked = [(-number, key) for key, number in _numbers(connection, asked, keys).items()]
        behind = [item for item in ranked if after is None or item > (-after.value, after.id)]
        first = nsmallest(limit, [*first, *behind])
    keys = [key for _, key in first]
    held = dict(asked.signed)[-1]
    newest = newest_rows(connection, kind, keys, when, {}, held)
    counts = _counts(connection, asked, keys)
    return [(Place(-number, key), MAKE[kind](newest[key], -number, counts)) for number, key in first]


def _candidates(connection: Connection, asked: _Then) -> Iterator[tuple[int | None, list[str]]]:
    """Those who may be among the first, some at a time, with the most reports that any of these and of those behind them has; None where
    nothing is known of that."""
    yield None, _asked_among(connection, asked, asked.apart)
    few = list(connection.execute(_there(asked, tallies.c.value).limit(_FEW + 1)).scalars())
    if len(few) <= _FEW:
        yield None, [str(key) for key in few if key not in asked.apart]
        return
    number, key, step = tallies.c.number, tallies.c.value, _STEP
    stmt = select(key, number).where(tallies.c.of == f"{asked.kind}.reports", *asked.holds)
    stmt = stmt.order_by(number.desc(), key)
    last: tuple[int, str] | None = None
    while True:
        behind = [] if last is None else [number <= last[0], (number < last[0]) | (key > last[1])]
        rows = connection.execute(stmt.where(*behind).limit(step)).all()
        if rows:
            yield rows[0].number, [row.value for row in rows if row.value not in asked.apart]
            last = rows[-1].number, rows[-1].value
        if len(rows) < step:
            return
        step = min(2 * step, 10 * _STEP)


def _counts(connection: Connection, asked: _Then, keys: Sequence[str]) -> Counts:
    """How many claims named each key by then, on each side."""
    found: Counts = {}
    for of, claims, _, side in NAMED:
        if of.startswith(f"{asked.kind}."):
            for key, number in _sums(connection, of, asked.day, keys):
                found[key, claims, side or ""] = number
            for sign, some in asked.signed:
                for key, _, number in of_readings(connection, counted(of, by_days=True), some):
                    if key in keys:
                        found[key, claims, side or ""] = found.get((key, claims, side or ""), 0) + sign * number
    return found
