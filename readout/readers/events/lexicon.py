"""The reader's small words: `knowledge/events/words.yaml`, and those of `nobody.yaml` beside it."""

from __future__ import annotations

from functools import cache

from readout import knowledge


@cache
def words(name: str) -> frozenset[str]:
    """The words of one list, lower-cased."""
    return frozenset(str(word).lower() for word in knowledge.load("events/words.yaml")[name])


@cache
def nobody(name: str) -> frozenset[str]:
    """The words of one list of `knowledge/events/nobody.yaml`: what is nobody, and how nouns for people end."""
    return frozenset(str(word) for word in knowledge.load("events/nobody.yaml")[name])
