"""Tags that the rest of a text proves wrong, and heads that no tree has."""

from __future__ import annotations

import pytest

from readout.language.document import Token
from readout.language.pipeline import load_parser


def word(text: str, form: str, nth: int = 0) -> Token:
    return [token for token in load_parser().parse(text).tokens if token.text == form][nth]


def test_a_surname_that_opens_a_sentence_is_a_name() -> None:
    text = "Secretary of State Madeleine Albright flew to Cairo. Albright met with three members of the group."
    assert word(text, "Albright", 1).pos == "PROPN"


def test_a_common_word_that_opens_a_sentence_is_none() -> None:
    text = "Justice Minister Ola Berg resigned. Justice was done, and justice is slow."
    assert word(text, "Justice", 1).pos == "NOUN"


@pytest.mark.parametrize("text", ["The premier said that Chad must first disarm before it can join."])
def test_a_verb_behind_a_modal_is_a_verb(text: str) -> None:
    assert (word(text, "disarm").pos, word(text, "disarm").lemma) == ("VERB", "disarm")


def test_the_subject_of_an_auxiliary_is_its_verbs() -> None:
    subject = word("Chad has for years rejected these lines.", "Chad")
    assert load_parser().parse("Chad has for years rejected these lines.").tokens[subject.head].text == "rejected"


@pytest.mark.parametrize(
    ("text", "form", "tag"),
    [
        ("Turkish raids killed at least 12 fighters, officials said.", "killed", "VBD"),
        ("Army raids displaced thousands of villagers, aid groups said.", "displaced", "VBD"),
        (
            "Since soldiers of the guard, led by General Orban, detained President Ola Berg, talks have stalled.",
            "detained",
            "VBD",
        ),
        ("Chad and Mali, which have proposed a delay, oppose the step.", "oppose", "VBP"),
        ("Chad, which supplies most of its power, cut off its northern neighbour last week.", "cut", "VBD"),
        ("Two men wounded in the blast died, officials said.", "wounded", "VBN"),
        ("With four people killed in Orlu, officials said, talks stopped.", "killed", "VBN"),
        ("Four people were killed in Orlu, officials said.", "killed", "VBN"),
    ],
)
def test_a_verb_with_a_subject_and_no_auxiliary_is_a_past_tense(text: str, form: str, tag: str) -> None:
    assert word(text, form).tag == tag
