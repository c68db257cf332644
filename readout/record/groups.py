"""What is stored of links and groups across reports, as rows: listed in pages, looked up by report, by claim, by key."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, or_, select, tuple_

from readout.errors import UsageError
from readout.record import linked, schema
from readout.record.asking import conditions_of
from readout.record.claims import Page, _Json
from readout.record.conditions import Asked, understand
from readout.record.filters import Filters
from readout.record.log import check_text, claim_named
from readout.record.moments import as_of
from readout.record.ordering import Order, Place, to_cursor
from readout.record.rows_in_order import among_words, capped_count

_PAGE = 1_000
#: From so many claims groups are found; from more where all groups are wanted, and not those of one page, which are soon come by.
_FEW, _FEW_FOR_ALL = 3_000, 30_000
#: So many claims are found before any group is looked at.
_FEW_TO_HOLD = 60_000
#: The orders of groups, each with the columns that it sorts by; the first is the default, from the greatest down.
ORDERS: dict[str, tuple[str, ...]] = {
    "reports": ("reports", "end"), "sources": ("sources", "end"), "latest": ("end",), "start": ("start",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GroupRow(_Json):
    """A group of reports or claims in a list: a story, an incident, a ledger.

    Attributes:
        kind, key: what it is, and its id, which is the same in every record of the same reports.
        title: what it is about, in the reports' words or in those of the codebook.
        start, end: the first and the last day.
        reports, sources: how many reports it has, and how many of them do not come from each other.
        members: how many reports, claims or figures.
    """

    kind: str
    key: str
    title: str
    start: str
    end: str
    reports: int
    sources: int
    members: int


@dataclass(frozen=True, slots=True)
class GroupMember(_Json):
    """A report of a group (`report` its id, `reading` its number), or a claim of it ("events/12"): by which rule it is in it, how surely
    (0 to 1, None where nothing was weighed), and why."""

    kind: str
    key: str
    report: str
    reading: int
    claim: str | None
    score: float | None
    rule: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CopyRow(_Json):
    """Two reports of which the second is made from the words of the first, by their ids and numbers; how, by which rule, and why."""

    first: str
    second: str
    first_reading: int
    second_reading: int
    kind: str
    rule: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupsAsked:
    """Which groups are asked for: of a kind, of so many reports at least, with a member among what filters choose: `of` the reports, or the
    events or figures. `keys` are those of all that answer, where they are known."""

    kind: str
    filters: Filters
    least: int
    order: Order
    now: str
    of: str = "reports"
    keys: tuple[str, ...] | None = None

    @property
    def name(self) -> str:
        """What makes it the same question, for cursors."""
        by = "" if self.of == "reports" else f"{self.of} "
        return f"{self.kind} {self.least} {by}{self.filters.to_text()}"


def order_of(given: str | None) -> Order:
    """The order that a caller names: "latest", from the first on, or "-latest", from the last back; None is "-reports".

    Raises:
        UsageError: there is no such order.
    """
    name = (given or "-reports").removeprefix("-")
    if name not in ORDERS:
        raise UsageError(
            f"groups are not ordered by {name!r}: they are by {', '.join(ORDERS)}, or backwards by -{name}"
        )
    return Order(name, ORDERS[name][0], given is None or given != name)


def page(
    connection: Connection, asked: GroupsAsked, limit: int, cursor: str | None, *, total: bool = False
) -> Page[GroupRow]:
    """A page of groups.

    Raises:
        UsageError: the cursor is none of this question's, or `limit` is no number from 1 to 1000.
    """
    if not 1 <= limit <= _PAGE:
        raise UsageError(f"a page has from 1 to {_PAGE} entries, not {limit}")
    table = linked.groups
    sorted_by = [*(table.c[name] for name in ORDERS[asked.order.name]), table.c.key]
    conditions = conditions_on(connection, asked)
    query = select(*group_columns()).where(*conditions)
    if cursor is not None:
        here, there = tuple_(*sorted_by), tuple_(*_from_cursor(asked, cursor))
        query = query.where(here < there if asked.order.descending else here > there)
    ways = [column.desc() if asked.order.descending else column.asc() for column in sorted_by]
    rows = connection.execute(query.order_by(*ways).limit(limit + 1)).all()
    next_ = None
    if len(rows) > limit:
        last = rows[limit - 1]
        values = [getattr(last, name) for name in ORDERS[asked.order.name]]
        next_ = to_cursor("groups", asked.order, asked.name, Place(values, last.key))
    count = None
    if total:
        count = connection.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one()
    return Page(tuple(group_of(row) for row in rows[:limit]), next_, count)


def group_columns() -> list[ColumnElement[Any]]:
    """The columns of the groups that their rows are made of."""
    return [linked.groups.c[name] for name in GroupRow.__dataclass_fields__]


def group_of(row: Row[Any]) -> GroupRow:
    """A group from its row."""
    return GroupRow(**{name: getattr(row, name) for name in GroupRow.__dataclass_fields__})


def conditions_on(connection: Connection, asked: GroupsAsked, *, everything: bool = False) -> list[ColumnElement[bool]]:
    """All that holds for the groups that are asked for; `everything` where all of them are wanted."""
    table = linked.groups
    found = [table.c.kind == asked.kind]
    if asked.least > 1:
        found.append(table.c.reports >= asked.least)
    if asked.keys is not None:
        found.append(among_words(connection, table.c.key, asked.keys))
    elif asked.filters:
        wanted = understand(connection, asked.of, asked.filters, as_of(connection, None, asked.now))
        found.append(
            _from_few(connection, asked, wanted)
            if _are_few(connection, wanted, _FEW_FOR_ALL if everything else _FEW)
            else _from_groups(connection, asked, wanted)
        )
    return found


def _are_few(connection: Connection, wanted: Asked, most: int) -> bool:
    """Whether so few reports or claims can answer that the groups are found from them; else each group is looked at."""
    ways = (*wanted.found, *wanted.ranges.values())
    return wanted.nothing or any(capped_count(connection, way.ids, most) < most for way in ways)


def _from_few(connection: Connection, asked: GroupsAsked, wanted: Asked) -> ColumnElement[bool]:
    member = linked.members.c
    answers = select(wanted.table.c.id).where(*conditions_of(connection, wanted))
    among: ColumnElement[bool] = member.reading_id.in_(answers)
    if asked.of != "reports":
        among = and_(member.claim == asked.of, member.claim_id.in_(answers))
    return linked.groups.c.key.in_(select(member.key).where(member.kind == asked.kind, among))


def _from_groups(connection: Connection, asked: GroupsAsked, wanted: Asked) -> ColumnElement[bool]:
    member, group = linked.members.c, linked.groups.c
    if asked.of != "reports" and _are_few(connection, wanted, _FEW_TO_HOLD):
        # Found once, by an index, and not seen in the row of each member.
        answers = select(wanted.table.c.id).where(*conditions_of(connection, wanted))
        mine = (member.kind == group.kind, member.key == group.key, member.claim == asked.of)
        return exists(select(1).where(*mine, (member.claim_id + 0).in_(answers)).correlate(linked.groups))
    inside = [member.kind == group.kind, member.key == group.key, member_is(asked.of, wanted), *holding(wanted)]
    return exists(select(1).select_from(linked.members.join(wanted.table, and_(*inside))).correlate(linked.groups))


def member_is(of: str, wanted: Asked) -> ColumnElement[bool]:
    """Whether a member is the report or the claim of a row."""
    member, row = linked.members.c, wanted.table.c.id
    return member.reading_id == row if of == "reports" else and_(member.claim == of, member.claim_id == row)


def holding(wanted: Asked) -> list[ColumnElement[bool]]:
    """All that holds for a row that is at hand, where it answers."""
    return [wanted.standing, *wanted.rest, *(item.holds for item in (*wanted.found, *wanted.ranges.values()))]


def _from_cursor(asked: GroupsAsked, cursor: str) -> list[Any]:
    """The values by which the last group before a page is sorted, its key last."""
    names = ORDERS[asked.order.name]
    try:
        content = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        values, key = content[3], content[4]
        whole = to_cursor("groups", asked.order, asked.name, Place(values, key)) == cursor
    except (binascii.Error, ValueError, TypeError, IndexError, KeyError):
        raise UsageError("the cursor is none: ask for the first page again") from None
    kinds = [int if name in ("reports", "sources") else str for name in names]
    fits = isinstance(values, list) and [type(value) for value in values] == kinds and isinstance(key, str)
    if not whole or not fits or not all(_is_kept(value) for value in (*values, key)):
        raise UsageError("the cursor is of another question: ask for the first page again")
    return [*values, key]


def _is_kept(value: str | int) -> bool:
    """Whether a value is one that a database can have."""
    return abs(value) < 2**31 if isinstance(value, int) else value.isascii() and "\0" not in value


def group_named(connection: Connection, kind: str, key: str) -> GroupRow:
    """A group by its key, or by how that begins.

    Raises:
        UsageError: there is none, or there are several.
    """
    check_text("the id", key)
    rows = beginning_with(connection, kind, key)
    if not key or not rows:
        raise UsageError(f"there is no {kind} {key!r} in the record")
    if len(rows) > 1:
        raise UsageError(
            f"several begin with {key!r}: {', '.join(row.key for row in rows[:5])}{' …' if rows[5:] else ''}"
        )
    return rows[0]


def beginning_with(connection: Connection, kind: str, beginning: str) -> list[GroupRow]:
    """The groups of a kind whose keys begin with some letters, the first six."""
    table = linked.groups
    begins = [table.c.key.startswith(beginning, autoescape=True)]
    if connection.dialect.name == "sqlite":  # LIKE would look at every key
        begins = [table.c.key >= beginning, table.c.key < beginning + "\U0010ffff"]
    mine = select(*group_columns()).where(table.c.kind == kind, *begins)
    return [group_of(row) for row in connection.execute(mine.order_by(table.c.key).limit(6))]


def bodies(connection: Connection, kind: str, keys: Sequence[str]) -> dict[str, bytes]:
    """What is stored of some groups, packed, by key."""
    table, found = linked.groups, dict[str, bytes]()
    for at in range(0, len(keys), 500):
        some = select(table.c.key, table.c.body).where(table.c.kind == kind, table.c.key.in_(keys[at : at + 500]))
        found.update((row.key, row.body) for row in connection.execute(some))
    return found


def members_of(connection: Connection, kind: str, key: str) -> Iterator[GroupMember]:
    """The members of a group, in its order."""
    table = linked.members
    yield from _members(connection, select(table).where(table.c.kind == kind, table.c.key == key).order_by(table.c.n))


def memberships(connection: Connection, of: str) -> Iterator[GroupMember]:
    """Where a report (by its id) or a claim ("events/12") is a member, the groups of one kind together.

    Raises:
        UsageError: there is no such report or claim.
    """
    table = linked.members
    if "/" in of and of.partition("/")[0] in schema.CLAIMS:
        claim, number = claim_named(of)
        query = select(table).where(table.c.claim == claim, table.c.claim_id == number)
    else:
        query = select(table).where(table.c.reading_id.in_(readings_of(connection, of)))
    yield from _members(connection, query.order_by(table.c.kind, table.c.key, table.c.n))


def _members(connection: Connection, query: Select[Any]) -> Iterator[GroupMember]:
    rows = connection.execute(query).all()
    ids = report_ids(connection, [row.reading_id for row in rows])
    for row in rows:
        yield GroupMember(
            kind=row.kind,
            key=row.key,
            report=ids[row.reading_id],
            reading=row.reading_id,
            claim=f"{row.claim}/{row.claim_id}" if row.claim else None,
            score=row.score,
            rule=row.rule,
            reasons=tuple(json.loads(row.reasons)),
        )


def copies_of(connection: Connection, report: str) -> Iterator[CopyRow]:
    """The links between a report (by its id) and those that it is made from or that are made from it.

    Raises:
        UsageError: there is no such report.
    """
    table = linked.links
    mine = readings_of(connection, report)
    of = or_(table.c.first_id.in_(mine), table.c.second_id.in_(mine))
    rows = connection.execute(select(table).where(of).order_by(table.c.first_id, table.c.second_id)).all()
    ids = report_ids(connection, [number for row in rows for number in (row.first_id, row.second_id)])
    for row in rows:
        two = (ids[row.first_id], ids[row.second_id], row.first_id, row.second_id)
        yield CopyRow(*two, row.kind, row.rule, row.score, tuple(json.loads(row.reasons)))


def readings_of(connection: Connection, report: str) -> list[int]:
    """The numbers of the readings of a report, by its id.

    Raises:
        UsageError: there is no such report.
    """
    check_text("the report's id", report)
    table = schema.readings
    found = list(connection.execute(select(table.c.id).where(table.c.report_id == report)).scalars())
    if not found:
        raise UsageError(f"there is no report {report!r} in the record")
    return found


def report_ids(connection: Connection, readings: Iterable[int]) -> dict[int, str]:
    """The ids of reports by the numbers of their readings."""
    table, numbers, found = schema.readings, sorted(set(readings)), dict[int, str]()
    for at in range(0, len(numbers), 5000):
        some = select(table.c.id, table.c.report_id).where(table.c.id.in_(numbers[at : at + 5000]))
        found.update((row.id, row.report_id) for row in connection.execute(some))
    return found
