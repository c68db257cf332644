"""How many of the answers there are of each value: what a person narrows a question by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, cast, func, literal_column, select
from sqlalchemy import Text as Words
from sqlalchemy.dialects.postgresql import JSONB

from readout.errors import UsageError
from readout.record import schema
from readout.record.asking import Question, conditions_of, narrowly
from readout.record.conditions import TABLES, Asked, understand
from readout.record.counted import FIELDS, is_for_now, tally
from readout.record.kinds import FACETS
from readout.record.moments import as_of
from readout.record.rows_in_order import among

_SIDES = {
    "events": {"actor": "actor", "recipient": "recipient", "source": "source"},
    "statements": {"actor": "speaker", "recipient": "addressee", "source": "speaker"},
    "figures": {"source": "source"},
}


def facets(connection: Connection, asked: Question, field: str, limit: int) -> dict[str, int]:
    """How many answers have each value of a field, the commonest first; what has no value is under "".

    Raises:
        UsageError: the kind is not counted by that field.
    """
    known = FACETS.get(asked.kind, ())
    if field not in known:
        raise UsageError(
            f"{asked.kind} are not counted by {field!r}" + (f": they are by {', '.join(known)}" if known else "")
        )
    when = as_of(connection, asked.known, asked.now)
    if not asked.filters and is_for_now(when) and (of := _kept(asked.kind, field)):
        return _first(_folded(tally(connection, of, when), field), limit)
    understood = understand(connection, asked.kind, asked.filters, when)
    if field == "country":
        return _countries(connection, understood, limit)
    value, stmt = values_of(connection, understood, field)
    number = func.count(TABLES[asked.kind].c.id.distinct())
    stmt = stmt.where(*conditions_of(connection, understood)).group_by(value)
    stmt = stmt.add_columns(number.label("number")).order_by(number.desc(), value).limit(limit)
    rows = connection.execute(narrowly(stmt, understood) if field == "quad" else stmt)
    return {shown(row.value): row.number for row in rows}


def facets_of(
    connection: Connection, asked: Question, fields: Sequence[str], limit: int, numbers: Sequence[int] | None = None
) -> dict[str, dict[str, int]]:
    """The same for several fields at once: each table is gone through once, and its rows are counted here. For answers that are not
    too many: they are all held for a moment. `numbers` are theirs, where they are known."""
    if not fields:
        return {}
    when = as_of(connection, asked.known, asked.now)
    if not asked.filters and is_for_now(when):
        return {field: facets(connection, asked, field, limit) for field in fields}
    table = TABLES[asked.kind]
    # Found once: what has to be seen row by row is not looked at again for each table.
    if numbers is None:
        understood = understand(connection, asked.kind, asked.filters, when)
        answering = select(table.c.id).where(*conditions_of(connection, understood))
        numbers = list(connection.execute(answering).scalars())
    conditions = [among(connection, table.c.id, numbers)]
    sides = _SIDES.get(asked.kind, {})
    own = [field for field in fields if field in _OWN and field not in sides]
    found = _count_own(connection, asked.kind, conditions, own)
    named = [field for field in fields if field in sides or field in ("place", "country")]
    if named:
        found |= _count_named(connection, asked.kind, conditions, named)
    rest = [field for field in fields if field not in found]
    counted = {field: _first({value: n for value, n in counts.items() if n}, limit) for field, counts in found.items()}
    return counted | {field: facets(connection, asked, field, limit) for field in rest}


#: Fields that are columns, or the year of one.
_OWN = ("type", "mode", "status", "publisher", "agency", "kind", "measure", "sourcing", "date", "published")


def _count_own(
    connection: Connection, kind: str, conditions: Sequence[Any], fields: Sequence[str]
) -> dict[str, Counter[str]]:
    table, found = TABLES[kind], {field: Counter[str]() for field in fields}
    if not fields:
        return found
    columns = [table.c[_column(kind, field)] for field in fields]
    rows = connection.execute(select(*columns).select_from(table).where(*conditions)).all()
    for field, values in zip(fields, zip(*rows, strict=True), strict=True) if rows else ():
        for value, number in Counter(values).items():
            found[field][(value or "")[:4] if field in _YEARLY else value or ""] += number
    return found


def _count_named(
    connection: Connection, kind: str, conditions: Sequence[Any], fields: Sequence[str]
) -> dict[str, Counter[str]]:
    """Each claim is counted once for a name, and once for a state, wherever in it they stand."""
    table, sides = TABLES[kind], _SIDES.get(kind, {})
    answering = select(table.c.id).where(*conditions)
    by_side, states = Counter[tuple[str, str]](), set[tuple[int, str]]()
    for linked in (schema.parties.alias("counted"), schema.claim_places.alias("located")):
        side = linked.c.side if "side" in linked.c else literal_column("'place'")
        if not {"country", *(sides if linked.name == "counted" else ("place",))} & set(fields):
            continue
        stmt = select(linked.c.claim_id, side, linked.c.name, linked.c.country).where(linked.c.claim == kind)
        rows = connection.execute(stmt.where(linked.c.claim_id.in_(answering))).all()
        by_side.update(map(itemgetter(1, 2), set(map(itemgetter(0, 1, 2), rows))))
        states.update(map(itemgetter(0, 3), rows))
    found = {field: Counter[str]() for field in fields}
    wanted = {field: sides.get(field, field) for field in fields}
    for (side_, name), number in by_side.items():
        for field in fields:
            if wanted[field] == side_:
                found[field][name] = number
    if "country" in found:
        found["country"] = Counter(state for _, state in states if state is not None)
    return found


_YEARLY = ("date", "published")


def _column(kind: str, field: str) -> str:
    return {"date": "published" if kind == "reports" else "day"}.get(field, field)


def _kept(kind: str, field: str) -> str | None:
    """What the count of a field is kept under, if it is."""
    column = _column(kind, field)
    return f"{kind}.{column}" if column in FIELDS[kind] else None


def _folded(counts: dict[str, int], field: str) -> dict[str, int]:
    """Counts by day as those by year; others as they are."""
    if field not in _YEARLY:
        return counts
    years: dict[str, int] = {}
    for day, number in counts.items():
        years[day[:4]] = years.get(day[:4], 0) + number
    return years


def _first(counts: dict[str, int], limit: int) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:limit])


def shown(value: object) -> str:
    """A value as it is counted under."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def values_of(connection: Connection, asked: Asked, field: str) -> tuple[ColumnElement[Any], Select[Any]]:
    """The value of a field, and a select of it from all rows of a table, to which more may be added."""
    # Under names of their own: a filter looks into the same tables, for other rows than the one that is counted.
    table, parties, places = asked.table, schema.parties.alias("counted"), schema.claim_places.alias("located")
    party, place = parties.c, places.c
    value: ColumnElement[Any]
    if field in _SIDES.get(asked.kind, {}):
        value, side = party.name, _SIDES[asked.kind][field]
        on = (party.claim == asked.kind) & (party.claim_id == table.c.id) & (party.side == side)
        return value, select(value.label("value")).join_from(table, parties, on)
    if field == "place":
        value = place.name
        on = (place.claim == asked.kind) & (place.claim_id == table.c.id)
        return value, select(value.label("value")).join_from(table, places, on)
    if field == "context":
        return _contexts(connection, asked)
    if field in ("date", "published"):
        value = func.substr(table.c["published" if asked.kind == "reports" or field == "published" else "day"], 1, 4)
    elif field == "act":
        value = table.c.act_type + func.coalesce("/" + table.c.act_mode, "")
    else:
        value = table.c[field]
    return value, select(value.label("value")).select_from(table)


def _contexts(connection: Connection, asked: Asked) -> tuple[ColumnElement[Any], Select[Any]]:
    column = asked.table.c.contexts
    if connection.dialect.name == "sqlite":
        listed = func.json_each(func.coalesce(column, "[]")).table_valued("value", name="listed")
        value: ColumnElement[Any] = listed.c.value
    else:
        listed = func.jsonb_array_elements_text(cast(func.coalesce(column, "[]"), JSONB)).table_valued(
            "value", name="listed"
        )
        value = cast(listed.c.value, Words)
    return value, select(value.label("value")).select_from(asked.table).join(listed, literal_column("true"))


def _countries(connection: Connection, asked: Asked, limit: int) -> dict[str, int]:
    """By the states of all parties and places of a claim, each counted once a claim."""
    table, parts = asked.table, []
    conditions = conditions_of(connection, asked)
    for linked in (schema.parties.alias("counted"), schema.claim_places.alias("located")):
        on = (linked.c.claim == asked.kind) & (linked.c.claim_id == table.c.id) & linked.c.country.is_not(None)
        parts.append(select(linked.c.country, table.c.id).join_from(table, linked, on).where(*conditions))
    both = parts[0].union(parts[1]).subquery()
    number = func.count()
    stmt = select(both.c.country, number.label("number")).group_by(both.c.country)
    rows = connection.execute(stmt.order_by(number.desc(), both.c.country).limit(limit))
    return {row.country: row.number for row in rows}
