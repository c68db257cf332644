"""Reads entities: what the other readers found and the things between, laid out side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from readout import knowledge
from readout.language.document import Document
from readout.readers.entities.things import find_things
from readout.readers.findings import Findings
from readout.types import Entity, EntityKind, Place, Span

#: Of two phrases with the same words, which kind has them.
_ORDER: tuple[EntityKind, ...] = ("time", "actor", "place", "facility", "vehicle", "weapon", "document", "figure")


def read_entities(document: Document, found: Findings) -> Findings:
    """The findings with entities added: no two of them share a word; of two phrases one in the other, the outer one.

    A count is apart from what it counts: "two tanks" is the figure and the tanks.
    """
    figures = [Entity(figure.span, "figure", n) for n, figure in enumerate(found.figures) if _counts(found, n)]
    phrases = [*_actors(document, found), *_places(document, found), *_times(found), *_things(document, found)]
    phrases += _pronouns(document)
    split = [_behind(document, entity, figures) for entity in phrases]
    named = frozenset(n for n, actor in enumerate(found.actors) if actor.id is not None)
    return replace(found, entities=_side_by_side([*split, *figures, *_coordinates(document)], named))


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(knowledge.load("entities.yaml")["pronouns"][kind])


def _counts(found: Findings, n: int) -> bool:
    figure = found.figures[n]
    return figure.kind != "ordinal" and figure.unit is not None


def _actors(document: Document, found: Findings) -> Iterator[Entity]:
    starts = _place_starts(found)
    for n, actor in enumerate(found.actors):
        for span in actor.mentions:
            words = document.tokens_in(span)
            if (
                len(words) == 1
                and document.tokens[words[0]].dep == "nmod:poss"
                and document.tokens[words[0]].pos == "PRON"
            ):
                continue  # "their" is a part of the phrase that it opens
            yield Entity(_with_place(document, span, starts), "actor", n)


def _place_starts(found: Findings) -> dict[int, Span]:
    return {span[0]: span for place in found.places for span in place.mentions}


def _things(document: Document, found: Findings) -> Iterator[Entity]:
    starts = _place_starts(found)
    for span, kind in find_things(document):
        if kind == "facility" and _acts(document, span):
            continue
        whole = _with_place(document, span, starts) if kind == "place" else span
        yield Entity(_with_name(document, span) if kind == "place" and whole == span else whole, kind)


def _acts(document: Document, span: Span) -> bool:
    """Whether a building does something, as who works there: "the hospital said"."""
    head = document.head_of(span)
    if head is None or document.tokens[head].dep != "nsubj":
        return False
    return document.tokens[document.tokens[head].head].lemma in knowledge.load("actors/reading/words.yaml")["speech"]


def _coordinates(document: Document) -> Iterator[Entity]:
    if "°" in document.text:
        for match in re.finditer(knowledge.load("entities.yaml")["coordinates"], document.text):
            yield Entity(match.span(), "place")


def _with_place(document: Document, span: Span, starts: dict[int, Span]) -> Span:
    """A phrase with the place that "of" adds to it: "the government of Peru"."""
    after = document.tokens_in(span)[-1] + 1
    tokens = document.tokens
    if after + 1 >= len(tokens) or tokens[after].lower != "of":
        return span
    at = after + 1 + (tokens[after + 1].lower == "the")
    place = starts.get(tokens[at].start) if at < len(tokens) else None
    return (span[0], place[1]) if place is not None else span


def _with_name(document: Document, span: Span) -> Span:
    """A place with the name that "of" adds to it, on the map or not: "the village of Kwanti"."""
    tokens = document.tokens
    at = end = document.tokens_in(span)[-1] + 2
    while end < len(tokens) and tokens[end].pos == "PROPN" and tokens[end].sentence == tokens[at - 1].sentence:
        end += 1
    return (span[0], tokens[end - 1].end) if end > at and tokens[at - 1].lower == "of" else span


def _places(document: Document, found: Findings) -> Iterator[Entity]:
    known = {span: place for place in found.places for span in place.mentions}
    starts = {span[0]: span for span in known}
    for n, place in enumerate(found.places):
        for span in place.mentions:
            yield Entity(_with_larger(document, place, span, starts, known), "place", n)


def _with_larger(
    document: Document, place: Place, span: Span, starts: dict[int, Span], known: dict[Span, Place]
) -> Span:
    """A place with the larger one that its comma brings: "Lima, Peru"."""
    if document.text[span[1] : span[1] + 2] != ", ":
        return span
    outer = starts.get(span[1] + 2)
    if outer is None or place.kind == "country" or known[outer].kind not in ("country", "admin1"):
        return span
    return (span[0], outer[1]) if known[outer].country == place.country else span


def _times(found: Findings) -> Iterator[Entity]:
    unnamed = frozenset(knowledge.load("entities.yaml")["unnamed_times"])
    return (Entity(time.span, "time", n) for n, time in enumerate(found.times) if time.value not in unnamed)


def _pronouns(document: Document) -> Iterator[Entity]:
    for token in document.tokens:
        if token.pos == "PRON" and token.dep != "nmod:poss" and token.lower in _words("actor"):
            yield Entity((token.start, token.end), "actor")
        elif token.pos == "ADV" and token.lower in _words("place"):
            yield Entity((token.start, token.end), "place")


def _behind(document: Document, entity: Entity, figures: list[Entity]) -> Entity:
    """A phrase without the count that it begins with."""
    for figure in figures:
        if figure.span[0] <= entity.span[0] < figure.span[1] < entity.span[1]:
            words = document.tokens_in((figure.span[1] + 1, entity.span[1]))
            return replace(entity, span=(document.tokens[words[0]].start, entity.span[1])) if len(words) else entity
    return entity


def _side_by_side(entities: list[Entity], named: frozenset[int]) -> tuple[Entity, ...]:
    """The longest phrases first, each only where no word of it is taken; in text order.

    Of one phrase that two readers read, a thing goes before an actor that nothing but a noun names.
    """

    def rank(entity: Entity) -> tuple[int, bool, int, int]:
        nameless = entity.kind == "actor" and entity.index not in named
        return entity.span[0] - entity.span[1], nameless, _ORDER.index(entity.kind), entity.span[0]

    taken: set[int] = set()
    chosen = []
    for entity in sorted(entities, key=rank):
        letters = range(*entity.span)
        if taken.isdisjoint(letters):
            taken.update(letters)
            chosen.append(entity)
    return tuple(sorted(chosen, key=lambda e: e.span))
