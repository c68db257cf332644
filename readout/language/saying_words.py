"""Verbs of saying that a tagger takes for nouns: "the ministry *confirms*, …", "…, *warning* that war was near"."""

from __future__ import annotations

from itertools import compress, count

from readout.language.known import known
from readout.language.making import Words

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SINGULAR = frozenset({"NN", "NNP"})
_PHRASE = frozenset({"NN", "NNP", "JJ", "POS", "PRP$", "DT"})
_LONGEST = 6


def mend_saying(words: Words) -> None:
    """Gives such words the tag of a verb, and a verb's place in the tree."""
    for i in [*compress(count(), map("warning".__eq__, words.lowers))]:
        if words.tags[i] == "NN":
            _warn(words, i)
    for i in [*compress(count(), map("nsubj".__eq__, words.deps))]:
        if i and words.tags[i] == "NNP" and words.tags[i - 1] == "NN" and words.deps[i - 1] == "nsubj":
            _name(words, i)
    for i in [*compress(count(), map("NNS".__eq__, words.tags))]:
        if words.keys[i] in known("says"):
            _say(words, i)


def _name(words: Words, i: int) -> None:
    """ "the prison authority *SNAI* said": a name right behind a noun is no second subject."""
    if words.heads[i] == words.heads[i - 1] > i:
        words.heads[i], words.deps[i] = i - 1, "appos"


def _warn(words: Words, i: int) -> None:
    """ "rejected the plan, *warning* that war was near"."""
    behind = words.lowers[i + 1 : i + 2]
    if i and words.texts[i - 1] == "," and behind and behind[0] in ("that", "of", "against"):
        words.tags[i], words.parts[i], words.lemmas[i], words.keys[i] = "VBG", "VERB", "warn", "warn"
        if words.heads[i] != i:
            words.deps[i] = "advcl"


def _say(words: Words, i: int) -> None:
    """ "The army has left, the ministry *confirms*, but …": a comma on either side, an article before and a clause before that."""
    first = i
    while first > 0 and i - first < _LONGEST and words.tags[first - 1] in _PHRASE:
        first -= 1
    sentence = words.sentences[words.numbers[i]]
    behind = words.texts[i + 1 : i + 2]
    led = first - 1 > sentence.first and words.texts[first - 1] == "," and words.tags[first] in ("DT", "PRP$", "NNP")
    if not led or i == first or behind not in ((",",), (".",)) or words.tags[i - 1] not in _SINGULAR:
        return
    listed = behind == (",",) and words.lowers[i + 2 : i + 3] in (("and",), ("or",))
    if listed or not any(words.tags[w] in _FINITE for w in range(sentence.first, first)):
        return
    words.tags[i], words.parts[i] = "VBZ", "VERB"
    words.deps[i] = "parataxis" if words.heads[i] != i else words.deps[i]
    if words.heads[i - 1] == i:
        words.deps[i - 1] = "nsubj"
        for w in range(first, i - 1):
            if words.heads[w] == i and words.deps[w] != "punct":
                words.heads[w] = i - 1
