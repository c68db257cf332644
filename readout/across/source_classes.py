"""What kind of source somebody is, by name: those who are asked which sources to believe first are asked by these kinds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from readout.across.facts import EventFact, FigureFact, Who

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
#: The first class of which a word is in the name; "rescue" before "official", so that "a rescue official" is of the first.
_WORDS: tuple[tuple[SourceClass, str], ...] = (
    ("medical", r"hospitals?|medics?|medical|doctors?|paramedics?|ambulance|morgue|coroners?|clinic|physicians?|nurses?"),
    ("relief", r"red (?:cross|crescent)|united nations|un|unhcr|unicef|ocha|aid|relief|rescue(?:rs)?|firefighters?|civil defen[cs]e|"
               r"humanitarian|human rights|amnesty|observatory|monitors?|monitoring|ngos?|charity|médecins"),
    ("armed group", r"rebels?|militants?|guerrillas?|insurgents?|militias?|fighters|separatists?|taliban|hamas|hezbollah|liberation "
                    r"(?:army|front)"),
    ("police", r"police|gendarmerie|constable|sheriff|policem[ae]n"),
    ("military", r"army|armed forces|military|troops|navy|air force|defen[cs]e (?:ministry|minister|force|forces|department)|"
                 r"ministry of defen[cs]e|pentagon|general staff|soldiers?|generals?|colonel|commander|security forces|coast guard"),
    ("media", r"newspapers?|daily|television|tv|radio|news|agency|media|broadcaster|press|journalists?|reporters?|correspondents?"),
    ("witness", r"witness(?:es)?|eyewitness(?:es)?|residents?|locals?|survivors?|villagers?|relatives|families|neighbou?rs?|people"),
    ("government", r"government|ministry|minister|ministries|president|prime minister|governor|mayor|cabinet|authority|authorities|"
                   r"administration|presidency|parliament|premier|state|embassy|ambassador|prosecutors?|court|chancellery"),
    ("official", r"officials?|officers?|spokes(?:man|woman|person|people)|sources?"),
)  # fmt: skip
_PATTERNS = tuple((name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for name, words in _WORDS)


def source_class(who: Who | None) -> SourceClass:
    """The class of a source, "report" where nobody is named. A country that counts is its government."""
    if who is None or not who.name:
        return "report"
    for name, pattern in _PATTERNS:
        if pattern.search(who.name):
            return name
    return "government" if who.country is not None and who.key == who.country else "other"


def source_of(event: EventFact, figures: Sequence[FigureFact] = ()) -> Who | None:
    """On whose word a claim stands: who counted the first of its figures, else the innermost of the event's own sources."""
    for figure in figures:
        if figure.source is not None:
            return figure.source
    return event.sources[-1] if event.sources else None
