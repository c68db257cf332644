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
from math import prod
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    Text,
    and_,
    any_,
    bindparam,
    cast,
    func,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from readout.record.conditions import Asked, Found
from readout.record.indexes import NARROW
from readout.record.ordering import Order, Place, beyond, beyond_id, sorting, stretches

_RARE = 2_000  # so few rows are looked up without more ado
_MOST = 60_000  # so many rows are looked up at most, which takes 50 ms
_PATIENCE = 6_000  # so many rows are looked at along an index before the other way is taken
_STEP, _STRIDE = 500, 4_000  # rows that are looked at together, at first and at most
_OPENING = 200  # so many letters of a text
_DEAR = 600  # the same where a look is dear


@dataclass(frozen=True, slots=True)
class Way:
    """How the rows are come by.

    Attributes:
        walk: what holds along the index that is walked along.
        walked: the filters that it settles.
        looked_up: filters whose rows are fetched, where the walk is given up; none where it never is.
        patience: so many rows are looked at before that; none where it never is.
        walk_step, look_step: so many rows are looked at together at first, along the index and of those that were looked up.
    """

    walk: tuple[ColumnElement[bool], ...] = ()
    walked: tuple[Found, ...] = ()
    looked_up: tuple[Found, ...] = ()
    patience: int | None = None
    walk_step: int = _STEP
    look_step: int = _STEP


def rows_in_order(
    connection: Connection, asked: Asked, order: Order, after: Place | None, limit: int
) -> list[Row[Any]]:
    """The first rows that answer behind a place, `limit` at most."""
    if asked.nothing:
        return []
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
        return Way(along, walk_step=limit if len(asked.rest) <= 1 else max(limit, _STEP))
    counts = {item: capped_count(connection, item.ids) for item in found}
    everything = connection.execute(select(func.max(asked.table.c.id))).scalar() or 1
    shares = {item: min(1.0, max(counts[item], 1) / everything) for item in found}
    walked: tuple[Found, ...] = ()
    if order.column == ("published" if asked.kind == "reports" else "day"):
        equals = sorted((item for item in found if item.equal is not None), key=counts.__getitem__)
        walked = tuple(equals[:1])
    walk = (*along, *(item.equal for item in walked if item.equal is not None))
    left = [item for item in found if item not in walked]
    expected = limit / prod(shares[item] for item in left)
    walk_step = _step(expected, limit, left)
    rare = sorted((item for item in found if counts[item] <= _MOST), key=counts.__getitem__)
    if not rare or not left:
        return Way(walk, walked, walk_step=walk_step)
    together = [item for item in found if item.equal is not None] if rare[0].equal is not None else rare[:1]
    looked_up = [_all_of(asked, together)]
    left = [item for item in found if item not in together]
    for item in (
        item for item in rare if item in left
    ):  # as many more as are needed for a page to be among the first that are seen
        if item.dear or _RARE * prod(shares[other] for other in left) < 2 * limit:
            looked_up.append(item)
            left.remove(item)
    patience = 0 if counts[rare[0]] <= _RARE or expected > _PATIENCE else _PATIENCE
    look_step = _step(limit / prod(shares[item] for item in left), limit, left)
    return Way(walk, walked, tuple(looked_up), patience, walk_step, look_step)


def _all_of(asked: Asked, items: Sequence[Found]) -> Found:
    """What columns say together, of which an index has several: far fewer rows are looked up."""
    if len(items) == 1:
        return items[0]
    holds = and_(*(item.holds for item in items))
    return Found(select(asked.table.c.id).where(asked.standing, holds), holds)


def _step(expected: float, limit: int, left: Sequence[Found]) -> int:
    """How many rows to look at together, where a page is expected to be among `expected`."""
    return round(min(max(expected * 1.3, limit), _DEAR if any(item.dear for item in left) else _STRIDE))


def capped_count(connection: Connection, ids: Any, most: int = _MOST + 1) -> int:
    """How many rows a select has, or `most` where it has more."""
    some = ids.limit(most).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one())


def _numbers(
    connection: Connection, asked: Asked, order: Order, after: Place | None, way: Way
) -> Iterator[tuple[list[int], bool]]:
    """Numbers of rows in their order, some at a time, and whether they were come by along the index."""
    left = way.patience
    walk_step, look_step = way.walk_step, way.look_step
    for stretch in stretches(asked.table, order, after, asked.when.last_day):
        conditions = stretch
        while True:
            walking = left is None or left > 0
            size = walk_step if walking else look_step
            ask = _along if walking else _looked_up
            rows = connection.execute(ask(asked, order, way, conditions, size)).all()
            if rows:
                yield [row.id for row in rows], walking
            if len(rows) < size:
                break
            conditions = [*stretch, *_behind(asked, order, Place(rows[-1].value, rows[-1].id))]
            if walking:
                left = None if left is None else left - len(rows)
                walk_step = min(walk_step * 3, _STRIDE)
            else:
                look_step = min(look_step * 5, _STRIDE)


def _behind(asked: Asked, order: Order, place: Place) -> list[ColumnElement[bool]]:
    if place.value is None:
        return [beyond_id(asked.table, order, place)]
    return beyond(asked.table, order, place)


def _along(asked: Asked, order: Order, way: Way, conditions: Sequence[ColumnElement[bool]], size: int) -> Select[Any]:
    table = asked.table
    parts = []
    for live in asked.lives:
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
    stmt = select(*row_columns(table)).with_hint(table, "NOT INDEXED", "sqlite")
    stmt = stmt.where(among(connection, table.c.id, numbers), asked.standing, *asked.rest, *left)
    rows = {row.id: row for row in connection.execute(stmt)}
    return [rows[number] for number in numbers if number in rows]


def row_columns(table: Table) -> list[ColumnElement[Any]]:
    """All columns but the large ones, of which a list wants the beginning of the text."""
    columns: list[ColumnElement[Any]] = [column for column in table.c if column.name not in ("text", "report")]
    return [*columns, func.substr(table.c.text, 1, _OPENING).label("opening")] if "text" in table.c else columns


def among(connection: Connection, column: ColumnElement[Any], numbers: Sequence[int]) -> ColumnElement[bool]:
    """Whether a column is one of many numbers, given to the database in one piece."""
    if connection.dialect.name == "sqlite":
        value = func.json_each(bindparam(None, json.dumps(list(numbers)))).table_valued("value")
        return column.in_(select(value.c.value))
    return column == any_(cast(bindparam(None, list(numbers)), ARRAY(BigInteger)))


def among_words(connection: Connection, column: ColumnElement[Any], words: Sequence[str]) -> ColumnElement[bool]:
    """Whether a column is one of many words, given to the database in one piece."""
    if connection.dialect.name == "sqlite":
        value = func.json_each(bindparam(None, json.dumps(list(words)))).table_valued("value")
        return column.in_(select(value.c.value))
    return column == any_(cast(bindparam(None, list(words)), ARRAY(Text)))


def given_rows(connection: Connection, rows: Sequence[tuple[str, Any, int]], *, words: bool = False) -> Select[Any]:
    """Rows of a key, a value that is sorted by (a number, or a word) and a number, given to the database in one piece."""
    given: Any = bindparam(None, json.dumps(rows))
    parts: list[Any]
    if connection.dialect.name == "sqlite":
        value = func.json_each(given).table_valued("value").c.value
        parts = [func.json_extract(value, f"$[{n}]") for n in range(3)]
    else:
        value = func.jsonb_array_elements(cast(given, JSONB)).table_valued("value").c.value
        parts = [value.op("->>")(n) for n in range(3)]
    kinds = (Text, Text if words else BigInteger, BigInteger)
    names = ("key", "sorted", "reports")
    columns: list[Any] = [cast(part, kind).label(name) for part, kind, name in zip(parts, kinds, names, strict=True)]
    return select(*columns)
