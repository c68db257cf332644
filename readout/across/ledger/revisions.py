"""What becomes of a count over time: the steps of each source, and revisions, denials and contradictions in words."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from readout.across.source_classes import SourceClass
from readout.types import Bound, Span

RemarkKind = Literal["raised", "lowered", "denied", "differ"]
#: Days after which what one source said no longer contradicts what another says that spoke before, too, but was overtaken by it.
_STANDS = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A number as a report gives it. `day` is the report's, `as_of` the day until which was counted.

    `source` is who counted, None where the report says it in its own words, which are then those of its `outlet`; `source_key` is the same
    for the same source. `low` and `high` are None where open. An entry that is `denied` is no count, and one that is a `part` of another,
    or comes on top of it, no count of all: both are only listed.
    """

    report: int
    figure: int
    known: str
    day: str
    as_of: str
    low: float | None
    best: float
    high: float | None
    bound: Bound
    source_key: str
    source: str | None
    source_class: SourceClass
    origin: str
    outlet: str | None
    denied: bool
    part: bool
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Step:
    """From a day on a source gave a number, until its next step."""

    day: str
    low: float | None
    best: float
    high: float | None
    figures: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers of one source as steps; the same number given again is no new step."""

    source_key: str
    source: str | None
    source_class: SourceClass
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class DayRange:
    """What was known on a day from the last word of every source: the lowest number that one of them leaves open, the number of most
    sources (of those as many gave, the newest), and the highest, None where one of them says "at least" or the like."""

    day: str
    low: float | None
    best: float
    high: float | None
    figures: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A revision or contradiction: `words` say it, `figures` are the numbers of the figures that it rests on."""

    kind: RemarkKind
    words: str
    figures: tuple[int, ...]


def series_of(entries: Sequence[Entry]) -> tuple[Series, ...]:
    """The steps of each source, those that spoke first first."""
    sources: dict[str, list[Entry]] = defaultdict(list)
    for entry in _counts(entries):
        sources[entry.source_key].append(entry)
    return tuple(
        Series(key, some[0].source, some[0].source_class, tuple(_steps(some))) for key, some in sources.items()
    )


def _counts(entries: Sequence[Entry]) -> list[Entry]:
    # Entries come as they became known, and of one moment keep that order.
    return sorted((entry for entry in entries if not entry.denied and not entry.part), key=lambda entry: entry.day)


def _steps(entries: Sequence[Entry]) -> list[Step]:
    steps: list[Step] = []
    for entry in entries:
        if steps and (steps[-1].low, steps[-1].best, steps[-1].high) == (entry.low, entry.best, entry.high):
            last = steps[-1]
            steps[-1] = Step(last.day, last.low, last.best, last.high, (*last.figures, entry.figure))
        else:
            steps.append(Step(entry.day, entry.low, entry.best, entry.high, (entry.figure,)))
    return steps


def by_day(entries: Sequence[Entry]) -> tuple[DayRange, ...]:
    """The range on each day on which something became known."""
    standing: dict[str, Entry] = {}
    found: dict[str, DayRange] = {}
    for entry in _counts(entries):
        standing.pop(entry.source_key, None)  # so that the newest word stands last
        standing[entry.source_key] = entry
        found[entry.day] = _range(entry.day, list(standing.values()))
    return tuple(found.values())


def _range(day: str, standing: Sequence[Entry]) -> DayRange:
    votes: dict[float, list[tuple[str, int]]] = defaultdict(list)
    for place, entry in enumerate(standing):
        votes[entry.best].append((entry.known, place))
    best = max(votes, key=lambda value: (len(votes[value]), max(votes[value])))
    lows, highs = [entry.low for entry in standing], [entry.high for entry in standing]
    return DayRange(
        day=day,
        low=None if None in lows else min(low for low in lows if low is not None),
        best=best,
        high=None if None in highs else max(high for high in highs if high is not None),
        figures=tuple(sorted(entry.figure for entry in standing)),
    )


def remarks_on(entries: Sequence[Entry], series: Sequence[Series]) -> tuple[Remark, ...]:
    """What changed and what differs: each source's own revisions, denials, and sources that differ at one time."""
    names = {entry.source_key: _named(entry) for entry in reversed(entries)}
    found = [remark for one in series for remark in _revisions(one, names[one.source_key])]
    found += [_denial(entry, entries) for entry in entries if entry.denied]
    found += _between_sources(_counts(entries), names)
    return tuple(found)


def _named(entry: Entry) -> str:
    if entry.source:
        name = entry.source
        return name if name[:1].isupper() or name.startswith(("a ", "an ", "the ")) else f"the {name}"
    return f"reports of {entry.outlet}" if entry.outlet else "a report"


def _revisions(series: Series, name: str) -> list[Remark]:
    found = []
    for before, after in zip(series.steps, series.steps[1:], strict=False):
        if before.best == after.best:
            continue
        kind: RemarkKind = "raised" if after.best > before.best else "lowered"
        words = f"{kind} from {before.best:g} to {after.best:g} by {name} {between(before.day, after.day)}"
        found.append(Remark(kind, words, (before.figures[-1], after.figures[0])))
    return found


def _denial(entry: Entry, entries: Sequence[Entry]) -> Remark:
    told = tuple(other.figure for other in entries if not other.denied and other.best == entry.best)
    return Remark("denied", f"{entry.best:g} denied by {_named(entry)} on {_date(entry.day)}", (*told, entry.figure))


def _between_sources(entries: Sequence[Entry], names: dict[str, str]) -> list[Remark]:
    """What the first word of a source makes of the newest of others, and sources whose words at one time have no number in common; each
    pair of sources once for each two numbers. A number that its source has revised says nothing any more, whoever repeats it."""
    standing: dict[str, Entry] = {}
    revised: dict[str, set[float]] = defaultdict(set)
    found: dict[tuple[str, str, float, float], Remark] = {}
    for entry in entries:
        own = standing.get(entry.source_key)
        if own is not None and own.best != entry.best:
            revised[entry.source_key].add(own.best)
            standing = {
                key: other for key, other in standing.items() if other.best != own.best or key == entry.source_key
            }
        newest = max(reversed(standing.values()), key=lambda other: other.known, default=None)
        for key, other in sorted(standing.items()):
            if key == entry.source_key or _agree(other, entry) or entry.best in revised[key]:
                continue
            kind = _between(own, other, entry, newest)
            pair = (key, entry.source_key, other.best, entry.best)
            turned = (entry.source_key, key, entry.best, other.best)
            if (
                kind is None
                or pair in found
                or (turned in found and (kind, found[turned].kind) == ("differ", "differ"))
            ):
                continue
            one, two = f"{other.best:g} ({names[key]})", f"{entry.best:g} ({names[entry.source_key]})"
            words = f"two sources differ: {one} and {two}, " if kind == "differ" else f"{kind} from {one} to {two} "
            found[pair] = Remark(kind, words + between(other.day, entry.day), (other.figure, entry.figure))
        standing.pop(entry.source_key, None)  # so that the newest word stands last
        standing[entry.source_key] = entry
    return list(found.values())


def _between(own: Entry | None, other: Entry, entry: Entry, newest: Entry | None) -> RemarkKind | None:
    """What an entry is to the last word of another source: they differ on one day, or where the entry's source keeps to what it said
    though the other has spoken, or both spoke within a day; what a source says for the first time later is a revision of the newest."""
    days = _apart(other, entry)
    if days == 0:
        return "differ"
    if own is None:
        return None if other is not newest else "raised" if entry.best > other.best else "lowered"
    kept = own.best == entry.best and own.day <= other.day
    return "differ" if kept or days <= _STANDS else None


def _apart(one: Entry, other: Entry) -> int:
    return abs((dt.date.fromisoformat(one.day) - dt.date.fromisoformat(other.day)).days)


def _agree(one: Entry, other: Entry) -> bool:
    """Whether one number could be what both say: what they leave open meets, or the numbers are equal."""
    low = max(one.low if one.low is not None else 0, other.low if other.low is not None else 0)
    high = min(
        one.high if one.high is not None else float("inf"), other.high if other.high is not None else float("inf")
    )
    return one.best == other.best or low <= high


def between(first: str, last: str) -> str:
    """Two days in words, their month and year said once: "between 3 and 5 May 2024"."""
    one, other = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    if one == other:
        return f"on {_date(last)}"
    if (one.year, one.month) == (other.year, other.month):
        return f"between {one.day} and {_date(last)}"
    if one.year == other.year:
        return f"between {one.day} {one:%B} and {_date(last)}"
    return f"between {_date(first)} and {_date(last)}"


def _date(day: str) -> str:
    value = dt.date.fromisoformat(day)
    return f"{value.day} {value:%B} {value.year}"
