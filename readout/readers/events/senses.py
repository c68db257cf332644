"""Words of two senses: a strike of workers and one of missiles, told apart by what is spoken of (`events/senses.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from readout import knowledge
from readout.language.document import Document
from readout.readers.events.frames import Frame, Trigger, frame_named

_NEARER = 2  # what a word of the sentence counts more than one of the rest of the article


@dataclass(frozen=True, slots=True)
class Sense:
    """How a word is told apart: its lemma, the patterns that hold for either sense, and the words of each."""

    lemma: str
    open: frozenset[str]
    here: frozenset[str]
    other: Frame
    there: frozenset[str]


@cache
def _senses() -> dict[str, Sense]:
    """The words of two senses, by the rule as which the first is read."""
    return {
        entry["rule"]: Sense(
            entry["lemma"],
            frozenset(map(str, entry["open"])),
            frozenset(map(str, entry["here"])),
            frame_named(entry["other"]),
            frozenset(map(str, entry["there"])),
        )
        for entry in knowledge.load("events/senses.yaml").values()
    }


def in_sense(document: Document, trigger: Trigger) -> Trigger:
    """The trigger with the frame of the sense that its word has here; mostly the trigger itself.

    Args:
        document: the parsed document.
        trigger: a word and the frame that its pattern tells.
    """
    sense = _senses().get(trigger.frame.rule)
    if sense is None or trigger.pattern.text not in sense.open:
        return trigger
    own = next((w for w in (trigger.token, *trigger.words) if document.lemmas[w] == sense.lemma), None)
    if own is None:
        return trigger
    said = {name for c in document.dependents[own] for name in (document.words[c], document.lemmas[c])}
    here, there = len(sense.here & said), len(sense.there & said)
    if bool(here) == bool(there):
        sentence = document.sentence(trigger.token)
        of_both = (document.words[sentence.first : sentence.last], document.lemmas[sentence.first : sentence.last])
        around = set().union(*of_both)
        here, there = (
            _NEARER * len(words & around) + len(words & document.vocabulary) for words in (sense.here, sense.there)
        )
        if here == there == 0 and _is_of_a_nation(document, own):
            there = 1
    return replace(trigger, frame=sense.other) if there > here else trigger


def _is_of_a_nation(document: Document, i: int) -> bool:
    """Whether a nationality stands before a word: "an *Israeli* strike"."""
    return any(document.capitals[c] and document.parts[c] == "ADJ" for c in document.children(i, "amod") if c < i)
