"""Reads the times of a document: patterns find them, readings resolve them against publication and what came before."""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from readout import knowledge
from readout.language.document import Document
from readout.readers.findings import Findings
from readout.readers.times import dates, durations, periods, stretches
from readout.readers.times.anchoring import anchored
from readout.readers.times.direction import direction, sure_direction
from readout.readers.times.grammar import Match, find
from readout.readers.times.setting import Said, Setting, Value
from readout.types import Span, Time

#: The readings that patterns.yaml may name.
READINGS: dict[str, Callable[[Setting], Value | None]] = {
    reading.__name__: reading
    for reading in (
        dates.iso_date, dates.calendar_date, dates.month, dates.weekday, dates.named_day, dates.part_of_day,
        dates.clock, periods.this_period, periods.weekend, periods.season, periods.quarter,
        periods.quarter_again, periods.year_earlier, periods.ago, periods.next_to, periods.same, periods.year,
        periods.decade, periods.century, durations.duration, durations.half_more, durations.span, durations.vague_span,
        durations.plural, durations.every, durations.set_adverb, durations.fixed, durations.no_time,
        stretches.year_range, stretches.day_range, stretches.quarter_code, stretches.nth_weekday, stretches.nth_of_month,
        stretches.holiday, stretches.early_hours, stretches.week_of, stretches.nth_week, stretches.half_of_month,
        stretches.day_beside, stretches.week_from,
    )
}  # fmt: skip

#: A full stop behind one of these ends the sentence; behind "Sept" it belongs to the word.
_FULL_MONTHS = frozenset(name.lower() for name in calendar.month_name[1:])


_LEADING = re.compile(r"([A-Za-z]+)\s+")


class Expression(NamedTuple):
    """A time expression: its words, the first of them by index, its code points, and what it means."""

    match: Match
    first: int
    span: Span
    value: Value


def read_times(document: Document, found: Findings) -> Findings:
    """Findings with `times`.

    Method: regular patterns over the text (knowledge/times), each with a reading that gives the TIMEX3 value; a date
    without its year or week goes to the nearest one that the governing verb's tense allows.
    """
    said = [(one.span, one.value) for one in expressions(document)]
    times = tuple(
        Time(span, value.type, value.value, _iso(value.start), _iso(value.end))
        for (span, _), value in zip(said, anchored(document, said), strict=True)
    )
    return dataclasses.replace(found, times=times)


def expressions(document: Document) -> Iterator[Expression]:
    """The time expressions of a document, in order."""
    earlier: list[Said] = []
    for match in find(document.text):
        words = document.tokens_in((match.start, match.end))
        if not words or _is_of_name(document, match, words[-1]):
            continue
        start = _start(document, match)
        first = document.tokens_in((start, match.end))[0]
        value = _value(document, match, first, earlier)
        if value is None:
            continue
        end = match.end
        if document.text[end - 1] == "." and match.parts.get("month", "") in _FULL_MONTHS:
            end -= 1
        if not _compares(match):
            earlier.append(Said(value, document.tokens[first].sentence, first, _is_of_saying(document, first)))
        yield Expression(match, first, (start, end), value)


def _value(document: Document, match: Match, first: int, earlier: list[Said]) -> Value | None:
    parts = match.parts | {"all": " ".join(document.text[match.start : match.end].lower().split())}
    way: Callable[[], int] = lambda: direction(document, first)  # noqa: E731 - asked only where it matters
    sure: Callable[[], int] = lambda: sure_direction(document, (document.tokens[first].start, match.end))  # noqa: E731
    setting = Setting(document, parts, match.pattern.given, first, match.end, earlier, way, sure)
    try:
        return READINGS[match.pattern.read](setting)
    except OverflowError:
        return None  # "last Sunday", told on the first day of the calendar: before year 1 or after 9999


def _is_of_name(document: Document, match: Match, last: int) -> bool:
    """Whether a day is the first part of a body's name: "the *March 23* Movement"."""
    if "day" not in match.parts or "month" not in match.parts or last + 1 >= len(document.tokens):
        return False
    return document.tokens[last + 1].text in _named_by_days()


@cache
def _named_by_days() -> frozenset[str]:
    return frozenset(map(str, knowledge.load("times/words.yaml")["named_by_days"]))


def _is_of_saying(document: Document, first: int) -> bool:
    """Whether a time stands right behind a verb of speech, or behind its "on": "police said *Monday*"."""
    speech = knowledge.load("times/words.yaml")["speech"]
    before = document.words[max(first - 2, 0) : first]
    return bool(before) and (before[-1] in speech or (before[-1] == "on" and before[0] in speech))


def _compares(match: Match) -> bool:
    """Whether the time is only compared with ("from a year earlier"): what follows is not counted from it."""
    return match.pattern.read == "year_earlier" or (match.pattern.read == "ago" and match.parts.get("unit") == "year")


def _start(document: Document, match: Match) -> int:
    """Where the expression begins: prepositions that the pattern needed are not part of it."""
    leading = knowledge.load("times/words.yaml")["leading"]
    start = match.start
    while hit := _LEADING.match(document.text, start, match.end):
        if hit[1].lower() not in leading:
            break
        start = hit.end()
    return start


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
