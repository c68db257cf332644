"""What is in a story, an incident, a ledger, a row each: the reports of a story, the claims of an incident, the numbers of a ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from readout.across.incidents.finding import Incident, Member
from readout.across.incidents.telling import is_point
from readout.across.incidents.tolls import Toll
from readout.across.ledger.making import Ledger
from readout.across.ledger.revisions import Entry
from readout.across.linking.of_stories import SourcedStory
from readout.json_values import to_json
from readout.record.claims import ReportRow
from readout.record.groups import CopyRow
from readout.types import Span


@dataclass(frozen=True, slots=True)
class _Printed:
    """The report that a row is from. `reading` is its number in the record."""

    report: str
    reading: int
    title: str | None
    publisher: str | None
    agency: str | None
    published: str | None
    known: str
    url: str | None

    def to_json(self) -> dict[str, Any]:
        """The fields as JSON values, in their order."""
        found: dict[str, Any] = to_json(self)
        return found


@dataclass(frozen=True, slots=True)
class StoryReport(_Printed):
    """A report of a story: by which rule it is in it, how well it fitted, and why; whose word it is; what it was made from, and how."""

    opening: str
    rule: str
    score: float
    reasons: tuple[str, ...]
    sources: tuple[str, ...]
    made_from: str | None
    made_how: str | None
    made_why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IncidentClaim(_Printed):
    """A claim of an incident, and why it is in it: the number of the claim that it goes with most surely, the rule, how surely, and why."""

    id: int
    type: str
    mode: str | None
    act_type: str
    act_mode: str | None
    status: str
    start: str | None
    end: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    sources: tuple[str, ...]
    places: tuple[str, ...]
    point: bool
    tolls: tuple[str, ...]
    figures: tuple[int, ...]
    quote: str
    span: Span
    origin: str
    twins: tuple[int, ...]
    beside: int | None
    rule: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LedgerNumber(_Printed):
    """A number of a ledger: who gave it, until when was counted, and in which words."""

    id: int
    as_of: str
    low: float | None
    best: float
    high: float | None
    bound: str
    source: str | None
    source_key: str
    source_class: str
    outlet: str | None
    origin: str
    denied: bool
    part: bool
    quote: str
    span: Span


def _printed(reading: int, known: str, reports: Mapping[int, ReportRow]) -> dict[str, Any]:
    row = reports.get(reading)
    names = ("title", "publisher", "agency", "published", "url")
    said = {name: getattr(row, name) if row else None for name in names}
    return {"report": row.id if row else "", "reading": reading, "known": row.known if row else known, **said}


def story_reports(
    item: SourcedStory, reports: Mapping[int, ReportRow], copies: Sequence[CopyRow] = ()
) -> tuple[StoryReport, ...]:
    """The reports of a story in the order in which they became known.

    Args:
        item: the story.
        reports: its reports, by the numbers of their readings; those that may not be shown are not there, and are left out.
        copies: which of them are made from which.
    """
    whose: dict[int, list[str]] = {}
    for source in item.sources:
        for number in source.reports:
            whose.setdefault(number, []).append(source.house)
    made = {copy.second_reading: copy for copy in sorted(copies, key=lambda copy: copy.score)}
    found = []
    for member in item.story.members:
        row = reports.get(member.report)
        if row is None:
            continue
        copy = made.get(member.report)
        found.append(
            StoryReport(
                **_printed(member.report, row.known, reports),
                opening=row.opening,
                rule=member.rule,
                score=round(member.score, 3),
                reasons=member.reasons,
                sources=tuple(whose.get(member.report, ())),
                made_from=copy.first if copy else None,
                made_how=copy.kind if copy else None,
                made_why=copy.reasons if copy else (),
            )
        )
    order = {member.report: n for n, member in enumerate(item.story.members)}
    return tuple(sorted(found, key=lambda one: (one.known, order[one.reading])))


def incident_claims(item: Incident, reports: Mapping[int, ReportRow]) -> tuple[IncidentClaim, ...]:
    """The claims of an incident in the order in which they became known; those of reports that may not be shown are left out."""
    return tuple(_claim(member, reports) for member in item.claims if member.report in reports)


def _claim(member: Member, reports: Mapping[int, ReportRow]) -> IncidentClaim:
    event = member.event
    return IncidentClaim(
        **_printed(member.report, member.known, reports),
        id=event.id,
        type=event.type,
        mode=event.mode,
        act_type=event.act_type,
        act_mode=event.act_mode,
        status=event.status,
        start=event.start,
        end=event.end,
        actors=tuple(who.name for who in event.actors),
        recipients=tuple(who.name for who in event.recipients),
        sources=tuple(who.name for who in event.sources),
        places=tuple(place.name for place in event.places),
        point=any(is_point(place) for place in event.places),
        tolls=tuple(toll_words(toll) for toll in member.tolls),
        figures=tuple(figure.id for figure in member.figures),
        quote=event.quote,
        span=event.span,
        origin=member.origin,
        twins=member.twins,
        beside=member.beside,
        rule=member.rule,
        score=round(member.score, 3),
        reasons=member.reasons,
    )


def ledger_numbers(item: Ledger, reports: Mapping[int, ReportRow]) -> tuple[LedgerNumber, ...]:
    """The numbers of a ledger in the order in which they became known; those of reports that may not be shown are left out."""
    return tuple(_number(entry, reports) for entry in item.entries if entry.report in reports)


def _number(entry: Entry, reports: Mapping[int, ReportRow]) -> LedgerNumber:
    return LedgerNumber(
        **_printed(entry.report, entry.known, reports),
        id=entry.figure,
        as_of=entry.as_of,
        low=entry.low,
        best=entry.best,
        high=entry.high,
        bound=entry.bound,
        source=entry.source,
        source_key=entry.source_key,
        source_class=entry.source_class,
        outlet=entry.outlet,
        origin=entry.origin,
        denied=entry.denied,
        part=entry.part,
        quote=entry.quote,
        span=entry.span,
    )


def toll_words(toll: Toll) -> str:
    """A toll as one claim says it: "12 killed", "12 or more killed"."""
    return f"{between(toll.low, toll.high, toll.best)} {toll.measure}"


def between(low: float | None, high: float | None, best: float | None = None) -> str:
    """What lies between two numbers, None where an end is open: "12–17", "12 or more", "20 or fewer"; where both
    are, what is about the best."""
    if low is None and high is None:
        return "open" if best is None else f"about {plain(best)}"
    if low is None or high is None:
        return f"{plain(high)} or fewer" if high is not None else f"{plain(low or 0)} or more"
    return plain(low) if low == high else f"{plain(low)}–{plain(high)}"


def plain(value: float) -> str:
    """A number with commas, whole where it is whole."""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,}"
