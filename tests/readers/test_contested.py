"""What a report says of contested territories: by the article's day, beside a place that stays as it was read, and side by side."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

import readout
from readout.exports.terminal import render_report
from readout.language.pipeline import Context, load_parser
from readout.readers.findings import Findings
from readout.readers.places import read_places
from readout.readers.places.contested import holding, territories, with_claims
from readout.readers.places.gazetteer import Entry
from readout.types import Claim, Place, Report

SEVASTOPOL = Entry("Sevastopol", "city", "UKR", 44.61, 33.52, 550_000.0, "Misto Sevastopol'", 694423)


def places(text: str, day: str | None) -> tuple[Place, ...]:
    published = None if day is None else dt.date.fromisoformat(day)
    return read_places(load_parser().parse(text, Context(published=published)), Findings()).places


def claimants(place: Place) -> set[str]:
    return {claim.by for claim in place.claims}


@pytest.mark.parametrize(
    ("text", "day", "name", "territory", "by", "governing"),
    [
        ("Rain fell on Tiraspol.", "2024-05-01", "Tiraspol", "Transnistria", {"MDA", "Transnistria"}, {"Transnistria"}),
        ("Rain fell on Abkhazia.", "2005-05-01", "Abkhazia", "Abkhazia", {"GEO", "Abkhazia"}, {"Abkhazia"}),
        ("Rain fell on Abkhazia.", "2009-05-01", "Abkhazia", "Abkhazia", {"GEO", "Abkhazia", "RUS"}, {"Abkhazia"}),
        ("Rain fell on Laayoune.", "2019-05-01", "Laayoune", "Western Sahara",
         {"MAR", "polisario-front", "united-nations"}, {"MAR", "polisario-front"}),
        ("Rain fell on the Golan Heights.", "2019-03-24", "Golan Heights", "Golan Heights",
         {"SYR", "ISR", "un-security-council"}, {"ISR", "SYR"}),
        ("Rain fell on the Golan Heights.", "2019-03-25", "Golan Heights", "Golan Heights",
         {"SYR", "ISR", "un-security-council", "USA"}, {"ISR", "SYR"}),
        ("Rain fell on Taipei.", "2024-05-01", "Taipei", "Taiwan", {"CHN", "TWN", "un-general-assembly", "USA"}, {"TWN"}),
        ("Rain fell on Sheikh Jarrah.", "2021-05-01", "Sheikh Jarrah", "East Jerusalem", {"PSE", "ISR", "un-security-council"}, {"ISR"}),
        ("Rain fell on Khan Younis.", "2004-05-01", "Khan Younis", "Gaza Strip", {"PSE", "ISR", "united-nations"}, {"PSE", "ISR"}),
        ("Rain fell on Khan Younis.", "2010-05-01", "Khan Younis", "Gaza Strip", {"PSE", "ISR", "united-nations"}, {"hamas"}),
        ("Rain fell on Luhansk region.", "2013-05-01", "Luhansk", None, set(), set()),
        ("Rain fell on Srebrenica.", "1995-05-01", "Srebrenica", None, set(), set()),
        ("Rain fell on Spain.", None, "Spain", None, set(), set()),
        ("Rain fell on Crimea.", None, "Crimea", "Crimea", {"UKR", "RUS", "un-general-assembly"}, {"UKR", "RUS"}),
    ],
)  # fmt: skip
def test_what_is_said_by_the_day(
    text: str, day: str | None, name: str, territory: str | None, by: set[str], governing: set[str]
) -> None:
    [place] = [place for place in places(text, day) if place.name == name]
    assert place.territory == territory
    assert claimants(place) == by
    assert {item.by for item in place.administered_by} == governing


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sheep graze on the Malvinas.", "Falkland Islands"),
        ("A trawler left the Kalayaan Islands.", "Spratly Islands"),
        ("A trawler left Truong Sa.", "Spratly Islands"),
        ("A trawler left Bajo de Masinloc.", "Scarborough Shoal"),
        ("A trawler left Takeshima.", "Dokdo"),
        ("A trawler left the Northern Territories.", "Kuril Islands"),
        ("He was born in Pridnestrovie.", "Transnistria"),
        ("He was born in the Tskhinvali region.", "South Ossetia"),
        ("He was born in Judea and Samaria.", "West Bank"),
        ("Guards stood on Mount Dov.", "Shebaa Farms"),
    ],
)
def test_the_names_of_either_side_are_read(text: str, name: str) -> None:
    assert name in {place.name for place in places(text, "2015-01-01")}


def test_the_south_of_georgia_is_not_an_island_in_the_atlantic() -> None:
    assert "SGS" not in {place.country for place in places("Farmers in south Georgia lost their crops.", None)}
    assert "SGS" in {place.country for place in places("A ship reached South Georgia Island.", None)}


@given(st.none() | st.dates())
def test_a_place_stays_as_it_was_read(day: dt.date | None) -> None:
    read = Place("Sevastopol", "city", "UKR", mentions=((3, 13),))
    known = with_claims(read, SEVASTOPOL, day)
    assert dataclasses.replace(known, territory=None, claims=(), administered_by=()) == read
    assert bool(known.territory) == bool(known.claims)
    assert with_claims(read, None, day) == read


@given(st.sampled_from(territories()), st.dates(dt.date(1970, 1, 1), dt.date(2035, 1, 1)))
def test_a_day_leaves_out_and_adds_nothing(territory: object, day: dt.date) -> None:
    claims: tuple[Claim, ...] = territory.claims  # type: ignore[attr-defined] # hypothesis gives no type
    kept = holding(claims, day)
    assert set(kept) <= set(claims) == set(holding(claims, None))
    for claim in set(claims) - set(kept):
        assert (claim.since or "") > day.isoformat()[:4] or (claim.until or "9") < day.isoformat()


@pytest.mark.parametrize(
    ("since", "until", "day", "holds"),
    [
        ("2014", None, "2014-01-01", True),
        ("2014", None, "2013-12-31", False),
        ("2014-03", None, "2014-03-01", True),
        ("2014-03-18", None, "2014-03-17", False),
        (None, "2014", "2014-12-31", True),
        (None, "2014-03", "2014-03-31", True),
        (None, "2014-03", "2014-04-01", False),
        (None, "2014-03-18", "2014-03-18", True),
        (None, "2014-03-18", "2014-03-19", False),
        (None, None, "2014-03-18", True),
    ],
)
def test_years_months_and_days_are_included(since: str | None, until: str | None, day: str, holds: bool) -> None:
    claim = Claim("UKR", "holds it", since, until)
    assert bool(holding([claim], dt.date.fromisoformat(day))) == holds


def shown(report: Report) -> str:
    console = Console(width=400, no_color=True)
    with console.capture() as capture:
        console.print(render_report(report))
    return capture.get()


def test_a_person_is_shown_both_sides() -> None:
    report = readout.read("Police arrested four men in Simferopol, in Crimea.", published="2023-05-02")
    assert Report.from_json(report.to_json()) == report
    [line] = [line for line in shown(report).splitlines() if line.strip().startswith("Crimea (Simferopol)")]
    assert "Ukraine holds it to be its territory" in line
    assert "Russia holds it to be part of Russia" in line
    assert "governed in fact by Russia (since 2014-03)" in line


def test_nothing_is_shown_where_nothing_is_disputed() -> None:
    report = readout.read("Police arrested four men in Oslo.", published="2023-05-02")
    assert "Disputed" not in shown(report)


def test_an_adjective_names_no_territory() -> None:
    report = readout.read("Police arrested four Taiwanese sailors in Oslo.", published="2023-05-02")
    assert "Disputed" not in shown(report)
    report = readout.read("Police arrested four Taiwanese sailors in Taiwan.", published="2023-05-02")
    assert "Disputed territories" in shown(report)


def test_an_undated_article_is_told_when_each_claim_held() -> None:
    text = shown(readout.read("Police arrested four men in the city of Donetsk, in Ukraine."))
    assert "declared it an independent republic (2014-04 to 2022-09)" in text
    assert "Ukraine (in part, since 2014-04)" in text
