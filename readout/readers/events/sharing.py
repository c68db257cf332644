"""What joined verbs have in common: "two were killed and three wounded *in an ambush by rebels*" tells of both who did it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from readout.language.document import Document
from readout.readers.events.nesting import Draft
from readout.readers.events.passives import is_passive

#: Prepositions of the deed in which somebody is hurt.
_IN = frozenset({"in", "during"})


def sharing(document: Document, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts of which those whom an attack hurt too have who made it, where the phrase of it stands with the last of joined verbs."""
    told = {draft.scene.predicate: draft for draft in drafts if draft.event.act.type == "ASSAULT"}
    attacks: dict[int, Draft] = {}  # by the verb in whose phrase they stand
    for word, draft in told.items():
        verb = document.tokens[word].head
        one_sided = draft.scene.trigger.noun and not draft.scene.trigger.frame.symmetric
        inside = one_sided and document.preposition(word) in _IN and document.relations[word] == "obl"
        who = [d for d in (draft, told.get(verb)) if d is not None and d.event.actors]
        if inside and who:
            attacks[verb] = who[0]
    if not attacks:
        return list(drafts)
    return [_shared(document, draft, attacks) for draft in drafts]


def _shared(document: Document, draft: Draft, attacks: dict[int, Draft]) -> Draft:
    verb, event = draft.scene.predicate, draft.event
    if event.act.type != "ASSAULT" or event.actors or draft.scene.trigger.noun or not is_passive(document, verb):
        return draft
    own = any(document.preposition(o) in _IN for o in document.children(verb, "obl"))
    attack = next((attacks[v] for v in document.children(verb, "conj") if v in attacks), None) if not own else None
    if attack is None or set(attack.event.actors) & set(event.recipients):
        return draft
    return replace(draft, event=replace(event, actors=attack.event.actors, places=event.places or attack.event.places))
