"""Joining: the groups of several blocks are those of the whole, each member once, whatever the blocks are called and in whichever order."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import shutil
import signal
import typing
from collections import Counter
from itertools import combinations

import pyarrow.parquet as pq
import pytest
from blocks_of_news import OF_COUNTRIES, OF_DAYS
from hypothesis import given, settings
from hypothesis import strategies as st
from killed import forked
from scaled import clock
from sqlalchemy import select

import readout
from readout.across.linking import LINKED, decide, load_groups
from readout.errors import RecordError, UsageError
from readout.record import linked, open_record, schema
from readout.scale import bring
from readout.scale.joining import folder, join, link_from_blocks, write_groups_of
from readout.scale.joining.clustering import RULES, cluster
from readout.scale.joining.folder import GroupFolder, blocks_in
from readout.scale.joining.members import Gathering
from readout.scale.joining.numbering import NAMED, NUMBERED
from readout.scale.joining.rows import TABLES

#: Whole numbers of groups that count something, or are places in a text.
COUNTS = {
    ("EventFact", "span"), ("FigureFact", "span"), ("Incident", "reports"), ("Incident", "sources"), ("Entry", "span"),
    ("Track", "sources"), ("Role", "reports"), ("Role", "also"), ("Basis", "span"), ("Round", "ordinal"),
}  # fmt: skip


def laid_out(ground, into, blocks=OF_DAYS, called=None):
    for n, (name, block) in enumerate(blocks.items()):
        ground.groups(name or "none", into, block, called=called[n] if called else "")
    return str(into)


def contents(where):
    return {path.name: path.read_bytes() for path in sorted(where.iterdir())}


def everything(record):
    """Every row of what is linked, but the log of runs."""
    with record.asking() as connection:
        tables = (linked.links, linked.groups, linked.members, linked.linked_readings)
        return {table.name: sorted(map(repr, connection.execute(select(table)))) for table in tables}


def groups_of(record, kind):
    """The groups of a kind with several reports, as ids of their reports, by their ids."""
    return {
        row.key: [member.report for member in record.group_members(kind, row.key)]
        for row in record.groups(kind, least=2)
    }


def test_one_block_that_holds_everything_gives_what_linking_gives(ground, where, tmp_path):
    (block,) = [ground.groups("all", tmp_path / "blocks")]
    written, now = join(str(tmp_path / "blocks"), str(tmp_path / "joined"))
    assert now
    assert written.made.reports == 17
    for table in TABLES:
        file = f"{table}.parquet"
        assert (tmp_path / "joined" / file).read_bytes() == (block / file).read_bytes()
    with open_record(where, clock=clock) as record:
        bring(record, ground.parts)
        readout.link(record, full=True)
        linked_at_once = everything(record)
        assert write_groups_of(record, str(block)) == (GroupFolder(str(block)).written(), False)
        done = link_from_blocks(record, str(tmp_path / "blocks"))
        assert everything(record) == linked_at_once
        assert (done.scope, done.reports, record.unlinked()) == ("blocks", 17, 0)
        assert all(finding.well for finding in record.examine())
        assert readout.link(record).scope == "none"


def test_numbers_are_those_of_the_record_that_is_written(ground, tmp_path):
    block = ground.groups("all", tmp_path / "blocks")
    news = sorted((ground.folder / "news").iterdir(), reverse=True)
    with open_record(tmp_path / "backwards.db", clock=clock) as record:
        record.add([str(path) for path in news])
        readout.link(record, full=True)
        wanted = {kind.name: groups_of(record, kind.name) for kind in LINKED}
        write_groups_of(record, str(tmp_path / "backwards"))
        for kind in LINKED:  # no number of the record is in it, but what it orders by them
            columns = [name for name in TABLES[kind.name].names if name != "body"]
            rows = [
                pq.read_table(where / f"{kind.name}.parquet", columns=columns).to_pylist()
                for where in (block, tmp_path / "backwards")
            ]
            for one, other in zip(*rows, strict=True):
                assert sorted(map(repr, one.pop("members"))) == sorted(map(repr, other.pop("members")))
                assert one == other
        link_from_blocks(record, str(tmp_path / "blocks"))
        assert {kind.name: groups_of(record, kind.name) for kind in LINKED} == wanted
        (talks,) = [row for row in record.groups("negotiation") if row.reports > 1]
        members = record.group_members("negotiation", talks.key)
        said = [int(found[1]) for member in members if (found := re.search(r"as in report (\d+)$", member.reasons[-1]))]
        assert said
        assert set(said) <= {member.reading for member in members}
        (market,) = record.groups("incident", least=5)
        claims = {member.claim for member in record.group_members("incident", market.key)}
        with record.asking() as connection:
            quotes = select(schema.events.c.quote).where(
                schema.events.c.id.in_([int(claim.partition("/")[2]) for claim in claims])
            )
            assert all("bomb" in quote for quote in connection.execute(quotes).scalars())


def test_blocks_of_days_make_the_groups_of_the_whole(ground, whole, tmp_path):
    blocks = laid_out(ground, tmp_path / "blocks")
    readout.link(whole, full=True)
    wanted = {kind: groups_of(whole, kind) for kind in ("incident", "ledger", "negotiation")}
    copies = everything(whole)["links"]
    link_from_blocks(whole, blocks)
    assert {kind: groups_of(whole, kind) for kind in wanted} == wanted
    assert everything(whole)["links"] == copies
    # No block has all of it.
    (market,) = [reports for reports in wanted["incident"].values() if {"r00", "r10"} <= set(reports)]
    for name, block in OF_DAYS.items():
        with open_record(ground.record(name, block), clock=clock) as record:
            assert set(market) not in [set(reports) for reports in groups_of(record, "incident").values()]


@pytest.mark.parametrize("blocks", [OF_DAYS, OF_COUNTRIES], ids=["days", "countries"])
def test_every_member_is_in_one_group(blocks, ground, whole, tmp_path):
    link_from_blocks(whole, laid_out(ground, tmp_path / "blocks", blocks))
    with whole.asking() as connection:
        members = list(connection.execute(select(linked.members).where(linked.members.c.kind != "negotiation")))
        found = Counter((row.kind, row.reading_id, row.claim, row.claim_id) for row in members)
        assert set(found.values()) == {1}
        events = connection.execute(select(schema.events.c.id)).scalars().all()
        assert {row.claim_id for row in members if row.kind == "incident"} == set(events)
        assert {row.reading_id for row in members if row.kind == "story"} == set(
            connection.execute(select(schema.readings.c.id)).scalars()
        )
        # A group that others mention is there.
        keys = set(connection.execute(select(linked.groups.c.key)).scalars())
    for key, item in load_groups(whole, "ledger", [row.key for row in whole.groups("ledger")]).items():
        assert set(item.incidents) <= keys, key
    assert whole.unlinked() == 0


def test_why_a_member_is_in_a_group_is_said_by_a_block_that_knows(ground, whole, tmp_path):
    link_from_blocks(whole, laid_out(ground, tmp_path / "blocks"))
    for row in whole.groups("incident", least=2):
        for member in whole.group_members("incident", row.key):
            assert member.rule not in ("alone", "kept"), member


def test_names_and_order_of_blocks_do_not_matter(ground, tmp_path):
    found = []
    for called in ("abc", "cab", "bca"):
        laid_out(ground, tmp_path / called, called=called)
        join(str(tmp_path / called), str(tmp_path / f"{called} joined"))
        found.append(contents(tmp_path / f"{called} joined"))
    assert found[0] == found[1] == found[2]
    # A block that is there twice says nothing more.
    shutil.copytree(tmp_path / "abc" / "a", tmp_path / "abc" / "d")
    assert join(str(tmp_path / "abc"), str(tmp_path / "abc joined"))[1] is False


def test_what_was_joined_can_be_joined(ground, tmp_path):
    laid_out(ground, tmp_path / "blocks")
    join(str(tmp_path / "blocks"), str(tmp_path / "once"))
    join(str(tmp_path / "once"), str(tmp_path / "twice"))
    once, twice = (contents(tmp_path / name) for name in ("once", "twice"))
    once.pop("manifest.json"), twice.pop("manifest.json")
    assert once == twice
    table = pq.read_table(tmp_path / "once" / "incident.parquet").to_pylist()
    (market,) = [row for row in table if row["reports"] >= 5]
    (place,) = {member["content_id"] for member in market["members"] if member["report_id"] == "r10"}
    part = next(
        row
        for path in (ground.folder / "parts" / "parts").iterdir()
        for row in pq.read_table(path).to_pylist()
        if row["content_id"] == place
    )
    for member in market["members"]:  # n is the place of an event in its part
        if member["content_id"] == place:
            assert "bomb" in part["events"][member["n"] - 1]["quote"]


def named(record, report):
    return next(member.claim for member in record.groups_of(report) if member.kind == "incident")


def test_what_people_decide_holds_across_blocks(ground, whole, tmp_path):
    blocks = laid_out(ground, tmp_path / "blocks")
    link_from_blocks(whole, blocks)
    (market,) = whole.groups("incident", least=5)
    told = {member.report: member.claim for member in whole.group_members("incident", market.key)}
    apart = [told["r03"], told["r06"]]  # of one block
    together = [named(whole, name) for name in ("r02", "r14")]
    decide(whole, "incident", *apart, together=False, by="Mara Lind", why="two bombs")
    decide(whole, "incident", *together, together=True, by="Ada Brekke", why="one siege")
    decide(whole, "story", "r05", "r15", together=False, by="Mara Lind")
    decide(whole, "story", "r00", "r11", together=True, by="Mara Lind", why="one war")
    decide(whole, "copy", "r03", "r04", together=False, by="Mara Lind")
    link_from_blocks(whole, blocks)
    keys = [{member.key for member in whole.groups_of(claim)} for claim in (*apart, *together)]
    assert [len(some) for some in keys] == [1, 1, 1, 1]
    assert keys[0] != keys[1]
    assert keys[2] == keys[3]
    (key,) = keys[2]
    (later,) = [member for member in whole.group_members("incident", key) if member.claim == together[1]]
    assert (later.rule, later.reasons) == ("decided by Ada Brekke", ("one siege",))
    stories = {row.key: set() for row in whole.groups("story")}
    for report in ("r00", "r05", "r11", "r15"):
        for member in whole.groups_of(report):
            if member.kind == "story":
                stories[member.key].add(report)
    assert {"r05", "r15"} not in [some & {"r05", "r15"} for some in stories.values()]
    assert [some for some in stories.values() if {"r00", "r11"} <= some]
    assert whole.copies_of("r04") == ()
    assert all(finding.well for finding in whole.examine())


def test_decisions_of_a_block_hold_for_all(ground, tmp_path):
    blocks = tmp_path / "blocks"
    laid_out(ground, blocks)
    shutil.rmtree(blocks / "middle")
    shutil.copy(ground.record("middle", OF_DAYS["middle"]), tmp_path / "middle.db")
    with open_record(tmp_path / "middle.db", clock=clock) as record:
        decide(record, "incident", named(record, "r06"), named(record, "r10"), together=False, by="Mara Lind")
        readout.link(record)
        write_groups_of(record, str(blocks / "middle"))
    written, _ = join(str(blocks), str(tmp_path / "joined"))
    assert [item["by"] for item in written.made.decisions] == ["Mara Lind"]
    rows = pq.read_table(tmp_path / "joined" / "incident.parquet", columns=["members"]).to_pylist()
    ids = [{member["report_id"] for member in row["members"]} for row in rows]
    bombs = [some for some in ids if {"r06", "r10"} <= some]
    assert not bombs


def test_what_is_in_no_block_or_was_corrected_is_not_linked(ground, whole, tmp_path):
    ground.groups("first", tmp_path / "blocks", OF_DAYS["first"])
    whole.correct.edit("figures/1", {"value": 11}, by="Mara Lind")
    assert link_from_blocks(whole, str(tmp_path / "blocks")).reports == 9
    assert whole.unlinked() == 8
    assert whole.groups_of("r00") == ()
    readout.link(whole)
    assert whole.unlinked() == 0
    assert whole.groups_of("r00")


def test_a_record_that_lacks_reports_is_left_as_it_is(ground, tmp_path):
    blocks = laid_out(ground, tmp_path / "blocks")
    shutil.copy(ground.record("middle", OF_DAYS["middle"]), tmp_path / "some.db")
    with open_record(tmp_path / "some.db", clock=clock) as record:
        before = everything(record)
        with pytest.raises(RecordError, match="10 reports of the blocks are not in the record"):
            link_from_blocks(record, blocks)
        assert everything(record) == before


def test_a_record_that_is_not_linked_is_no_block(ground, whole, tmp_path):
    with pytest.raises(RecordError, match="17 reports are not linked"):
        write_groups_of(whole, str(tmp_path / "block"))
    assert not (tmp_path / "block").exists()


def test_other_groups_are_not_written_over(ground, tmp_path):
    block = ground.groups("first", tmp_path, OF_DAYS["first"])
    before = contents(block)
    with (
        open_record(ground.record("last", OF_DAYS["last"]), clock=clock) as record,
        pytest.raises(UsageError, match="other groups are in"),
    ):
        write_groups_of(record, str(block))
    assert contents(block) == before


def test_a_file_that_was_changed_is_refused(ground, tmp_path):
    blocks = laid_out(ground, tmp_path / "blocks")
    file = tmp_path / "blocks" / "last" / "story.parquet"
    shutil.copy(tmp_path / "blocks" / "first" / "story.parquet", file)
    with pytest.raises(RecordError, match=r"last: story\.parquet is not what its manifest says"):
        join(blocks, str(tmp_path / "joined"))
    assert not (tmp_path / "joined").exists()


def test_blocks_of_two_readers_are_refused(ground, tmp_path):
    blocks = laid_out(ground, tmp_path / "blocks")
    manifest = tmp_path / "blocks" / "last" / "manifest.json"
    said = json.loads(manifest.read_text())
    said["readers"][0]["version"] = "0.0.9"
    manifest.write_text(json.dumps(said))
    with pytest.raises(UsageError, match="different readers"):
        join(blocks, str(tmp_path / "joined"))


def test_a_block_that_was_not_done_is_named(ground, tmp_path):
    blocks = laid_out(ground, tmp_path / "blocks")
    (tmp_path / "blocks" / "last" / "manifest.json").unlink()
    with pytest.raises(UsageError, match="last is not done"):
        join(blocks, str(tmp_path / "joined"))


@pytest.mark.parametrize("at", [1, 3, len(TABLES) + 1])
def test_a_killed_run_leaves_nothing_half_done(at, ground, tmp_path):
    blocks = laid_out(ground, tmp_path / "blocks")
    join(blocks, str(tmp_path / "wanted"))

    def killed(_):
        taken, take = [], GroupFolder(str(tmp_path)).files.__class__.take

        def until(files, written, name):
            taken.append(name)
            if len(taken) == at:
                os.kill(os.getpid(), signal.SIGKILL)
            return take(files, written, name)

        GroupFolder(str(tmp_path)).files.__class__.take = until
        join(blocks, str(tmp_path / "joined"))

    status, _ = forked(killed)
    assert status == -signal.SIGKILL
    assert not (tmp_path / "joined" / "manifest.json").exists()
    assert list((tmp_path / "joined").iterdir())
    with pytest.raises(UsageError, match=r"no groups in|not done"):
        blocks_in(str(tmp_path / "joined"))
    (tmp_path / "joined" / "story.parquet").write_bytes(b"of another")
    join(blocks, str(tmp_path / "joined"))
    assert contents(tmp_path / "joined") == contents(tmp_path / "wanted")


def test_a_killed_run_leaves_a_record_as_it_was(ground, whole, tmp_path):
    blocks = laid_out(ground, tmp_path / "blocks")
    ground.groups("all", tmp_path / "all")
    link_from_blocks(whole, str(tmp_path / "all"))
    before = everything(whole)
    where = str(tmp_path / "whole.db")

    def killed(_):
        from readout.scale.joining import storing

        storing._note = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        with open_record(where, clock=clock) as record:
            link_from_blocks(record, blocks)

    status, _ = forked(killed)
    assert status == -signal.SIGKILL
    with open_record(where, clock=clock) as record:
        assert everything(record) == before
        link_from_blocks(record, blocks)
        assert everything(record) != before


def test_groups_are_written_to_addresses(ground, tmp_path):
    fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed: pip install 'readout-news[ray]'")
    memory = fsspec.filesystem("memory")
    try:
        for name, block in OF_DAYS.items():
            with open_record(ground.record(name, block), clock=clock) as record:
                write_groups_of(record, f"memory://bucket/blocks/{name}")
        written, now = join("memory://bucket/blocks", "memory://bucket/joined")
        assert now
        assert join("memory://bucket/blocks", "memory://bucket/joined") == (written, False)
        join(laid_out(ground, tmp_path / "blocks"), str(tmp_path / "joined"))
        assert {name.rpartition("/")[2]: memory.cat(name) for name in memory.find("/bucket/joined")} == contents(
            tmp_path / "joined"
        )
    finally:
        memory.rm("/bucket", recursive=True)


def test_every_number_of_a_group_is_known():
    """A field that is new in a group has to be told apart: a number of a report or claim, or a count."""
    met = set()

    def walk(kind):
        if dataclasses.is_dataclass(kind) and kind not in met:
            met.add(kind)
            hints = typing.get_type_hints(kind)
            for field in dataclasses.fields(kind):
                if _numbers(hints[field.name]):
                    assert ((kind, field.name) in NUMBERED) != ((kind.__name__, field.name) in COUNTS), field
                if field.name == "claim":
                    assert (kind, field.name) in NAMED
                walk(hints[field.name])
        for option in typing.get_args(kind):
            walk(option)

    for kind in LINKED:
        walk(kind.body)
        assert kind.name in RULES
    assert {kind for kind, _ in NUMBERED} <= met


def _numbers(kind):
    return kind is int or any(
        _numbers(option) for option in typing.get_args(kind) if option is int or typing.get_origin(option)
    )


MEMBERS = [(f"c{n % 7}", "events", n) for n in range(14)]  # two claims of each of seven reports
CUT = st.lists(st.integers(0, 4), min_size=14, max_size=14)  # the group of each member
HAS = st.lists(st.booleans(), min_size=7, max_size=7)  # whether a block has a report


@given(
    st.lists(st.tuples(CUT, HAS), min_size=1, max_size=5),
    st.sets(st.sampled_from(list(combinations(MEMBERS, 2))), max_size=3),
)
@settings(max_examples=100, deadline=None)
def test_groups_are_put_together_by_the_rules(blocks, apart):
    found, nodes, told_together = Gathering(), [], set()
    for at, (cut, has) in enumerate(blocks):
        groups = {}
        for group, member in zip(cut, MEMBERS, strict=True):
            if has[int(member[0][1:])]:
                groups.setdefault(group, []).append(member)
        for members in groups.values():
            nodes.append((at, members))
            told_together |= {frozenset(pair) for pair in combinations(members, 2)}
            found.add(at, [(member, at) for member in members])
    clusters = cluster(found, RULES["incident"], apart=apart)
    whole, homes = {}, {}
    for node, (_, members) in enumerate(nodes):
        for member, mine in zip(members, clusters.own(node), strict=True):
            if mine:
                assert member not in homes, "a member is one group's alone"
                homes[member] = node
                whole.setdefault(int(clusters.of[node]), set()).add(member)
    assert homes.keys() == {member for _, members in nodes for member in members}
    for node, (_, members) in enumerate(nodes):  # what a group has at home stays together
        mine = [member for member in members if homes[member] == node]
        assert len({next(root for root, some in whole.items() if member in some) for member in mine}) <= 1
    for some in whole.values():
        for one, other in combinations(sorted(some), 2):
            if one[0] == other[0]:  # a report is twice in a group only where its own block has it so
                assert homes[one] == homes[other]
            if homes.get(one) != homes.get(other):
                assert (one, other) not in apart
    if len(blocks) == 1:
        assert {frozenset(some) for some in whole.values()} == {frozenset(members) for _, members in nodes}


def together(rules, *blocks):
    """How blocks put letters together that are given by their groups; the last block knows best."""
    found, nodes = Gathering(), []
    for at, groups in enumerate(blocks):
        for group in groups.split():
            nodes.append(group)
            found.add(at, [((letter, "", 0), at) for letter in group])
    clusters, whole = cluster(found, RULES[rules]), {}
    for node, group in enumerate(nodes):
        mine = {letter for letter, own in zip(group, clusters.own(node), strict=True) if own}
        whole.setdefault(int(clusters.of[node]), set()).update(mine)
    return sorted("".join(sorted(some)) for some in whole.values() if some)


@pytest.mark.parametrize(
    ("rules", "blocks", "wanted"),
    [
        ("story", ("abc", "cde"), ["abcde"]),  # by what they share
        ("story", ("aby", "bx ya"), ["ay", "bx"]),  # with the one that has most, and no further
        ("story", ("xy", "x y"), ["xy"]),  # one block puts all of both together
        ("story", ("xy", "xp yq"), ["px", "qy"]),  # one for, one against
        ("story", ("xy", "xy", "xp yq"), ["pqxy"]),  # two for, one against
        ("negotiation", ("xy", "xy", "xp yq"), ["px", "qy"]),  # a block that knows two knows two
        ("incident", ("abc", "cd ef"), ["abcd", "ef"]),
    ],
)
def test_which_groups_are_one(rules, blocks, wanted):
    found = together(rules, *blocks)
    if rules == "negotiation":  # what is elsewhere may be in it, too
        assert len(found) == 2
        assert all(any(set(some) <= set(one) for one in found) for some in wanted)
    else:
        assert found == wanted


def test_manifest_and_rows_go_together(ground, tmp_path):
    block = ground.groups("first", tmp_path, OF_DAYS["first"])
    written = json.loads((block / "manifest.json").read_text())
    assert written["days"] == ["2025-03-01", "2025-03-05"]
    assert written["reports"] == 10
    assert set(written["files"]) == {f"{table}.parquet" for table in TABLES}
    assert folder.file_of("story") in written["files"]
    for row in pq.read_table(block / "incident.parquet").to_pylist():
        assert {claim["report"] for claim in row["claims"]} <= set(range(1, len(row["told"]) + 1))
        assert json.loads(row["body"])["id"] == row["key"]
        known = [(told["known"], told["report_id"]) for told in row["told"]]
        assert known == sorted(known)


def test_brought_blocks_are_what_was_brought(ground, tmp_path):
    with open_record(tmp_path / "empty.db", clock=clock) as record:
        bring(record, ground.parts, block=OF_COUNTRIES["UKR"])
        readout.link(record)
        written, _ = write_groups_of(record, str(tmp_path / "block"))
    assert written.made.reports == 3
