"""What exports know of other formats: the examples of each file, and that every code of PLOVER has its counterpart."""

from __future__ import annotations

import pycountry
import pytest

from readout import knowledge
from readout.exports import codes

STATES, CAMEO = knowledge.load("exports/states.yaml"), knowledge.load("exports/cameo.yaml")
SECTORS, OFFICES, ACLED = (knowledge.load(f"exports/{name}.yaml") for name in ("sectors", "offices", "acled"))
PLOVER = knowledge.load("plover.yaml")["types"]


@pytest.mark.parametrize("row", STATES["examples"], ids=str)
def test_numbers_of_states(row):
    state, cow, gleditsch_ward = row
    assert (codes.cow(state), codes.gleditsch_ward(state)) == (cow, gleditsch_ward)


def test_states_are_states_and_no_number_is_two_states():
    known = {c.alpha_3 for c in (*pycountry.countries, *pycountry.historic_countries)} | {"XKX"}
    assert set(STATES["states"]) <= known
    for number in (codes.cow, codes.gleditsch_ward):
        numbers = [number(state) for state in STATES["states"]]
        assert len(set(numbers)) == len(numbers) > 190
        assert all(isinstance(value, int) for value in numbers)
    assert all(codes.region(state) for state in STATES["states"])


def test_a_territory_has_the_state_that_holds_it():
    assert codes.plover_state("GRL", "country", "GRL", None) == "DNK"
    assert codes.plover_state("HKG", "country", "HKG", None) == "HKG"
    assert codes.plover_state("XKX", "government", "x", None) == "KOS"
    assert codes.plover_state(None, "igo", "unhcr", "United Nations") == "UNO"
    assert codes.plover_state(None, "igo", "osce", None) == "IGO"
    assert codes.plover_state(None, "person", "name:x", None) == ""


@pytest.mark.parametrize(
    ("state", "code"), [("USA", "US"), ("GBR", "UK"), ("DEU", "GM"), ("ISR", "IS"), ("CHN", "CH"), (None, "")]
)
def test_fips_is_no_iso(state, code):
    assert codes.fips(state) == code


@pytest.mark.parametrize("row", CAMEO["examples"], ids=lambda row: row["code"])
def test_what_cameo_calls_a_code(row):
    assert (codes.cameo_words(row["code"]), codes.cameo_quad(row["code"])) == (row["says"], row["quad"])


def test_every_cameo_code_of_plover_has_words_and_a_quad():
    used = {entry["cameo"] for entry in PLOVER.values()}
    used |= {mode["cameo"] for entry in PLOVER.values() for mode in entry["modes"].values()}
    assert used == set(CAMEO["codes"])
    assert all(codes.cameo_quad(code) for code in used)


@pytest.mark.parametrize("row", SECTORS["examples"], ids=str)
def test_a_sector_in_other_words(row):
    sectors, kind, cameo, force = row
    assert codes.sector_words(sectors, kind, "cameo") == ([cameo] if cameo else [])
    assert codes.sector_words(sectors, kind, "force")[:1] == ([force] if force else [])


@pytest.mark.parametrize("row", OFFICES["examples"], ids=str)
def test_who_holds_an_office(row):
    role, sectors, holds = row
    assert codes.holds_office(role, sectors) is holds


@pytest.mark.parametrize("row", ACLED["examples"], ids=str)
def test_types_of_acled(row):
    kind, mode, actor, recipient, event, sub = row
    assert codes.acled_types(kind, mode, actor, recipient) == ((event, sub) if event else None)


def test_what_acled_is_made_from_is_plovers():
    assert set(ACLED["assault"]) <= set(PLOVER["ASSAULT"]["modes"])
    for name in ACLED["others"]:
        kind, _, mode = name.partition("/")
        assert not mode or mode in PLOVER[kind]["modes"]
    types = [row[0] for part in ("assault", "unlisted", "others") for row in ACLED[part].values()]
    assert set(types) == set(ACLED["disorder"])
