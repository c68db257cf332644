"""The knowledge of places: every file's examples are read as they say, and its rows are sound."""

from __future__ import annotations

from typing import Any

import pycountry
import pytest

from readout import knowledge
from readout.language.pipeline import Context, load_parser
from readout.readers.findings import Findings
from readout.readers.places import read_places
from readout.readers.places.gazetteer import cities_named, find_senses, known_senses
from readout.readers.places.names import fold_name
from readout.readers.places.words import words

FILES = [name for name in knowledge.names("places") if "places" in knowledge.load(name)]
COUNTRIES = knowledge.load("places/countries.yaml")
CODES = {country.alpha_3 for country in pycountry.countries} | {"XKX", "CSK"}


def found(text: str) -> tuple[Any, ...]:
    return read_places(load_parser().parse(text, Context()), Findings()).places


@pytest.mark.parametrize("example", COUNTRIES["examples"], ids=lambda example: example["text"][:40])
def test_examples_of_countries(example: dict[str, Any]) -> None:
    assert [place.country for place in found(example["text"])] == example["ids"]


@pytest.mark.parametrize(
    "example", [e for name in FILES for e in knowledge.load(name)["examples"]], ids=lambda example: example["text"][:40]
)
def test_examples_of_places(example: dict[str, Any]) -> None:
    assert [place.name for place in found(example["text"])] == example["names"]


@pytest.mark.parametrize("name", FILES)
def test_rows_are_on_the_map(name: str) -> None:
    for row in knowledge.load(name)["places"]:
        _, _, country, lat, lon, *_ = row
        assert country is None or country in CODES, row
        assert -90 <= lat <= 90, row
        assert -180 <= lon <= 180, row


def test_states_have_known_codes() -> None:
    for row in (*COUNTRIES["countries"], *COUNTRIES["territories"]):
        assert row["id"] in CODES, row


def test_every_known_form_can_be_found() -> None:
    for key, senses in known_senses().items():
        written = senses[0].form or key
        assert find_senses(key, written), key


def test_towns_are_found_by_their_own_and_other_spellings() -> None:
    own = cities_named(fold_name("Kraków"))[0]
    assert own.country == "POL"
    assert cities_named(fold_name("Cracow"))[0].geonames_id == own.geonames_id
    assert cities_named(fold_name("no such town at all")) == ()


def test_a_brand_is_not_also_an_ordinary_word() -> None:
    assert not {brand for brand in words().brands if " " in brand} & words().never
