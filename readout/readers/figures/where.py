"""Where something was counted: the place that the words around a number name."""

from __future__ import annotations

from collections.abc import Container
from functools import cache
from typing import NamedTuple

from readout import knowledge
from readout.language.document import Document, bits_of
from readout.readers.figures.counted import listed
from readout.readers.figures.money import moneys

_OBLIQUE = bits_of("obl", "nmod")
#: How deep in a phrase a place is looked for: "in an attack on a village in Benue State".
_DEPTH = 4
_NAMING = ("compound", "flat", "appos", "nmod:desc")


class Named(NamedTuple):
    """Places by the head words of the mentions that name them as places, and those of them that are no states or continents."""

    all: dict[int, int]
    towns: dict[int, int]


def place_of(document: Document, head: int, places: Named, actors: Container[int]) -> int | None:
    """The place of the clause of a counted noun: in a phrase below it or below what governs it, the nearest first; else in the subject.

    Args:
        document: the parsed document.
        head: the noun counted, or the number.
        places: the places that the document names.
        actors: the head words of those who act: where they are from says nothing of where they act.
    """
    if not places.all:
        return None
    chain = _governors(document, head)
    found = next((place for governor in chain if (place := _below(document, governor, places, 0)) is not None), None)
    if found is not None and found in places.towns.values():
        return found
    subject = document.child(chain[-1], "nsubj")
    if subject is None or document.tokens[chain[-1]].pos != "VERB" or head in document.subtree(subject):
        return found
    if subject in actors and document.lemmas[subject].lower() not in _sites():
        return found
    nearer = _below(document, subject, places, 1)  # "in India, a stampede at a temple in *Haridwar* killed 8"
    return nearer if found is None or nearer in places.towns.values() else found


def _governors(document: Document, head: int) -> list[int]:
    """A noun and what it hangs on, up to the verb, and the verb to which that one is joined."""
    chain = [head]
    for i in document.ancestors(head):
        chain.append(i)
        if document.tokens[i].pos == "VERB":
            break
    verb = chain[-1]
    first = document.tokens[verb].head
    if (
        document.relations[verb] == "conj"
        and document.tokens[first].pos == "VERB"
        and document.child(verb, "nsubj") is None
    ):
        chain.append(first)
    return chain


def _below(document: Document, governor: int, places: Named, depth: int) -> int | None:
    """The place in a phrase that hangs on a word by a preposition of place; a town before the state that is named with it."""
    if not document.below[governor] & _OBLIQUE:
        return None
    wide = None
    for child in document.children(governor, "obl", "nmod"):
        if _is_locative(document, governor, child):
            found = _named(document, child, places, depth)
            if found is not None and found in places.towns.values():
                return found
            wide = found if wide is None else wide
    return wide


def _is_locative(document: Document, governor: int, child: int) -> bool:
    preposition = document.preposition(child)
    if preposition is None:
        return False
    if preposition == "of":
        return document.lemmas[governor] in _sites()
    if preposition == "from":
        return document.lemmas[governor] in ("toll", "dead", "casualty")
    return preposition in listed("place_prepositions") or preposition in ("on", "off", "along", "over")


def _named(document: Document, head: int, places: Named, depth: int) -> int | None:
    """The place that a phrase is or names: "*Zabul* province", "the city of *Kharkiv*", "a school in *Gaza City*"."""
    if head in places.all:
        return places.all[head]
    if depth >= _DEPTH:
        return None
    for child in document.children(head, *_NAMING) if document.lemmas[head] not in _measures() else ():
        if child in (places.all if document.relations[child] == "appos" else places.towns):
            return places.all[child]
    found = _below(document, head, places, depth + 1)
    if found is None and (document.lemmas[head] in _sites() or document.tokens[head].pos == "PROPN"):
        owner = document.child(head, "nmod:poss")
        found = places.all.get(owner) if owner is not None else None
    return found


@cache
def _measures() -> frozenset[str]:
    """Nouns before which a name tells of which state's money it is, and not where: "at 165 Singapore cents"."""
    return listed("quantities") | frozenset(moneys())


@cache
def _sites() -> frozenset[str]:
    """Nouns for places, of which "of" may name which one."""
    return listed("sites") | frozenset(knowledge.load("places/words.yaml")["site_nouns"])
