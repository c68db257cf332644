"""A second reading of sentences that hold a word the parser is known to take for another.

"A court freed two men" can be taken for freed men of a court: a past tense that the parser takes for a participle leaves a
sentence without a finite verb. Such a sentence is parsed again with a plain past tense in the place of the doubtful word; where
that makes the word the sentence's verb, with a subject before it and something behind it, the tree is taken over for the
words as they stand. "Talks with visiting French President Odile Roux" are held with her, and not by visiting her: there the
sentence is parsed again with a plain adjective. And "Vice Premier He Dafang" is nobody who was told of before: there it is
parsed again with another surname.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, count
from operator import attrgetter
from typing import TYPE_CHECKING

from readout.language.columns import Columns, Form
from readout.language.trees import Line, Trees

if TYPE_CHECKING:
    from spacy.language import Language

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
#: Relations in which a past tense stands when it is taken for a participle or an adjective.
_DOUBTFUL = frozenset({"amod", "acl", "root", "ROOT", "nmod", "compound", "flat", "conj", "appos", "xcomp"})
_LINKS = frozenset({"IN", "RP", "TO"})
#: What no past tense stands right behind: an article, a preposition or a possessive ("the armed men"), a helper ("has armed").
_NO_VERB_BEHIND = frozenset({"DT", "PRP$", "POS", "IN", "TO"})
_HELPERS = frozenset({"be", "have"})
_NO_PAST = frozenset({"visiting", "he"})
_LONGEST = 80  # words of a sentence that is read again
#: A plain adjective, and the words behind which a noun phrase has to stand.
_ADJECTIVE = "senior"
#: A surname that is no other word, for one that is: "Vice Premier *He* Dafang".
_SURNAME = "Li"
_BEFORE_A_NOUN = frozenset(
    {
        "with",
        "against",
        "to",
        "between",
        "and",
        "by",
        "met",
        "meet",
        "meeting",
        "told",
        "tells",
        "informed",
        "assured",
        "received",
        "hosted",
        "welcomed",
    }
)
#: Past tenses that are no participles, so that they cannot be taken for one: before a preposition or particle, and before an object.
_STANDS_IN = {True: "went", False: "took"}
#: Past tenses that are no participle before such a word. Of others ("three people *killed in* Oslo") the participle is likelier.
_ACTIVE_BEFORE = {
    "called": ("for", "on", "off", "upon", "in"),
    "appealed": ("to", "for", "against"),
    "agreed": ("to", "on", "with"),
    "voted": ("for", "against", "to", "on"),
    "apologized": ("for", "to"),
    "apologised": ("for", "to"),
    "responded": ("to", "with", "by"),
    "reacted": ("to", "with"),
    "insisted": ("on", "that"),
    "returned": ("to",),
    "arrived": ("in", "at", "on"),
    "refused": ("to",),
    "vowed": ("to",),
    "pledged": ("to",),
    "threatened": ("to",),
    "resigned": ("as", "from", "over"),
    "protested": ("against", "outside", "over"),
    "rallied": ("in", "outside", "against", "for"),
    "marched": ("in", "on", "to", "through"),
    "walked": ("out", "off"),
    "backed": ("out", "down", "away"),
    "pulled": ("out", "back"),
    "launched": ("into",),
    "clashed": ("with", "in"),
    "retaliated": ("by", "with", "against"),
    "objected": ("to",),
    "crossed": ("into", "over"),
    "embarked": ("for", "on", "in"),
    "sailed": ("for", "from", "into", "to"),
    "advanced": ("on", "to", "toward", "towards", "into"),
    "retreated": ("to", "from", "into"),
    "headed": ("for", "to", "toward", "towards", "into"),
    "landed": ("in", "at", "on"),
    "spread": ("to", "across", "through", "from", "into", "over", "beyond"),
    "poured": ("into", "through"),
    "rolled": ("into", "through", "toward", "towards"),
    "stormed": ("into", "out", "through"),
    "surrendered": ("to",),
    "defected": ("to",),
    "fled": ("to", "from", "into"),
    "left": ("for",),
    "met": ("in", "with", "on", "at", "to"),
    "confessed": ("to",),
    "admitted": ("to",),
    "appeared": ("in", "on", "before", "at"),
    "amounted": ("to",),
    "escalated": ("into",),
    "spilled": ("over", "into"),
    "joined": ("in",),
}


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Word `at` of the sentence `[first, last)` of a piece, and the word to read in its place."""

    piece: Columns
    first: int
    last: int
    at: int
    stands_in: str


def read_again(nlp: Language, trees: Trees, pieces: Iterable[Columns]) -> None:
    """Reads the doubtful sentences of parsed pieces again, all at once, and takes over the trees that are better.

    Args:
        nlp: the pipeline that parsed them.
        trees: runs it.
        pieces: what it said; sentences that are better read otherwise are overwritten in place.
    """
    doubts = [doubt for piece in pieces for doubt in _doubts_in(piece)]
    if not doubts:
        return
    read: set[tuple[int, int]] = set()
    for doubt, again in zip(doubts, trees.columns(_with_another_word(nlp, doubt) for doubt in doubts), strict=True):
        sentence = id(doubt.piece), doubt.first
        if sentence not in read and _is_better(doubt, again):
            trees.take_over(doubt.piece, doubt.first, again)
            read.add(sentence)  # the first doubtful word that makes a verb is the one


def _doubts_in(piece: Columns) -> Iterator[_Doubt]:
    """The words of a piece that may be taken for another, in text order."""
    suspects = list(compress(count(), map(attrgetter("doubtful"), piece.forms)))
    for first, last in piece.sentences if suspects else ():
        within = [at for at in suspects if first <= at < last]
        if within and last - first <= _LONGEST:
            yield from _doubts(piece, first, last, within)


def _doubts(piece: Columns, first: int, last: int, suspects: Sequence[int]) -> Iterator[_Doubt]:
    forms = piece.forms
    for at in suspects:
        if forms[at].lower == "visiting" and _is_said_of_a_name(piece, first, last, at):
            yield _Doubt(piece, first, last, at, _ADJECTIVE)
            return
        if forms[at].lower == "called" and _is_so_called(piece, first, at):
            yield _Doubt(piece, first, last, at, _ADJECTIVE)
            return
        if forms[at].text == "He" and _is_surname(forms, last, at):
            yield _Doubt(piece, first, last, at, _SURNAME)
            return
    if _has_verb(piece, first, last):
        return  # as mostly
    for at in suspects:
        if forms[at].lower not in _NO_PAST and _is_doubtful(piece, first, last, at):
            yield _Doubt(piece, first, last, at, _STANDS_IN[forms[at + 1].tag in _LINKS])


def _is_said_of_a_name(piece: Columns, first: int, last: int, at: int) -> bool:
    """Whether a participle stands before a titled name, where a noun phrase has to stand: "told *visiting* Prime Minister Ola Berg"."""
    if at == first or at + 3 >= last or not piece.deps[at].startswith(("advcl", "xcomp", "ccomp", "acl")):
        return False
    forms = piece.forms
    return forms[at - 1].lower in _BEFORE_A_NOUN and all(form.text[:1].isupper() for form in forms[at + 1 : at + 3])


def _is_so_called(piece: Columns, first: int, at: int) -> bool:
    """Whether a participle is an adjective that the parser makes a verb of: "the so-*called* Quad proposed a truce"."""
    before = tuple(form.lower for form in piece.forms[max(first, at - 2) : at])
    return before == ("so", "-") and piece.deps[at] != "amod"


def _is_surname(forms: Sequence[Form], last: int, at: int) -> bool:
    """Whether a capital "He" is a name: a name stands behind it, and no word in capitals throughout."""
    following = forms[at + 1] if at + 1 < last else None
    return following is not None and following.tag.startswith("NNP") and following.text.istitle()


def _has_verb(piece: Columns, first: int, last: int) -> bool:
    """Whether the root of a sentence is a finite verb or has a finite helper."""
    root = piece.root(first, last)
    if piece.forms[root].tag in _FINITE:
        return True
    return any(
        piece.heads[n] == root and piece.forms[n].tag in _FINITE and piece.deps[n].split(":")[0] in ("aux", "cop")
        for n in range(first, last)
    )


def _is_doubtful(piece: Columns, first: int, last: int, at: int) -> bool:
    """Whether a word in "-ed" can be a past tense with a subject before it."""
    forms = piece.forms
    word = forms[at]
    if piece.deps[at] not in _DOUBTFUL:
        return False
    before = forms[at - 1] if at > first else None
    if before is not None and (before.text in ("-", "–") or before.tag in _NO_VERB_BEHIND or before.lemma in _HELPERS):
        return False
    if all(form.pos == "PUNCT" for form in forms[at + 1 : last]) or not any(
        form.tag.startswith("NN") for form in forms[first:at]
    ):
        return False  # a verb that is put in has an object or the like behind it, and a subject before it
    following = forms[at + 1]
    return following.tag not in _LINKS or following.lower in _ACTIVE_BEFORE.get(word.lower, ())


def _with_another_word(nlp: Language, doubt: _Doubt) -> Line:
    """The words of a sentence, another in the place of the doubtful one, to be parsed as one sentence."""
    from spacy.tokens import Doc

    words = [form.text for form in doubt.piece.forms[doubt.first : doubt.last]]
    words[doubt.at - doubt.first] = doubt.stands_in
    starts: list[bool | int | None] = [n == 0 for n in range(len(words))]
    return Line(Doc(nlp.vocab, words, sent_starts=starts))


def _is_better(doubt: _Doubt, again: Columns) -> bool:
    """Whether the other word made of the doubtful one what it was put in for."""
    return doubt.stands_in in (_ADJECTIVE, _SURNAME) or _is_verb(again, doubt.at - doubt.first)


def _is_verb(again: Columns, at: int) -> bool:
    """Whether word `at` is the main verb of a parsed sentence, with a subject before it and something behind it."""
    if again.heads[at] != at or again.forms[at].tag != "VBD":
        return False
    below = [(n, again.deps[n].split(":")[0]) for n, head in enumerate(again.heads) if head == at]
    before = any(dep == "nsubj" and n < at for n, dep in below)
    return before and any(n > at and dep in ("obj", "obl", "ccomp", "xcomp") for n, dep in below)
