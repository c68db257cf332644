"""Nouns for people that no list has: "homeowner", "trafficker", "separatist" (`knowledge/events/nobody.yaml`)."""

from __future__ import annotations

from functools import cache

from readout.language.document import Token
from readout.language.kept import Kept
from readout.readers.events.lexicon import nobody


def ends_like_people(token: Token) -> bool:
    """Whether a common noun has an ending of nouns for people and is none of the things that have it as well."""
    if token.pos != "NOUN" or not _ENDING[token.lower]:
        return False
    things = nobody("not_people")
    return token.lower not in things and token.lemma.lower() not in things


@cache
def _endings() -> tuple[str, ...]:
    return tuple(nobody("people_endings"))


def _ends_so(word: str) -> bool:
    return word.endswith(_endings())


_ENDING = Kept(_ends_so)
