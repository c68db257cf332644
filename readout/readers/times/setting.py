"""What a reading of one time expression may look at, and what it gives back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from readout.language.document import Document
from readout.readers.times.calendar import Days, days_of
from readout.types import TimeType


class Value(NamedTuple):
    """What an expression means: TIMEX3 type and value, first and last day; None where open or not known."""

    value: str
    type: TimeType = "DATE"
    start: dt.date | None = None
    end: dt.date | None = None


class Said(NamedTuple):
    """An expression read earlier in the text."""

    value: Value
    sentence: int
    first: int = 0
    of_saying: bool = False  # the day on which something was said: "police said *Monday*"


class Setting(NamedTuple):
    """One expression's surroundings: its parts by name, its first word, the code point behind it, and what was
    said before it, latest last."""

    document: Document
    parts: dict[str, str]
    given: dict[str, str]
    first: int
    end: int
    earlier: Sequence[Said]
    direction: Callable[[], int]
    sure: Callable[[], int]

    @property
    def published(self) -> dt.date | None:
        """The day of publication."""
        return self.document.published

    def part(self, *names: str) -> str | None:
        """The first of these parts that the expression has."""
        return next((self.parts[name] for name in names if name in self.parts), None)

    def last_said(self, form: str, sentences: int = 1000, *, told: bool = False) -> Value | None:
        """The latest value before this one that has a form, a regular expression, at most so many sentences back.

        With `told`, days on which something was only said do not count.
        """
        here = self.document.tokens[self.first].sentence
        for said in reversed(self.earlier):
            if here - said.sentence > sentences:
                return None
            if re.fullmatch(form, said.value.value) and not (told and said.of_saying):
                return said.value
        return None

    def last_day(self, sentences: int = 1000) -> dt.date | None:
        """The latest single day named before this expression."""
        value = self.last_said(r"\d{4}-\d\d-\d\d(T.*)?", sentences)
        return value.start if value else None


def dated(value: str, days: Days | None = None) -> Value:
    """A date with the days that it covers, or with those given."""
    days = days or days_of(value)
    return Value(value, "TIME" if "T" in value else "DATE", *(days or (None, None)))


def within(value: Value, first: dt.date | None, last: dt.date | None) -> Value:
    """The value with its days cut to begin no earlier than `first` and end no later than `last`."""
    start, end = value.start, value.end
    if first and start and start < first:
        start = first
    if last and end and end > last:
        end = last
    if start and end and start > end:
        return value
    return value._replace(start=start, end=end)
