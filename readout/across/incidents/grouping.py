"""Claims into happenings: the surest links first, and none that contradicts what is together already."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from readout.across.incidents.evidence import ENOUGH, ON_AVERAGE, Evidence
from readout.across.incidents.telling import Told

#: How many points one candidate must be ahead of the next of the same report to be preferred.
_AHEAD = 0.75
#: Claims of a group that are looked at when it is joined with another.
_LOOKED_AT = 8

Weigh = Callable[[int, int], Evidence]


def group(
    told: Sequence[Told],
    pairs: Iterable[tuple[int, int]],
    weigh: Weigh,
    sure: Sequence[tuple[int, int]] = (),
    apart: Sequence[tuple[int, int]] = (),
) -> list[list[int]]:
    """Groups of claims that are one happening, as places in the list; what is alone stands alone.

    The surest pair is joined first. Two groups are joined only where no report is in both, nothing speaks against any of their claims
    being one, and what speaks for it is enough on average. The order in which claims are given does not matter. Before all that, `sure`
    pairs are joined, whatever speaks against it; pairs that are to stay `apart` are never in one group.
    """
    links = {pair: found.points for pair in pairs if (found := weigh(*pair)).veto is None and found.points >= ENOUGH}
    links = _preferred(told, links)
    ordered = sorted(links, key=lambda pair: (-links[pair], *sorted(told[index].identity for index in pair)))
    groups = {index: [index] for index in range(len(told))}
    for one, other in (*sure, *ordered):
        left, right = groups[one], groups[other]
        if left is right or any(
            groups[a] is not groups[b] and {id(groups[a]), id(groups[b])} == {id(left), id(right)} for a, b in apart
        ):
            continue
        if (one, other) in sure or _may_join(told, left, right, weigh):
            left = heapq.merge(left, right, key=lambda index: _age(told[index]))  # type: ignore[assignment]
            joined = list(left)
            for index in joined:
                groups[index] = joined
    seen = {id(members): members for members in groups.values()}
    return list(seen.values())


def _age(item: Told) -> tuple[str, str]:
    return item.known, item.identity


def _preferred(told: Sequence[Told], links: Mapping[tuple[int, int], float]) -> dict[tuple[int, int], float]:
    """The links between claims of which each is clearly the other's among all claims of its report."""
    between: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for one, other in links:
        reports = told[one].report, told[other].report
        between[min(reports), max(reports)].append((one, other))
    return {link: links[link] for some in between.values() for link in _clear(told, some, links)}


def _clear(
    told: Sequence[Told], some: Sequence[tuple[int, int]], links: Mapping[tuple[int, int], float]
) -> Iterator[tuple[int, int]]:
    """Of the links between two reports those that no other comes near, the surest first: a claim that has its counterpart is no
    candidate for others, and one with two candidates and no reason to prefer one has none."""
    left = sorted(some, key=lambda link: (-links[link], *sorted(told[index].identity for index in link)))
    while left:
        best = left.pop(0)
        rivals = [link for link in left if set(link) & set(best) and links[best] - links[link] < _AHEAD]
        if rivals:
            gone = {index for link in rivals for index in set(link) & set(best)}
        else:
            gone = set(best)
            yield best
        left = [link for link in left if not set(link) & gone]


def _may_join(told: Sequence[Told], left: Sequence[int], right: Sequence[int], weigh: Weigh) -> bool:
    reports = {told[index].report for index in left}
    if any(told[index].report in reports for index in right):
        return False
    found = [weigh(one, other) for one in _some(left) for other in _some(right)]
    if any(evidence.veto is not None for evidence in found):
        return False
    return sum(evidence.points for evidence in found) >= ON_AVERAGE * len(found)


def _some(members: Sequence[int]) -> Sequence[int]:
    """Claims spread over a group from its first to its last."""
    if len(members) <= _LOOKED_AT:
        return members
    return [members[place * (len(members) - 1) // (_LOOKED_AT - 1)] for place in range(_LOOKED_AT)]
