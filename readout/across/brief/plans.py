"""What is planned: for after the period, and what was planned for the period with what became of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from readout.across.brief.ground import Ground, words_of
from readout.across.brief.labels import is_ahead, labels_of
from readout.across.brief.passages import Passage, day_of, lead_of, sentences_of, stands_alone
from readout.across.brief.shape import Line
from readout.across.brief.weighing import weight_of
from readout.across.facts import EventFact, ReportFacts
from readout.across.incidents import find_outcomes

#: What a plan weighs at least; how many days before the end of the period one without a date is still fresh.
_LEAST, _FRESH = 3.0, 3
#: A date that is longer than this is no day to wait for.
_LONG, _SHORT, _LONGEST = 31, 7, 200
#: Words that say when.
_TIME = re.compile(
    r"\b(?:\w+day|Jan\w*|Feb\w*|Mar(?:ch)?|Apr\w*|May|June?|July?|Aug\w*|Sept?\w*|Oct\w*|Nov\w*|Dec\w*|next|tomorrow|today|tonight|"
    r"later this|this (?:week|month|year)|(?:in|within) \w+ (?:days|weeks|months)|\d{4})\b"
)
_TODAY = re.compile(r"\b(?:today|tonight|later)\b")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = re.compile("|".join(_WEEKDAYS))
#: How alike a later sentence is that could tell what became of a plan.
_COULD_BE = 0.2


@dataclass(frozen=True, slots=True)
class Plan:
    """What somebody means to do: the event, and the passage that says so."""

    event: EventFact
    passage: Passage
    weight: float

    @property
    def days(self) -> tuple[str | None, str | None]:
        """Its first and its last day. A plan is for no day before that on which it is told: such a date, or one that is long where the
        words name a weekday, was read wrongly, and the weekday's next day stands for it."""
        start, end = self.event.start or self.event.end, self.event.end or self.event.start
        told_on = _WEEKDAYS[dt.date.fromisoformat(day_of(self.passage.report)).weekday()]
        if not _TIME.search(self.passage.words.replace(told_on, "")):
            return None, None  # a day that another sentence gives may be of another plan
        told, named = day_of(self.passage.report), _weekdays(self.passage)
        if (start, end) == (told, told) and not _TODAY.search(self.passage.words):
            start = end = None  # the day on which it is told
        if (
            end is not None
            and end >= told
            and (_days(start, end) <= _SHORT or not named)
            and _days(start, end) <= _LONGEST
        ):
            return start, end
        if len(named) != 1:
            return None, None
        day = dt.date.fromisoformat(told)
        found = (day + dt.timedelta(days=(named[0] - day.weekday()) % 7)).isoformat()
        return found, found


def _weekdays(passage: Passage) -> list[int]:
    """The weekdays that a passage names, but for that of its report."""
    named = {_WEEKDAYS.index(found) for found in _WEEKDAY.findall(passage.words)}
    return sorted(named - {dt.date.fromisoformat(day_of(passage.report)).weekday()})


def plans_of(ground: Ground) -> list[Plan]:
    """The plans that reports of the period tell as their news, each once."""
    found: list[Plan] = []
    for report in ground.period:
        for passage in passages_of(report):
            weight = weight_of(passage)
            event = is_ahead(passage)
            if event is not None and weight is not None and weight >= _LEAST:
                found.append(Plan(event, passage, weight))
    found.sort(key=lambda plan: (-plan.weight, _latest(plan.passage.report), plan.passage.report.id, plan.passage.span))
    kept: list[Plan] = []
    for plan in found:
        if not any(ground.same(plan.passage, other.passage) for other in kept):
            kept.append(plan)
    return kept


def passages_of(report: ReportFacts) -> Iterator[Passage]:
    """The sentences of a report that can be read without the others."""
    lead = lead_of(report)
    if lead is not None:
        yield lead
    yield from (passage for passage in sentences_of(report) if not passage.first and stands_alone(passage))


def _latest(report: ReportFacts) -> tuple[int, ...]:
    return tuple(-ord(letter) for letter in day_of(report))


def ahead(ground: Ground, plans: Iterable[Plan], most: int) -> tuple[Line, ...]:
    """What is planned for after the period, by its day; without a day, what was told of in its last days."""
    dated, undated = [], []
    fresh = (dt.date.fromisoformat(ground.until) - dt.timedelta(days=_FRESH - 1)).isoformat()
    for plan in plans:
        start, end = plan.days
        if (start or "") > ground.until or (
            (end or "") > ground.until and (start or "9") > ground.since and _days(start, end) <= _LONG
        ):
            dated.append(plan)
        elif start is None and end is None and day_of(plan.passage.report) >= fresh:
            undated.append(plan)
    dated = sorted(dated[:most], key=lambda plan: (plan.days[0] or "", plan.days[1] or "", -plan.weight))
    chosen = [*dated, *undated[: max(0, most - len(dated))]]
    return tuple(_line(ground, plan) for plan in chosen)


def _days(start: str | None, end: str | None) -> int:
    if start is None or end is None:
        return 0
    return (dt.date.fromisoformat(end[:10]) - dt.date.fromisoformat(start[:10])).days


def _line(ground: Ground, plan: Plan, *labels: str) -> Line:
    kept = [label for label in labels_of(plan.passage) if label != "planned"]
    return ground.line(plan.passage, head=_when(plan), labels=(*labels, *kept))


def _when(plan: Plan) -> str:
    start, end = plan.days
    return f"{start}" if start == end and start else f"{start} to {end}" if start else ""


def due(ground: Ground, plans: Sequence[Plan], most: int) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """What was planned for a day of the period: what came about, or did not, as a later report says; and what no report tells of since.

    Where a later report may well tell of it but does not surely, it is in neither.
    """
    outcomes = {link.first: link for link in find_outcomes(ground.across.incidents, ground.across.reports.values())}
    events = {event.id: (event, report) for report in ground.period for event in report.events}
    came, still_open = [], []
    for plan in plans:
        start, end = plan.days
        if end is None or not ground.since <= end <= ground.until or _days(start, end) > _LONG:
            continue
        incident = ground.incidents.get(plan.event.id)
        link = outcomes.get(incident.claims[0].event.id) if incident else None
        if link is not None and link.second in events:
            event, report = events[link.second]
            if (told := passage_at(report, event)) is not None:
                came.append(ground.line(told, head=f"planned for {_when(plan)}", labels=(link.kind, *labels_of(told))))
        elif link is None and not _could_be_told(ground, plan):
            still_open.append(_line(ground, plan))
    return tuple(came[:most]), tuple(still_open[:most])


def _could_be_told(ground: Ground, plan: Plan) -> bool:
    """Whether a later report of the period speaks of much the same."""
    mine = words_of(plan.passage.words)
    told = day_of(plan.passage.report)
    return any(
        ground.alike(mine, words_of(f"{report.title or ''} {report.text[:500]}")) >= _COULD_BE
        for report in ground.period
        if day_of(report) >= told and report.id != plan.passage.report.id
    )


def passage_at(report: ReportFacts, event: EventFact) -> Passage | None:
    """The sentence of an event, if it can be read without the others."""
    return next(
        (passage for passage in passages_of(report) if passage.span[0] <= event.span[0] < passage.span[1]), None
    )


__all__ = ["Plan", "ahead", "due", "passage_at", "passages_of", "plans_of"]
