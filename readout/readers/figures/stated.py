"""What verbs, states and nouns say happened to somebody: the tables of measures, asked by word."""

from __future__ import annotations

from functools import cache

from readout import knowledge
from readout.language.document import Document
from readout.readers.figures.counted import is_person, listed

_TAKING = frozenset({"take", "hold", "keep", "seize"})
TAKEN = frozenset({"captive", "hostage", "prisoner"})
#: States that a noun counted may say by itself.
STATES = frozenset({"dead", "wounded", "injured", "missing"})
#: Words between a verb and what completes it: "lost their *lives*".
_REACH, _FAR = 7, 10


@cache
def table(kind: str) -> dict[str, str]:
    """The measures by the words of one kind: `passive`, `active`, `state`, `nouns`."""
    book = knowledge.load("figures/words.yaml")["measures"]
    return {word: measure for measure, entry in book.items() for word in entry[kind]}


def verb_measure(document: Document, i: int, passive: bool) -> str | None:
    """What a verb does to its patient (`passive`), or says of its subject: with its particle or complement first."""
    token = document.tokens[i]
    if (
        token.lemma == "pull"
        and passive
        and "alive" in document.words[i + 1 : min(i + _REACH, document.sentence(i).last)]
    ):
        return "released"
    if (
        token.lemma in ("force", "drive")
        and passive
        and "homes" in document.words[i + 1 : min(i + _FAR, document.sentence(i).last)]
    ):
        return "displaced"
    known = table("passive" if passive else "active")
    for near in range(i + 1, min(i + _REACH, document.sentence(i).last)):
        measure = _completed(document, known, i, near)
        if measure:
            return measure
        if document.tokens[near].lemma in TAKEN and token.lemma in _TAKING:
            return "captive" if passive else None
    return known.get(token.lemma)


def _completed(document: Document, known: dict[str, str], i: int, near: int) -> str | None:
    """The measure of a verb with a word near it: "shot *dead*", "lost their *lives*", "burned *to death*"."""
    phrase = f"{document.lemmas[i]} {document.words[near]}"
    measure = known.get(phrase)
    if measure and (document.tokens[near].head == i or near == i + 1):
        return measure
    behind = document.words[near + 1] if near + 1 < document.sentence(i).last else ""
    return known.get(f"{phrase} {behind}")


def is_for_people_alone(document: Document, verb: int, noun: int | None) -> bool:
    """Whether a verb tells a measure of people only, and what is counted is none of them: "*eliminated* 200 jobs"; or of those who are
    brought to safety, and soldiers are moved: "*relocated* 200 troops"."""
    if document.lemmas[verb] == "relocate" and noun is not None and document.lemmas[noun] in listed("soldiers"):
        return True
    return document.lemmas[verb] in listed("of_people") and noun is not None and not is_person(document, noun)


def is_body(document: Document, first: int, noun: int | None) -> bool:
    """Whether the dead are counted by their bodies, and found and not handed over: "the *bodies* of 12 men were recovered"."""
    body = noun if noun is not None and document.lemmas[noun] == "body" else None
    if body is None and first > 1 and document.words[first - 1] == "of" and document.lemmas[first - 2] == "body":
        body = first - 2
    if body is None:
        return False
    for verb in document.ancestors(body):
        lemma = document.lemmas[verb]
        if lemma in listed("finding"):
            return True
        if lemma in listed("receiving"):
            taker = document.child(verb, "nsubj")
            near = (
                document.words[verb + 1 : verb + 12]
                if taker is None
                else document.words[document.sentence(verb).first : verb + 12]
            )
            return not listed("receivers").isdisjoint(near)
        if document.tokens[verb].pos == "VERB":
            return False
    return False
