"""The pipeline's network, run with no more work than its answer needs: words to vectors, and vectors to tags.

The weights are the pipeline's, and so are the numbers, but for the last bit. What spaCy works out for every word anew is kept: what a
word is before its neighbours are looked at (its norm, its ending, its vector) makes a third of the work, and most words of a text were
met before. The rest runs in blocks that stay in the processor's own memory, with the pieces of each layer side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from readout.language.transitions import Floats, Ints, rows_of

if TYPE_CHECKING:
    from spacy.language import Language

_BLOCK = 768  # rows that are worked on together
_NEW = 64  # words that are embedded together: always as many, so that what a word is does not hang on those beside it

#: A word and its norm, by spaCy's numbers.
Word = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Layout:
    """In which rows words stand: each paragraph's first, how many words it has, the row of each word, and the blocks.

    Rows of no word stand on both sides of each paragraph, and a block begins and ends with such rows of its own.
    """

    first: Ints
    lengths: Ints
    rows: Ints
    blocks: list[tuple[int, int]]

    @property
    def total(self) -> int:
        """How many rows there are."""
        return self.blocks[-1][1]


@dataclass(frozen=True, slots=True)
class _Layer:
    """A convolution over three words, the pieces of its maxout side by side, and what its norm scales and adds."""

    weights: Floats
    bias: Floats
    scale: Floats
    shift: Floats


class Network:
    """The weights of a pipeline's word vectors and tagger, and the words that were met."""

    def __init__(self, nlp: Language):
        """Takes the weights over.

        Raises:
            ValueError: the pipeline is of another make.
        """
        model: Any = nlp.get_pipe("tok2vec").model  # type: ignore[attr-defined]
        self._embed: Any = model.get_ref("embed")
        encode = model.get_ref("encode")
        maxouts = [node for node in encode.walk(order="dfs_pre") if node.name == "maxout"]
        norms = [node for node in encode.walk(order="dfs_pre") if node.name == "layernorm"]
        windows = [node.attrs["window_size"] for node in encode.walk() if node.name == "expand_window"]
        #: Rows of no word between two paragraphs: the layers together look as far to each side.
        self.pad: int = encode.attrs["pad"]
        if len(norms) != len(maxouts) or set(windows) != {1} or {node.get_dim("nP") for node in maxouts} != {3}:
            raise ValueError("word vectors of another make")
        self._layers = [_layer(maxout, norm) for maxout, norm in zip(maxouts, norms, strict=True)]
        tagger: Any = nlp.get_pipe("tagger")
        softmax = next(node for node in tagger.model.walk() if node.name == "softmax")
        self._tag_weights: Floats = softmax.get_param("W").T.copy()
        self._tag_bias: Floats = softmax.get_param("b")
        self.tags: tuple[str, ...] = tuple(tagger.labels)
        self._vocab = nlp.vocab
        self._width: int = encode.get_dim("nO")
        self._rows: dict[Word, int] = {}
        self._table: Floats = np.zeros((1024, self._width), dtype=np.float32)

    def vectors(self, words: Sequence[Word], layout: Layout) -> Floats:
        """What the pipeline makes of each row, by the words of all paragraphs."""
        vectors = np.zeros((layout.total, self._width), dtype=np.float32)
        vectors[layout.rows] = self._embedded(words)
        for start, end in layout.blocks:
            self._encode(vectors[start:end])
        return vectors

    def tags_of(self, vectors: Floats) -> Ints:
        """The number of the tag of each of some words."""
        scores = np.dot(vectors, self._tag_weights)
        scores += self._tag_bias
        numbers: Ints = scores.argmax(axis=1)
        return numbers

    def _embedded(self, words: Sequence[Word]) -> Floats:
        known = self._rows
        new = [word for word in dict.fromkeys(words) if word not in known]
        for start in range(0, len(new), _NEW):
            self._meet(new[start : start + _NEW])
        found: Floats = self._table[[known[word] for word in words]]
        return found

    def _meet(self, words: list[Word]) -> None:
        """Embeds words that are new, by spaCy's own layers."""
        from spacy.tokens import Doc

        strings = self._vocab.strings
        doc = Doc(self._vocab, [strings[word] for word, _ in words] + ["."] * (_NEW - len(words)))
        for token, (_, norm) in zip(doc, words, strict=False):
            if token.norm != norm:
                token.norm_ = strings[norm]
        first = len(self._rows)
        if first + len(words) > len(self._table):
            self._table = np.concatenate([self._table, np.zeros_like(self._table)])
        self._table[first : first + len(words)] = self._embed.predict([doc])[0][: len(words)]
        self._rows.update(zip(words, range(first, first + len(words)), strict=True))

    def _encode(self, vectors: Floats) -> None:
        """Looks at the neighbours of each row, layer by layer, and overwrites its vector."""
        rows, width = vectors.shape
        window = np.zeros((rows, 3 * width), dtype=np.float32)
        pieces = np.empty_like(window)
        best = np.empty_like(vectors)
        for layer in self._layers:
            window[1:, :width] = vectors[:-1]
            window[:, width : 2 * width] = vectors
            window[:-1, 2 * width :] = vectors[1:]
            np.dot(window, layer.weights, out=pieces)
            pieces += layer.bias
            np.maximum(pieces[:, :width], pieces[:, width : 2 * width], out=best)
            np.maximum(best, pieces[:, 2 * width :], out=best)
            best -= best.mean(axis=1, keepdims=True)
            spread = np.einsum("ij,ij->i", best, best)
            spread /= width
            spread += 1e-8
            best *= (spread**-0.5)[:, np.newaxis]
            best *= layer.scale
            best += layer.shift
            vectors += best


def _layer(maxout: Any, norm: Any) -> _Layer:
    weights, bias = maxout.get_param("W"), maxout.get_param("b")
    width, pieces, inputs = weights.shape
    by_piece = weights.transpose(1, 0, 2).reshape(pieces * width, inputs)
    return _Layer(
        np.ascontiguousarray(by_piece.T),
        bias.T.reshape(pieces * width).copy(),
        norm.get_param("G"),
        norm.get_param("b"),
    )


def lay_out(lengths: Sequence[int], pad: int) -> Layout:
    """Where the words of paragraphs stand, none of them empty."""
    first: list[int] = []
    blocks: list[tuple[int, int]] = []
    start, row = 0, pad
    for length in lengths:
        if row - start + length > _BLOCK and row - start > pad:
            blocks.append((start, row))
            start, row = row, row + pad
        first.append(row)
        row += length + pad
    blocks.append((start, row))
    begins, counts = np.array(first, dtype=np.intp), np.array(lengths, dtype=np.intp)
    return Layout(begins, counts, rows_of(begins, counts), blocks)
