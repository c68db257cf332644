"""Times against publication, and what holds of every time."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.language.pipeline import Context, load_parser
from readout.readers.findings import Findings
from readout.readers.times import read_times
from readout.readers.times.calendar import days_of, period
from readout.types import Time


def times_of(text: str, published: str | None = None) -> dict[str, Time]:
    day = dt.date.fromisoformat(published) if published else None
    document = load_parser().parse(text, Context(published=day))
    return {document.slice(time.span): time for time in read_times(document, Findings()).times}


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The minister resigned on Thursday.", "Thursday", "2012-06-07"),
        ("The minister will resign on Thursday.", "Thursday", "2012-06-14"),
        ("The minister said Monday that he would stay.", "Monday", "2012-06-11"),
        ("The minister resigned last week.", "last week", "2012-W23"),
        ("The minister resigned two years ago.", "two years ago", "2010"),
        ("The treaty was signed on June 1.", "June 1", "2012-06-01"),
        ("The treaty was signed yesterday.", "yesterday", "2012-06-10"),
    ],
)
def test_relative_to_publication(text: str, words: str, value: str) -> None:
    assert times_of(text, "2012-06-11")[words].value == value


def test_without_publication_a_weekday_has_no_days() -> None:
    time = times_of("The minister resigned on Thursday.")["Thursday"]
    assert (time.value, time.start, time.end) == ("XXXX-WXX-4", None, None)


def test_ages_and_counts_are_no_times() -> None:
    assert times_of("The minister, 62 years old, met 1,950 soldiers.", "2012-06-11") == {}


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(["D", "W", "M", "Q", "Y", "E", "C"]))
def test_a_period_covers_its_own_days(day: dt.date, unit: str) -> None:
    value = period(unit, day)
    assert value is not None
    days = days_of(value)
    assert days is not None
    assert days[0] <= day <= days[1]


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(["D", "W", "M", "Q", "Y"]))
def test_periods_follow_each_other_without_a_gap(day: dt.date, unit: str) -> None:
    here, following = days_of(period(unit, day) or ""), days_of(period(unit, day, 1) or "")
    assert here is not None
    assert following is not None
    assert here[1] + dt.timedelta(days=1) == following[0]
