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
#: What a row is, a bit each: a word; one that starts a sentence; that cannot start one; that was put back onto the buffer.
_REAL, _STARTS, _NO_START, _PUT_BACK, _KINDS = 1, 2, 4, 8, 16
#: With the kinds of the two words in front: whether the stack is empty, whether it has one word at most, whether the two stand together.
_EMPTY, _SINGLE, _BESIDE = (_KINDS**2 << n for n in range(3))
_IN_A_CODE = np.array([1, _KINDS, _EMPTY, _SINGLE, _BESIDE])
_PUSHES = np.array([1, 0, 0, 1, 0])  # by move: words that come onto the stack
_UPPERMOST = np.array([[1], [2], [3]])  # below a stack's end: its three words on top
_GROWS = np.array([1, -1, -1, 1, 0])  # by how many it grows


def _moves_allowed(code: int) -> int:
    """The moves that a state allows, a bit each: shift, reduce, arcs, break."""
    b0, b1 = code % _KINDS, code // _KINDS % _KINDS
    empty, single, left = bool(code & _EMPTY), bool(code & _SINGLE), bool(b0 & _REAL)
    inside = not b0 & _STARTS
    shift = empty or bool(b1 & _REAL and inside and not b0 & _PUT_BACK)
    reduce = not empty and not (left and single and b0 & _NO_START)
    arcs = not empty and left and inside
    cut = bool(b1 & _REAL and code & _BESIDE and not b1 & (_STARTS | _NO_START))
    return shift + 2 * reduce + 4 * arcs + 8 * cut


_ALLOWED: Ints = np.array([_moves_allowed(code) for code in range(2 * _BESIDE)])


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
        table = self._word_vectors(vectors, first, lengths)
        states = _States(table[:, -1] == 0, first, lengths, known)
        while states.step():
            context = table.take(states.words.T, axis=0).reshape(states.words.shape[1], -1)
            guesses = (self._scores(context) + self._allowed[states.allowed()]).argmax(axis=1)
            states.move(self._moves[guesses], guesses)
        return states.heads, states.named

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


class _States:
    """The states of all paragraphs: a column for each thing that a state of spaCy's has.

    `heads` and `named` are by row; `words` has a column for each paragraph that is not done: the two words in front of the buffer, three
    on top of the stack, and the outermost dependents by which a state is judged. A paragraph's stack, and what was put back onto its
    buffer, lie in its own rows of `_stack` and `_back`, behind rows of nothing; `_top` and `_top_back` say where they end, `_at` which
    word of the text comes next.
    """

    def __init__(self, real: Bools, first: Ints, lengths: Ints, known: Ints):
        rows = len(real)
        self._kinds: Ints = _REAL * real + _STARTS * (known == 1) + _NO_START * (known == -1)
        self.heads, self.named = np.zeros(rows, dtype=np.intp), np.zeros(rows, dtype=np.intp)
        self._last_left, self._last_right = np.zeros(rows, dtype=np.intp), np.zeros(rows, dtype=np.intp)
        self._right_before = np.zeros(rows, dtype=np.intp)  # the one that was the last right dependent before
        self._stack, self._back = np.zeros(rows, dtype=np.intp), np.zeros(rows, dtype=np.intp)
        self._waiting: Ints = first[np.argsort(-lengths, kind="stable")]  # the longest first: few end late
        self._at: Ints = self._waiting[:0]
        self._top = self._top_back = self._at
        self._fill()

    def _fill(self) -> None:
        """Takes up paragraphs that wait."""
        some, self._waiting = np.split(self._waiting, [_AT_ONCE - len(self._at)])
        self._at = np.concatenate([self._at, some])
        self._top = np.concatenate([self._top, some])
        self._top_back = np.concatenate([self._top_back, some])

    def step(self) -> bool:
        """Leaves the paragraphs that are done, and looks at the stack and buffer of every other; whether there is any."""
        coming = self._kinds[self._at] & _REAL
        if np.count_nonzero(coming) < len(coming):
            (going,) = (coming | self._stack[self._top - 1] | self._back[self._top_back - 1]).nonzero()
            self._at, self._top, self._top_back = self._at[going], self._top[going], self._top_back[going]
            if len(self._waiting):
                self._fill()
        self._look()
        return len(self._at) > 0

    def _look(self) -> None:
        at = self._at
        self.words = words = np.empty((_FEATURES, len(at)), dtype=np.intp)
        words[0], words[1] = at, at + 1
        words[2:5] = self._stack[self._top - _UPPERMOST]
        again = self._back[self._top_back - 1]
        self._from_back: Bools | None = None
        if np.count_nonzero(again):
            second = self._back[self._top_back - 2]
            self._from_back = again != _NOTHING
            words[1] = np.where(self._from_back, np.where(second, second, at), words[1])
            words[0] = np.where(self._from_back, again, at)
        words[5:7] = self._last_left[words[0:3:2]]
        words[7] = self._last_right[words[2]]

    def allowed(self) -> Ints:
        """Which moves each paragraph may make, a bit each."""
        b0, b1 = self.words[:2]
        told = np.concatenate([self._kinds[self.words[:2]], self.words[2:4] == _NOTHING, [b1 == b0 + 1]])
        found: Ints = _ALLOWED[_IN_A_CODE @ told]
        return found

    def move(self, moves: Ints, named: Ints) -> None:
        """Moves each paragraph."""
        b0, b1, s0, s1 = self.words[:4]
        cut = b1[moves == _BREAK]
        if len(cut):
            self._kinds[cut] |= _STARTS
        (left,), (right,), (reduced,) = ((moves == move).nonzero() for move in (_LEFT, _RIGHT, _REDUCE))
        if len(left):
            self._arcs_to_the_left(s0[left], b0[left], named[left])
        if len(right):
            self._arcs_to_the_right(b0[right], s0[right], named[right])
        pushed = _PUSHES[moves]
        (some,) = pushed.nonzero()
        self._stack[self._top[some]] = b0[some]
        if self._from_back is not None:
            taken = pushed * self._from_back
            self._top_back = self._top_back - taken
            pushed = pushed - taken
        self._at = self._at + pushed
        if len(reduced):
            self._put_back(reduced[(self.heads[s0[reduced]] == _NOTHING) & (s1[reduced] != _NOTHING)], s0)
        self._top = self._top + _GROWS[moves]

    def _put_back(self, some: Ints, s0: Ints) -> None:
        """Puts the top of the stack of some paragraphs back onto their buffers."""
        if len(some):
            words = s0[some]
            self._kinds[words] |= _PUT_BACK
            self._back[self._top_back[some]] = words
            self._top_back = self._top_back.copy()
            self._top_back[some] += 1

    def _arcs_to_the_left(self, words: Ints, heads: Ints, named: Ints) -> None:
        before = self.heads[words]
        # One that has a head is its last dependent to the right, and is so no more.
        self._last_right[before] = np.where(before, self._right_before[words], _NOTHING)
        self.heads[words], self.named[words] = heads, named
        self._last_left[heads] = words
        self._kinds[heads] &= ~_PUT_BACK

    def _arcs_to_the_right(self, words: Ints, heads: Ints, named: Ints) -> None:
        self.heads[words], self.named[words] = heads, named
        self._right_before[words] = self._last_right[heads]
        self._last_right[heads] = words
