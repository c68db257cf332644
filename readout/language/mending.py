"""Tags that the rest of the text proves wrong: surnames that open a sentence, verbs behind a modal that are taken for other words.

And heads that no tree of English has: a subject that hangs on an auxiliary.

The tagger sees one sentence at a time. "Albright met with them" says little of whether an albright is a thing; that the same
article has "Madeleine Albright" and never "albright" says it all.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress, count

from readout.language.known import known
from readout.language.making import Words

_OPENING = frozenset({'"', "“", "''", "``", "‘", "'", "(", "-", "–", "—"})
#: Relations of words that a verb has and no auxiliary.
_ARGUMENTS = ("nsubj", "obj", "obl")
_NAMES = frozenset({"PROPN"})
#: Tags of what may be a verb all the same.
_ASIDE = frozenset({"RB", "RP", "JJ", "IN"})
_MODALS = frozenset(
    {"will", "would", "must", "should", "shall", "could", "can", "may", "might", "wo", "ca", "do", "does", "did"}
)
_OBJECT = 10  # words within which the object of such a verb stands


def mend_tags(words: Words) -> None:
    """Mends the tags that other words of the document contradict; trees and texts stay as they are."""
    for i in [*compress(count(), map("back".__eq__, words.lowers))]:
        _go_on_with(words, i)
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


def _go_on_with(words: Words, back: int) -> None:
    """ "To step aside and *back* a new government": joined to a verb and before a noun it is one, and has the noun for its object."""
    verb, behind = words.heads[back], back + 1
    if (
        words.tags[back] != "RB"
        or words.deps[back] != "conj"
        or words.tags[verb] != "VB"
        or words.lowers[back - 1] != "and"
    ):
        return
    if words.tags[behind : behind + 1][0:] not in (["DT"], ["PRP$"], ["NNP"]):
        return
    words.tags[back], words.parts[back], words.lemmas[back], words.keys[back] = "VB", "VERB", "back", "back"
    for k in range(behind, words.sentences[words.numbers[back]].last):
        if words.heads[k] == verb and words.deps[k] == "obj":
            words.heads[k] = back
            return


def _opening(words: Words) -> set[int]:
    """The first word of each sentence, and the first one behind a quotation mark in it."""
    marks = set(compress(count(), map(_OPENING.__contains__, words.texts)))
    numbers = words.numbers
    inside = {i + 1 for i in marks if i + 1 < len(numbers) and numbers[i + 1] == numbers[i]}
    return ({sentence.first for sentence in words.sentences} | inside) - marks


def _is_like_a_name(text: str) -> bool:
    return text.isalpha() and not text.isupper()


def _has_object(words: Words, i: int) -> bool:
    """Whether an adjective has an object behind it, as but a verb can."""
    if words.tags[i] != "JJ" or words.parts[i] != "ADJ":
        return False
    behind = range(i + 1, min(i + _OBJECT, len(words.heads)))
    return any(words.heads[k] == i and words.deps[k] == "obj" for k in behind)


def _verbs_behind_modals(words: Words) -> Iterator[int]:
    """The words behind a modal that are taken for nouns, adverbs or adjectives: "would not *back* down", "would *free* the men"."""
    for modal in compress(count(), map(_MODALS.__contains__, words.lowers)):
        verb = words.heads[modal]
        if not words.deps[modal].startswith("aux"):
            continue
        noun = words.tags[verb] == "NN" and words.parts[verb] == "NOUN"
        aside = words.tags[verb] in _ASIDE and words.lowers[verb] in known("verbs_too")
        if noun or aside or _has_object(words, verb):
            between = words.deps[modal + 1 : verb]
            if modal < verb and len(between) < 3 and all(dep == "advmod" for dep in between):
                yield verb
