"""Negotiations: what talks are about, between whom, in what state, and what stands in their way."""

from __future__ import annotations

from typing import Any

import pytest

from readout import knowledge
from readout.reading import read
from readout.types import Negotiation, Report


def only(text: str) -> tuple[Report, Negotiation]:
    report = read(text, published="2025-03-12", keep_text=True)
    assert len(report.negotiations) == 1, report.negotiations
    return report, report.negotiations[0]


def names(report: Report, indexes: tuple[int, ...]) -> set[str]:
    return {report.actors[n].name for n in indexes}


def _examples(field: str) -> list[Any]:
    table: dict[str, Any] = knowledge.load("negotiations/talks.yaml")
    places = [*table["states"], *(value for value in table.values() if isinstance(value, dict))]
    return [example for place in places for example in place.get("examples", ()) if field in example]


@pytest.mark.parametrize("example", _examples("state"), ids=lambda e: str(e["text"]))
def test_a_state_has_its_words(example: dict[str, str]) -> None:
    report, negotiation = only(example["text"])
    assert (negotiation.state, negotiation.topic) == (example["state"], example["topic"])
    assert "Iran" in names(report, negotiation.parties)


@pytest.mark.parametrize("example", _examples("mediators"), ids=lambda e: str(e["text"]))
def test_mediators_are_no_parties(example: dict[str, Any]) -> None:
    report, negotiation = only(example["text"])
    assert names(report, negotiation.mediators) == set(example["mediators"])
    assert not set(negotiation.mediators) & set(negotiation.parties)


@pytest.mark.parametrize("example", _examples("issue"), ids=lambda e: str(e["text"]))
def test_issues_are_named(example: dict[str, str]) -> None:
    _, negotiation = only(example["text"])
    assert any(example["issue"] in issue.label for issue in negotiation.issues)


@pytest.mark.parametrize("example", _examples("obstacle"), ids=lambda e: str(e["text"]))
def test_obstacles_are_words_of_the_text(example: dict[str, str]) -> None:
    report, negotiation = only(example["text"])
    assert any(example["obstacle"] in report.slice(span) for span in negotiation.obstacles)


def test_mentions_in_several_sentences_are_one_negotiation() -> None:
    report, negotiation = only(
        "The peace talks between Iran and Iraq resumed on Monday. "
        "The talks stalled on Tuesday after the killing of a minister."
    )
    assert names(report, negotiation.parties) == {"Iran", "Iraq"}
    assert negotiation.state == "stalled"
    assert len([span for span in negotiation.spans if report.slice(span) == "talks"]) == 2


def test_progress_has_its_share_and_its_words() -> None:
    report, negotiation = only(
        "The peace talks between Iran and Iraq continued on Monday. A deal is about 80% complete, the minister said."
    )
    assert negotiation.progress is not None
    assert negotiation.progress.value == 0.8
    assert "80" in report.slice(negotiation.progress.span)


def test_a_conversation_is_no_negotiation() -> None:
    assert (
        read("The farmer talked to his dog about the rain.", published="2025-03-12", keep_text=True).negotiations == ()
    )


def test_every_reference_points_into_its_list() -> None:
    report = read(
        "The stalled cease-fire talks between Iran and Iraq were mediated by Qatar. Iran has refused to withdraw its "
        "troops, a key disagreement.",
        published="2025-03-12",
        keep_text=True,
    )
    for negotiation in report.negotiations:
        for n in (*negotiation.parties, *negotiation.mediators):
            assert 0 <= n < len(report.actors)
        for issue in negotiation.issues:
            assert issue.label in report.slice(issue.span)
            assert all(0 <= position.party < len(report.actors) for position in issue.positions)


def test_what_is_said_to_be_no_obstacle_is_none() -> None:
    text = "Chad and Sudan held peace talks on Monday. The border is no obstacle in the negotiations."
    (negotiation,) = read(text, keep_text=True).negotiations
    assert negotiation.obstacles == ()


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Iran and Iraq held a fourth round of peace talks in Oman on Sunday.", {"Iran", "Iraq"}),
        ("Peace talks between the Congolese government and M23 rebels in Doha stalled.", {"Democratic Republic of the Congo", "M23"}),
        ("Negotiations on the exchange of prisoners between Iran and Iraq lasted for months.", {"Iran", "Iraq"}),
        ("Negotiators from Iran and Iraq resumed peace talks on Monday.", {"Iran", "Iraq"}),
        ("Iran and Iraq agreed on Monday to exchange prisoners after peace talks in Oman.", {"Iran", "Iraq"}),
        ("Iranian and Iraqi officials held nuclear talks in Oman.", {"Iran", "Iraq"}),
        ("Peace talks between Iranian and Iraqi negotiators resumed.", {"Iran", "Iraq"}),
        ("Iran and Iraq have agreed the first phase of a peace plan.", {"Iran", "Iraq"}),
        ("Chad said it had reached a trade agreement with Iran and Iraq.", {"Chad", "Iran", "Iraq"}),
        ("Iran and Iraq have agreed in principle to a three-month truce.", {"Iran", "Iraq"}),
        ("Delegations from Iran and Iraq ended two days of peace talks on Monday.", {"Iran", "Iraq"}),
        # near misses: who leads, hosts or rejects is no side
        ("US-led peace talks between Iran and Iraq resumed.", {"Iran", "Iraq"}),
        ("Hamas rejected a truce agreement reached between Iran and Iraq.", {"Iran", "Iraq"}),
        ("Iran resumed peace talks with Norway and Cuba as guarantors.", {"Iran"}),
        ("Peace talks between Iran and Iraq resumed after Turkish mediation.", {"Iran", "Iraq"}),
        ("Trump said he would not begin tariff negotiations with either country.", {"Donald Trump"}),
        ("The Freedom Party and the People's Party resumed coalition talks.", {"Freedom Party", "People's Party"}),
        ("Peace talks between Iran and Iraq resumed. Ministers of Chad and Egypt joined the talks.", {"Iran", "Iraq"}),
    ],
)  # fmt: skip
def test_the_sides_are_those_who_negotiate(text: str, parties: set[str]) -> None:
    report, negotiation = only(text)
    assert names(report, negotiation.parties) == parties


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Iran and Iraq held nuclear talks on Monday.", "nuclear"),
        ("Coalition negotiations are expected to be hard. The coalition began negotiations with Iraq.", "coalition"),
        ("Exploratory talks between Iran and Iraq stalled.", "unnamed"),
        ("Iran and Iraq held long-awaited trade negotiations.", "trade"),
        (
            "Negotiations between Iran and Iraq on sharing the water of the river stalled.",
            "sharing the water of the river",
        ),
        ("Negotiations on the exchange of prisoners between Iran and Iraq stalled.", "exchange of prisoners"),
        ("Iran and Iraq began negotiations on economic and trade relations.", "economic and trade relations"),
        ("Iran began negotiations with Iraq over the use of its ports.", "use of its ports"),
        ("Iran and Iraq began talks on the stalled peace process.", "peace"),
        ("Negotiations between Iran and Iraq for the rest of the week stalled.", "unnamed"),
        ("Negotiations between Iran and Iraq stalled. Rebels of M23 fled.", "peace"),
    ],
)
def test_the_topic_is_what_the_text_says(text: str, topic: str) -> None:
    _, negotiation = only(text)
    assert negotiation.topic == topic


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Nuclear talks between Iran and Iraq were planned for January 3 but were postponed. The talks resumed on Sunday.", "under_way"),
        ("Nuclear talks between Iran and Iraq were postponed on Sunday.", "suspended"),
        ("Iran and Iraq resumed nuclear talks. Iran had long refused to negotiate with Iraq.", "under_way"),
        ("Iran and Iraq resumed nuclear talks. The talks had broken down over sanctions.", "under_way"),
        ("Iran said that its nuclear talks with Iraq had broken down.", "collapsed"),
        ("Iran and Iraq held nuclear talks. Iran abandoned a nuclear deal with Iraq in 2018.", "under_way"),
        ("Iran abandoned a nuclear deal with Iraq in March.", "collapsed"),
        ("Iran and Iraq failed to reach a nuclear agreement.", "stalled"),
        ("A nuclear deal brokered by Qatar would bind Iran and Iraq. Nuclear talks between Iran and Iraq go on.", "under_way"),
        ("The nuclear talks between Iran and Iraq are stuck.", "stalled"),
    ],
)  # fmt: skip
def test_the_state_is_that_of_now(text: str, state: str) -> None:
    _, negotiation = only(text)
    assert negotiation.state == state


def test_talks_of_one_side_with_two_others_are_two() -> None:
    report = read(
        "Peace talks between Iran and Iraq resumed on Monday. Chad and Iran broke off their peace talks on Sunday.",
        published="2025-03-12",
        keep_text=True,
    )
    found = [(names(report, one.parties), one.state) for one in report.negotiations]
    assert found == [({"Iran", "Iraq"}, "under_way"), ({"Chad", "Iran"}, "collapsed")]


def test_a_minister_speaks_for_the_state_in_its_talks() -> None:
    report, negotiation = only(
        "Iran and Iraq held nuclear talks on Monday. The talks between Iranian Foreign Minister Abbas Araghchi and "
        "Iraq ended on Tuesday."
    )
    assert {"Iran", "Iraq", "Abbas Araghchi"} == names(report, negotiation.parties)


@pytest.mark.parametrize(
    "text",
    [
        "Talks between Iran and Iraq resumed on Monday.",
        "Talks between the Congolese government and M23 rebels began on Monday.",
        "Iran and Iraq held a third round of talks on Monday.",
        "Iran and Iraq held indirect talks on Monday.",
    ],
)
def test_talks_are_a_negotiation_without_a_topic(text: str) -> None:
    only(text)


@pytest.mark.parametrize(
    "text",
    [
        "Iran and Iraq held talks on Monday.",
        "The Iranian minister held an opening round of talks with his host from Iraq.",
        "Iran is pleased with the political process in Iraq. The president of Iran held talks with the king of Jordan.",
    ],
)
def test_a_visit_is_no_negotiation(text: str) -> None:
    report = read(text, published="2025-03-12", keep_text=True)
    assert all(len(one.parties) < 2 for one in report.negotiations)


def test_a_share_of_something_else_is_no_progress() -> None:
    _, negotiation = only(
        "Five rounds of trade talks between Iran and Iraq were completed, although Iraq had imposed a 50% tariff. "
        "The agreement is 90% complete, the minister said."
    )
    assert negotiation.progress is not None
    assert negotiation.progress.value == 0.9


@pytest.mark.parametrize(
    ("text", "obstacles"),
    [
        ("Peace talks between Iran and Iraq collapsed on Feb. 12.", []),
        ("Peace talks between Iran and Iraq stalled after at least two pilots died.", ["at least two pilots died"]),
        ("Peace talks between Iran and Iraq resumed, with the debt and the border among the sticking points.", ["the debt", "the border"]),
        ("Peace talks between Iran and Iraq resumed. The question of troops remains the biggest obstacle.", ["The question of troops"]),
    ],
)  # fmt: skip
def test_obstacles_are_whole_and_no_times(text: str, obstacles: list[str]) -> None:
    report, negotiation = only(text)
    assert [report.slice(span) for span in negotiation.obstacles] == obstacles
