"""What people decide holds in every linking, goes over to later versions and readings, and can be undone."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

import readout
from readout.across.linking import decide, decisions, undo
from readout.errors import Conflict, UsageError
from readout.record import linked, schema


@pytest.fixture
def news(record, made):
    """A record of all reports, linked."""
    made.add(record, made.NEWS)
    readout.link(record)
    return record


def event_of(record, report):
    (member,) = [member for member in record.groups_of(report) if member.kind == "incident"]
    return member.claim


def groups_of(record, kind, report):
    return {member.key for member in record.groups_of(report) if member.kind == kind}


def shared(record, kind, one, other):
    return bool(groups_of(record, kind, one) & groups_of(record, kind, other))


@pytest.mark.parametrize(
    ("kind", "one", "other"), [("incident", "c2", "z9"), ("story", "k7", "c2"), ("copy", "b5", "c2")]
)
def test_apart_and_undone(news, made, kind, one, other):
    names = [event_of(news, name) if kind == "incident" else name for name in (one, other)]
    before = made.everything(news)
    done = decide(news, kind, *names, together=False, by="Mara Lind", why="two matters")
    assert news.unlinked() == 2
    readout.link(news)
    if kind == "copy":
        assert news.copies_of("c2") == ()
    else:
        assert not shared(news, kind, one, other)
    readout.link(news, full=True)
    assert made.everything(news) != before
    undo(news, done.number, by="Ada Brekke", why="one after all")
    readout.link(news)
    assert made.everything(news) == before
    with pytest.raises(Conflict, match="undone by Ada Brekke"):
        undo(news, done.number, by="M")


@pytest.mark.parametrize("kind", ["incident", "story", "copy"])
def test_together_and_undone(news, made, kind):
    names = [event_of(news, name) if kind == "incident" else name for name in ("e6", "z9")]
    before = made.everything(news)
    done = decide(news, kind, *names, together=True, by="Mara Lind", why="the same cell")
    readout.link(news)
    if kind == "copy":
        (link,) = news.copies_of("e6")
        assert (link.first, link.second, link.rule, link.score) == ("e6", "z9", "decided by Mara Lind", 1.0)
    else:
        assert shared(news, kind, "e6", "z9")
        members = [member for member in news.groups_of("e6") + news.groups_of("z9") if member.kind == kind]
        (why,) = {member.reasons for member in members if member.rule == "decided by Mara Lind"}
        assert why == ("the same cell",)
        assert all(finding.well for finding in news.examine())
    undo(news, done.number, by="Mara Lind")
    readout.link(news)
    assert made.everything(news) == before


def test_the_last_word_on_a_pair_holds(news):
    decide(news, "story", "k7", "c2", together=False, by="M")
    decide(news, "story", "c2", "k7", together=True, by="N")
    readout.link(news)
    assert shared(news, "story", "k7", "c2")


def test_what_stays_apart_does_whatever_was_put_together(news):
    one, two, three = (event_of(news, name) for name in ("k7", "c2", "z9"))
    decide(news, "incident", one, two, together=True, by="M")
    decide(news, "incident", two, three, together=True, by="M")
    decide(news, "incident", one, three, together=False, by="M")
    readout.link(news)
    assert not shared(news, "incident", "k7", "z9")


def test_the_toll_follows(news):
    assert shared(news, "ledger", "b5", "c2")
    decide(news, "incident", event_of(news, "b5"), event_of(news, "c2"), together=False, by="M")
    readout.link(news)
    assert not shared(news, "ledger", "b5", "c2")


def test_it_goes_over_to_a_new_version(record, made):
    old = made.Told("v1", made.NEWS[0].text, 3, "Nordpost", on=3, killed=12, source="s")
    new = made.Told("v2", made.NEWS[0].text + " The market is closed.", 4, "Nordpost", on=3, killed=12, source="s")
    made.add(record, [old, made.NEWS[1]])
    readout.link(record)
    decide(record, "incident", event_of(record, "v1"), event_of(record, "k7"), together=False, by="M")
    decide(record, "story", "v1", "k7", together=False, by="M")
    made.add(record, [new])
    # The sentence is longer now, and may as well be another: nothing is decided on it. The story is that of the piece of news.
    readout.link(record)
    assert not shared(record, "story", "v2", "k7")
    assert [(item.kind, item.first, item.second) for item in decisions(record)] == [
        ("incident", None, event_of(record, "k7")),
        ("story", "v2", "k7"),
    ]


def test_a_claim_is_known_again_where_it_stands(news):
    mine = event_of(news, "c2")
    decide(news, "incident", mine, event_of(news, "z9"), together=False, by="M")
    with news.writing() as connection:  # as a reader may read it next: the same words, another status
        number = int(mine.partition("/")[2])
        connection.execute(update(schema.events).where(schema.events.c.id == number).values(status="uncertain"))
    (item,) = decisions(news)
    assert item.first == mine


def test_it_is_kept_with_the_record_and_told(news):
    decide(news, "story", "k7", "c2", together=False, by=" Mara Lind ", why="two matters")
    (item,) = decisions(news)
    assert (item.number, item.by, item.why, item.kind, item.together) == (1, "Mara Lind", "two matters", "story", False)
    assert item.to_json()["first"] == "k7"


@pytest.mark.parametrize(
    ("kind", "one", "other", "by", "message"),
    [
        ("toll", "k7", "c2", "M", "nothing is decided on 'toll'"),
        ("incident", "k7", "c2", "M", "names no claim"),
        ("incident", "figures/1", "events/1", "M", "incidents are of events"),
        ("incident", "events/99", "events/1", "M", "no events/99"),
        ("story", "none", "c2", "M", "no report none"),
        ("story", "c2", "c2", "M", "are the same"),
        ("story", "k7", "c2", " ", "say by whom"),
        ("story", "k\0", "c2", "M", "no text"),
    ],
)
def test_what_cannot_be_decided(news, made, kind, one, other, by, message):
    before = made.everything(news)
    with pytest.raises(UsageError, match=message):
        decide(news, kind, one, other, together=True, by=by)
    assert made.everything(news) == before
    with pytest.raises(UsageError, match="no decision 7"):
        undo(news, 7, by="M")


def test_it_is_forgotten_with_its_report(news, made):
    decide(news, "story", "k7", "c2", together=False, by="M", why="the hospital says otherwise")
    readout.link(news)
    key = next(iter(groups_of(news, "story", "k7")))
    news.forget(["k7"])
    with news.asking() as connection:
        assert connection.execute(select(linked.decisions)).all() == []
    assert key not in {row.key for row in news.groups("story")}
    assert news.unlinked() > 0
    assert all(finding.well for finding in news.examine())
    readout.link(news)
    assert news.unlinked() == 0
    assert not any("hospital" in repr(item) for item in made.bodies(news).values())
