"""One linking: what is to be looked at, what shows across it, and that written into the record in one transaction."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, and_, delete, func, insert, or_, select

from readout.across.linking.carrying import Stored, Zone, carry
from readout.across.linking.deciding import decisions_on, standing
from readout.across.linking.kinds import Outside
from readout.across.linking.registry import LINKED
from readout.across.linking.storing import GroupRows, outside_of, rows_of, touching, unpack, write_groups, write_links
from readout.across.linking.windows import everything, window
from readout.across.loading import load_facts
from readout.across.whole import Across
from readout.record import Record, linked, schema
from readout.record.bulk import insert_rows
from readout.record.removing import chunks
from readout.record.schema import LIVE
from readout.record.unlinking import Pending, mark, mark_articles, pending
from readout.record.writing import Numbers
from readout.version import __version__

_TRIES = 3  # after so many, what people say meanwhile is left for the next time


@dataclass(frozen=True, slots=True)
class Linked:
    """What came of a linking.

    Attributes:
        scope: "full", "part", "blocks" where groups of blocks were joined, or "none" where nothing was to be done.
        reports: how many were looked at; `new` of them were not linked as they stood.
        links: copies that the record has now.
        groups: how many groups of each kind with at least two reports it has now.
        seconds: how long it took.
    """

    scope: str
    reports: int = 0
    new: int = 0
    links: int = 0
    groups: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(slots=True)
class _Plan:
    """What is to be looked at: `chosen` readings, which are the `whole` record or a part. `stamp` says in which state that was."""

    stamp: tuple[int, int, int]
    waiting: Pending
    chosen: list[int]
    whole: bool
    anew: bool
    decided: list[Any]
    started: str


def link(record: Record, full: bool = False) -> Linked:
    """Finds what shows across the reports of a record, and stores it in the place of what was stored before.

    After reports were added, read again, corrected or withdrawn, only what they can touch is looked at: the reports around them in time.
    A record of few reports is always looked at whole (docs/linking.md says how few, and what then differs). Killed at any moment, it
    leaves what was stored before.

    Args:
        record: which; its reports are held in memory as far as they are looked at.
        full: look at all of them, and make everything anew.

    Raises:
        RecordError: one of its kinds; nothing was changed.
    """
    began = time.monotonic()
    for tries in range(_TRIES):
        done = _tried(record, full, last=tries == _TRIES - 1)
        if done is not None:
            return _counted(record, done, began)
    with record.writing() as held:  # reports come and go all the time: this once, all that write wait
        done = _tried(record, full, last=True, held=held)
    assert done is not None, "nothing changed meanwhile"
    return _counted(record, done, began)


def _tried(record: Record, full: bool, *, last: bool, held: Connection | None = None) -> Linked | None:
    """One try; None where it has to be done again, as something was changed that was looked at.

    At the `last`, what people said meanwhile of what was looked at is as if they had said it afterwards: it is not linked yet.
    """
    plan = _plan(record, full)
    if plan is None:
        return Linked("none")
    across = Across(load_facts(record, plan.chosen))
    across.decisions = decisions_on(plan.decided, across.reports)
    # The work is done before anybody has to wait for it.
    found = {kind.name: kind.items(across) for kind in LINKED}
    rows = {kind.name: rows_of(kind, found[kind.name]) for kind in LINKED} if plan.whole else {}
    with nullcontext(held) if held is not None else record.writing() as connection:
        if not _still_stands(connection, plan, across):
            return None
        said = _said_since(connection, plan)
        if said and not last:
            return None
        _write(connection, plan, across, found, rows)
        mark_articles(connection, said)
        return _note(connection, record, plan, across)


def _plan(record: Record, full: bool) -> _Plan | None:
    with record.asking() as connection:
        now = record.now()
        waiting = pending(connection, now)
        if not full and not waiting.new and not waiting.gone:
            return None
        part = None if full else window(connection, [*waiting.new, *waiting.gone], now)
        chosen = everything(connection, now) if part is None else part
        return _Plan(_stamp(connection), waiting, chosen, part is None, full, standing(connection), now)


def _stamp(connection: Connection) -> tuple[int, int, int]:
    """The last correction, decision and linking."""
    columns = (schema.corrections.c.id, linked.decisions.c.id, linked.linkings.c.id)
    first, second, third = (int(connection.execute(select(func.max(column))).scalar() or 0) for column in columns)
    return first, second, third


def _still_stands(connection: Connection, plan: _Plan, across: Across) -> bool:
    """Whether the reports that were looked at are still those that answer, and nobody else has linked. Reports that came meanwhile are
    linked the next time."""
    readings, live = schema.readings, 0
    for some in chunks(sorted(across.reports)):
        still = select(func.count()).select_from(readings).where(readings.c.id.in_(some), readings.c.live == LIVE)
        live += connection.execute(still).scalar_one()
    return live == len(across.reports) and _stamp(connection)[2] == plan.stamp[2]


def _said_since(connection: Connection, plan: _Plan) -> set[int]:
    """The articles of which people corrected something since, or decided something, or took a decision back."""
    corrections, decided = schema.corrections.c, linked.decisions.c
    corrected, last, _ = plan.stamp
    found = set(connection.execute(select(corrections.article_id).where(corrections.id > corrected)).scalars())
    standing_then = [item.number for item in plan.decided]
    taken_back = and_(decided.id.in_(standing_then), decided.undone_at.is_not(None))
    pairs = select(decided.first_article, decided.second_article).where(or_(decided.id > last, taken_back))
    for row in connection.execute(pairs):
        found.update((row.first_article, row.second_article))
    return found


def _write(
    connection: Connection,
    plan: _Plan,
    across: Across,
    found: Mapping[str, Sequence[Any]],
    rows: Mapping[str, Mapping[str, GroupRows]],
) -> None:
    if plan.whole:
        for kind in LINKED:
            write_groups(connection, kind.name, rows[kind.name], None, anew=plan.anew)
        write_links(connection, across.copies, None, ())
        connection.execute(delete(linked.linked_readings))
    else:
        _write_part(connection, plan, across, found)
        mark(connection, [*plan.waiting.gone, *across.reports])
    insert_rows(connection, linked.linked_readings, [{"reading_id": number} for number in sorted(across.reports)])


def _note(connection: Connection, record: Record, plan: _Plan, across: Across) -> Linked:
    """Notes the run."""
    new = len(across.reports.keys() & set(plan.waiting.new))
    done = Linked("full" if plan.whole else "part", len(across.reports), new, *counts(connection))
    connection.execute(
        insert(linked.linkings).values(
            id=Numbers(connection).take(linked.linkings),
            scope=done.scope,
            started=plan.started,
            ended=record.now(),
            reports=done.reports,
            new=done.new,
            counts=json.dumps({"links": done.links, **done.groups}),
            version=__version__,
        )
    )
    return done


def _write_part(connection: Connection, plan: _Plan, across: Across, found: Mapping[str, Sequence[Any]]) -> None:
    zone = Zone(
        frozenset((*across.reports, *plan.waiting.gone)),
        frozenset(across.reports.keys() - set(plan.waiting.new)),
        across.decisions,
    )
    names: dict[tuple[str, str], str] = {}
    for kind in LINKED:
        there = touching(connection, kind.name, sorted(zone.readings))
        stored = [Stored(key, unpack(kind, body), pieces) for key, (body, pieces) in there.items()]
        reports = _reports(connection, across, stored)
        carried = carry(kind, found[kind.name], stored, zone, reports)
        names.update(carried.names)
        final = carried.items
        if kind.referring is not None:
            final = [kind.referring(item, names) for item in final]
        rows = rows_of(kind, final, _taken(connection, kind.name, {kind.describe(i).key for i in final} - there.keys()))
        write_groups(connection, kind.name, rows, there.keys())
    write_links(connection, across.copies, zone.readings, zone.settled)


def _taken(connection: Connection, kind: str, keys: set[str]) -> set[str]:
    """Those of some keys that stored groups have."""
    table, found, listed = linked.groups, set[str](), sorted(keys)
    for at in range(0, len(listed), 500):
        some = select(table.c.key).where(table.c.kind == kind, table.c.key.in_(listed[at : at + 500]))
        found.update(connection.execute(some).scalars())
    return found


def _reports(connection: Connection, across: Across, stored: Sequence[Stored]) -> dict[int, Outside]:
    """What is known of the reports in some groups, and of all that are looked at."""
    found = {number: Outside.of(report) for number, report in across.reports.items()}
    others = {piece.reading for group in stored for piece in group.pieces} - found.keys()
    return found | outside_of(connection, others)


def counts(connection: Connection) -> tuple[int, dict[str, int]]:
    """How many copies are stored, and how many groups of each kind that have several reports."""
    table = linked.groups
    shared = select(table.c.kind, func.count().label("many")).where(table.c.reports > 1).group_by(table.c.kind)
    many = {row.kind: int(row.many) for row in connection.execute(shared)}
    links = connection.execute(select(func.count()).select_from(linked.links)).scalar_one()
    return int(links), {kind.name: many.get(kind.name, 0) for kind in LINKED}


def _counted(record: Record, done: Linked, began: float) -> Linked:
    links, groups = done.links, done.groups
    if done.scope == "none":
        with record.asking() as connection:
            links, groups = counts(connection)
    return Linked(done.scope, done.reports, done.new, links, groups, time.monotonic() - began)
