"""Plans followed up: what was planned, proposed, asked for or threatened, and what is known of it on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from readout.across.facts import Link, ReportFacts, Where
from readout.across.incidents import Incident, find_incidents, find_outcomes
from readout.across.incidents.finding import Member
from readout.across.incidents.outcomes import plan_days
from readout.across.novelty.words import day_in_words
from readout.types import EventType, Span, Status

#: "confirmed" was reported as happened; "cancelled", "refused" and "postponed" are told; of the others the day has passed and nothing was
#: told ("overdue"), is to come ("pending"), or was never named ("open").
State = Literal["confirmed", "cancelled", "refused", "postponed", "overdue", "pending", "open"]
STATES: tuple[State, ...] = ("confirmed", "cancelled", "refused", "postponed", "overdue", "pending", "open")


@dataclass(frozen=True, slots=True)
class Told:
    """A claim on which a plan or its outcome rests, with its sentence."""

    report: int
    claim: int
    known: str
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Something that was ahead, and what became of it as far as it was known on the day `as_of`.

    `id` is that of its incident. `start` and `end` are its days as it was told last, None where no day to come was named; `moved_to`
    is the first day on which it is to take place now, where it was postponed to one. `claims` tell it; `outcome` tells what became of
    it. `rule`, `score` (0 to 1) and `reasons` say why that is its outcome, or, where nothing is told, why the state is what it is.
    """

    id: str
    state: State
    as_of: str
    type: EventType
    mode: str | None
    status: Status
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    places: tuple[Where, ...]
    start: str | None
    end: str | None
    moved_to: str | None
    claims: tuple[Told, ...]
    outcome: Told | None
    rule: str
    score: float
    reasons: tuple[str, ...]


def find_plans(
    reports: Iterable[ReportFacts],
    copies: Iterable[Link] = (),
    *,
    as_of: str | None = None,
    incidents: Iterable[Incident] | None = None,
) -> tuple[Plan, ...]:
    """Everything that was ahead, with what became of it, by its day; what has none last, by when it was first known.

    Args:
        reports: with their claims, in any order.
        copies: links between reports (by their numbers) of which one is a copy of the other.
        as_of: the day (ISO) at whose end is looked back; reports that became known later are left out. The day of the last report where
            it is not given.
        incidents: those of the same reports, where they are known already; not used where `as_of` leaves reports out.
    """
    whole = list(reports)
    day = as_of or max((report.known[:10] for report in whole), default="")
    known = [report for report in whole if report.known[:10] <= day]
    found = find_incidents(known, copies) if incidents is None or len(known) < len(whole) else list(incidents)
    first = {incident.claims[0].event.id: incident for incident in found}
    ends: dict[int, list[Link]] = {}
    for link in find_outcomes(found, known):
        ends.setdefault(link.first, []).append(link)
    plans = [
        _plan(incident, ends.get(incident.claims[0].event.id, ()), first, day)
        for incident in found
        if incident.reality == "ahead"
    ]
    return tuple(sorted(plans, key=lambda plan: (plan.end is None, plan.end or "", plan.claims[0].known, plan.id)))


def _plan(incident: Incident, links: Sequence[Link], first: Mapping[int, Incident], as_of: str) -> Plan:
    start, end = (_iso(day) for day in plan_days(incident))
    link = _last(links, first)
    outcome = first[link.second] if link is not None else None
    state = _ended(link) if link is not None else _waiting(end, as_of)
    moved_to = _new_day(outcome, end) if outcome is not None and state == "postponed" else None
    last, spread = incident.claims[-1].event, incident.spread
    return Plan(
        id=incident.id,
        state=state,
        as_of=as_of,
        type=incident.claims[0].event.act_type,
        mode=incident.claims[0].event.act_mode,
        status=last.status,
        actors=spread.actors,
        recipients=spread.recipients,
        places=spread.places,
        start=start,
        end=end,
        moved_to=moved_to,
        claims=tuple(_told(member) for member in incident.claims),
        outcome=_told(outcome.claims[0]) if outcome is not None else None,
        rule=link.rule if link is not None else "its day" if end else "no day",
        score=link.score if link is not None else 1.0,
        reasons=(_in_words(incident, state, start, end, outcome, moved_to, as_of), *(link.reasons if link else ())),
    )


def _told(member: Member) -> Told:
    return Told(member.report, member.event.id, member.known, member.event.span, member.event.quote)


def _last(links: Sequence[Link], first: Mapping[int, Incident]) -> Link | None:
    """The last word on a plan: what was put off may yet happen, and what happened was neither dropped nor put off."""
    done = [link for link in links if link.kind == "came about"]
    return max(done or links, key=lambda link: (first[link.second].claims[0].known, link.score), default=None)


def _ended(link: Link) -> State:
    if link.kind == "came about":
        return "confirmed"
    if link.kind == "was put off":
        return "postponed"
    return "refused" if link.rule == "refused" else "cancelled"


def _waiting(end: str | None, as_of: str) -> State:
    if end is None:
        return "open"
    return "overdue" if end < as_of else "pending"


def _new_day(outcome: Incident, end: str | None) -> str | None:
    """The day to which something was postponed: one that the sentence names, after the report and the day that was planned."""
    for member in outcome.claims:
        day = member.event.start
        if day is not None and day > (member.published or member.known)[:10] and (end is None or day != end):
            return day
    return None


def _in_words(
    incident: Incident,
    state: State,
    start: str | None,
    end: str | None,
    outcome: Incident | None,
    moved_to: str | None,
    as_of: str,
) -> str:
    status = incident.claims[-1].event.status
    when = f"{status} for {_days(start, end)}" if start and end else f"{status}, no day named"
    told = f"{when}, first told on {day_in_words(incident.claims[0].known)}"
    if outcome is not None:
        on = day_in_words(outcome.claims[0].known)
        verb = {"confirmed": "reported as happened"}.get(state, f"reported as {state}")
        return f"{told}; {verb} on {on}" + (f", now for {day_in_words(moved_to)}" if moved_to else "")
    if state == "overdue":
        return f"{told}; nothing told of it by {day_in_words(as_of)}"
    return f"{told}; still to come on {day_in_words(as_of)}" if state == "pending" else told


def _days(start: str, end: str) -> str:
    return day_in_words(start) if start == end else f"{day_in_words(start)} to {day_in_words(end)}"


def _iso(day: int | None) -> str | None:
    return None if day is None else dt.date.fromordinal(day).isoformat()
