"""Trees stay trees, whatever mends them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from readout.language import pipeline
from readout.language.making import Words
from readout.language.pipeline import load_parser

TEXT = "The army has left the town. The mayor said on Monday that the rebels would return."


def test_a_ring_is_undone_and_other_mending_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = load_parser().parse(TEXT)
    town, mayor, said, rebels = (plain.texts.index(word) for word in ("town", "mayor", "said", "rebels"))

    def close_ring(words: Words) -> None:
        words.deps[town] = "obl"
        words.heads[mayor], words.heads[rebels] = rebels, mayor

    monkeypatch.setattr(pipeline, "mend_relatives", close_ring)
    mended = load_parser().parse(TEXT)
    assert (plain.relations[town], mended.relations[town]) == ("obj", "obl")
    assert [mended.tokens[i].head for i in (mayor, rebels)] == [plain.tokens[i].head for i in (mayor, rebels)]
    assert mended.tokens[mayor].head == said


def test_a_ring_with_another_root_is_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = load_parser().parse(TEXT)
    left, town = plain.texts.index("left"), plain.texts.index("town")

    def crown(words: Words) -> None:
        words.sentences[0] = replace(words.sentences[0], root=town)
        words.heads[town] = town  # "left" stays a root of its own: nothing leads to it

    monkeypatch.setattr(pipeline, "mend_relatives", crown)
    mended = load_parser().parse(TEXT)
    assert mended.sentences == plain.sentences
    assert (mended.relations[left], mended.tokens[town].head) == ("root", left)


@pytest.mark.parametrize(
    "text", ["A program that aims to tidy Orsk neighborhoods was unanimously approved by the Orsk City Council Monday."]
)
def test_every_word_hangs_on_the_root(text: str) -> None:
    document = load_parser().parse(text)
    assert all(document.sentences[0].root in (i, *document.ancestors(i)) for i in range(len(document.texts)))


def test_a_ring_through_the_root_is_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = load_parser().parse(TEXT)
    left, town = plain.texts.index("left"), plain.texts.index("town")

    def close_ring(words: Words) -> None:
        words.heads[left] = town

    monkeypatch.setattr(pipeline, "mend_relatives", close_ring)
    assert [token.head for token in load_parser().parse(TEXT).tokens] == [token.head for token in plain.tokens]
