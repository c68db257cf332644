"""Lemmas of plain words, by the table and by the rules."""

from __future__ import annotations

from functools import cache

import pytest

from readout.language.lemmas import Lemmatizer, ing_stems, past_stems, plural_stems
from readout.language.pipeline import MODEL_FOLDER


@cache
def lemmatizer() -> Lemmatizer:
    return Lemmatizer(MODEL_FOLDER)


@pytest.mark.parametrize(
    ("form", "tag", "pos", "lemma"),
    [
        ("said", "VBD", "VERB", "say"),
        ("was", "VBD", "AUX", "be"),
        ("went", "VBD", "VERB", "go"),
        ("killed", "VBN", "VERB", "kill"),
        ("Killed", "VBN", "VERB", "kill"),
        ("KILLED", "VBN", "VERB", "kill"),
        ("stopped", "VBD", "VERB", "stop"),
        ("refused", "VBD", "VERB", "refuse"),
        ("agreed", "VBD", "VERB", "agree"),
        ("denied", "VBD", "VERB", "deny"),
        ("seized", "VBD", "VERB", "seize"),
        ("attacking", "VBG", "VERB", "attack"),
        ("talking", "VBG", "VERB", "talk"),
        ("making", "VBG", "VERB", "make"),
        ("running", "VBG", "VERB", "run"),
        ("says", "VBZ", "VERB", "say"),
        ("denies", "VBZ", "VERB", "deny"),
        ("clashes", "VBZ", "VERB", "clash"),
        ("hostages", "NNS", "NOUN", "hostage"),
        ("countries", "NNS", "NOUN", "country"),
        ("men", "NNS", "NOUN", "man"),
        ("children", "NNS", "NOUN", "child"),
        ("attack", "NN", "NOUN", "attack"),
        ("Nordland", "NNP", "PROPN", "Nordland"),
        ("United", "NNP", "PROPN", "United"),
        ("", "NN", "NOUN", ""),
        ("s", "NNS", "NOUN", ""),
        ("ed", "VBD", "VERB", "ed"),
        ("ing", "VBG", "VERB", "ing"),
    ],
)
def test_lemma(form: str, tag: str, pos: str, lemma: str) -> None:
    assert lemmatizer().lemma(form, tag, pos) == (lemma or form)


@pytest.mark.parametrize(
    ("stems", "form", "base"),
    [
        (past_stems, "shelled", "shell"),
        (past_stems, "mobilized", "mobilize"),
        (past_stems, "barred", "bar"),
        (past_stems, "ratified", "ratify"),
        (ing_stems, "shelling", "shell"),
        (ing_stems, "mobilizing", "mobilize"),
        (ing_stems, "negotiating", "negotiate"),
        (plural_stems, "embassies", "embassy"),
        (plural_stems, "gunmen", "gunman"),
        (plural_stems, "rebels", "rebel"),
        (plural_stems, "trenches", "trench"),
    ],
)
def test_regular_stems_hold_the_base(stems, form: str, base: str) -> None:
    assert base in stems(form)


def test_words_that_are_not_inflected_have_no_stems() -> None:
    assert plural_stems("ss") == past_stems("red") == ing_stems("ring") == []
