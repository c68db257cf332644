"""The pattern language of event knowledge (docs/events-knowledge.md), parsed; `matching` lays patterns on a dependency tree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from readout import knowledge
from readout.errors import KnowledgeError
from readout.readers.events.naming import NAME, PEOPLE

PartKind = Literal[
    "run",
    "noun",
    "any",
    "not",
    "subject",
    "not_subject",
    "several",
    "not_fact",
    "literal",
    "near",
    "not_near",
    "not_run",
    "no_object",
    "not_passive",
]
#: Parts that ask for nothing to stand there.
_ABSENT: frozenset[PartKind] = frozenset(
    {"any", "not", "not_subject", "not_fact", "not_near", "not_run", "no_object", "not_passive"}
)
#: Parts before which a run of particles goes on ("call {leader} -fact to {discuss}").
ASIDE: frozenset[PartKind] = frozenset(
    {"subject", "not_subject", "several", "not_fact", "near", "not_near", "not_run", "no_object", "not_passive"}
)

PARTICLES = frozenset((
    "about", "above", "across", "after", "against", "ahead", "along", "among", "apart", "around", "as", "aside", "at",
    "away", "back", "before", "behind", "below", "between", "by", "down", "during", "for", "forward", "from", "in",
    "inside", "into", "near", "of", "off", "on", "onto", "out", "outside", "over", "past", "through", "to",
    "together", "toward", "towards", "under", "up", "upon", "via", "with", "within", "without",
))  # fmt: skip
_PART = re.compile(r"-?subj\{[^}]*\}|-?~?\{[^}]*\}|\S+")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a pattern: a run of particles, a noun of a class, any noun, a noun not of a class, a literal word."""

    kind: PartKind
    words: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()


#: Where the words of a part stand: the part's kind, and the run of particles before it.
Where = tuple[PartKind, tuple[str, ...] | None]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A lemma and what must stand with it; `weight` grows with what is asked for.

    `asked` is the first part that names a noun or word without which the pattern cannot hold, else the first that names a
    subject; `where` is its place. `needed` are the particles and prepositions without which it cannot hold.
    """

    lemma: str
    parts: tuple[Part, ...]
    text: str
    asked: Part | None = field(init=False, repr=False, compare=False)
    where: Where | None = field(init=False, repr=False, compare=False)
    needed: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        asked, where = _first_asked(self.parts)
        object.__setattr__(self, "asked", asked)
        object.__setattr__(self, "where", where)
        object.__setattr__(self, "needed", _first_needed(self.parts))

    @property
    def weight(self) -> int:
        """How specific the pattern is; of two that match, the more specific one is meant."""
        return sum(1 if part.kind in _ABSENT else 2 for part in self.parts)


def _first_asked(parts: tuple[Part, ...]) -> tuple[Part, Where] | tuple[None, None]:
    run: tuple[str, ...] | None = None
    for part in parts:
        if part.kind in ("noun", "literal"):
            return part, _where(part.kind, run)
        if part.kind not in ASIDE:
            run = part.words if part.kind == "run" else None
    subject = next((part for part in parts if part.kind == "subject"), None)
    return (None, None) if subject is None else (subject, _where("subject", None))


def _first_needed(parts: tuple[Part, ...]) -> frozenset[str]:
    """The words of its runs, but for those behind which something must not stand."""
    needed: list[str] = []
    run: tuple[str, ...] = ()
    for part in parts:
        if part.kind in ("run", "noun", "any", "literal"):
            needed += run
        if part.kind not in ASIDE:
            run = part.words if part.kind == "run" else ()
    return frozenset([*needed, *run])


@cache
def _where(kind: PartKind, run: tuple[str, ...] | None) -> Where:
    return kind, run


@cache
def noun_classes() -> dict[str, dict[str, list[str]]]:
    """Every class of `events/classes/*.yaml` by its name.

    Raises:
        KnowledgeError: two files have a class of one name, or a class is no mapping of `nouns` and `include`.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for file in knowledge.names("events/classes"):
        content: dict[str, dict[str, list[str]]] = knowledge.load(file)
        for name, entry in content.items():
            if not isinstance(entry, dict) or not entry.keys() <= {"nouns", "include"}:
                raise KnowledgeError(f"{file}: {name}: a class has `nouns` and `include`, and nothing else")
        twice = found.keys() & content.keys()
        if twice:
            raise KnowledgeError(f"{file}: {', '.join(sorted(twice))} in another file too")
        found |= content
    return found


@cache
def class_members(name: str) -> frozenset[str]:
    """The lemmas of a class of nouns, its included classes with it; a name that is no class is its own lemma."""
    classes = noun_classes()
    if name not in classes:
        return frozenset({name})
    entry = classes[name]
    members = {str(noun).lower() for noun in entry.get("nouns", ())}
    for other in entry.get("include", ()):
        if other not in classes:
            raise KnowledgeError(f"events/classes: {name} includes {other}, which is no class")
        members |= class_members(other)
    if name == "person":
        members.add(PEOPLE)
    return frozenset(members)


@cache  # one for all patterns that ask for the same
def _members(braces: str) -> frozenset[str]:
    names = braces[braces.index("{") + 1 : -1].split("|")
    return frozenset().union(*({NAME} if name == "name" else class_members(name.strip()) for name in names))


@cache
def parse_pattern(text: str) -> Pattern:
    """A pattern as written in a knowledge file.

    Raises:
        KnowledgeError: there is nothing in it.
    """
    words = _PART.findall(text)
    if not words:
        raise KnowledgeError("an empty pattern")
    parts: list[Part] = []
    run: list[str] = []
    for word in words[1:]:
        if word in PARTICLES:
            run.append(word)
            continue
        if run:
            parts.append(Part("run", tuple(run)))
            run = []
        parts.append(_part(word))
    if run:
        parts.append(Part("run", tuple(run)))
    return Pattern(words[0].lower(), tuple(parts), text)


@cache
def _part(word: str) -> Part:
    if word == "*":
        return Part("any")
    if word == "-fact":
        return Part("not_fact")
    if word == "-passive":
        return Part("not_passive")
    if word == "-obj":
        return Part("no_object")
    if word.startswith("-") and word[1:] in PARTICLES:
        return Part("not_run", words=(word[1:],))
    if word.startswith("-~{"):
        return Part("not_near", names=_members(word))
    if word.startswith("~{"):
        return Part("near", names=_members(word))
    if word == "subj{several}":
        return Part("several")
    if word.startswith("-subj{"):
        return Part("not_subject", names=_members(word))
    if word.startswith("subj{"):
        return Part("subject", names=_members(word))
    if word.startswith("-{"):
        return Part("not", names=_members(word))
    if word.startswith("{"):
        return Part("noun", names=_members(word))
    return Part("literal", words=(word.lower(),), names=frozenset({word.lower()}))
