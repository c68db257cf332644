"""The groups of several blocks as the groups of the whole. What is in hand at a time are the members of one kind, as numbers, and the
groups that become one; all else waits in a scratch file."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from readout.across.linking import LINKED
from readout.across.linking.kinds import Kind
from readout.errors import UsageError
from readout.scale.joining.clustering import RULES, Clusters, Rules, cluster
from readout.scale.joining.folder import GroupFolder, Made, Written, blocks_in, check_whole
from readout.scale.joining.members import Gathering
from readout.scale.joining.merging import Part, merged
from readout.scale.joining.rows import COPY, Place, Row, dumped, loaded, of_row, to_row

_NEAR = 7  # days before and after a report that its block may know; more make no difference
_TABLES = """
CREATE TABLE part (root INTEGER, node INTEGER, block INTEGER, own BLOB, row TEXT);
CREATE TABLE named (root INTEGER, block INTEGER, key TEXT);
CREATE TABLE final (root INTEGER PRIMARY KEY, key TEXT);
CREATE TABLE other (kind TEXT, block INTEGER, key TEXT, now TEXT, PRIMARY KEY (kind, block, key)) WITHOUT ROWID;
CREATE TABLE result (kind TEXT, key TEXT, first TEXT, row TEXT);
CREATE TABLE copy (one TEXT, other TEXT, rank INTEGER, row TEXT, PRIMARY KEY (one, other)) WITHOUT ROWID;
"""
Decision = Mapping[str, Any]
Block = tuple[Written, GroupFolder]


def decided_now(decisions: Iterable[Decision]) -> list[Decision]:
    """Of the decisions of several blocks the last on each pair, in an order of their own."""
    found: dict[tuple[str, frozenset[tuple[Any, ...]]], Decision] = {}
    for item in sorted(decisions, key=lambda one: (one["at"], json.dumps(one, sort_keys=True))):
        found[item["kind"], frozenset((tuple(item["first"]), tuple(item["second"])))] = item
    return sorted(found.values(), key=lambda one: (one["at"], json.dumps(one, sort_keys=True)))


@dataclass(slots=True)
class Joined:
    """What came of joining blocks: `made` says what it was made of."""

    made: Made
    scratch: sqlite3.Connection

    def rows(self, kind: Kind) -> Iterator[Row]:
        """The groups of a kind, in the order of their ids. Of two that have one id, as reports may that were given one by their sources,
        the later gets another."""
        found = self.scratch.execute(
            "SELECT key, row FROM result WHERE kind = ? ORDER BY key, first, row", (kind.name,)
        )
        before, n = "", 0
        for key, text in found:
            n = n + 1 if key == before else 1
            before = key
            if n == 1:
                yield loaded(text)
                continue
            group = of_row(kind, loaded(text))
            another = hashlib.sha256(f"{key}\n{n}".encode()).hexdigest()[:16]
            yield to_row(kind, type(group)(kind.renamed(group.item, another), group.told, group.claims))

    def copies(self) -> Iterator[Row]:
        """The pairs of copies, in order."""
        rows = (loaded(text) for (text,) in self.scratch.execute("SELECT row FROM copy"))
        yield from sorted(rows, key=lambda row: (row["first"], row["second"]))


@contextmanager
def joined(
    where: str,
    *,
    decisions: Iterable[Decision] = (),
    keeps: Callable[[Place], bool] = lambda _: True,
) -> Iterator[Joined]:
    """The groups of all blocks in a folder, joined. Scratch files are in the system's temporary folder while it is open.

    Args:
        where: a folder of folders of groups, or one of them.
        decisions: of people, besides those that blocks have.
        keeps: whether a report or claim is to be in any group.

    Raises:
        UsageError: there are no blocks, one is not done, or they were read by different readers.
        RecordError: one cannot be read.
    """
    blocks = blocks_in(where)
    readers = sorted({reader for written, _ in blocks for reader in written.made.readers})
    if len(readers) > 1:
        told = ", ".join(f"{version} {knowledge[:8]}" for version, _, knowledge in readers)
        raise UsageError(
            f"the blocks in {where} were read by different readers ({told}): a claim of one is none of another"
        )
    for block in blocks:
        check_whole(*block)
    said = decided_now([*decisions, *(item for written, _ in blocks for item in written.made.decisions)])
    with tempfile.TemporaryDirectory(prefix="readout-joining-") as folder:
        scratch = sqlite3.connect(Path(folder) / "scratch.db", isolation_level=None)
        try:
            scratch.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;" + _TABLES)
            for kind in LINKED:
                _join(scratch, kind, blocks, said, keeps)
            _join_copies(scratch, blocks, said, keeps)
            days = sorted(day for written, _ in blocks for day in written.made.days)
            query = "SELECT sum(json_array_length(row, '$.members')) FROM result WHERE kind = 'story'"
            reports = scratch.execute(query).fetchone()[0] or 0
            of = {"blocks": [written.id for written, _ in blocks]}
            made = Made(of, reports, (days[0], days[-1]) if days else (), tuple(readers), tuple(said))
            yield Joined(made, scratch)
        finally:
            scratch.close()


def join(where: str, into: str) -> tuple[Written, bool]:
    """Joins the groups of all blocks in a folder, and writes them into another, which then is one, too.

    Returns:
        What is there now, and whether it was written now: False where the same was there.

    Raises:
        UsageError: as `joined`; or other groups are in the other folder.
        RecordError: one cannot be read, or the other not written.
    """
    with joined(where) as found:
        tables = {kind.name: found.rows(kind) for kind in LINKED}
        return GroupFolder(into).write(found.made, {**tables, COPY: found.copies()})


def _join(
    scratch: sqlite3.Connection,
    kind: Kind,
    blocks: Sequence[Block],
    decisions: Sequence[Decision],
    keeps: Callable[[Place], bool],
) -> None:
    mine = [item for item in decisions if kind.decided and item["kind"] == kind.decided]
    found = cluster(
        _gathered(kind, blocks),
        RULES.get(kind.name, Rules(apart=True)),
        [_ends(item) for item in mine if item["together"]],
        [_ends(item) for item in mine if not item["together"]],
    )
    for table in ("part", "named", "final"):
        scratch.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    _lay_out(scratch, kind, blocks, found, keeps)
    said_of = {place for item in mine for place in _ends(item)}
    query = "SELECT root, block, own, row FROM part ORDER BY root, node"
    for root, some in groupby(scratch.execute(query), key=lambda row: row[0]):
        parts = [_part(scratch, kind, block, own, text) for _, block, own, text in some]
        telling = [part for part in parts if part.own]
        changed = len(telling) > 1 or any(
            not part.whole or part.names or not said_of.isdisjoint(part.own) for part in telling
        )
        rows = merged(kind, parts, mine) if changed else [part.row for part in telling]
        for row in rows:
            first = f"{row['told'][0]['known']} {row['told'][0]['content_id']}"
            scratch.execute("INSERT INTO result VALUES (?, ?, ?, ?)", (kind.name, row["key"], first, dumped(row)))
        if rows:
            scratch.execute("INSERT INTO final VALUES (?, ?)", (root, rows[0]["key"]))
    scratch.execute(
        "INSERT INTO other SELECT ?, named.block, named.key, final.key FROM named JOIN final USING (root)"
        " WHERE named.key != final.key",
        (kind.name,),
    )


def _ends(decision: Decision) -> tuple[Place, Place]:
    one, other = (tuple(decision[name]) for name in ("first", "second"))
    return (one[0], one[1], one[2]), (other[0], other[1], other[2])


def _gathered(kind: Kind, blocks: Sequence[Block]) -> Gathering:
    found = Gathering()
    sizes = sorted(range(len(blocks)), key=lambda at: (blocks[at][0].made.reports, blocks[at][0].id))
    rank = {at: place for place, at in enumerate(sizes)}
    for at, (written, folder) in enumerate(blocks):
        for row in folder.rows(kind.name, ["members", "told"]):
            days = {told["content_id"]: (told["published"] or told["known"])[:10] for told in row["told"]}
            known = {content: _known(day, written.made.days) * len(blocks) + rank[at] for content, day in days.items()}
            found.add(at, ((place, known[place[0]]) for place in map(_place, row["members"])))
    return found


def _place(member: Row) -> Place:
    return (member["content_id"], member["claim"] or "", member["n"] or 0)


def _known(day: str, days: Sequence[str]) -> int:
    """How well a block knows what a report of a day is about: by the days before it, then by those after."""
    here, first, last = (dt.date.fromisoformat(one).toordinal() for one in (day, days[0], days[-1]))
    return min(_NEAR, here - first) * (_NEAR + 1) + min(_NEAR, last - here)


def _lay_out(
    scratch: sqlite3.Connection,
    kind: Kind,
    blocks: Sequence[Block],
    found: Clusters,
    keeps: Callable[[Place], bool],
) -> None:
    """Puts all that is told of each cluster together."""
    node = 0
    for at, (_, folder) in enumerate(blocks):
        for row in folder.rows(kind.name):
            root = int(found.of[node])
            own = bytes(
                bool(mine) and keeps(_place(member))
                for mine, member in zip(found.own(node), row["members"], strict=True)
            )
            scratch.execute("INSERT INTO named VALUES (?, ?, ?)", (root, at, row["key"]))
            if any(own) or len(row["told"]) > 1:  # it may say why others are in the cluster
                scratch.execute("INSERT INTO part VALUES (?, ?, ?, ?, ?)", (root, node, at, own, dumped(row)))
            node += 1


def _part(scratch: sqlite3.Connection, kind: Kind, block: int, own: bytes, text: str) -> Part:
    row = loaded(text)
    names: dict[tuple[str, str], str] = {}
    if kind.referring is not None:
        query = "SELECT kind, key, now FROM other WHERE block = ? AND key IN (SELECT value FROM json_each(?))"
        mentioned = loaded(row["body"])["incidents"]
        found = scratch.execute(query, (block, json.dumps(mentioned)))
        names = {(of, key): now for of, key, now in found}
    return Part(row, tuple(_place(member) for member, mine in zip(row["members"], own, strict=True) if mine), names)


def _join_copies(
    scratch: sqlite3.Connection, blocks: Sequence[Block], decisions: Iterable[Decision], keeps: Callable[[Place], bool]
) -> None:
    """The pairs of all blocks, each once: as a person decided on it, else as the largest block has it."""
    for written, folder in blocks:
        for row in folder.rows(COPY):
            one, other = sorted((row["first"], row["second"]))
            if keeps((one, "", 0)) and keeps((other, "", 0)):
                rank = written.made.reports + (row["rule"].startswith("decided by ") << 40)
                scratch.execute(
                    "INSERT INTO copy VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET rank = excluded.rank, row = excluded.row"
                    " WHERE (excluded.rank, excluded.row) > (rank, row)",
                    (one, other, rank, dumped(row)),
                )
    for item in decisions:
        if item["kind"] == COPY and not item["together"]:
            ends = sorted(place[0] for place in _ends(item))
            scratch.execute("DELETE FROM copy WHERE one = ? AND other = ?", ends)
