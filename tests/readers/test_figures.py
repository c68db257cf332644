"""Figures in plain sentences, and what holds of every amount."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
