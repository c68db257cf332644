"""Joined groups as those of a record that has all the reports: written in one transaction in the place of what was linked there before."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from readout.across.linking import LINKED, Linked
from readout.across.linking.kinds import Kind
from readout.across.linking.running import counts
from readout.across.linking.storing import rows_of
from readout.errors import Conflict, RecordError, UsageError
from readout.record import Record, linked, schema
from readout.record.bulk import insert_rows
from readout.record.removing import chunks
from readout.record.schema import LIVE
from readout.record.unlinking import linkable
from readout.record.writing import Numbers
from readout.scale.joining.folder import blocks_in
from readout.scale.joining.joined import Joined, joined
from readout.scale.joining.numbering import MENTION, REPORT, renumbered
from readout.scale.joining.of_record import Claims, decisions_of
from readout.scale.joining.rows import Place, Row, item_of, loaded
from readout.version import __version__

_AT_ONCE = 500  # groups


@dataclass(frozen=True, slots=True)
class _Here:
    """What the record has of the reports of the blocks, by the ids of their contents: the reading of each that is to be linked, and 0 for
    one that is not, as a newer version or a correction stands for it."""

    readings: Mapping[str, int]
    readers: frozenset[tuple[str, str, str]]

    def keeps(self, place: Place) -> bool:
        """Whether a report is to be linked. One that the record does not have is: that is found out where it is written."""
        return self.readings.get(place[0]) != 0


def link_from_blocks(record: Record, where: str) -> Linked:
    """Joins the groups of blocks, and writes them into a record in the place of all that was linked there.

    Reports of the record that are in no block, and those that were corrected there, are not linked then: a linking of what is new
    does that. Killed at any moment, it leaves what was stored before.

    Args:
        record: where all the reports of the blocks are.
        where: a folder of folders of groups, or one of them.

    Raises:
        UsageError: there are no blocks, one is not done, they were read by different readers, or by another than the record's.
        RecordError: a report of the blocks is not in the record, or one of its kinds; nothing was changed.
    """
    began, started = time.monotonic(), record.now()
    blocks = blocks_in(where)
    with record.asking() as connection:
        here = _here(connection, record.now())
    theirs = {reader for written, _ in blocks for reader in written.made.readers}
    if theirs and here.readers and here.readers != theirs:
        raise UsageError(
            f"the blocks in {where} were read by another reader than the record's reports: read these again"
        )
    with joined(where, decisions=decisions_of(record), keeps=here.keeps) as found:
        contents = _contents(found)
        missing = [content for content in contents if content not in here.readings]
        if missing:
            raise RecordError(
                f"{len(missing):,} reports of the blocks are not in the record: bring them there first, as with"
                " readout add --from-parquet"
            )
        readings = {content: here.readings[content] for content in contents}
        with record.writing() as connection:
            _check_still(connection, readings.values())
            for kind in LINKED:
                _write(connection, kind, found.rows(kind), readings)
            links = sorted(
                (_link(row, readings) for row in found.copies()), key=lambda row: (row["first_id"], row["second_id"])
            )
            connection.execute(delete(linked.links))
            insert_rows(connection, linked.links, links)
            connection.execute(delete(linked.linked_readings))
            for some in chunks(sorted(readings.values())):
                insert_rows(connection, linked.linked_readings, [{"reading_id": number} for number in some])
            many, groups = counts(connection)
            done = Linked("blocks", len(readings), 0, many, groups, time.monotonic() - began)
            _note(connection, record, done, started)
    return done


def _here(connection: Connection, now: str) -> _Here:
    readings, articles, corrections = schema.readings.c, schema.articles.c, schema.corrections.c
    query = select(articles.content_id, readings.id).join_from(
        schema.readings, schema.articles, articles.id == readings.article_id
    )
    found = {row.content_id: 0 for row in connection.execute(select(articles.content_id))}
    corrected = select(corrections.article_id)
    standing = query.where(*linkable(connection, now), articles.id.not_in(corrected))
    found.update((row.content_id, row.id) for row in connection.execute(standing))
    readers = schema.readers.c
    used = select(readers.version, readers.model, readers.knowledge).where(
        readers.id.in_(select(readings.reader_id).where(readings.live == LIVE))
    )
    return _Here(found, frozenset((row.version, row.model, row.knowledge) for row in connection.execute(used)))


def _contents(found: Joined) -> list[str]:
    """The reports that stories have, which are all that were linked."""
    query = "SELECT json_extract(value, '$.content_id') FROM result, json_each(row, '$.members') WHERE kind = 'story'"
    return [content for (content,) in found.scratch.execute(query)]


def _check_still(connection: Connection, readings: Iterable[int]) -> None:
    live, wanted = 0, sorted(readings)
    for some in chunks(wanted):
        still = select(func.count()).select_from(schema.readings)
        live += connection.execute(
            still.where(schema.readings.c.id.in_(some), schema.readings.c.live == LIVE)
        ).scalar_one()
    if live != len(wanted):
        raise Conflict("reports of the record were changed meanwhile: run it again")


def _write(connection: Connection, kind: Kind, rows: Iterator[Row], readings: Mapping[str, int]) -> None:
    for table in (linked.members, linked.groups):
        connection.execute(delete(table).where(table.c.kind == kind.name))
    while some := list(islice(rows, _AT_ONCE)):
        mine = {readings[told["content_id"]] for row in some for told in row["told"] if told["content_id"] in readings}
        numbers = {place: number for (claim, number), place in _placed(connection, mine)}
        items = [_item(kind, row, readings, numbers) for row in some]
        found = list(rows_of(kind, items).values())
        insert_rows(connection, linked.groups, [one.group for one in found])
        insert_rows(connection, linked.members, [member for one in found for member in one.members])


def _placed(connection: Connection, readings: Iterable[int]) -> Iterator[tuple[tuple[str, int], tuple[str, int, int]]]:
    for (claim, number), (reading, n) in Claims.of(connection, readings).places.items():
        yield (claim, number), (claim, reading, n)


def _item(kind: Kind, row: Row, readings: Mapping[str, int], numbers: Mapping[tuple[str, int, int], int]) -> Any:
    """A group in the record's numbers."""

    def reading_of(place: int) -> int:
        return readings[row["told"][place - 1]["content_id"]]

    def number_of(what: str, number: int) -> int:
        if what == MENTION:
            return reading_of(number) if number else 0
        if what == REPORT:
            return reading_of(number)
        claim = row["claims"][number - 1]
        return numbers[claim["claim"], reading_of(claim["report"]), claim["n"]]

    try:
        return item_of(kind, renumbered(kind.body, loaded(row["body"]), number_of))
    except KeyError as error:
        raise RecordError(
            f"{kind.name} {row['key']} tells of what is not in the record ({error}): was a block's report corrected there?"
        ) from error


def _link(row: Row, readings: Mapping[str, int]) -> dict[str, Any]:
    return {
        "first_id": readings[row["first"]],
        "second_id": readings[row["second"]],
        **{name: row[name] for name in ("kind", "rule", "score")},
        "reasons": json.dumps(row["reasons"], ensure_ascii=False),
    }


def _note(connection: Connection, record: Record, done: Linked, started: str) -> None:
    connection.execute(
        insert(linked.linkings).values(
            id=Numbers(connection).take(linked.linkings),
            scope=done.scope,
            started=started,
            ended=record.now(),
            reports=done.reports,
            new=done.new,
            counts=json.dumps({"links": done.links, **done.groups}),
            version=__version__,
        )
    )
