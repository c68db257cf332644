"""Events that stand below another one of the same sentence: what a call was made to say, and what a protest is for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from readout.language.document import Document
from readout.readers.events.lexicon import words
from readout.readers.events.roles import Scene
from readout.readers.events.speaking import AHEAD
from readout.readers.status.clause import is_infinitive
from readout.types import Event, EventType

#: What is done by saying it: a call or a letter is the means of it, and no event beside it.
_SAID: frozenset[EventType] = frozenset({"SUPPORT", "ACCUSE", "CONCEDE", "AGREE", "REQUEST", "REJECT", "THREATEN"})
#: Acts by which one's own or another's demand, threat or plan is turned down or given up.
_DROPPING: frozenset[EventType] = frozenset({"REJECT", "CONCEDE"})
_BELOW = frozenset({"advcl", "xcomp", "acl", "ccomp", "obl", "nmod", "obj", "dep"})


@dataclass(frozen=True, slots=True)
class Draft:
    """An event while it is read, with what is needed to merge and rank it."""

    event: Event
    scene: Scene
    spent: tuple[int, ...]


def settle_nested(document: Document, drafts: list[Draft]) -> list[Draft]:
    """The drafts without those that only carry or explain another one.

    "Called the president *to congratulate* him" is the congratulation, told by two words; what a protest demands is its topic
    (PLOVER.md, section 2: the topic of a protest is not coded as a request), and of whom it is demanded is whom it is against.
    """
    gone: set[int] = set()
    settled = list(drafts)
    beside: dict[int, list[int]] = {}  # by sentence: only in its own does one hang below another
    for n, draft in enumerate(drafts):
        beside.setdefault(draft.event.sentence, []).append(n)
    for n, outer in enumerate(drafts):
        for m in beside[outer.event.sentence]:
            inner = drafts[m]
            if m == n or n in gone or m in gone or not _is_below(document, inner, outer):
                continue
            if _is_means(document, outer, inner):
                gone.add(n)
                settled[m] = _told_by(inner, outer)
            elif outer.event.act.type == "AGREE" and _is_said_in_it(document, outer, inner):
                gone.add(n)  # "adopted a resolution *calling on* the army to leave" calls on it
            elif _is_what_for(document, outer, inner):
                gone.add(m)
            elif outer.event.act.type == "ASSAULT" and _is_aim(document, outer, inner):
                gone.add(m)
                settled[n] = _aimed(settled[n], inner)
            elif outer.event.type == inner.event.type and document.tokens[inner.scene.trigger.token].pos == "ADJ":
                gone.add(m)  # "called the move *unjustified*": the adjective is what it was called
            elif outer.event.act.type == "PROTEST" and inner.event.type == "REQUEST":
                gone.add(m)
                if not settled[n].event.recipients:
                    against = tuple(a for a in inner.event.recipients if a not in outer.event.actors)
                    settled[n] = replace(settled[n], event=replace(settled[n].event, recipients=against))
    return [draft for n, draft in enumerate(settled) if n not in gone]


def _is_below(document: Document, inner: Draft, outer: Draft) -> bool:
    """Whether the tree hangs one event below the words of another, with no clause of its own between."""
    above = {outer.scene.trigger.token, outer.scene.predicate}
    if inner.event.sentence != outer.event.sentence or inner.scene.trigger.token in above:
        return False
    at = inner.scene.predicate
    for _ in range(4):
        token = document.tokens[at]
        if at in above:
            return True
        if token.dep.split(":")[0] not in _BELOW or token.dep == "acl:relcl" or token.head == at:
            return False
        at = token.head
    return at in above


def _is_means(document: Document, outer: Draft, inner: Draft) -> bool:
    """Whether one event is the call or letter by which the other one is said."""
    trigger = document.tokens[outer.scene.trigger.token]
    own = {document.lemmas[w] for w in outer.scene.trigger.words} | {trigger.lemma.lower()}
    if outer.event.act.type != "CONSULT" or not own & words("means"):
        return False
    if inner.event.act.type not in _SAID:
        return False
    if inner.scene.trigger.noun:  # "to express his support"
        return inner.event.actors == outer.event.actors
    return not inner.event.actors or bool(set(inner.event.actors) & set(outer.event.actors))


def _is_aim(document: Document, outer: Draft, inner: Draft) -> bool:
    """Whether an infinitive tells what for the same was done: "fired tear gas *to disperse* the crowd"."""
    verb = inner.scene.predicate
    same = outer.event.act == inner.event.act and outer.event.status == "occurred" and inner.event.status == "planned"
    return same and document.relations[verb] in ("advcl", "xcomp", "acl") and is_infinitive(document, verb)


def _aimed(draft: Draft, aim: Draft) -> Draft:
    """An act with whom it was aimed at, where and when, as far as its own words do not tell."""
    event, other = draft.event, aim.event
    time, date = (event.time, event.date) if event.time is not None else (other.time, other.date)
    event = replace(
        event,
        recipients=event.recipients or other.recipients,
        places=event.places or other.places,
        time=time,
        date=date,
    )
    figures = tuple(dict.fromkeys((*event.figures, *other.figures)))
    return replace(draft, event=replace(event, figures=figures, spans=(*event.spans, other.span)))


def _is_said_in_it(document: Document, outer: Draft, inner: Draft) -> bool:
    """Whether an event is what the resolution says that the other one adopts."""
    token = document.tokens[inner.scene.predicate]
    writing = document.tokens[token.head]
    said = token.dep == "acl" and token.tag == "VBG" and writing.lemma.lower() in words("writings")
    return said and writing.head in (outer.scene.trigger.token, outer.scene.predicate)


def _is_what_for(document: Document, outer: Draft, inner: Draft) -> bool:
    """Whether an infinitive only says which call or threat is turned down or dropped: "defied calls *to step down*"."""
    if outer.scene.trigger.token in inner.spent:
        return False
    if outer.event.act.type not in _DROPPING or inner.scene.trigger.noun or inner.event.status not in AHEAD:
        return False
    marks = {document.words[m] for m in document.children(inner.scene.predicate, "mark")}
    around = document.children(outer.scene.trigger.token, "obj", "obl")
    dropped = {document.lemmas[w] for w in (*around, *outer.scene.trigger.words)}
    return "to" in marks and not dropped.isdisjoint(words("dropped"))


def _told_by(inner: Draft, outer: Draft) -> Draft:
    """A saying, told by the word for its means as well: who was called is to whom it is said."""
    event = inner.event
    return replace(
        inner,
        event=replace(
            event,
            actors=event.actors or outer.event.actors,
            recipients=outer.event.recipients or event.recipients,
            status=outer.event.status if event.status == "planned" else event.status,
            time=event.time if event.time is not None else outer.event.time,
            date=event.date if event.date is not None else outer.event.date,
            spans=(*event.spans, outer.event.span),
        ),
    )
