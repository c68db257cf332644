"""The words by which a tree is known to hang wrong: the lists of `knowledge/trees.yaml`."""

from __future__ import annotations

from functools import cache

from readout import knowledge


@cache
def known(name: str) -> frozenset[str]:
    """The words of one list."""
    return frozenset(str(word) for word in knowledge.load("trees.yaml")[name])
