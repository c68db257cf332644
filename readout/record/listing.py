"""Actors and places over all reports, gathered from the rows of each; and problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, func, literal, not_, or_, select, union_all
from sqlalchemy import false as nothing

from readout.readers.places.names import fold_name
from readout.record import schema
from readout.record.claims import ActorRow, PlaceRow, ProblemRow
from readout.record.conditions import check_filters
from readout.record.filters import Filters, Wanted
from readout.record.indexes import NARROW
from readout.record.moments import AsOf
from readout.record.ordering import Order, Place
from readout.record.schema import LIVE
from readout.record.whom import actor_keys, place_keys


@dataclass(frozen=True, slots=True)
class Listing:
    """What is gathered by key: the table of its rows, and where claims name it, as (table, claims, sides)."""

    table: Table
    linked: Table
    claims: tuple[tuple[str, tuple[str, ...]], ...]


LISTINGS = {
    "actors": Listing(
        schema.actors, schema.parties, (("events", ("actor", "recipient")), ("statements", ("speaker",)))
    ),
    "places": Listing(schema.places, schema.claim_places, (("events", ()), ("figures", ()))),
}


def gathered(connection: Connection, kind: str, filters: Filters, when: AsOf) -> Select[Any]:
    """A select of key, reports and the number of the newest row, for all actors or places that are asked for."""
    check_filters(kind, filters)
    table = LISTINGS[kind].table
    holds = [when.readings_of(table), *(_holds(connection, kind, name, wanted) for name, wanted in filters.items())]
    return (
        select(
            table.c.key,
            func.count(table.c.reading_id.distinct()).label("reports"),
            func.max(table.c.id).label("newest"),
            func.min(table.c.name).label("name"),
        )
        .where(*holds)
        .group_by(table.c.key)
    )


def _holds(connection: Connection, kind: str, name: str, wanted: Wanted) -> ColumnElement[bool]:
    table = LISTINGS[kind].table
    if name in ("text", "actor", "place"):
        return named(connection, kind, name, wanted, table.c.key)
    holds = func.coalesce(table.c[name], "").in_(wanted.values)
    return not_(holds) if wanted.negated else holds


def named(connection: Connection, kind: str, name: str, wanted: Wanted, key: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a key is that of somebody who is asked for by a name, a key, or words of names."""
    if name == "text":
        holds = or_(*(_has_word(kind, value, key) for value in wanted.values))
    else:
        keys = (actor_keys if name == "actor" else place_keys)(connection, wanted.values)
        holds = key.in_(keys) if keys else nothing()
    return not_(holds) if wanted.negated else holds


def _has_word(kind: str, value: str, key: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether in one of the names there is a word that so begins."""
    folded = fold_name(value.rstrip("*"))
    if not folded:
        return nothing()
    names = schema.actor_names if kind == "actors" else schema.places
    word = (literal(" ") + names.c.folded).contains(f" {folded}", autoescape=True)
    return key.in_(select(names.c.key).where(word))


def list_gathered(
    connection: Connection, kind: str, filters: Filters, when: AsOf, order: Order, after: Place | None, limit: int
) -> list[tuple[Place, ActorRow | PlaceRow]]:
    """The first actors or places behind a place, `limit` at most, each with its own place."""
    all_ = gathered(connection, kind, filters, when).subquery()
    columns = [all_.c.key, all_.c.reports, all_.c.newest]
    stmt = select(*columns)
    by: ColumnElement[Any] = all_.c.name if order.column == "name" else all_.c.reports
    if order.column == "claims":
        counted = _counted(kind, when, None).subquery()
        sums = select(counted.c.key, func.sum(counted.c.number).label("number")).group_by(counted.c.key).subquery()
        by = func.coalesce(sums.c.number, 0)
        stmt = stmt.outerjoin_from(all_, sums, sums.c.key == all_.c.key)
    stmt = stmt.add_columns(by.label("value"))
    if after is not None:
        beyond = by < after.value if order.descending else by > after.value
        stmt = stmt.where(or_(beyond, and_(by == after.value, all_.c.key > after.id)))
    rows = connection.execute(stmt.order_by(by.desc() if order.descending else by.asc(), all_.c.key).limit(limit)).all()
    keys = [row.key for row in rows]
    counts = _counts(connection, kind, when, keys)
    table = LISTINGS[kind].table
    newest = {row.id: row for row in connection.execute(select(table).where(table.c.id.in_([r.newest for r in rows])))}
    make = MAKE[kind]
    return [
        (
            Place(int(row.value) if order.column != "name" else row.value, row.key),
            make(newest[row.newest], row.reports, counts),
        )
        for row in rows
    ]


Counts = dict[tuple[str, str, str], int]


def _actor(row: Any, reports: int, counts: Counts) -> ActorRow:
    out, in_, said = (
        counts.get((row.key, *what), 0)
        for what in (("events", "actor"), ("events", "recipient"), ("statements", "speaker"))
    )
    return ActorRow(row.key, row.name, row.kind, row.country, reports, out, in_, said, out + in_ + said)


def _place(row: Any, reports: int, counts: Counts) -> PlaceRow:
    events, figures = counts.get((row.key, "events", ""), 0), counts.get((row.key, "figures", ""), 0)
    return PlaceRow(row.key, row.name, row.kind, row.country, row.lat, row.lon, reports, events, events + figures)


#: Makes a row of a list of its newest row, its reports and its counts.
MAKE: Mapping[str, Callable[[Any, int, Counts], ActorRow | PlaceRow]] = {"actors": _actor, "places": _place}


def _counts(connection: Connection, kind: str, when: AsOf, keys: Sequence[str]) -> Counts:
    return {(row.key, row.claim, row.side): row.number for row in connection.execute(_counted(kind, when, keys))}


def _counted(kind: str, when: AsOf, keys: Sequence[str] | None) -> Any:
    """How many claims name each key, on each side, of those that answer."""
    listing, linked = LISTINGS[kind], LISTINGS[kind].linked
    parts = []
    for claim, sides in listing.claims:
        table = schema.CLAIMS[claim]
        side = linked.c.side if sides else literal("")
        holds = [linked.c.claim == claim, table.c.live.in_(when.lives), *when.conditions(table)]
        holds += [func.coalesce(table.c.review, "") != "rejected"]
        holds += [linked.c.side.in_(sides)] if sides else []
        holds += [linked.c.key.in_(keys)] if keys is not None else []
        stmt = select(linked.c.key, literal(claim).label("claim"), side.label("side"), func.count().label("number"))
        stmt = stmt.join_from(linked, table, table.c.id == linked.c.claim_id).where(*holds)
        if when.known is None and not when.embargoed:  # all that is looked at stands in the index
            stmt = stmt.with_hint(table, f"INDEXED BY {NARROW[claim]}", "sqlite")
        parts.append(stmt.group_by(linked.c.key, side) if sides else stmt.group_by(linked.c.key))
    return union_all(*parts)


def problem_conditions(filters: Filters, when: AsOf) -> list[ColumnElement[bool]]:
    """What holds for the problems that are asked for: those of inputs, and those of readings that are live."""
    check_filters("problems", filters)
    table, reading = schema.problems, schema.readings.alias("answering")
    live = select(reading.c.id).where(
        reading.c.id == table.c.reading_id, reading.c.live == LIVE, *when.conditions(reading)
    )
    found: list[ColumnElement[bool]] = [or_(table.c.reading_id.is_(None), live.exists())]
    for name, wanted in filters.items():
        if name == "kind":
            holds: ColumnElement[bool] = table.c.stage.in_(wanted.values)
        else:
            columns = (table.c.name, table.c.message)
            holds = or_(*(column.icontains(value, autoescape=True) for value in wanted.values for column in columns))
        found.append(not_(holds) if wanted.negated else holds)
    return found


def list_problems(
    connection: Connection, filters: Filters, when: AsOf, order: Order, after: Place | None, limit: int
) -> list[tuple[Place, ProblemRow]]:
    """The first problems behind a place, `limit` at most."""
    table, batch, reading = schema.problems, schema.batches, schema.readings
    stmt = (
        select(table, batch.c.started, reading.c.report_id)
        .join_from(table, batch, batch.c.id == table.c.batch_id)
        .outerjoin(reading, reading.c.id == table.c.reading_id)
        .where(*problem_conditions(filters, when))
    )
    if after is not None:
        stmt = stmt.where(table.c.id < after.id if order.descending else table.c.id > after.id)
    stmt = stmt.order_by(table.c.id.desc() if order.descending else table.c.id).limit(limit)
    return [
        (
            Place(row.id, row.id),
            ProblemRow(row.id, row.name, row.stage, row.message, row.report_id, row.batch_id, row.started),
        )
        for row in connection.execute(stmt)
    ]
