"""The topics of the text around an event: PLOVER's contexts, by the frame and by words of its sentence and paragraph."""

from __future__ import annotations

from functools import cache

from readout import knowledge
from readout.language.document import Document
from readout.readers.events.frames import Trigger


@cache
def _cues() -> dict[str, tuple[str, ...]]:
    """Lemma to contexts."""
    index: dict[str, list[str]] = {}
    for context, entry in knowledge.load("contexts.yaml").items():
        for word in entry["words"]:
            index.setdefault(str(word).lower(), []).append(context)
    return {word: tuple(found) for word, found in index.items()}


def contexts_of(document: Document, trigger: Trigger) -> tuple[str, ...]:
    """The contexts that the frame implies and those that words of the sentence name, sorted."""
    cues = _cues()
    sentence = document.sentence(trigger.token)
    found = set(trigger.frame.contexts)
    for i in range(sentence.first, sentence.last):
        token = document.tokens[i]
        found.update(cues.get(token.lemma.lower(), ()))
        if i + 1 < sentence.last:
            found.update(cues.get(f"{token.lower} {document.tokens[i + 1].lemma.lower()}", ()))
    return tuple(sorted(found))
