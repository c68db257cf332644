"""How many of the answers there are of each value: what a person narrows a question by."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, cast, func, literal_column, select
from sqlalchemy import Text as Words
from sqlalchemy.dialects.postgresql import JSONB

from readout.errors import UsageError
from readout.record import schema
from readout.record.asking import Question, conditions_of
from readout.record.conditions import TABLES, Asked, understand
from readout.record.kinds import FACETS
from readout.record.moments import as_of

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
    understood = understand(connection, asked.kind, asked.filters, when)
    if field == "country":
        return _countries(connection, understood, limit)
    if field in _COLUMNS and understood.is_everything:
        return _all_by_column(connection, understood, field, limit)
    value, stmt = values_of(connection, understood, field)
    number = func.count(TABLES[asked.kind].c.id.distinct())
    stmt = stmt.where(*conditions_of(connection, understood)).group_by(value)
    rows = connection.execute(stmt.add_columns(number.label("number")).order_by(number.desc(), value).limit(limit))
    return {shown(row.value): row.number for row in rows}


#: Fields that are columns, of which an index counts all claims without reading them.
_COLUMNS = ("type", "mode", "status", "publisher", "measure")


def _all_by_column(connection: Connection, asked: Asked, field: str, limit: int) -> dict[str, int]:
    """All that stands, less what was rejected: both are counted by an index."""
    column, review = asked.table.c[field], asked.table.c.review
    stmt = select(column, func.count()).where(asked.standing).group_by(column)
    counts = {row[0]: row[1] for row in connection.execute(stmt)}
    for value, number in connection.execute(stmt.where(review == "rejected")):
        counts[value] -= number
    first = sorted(((shown(value), number) for value, number in counts.items() if number), key=lambda p: (-p[1], p[0]))
    return dict(first[:limit])


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
