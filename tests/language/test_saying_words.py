"""Verbs of saying that a tagger takes for nouns are verbs, and their likes stay what they are."""

from __future__ import annotations

import pytest

from readout.language.pipeline import Context, load_parser


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("The army has left the town, the ministry confirms, but farmers have not returned.", "confirms", "VBZ"),
        ("The minister rejected the plan, warning that war was near.", "warning", "VBG"),
        ("The army has left the town and the harbour, the old claims, and the camps.", "claims", "NNS"),
        ("The minister ignored a warning that war was near.", "warning", "NN"),
    ],
)
def test_what_a_word_is(text: str, word: str, tag: str) -> None:
    document = load_parser().parse(text, Context())
    assert document.tags[document.words.index(word)] == tag


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Ola Berg, the head of the union, announced in Oslo that the road was closed.", "announced"),
        ("Ola Berg, the head of the union, condemned the raid.", "condemned"),
    ],
)
def test_the_verb_behind_what_explains_a_name_is_the_main_one(text: str, verb: str) -> None:
    document = load_parser().parse(text, Context())
    (sentence,) = document.sentences
    assert document.words[sentence.root] == verb
    assert document.child(sentence.root, "nsubj") == 0


@pytest.mark.parametrize("text", ["Ola Berg, the head of the union, pictured in Oslo."])
def test_a_fragment_stays_one(text: str) -> None:
    document = load_parser().parse(text, Context())
    assert document.relations[document.sentences[0].root] == "root"
    assert document.parts[document.sentences[0].root] in ("NOUN", "PROPN")
