"""What kind of source somebody is, by name: those who are asked which sources to believe first are asked by these kinds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from readout.across.facts import EventFact, FigureFact, Who
from readout.knowledge import load

SourceClass = Literal[
    "medical",
    "relief",
    "police",
    "military",
    "government",
    "armed group",
    "witness",
    "media",
    "official",
    "other",
    "report",
]
#: All classes: "official" is an official of whom no more is said, "other" anybody else with a name, "report" the report's own word.
CLASSES: tuple[SourceClass, ...] = (
    "medical", "relief", "police", "military", "government", "armed group", "witness", "media", "official", "other", "report",
)  # fmt: skip


@cache
def _patterns() -> tuple[tuple[SourceClass, re.Pattern[str]], ...]:
    """The words of each class, in the order in which classes are tried."""
    return tuple(
        (entry["class"], re.compile(rf"\b(?:{'|'.join(map(re.escape, entry['words']))})\b", re.IGNORECASE))
        for entry in load("across/sources.yaml")
    )


def source_class(who: Who | None) -> SourceClass:
    """The class of a source, "report" where nobody is named. A country that counts is its government."""
    if who is None or not who.name:
        return "report"
    for name, pattern in _patterns():
        if pattern.search(who.name):
            return name
    return "government" if who.country is not None and who.key == who.country else "other"


def source_of(event: EventFact, figures: Sequence[FigureFact] = ()) -> Who | None:
    """On whose word a claim stands: who counted the first of its figures, else the innermost of the event's own sources."""
    for figure in figures:
        if figure.source is not None:
            return figure.source
    return event.sources[-1] if event.sources else None
