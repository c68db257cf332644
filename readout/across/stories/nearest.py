"""Which of the last reports share most with one, found by their features."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

import numpy as np

from readout.across.stories.features import Vector


@dataclass(frozen=True, slots=True)
class _Having:
    """The last reports that have a feature, by their ranks, and how much of it. Plain arrays: most features are in very few reports."""

    ranks: array[int] = field(default_factory=lambda: array("q"))
    weights: array[float] = field(default_factory=lambda: array("d"))


class Nearest:
    """Reports in the order in which they came, found by what they share, which is added up in one go for all that have any of it."""

    def __init__(self, looked_at: int) -> None:
        """`looked_at`: how many of the last reports with a feature are found by it."""
        self._looked_at = looked_at
        self._having: dict[str, _Having] = {}
        self._numbers: list[int] = []  # by rank
        self._ranks: dict[int, int] = {}
        self._known = bytearray()  # by rank, 1 while a report is not forgotten
        self._first = 0  # the rank before which all are forgotten

    def take(self, number: int, vector: Vector) -> None:
        """Take a report in."""
        rank = self._ranks[number] = len(self._numbers)
        self._numbers.append(number)
        self._known.append(1)
        for feature, weight in vector.items():
            having = self._having.get(feature)
            if having is None:
                having = self._having[feature] = _Having()
            having.ranks.append(rank)
            having.weights.append(weight)
            if len(having.ranks) > 2 * self._looked_at:
                del having.ranks[: -self._looked_at]
                del having.weights[: -self._looked_at]

    def forget(self, number: int) -> None:
        """Let a report be found no more."""
        self._known[self._ranks.pop(number)] = 0
        while self._first < len(self._known) and not self._known[self._first]:
            self._first += 1

    def to(self, vector: Vector, most: int) -> list[int]:
        """The numbers of the reports that share most with features, by the products of their weights; of equals the first that came."""
        last = slice(-self._looked_at, None)
        shared = [(weight, having) for feature, weight in vector.items() if (having := self._having.get(feature))]
        if not shared:
            return []
        ranks = np.concatenate([np.frombuffer(having.ranks, dtype=np.int64)[last] for _, having in shared])
        weights = np.concatenate([weight * np.frombuffer(having.weights)[last] for weight, having in shared])
        recent = ranks >= self._first
        totals = np.bincount(ranks[recent] - self._first, weights[recent])
        known = np.frombuffer(self._known, dtype=np.uint8)[self._first : self._first + totals.size]
        found = np.flatnonzero((totals > 0) & (known > 0))
        if found.size > most:
            found = found[totals[found] >= np.partition(totals[found], -most)[-most]]
        ordered = found[np.argsort(-totals[found], kind="stable")][:most]
        return [self._numbers[rank + self._first] for rank in ordered.tolist()]
