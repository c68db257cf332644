"""Names of offices as lists write them, in the form that knowledge/actors uses: "President of Peru" is "president"."""

from __future__ import annotations

import re
from functools import cache

from readout.readers.actors.registry import canonical_role, ministries
from readout.readers.actors.states import find_state

_OVER = re.compile(r"minister (?:of|for) (?:the )?(\w+)")
_FORBIDDEN = re.compile(r"[@\n]|\d{4}")


@cache
def plain_role(name: str, country: str | None) -> str | None:
    """The office without its state, in small letters; None where it is no office that can be kept.

    Args:
        name: "Minister of Defence of Ukraine", "United States Secretary of State", "prime minister".
        country: the state, alpha-3, whose name is left out; a name of another state stays.
    """
    words = name.split()
    if not words or len(words) > 14 or _FORBIDDEN.search(name) or not all(w.isascii() or w.isalpha() for w in words):
        return None
    words = _without_state(words, country)
    if not words:
        return None
    role = canonical_role(" ".join(words), country)
    over = _OVER.fullmatch(role)
    return f"{over[1]} minister" if over and over[1] in ministries() else role


def _without_state(words: list[str], country: str | None) -> list[str]:
    spaces = [True] * len(words)
    for at in range(len(words)):
        found = find_state(words, spaces, at, len(words)) if words[at][:1].isupper() else None
        if found is None or found[1].country != country or country is None or found[1].use == "capital":
            continue
        before = at
        while before and words[before - 1].lower() in ("of", "the"):
            before -= 1
        if before == 0 or before < at:
            return [*words[:before], *words[at + found[0] :]]
    return words
