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


@pytest.mark.parametrize(
    ("text", "words", "value", "start", "end"),
    [
        # stretches
        ("The talks ran from 3 to 5 March.", "3 to 5 March", "2024-03-03/2024-03-05", "2024-03-03", "2024-03-05"),
        ("The talks will be held on May 3-5.", "May 3-5", "2025-05-03/2025-05-05", "2025-05-03", "2025-05-05"),
        ("The talks were held between June 1 and June 4, 2023.", "June 1", "2023-06-01", "2023-06-01", "2023-06-01"),
        ("He ruled in 1991-2003.", "1991-2003", "1991/2003", "1991-01-01", "2003-12-31"),
        ("In January or February 2023, rebels attacked.", "January", "2023-01", "2023-01-01", "2023-01-31"),
        # the tense of the verb
        ("The ministers meet on Friday.", "Friday", "2024-11-15", "2024-11-15", "2024-11-15"),
        ("The ministers had met on Friday.", "Friday", "2024-11-08", "2024-11-08", "2024-11-08"),
        ("The ministers, who met on Friday, will meet again on Monday.", "Friday", "2024-11-08", "2024-11-08", "2024-11-08"),
        ("The ministers, who met on Friday, will meet again on Monday.", "Monday", "2024-11-18", "2024-11-18", "2024-11-18"),
        ("The minister said he would fly to Cairo on Friday.", "Friday", "2024-11-15", "2024-11-15", "2024-11-15"),
        ("The visit scheduled for Friday was called off.", "Friday", "2024-11-15", "2024-11-15", "2024-11-15"),
        ("In January and February, the army attacked.", "January", "2024-01", "2024-01-01", "2024-01-31"),
        ("In January and February, the army attacked.", "February", "2024-02", "2024-02-01", "2024-02-29"),
        ("The army will attack in January.", "January", "2025-01", "2025-01-01", "2025-01-31"),
        ("Twelve people have been missing since December.", "December", "2023-12", "2023-12-01", "2023-12-31"),
        # fiscal and vague
        ("The house passed the budget for FY2025.", "FY2025", "2025", "2025-01-01", "2025-12-31"),
        ("The house passed the budget for fiscal year 2024/25.", "fiscal year 2024/25", "2024/2025", "2024-01-01", "2025-12-31"),
        ("Spending fell in Q2 2024.", "Q2 2024", "2024-Q2", "2024-04-01", "2024-06-30"),
        ("In the past 24 hours, 12 people were killed.", "the past 24 hours", "PT24H", "2024-11-12", "2024-11-13"),
        ("Within 48 hours, the army will leave.", "48 hours", "PT48H", "2024-11-13", "2024-11-15"),
        ("The army will leave in two weeks.", "two weeks", "P2W", "2024-11-25", "2024-12-01"),
        ("A fortnight ago, thousands fled.", "A fortnight ago", "2024-W44", "2024-10-28", "2024-11-03"),
        ("At the end of last month, the army attacked.", "the end of last month", "2024-10", "2024-10-21", "2024-10-31"),
        # counted from an event
        ("Two days after the May 3 attack, the army took the town.", "Two days", "P2D", "2024-05-05", "2024-05-05"),
        ("Three weeks before the vote on June 4, troops left.", "Three weeks", "P3W", "2024-05-11", "2024-05-17"),
        ("Hours after the truce began on Friday, shells fell.", "Hours", "PTXH", "2024-11-08", "2024-11-09"),
        ("Days before the vote on June 20, troops left.", "Days", "PXD", "2024-06-06", "2024-06-19"),
        ("A year after the attack of May 2021, troops left.", "A year", "P1Y", "2022-05-01", "2022-05-31"),
        ("Hours after the truce began, shells fell.", "Hours", "PTXH", None, None),
        # clocks and zones
        ("The raid began at 14:30 on Friday.", "14:30 on Friday", "2024-11-08T14:30", "2024-11-08", "2024-11-08"),
        ("The raid began at 0430 local time.", "0430 local time", "2024-11-13T04:30", "2024-11-13", "2024-11-13"),
        ("The raid began at 21:15 Moscow time.", "21:15 Moscow time", "2024-11-13T21:15", "2024-11-13", "2024-11-13"),
        ("The raid began at 0530 UTC on Friday.", "0530 UTC on Friday", "2024-11-08T05:30", "2024-11-08", "2024-11-08"),
        ("The raid began at 5:30 p.m. EST on Friday.", "5:30 p.m. EST on Friday", "2024-11-08T17:30", "2024-11-08", "2024-11-08"),
        # days by their place
        ("The raid began in the early hours of Friday.", "the early hours of Friday", "2024-11-08TMO", "2024-11-08", "2024-11-08"),
        ("Voters chose a mayor on the first Monday of November.", "the first Monday of November", "2024-11-04", "2024-11-04", "2024-11-04"),
        ("The envoys left on Tuesday the 5th.", "Tuesday the 5th", "2024-11-05", "2024-11-05", "2024-11-05"),
        ("The envoys will leave a week from Friday.", "a week from Friday", "2024-11-22", "2024-11-22", "2024-11-22"),
        ("The envoys left the day before yesterday.", "the day before yesterday", "2024-11-11", "2024-11-11", "2024-11-11"),
        ("The port was attacked on New Year's Eve.", "New Year's Eve", "2023-12-31", "2023-12-31", "2023-12-31"),
        ("The council meets every six months.", "every six months", "P6M", None, None),
    ],
)  # fmt: skip
def test_on_a_wednesday(text: str, words: str, value: str, start: str | None, end: str | None) -> None:
    time = times_of(text, "2024-11-13")[words]
    assert (time.value, time.start, time.end) == (value, start, end)


@pytest.mark.parametrize(
    "text",
    [
        "The shop sold 1991-93 chairs.",  # not a year and the next
        "The Christmas trees were sold.",
        "He won 3-5 on points.",
        "The flight left at 25:70.",
        "The China Daily and Business Weekly sold well.",
        "The rebels fled soon after the raid.",
    ],
)
def test_what_only_looks_like_a_time(text: str) -> None:
    assert times_of(text, "2024-11-13") == {}


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    "text",
    [
        "They met last Sunday.", "They will meet next Friday.", "They met on Tuesday of last week.", "They met early this week.",
        "They met three weeks before yesterday.", "They will meet two weeks after tomorrow.", "They met on Monday.",
        "The past 99999999999999999999 days were hard.", "They will meet in 88888888888888888888 weeks.",
    ],
)  # fmt: skip
def test_the_calendar_ends_at_both_sides(text: str, day: str) -> None:
    for time in times_of(text, day).values():
        assert all(end is None or "0001" <= end[:4] <= "9999" for end in (time.start, time.end))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The vote closed on Wednesday. Boxes were sealed at 6 a.m.", "2024-11-13T06:00"),
        ("The army left on Aug. 12. Boxes were sealed at 6 a.m.", "2024-11-14T06:00"),  # that was background
    ],
)
def test_an_hour_is_of_the_day_that_is_told_of(text: str, value: str) -> None:
    assert times_of(text, "2024-11-14")["6 a.m."].value == value


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
