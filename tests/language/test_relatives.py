"""Clauses that are said by the way, and who tells what is told."""

from __future__ import annotations

import pytest

from readout.language.document import Document
from readout.language.pipeline import load_parser


def main_verb(document: Document) -> str:
    return document.texts[document.sentences[0].root]


@pytest.mark.parametrize(
    ("text", "main", "within"),
    [
        ("The FRL group, which experts say is backed by Chad, seized the town of Orlu on Monday.", "seized", "backed"),
        ("The group, which Washington says is funded by Chad, fired rockets at Orlu on Friday.", "fired", "funded"),
        ("Two men who police said had planned the raid were arrested.", "arrested", "planned"),
    ],
)
def test_what_is_said_by_the_way_is_not_the_sentence(text: str, main: str, within: str) -> None:
    document = load_parser().parse(text)
    assert main_verb(document) == main
    inner = document.tokens[document.texts.index(within)]
    assert inner.dep == "ccomp"
    assert document.tokens[inner.head].lower in ("say", "says", "said")


@pytest.mark.parametrize(
    ("text", "main"),
    [
        ("The group, which experts say wants peace, was backed by Chad and left the town.", "backed"),
        ("The mayor, who said he was ill, was taken to Orlu.", "taken"),
    ],
)
def test_other_relative_clauses_stay(text: str, main: str) -> None:
    assert main_verb(load_parser().parse(text)) == main


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("A resident who declined to be named told the paper that troops had left.", "resident"),
        ("Fighting has displaced 5,000 villagers, a guard who declined to be named told Radio Orlu.", "guard"),
    ],
)
def test_who_is_not_named_tells(text: str, noun: str) -> None:
    document = load_parser().parse(text)
    told = document.texts.index("told")
    assert document.tokens[told].tag == "VBD"
    assert document.child(told, "nsubj") == document.texts.index(noun)


@pytest.mark.parametrize(
    ("text", "subject", "verb", "object_"),
    [
        (
            "Since soldiers of the guard, led by General Orban, detained President Ola Berg, talks have stalled.",
            "soldiers",
            "detained",
            "Ola",
        ),
        (
            "Talks have stalled since soldiers of the guard, led by General Orban, detained President Ola Berg.",
            "soldiers",
            "detained",
            "Ola",
        ),
    ],
)
def test_what_others_led_is_set_between_commas(text: str, subject: str, verb: str, object_: str) -> None:
    document = load_parser().parse(text)
    at = document.texts.index(verb)
    assert (document.child(at, "nsubj"), document.child(at, "obj")) == (
        document.texts.index(subject),
        document.texts.index(object_),
    )
    assert document.tokens[document.texts.index("led")].dep == "acl"
