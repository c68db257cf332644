"""Whom "the two", "the two leaders" or "the two countries" stand for: the two who were named last, where they are two and no more."""

from __future__ import annotations

from functools import cache

from readout import knowledge
from readout.language.document import Document
from readout.readers.events.mentions import Mentions

_TWO = 2
_BACK = 2  # sentences before its own in which the two are looked for


@cache
def pairing(kind: str) -> frozenset[str]:
    """Nouns that with "the two" before them stand for two persons, two states, or either; and those for somebody's other one."""
    return frozenset(str(word) for word in knowledge.load("events/words.yaml")["pairs"][kind])


def is_pair(document: Document, i: int) -> str | None:
    """What kind of two a word stands for: "persons", "states" or "any"; None where it stands for no two."""
    token = document.tokens[i]
    kinds = ("persons", "states", "any")
    kind = next((kind for kind in kinds if document.lemmas[i] in pairing(kind)), None)
    if kind is None and token.lower not in ("two", "both"):
        return None  # as mostly
    before = {document.words[c] for c in document.children(i, "det", "nummod", "amod")}
    if token.lower == "two" and "the" in before and not document.children(i, "nmod"):
        return "any"
    if token.lower == "both" and token.dep.startswith("nsubj") and not document.children(i, "nmod"):
        return "any"
    if not ("two" in before and before & {"the", "these", "those"}) and "both" not in before:
        return None
    return kind


def pair_of(document: Document, i: int, kind: str, mentions: Mentions) -> list[int] | list[str]:
    """The two that a word stands for.

    Args:
        document: the parsed document.
        i: the word.
        kind: what `is_pair` says.
        mentions: the article's actors and where they are mentioned.

    Returns:
        Two indexes of actors; for states that only their people stand for, two ISO codes; [] where there are not just two.
    """
    sentence = document.tokens[i].sentence
    clause = document.tokens[i].head
    if kind == "any" and not document.relations[i].startswith("nsubj"):
        return []  # "urged both sides": whose sides they are, the article says elsewhere
    beside = [t for t in document.children(clause) if t != i]
    actors = mentions.actors
    for back in range(_BACK + 1):
        first = document.sentences[max(0, sentence - back)].span[0]
        named = mentions.between(first, document.tokens[i].start, beside)
        told = [n for n in named if actors[n].name.lower().startswith("two ")]
        if kind == "any" and document.words[i] == "two" and len(told) == 1:
            return told  # "hanged two men … *the two* had been tortured"
        persons = [n for n in named if actors[n].kind == "person"]
        states = [n for n in named if actors[n].kind == "country"]
        opposed = document.lemmas[i] not in pairing("any") or _face_each_other([actors[n].country for n in persons])
        if kind in ("persons", "any") and len(persons) == _TWO and opposed:
            return persons
        if (
            kind != "states" and back < _BACK and len(persons) == 1 and opposed
        ):  # "the king was received by *his counterpart*, and the two"
            met = [n for n in named if actors[n].kind == "unnamed" and _is_one_person(actors[n].name)]
            if len(met) == 1:
                return sorted([*persons, *met])
        if kind == "persons":
            continue
        if len(states) == _TWO:
            return states
        codes = list(dict.fromkeys(actors[n].country for n in named))
        found = [code for code in codes if code is not None]
        if kind == "states" and len(found) == _TWO:
            return found
    return []


def _is_one_person(name: str) -> bool:
    """Whether a phrase is for somebody besides the one who is named: "his Iraqi counterpart"."""
    return name.split()[-1].lower() in pairing("opposite")


def _face_each_other(countries: list[str | None]) -> bool:
    """Whether people may be two "sides": a premier and his spokesman are not."""
    return len({country for country in countries if country is not None}) != 1
