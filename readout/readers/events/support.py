"""Support verbs: those that lend an event noun its subject ("*carried out* a raid")."""

from __future__ import annotations

from functools import cache

from readout import knowledge
from readout.language.document import Document
from readout.readers.events import lexicon
from readout.readers.events.patterns import Pattern, parse_pattern
from readout.readers.status.lexicon import words as amounts


@cache
def _index() -> dict[str, tuple[tuple[Pattern, bool], ...]]:
    """Support verbs by lemma: the pattern, and whether the subject undergoes the event."""
    content = knowledge.load("events/support_verbs.yaml")
    index: dict[str, list[tuple[Pattern, bool]]] = {}
    for field, undergoes in (("actor", False), ("undergoer", True)):
        for text in content[field]:
            pattern = parse_pattern(str(text).replace("{*}", "").strip())
            index.setdefault(pattern.lemma, []).append((pattern, undergoes))
    return {lemma: tuple(found) for lemma, found in index.items()}


def find_support(document: Document, noun: int) -> tuple[int, bool] | None:
    """The verb that lends an event noun its subject, and whether that subject undergoes the event; None without one."""
    token = document.tokens[noun]
    verb = document.tokens[token.head]
    while token.dep == "conj" and verb.pos == "NOUN":
        token, verb = verb, document.tokens[verb.head]
    while token.dep == "nmod" and document.preposition(token.i) == "of" and _counts(document, verb.i):
        above = document.tokens[verb.head].lemma
        if above in amounts("concluding") and verb.lemma in lexicon.words("spans"):
            return None  # who "ended 22 years of *occupation*" occupies nothing
        token, verb = (
            verb,
            document.tokens[verb.head],
        )  # "imposed a package of *sanctions*", "held a second day of *talks*"
    if token.dep not in ("obj", "obl", "nsubj:pass", "xcomp", "acl", "nmod") and token.dep != "nsubj":
        return None
    by_whom = token.dep == "nsubj" and bool(document.children(verb.i, "obl:agent"))  # "raids carried out by rebels"
    if token.dep == "nsubj:pass" and document.children(verb.i, "xcomp"):
        return None  # "the trial was *set to open*"
    if by_whom or token.dep in ("nsubj:pass", "obj", "obl"):
        for pattern, undergoes in _index().get(verb.lemma.lower(), ()):
            if undergoes and not pattern.parts and document.children(verb.i, "compound:prt"):
                continue  # who "draws *up* sanctions" draws none
            if _supports(document, verb.i, token.i, token.dep, pattern):
                return verb.i, undergoes
    return None


def _counts(document: Document, noun: int) -> bool:
    """Whether a noun says no more than how much or how long: "a *series* of raids", "a second *day* of talks"."""
    return document.lemmas[noun] in lexicon.words("partitives") or document.lemmas[noun] in amounts("amounts")


def _supports(document: Document, verb: int, noun: int, dep: str, pattern: Pattern) -> bool:
    words = [word for part in pattern.parts for word in part.words]
    if dep == "obl":
        preposition = (document.preposition(noun) or "").split()
        return (
            bool(words)
            and bool(preposition)
            and words[-1] == preposition[-1]
            and _beside(document, verb, noun, words[:-1])
        )
    return _beside(document, verb, noun, words)


def _beside(document: Document, verb: int, noun: int, words: list[str]) -> bool:
    """Whether particles or nouns of a support verb ("carry out", "take part in") stand with it."""
    below = {document.words[c] for c in document.children(verb)} | set((document.preposition(noun) or "").split())
    return all(word in below for word in words)
