"""What a noun can be called: by the names of a class of nouns, alone or with the word before it."""

from __future__ import annotations

from readout.language.document import Document
from readout.language.memory import once
from readout.readers.events.people import ends_like_people
from readout.readers.lookup import calendar_words

#: The class of proper nouns: `{name}`.
NAME = "{name}"
#: Stands in the class `person` for the nouns for people that no list has.
PEOPLE = "{people}"


def noun_is(document: Document, i: int, names: frozenset[str]) -> bool:
    """Whether noun `i`, alone or with the word before it, is one of `names`."""
    return not names.isdisjoint(names_of(document, i))


@once
def names_of(document: Document, i: int) -> frozenset[str]:
    """Everything that noun `i` can be called, alone or with the word before it."""
    token = document.tokens[i]
    alone = frozenset((token.lemma.lower(), token.lower))
    if not document.dependents[i] and token.pos not in ("NOUN", "PROPN") and token.tag != "NNPS":
        return alone
    personal = token.pos == "PROPN" and bool(document.children(i, "flat"))  # "Bill Clinton" is no bill
    found = set() if personal else set(alone)
    if token.tag == "NNPS":
        found.add(token.lower.removesuffix("s"))  # "Afghans"
    if ends_like_people(token):
        found.add(PEOPLE)
    if token.pos == "PROPN" and token.lower not in calendar_words():
        found.add(NAME)
    if token.pos == "PROPN":  # "King Olav" is a king
        found.update(document.tokens[c].lower for c in document.children(i, "compound", "nmod:desc") if c < i)
    for c in document.children(i, "compound", "amod", "flat", "nummod"):
        found.update(f"{document.tokens[c].lower} {form}" for form in alone)
    return frozenset(found)
