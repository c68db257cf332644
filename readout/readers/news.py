"""Tells what a report brings as new from the background that it recalls."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from typing import Any, cast

from readout import knowledge
from readout.language.document import Document
from readout.readers.events.dating import victims_with
from readout.readers.events.following import governing
from readout.readers.events.support import find_support
from readout.readers.events.whereabouts import is_told
from readout.readers.findings import Findings
from readout.readers.history import history_of, told_after
from readout.readers.status.lexicon import words as words_of
from readout.readers.stretches import Stretches
from readout.types import Event

_AHEAD = frozenset({"planned", "proposed", "requested", "threatened", "ongoing", "refused"})


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(str(word) for word in _table()[name])


@cache
def _table() -> dict[str, Any]:
    return cast(dict[str, Any], knowledge.load("news.yaml"))


def read_news(document: Document, found: Findings) -> Findings:
    """Findings with `news` set on every event."""
    if not found.events:
        return found
    said = Stretches([span for statement in found.statements for span in statement.content])
    history = history_of(document, found.times)
    past = told_after(document, found.times)
    told = [
        is_news(document, event, said)
        and not (event.date is None and document.tokens_in(event.span)[0] in past)
        and not (event.sentence in history and _may_be_history(event, same=history[event.sentence]))
        for event in found.events
    ]
    news = _with_participles(document, found.events, told)
    events = tuple(e if e.news == told else replace(e, news=told) for e, told in zip(found.events, news, strict=True))
    return replace(found, events=events)


def _with_participles(document: Document, events: tuple[Event, ...], news: list[bool]) -> list[bool]:
    """Whether each event is news, where what a participle tells behind a verb is as new as that: "had raided Bor, *killing* two"."""
    triggers = [document.tokens_in(event.span)[0] for event in events]
    told = dict(zip(triggers, news, strict=True))
    return [
        new and (main is None or told.get(main, True))
        for new, main in zip(news, (governing(document, i) for i in triggers), strict=True)
    ]


def is_news(document: Document, event: Event, said: Stretches) -> bool:
    """Whether the report brings an event as new.

    In this order: its date against the publication, what is still ahead or going on, words that recall, the kind of
    clause it stands in, its tense. The words and the days are `knowledge/news.yaml`.

    Args:
        document: the parsed document.
        event: the event.
        said: what is said by others; a pluperfect in there is only reported speech.
    """
    dated = _by_date(document, event)
    if dated is not None:
        return dated
    if event.status in _AHEAD:
        return True
    trigger = document.tokens_in(event.span)[0]
    reported = said.count_at(event.span[0]) > 0
    if document.tokens[trigger].pos == "NOUN":
        return _noun_is_news(document, trigger, reported)
    return _clause_is_news(document, _clause_of(document, trigger), reported)


def _may_be_history(event: Event, *, same: bool) -> bool:
    """Whether an event is over and undated: where history is told it is a part of it.

    What is done in words may be said now, but by the one that history is told of (`same`).
    """
    over = event.date is None and event.status in ("occurred", "refused", "not_occurring", "requested")
    return over and (same or not is_told(event.type))


def _by_date(document: Document, event: Event) -> bool | None:
    """News or not by the event's days alone; None where they do not tell."""
    if event.date is None or document.published is None:
        return None
    start, end = event.date.start, event.date.end
    age = (document.published - dt.date.fromisoformat(end)).days if end is not None else None
    if age is not None and age > int(_table()["old"]):
        return False
    since = (document.published - dt.date.fromisoformat(start)).days if start is not None else None
    if since is not None and since <= int(_table()["fresh"]):
        return True
    if age is None and since is not None and since > int(_table()["old"]) and event.status == "occurred":
        return False  # "talks, which began in 1995"
    if age is not None and age >= int(_table()["fresh"]):
        return event.sentence < int(_table()["lead"])
    return None


def _clause_is_news(document: Document, clause: int, reported: bool) -> bool:
    """By the clause that verb `clause` heads."""
    token = document.tokens[clause]
    if _recalls(document, clause):
        return False
    sharing = victims_with(document, clause) if token.dep == "acl" else []
    shared = _clause_of(document, sharing[0]) if sharing else clause
    if sharing and document.relations[shared] != "acl":
        return _clause_is_news(document, shared, reported)  # "six were killed and 40 *wounded*"
    if token.dep in ("acl", "acl:relcl", "amod"):
        now = token.tag in ("VBZ", "VBP") or any(
            document.tokens[a].tag in ("VBZ", "VBP") for a in document.children(clause, "aux")
        )
        return now and token.dep == "acl:relcl" and token.tag != "VBN"
    marks = {document.words[m] for m in document.children(clause, "mark", "advmod")}
    if token.dep == "advcl" and marks & _words("clauses"):
        return False
    helpers = {document.words[a] for a in document.children(clause, "aux")}
    if helpers & {"has", "have"} and _counts_up(document, clause):
        return False
    return "had" not in helpers or reported


def _counts_up(document: Document, clause: int) -> bool:
    """Whether a perfect sums up what has come about "since the war broke out" or "over the past two decades"."""
    for child in document.children(clause, "advcl"):
        if "since" in [document.words[m] for m in document.children(child, "mark")]:
            return True
    for child in document.children(clause, "obl"):
        beside = {document.words[c] for c in document.children(child, "amod", "nummod")}
        if document.lemmas[child] in _words("long_units") and beside & {"past", "last"}:
            return True
    return False


def _noun_is_news(document: Document, noun: int, reported: bool) -> bool:
    """A noun brings news where a verb carries it ("launched an attack") or where it opens the article."""
    modifiers = {document.words[c] for c in document.children(noun, "amod", "nmod:poss")}
    if modifiers & _words("adjectives"):
        return False
    support = find_support(document, noun)
    if support is not None:
        return _clause_is_news(document, _clause_of(document, support[0]), reported)
    if any(_is_recalled(document, i) for i in _phrases(document, noun)):
        return False
    if document.children(noun, "cop") and modifiers & words_of("ranking"):
        return _clause_is_news(document, noun, reported)  # "it was the *first* visit by a king"
    definite = any(document.words[c] in _words("pointing") for c in document.children(noun, "det"))
    if definite:
        return False
    clause = next((a for a in document.ancestors(noun) if document.tokens[a].pos in ("VERB", "AUX")), None)
    return clause is None or _clause_is_news(document, _clause_of(document, clause), reported)


def _phrases(document: Document, noun: int) -> list[int]:
    """An event noun and the nouns that it stands below: "following *deaths* in an *attack*"."""
    found = [noun]
    while document.relations[found[-1]].startswith("nmod") and document.tokens[found[-1]].head != found[-1]:
        found.append(document.tokens[found[-1]].head)
    return found


def _is_recalled(document: Document, noun: int) -> bool:
    preposition = document.preposition(noun)
    return preposition is not None and preposition.split()[0] in _words("recalling")


def _recalls(document: Document, clause: int) -> bool:
    """Whether an adverb or a phrase below verb `clause` puts it in the past of the report."""
    adverbs = _words("adverbs")
    for child in document.children(clause, "advmod", "obl"):
        if document.words[child] in adverbs:
            return True
        first, last = document.subtree_span(child)
        if document.text[first:last].lower() in adverbs:
            return True
    return False


def _clause_of(document: Document, i: int) -> int:
    """The verb at the head of the finite clause of word `i`: itself, or the verb that controls it."""
    while document.relations[i] in ("xcomp", "conj") and document.tokens[i].head != i:
        i = document.tokens[i].head
    return i
