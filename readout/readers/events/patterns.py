"""The pattern language of event knowledge (docs/events-knowledge.md): parsing, and matching on a dependency tree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from readout import knowledge
from readout.errors import KnowledgeError
from readout.language.document import Document
from readout.language.memory import once, once_listed
from readout.readers.events.arguments import (
    awaited_infinitives,
    behind_partitive,
    is_passive,
    objects,
    obliques,
    subjects,
)
from readout.readers.events.lexicon import words
from readout.readers.events.naming import NAME, PEOPLE, last_words, last_words_of, names_of, noun_is
from readout.readers.lookup import heads_date

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
]
#: Parts that ask for nothing to stand there.
_ABSENT: frozenset[PartKind] = frozenset({"any", "not", "not_subject", "not_fact", "not_near", "not_run", "no_object"})
#: Parts before which a run of particles goes on ("call {leader} -fact to {discuss}").
_ASIDE: frozenset[PartKind] = frozenset(
    {"subject", "not_subject", "several", "not_fact", "near", "not_near", "not_run", "no_object"}
)

PARTICLES = frozenset((
    "about", "above", "across", "after", "against", "ahead", "along", "among", "apart", "around", "as", "aside", "at",
    "away", "back", "before", "behind", "below", "between", "by", "down", "during", "for", "forward", "from", "in",
    "inside", "into", "near", "of", "off", "on", "onto", "out", "outside", "over", "past", "through", "to",
    "together", "toward", "towards", "under", "up", "upon", "via", "with", "within", "without",
))  # fmt: skip
_ADVERBS = frozenset({"back", "off", "out", "up", "down", "away"})
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
        if part.kind not in _ASIDE:
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
        if part.kind not in _ASIDE:
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


def names_at(document: Document, i: int, where: Where, *, noun: bool) -> frozenset[str]:
    """Everything that the words at a place around word `i` can be called: a pattern that asks for none of it cannot hold."""
    kind, run = where
    if kind == "subject":
        return frozenset().union(*[names_of(document, s) for s in _who(document, i)])
    found = [names for _, names in _standing_at(document, i, kind, run, noun)]
    return found[0] if len(found) == 1 else frozenset().union(*found)


def _who(document: Document, i: int) -> list[int]:
    """Who does word `i`, a partitive and what it counts both."""
    return [w for s in subjects(document, i) for w in dict.fromkeys((s, behind_partitive(document, s)))]


@once
def brought(document: Document, i: int) -> frozenset[str]:
    """The particles, adverbs and last words of prepositions with word `i`: a run that ends in none of them brings nothing."""
    prepositions = (document.preposition(o) for o in obliques(document, i))
    return _particles(document, i).union([p.split()[-1] for p in prepositions if p])


def match(document: Document, i: int, pattern: Pattern, *, noun: bool) -> tuple[int, ...] | None:
    """The nouns by which a pattern holds at word `i`, whose lemma is the pattern's; None where it does not hold.

    Args:
        document: the parsed document.
        i: the trigger.
        pattern: the pattern.
        noun: the trigger is a noun: its objects are its "of"-phrase and its compounds.
    """
    run: tuple[str, ...] | None = None
    words: list[int] = []
    free: list[int] = []
    for part in pattern.parts:
        if part.kind == "run":
            if run is not None and not _has_particle(document, i, run):
                return None
            run = part.words
            continue
        found = _part_words(document, i, part, run, noun)
        if found is None:
            return None
        if part.kind == "any":
            free += found
            found = []
        words += found
        if part.kind not in _ASIDE:
            run = None
    if free and set(free) <= set(words):
        return None  # "refuse food": the food is not both what and to whom
    infinitive = bool(words or free) or document.tokens[i].pos == "ADJ"
    holds = run is None or _has_particle(document, i, run, infinitive=infinitive)
    return tuple(words) if holds else None


def _part_words(document: Document, i: int, part: Part, run: tuple[str, ...] | None, noun: bool) -> list[int] | None:
    """The nouns by which one part holds; None where it does not. A part that asks for any noun is held by none in particular."""
    if part.kind in _ASIDE:
        return _aside_words(document, i, part, noun)
    places = _standing_at(document, i, part.kind, run, noun)
    if part.kind == "any":
        return [word for word, _ in places] or None
    asked = part.names
    named = [word for word, names in places if not asked.isdisjoint(names)]
    if part.kind == "not":
        return None if named else []
    return named or None


def _aside_words(document: Document, i: int, part: Part, noun: bool) -> list[int] | None:
    """As `_part_words`, of a part that asks for no noun at a place behind the word."""
    if part.kind == "subject":
        return [s for s in _who(document, i) if noun_is(document, s, part.names)] or None
    if part.kind == "not_fact":
        return None if any(_tells_fact(document, c) for c in document.children(i, "ccomp") if c > i) else []
    if part.kind == "not_run":
        return None if _has_particle(document, i, part.words) else []
    if part.kind == "no_object":
        return None if objects(document, i, noun=noun) else []
    if part.kind in ("near", "not_near"):
        said = last_words(document, document.tokens[i].sentence)
        near = not last_words_of(part.names).isdisjoint(said) and not part.names.isdisjoint(_names_below(document, i))
        return [] if near == (part.kind == "near") else None
    if part.kind == "several":
        return [] if len(subjects(document, i)) > 1 else None
    return None if any(noun_is(document, s, part.names) for s in subjects(document, i)) else []


def _standing_at(
    document: Document, i: int, kind: PartKind, run: tuple[str, ...] | None, noun: bool
) -> tuple[tuple[int, frozenset[str]], ...]:
    """The words that may be what a part of this kind asks for, around word `i` and behind a run of particles, and their names."""
    if run is None and kind == "noun":
        return _named_objects_of_noun(document, i) if noun else _named_objects(document, i)
    if run is not None:
        places = after_run(document, i, run)
    elif kind == "literal":
        places = [*objects(document, i, noun=noun), *_complements(document, i)]
    else:
        places = objects(document, i, noun=True) if noun else _objects(document, i)
    if not places and kind in ("noun", "literal"):
        return ()  # as mostly
    if kind == "any":
        places = [*places, *(document.children(i, "iobj") if run is None else ())]
        return tuple((word, frozenset()) for word in places)
    if kind == "not" and noun:
        places = [*places, *document.children(i, "amod")]  # "clinical trials"
    return _named(document, places)


def _named(document: Document, places: list[int]) -> tuple[tuple[int, frozenset[str]], ...]:
    """The words at some places, and what they count, with their names."""
    counted = [behind_partitive(document, place) for place in places]
    words = [*places, *[c for c in counted if c not in places]]
    return tuple([(word, names_of(document, word)) for word in words])


def _objects(document: Document, i: int) -> list[int]:
    """What verb `i` is done to, and with a passive what is given: "the rebels were given *weapons*"."""
    found = objects(document, i)
    return found + document.children(i, "obj") if is_passive(document, i) else found


@once
def _named_objects(document: Document, i: int) -> tuple[tuple[int, frozenset[str]], ...]:
    return _named(document, _objects(document, i))


@once
def _named_objects_of_noun(document: Document, i: int) -> tuple[tuple[int, frozenset[str]], ...]:
    return _named(document, objects(document, i, noun=True))


@once
def _names_below(document: Document, i: int) -> frozenset[str]:
    """Everything that the words below word `i` can be called."""
    return frozenset().union(*(names_of(document, w) for w in document.subtree(i) if w != i))


def _tells_fact(document: Document, clause: int) -> bool:
    """Whether a clause says that something is so, and not that it will or should be."""
    token = document.tokens[clause]
    helpers = document.children(clause, "aux", "cop")
    finite = token.tag in ("VBD", "VBZ", "VBP") or any(document.tokens[a].tag in ("VBD", "VBZ", "VBP") for a in helpers)
    modals = {document.words[a] for a in helpers if document.tokens[a].tag == "MD"}
    named = token.pos == "NOUN" and bool(document.children(clause, "cop"))  # "agreed that it will be a *blow*"
    return (finite and not modals) or bool(modals & words("foreseeing_modals" if named else "opinion_modals"))


@once_listed
def _complements(document: Document, i: int) -> list[int]:
    """Words that may complete a phrase: complements, obliques, adverbs, compounds, and those of the object."""
    found = document.children(i, "xcomp", "obl", "advmod", "compound", "ccomp", "nmod", "amod", "obj", "nsubj")
    for o in document.children(i, "obj", "nsubj:pass"):
        found += document.children(o, "nmod", "amod", "acl", "compound")
    return found


@once_listed
def after_run(document: Document, i: int, run: tuple[str, ...]) -> list[int]:
    """The nouns that a run of particles and prepositions ("out of") brings to word `i` or to its object.

    Where the run is the verb's own particle ("call off"), its object: "called *off* the strike", "called the strike *off*".
    """
    particles = _particles(document, i)
    found = objects(document, i) if particles.issuperset(run) else []
    for o in obliques(document, i):
        preposition = document.preposition(o)
        if preposition is None or heads_date(document, o):
            continue
        words = preposition.split()
        rest = [word for word in run if word not in words]
        if words[-1] == run[-1] and all(_has_particle(document, i, (word,)) for word in rest):
            found += document.conjuncts(o)
    if run == ("to",):  # "called him to *discuss* it"
        found += awaited_infinitives(document, i)
    return found


@once
def _particles(document: Document, i: int) -> frozenset[str]:
    """Particles and adverbs of word `i`; the word behind it too where it is tagged as a particle, wherever the tree hangs it."""
    found = {document.words[c] for c in document.children(i, "compound:prt", "advmod")}
    if i + 1 < len(document.tokens):
        behind = document.tokens[i + 1]
        # "rolled back tariffs", as if of "back tariffs"
        taken_in = behind.dep == "compound" and behind.lower in _ADVERBS
        if behind.tag == "RP" or taken_in:
            found.add(behind.lower)
    return frozenset(found)


def _has_particle(document: Document, i: int, run: tuple[str, ...], *, infinitive: bool = False) -> bool:
    """Whether every word of a run stands with word `i`: as a particle, an adverb, or the case of an oblique.

    The "to" of an infinitive only where `infinitive` ("ordered the paper *to* close"): "refused to" tells nothing yet.
    """
    missing = set(run) - _particles_around(document, i)
    if missing and infinitive:
        for clause in document.children(i, "xcomp", "advcl"):
            marks = [document.tokens[m] for m in document.children(clause, "mark")]
            missing -= {mark.lower for mark in marks if mark.tag == "TO"}
    return not missing


@once
def _particles_around(document: Document, i: int) -> frozenset[str]:
    """The words of which a run with word `i` may be: its particles and adverbs, and the prepositions of its obliques."""
    below = {
        document.words[c]
        for c in document.children(i, "compound:prt", "advmod", "case", "mark", "obl", "nmod", "xcomp")
        if c > i or document.relations[c] not in ("case", "mark")  # its own preposition or "to" brings nothing
    }
    for o in obliques(document, i):
        if not heads_date(document, o):
            below.update((document.preposition(o) or "").split())
    return _particles(document, i).union(below)
