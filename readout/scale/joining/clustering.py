"""Which groups of several blocks are one: by the members that they share, and whose word on each of these counts.

Of a report that is in several blocks one says where it belongs: the block that knows most of the days before it, then of those after it. A
group keeps the members of which its block says so, and goes with the group that has most of its others.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from readout.scale.joining.rows import Place

_HASH = 16


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for a kind of group.

    Attributes:
        alone: a member is in one group alone.
        once: two groups that both have something of one report are two.
        apart: two groups of one block are two.
    """

    alone: bool = True
    once: bool = False
    apart: bool = False


#: Stories take their reports one by one; claims of one report are of one incident only where its own block says so; a report may tell
#: of two negotiations, which are known apart by their blocks.
RULES = {
    "story": Rules(),
    "incident": Rules(once=True),
    "ledger": Rules(),
    "negotiation": Rules(alone=False, apart=True),
}


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
class Clusters:
    """What is one: `of` is the number of each group's cluster, that of its first group; `owned` says of each member, in the order in which
    they were given, whether it is its group's to tell."""

    of: NDArray[np.int64]
    owned: NDArray[np.bool_]
    ends: Sequence[int]

    def own(self, node: int) -> NDArray[np.bool_]:
        """Which of a group's members are its own to tell."""
        return self.owned[self.ends[node] : self.ends[node + 1]]


def cluster(
    found: Gathering,
    rules: Rules,
    together: Iterable[tuple[Place, Place]] = (),
    apart: Iterable[tuple[Place, Place]] = (),
) -> Clusters:
    """Puts groups together.

    Args:
        found: the groups of all blocks.
        rules: of their kind.
        together, apart: members that people put together or keep apart.
    """
    members = _members(found)
    sure = _of_people(members, together)
    unions = _Unions(members, rules, _of_people(members, apart))
    for one, other in sure:
        unions.join(one, other, sure=True)
    for node, home in _by_shared(members, rules):
        unions.attach(node, home)
    of = np.fromiter((unions.find(node) for node in range(len(found.blocks))), np.int64, len(found.blocks))
    return Clusters(of, _owned(members, of, rules), found.ends)


@dataclass(frozen=True, slots=True)
class _Members:
    """All members: sorted by what they are, who knows best first; `starts` are the places where another begins."""

    keys: NDArray[np.void]
    nodes: NDArray[np.int64]
    reports: NDArray[np.uint64]
    words: NDArray[np.int64]
    blocks: NDArray[np.int64]
    order: NDArray[np.int64]
    starts: NDArray[np.int64]
    sizes: NDArray[np.int64]
    ends: Sequence[int]
    homes: NDArray[np.int64]  # of each member, sorted, the first of its groups


def _members(found: Gathering) -> _Members:
    keys = np.frombuffer(bytes(found.hashes), dtype=[("a", "<u8"), ("b", "<u8")])
    sizes = np.diff(np.asarray(found.ends, np.int64))
    nodes = np.repeat(np.arange(len(sizes), dtype=np.int64), sizes)
    words = np.asarray(found.words, np.int64)
    order = np.lexsort((nodes, -words, keys["b"], keys["a"]))
    new = np.ones(len(order), np.bool_)
    new[1:] = keys[order][1:] != keys[order][:-1]
    starts = np.flatnonzero(new)
    lengths = np.diff(np.append(starts, len(order)))
    reports = np.frombuffer(bytes(found.reports), "<u8")
    blocks = np.asarray(found.blocks, np.int64)
    homes = np.repeat(nodes[order][starts], lengths)
    return _Members(keys, nodes, reports, words, blocks, order, starts, sizes, found.ends, homes)


def _of_people(members: _Members, pairs: Iterable[tuple[Place, Place]]) -> list[tuple[int, int]]:
    """The groups to which the members of some pairs belong."""
    wanted = list(pairs)
    if not wanted:
        return []
    firsts = members.order[members.starts]
    at = {members.keys[place].tobytes(): int(members.nodes[place]) for place in firsts}
    found = [(at.get(hashed(one)), at.get(hashed(other))) for one, other in wanted]
    return [(one, other) for one, other in found if one is not None and other is not None]


def _by_shared(members: _Members, rules: Rules) -> Iterable[tuple[int, int]]:
    """Groups and those that members of theirs belong to, by how many these are, then by how large a part of both."""
    nodes = members.nodes[members.order]
    guests = nodes != members.homes
    with_whom = np.stack([nodes[guests], members.homes[guests]])
    if not rules.alone:
        with_whom = _with_several(members, nodes)
    pairs, shared = np.unique(with_whom, axis=1, return_counts=True)
    share = shared / (members.sizes[pairs[0]] + members.sizes[pairs[1]])
    for at in np.lexsort((pairs[1], pairs[0], -share, -shared)):
        yield int(pairs[0][at]), int(pairs[1][at])


def _with_several(members: _Members, nodes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Groups and those that members of theirs belong to, which may be several of one block."""
    words = members.words[members.order]
    found: list[tuple[int, int]] = []
    for start, end in pairwise((*members.starts.tolist(), len(nodes))):
        homes = [place for place in range(start, end) if words[place] == words[start]]
        others = range(start + len(homes), end)
        found += [(int(nodes[place]), int(nodes[home])) for place in others for home in homes]
    return np.asarray(found, np.int64).reshape(-1, 2).T


class _Unions:
    """Groups that become one, as far as the rules let them."""

    def __init__(self, members: _Members, rules: Rules, apart: Sequence[tuple[int, int]]) -> None:
        self._root = list(range(len(members.sizes)))
        self._members, self._rules = members, rules
        self._attached = set[int]()
        self._held: dict[int, set[int]] = {}
        self._apart: dict[int, set[int]] = defaultdict(set)
        for one, other in apart:
            if one != other:
                self._apart[one].add(other)
                self._apart[other].add(one)
        owned = members.nodes[members.order] == members.homes
        self._own = np.zeros(len(members.nodes), np.bool_)
        self._own[members.order[owned]] = True

    def find(self, node: int) -> int:
        """The first group of those that one is together with."""
        while self._root[node] != node:
            self._root[node] = self._root[self._root[node]]
            node = self._root[node]
        return node

    def attach(self, node: int, home: int) -> None:
        """Puts a group with one that members of it belong to, unless it is with another."""
        if node not in self._attached and self.join(node, home):
            self._attached.add(node)

    def join(self, one: int, other: int, *, sure: bool = False) -> bool:
        """Puts two groups together; False where the rules forbid it."""
        first, second = sorted((self.find(one), self.find(other)))
        if first == second:
            return True
        if any(self.find(node) == second for node in self._apart.get(first, ())):
            return False
        mine, theirs = self._holding(first), self._holding(second)
        if not sure and not mine.isdisjoint(theirs):
            return False
        self._root[second] = first
        small, large = sorted((mine, theirs), key=len)
        large |= small
        self._held[first] = large
        self._held.pop(second, None)
        if second in self._apart:
            self._apart[first] |= self._apart.pop(second)
        return True

    def _holding(self, root: int) -> set[int]:
        """What no other may have to which it is joined."""
        if root not in self._held:
            own = slice(self._members.ends[root], self._members.ends[root + 1])
            if self._rules.once:
                self._held[root] = set(self._members.reports[own][self._own[own]].tolist())
            else:
                self._held[root] = {int(self._members.blocks[root])} if self._rules.apart else set()
        return self._held[root]


def _owned(members: _Members, of: NDArray[np.int64], rules: Rules) -> NDArray[np.bool_]:
    """Whose each member is: of all groups, or of those of its cluster where it may be in several."""
    found = np.zeros(len(members.nodes), np.bool_)
    if rules.alone:
        found[members.order[members.starts]] = True
        return found
    clusters = of[members.nodes]
    order = np.lexsort((members.nodes, -members.words, clusters, members.keys["b"], members.keys["a"]))
    keys, roots = members.keys[order], clusters[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (keys[1:] != keys[:-1]) | (roots[1:] != roots[:-1])
    found[order[first]] = True
    return found
