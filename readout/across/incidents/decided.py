"""What people decided on pairs of claims, as evidence that outweighs all other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from readout.across.facts import Decision
from readout.across.incidents.evidence import Evidence
from readout.across.incidents.telling import Told

#: Points of a person's word: more than all that a sentence can say.
_SURE = 100.0


def kept_apart(decisions: Iterable[Decision]) -> frozenset[frozenset[int]]:
    """The pairs of events, by their numbers, that are to stay apart."""
    pairs = {frozenset((item.first, item.second)): item.together for item in decisions if item.kind == "incident"}
    return frozenset(pair for pair, together in pairs.items() if not together)


def decided_pairs(told: Sequence[Told], decisions: Iterable[Decision]) -> dict[tuple[int, int], Evidence]:
    """The evidence of decisions on pairs of claims, by their places in the list, the smaller first; a later decision on the same pair
    holds. Decisions of other kinds and on other claims are left out, as are those on claims that are one by all."""
    places = {
        number: place
        for place, item in enumerate(told)
        for claim in item.claims
        for number in (claim.event.id, *claim.twins)
    }
    found: dict[tuple[int, int], Evidence] = {}
    for decision in decisions:
        one, other = places.get(decision.first), places.get(decision.second)
        if decision.kind != "incident" or one is None or other is None or one == other:
            continue
        veto = None if decision.together else (decision.why or "somebody keeps them apart")
        points = _SURE if decision.together else 0.0
        found[min(one, other), max(one, other)] = Evidence(points, decision.rule, decision.reasons, veto)
    return found
