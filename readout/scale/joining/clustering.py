"""Which groups of several blocks are one: by the members that they share, and whose word on each of these counts.

Of a report that is in several blocks one says where it belongs, its home: the block that knows most of the days before it, then of those
after it. A group goes with the one that is the home of most of its other members. With a further one it goes where more blocks put these
two together than keep them apart, or where one block puts together all that is at home in both.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readout.scale.joining.members import Gathering, Members, Numbers, begins
from readout.scale.joining.rows import Place


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for a kind of group.

    Attributes:
        alone: a member is in one group alone.
        once: two groups at which something of one report is at home are two.
        apart: two groups of one block are two.
    """

    alone: bool = True
    once: bool = False
    apart: bool = False


#: Claims of one report are of one incident only where its own block says so. A report may tell of two negotiations, and so be in two: its
#: blocks alone know them apart.
RULES = {
    "story": Rules(),
    "incident": Rules(once=True),
    "ledger": Rules(),
    "negotiation": Rules(alone=False, apart=True),
}


@dataclass(frozen=True, slots=True)
class Clusters:
    """What is one: `of` is the number of each group's cluster, that of one of its groups; `owned` says of each member, in the order in
    which they were given, whether it is its group's to tell."""

    of: Numbers
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
        together, apart: members that people put together, whatever speaks against it, or keep apart.
    """
    members = Members.of(found)
    unions = _Unions(members, rules, members.homes_of(apart))
    for one, other in members.homes_of(together):
        unions.join(one, other, sure=True)
    ones, others, shared = members.shared(alone=rules.alone)
    for node, home in zip(ones.tolist(), others.tolist(), strict=True):
        unions.attach(node, home)
    for one, other in _agreed(members, ones, others, shared):
        unions.join(one, other)
    of = np.fromiter((unions.find(node) for node in range(len(found.blocks))), np.int64, len(found.blocks))
    return Clusters(of, members.own if rules.alone else _told_in(members, of), found.ends)


def _told_in(members: Members, of: Numbers) -> NDArray[np.bool_]:
    """Of members that may be in several clusters which are told in each by the block that knows best."""
    found = np.zeros(len(members.nodes), np.bool_)
    clusters = of[members.nodes]
    order = np.lexsort((members.nodes, -members.words, clusters, members.keys["b"], members.keys["a"]))
    roots, first = clusters[order], begins(members.keys[order])
    first[1:] |= roots[1:] != roots[:-1]
    found[order[first]] = True
    return found


def _agreed(members: Members, ones: Numbers, others: Numbers, shared: Numbers) -> Iterator[tuple[int, int]]:
    """Pairs of groups that blocks agree on, those of most blocks first."""
    counts = np.bincount(ones, minlength=len(members.blocks)) + (members.owned > 0)
    between = counts[ones] > 1  # those that have members of several homes
    wanted = np.unique(np.concatenate([others[between], ones[between]]))
    near = np.isin(others, wanted)
    having: dict[int, dict[int, int]] = defaultdict(dict)  # by home: the groups with so many of its members
    for node, home, many in zip(ones[near].tolist(), others[near].tolist(), shared[near].tolist(), strict=True):
        having[home][node] = many
    for home in wanted.tolist():
        if members.owned[home]:
            having[home][home] = int(members.owned[home])
    pairs: set[tuple[int, int]] = set()
    middle: dict[int, int] = {}
    for node, home in zip(ones[between].tolist(), others[between].tolist(), strict=True):
        centre = middle.setdefault(node, node if members.owned[node] else home)
        if home != centre:
            pairs.add((min(centre, home), max(centre, home)))
    agreed = ((_votes(members, having, *pair), pair) for pair in pairs)
    for _, pair in sorted((-votes, pair) for votes, pair in agreed if votes):
        yield pair


def _votes(members: Members, having: dict[int, dict[int, int]], one: int, other: int) -> int:
    """How many blocks put two groups together, where they outweigh those that keep them apart; else 0."""
    mine, theirs = having[one], having[other]
    both = mine.keys() & theirs.keys()
    together = {int(members.blocks[node]) for node in both}
    known = {int(members.blocks[node]) for node in mine} & {int(members.blocks[node]) for node in theirs}
    whole = any(mine[node] == members.owned[one] and theirs[node] == members.owned[other] for node in both)
    return len(together) if whole or 2 * len(together) > len(known) else 0


class _Unions:
    """Groups that become one, as far as the rules let them."""

    def __init__(self, members: Members, rules: Rules, apart: Sequence[tuple[int, int]]) -> None:
        self._root = array("q", range(len(members.blocks)))
        self._members, self._rules = members, rules
        self._attached = bytearray(len(members.blocks))
        self._held: dict[int, set[int]] = {}
        self._apart: dict[int, set[int]] = defaultdict(set)
        for one, other in apart:
            if one != other:
                self._apart[one].add(other)
                self._apart[other].add(one)

    def find(self, node: int) -> int:
        """The group that stands for those that one is together with."""
        while self._root[node] != node:
            self._root[node] = self._root[self._root[node]]
            node = self._root[node]
        return node

    def attach(self, node: int, home: int) -> None:
        """Puts a group with one that is the home of members of it, unless it is with another."""
        if not self._attached[node] and self.join(node, home):
            self._attached[node] = True

    def join(self, one: int, other: int, *, sure: bool = False) -> bool:
        """Puts two groups together; False where the rules forbid it."""
        first, second = sorted((self.find(one), self.find(other)))
        if first == second:
            return True
        if any(self.find(node) == second for node in self._apart.get(first, ())):
            return False
        if self._is_bare(first):
            first, second = second, first
        if not self._is_bare(second):
            mine, theirs = self._holding(first), self._holding(second)
            if not sure and not mine.isdisjoint(theirs):
                return False
            small, large = sorted((mine, theirs), key=len)
            large |= small
            self._held[first] = large
            self._held.pop(second, None)
        self._root[second] = first
        if second in self._apart:
            self._apart[first] |= self._apart.pop(second)
        return True

    def _is_bare(self, root: int) -> bool:
        """Whether there is nothing that keeps any other from being put together with what a group stands for."""
        if self._rules.once:
            return root not in self._held and not self._members.owned[root]
        return not self._rules.apart

    def _holding(self, root: int) -> set[int]:
        """What no other may have with which it is put together."""
        if root not in self._held:
            members = self._members
            here = slice(members.ends[root], members.ends[root + 1])
            reports = set(members.reports[here][members.own[here]].tolist())
            self._held[root] = reports if self._rules.once else {int(members.blocks[root])}
        return self._held[root]
