"""What the values of a filter may be: each kind of value is checked, and brought into one form."""

from __future__ import annotations

import calendar
import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import get_args

import pycountry

from readout import knowledge
from readout.errors import UsageError
from readout.readers.places.names import fold_name
from readout.types import EventType, Sourcing, Status

ANY, NONE = "any", "none"
REVIEWS = ("confirmed", "rejected", "edited", "added", "merged", "split", NONE, ANY)

#: Brings a value into its one form; gets the filter's name for the error, and the value.
Check = Callable[[str, str], str]

_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_FEW = 20  # so many allowed values are listed; of more, the near ones


def near(word: str, allowed: Iterable[str], many: int = 3) -> str:
    """The allowed words nearest to one, as the end of a sentence, or nothing."""
    found = difflib.get_close_matches(word.casefold(), list(allowed), n=many, cutoff=0.6)
    return f" (did you mean {' or '.join(found)}?)" if found else ""


def name(_: str, value: str) -> str:
    """Any words."""
    return value


def one_of(allowed: Callable[[], Iterable[str]]) -> Check:
    """One of some words, in any case."""

    def check(key: str, value: str) -> str:
        words = list(allowed())
        for word in words:
            if word.casefold() == value.casefold().replace(" ", "_") or word.casefold() == value.casefold():
                return word
        listed = f": it is one of {', '.join(words)}"
        raise UsageError(f"{key}: there is no {value!r}{(near(value, words) if len(words) > _FEW else '') or listed}")

    return check


@cache
def _plover() -> Mapping[str, tuple[str, ...]]:
    types = knowledge.load("plover.yaml")["types"]
    return {kind: tuple(types[kind]["modes"]) for kind in get_args(EventType)}


def _modes() -> Iterable[str]:
    return sorted({mode for modes in _plover().values() for mode in modes})


def act(key: str, value: str) -> str:
    """A type, or a type and one of its modes: "RETREAT", "RETREAT/withdraw"."""
    kind, slash, mode = value.partition("/")
    kind = event_type(key, kind.strip())
    if not slash:
        return kind
    modes = _plover()[kind]
    if mode.strip().casefold() not in modes:
        has = f"its modes are {', '.join(modes)}" if modes else "it has no modes"
        raise UsageError(f"{key}: {kind} has no mode {mode.strip()!r}: {has}")
    return f"{kind}/{mode.strip().casefold()}"


def yes_or_no(key: str, value: str) -> str:
    """yes or no; true and false are understood."""
    said = {"yes": "yes", "true": "yes", "no": "no", "false": "no"}.get(value.casefold())
    if said is None:
        raise UsageError(f"{key}: {value!r} is neither yes nor no")
    return said


def share(key: str, value: str) -> str:
    """A number from 0 to 1."""
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise UsageError(f"{key}: {value!r} is no number from 0 to 1")
    return f"{number:g}" if float(f"{number:g}") == number else repr(number)


def word(_: str, value: str) -> str:
    """A word of a list that depends on what is asked for; small letters."""
    return value.casefold()


def anybody(_: str, value: str) -> str:
    """none, any, or a name."""
    return value.casefold() if value.casefold() in (ANY, NONE) else value


def country(key: str, value: str) -> str:
    """A state by its ISO 3166 code (two letters or three) or an English name: its alpha-3 code."""
    codes = _countries()
    found = codes.get(fold_name(value))
    if found is None:
        words = [word for word in codes if len(word) > 3]
        raise UsageError(f"{key}: there is no state {value!r}{near(fold_name(value), words)}; ISO codes and names work")
    return found


@cache
def _countries() -> Mapping[str, str]:
    found: dict[str, str] = {"xk": "XKX"}
    rows = knowledge.load("places/countries.yaml")
    for row in (*rows["countries"], *rows["territories"]):
        for form in (row["name"], *row["names"], row["id"]):
            found.setdefault(fold_name(form), row["id"])
    for state in pycountry.countries:
        names = (state.alpha_3, state.alpha_2, state.name, getattr(state, "common_name", None))
        for form in (form for form in names if form):
            found.setdefault(fold_name(form), state.alpha_3)
    return found


@cache
def capitals() -> Mapping[str, str]:
    """States by the folded name of their seat of government, which stands for the government in the news."""
    rows = knowledge.load("places/countries.yaml")["countries"]
    return {fold_name(row["capital"]): row["id"] for row in rows if row.get("capital")}


def interval(key: str, value: str) -> str:
    """A day, month or year, or two with ".." between, either of which may be left out: "2005-11", "2005..2007-03", "2005..".

    The form that is kept is the text itself, so that it reads as it was written.
    """
    first, dots, last = (part.strip() for part in value.partition(".."))
    if not dots or first == last:
        days(key, first)
        return first
    if not first and not last:
        raise UsageError(f"{key}: '..' needs a date before it or behind it")
    start = days(key, first)[0] if first else None
    end = days(key, last)[1] if last else None
    if start and end and start > end:
        raise UsageError(f"{key}: {value!r} ends before it begins")
    return f"{first}..{last}"


def days(key: str, value: str) -> tuple[str, str]:
    """The first and the last day of a day, month or year, as ISO dates.

    Raises:
        UsageError: it is none.
    """
    match = _PARTIAL.fullmatch(value)
    try:
        if match is None:
            raise ValueError(value)
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        if day is not None:
            one = dt.date(year, month or 0, day).isoformat()
            return one, one
        first, last = month or 1, month or 12
        end = dt.date(year, last, calendar.monthrange(year, last)[1])
        return dt.date(year, first, 1).isoformat(), end.isoformat()
    except (ValueError, calendar.IllegalMonthError):
        raise UsageError(
            f"{key}: {value!r} is no date: write 2005, 2005-11, 2005-11-03, or two with .. between"
        ) from None


def bounds(key: str, value: str) -> tuple[str | None, str | None]:
    """The first and the last day of an interval, None where it is open."""
    first, dots, last = value.partition("..")
    if not dots:
        return days(key, first)
    return days(key, first)[0] if first else None, days(key, last)[1] if last else None


event_type = one_of(lambda: get_args(EventType))
mode = one_of(_modes)
status = one_of(lambda: get_args(Status))
sourcing = one_of(lambda: (*get_args(Sourcing), NONE))
measure = one_of(lambda: (*knowledge.load("figures/words.yaml")["measures"], NONE))
quad = one_of(lambda: ("1", "2", "3", "4"))
context = one_of(lambda: knowledge.load("plover.yaml")["contexts"])
review = one_of(lambda: REVIEWS)
