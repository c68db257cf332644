"""Claims into happenings: the surest links first, and none that contradicts what is together already."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from readout.across.incidents.accounts import may_be_retold
from readout.across.incidents.evidence import AT_LEAST, ENOUGH, IN_ALL, NEARLY, ON_AVERAGE, Evidence
from readout.across.incidents.telling import Told

#: How many points one candidate must be ahead of the next of the same report to be preferred.
_AHEAD = 0.75
#: Points from which a toll is the same number in both.
_SAME = 0.9
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
    near = {pair: found.points for pair in pairs if (found := weigh(*pair)).veto is None and found.points >= NEARLY}
    links = _preferred(told, {pair: points for pair, points in near.items() if points >= ENOUGH})
    ordered = sorted(links, key=lambda pair: (-links[pair], *sorted(told[index].identity for index in pair)))
    groups = {index: [index] for index in range(len(told))}
    for one, other in (*sure, *ordered):
        left, right = groups[one], groups[other]
        if left is right or _kept_apart(groups, left, right, apart):
            continue
        if (one, other) in sure or _may_join(told, left, right, weigh):
            left = heapq.merge(left, right, key=lambda index: _age(told[index]))  # type: ignore[assignment]
            joined = list(left)
            for index in joined:
                groups[index] = joined
    _take_in(told, groups, near, weigh, apart)
    seen = {id(members): members for members in groups.values()}
    return list(seen.values())


def _kept_apart(
    groups: Mapping[int, list[int]], left: list[int], right: list[int], apart: Sequence[tuple[int, int]]
) -> bool:
    """Whether a pair that is to stay apart would come together with two groups."""
    both = {id(left), id(right)}
    return any(
        groups[one] is not groups[other] and {id(groups[one]), id(groups[other])} == both for one, other in apart
    )


def _take_in(
    told: Sequence[Told],
    groups: dict[int, list[int]],
    near: Mapping[tuple[int, int], float],
    weigh: Weigh,
    apart: Sequence[tuple[int, int]],
) -> None:
    """Takes groups into larger ones that they fit clearly by all that they tell together, and no other nearly as well. A report may be in
    both: it may tell of a happening again, further down, where other reports say so."""
    beside: dict[int, dict[int, list[int]]] = defaultdict(dict)
    for one, other in near:
        small, large = sorted((groups[one], groups[other]), key=lambda group: _size(told, group))
        if small is not large and _size(told, large)[0] > 1:
            beside[id(small)][id(large)] = large
    of = {id(group): group for group in groups.values()}
    fitting: list[tuple[float, list[int], list[int]]] = []
    for number, some in beside.items():
        scored = sorted(
            ((_fit(told, of[number], large, weigh), large) for large in some.values()), key=lambda item: -item[0]
        )
        if scored[0][0] >= IN_ALL and (len(scored) == 1 or scored[0][0] - scored[1][0] >= _AHEAD):
            fitting.append((scored[0][0], of[number], scored[0][1]))
    for _, small, large in sorted(fitting, key=lambda item: (-item[0], *_age(told[item[1][0]]))):
        into = groups[large[0]]
        if groups[small[0]] is not small or _kept_apart(groups, small, into, apart):
            continue
        if _fit(told, small, into, weigh) >= IN_ALL:
            into += small
            into.sort(key=lambda member: _age(told[member]))
            groups.update(dict.fromkeys(small, into))


def _size(told: Sequence[Told], group: Sequence[int]) -> tuple[int, int, tuple[str, str]]:
    """How large a group is: of how many reports, of how many accounts, and of two as large the one that was known later."""
    return len({told[index].report for index in group}), len(group), _age(told[group[0]])


def _fit(told: Sequence[Told], small: Sequence[int], large: Sequence[int], weigh: Weigh) -> float:
    """The points for two groups being of one happening: of each kind the best that claims of two reports give."""
    pairs = [(one, other) for one in _some(small) for other in _some(large)]
    weighed = {pair: weigh(*pair) for pair in pairs if told[pair[0]].report != told[pair[1]].report}
    found = [evidence for evidence in weighed.values() if evidence.veto is None]
    same = [(one, other) for one in small for other in large if told[one].report == told[other].report]
    if not found or _contradicted(told, weighed):
        return -math.inf
    if len(small) > 1 and {told[index].report for index in small} <= {told[index].report for index in large}:
        return -math.inf  # reports that all tell of both keep them apart
    if any(not may_be_retold(told[one], told[other]) for one, other in same):
        return -math.inf
    if len(small) > 1 and sum(evidence.points for evidence in found) < AT_LEAST * len(found):
        return -math.inf
    return _together(found)


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
    weighed = {(one, other): weigh(one, other) for one in _some(left) for other in _some(right)}
    if _contradicted(told, weighed):
        return False
    found = [evidence for evidence in weighed.values() if evidence.veto is None]
    average = sum(evidence.points for evidence in found) / len(found)
    return average >= ON_AVERAGE or (average >= AT_LEAST and _together(found) >= IN_ALL)


def _contradicted(told: Sequence[Told], found: Mapping[tuple[int, int], Evidence]) -> bool:
    """Whether something speaks against two groups being of one happening. A number that is in both groups, or repeats one of its own that
    fits, contradicts nothing: somebody may repeat what has been revised since."""
    vetoed = {pair: evidence for pair, evidence in found.items() if evidence.veto is not None}
    return any(not (evidence.numbers and _repeated(told, pair, found)) for pair, evidence in vetoed.items())


def _repeated(told: Sequence[Told], pair: tuple[int, int], found: Mapping[tuple[int, int], Evidence]) -> bool:
    """Whether beside a claim of one group there is one with the same number, in either group, that fits the claim of the other."""
    one, other = pair
    for (left, right), evidence in found.items():
        if evidence.veto is not None or (left != one and right != other):
            continue
        repeats = (told[left], told[one]) if right == other else (told[right], told[other])
        if _same_number(*repeats):
            return True
        if dict(evidence.kinds).get("toll", 0) >= _SAME:
            return True
    return False


def _same_number(one: Told, other: Told) -> bool:
    numbers = [{(toll.measure, toll.best) for toll in told.tolls} for told in (one, other)]
    return bool(numbers[0] & numbers[1])


def _together(found: Iterable[Evidence]) -> float:
    """The points of what two groups tell together: of each kind of evidence the best that any two of their claims give."""
    best: dict[str, float] = {}
    for evidence in found:
        for kind, points in evidence.kinds:
            best[kind] = max(best.get(kind, points), points)
    return sum(best.values())


def _some(members: Sequence[int]) -> Sequence[int]:
    """Claims spread over a group from its first to its last."""
    if len(members) <= _LOOKED_AT:
        return members
    return [members[place * (len(members) - 1) // (_LOOKED_AT - 1)] for place in range(_LOOKED_AT)]
