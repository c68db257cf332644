"""Incidents as groups of claims."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from readout.across.incidents.finding import Incident, Member, incident_of
from readout.across.linking.kinds import Belonging, Described, Kind, Piece, Reports
from readout.across.whole import Across


def _items(across: Across) -> Sequence[Incident]:
    return across.incidents


def _pieces(member: Member) -> list[Piece]:
    """The claim of a member and its twins, the claim first."""
    others = [number for number in member.twins if number != member.event.id]
    return [Piece(member.report, "events", number) for number in (member.event.id, *others)]


def _describe(item: Incident) -> Described:
    members = tuple(
        Belonging(piece, member.rule, round(member.score, 3), member.reasons)
        for member in item.claims
        for piece in _pieces(member)
    )
    start, end = next((date for date in item.spread.dates if date[0] or date[1]), (None, None))
    days = sorted((member.published or member.known)[:10] for member in item.claims)
    first, last = start or end or days[0], end or start or days[-1]
    return Described(item.id, _title(item), first[:10], last[:10], item.reports, item.sources, members)


def _title(item: Incident) -> str:
    what = f"{item.type} {item.mode}" if item.mode else item.type
    sides = (", ".join(names[:3]) for names in (item.spread.actors, item.spread.recipients))
    who = " → ".join(side for side in sides if side)
    where = f" at {', '.join(place.name for place in item.spread.places[:3])}" if item.spread.places else ""
    return (f"{what}: {who}" if who else what) + where


def _renamed(item: Incident, key: str) -> Incident:
    return replace(item, id=key)


def _part(item: Incident, pieces: Collection[Piece], _: Reports) -> Incident:
    kept = [member for member in item.claims if _pieces(member)[0] in pieces]
    numbers = {member.event.id for member in kept}
    return incident_of(tuple(_alone(member, numbers) for member in kept), item.reality)


def _alone(member: Member, numbers: Collection[int]) -> Member:
    """A claim; where the one beside which it stood is not among those of some numbers, without the words for why it did."""
    if member.beside is None or member.beside in numbers:
        return member
    return replace(member, beside=None, rule="kept", reasons=("the claim that it goes with most surely is gone",))


def _join(items: Sequence[Incident], _: Reports) -> Incident:
    told = sorted((some for item in items for some in _told(item)), key=lambda some: (some[0].known, some[0].identity))
    return incident_of(tuple(member for some in told for member in some), items[0].reality)


def _told(item: Incident) -> Iterator[list[Member]]:
    """The claims of an incident, those that one report puts with another behind that one."""
    some: list[Member] = []
    for member in item.claims:
        if some and (member.of is None or member.report != some[0].report):
            yield some
            some = []
        some.append(member)
    yield some


INCIDENT = Kind("incident", "incidents", Incident, _items, _describe, _renamed, _part, _join, decided="incident")
