"""When an undated article can have been published: by what it says itself, and by nothing else."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import readout
from readout.types import Report


def read(text: str) -> Report:
    return readout.read(text, keep_text=True)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        # dates with their year, behind and ahead
        (
            "The minister resigned on May 3, 2012. His party will hold a vote on June 20, 2012.",
            "2012-05-03",
            "2012-06-20",
        ),
        ("The two states signed a truce in 2024. They will open the border in 2025.", "2024-01-01", "2025-12-31"),
        (
            "Rebels have held the port since March 2021. Voters will choose a mayor in May 2022.",
            "2021-03-01",
            "2022-05-31",
        ),
        # a date beside a time counted from the present
        ("Nothing will change before next month's election on 5 November 2024.", "2024-10-01", "2024-10-31"),
        ("Voters go to the polls tomorrow, 5 November 2024.", "2024-11-04", "2024-11-04"),
        ("The dam broke yesterday, on May 3, 2012.", "2012-05-04", "2012-05-04"),
        ("The war began three years ago, in 2021.", "2024-01-01", "2024-12-31"),
        ("Last month, in March 2003, the army took the port.", "2003-04-01", "2003-04-30"),
        # without a year: by the day of the week, and within a year
        (
            "The two states signed a truce in 2022. The envoys met on Tuesday, 5 November. Voters will choose a mayor in 2026.",
            "2024-11-05",
            "2025-11-05",
        ),
        (
            "Nothing will change before next month's election on 5 November. The truce was signed in February 2024. "
            "It will end in May 2025.",
            "2024-10-01",
            "2024-10-31",
        ),
        # the office of a known person
        ("President Barack Obama spoke in Oslo on Monday.", "2009-01-20", "2017-01-20"),
        ("President Barack Obama spoke in Oslo. The truce was signed in 2014.", "2014-01-01", "2017-01-20"),
    ],
)
def test_range(text: str, start: str, end: str) -> None:
    report = read(text)
    assert report.published is None
    assert report.published_range == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "The minister resigned on May 3, 2012.",  # no end
        "Voters will choose a mayor on June 20, 2012.",  # no beginning
        "The envoys met on Tuesday.",
        "The envoys met on Tuesday, 5 November.",  # of many years
        "Former President Barack Obama spoke in Oslo on Monday.",
        "Barack Obama, then president, spoke in Oslo.",
        "The house voted for the 2025 budget. It was built in 2012 by two men.",
        "The minister resigned on May 3, 2012. He will meet the envoys on June 20, 2010.",  # cannot be
        "The rebels promised to leave by 2030. The truce was signed in 2024.",
        "The ministers agreed to hold a vote in 2030. The truce was signed in 2024.",
        "The shop sold 1,950 chairs.",
    ],
)
def test_no_range_where_the_text_leaves_it_open(text: str) -> None:
    assert read(text).published_range is None


def test_a_given_date_needs_no_range() -> None:
    text = "The minister resigned on May 3, 2012. His party will hold a vote on June 20, 2012."
    report = readout.read(text, published="2012-05-05")
    assert report.published_range is None


@settings(max_examples=25, deadline=None)
@given(st.dates(dt.date(1990, 1, 1), dt.date(2029, 12, 31)), st.integers(1, 200), st.integers(1, 200))
def test_what_was_told_on_a_day_allows_that_day(day: dt.date, behind: int, ahead: int) -> None:
    past, future = day - dt.timedelta(days=behind), day + dt.timedelta(days=ahead)
    met = f"The envoys met on {past:%A}, {past:%B} {past.day}, {past.year}."
    text = f"{met} They will meet again on {future:%B} {future.day}, {future.year}."
    found = read(text).published_range
    assert found == (past.isoformat(), future.isoformat())
