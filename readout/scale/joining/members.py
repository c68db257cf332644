"""The members of the groups of all blocks, as arrays: which are the same, and whose word on each counts."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from readout.scale.joining.rows import Place

_HASH = 16
Numbers = NDArray[np.int64]


def hashed(place: Place) -> bytes:
    """A member as so many bytes."""
    return hashlib.blake2b(f"{place[0]}\n{place[1]}\n{place[2]}".encode(), digest_size=_HASH).digest()


@dataclass(slots=True)
class Gathering:
    """Groups as they come, in the order of their blocks; a member is given with how well its block knows its report."""

    hashes: bytearray = field(default_factory=bytearray)
    reports: bytearray = field(default_factory=bytearray)
    words: array[int] = field(default_factory=lambda: array("q"))
    ends: array[int] = field(default_factory=lambda: array("q", (0,)))
    blocks: array[int] = field(default_factory=lambda: array("q"))

    def add(self, block: int, members: Iterable[tuple[Place, int]]) -> None:
        """Takes in a group of a block."""
        for place, word in members:
            self.hashes += hashed(place)
            self.reports += hashed((place[0], "", 0))[:8]
            self.words.append(word)
        self.ends.append(len(self.words))
        self.blocks.append(block)


@dataclass(frozen=True, slots=True)
class Members:
    """All members, and groups by their numbers in the order in which they came.

    Attributes:
        keys, nodes, reports, words: what each is, its group, its report, and how well its block knows that.
        order: sorts members by what they are, who knows best first; `starts` are the places there where another begins.
        homes: the home of each in that order: the group of the block that knows best.
        own: whether each, in the order in which they came, is in its home.
        blocks, ends, owned: the block of each group, where its members end, and how many of them have it for their home.
    """

    keys: NDArray[np.void]
    nodes: Numbers
    reports: NDArray[np.uint64]
    words: Numbers
    order: Numbers
    starts: Numbers
    homes: Numbers
    own: NDArray[np.bool_]
    blocks: Numbers
    ends: Sequence[int]
    owned: Numbers

    @classmethod
    def of(cls, found: Gathering) -> Members:
        """Those of the groups that came."""
        keys = np.frombuffer(found.hashes, dtype=[("a", "<u8"), ("b", "<u8")])
        sizes = _between(np.asarray(found.ends, np.int64))
        nodes = np.repeat(np.arange(len(sizes), dtype=np.int64), sizes)
        words = np.asarray(found.words, np.int64)
        order = np.lexsort((nodes, -words, keys["b"], keys["a"]))
        starts = np.flatnonzero(begins(keys[order]))
        homes = np.repeat(nodes[order][starts], _between(np.append(starts, len(order))))
        own = np.zeros(len(nodes), np.bool_)
        own[order] = nodes[order] == homes
        owned = np.bincount(nodes[own], minlength=len(sizes))
        reports = np.frombuffer(found.reports, "<u8")
        blocks = np.asarray(found.blocks, np.int64)
        return cls(keys, nodes, reports, words, order, starts, homes, own, blocks, found.ends, owned)

    def homes_of(self, places: Iterable[tuple[Place, Place]]) -> list[tuple[int, int]]:
        """The homes of pairs of members, as far as both are there."""
        wanted = list(places)
        if not wanted:
            return []
        firsts = self.order[self.starts]
        at = {self.keys[place].tobytes(): int(self.nodes[place]) for place in firsts}
        found = [(at.get(hashed(one)), at.get(hashed(other))) for one, other in wanted]
        return [(one, other) for one, other in found if one is not None and other is not None]

    def shared(self, *, alone: bool) -> tuple[Numbers, Numbers, Numbers]:
        """Groups, other groups that are the homes of members of theirs, and of how many: most first, then the largest part of both.

        `alone`: whether a member has one home alone, and not several groups of the block that knows best.
        """
        nodes = self.nodes[self.order]
        if alone:
            guests = nodes != self.homes
            ones, others = nodes[guests], self.homes[guests]
        else:
            ones, others = self._with_several(nodes)
        size = len(self.blocks)
        pairs, shared = np.unique(ones * size + others, return_counts=True)
        ones, others = pairs // max(size, 1), pairs % max(size, 1)
        sizes = _between(np.asarray(self.ends, np.int64))
        order = np.lexsort((others, ones, -(shared / (sizes[ones] + sizes[others])), -shared))
        return ones[order], others[order], shared[order]

    def _with_several(self, nodes: Numbers) -> tuple[Numbers, Numbers]:
        words = self.words[self.order]
        ones, others = array("q"), array("q")
        for start, end in pairwise((*self.starts.tolist(), len(nodes))):
            homes = [place for place in range(start, end) if words[place] == words[start]]
            for place in range(start + len(homes), end):
                for home in homes:
                    ones.append(int(nodes[place]))
                    others.append(int(nodes[home]))
        return np.asarray(ones, np.int64), np.asarray(others, np.int64)


def _between(ends: Numbers) -> Numbers:
    return ends[1:] - ends[:-1]


def begins(keys: NDArray[np.void]) -> NDArray[np.bool_]:
    """Where another begins, of what is sorted."""
    new = np.ones(len(keys), np.bool_)
    new[1:] = keys[1:] != keys[:-1]
    return new
