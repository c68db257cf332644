"""The act that a word of talk speaks of: what is offered, ruled out or agreed on (`knowledge/events/spoken.yaml`)."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from readout import knowledge
from readout.language.document import Document
from readout.readers.events.frames import TYPES, Trigger, find_trigger
from readout.readers.events.heads import behind_partitive
from readout.readers.status.clause import is_infinitive
from readout.types import Act, EventType

#: Types that are talk about an act.
_TALK: frozenset[EventType] = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN"})
#: What acts each type of talk may be about: who considers *sanctions* may impose them, who rules out *talks* holds none.
_COOPERATIVE: frozenset[EventType] = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT"})
_HOSTILE: frozenset[EventType] = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
_SPOKEN_OF: dict[EventType, frozenset[EventType]] = {
    "AGREE": frozenset(TYPES) - _TALK,
    "REQUEST": frozenset(TYPES) - _TALK,
    "REJECT": _COOPERATIVE,
    "THREATEN": _HOSTILE,
}


def act_spoken_of(document: Document, trigger: Trigger) -> Act:
    """The act that a trigger speaks of: its own, but of a word of talk what its own nouns tell ("called for *talks*").

    Args:
        document: the parsed document.
        trigger: the word and its frame.
    """
    if trigger.frame.type not in _TALK:
        return trigger.frame.act
    for word in (w for own in trigger.words for w in dict.fromkeys((own, behind_partitive(document, own)))):
        below = find_trigger(document, word)
        if below is not None and below.noun and below.frame.type in _SPOKEN_OF[trigger.frame.type]:
            return below.frame.act
        named = _of_noun(document, word)
        if named is not None:
            return Act(named, None)
    if trigger.frame.type == "AGREE" and _is_of_cooperation(document, trigger):
        return Act("COOPERATE", None)
    return trigger.frame.act if trigger.frame.tells is None else Act(trigger.frame.tells, None)


def _of_noun(document: Document, word: int) -> EventType | None:
    """The type of act that a noun names where nothing beside it tells who does it: "offered *help*"."""
    for kind, nouns in _table()["nouns"].items():
        if document.lemmas[word] in nouns:
            return cast(EventType, kind)
    return None


def _is_of_cooperation(document: Document, trigger: Trigger) -> bool:
    """Whether what is agreed or offered is to trade or to do something together: "agreed *to open* a joint office"."""
    verbs = [
        v
        for word in (trigger.token, *trigger.words)
        for v in document.children(word, "xcomp", "acl", "advcl")
        if v > word and is_infinitive(document, v)
    ]
    verbs += [c for v in verbs for c in document.children(v, "advcl", "conj") if is_infinitive(document, c)]
    for verb in verbs:
        if document.lemmas[verb] in _table()["trading"]:
            return True
        if document.lemmas[verb] in _table()["together"] and _is_joint(document, trigger, verb):
            return True
    return False


def _is_joint(document: Document, trigger: Trigger, verb: int) -> bool:
    """Whether something is to be done by several: "work *with* Chad", "a *joint* office", "the *two sides* agreed"."""
    objects = document.children(verb, "obj")
    below = [c for word in (verb, *objects) for c in document.children(word, "obl", "nmod")]
    if any(document.preposition(c) in _table()["between"] for c in below):
        return True
    if any(document.words[c] in _table()["joint"] for o in objects for c in document.children(o, "amod", "compound")):
        return True
    subjects = document.children(trigger.token, "nsubj")
    return any(
        len(document.conjuncts(s)) > 1 or (document.tags[s] == "NNS" and document.lemmas[s] in _table()["sides"])
        for s in subjects
    )


@cache
def _table() -> dict[str, Any]:
    return cast(dict[str, Any], knowledge.load("events/spoken.yaml"))
