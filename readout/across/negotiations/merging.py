"""Which strands of different reports are one negotiation."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from readout.across.negotiations.lexicon import conflicts
from readout.across.negotiations.roles import fighting
from readout.across.negotiations.strands import Strand

#: Points from which two strands are one negotiation, and the lead of one candidate over another that excludes it.
ENOUGH, _AHEAD = 3.0, 0.75
#: Days after which talks that are told of again need more than the same sides, and after which they are others.
_FADES, _OTHERS = 45, 240
#: Strands with a feature that one is compared with, those before it.
_LOOKED_AT = 25
#: Strands of a group that are looked at when it is joined with another.
_COMPARED = 8
#: Subjects of talks that are told of in each other's words: a hostage crisis ends in peace talks, and those are about power.
_KIN = (
    frozenset({"peace", "hostages", "prisoners", "power-sharing", "status", "border"}),
    frozenset({"nuclear", "peace"}),
)


@dataclass(frozen=True, slots=True)
class Kinship:
    """What speaks for two strands being one negotiation; `against` is what rules it out."""

    points: float
    reasons: tuple[str, ...]
    against: str | None = None


def merge(strands: Sequence[Strand]) -> list[list[Strand]]:
    """Groups of strands that are one negotiation; what is alone stands alone. The order in which strands are given does not matter.

    A strand is compared with those before it that share a named form, a place that names the talks, or a party. The surest pair is
    joined first, and groups only where nothing rules out that any two are one. One that could as well go with one group as with
    another that it cannot be with goes with neither.
    """
    ordered = sorted(strands, key=lambda strand: (strand.day, strand.identity))
    links: dict[tuple[int, int], Kinship] = {}
    for one, other in _candidates(ordered):
        found = weigh(ordered[one], ordered[other])
        if found.against is None and found.points >= ENOUGH:
            links[one, other] = found
    links = _clear(ordered, links)
    groups = {number: [number] for number in range(len(ordered))}
    for one, other in sorted(links, key=lambda pair: (-links[pair].points, *(ordered[n].identity for n in pair))):
        left, right = groups[one], groups[other]
        if left is not right and _may_join(ordered, left, right):
            joined = sorted(left + right)
            groups.update(dict.fromkeys(joined, joined))
    return [
        [ordered[number] for number in members] for members in {id(some): some for some in groups.values()}.values()
    ]


def _candidates(ordered: Sequence[Strand]) -> Iterator[tuple[int, int]]:
    having: dict[str, list[int]] = defaultdict(list)
    for number, strand in enumerate(ordered):
        seen = {other for feature in _features(strand) for other in having[feature][-_LOOKED_AT:]}
        yield from ((other, number) for other in sorted(seen))
        for feature in _features(strand):
            having[feature].append(number)


def _features(strand: Strand) -> list[str]:
    found = [f"form:{strand.form}"] if strand.form else []
    found += [f"place:{place}" for place in strand.places]
    keys = sorted({side.key for side in strand.sides | strand.near})
    found += [f"sides:{one}+{other}" for one, other in combinations(keys, 2)]
    found += [f"side:{side.key}:{strand.subject}" for side in strand.sides | strand.near]
    found += [f"mediator:{naming.who.key}" for naming in strand.namings if naming.role == "mediator"]
    return sorted(set(found))


def weigh(one: Strand, other: Strand) -> Kinship:
    """What speaks for and against two strands being one negotiation."""
    apart = abs((dt.date.fromisoformat(one.day) - dt.date.fromisoformat(other.day)).days)
    if one.form and other.form and one.form != other.form:
        return Kinship(0.0, (), "talks of different numbers of sides")
    if one.subject != other.subject and not _kin(one, other):
        return Kinship(
            0.0,
            (),
            f"one is about {one.subject or 'something else'}, the other about {other.subject or 'something else'}",
        )
    if one.report.id == other.report.id and one.subject != other.subject:
        return Kinship(0.0, (), "one report tells of both")
    if apart > _OTHERS:
        return Kinship(0.0, (), f"{apart} days apart")
    points, reasons = 0.0, []
    for value, reason in (*_names(one, other), *_sides(one, other), *_others(one, other)):
        points += value
        reasons.append(reason)
    if any(value <= -9 for value, _ in _sides(one, other)):
        return Kinship(0.0, (), next(reason for value, reason in _sides(one, other) if value <= -9))
    if apart > _FADES:
        points -= 1.5
        reasons.append(f"{apart} days apart")
    return Kinship(round(points, 2), tuple(reasons))


def _kin(one: Strand, other: Strand) -> bool:
    if one.subject is None or other.subject is None:
        return bool(one.form and one.form == other.form) or len(_keys(one) & _keys(other)) > 1
    pair = {one.subject, other.subject}
    if one.form and one.form == other.form:
        return True
    return any(pair <= some for some in _KIN[:1]) and len(_keys(one) & _keys(other)) > 1


def _keys(strand: Strand) -> frozenset[str]:
    return frozenset(side.key for side in strand.sides)


def _names(one: Strand, other: Strand) -> Iterator[tuple[float, str]]:
    if one.form and one.form == other.form:
        yield 3.0, f"both are {one.form}-party talks"
    places = one.places & other.places
    if places:
        named = sorted({place.where.name for place in one.report.places if place.where.key in places})
        yield 2.0, f"both talks are named by {', '.join(named)}"
    names = sorted(set(map(str.casefold, one.names)) & set(map(str.casefold, other.names)))
    telling = [name for name in names if len(name.split()) > 2 and not one.form]
    if telling:
        yield 1.0, f'"{telling[0]}" in both'


def _sides(one: Strand, other: Strand) -> Iterator[tuple[float, str]]:
    mine, theirs = one.sides, other.sides
    shared = {side for side in mine if side.key in _keys(other)}
    if len(shared) > 1:
        yield 3.5, f"the same parties: {_said(shared)}"
    elif len(shared) == 1:
        (side,) = shared
        beyond = (one.near | mine) & (other.near | theirs) - shared
        foes = {found for found in beyond if fighting(side, found)}
        known = {found for strand in (one, other) for found in strand.sides if fighting(side, found)}
        if not foes and known and one.rebels and other.rebels:
            yield 2.5, f"the same party, and both speak of rebels: {_said(shared)}"
        elif foes:
            yield 3.0, f"the same party, and both speak of its foe: {_said(shared | foes)}"
        elif len(mine) > 1 and len(theirs) > 1:
            yield -10.0, f"{_said(mine)} in one and {_said(theirs)} in the other"
        else:
            more = {found for found in beyond if found in mine or found in theirs}
            yield (
                (3.0 if more else 1.5),
                f"the same party: {_said(shared)}" + (f", and both speak of {_said(more)}" if more else ""),
            )
    elif len(mine) > 1 and len(theirs) > 1:
        yield -10.0, f"{_said(mine)} in one and {_said(theirs)} in the other"
    else:
        yield from _near(one, other)
    yield from _own(one, other)
    yield from _own(other, one)
    groups = [{side.key for side in some if side.kind == "group"} for some in (mine, theirs)]
    countries = [{side.country for side in some if side.kind == "group"} for some in (mine, theirs)]
    if all(groups) and not groups[0] & groups[1] and countries[0] & countries[1]:
        yield -10.0, "other groups negotiate"


def _own(one: Strand, other: Strand) -> Iterator[tuple[float, str]]:
    """A country's own peace talks, named by it alone, are those with its rebels."""
    named = {side for phrase in one.phrases for side in phrase.sides}
    if len(named) == 1 and one.subject in conflicts() and len(other.sides) > 1:
        (side,) = named
        foes = {found for found in other.sides if found.kind == "group" and found.country in (None, side.country)}
        if side in other.sides and foes and not foes & one.sides:
            yield 2.5, f"talks of {side.name}, and in the other of {_said(foes | {side})}"


def _near(one: Strand, other: Strand) -> Iterator[tuple[float, str]]:
    """Where a report does not say who the parties are: whom its sentences about the talks speak of."""
    mine, theirs = one.sides | one.near, other.sides | other.near
    both = mine & theirs
    if any(fighting(a, b) for a, b in combinations(sorted(both), 2)):
        yield 3.0, f"both speak of {_said(both)}, who fight"
    elif (named := one.sides or other.sides) and len(both & named) > 1 and len(named) == 2:
        yield 3.0, f"the parties of one stand beside the talks in the other: {_said(both & named)}"
    elif len(both) > 3 or (len(both) > 1 and one.subject not in conflicts()):
        yield 2.5, f"both speak of {_said(both)}"
    elif one.subject not in conflicts() and any(side.kind == "body" for side in both):
        yield 2.5, f"both are talks of {_said({side for side in both if side.kind == 'body'})}"
    elif len(both) > 1:
        yield 1.0, f"both speak of {_said(both)}"


def _others(one: Strand, other: Strand) -> Iterator[tuple[float, str]]:
    if one.subject == other.subject and one.subject is not None:
        yield 0.5, f"both are about {one.subject}"
    mediators = [{n.who.key: n.who.name for n in strand.namings if n.role == "mediator"} for strand in (one, other)]
    shared = sorted(mediators[0].keys() & mediators[1].keys())
    if shared:
        yield 1.0, f"the same mediator: {mediators[0][shared[0]]}"


def _said(sides: frozenset | set) -> str:  # type: ignore[type-arg]
    return ", ".join(sorted(side.name for side in sides))


def _clear(ordered: Sequence[Strand], links: dict[tuple[int, int], Kinship]) -> dict[tuple[int, int], Kinship]:
    """The links without those of a strand to two others that cannot be one and of which neither is clearly nearer."""
    of: dict[int, list[int]] = defaultdict(list)
    for one, other in links:
        of[one].append(other)
        of[other].append(one)
    unclear: set[tuple[int, int]] = set()
    for number, others in of.items():
        ranked = sorted(others, key=lambda other: (-_points(links, number, other), ordered[other].identity))
        best = ranked[0]
        for other in ranked[1:]:
            if _points(links, number, best) - _points(links, number, other) >= _AHEAD:
                break
            if weigh(ordered[best], ordered[other]).against is not None:
                unclear |= {_pair(number, best), _pair(number, other)}
    return {pair: found for pair, found in links.items() if pair not in unclear}


def _pair(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


def _points(links: dict[tuple[int, int], Kinship], one: int, other: int) -> float:
    return links[_pair(one, other)].points


def _may_join(ordered: Sequence[Strand], left: Sequence[int], right: Sequence[int]) -> bool:
    """Whether nothing rules out that the strands of two groups nearest in time are one."""
    return all(
        weigh(ordered[one], ordered[other]).against is None for one in left[-_COMPARED:] for other in right[-_COMPARED:]
    )
