"""Nouns for people that no list has: "homeowner", "trafficker", "separatist" (`knowledge/events/nobody.yaml`)."""

from __future__ import annotations

from functools import cache
from typing import Any

from readout import knowledge
from readout.language.document import Token


@cache
def _words(name: str) -> frozenset[str]:
    content: dict[str, Any] = knowledge.load("events/nobody.yaml")
    return frozenset(str(word) for word in content[name])


def ends_like_people(token: Token) -> bool:
    """Whether a common noun has an ending of nouns for people and is none of the things that have it as well."""
    if token.pos != "NOUN" or not token.lower.endswith(tuple(_words("people_endings"))):
        return False
    return not {token.lemma.lower(), token.lower} & _words("not_people")
