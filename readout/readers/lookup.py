"""From words to findings: which actor, place, time or figure a word of the document belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from readout import knowledge
from readout.language.document import Document
from readout.types import Actor, Figure, Place, Span, Time


@cache
def calendar_words() -> frozenset[str]:
    """Names of days and months, lower-cased."""
    words: Any = knowledge.load("times/words.yaml")
    return frozenset(str(word).lower() for table in ("weekdays", "months") for word in words[table])


def heads_date(document: Document, i: int) -> bool:
    """Whether word `i` heads a day or a year: "on Friday", "on Nov. 18" and "in 1999" complete no verb ("call on")."""
    token = document.tokens[i]
    return token.lower.rstrip(".") in calendar_words() or (
        token.tag == "CD" and not any(document.preposition(c) for c in document.children(i, "nmod"))
    )


def verb_behind(document: Document, last: int) -> int | None:
    """The verb right behind word `last`, but for its auxiliaries and adverbs; None where something else stands there."""
    behind = last + 1
    while behind + 1 < len(document.tokens) and document.parts[behind] in ("AUX", "ADV"):
        behind += 1
    return behind if behind < len(document.tokens) and document.parts[behind] == "VERB" else None


def by_head(document: Document, mentions: Iterable[tuple[int, Span]]) -> dict[int, int]:
    """Maps the head word of each mention to the entry that it mentions.

    Of two mentions with one head the longer wins; of two as long, the first.

    Args:
        document: the parsed document.
        mentions: (index of the entry, span of the mention) pairs.
    """
    found: dict[int, int] = {}
    lengths: dict[int, int] = {}
    for index, span in mentions:
        head = document.head_of(span)
        length = span[1] - span[0]
        if head is not None and lengths.get(head, -1) < length:
            found[head], lengths[head] = index, length
    return found


def actors_by_head(document: Document, actors: Sequence[Actor]) -> dict[int, int]:
    """The actor whose mention is headed by each word."""
    return _mentioned_by_head(document, "actors", actors)


def places_by_head(document: Document, places: Sequence[Place]) -> dict[int, int]:
    """The place whose mention is headed by each word."""
    return _mentioned_by_head(document, "places", places)


def _mentioned_by_head(document: Document, kind: str, entries: Sequence[Actor | Place]) -> dict[int, int]:
    """As `by_head`; readers ask of the same entries one after another, and each gets a table of its own."""
    key = ("heads of mentions", kind)
    known: tuple[object, dict[int, int]] | None = document.memory.get(key)
    if known is None or known[0] is not entries:
        mentions = [(n, span) for n, entry in enumerate(entries) for span in entry.mentions]
        known = document.memory[key] = entries, by_head(document, mentions)
    return known[1].copy()


def spans_by_head(document: Document, items: Iterable[Time | Figure]) -> dict[int, int]:
    """The time or figure whose span is headed by each word."""
    return by_head(document, ((n, item.span) for n, item in enumerate(items)))
