"""Reads entities: what the other readers found and the things between, laid out side by side."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import compress

from readout import knowledge
from readout.language.document import Document
from readout.readers.entities.things import find_things
from readout.readers.findings import Findings
from readout.types import Entity, EntityKind, Place, Span

#: Of two phrases with the same words, which kind has them.
_ORDER: tuple[EntityKind, ...] = ("time", "actor", "place", "facility", "vehicle", "weapon", "document", "figure")
_RANK = {kind: n for n, kind in enumerate(_ORDER)}

#: What an entity is made of, before it is known whether it is one: span, kind, index.
_Phrase = tuple[Span, EntityKind, int | None]


def read_entities(document: Document, found: Findings) -> Findings:
    """The findings with entities added: no two of them share a word; of two phrases one in the other, the outer one.

    A count is apart from what it counts: "two tanks" is the figure and the tanks.
    """
    sheet = _Sheet(document, found)
    figures: list[_Phrase] = [(figure.span, "figure", n) for n, figure in enumerate(found.figures) if _counts(found, n)]
    phrases = [*_actors(sheet), *_places(sheet), *_times(found), *_things(sheet), *_pronouns(document, found)]
    if figures:
        counts: dict[int, list[Span]] = {}  # by each letter that belongs to one
        for span, _, _ in figures:
            for letter in range(*span):
                counts.setdefault(letter, []).append(span)
        phrases = [
            (_behind(document, span, counts[span[0]]), kind, index) if span[0] in counts else (span, kind, index)
            for span, kind, index in phrases
        ]
    named = frozenset(n for n, actor in enumerate(found.actors) if actor.id is not None)
    return replace(found, entities=_side_by_side([*phrases, *figures, *_coordinates(document)], named))


class _Sheet:
    """A document with what was found in it, and where its places begin."""

    def __init__(self, document: Document, found: Findings):
        self.document, self.found = document, found
        self.places = {span[0]: (span, place) for place in found.places for span in place.mentions}

    def word_after(self, span: Span) -> int:
        """The word that follows a span; past the last one, the number of words."""
        return bisect_left(self.document.starts, span[1])


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(knowledge.load("entities.yaml")["pronouns"][kind])


def _counts(found: Findings, n: int) -> bool:
    figure = found.figures[n]
    return figure.kind != "ordinal" and figure.unit is not None


def _actors(sheet: _Sheet) -> Iterator[_Phrase]:
    tokens = sheet.document.tokens
    for n, actor in enumerate(sheet.found.actors):
        for span in actor.mentions:
            after = sheet.word_after(span)
            last = tokens[after - 1]
            if last.start == span[0] and last.dep == "nmod:poss" and last.pos == "PRON":
                continue  # "their" is a part of the phrase that it opens
            yield _with_place(sheet, span, after), "actor", n


def _things(sheet: _Sheet) -> Iterator[_Phrase]:
    for span, kind in find_things(sheet.document):
        if kind == "facility" and _acts(sheet.document, span):
            continue
        if kind != "place":
            yield span, kind, None
            continue
        after = sheet.word_after(span)
        whole = _with_place(sheet, span, after)
        yield _with_name(sheet.document, span, after) if whole == span else whole, kind, None


def _acts(document: Document, span: Span) -> bool:
    """Whether a building says something, as who works there: "the hospital said"."""
    head = document.head_of(span)
    if head is None or document.relations[head] != "nsubj":
        return False
    return document.tokens[document.tokens[head].head].lemma in knowledge.load("actors/reading/words.yaml")["speech"]


def _coordinates(document: Document) -> Iterator[_Phrase]:
    if "°" in document.text:
        for match in re.finditer(knowledge.load("entities.yaml")["coordinates"], document.text):
            yield match.span(), "place", None


def _with_place(sheet: _Sheet, span: Span, after: int) -> Span:
    """A phrase with the place that "of" adds to it at word `after`: "the government of Peru"."""
    tokens = sheet.document.tokens
    if after + 1 >= len(tokens) or tokens[after].lower != "of":
        return span
    at = after + 1 + (tokens[after + 1].lower == "the")
    place = sheet.places.get(tokens[at].start) if at < len(tokens) else None
    return (span[0], place[0][1]) if place is not None else span


def _with_name(document: Document, span: Span, after: int) -> Span:
    """A place with the name that "of" adds to it at word `after`, on the map or not: "the village of Kwanti"."""
    tokens = document.tokens
    if after >= len(tokens) or tokens[after].lower != "of":
        return span
    end = after + 1
    while end < len(tokens) and tokens[end].pos == "PROPN" and tokens[end].sentence == tokens[after].sentence:
        end += 1
    return (span[0], tokens[end - 1].end) if end > after + 1 else span


def _places(sheet: _Sheet) -> Iterator[_Phrase]:
    for n, place in enumerate(sheet.found.places):
        for span in place.mentions:
            yield _with_larger(sheet, place, span), "place", n


def _with_larger(sheet: _Sheet, place: Place, span: Span) -> Span:
    """A place with the larger one that its comma brings: "Lima, Peru"."""
    if place.kind == "country" or sheet.document.text[span[1] : span[1] + 2] != ", ":
        return span
    outer, larger = sheet.places.get(span[1] + 2, (span, place))
    around = larger.kind in ("country", "admin1") and larger.country == place.country
    return (span[0], outer[1]) if around else span


def _times(found: Findings) -> Iterator[_Phrase]:
    unnamed = frozenset(knowledge.load("entities.yaml")["unnamed_times"])
    return ((time.span, "time", n) for n, time in enumerate(found.times) if time.value not in unnamed)


def _pronouns(document: Document, found: Findings) -> Iterator[_Phrase]:
    """Pronouns that stand for somebody or a place; "I" in a quotation is who speaks."""
    spoken = [(span, s.speaker) for s in found.statements if s.speaker is not None for span in s.quoted]
    actors, places, speaking = _words("actor"), _words("place"), _words("speaker")
    for token in compress(document.tokens, map((actors | places).__contains__, document.words)):
        if token.pos == "PRON" and token.dep != "nmod:poss" and token.lower in actors:
            here = spoken if token.lower in speaking else ()
            speakers = {speaker for span, speaker in here if span[0] <= token.start < span[1]}
            yield (token.start, token.end), "actor", speakers.pop() if len(speakers) == 1 else None
        elif token.pos == "ADV" and token.lower in places:
            yield (token.start, token.end), "place", None


def _behind(document: Document, phrase: Span, counts: list[Span]) -> Span:
    """A phrase without the count that it begins with."""
    start, end = phrase
    for first, last in counts:
        if first <= start < last < end:
            words = document.tokens_in((last + 1, end))
            return (document.tokens[words[0]].start, end) if len(words) else phrase
    return phrase


def _side_by_side(phrases: list[_Phrase], named: frozenset[int]) -> tuple[Entity, ...]:
    """The longest phrases first, each only where no word of it is taken; in text order.

    Of one phrase that two readers read, a thing goes before an actor that nothing but a noun names.
    """

    ranked = [
        (start - end, kind == "actor" and index not in named, _RANK[kind], start, n)
        for n, ((start, end), kind, index) in enumerate(phrases)
    ]
    taken = bytearray(max((end for (_, end), _, _ in phrases), default=0))  # of each letter whether it is
    chosen = []
    for *_, n in sorted(ranked):
        start, end = phrases[n][0]
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\1" * (end - start)
            chosen.append(phrases[n])
    chosen.sort(key=lambda phrase: phrase[0])
    return tuple([Entity(*phrase) for phrase in chosen])
