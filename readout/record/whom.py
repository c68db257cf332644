"""Whom and what a name in a question means: keys of actors and places, publishers as they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, Connection, func, literal, select

from readout.readers.actors import registry
from readout.readers.places.gazetteer import DEMONYM, find_senses
from readout.readers.places.names import fold_name
from readout.record import schema
from readout.record.filters import Filters
from readout.record.vocabulary import capitals


def actor_keys(connection: Connection, names: Iterable[str]) -> list[str]:
    """The keys of the actors that names may mean.

    An id of the registry, or a key of the record, means itself alone. Any other name means everybody who was met under it, and
    whom the registry knows by it: by a full name or an alias, persons by their surname, states by their seat of government. Where
    nobody is found so, it means everybody in whose name it stands, as whole words: "Sorvik" is Elin Sorvik.
    """
    return list(dict.fromkeys(key for name in names for key in _actors(connection, name)))


def _actors(connection: Connection, name: str) -> list[str]:
    table = schema.actor_names
    if registry.by_id(name) is not None or _is_there(connection, table.c.key == name):
        return [name]
    folded = fold_name(name)
    met = connection.execute(select(table.c.key).where(table.c.folded == folded).order_by(table.c.key)).scalars()
    known = (entry.id for form in _forms(name) for entry in (*registry.by_name(form), *registry.by_surname(form)))
    seat = capitals().get(folded)
    found = [*met, *known, *([seat] if seat else [])]
    return found or _in_names(connection, folded)


def _in_names(connection: Connection, folded: str) -> list[str]:
    table = schema.actor_names
    within = (literal(" ") + table.c.folded + " ").contains(f" {folded} ", autoescape=True)
    return list(connection.execute(select(table.c.key).where(within).distinct().order_by(table.c.key)).scalars())


def _forms(name: str) -> Iterator[str]:
    """A name as it stands, without its article, and with a capital where it has none."""
    bare = name[4:] if name[:4].casefold() == "the " else name
    yield bare
    if bare.islower():
        yield bare.title()
        yield bare.upper()


def _is_there(connection: Connection, condition: ColumnElement[bool]) -> bool:
    return connection.execute(select(1).where(condition).limit(1)).first() is not None


def place_keys(connection: Connection, names: Iterable[str]) -> list[str]:
    """The keys of the places that names may mean: those met under them, and what the gazetteer knows by them."""
    return list(dict.fromkeys(key for name in names for key in _places(connection, name)))


def _places(connection: Connection, name: str) -> list[str]:
    table = schema.places
    if _is_there(connection, table.c.key == name):
        return [name]
    folded = fold_name(name)
    met = connection.execute(select(table.c.key).where(table.c.folded == folded).distinct()).scalars()
    known = [sense.entry.geonames_id for sense in find_senses(folded, name) if sense.use != DEMONYM]
    return [*sorted(met), *(f"geonames:{number}" for number in known if number is not None)]


def publishers(connection: Connection) -> list[str]:
    """Every publisher of the record, as it is written."""
    column = schema.readings.c.publisher
    # From one to the next by the index: there are few of them, and many reports of each.
    step = select(func.min(column).label("name")).cte("step", recursive=True)
    following = select(func.min(column)).where(column > step.c.name).scalar_subquery()
    step = step.union_all(select(following).where(step.c.name.is_not(None)))
    return [name for (name,) in connection.execute(select(step.c.name)) if name is not None]


def publisher_names(connection: Connection, names: Iterable[str]) -> list[str]:
    """Publishers as they are written, for names in any case and with or without accents."""
    wanted = {fold_name(name) for name in names}
    return [name for name in publishers(connection) if fold_name(name) in wanted]


def unknown_names(connection: Connection, filters: Filters) -> list[str]:
    """The names in a question under which the record has nobody and nothing."""
    found = []
    for name, wanted in filters.items():
        for value in wanted.values:
            if name in ("actor", "recipient", "source"):
                keys, table = actor_keys(connection, [value]), schema.actors
            elif name == "place":
                keys, table = place_keys(connection, [value]), schema.places
            elif name == "publisher":
                found += [] if publisher_names(connection, [value]) else [value]
                continue
            else:
                continue
            if not keys or not _is_there(connection, table.c.key.in_(keys)):
                found.append(value)
    return found
