"""Subjects that commas prove to hang wrong: who speaks behind a list, who stands behind an opening place, who is told of in an aside."""

from __future__ import annotations

import pytest

from readout.language.document import Document
from readout.language.pipeline import load_parser


def subjects_of(text: str, verb: str) -> list[str]:
    """The subjects of a verb, and who is coordinated with them."""
    document = load_parser().parse(text)
    i = document.texts.index(verb)
    found = [s for child in document.children(i, "nsubj") for s in document.conjuncts(child)]
    return [document.texts[s] for s in found]


@pytest.mark.parametrize(
    ("text", "verb", "subjects"),
    [
        (
            "Shells hit a depot, Chad's air force and the Energy Ministry said on Tuesday.",
            "said",
            ["force", "Ministry"],
        ),
        (
            "Gunmen attacked the town, killing a guard and abducting a miner, the mayor and a priest said.",
            "said",
            ["mayor", "priest"],
        ),
        ("Rebels attacked the port of Oran, the governor and residents said.", "said", ["governor", "residents"]),
        ("The five-nation committee set up under the accord has met 14 times.", "met", ["committee"]),
        ("The committee set up a panel that has met 14 times.", "set", ["committee"]),
        ("A panel created in March to hunt war criminals has charged six officers.", "charged", ["panel"]),
        (
            "A 20-strong advance party of the peace force for Chad has arrived in the capital Bor to scout sites where it "
            "could be housed, officials said.",
            "arrived",
            ["party"],
        ),
        ("The mayor met the envoys of Chad, Mali and Niger and said they agreed.", "met", ["mayor"]),
        ("The army entered the port, the bridge and the mayor said nothing.", "entered", ["army"]),
        ("In Jammu and Kashmir, two soldiers and a guard were killed in a gunfight.", "killed", ["soldiers", "guard"]),
        ("The militants, believed to be from the north, had opened fire on a patrol.", "opened", ["militants"]),
        ("He said the troops, supported by the air wing, raided hideouts in the hills.", "raided", ["troops"]),
        (
            "They signed it in the presence of Foreign Minister Ola Berg, who hailed it as a step.",
            "signed",
            ["They"],
        ),
    ],
)
def test_subjects(text: str, verb: str, subjects: list[str]) -> None:
    assert subjects_of(text, verb) == subjects


def test_no_sentence_starts_inside_a_quotation_mark() -> None:
    document = load_parser().parse('Farhan Orsk spoke in New York. "Civilians must never be a target," Orsk said.')
    assert [document.slice(sentence.span)[:4] for sentence in document.sentences] == ["Farh", '"Civ']
    document = load_parser().parse('He warned that it was "on the brink of a return to war." He said it was hit.')
    assert [document.slice(sentence.span)[:4] for sentence in document.sentences] == ["He w", "He s"]


def test_a_name_is_no_auxiliary() -> None:
    text = 'The deputy spokesman Farhan Haq told reporters in New York. "Civilians must never be a target," Haq said.'
    assert subjects_of(text, "said") == ["Haq"]


def test_what_stands_behind_a_semicolon_is_the_subject_of_the_verb_behind_it() -> None:
    text = "Japan voiced support for Manila; Washington's ambassador, MaryKay Carlson, condemned the action by China."
    assert subjects_of(text, "condemned") == ["ambassador"]


def relation(document: Document, word: str) -> str:
    return document.relations[document.texts.index(word)]


def test_what_is_said_before_a_comma_is_no_first_half_of_a_sentence() -> None:
    document = load_parser().parse("Rebels attacked the port of Oran, the governor and residents said.")
    assert relation(document, "said") == "parataxis"
    document = load_parser().parse("The rebels left the port, and the governor said nothing.")
    assert relation(document, "said") == "conj"


def test_the_verb_behind_an_aside_is_the_main_one() -> None:
    document = load_parser().parse("The militants, believed to be from the north, had opened fire on a patrol.")
    root = document.sentences[0].root
    assert document.texts[root] == "opened"
    assert relation(document, "believed") == "acl"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They signed it in the presence of Foreign Minister Ola Berg, who hailed it as a step.", "Berg"),
        ("He sent troops over the objections of Governor Ola Berg, who called it a threat.", "Berg"),
        ("They met the widow of Ola Berg, who thanked them.", "widow"),
    ],
)
def test_who_is_a_person(text: str, name: str) -> None:
    document = load_parser().parse(text)
    who = document.texts.index("who")
    clause = document.tokens[who].head
    told = document.tokens[clause].head
    assert name in {document.texts[told], *(document.texts[c] for c in document.children(told, "flat"))}
