"""Sentences that go on telling of what is long past: "The two drew closer *last year*. They signed two pacts"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import Any, cast

from readout import knowledge
from readout.language.document import Document
from readout.types import Time

_HUNG = frozenset({"obl", "advmod", "nmod"})


@cache
def _table() -> dict[str, Any]:
    return cast(dict[str, Any], knowledge.load("news.yaml"))


def history_of(document: Document, times: Sequence[Time]) -> dict[int, bool]:
    """The sentences that go on with what the sentence before told of a time long past, by number, and whether of the same one.

    They are told in the past, whatever paragraph they stand in; a day of late, a present or somebody's saying ends it. Behind a
    pluperfect without a day only what a pronoun does goes on.
    """
    if document.published is None or len(document.sentences) < 2:
        return {}
    ages: dict[int, list[int]] = {}
    for time in times:
        age = _age(document, time)
        if age is not None:
            ages.setdefault(document.tokens[document.tokens_in(time.span)[0]].sentence, []).append(age)
    going_on, dated, found = False, False, {}
    for n in range(len(document.sentences)):
        told = _told_in(document, n)
        same = _has_pronoun(document, n)
        if going_on and told and not ages.get(n) and (dated or same):
            found[n] = same
        going_on = told is not None and _goes_on(ages.get(n), told, going_on=going_on)
        dated = going_on and (bool(ages.get(n)) or dated)
    return found


def told_after(document: Document, times: Sequence[Time]) -> frozenset[int]:
    """The verbs of the past that came about at something of a time long past: "he *called* for help after the bid *in 1960*"."""
    found = set()
    for time in times:
        age = _days_ago(document, time)
        if age is None or age <= int(_table()["old"]):
            continue
        head = document.head_of(time.span)
        assert head is not None
        noun = document.tokens[head].head
        if document.relations[head] != "nmod" or document.preposition(head) not in ("in", "on"):
            continue
        verb, preposition = document.tokens[noun].head, document.preposition(noun)
        past = document.tags[verb] == "VBD" or "was" in [document.words[a] for a in document.children(verb, "aux")]
        if past and document.relations[noun] == "obl" and preposition in _table()["occasions"]:
            found.add(verb)
    return frozenset(found)


def _goes_on(ages: list[int] | None, told: str, *, going_on: bool) -> bool:
    """Whether history goes on behind a sentence with times of these ages in days."""
    if ages:
        return min(ages) > int(_table()["old"])
    return going_on or told == "had"


def _age(document: Document, time: Time) -> int | None:
    """How many days before publication a time ended that says when something was; None where it says no such thing."""
    head, age = document.head_of(time.span), _days_ago(document, time)
    if head is None or age is None or document.relations[head].partition(":")[0] not in _HUNG:
        return None
    clauses = [
        a for a in (head, *document.ancestors(head)) if document.parts[a] == "VERB" or document.tokens[a].head == a
    ]
    if any(document.relations[a] not in ("root", "conj", "xcomp") for a in clauses):
        return None  # in passing: "after the raid, which killed six *in 1982*"
    return age


def _days_ago(document: Document, time: Time) -> int | None:
    """How many days before publication a date ended; None for what is none."""
    if time.start is None or time.end is None or time.type in ("DURATION", "SET") or document.published is None:
        return None
    return (document.published - dt.date.fromisoformat(time.end)).days


def _has_pronoun(document: Document, n: int) -> bool:
    """Whether the subject of the main verb of sentence `n` is a pronoun: the one told of before."""
    sentence = document.sentences[n]
    subjects = [i for i in range(sentence.first, sentence.last) if document.relations[i].startswith("nsubj")]
    return any(
        document.words[s] in _table()["pronouns"] and document.tokens[document.tokens[s].head].dep == "root"
        for s in subjects
    )


def _told_in(document: Document, n: int) -> str | None:
    """ "past" or "had" by the main verb of sentence `n`; None where it is told in another tense, or somebody says it."""
    sentence = document.sentences[n]
    root = next((i for i in range(sentence.first, sentence.last) if document.tokens[i].head == i), None)
    if root is None or document.lemmas[root] in _table()["telling"]:
        return None
    helpers = {document.words[a] for a in document.children(root, "aux", "cop")}
    if "had" in helpers:
        return "had"
    past = document.tags[root] == "VBD" or bool(helpers & {"was", "were", "did"})
    return "past" if past and not helpers & {"has", "have", "will", "would", "may", "might", "could", "can"} else None
