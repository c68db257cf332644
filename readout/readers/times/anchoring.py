"""When something was "two days after the May 3 attack" or "hours before the truce ended on Friday": the days, counted from
a date that the same phrase gives."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise

from readout import knowledge
from readout.language.document import Document
from readout.readers.times.calendar import Days, days_of, period
from readout.readers.times.setting import Value
from readout.types import Span

_SIGNS = {"after": 1, "before": -1}
_LENGTH = re.compile(r"P(?P<time>T?)(?P<count>\d+|X)(?P<unit>[DWMYHS])")
_MONTH = 31
#: So many words may stand between the length and the date: "two days after the attack on the port on May 3".
_REACH = 8


def anchored(document: Document, said: Sequence[tuple[Span, Value]]) -> list[Value]:
    """The values, with the days of those that are counted from a day named behind them in the phrase."""
    values = [value for _, value in said]
    for n, ((span, value), (next_span, next_value)) in enumerate(pairwise(said)):
        if value.type != "DURATION" or next_value.start is None or next_value.end is None:
            continue
        between = [document.tokens[i] for i in document.tokens_in((span[1], next_span[0]))]
        sign, within = _sign(document, span, [token.lower for token in between])
        if not sign or (value.start and not within) or len(between) > _REACH:
            continue
        if (
            any(token.text in (",", ";", ":", "—", "“", "”") for token in between)
            or len({t.sentence for t in between}) > 1
        ):
            continue
        days = _from_days(value.value, (next_value.start, next_value.end), sign)
        days = (next_value.start, days[1]) if days and within else days
        if days:
            values[n] = value._replace(start=days[0], end=days[1])
    return values


def _sign(document: Document, span: Span, between: Sequence[str]) -> tuple[int, bool]:
    """Which way is counted: 1 "after" a day, -1 "before" it, 0 where nothing is; and whether it is "within" so long "of" it."""
    if not between:
        return 0, False
    first = document.tokens_in(span)[0]
    if first and document.words[first - 1] == "of":
        return 0, False  # "a quarter *of a century* after"
    within = "within" in (document.words[first], document.words[first - 1] if first else "")
    if within and between[0] in ("of", "after", "from"):
        return 1, True
    return _SIGNS.get(between[0], 0), False


def _from_days(length: str, days: Days, sign: int) -> Days | None:
    """The days that lie a TIMEX3 duration from a day; the month that lies so many months or years from another."""
    if days[0] == days[1]:
        return _counted(length, days[0], sign)
    found = _LENGTH.fullmatch(length)
    if (
        found is None
        or found["time"]
        or found["unit"] not in "MY"
        or found["count"] == "X"
        or (days[1] - days[0]).days > _MONTH
    ):
        return None
    months = int(found["count"]) * {"M": 1, "Y": 12}[found["unit"]]
    value = period("M", days[0], months * sign)
    return days_of(value) if value else None


def _counted(length: str, day: dt.date, sign: int) -> Days | None:
    """The days that lie a TIMEX3 duration from a day: exact for days, within three days for weeks, else the month or year;
    parts of a day reach into the next; a number of days that is not known as far as words of the unit reach."""
    found = _LENGTH.fullmatch(length)
    if found is None:
        return None
    unit = "H" if found["time"] else found["unit"]
    if unit == "H":
        return _ordered(day, day + dt.timedelta(days=sign))
    if found["count"] == "X":
        reach = knowledge.load("times/words.yaml")["reach"].get(unit)
        units = {"D": 1, "W": 7}.get(unit)
        return _ordered(day + dt.timedelta(days=sign), day + dt.timedelta(days=sign * reach * units)) if units else None
    count = int(found["count"]) * sign
    if unit in "DW":
        loose = dt.timedelta(days=0 if unit == "D" else 3)
        try:
            middle = day + dt.timedelta(days=count * (1 if unit == "D" else 7))
            return middle - loose, middle + loose
        except OverflowError:
            return None
    value = period(unit, day, count)
    return days_of(value) if value else None


def _ordered(one: dt.date, other: dt.date) -> Days:
    return (one, other) if one <= other else (other, one)
