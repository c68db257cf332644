"""Tells what a report brings as new from the background that it recalls."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from readout.language.document import Document
from readout.readers.events.frames import find_support
from readout.readers.findings import Findings
from readout.types import Event

#: What ended longer before publication than this is background; what began later than this is news. Wire copy is
#: written within a day or two of what it reports, weeklies within a week.
OLD = dt.timedelta(days=10)
FRESH = dt.timedelta(days=3)
_RECALLING = frozenset(
    ["since", "after", "following", "during", "despite", "amid", "over", "about", "before", "until", "because"]
)


def read_news(document: Document, found: Findings) -> Findings:
    """Findings with `news` set on every event."""
    said = [span for statement in found.statements for span in statement.content]
    return replace(found, events=tuple(replace(e, news=is_news(document, e, said)) for e in found.events))


def is_news(document: Document, event: Event, said: list[tuple[int, int]]) -> bool:
    """Whether the report brings an event as new.

    In this order: its date against the publication, what is still ahead or going on, the kind of clause it stands in,
    its tense.

    Args:
        document: the parsed document.
        event: the event.
        said: the spans of what is said by others; a pluperfect in there is only reported speech.
    """
    dated = _by_date(document, event)
    if dated is not None:
        return dated
    words = document.tokens_in(event.span)
    trigger = words[0]
    if event.status in ("planned", "proposed", "requested", "threatened", "ongoing", "refused"):
        return True
    if document.tokens[trigger].pos == "NOUN":
        return _noun_is_news(document, trigger)
    clause = _clause_of(document, trigger)
    token = document.tokens[clause]
    if token.dep in ("acl", "acl:relcl", "amod"):
        return False
    marks = {document.tokens[m].lower for m in document.children(clause, "mark", "advmod")}
    if token.dep == "advcl" and marks & {"since", "after", "when", "before"}:
        return False
    pluperfect = any(document.tokens[a].lower == "had" for a in document.children(clause, "aux"))
    return not pluperfect or any(start <= event.span[0] < end for start, end in said)


def _by_date(document: Document, event: Event) -> bool | None:
    """News or not by the event's days alone; None where they do not tell."""
    if event.date is None or document.published is None:
        return None
    start, end = event.date.start, event.date.end
    if end is not None and document.published - dt.date.fromisoformat(end) > OLD:
        return False
    if start is not None and document.published - dt.date.fromisoformat(start) <= FRESH:
        return True
    return None


def _noun_is_news(document: Document, noun: int) -> bool:
    """A noun brings news where a verb carries it ("launched an attack") or where it opens the article."""
    support = find_support(document, noun)
    if support is not None:
        return not any(document.tokens[a].lower == "had" for a in document.children(support[0], "aux"))
    preposition = document.preposition(noun)
    if preposition is not None and preposition.split()[0] in _RECALLING:
        return False
    definite = any(document.tokens[c].lower in ("the", "this", "that", "last") for c in document.children(noun, "det"))
    return document.tokens[noun].sentence == 0 and not definite


def _clause_of(document: Document, i: int) -> int:
    """The verb at the head of the finite clause of word `i`: itself, or the verb that controls it."""
    while document.tokens[i].dep in ("xcomp", "conj") and document.tokens[i].head != i:
        i = document.tokens[i].head
    return i
