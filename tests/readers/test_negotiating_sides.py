"""Sides of talks that are told elsewhere than with them, and what belongs to talks of another day or of others."""

from __future__ import annotations

import pytest

from readout.reading import read
from readout.types import Negotiation, Report


def only(text: str) -> tuple[Report, Negotiation]:
    report = read(text, published="2025-03-12", keep_text=True)
    assert len(report.negotiations) == 1, report.negotiations
    return report, report.negotiations[0]


def names(report: Report, indexes: tuple[int, ...]) -> set[str]:
    return {report.actors[n].name for n in indexes}


@pytest.mark.parametrize(("year", "named"), [("1995", False), ("2025", True)])
def test_what_was_demanded_long_ago_is_no_issue(year: str, named: bool) -> None:
    _, negotiation = only(
        f"Iran and Iraq held peace talks on Monday. A pilot was arrested in January {year}, and Iraq demanded his release."
    )
    assert any("release" in issue.label for issue in negotiation.issues) == named


def test_the_two_sides_are_those_of_the_talks_told_of_before() -> None:
    report, negotiation = only(
        "Chad and the Sundby Liberation Front signed a declaration of principles in Doha on Monday. Sudan, which Chad "
        "blames for the war, was not there. The two sides agreed to open direct negotiations by August."
    )
    assert "Sudan" not in names(report, negotiation.parties)
    assert (len(negotiation.parties), negotiation.state) == (2, "agreed")


def test_the_two_sides_of_an_article_on_two_states_are_these() -> None:
    report, negotiation = only(
        "Kenya told Uganda of the spill. The two sides have agreed to open a hotline for contacts over the water pollution."
    )
    assert names(report, negotiation.parties) == {"Kenya", "Uganda"}


def test_the_two_countries_are_the_two_of_the_sentence_before() -> None:
    report = read(
        "Kenya and Uganda have each sent a draft to the United States, officials said. The two countries signed a declaration "
        "of principles in Basel on Monday.",
        published="2025-03-12",
    )
    assert any(names(report, n.parties) == {"Kenya", "Uganda"} for n in report.negotiations)


def test_who_fights_in_the_article_is_a_side_of_its_truce_talks() -> None:
    report, negotiation = only(
        "Israel bombed Lebanon on Monday. Lebanon shelled Israel. The truce negotiations are to resume in Basel on Friday."
    )
    assert names(report, negotiation.parties) == {"Israel", "Lebanon"}


@pytest.mark.parametrize("verb", ["accepted", "rejected"])
def test_who_answers_an_offer_is_a_side(verb: str) -> None:
    report, negotiation = only(
        f"Israel sent a delegation of negotiators to Cairo on Monday. Hamas {verb} the proposal. The truce talks are to resume on Friday."
    )
    assert names(report, negotiation.parties) == {"Israel", "Hamas"}


def test_talks_on_joining_a_body_are_with_it() -> None:
    report, negotiation = only(
        "Iran's decision to suspend talks on joining the European Union set off protests. Iran said that it would put off "
        "accession talks until 2028."
    )
    assert names(report, negotiation.parties) == {"Iran", "European Union"}
    assert (negotiation.topic, negotiation.state) == ("accession", "suspended")


def test_separate_talks_are_others() -> None:
    report = read(
        "Iran and Iraq held peace talks on Monday. Separate negotiations between Chad and Sudan on fishing resume on Friday.",
        published="2025-03-12",
    )
    assert [names(report, n.parties) for n in report.negotiations] == [{"Iran", "Iraq"}, {"Chad", "Sudan"}]
