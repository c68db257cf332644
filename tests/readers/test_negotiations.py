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


@pytest.mark.parametrize("example", _examples("stand"), ids=lambda e: str(e["text"]))
def test_what_a_side_demands_or_refuses_is_an_issue(example: dict[str, Any]) -> None:
    _, negotiation = only(example["text"])
    issue = next(issue for issue in negotiation.issues if example["stand"] in issue.label)
    assert [position.stance for position in issue.positions] == example["stances"]


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


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("Two of the 14 points remain open, a minister said.", 0.8571, "Two of the 14 points"),
        ("Twelve of the 16 points have been agreed.", 0.75, "Twelve of the 16 points"),
        (
            "The envoy said the sides had agreed on seven of ten articles of a draft treaty.",
            0.7,
            "seven of ten articles",
        ),
    ],
)
def test_progress_is_counted_in_points(text: str, value: float, words: str) -> None:
    report, negotiation = only(f"Iran and Iraq held peace talks on Monday. {text}")
    assert negotiation.progress is not None
    assert (negotiation.progress.value, report.slice(negotiation.progress.span)) == (value, words)


@pytest.mark.parametrize("text", ["Two of the 14 points drew applause.", "Two of the 14 ministers remain in Basel."])
def test_not_every_part_is_progress(text: str) -> None:
    _, negotiation = only(f"Iran and Iraq held peace talks on Monday. {text}")
    assert negotiation.progress is None


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
        ("Rebels in Chad freed two pilots. The government sent food. The two sides held talks in Tripoli.", {"Rebels", "government"}),
        ("Iran and Iraq are still at odds over the river, an envoy said after a third round of talks in Oman.", {"Iran", "Iraq"}),
        ("Iran and Iraq agreed to work together in solving the harbour dispute of both countries.", {"Iran", "Iraq"}),
        ("Iran's foreign minister, Abbas Araghchi, arrived for trade talks with Iraqi leaders.", {"Abbas Araghchi", "Iraq"}),
        ("Oman urged Iran and Iraq to return to the negotiating table.", {"Iran", "Iraq"}),
        ("Iran and Iraq agreed to free 20 prisoners under a deal brokered by Oman.", {"Iran", "Iraq"}),
        ("The Iranian government and M23 rebels will reopen peace talks, years after former President Hassan Rouhani broke off talks.",
            {"Iran", "M23"}),
        ("Efforts to revive the truce talks between Iran and Iraq go on. The envoy will fly to Cairo for talks with Egyptian officials.",
            {"Iran", "Iraq"}),
        ("Israel met the Palestinians. The king of Jordan said that the Mideast peace process had stalled.", {"Israel", "Palestinians"}),
        ("Palestinians voted. Israel's peace talks with the Palestinians had stalled. Israel was glad.", {"Israel", "Palestinians"}),
        ("Japan and Russia agreed. The six-party talks on the nuclear issue began in Beijing.", {"Japan", "Russia"}),
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
        ("Iran suspended talks with Iraq on fishing.", "fishing"),
        ("The talks between Iran and Iraq would cover exports of wheat.", "exports of wheat"),
        ("Iran came to Geneva for talks with Iraqi officials on the disputed islands.", "disputed islands"),
        ("The Doha Round of trade talks between Iran and Iraq stalled.", "Doha Round trade"),
        ("An envoy co-chaired peace talks between Iran and Iraq.", "peace"),
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
        ("Envoys tried to rescue talks on a truce between Iran and M23 that broke down in March.", "collapsed"),
        ("The minister helped end a freeze on official talks between Iran and Iraq.", "under_way"),
        ("Talks with Iraq failed to resolve the dispute between Iran and Iraq.", "stalled"),
        ("Iran walked out of trade talks with Iraq.", "suspended"),
        ("Oman called for direct talks between Iran and Iraq.", "proposed"),
    ],
)  # fmt: skip
def test_the_state_is_that_of_now(text: str, state: str) -> None:
    _, negotiation = only(text)
    assert negotiation.state == state


@pytest.mark.parametrize(
    ("text", "parties", "mediators", "state"),
    [
        ("Oman has offered to mediate between Iran and Iraq.", {"Iran", "Iraq"}, {"Oman"}, "proposed"),
        ("Qatar, Oman and Egypt, who are mediating in the conflict between Iran and Iraq, are hopeful.",
            {"Iran", "Iraq"}, {"Qatar", "Oman", "Egypt"}, "under_way"),
        ("Qatar and Egypt — mediators known as the Pair — proposed a truce. Iran and Iraq began truce talks.",
            {"Iran", "Iraq"}, {"Qatar", "Egypt"}, "under_way"),
        ("Iran and Iraq began peace talks brokered by Oman. They last freed prisoners in 2019 under a deal mediated by Qatar.",
            {"Iran", "Iraq"}, {"Oman"}, "under_way"),
    ],
)  # fmt: skip
def test_who_mediates_is_between_the_sides(text: str, parties: set[str], mediators: set[str], state: str) -> None:
    report, negotiation = only(text)
    assert (names(report, negotiation.parties), names(report, negotiation.mediators)) == (parties, mediators)
    assert negotiation.state == state


def test_who_is_asked_to_mediate_may_host_the_sides() -> None:
    report, negotiation = only(
        "Irfaan Ali telephoned Luiz Inacio Lula da Silva and asked him to mediate. Lula da Silva offered to host Ali and "
        "Nicolas Maduro in Brasilia."
    )
    assert names(report, negotiation.parties) == {"Irfaan Ali", "Nicolas Maduro"}
    assert names(report, negotiation.mediators) == {"Luiz Inacio Lula da Silva"}


def test_who_counts_is_the_source_of_a_share() -> None:
    report, negotiation = only(
        "Iran and Iraq held peace talks. Qatari envoy Saad Kabi said that the two teams had agreed on “about 60 percent” of the text."
    )
    assert negotiation.progress is not None
    assert negotiation.progress.source is not None
    assert report.actors[negotiation.progress.source].name == "Saad Kabi"


def test_whom_a_visitor_talks_with_is_no_side_of_the_war_that_he_speaks_of() -> None:
    report, negotiation = only(
        "The Iran-Iraq war goes on, and the truce talks have stalled. The US envoy will fly to Cairo for talks with Egyptian officials."
    )
    assert names(report, negotiation.parties) == {"Iran", "Iraq"}


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
        "The king of Iran arrived in Paris for talks with the French president.",
        "Iran is at odds with the union over pay. The two sides held talks.",
        "The Iranian minister refused to comment on his talks with Iraq until Monday.",
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


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Negotiations on Chad's accession to the European Union will resume in June.", {"Chad", "European Union"}),
        ("Talks on the entry of Chad into the African Union began on Monday.", {"Chad", "African Union"}),
        ("Talks to create a force took place with several countries, including Chad, Sudan and Egypt.", {"Chad", "Sudan", "Egypt"}),
        ("Chad is negotiating fishing rights with Sudan, Egypt and other countries.", {"Chad", "Sudan", "Egypt"}),
        ("No pact came of the meeting between the delegations of Chad and Sudan, and they will continue the talks.", {"Chad", "Sudan"}),
        ("Leaders of Chad's Green Party struck an electoral pact with the Socialists.", {"Green Party", "Socialists"}),
        ("Chad and Sudan agreed on a draft timetable. The agreement is opposed by Egypt.", {"Chad", "Sudan"}),
        ("The rebels demanded that Chad cease all negotiations with Sudan.", {"Chad", "Sudan"}),
    ],
)  # fmt: skip
def test_the_sides_of_talks_are_those_that_their_matter_names(text: str, parties: set[str]) -> None:
    report, negotiation = only(text)
    assert names(report, negotiation.parties) == parties


@pytest.mark.parametrize(
    "text",
    [
        "The president is to meet the king on Monday. They will talk about trade.",
        "A diplomat who helped negotiate the withdrawal from Chad was named adviser on Monday.",
        "The party signed an agreement with itself, a paper said.",
        "Ministers of Chad and Sudan agreed on a dinner.",
    ],
)
def test_what_is_told_by_the_way_opens_no_negotiation(text: str) -> None:
    assert not read(text, published="2025-03-12").negotiations


def test_visitors_are_no_sides_of_talks_on_a_war() -> None:
    text = "The minister flew to Amman for talks with Jordanian officials on a truce in Gaza. The truce talks have stalled."
    (talks,) = read(text, published="2025-03-10").negotiations
    assert not talks.parties


@pytest.mark.parametrize(
    ("text", "state", "progress"),
    [
        ("The talks, roughly 90% done, have stalled.", "stalled", 0.9),
        ("The negotiations, about 80 percent complete, broke down on Monday.", "collapsed", 0.8),
        ("The talks have stalled.", "stalled", None),
    ],
)
def test_talks_that_stalled_stand_without_sides(text: str, state: str, progress: float | None) -> None:
    _, negotiation = only(text)
    told = negotiation.progress.value if negotiation.progress else None
    assert (negotiation.state, told, negotiation.parties) == (state, progress, ())


@pytest.mark.parametrize("text", ["The deal collapsed on Monday.", "The talks are due on Monday."])
def test_deals_and_plans_of_nobody_are_none(text: str) -> None:
    assert read(text, published="2025-03-12").negotiations == ()
