"""Whether a pattern of event knowledge holds at a word of a dependency tree, and what stands where it asks for something."""

from __future__ import annotations

from readout.language.document import Document
from readout.language.memory import once, once_listed
from readout.readers.events.arguments import subjects
from readout.readers.events.heads import behind_partitive
from readout.readers.events.lexicon import words
from readout.readers.events.naming import last_words, last_words_of, names_of, noun_is
from readout.readers.events.objects import awaited_infinitives, objects
from readout.readers.events.obliques import obliques
from readout.readers.events.passives import is_passive
from readout.readers.events.patterns import ASIDE, Part, PartKind, Pattern, Where
from readout.readers.lookup import heads_date

_BEFORE_GERUNDS = frozenset({"of", "for", "from", "with"})
_ADVERBS = frozenset({"back", "off", "out", "up", "down", "away"})


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
        if part.kind not in ASIDE:
            run = None
    if free and set(free) <= set(words):
        return None  # "refuse food": the food is not both what and to whom
    infinitive = bool(words or free) or document.tokens[i].pos == "ADJ"
    holds = run is None or _has_particle(document, i, run, infinitive=infinitive)
    return tuple(words) if holds else None


def _part_words(document: Document, i: int, part: Part, run: tuple[str, ...] | None, noun: bool) -> list[int] | None:
    """The nouns by which one part holds; None where it does not. A part that asks for any noun is held by none in particular."""
    if part.kind in ASIDE:
        return _aside_words(document, i, part, noun)
    places = _standing_at(document, i, part.kind, run, noun)
    if part.kind == "any":
        return [word for word, _ in places] or None
    asked = part.names
    named = [word for word, names in places if not asked.isdisjoint(names)]
    if part.kind == "not":
        return None if named else []
    if run is not None and len(named) > 1:
        beside = document.conjuncts(named[0])  # "left *for Amman* for talks": the talks are an event of their own
        named = [word for word in named if word in beside]
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
    if part.kind == "not_passive":
        return None if is_passive(document, i) and not subjects(document, i) else []
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
        if behind.tag == "RP" or taken_in or _is_before_object(document, i + 1):
            found.add(behind.lower)
    return frozenset(found)


def _is_before_object(document: Document, i: int) -> bool:
    """Whether the tree makes preposition `i` a part of the object behind it, which has none: "took *in* 500 refugees"."""
    token = document.tokens[i]
    if token.tag != "IN" or token.dep not in ("case", "advmod") or token.lower in words("counting"):
        return False
    number = document.relations[token.head] == "nummod"
    return document.relations[document.tokens[token.head].head if number else token.head] == "obj"


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
    return _particles(document, i).union(below, _before_gerunds(document, i))


def _before_gerunds(document: Document, i: int) -> set[str]:
    """The prepositions that bring a gerund to word `i`: "barred *from* leaving"; those of time and purpose bring another clause."""
    gerunds = [c for c in document.children(i, "advcl", "xcomp") if c > i and document.tags[c] == "VBG"]
    marks = {document.words[m] for c in gerunds for m in document.children(c, "mark", "case")}
    return marks & _BEFORE_GERUNDS
