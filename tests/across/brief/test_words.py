"""The words that briefs go by, and which sentences stand alone."""

from __future__ import annotations

import re

import pytest

from readout.across.brief.lexicon import names, pattern
from readout.across.brief.passages import Passage, lead_of, sentences_of, stands_alone
from readout.across.brief.saying import role_of
from readout.across.brief.weighing import about_words, is_accident
from readout.across.facts import ReportFacts
from readout.knowledge import load

MATTERS = load("across/brief.yaml")


def matter(entry) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(entry['words'])})\b", re.IGNORECASE)


def cases(kind):
    return [(entry["matter"], text) for entry in MATTERS for text in entry[kind]]


@pytest.mark.parametrize(("name", "text"), cases("examples"))
def test_an_example_of_a_matter(name, text):
    assert any(matter(entry).search(text) for entry in MATTERS if entry["matter"] == name)


@pytest.mark.parametrize(("name", "text"), cases("misses"))
def test_a_miss_of_a_matter(name, text):
    assert not any(matter(entry).search(text) for entry in MATTERS if entry["matter"] == name)


@pytest.mark.parametrize("entry", load("across/brief_words.yaml"), ids=lambda entry: entry["name"])
def test_words(entry):
    found = pattern(entry["name"])
    assert all(found.search(text) for text in entry["examples"])
    assert not any(found.search(text) for text in entry["misses"])
    assert entry["name"] in names()


@pytest.mark.parametrize(
    ("text", "weighs"),
    [
        ("Lindgren sworn in as president", 6.0),
        ("Norvik shares close higher", -6.0),
        ("Footballer of the year, a former president's son, is sworn in as prime minister", 6.35 - 8 * 0.3),
        ("Sundmark news advisory", None),
        ("Rain expected", 0.0),
    ],
)
def test_what_words_weigh(text, weighs):
    found = about_words(text)
    assert found is None if weighs is None else found == pytest.approx(weighs, abs=0.5)


def test_an_accident_is_nobodys_attack():
    assert is_accident("Nine die in road crash")
    assert not is_accident("Nine die in bomb attack")


def report(text, title=None):
    spans, at = [], 0
    for sentence in re.split(r"(?<=[.!?”\"]) (?=[A-Z\"“])|\n", text):
        at = text.index(sentence, at)
        spans.append((at, at + len(sentence)))
        at += len(sentence)
    return ReportFacts(
        id=1, document=1, report_id="r", text=text, known="2025-05-05", title=title, published="2025-05-05",
        sentences=tuple(spans),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "title", "lead"),
    [
        ("Rebels took Osthavn on Monday. They left.", None, "Rebels took Osthavn on Monday."),
        ("Urgent: Rebels take the town of Osthavn", None, "Rebels take the town of Osthavn"),
        ("Rebels take Osthavn\nRebels took the town of Osthavn on Monday.", "URGENT: Rebels take Osthavn",
         "Rebels took the town of Osthavn on Monday."),
        ("He left for Norvik on Monday.", None, None),
        ("Talks begin at 10:00 a.m. Wednesday in Norvik.", None, "Talks begin at 10:00 a.m. Wednesday in Norvik."),
        ("Osthavn.", None, None),
        ("", None, None),
    ],
)  # fmt: skip
def test_the_lead_of_a_report(text, title, lead):
    found = lead_of(report(text, title))
    assert (found and found.words) == lead


@pytest.mark.parametrize(
    ("sentence", "alone"),
    [
        ("In Norvik, Sundmark troops shot at a crowd of students on Monday.", True),
        ("They shot at a crowd of students in Norvik on Monday.", False),
        ("Troops also shot at a crowd of students in Norvik on Monday.", False),
        ("Police in Norvik said the camps were empty on Monday morning.", False),
        ("On Monday Berg told a crowd of students to leave Norvik at once.", False),
        ("On Monday fighters of the RDF told a crowd of students to leave Norvik.", False),
        ("A crowd of students was shot at here on Monday by troops.", False),
        ("Short sentences say nothing.", False),
    ],
)
def test_what_stands_alone(sentence, alone):
    before = "Minister Nils Berg spoke of the Red Dawn Front (RDF)."
    facts = report(f"{before}\n{sentence}")
    passage = list(sentences_of(facts))[1]
    assert passage.words == sentence
    assert stands_alone(passage) == alone


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Interior Minister Nils Berg said no.", "Interior Minister"),
        ("On Monday Norwegian Foreign Minister Nils Berg said no.", "Norwegian Foreign Minister"),
        ("Nils Berg, the rebel spokesman, said no.", "the rebel spokesman"),
        ("President Anna Lind and army chief Nils Berg said no.", "army chief"),
        ("A man named Nils Berg said no.", ""),
        ("Nobody said so.", ""),
    ],
)
def test_the_role_of_a_speaker(text, role):
    assert role_of(report(text), "Nils Berg") == role


def test_words_are_in_one_line():
    assert Passage(report("Two\nlines here."), (0, 15), False).words == "Two lines here."
