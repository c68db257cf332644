"""The words that tell of negotiations, compiled from `knowledge/negotiations/talks.yaml`."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, cast

from readout import knowledge
from readout.types import NegotiationState


def table() -> dict[str, Any]:
    """The whole file."""
    content: dict[str, Any] = knowledge.load("negotiations/talks.yaml")
    return content


@cache
def words(*names: str) -> frozenset[str]:
    """The words of one list, e.g. `words("mediators", "verbs")`."""
    value: Any = table()
    for name in names:
        value = value[name]
    return frozenset(str(item) for item in value)


@cache
def states(part: str) -> dict[str, tuple[tuple[str | None, NegotiationState], ...]]:
    """States by the lemma of a verb, noun or modifier; with the particle that must stand beside it, those first."""
    found: dict[str, list[tuple[str | None, NegotiationState]]] = {}
    for entry in table()["states"]:
        for text in entry.get(part) or ():
            lemma, _, particle = str(text).partition(" ")
            found.setdefault(lemma, []).append((particle or None, cast(NegotiationState, entry["state"])))
    return {lemma: tuple(sorted(senses, key=lambda s: s[0] is None)) for lemma, senses in found.items()}


@lru_cache(maxsize=1 << 14)  # asked for whatever a text says
def canonical_topic(text: str) -> str:
    """One spelling for a topic that has several."""
    lower = " ".join(text.lower().split())
    told = lower if text.islower() else ""
    for names in table()["same_topic"]:
        if lower in names or any(" " in name and told.endswith(f" {name}") for name in names):
            return str(names[0])  # "disputed nuclear program"
    return " ".join(text.split())


@cache
def stances() -> dict[str, tuple[tuple[str | None, str], ...]]:
    """Where somebody stands by the lemma of a verb; with the particle that must stand beside it, those first."""
    found: dict[str, list[tuple[str | None, str]]] = {}
    for stance in ("demands", "refuses", "opposes", "supports", "accepts", "offers"):
        for text in table()["stances"][stance]:
            lemma, _, particle = str(text).partition(" ")
            found.setdefault(lemma, []).append((particle or None, stance))
    return {lemma: tuple(sorted(senses, key=lambda s: s[0] is None)) for lemma, senses in found.items()}
