"""Registers: kinds of news whose words look like events and are none (`registers.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import compress, count

from readout import knowledge
from readout.language.document import Document
from readout.types import Event, Problem

#: So many words of a register outweigh one that tells against it, where the text is full of them.
_OUTWEIGHED = 10


@dataclass(frozen=True, slots=True)
class Register:
    """How a register is told, and the rules or whole types by which nothing is read in its texts."""

    name: str
    words: frozenset[str]
    needed: frozenset[str]
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
            frozenset(entry.get("needed", entry["words"])),
            frozenset(entry["unless"]),
            entry["distinct"],
            entry["share"],
            frozenset(entry["not_read"]),
        )
        for name, entry in content.items()
    )


def registers_of(document: Document) -> tuple[Register, ...]:
    """The registers that a document is of; mostly none."""
    hyphened = _hyphened(document) if "-" in document.vocabulary else set()
    near = hyphened | document.vocabulary if hyphened else document.vocabulary
    likely = [each for each in registers() if len(each.words & near) >= each.distinct]
    if not likely:
        return ()  # as mostly
    words = [pair for pair in zip(document.words, document.lemmas, strict=True) if pair[0][:1].isalpha()]
    occurring = hyphened.union([word for word, _ in words], [lemma for _, lemma in words])
    found = []
    for register in likely:
        hits = register.words & occurring
        if len(hits) < register.distinct or not register.needed & hits:
            continue
        times = sum(word in hits or lemma in hits for word, lemma in words)
        against = register.unless & occurring
        apart = max(len(against), sum(word in against or lemma in against for word, lemma in words))
        if against and (times < 2 * register.share * len(words) or apart * _OUTWEIGHED > times):
            continue
        if times >= register.share * len(words):
            found.append(register)
    return tuple(found)


def _hyphened(document: Document) -> set[str]:
    """The words that hyphens join, which are several tokens: "cease-fire", "half-time"."""
    tokens = document.tokens
    hyphens = compress(count(1), map("-".__eq__, document.words[1:-1]))
    around = [(tokens[i - 1], tokens[i], tokens[i + 1]) for i in hyphens]
    return {
        f"{before.lower}-{after.lower}"
        for before, hyphen, after in around
        if before.end == hyphen.start and hyphen.end == after.start
    }


def left_out(document: Document, events: tuple[Event, ...]) -> tuple[tuple[Event, ...], tuple[Problem, ...]]:
    """The events that can be some in a text of the document's registers, and what was left out for which of them."""
    problems = []
    for register in registers_of(document) if events else ():
        kept = tuple(event for event in events if not {event.rule, event.act.type} & register.not_read)
        if len(kept) < len(events):
            count = len(events) - len(kept)
            what = "what looked like an event was" if count == 1 else f"{count} that looked like events were"
            problems.append(Problem("register", f"taken for a report of {register.name}: {what} left out"))
        events = kept
    return events, tuple(problems)
