"""FollowTheMoney entities as JSON lines (OpenSanctions and others): persons and bodies, with dated offices.

    {"id": "…", "schema": "Person", "caption": "…", "properties": {"name": […], "alias": […], "topics": […], …}}

`Position` and `Occupancy` entities of the same files give offices their dates. A `position` without dates is not taken
over: a report says what someone is on its day.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from readout import knowledge
from readout.importers.lines import Line, LineProblem, numbered_lines
from readout.importers.roles import plain_role
from readout.importers.rows import ActorRow, Held, alpha3, in_order, only, usable_names
from readout.types import ActorKind

_DATE = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:T.*)?")


@dataclass(slots=True)
class _Offices:
    """The positions and who held them when, of all files."""

    positions: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    held: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))


def read_ftm(sources: Sequence[Path]) -> Iterator[ActorRow | LineProblem | str]:
    """The actors of files of entities; what is no actor is left out with its reason."""
    offices = _Offices()
    for source in sources:
        for item in _entities(source):
            if not isinstance(item, LineProblem):
                _collect(item[1], offices)
    for source in sources:
        for item in _entities(source):
            if isinstance(item, LineProblem):
                yield item
            else:
                yield from _row(item[1], offices)


def _entities(source: Path) -> Iterator[tuple[Line, Mapping[str, Any]] | LineProblem]:
    for line in numbered_lines(source):
        if isinstance(line, LineProblem):
            yield line
            continue
        try:
            entity = json.loads(line.text)
        except (ValueError, RecursionError) as error:
            yield line.problem(f"not JSON: {str(error)[:100]}")
            continue
        wrong = _fault(entity)
        if wrong:
            yield line.problem(wrong)
        else:
            yield line, entity


def _fault(entity: Any) -> str | None:
    if not isinstance(entity, dict):
        return "not an entity: a JSON object is wanted"
    if not isinstance(entity.get("id"), str) or not entity["id"] or not isinstance(entity.get("schema"), str):
        return 'an entity has an "id" and a "schema"'
    properties = entity.get("properties")
    if not isinstance(properties, dict):
        return 'an entity has "properties"'
    for name, values in properties.items():
        if not isinstance(values, list):
            return f"its {name!r} is not a list"
    return None


def _texts(entity: Mapping[str, Any], *names: str) -> list[str]:
    """The values of properties that are text; nested entities count by their ids."""
    values = [value for name in names for value in entity["properties"].get(name, ())]
    return [str(value.get("id", "")) if isinstance(value, dict) else str(value) for value in values]


def _collect(entity: Mapping[str, Any], offices: _Offices) -> None:
    if entity["schema"] == "Position":
        name = next(iter(_texts(entity, "name")), "") or str(entity.get("caption") or "")
        offices.positions[entity["id"]] = name, only(map(alpha3, _texts(entity, "country")))
    elif entity["schema"] == "Occupancy":
        start, end = (_date(_texts(entity, name)) for name in ("startDate", "endDate"))
        if start or end:
            for holder in _texts(entity, "holder"):
                offices.held[holder] += [(post, f"{start}..{end}") for post in _texts(entity, "post")]


def _date(values: Sequence[str]) -> str:
    found = [match[1] for value in values if (match := _DATE.fullmatch(value))]
    return min(found, default="")


def _row(entity: Mapping[str, Any], offices: _Offices) -> Iterator[ActorRow | str]:
    book = knowledge.load("importing/ftm.yaml")
    schema = entity["schema"]
    if schema in book["offices"]:
        return
    if schema not in book["schemas"]:
        yield f"no actor: {schema}"
        return
    topics = _texts(entity, "topics")
    kind = cast(ActorKind, _kind(book, schema, topics))
    names = list(
        usable_names([str(entity.get("caption") or ""), *_texts(entity, "name", "alias", "previousName")], kind)
    )
    if not names:
        yield "no name that English print uses"
        return
    own = (
        _texts(entity, *properties) for properties in (("nationality", "citizenship"), ("jurisdiction",), ("country",))
    )
    country = only(map(alpha3, next(filter(None, own), [])))
    sectors = tuple(dict.fromkeys(sector for topic in topics for sector in _sectors(book, topic)))
    held = _offices_of(entity["id"], offices, country) if kind == "person" else ()
    if kind == "person" and country is None:
        country = only(offices.positions[p][1] for p, _ in offices.held.get(entity["id"], ()) if p in offices.positions)
    yield ActorRow(f"ftm:{entity['id']}", names[0], kind, country, sectors, tuple(names[1:]), None, held)


def _kind(book: Mapping[str, Any], schema: str, topics: Sequence[str]) -> str:
    """The kind of its schema; what is only said to be a body of some sort is what its topics say."""
    kind = str(book["schemas"][schema])
    if kind != "organization":
        return kind
    return next((str(made) for topic, made in book["kinds"].items() if topic in topics), kind)


def _sectors(book: Mapping[str, Any], topic: str) -> Sequence[str]:
    """Sectors of a topic, else of the topic that it is a part of: "crime.fraud" is "crime"."""
    while topic and topic not in book["sectors"]:
        topic = topic.rpartition(".")[0]
    return cast(Sequence[str], book["sectors"].get(topic, ()))


def _offices_of(holder: str, offices: _Offices, country: str | None) -> tuple[Held, ...]:
    found = set()
    for post, time in offices.held.get(holder, ()):
        name, place = offices.positions.get(post, ("", None))
        role = plain_role(name, place or country)
        if role:
            found.add(Held(role, time))
    return in_order(found)
