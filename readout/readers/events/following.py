"""Events that a participle tells behind a verb: "shelled Bor on Monday, *killing* six" happened where and when that did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from readout.language.document import Document
from readout.readers.events.nesting import Draft
from readout.readers.events.passives import is_passive
from readout.readers.events.whereabouts import is_told
from readout.types import Actor

_DONE = frozenset({"occurred", "ongoing"})


def following(document: Document, drafts: Sequence[Draft], actors: Sequence[Actor]) -> list[Draft]:
    """Drafts of which those told by a participle behind another one's verb have its day, and its places, where they have none.

    What is done in words ("left for Cairo on Monday, calling for a truce") has the day alone. What was suffered when somebody
    attacked has the attacker too.
    """
    told = {draft.scene.trigger.token: n for n, draft in enumerate(drafts)}
    told |= {draft.scene.predicate: n for n, draft in enumerate(drafts)}
    settled = list(drafts)
    for n, draft in enumerate(drafts):
        main = governing(document, draft.scene.predicate)
        leading = told.get(main) if main is not None else None
        if leading is None or leading == n:
            continue
        event, first = draft.event, settled[leading].event
        if event.status not in _DONE or first.status not in _DONE:
            continue
        if event.time is None and first.date is not None:
            event = replace(event, time=first.time, date=first.date)
        if not event.places and not (is_told(event.act.type) or is_told(first.act.type)):
            event = replace(event, places=first.places)
        settled[n] = replace(draft, event=event)
    return [_when_attacked(document, draft, settled, told, actors) for draft in settled]


def _when_attacked(
    document: Document, draft: Draft, drafts: Sequence[Draft], told: Mapping[int, int], actors: Sequence[Actor]
) -> Draft:
    """What was suffered when somebody attacked is done by who attacked, then and there: "six were killed *when rebels raided Bor*"."""
    event = draft.event
    verb = draft.scene.predicate
    suffered = event.recipients and not event.actors and is_passive(document, verb)
    if event.act.type != "ASSAULT" or not suffered or event.status not in _DONE:
        return draft
    for clause in told:
        if (
            clause <= verb
            or document.tokens[clause].sentence != event.sentence
            or not _opens_with_when(document, clause)
        ):
            continue
        attack = drafts[told[clause]].event
        if attack.act.type != "ASSAULT" or attack.status not in _DONE or {*attack.actors} & {*event.recipients}:
            continue
        if _has_fighters(actors, attack.actors) and _has_fighters(actors, event.recipients):
            continue  # "28 soldiers and 33 attackers were killed when militants raided it": some of either side
        time, date = (event.time, event.date) if event.time is not None else (attack.time, attack.date)
        event = replace(event, actors=attack.actors, time=time, date=date, places=event.places or attack.places)
    return replace(draft, event=event)


def _has_fighters(actors: Sequence[Actor], some: Sequence[int]) -> bool:
    return any(actors[n].kind == "armed_group" for n in some)


def _opens_with_when(document: Document, verb: int) -> bool:
    """Whether the clause of a verb begins with "when", by its first word: trees hang it on many others."""
    subjects = document.children(verb, "nsubj", "nsubj:pass")
    if not subjects:
        return False
    first = min(document.subtree(subjects[0]))
    return document.words[first] == "when" or document.words[max(first - 1, 0)] == "when"


def governing(document: Document, verb: int) -> int | None:
    """The verb behind which a participle tells what came of it: "shelled" for "shelled Bor, *killing* six"; else None."""
    while document.relations[verb] == "conj" and document.tags[document.tokens[verb].head] == "VBG":
        verb = document.tokens[verb].head
    token = document.tokens[verb]
    if token.tag != "VBG" or token.dep != "advcl" or token.head >= verb or document.children(verb, "mark", "nsubj"):
        return None
    begins = min(document.subtree(verb))
    comma = document.words[begins] == "," or (begins > 0 and document.words[begins - 1] == ",")
    return token.head if comma else None
