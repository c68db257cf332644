"""Negotiations are kept in the record, and carried on where only a part of it is looked at."""

from __future__ import annotations

import pytest

import readout
from readout.across.linking import load_groups, windows
from readout.across.negotiations.piecing import as_of_day
from readout.sources.article import Article

TALKS = (
    ("2025-03-03", "Nordpost", "Peace talks between the Chadian government and rebels of the Sahel Liberation Front are due to open in"
     " Tunis on March 6, Algerian mediators said on Monday."),
    ("2025-03-06", "Kystradio", "Peace talks between Chad and the Sahel Liberation Front opened in Tunis on Thursday. The Sahel Liberation"
     " Front rejected a ceasefire."),
    ("2025-03-12", "Nordpost", "The peace talks between Chad and the Sahel Liberation Front have stalled over the fate of prisoners,"
     " Algerian mediators said."),
    ("2025-03-19", "Lindal Daily", "The Sahel Liberation Front agreed to a ceasefire in peace talks with Chad in Geneva on Wednesday. Both"
     " sides will meet again on April 20."),
)  # fmt: skip


@pytest.fixture
def small(monkeypatch):
    """As if a record of a few reports were a large one: seven days are looked at."""
    monkeypatch.setattr(windows, "ALL", 1)
    monkeypatch.setattr(windows, "SHARE", 1.1)
    monkeypatch.setattr(windows, "REACHES", (7,))


@pytest.fixture(scope="module")
def articles():
    return [
        Article(text, id=f"r{n}", published=day, publisher=publisher) for n, (day, publisher, text) in enumerate(TALKS)
    ]


def told(track):
    """What is told of a negotiation, without the numbers of reports."""
    return {
        "title": track.title,
        "id": track.id,
        "days": (track.start, track.end),
        "parties": {(role.who.name, role.reports) for role in track.parties},
        "mediators": {(role.who.name, role.reports) for role in track.mediators},
        "rounds": [(one.start, one.venue) for one in track.rounds],
        "states": [(one.state, one.day) for one in track.states],
        "moves": [(m.party.name, m.issue, m.before.stance, m.after.stance) for m in track.moves],
        "obstacles": [basis.words for basis in track.obstacles],
        "planned": [(one.start, one.outcome) for one in track.planned],
        "sources": track.sources,
    }


def only_one(record):
    (row,) = record.groups("negotiation")
    (item,) = load_groups(record, "negotiation", [row.key]).values()
    assert (row.title, row.reports, row.sources) == (item.track.title, len(item.track.reports), item.track.sources)
    return item.track


def test_a_negotiation_is_stored_with_all_that_is_told_of_it(record, articles):
    record.add(articles)
    readout.link(record)
    found = told(only_one(record))
    assert found["days"] == ("2025-03-03", "2025-03-19")
    assert found["parties"] == {("Chad", 4), ("Sahel Liberation Front", 4)}
    assert found["mediators"] == {("Algeria", 2)}
    assert found["rounds"][0] == ("2025-03-06", "Tunis")
    assert [state for state, _ in found["states"]][:3] == ["proposed", "under_way", "stalled"]
    assert found["moves"] == [("Sahel Liberation Front", "cease-fire", "refuses", "offers")]
    assert found["obstacles"] == ["the fate of prisoners"]
    assert found["planned"] == [("2025-03-06", "came about"), ("2025-04-20", "ahead")]
    assert found["sources"] == 3
    assert [member.report for member in record.group_members("negotiation", found["id"])] == ["r0", "r1", "r2", "r3"]


def test_what_was_planned_is_overdue_once_its_day_is_past(record, articles):
    record.add(articles)
    readout.link(record)
    track = only_one(record)
    assert track.next is not None
    later = as_of_day(track, "2025-05-01")
    assert [one.outcome for one in later.planned] == ["came about", "overdue"]
    assert later.next is None
    assert as_of_day(later, track.end) == track


def test_one_that_reaches_beyond_what_is_looked_at_goes_on_and_says_the_same(record, articles, small):
    for article in articles:
        record.add([article])
        done = readout.link(record)
    assert (done.scope, done.reports) == ("part", 2)
    assert all(role.bases for role in only_one(record).parties)
    carried = told(only_one(record))
    readout.link(record, full=True)
    assert carried == told(only_one(record))


def test_a_report_that_is_gone_leaves_what_the_others_tell(record, articles, small):
    articles = [
        Article(a.text, id=a.id, published=a.published, publisher=a.publisher, source_id=a.id) for a in articles
    ]
    record.add(articles)
    readout.link(record, full=True)
    other = "A ferry ran aground off Norvik on Thursday, the coast guard said. Nobody was hurt."
    record.add([Article(other, id="r1b", published="2025-03-06", publisher="Kystradio", source_id="r1")])
    done = readout.link(record)
    assert done.scope == "part"
    found = told(only_one(record))
    assert found["parties"] == {("Chad", 3), ("Sahel Liberation Front", 3)}
    assert found["moves"] == []
    assert ("under_way", "2025-03-06") not in found["states"]
    assert found["sources"] == 2
    readout.link(record, full=True)
    assert found == told(only_one(record))
