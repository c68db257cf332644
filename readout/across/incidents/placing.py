"""Whether two claims can be of one place, and how much that says."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

from readout.across.facts import Where
from readout.across.incidents.telling import is_point

#: Points so near are one place, points a little farther apart may be, and those farther apart than the last are two.
_ONE_KM, _AROUND_KM, _TWO_KM = 3.0, 15.0, 60.0
#: A point farther from the middle of an area than this does not lie in it.
_AREA_KM = 400.0

Nearness = Literal[
    "same point", "near", "around", "same area", "within", "same country", "apart", "other country", "unknown"
]
_ORDER: tuple[Nearness, ...] = (
    "same point", "near", "same area", "around", "within", "same country", "unknown", "apart", "other country",
)  # fmt: skip


def nearness(one: Sequence[Where], other: Sequence[Where]) -> tuple[Nearness, str]:
    """How near the places of two claims are, by the two of them that are nearest, and the name of what they share."""
    best: tuple[int, str] = (_ORDER.index("unknown"), "")
    pairs = [(_ORDER.index(_near(a, b)), a.name if is_point(a) else b.name) for a in one for b in other]
    if pairs:
        best = min(pairs)
    return _ORDER[best[0]], best[1]


def elsewhere(one: Sequence[Where], other: Sequence[Where]) -> bool:
    """Whether one of two claims names a town that is none of the other's and far from all of them."""
    left, right = [place for place in one if is_point(place)], [place for place in other if is_point(place)]
    return any(
        all((kilometres(a, b) or 0) > _AROUND_KM for b in theirs)
        for ours, theirs in ((left, right), (right, left))
        for a in ours
        if theirs
    )


def _near(one: Where, other: Where) -> Nearness:
    if one.key == other.key:
        return "same point" if is_point(one) else "same country" if one.kind == "country" else "same area"
    away = kilometres(one, other)
    if is_point(one) and is_point(other):
        if away is not None:
            return (
                "near"
                if away <= _ONE_KM
                else "around"
                if away <= _AROUND_KM
                else "unknown"
                if away <= _TWO_KM
                else "apart"
            )
        return _countries(one, other, "unknown")
    if is_point(one) or is_point(other):
        wide = other if is_point(one) else one
        if wide.kind == "country":
            return _countries(one, other, "within")
        if away is not None and away > _AREA_KM:
            return "apart"
        return _countries(one, other, "within" if away is not None and away < _AREA_KM / 2 else "unknown")
    if "country" in (one.kind, other.kind):
        return _countries(one, other, "within")
    return _countries(one, other, "unknown")


def _countries(one: Where, other: Where, same: Nearness) -> Nearness:
    if one.country is None or other.country is None:
        return "unknown"
    return same if one.country == other.country else "other country"


def kilometres(one: Where, other: Where) -> float | None:
    """The distance between two places over the ground, None where one of them is nowhere on the map."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    first, second = math.radians(one.lat), math.radians(other.lat)
    turn = math.radians(other.lon - one.lon)
    step = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(turn / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(min(step, 1.0)))
