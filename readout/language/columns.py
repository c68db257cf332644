"""What the pipeline says of a piece of text, column by column.

The pipeline knows words and tags by numbers. The columns are had at once, and what a number stands for is looked up once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from readout.language.kept import Kept
from readout.language.known import known
from readout.language.lemmas import Lemmatizer

_FORMS = 1 << 17  # that are remembered
_PAST = frozenset({"VBN", "JJ", "VBD", "NN"})  # tags of words in "-ed" that may be a past tense
#: Other past tenses that are a participle as well, or a noun.
_LIKE_PARTICIPLES = frozenset({"left", "met", "held", "sent", "led", "fled", "cut", "hit", "shut"})

if TYPE_CHECKING:
    from spacy.strings import StringStore


class Form(NamedTuple):
    """A word with its tag, wherever it stands: as written, in lower case, its lemma, its universal and its Penn tag.

    `key` is the lemma in lower case, `capital` whether the word begins with one; `doubtful` are words that the parser is known to take
    for another.
    """

    text: str
    lower: str
    lemma: str
    key: str
    pos: str
    tag: str
    capital: bool
    doubtful: bool


@dataclass(slots=True)
class Columns:
    """The words of a parsed piece of text.

    `starts` are code points of the piece, `deps` relations as the pipeline names them, `heads` indexes of words (a root's is its
    own), `sentences` the first word of each and the word behind its last. A second reading overwrites a sentence in place.
    """

    words: list[int]  # spaCy's number of each word as written
    tags: list[int]  # the pipeline's number of each tag
    starts: list[int]
    forms: list[Form]
    deps: list[str]
    heads: list[int]
    sentences: list[tuple[int, int]]

    def root(self, first: int, last: int) -> int:
        """The root of the sentence `[first, last)`."""
        heads = self.heads
        for n in range(first, last):
            if heads[n] == n:
                return n
        return first


class Forms:
    """The forms of words with their tags; those that came before are remembered."""

    def __init__(self, strings: StringStore, tags: Sequence[str], lemmatizer: Lemmatizer):
        """`tags` are the names of the pipeline's tags, by their numbers."""
        self._strings = strings
        self._tags = [(intern(xpos), intern(upos)) for xpos, _, upos in (tag.partition("|") for tag in tags)]
        self._lemmatizer = lemmatizer
        self._forms = Kept(self._form, _FORMS)

    def of(self, words: Iterable[int], tags: Iterable[int]) -> list[Form]:
        """The forms of words, by spaCy's numbers of them, with the numbers of their tags."""
        known = self._forms
        return [known[pair] for pair in zip(words, tags, strict=True)]

    def _form(self, pair: tuple[int, int]) -> Form:
        word, tag = pair
        text = intern(str(self._strings[word]))
        xpos, upos = self._tags[tag]
        lower, lemma = intern(text.lower()), self._lemmatizer.lemma(text, xpos, upos)
        past = lower.endswith("ed") or lower in _LIKE_PARTICIPLES
        past = past or (xpos != "VBD" and lower in known("past_and_participle"))
        doubtful = (past and xpos in _PAST) or lower == "visiting" or text == "He"
        return Form(text, lower, lemma, intern(lemma.lower()), upos, xpos, text[:1].isupper(), doubtful)
