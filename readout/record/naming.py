"""From a name that a person writes to the actor or place that is meant: by the report itself, the record, and the registry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, func, select

from readout.errors import UsageError
from readout.readers.actors import registry
from readout.readers.places.gazetteer import LITERAL, find_senses
from readout.readers.places.names import fold_name
from readout.record import schema
from readout.record.identity import place_key
from readout.record.told import ToldReading
from readout.types import Place

#: Somebody or some place as a value of the log.
Named = dict[str, Any]

#: "Tripoli, LBY" and "Tripoli, geonames:2210247" say which of several is meant.
_WHICH = re.compile(r"(?P<name>.+?),? (?P<which>[A-Z]{3}|geonames:\d+)")
_LISTED = 8  # so many candidates are named in an error


def actor_named(connection: Connection, reading: ToldReading, given: str) -> Named:
    """The actor that a name or key means; one whom nobody knows must stand in the report's text.

    Raises:
        UsageError: it may mean several, or nobody, and the report does not have these words.
    """
    given = " ".join(given.split())
    folded = fold_name(given)
    own = _of_report(connection, schema.actors, reading.id, given, folded)
    names = schema.actor_names
    keys = set(connection.execute(select(names.c.key).where(names.c.folded == folded)).scalars())
    if not own:
        own = _rows(connection, schema.actors, keys & _keys(connection, schema.actors, reading.id), reading.id)
    if len(own) == 1:
        return next(iter(own.values()))
    found = own or {
        **_rows(connection, schema.actors, {given, *keys}),
        **_brought(connection, schema.parties, {given, *keys}),
    }
    if not own:
        known = registry.by_id(given)
        for entry in (known,) if known else registry.by_name(given):
            found[entry.id] = {"key": entry.id, "name": entry.name, "country": entry.country}
    return _only(found, given, "actor") or _new(reading, given, f"name:{folded}", "an actor")


def place_named(connection: Connection, reading: ToldReading, given: str) -> Named:
    """The place that a name or key means; "Tripoli, LBY" says in which country, "Tripoli, geonames:2210247" which one. A place
    that nobody knows must stand in the report's text.

    Raises:
        UsageError: it may mean several, or none, and the report does not have these words.
    """
    given = " ".join(given.split())
    found = _of_report(connection, schema.places, reading.id, given, fold_name(given))
    if len(found) == 1:
        return next(iter(found.values()))
    cut = _WHICH.fullmatch(given)
    name, which = (cut["name"], cut["which"]) if cut else (given, None)
    folded = fold_name(name)
    table = schema.places
    if not found or which:
        keys = set(connection.execute(select(table.c.key).where(table.c.folded == folded).distinct()).scalars())
        found = _rows(connection, table, {given, *keys}) | _brought(connection, schema.claim_places, {given, *keys})
        for sense in find_senses(folded, name):
            if sense.use == LITERAL:
                entry = sense.entry
                key = place_key(
                    Place(entry.name, entry.kind, entry.country, entry.admin1, geonames_id=entry.geonames_id)
                )
                found.setdefault(key, {"key": key, "name": entry.name, "country": entry.country})
    if which:
        found = {key: place for key, place in found.items() if which in (key, place["country"])}
    return _only(found, given, "place") or _new(reading, given, f"place:::{fold_name(given)}", "a place")


def _of_report(connection: Connection, table: Table, reading: int, given: str, folded: str) -> dict[str, Named]:
    rows = connection.execute(select(table.c.key, table.c.name, table.c.country).where(table.c.reading_id == reading))
    return {
        row.key: {"key": row.key, "name": row.name, "country": row.country}
        for row in rows
        if row.key == given or fold_name(row.name) == folded
    }


def _keys(connection: Connection, table: Table, reading: int) -> set[str]:
    return set(connection.execute(select(table.c.key).where(table.c.reading_id == reading)).scalars())


def _rows(connection: Connection, table: Table, keys: set[str], reading: int | None = None) -> dict[str, Named]:
    """Actors or places of the record by their keys, as the last report names them."""
    chosen = [table.c.key.in_(keys)] + ([] if reading is None else [table.c.reading_id == reading])
    newest = select(func.max(table.c.id)).where(*chosen).group_by(table.c.key)
    query = select(table.c.key, table.c.name, table.c.country)
    rows = connection.execute(query.where(table.c.id.in_(newest)))
    return {row.key: {"key": row.key, "name": row.name, "country": row.country} for row in rows}


def _brought(connection: Connection, table: Table, keys: set[str]) -> dict[str, Named]:
    """Actors (in `parties`) or places (in `claim_places`) that only corrections know."""
    index = table.c.actor if table is schema.parties else table.c.place
    rows = connection.execute(
        select(table.c.key, table.c.name, table.c.country)
        .where(table.c.key.in_([key for key in keys if key]), index.is_(None))
        .distinct()
    )
    return {row.key: {"key": row.key, "name": row.name, "country": row.country} for row in rows}


def _only(found: Mapping[str, Named], given: str, what: str) -> Named | None:
    if len(found) <= 1:
        return next(iter(found.values()), None)
    listed = "; ".join(
        f"{item['name']}{', ' + item['country'] if item['country'] else ''} ({key})"
        for key, item in list(found.items())[:_LISTED]
    )
    more = f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    which = "its key" if what == "actor" else "its country or key behind a comma"
    raise UsageError(f"{given!r} may be more than one {what}: {listed}{more}; say which by {which}")


def _new(reading: ToldReading, given: str, key: str, what: str) -> Named:
    if given in reading.ground.text:
        return {"key": key, "name": given, "country": None}
    raise UsageError(
        f"{given!r} is not known to the report, the record or the registry: write {what} as the report's text has it"
    )
