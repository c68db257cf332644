"""Words to trees: what spaCy's pipeline says of lines of text, as columns.

The network and the transitions are run by modules of their own, which say what spaCy's say in less than half the time. spaCy has the words
before them, and hangs, after them, those few where they belong that no parser can hang there word by word, as their arcs cross others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from readout.errors import ModelError
from readout.language.columns import Columns, Forms
from readout.language.network import Layout, Network, lay_out
from readout.language.transitions import Bools, Ints, Transitions

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from readout.language.lemmas import Lemmatizer

_ASKED: list[int | str] = ["ORTH", "NORM", "IDX", "SENT_START", "IS_ALPHA", "SPACY"]
_LIFTED = "||"  # in the name of a relation: the word hangs elsewhere for now
_ROOT = "ROOT"


class Line(NamedTuple):
    """A line of text in words, and what is known of its sentences.

    In `prose` no sentence starts behind a mere word; one starts at each code point of `opens`, and none at those of `goes_on`.
    """

    doc: Doc
    prose: bool = False
    opens: Sequence[int] = ()
    goes_on: Sequence[int] = ()


class _Tree(NamedTuple):
    """The relations, the heads and the sentences of a line, as `Columns` has them."""

    deps: list[str]
    heads: list[int]
    sentences: list[tuple[int, int]]


class Trees:
    """A pipeline whose weights are taken over: lines in, their columns out."""

    def __init__(self, nlp: Language, lemmatizer: Lemmatizer):
        """Takes the weights over.

        Raises:
            ModelError: the pipeline is of another make than `training/` makes.
        """
        parser: Any = nlp.get_pipe("parser")
        try:
            self._network, self._transitions = Network(nlp), Transitions(parser)
        except ValueError as error:
            raise ModelError(f"the language pipeline cannot be run: {error}") from error
        self._strings = nlp.vocab.strings
        self._forms = Forms(self._strings, self._network.tags, lemmatizer)
        self._labels = self._transitions.labels
        self._lifted = np.array([_LIFTED in label for label in self._labels])
        self._comma, self._dash = self._strings.add(","), self._strings.add("-")

    def columns(self, lines: Iterable[Line]) -> list[Columns]:
        """The columns of each line."""
        asked = list(lines)
        full = [line for line in asked if len(line.doc)]
        made = self._columns(full) if full else []
        if len(full) < len(asked):
            coming = iter(made)
            return [next(coming) if len(line.doc) else Columns([], [], [], [], [], [], []) for line in asked]
        return made

    def take_over(self, line: Columns, first: int, again: Columns) -> None:
        """Puts another tree of the sentence that starts at word `first` in the place of what a line has; its words stay."""
        last = first + len(again.heads)
        line.tags[first:last] = again.tags
        line.forms[first:last] = self._forms.of(line.words[first:last], again.tags)
        line.deps[first:last] = again.deps
        line.heads[first:last] = [first + head for head in again.heads]

    def _columns(self, lines: Sequence[Line]) -> list[Columns]:
        table = np.concatenate([line.doc.to_array(_ASKED) for line in lines])
        words, norms, starts = table[:, 0].tolist(), table[:, 1].tolist(), table[:, 2].tolist()
        layout = lay_out([len(line.doc) for line in lines], self._network.pad)
        vectors = self._network.vectors(list(zip(words, norms, strict=True)), layout)
        tags: list[int] = self._network.tags_of(vectors[layout.rows]).tolist()
        heads, named = self._transitions.parse(vectors, layout.first, layout.lengths, self._known(lines, layout, table))
        forms = self._forms.of(words, tags)
        ends = np.cumsum(layout.lengths).tolist()
        return [
            Columns(words[begin:end], tags[begin:end], starts[begin:end], forms[begin:end], *tree)
            for begin, end, tree in zip([0, *ends], ends, self._trees(lines, layout, heads, named), strict=False)
        ]

    def _known(self, lines: Sequence[Line], layout: Layout, table: Ints) -> Ints:
        """What is known of each row: 1 where a sentence starts, -1 where none does."""
        words, starts, known = table[:, 0], table[:, 2], table[:, 3].astype(np.intp)
        mere = table[:, 4].astype(np.bool_) | (words == self._comma) | ((words == self._dash) & (table[:, 5] == 0))
        ends = np.cumsum(layout.lengths)
        behind = np.zeros(len(words), dtype=np.bool_)
        behind[1:] = mere[:-1]
        behind[ends[:-1]] = False
        known[behind & np.repeat([line.prose for line in lines], layout.lengths)] = -1
        for line, end, length in zip(lines, ends.tolist(), layout.lengths.tolist(), strict=True):
            for opening in line.opens:
                known[end - length : end][starts[end - length : end] == opening] = 1
            for inside in line.goes_on:
                known[end - length : end][starts[end - length : end] == inside] = -1
        rows = np.zeros(layout.total, dtype=np.intp)
        rows[layout.rows] = known
        return rows

    def _trees(self, lines: Sequence[Line], layout: Layout, heads: Ints, named: Ints) -> Iterable[_Tree]:
        """The tree of each line, by the head of each row and the transition that named its relation."""
        rows, ends = layout.rows, np.cumsum(layout.lengths)
        begins = ends - layout.lengths
        above, names = heads[rows], named[rows]
        root = above == 0
        deps = [self._labels[name] for name in names.tolist()]
        for n in np.flatnonzero(root).tolist():
            deps[n] = _ROOT
        numbers = (np.where(root, rows, above) - np.repeat(layout.first, layout.lengths)).tolist()
        opens = _opens(heads, rows, begins)
        whole = np.add.reduceat(opens, begins, dtype=np.intp) == np.add.reduceat(root, begins, dtype=np.intp)
        whole &= ~np.logical_or.reduceat(self._lifted[names] & ~root, begins)
        firsts = np.flatnonzero(opens)
        cuts = np.searchsorted(firsts, [*begins, len(rows)]).tolist()
        edges = [*firsts.tolist(), len(rows)]
        for n, (line, begin, end) in enumerate(zip(lines, begins.tolist(), ends.tolist(), strict=True)):
            if whole[n]:
                bounds = [edge - begin for edge in edges[cuts[n] : cuts[n + 1] + 1]]
                yield _Tree(deps[begin:end], numbers[begin:end], list(pairwise(bounds)))
            else:
                yield self._by_spacy(line.doc, deps[begin:end], numbers[begin:end])

    def _by_spacy(self, doc: Doc, deps: list[str], heads: list[int]) -> _Tree:
        """A tree in which words hang elsewhere for now, hung where they belong, and its sentences."""
        from spacy.pipeline._parser_internals.nonproj import deprojectivize

        strings = self._strings
        offsets = np.array([head - n for n, head in enumerate(heads)]).astype(np.uint64)
        names = np.array([strings.add(dep) for dep in deps], dtype=np.uint64)
        told: Any = np.column_stack([offsets, names])
        doc.from_array(["HEAD", "DEP"], told)
        deprojectivize(doc)
        table = doc.to_array(["DEP", "HEAD"])
        again = table[:, 1].astype(np.intp).tolist()
        return _Tree(
            [strings[dep] for dep in table[:, 0].tolist()],
            [n + head for n, head in enumerate(again)],
            [(sentence.start, sentence.end) for sentence in doc.sents],
        )


def _opens(heads: Ints, rows: Ints, begins: Ints) -> Bools:
    """Whether a sentence starts at each word: where the words above it end at another root than those above the word before."""
    above = np.arange(len(heads))
    above[rows] = np.where(heads[rows] == 0, rows, heads[rows])
    while not np.array_equal(higher := above[above], above):
        above = higher
    roots = above[rows]
    opens = np.ones(len(rows), dtype=np.bool_)
    opens[1:] = roots[1:] != roots[:-1]
    opens[begins] = True
    return opens
