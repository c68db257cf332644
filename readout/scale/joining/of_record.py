"""What linking found in a record, as rows that mean the same everywhere."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from readout.across.linking import LINKED
from readout.across.linking.deciding import Decided, decisions_on, standing
from readout.across.linking.kinds import Kind, Outside
from readout.across.linking.storing import outside_of
from readout.across.loading import load_facts
from readout.errors import RecordError
from readout.record import Record, linked, schema
from readout.record.removing import chunks
from readout.record.schema import LIVE
from readout.record.unlinking import count_pending
from readout.scale.joining.folder import GroupFolder, Made, Written
from readout.scale.joining.rows import COPY, Group, Row, item_of, loaded, numbered_anew, to_row

_AT_ONCE = 500  # groups


@dataclass(slots=True)
class Claims:
    """Where claims stand among those of their sort that a reading has, the first at 1."""

    places: dict[tuple[str, int], tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, connection: Connection, readings: Iterable[int]) -> Claims:
        """All claims of some readings."""
        found, wanted = cls(), sorted(readings)
        for name, table in schema.CLAIMS.items():
            for some in chunks(wanted):
                query = select(table.c.reading_id, table.c.id).where(table.c.reading_id.in_(some))
                before, n = 0, 0
                for row in connection.execute(query.order_by(table.c.reading_id, table.c.id)):
                    before, n = row.reading_id, n + 1 if row.reading_id == before else 1
                    found.places[name, row.id] = (row.reading_id, n)
        return found


def write_groups_of(record: Record, where: str) -> tuple[Written, bool]:
    """Writes what linking found in a record into a folder of groups, as Parquet.

    Returns:
        What is there now, and whether it was written now: False where the same was there.

    Raises:
        UsageError: other groups are there, or what an address needs is not installed.
        RecordError: not all of the record is linked, or the folder cannot be written.
    """
    folder = GroupFolder(where)
    decided = list(decisions_of(record))
    with record.asking() as connection:
        waiting = count_pending(connection, record.now())
        if waiting:
            raise RecordError(f"{waiting:,} reports are not linked as they stand: link the record first")
        made = _made(connection, decided)
        tables = {kind.name: _groups(connection, kind) for kind in LINKED}
        return folder.write(made, {**tables, COPY: _copies(connection)})


def _made(connection: Connection, decided: Sequence[Mapping[str, Any]]) -> Made:
    readings, articles, there = schema.readings.c, schema.articles.c, linked.linked_readings.c
    mine = linked.linked_readings.join(schema.readings, readings.id == there.reading_id)
    query = select(articles.content_id, articles.known, readings.published).select_from(
        mine.join(schema.articles, articles.id == readings.article_id)
    )
    digest, reports, days = hashlib.sha256(), 0, set[str]()
    for row in connection.execute(query.order_by(articles.content_id)):
        digest.update(row.content_id.encode("ascii"))
        days.add((row.published or row.known)[:10])
        reports += 1
    readers = schema.readers.c
    used = select(readings.reader_id).select_from(mine)
    by = select(readers.version, readers.model, readers.knowledge).where(readers.id.in_(used))
    return Made(
        {"reports": digest.hexdigest()[:32]},
        reports,
        (min(days), max(days)) if days else (),
        tuple(sorted((row.version, row.model, row.knowledge) for row in connection.execute(by))),
        tuple(decided),
    )


def _groups(connection: Connection, kind: Kind) -> Iterator[Row]:
    group, after = linked.groups.c, ""
    while True:
        query = select(linked.groups).where(group.kind == kind.name, group.key > after).order_by(group.key)
        found = connection.execute(query.limit(_AT_ONCE)).all()
        if not found:
            return
        after = found[-1].key
        readings = _readings_in(connection, kind.name, [row.key for row in found])
        outside, claims = outside_of(connection, readings), Claims.of(connection, readings)
        for row in found:
            yield _row(kind, row, outside, claims)


def _readings_in(connection: Connection, kind: str, keys: Sequence[str]) -> set[int]:
    """The readings that have something in some groups."""
    member = linked.members.c
    return set(connection.execute(select(member.reading_id).where(member.kind == kind, member.key.in_(keys))).scalars())


def _row(kind: Kind, row: Any, outside: Mapping[int, Outside], claims: Claims) -> Row:
    try:
        body = loaded(zlib.decompress(row.body))
        (body,), told, mentioned = numbered_anew(
            kind, [body], outside.__getitem__, lambda claim, number: claims.places[claim, number]
        )
    except KeyError as error:
        raise RecordError(f"{kind.name} {row.key} is of what is not in the record ({error}): link it anew") from error
    return to_row(kind, Group(item_of(kind, body), told, mentioned))


def _copies(connection: Connection) -> Iterator[Row]:
    readings, articles, link = schema.readings, schema.articles, linked.links.c
    ends = {}
    for name in ("first", "second"):
        reading, article = readings.alias(), articles.alias()
        ends[name] = (reading, article)
    (one, mine), (other, theirs) = ends.values()
    query = (
        select(
            linked.links,
            mine.c.content_id.label("first"),
            theirs.c.content_id.label("second"),
            one.c.report_id.label("first_report"),
            other.c.report_id.label("second_report"),
        )
        .join(one, one.c.id == link.first_id)
        .join(mine, mine.c.id == one.c.article_id)
        .join(other, other.c.id == link.second_id)
        .join(theirs, theirs.c.id == other.c.article_id)
        .order_by(mine.c.content_id, theirs.c.content_id)
    )
    for row in connection.execute(query):
        yield {
            "first": row.first,
            "second": row.second,
            "first_id": row.first_report,
            "second_id": row.second_report,
            "kind": row.kind,
            "rule": row.rule,
            "score": row.score,
            "reasons": json.loads(row.reasons),
        }


def decisions_of(record: Record) -> Iterator[dict[str, Any]]:
    """What people decided, in order, each on two places; what fits nothing now is left out."""
    with record.asking() as connection:
        items = standing(connection)
        facts = {report.id: report for report in load_facts(record, _readings_of(connection, items))}
        claims = Claims.of(connection, facts)
    for item in items:
        for decision in decisions_on([item], facts):
            ends = []
            for number in (decision.first, decision.second):
                reading, n = (number, 0) if item.kind != "incident" else claims.places["events", number]
                ends.append([facts[reading].content, "events" if n else "", n])
            said = {name: getattr(item, name) for name in ("kind", "together", "by", "why", "at")}
            yield {**said, "first": ends[0], "second": ends[1]}


def _readings_of(connection: Connection, items: Iterable[Decided]) -> list[int]:
    readings, articles, found = schema.readings.c, schema.articles.c, list[int]()
    for some in chunks(sorted({target.document for item in items for target in item.targets})):
        query = select(readings.id).join_from(schema.readings, schema.articles, articles.id == readings.article_id)
        found += connection.execute(query.where(articles.document_id.in_(some), readings.live == LIVE)).scalars()
    return sorted(found)
