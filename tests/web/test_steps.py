"""The chart of a ledger: whatever was counted, everything is in the picture, and no two sources look alike."""

from __future__ import annotations

import datetime as dt
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.across.ledger.making import Ledger
from readout.across.ledger.revisions import Entry, by_day, remarks_on, series_of
from readout.web.steps import lines_of, nice, short, step_chart


def entry(n: int, day: str, source: str | None, best: float, low: float | None, high: float | None) -> Entry:
    return Entry(
        n, n, day, day, day, low, best, high, "exact", source or f"report:{n}", source, "police", "o", "Nordpost", False,
        False, (0, 1), "",
    )  # fmt: skip


def ledger(*entries: Entry) -> Ledger:
    series = series_of(entries)
    remarks = remarks_on(entries, series)
    return Ledger("a", "incident", "killed", None, "all", None, None, (), entries, series, by_day(entries), remarks)


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


_DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)).map(str)
_NUMBERS = st.integers(0, 10**9)


@st.composite
def _entries(draw: st.DrawFn) -> list[Entry]:
    found = []
    for n in range(draw(st.integers(1, 40))):
        one, two, three = sorted(draw(st.tuples(_NUMBERS, _NUMBERS, _NUMBERS)))
        low = draw(st.sampled_from([one, None]))
        high = draw(st.sampled_from([three, None]))
        source = draw(st.sampled_from([None, "police", "<b>doctors", *(f"source {m}" for m in range(40))]))
        found.append(entry(n + 1, draw(_DAYS), source, two, low, high))
    return sorted(found, key=lambda one: one.day)


@given(_entries())
def test_everything_is_within_the_picture(entries: list[Entry]) -> None:
    chart = step_chart(ledger(*entries))
    assert chart is not None
    root = parsed(str(chart.svg))
    for element in root.iter():
        for name in ("x", "y", "x1", "x2", "y1", "y2", "width", "height"):
            value = element.get(name, "0")
            if value.endswith("%"):
                assert -0.01 <= float(value[:-1]) <= 100.01, (element.tag, name, value)
    assert len(chart.keys) + chart.left_out == len({one.source_key for one in entries})
    words = [float(element.get("y", "")[:-1]) for element in root.iter() if element.get("class") == "who"]
    assert len(words) == len(chart.keys)
    assert "<b>" not in str(chart.svg)


def test_sources_are_told_apart_by_letter_dashes_and_marks() -> None:
    entries = [entry(n + 1, "2025-03-10", f"source {n}", 10.0, 10.0, 10.0) for n in range(4)]
    chart = step_chart(ledger(*entries))
    assert chart is not None
    assert [key.letter for key in chart.keys] == ["A", "B", "C", "D"]
    svg = str(chart.svg)
    assert re.findall(r"translate\(0 (\d+)\)", svg) == ["0", "4", "8", "12"]
    assert re.findall(r'class="step (d\d)"', svg) == ["d0", "d1", "d2", "d3"]
    assert len({str(key.sample).replace(f"d{n}", "") for n, key in enumerate(chart.keys)}) == 4


def test_a_range_is_a_band_and_an_open_end_an_arrow() -> None:
    chart = step_chart(
        ledger(
            entry(1, "2025-03-10", "police", 12.0, 10.0, 14.0),
            entry(2, "2025-03-11", "doctors", 15.0, 15.0, None),
            entry(3, "2025-03-12", "army", 20.0, None, 20.0),
        )
    )
    assert chart is not None
    svg = str(chart.svg)
    assert svg.count('class="band"') == 1
    assert svg.count('class="open"') == 2
    assert "police: 12 from 2025-03-10 (10–14)" in svg
    assert "doctors: 15 from 2025-03-11 (15 or more)" in svg
    assert "army: 20 from 2025-03-12 (20 or fewer)" in svg


def test_nothing_counted_has_no_chart() -> None:
    assert step_chart(ledger()) is None


@given(st.floats(0.001, 1e12))
def test_a_scale_ends_at_a_round_number(value: float) -> None:
    assert value <= nice(value) <= value * 2.5001


@pytest.mark.parametrize(
    ("top", "parts"), [(100.0, 4), (25.0, 5), (50.0, 5), (20.0, 4), (10.0, 5), (2.0, 2), (1.0, 1), (250.0, 5)]
)
def test_a_scale_counts_whole_people(top: float, parts: int) -> None:
    assert lines_of(top) == parts


@pytest.mark.parametrize(
    ("value", "says"), [(0, "0"), (12.5, "12.5"), (7500, "7,500"), (25_000, "25k"), (2.5e6, "2.5m"), (1e9, "1bn")]
)
def test_numbers_of_the_scale_are_short(value: float, says: str) -> None:
    assert short(value) == says
