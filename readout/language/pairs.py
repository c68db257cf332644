"""Pairs that a tree parts: "between *A and B*", and two officials who each have a name behind a comma."""

from __future__ import annotations

from itertools import compress, count

from readout.language.document import Sentence
from readout.language.making import Words

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
_WITHIN = ("det", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "flat")


def mend_pairs(words: Words) -> None:
    """Hangs the second of two on the first."""
    for i in [*compress(count(), map("between".__eq__, words.lowers))]:
        if words.deps[i] in ("case", "mark") and words.parts[words.heads[i]] in _NOMINAL:
            _join_second(words, words.heads[i])
    for i in [*compress(count(), map("conj".__eq__, words.deps))]:
        if words.deps[words.heads[i]] == "appos" and words.heads[i] < i:
            _name_each(words, i)


def _join_second(words: Words, first: int) -> None:
    """ "Talks between the *rebels* and the *army* collapsed": whoever stands behind "between A and" is B."""
    last = words.sentences[words.numbers[first]].last
    end = first + 1
    while end < last and words.heads[end] in range(first, end) and words.deps[end] in ("flat", "compound", "nmod"):
        end += 1
    if end + 1 >= last or words.lowers[end] != "and":
        return
    second = next(
        (k for k in range(end + 1, min(end + 7, last)) if words.parts[k] in _NOMINAL and _is_whole(words, end, k)), None
    )
    if second is None or words.heads[second] == first:
        return
    verb, noun = words.heads[second], words.heads[first]
    words.heads[second], words.deps[second], words.heads[end] = first, "conj", second
    if verb > second and words.heads[verb] == noun and words.deps[verb] == "conj" and words.tags[verb] in _FINITE:
        _rise_over(words, noun, verb)


def _is_whole(words: Words, start: int, noun: int) -> bool:
    """Whether a noun heads all that stands between word `start` and it, and is no modifier of what follows."""
    own = all(words.heads[k] in range(start + 1, noun + 1) for k in range(start + 1, noun))
    return own and not (words.heads[noun] > noun and words.deps[noun].startswith(_WITHIN))


def _rise_over(words: Words, noun: int, verb: int) -> None:
    """Makes a noun the subject of the verb that was joined to it."""
    number = words.numbers[noun]
    sentence = words.sentences[number]
    words.heads[verb], words.deps[verb] = words.heads[noun], words.deps[noun]
    if sentence.root == noun:
        words.sentences[number] = Sentence(sentence.first, sentence.last, verb, sentence.span, sentence.paragraph)
        words.heads[verb] = verb
    words.heads[noun], words.deps[noun] = verb, "nsubj"
    for k in range(verb + 1, sentence.last):
        if words.heads[k] == noun:
            words.heads[k] = verb


def _name_each(words: Words, second: int) -> None:
    """ "Kenya's *minister*, Ola Berg, and her *counterpart*, Kari Lund, met": two officials, of whom each has a name."""
    name = words.heads[second]
    title = words.heads[name]
    if not title < name < second or words.tags[title] not in ("NN", "NNP") or words.parts[name] != "PROPN":
        return
    first, last = words.sentences[words.numbers[second]].first, words.sentences[words.numbers[second]].last
    marks = [k for k in range(name, second) if words.heads[k] == second and words.deps[k] == "cc"]
    if len(marks) != 1 or words.texts[marks[0] - 1] != "," or words.parts[second] != "NOUN":
        return
    if any(words.heads[k] == title and words.deps[k] == "conj" for k in range(first, second)):
        return
    words.heads[second] = title
    if second + 1 < last and words.texts[second + 1] == ",":
        for k in range(second + 2, min(second + 5, last)):
            if words.heads[k] == title and words.deps[k] in ("appos", "conj") and words.parts[k] == "PROPN":
                words.heads[k], words.deps[k] = second, "appos"
