"""Actors and places as the counts that are kept have them: for questions of now, about all of them or about some by their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from readout.record.claims import ActorRow, PlaceRow
from readout.record.conditions import check_filters
from readout.record.counted import NAMED, tallies
from readout.record.filters import Filters
from readout.record.listing import LISTINGS, MAKE, Counts, named
from readout.record.moments import AsOf
from readout.record.ordering import Order, Place
from readout.record.schema import LIVE

#: Filters that ask for somebody or some place, and not for some of the reports that name them.
_BY_NAME = ("actor", "place", "text")


def by_counts(filters: Filters, when: AsOf) -> bool:
    """Whether the counts that are kept answer a question."""
    return when.known is None and not when.embargoed and all(name in _BY_NAME for name, _ in filters.items())


def _asked(connection: Connection, kind: str, filters: Filters) -> list[ColumnElement[bool]]:
    check_filters(kind, filters)
    key = tallies.c.value
    return [
        tallies.c.of == f"{kind}.reports",
        *(named(connection, kind, name, wanted, key) for name, wanted in filters.items()),
    ]


def count_counted(connection: Connection, kind: str, filters: Filters) -> int:
    """How many there are."""
    stmt = select(func.count()).select_from(tallies).where(*_asked(connection, kind, filters))
    return connection.execute(stmt).scalar_one()


def list_counted(
    connection: Connection, kind: str, filters: Filters, order: Order, after: Place | None, limit: int
) -> list[tuple[Place, ActorRow | PlaceRow]]:
    """The first actors or places behind a place, `limit` at most, each with its own place."""
    table = LISTINGS[kind].table
    stmt = select(tallies.c.value.label("key"), tallies.c.number.label("reports"))
    by: ColumnElement[Any] = tallies.c.number
    if order.column == "claims":
        claims = tallies.alias("claims")
        on = and_(claims.c.of == f"{kind}.claims", claims.c.value == tallies.c.value)
        stmt, by = stmt.outerjoin_from(tallies, claims, on), func.coalesce(claims.c.number, 0)
    elif order.column == "name":
        mine = and_(table.c.key == tallies.c.value, table.c.live == LIVE)
        by = select(func.min(table.c.name)).where(mine).scalar_subquery()
    stmt = stmt.add_columns(by.label("sorted")).where(*_asked(connection, kind, filters))
    if after is not None:
        nearly = by <= after.value if order.descending else by >= after.value
        stmt = stmt.where(nearly, or_(by != after.value, tallies.c.value > after.id))
    rows = connection.execute(
        stmt.order_by(by.desc() if order.descending else by.asc(), tallies.c.value).limit(limit)
    ).all()
    keys = [row.key for row in rows]
    newest, counts = _newest(connection, kind, keys), _counts(connection, kind, keys)
    return [(Place(row.sorted, row.key), MAKE[kind](newest[row.key], row.reports, counts)) for row in rows]


def _newest(connection: Connection, kind: str, keys: Sequence[str]) -> dict[str, Any]:
    """Of each key the row of the newest report, which an index finds without looking at the others."""
    table, same = LISTINGS[kind].table, LISTINGS[kind].table.alias("same")
    last = (
        select(same.c.id)
        .with_hint(same, f"INDEXED BY {kind}_reading", "sqlite")
        .where(same.c.key == tallies.c.value, same.c.live == LIVE)
        .order_by(same.c.reading_id.desc(), same.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    stmt = select(table).join_from(tallies, table, table.c.id == last)
    stmt = stmt.where(tallies.c.of == f"{kind}.reports", tallies.c.value.in_(keys))
    return {row.key: row for row in connection.execute(stmt)}


def _counts(connection: Connection, kind: str, keys: Sequence[str]) -> Counts:
    """How many claims name each key, on each side."""
    names = {of: (claims, side or "") for of, claims, _, side in NAMED if of.startswith(f"{kind}.")}
    stmt = select(tallies).where(tallies.c.of.in_(names), tallies.c.value.in_(keys))
    return {(row.value, *names[row.of]): row.number for row in connection.execute(stmt)}
