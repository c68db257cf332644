"""Figures in plain sentences, and what holds of every amount."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import readout
from readout.language.pipeline import Context, load_parser
from readout.readers.figures import read_figures
from readout.readers.figures.amounts import find_amounts
from readout.readers.findings import Findings
from readout.readers.numbers import parse_number
from readout.readers.times import read_times
from readout.types import Figure


def figures_of(text: str) -> list[Figure]:
    document = load_parser().parse(text, Context())
    return list(read_figures(document, read_times(document, Findings())).figures)


@pytest.mark.parametrize(
    ("text", "value", "measure"),
    [
        ("At least six villagers were killed.", 6, "killed"),
        ("The flood killed 12 people.", 12, "killed"),
        ("Rebels kidnapped 40 students.", 40, "captive"),
        ("Police arrested 90 protesters.", 90, "detained"),
        ("The army freed 25 prisoners.", 25, "released"),
        ("Two soldiers died.", 2, "killed"),
        ("The storm displaced 3,000 families.", 3000, "displaced"),
    ],
)
def test_measure(text: str, value: int, measure: str) -> None:
    assert [(figure.value, figure.measure) for figure in figures_of(text)] == [(value, measure)]


@pytest.mark.parametrize(
    "text",
    [
        "The talks began on March 3, 1997.",
        "The council adopted Resolution 425.",
        "The pilots flew F-16 jets.",
        "The siege lasted three weeks.",
    ],
)
def test_no_figure(text: str) -> None:
    assert figures_of(text) == []


def test_open_bounds_are_null() -> None:
    (figure,) = figures_of("More than 300 houses burned.")
    assert (figure.low, figure.high, figure.bound, figure.unit) == (300, None, "more_than", "house")


@given(st.integers(0, 10**12))
def test_digits_read_back(number: int) -> None:
    assert parse_number(f"{number:,}") == number


@given(st.text(alphabet="0123456789 ,.%$-thousandmillionhalf", max_size=60))
def test_amounts_are_inside_the_text_in_order_and_apart(text: str) -> None:
    amounts = find_amounts(text)
    for before, after in pairwise(amounts):
        assert before.end <= after.first
    for amount in amounts:
        assert 0 <= amount.start <= amount.first < amount.end <= len(text)
        assert amount.low is None or amount.low <= amount.value
        assert amount.high is None or amount.value <= amount.high


def told(text: str) -> list[tuple[float, str | None, str | None, str | None, str | None]]:
    """What a whole article of 2026-03-05, a Thursday, counts: number, measure, place, until when, and who counted."""
    report = readout.read(text, published="2026-03-05")
    return [
        (
            figure.value,
            figure.measure,
            None if figure.place is None else report.places[figure.place].name,
            figure.as_of,
            None if figure.source is None else report.actors[figure.source].name,
        )
        for figure in report.figures
    ]


@pytest.mark.parametrize(
    ("text", "value", "place"),
    [
        ("A blast in the northern city of Kharkiv killed seven people.", 7, "Kharkiv"),
        ("In the Belgorod Region, four men were wounded.", 4, "Belgorod"),
        ("Gunmen killed nine people in an attack on a village in Benue State.", 9, "Benue"),
        ("A strike on a school in Aleppo killed three and injured 20.", 20, "Aleppo"),
        ("Bombs killed three people in Kherson, two in Poltava and four in Odesa.", 2, "Poltava"),
        ("In India, a stampede at a temple in Haridwar killed eight.", 8, "Haridwar"),
        ("Rebels from Aleppo killed eight soldiers.", 8, None),
        ("The militia in Aleppo killed eight soldiers.", 8, None),
        ("In Niger, gunmen killed 22 villagers at a baptism in Agadez.", 22, "Agadez"),
    ],
)
def test_where_they_were_counted(text: str, value: int, place: str | None) -> None:
    assert (value, place) in [(figure[0], figure[2]) for figure in told(text)]


@pytest.mark.parametrize(
    ("text", "value", "source"),
    [
        ("Police put the death toll at 45.", 45, "Police"),
        ("The rebels said they had killed 30 soldiers; the ministry said 3.", 3, "ministry"),
        ("A clinic in the town counted 12 dead.", 12, "clinic"),
        ("Twelve people were reported killed.", 12, None),
    ],
)
def test_who_counted(text: str, value: int, source: str | None) -> None:
    assert [figure[4] for figure in told(text) if figure[0] == value] == [source]


@pytest.mark.parametrize(
    ("text", "value", "day"),
    [
        ("The death toll rose to 31 on Wednesday.", 31, "2026-03-04"),
        ("The death toll has tripled since Monday, when it stood at 14.", 14, "2026-03-02"),
        ("Thirteen soldiers have been killed, up from nine on Tuesday.", 9, "2026-03-03"),
        ("As of March 3, 12 people were missing.", 12, "2026-03-03"),
        ("Twelve people were killed.", 12, "2026-03-05"),
    ],
)
def test_until_when_was_counted(text: str, value: int, day: str) -> None:
    assert [(figure[1] is not None, figure[3]) for figure in told(text) if figure[0] == value] == [(True, day)]


def test_a_day_alone_makes_no_count_of_a_number() -> None:
    assert [figure[1] for figure in told("Police arrested 13 men, with nine on Tuesday in court.")] == [
        "detained",
        None,
    ]


def test_what_was_at_no_known_time_is_no_count() -> None:
    assert [figure[1] for figure in told("Thirteen soldiers have been killed, up from nine.")] == ["killed", None]


def test_a_row_of_places_is_read_to_its_end() -> None:
    text = "The office said 30 of the deaths were recorded in Bogo City, 22 in San Remigio and five in Medellin."
    assert [(figure[0], figure[1]) for figure in told(text)] == [(30, "killed"), (22, "killed"), (5, "killed")]


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("The army withdrew 4,000 troops.", "2021-05-14"),
        ("The army plans to withdraw 4,000 troops.", None),
        ("The army will withdraw 4,000 troops.", None),
        ("The premier ordered the army to release 40 prisoners.", None),
        ("The rebels managed to free 40 prisoners.", "2021-05-14"),
        ("The rebels would free 40 prisoners under the plan.", None),
        ("They will not leave the talks unless the king freed about 40 of their supporters.", None),
    ],
)
def test_what_is_not_done_yet_is_true_at_no_day(text: str, as_of: str | None) -> None:
    (figure,) = readout.read(text, published="2021-05-14").figures
    assert (figure.measure is not None, figure.as_of) == (True, as_of)


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("Some 40,000 people have died since 1969.", "1969-01-01"),
        ("Some 40,000 people have died since the revolt began in 1969.", "1969-01-01"),
        ("Rebels have fought the army since 1984, and 4,000 people have died since then.", "1984-01-01"),
        ("The war began on May 3, 2019. More than 4,000 people have died since then.", "2019-05-03"),
        (
            "Some 40,000 people have died since the guerrillas took up arms for a homeland in mainly Orsk eastern Chad in 1969.",
            "1969-01-01",
        ),
        ("The rate was the highest since the bank sold 40 bills in 1969.", None),
    ],
)
def test_since_when_was_counted(text: str, since: str | None) -> None:
    (figure,) = readout.read(text, published="2021-05-14").figures
    assert figure.since == since


def test_whose_count_it_is_stands_before_or_behind_the_noun() -> None:
    for text in ("A Reuters count put the dead at 30.", "A count by Reuters put the dead at 30."):
        report = readout.read(text, published="2021-05-14")
        (figure,) = report.figures
        assert figure.source is not None
        assert report.actors[figure.source].name == "Reuters"
