"""The measures that every task shares: pairing of spans, precision and recall, classes, errors of numbers, calibration.

They are those that `bench/README.md` defines for the public test sets.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from readout.types import Span

A = TypeVar("A")
B = TypeVar("B")

#: What a measure gives: numbers by name, nested where they are many. JSON as it is.
Figures = dict[str, Any]
#: The class of an item for which nothing was read, and of a reading that answers no item.
NONE = "NONE"


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether a span shares a code point with one of the others."""
    return any(start < span[1] and span[0] < end for start, end in others)


def any_overlap(spans: Iterable[Span], others: Sequence[Span]) -> bool:
    """Whether one of the spans shares a code point with one of the others."""
    return any(overlaps(span, others) for span in spans)


def likeness(a: Span, b: Span) -> float:
    """The Jaccard similarity of two spans over their code points, from 0 to 1."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / (max(a[1], b[1]) - min(a[0], b[0])) if shared > 0 else 0.0


def pair_up(
    gold: Sequence[A], read: Sequence[B], similarity: Callable[[A, B], float], least: float = 0.0
) -> list[tuple[int, int]]:
    """One-to-one pairs of indexes into `gold` and `read`, the most similar first; of equals, the first in order.

    A pair is one whose similarity is above 0 and at least `least`.
    """
    likely = []
    for g, wanted in enumerate(gold):
        for r, given in enumerate(read):
            value = similarity(wanted, given)
            if value > 0 and value >= least:
                likely.append((value, g, r))
    likely.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    free_gold, free_read = set(range(len(gold))), set(range(len(read)))
    pairs = []
    for _, g, r in likely:
        if g in free_gold and r in free_read:
            free_gold.remove(g)
            free_read.remove(r)
            pairs.append((g, r))
    return pairs


def share(part: float, whole: float) -> float:
    """`part` of `whole`; 0 of nothing."""
    return part / whole if whole else 0.0


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean; 0 of no values."""
    return statistics.fmean(values) if values else 0.0


def precision_recall(right: int, read: int, gold: int) -> Figures:
    """Precision `p`, recall `r` and their harmonic mean `f1`."""
    p, r = share(right, read), share(right, gold)
    return {"p": p, "r": r, "f1": share(2 * p * r, p + r)}


def by_class(gold: Sequence[str], read: Sequence[str], classes: Iterable[str]) -> dict[str, Figures]:
    """Precision, recall, F1 and support of each class that occurs in `gold`; the two sequences run side by side."""
    wanted, given = Counter(gold), Counter(read)
    right = Counter(g for g, r in zip(gold, read, strict=True) if g == r)
    return {
        name: precision_recall(right[name], given[name], wanted[name]) | {"gold": wanted[name]}
        for name in classes
        if wanted[name]
    }


def classified(gold: Sequence[str], read: Sequence[str], classes: Iterable[str]) -> Figures:
    """Accuracy, the mean F1 over the classes that occur in gold, and each class."""
    per_class = by_class(gold, read, classes)
    right = sum(g == r for g, r in zip(gold, read, strict=True))
    return {
        "accuracy": share(right, len(gold)),
        "macro_f1": mean([figures["f1"] for figures in per_class.values()]),
        "per_class": per_class,
    }


def mean_error(gold: Sequence[float], read: Sequence[float]) -> float:
    """The mean absolute difference of two sequences that run side by side."""
    return mean([abs(g - r) for g, r in zip(gold, read, strict=True)])


def correlation(gold: Sequence[float], read: Sequence[float]) -> float | None:
    """Pearson's r; None where it is undefined: fewer than two values, or all of one side the same."""
    try:
        return statistics.correlation(gold, read)
    except statistics.StatisticsError:
        return None


EARTH_RADIUS_KM = 6371.0
#: As far apart as two places on Earth can be.
FARTHEST_KM = math.pi * EARTH_RADIUS_KM

#: Latitude and longitude in degrees.
Point = tuple[float, float]


def distance_km(a: Point | None, b: Point | None) -> float:
    """The great-circle distance (haversine) in kilometres; the farthest there is where one of the two is not known."""
    if a is None or b is None:
        return FARTHEST_KM
    (lat_a, lon_a), (lat_b, lon_b) = ((math.radians(lat), math.radians(lon)) for lat, lon in (a, b))
    half = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))


def brier(stated: Sequence[float], right: Sequence[bool]) -> float:
    """The Brier score: the mean squared difference of the stated probabilities and what turned out; 0 is best."""
    return mean([(p - r) ** 2 for p, r in zip(stated, right, strict=True)])


def reliability(stated: Sequence[float], right: Sequence[bool], bins: int = 10) -> list[tuple[float, float, int]]:
    """Mean stated probability, share that was right, and number, of each of `bins` groups as large as one another.

    The groups follow the stated probability; groups of equal size leave no bin with a handful of cases. Values that are
    stated alike stay together, so a group may be larger and there may be fewer.
    """
    order = sorted(zip(stated, right, strict=True), key=lambda pair: pair[0])
    groups: list[list[tuple[float, bool]]] = []
    for n, pair in enumerate(order):
        if not groups or (n * bins // len(order) >= len(groups) and pair[0] != groups[-1][-1][0]):
            groups.append([])
        groups[-1].append(pair)
    return [(mean([p for p, _ in group]), mean([r for _, r in group]), len(group)) for group in groups]


def calibration_error(stated: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """The expected calibration error: the mean distance of stated and reached over the groups of `reliability`."""
    groups = reliability(stated, right, bins)
    return share(sum(abs(p - r) * count for p, r, count in groups), sum(count for _, _, count in groups))
