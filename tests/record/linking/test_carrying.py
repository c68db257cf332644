"""In a large record only the part around what is new is looked at, and what reaches beyond it is carried on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

import readout
from readout.across.linking import windows
from readout.record import linked, open_record, schema

DAYS = (3, 9, 15, 21, 27)


@pytest.fixture
def small(monkeypatch):
    """As if a record of a few reports were a large one: seven days are looked at."""
    monkeypatch.setattr(windows, "ALL", 2)
    monkeypatch.setattr(windows, "SHARE", 1.1)
    monkeypatch.setattr(windows, "REACHES", (7,))


def siege(made, n, day, month=5):
    """One of several reports of one siege, each with a bomb of its own."""
    words = f"In week {n} of the siege of Norvik castle by the Red Dawn Front a bomb broke the drawbridge, guards said."
    return made.Told(
        f"s{month}-{day}", words, day, f"Paper {n}", "Norvik", on=day, title=f"Siege of Norvik castle, {n}", month=month
    )


def stories(record):
    return [
        {member.report for member in record.group_members("story", row.key)}
        for row in record.groups("story", order="start")
    ]


def check(record):
    """Every report is in one story, every event in one incident, and the record is well."""
    member, readings, events = linked.members, schema.readings, schema.events
    with record.asking() as connection:
        live = sorted(connection.execute(select(readings.c.id).where(readings.c.live == 2)).scalars())
        told = sorted(connection.execute(select(events.c.id).where(events.c.live == 2)).scalars())
        placed = sorted(connection.execute(select(member.c.reading_id).where(member.c.kind == "story")).scalars())
        merged = sorted(connection.execute(select(member.c.claim_id).where(member.c.kind == "incident")).scalars())
    assert placed == live
    assert merged == told
    assert all(finding.well for finding in record.examine())
    assert record.unlinked() == 0


def test_a_story_that_reaches_beyond_goes_on(record, made, small):
    for n, day in enumerate(DAYS):
        made.add(record, [siege(made, n, day)])
        done = readout.link(record)
        check(record)
    assert done.scope == "part"
    assert done.reports == 2
    assert stories(record) == [{f"s5-{day}" for day in DAYS}]
    (row,) = record.groups("story")
    assert (row.start, row.end, row.sources) == ("2025-05-03", "2025-05-27", 5)
    before = row.key
    readout.link(record, full=True)
    assert [row.key for row in record.groups("story")] == [before]


def test_a_part_that_is_gone_leaves_the_rest(record, made, small):
    reports = [siege(made, n, day) for n, day in enumerate(DAYS)]
    made.add(record, [made.Told(**{**vars(item), "source": item.name}) for item in reports])
    readout.link(record, full=True)
    other = made.NEWS[0].text.replace("Osthavn", "Norvik")
    made.add(
        record, [made.Told("n", other, 4, "Paper 0", "Norvik", on=4, killed=12, source="s5-3")]
    )  # another text in its place
    done = readout.link(record)
    assert (done.scope, done.reports) == ("part", 2)
    check(record)
    found = stories(record)
    assert {f"s5-{day}" for day in DAYS[2:]} <= next(some for some in found if "s5-27" in some)
    assert not any("s5-3" in some for some in found)


def test_what_lies_far_away_is_left_alone(record, made, small):
    made.add(record, [siege(made, 1, 3), siege(made, 2, 5), siege(made, 3, 1, 9)])
    readout.link(record, full=True)
    far = {row.key: row for row in record.groups("story", order="start")}
    made.add(record, [siege(made, 4, 4, 9)])
    assert readout.link(record).reports == 2
    check(record)
    assert next(record.groups("story", order="start")) in far.values()


@settings(max_examples=10, deadline=None)
@given(order=st.permutations(range(9)), size=st.integers(1, 3))
def test_nothing_is_lost_and_nothing_twice(made, tmp_path_factory, order, size):
    with pytest.MonkeyPatch.context() as patch, open_record(tmp_path_factory.mktemp("part") / "readout.db") as record:
        patch.setattr(windows, "ALL", 2)
        patch.setattr(windows, "SHARE", 1.1)
        patch.setattr(windows, "REACHES", (7,))
        reports = [*made.NEWS[:4], *(siege(made, n, day) for n, day in enumerate(DAYS))]
        for start in range(0, 9, size):
            made.add(record, [reports[number] for number in order[start : start + size]])
            readout.link(record)
            check(record)
