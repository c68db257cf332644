"""Ledgers of tolls: what was counted, by whom, and how the count changed, as a series over time with every revision named in words."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from readout.across.facts import Decision, Link, ReportFacts, Where, in_order
from readout.across.incidents.finding import Incident, find_incidents
from readout.across.incidents.telling import is_point
from readout.across.incidents.tolls import MEASURES, Group, group_of, same_people
from readout.across.ledger.revisions import DayRange, Entry, Remark, Series, by_day, remarks_on, series_of
from readout.across.ledger.toll_claims import Counted, counted_in, with_claims
from readout.across.source_classes import source_class

Kind = Literal["incident", "period"]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The toll of one happening or period, of one measure and one population, as it was counted over time.

    `population` is None for all people, else as it was first named; `people` is its broad group. `since` is the first day of a period.
    `incidents` are those whose events its figures size. `entries` are in the order in which they became known, `series` those of each
    source, `days` the lowest, best and highest number on each day on which something became known, `remarks` what changed or differs.
    """

    id: str
    kind: Kind
    measure: str
    population: str | None
    people: Group
    place: Where | None
    since: str | None
    incidents: tuple[str, ...]
    entries: tuple[Entry, ...]
    series: tuple[Series, ...]
    days: tuple[DayRange, ...]
    remarks: tuple[Remark, ...]


def make_ledger(
    reports: Iterable[ReportFacts],
    copies: Iterable[Link] = (),
    *,
    incidents: Iterable[Incident] | None = None,
    origin_of: Callable[[ReportFacts], str] | None = None,
    decisions: Iterable[Decision] = (),
) -> tuple[Ledger, ...]:
    """The ledgers of all tolls that reports give, by when they were first known.

    Tolls of one happening and tolls over a period never share a ledger; neither do two measures, nor two populations unless both are all
    people. Which tolls are of one happening is found as it is for incidents, from sentence, day, place and number.

    Args:
        reports: with their figures, in any order.
        copies: links between reports (by their numbers) of which one is a copy of the other.
        incidents: those of the same reports, where they are known already.
        origin_of: from whom a report comes, as for `find_incidents`.
        decisions: of people, on pairs of events, as for `find_incidents`: they hold for what was counted of these events, too.
    """
    whole = sorted(reports, key=in_order)
    links, words = list(copies), list(decisions)
    known = find_incidents(whole, links, origin_of=origin_of, decisions=words) if incidents is None else incidents
    of_event = {number: incident.id for incident in known for member in incident.claims for number in member.twins}
    found: list[Ledger] = []
    for kind, over_time in (("incident", False), ("period", True)):
        behind: dict[int, tuple[Counted, ...]] = {}
        told = []
        for report in whole:
            counted = [item for item in counted_in(report) if item.over_time == over_time]
            if counted:
                claims, figures = with_claims(report, counted)
                told.append(claims)
                behind.update(figures)
        for subject in find_incidents(told, links, origin_of=origin_of, decisions=_on_tolls(words, behind)):
            found += _ledgers(kind, subject, behind, of_event)  # type: ignore[arg-type]
    return tuple(sorted(found, key=lambda ledger: (ledger.entries[0].known, ledger.id)))


def _on_tolls(decisions: Iterable[Decision], behind: Mapping[int, tuple[Counted, ...]]) -> Iterator[Decision]:
    """Decisions on events as decisions on the claims that their tolls are."""
    claims = {item.event.id: claim for claim, items in behind.items() for item in items if item.event is not None}
    for decision in decisions:
        if decision.kind == "incident" and decision.first in claims and decision.second in claims:
            yield replace(decision, first=claims[decision.first], second=claims[decision.second])


def _ledgers(
    kind: Kind, subject: Incident, behind: dict[int, tuple[Counted, ...]], of_event: dict[int, str]
) -> Iterable[Ledger]:
    """The ledgers of what was counted of one happening or period: one for each measure and population."""
    items = [(item, member.origin) for member in subject.claims for number in member.twins for item in behind[number]]
    for measure in MEASURES:
        some = [(item, origin) for item, origin in items if item.figure.measure == measure]
        for population in _populations(some):
            yield _ledger(kind, subject.id, population, of_event)


def _populations(items: Sequence[tuple[Counted, str]]) -> Iterable[list[tuple[Counted, str]]]:
    """Figures of one population each. One that could be of two ("soldiers", beside those of two countries) is of neither."""
    groups: list[list[tuple[Counted, str]]] = []
    for item, origin in sorted(items, key=lambda pair: -len(pair[0].figure.population or "")):
        fitting = [g for g in groups if all(same_people(i.figure.population, item.figure.population) for i, _ in g)]
        if len(fitting) == 1:
            fitting[0].append((item, origin))
        else:
            groups.append([(item, origin)])
    return groups


def _ledger(kind: Kind, subject: str, items: Sequence[tuple[Counted, str]], of_event: dict[int, str]) -> Ledger:
    ordered = sorted(items, key=lambda pair: (in_order(pair[0].report), pair[0].figure.span, pair[0].figure.id))
    entries = tuple(_entry(*pair) for pair in ordered)
    firsts = {item.figure.id: item for item, _ in items}
    first = firsts[entries[0].figure]
    series = series_of(entries)
    incidents = {of_event[item.event.id] for item, _ in items if item.event and item.event.id in of_event}
    figure = first.figure
    named = sorted((item.since for item, _ in items if item.since), key=str)
    identity = f"ledger\n{subject}\n{figure.measure}\n{figure.population or ''}"
    return Ledger(
        id=hashlib.sha256(identity.encode()).hexdigest()[:16],
        kind=kind,
        measure=figure.measure or "",
        population=figure.population if group_of(figure.population) != "all" else None,
        people=group_of(figure.population),
        place=_place([item for item, _ in items]),
        since=named[0] if named else None,
        incidents=tuple(sorted(incidents)),
        entries=entries,
        series=series,
        days=by_day(entries),
        remarks=remarks_on(entries, series),
    )


def _entry(item: Counted, origin: str) -> Entry:
    figure, report = item.figure, item.report
    day = (report.published or report.known)[:10]
    who = figure.source or (item.event.sources[-1] if item.event and item.event.sources else None)
    return Entry(
        report=report.id,
        figure=figure.id,
        known=report.known,
        day=day,
        as_of=figure.as_of or day,
        low=figure.low,
        best=figure.value,
        high=figure.high,
        bound=figure.bound,
        source_key=who.key if who and who.key else f"report:{origin}",
        source=(who.name or None) if who else None,
        source_class=source_class(who),
        origin=origin,
        outlet=report.agency or report.publisher,
        denied=item.denied,
        part=item.part,
        span=figure.span,
        quote=figure.quote,
    )


def _place(items: Sequence[Counted]) -> Where | None:
    """Where it was counted: the place of most figures or of their events, the more precise first."""
    places: dict[str, list[Where]] = defaultdict(list)
    for item in items:
        for place in (item.figure.place, *(item.event.places if item.event else ())):
            if place is not None:
                places[place.key].append(place)
    if not places:
        return None
    key = min(places, key=lambda key: (not is_point(places[key][0]), -len(places[key]), key))
    return places[key][0]
