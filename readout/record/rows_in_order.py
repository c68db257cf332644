"""The rows that answer a question, in order: whether an index is walked along or few rows are looked up is settled by counting.

Two ways lead to a page. Where what is asked for is common, the index of the order is walked along and each row is looked at, until the
page is full. Where it is rare, the numbers of its rows are fetched by an index of its own and sorted. Which is shorter depends on how
many rows each filter has, which is counted, up to a bound, and on how they lie along the order, which nobody knows: a walk that
leads nowhere is given up for the other way.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Row,
    Select,
    any_,
    bindparam,
    cast,
    func,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY

from readout.record.conditions import Asked, Found
from readout.record.indexes import NARROW
from readout.record.ordering import Order, Place, beyond, beyond_id, sorting, stretches

_RARE = 2_000  # so few rows are looked up without more ado
_MOST = 60_000  # so many rows are looked up at most, which takes 50 ms
_PATIENCE = 6_000  # so many rows are looked at along an index before the other way is taken
_STEP, _STRIDE = 500, 4_000  # rows that are looked at together, at first and at most
_DEAR = 600  # the same where a look is dear


@dataclass(frozen=True, slots=True)
class Way:
    """How the rows are come by.

    Attributes:
        walk: what holds along the index that is walked along.
        walked: the filters that it settles.
        looked_up: filters whose rows are fetched, where the walk is given up; none where it never is.
        patience: so many rows are looked at before that; none where nothing is walked along at all.
        first: so many rows are looked at together at first.
    """

    walk: tuple[ColumnElement[bool], ...]
    walked: tuple[Found, ...]
    looked_up: tuple[Found, ...]
    patience: int | None
    first: int


def rows_in_order(
    connection: Connection, asked: Asked, order: Order, after: Place | None, limit: int
) -> list[Row[Any]]:
    """The first rows that answer behind a place, `limit` at most."""
    way = choose(connection, asked, order, limit)
    found: list[Row[Any]] = []
    for numbers, walking in _numbers(connection, asked, order, after, way):
        enforced = way.walked if walking else way.looked_up
        found += _seen(connection, asked, numbers, enforced)
        if len(found) >= limit:
            break
    return found[:limit]


def choose(connection: Connection, asked: Asked, order: Order, limit: int) -> Way:
    """Which way is taken."""
    found = [*asked.found, *(item for name, item in asked.ranges.items() if name != order.column)]
    along = tuple(item.holds for name, item in asked.ranges.items() if name == order.column)
    if not found:
        return Way(along, (), (), None, limit if len(asked.rest) <= 1 else max(limit, _STEP))
    counts = {id(item): capped_count(connection, item.ids) for item in found}
    walked: tuple[Found, ...] = ()
    if order.column == ("published" if asked.kind == "reports" else "day"):
        equals = sorted((item for item in found if item.equal is not None), key=lambda item: counts[id(item)])
        walked = tuple(equals[:1])
    walk = (*along, *(item.equal for item in walked if item.equal is not None))
    others = [item for item in found if item not in walked]
    everything = connection.execute(select(func.max(asked.table.c.id))).scalar() or 1
    share = 1.0
    for item in others:
        share *= min(1.0, counts[id(item)] / everything)
    expected = limit / max(share, 1 / everything)
    dear = any(item.dear for item in others)
    first = round(min(max(expected * 1.3, limit), _DEAR if dear else _STRIDE))
    few = tuple(item for item in found if counts[id(item)] <= _MOST)
    if not few or not others:
        return Way(walk, walked, (), None, first)
    least = min(counts[id(item)] for item in few)
    patience = 0 if least <= _RARE or expected > _PATIENCE else _PATIENCE
    return Way(walk, walked, few, patience, first)


def capped_count(connection: Connection, ids: Any, most: int = _MOST + 1) -> int:
    """How many rows a select has, or `most` where it has more."""
    some = ids.limit(most).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one())


def _numbers(
    connection: Connection, asked: Asked, order: Order, after: Place | None, way: Way
) -> Iterator[tuple[list[int], bool]]:
    """Numbers of rows in their order, some at a time, and whether they were come by along the index."""
    left = way.patience
    step = way.first
    for stretch in stretches(asked.table, order, after, asked.when.last_day):
        place: Place | None = None
        conditions = stretch
        while True:
            walking = left is None or left > 0
            size = step if walking else _RARE
            base = (
                _along(asked, order, way, conditions, size)
                if walking
                else _looked_up(asked, order, way, conditions, size)
            )
            rows = connection.execute(base).all()
            if rows:
                yield [row.id for row in rows], walking
                place = Place(rows[-1].value, rows[-1].id)
                left = None if left is None else left - len(rows) * walking
                step = min(step * 3, _STRIDE)
            if len(rows) < size or place is None:
                break
            conditions = [*stretch, *_behind(asked, order, place)]


def _behind(asked: Asked, order: Order, place: Place) -> list[ColumnElement[bool]]:
    if place.value is None:
        return [beyond_id(asked.table, order, place)]
    return beyond(asked.table, order, place)


def _along(asked: Asked, order: Order, way: Way, conditions: Sequence[ColumnElement[bool]], size: int) -> Select[Any]:
    table = asked.table
    parts = []
    for live in asked.when.lives:
        own = select(table.c.id, table.c[order.column].label("value")).where(
            table.c.live == live, *way.walk, *conditions
        )
        parts.append(own.order_by(*sorting(table, order)).limit(size))
    if len(parts) == 1:
        return parts[0]
    # Each value of `live` is a range of its own in the index: two walks, and one order of both.
    both = union_all(*(select(part.subquery()) for part in parts)).subquery()
    value, number = both.c.value, both.c.id
    ways = (value.desc().nulls_last(), number.desc()) if order.descending else (value.asc().nulls_first(), number.asc())
    return select(both.c.id, both.c.value).order_by(*ways).limit(size)


def _looked_up(
    asked: Asked, order: Order, way: Way, conditions: Sequence[ColumnElement[bool]], size: int
) -> Select[Any]:
    table = asked.table
    along = [item.holds for name, item in asked.ranges.items() if name == order.column]
    stmt = select(table.c.id, table.c[order.column].label("value")).with_hint(
        table, f"INDEXED BY {NARROW[table.name]}", "sqlite"
    )
    stmt = stmt.where(asked.standing, *(table.c.id.in_(item.ids) for item in way.looked_up), *along, *conditions)
    return stmt.order_by(*sorting(table, order)).limit(size)


def _seen(connection: Connection, asked: Asked, numbers: list[int], enforced: Sequence[Found]) -> list[Row[Any]]:
    """Those of some rows that answer, in the same order."""
    table = asked.table
    left = [item.holds for item in (*asked.found, *asked.ranges.values()) if item not in enforced]
    stmt = select(table).with_hint(table, "NOT INDEXED", "sqlite")
    stmt = stmt.where(among(connection, table.c.id, numbers), asked.standing, *asked.rest, *left)
    rows = {row.id: row for row in connection.execute(stmt)}
    return [rows[number] for number in numbers if number in rows]


def among(connection: Connection, column: ColumnElement[Any], numbers: Sequence[int]) -> ColumnElement[bool]:
    """Whether a column is one of many numbers, given to the database in one piece."""
    if connection.dialect.name == "sqlite":
        value = func.json_each(bindparam(None, json.dumps(list(numbers)))).table_valued("value")
        return column.in_(select(value.c.value))
    return column == any_(cast(bindparam(None, list(numbers)), ARRAY(BigInteger)))
