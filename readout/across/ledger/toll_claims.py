"""Tolls as claims of their own: what each report says was counted, of one happening or over a period, ready to be brought together."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from readout.across.facts import EventFact, FigureFact, ReportFacts, Where, Who
from readout.across.incidents.tolls import counts_people

_MONTHS = tuple(calendar.month_name)
_SINCE = re.compile(
    rf"\b[Ss]ince\b[^.;]{{0,200}}?(?:(?P<month>{'|'.join(_MONTHS[1:])})\.?,? )?(?P<year>(?:1[89]|20)\d\d)\b"
)
#: Words that say that a number is of a whole period where no date says since when.
_OVER_TIME = re.compile(
    r"\bthis year\b|\bso far\b|\bover the (?:past|last)\b|\bin the (?:past|last) \w+ (?:years|months|weeks)\b|"
    r"\b(?:br(?:ing|ings|inging|ought)) (?:the |to )",
    re.IGNORECASE,
)
_THIS_YEAR = re.compile(r"\bthis year\b|\b(?:beginning|start) of (?:the|this) year\b", re.IGNORECASE)
#: "Since" of a comparison: "the worst since".
_MOST = re.compile(
    r"\b(?:first|worst|bloodiest|deadliest|highest|biggest|largest|heaviest|most|lowest)\b[^,;.]*$", re.IGNORECASE
)
_SINCE_WORD = re.compile(r"\bsince\b", re.IGNORECASE)
#: What is so many now, since whenever it is.
_NOW = frozenset({"captive", "released", "missing"})
#: Words that say that a number comes on top of another.
_MORE_BEFORE = re.compile(r"\b(?:another|additional|further|as well as)\s+(?:\w+\s+)?$", re.IGNORECASE)
_MORE_AFTER = re.compile(r"^\s+more\b", re.IGNORECASE)
#: Words behind a number that say that it is a part of one that was told: "three *of the 31* wounded", "five *of them*".
_OF_MORE = re.compile(
    r"^\s+of\s+(?:(?:them|whom|those|these)\b|(?:the|his|her|its|their)\s+(?:other\s+|remaining\s+)?"
    r"(?:\d|(?:dead|wounded|injured|missing|victims|survivors|hostages|captives)\b))"
)
#: A number from which the same number in one report is the same toll told again.
_TELLING = 20
#: Statuses of events whose toll is of something that happened, or is said not to have.
_COUNTED = frozenset({"occurred", "ongoing", "uncertain", "denied", "not_occurring", "refused"})


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure of a toll in its report. `event` is the event that it sizes; `since` the day from which it is counted, None for the toll of
    one happening or where the period has no date; `denied` where somebody says that it is not so; `part` where it comes on top of another
    number or is a part of one."""

    report: ReportFacts
    figure: FigureFact
    event: EventFact | None
    over_time: bool
    since: str | None
    denied: bool
    part: bool


def counted_in(report: ReportFacts) -> list[Counted]:
    """The figures of tolls that a report gives, in the order of its text; those of what is only planned or imagined are left out."""
    sized: dict[int, list[EventFact]] = defaultdict(list)
    for event in report.events:
        for number in event.figures:
            sized[number].append(event)
    found: list[Counted] = []
    for figure in sorted(report.figures, key=lambda figure: figure.span):
        if not counts_people(figure, report.text):
            continue
        events = sized.get(figure.id, [])
        real = [event for event in events if event.status in _COUNTED]
        if events and not real:
            continue
        first = min(real, key=lambda event: (event.span, event.id)) if real else None
        found.append(_counted(report, figure, first, {item.figure.measure for item in found}))
    return found


def is_counted(event: EventFact) -> bool:
    """Whether a toll that stands beside an event can be its toll: an attack that happened."""
    return event.act_type == "ASSAULT" and event.status in _COUNTED


def _counted(report: ReportFacts, figure: FigureFact, event: EventFact | None, told: Set[str | None]) -> Counted:
    """`told` are the measures of which the report has told before: only what comes on top of such a number is a part."""
    over_time, since = _period(report, figure)
    before, after = report.text[max(0, figure.span[0] - 30) : figure.span[0]], report.text[figure.span[1] :][:10]
    return Counted(
        report=report,
        figure=figure,
        event=event,
        over_time=over_time,
        since=since,
        denied=event is not None and _is_denied(event),
        part=(figure.measure in told and bool(_MORE_BEFORE.search(before) or _MORE_AFTER.search(after)))
        or bool(_OF_MORE.search(report.text[figure.span[1] :][:40])),
    )


def _is_denied(event: EventFact) -> bool:
    """Whether the toll of an event is said not to be so. Of other acts that did not happen a toll is only the background."""
    return event.status == "denied" or (event.status == "not_occurring" and event.act_type == "ASSAULT")


def _period(report: ReportFacts, figure: FigureFact) -> tuple[bool, str | None]:
    """Whether a figure is over a period, and the first day of it where that is known."""
    if figure.measure in _NOW:
        return False, None
    sentence = figure.quote
    start = report.text.rfind(sentence, 0, figure.span[0] + len(sentence))
    at = figure.span[0] - start if start >= 0 else 0
    words = [match for match in _SINCE_WORD.finditer(sentence) if _of_period(sentence, match.start(), at)]
    if words:
        return True, figure.since or _since(sentence[words[0].start() :])
    if figure.since is not None and not _SINCE_WORD.search(sentence):
        return True, figure.since
    if _OVER_TIME.search(sentence):
        day = report.published or report.known[:10]
        return True, f"{day[:4]}-01-01" if _THIS_YEAR.search(sentence) else None
    return False, None


def _of_period(sentence: str, since: int, at: int) -> bool:
    """Whether a "since" is of what is counted, and neither of a comparison ("the worst since") nor of a clause in which the number stands
    ("since a bomb killed six")."""
    if _MOST.search(sentence[:since]):
        return False
    return at < since or "," in sentence[since:at]


def _since(words: str) -> str | None:
    """The first day of the period that a "since" names, from its year and, where it has one, its month."""
    found = _SINCE.search(words)
    if not found:
        return None
    month = _MONTHS.index(found["month"]) if found["month"] else 1
    return dt.date(int(found["year"]), month, 1).isoformat()


def as_claims(counted: Iterable[Counted]) -> Iterator[tuple[EventFact, tuple[Counted, ...]]]:
    """Tolls of one report as claims: those of one event, or of one sentence where no event is known, are of one happening.

    The number of such a claim is the negative number of its first figure.
    """
    for group in _groups(counted):
        first = group[0]
        event = first.event
        when = (first.since, first.since) if first.over_time else (event.start, event.end) if event else (None, None)
        yield (
            EventFact(
                id=-first.figure.id,
                type="ASSAULT",
                mode=None,
                act_type="ASSAULT",
                act_mode=event.act_mode if event else None,
                status="occurred",
                actors=event.actors if event else (),
                recipients=_people(group),
                places=_places(group),
                start=when[0],
                end=when[1],
                figures=tuple(item.figure.id for item in group),
                span=first.figure.span,
                quote=first.figure.quote,
            ),
            tuple(group),
        )


def _groups(counted: Iterable[Counted]) -> list[list[Counted]]:
    """Figures of one happening each: of one event or sentence, or the same large number told again."""
    groups: dict[object, list[Counted]] = {}
    again: dict[object, list[Counted]] = {}
    for item in counted:
        number = (item.figure.measure, item.figure.value, item.since)
        group = groups.get(_of_what(item))
        if group is None:
            group = again.get(number, []) if item.figure.value >= _TELLING else []
        group.append(item)
        groups[_of_what(item)] = again[number] = group
    return [_with_parts(group) for group in {id(group): group for group in groups.values()}.values()]


def _with_parts(group: Sequence[Counted]) -> list[Counted]:
    """Marks the smaller of several numbers that one sentence gives for one measure and population: not revisions, but parts."""
    largest: dict[object, float] = defaultdict(float)
    for item in group:
        largest[_for_whom(item)] = max(largest[_for_whom(item)], item.figure.value)
    return [item if item.figure.value == largest[_for_whom(item)] else replace(item, part=True) for item in group]


def _for_whom(item: Counted) -> object:
    return (item.figure.measure, item.figure.population, item.figure.quote)


def _of_what(item: Counted) -> object:
    if item.event is not None:
        return ("event", item.event.quote, item.event.places, item.event.start, item.event.end)
    return ("sentence", item.figure.quote)


def _people(group: Sequence[Counted]) -> tuple[Who, ...]:
    names = dict.fromkeys(_named(item) for item in group if item.figure.population)
    return tuple(Who(f"unnamed::{name.casefold()}", name) for name in names)


def _named(item: Counted) -> str:
    """A population, with the word that says that they are none of those told of before."""
    other = re.match(r"\s+others?\b", item.report.text[item.figure.span[1] :])
    return f"other {item.figure.population}" if other else item.figure.population or ""


def _places(group: Sequence[Counted]) -> tuple[Where, ...]:
    places = {item.figure.place.key: item.figure.place for item in group if item.figure.place}
    for item in group:
        if item.event:
            places.update((place.key, place) for place in item.event.places)
    return tuple(places.values())


def with_claims(report: ReportFacts, counted: Sequence[Counted]) -> tuple[ReportFacts, dict[int, tuple[Counted, ...]]]:
    """A report whose claims are its tolls, and the figures behind each claim, by the claim's number."""
    claims = list(as_claims(counted))
    return replace(report, events=tuple(event for event, _ in claims)), {event.id: items for event, items in claims}
