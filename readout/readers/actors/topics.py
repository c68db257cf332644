"""What bodies and offices are for or over: "health", "customs", "foreign affairs"."""

from __future__ import annotations

from functools import cache

from readout.readers.actors.registry import ministries
from readout.readers.actors.words import is_portfolio, vocabulary


@cache
def is_topic(word: str) -> bool:
    """Whether a body can be for what a lower-case word names: "health", "customs"."""
    return word in ministries() or is_portfolio(word) or word in vocabulary("topics")
