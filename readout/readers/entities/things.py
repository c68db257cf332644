"""Things by their nouns: facilities, weapons, vehicles, documents, and places without a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from readout import knowledge
from readout.language.document import Document, Token
from readout.language.kept import Kept
from readout.types import EntityKind, Span

#: Relations of what stands before a noun inside its phrase.
_INSIDE = frozenset({"det", "amod", "compound", "nummod", "flat", "advmod", "nmod:desc", "obl:npmod"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_NO_HEADS = frozenset({"compound", "amod", "advmod"})
_OPENING = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "ADV", "SYM", "X"})
_HYPHENS = frozenset({"-", "–", "‐"})


@cache
def _book() -> Any:
    return knowledge.load("entities.yaml")


@cache
def _nouns() -> Mapping[str, EntityKind]:
    """Nouns, of one word or two, and what they are; the first class that lists a noun has it."""
    found: dict[str, EntityKind] = {}
    for row in _book()["classes"]:
        for noun in row["nouns"]:
            found.setdefault(noun, row["kind"])
    return MappingProxyType(found)


@cache
def _second_words() -> frozenset[str]:
    """The last words of the nouns of two words."""
    return frozenset(noun.rpartition(" ")[2] for noun in _nouns() if " " in noun)


@cache
def _models() -> tuple[Mapping[str, EntityKind], tuple[tuple[EntityKind, re.Pattern[str]], ...]]:
    models = _book()["models"]
    names: dict[str, EntityKind] = {name: kind for kind in ("weapon", "vehicle") for name in models[kind]}
    return names, tuple((kind, re.compile(pattern)) for kind, pattern in models["pattern"].items())


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(_book()[name])


def find_things(document: Document) -> Iterator[tuple[Span, EntityKind]]:
    """The phrases of a document whose head names a thing, in text order: what precedes the noun belongs to them."""
    relations, texts, lemmas, ships = document.relations, document.texts, document.lemmas, _words("ships")
    for i in document.of_parts(_NOUNS):
        if relations[i] in _NO_HEADS or not (_TELLING[texts[i], lemmas[i]] or document.words[i - 1] in ships):
            continue  # as mostly
        kind = _kind_of(document, document.tokens[i])
        if kind is not None and not _is_abstract(document, i):
            yield document.span(_first_word(document, i), _last_word(document, i, kind)), kind


def _kind_of(document: Document, token: Token) -> EntityKind | None:
    lemma = document.lemmas[token.i]
    before = document.tokens[token.i - 1] if token.i > document.sentences[token.sentence].first else None
    if before is not None:
        kind = _nouns().get(f"{before.lower} {lemma}") if lemma in _second_words() else None
        if kind is not None:
            return kind
        if token.pos == "PROPN" and before.lower in _words("ships"):
            return "vehicle"
    return _KINDS[token.text, lemma]


def _kind_of_word(word: tuple[str, str]) -> EntityKind | None:
    """What a noun, given with its lemma in lower case, is by itself: by its lemma, in the singular, or as the name of a model."""
    text, lemma = word
    lower = text.lower()
    return _nouns().get(lemma) or _nouns().get(lower.removesuffix("s")) or _model(text, lower)


def _is_telling(word: tuple[str, str]) -> bool:
    """Whether a noun, given with its lemma in lower case, is a thing by itself or with the word before it."""
    return _kind_of_word(word) is not None or word[1] in _second_words()


_KINDS, _TELLING = Kept(_kind_of_word), Kept(_is_telling)


def _model(text: str, lower: str) -> EntityKind | None:
    names, patterns = _models()
    if not text[:1].isupper():
        return None
    return names.get(lower) or next((kind for kind, form in patterns if form.fullmatch(text)), None)


def _is_abstract(document: Document, i: int) -> bool:
    """Whether the noun's companions take it from the world of things: "an area of concern", "the labour market"."""
    tokens = document.tokens
    if any(tokens[c].lower in _words("abstract_before") for c in document.children(i, "amod", "compound", "nmod:poss")):
        return True
    if tokens[i].dep == "obj" and tokens[tokens[i].head].lemma == "take" and _first_word(document, i) == i:
        return True  # "take place"
    if document.child(i, "acl", "ccomp") is not None and tokens[i].lemma in _words("told"):
        return True
    return any(
        tokens[c].lemma.lower() in _words("abstract_after") and document.preposition(c) == "of"
        for c in document.children(i, "nmod")
    )


def _first_word(document: Document, i: int) -> int:
    """Where the noun's phrase begins: behind a possessor."""
    first, start = i, document.sentence(i).first
    if first > start and document.words[first - 1] in _words("ships"):
        first -= 1
    while first > start:
        token = document.tokens[first - 1]
        if _joins(document, first - 1) and first - 2 >= start:
            first -= 2
        elif (
            token.dep in _INSIDE and first <= token.head <= i and (token.pos in _OPENING or token.tag in ("VBN", "VBG"))
        ):
            first -= 1
        else:
            break
    return first


def _joins(document: Document, i: int) -> bool:
    """Whether word `i` is a hyphen inside a word: "a rebel-held town"."""
    token = document.tokens[i]
    return (
        token.text in _HYPHENS
        and 0 < i < len(document.tokens) - 1
        and document.tokens[i - 1].end == token.start
        and document.tokens[i + 1].start == token.end
    )


def _last_word(document: Document, i: int, kind: EntityKind) -> int:
    """Where it ends: with the number that tells one of the kind from another ("Resolution 1701")."""
    follows = document.tokens[i + 1] if i + 1 < len(document.tokens) else None
    numbered = kind == "document" and follows is not None and follows.pos == "NUM"
    return i + 1 if numbered and follows is not None and follows.start == document.tokens[i].end + 1 else i
