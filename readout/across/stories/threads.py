"""How reports are put into threads, one moment after another."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from readout.across.copies.wording import day_of
from readout.across.facts import Decision, ReportFacts
from readout.across.stories.decided import Decided
from readout.across.stories.features import Features, Vector, features_of, likeness, vector_of
from readout.across.stories.nearest import Nearest

JOINS = 0.15  # the fit from which a report joins a thread
JOINS_ONE = 0.18  # the same for a thread of one report: two alone may share no more than a place and a courtesy
MERGES = 0.2  # the fit to both of two threads, and of these to each other, from which they become one
_FADES = 20  # days after which a fit is worth 1/e of what it was
_FORGOTTEN = 20  # days without a report, after which a thread takes no more
_LOOKED_AT = 60  # the last reports that have a feature; older ones are behind newer of their thread
_COMPARED = 30  # reports that are compared in full, those that share most first
_WIDEST = 400  # features of a thread's centre
_REASONS = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A report's place in a thread: how well it fitted, and why; by which rule."""

    report: int
    score: float
    reasons: tuple[str, ...]
    rule: str


@dataclass(slots=True)
class Thread:
    """Reports in the order in which they came, and what they have in common: `centre`, the sum of their features."""

    number: int
    places: list[Place] = field(default_factory=list)
    centre: dict[str, float] = field(default_factory=dict)
    length: float = 0.0  # of the centre
    latest: int = 0  # the day of the last report
    merged: list[int] = field(default_factory=list)  # the first reports of threads that became part of this one

    def take(self, place: Place, vector: Vector, day: int) -> None:
        """Take a report in."""
        self.places.append(place)
        self.latest = max(self.latest, day)
        self._widen(vector)

    def absorb(self, other: Thread) -> None:
        """Become one with a younger thread."""
        self.merged += [other.places[0].report, *other.merged]
        self.places += other.places
        self.latest = max(self.latest, other.latest)
        self._widen(other.centre)

    def _widen(self, vector: Vector) -> None:
        for feature, weight in vector.items():
            self.centre[feature] = self.centre.get(feature, 0.0) + weight
        if len(self.centre) > _WIDEST:
            self.centre = dict(sorted(self.centre.items(), key=lambda item: (-item[1], item[0]))[: _WIDEST // 2])
        self.length = math.sqrt(math.fsum(weight * weight for weight in self.centre.values()))


@dataclass(frozen=True, slots=True)
class _Known:
    """A report that has its place."""

    vector: Vector
    day: int


class Threads:
    """Threads so far. Reports must be taken moment by moment, as they became known."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._decided = Decided(decisions)
        self._threads: dict[int, Thread] = {}
        self._of: dict[int, int] = {}  # a report's thread
        self._ids: dict[int, str] = {}  # a report's id, in the order in which they came
        self._rank: dict[int, int] = {}  # which in that order
        self._known: dict[int, _Known] = {}  # those that may still be looked at
        self._nearest = Nearest(_LOOKED_AT)
        self._spread: Counter[str] = Counter()
        self._total = 0
        self._today = 0

    def all(self) -> tuple[Thread, ...]:
        """The threads, in the order in which they began."""
        return tuple(self._threads[number] for number in sorted(self._threads))

    def take(self, moment: Sequence[ReportFacts], copies: Mapping[int, Collection[int]]) -> None:
        """Give each of the reports of one moment, in their order, its place.

        How rare a feature is, is known from all reports up to this moment, this one included.
        """
        features = [features_of(report) for report in moment]
        for found in features:
            self._spread.update(found.weights.keys())
        self._total += len(moment)
        for report, found in zip(moment, features, strict=True):
            self._place(report, found, copies.get(report.id, ()))
        self._forget(max(day_of(report).toordinal() for report in moment))

    def _place(self, report: ReportFacts, features: Features, copies: Iterable[int]) -> None:
        vector = vector_of(features.weights, self._spread, self._total)
        day = day_of(report).toordinal()
        barred = {self._of[other] for other in self._decided.apart(report.id) if other in self._of}
        thread, place = self._put(report, barred) or self._copied(report, copies, barred) or (None, None)
        if thread is None or place is None:
            fits = [fit for fit in self._fits(vector, day) if fit[1] not in barred]
            thread = self._joined(fits)
            score, rule = (round(fits[0][0], 2), "shared features") if thread.places else (1.0, "first")
            place = Place(report.id, score, self._reasons(thread, vector, features, day), rule)
        thread.take(place, vector, day)
        self._of[report.id] = thread.number
        self._rank[report.id] = len(self._rank)
        self._ids[report.id] = report.report_id
        self._known[report.id] = _Known(vector, day)
        self._nearest.take(report.id, vector)

    def _put(self, report: ReportFacts, barred: Collection[int]) -> tuple[Thread, Place] | None:
        """Where a person put a report: into the thread of another, or of several, which become one then."""
        found: Thread | None = None
        why: Decision | None = None
        for decision, other in self._decided.together(report.id):
            number = self._of.get(other)
            if number is None or number in barred:
                continue
            thread = self._threads[number]
            if found is None or why is None:
                found, why = thread, decision
            elif found is not thread and not self._kept_apart(found, thread):
                found = self._one_of(found, thread)
        return None if found is None or why is None else (found, Place(report.id, 1.0, why.reasons, why.rule))

    def _copied(
        self, report: ReportFacts, copies: Iterable[int], barred: Collection[int]
    ) -> tuple[Thread, Place] | None:
        """Where the original of a copy went."""
        originals = (number for number in copies if number in self._of and self._of[number] not in barred)
        original = min(originals, key=self._rank.__getitem__, default=None)
        if original is None:
            return None
        reasons = (f"made from the words of report {self._ids[original]}",)
        return self._threads[self._of[original]], Place(report.id, 1.0, reasons, "copy")

    def _kept_apart(self, one: Thread, other: Thread) -> bool:
        return self._decided.bars({place.report for place in one.places}, {place.report for place in other.places})

    def _one_of(self, one: Thread, other: Thread) -> Thread:
        older, younger = sorted((one, other), key=lambda thread: thread.number)
        older.absorb(self._threads.pop(younger.number))
        self._of.update(dict.fromkeys((place.report for place in younger.places), older.number))
        return older

    def _fits(self, vector: Vector, day: int) -> list[tuple[float, int]]:
        """How well a report fits the threads that it may join, the best first, the older first where two are as good."""
        near: dict[int, list[float]] = defaultdict(list)
        for number in self._nearest.to(vector, _COMPARED):
            other = self._known[number]
            apart = abs(day - other.day)
            if apart <= _FORGOTTEN:
                near[self._of[number]].append(likeness(vector, other.vector) * math.exp(-apart / _FADES))
        fits = [(self._fit(self._threads[number], vector, day, found), number) for number, found in near.items()]
        joins = [fit for fit in fits if fit[0] >= (JOINS if len(self._threads[fit[1]].places) > 1 else JOINS_ONE)]
        return sorted(joins, key=lambda item: (-item[0], item[1]))

    def _fit(self, thread: Thread, vector: Vector, day: int, near: list[float]) -> float:
        """Half how alike a report is to the two reports of a thread that are nearest to it, half how alike to all of it."""
        two = min(2, len(thread.places))
        nearest = sum(sorted(near, reverse=True)[:two]) / two
        middle = likeness(vector, thread.centre) / thread.length * math.exp(-max(0, day - thread.latest) / _FADES)
        return round((nearest + middle) / 2, 9)

    def _joined(self, fits: Sequence[tuple[float, int]]) -> Thread:
        """The thread that a report joins: the one it fits best, one that is made of two, or a new one."""
        if not fits:
            number = len(self._of)
            self._threads[number] = Thread(number)
            return self._threads[number]
        best = self._threads[fits[0][1]]
        if len(fits) < 2 or fits[1][0] < MERGES:
            return best
        other = self._threads[fits[1][1]]
        if likeness(best.centre, other.centre) / (best.length * other.length) < MERGES:
            return best
        return best if self._kept_apart(best, other) else self._one_of(best, other)

    def _reasons(self, thread: Thread, vector: Vector, features: Features, day: int) -> tuple[str, ...]:
        if not thread.places:
            return ("the first report of it",)
        common = {
            feature: weight * thread.centre[feature] for feature, weight in vector.items() if feature in thread.centre
        }
        most = sorted(common, key=lambda feature: (-common[feature], feature))
        words = _said(most, features)
        gap = day - thread.latest
        when = (
            "on the day of its last report"
            if gap <= 0
            else f"{gap} {'day' if gap == 1 else 'days'} after its last report"
        )
        return (f"shares {', '.join(words)}", when) if words else (when,)

    def _forget(self, day: int) -> None:
        """Let go of reports that are too old to be looked at: memory grows with the reports of some weeks, not of all years."""
        if day <= self._today:
            return
        self._today = day
        old = [number for number, known in self._known.items() if known.day < day - 2 * _FORGOTTEN]
        for number in old:
            del self._known[number]
            self._nearest.forget(number)


def _said(most: Iterable[str], features: Features) -> list[str]:
    """The first features as a report writes them, none that another says already ("Jintao" beside "Hu Jintao"). Kinds of events have no
    words of their own."""
    said: list[str] = []
    for feature in most:
        name = features.written.get(feature, "")
        if not name or any(name.casefold() in other.casefold() for other in said):
            continue
        said = [*(other for other in said if other.casefold() not in name.casefold()), name]
        if len(said) == _REASONS:
            break
    return said
