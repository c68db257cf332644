"""Tags that the rest of the text proves wrong: surnames that open a sentence, verbs behind a modal that are taken for nouns.

And heads that no tree of English has: a subject that hangs on an auxiliary.

The tagger sees one sentence at a time. "Albright met with them" says little of whether an albright is a thing; that the same
article has "Madeleine Albright" and never "albright" says it all.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress, count

from readout.language.making import Words

_OPENING = frozenset({'"', "“", "''", "``", "‘", "'", "(", "-", "–", "—"})
#: Relations of words that a verb has and no auxiliary.
_ARGUMENTS = ("nsubj", "obj", "obl")
_NAMES = frozenset({"PROPN"})
_MODALS = frozenset({"will", "would", "must", "should", "shall", "could", "can", "may", "might"})


def mend_tags(words: Words) -> None:
    """Mends the tags that other words of the document contradict; trees and texts stay as they are."""
    modal = list(_verbs_behind_modals(words))  # told before any tag is mended
    opening = _opening(words)
    texts, capitals = words.texts, words.capitals
    doubtful = [i for i in opening if capitals[i] and words.parts[i] != "PROPN" and _is_like_a_name(texts[i])]
    if doubtful:
        proper = compress(count(), map(_NAMES.__contains__, words.parts))
        names = {texts[i] for i in proper if capitals[i] and i not in opening}
        written = set(texts)
        for i in doubtful:
            named = texts[i] in names and words.lowers[i] not in written
            impossible = words.deps[i].startswith("nsubj") and words.tags[i] in ("VBZ", "VBD", "VBP", "VB", "RB")
            impossible = impossible and not words.lowers[i].endswith("s")  # "Shares fell"
            if named or impossible:
                words.tags[i], words.parts[i], words.lemmas[i], words.keys[i] = (
                    "NNP",
                    "PROPN",
                    texts[i],
                    words.lowers[i],
                )
    for i in modal:
        words.tags[i], words.parts[i], words.lemmas[i], words.keys[i] = "VB", "VERB", words.lowers[i], words.lowers[i]


def mend_heads(words: Words) -> None:
    """Hangs what hangs on an auxiliary on its verb: the subject of "*Chad* has for years rejected it"."""
    deps, heads = words.deps, words.heads
    helping = {dep for dep in set(deps) if dep.startswith("aux")}
    auxiliaries = set(compress(count(), map(helping.__contains__, deps)))
    if auxiliaries.isdisjoint(heads):
        return  # as often
    mended = []
    for i in compress(count(), map(auxiliaries.__contains__, heads)):
        above = heads[i]
        if deps[i].startswith(_ARGUMENTS) and heads[above] not in (above, i) and words.parts[heads[above]] == "VERB":
            mended.append((i, heads[above]))
    for i, head in mended:
        heads[i] = head


def _opening(words: Words) -> set[int]:
    """The first word of each sentence, and the first one behind a quotation mark in it."""
    marks = set(compress(count(), map(_OPENING.__contains__, words.texts)))
    numbers = words.numbers
    inside = {i + 1 for i in marks if i + 1 < len(numbers) and numbers[i + 1] == numbers[i]}
    return ({sentence.first for sentence in words.sentences} | inside) - marks


def _is_like_a_name(text: str) -> bool:
    return text.isalpha() and not text.isupper()


def _verbs_behind_modals(words: Words) -> Iterator[int]:
    """The words behind a modal that are taken for nouns."""
    for modal in compress(count(), map(_MODALS.__contains__, words.lowers)):
        verb = words.heads[modal]
        if words.tags[verb] == "NN" and words.parts[verb] == "NOUN" and words.deps[modal].startswith("aux"):
            between = words.deps[modal + 1 : verb]
            if modal < verb and len(between) < 3 and all(dep == "advmod" for dep in between):
                yield verb
