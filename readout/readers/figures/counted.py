"""What a number counts: the noun, its unit and population, from the words behind it and the tree."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from readout import knowledge
from readout.language.document import Document
from readout.readers.figures.amounts import Amount

_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "lives": "life", "others": "other", "bodies": "body"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """`noun` is the word counted, `unit` its singular ("people" for humans), `population` the words for the humans."""

    noun: int | None = None
    unit: str | None = None
    population: str | None = None


def counted(document: Document, amount: Amount, last: int) -> Counted:
    """What the number that ends with word `last` counts."""
    noun = _noun(document, last)
    if noun is None:
        return Counted()
    words = knowledge.load("figures/words.yaml")
    token = document.tokens[noun]
    unit = _singular(document, noun)
    if not is_person(document, noun):
        return Counted(noun, words["currency_words"].get(unit, unit))
    first = last + 1
    while first < noun and (document.words[first] in ("of", "the", "other", "more", "-")):
        first += 1
    plain = first == noun and (unit in listed("no_population") or token.lower in listed("no_population"))
    return Counted(noun, "people", None if plain else document.slice(document.span(first, noun)))


def is_person(document: Document, noun: int) -> bool:
    """Whether a noun is for humans: listed, or a people's name ("Israelis")."""
    persons = listed("persons")
    token = document.tokens[noun]
    unit = _singular(document, noun)
    if unit in persons or token.lower in persons or token.tag == "NNPS":
        return True
    return unit.endswith(_joined_persons()) or unit in ("men", "women", "children")


@cache
def listed(name: str) -> frozenset[str]:
    """The words of one list of words.yaml."""
    return frozenset(knowledge.load("figures/words.yaml")[name])


@cache
def _joined_persons() -> tuple[str, ...]:
    return tuple(f"-{person}" for person in knowledge.load("figures/words.yaml")["persons"])


def _singular(document: Document, noun: int) -> str:
    word = document.words[noun]
    return _IRREGULAR.get(word) or document.lemmas[noun] or word


def _noun(document: Document, last: int) -> int | None:
    """The head of the noun phrase that the number stands in: the tree's, where its words agree, else the words'."""
    tokens = document.tokens
    end = document.sentence(last).last
    head = tokens[last].head
    if (
        tokens[last].dep.startswith(("nummod", "amod"))
        and last < head <= last + 12
        and tokens[head].pos in ("NOUN", "PROPN")
    ):
        return head
    at = last + 1
    if at < end and tokens[at].lower == "of":
        at += 1
    if at < end and tokens[at].lower in ("the", "their", "its", "his", "these", "those"):
        at += 1
    found = None
    while at < end and at <= last + 7:
        token = tokens[at]
        if token.pos in ("NOUN", "PROPN"):
            found = at
            if token.tag in ("NNS", "NNPS"):
                break
        elif (
            found is not None
            or not (token.pos == "ADJ" or token.tag == "VBN" or token.lower == "-")
            or (
                token.tag == "VBN"
                and (at == last + 1)
                and at + 1 < end
                and tokens[at + 1].pos not in ("NOUN", "PROPN", "ADJ")
            )
        ):
            break
        at += 1
    return found
