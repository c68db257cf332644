"""Passives: "X is believed to have fled", "it is said that", "X was told that", "the raid was condemned by Y"."""

from __future__ import annotations

import dataclasses

from readout.language.document import is_dep
from readout.readers.statements.clauses import opens_clause
from readout.readers.statements.content import content_before
from readout.readers.statements.lexicon import noun_cues, phrases
from readout.readers.statements.page import INTRODUCERS, Draft, trim
from readout.readers.statements.saying import Saying
from readout.readers.statements.subjects import agent
from readout.types import Span


def passive_draft(said: Saying) -> Draft | None:
    """The attribution of a passive verb; its source is the "by" phrase, where it has one."""
    document, verb = said.page.document, said.verb
    said = dataclasses.replace(said, source=agent(said.page, verb))
    if _was_asked_first(said):
        return _question(said)
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


def _was_asked_first(said: Saying) -> bool:
    """Whether a participle opens its sentence: "*Asked* if he would resign, he said"."""
    opens = said.verb == said.page.document.sentence(said.verb).first
    return opens and said.page.tokens[said.verb].lower in phrases().asked


def _question(said: Saying) -> Draft | None:
    """What somebody is asked before he speaks: a clause with "if" or a question word, up to its comma."""
    page, start = said.page, said.verb + 1
    if start >= said.last or page.tokens[start].lower not in INTRODUCERS:
        return None
    end = next((i for i in range(start + 1, said.last) if page.tokens[i].text == "," and i not in page.inside), None)
    span = None if end is None else trim(page, start, end - 1)
    kind = "clause" if "clause" in said.cue.frames else "that"
    return said.draft((span,), kind, told=()) if span else None


def _before_doer(said: Saying, start: int, doer: int) -> tuple[Span, ...]:
    """What stands before the "by" of a passive: "described *as sound* by the envoy at a briefing"."""
    page = said.page
    by = next((i for i in range(doer - 1, start, -1) if page.tokens[i].lower == "by"), None)
    span = trim(page, start, by - 1) if by is not None and by not in page.inside else None
    return (span,) if span else ()


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
        behind = said.behind(start)
        if said.source is not None and start < said.source:
            behind = _before_doer(said, start, said.source) or behind
        return said.draft((document.subtree_span(topic), *behind), "passive")
    asked = _asked(said)
    if asked is not None:
        topics = () if said.source is None else (topic,)
        whole = (
            document.phrase_span(topic) if said.page.tokens[said.verb].head == topic else document.subtree_span(topic)
        )
        told, kind = (topics, "request") if "request" in said.cue.frames else ((), "passive")
        return said.draft((whole, *said.behind(asked)), kind, told=told)
    kinds = {"object", "pair"} & set(said.cue.frames)
    if said.source is None or not kinds:
        return None
    claims = said.page.tokens[topic].lemma in noun_cues()  # "the claim that … was rejected by X"
    whole = document.subtree_span(topic) if claims else document.phrase_span(topic)
    judged = _judgement(said, said.source)
    if judged and said.page.document.slice(judged[0]).lower() in ("as saying", "as telling"):
        return None  # "…, officials were quoted by the agency as saying": that is who speaks
    if not judged and "object" not in kinds:
        return None  # "Berg, quoted by the daily, said"
    return said.draft((whole, *judged), min(kinds))


def _asked(said: Saying) -> int | None:
    """The "to" of what somebody is asked behind who asks: "drivers were warned by police *to be careful*"."""
    if not {"request", "passive"} & set(said.cue.frames) or said.source is None:
        return None
    page, document = said.page, said.page.document
    # the tree hangs the infinitive from the one who asks as often as from the verb
    for child in (*said.children("xcomp", "advcl", "ccomp"), *document.children(said.source, "acl")):
        mark = document.child(child, "mark")
        if mark is not None and mark > said.source and page.tokens[mark].lower == "to":
            return mark - 1 if page.tokens[mark - 1].lower == "not" else mark
    return None


def _judgement(said: Saying, doer: int) -> tuple[Span, ...]:
    """What the doer of a passive calls it, behind the doer: "hailed by X as a success"."""
    # "hailed by the envoy as a success": the tree hangs "as a success" from "envoy" as often as from the verb
    for child in (*said.children("obl", "advcl", "xcomp"), *said.page.document.children(doer, "nmod", "acl")):
        case = said.page.document.child(child, "case", "mark")
        if case is not None and child > doer and case > doer:
            if said.page.tokens[case].lower == "as":
                return said.behind(case)
            if said.page.tokens[case].lower in said.cue.pair_by and said.page.tokens[case].lower in (
                "of",
                "for",
                "over",
            ):
                return said.behind(case)  # "accused by the mayor *of lying*"
        if case is not None and said.verb < case < doer and said.page.tokens[case].lower == "as":
            return _before_doer(said, case, doer)
    return said.behind(doer + 1) if doer + 1 < said.last and said.page.tokens[doer + 1].lower == "as" else ()
