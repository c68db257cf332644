"""In which order answers come, and the cursor that says where a page ended."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any

from sqlalchemy import ColumnElement, Table, tuple_

from readout.errors import UsageError
from readout.record.kinds import ORDERS


@dataclass(frozen=True, slots=True)
class Order:
    """An order: its name, the column that it sorts by, and whether the greatest comes first. Ties are settled by the id."""

    name: str
    column: str
    descending: bool

    def __str__(self) -> str:
        return "-" * self.descending + self.name


def order_of(kind: str, given: str | None, *, descending: bool = False) -> Order:
    """The order that a caller names: "date", from the first on, or "-date", from the last back.

    Args:
        kind: what is asked for.
        given: its name; None is the kind's first, from the greatest down (names: from the first on).
        descending: as a "-" before it.

    Raises:
        UsageError: the kind has no such order.
    """
    known = ORDERS[kind]
    if given is None:
        first = next(iter(known))
        return Order(first, known[first], True)
    name = given.removeprefix("-")
    if name not in known:
        raise UsageError(
            f"{kind} are not ordered by {name!r}: they are by {', '.join(known)}, or backwards by -{next(iter(known))}"
        )
    return Order(name, known[name], descending or given != name)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: the value by which it is sorted, and the id."""

    value: Any
    id: Any


def to_cursor(kind: str, order: Order, question: str, place: Place) -> str:
    """A place as text that goes into an address; `question` is what was asked, of which it is a place."""
    content = [kind, str(order), _digest(question), place.value, place.id]
    return base64.urlsafe_b64encode(json.dumps(content, separators=(",", ":")).encode()).decode().rstrip("=")


def from_cursor(kind: str, order: Order, question: str, cursor: str) -> Place:
    """The place that a cursor says.

    Raises:
        UsageError: it is none, or one of another question.
    """
    try:
        content = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        what, by, digest, value, number = content
    except (binascii.Error, ValueError, TypeError):
        raise UsageError("the cursor is none: ask for the first page again") from None
    if (what, by, digest) != (kind, str(order), _digest(question)):
        raise UsageError("the cursor is of another question: ask for the first page again")
    text = order.column in ("day", "published", "name")
    keyed = kind in ("actors", "places")
    fits = (value is None or _is(value, text)) and _is(number, keyed) and (keyed or type(number) is int)
    if not fits or (not keyed and abs(number) >= 2**31):
        raise UsageError("the cursor is none: ask for the first page again")
    return Place(value, number)


def _is(value: object, text: bool) -> bool:
    """Whether a value is text, or a number, such as a database can have."""
    if text:
        return isinstance(value, str) and "\0" not in value and value == value.encode("utf-8", "replace").decode()
    if isinstance(value, float):
        return isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63


def _digest(question: str) -> str:
    return hashlib.sha256(question.encode("utf-8", "backslashreplace")).hexdigest()[:8]


def sorting(table: Table, order: Order) -> list[ColumnElement[Any]]:
    """The columns to sort by; what lacks the value comes before all that have it, and behind them backwards."""
    columns = [table.c[order.column], table.c.id] if order.column != "id" else [table.c.id]
    if not order.descending:
        return [
            columns[0].asc().nulls_first() if columns[0].nullable else columns[0].asc(),
            *(c.asc() for c in columns[1:]),
        ]
    return [
        columns[0].desc().nulls_last() if columns[0].nullable else columns[0].desc(),
        *(c.desc() for c in columns[1:]),
    ]


def stretches(
    table: Table, order: Order, after: Place | None, last_day: str | None
) -> Iterator[list[ColumnElement[bool]]]:
    """The conditions of the stretches of the order that are to be gone through, one behind the other, from a place on.

    Each is one range of an index; what has no value is a stretch of its own. `last_day`: no report is dated behind it. What is
    dated behind it itself stood ahead of its report then, which an index of few rows knows.
    """
    column = table.c[order.column]
    if order.column == "id":
        yield beyond(table, order, after)
        return
    if not column.nullable:
        yield beyond(table, order, after)
        return
    values = _split(table, order, after, last_day)
    lack = [column.is_(None), *([beyond_id(table, order, after)] if after and after.value is None else [])]
    if order.descending:
        if after is None or after.value is not None:
            yield from values
        yield lack
    else:
        if after is None or after.value is None:
            yield lack
        yield from values


def _split(table: Table, order: Order, after: Place | None, last_day: str | None) -> list[list[ColumnElement[bool]]]:
    column = table.c[order.column]
    own = [column.is_not(None), *(beyond(table, order, after) if after and after.value is not None else [])]
    if last_day is None:
        return [own]
    near = [*own, column <= last_day]
    if order.column != "day":
        return [near]  # published: nothing is dated behind it
    ahead = [*own, column > last_day, column > table.c.published, table.c.published <= last_day]
    return [ahead, near] if order.descending else [near, ahead]


def beyond(table: Table, order: Order, after: Place | None) -> list[ColumnElement[bool]]:
    """What comes behind a place."""
    if after is None:
        return []
    if order.column == "id":
        return [beyond_id(table, order, after)]
    here = tuple_(table.c[order.column], table.c.id)
    there = tuple_(after.value, after.id)
    return [here < there if order.descending else here > there]


def beyond_id(table: Table, order: Order, after: Place) -> ColumnElement[bool]:
    """What comes behind a place by its id alone."""
    number = table.c.id
    behind: ColumnElement[bool] = number < after.id if order.descending else number > after.id
    return behind
