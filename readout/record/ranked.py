"""Actors and places as the counts that are kept have them: for questions of now, about all of them, some by their names, or those of a kind
or a state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, exists, func, literal, or_, select

from readout.record.claims import ActorRow, PlaceRow
from readout.record.conditions import check_filters
from readout.record.counted import of_readings
from readout.record.filters import Filters, Wanted
from readout.record.kept import NAMED, counted, shares, tallies
from readout.record.listing import LISTINGS, MAKE, Counts, named
from readout.record.moments import AsOf
from readout.record.ordering import Order, Place
from readout.record.rows_in_order import among, among_words, given_rows
from readout.record.spans import known_then, spans

#: Filters that ask for somebody or some place, and those that ask for some of the reports that name them.
BY_NAME, _BY_PART = ("actor", "place", "text"), ("kind", "country")


def by_counts(filters: Filters, when: AsOf, order: Order | None = None) -> bool:
    """Whether the counts that are kept answer a question; those of a kind or a state are not kept in the order of their names."""
    parts = [wanted for name, wanted in filters.items() if name not in BY_NAME]
    names = {name for name, _ in filters.items()} & {*_BY_PART}
    plain = len(parts) == len(names) and all(not item.negated and len(item.values) == 1 for item in parts)
    return when.known is None and plain and not (parts and order is not None and order.column == "name")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question: the counts that answer it, and what is to be taken off them for what is under embargo."""

    kind: str
    counts: Table
    holds: tuple[ColumnElement[bool], ...]
    parts: Mapping[str, str]
    held: Sequence[int] = ()
    less: Mapping[str, int] = field(default_factory=dict)

    @property
    def key(self) -> ColumnElement[str]:
        key: ColumnElement[str] = self.counts.c.value
        return key


def _understand(connection: Connection, kind: str, filters: Filters, when: AsOf) -> _Asked:
    check_filters(kind, filters)
    parts = {name: wanted.values[0] for name, wanted in filters.items() if name in _BY_PART}
    of = "both" if len(parts) > 1 else next(iter(parts), "reports")
    part = "/".join(parts[name] for name in _BY_PART if name in parts)
    counts = shares if parts else tallies
    holds = [counts.c.of == f"{kind}.{of}", *([counts.c.part == part] if parts else [])]
    names: list[tuple[str, Wanted]] = [(name, wanted) for name, wanted in filters.items() if name in BY_NAME]
    holds += [named(connection, kind, name, wanted, counts.c.value) for name, wanted in names]
    held = dict(when.unlike(connection))[-1]
    less: dict[str, int] = {}
    for value, fallen, number in of_readings(connection, counted(f"{kind}.{of}"), held):
        if (fallen or "") == part:
            less[value] = less.get(value, 0) + number
    return _Asked(kind, counts, tuple(holds), parts, held, less)


def count_counted(connection: Connection, kind: str, filters: Filters, when: AsOf) -> int:
    """How many there are."""
    asked = _understand(connection, kind, filters, when)
    stmt = select(func.count()).select_from(asked.counts).where(*asked.holds)
    number: int = connection.execute(stmt).scalar_one()
    if not asked.less:
        return number
    return number - sum(reports <= asked.less[key] for key, reports in _affected(connection, asked))


def _affected(connection: Connection, asked: _Asked) -> Iterator[tuple[str, int]]:
    """Those of which something is under embargo, each with all of its reports."""
    counts = asked.counts.c
    stmt = select(counts.value, counts.number).where(*asked.holds)
    for row in connection.execute(stmt.where(among_words(connection, counts.value, sorted(asked.less)))):
        yield row.value, row.number


def list_counted(
    connection: Connection, kind: str, filters: Filters, when: AsOf, order: Order, after: Place | None, limit: int
) -> list[tuple[Place, ActorRow | PlaceRow]]:
    """The first actors or places behind a place, `limit` at most, each with its own place."""
    asked = _understand(connection, kind, filters, when)
    found: list[Any] = []
    for arm in _arms(connection, asked, order, after):
        found += connection.execute(arm.limit(limit - len(found))).all()
        if len(found) >= limit:
            break
    if asked.less:
        found = _with_affected(connection, asked, order, after, limit, found)
    keys = [row.key for row in found]
    newest = newest_rows(connection, kind, keys, when, parts=asked.parts, held=asked.held)
    counts = counts_of(connection, kind, keys, asked.held)
    return [(Place(row.sorted, row.key), MAKE[kind](newest[row.key], row.reports, counts)) for row in found]


def _arms(connection: Connection, asked: _Asked, order: Order, after: Place | None) -> Iterator[Select[Any]]:
    """Selects of key, reports and what is sorted by, one behind the other in the order, each along an index."""
    counts, key = asked.counts.c, asked.key
    holds = [*asked.holds]
    if asked.less:
        holds.append(~among_words(connection, key, sorted(asked.less)))
    columns = (key.label("key"), counts.number.label("reports"))
    if order.column == "reports":
        yield _sorted(select(*columns).where(*holds), counts.number, key, order, after)
    elif order.column == "name":
        yield _by_name(asked, select(*columns).where(*holds), order, after)
    else:
        arms = (_with_claims(asked, columns, holds, order, after), _without_claims(asked, columns, holds, after))
        passed = after is not None and ((after.value == 0) == order.descending)
        both = arms if order.descending else arms[::-1]
        yield from both[1:] if passed and after is not None else both


def _sorted(
    stmt: Select[Any], by: ColumnElement[Any], key: ColumnElement[str], order: Order, after: Place | None
) -> Select[Any]:
    if after is not None:
        nearly = by <= after.value if order.descending else by >= after.value
        stmt = stmt.where(nearly, or_(by != after.value, key > after.id))
    stmt = stmt.add_columns(by.label("sorted"))
    return stmt.order_by(by.desc() if order.descending else by.asc(), key)


def _by_name(asked: _Asked, stmt: Select[Any], order: Order, after: Place | None) -> Select[Any]:
    """By the first of the names of each."""
    names, others = shares.alias("names"), shares.alias("others")
    of = f"{asked.kind}.name"
    before = exists(select(1).where(others.c.of == of, others.c.value == names.c.value, others.c.part < names.c.part))
    stmt = stmt.join(names, and_(names.c.of == of, names.c.value == asked.key)).where(~before)
    return _sorted(stmt, names.c.part, names.c.value, order, after)


def _with_claims(
    asked: _Asked, columns: Sequence[Any], holds: Sequence[Any], order: Order, after: Place | None
) -> Select[Any]:
    claims = tallies.alias("claims")
    on = and_(claims.c.of == f"{asked.kind}.claims", claims.c.value == asked.key)
    stmt = select(*columns).join_from(claims, asked.counts, on).where(*holds)
    return _sorted(stmt, claims.c.number, claims.c.value, order, after if after is None or after.value else None)


def _without_claims(asked: _Asked, columns: Sequence[Any], holds: Sequence[Any], after: Place | None) -> Select[Any]:
    claims = tallies.alias("claims")
    some = exists(select(1).where(claims.c.of == f"{asked.kind}.claims", claims.c.value == asked.key))
    stmt = select(*columns, literal(0).label("sorted")).where(*holds, ~some).order_by(asked.key)
    return stmt.where(asked.key > after.id) if after is not None and after.value == 0 else stmt


def _with_affected(
    connection: Connection, asked: _Asked, order: Order, after: Place | None, limit: int, others: Sequence[Any]
) -> list[Any]:
    """Those of which something is under embargo put in among the others, in the database's order."""
    left = {key: reports - asked.less[key] for key, reports in _affected(connection, asked)}
    left = {key: reports for key, reports in left.items() if reports > 0}
    by = _values(connection, asked, order, left)
    rows = [(key, by[key], reports) for key, reports in left.items()]
    rows += [(row.key, row.sorted, row.reports) for row in others]
    given = given_rows(connection, rows, words=order.column == "name").subquery()
    stmt = select(given.c.key, given.c.reports)
    return list(connection.execute(_sorted(stmt, given.c.sorted, given.c.key, order, after).limit(limit)).all())


def _values(connection: Connection, asked: _Asked, order: Order, left: Mapping[str, int]) -> Mapping[str, Any]:
    """What those of which something is under embargo are sorted by."""
    if order.column == "reports":
        return left
    of, table = f"{asked.kind}.{order.column}", shares if order.column == "name" else tallies
    part = table.c.part if order.column == "name" else table.c.of
    stmt = select(table.c.value, part.label("part"), table.c.number).where(table.c.of == of)
    numbers = {
        (row.value, row.part): row.number
        for row in connection.execute(stmt.where(among_words(connection, table.c.value, sorted(left))))
    }
    for value, part_, number in _of_held(connection, asked, of):
        if (value, part_ or of) in numbers:
            numbers[value, part_ or of] -= number
    if order.column == "claims":
        return {key: numbers.get((key, of), 0) for key in left}
    names = [(key, name, 0) for (key, name), number in numbers.items() if number > 0]
    first = given_rows(connection, names, words=True).subquery()
    stmt = select(first.c.key, func.min(first.c.sorted)).group_by(first.c.key)
    return {row[0]: row[1] for row in connection.execute(stmt)}


def _of_held(connection: Connection, asked: _Asked, of: str) -> Iterator[tuple[str, str | None, int]]:
    kinds = [name for name, *_ in NAMED if name.startswith(f"{asked.kind}.")] if of.endswith(".claims") else [of]
    for name in kinds:
        yield from of_readings(connection, counted(name), asked.held)


def newest_rows(
    connection: Connection, kind: str, keys: Sequence[str], when: AsOf, parts: Mapping[str, str], held: Sequence[int]
) -> dict[str, Any]:
    """Of each key the newest row, of a kind or a state where one is asked for, and not of a reading that is under embargo. An index finds
    it without looking at others that answer."""
    table, found = LISTINGS[kind].table, dict[str, Any]()
    for live in when.lives:
        same = table.alias("same")
        given = given_rows(connection, [(key, 0, 0) for key in keys]).subquery()
        holds = [
            same.c.key == given.c.key,
            same.c.live == live,
            *(same.c[name] == part for name, part in parts.items()),
        ]
        number = same.c.reading_id + 0  # seen row by row: the index is gone along from its end
        if when.known is not None:
            holds.append(number.in_(select(spans.c.reading_id).where(*known_then(when.known))))
        if held:
            holds.append(~among(connection, number, held))
        last = select(same.c.id).with_hint(same, f"INDEXED BY {kind}_reading", "sqlite").where(*holds)
        last = last.order_by(same.c.reading_id.desc(), same.c.id.desc()).limit(1)
        stmt = select(table).join_from(given, table, table.c.id == last.scalar_subquery())
        for row in connection.execute(stmt):
            if row.key not in found or found[row.key].id < row.id:
                found[row.key] = row
    return found


def counts_of(connection: Connection, kind: str, keys: Sequence[str], held: Sequence[int] = ()) -> Counts:
    """How many claims name each key, on each side."""
    names = {of: (claims, side or "") for of, claims, _, side in NAMED if of.startswith(f"{kind}.")}
    stmt = select(tallies).where(tallies.c.of.in_(names), tallies.c.value.in_(keys))
    found = {(row.value, *names[row.of]): row.number for row in connection.execute(stmt)}
    if held:
        wanted = set(keys)
        for of, what in names.items():
            for value, _, number in of_readings(connection, counted(of), held):
                if value in wanted:
                    found[(value, *what)] -= number
    return found
