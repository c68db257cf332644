"""Names that a tree breaks up: over a title, over a comma, behind a participle with a hyphen.

"Grant refuge to *Mussa Abu Marzuk*, leader of the group" has one man, and "the *faction-ridden Congress* was opposed" one party.
"""

from __future__ import annotations

from itertools import compress, count

from readout.language.making import Words


def mend_names(words: Words) -> None:
    """Hangs the words of a name together, and the whole where it belongs."""
    for i in [*compress(count(), map("conj".__eq__, words.deps))]:
        if words.parts[i] == "PROPN":
            _name_whole(words, i)
    for i in [*compress(count(), map("compound".__eq__, words.deps))]:
        if words.heads[i] > i + 2 and words.parts[i] == "PROPN":
            _end_at_comma(words, i)
    for i in [*compress(count(), map("HYPH".__eq__, words.tags))]:
        if i and words.heads[i] == i - 1:
            _call_ridden(words, i - 1)


def _name_whole(words: Words, title: int) -> None:
    """ "With President Deby and Vice President *Issa*": a name without a preposition right behind a title is its bearer's."""
    name, sentence = title + 1, words.sentences[words.numbers[title]]
    if name >= sentence.last or words.tags[name] != "NNP" or words.parts[name] != "PROPN":
        return
    before = range(sentence.first, name)
    if words.deps[name] == "obl" and not any(words.heads[k] == name and words.deps[k] == "case" for k in before):
        words.heads[name], words.deps[name] = title, "flat"


def _end_at_comma(words: Words, name: int) -> None:
    """ "To *Abu Marzuk*, head of the group HAMAS": no name goes on behind a comma and more."""
    above = words.heads[name]
    comma = next((k for k in range(name + 1, above) if words.texts[k] == ","), None)
    inside = comma is not None and all(name <= words.heads[k] < comma for k in range(name + 1, comma))
    if comma is None or not inside or words.parts[above] != "PROPN" or words.parts[above - 1] not in ("NOUN", "PROPN"):
        return
    if not comma < words.heads[above - 1] + 1 or words.heads[above] in range(name, above):
        return
    words.heads[name], words.deps[name] = words.heads[above], words.deps[above]
    words.heads[above], words.deps[above] = above - 1, "appos"


def _call_ridden(words: Words, first: int) -> None:
    """ "The *faction-ridden Congress* was opposed": the party was, and no faction whose other name it is."""
    participle = first + 2
    if participle >= words.sentences[words.numbers[first]].last or words.tags[participle] not in ("VBN", "VBD"):
        return
    noun = words.heads[participle]
    if noun <= participle or words.heads[noun] != first or words.deps[noun] not in ("appos", "flat", "nmod", "obj"):
        return
    if words.deps[participle] != "amod" or words.texts[first + 1 : participle] != ("-",):
        return
    sentence = words.sentences[words.numbers[first]]
    words.heads[noun], words.deps[noun] = words.heads[first], words.deps[first]
    for k in range(sentence.first, sentence.last):
        if words.heads[k] == first and k != first + 1:
            words.heads[k] = noun
    words.heads[first], words.deps[first] = participle, "compound"
    words.heads[first + 1] = participle
