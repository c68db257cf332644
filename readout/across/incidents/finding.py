"""Incidents: what several reports tell of one happening, brought together, with the reasons for it and what they differ in.

Nothing is changed by it: every claim keeps its number, and an incident is a list of claims that can be taken apart again.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from readout.across.facts import Decision, EventFact, FigureFact, Link, ReportFacts, Where, in_order
from readout.across.incidents.candidates import candidates
from readout.across.incidents.decided import decided_pairs, kept_apart
from readout.across.incidents.evidence import Evidence, weigh
from readout.across.incidents.grouping import group
from readout.across.incidents.placing import kilometres
from readout.across.incidents.retelling import tell
from readout.across.incidents.telling import Claim, Reality, Told, is_point
from readout.across.incidents.tolls import MEASURES, Toll, wholes
from readout.types import EventType

#: Comparisons that are kept, so that few are made twice.
_KEPT = 100_000
#: Towns farther from each other than this are different places to a reader.
_APART_KM = 15.0

#: How surely claims of one report that were put together are one: of those of the wire copy that were judged by reading, so many were.
_IN_REPORT = 0.9

Said = TypeVar("Said", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Member:
    """A claim of an incident, and why it is in it.

    `event` is the claim; `twins` are all claims of the report that say the same by all, itself among them. `beside` is the number of the
    claim of the same incident that it goes with most surely, None for one that stands alone. `origin` is from whom the report comes.
    `score` is from 0 to 1, `reasons` say what spoke for and against it. `of` is the number of the claim of the same report whose result it
    is or which it tells again, None for the first. `parts` are tolls that are a part of another that the report gives.
    """

    event: EventFact
    figures: tuple[FigureFact, ...]
    tolls: tuple[Toll, ...]
    report: int
    known: str
    published: str | None
    origin: str
    identity: str
    twins: tuple[int, ...]
    beside: int | None
    rule: str
    score: float
    reasons: tuple[str, ...]
    of: int | None = None
    parts: tuple[Toll, ...] = ()


@dataclass(frozen=True, slots=True)
class TollSpread:
    """The lowest and highest number that claims of an incident give for one measure and everybody; where none does, for those that they
    name."""

    measure: str
    low: float
    high: float
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """What is said of an incident, everything that differs side by side, most often said first. Days are ISO dates, those of
    claims without a date left out; `differing` names what differs: "type", "toll", "date", "place", "actor", "recipient"."""

    types: tuple[tuple[EventType, str | None], ...]
    tolls: tuple[TollSpread, ...]
    dates: tuple[tuple[str | None, str | None], ...]
    places: tuple[Where, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    differing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening, or one thing that is planned, denied or imagined, as reports tell it.

    `id` is made of the claim that was known first, and stays while that claim is in it. `reports` counts reports, `sources` those that do
    not come from each other or from the same outlet. Claims are in the order in which they became known.
    """

    id: str
    reality: Reality
    type: EventType
    mode: str | None
    claims: tuple[Member, ...]
    reports: int
    sources: int
    spread: Spread


def find_incidents(
    reports: Iterable[ReportFacts],
    copies: Iterable[Link] = (),
    *,
    origin_of: Callable[[ReportFacts], str] | None = None,
    decisions: Iterable[Decision] = (),
) -> tuple[Incident, ...]:
    """The incidents that reports tell of, by when they were first known; what one report alone tells of is one too.

    Args:
        reports: with their claims, in any order: the same reports give the same incidents.
        copies: links between reports (by their numbers) of which one is a copy of the other, whole or in part.
        origin_of: from whom a report comes, as any text: reports of one origin are one source. Where it is not given, copies have one
            origin, and so have reports of one agency, else of one publisher; a report of which none is known is its own.
        decisions: of people, on pairs of events: those of the kind "incident" put two claims together, or keep them apart. What is to
            stay apart does, whatever was put together.
    """
    ordered = sorted(reports, key=in_order)
    links = [(min(link.first, link.second), max(link.first, link.second)) for link in copies]
    words = list(decisions)
    told, rarity = tell(ordered, kept_apart(words))
    copied = frozenset(links)
    decided = decided_pairs(told, words)

    @lru_cache(maxsize=_KEPT)
    def evidence(one: int, other: int) -> Evidence:
        if (one, other) in decided:
            return decided[one, other]
        pair = sorted((told[one].report, told[other].report))
        return weigh(told[one], told[other], rarity, copied=(pair[0], pair[1]) in copied)

    def either(one: int, other: int) -> Evidence:
        return evidence(min(one, other), max(one, other))

    # What is only imagined is nobody's plan and nobody's deed: it stays with the report that imagines it.
    real = (pair for pair in candidates(told, rarity) if told[pair[0]].reality != "imagined")
    sure = [pair for pair, word in decided.items() if word.veto is None]
    groups = group(told, real, either, sure, [pair for pair in decided if pair not in sure])
    origins = _origins(ordered, links, origin_of)
    published = {report.id: report.published for report in ordered}
    found = [_incident(told, members, either, origins, published) for members in groups]
    return tuple(sorted(found, key=lambda incident: (incident.claims[0].known, incident.id)))


def _origins(
    reports: Sequence[ReportFacts], copies: Sequence[tuple[int, int]], origin_of: Callable[[ReportFacts], str] | None
) -> dict[int, str]:
    """From whom each report comes. Copies come from the agency that one of them names, else from the one that was known first."""
    if origin_of is not None:
        return {report.id: origin_of(report) for report in reports}
    root = {report.id: report.id for report in reports}

    def find(number: int) -> int:
        while root[number] != number:
            root[number] = root[root[number]]
            number = root[number]
        return number

    for one, other in copies:
        if one in root and other in root:
            root[find(other)] = find(one)
    families: dict[int, list[ReportFacts]] = defaultdict(list)
    for report in reports:
        families[find(report.id)].append(report)
    found = {}
    for family in families.values():
        agency = next((report.agency for report in family if report.agency), None)
        first = family[0]
        name = agency or first.publisher or f"report:{first.report_id}"
        found.update(dict.fromkeys((report.id for report in family), name.casefold()))
    return found


def _incident(
    told: Sequence[Told],
    members: Sequence[int],
    weigh_two: Callable[[int, int], Evidence],
    origins: Mapping[int, str],
    published: Mapping[int, str | None],
) -> Incident:
    ordered = sorted(members, key=lambda index: (told[index].known, told[index].identity))
    claims = tuple(
        claim for index in ordered for claim in _members(told, index, ordered, weigh_two, origins, published)
    )
    return incident_of(claims, told[ordered[0]].reality)


def incident_of(claims: tuple[Member, ...], reality: Reality) -> Incident:
    """The incident that some claims are, which must be in the order in which they became known."""
    (kind, mode), _ = _most(Counter((claim.event.type, claim.event.mode) for claim in claims))
    return Incident(
        id=hashlib.sha256(f"incident\n{claims[0].identity}".encode()).hexdigest()[:16],
        reality=reality,
        type=kind,
        mode=mode,
        claims=claims,
        reports=len({claim.report for claim in claims}),
        sources=len({claim.origin for claim in claims}),
        spread=_spread(claims),
    )


def _most(said: Counter[Said]) -> tuple[Said, int]:
    return min(said.items(), key=lambda item: (-item[1], str(item[0])))


def _members(
    told: Sequence[Told],
    index: int,
    members: Sequence[int],
    weigh_two: Callable[[int, int], Evidence],
    origins: Mapping[int, str],
    published: Mapping[int, str | None],
) -> Iterator[Member]:
    """The claims of what one report tells: the first beside that of another report, the others beside the one they were put with."""
    item = told[index]
    first, *more = item.claims
    beside, evidence = None, Evidence(0.0, "alone", ("no other report tells of it",))
    others = [other for other in members if other != index]
    if others:
        found = {other: weigh_two(index, other) for other in _nearest(others, index, members)}
        best = max(found, key=lambda other: (found[other].veto is None, found[other].points, told[other].identity))
        beside, evidence = told[best].claims[0].event.id, found[best]

    def member(claim: Claim, number: int | None, rule: str, score: float, reasons: tuple[str, ...]) -> Member:
        return Member(
            event=claim.event,
            figures=claim.figures,
            tolls=claim.tolls,
            report=item.report,
            known=item.known,
            published=published[item.report],
            origin=origins[item.report],
            identity=claim.identity,
            twins=claim.twins,
            beside=number,
            rule=rule,
            score=score,
            reasons=reasons,
            of=claim.of,
            parts=claim.parts,
        )

    yield member(first, beside, evidence.rule, evidence.score if others else 1.0, evidence.reasons)
    for claim in more:
        yield member(claim, claim.of, "same report", _IN_REPORT, (claim.why,))


def _nearest(others: Sequence[int], index: int, members: Sequence[int], most: int = 60) -> Sequence[int]:
    """The claims of a large incident that were known next before and after one."""
    if len(others) <= most:
        return others
    at = list(members).index(index)
    start = max(0, min(at - most // 2, len(others) - most))
    return others[start : start + most]


def _spread(claims: Sequence[Member]) -> Spread:
    types = Counter((claim.event.type, claim.event.mode) for claim in claims)
    dates = Counter(
        (claim.event.start, claim.event.end) for claim in claims if (claim.event.start, claim.event.end) != (None, None)
    )
    places: dict[str, Where] = {}
    named: Counter[str] = Counter()
    for claim in claims:
        for place in claim.event.places:
            places.setdefault(place.key, place)
            named[place.key] += 1
    tolls = tuple(found for measure in MEASURES if (found := _toll_spread(measure, claims)))
    actors = Counter(who.name for claim in claims for who in claim.event.actors)
    recipients = Counter(who.name for claim in claims for who in claim.event.recipients)
    where = tuple(places[key] for key in _by_number(named))
    points = [place for place in where if is_point(place)]
    differing = (
        ("type", len({(claim.event.act_type, claim.event.act_mode) for claim in claims if claim.event.act_mode}) > 1),
        ("toll", any(toll.low != toll.high for toll in tolls)),
        ("date", len(dates) > 1),
        ("place", any((kilometres(points[0], place) or 0) > _APART_KM for place in points)),
        ("actor", _differ(claims, "actors")),
        ("recipient", _differ(claims, "recipients")),
    )
    return Spread(
        types=tuple(_by_number(types)),
        tolls=tolls,
        dates=tuple(_by_number(dates)),
        places=where,
        actors=tuple(_by_number(actors)),
        recipients=tuple(_by_number(recipients)),
        differing=tuple(name for name, differs in differing if differs),
    )


def _by_number(said: Counter[Said]) -> list[Said]:
    return sorted(said, key=lambda item: (-said[item], str(item)))


def _differ(claims: Sequence[Member], side: str) -> bool:
    """Whether two claims name different parties for a side."""
    named = {frozenset(who.key for who in getattr(claim.event, side)) for claim in claims if getattr(claim.event, side)}
    return len(named) > 1


def _toll_spread(measure: str, claims: Sequence[Member]) -> TollSpread | None:
    tolls = wholes(toll for claim in claims for toll in claim.tolls if toll.measure == measure)
    if not tolls:
        return None
    values = sorted({toll.best for toll in tolls})
    return TollSpread(measure, values[0], values[-1], tuple(values))
