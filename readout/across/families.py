"""Families of copies, and who began each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """Who began a family: the house (agency, paper, station), None where nobody is named; the number of the report that came
    first; why."""

    house: str | None
    report: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Reports that are made from each other's words, by their numbers, in order. `id` stays the same while the first report does."""

    id: str
    reports: tuple[int, ...]
    origin: Origin
