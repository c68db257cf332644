"""The cues of attribution as the knowledge files give them, compiled once."""

from __future__ import annotations

import typing
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from readout.errors import KnowledgeError
from readout.knowledge import load
from readout.types import Sourcing

Strength = Literal["word", "view"]

_VERB_FRAMES = frozenset(
    {"quote", "clause", "that", "infinitive", "request", "gerund", "object", "pair", "name", "about", "passive"}
)
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class VerbCue:
    """What may stand beside a verb of attribution: frame -> whether the frame utters or thinks."""

    frames: dict[str, Strength]
    about: frozenset[str]
    pair_by: frozenset[str]
    addressee: bool


@dataclass(frozen=True, slots=True)
class NounCue:
    """What may stand behind a noun of attribution ("claim that", "threat to", "call for")."""

    frames: frozenset[str]
    about: frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrases:
    """The single words and phrases of phrases.yaml."""

    according: frozenset[str]
    views: frozenset[str]
    hearsay: frozenset[str]
    certain: dict[str, tuple[frozenset[str], bool]]  # adjective -> (prepositions, whether it takes an infinitive)
    setting: frozenset[str]
    spans: frozenset[str]
    before_after: frozenset[str]
    unverified: frozenset[str]
    relatives: frozenset[str]
    takes_up: frozenset[str]
    answering: frozenset[str]
    recalling: frozenset[str]
    homes: frozenset[str]
    questions: frozenset[str]
    asked: frozenset[str]
    binding: frozenset[str]
    interrogating: frozenset[str]
    connecting: frozenset[str]
    naming: frozenset[str]
    measures: frozenset[str]
    sayings: frozenset[str]
    finding: frozenset[str]
    issuing: frozenset[str]
    papers: frozenset[str]
    silent_makers: frozenset[str]
    time_words: frozenset[str]
    conditions: frozenset[str]
    takings: dict[str, frozenset[str]]
    covering: frozenset[str]
    answers: frozenset[str]
    seeking: frozenset[str]
    refusing: frozenset[str]
    shouting: frozenset[str]
    failing: frozenset[str]
    taking_sides: frozenset[str]
    refuting: frozenset[str]
    of_clauses: frozenset[str]


@dataclass(frozen=True, slots=True)
class SourceClasses:
    """What shows the class of a source: kind of actor, noun, form -> class; what names nobody; what describes somebody."""

    kinds: dict[str, Sourcing]
    nouns: dict[str, Sourcing]
    forms: dict[str, Sourcing]
    verbs: frozenset[str]
    cues: frozenset[str]
    words: tuple[tuple[str, ...], ...]


@cache
def verb_cues() -> dict[str, VerbCue]:
    """Verbs of attribution by base form; particles follow after a space ("point out")."""
    frames: dict[str, dict[str, Strength]] = defaultdict(dict)
    about: dict[str, set[str]] = defaultdict(set)
    pair_by: dict[str, set[str]] = defaultdict(set)
    addressee: set[str] = set()
    for group in load("statements/verbs.yaml"):
        kinds = [*group["frames"], *(["about"] if group.get("about") else [])]
        unknown = set(kinds) - _VERB_FRAMES
        if unknown:
            raise KnowledgeError(f"statements/verbs.yaml: {group['name']}: no such frame: {sorted(unknown)}")
        for verb in group["verbs"]:
            known = frames[verb]  # of "plead guilty" it is known that it says nothing
            for kind in kinds:
                if known.get(kind) != "word":
                    known[kind] = group["strength"]
            about[verb].update(group.get("about", ()))
            pair_by[verb].update(group.get("pair_by", ()))
            if group.get("addressee"):
                addressee.add(verb)
    return {
        verb: VerbCue(kinds_of, frozenset(about[verb]), frozenset(pair_by[verb]), verb in addressee)
        for verb, kinds_of in frames.items()
    }


@cache
def verb_forms() -> dict[str, VerbCue]:
    """Verbs of attribution by their regular inflected forms, which catch what the lemmatizer does not know."""
    forms: dict[str, VerbCue] = {}
    for verb, cue in verb_cues().items():
        base, _, particle = verb.partition(" ")
        for form in _inflections(base):
            forms.setdefault(f"{form} {particle}".strip(), cue)
    return forms


@cache
def cue_particles() -> frozenset[str]:
    """What may stand behind the verb of a cue of two words: "out" of "point out"."""
    return frozenset(verb.partition(" ")[2] for verb in verb_cues() if " " in verb)


@lru_cache(maxsize=1 << 16)
def verb_cue(lemma: str, form: str | None = None) -> VerbCue | None:
    """What is known of a verb: by its base form, else by the form that it has in the text."""
    found = verb_cues().get(lemma)
    if found is None and form is not None:
        found = verb_cues().get(form) or verb_forms().get(form)
    return found


def _inflections(base: str) -> tuple[str, ...]:
    """The regular forms of a verb."""
    if base.endswith("e"):
        return f"{base}s", f"{base}d", f"{base[:-1]}ing"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return f"{base[:-1]}ies", f"{base[:-1]}ied", f"{base}ing"
    plural = f"{base}es" if base.endswith(("s", "sh", "ch", "x", "z")) else f"{base}s"
    doubled = base + base[-1] if len(base) > 2 and base[-2] in _VOWELS and base[-1] not in "wxy" else base
    return plural, f"{base}ed", f"{base}ing", f"{doubled}ed", f"{doubled}ing"


@cache
def noun_cues() -> dict[str, NounCue]:
    """Nouns of attribution by singular."""
    frames: dict[str, set[str]] = defaultdict(set)
    about: dict[str, set[str]] = defaultdict(set)
    for group in load("statements/nouns.yaml"):
        for noun in group["nouns"]:
            frames[noun].update(group["frames"])
            about[noun].update(group.get("about", ()))
    return {noun: NounCue(frozenset(frames[noun]), frozenset(about[noun])) for noun in frames}


@cache
def phrases() -> Phrases:
    """The phrases of attribution."""
    data = load("statements/phrases.yaml")
    certain: dict[str, tuple[frozenset[str], bool]] = {}
    for entry in data["certain"]:
        for word in entry["words"]:
            prepositions, infinitive = certain.get(word, (frozenset(), False))
            certain[word] = prepositions | set(entry.get("about", ())), infinitive or entry.get("infinitive", False)
    return Phrases(
        according=frozenset(data["according"]),
        views=frozenset(data["views"]),
        hearsay=frozenset(data["hearsay"]),
        certain=certain,
        setting=frozenset(data["setting"]),
        spans=frozenset(data["spans"]),
        before_after=frozenset(data["before_after"]),
        unverified=frozenset(data["unverified"]),
        relatives=frozenset(data["relatives"]),
        takes_up=frozenset(data["takes_up"]),
        answering=frozenset(data["answering"]),
        recalling=frozenset(data["recalling"]),
        homes=frozenset(data["homes"]),
        questions=frozenset(data["questions"]),
        asked=frozenset(data["asked"]),
        binding=frozenset(data["binding"]),
        interrogating=frozenset(data["interrogating"]),
        connecting=frozenset(data["connecting"]),
        naming=frozenset(data["naming"]),
        measures=frozenset(data["measures"]),
        sayings=frozenset(data["sayings"]),
        finding=frozenset(data["finding"]),
        issuing=frozenset(data["issuing"]),
        papers=frozenset(data["papers"]),
        silent_makers=frozenset(data["silent_makers"]),
        time_words=frozenset(data["time_words"]),
        conditions=frozenset(data["conditions"]),
        takings={verb: frozenset(nouns) for verb, nouns in data["takings"].items()},
        covering=frozenset(data["covering"]),
        answers=frozenset(data["answers"]),
        seeking=frozenset(data["seeking"]),
        refusing=frozenset(data["refusing"]),
        shouting=frozenset(data["shouting"]),
        failing=frozenset(data["failing"]),
        taking_sides=frozenset(data["taking_sides"]),
        refuting=frozenset(data["refuting"]),
        of_clauses=frozenset(data["of_clauses"]),
    )


@cache
def channels() -> tuple[dict[str, str], dict[str, str]]:
    """Channels by noun (one word or two) and by verb."""
    nouns: dict[str, str] = {}
    verbs: dict[str, str] = {}
    entry: dict[str, Any]
    for entry in load("statements/channels.yaml"):
        nouns |= dict.fromkeys(entry["nouns"], entry["name"])
        verbs |= dict.fromkeys(entry.get("verbs", ()), entry["name"])
    return nouns, verbs


@cache
def sourcing() -> SourceClasses:
    """The classes of sources."""
    entries: list[dict[str, Any]] = load("statements/sourcing.yaml")
    unknown = {entry["class"] for entry in entries} - set(typing.get_args(Sourcing))
    if unknown:
        raise KnowledgeError(f"statements/sourcing.yaml: no such class: {sorted(unknown)}")

    def listed(field: str) -> dict[str, Sourcing]:
        return {word: entry["class"] for entry in entries for word in entry.get(field, ())}

    return SourceClasses(
        kinds=listed("kinds"),
        nouns=listed("nouns"),
        forms=listed("forms"),
        verbs=frozenset(listed("verbs")),
        cues=frozenset(listed("cues")),
        words=tuple(tuple(words.split()) for words in listed("words")),
    )


@cache
def counts() -> frozenset[str]:
    """Nouns for a document that gives a number, which a state is said to have: "US *figures*"."""
    return frozenset(load("statements/sources.yaml")["counts"])


@cache
def audiences() -> frozenset[str]:
    """Nouns for those who are spoken to, and who say nothing."""
    return frozenset(load("statements/sources.yaml")["audiences"])


@cache
def source_nouns() -> dict[str, str]:
    """Nouns that can be a source although they name nobody -> "people", "bodies", "media" or "documents"."""
    data = load("statements/sources.yaml")
    return {noun.lower(): kind for kind in ("documents", "media", "bodies", "people") for noun in data[kind]}
