"""Who did it to whom, and on whose word, in sentences in the manner of agencies."""

from __future__ import annotations

import pytest

import readout
from readout.types import Report

DAY = "2025-03-10"


def name(report: Report, n: int | None) -> str:
    return "?" if n is None else report.actors[n].name


def events(report: Report) -> list[tuple[str, str, str]]:
    return [
        (
            report.text[event.span[0] : event.span[1]],
            ", ".join(name(report, n) for n in event.actors) or "?",
            ", ".join(name(report, n) for n in event.recipients) or "?",
        )
        for event in report.events
    ]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        # whom a weapon hits, not the weapon
        ("Rebels launched 128 drones and four missiles at Ghana overnight.", ("launched", "Rebels", "Ghana")),
        (
            "Police fired tear gas and live rounds at protesters in Nairobi on Wednesday.",
            ("fired", "Police", "protesters"),
        ),
        ("The army shot down 12 drones.", ("shot", "army", "12 drones")),
        # who brokers an accord does not sign it; who proposes one is turned down with it
        (
            "Congo and Rwanda signed a US-brokered peace agreement.",
            (
                "signed",
                "Democratic Republic of the Congo, Rwanda",
                "Democratic Republic of the Congo, Rwanda",
            ),
        ),
        ("The rebels rejected a US-brokered truce.", ("rejected", "rebels", "United States")),
        # a pronoun that nobody can be given to leaves no one else
        ("Lawmaker Ola Berg accused her of stonewalling Congress.", ("accused", "Ola Berg", "?")),
        # who does what is planned
        ("Lavrov criticized France for plans to seize Russian assets.", ("seize", "France", "Russia")),
        (
            "The agency said it had foiled a plot by rebels to blow up a bridge.",
            ("blow", "rebels", "a bridge"),
        ),
        # initials with points are of a name, whatever body is called by the same letters
        ("The premier of Bavaria, M.K. Orsk, urged Berlin to act.", ("urged", "M.K. Orsk", "Germany")),
        # who is told something in a talk takes part in it
        (
            "Lavrov told envoy Juma Orsk in a phone conversation that Moscow had waited.",
            ("conversation", "Sergei Lavrov", "Juma Orsk"),
        ),
        (
            "Foreign Minister Ola Berg spoke to Foreign Minister Juma Orsk.",
            ("spoke", "Ola Berg", "Juma Orsk"),
        ),
        # a participle behind another clause
        (
            "President Ola Berg suspended the talks after an attack killed nine people, accusing the rebels of bad faith.",
            ("accusing", "Ola Berg", "rebels"),
        ),
        # who does it in what somebody is made to say
        (
            "Petro called the raids a crime, prompting Trump to say he would cut off aid to Chad.",
            ("cut", "Donald Trump", "Chad"),
        ),
        # whose bodies and forces
        (
            "Yemane Orsk accused Ethiopia of lying, and the African Union's Juma Marn appealed to the rebels to talk.",
            ("appealed", "Juma Marn", "rebels"),
        ),
    ],
)
def test_who_did_it_to_whom(text: str, event: tuple[str, str, str]) -> None:
    assert event in events(readout.read(text, published=DAY))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Rebels attacked the port of Oran, the governor and residents said.", [("governor", "said")]),
        ("Troops took the port, medical sources have told Reuters.", [("medical sources", "told")]),
        ("The army did not immediately respond to a request for comment.", []),
        ("The Doctors Network said in a statement that ten women had been killed.", [("Doctors Network", "said")]),
        (
            "Zakharova called the step wrong. According to her, the Europeans have lost.",
            [("Maria Zakharova", "called"), ("Maria Zakharova", "According to")],
        ),
        (
            "He sent troops over the objections of Governor Ola Berg, who said that the move was unlawful.",
            [("Ola Berg", "said")],
        ),
        (
            "The raids prompted Trump to say that he would cut off aid.",
            [("Donald Trump", "say")],
        ),
        ('"They attacked the post," one of the sources said.', [("sources", "said")]),
        (
            "The army's spokesman, Maj. Gen. Ola Berg, rejected the claim.",
            [("Ola Berg", "rejected")],
        ),
        ("A spokesman for the group, Benoit Orsk, said it had left.", [("Benoit Orsk", "said")]),
        (
            "The army's spokesman, Maj. Gen. Ola Berg, rejected the claim. Juma Orsk was turned away, his spokesman said.",
            [("Ola Berg", "rejected"), ("his spokesman", "said")],
        ),
        (
            "The U.S. ordered its staff to leave, and Britain said nothing had changed.",
            [("United States", "ordered"), ("United Kingdom", "said")],
        ),
    ],
)
def test_who_says_it(text: str, said: list[tuple[str, str]]) -> None:
    report = readout.read(text, published=DAY)
    found = [(name(report, s.speaker), report.text[slice(*s.cue)] if s.cue else "") for s in report.statements]
    assert [(who.removeprefix("The "), cue) for who, cue in found] == said


@pytest.mark.parametrize(
    ("text", "pronoun", "who"),
    [
        ("The US urged Israel to end its siege of Gaza.", "its", "Israel"),
        ("Guo urged Tokyo to reflect on its history.", "its", "Japan"),
        (
            "Thailand protested. Cambodia's spokeswoman, Maly Orsk, denied it, saying its forces had left.",
            "its forces",
            "KHM",
        ),
        ("Riek Machar protested. President Salva Kiir's government arrested him on Monday.", "him", "Riek Machar"),
        ("Mexico's president said her country would vote.", "her country", "Mexico"),
    ],
)
def test_whom_a_pronoun_stands_for(text: str, pronoun: str, who: str) -> None:
    report = readout.read(text, published=DAY)
    found = [a for a in report.actors if any(report.text[slice(*m)] == pronoun for m in a.mentions)]
    assert [who in (a.name, a.country) for a in found] == [True]
