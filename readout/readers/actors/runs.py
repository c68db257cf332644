"""Cuts a sentence into noun phrases: runs of nouns, names, adjectives and determiners, cut at possessors."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from functools import cache

from readout.readers.actors.phrases import HYPHENS, NOMINAL, OPENERS, POSSESSIVE, Page, Phrase
from readout.readers.actors.words import is_office_of, is_particle, particles, vocabulary

_VERBAL = frozenset({"VBN", "VBG"})
#: Parts of speech behind which no phrase goes on, but for some words.
_ENDING = frozenset({"PUNCT", "ADP", "SCONJ", "CCONJ", "PART", "INTJ"})
_AT = frozenset({"at"})
_BEFORE_NOUN = frozenset({"amod", "compound"})


def find_phrases(page: Page) -> Iterator[list[Phrase]]:
    """The noun phrases of each sentence, in text order."""
    opens = _openings(page)
    for sentence in page.document.sentences:
        found: list[Phrase] = []
        i = sentence.first
        while i < sentence.last:
            i = _read_run(page, i, sentence.last, found) if opens[i] else i + 1
        yield found


def _openings(page: Page) -> list[bool]:
    """Of each word whether a noun phrase may begin with it."""
    document = page.document
    found = [*map(operator.or_, page.capital, page.nominal)]
    for i in page.openers:
        found[i] = True
    for i in page.hyphens:
        if i and page.glued(i) and document.parts[i - 1] == "ADV" and i + 1 < len(found) and found[i + 1]:
            found[i - 1] = page.plain[i - 1] = True  # "*Far*-right"
    for i in document.of_tags(_VERBAL):
        found[i] = found[i] or (
            document.relations[i] in _BEFORE_NOUN and not _opens_clause(page, i) and not _tells(page, i)
        )
    for i in page.timed:
        found[i] = False
    for i in document.called(_AT):
        if page.lower[i] == "at" and page.lower[i + 1 : i + 2] in (("least",), ("most",)):
            found[i + 1] = False  # "at least three people"
    return found


def _opens_clause(page: Page, i: int) -> bool:
    """Whether a present participle begins a sentence before a name: "*Noting* Chinese leaders, he …"."""
    first = page.document.sentence(i).first == i and page.document.tags[i] == "VBG"
    return first and i + 1 < len(page.words) and page.document.capitals[i + 1]


def _tells(page: Page, i: int) -> bool:
    """Whether a participle of saying stands behind the comma of an apposition: "X, the ombudsman, *accused* police of …"."""
    document = page.document
    if document.tags[i] != "VBN" or i < 2 or page.words[i - 1] != "," or page.document.sentence(i).first > i - 2:
        return False
    return document.lemmas[i] in vocabulary("speech") and document.words[i + 1 : i + 2] != ("that",)


def _read_run(page: Page, start: int, end: int, found: list[Phrase]) -> int:
    """Reads one run from `start`; adds its phrases; returns the index of the word after it."""
    first, owner = start, None
    last_nominal: int | None = None
    plain, lower, parts, joining = page.plain, page.lower, page.document.parts, _joining()
    i = start
    while i < end:
        if plain[i] and lower[i] not in POSSESSIVE:  # as mostly
            last_nominal = i
            i += 1
            continue
        if parts[i] in _ENDING and lower[i] not in joining and i not in page.inside_name:
            break  # as mostly where a phrase ends
        if page.is_possessive(i) and last_nominal == i - 1 and i not in page.inside_name:
            found.append(Phrase(first, i - 1, owner))
            owner, first, last_nominal = len(found) - 1, i + 1, None
            i += 1
            continue
        if not _continues(page, i, first, last_nominal):
            break
        if page.capital[i] or parts[i] in NOMINAL or page.document.tags[i] == "VBN":
            last_nominal = i
        i += 1
    while i > first and (page.words[i - 1] in "-–‐" or (parts[i - 1] in ("ADV", "ADP") and not page.capital[i - 1])):
        i -= 1
    if i > first:
        found.append(Phrase(first, i - 1, owner))
    return max(i, start + 1)


@cache
def _joining() -> frozenset[str]:
    """The words that may stand inside a phrase though their part of speech ends one."""
    return frozenset((*POSSESSIVE, *HYPHENS, *particles(), "&", "/", "of"))


def _continues(page: Page, i: int, first: int, last_nominal: int | None) -> bool:
    token = page.document.tokens[i]
    if i in page.timed:
        return False
    if page.capital[i] or i in page.inside_name:
        return True
    if page.glued(i):
        return i > first
    if token.tag in OPENERS:
        return last_nominal is None
    if token.pos in NOMINAL:
        return True
    if token.tag in ("VBN", "VBG", "VBD"):
        return _is_premodifier(page, i)
    if token.pos == "ADV":
        return (
            last_nominal is None
            and i + 1 < len(page.words)
            and page.document.tokens[i + 1].pos in ("ADJ", "ADV", "NUM", "VERB")
            and token.dep == "advmod"
            and (i > first or page.is_possessive(i - 1))  # "the country's *most* popular leader"
        )
    if page.lower[i] in ("&", "/"):
        return i > first
    if page.lower[i] == "of":
        return i > first and is_office_of(page.lower, i)
    return is_particle(token.lower) and _between_names(page, i)


def _is_premodifier(page: Page, i: int) -> bool:
    """A participle before its noun: "armed men", "Hamas-run ministry", "a visiting delegation"."""
    token = page.document.tokens[i]
    if token.dep in ("amod", "compound") and token.head > i:
        return True
    return page.glued(i - 1) and i + 1 < len(page.words) and page.document.tokens[i + 1].pos in ("NOUN", "ADJ", "PROPN")


def _between_names(page: Page, i: int) -> bool:
    """A particle or a row of them between two capitalised words: "Ilan de Vorst", "Karim bin Sefar"."""
    if i == 0 or not (page.capital[i - 1] or is_particle(page.lower[i - 1]) or page.glued(i - 1)):
        return False
    ahead = i + 1
    while ahead < len(page.words) and ahead < i + 4 and (is_particle(page.lower[ahead]) or page.glued(ahead)):
        ahead += 1
    return ahead < len(page.words) and page.capital[ahead]
