"""Stretches of a text found by where they stand: asked of place after place, so that no question goes through all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from itertools import accumulate

from readout.types import Span


class Stretches:
    """Which of some stretches a place or another stretch meets, by their number alone."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        known = list(spans)
        self._starts = sorted([start for start, _ in known])
        self._ends = sorted([end for _, end in known])

    def add(self, span: Span) -> None:
        """Takes one more."""
        insort(self._starts, span[0])
        insort(self._ends, span[1])

    def count_at(self, at: int) -> int:
        """How many of them hold a code point."""
        return bisect_right(self._starts, at) - bisect_right(self._ends, at)

    def meet(self, span: Span) -> bool:
        """Whether one of them shares a code point with a span."""
        return bisect_left(self._starts, span[1]) > bisect_right(self._ends, span[0])


class Holders:
    """Which of some stretches hold another one."""

    __slots__ = ("_known", "_reach", "_starts")

    def __init__(self, spans: Iterable[Span]) -> None:
        self._known = sorted([(start, end, n) for n, (start, end) in enumerate(spans)])
        self._starts = [start for start, _, _ in self._known]
        self._reach = [*accumulate([end for _, end, _ in self._known], max)]  # how far any of those up to here goes

    def around(self, span: Span) -> list[int]:
        """The places, in the order that they were given in, of those that hold a span from end to end."""
        found = []
        for k in range(bisect_right(self._starts, span[0]) - 1, -1, -1):
            if self._reach[k] < span[1]:
                break
            if self._known[k][1] >= span[1]:
                found.append(self._known[k][2])
        found.sort()
        return found
