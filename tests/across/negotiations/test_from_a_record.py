"""From text to negotiation: reports are read into a record, and what comes out of it is followed over time."""

from __future__ import annotations

import pytest

from readout.across.loading import load_facts
from readout.across.negotiations import find_negotiations
from readout.across.whole import Across
from readout.record import open_record
from readout.sources.article import Article

REPORTS = [
    (
        "2025-03-03",
        "Nordpost",
        "Peace talks between the Chadian government and rebels of the Sahel Liberation Front are due to start in Tunis on "
        "Thursday, diplomats said.\nThe rebels demanded the release of 200 prisoners. The government said that it would not "
        "free any prisoners.",
    ),
    (
        "2025-03-06",
        "Kystradio",
        "Peace talks between Chad and the Sahel Liberation Front opened in Tunis on Thursday. The talks, brokered by Algeria, "
        "are the first in a year.\nThe Sahel Liberation Front rejected a ceasefire.",
    ),
    (
        "2025-03-10",
        "Nordpost",
        "The Chadian peace talks have stalled over the fate of prisoners, Algerian mediators said on Monday.\n"
        "Algeria proposed an exchange of prisoners. Chad rejected Algeria's proposal for an exchange.",
    ),
    (
        "2025-03-17",
        "Sundmark Wire",
        "The Sahel Liberation Front agreed to a ceasefire with the Chadian government on Monday, Algerian officials said.\n"
        "The second round of the Chadian peace talks will begin in Geneva on March 27.",
    ),
    (
        "2025-03-18",
        "Vestrand Times",
        "Wage talks between dockers and the port of Sundby broke down on Tuesday.\n"
        "Norwegian Foreign Minister Elin Sorvik held talks with Egypt on bilateral ties in Cairo.",
    ),
    (
        "2025-03-27",
        "Kystradio",
        "The second round of peace talks between Chad and the Sahel Liberation Front began in Geneva on Thursday. "
        "Both sides will meet again on April 8.",
    ),
]


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    with open_record(tmp_path_factory.mktemp("record") / "readout.db") as record:
        record.add(
            [
                Article(text=text, published=day, publisher=outlet, source_id=str(number))
                for number, (day, outlet, text) in enumerate(REPORTS)
            ]
        )
        return list(load_facts(record))


def test_the_talks_from_their_announcement_to_the_next_round(facts):
    (track,) = find_negotiations(facts)
    assert track.title == "Chadian peace talks"
    assert [member.report for member in track.reports] == [1, 2, 3, 4, 6]
    assert {role.who.name for role in track.parties} == {"Chad", "Sahel Liberation Front"}
    assert [role.who.name for role in track.mediators] == ["Algeria"]
    assert [(one.start, one.venue) for one in track.rounds] == [("2025-03-06", "Tunis"), ("2025-03-27", "Geneva")]
    assert [one.state for one in track.states] == ["proposed", "under_way", "stalled", "proposed", "under_way"]
    assert [basis.words for basis in track.obstacles] == ["the fate of prisoners"]
    assert ("Chad", "prisoners and captives", "refuses") in [
        (stand.party.name, stand.issue, stand.stance) for stand in track.positions
    ]
    assert [(move.party.name, move.before.stance, move.after.stance) for move in track.moves] == [
        ("Sahel Liberation Front", "refuses", "offers")
    ]
    assert track.next is not None
    assert (track.next.start, track.next.basis.report) == ("2025-04-08", 6)


def test_they_are_part_of_the_whole(facts):
    assert Across(facts).negotiations == find_negotiations(facts, Across(facts).copies)


def test_facts_have_who_and_where_and_when(facts):
    first = facts[0]
    names = {actor.who.name: actor for actor in first.actors}
    start, end = names["Sahel Liberation Front"].mentions[0]
    assert first.text[start:end] == "the Sahel Liberation Front"
    assert {"Chad", "Tunis"} <= {place.where.name for place in first.places}
    assert [first.text[slice(*time.span)] for time in first.times] == ["Thursday"]
    assert facts[1].times[0].start == "2025-03-06"
