"""Against whom a measure is that the article speaks of again: "*the embargo*" is that against Chad of which it told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from readout.language.document import Document
from readout.readers.events.lexicon import words
from readout.readers.events.nesting import Draft

#: What is said of a measure that is in force: that it is imposed, kept or lifted, or is to be.
_TYPES = frozenset({"SANCTION", "CONCEDE"})
_POINTING = frozenset({"the", "this", "these", "those", "such"})


def with_targets(document: Document, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts of which those that speak of "the embargo" have its target, where the article names one and no other."""
    measures = [_measure(document, draft) for draft in drafts]
    targets: dict[str, set[tuple[int, ...]]] = {}
    for draft, word in zip(drafts, measures, strict=True):
        if word is not None and draft.event.recipients and draft.event.type == "SANCTION":
            targets.setdefault(document.lemmas[word], set()).add(draft.event.recipients)
    settled = []
    for draft, word in zip(drafts, measures, strict=True):
        event = draft.event
        known = targets.get(document.lemmas[word], set()) if word is not None else set()
        if word is not None and not event.recipients and len(known) == 1 and _is_pointed_at(document, word):
            whom = tuple(n for n in next(iter(known)) if n not in event.actors)
            event = replace(event, recipients=whom)
        settled.append(replace(draft, event=event))
    return settled


def _measure(document: Document, draft: Draft) -> int | None:
    """The noun of a measure by which an event is told; None where there is none."""
    if draft.event.act.type not in _TYPES:
        return None
    trigger = draft.scene.trigger
    own = [trigger.token, *trigger.words, *document.children(trigger.token, "obj", "nsubj:pass", "obl")]
    return next((w for w in own if document.lemmas[w] in words("standing_measures")), None)


def _is_pointed_at(document: Document, noun: int) -> bool:
    before = {document.words[c] for c in document.children(noun, "det")}
    return not before.isdisjoint(_POINTING) and not document.children(noun, "nmod")
