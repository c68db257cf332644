"""Tolls: how many were killed, injured, held, missing or driven from home, as one claim says it, and whether two of them agree."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from readout.across.facts import FigureFact
from readout.knowledge import load

#: What tolls are of, in the order in which they are shown.
MEASURES = ("killed", "injured", "captive", "missing", "displaced", "detained", "released", "evacuated")


Group = Literal["all", "military", "police", "armed group", "civilians", "some"]
_PART = re.compile(r"\b(?:includ|among (?:them|the)|of (?:them|whom))", re.IGNORECASE)
_OF_THEM = re.compile(r"\s+of\s+(?:them|whom|who|these|those)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
#: Words between a number and what it counts.
_BETWEEN = 4


@dataclass(frozen=True, slots=True)
class Toll:
    """A toll of one measure as one claim says it, over all populations that it names.

    `low` and `high` are None where the claim leaves the end open ("at least 12" has no high); `best` is the number it names, or the
    sum of those it names for different people: then it is `summed`, and there may be others whom it does not name. `population` is None
    for all. `figures` are the numbers of the figures behind it.
    """

    measure: str
    population: str | None
    low: float | None
    best: float
    high: float | None
    figures: tuple[int, ...]
    summed: bool = False


@cache
def _groups() -> tuple[tuple[Group, frozenset[str]], ...]:
    """The words of each group, in the order in which groups are tried."""
    return tuple((entry["group"], frozenset(entry["words"])) for entry in load("across/people.yaml"))


def group_of(population: str | None) -> Group:
    """Which people a population is of, in broad groups: "all" where no kind of people is named, "some" for others."""
    if population is None:
        return "all"
    words = re.findall(r"[a-z]+", population.lower())
    for group, names in _groups():
        if names.intersection(words):
            return group
    return "some"


def same_people(one: str | None, other: str | None) -> bool:
    """Whether two populations are the same people, as far as their names tell: both all, or of one group without a word against it."""
    first, second = group_of(one), group_of(other)
    if first != second:
        return False
    if first == "all":
        return True
    return not _kinds(one) or not _kinds(other) or bool(_kinds(one) & _kinds(other))


def _kinds(population: str | None) -> frozenset[str]:
    """What tells people of one group apart: "Turkish" in "Turkish soldiers"; for other people all words."""
    words = re.findall(r"[a-z]+", (population or "").lower())
    group = group_of(population)
    names = next((names for name, names in _groups() if name == group), frozenset())
    return frozenset(word.rstrip("s") for word in words if word not in names)


def is_everybody(population: str | None) -> bool:
    """Whether a population is everybody who was there: people, or such as passengers, of whom nobody is said to be left out."""
    if group_of(population) == "all":
        return True
    words = re.findall(r"[a-z]+", (population or "").lower())
    return group_of(population) == "civilians" and not _some_civilians().intersection(words)


def of_all(toll: Toll) -> bool:
    """Whether a toll is of everybody who was there, and no sum of those whom it names."""
    return not toll.summed and is_everybody(toll.population)


@cache
def _some_civilians() -> frozenset[str]:
    return frozenset(word for entry in load("across/people.yaml") for word in entry.get("parts", ()))


def wholes(tolls: Iterable[Toll]) -> list[Toll]:
    """Of the tolls of one happening and measure those of everybody. Those of some people are among them only where there is none of
    everybody, or where they are as large as the least of these."""
    some = list(tolls)
    least = min((toll.best for toll in some if of_all(toll)), default=None)
    return [toll for toll in some if least is None or of_all(toll) or toll.best >= least]


def counts_people(figure: FigureFact, text: str) -> bool:
    """Whether a figure is a toll, and no year, and no animals or things, that were taken for one."""
    if figure.measure not in MEASURES or figure.kind != "count" or figure.value < 0:
        return False
    start, end = figure.span
    return figure.population is not None or not (_YEAR.fullmatch(text[start:end]) or _counts_no_people(text[end:]))


def _counts_no_people(after: str) -> bool:
    """Whether what follows a number names animals or things that it counts, before any people."""
    for word in re.findall(r"[^\W\d_]+|[.,;:]", after[:80])[: _BETWEEN + 1]:
        if word in ".,;:and" or any(word.lower() in names for _, names in _groups()):
            return False
        if word.lower() in _no_people():
            return True
    return False


@cache
def _no_people() -> frozenset[str]:
    return frozenset(word for entry in load("across/not_people.yaml") for word in entry["words"])


def tolls_of(figures: Sequence[FigureFact], text: str) -> tuple[Toll, ...]:
    """The tolls of a claim from the figures that size it, one for each measure.

    A figure for all people is the toll. Otherwise figures for different people add up ("two soldiers and a guard"), unless the text
    says between them that one is part of the other ("eight islanders, including three children"): then the largest is the toll.
    """
    measures: dict[str, list[FigureFact]] = defaultdict(list)
    for figure in sorted(figures, key=lambda figure: figure.span):
        if counts_people(figure, text) and figure.measure:
            measures[figure.measure].append(figure)
    return tuple(_toll(measure, measures[measure], text) for measure in MEASURES if measure in measures)


def _toll(measure: str, figures: Sequence[FigureFact], text: str) -> Toll:
    figures = [figure for figure in figures if not _OF_THEM.match(text, figure.span[1])] or figures
    whole = [figure for figure in figures if group_of(figure.population) == "all"]
    if not whole and _PART.search(text[figures[0].span[1] : figures[-1].span[0]]):
        whole = list(figures)
    if whole:
        figure = max(whole, key=lambda figure: (figure.value, figure.bound == "exact", -figure.id))
        return Toll(measure, figure.population, figure.low, figure.value, figure.high, (figure.id,))
    distinct = list({(figure.population, figure.value): figure for figure in figures}.values())
    lows, highs = [figure.low for figure in distinct], [figure.high for figure in distinct]
    return Toll(
        measure=measure,
        population=distinct[0].population if len(distinct) == 1 else None,
        low=sum(low for low in lows if low is not None) if None not in lows else None,
        best=sum(figure.value for figure in distinct),
        high=sum(high for high in highs if high is not None) if None not in highs else None,
        figures=tuple(figure.id for figure in distinct),
        summed=len(distinct) > 1,
    )


Agreement = Literal["same", "compatible", "raised", "different"]


def compare(first: Toll, later: Toll) -> Agreement | None:
    """How two tolls of one measure agree, the first known before the later: "same" number, "compatible" within what both leave open,
    "raised" as tolls of one happening are, or "different". None where they count different people and say nothing of each other.
    """
    if first.measure != later.measure:
        return None
    groups = _people(first), _people(later)
    if first.summed != later.summed or not same_people(first.population, later.population):
        if "all" not in groups:
            return None
        whole, part = (first, later) if groups[0] == "all" else (later, first)
        if part.best == whole.best:
            return "same"
        return "compatible" if part.best <= whole.best * 1.2 else "different"
    if first.best == later.best:
        return "same"
    if _within(first.best, later) or _within(later.best, first):
        return "compatible" if _near(first.best, later.best, 3.0) else "different"
    if later.best > first.best and _near(first.best, later.best, 2.5):
        return "raised"
    return "compatible" if _near(first.best, later.best, 1.25) else "different"


def _people(toll: Toll) -> Group:
    """Of which people a toll is; a sum of those named is of some, as others may have been left out."""
    return "some" if toll.summed else group_of(toll.population)


def _within(value: float, toll: Toll) -> bool:
    """Whether a value is within what a toll leaves open."""
    open_ended = toll.low is None or toll.high is None or toll.low != toll.high
    return open_ended and (toll.low is None or value >= toll.low) and (toll.high is None or value <= toll.high)


def _near(one: float, other: float, factor: float) -> bool:
    """Whether two numbers are of one size: by at most so many times, or by one."""
    small, large = sorted((one, other))
    return large - small <= 1 or large <= small * factor
