"""Where the sides stand: what they demand, refuse, offer, oppose and support."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from readout.language.document import Document
from readout.readers.events.arguments import subjects
from readout.readers.events.book import ActorBook
from readout.readers.events.passives import is_passive
from readout.readers.negotiations.lexicon import stances, words
from readout.readers.negotiations.phrases import CUT, phrase
from readout.readers.status import Operator, judge
from readout.types import Position, Span, Stance, Status

_STANCES: dict[Status, Stance] = {"refused": "refuses", "requested": "demands", "proposed": "offers"}
#: What not accepting, and not supporting, comes to; who does not demand a thing does not say where he stands.
_PLAIN: dict[str, Stance] = {"accepts": "supports"}
_NEGATED: dict[str, Stance] = {"accepts": "refuses", "supports": "opposes"}
_OF_KIND: dict[str, Stance] = {"refuse": "refuses", "demand": "demands", "request": "demands", "offer": "offers"}
_VERBS = frozenset({"VERB"})
_HOLDERS = frozenset({"refuse", "demand", "request", "offer"})
_HELD = ("occurred", "ongoing")


@dataclass(frozen=True, slots=True)
class Stand:
    """What an actor refuses, demands or offers: its head word, its words, and the position; `firm` where it makes an issue of it."""

    head: int
    content: Span
    position: Position
    firm: bool


def find_stands(document: Document, book: ActorBook) -> list[Stand]:
    """What the actors of the article refuse, demand, offer, oppose or support, in text order."""
    found: list[Stand] = []
    for i in document.of_parts(_VERBS):
        found += _of_act(document, i, book)
        found += _of_bare_clause(document, i, book)
        found += _of_things(document, i, book, found)
        found += _of_noun_clause(document, i, book)
    return found


def _of_noun_clause(document: Document, i: int, book: ActorBook) -> list[Stand]:
    """What somebody demands in a clause of whose verb a tree makes a noun: "insists that the army *lift* the siege"."""
    if document.lemmas[i] not in words("stances", "demanding_that"):
        return []
    found: list[Stand] = []
    for clause in document.children(i, "ccomp"):
        marks = [m for m in document.children(clause, "mark") if document.words[m] == "that"]
        if not marks or document.parts[clause] != "NOUN" or document.child(clause, "cop") is not None:
            continue
        start, end = document.tokens[marks[0] + 1].start, document.subtree_span(clause, ("advcl", "parataxis"))[1]
        span = document.tokens[i].start, end
        found += [
            Stand(clause, (start, end), Position(n, "demands", span), firm=True)
            for n in book.find_all(subjects(document, i))
        ]
    return found


def _of_act(document: Document, i: int, book: ActorBook) -> list[Stand]:
    """An act that somebody refuses, demands or offers, and what he makes it wait for: "refuses to sign *until they leave*"."""
    if document.relations[i] == "advcl":
        return []  # "refused to come, *citing* a law" refuses no citing
    judgement = judge(document, i)
    stance = _STANCES.get(judgement.status)
    operators = [o for o in judgement.operators if not _is_apart(document, o, i)]
    if len(operators) < len(judgement.operators):
        stance = _OF_KIND.get(operators[0].kind) if operators else None
    wanting = next((o for o in operators[:1] if _wants(document, i, o)), None)
    holding = (o for o in operators if o.kind in _HOLDERS and not o.negated and o.subject is not None)
    holder = wanting or next(holding, None)
    stance = "demands" if wanting is not None else stance
    if stance is None or holder is None or holder.subject is None:
        return []
    firm = wanting is not None or holder.kind in ("refuse", "demand")
    party = book.find(holder.subject)
    if party is None:
        return []
    start, end = document.tokens[holder.token].start, document.tokens[holder.token].end
    span = document.subtree_span(i, ("advcl", "conj", "parataxis", "nsubj", "mark", "appos"))
    found = [Stand(i, _act(document, i), Position(party, stance, (start, max(span[1], end))), firm)]
    for clause in document.children(i, "advcl") + document.children(holder.token, "advcl"):
        marks = [m for m in document.children(clause, "mark") if document.words[m] in words("stances", "waiting")]
        if stance == "refuses" and clause > i and marks:
            content = _act(document, clause)
            span = document.tokens[marks[0]].start, content[1]
            found.append(Stand(clause, content, Position(party, "demands", span), firm=True))
    return found


def _of_bare_clause(document: Document, i: int, book: ActorBook) -> list[Stand]:
    """What somebody demands that another do, where no "that" stands before it: "demanded *Chad open its ports*"."""
    demands = any(particle is None and kind == "demands" for particle, kind in stances().get(document.lemmas[i], ()))
    if not demands or document.lemmas[i] not in words("stances", "firm") or judge(document, i).status not in _HELD:
        return []
    found: list[Stand] = []
    for clause in document.children(i, "xcomp", "ccomp"):
        bare = (
            document.tags[clause] == "VB"
            and document.children(clause, "nsubj")
            and not document.children(clause, "mark")
        )
        if clause < i or not bare or judge(document, clause).status in _STANCES:
            continue
        own = [clause, *(c for c in document.children(clause, "conj") if document.tags[c] == "VB")]
        for act in own:
            content = _act(document, act)
            span = document.tokens[i].start, content[1]
            found += [
                Stand(act, content, Position(n, "demands", span), firm=True)
                for n in book.find_all(subjects(document, i))
            ]
    return found


def _is_apart(document: Document, operator: Operator, i: int) -> bool:
    """Whether a semicolon stands between: "Chad wants passage; Mali refuses to open the road"."""
    return any(document.tokens[k].text == ";" for k in range(operator.token, i))


def _wants(document: Document, i: int, operator: Operator) -> bool:
    """Whether somebody wants another to do `i`, or it done: "Chad wants them to leave", "they want to be freed"."""
    if (
        operator.kind != "want"
        or operator.negated
        or document.lemmas[operator.token] not in words("stances", "wanting")
    ):
        return False
    return operator.object is not None or is_passive(document, i) or bool(document.children(i, "nsubj"))


def _act(document: Document, verb: int) -> Span:
    """The words of an act, with who is to do it: "its inspectors board the ships", "lift the siege"."""
    start, end = document.subtree_span(verb, ("advcl", "conj", "parataxis", "mark", "appos", "punct", "ccomp"))
    first = document.tokens_in((start, end))[0]
    while first < verb and document.relations[first] in ("mark", "aux", "aux:pass", "case", "cc", "punct", "advmod"):
        first += 1
    return document.tokens[first].start, end


def _of_things(document: Document, verb: int, book: ActorBook, before: list[Stand]) -> list[Stand]:
    """The things that a verb says where somebody stands on: "demand the *release* of captives", "insist on a *pardon*"."""
    found: list[Stand] = []
    for particle, kind in stances().get(document.lemmas[verb], ()):
        status = judge(document, verb).status
        negated = status in ("refused", "not_occurring")
        stance = _NEGATED.get(kind) if negated else _PLAIN.get(kind, cast(Stance, kind))
        if stance is None or not (negated or status in _HELD):
            continue
        holders = [n for n in map(book.find, subjects(document, verb)) if n is not None]
        for thing in _things(document, verb, particle):
            told = _told(document, thing, before, holders)
            content = told.content if told is not None else phrase(document, thing, CUT)
            head = told.head if told is not None else thing
            span = (document.tokens[verb].start, max(document.tokens[verb].end, phrase(document, thing, CUT)[1]))
            if told is None and _stands_for(document, thing):
                continue
            firm = document.lemmas[verb] in words("stances", "firm")
            found += [Stand(head, content, Position(n, stance, span), firm) for n in holders]
        break
    return found


def _things(document: Document, verb: int, particle: str | None) -> list[int]:
    if particle is None or particle in {document.words[c] for c in document.children(verb, "compound:prt", "advmod")}:
        heads = document.children(verb, "obj")
    else:
        heads = [o for o in document.children(verb, "obl") if document.preposition(o) == particle]
    named = [n for head in heads if head > verb for n in document.conjuncts(head)]
    return [n for n in named if document.parts[n] in ("NOUN", "PRON", "DET")]


def _stands_for(document: Document, thing: int) -> bool:
    """Whether a word only points at what was said before: "Chad rejects *that*", "rejected the *idea*"."""
    if document.parts[thing] != "NOUN":
        return True
    return document.lemmas[thing] in words("stances", "pointing") and not document.children(
        thing, "nmod", "acl", "compound"
    )


def _told(document: Document, thing: int, before: list[Stand], holders: list[int]) -> Stand | None:
    """The stand of another that a pointing word means: the last one of this sentence or the one before."""
    if not _stands_for(document, thing) or document.words[thing] in ("who", "which", "what"):
        return None
    here = document.tokens[thing].sentence
    near = [s for s in before if s.head < thing and here - document.tokens[s.head].sentence <= 1]
    return next((s for s in reversed(near) if s.position.party not in holders), None)
