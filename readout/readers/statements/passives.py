"""Passives: "X is believed to have fled", "it is said that", "X was told that", "the raid was condemned by Y"."""

from __future__ import annotations

import dataclasses

from readout.language.document import is_dep
from readout.readers.statements.clauses import opens_clause
from readout.readers.statements.content import content_before
from readout.readers.statements.lexicon import noun_cues
from readout.readers.statements.page import Draft
from readout.readers.statements.saying import Saying
from readout.readers.statements.sources import agent
from readout.types import Span


def passive_draft(said: Saying) -> Draft | None:
    """The attribution of a passive verb; its source is the "by" phrase, where it has one."""
    document, verb = said.page.document, said.verb
    said = dataclasses.replace(said, source=agent(said.page, verb))
    start = verb + 1
    while start < said.last and said.page.tokens[start].pos == "ADV":
        start += 1
    if start >= said.last:
        return None
    topic = document.child(verb, "nsubj:pass", "nsubj")
    if topic is not None and said.page.tokens[topic].lower == "it":
        said_before = _parenthesis(said, topic)
        if said_before is not None:
            return said_before
    after = said.page.tokens[start].lower
    if after == "that" or (said.cue.addressee and opens_clause(said, start)):
        told = (topic,) if topic is not None and said.page.tokens[topic].lower != "it" else ()
        kind = "clause" if "clause" in said.cue.frames else "that"
        return said.draft(said.behind(start), kind, told=told)
    if topic is None and said.source is not None and is_dep(said.page.tokens[verb].dep, ("acl",)):
        topic = said.page.tokens[verb].head
    if topic is None or said.page.is_time(topic):
        return None
    return _of_topic(said, topic, start)


def _parenthesis(said: Saying, topic: int) -> Draft | None:
    """What stands before ", it was announced on Monday" at the end of a sentence."""
    page, verb = said.page, said.verb
    follows = verb + 1
    while follows < said.last and (page.is_time(follows) or page.tokens[follows].tag in ("IN", "RB")):
        follows += 1
    ends = follows >= said.last or page.tokens[follows].text in (".", ",", ";")
    if not ends or page.tokens[topic - 1].text not in (",", "—", "–", "--") or "quote" not in said.cue.frames:
        return None
    said = dataclasses.replace(said, frame=(topic, follows - 1))
    return said.draft(content_before(page, verb, said.frame), "quote")


def _of_topic(said: Saying, topic: int, start: int) -> Draft | None:
    """What is said of the passive's own subject."""
    document = said.page.document
    if said.page.tokens[start].lower in ("to", "as") and "passive" in said.cue.frames:
        if start + 1 < said.last and said.page.tokens[start + 1].lower in ("saying", "telling"):
            return None  # "was quoted as saying": the topic is who speaks, and "saying" is its verb
        return said.draft((document.subtree_span(topic), *said.behind(start)), "passive")
    kinds = {"object", "pair"} & set(said.cue.frames)
    if said.source is None or not kinds:
        return None
    claims = said.page.tokens[topic].lemma in noun_cues()  # "the claim that … was rejected by X"
    whole = document.subtree_span(topic) if claims else document.phrase_span(topic)
    return said.draft((whole, *_judgement(said, said.source)), min(kinds))


def _judgement(said: Saying, doer: int) -> tuple[Span, ...]:
    """What the doer of a passive calls it, behind the doer: "hailed by X as a success"."""
    # "hailed by the envoy as a success": the tree hangs "as a success" from "envoy" as often as from the verb
    for child in (*said.children("obl", "advcl", "xcomp"), *said.page.document.children(doer, "nmod", "acl")):
        case = said.page.document.child(child, "case", "mark")
        if child > doer and case is not None and case > doer and said.page.tokens[case].lower == "as":
            return said.behind(case)
    return said.behind(doer + 1) if doer + 1 < said.last and said.page.tokens[doer + 1].lower == "as" else ()
