"""The pipeline's parser run for many paragraphs at once: spaCy's arc-eager transitions, a column for all in the place of an object each.

spaCy moves one paragraph after another, word by word; most of its time goes into calls. Here each step moves every paragraph that is
not done by one transition, so that a step is a few dozen operations on whole columns and two products of matrices. What a transition
does, and when it is allowed, is spaCy's (`spacy.pipeline._parser_internals.arc_eager`), as are the weights; the trees are the same.

Words stand in rows, paragraph behind paragraph, with rows of no word between them: whatever looks past the end of a paragraph, or
into an empty stack, finds such a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from spacy.pipeline import DependencyParser

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]

#: How many words a state of the parser is judged by: two of the buffer, three of the stack, three of their dependents.
_FEATURES = 8
_AT_ONCE = 256  # paragraphs
_SHIFT, _REDUCE, _LEFT, _RIGHT, _BREAK = range(5)
_MOVES = "SDLRB"  # in the names of transitions
_NEVER = np.float32(-1e30)
_NOTHING = 0  # a row of no word


class Transitions:
    """A parser's weights, and what it makes of words."""

    def __init__(self, parser: DependencyParser):
        """Takes the weights over; they must be those of a greedy parser with the eight features of a plain state.

        Raises:
            ValueError: it is another kind of parser.
        """
        model: Any = parser.model
        to_state, lower, upper = model.get_ref("tok2vec").layers[-1], model.get_ref("lower"), model.get_ref("upper")
        weights = lower.get_param("W")
        features, hidden, pieces, width = weights.shape
        if features != _FEATURES or pieces != 2 or parser.cfg["beam_width"] != 1 or model.attrs["unseen_classes"]:
            raise ValueError("a parser of another kind")
        self._to_state: tuple[Floats, Floats] = to_state.get_param("W").T.copy(), to_state.get_param("b")
        # A word's vector has one number more: one where there is no word, so that the weights of a missing one are read with it.
        missing = lower.get_param("pad").reshape(features, hidden, pieces, 1)
        both = np.concatenate([weights, missing], axis=3).transpose(0, 3, 2, 1)
        self._lower: Floats = np.ascontiguousarray(both).reshape(features * (width + 1), pieces * hidden)
        self._lower_bias: Floats = lower.get_param("b").T.reshape(pieces * hidden).copy()
        self._hidden = hidden
        self._upper: Floats = upper.get_param("W").T.copy()
        names = [parser.moves.class_name(n) for n in range(parser.moves.n_moves)]
        self._moves: Ints = np.array([_MOVES.index(name[0]) for name in names])
        self.labels: tuple[str, ...] = tuple(name[2:] for name in names)
        self._allowed = self._tables(upper.get_param("b"))

    def _tables(self, bias: Floats) -> Floats:
        """What is added to the scores where some moves are allowed, a bit each: shift, reduce, arcs, break."""
        bit = np.array([0, 1, 2, 2, 3])[self._moves]
        rows = [np.where((allowed >> bit) & 1, bias, _NEVER) for allowed in range(16)]
        return np.array(rows, dtype=np.float32)

    def parse(self, vectors: Floats, first: Ints, lengths: Ints, known: Ints) -> tuple[Ints, Ints]:
        """The head of each word and the transition that named its relation (see `labels`), row by row.

        Args:
            vectors: what the pipeline makes of each row.
            first: the row of each paragraph's first word; three rows of no word stand before it and behind it.
            lengths: how many words each paragraph has, none of them empty.
            known: what is known of each row beforehand: 1 where a sentence starts, -1 where none does.

        Returns:
            Rows of heads, 0 for a root's; and numbers of transitions.
        """
        state = _Columns(self._word_vectors(vectors, first, lengths), first, lengths, known)
        while state.step():
            codes = state.allowed()
            guesses = (self._scores(state.context()) + self._allowed[codes]).argmax(axis=1)
            state.move(self._moves[guesses], guesses)
        return state.heads, state.named

    def _word_vectors(self, vectors: Floats, first: Ints, lengths: Ints) -> Floats:
        weights, bias = self._to_state
        table = np.zeros((len(vectors), weights.shape[1] + 1), dtype=np.float32)
        table[:, -1] = 1
        rows = rows_of(first, lengths)
        table[rows, :-1] = np.dot(vectors[rows], weights) + bias
        table[rows, -1] = 0
        return table

    def _scores(self, context: Floats) -> Floats:
        sums = np.dot(context, self._lower)
        sums += self._lower_bias
        hidden = np.maximum(sums[:, : self._hidden], sums[:, self._hidden :])
        scores: Floats = np.dot(hidden, self._upper)
        return scores


def rows_of(first: Ints, lengths: Ints) -> Ints:
    """The rows of all words of paragraphs, in order."""
    total = int(lengths.sum())
    ends = np.cumsum(lengths)
    rows: Ints = np.arange(total) + np.repeat(first - (ends - lengths), lengths)
    return rows


class _Columns:
    """The states of all paragraphs: a column for each thing that a state of spaCy's has.

    `heads` and `named` are by row. A paragraph's stack, and what was put back onto its buffer, lie in its own rows of `_stack` and
    `_back`, behind rows of nothing; `_top` and `_top_back` say where they end, `_at` which word of the text comes next.
    """

    def __init__(self, table: Floats, first: Ints, lengths: Ints, known: Ints):
        rows = len(table)
        self._table = table
        self._real: Bools = table[:, -1] == 0
        self._starts, self._no_start = known == 1, known == -1
        self.heads = np.zeros(rows, dtype=np.intp)
        self.named = np.zeros(rows, dtype=np.intp)
        self._last_left = np.zeros(rows, dtype=np.intp)
        self._last_right = np.zeros(rows, dtype=np.intp)
        self._right_before = np.zeros(rows, dtype=np.intp)  # the one that was the last right dependent before
        self._put_back = np.zeros(rows, dtype=np.bool_)
        self._stack = np.zeros(rows, dtype=np.intp)
        self._back = np.zeros(rows, dtype=np.intp)
        longest_first = np.argsort(-lengths, kind="stable")
        self._waiting: Ints = first[longest_first]
        self._at: Ints = np.zeros(0, dtype=np.intp)
        self._top = self._top_back = self._at
        self._fill()

    def _fill(self) -> None:
        """Takes up paragraphs that wait."""
        some, self._waiting = np.split(self._waiting, [_AT_ONCE - len(self._at)])
        self._at = np.concatenate([self._at, some])
        self._top = np.concatenate([self._top, some])
        self._top_back = np.concatenate([self._top_back, some])

    def step(self) -> bool:
        """Looks at every paragraph's stack and buffer, and leaves those that are done; whether any is not."""
        self._look()
        done = ~(self._s0.astype(np.bool_) | self._real[self._b0])
        if done.any():
            going = ~done
            self._at, self._top, self._top_back = self._at[going], self._top[going], self._top_back[going]
            if len(self._waiting):
                self._fill()
            self._look()
        return bool(len(self._at))

    def _look(self) -> None:
        top, back = self._top, self._top_back
        self._s0, self._s1, self._s2 = self._stack[top - 1], self._stack[top - 2], self._stack[top - 3]
        self._b0, self._b1 = self._at, self._at + 1
        self._from_back: Bools | None = None
        again = self._back[back - 1]
        if again.any():
            self._from_back = again.astype(np.bool_)
            second = self._back[back - 2]
            self._b1 = np.where(self._from_back, np.where(second, second, self._b0), self._b1)
            self._b0 = np.where(self._from_back, again, self._b0)

    def allowed(self) -> Ints:
        """Which moves each paragraph may make, a bit each."""
        b0, b1 = self._b0, self._b1
        some, one = self._s0 != _NOTHING, self._s1 == _NOTHING
        left, two = self._real[b0], self._real[b1]
        inside = ~self._starts[b0]
        shift = ~some | (two & inside & ~self._put_back[b0])
        reduce = some & ~(left & one & self._no_start[b0])
        arcs = some & left & inside
        cut = two & (b1 == b0 + 1) & ~self._starts[b1] & ~self._no_start[b1]
        codes: Ints = shift + 2 * reduce.astype(np.intp) + 4 * arcs + 8 * cut
        return codes

    def context(self) -> Floats:
        """The vectors of the eight words by which each state is judged, one behind the other."""
        s0, b0 = self._s0, self._b0
        left = self._last_left
        words = np.stack((b0, self._b1, s0, self._s1, self._s2, left[b0], left[s0], self._last_right[s0]), axis=1)
        return self._table[words].reshape(len(b0), -1)

    def move(self, moves: Ints, named: Ints) -> None:
        """Moves each paragraph."""
        shift, reduce, left, right = moves == _SHIFT, moves == _REDUCE, moves == _LEFT, moves == _RIGHT
        self._starts[self._b1[moves == _BREAK]] = True
        self._arcs_to_the_left(left, named)
        self._arcs_to_the_right(right, named)
        pushed = shift | right
        self._stack[self._top[pushed]] = self._b0[pushed]
        of_text = pushed if self._from_back is None else pushed & ~self._from_back
        self._at = self._at + of_text
        if self._from_back is not None:
            taken = pushed & self._from_back
            self._top_back = self._top_back - taken
            self._back[self._top_back[taken]] = _NOTHING
        back = reduce & (self.heads[self._s0] == _NOTHING) & (self._s1 != _NOTHING)
        if back.any():
            words = self._s0[back]
            self._put_back[words] = True
            self._back[self._top_back[back]] = words
            self._top_back = self._top_back + back
        popped = reduce | left
        self._stack[self._top[popped] - 1] = _NOTHING
        self._top = self._top + pushed - popped

    def _arcs_to_the_left(self, left: Bools, named: Ints) -> None:
        words, heads = self._s0[left], self._b0[left]
        before = self.heads[words]
        if before.any():  # it was a dependent of the word below it, the last one to the right
            self._last_right[before] = np.where(before, self._right_before[words], _NOTHING)
        self.heads[words], self.named[words] = heads, named[left]
        self._last_left[heads] = words
        self._put_back[heads] = False

    def _arcs_to_the_right(self, right: Bools, named: Ints) -> None:
        words, heads = self._b0[right], self._s0[right]
        self.heads[words], self.named[words] = heads, named[right]
        self._right_before[words] = self._last_right[heads]
        self._last_right[heads] = words
