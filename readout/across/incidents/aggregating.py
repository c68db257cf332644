"""One value out of those that reports of an incident differ in, by a stated rule, with the claims that it rests on.

docs/incidents.md defines every rule to the letter; a result says by which it was made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from readout.across.facts import Where
from readout.across.incidents.finding import Incident, Member
from readout.across.incidents.telling import is_point
from readout.across.incidents.tolls import MEASURES, Toll, wholes
from readout.across.source_classes import CLASSES, SourceClass, source_class, source_of
from readout.errors import UsageError

Rule = Literal["most_recent", "most_cited", "most_conservative", "median", "by_source_class"]
RULES: tuple[Rule, ...] = ("most_recent", "most_cited", "most_conservative", "median", "by_source_class")

Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True, slots=True)
class AggregatedToll:
    """How many by one rule. `low` and `high` are the ends of what the claims leave open, None where one of them has no such end."""

    measure: str
    low: float | None
    best: float
    high: float | None
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Aggregated:
    """An incident by one rule. `order` is that of the classes of sources, for the rule that has one. Days are ISO dates, None where no
    claim has a date or that end of it; `…_claims` are the numbers of the claims that a value rests on."""

    incident: str
    rule: Rule
    order: tuple[SourceClass, ...]
    tolls: tuple[AggregatedToll, ...]
    start: str | None
    end: str | None
    date_claims: tuple[int, ...]
    place: Where | None
    place_claims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Said(Generic[Value]):
    """A value that a claim gives; `place` is the claim's among those of the incident."""

    value: Value
    member: Member
    source: SourceClass
    place: int


Choose = Callable[[Sequence[_Said[Value]]], list[_Said[Value]]]


def aggregate(incident: Incident, rule: Rule, *, order: Sequence[SourceClass] = ()) -> Aggregated:
    """What an incident comes to by a rule.

    Args:
        incident: as `find_incidents` gives it.
        rule: one of RULES.
        order: for "by_source_class", the classes of sources, most believed first; classes left out are never believed.

    Raises:
        UsageError: for a rule that is none, a class that is none, or "by_source_class" without an order.
    """
    check_rule(rule, order)
    tolls = tuple(found for measure in MEASURES if (found := _toll(incident, measure, rule, order)))
    dates = [
        _Said((event.start, event.end), member, source_class(source_of(event, member.figures)), place)
        for place, member in enumerate(incident.claims)
        if (event := member.event).start is not None or event.end is not None
    ]
    (start, end), date_claims = _date(dates, rule, order)
    place, place_claims = _place(incident, rule, order)
    return Aggregated(incident.id, rule, tuple(order), tolls, start, end, date_claims, place, place_claims)


def check_rule(rule: str, order: Sequence[str]) -> None:
    """Sees that a rule is one, and that it has the classes of sources that it needs.

    Raises:
        UsageError: for a rule that is none, a class that is none, or "by_source_class" without an order.
    """
    if rule not in RULES:
        raise UsageError(f"there is no rule {rule!r}; the rules are {', '.join(RULES)}")
    if unknown := [name for name in order if name not in CLASSES]:
        raise UsageError(f"there is no class of sources {unknown[0]!r}; the classes are {', '.join(CLASSES)}")
    if rule == "by_source_class" and not order:
        raise UsageError("by_source_class needs an order of classes of sources, most believed first")


def _toll(incident: Incident, measure: str, rule: Rule, order: Sequence[SourceClass]) -> AggregatedToll | None:
    kept = wholes(toll for member in incident.claims for toll in member.tolls if toll.measure == measure)
    said = [
        _Said(
            toll, member, source_class(source_of(member.event, [f for f in member.figures if f.id in toll.figures])), n
        )
        for n, member in enumerate(incident.claims)
        for toll in member.tolls
        if toll in kept
    ]
    chosen = _chosen(said, rule, order, by=lambda toll: toll.best)
    if not chosen:
        return None
    if rule == "most_conservative":
        least = min(item.value.best for item in chosen)
        chosen = [item for item in chosen if item.value.best == least]
    best = chosen[-1].value.best
    if rule == "median":
        values = sorted(item.value.best for item in chosen)
        best = values[(len(values) - 1) // 2]
    tolls = [item.value for item in chosen]
    return AggregatedToll(measure, _least(tolls), best, _greatest(tolls), _claims(chosen))


def _least(tolls: Iterable[Toll]) -> float | None:
    lows = [toll.low for toll in tolls]
    return None if None in lows else min(low for low in lows if low is not None)


def _greatest(tolls: Iterable[Toll]) -> float | None:
    highs = [toll.high for toll in tolls]
    return None if None in highs else max(high for high in highs if high is not None)


def _claims(said: Iterable[_Said[Value]]) -> tuple[int, ...]:
    return tuple(sorted({item.member.event.id for item in said}))


def _chosen(
    said: Sequence[_Said[Value]], rule: Rule, order: Sequence[SourceClass], *, by: Callable[[Value], Hashable]
) -> list[_Said[Value]]:
    """What a rule looks at, in the order in which it became known: one saying, those of one value, or the last of each origin.

    `by` is what makes two values the same.
    """
    ordered = sorted(said, key=_age)
    if not ordered:
        return []
    if rule == "most_recent":
        return ordered[-1:]
    if rule == "by_source_class":
        believed = next((name for name in order if any(item.source == name for item in ordered)), None)
        return [item for item in ordered if item.source == believed][-1:]
    if rule == "most_cited":
        origins: dict[Hashable, set[str]] = defaultdict(set)
        for item in ordered:
            origins[by(item.value)].add(item.member.origin)
        most = max(len(found) for found in origins.values())
        last = [item for item in ordered if len(origins[by(item.value)]) == most][-1]
        return [item for item in ordered if by(item.value) == by(last.value)]
    if rule == "median":
        return sorted({item.member.origin: item for item in ordered}.values(), key=_age)
    return ordered


def _age(said: _Said[Value]) -> int:
    """Claims of an incident are in the order in which they became known, those of a report in the order of its text."""
    return said.place


Date = tuple[str | None, str | None]


def _date(said: Sequence[_Said[Date]], rule: Rule, order: Sequence[SourceClass]) -> tuple[Date, tuple[int, ...]]:
    chosen = _chosen(said, rule, order, by=lambda date: date)
    if not chosen:
        return (None, None), ()
    if rule == "most_conservative":
        starts, ends = [item.value[0] for item in chosen], [item.value[1] for item in chosen]
        start = None if None in starts else min(day for day in starts if day is not None)
        end = None if None in ends else max(day for day in ends if day is not None)
        return (start, end), _claims(chosen)
    if rule == "median":
        ordered = sorted(chosen, key=lambda item: (item.value[0] or item.value[1] or "", item.value[1] or ""))
        return ordered[(len(ordered) - 1) // 2].value, _claims(chosen)
    return chosen[-1].value, _claims(chosen)


def _place(incident: Incident, rule: Rule, order: Sequence[SourceClass]) -> tuple[Where | None, tuple[int, ...]]:
    said = [
        _Said(place, member, source_class(source_of(member.event, member.figures)), n)
        for n, member in enumerate(incident.claims)
        for place in sorted(member.event.places, key=lambda place: (_precision(place), place.key))
    ]
    # Places have no middle: the one that most name stands for it.
    chosen = _chosen(said, "most_cited" if rule == "median" else rule, order, by=lambda place: place.key)
    if not chosen:
        return None, ()
    if rule == "most_conservative":
        widest = min(_precision(item.value) for item in chosen)
        wide = [item for item in chosen if _precision(item.value) == widest]
        chosen = _chosen(wide, "most_cited", order, by=lambda place: place.key)
    return chosen[-1].value, _claims(chosen)


def _precision(place: Where) -> int:
    """How precise a place is: a country or what is wider, a region or area, a town or site."""
    if is_point(place):
        return 2
    return 0 if place.kind in ("country", "continent", "sea") else 1
