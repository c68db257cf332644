"""The knowledge of contested territories: it is on the map, its parties are known, and no side stands alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pycountry
import pytest

from readout import knowledge
from readout.language.pipeline import Context, load_parser
from readout.readers.actors.registry import by_id
from readout.readers.findings import Findings
from readout.readers.places import read_places
from readout.readers.places.contested import Territory, holding, party_name, territories, territory_of
from readout.readers.places.gazetteer import Entry, find_senses, known_senses
from readout.readers.places.names import fold_name

CONTENT = knowledge.load("places/contested.yaml")
ROWS = CONTENT["contested"]
CODES = {country.alpha_3 for country in pycountry.countries} | {"XKX"}
NAMES = {row["name"] for row in ROWS}
KNOWN = {sense.entry.name: sense.entry for senses in known_senses().values() for sense in senses}
#: Claims are held together from here on: what news of that time can be about.
FIRST_DAY = dt.date(1990, 1, 1)


def _by_name(row: Any) -> str:
    return str(row["name"] if "name" in row else row["text"][:40])


@pytest.mark.parametrize("example", CONTENT["examples"], ids=_by_name)
def test_examples(example: dict[str, Any]) -> None:
    published = example.get("published")
    places = read_places(load_parser().parse(example["text"], Context(published=published)), Findings()).places
    assert [place.name for place in places] == example["names"]
    assert {p.name: list(dict.fromkeys(c.by for c in p.claims)) for p in places if p.claims} == example["claims"]
    governing = {p.name: [a.by for a in p.administered_by] for p in places if p.administered_by}
    assert governing == example["administered_by"]


def test_there_is_one_entry_a_territory() -> None:
    assert len(NAMES) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=_by_name)
def test_its_fields_are_known(row: dict[str, Any]) -> None:
    assert set(row) <= {"name", "places", "regions", "towns", "states", "names", "administered_by", "claims"}
    for claim in row["claims"]:
        assert set(claim) <= {"by", "says", "since", "until"}
    for item in row.get("administered_by", ()):
        assert set(item) <= {"by", "since", "until", "part"}


@pytest.mark.parametrize("row", ROWS, ids=_by_name)
def test_it_is_on_the_map(row: dict[str, Any]) -> None:
    """Whatever an entry says lies in the territory is found in the gazetteer, and leads to no other territory."""
    for name in row.get("places", [row["name"]]):
        assert _territory(KNOWN[name]) == row["name"], name
    for country, name in row.get("towns", ()):
        towns = [s.entry for s in find_senses(fold_name(name), name) if s.entry.country == country]
        assert any(_territory(town) == row["name"] for town in towns), name
    for country, name in row.get("regions", ()):
        regions = [s.entry for s in find_senses(fold_name(name), name) if s.entry.country == country]
        assert any(_territory(region) == row["name"] for region in regions), name
    assert all(code in CODES for code in row.get("states", ()))
    assert any(row.get(key, True) for key in ("places", "regions", "towns", "states"))


def _territory(entry: Entry) -> str | None:
    found = territory_of(entry)
    return found.name if found else None


@pytest.mark.parametrize("row", [row for row in ROWS if "names" in row], ids=_by_name)
def test_the_names_of_each_side_find_it(row: dict[str, Any]) -> None:
    for names in row["names"].values():
        for name in names:
            found = [_territory(sense.entry) for sense in find_senses(fold_name(name), name)]
            assert found[:1] == [row["name"]], name


@pytest.mark.parametrize("territory", territories(), ids=lambda territory: territory.name)
def test_who_claims_and_who_governs_is_known(territory: Territory) -> None:
    for item in (*territory.claims, *territory.administered_by):
        known = item.by in CODES or by_id(item.by) is not None or item.by == territory.name
        assert known, item.by


def test_parties_are_named_as_the_registry_names_them() -> None:
    used = {item.by for territory in territories() for item in (*territory.claims, *territory.administered_by)}
    for by in used:
        actor = by_id(by)
        assert by in CODES or by in NAMES or (actor is not None and party_name(by) == actor.name), by
        assert party_name(by) not in CODES, by
    assert set(CONTENT["parties"]) <= used


@pytest.mark.parametrize("territory", territories(), ids=lambda territory: territory.name)
def test_no_side_stands_alone(territory: Territory) -> None:
    """On every day on which somebody claims it, somebody else holds otherwise."""
    for day in sorted({FIRST_DAY, *(_day(item.since) for item in territory.claims if item.since)}):
        claimants = {claim.by for claim in holding(territory.claims, day)}
        if day >= FIRST_DAY:
            assert len(claimants) != 1, (day, claimants)
    assert len({claim.by for claim in territory.claims}) > 1


def _day(since: str) -> dt.date:
    """The last day of a year or month that begins something: the others of that year or month have begun by then."""
    if len(since) == 10:
        return dt.date.fromisoformat(since)
    year, month = int(since[:4]), int(since[5:7]) if len(since) == 7 else 12
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


@pytest.mark.parametrize("territory", territories(), ids=lambda territory: territory.name)
def test_times_are_iso_dates_in_order(territory: Territory) -> None:
    for item in (*territory.claims, *territory.administered_by):
        for value in (item.since, item.until):
            assert value is None or _day(value).isoformat().startswith(value)
        if item.since and item.until:
            assert item.since[: len(item.until)] <= item.until[: len(item.since)]


#: Words by which a text takes a side.
JUDGING = {
    "illegal",
    "illegally",
    "so-called",
    "rightful",
    "rightfully",
    "liberated",
    "puppet",
    "regime",
    "rebel",
    "rebels",
    "terrorist",
}


@pytest.mark.parametrize("territory", territories(), ids=lambda territory: territory.name)
def test_the_wording_is_short_and_takes_no_side(territory: Territory) -> None:
    for claim in territory.claims:
        assert not JUDGING & set(claim.says.lower().replace(",", "").split()), claim
        assert claim.says.split()[0].endswith(("s", "ed", "has", "put")), claim
        assert len(claim.says) < 120, claim
        assert not claim.says.endswith("."), claim
