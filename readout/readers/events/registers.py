"""Registers: kinds of news whose words look like events and are none (`registers.yaml`)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

from readout import knowledge
from readout.language.document import Document
from readout.types import Event


@dataclass(frozen=True, slots=True)
class Register:
    """How a register is told, and the rules or whole types by which nothing is read in its texts."""

    name: str
    words: frozenset[str]
    unless: frozenset[str]
    distinct: int
    share: float
    not_read: frozenset[str]


@cache
def registers() -> tuple[Register, ...]:
    """Every register."""
    content = knowledge.load("registers.yaml")["registers"]
    return tuple(
        Register(
            name,
            frozenset(entry["words"]),
            frozenset(entry["unless"]),
            entry["distinct"],
            entry["share"],
            frozenset(entry["not_read"]),
        )
        for name, entry in content.items()
    )


def registers_of(document: Document) -> tuple[Register, ...]:
    """The registers that a document is of; mostly none."""
    words = [token for token in document.tokens if token.lower[:1].isalpha()]
    counts = Counter(form for token in words for form in {token.lower, token.lemma.lower()})
    found = []
    for register in registers():
        hits = {word for word in register.words if word in counts}
        number = sum(token.lower in hits or token.lemma.lower() in hits for token in words)
        told = len(hits) >= register.distinct and number >= register.share * len(words)
        if told and not any(word in counts for word in register.unless):
            found.append(register)
    return tuple(found)


def is_read(event: Event, of: tuple[Register, ...]) -> bool:
    """Whether an event can be one in a text of these registers."""
    return not any({event.rule, event.act.type} & register.not_read for register in of)
