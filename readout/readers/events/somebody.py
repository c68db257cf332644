"""Whether a noun is one for people or for a body of people, by its own words."""

from __future__ import annotations

from functools import cache

from readout.language.document import Document
from readout.readers.events.lexicon import nobody
from readout.readers.events.patterns import class_members
from readout.readers.events.people import ends_like_people


def is_somebody(document: Document, i: int) -> bool:
    """Whether word `i` names people or a body of people; a name or a pronoun may."""
    token = document.tokens[i]
    if token.pos != "NOUN":
        return token.pos in ("PROPN", "PRON")
    return ends_like_people(token) or not people().isdisjoint((token.lemma.lower(), token.lower))


@cache
def people() -> frozenset[str]:
    """Nouns for people, for bodies of people, and for places and things that stand for those who run them."""
    classes = frozenset().union(*map(class_members, ("person", "troops", "group", "org")))
    return classes | nobody("bodies")
