"""Names of persons among names that the registry lacks: by given names, by what they do, by how they are written."""

from __future__ import annotations

from collections.abc import Sequence

from readout.language.lemmas import is_ordinary
from readout.readers.actors.phrases import Page
from readout.readers.actors.registry import by_surname
from readout.readers.actors.scanning import Piece
from readout.readers.actors.words import given_name, is_particle, is_syllable, is_thing, vocabulary

_HYPHENS = frozenset("-–‐")


def is_person(page: Page, name: Piece, lower: Sequence[str]) -> bool:
    """Whether a name that no word makes a body's is a person's, by its words, by what stands around it, or for want of other sense."""
    if len(lower) == 1:
        if page.words[name.first].isupper():
            return False
        return bool(by_surname(page.words[name.first])) or _has_kin(page, name) or _has_age(page, name)
    if given_name(lower[0]) or (len(lower[0]) <= 2 and lower[0].endswith(".")):
        return True
    if _is_given_in_two(page, name) or is_announced(page, name):
        return True
    if given_name(lower[0].split("-")[0]) or (len(lower) > 2 and any(is_particle(w) for w in lower[1:-1])):
        return True
    return _acts_like_person(page, name) or _reads_as_person(page, name, lower)


def is_announced(page: Page, name: Piece) -> bool:
    """Whether a name in commas stands behind an office: "the prefectural governor, *Jon Orsk*,"."""
    before, after = name.first - 2, name.last + 1
    if before < 0 or after >= len(page.words) or page.words[before + 1] != "," or page.words[after] not in ",.":
        return False
    role = page.noun(before, before + 1)
    return (
        role is not None
        and role[1].one
        and not role[2]
        and name.first not in page.placed
        and not is_ordinary(page.lower[name.first])
    )


def _is_given_in_two(page: Page, name: Piece) -> bool:
    """Whether a name ends in a given name of two halves, the second written small: "Chen Ming-chi"."""
    last = page.words[name.last]
    return name.last - name.first > 2 and page.glued(name.last - 1) and last.islower() and is_syllable(last)


def _acts_like_person(page: Page, name: Piece) -> bool:
    """An unknown name of two or more words that speaks, or is followed by an age or by "who"."""
    document = page.document
    first, after = name.first, name.last + 1
    if first > 0 and page.lower[first - 1] == "the":
        return False
    if any(w.isupper() and len(w) > 2 and "." not in w for w in page.words[first:after]):
        return False
    if _has_age(page, name):
        return True
    token = document.tokens[page.head(first, name.last)]
    return token.dep == "nsubj" and document.tokens[token.head].lemma in vocabulary("speech")


def _has_age(page: Page, name: Piece) -> bool:
    """Whether an age or "who" follows after a comma."""
    after = name.last + 1
    if after + 1 >= len(page.words) or page.words[after] != ",":
        return False
    follows = page.document.tokens[after + 1]
    return follows.lower == "who" or (follows.text.isdigit() and 5 < int(follows.text) < 110)


def _has_kin(page: Page, name: Piece) -> bool:
    """Whether a name owns what only a person has: "Orsk's mother"."""
    after = name.last + 2
    owned = after < len(page.words) and page.is_possessive(name.last + 1)
    return owned and page.document.tokens[after].lemma in vocabulary("kin")


def _reads_as_person(page: Page, name: Piece, lower: Sequence[str]) -> bool:
    """Whether two or three words that are no words of the language stand as the news writes a person's full name."""
    words = [word for word in page.words[name.first : name.last + 1] if word not in _HYPHENS]
    if not 2 <= len(words) <= 3 or any(
        not w.replace("'", "").isalpha() or not w[0].isupper() or w.isupper() for w in words
    ):
        return False
    if name.first > 0 and page.lower[name.first - 1] == "the":
        return False
    if any(i in page.placed or i in page.states or i in page.timed for i in range(name.first, name.last + 1)):
        return False
    if any(is_ordinary(word) or is_thing(word) for word in lower):
        return False
    return not _stands_as_place_or_body(page, name)


def _stands_as_place_or_body(page: Page, name: Piece) -> bool:
    """Whether a name of unknown words stands where a place or a firm does: "at Agh Ghala", "Cheung Kong fell", "head of Kiva Lund"."""
    document = page.document
    head, after = page.head(name.first, name.last), name.last + 1
    preposition = document.preposition(head)
    if preposition in vocabulary("settings"):
        return True
    token = document.tokens[head]
    governor = document.tokens[token.head]
    if preposition == "of":
        noun = page.noun(governor.i, governor.i + 1) if token.head != head else None
        return noun is not None
    if after < len(page.words) and (page.lower[after] in vocabulary("lands") or document.tags[after] in ("NN", "NNS")):
        return document.relations[head] == "compound"
    return token.dep == "nsubj" and governor.lemma in vocabulary("price_verbs")
