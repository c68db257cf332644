"""Verbs that hang on the words that they belong to: what a speaker does besides, what is plotted, what is helped; ends of sentences."""

from __future__ import annotations

import pytest

from readout.language.pipeline import load_parser


@pytest.mark.parametrize(
    ("text", "verb", "head"),
    [
        ("He said that the rebels would not yield, and blamed the army for the siege.", "blamed", "said"),
        ("The spokesman denied that the force had attacked the camp and blamed the army.", "blamed", "denied"),
        ("He said that the mayor had called the king and blamed the army.", "blamed", "called"),
        ("The agency said it had foiled a plot by rebels to burn a bridge.", "burn", "plot"),
        (
            "On Friday, a suicide bomber detonated explosives at a gate in Bor, killing two, police said.",
            "bomber",
            "detonated",
        ),
        (
            "Acting President Ola Berg declared a week of mourning for members of the military killed in the raid in Bor.",
            "killed",
            "members",
        ),
        ("Slovakia's Robert Fico met the pope.", "Slovakia", "Robert"),
        (
            "India rejected the charges as preposterous and accused Trudeau of pandering to voters.",
            "accused",
            "rejected",
        ),
        (
            "India rejected the charges as preposterous and accused Trudeau of pandering to voters.",
            "Trudeau",
            "accused",
        ),
        ("The agency made a plan to burn the bridge.", "burn", "plan"),
        ('The watchdog estimates the army has "summarily executed" more than ten men.', "has", "executed"),
        ("Brazil's Luiz Orsk da Silva, Mexico's Clara Marn and Chile's Ola Berg called for calm.", "Chile", "Berg"),
        ("The party accused the army and Ugandan troops of bombing towns in the north.", "army", "accused"),
        ("The party accused the army and Ugandan troops of bombing towns in the north.", "Ugandan", "troops"),
    ],
)
def test_heads(text: str, verb: str, head: str) -> None:
    document = load_parser().parse(text)
    i = document.texts.index(verb)
    above = document.tokens[i].head
    words = {document.texts[above], *(document.texts[c] for c in document.children(above, "flat"))}
    assert head in words


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("The minister said on X. Mali asked the council to vote.", 2),
        ("The army has left, it wrote on X. “We won,” a rebel said.", 2),
        ("Malcolm X. Berg met the king.", 1),
        ("She said on X that the army left.", 1),
    ],
)
def test_a_sentence_ends_in_the_name_of_a_network(text: str, sentences: int) -> None:
    assert len(load_parser().parse(text).sentences) == sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("The director of the Lakes Mission (LM) Lou Averin said it was over.", 1),
        ("On Friday the chief of the Lakes Water Agency (LWA) Lou Averin presented his report.", 1),
        ("He joined the Lakes Mission (LM). Lou Averin left.", 2),
    ],
)
def test_no_sentence_starts_behind_an_abbreviation(text: str, sentences: int) -> None:
    assert len(load_parser().parse(text).sentences) == sentences
