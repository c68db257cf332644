"""What is stored across reports depends on the reports alone, is made whole or not at all, and is found again."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

import readout
from readout.across.linking import load_groups, running, windows
from readout.errors import UsageError
from readout.record import linked, open_record, schema


@pytest.fixture
def news(record, made):
    """A record of all reports, linked."""
    made.add(record, made.NEWS)
    done = readout.link(record)
    assert (done.scope, done.reports, done.new) == ("full", 8, 8)
    return record


def keys(record, kind, **asked):
    return [row.key for row in record.groups(kind, **asked)]


def test_what_is_stored(news, made):
    links, _ = made.stored(news)
    assert {(one, other, kind) for (one, _), (other, _), kind, *_ in links} == {("b5", "c2", "identical")}
    (story,) = news.groups("story", least=2)
    assert (story.reports, story.start, story.end) == (6, "2025-05-03", "2025-05-05")
    (incident,) = news.groups("incident", least=2)
    assert (incident.reports, incident.title) == (5, "ASSAULT explosives: Red Dawn Front at Osthavn")
    ledger = next(news.groups("ledger"))
    assert ledger.title == "people killed in Osthavn"
    assert {member.claim.partition("/")[0] for member in news.group_members("ledger", ledger.key)} == {"figures"}
    assert news.unlinked() == 0
    assert all(finding.well for finding in news.examine())
    for (kind, key), item in made.bodies(news).items():
        assert load_groups(news, kind, [key]) == {key: item}


def test_two_reports_with_one_id_are_not_one(news, made):
    firsts = {key: rows[1][0] for (kind, key), rows in made.stored(news)[1].items() if kind == "story"}
    assert sorted(first for first in firsts.values() if first[0] == "a1") == [("a1", "Kystradio"), ("a1", "Nordpost")]


def test_nothing_to_do_changes_nothing(news, made):
    before = made.everything(news)
    assert readout.link(news).scope == "none"
    assert readout.link(news, full=True).scope == "full"
    assert made.everything(news) == before


@settings(max_examples=12, deadline=None)
@given(order=st.permutations(range(8)), cuts=st.sets(st.integers(1, 7), max_size=3), full=st.booleans())
def test_any_order_and_any_batches_give_the_same(linked_at_once, order, cuts, full):
    made, expected = linked_at_once
    with tempfile.TemporaryDirectory() as folder, open_record(Path(folder) / "readout.db") as record:
        ends = [*sorted(cuts), 8]
        for start, end in zip([0, *ends], ends, strict=False):
            made.add(record, [made.NEWS[number] for number in order[start:end]])
            readout.link(record)
        if full:
            readout.link(record, full=True)
        assert made.stored(record) == expected


@pytest.fixture(scope="module")
def linked_at_once(made, tmp_path_factory):
    with open_record(tmp_path_factory.mktemp("whole") / "readout.db") as record:
        made.add(record, made.NEWS)
        readout.link(record, full=True)
        return made, made.stored(record)


@pytest.mark.parametrize("seed", [1, 2])
def test_an_order_on_each_database(record, made, linked_at_once, seed):
    order = random.Random(seed).sample(made.NEWS, 8)
    for start, end in ((0, 3), (3, 4), (4, 8)):
        made.add(record, order[start:end])
        readout.link(record)
    assert made.stored(record) == linked_at_once[1]


def test_a_new_version_takes_the_place_of_the_old(record, made):
    first = made.Told("v1", made.NEWS[0].text, 3, "Nordpost", on=3, killed=12, source="s")
    second = made.Told("v2", made.NEWS[0].text.replace("12", "13"), 4, "Nordpost", on=3, killed=13, source="s")
    made.add(record, [first, made.NEWS[1]])
    readout.link(record)
    made.add(record, [second])
    assert record.unlinked() == 2
    assert readout.link(record).scope == "full"
    assert {member.report for row in record.groups("story") for member in record.group_members("story", row.key)} == {
        "v2",
        "k7",
    }


def test_a_run_that_breaks_leaves_what_was_there(record, made, monkeypatch):
    made.add(record, made.NEWS[:4])
    readout.link(record)
    before = made.everything(record)
    made.add(record, made.NEWS[4:])
    monkeypatch.setattr(running, "write_links", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        readout.link(record)
    assert made.everything(record) == before
    assert record.unlinked() == 4


def test_what_changes_while_it_is_looked_at_is_looked_at_again(record, made, monkeypatch, where):
    made.add(record, made.NEWS)
    loaded, load = [], running.load_facts

    def meddling(asked, readings):
        loaded.append(1)
        if len(loaded) < 3:
            with open_record(where) as other:
                other.correct.reject("events/1", by="M") if len(loaded) == 1 else other.correct.undo(1, by="M")
        yield from load(asked, readings)

    monkeypatch.setattr(running, "load_facts", meddling)
    assert readout.link(record).reports == 8
    assert len(loaded) == 3
    assert record.unlinked() == 0


@pytest.mark.parametrize("how", ["corrected", "decided", "taken back"])
def test_those_who_say_something_all_the_time_do_not_wait_for_it(record, made, monkeypatch, where, how):
    made.add(record, made.NEWS)
    first, second = (report.id for report in list(record.reports())[:2])
    decided = readout.across.linking.decide(record, "story", first, second, together=False, by="M").number
    load, said = running.load_facts, []

    def meddling(asked, readings):
        said.append(1)
        with open_record(where, busy_timeout=0.2) as other:
            if how == "taken back" and len(said) == 3:
                readout.across.linking.undo(other, decided, by="M")
            elif how == "decided":
                readout.across.linking.decide(other, "copy", first, second, together=False, by="M")
            elif len(said) % 2:
                other.correct.reject("events/1", by="M")
            else:
                other.correct.undo(other.last_correction(), by="M")
        yield from load(asked, readings)

    monkeypatch.setattr(running, "load_facts", meddling)
    assert readout.link(record).reports == 8
    assert len(said) == 3
    assert record.unlinked() >= 1
    assert all(finding.well for finding in record.examine())
    monkeypatch.setattr(running, "load_facts", load)
    readout.link(record)
    assert record.unlinked() == 0
    linked = made.everything(record)
    readout.link(record, full=True)
    assert made.everything(record) == linked


def test_a_correction_leaves_its_report_not_linked(news):
    news.correct.reject("events/1", by="M")
    assert news.unlinked() == 1
    readout.link(news)
    assert news.groups_of("events/1") == ()
    (incident,) = news.groups("incident", least=2)
    assert incident.reports == 4
    news.correct.undo(1, by="M")
    readout.link(news)
    assert len(news.groups_of("events/1")) == 1


def test_what_is_under_embargo_waits(record, made):
    made.add(record, made.NEWS[:2])
    with record.writing() as connection:
        connection.execute(schema.articles.update().where(schema.articles.c.id == 2).values(embargoed="2030-01-01"))
    assert readout.link(record).reports == 1
    assert record.unlinked() == 0


def test_groups_are_listed(news):
    assert keys(news, "incident") == keys(news, "incident", order="-reports")
    assert keys(news, "story", order="start")[0] == keys(news, "story", least=2)[0]
    assert [row.start for row in news.groups("story", order="-start")] == sorted(
        (row.start for row in news.groups("story")), reverse=True
    )
    assert len(keys(news, "story", filters="publisher:Nordpost")) == 2
    assert len(keys(news, "story", filters='publisher:"Lindal Daily"', least=2)) == 1
    page, found = news.group_page("incident", limit=2, total=True), []
    assert page.total == len(keys(news, "incident"))
    while True:
        found += page.items
        if page.next is None:
            break
        page = news.group_page("incident", limit=2, cursor=page.next)
    assert [row.key for row in found] == keys(news, "incident")


@pytest.mark.parametrize(
    "ask",
    [
        {"order": "size"},
        {"limit": 0},
        {"cursor": "x"},
        {"cursor": "WyJncm91cHMiXQ"},
        {"filters": "type:ASSAULT"},
    ],
)
def test_what_cannot_be_asked(news, ask):
    with pytest.raises(UsageError):
        news.group_page("story", **ask)


def test_a_cursor_of_another_question(news):
    cursor = news.group_page("incident", limit=1).next
    with pytest.raises(UsageError, match="another question"):
        news.group_page("story", limit=1, cursor=cursor)
    with pytest.raises(UsageError, match="another question"):
        news.group_page("incident", limit=1, cursor=cursor, least=2)


def test_where_a_report_and_a_claim_are(news):
    found = news.groups_of("c2")
    assert {member.kind for member in found} == {"story", "incident", "ledger"}
    (event,) = [member.claim for member in found if member.kind == "incident"]
    (mine,) = news.groups_of(event)
    assert (mine.report, mine.kind) == ("c2", "incident")
    assert mine.reasons
    (copy,) = news.copies_of("c2")
    assert (copy.first, copy.second) == ("b5", "c2")
    with pytest.raises(UsageError, match="no report"):
        news.groups_of("none")


def test_a_group_by_how_its_id_begins(news):
    (key,) = keys(news, "story", least=2)
    assert news.group("story", key[:7]).key == key
    with pytest.raises(UsageError, match="no story"):
        news.group("story", "xyz")
    with pytest.raises(UsageError, match="no story"):
        news.group("story", "")


def test_every_run_is_noted(news, made):
    readout.link(news, full=True)
    with news.asking() as connection:
        rows = connection.execute(select(linked.linkings).order_by(linked.linkings.c.id)).all()
    assert [(row.id, row.scope, row.reports, row.new) for row in rows] == [(1, "full", 8, 8), (2, "full", 8, 0)]


def test_an_older_record_gets_the_tables(where, made):
    with open_record(where) as record:
        made.add(record, made.NEWS[:2])
        with record.writing() as connection:
            linked.metadata.drop_all(connection)
            connection.execute(text("DELETE FROM migrations WHERE name LIKE '0004%'"))
    with open_record(where) as record:
        assert record.unlinked() == 2
        assert readout.link(record).reports == 2


def test_a_group_that_lost_a_member_is_found(news):
    with news.writing() as connection:
        connection.execute(linked.members.delete().where(linked.members.c.kind == "ledger", linked.members.c.n == 0))
    assert [finding.what for finding in news.examine() if not finding.well] == ["groups"]
    readout.link(news, full=True)
    assert all(finding.well for finding in news.examine())


def test_intervals_that_touch_are_one():
    assert windows.intervals(["2025-05-10", "2025-05-01"], 4) == [("2025-04-27", "2025-05-14")]
    assert windows.intervals(["2025-05-10", "2025-05-01"], 2) == [
        ("2025-04-29", "2025-05-03"),
        ("2025-05-08", "2025-05-12"),
    ]
    assert windows.intervals(["0001-01-01"], 5) == [("0001-01-01", "0001-01-06")]
