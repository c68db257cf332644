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
from readout.across.incidents.tolls import MEASURES, Group, group_of, is_everybody, same_people
from readout.across.ledger.revisions import DayRange, Entry, Remark, Series, by_day, remarks_on, series_of
from readout.across.ledger.toll_claims import Counted, counted_in, is_counted, with_claims
from readout.across.source_classes import source_class

#: A number from which it is the same count where it is given for two populations.
_SEVERAL = 2

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
    known = tuple(
        find_incidents(whole, links, origin_of=origin_of, decisions=words) if incidents is None else incidents
    )
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
        subjects = find_incidents(told, links, origin_of=origin_of, decisions=_on_tolls(words, behind))
        for some in _together(subjects, behind, {} if over_time else of_event):
            found += _ledgers(kind, some, behind, of_event)  # type: ignore[arg-type]
    by_id = {incident.id: incident for incident in known}
    found = [_placed(ledger, by_id) for ledger in found]
    return tuple(sorted(found, key=lambda ledger: (ledger.entries[0].known, ledger.id)))


def _placed(ledger: Ledger, incidents: Mapping[str, Incident]) -> Ledger:
    """A ledger that has no town or site of its own with that of the incident whose events it sizes, if there is one."""
    if len(ledger.incidents) != 1 or (ledger.place is not None and is_point(ledger.place)):
        return ledger
    points = [place for place in incidents[ledger.incidents[0]].spread.places if is_point(place)]
    return replace(ledger, place=points[0]) if points else ledger


def _together(
    subjects: Sequence[Incident], behind: Mapping[int, tuple[Counted, ...]], of_event: Mapping[int, str]
) -> Iterable[list[Incident]]:
    """What was counted of one happening: tolls that tell that they are of one, and tolls of the events of one incident."""
    first: dict[str, int] = {}
    root = list(range(len(subjects)))

    def find(number: int) -> int:
        while root[number] != number:
            number = root[number]
        return number

    for number, subject in enumerate(subjects):
        for incident in sorted(_incidents(subject, behind, of_event)):
            one, other = sorted((find(number), find(first.setdefault(incident, number))))
            root[other] = one
    groups: dict[int, list[Incident]] = defaultdict(list)
    for number, subject in enumerate(subjects):
        groups[find(number)].append(subject)
    return groups.values()


def _incidents(subject: Incident, behind: Mapping[int, tuple[Counted, ...]], of_event: Mapping[int, str]) -> set[str]:
    """The incidents whose events the figures of a subject size, or beside the events of which they stand in one sentence."""
    items = [item for member in subject.claims for number in member.twins for item in behind[number]]
    found = {of_event[item.event.id] for item in items if item.event and item.event.id in of_event}
    for item in items:
        if item.event is None:
            beside = {
                of_event.get(event.id)
                for event in item.report.events
                if event.quote == item.figure.quote and is_counted(event)
            }
            found |= {name for name in beside if name is not None and len(beside) == 1}
    return found


def _on_tolls(decisions: Iterable[Decision], behind: Mapping[int, tuple[Counted, ...]]) -> Iterator[Decision]:
    """Decisions on events as decisions on the claims that their tolls are."""
    claims = {item.event.id: claim for claim, items in behind.items() for item in items if item.event is not None}
    for decision in decisions:
        if decision.kind == "incident" and decision.first in claims and decision.second in claims:
            yield replace(decision, first=claims[decision.first], second=claims[decision.second])


def _ledgers(
    kind: Kind, subjects: Sequence[Incident], behind: dict[int, tuple[Counted, ...]], of_event: dict[int, str]
) -> Iterable[Ledger]:
    """The ledgers of what was counted of one happening or period: one for each measure and population."""
    items = [
        (item, member.origin)
        for subject in subjects
        for member in subject.claims
        for number in member.twins
        for item in behind[number]
    ]
    for measure in MEASURES:
        some = [(item, origin) for item, origin in items if item.figure.measure == measure]
        for population in _populations(some):
            yield _ledger(kind, subjects[0].id, population, of_event)


def _populations(items: Sequence[tuple[Counted, str]]) -> Iterable[list[tuple[Counted, str]]]:
    """Figures of one population each. One that could be of two ("soldiers", beside those of two countries) is of neither; one of which
    the number is given for all people, too, is of all."""
    groups: list[list[tuple[Counted, str]]] = []
    for item, origin in sorted(items, key=lambda pair: -len(pair[0].figure.population or "")):
        fitting = [g for g in groups if all(_same_people(i, item) for i, _ in g)]
        if len(fitting) == 1:
            fitting[0].append((item, origin))
        else:
            groups.append([(item, origin)])
    for kind in (_of_everybody, _of_somebody):
        whole = next((group for group in groups if kind(group[0][0])), None)
        for group in [group for group in groups if whole is not None and group is not whole]:
            if whole is not None and (kind is _of_everybody or kind(group[0][0])) and _same_count(whole, group):
                whole += group
                groups.remove(group)
    return groups


def _same_people(one: Counted, other: Counted) -> bool:
    if _of_everybody(one) and _of_everybody(other):
        return True
    return same_people(one.figure.population, other.figure.population)


def _of_everybody(item: Counted) -> bool:
    return is_everybody(item.figure.population)


def _of_somebody(item: Counted) -> bool:
    return group_of(item.figure.population) == "some"


def _same_count(one: Sequence[tuple[Counted, str]], other: Sequence[tuple[Counted, str]]) -> bool:
    """Whether two populations are one: some give the same number for both, and nobody gives different ones."""
    numbers = [defaultdict(set), defaultdict(set)]  # type: list[dict[int, set[float]]]
    for found, items in zip(numbers, (one, other), strict=True):
        for item, _ in items:
            if not item.part:
                found[item.report.id].add(item.figure.value)
    shared = set().union(*numbers[0].values()) & set().union(*numbers[1].values())
    if not any(value >= _SEVERAL for value in shared):
        return False
    return all(numbers[0][report] == numbers[1][report] for report in numbers[0].keys() & numbers[1].keys())


def _ledger(kind: Kind, subject: str, items: Sequence[tuple[Counted, str]], of_event: dict[int, str]) -> Ledger:
    ordered = sorted(items, key=lambda pair: (in_order(pair[0].report), pair[0].figure.span, pair[0].figure.id))
    entries = _parts_marked([_entry(*pair) for pair in ordered])
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
        population=None if any(group_of(item.figure.population) == "all" for item, _ in items) else figure.population,
        people="all"
        if any(group_of(item.figure.population) == "all" for item, _ in items)
        else group_of(figure.population),
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


def _parts_marked(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Of what one source counted in one report the largest number is the count, and others are parts of it, or what it was before."""
    largest: dict[tuple[int, str], float] = defaultdict(float)
    for entry in entries:
        if not entry.part and not entry.denied:
            largest[entry.report, entry.source_key] = max(largest[entry.report, entry.source_key], entry.best)
    return tuple(
        entry if entry.denied or entry.best >= largest[entry.report, entry.source_key] else replace(entry, part=True)
        for entry in entries
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
