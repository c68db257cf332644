"""The words that decide whether a predicate happens, compiled from `knowledge/status`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from readout import knowledge
from readout.errors import KnowledgeError

Part = Literal["verbs", "participles", "nouns", "adjectives", "modifiers"]
PARTS: tuple[Part, ...] = ("verbs", "participles", "nouns", "adjectives", "modifiers")


@dataclass(frozen=True, slots=True)
class Governor:
    """A sense of a governing word: its kind of operator, how it governs, and with which particle."""

    name: str
    kind: str
    takes: frozenset[str]
    particle: tuple[str, ...]  # words after the first: "for" of "call for"

    @property
    def rule(self) -> str:
        """The entry's name in a report."""
        return f"status/{self.name}"


Index = dict[str, tuple[Governor, ...]]


@cache
def governors() -> dict[Part, Index]:
    """The governing words by their part of speech and lemma; senses with a particle first.

    Raises:
        KnowledgeError: an entry's kind is not one of kinds.yaml.
    """
    kinds = knowledge.load("status/kinds.yaml")
    found: dict[Part, dict[str, list[Governor]]] = {part: {} for part in PARTS}
    for entry in knowledge.load("status/governors.yaml"):
        if entry["kind"] not in kinds:
            raise KnowledgeError(f"status/governors.yaml: {entry['name']}: no kind {entry['kind']!r}")
        for part in PARTS:
            for text in entry.get(part) or ():
                lemma, *particle = str(text).split()
                governor = Governor(str(entry["name"]), str(entry["kind"]), frozenset(entry["takes"]), tuple(particle))
                found[part].setdefault(lemma, []).append(governor)
    return {
        part: {lemma: tuple(sorted(senses, key=lambda g: -len(g.particle))) for lemma, senses in index.items()}
        for part, index in found.items()
    }


@cache
def words(group: str, *names: str) -> frozenset[str]:
    """The words of one list of words.yaml, e.g. `words("marks", "condition")`."""
    value: Any = knowledge.load("status/words.yaml")[group]
    for name in names:
        value = value[name]
    return frozenset(str(item) for item in value)


@lru_cache(maxsize=1 << 14)  # asked for whatever a text says
def kind_of(group: str, word: str) -> str | None:
    """The kind under which a word stands in a group of words.yaml ("auxiliaries", "marks"); None where in none."""
    for kind, items in knowledge.load("status/words.yaml")[group].items():
        if kind != "examples" and word in items:
            return str(kind)
    return None


@cache
def semi_modals() -> dict[str, tuple[str | None, str]]:
    """Verbs that with "to" make a modal: their form where only one does, and the kind."""
    return {str(e["verb"]): (e.get("form"), str(e["kind"])) for e in knowledge.load("status/words.yaml")["semi_modals"]}


@cache
def governing_lemmas() -> frozenset[str]:
    """The lemmas of all words that govern a predicate in any part of speech."""
    return frozenset(semi_modals()).union(*governors().values())


@cache
def effects() -> dict[tuple[str, bool], str]:
    """What an operator makes of the status below it, by its kind and whether it is negated: see kinds.yaml."""
    kinds: dict[str, Any] = knowledge.load("status/kinds.yaml")
    return {(kind, name == "negated"): str(kinds[kind][name]) for kind in kinds for name in ("plain", "negated")}


@lru_cache(maxsize=1 << 14)  # asked for whatever governs in a text
def senses_of(parts: tuple[Part, ...], lemma: str, form: str) -> tuple[tuple[Part, Governor], ...]:
    """The senses of a word in which it governs a clause or noun of some form, part of speech by part of speech."""
    index = governors()
    return tuple([(part, sense) for part in parts for sense in index[part].get(lemma, ()) if form in sense.takes])


@cache
def negated_noun(kind: str) -> str | None:
    """The kind that a negated operator is taken for above an event noun; None where it stays what it is."""
    other = knowledge.load("status/kinds.yaml").get(kind, {}).get("negated_noun")
    return None if other is None else str(other)
