"""What is kept is what the function says, and never more than was asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readout.language.kept import Kept


def test_a_question_is_answered_once() -> None:
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    kept = Kept(length)
    assert [kept["envoy"], kept["army"], kept["envoy"]] == [5, 4, 5]
    assert asked == ["envoy", "army"]


@given(st.lists(st.integers(0, 20)), st.integers(1, 8))
def test_answers_are_right_and_no_more_than_fit(questions: list[int], most: int) -> None:
    kept: Kept[int, int] = Kept(lambda n: n * n, most)
    for question in questions:
        assert kept[question] == question * question
        assert len(kept) <= most
