"""Contested territories: which one a place is or lies in, and what is said of it on a day; from places/contested.yaml."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, TypeVar

from readout import knowledge
from readout.readers.places.gazetteer import Entry
from readout.types import Administration, Claim, Place

Dated = TypeVar("Dated", Claim, Administration)


@dataclass(frozen=True, slots=True)
class Territory:
    """A contested territory, with all that was ever said of it."""

    name: str
    claims: tuple[Claim, ...]
    administered_by: tuple[Administration, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """Territories by what lies in them; regions and towns by country and name."""

    places: dict[str, Territory]
    towns: dict[tuple[str | None, str], Territory]
    regions: dict[tuple[str | None, str], Territory]
    states: dict[str, Territory]


def territory_of(entry: Entry) -> Territory | None:
    """The contested territory that a place is or lies in, the narrowest where one lies in another; None for the others."""
    table = _table()
    found = table.places.get(entry.name) if entry.known else None
    if found is None:
        found = table.towns.get((entry.country, entry.name))
    if found is None:
        region = entry.name if entry.kind == "admin1" else entry.admin1
        found = table.regions.get((entry.country, region or ""))
    return found or table.states.get(entry.country or "")


def with_claims(place: Place, entry: Entry | None, day: dt.date | None) -> Place:
    """A place with what is said of the territory that it lies in.

    Args:
        place: the place as read.
        entry: what it is in the gazetteer; None where nothing decides.
        day: the day of the article; None where it has none, and then nothing is left out.
    """
    territory = None if entry is None else territory_of(entry)
    if territory is None:
        return place
    claims = holding(territory.claims, day)
    if not claims:
        return place  # nobody disputed it on that day
    governing = holding(territory.administered_by, day)
    return replace(place, territory=territory.name, claims=claims, administered_by=governing)


def holding(items: Iterable[Dated], day: dt.date | None) -> tuple[Dated, ...]:
    """Those that had begun and not ended on a day. A month or a year is compared by its own length, so that each is in whole."""
    if day is None:
        return tuple(items)
    on = day.isoformat()
    return tuple(
        item
        for item in items
        if (item.since is None or item.since <= on[: len(item.since)])
        and (item.until is None or on[: len(item.until)] <= item.until)
    )


@cache
def territories() -> tuple[Territory, ...]:
    """Every contested territory, in the order of the file."""
    return tuple(_territory(row) for row in knowledge.load("places/contested.yaml")["contested"])


@cache
def party_name(by: str) -> str:
    """The name of a claimant for a reader: "RUS" is Russia; a name stays as it is."""
    states = knowledge.load("places/countries.yaml")["countries"]
    parties: dict[str, str] = knowledge.load("places/contested.yaml")["parties"]
    return parties.get(by) or {row["id"]: str(row["name"]) for row in states}.get(by, by)


@cache
def _table() -> _Table:
    table = _Table({}, {}, {}, {})
    for row, territory in zip(knowledge.load("places/contested.yaml")["contested"], territories(), strict=True):
        table.places.update(dict.fromkeys(row.get("places", [territory.name]), territory))
        table.towns.update(dict.fromkeys(map(_pair, row.get("towns", ())), territory))
        table.regions.update(dict.fromkeys(map(_pair, row.get("regions", ())), territory))
        table.states.update(dict.fromkeys(row.get("states", ()), territory))
    return table


def _pair(row: list[str]) -> tuple[str, str]:
    country, name = row
    return country, name


def _territory(row: dict[str, Any]) -> Territory:
    claims = (Claim(c["by"], c["says"], *_span(c)) for c in row["claims"])
    governing = (Administration(a["by"], *_span(a), a.get("part", False)) for a in row.get("administered_by", ()))
    return Territory(row["name"], tuple(claims), tuple(governing))


def _span(row: dict[str, Any]) -> tuple[str | None, str | None]:
    """YAML reads "2014-03-18" as a date and "2014" as a number: both as the words that they are."""
    since, until = row.get("since"), row.get("until")
    return None if since is None else str(since), None if until is None else str(until)
