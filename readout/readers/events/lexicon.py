"""The reader's small words: `knowledge/events/words.yaml`."""

from __future__ import annotations

from functools import cache

from readout import knowledge


@cache
def words(name: str) -> frozenset[str]:
    """The words of one list, lower-cased."""
    return frozenset(str(word).lower() for word in knowledge.load("events/words.yaml")[name])
