"""A past tense that the parser takes for a participle is read again as the sentence's verb."""

from __future__ import annotations

import pytest

from readout.language.pipeline import load_parser


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("A Kenyan court on Tuesday freed activist pastor Daniel Otieno, a critic of the president.", "freed", "court"),
        ("U.S. reduced tariffs on $90 billion of Chile's exports from 15 percent.", "reduced", "U.S."),
        ("A rebel-backed militia violated ceasefire in occupied Strelsau 20 times this week.", "violated", "militia"),
        ("Turkish troops crossed into northern Iraq.", "crossed", "troops"),
        ("Sixty men of the Danish contingent left Aarhus overnight on a transport vessel.", "left", "men"),
        ("The US Congress cut aid to Colombia.", "cut", "Congress"),
    ],
)
def test_a_sentence_gets_its_verb(text: str, verb: str, subject: str) -> None:
    document = load_parser().parse(text)
    root = document.tokens[document.sentences[0].root]
    assert (root.text, root.tag) == (verb, "VBD")
    assert [document.tokens[s].text for s in document.children(root.i, "nsubj")] == [subject]


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        (
            "The premier held talks with visiting Romanian Foreign Minister Adrian Severescu on Monday.",
            "Odile Roux Adrian Severescu Minister",
        ),
        ("President Berg met visiting French President Odile Roux here today.", "Odile Roux Adrian Severescu Minister"),
    ],
)
def test_who_is_visiting_is_met(text: str, noun: str) -> None:
    document = load_parser().parse(text)
    visiting = next(token for token in document.tokens if token.text == "visiting")
    assert visiting.dep == "amod"
    assert document.tokens[visiting.head].text in noun.split()


def test_who_visits_a_place_visits() -> None:
    document = load_parser().parse("The premier left for home after visiting French President Odile Roux.")
    assert next(token for token in document.tokens if token.text == "visiting").dep.startswith("advcl")


@pytest.mark.parametrize(
    "text",
    [
        "Newly elected Prime Minister Ola Berg.",  # a caption: nobody does anything
        "A man accused of theft.",
        "Three people killed in Oslo.",
        "A tax cut for families in Norway.",
        "Two bags left in a station.",
    ],
)
def test_captions_stay_captions(text: str) -> None:
    document = load_parser().parse(text)
    assert document.tokens[document.sentences[0].root].tag != "VBD"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (
            "Critics of Norland's amended electoral law on Sunday accused President Ola Berg of breaking the rules.",
            "amended",
        ),
        (
            "According to witnesses, the armed gathering lasting three hours focused on issues of land in the province.",
            "armed",
        ),
    ],
)
def test_no_verb_stands_right_behind_an_article_or_a_possessive(text: str, form: str) -> None:
    document = load_parser().parse(text)
    assert next(token for token in document.tokens if token.text == form).dep == "amod"


def test_the_words_stay_what_they_are() -> None:
    text = "A court freed activist pastor Daniel Otieno."
    document = load_parser().parse(text)
    assert " ".join(token.text for token in document.tokens) == "A court freed activist pastor Daniel Otieno ."
    assert all(document.slice(document.span(token.i)) == token.text for token in document.tokens)


def test_what_is_so_called_is_no_verb() -> None:
    text = "The so-called Quad of Chad, Mali, Niger and the United Arab Emirates last month proposed a truce, to be followed by talks."
    document = load_parser().parse(text)
    assert document.texts[document.sentences[0].root] == "proposed"


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Ola Berg and Vice Premier He Dafang will meet in Oslo on Monday.", "NNP"),
        ("He Dafang met Berg in Oslo.", "NNP"),
        ("He met Berg in Oslo.", "PRP"),
        ("Berg said: “He Dafang knows.” He left.", "NNP"),
    ],
)
def test_a_capital_he_before_a_name_is_a_surname(text: str, tag: str) -> None:
    document = load_parser().parse(text)
    assert document.tokens[document.texts.index("He")].tag == tag
