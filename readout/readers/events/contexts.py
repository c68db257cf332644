"""The topics of the text around an event: PLOVER's contexts, by the frame and by words of its sentence and paragraph."""

from __future__ import annotations

from functools import cache

from readout import knowledge
from readout.language.document import Document
from readout.language.memory import once
from readout.readers.events.frames import Trigger


@cache
def _cues() -> dict[str, tuple[str, ...]]:
    """Lemma to contexts."""
    index: dict[str, list[str]] = {}
    for context, entry in knowledge.load("contexts.yaml").items():
        for word in entry["words"]:
            index.setdefault(str(word).lower(), []).append(context)
    return {word: tuple(found) for word, found in index.items()}


@cache
def _openings() -> frozenset[str]:
    """The first words of the cues of two words."""
    return frozenset(cue.partition(" ")[0] for cue in _cues() if " " in cue)


def contexts_of(document: Document, trigger: Trigger) -> tuple[str, ...]:
    """The contexts that the frame implies and those that words of the sentence name, sorted."""
    named = _contexts_in(document, document.tokens[trigger.token].sentence)
    return tuple(sorted(named.union(trigger.frame.contexts)))


@once
def _contexts_in(document: Document, sentence: int) -> frozenset[str]:
    """The contexts that words of a sentence name."""
    cues = _cues()
    first, last = document.sentences[sentence].first, document.sentences[sentence].last
    words, lemmas = document.words[first:last], document.lemmas[first:last]
    named = cues.keys() & lemmas
    opening = _openings()
    if not opening.isdisjoint(words):
        pairs = [f"{word} {lemma}" for word, lemma in zip(words, lemmas[1:], strict=False) if word in opening]
        named |= cues.keys() & pairs
    return frozenset([context for cue in named for context in cues[cue]])
