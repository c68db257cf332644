"""What pages ask of groups across reports, beside lists: what a report or a claim is part of, the reports and copies of a group, counts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from readout.errors import UsageError
from readout.record import linked, schema
from readout.record.asking import Day
from readout.record.claims import ReportRow
from readout.record.conditions import Asked, understand
from readout.record.facets import shown, values_of
from readout.record.fetching import FETCH
from readout.record.groups import (
    CopyRow,
    GroupRow,
    GroupsAsked,
    conditions_on,
    group_columns,
    group_of,
    holding,
    member_is,
    report_ids,
)
from readout.record.kinds import FACETS
from readout.record.moments import as_of
from readout.record.record import Record
from readout.record.rows_in_order import among, among_words, row_columns


@dataclass(frozen=True, slots=True)
class Part:
    """What something is part of: the group, and the claim that is in it ("events/12"), None where it is the report."""

    group: GroupRow
    claim: str | None


def parts_of_readings(
    record: Record, readings: Sequence[int], *, least: int = 2, kind: str | None = None
) -> tuple[Part, ...]:
    """The groups that some reports (by the numbers of their readings), or their claims, are in; those of most reports first.

    Args:
        record: the record.
        readings: the reports.
        least: only groups of so many reports.
        kind: only groups of a kind.
    """
    member = linked.members.c
    with record.asking() as connection:
        of = [among(connection, member.reading_id, readings), *([member.kind == kind] if kind else [])]
        return _parts(connection, of, least)


def parts_of_claims(record: Record, name: str, numbers: Sequence[int], *, least: int = 1) -> tuple[Part, ...]:
    """The groups that some claims are in, by the name of their kind and their numbers."""
    member = linked.members.c
    with record.asking() as connection:
        return _parts(connection, [member.claim == name, among(connection, member.claim_id, sorted(numbers))], least)


def _parts(connection: Connection, of: Iterable[ColumnElement[bool]], least: int) -> tuple[Part, ...]:
    member, group = linked.members, linked.groups
    columns = [*group_columns(), member.c.claim, member.c.claim_id]
    on = (member.c.kind == group.c.kind) & (member.c.key == group.c.key)
    # Seen of each group that is come to: SQLite would begin with all groups of so many reports.
    stmt = select(*columns).join_from(member, group, on).where(*of, group.c.reports + 0 >= least)
    order = (group.c.reports.desc(), group.c.kind, group.c.key, member.c.n)
    rows = connection.execute(stmt.order_by(*order)).all()
    return tuple(Part(group_of(row), f"{row.claim}/{row.claim_id}" if row.claim else None) for row in rows)


def groups_named(record: Record, kind: str, keys: Sequence[str]) -> tuple[GroupRow, ...]:
    """Groups by their keys, those of most reports first; keys that are none are left out."""
    table = linked.groups
    with record.asking() as connection:
        stmt = select(*group_columns()).where(table.c.kind == kind, table.c.key.in_(keys))
        return tuple(group_of(row) for row in connection.execute(stmt.order_by(table.c.reports.desc(), table.c.key)))


def reports_numbered(record: Record, readings: Sequence[int]) -> dict[int, ReportRow]:
    """Reports by the numbers of their readings, newest or not; those under embargo are left out."""
    table = schema.readings
    with record.asking() as connection:
        when = as_of(connection, None, record.now())
        rows = connection.execute(
            select(*row_columns(table)).where(among(connection, table.c.id, sorted(set(readings))))
        ).all()
        seen = [row for row in rows if row.article_id not in when.embargoed]
        return {row.reading: row for row in FETCH["reports"](connection, seen, when)} if seen else {}


def texts_of(record: Record, readings: Sequence[int]) -> dict[int, str]:
    """The texts of reports, by the numbers of their readings."""
    table = schema.readings
    with record.asking() as connection:
        of = among(connection, table.c.id, sorted(set(readings)))
        return {row.id: row.text for row in connection.execute(select(table.c.id, table.c.text).where(of))}


def copies_among(record: Record, readings: Sequence[int]) -> tuple[CopyRow, ...]:
    """Which of some reports (by the numbers of their readings) are made from which."""
    table, numbers = linked.links, sorted(set(readings))
    with record.asking() as connection:
        both = (among(connection, table.c.first_id, numbers), among(connection, table.c.second_id, numbers))
        rows = connection.execute(select(table).where(*both).order_by(table.c.first_id, table.c.second_id)).all()
        ids = report_ids(connection, [number for row in rows for number in (row.first_id, row.second_id)])
    return tuple(
        CopyRow(
            ids[row.first_id], ids[row.second_id], row.first_id, row.second_id, row.kind, row.rule, row.score,
            tuple(json.loads(row.reasons)),
        )
        for row in rows
    )  # fmt: skip


def moment_named(record: Record, day: Day | None) -> str | None:
    """The moment that a day or a moment names, in UTC, a day meaning its end.

    Raises:
        UsageError: it is none.
    """
    with record.asking() as connection:
        return as_of(connection, day, record.now()).known


@dataclass(frozen=True, slots=True)
class Summary:
    """How many groups answer, how many of them begin on each day, and their keys where there are not more than were wanted."""

    total: int
    days: Mapping[str, int]
    keys: tuple[str, ...] | None


def summary_of(record: Record, asked: GroupsAsked, most: int) -> Summary:
    """What is said of all groups that are asked for; their keys are in it where they are at most so many."""
    table = linked.groups
    with record.asking() as connection:
        holds = conditions_on(connection, asked, everything=True)
        if asked.filters:
            rows = connection.execute(select(table.c.key, table.c.start).where(*holds)).all()
            days = dict(sorted(Counter(row.start for row in rows).items()))
            return Summary(len(rows), days, tuple(row.key for row in rows) if len(rows) <= most else None)
        stmt = select(table.c.start, func.count()).where(*holds).group_by(table.c.start).order_by(table.c.start)
        days = {row[0]: row[1] for row in connection.execute(stmt)}
        total = sum(days.values())
        keys = tuple(connection.execute(select(table.c.key).where(*holds)).scalars()) if total <= most else None
    return Summary(total, days, keys)


def count_groups(
    record: Record, asked: GroupsAsked, field: str, limit: int, keys: Sequence[str] | None = None
) -> dict[str, int]:
    """How many groups have a report or claim with each value of a field, the commonest first; "" is what has no value.

    Args:
        record: the record.
        asked: which groups; of a group that is whole in the answer, only the members that the filters choose are counted by.
        field: as for `Record.facets` of what the filters choose.
        limit: so many values at most.
        keys: the keys of the groups, where they are known and few.

    Raises:
        UsageError: they are not counted by that field.
    """
    known = FACETS[asked.of]
    if field not in known:
        raise UsageError(f"{asked.kind}s are not counted by {field!r}: they are by {', '.join(known)}")
    with record.asking() as connection:
        wanted = understand(connection, asked.of, asked.filters, as_of(connection, None, asked.now))
        if field == "country" and asked.of != "reports":
            sides = [_within(connection, _country(wanted, side), wanted, asked, keys) for side in (0, 1)]
            both = sides[0].union(*sides[1:]).subquery()
            value: ColumnElement[Any] = both.c.value
            stmt = select(value.label("value"), func.count(both.c.key.distinct()).label("number"))
        else:
            value, values = values_of(connection, wanted, field)
            stmt = _within(connection, values, wanted, asked, keys)
            number = func.count(linked.members.c.key.distinct())
            stmt = stmt.with_only_columns(value.label("value"), number.label("number"))
        rows = connection.execute(stmt.group_by(value)).all()
    first = sorted(((shown(row.value), row.number) for row in rows), key=lambda pair: (-pair[1], pair[0]))
    return dict(first[:limit])


def _country(wanted: Asked, side: int) -> Select[Any]:
    of = (schema.parties.alias("counted"), schema.claim_places.alias("located"))[side]
    on = (of.c.claim == wanted.kind) & (of.c.claim_id == wanted.table.c.id) & of.c.country.is_not(None)
    return select(of.c.country.label("value"), linked.members.c.key).select_from(wanted.table).join(of, on)


def _within(
    connection: Connection, stmt: Select[Any], wanted: Asked, asked: GroupsAsked, keys: Sequence[str] | None
) -> Select[Any]:
    """A select of reports or claims, of those alone that are members of groups that are asked for. The way goes from the groups to their
    members and from these to their rows: from the rows there are far more ways than lead to a group of several reports."""
    member, group = linked.members.c, linked.groups.c
    large = select(group.key).where(group.kind == asked.kind, group.reports >= asked.least)
    mine = among_words(connection, member.key, keys) if keys is not None else member.key.in_(large)
    stmt = stmt.join(linked.members, member_is(asked.of, wanted)).where(
        member.kind == asked.kind, mine, *holding(wanted)
    )
    stmt = stmt.with_hint(linked.members, "INDEXED BY sqlite_autoindex_linked_members_1", "sqlite")
    return stmt.with_hint(wanted.table, "NOT INDEXED", "sqlite")
