"""Blocks: the reports of some days that are set in a country, which are linked by themselves where all together are too many.

A report that is set in several countries is in the block of each; one that is set in none is in no country's, and in that of "" alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from readout.errors import UsageError
from readout.record.vocabulary import country as state_named
from readout.record.writing import Prepared
from readout.scale.folder import Entry


@dataclass(frozen=True, slots=True)
class Block:
    """Days, the first and the last included, and a country; None for all."""

    days: tuple[str, str] | None = None
    country: str | None = None

    @classmethod
    def of(cls, days: str | None, country: str | None) -> Block:
        """A block as it is written: "2025-03-01..2025-03-31", and a country as filters have it: "UA", "UKR" or "Ukraine".

        Raises:
            UsageError: these are no days, the last is before the first, or there is no such country.
        """
        if country:
            country = state_named("--country", country)
        if days is None:
            return cls(None, country)
        first, _, last = days.partition("..")
        try:
            found = tuple(dt.date.fromisoformat(day).isoformat() for day in (first, last or first))
        except ValueError as error:
            raise UsageError(f"not days: {days!r} (write them as 2025-03-01..2025-03-31)") from error
        if found[1] < found[0]:
            raise UsageError(f"no day is in {days!r}: the last is before the first")
        return cls((found[0], found[1]), country)

    def may_be_in(self, entry: Entry) -> bool:
        """Whether a part can have a report of it, by what the manifest says."""
        if self.days is not None and not (
            entry.days and entry.days[0] <= self.days[1] and entry.days[1] >= self.days[0]
        ):
            return False
        return self.country is None or self.country in entry.countries

    def has(self, published: str | None, places: Iterable[dict[str, Any]] | None) -> bool:
        """Whether a report is in it: one of a day, whose claims take place in some places."""
        if self.days is not None and not (published and self.days[0] <= published <= self.days[1]):
            return False
        return self.country is None or self.country in countries_of(places or ())


def countries_of(places: Iterable[dict[str, Any]]) -> set[str]:
    """The countries in which claims take place; "" alone where none is known."""
    return {place["country"] for place in places if place["country"]} or {""}


class Where:
    """The days and countries of reports, gathered."""

    def __init__(self) -> None:
        self._days: set[str] = set()
        self._countries: set[str] = set()

    def add(self, prepared: Iterable[Prepared]) -> None:
        """Takes in some reports."""
        for item in prepared:
            if item.report is not None:
                self._countries |= countries_of(item.report.claim_places)
                self._days |= {item.report.reading["published"]} - {None}

    @property
    def days(self) -> tuple[str, ...]:
        """The first and the last."""
        return (min(self._days), max(self._days)) if self._days else ()

    @property
    def countries(self) -> tuple[str, ...]:
        """All of them, sorted."""
        return tuple(sorted(self._countries))
