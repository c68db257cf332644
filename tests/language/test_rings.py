"""Trees stay trees, whatever mends them."""

from __future__ import annotations

import pytest

from readout.language import pipeline
from readout.language.making import Words
from readout.language.pipeline import load_parser

TEXT = "The army has left the town. The mayor said on Monday that the rebels would return."


def test_a_ring_is_undone_and_other_mending_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = load_parser().parse(TEXT)
    left, mayor, said, rebels = (plain.texts.index(word) for word in ("left", "mayor", "said", "rebels"))

    def close_ring(words: Words) -> None:
        words.deps[left] = "parataxis"
        words.heads[mayor], words.heads[rebels] = rebels, mayor

    monkeypatch.setattr(pipeline, "mend_relatives", close_ring)
    mended = load_parser().parse(TEXT)
    assert mended.relations[left] == "parataxis"
    assert [mended.tokens[i].head for i in (mayor, rebels)] == [plain.tokens[i].head for i in (mayor, rebels)]
    assert mended.tokens[mayor].head == said


@pytest.mark.parametrize(
    "text", ["A program that aims to tidy Orsk neighborhoods was unanimously approved by the Orsk City Council Monday."]
)
def test_every_word_hangs_on_the_root(text: str) -> None:
    document = load_parser().parse(text)
    assert all(document.sentences[0].root in (i, *document.ancestors(i)) for i in range(len(document.texts)))
