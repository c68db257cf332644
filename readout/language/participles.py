"""Verbs that are taken for participles or nouns, and subjects and counted nouns that hang beside what they belong to.

"Soldiers, led by a colonel, *detained* President Berg" is read as if a detained president were named; "said it was *willing* to go" as
if "it" stood for nothing.
"""

from __future__ import annotations

from itertools import compress, count

from readout.language.known import known
from readout.language.making import Words

_SUBJECT = ("nsubj", "csubj")


def mend_participles(words: Words) -> None:
    """Makes such participles the verbs of their clauses, and hangs such subjects and nouns where they belong."""
    for i in [*compress(count(), map("VBN".__eq__, words.tags))]:
        if i and words.deps[i] == "amod" and words.lowers[i - 1] == "," and words.deps[words.heads[i]] == "appos":
            _tell(words, i)
    for i in [*compress(count(), map("expl".__eq__, words.deps))]:
        if words.lowers[i] == "it" and words.keys[words.heads[i]] in known("disposed"):
            words.deps[i] = "nsubj"
    for i in [*compress(count(), map("access".__eq__, words.lowers))]:
        if words.parts[i] == "VERB" and words.deps[i] == "ccomp" and words.keys[words.heads[i]] in known("granting"):
            _give(words, i)
    for i in [*compress(count(), map("that".__eq__, words.lowers))]:
        if words.deps[i] == "mark" and words.tags[words.heads[i]] == "NN":
            _subjoin(words, words.heads[i])
    for i in [*compress(count(), map("had".__eq__, words.lowers))]:
        if words.deps[i].startswith("aux") and words.deps[words.heads[i]] == "conj":
            _go_on(words, words.heads[i])
    for i in [*compress(count(), map("CD".__eq__, words.tags))]:
        if words.deps[i] == "obj" and i + 1 < len(words.lowers) and words.lowers[i + 1] == "of":
            _count(words, i)


def _tell(words: Words, i: int) -> None:
    noun = words.heads[i]
    if noun < i or words.tags[i + 1] in ("DT", "PRP$"):
        return
    told, above = words.heads[noun], words.heads[words.heads[noun]]
    within = range(words.sentences[words.numbers[i]].first, words.sentences[words.numbers[i]].last)
    before = [w for w in within if words.heads[w] == noun and w < i]
    if told > i:
        return
    if words.deps[told].startswith(_SUBJECT) and above > noun and _has_gerund(words, noun, within):
        # "the mayor, Ola Berg, *accused* riot police *of* beating him, and has …"
        words.heads[told], words.heads[i], words.deps[i] = i, above, "parataxis"
        for w in before:
            words.heads[w], words.deps[w] = told, "appos"
    elif before:
        return
    else:
        verb = _stranded(words, i, told)
        subject = next((w for w in within if words.heads[w] == verb and words.deps[w].startswith(_SUBJECT)), None)
        if verb is None or subject is None:
            return
        for w in within:
            if words.heads[w] == verb and (w == subject or words.deps[w] == "mark"):
                words.heads[w] = i
        for w in within:
            if w > noun and words.heads[w] == told and words.deps[w].startswith("nmod"):
                words.heads[w], words.deps[w] = i, words.deps[w].replace("nmod", "obl")
        words.heads[i], words.deps[i] = told, "advcl"
        words.heads[verb] = subject
    words.heads[noun], words.deps[noun] = i, "obj"
    words.tags[i], words.parts[i] = "VBD", "VERB"


def _has_gerund(words: Words, noun: int, within: range) -> bool:
    """Whether a noun is followed by what somebody is accused of doing: "riot police *of beating* him"."""
    gerunds = [w for w in within if words.heads[w] == noun and words.tags[w] == "VBG" and w > noun]
    return any(words.heads[w] == g and words.lowers[w] == "of" for g in gerunds for w in range(noun, g))


def _stranded(words: Words, i: int, told: int) -> int | None:
    """The participle before word `i` that has got the subject of its clause: "since *soldiers*, *led* by a colonel, detained"."""
    for verb in range(i - 1, told, -1):
        if words.tags[verb] == "VBN" and words.deps[verb] == "acl" and words.heads[verb] == told:
            below = [words.deps[w] for w in range(told + 1, i) if words.heads[w] == verb]
            if any(dep.startswith(_SUBJECT) for dep in below) and not any(dep.startswith("aux") for dep in below):
                return verb
    return None


def _give(words: Words, i: int) -> None:
    """Makes what is given or denied of a verb of a clause: "denied the envoys *access* to the camp"."""
    words.tags[i], words.parts[i], words.lemmas[i], words.keys[i] = "NN", "NOUN", words.lowers[i], words.lowers[i]
    words.deps[i] = "obj"
    first, last = words.sentences[words.numbers[i]].first, words.sentences[words.numbers[i]].last
    for w in range(first, last):
        if words.heads[w] == i and words.deps[w].startswith(_SUBJECT):
            words.heads[w], words.deps[w] = words.heads[i], "iobj"
        elif words.heads[w] == i and words.deps[w] == "obl":
            words.deps[w] = "nmod"


def _subjoin(words: Words, i: int) -> None:
    """Makes a verb of the noun that stands for what is demanded: "demanded *that Chad halt* the tests"."""
    demanding, subject = words.heads[i], i - 1
    if words.deps[i] != "ccomp" or words.keys[demanding] not in known("subjoining"):
        return
    within = range(words.sentences[words.numbers[i]].first, words.sentences[words.numbers[i]].last)
    own = {words.deps[w] for w in within if words.heads[w] == i}
    if "cop" in own or "det" in own or words.heads[subject] != i or words.deps[subject] != "compound":
        return
    words.tags[i], words.parts[i], words.lemmas[i], words.keys[i] = "VB", "VERB", words.lowers[i], words.lowers[i]
    words.deps[subject] = "nsubj"


def _go_on(words: Words, i: int) -> None:
    """Hangs a second pluperfect on the first: "said they *had returned*, but *had not been* let in"."""
    telling = words.heads[i]
    within = words.sentences[words.numbers[i]]
    if telling > i or words.keys[telling] not in known("claiming") or words.tags[telling] not in ("VBD", "VBZ"):
        return
    for first in range(i - 1, telling, -1):
        if words.heads[first] == telling and words.deps[first] == "ccomp":
            below = range(within.first, i)
            had = any(words.heads[w] == first and words.lowers[w] == "had" for w in below)
            own = any(words.heads[w] == i and words.deps[w].startswith(_SUBJECT) for w in below)
            if had and not own:
                words.heads[i] = first
            return


def _count(words: Words, i: int) -> None:
    """Hangs on a number what it counts: "freed *40 of its members*"."""
    counted = words.heads[i + 1]
    if counted > i and words.heads[counted] == words.heads[i] and words.deps[counted] in ("obl", "obj"):
        words.heads[counted], words.deps[counted] = i, "nmod"
