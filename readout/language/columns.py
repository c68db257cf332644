"""What the pipeline says of a piece of text, column by column.

spaCy keeps a word's tag and relation as numbers. Asking it word by word makes an object for every word and a string for every
answer, which takes as long again as all that is made of them; the columns are had at once, and each number is looked up once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from readout.language.kept import Kept
from readout.language.lemmas import Lemmatizer

_FORMS = 1 << 17  # that are remembered

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc


class Form(NamedTuple):
    """A word with its tag, wherever it stands: as written, in lower case, its lemma, its universal and its Penn tag."""

    text: str
    lower: str
    lemma: str
    pos: str
    tag: str


@dataclass(slots=True)
class Columns:
    """The words of a parsed piece of text.

    `starts` are code points of the piece, `deps` relations as the pipeline names them, `heads` indexes of words (a root's is its
    own), `sentences` the first word of each and the word behind its last. A second reading overwrites a sentence in place.
    """

    words: list[int]  # spaCy's number of each word as written
    starts: list[int]
    forms: list[Form]
    deps: list[str]
    heads: list[int]
    sentences: list[tuple[int, int]]

    def root(self, first: int, last: int) -> int:
        """The root of the sentence `[first, last)`."""
        heads = self.heads
        return next((n for n in range(first, last) if heads[n] == n), first)


class ColumnReader:
    """Reads the columns of spaCy's documents; forms that came before are remembered."""

    def __init__(self, strings: StringStore, lemmatizer: Lemmatizer):
        self._strings = strings
        self._lemmatizer = lemmatizer
        self._forms = Kept(self._form, _FORMS)
        self._relation = lru_cache(maxsize=None)(self._name)  # of these there are a few dozen

    def columns(self, doc: Doc) -> Columns:
        """The columns of a parsed document of spaCy's."""
        rows = doc.to_array(["ORTH", "IDX", "TAG", "DEP", "HEAD"])
        words, starts, tags, deps, _ = rows.T.tolist()
        heads = rows[:, 4].astype("int64").tolist()  # how far off, to the left below zero
        return Columns(
            words=words,
            starts=starts,
            forms=self.forms(words, tags),
            deps=list(map(self._relation, deps)),
            heads=[n + head for n, head in enumerate(heads)],
            sentences=[(sentence.start, sentence.end) for sentence in doc.sents],
        )

    def take_over(self, piece: Columns, first: int, again: Doc) -> None:
        """Puts another tree of the sentence that starts at word `first` in the place of what `piece` has; its words stay."""
        read = self.columns(again)
        last = first + len(read.heads)
        tags = again.to_array("TAG").tolist()
        piece.forms[first:last] = self.forms(piece.words[first:last], tags)
        piece.deps[first:last] = read.deps
        piece.heads[first:last] = [first + head for head in read.heads]

    def forms(self, words: Iterable[int], tags: Iterable[int]) -> list[Form]:
        """The forms of words with their tags, by spaCy's numbers."""
        return [self._forms[pair] for pair in zip(words, tags, strict=True)]

    def _form(self, pair: tuple[int, int]) -> Form:
        word, tag = pair
        text = self._name(word)
        xpos, _, upos = self._name(tag).partition("|")
        return Form(text, intern(text.lower()), self._lemmatizer.lemma(text, xpos, upos), intern(upos), intern(xpos))

    def _name(self, number: int) -> str:
        """What a number stands for by which spaCy keeps a string; equal strings are one object."""
        return intern(str(self._strings[number]))
