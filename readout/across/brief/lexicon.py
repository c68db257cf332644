"""The words by which a brief tells what its sentences are, from `readout/knowledge/across/brief_words.yaml`."""

from __future__ import annotations

import re
from functools import cache

from readout.knowledge import load


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The pattern of an entry, by its name."""
    entry = next(entry for entry in load("across/brief_words.yaml") if entry["name"] == name)
    words = rf"\b(?:{'|'.join(entry['words'])})\b"
    return re.compile(words, re.IGNORECASE if entry.get("case") == "any" else 0)


def names() -> tuple[str, ...]:
    """The names of all entries."""
    return tuple(entry["name"] for entry in load("across/brief_words.yaml"))
