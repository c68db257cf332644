"""A date is at the edge of summer time or of a year, in another zone, in the future, impossible, or missing.

Promised: moments are kept in UTC, and days are those of the zone in which they were written; "yesterday" is counted from the day of
publication where it was published. The machine's zone and clock change no report. Without a date nothing is dated by guess: what cannot be
known is left open.
Not promised: that a date which a source gives is true.
"""

from __future__ import annotations

import datetime as dt
import time

import pytest
from forms import scaled
from hypothesis import given, settings
from hypothesis import strategies as st

import readout
from readout.errors import UsageError
from readout.reading import parse_date
from readout.record import open_record
from readout.record.identity import moment
from readout.sources.article import Article
from readout.sources.dates import iso_date

TEXT = "The Vardal Front shelled the town of Osthavn {}, killing 12 people, police said."

#: When it was published, what the text says, and the day that this is.
DAYS = (
    ("2025-03-11", "yesterday", "2025-03-10"), ("2025-01-01", "yesterday", "2024-12-31"), ("2024-03-01", "yesterday", "2024-02-29"),
    ("2025-03-01", "yesterday", "2025-02-28"), ("2000-03-01", "yesterday", "2000-02-29"), ("2024-12-31T23:30:00-05:00", "yesterday",
    "2024-12-30"),
    ("2025-01-01T00:30:00+14:00", "yesterday", "2024-12-31"), ("2025-03-30T02:30:00+01:00", "yesterday", "2025-03-29"),
    ("2025-03-30T02:30:00+02:00", "on Saturday", "2025-03-29"), ("2025-10-26T02:30:00+02:00", "on Saturday", "2025-10-25"),
    ("2025-10-26T02:30:00+01:00", "on Sunday", "2025-10-26"), ("2025-03-09T03:00:00-04:00", "yesterday", "2025-03-08"),
    ("2025-11-02T01:30:00-05:00", "on Saturday", "2025-11-01"), ("2025-01-02", "on Tuesday", "2024-12-31"), ("2025-01-03", "on Monday",
    "2024-12-30"),
    ("9999-12-31", "yesterday", "9999-12-30"), ("2099-01-01T00:00:00Z", "yesterday", "2098-12-31"), ("1970-01-01", "yesterday",
    "1969-12-31"),
    ("2025-03-11T23:59:59.999999+00:00", "on Tuesday", "2025-03-11"), ("2038-01-19T03:14:08Z", "yesterday", "2038-01-18"),
)  # fmt: skip


@pytest.mark.parametrize(("published", "words", "day"), DAYS)
def test_days_are_counted_from_the_day_of_publication_where_it_was(published, words, day, tmp_path, figure):
    with open_record(tmp_path / "a.db") as record:
        record.add([Article(TEXT.format(words), published=published, id="a")])
        days = {(event.start, event.end) for event in record.events("type:ASSAULT")}
        assert days - {(None, None)} == {(day, day)}
        (report,) = record.reports()
        assert report.published.startswith(published[:10])
    figure(1, "dates at an edge")


ZONES = (
    "UTC",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "America/New_York",
    "Asia/Kathmandu",
    "Europe/Berlin",
    "Australia/Lord_Howe",
)


def test_the_zone_of_the_machine_changes_nothing(monkeypatch, figure):
    reports = set()
    try:
        for zone in ZONES:
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            for published in ("2025-03-30T02:30:00+01:00", "2024-12-31T23:30:00-05:00", "2025-03-11", None):
                reports.add((published, repr(readout.read(TEXT.format("yesterday"), published=published))))
            figure(1, "zones of the machine")
    finally:
        monkeypatch.undo()
        time.tzset()
    assert len(reports) == 4


@pytest.mark.parametrize("words", ["yesterday", "on Monday", "last week", "two days ago", "tomorrow", "this morning"])
def test_without_a_date_nothing_is_dated_by_guess(words, tmp_path, figure):
    with open_record(tmp_path / "a.db") as record:
        record.add([Article(TEXT.format(words), id="a")])
        assert {(event.start, event.end) for event in record.events()} == {(None, None)}
        assert [report.published for report in record.reports()] == [None]
        assert "no date of publication is known" in str(record.report("a").problems)
    figure(1, "undated articles left open")


IMPOSSIBLE = (
    "2025-02-29", "2025-13-01", "2025-00-10", "2025-04-31", "0000-01-01", "10000-01-01", "2025-03-11T24:30:00", "2025-03-11T23:59:60Z",
    "yesterday", "11.03.2025",
    "2025-03-11T10:00:00+99:00", "", " ", "-1", "1e9", "2025-W99-1", "٢٠٢٥-٠٣-١١x",
)  # fmt: skip


@pytest.mark.parametrize("published", IMPOSSIBLE, ids=ascii)
def test_an_impossible_date_is_said(published, figure):
    if published:
        with pytest.raises(UsageError, match="not a date"):
            parse_date(published)
    assert iso_date(published) is None or published == "11.03.2025" or iso_date(published) != published
    figure(1, "impossible dates refused")


#: Moments as they are written, and in UTC.
MOMENTS = (
    ("2025-03-11", "2025-03-11"), ("2025-03-11T10:00:00", "2025-03-11T10:00:00Z"), ("2025-03-11T10:00:00+02:00", "2025-03-11T08:00:00Z"),
    ("2025-01-01T00:30:00+14:00", "2024-12-31T10:30:00Z"), ("2024-12-31T23:30:00-12:00", "2025-01-01T11:30:00Z"),
    ("2024-02-29T23:59:59-00:01", "2024-03-01T00:00:59Z"), ("2025-10-26T02:30:00+02:00", "2025-10-26T00:30:00Z"),
    ("2025-10-26T02:30:00+01:00", "2025-10-26T01:30:00Z"),
)  # fmt: skip


@pytest.mark.parametrize(("written", "utc"), MOMENTS)
def test_moments_are_kept_in_utc(written, utc):
    assert moment(written) == utc


@pytest.mark.parametrize("edge", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"])
def test_a_moment_outside_the_calendar_stops_nothing(edge, where):
    with open_record(where) as record:
        record.add([Article(TEXT.format("on Monday"), published=edge, updated=edge, id="a")])
        assert record.count("reports") == 1
        assert [finding for finding in record.examine() if not finding.well] == []


@settings(max_examples=scaled(200, 5_000), deadline=None)
@given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1)), st.times(), st.integers(-14 * 60, 14 * 60))
def test_any_moment(day, hour, minutes):
    zone = dt.timezone(dt.timedelta(minutes=minutes))
    when = dt.datetime.combine(day, hour, tzinfo=zone)
    assert parse_date(when.isoformat()) == day
    assert dt.datetime.fromisoformat(moment(when.isoformat())) == when.replace(microsecond=0).astimezone(dt.UTC)


def test_versions_follow_one_another_in_time_and_not_as_they_are_written(where, figure):
    """The later of two by the clock is the one that answers, though its day is the earlier one."""
    with open_record(where) as record:
        own = {"source_id": "urn:a", "publisher": "Nordpost", "published": "2025-03-11"}
        record.add(
            [Article(TEXT.format("on Monday"), updated="2025-03-11T23:30:00-05:00", **own)]
        )  # 04:30 UTC on the 12th
        record.add([Article(TEXT.format("on Sunday").replace("12", "14"), updated="2025-03-12T03:00:00+00:00", **own)])
        assert [figure.value for figure in record.figures("measure:killed")] == [12]
        record.add(
            [Article(TEXT.format("on Sunday").replace("12", "16"), updated="2025-03-12T10:00:00+05:00", **own)]
        )  # 05:00 UTC
        assert [figure.value for figure in record.figures("measure:killed")] == [16]
    figure(3, "versions in zones of their own, in their order")


@pytest.mark.parametrize("offset", [-12, 0, 14])
def test_the_records_clock_is_in_utc(where, offset):
    now = dt.datetime(2025, 1, 1, 0, 30, tzinfo=dt.timezone(dt.timedelta(hours=offset)))
    with open_record(where, clock=lambda: now) as record:
        assert record.now() == now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        record.add([Article(TEXT.format("on Monday"), published="2025-01-01", id="a")])
        assert record.count("reports") == 1


def test_a_clock_that_was_wrong_loses_nothing(where):
    """Added by a clock far ahead, asked by one that is right, and added to again: all is there."""
    with open_record(where, clock=lambda: dt.datetime(2099, 1, 1, tzinfo=dt.UTC)) as record:
        record.add([Article(TEXT.format("on Monday"), published="2025-03-11", id="a")])
    with open_record(where, clock=lambda: dt.datetime(2025, 3, 12, tzinfo=dt.UTC)) as record:
        assert record.count("reports") == 1
        record.add([Article(TEXT.format("on Sunday"), published="2025-03-11", id="b")])
        assert record.count("reports") == 2
        assert [finding for finding in record.examine() if not finding.well] == []
