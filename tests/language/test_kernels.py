"""The fast routines say what spaCy's own say, and nothing else in the process is slowed by them."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
import spacy
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController

from readout.language.columns import Columns
from readout.language.kernels import Kernels
from readout.language.pipeline import MODEL_FOLDER, Parser
from readout.language.trees import Line
from readout.language.weights import restore_vectors

TEXTS = (
    "Rebels shelled the town of Norvik on Monday, killing 12 people, the health ministry said.",
    "The envoy, who had refused to travel, will meet the general's aides in Osthavn if the cease-fire holds.",
    '"We never agreed to this," the spokeswoman told reporters; talks, roughly 90% done, have stalled.',
)


def _threads() -> list[int]:
    return [library["num_threads"] for library in ThreadpoolController().select(user_api="blas").info()]


def test_the_same_is_said_of_every_word() -> None:
    kernels = Kernels()
    if not kernels.fast:
        pytest.skip("NumPy multiplies with a reference library here")
    said = []
    for fast in (False, True):
        nlp = spacy.load(MODEL_FOLDER)
        restore_vectors(nlp, MODEL_FOLDER)
        if fast:
            kernels.take_over(nlp)
        used = {node.ops.use_blis for _, part in nlp.pipeline for node in part.model.walk()}
        assert used == {not fast}
        said.append([[(w.tag_, w.dep_, w.head.i) for w in doc] for doc in nlp.pipe(TEXTS)])
    assert said[0] == said[1]


def test_threads_are_as_before_when_parsing_is_done() -> None:
    before = _threads()
    seen = []
    parser = Parser()
    plain = parser._trees.columns

    def watched(lines: Iterable[Line]) -> list[Columns]:
        seen.append(_threads())
        return plain(lines)

    parser._trees.columns = watched  # type: ignore[method-assign]
    parser.parse(TEXTS[0])
    assert seen
    assert all(threads == [1] * len(before) for threads in seen)
    assert _threads() == before


def test_kernels_of_a_machine_are_left_alone() -> None:
    class Own(NumpyOps):
        """As the packages for some machines have them."""

    nlp = spacy.load(MODEL_FOLDER)
    own = Own()
    for _, part in nlp.pipeline:
        for node in part.model.walk():
            node.ops = own
    Kernels().take_over(nlp)
    assert {node.ops for _, part in nlp.pipeline for node in part.model.walk()} == {own}
