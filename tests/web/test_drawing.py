"""Marks that overlap, timelines, maps, words for values."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.errors import UsageError
from readout.record.tallies import PlaceTally
from readout.web import charts, maps
from readout.web.health import holes
from readout.web.marking import Mark, marked, pieces, sentence
from readout.web.site import FILES
from readout.web.wording import clean, period

TEXT = "Norway will fly to <Cairo> & talk.\n\nSecond line."
_SPANS = st.tuples(st.integers(-3, 60), st.integers(-3, 60))
_MARKS = st.lists(
    st.builds(
        Mark,
        _SPANS,
        st.sampled_from(["events", "statements", "figures", "places", "actors"]),
        st.sampled_from(["e1", "s2"]),
        st.just(""),
    ),
    max_size=8,
)


@given(_MARKS)
def test_pieces_put_together_are_the_text(marks: list[Mark]) -> None:
    found = list(pieces(TEXT, marks, (0, len(TEXT))))
    assert "".join(TEXT[piece.start : piece.end] for piece in found) == TEXT
    for piece in found:
        for mark in marks:
            covers = mark.span[0] <= piece.start and piece.end <= mark.span[1]
            touches = mark.span[0] < piece.end and piece.start < mark.span[1]
            assert covers == touches or mark.span[0] >= mark.span[1]
            assert (mark in piece.marks) == (covers and mark.span[0] < mark.span[1])


@given(_MARKS)
def test_a_marked_text_says_the_same(marks: list[Mark]) -> None:
    shown = unescape(re.sub(r"<[^>]+>", "", str(marked(TEXT, marks))))
    assert shown.split("\n") == [line for line in TEXT.split("\n") if line]


def test_a_mark_within_a_mark_has_both_and_leads_to_the_smaller() -> None:
    shown = str(
        marked(
            "They talk now",
            [Mark((0, 13), "statements", "s1", "S1"), Mark((5, 9), "events", "e1", "E1"), Mark((5, 9), "actors", "a")],
        )
    )
    assert 'class="m m-actors m-events m-statements" href="#e1" data-of="s1 a e1"' in shown
    assert shown.count('id="at-s1"') == shown.count('id="at-e1"') == 1


def test_the_words_of_a_claim_are_marked_in_its_sentence() -> None:
    assert str(sentence("a <b> c", 10, (12, 15))) == "a <mark>&lt;b&gt;</mark> c"
    assert str(sentence("a <b> c", 10, (99, 120))) == "a &lt;b&gt; c"


@pytest.mark.parametrize(
    ("start", "end", "says"),
    [
        ("2005-11-03", "2005-11-03", "2005-11-03"),
        ("2005-01-01", "2005-12-31", "2005"),
        ("2005-11-01", "2005-11-30", "2005-11"),
        ("2004-02-01", "2004-02-29", "2004-02"),
        ("2005-11-03", "2005-11-05", "2005-11-03 to 2005-11-05"),
        ("2005-11-03", None, "from 2005-11-03"),
        (None, "2005-11-03", "until 2005-11-03"),
        ("2005-01-01", "2006-12-31", "2005-01-01 to 2006-12-31"),
        (None, None, ""),
    ],
)
def test_a_date_is_no_more_precise_than_it_is(start: str | None, end: str | None, says: str) -> None:
    assert period(start, end) == says


@given(st.dictionaries(st.dates().map(str) | st.just(""), st.integers(1, 50), max_size=40))
def test_a_timeline_loses_nothing(counts: dict[str, int]) -> None:
    line = charts.timeline(counts, lambda day: None)
    assert sum(bar.number for bar in line.bars) + line.before + line.after + line.undated == sum(counts.values())
    assert [bar.name for bar in line.bars] == sorted(bar.name for bar in line.bars)
    assert line.before + line.after <= sum(counts.values()) * 0.02 + 1
    assert len(line.bars) <= 10_000


def test_a_timeline_is_of_days_months_or_years() -> None:
    assert charts.timeline({"2005-11-30": 1, "2005-12-02": 1}, str).bars[1].name == "2005-12-01"
    assert [bar.name for bar in charts.timeline({"2005-11-30": 1, "2006-04-02": 1}, str).bars][:2] == [
        "2005-11",
        "2005-12",
    ]
    assert charts.timeline({"1950-11-30": 1, "2006-04-02": 1}, str).unit == "year"
    assert charts.timeline({"": 3}, str).undated == 3
    assert charts.bars_svg(charts.timeline({}, str), "events") == ""


def test_days_without_a_report_are_named_the_longest_first() -> None:
    line = charts.timeline({"2005-11-01": 1, "2005-11-03": 1, "2005-11-07": 1}, str)
    assert holes(line) == ("2005-11-04 to 2005-11-06", "2005-11-02")


def _place(kind: str, lat: float | None, lon: float | None, number: int = 1) -> PlaceTally:
    return PlaceTally("k", "Osthavn <b>", kind, "NOR", lat, lon, number)


def test_only_a_point_is_a_point_on_the_map() -> None:
    shown = str(maps.map_svg([_place("town", 59.0, 10.0, 5), _place("country", 62.0, 10.0)], lambda place: "/x"))
    assert shown.count("<circle") == shown.count('<rect class="area"') == 1
    assert "somewhere in this country" in shown
    assert "<b>" not in shown
    assert maps.map_svg([_place("town", None, None)], lambda place: None) == ""


@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), min_size=1, max_size=10))
def test_a_map_holds_all_its_places(points: list[tuple[float, float]]) -> None:
    view = maps.view_of([_place("town", lat, lon) for lat, lon in points])
    for lat, lon in points:
        assert view.left - 0.02 <= lon <= view.left + view.width + 0.02
        assert view.top - 0.02 <= -lat <= view.top + view.height + 0.02


def test_what_cannot_be_seen_is_shown_as_a_sign() -> None:
    assert clean("a\u202eb\u200bc\x07\ud800") == "a\ufffdb\ufffdc\ufffd\ufffd"
    assert clean("Zürich\tد\n") == "Zürich\tد\n"


_STYLE = (FILES / "static" / "style.css").read_text(encoding="utf-8")
_ROOTS = re.findall(r":root \{(.*?)\}", _STYLE, re.DOTALL)
_TEXTS = ("ink", "faint", "link", "events", "statements", "figures", "places", "actors", "badink")


def _colours(root: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): #(\w+);", root))


def _light(colour: str) -> float:
    """The relative luminance of WCAG."""
    whole = colour if len(colour) == 6 else "".join(c * 2 for c in colour)
    parts = [int(whole[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("root", _ROOTS[:2], ids=("light", "dark"))
@pytest.mark.parametrize("ground", ["paper", "sheet", "hover", "tint", "notice"])
def test_every_colour_of_text_is_legible_on_every_ground(root: str, ground: str) -> None:
    colours = _colours(root)
    for name in _TEXTS:
        one, other = sorted((_light(colours[name]), _light(colours[ground])))
        assert (other + 0.05) / (one + 0.05) >= 4.5, f"{name} on {ground}"


@pytest.mark.parametrize("root", _ROOTS[:2], ids=("light", "dark"))
def test_what_is_lit_is_legible(root: str) -> None:
    colours = _colours(root)
    for name, ground in (*((name, "lit") for name in _TEXTS), ("badink", "bad")):
        one, other = sorted((_light(colours[name]), _light(colours[ground])))
        assert (other + 0.05) / (one + 0.05) >= 4.5, f"{name} on {ground}"


@pytest.mark.parametrize("box", ["", "1,2,3", "a,b,c,d", "nan,0,1,1", "0,0,0,0", "0,0,1e9,1", "inf,0,1,1", "0,0,-1,1"])
def test_a_part_of_the_world_is_one(box: str) -> None:
    with pytest.raises(UsageError):
        maps.view_named(box)


def test_the_ground_has_land_where_land_is() -> None:
    assert maps.land_svg(maps.view_named("0,-60,20,15")).count(b"M") > 100
    assert maps.land_svg(maps.view_named("-150,20,10,10")).count(b"M") == 0
