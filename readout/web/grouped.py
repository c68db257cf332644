"""Lists of what shows across reports: stories, incidents, ledgers and negotiations, each with what narrows them, and as files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, Literal, TypeVar

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import Response

from readout.across.linking import kind_named, load_groups
from readout.across.linking.kinds import Described, Outside
from readout.errors import UsageError
from readout.record.claims import Page, ReportRow
from readout.record.groups import ORDERS, GroupRow, GroupsAsked
from readout.record.together import Part, count_groups, moment_named, reports_numbered, summary_of
from readout.web import charts, files
from readout.web.asked import RESERVED, Asked, filters_of, limit_of
from readout.web.facets import Panel, panel_of
from readout.web.failing import json_answer
from readout.web.site import Site, site_of

Kind = Literal["story", "incident", "ledger", "negotiation"]
Item = TypeVar("Item")
#: How many reports a group of a list has at least, where the address names no other number: most groups are of one report.
LEAST = 2
#: Of so many groups what is not counted by an index alone is counted when it is asked for.
_LARGE = 1_500
_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of groups as their list shows them.

    Attributes:
        kind: as the record names it.
        plural: the name of the list, and of its files.
        of: what the filters choose, and what it is counted by.
        letter: the kind of claims whose colour and letter it has.
        axis: the filter that a day of the timeline is asked by.
        about: what it is, in a sentence.
        hint: a question that can be asked.
        lines: what the lines of the list show of some groups.
    """

    kind: Kind
    plural: str
    of: str
    letter: str
    axis: str
    about: str
    hint: str
    lines: Callable[[Site, tuple[GroupRow, ...]], tuple[Any, ...]]

    @property
    def path(self) -> str:
        """The address of the list."""
        return f"/{self.plural}"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of groups as its page shows it; `waiting` is how many reports are not linked, `linked` whether any ever was, `many`
    whether there are so many that they are counted by a field only when it is asked for."""

    family: Family
    asked: Asked
    page: Page[GroupRow]
    lines: tuple[Any, ...]
    panel: Panel
    timeline: charts.Timeline | None
    waiting: int
    linked: bool
    unknown: tuple[str, ...]
    many: bool

    @property
    def least(self) -> int:
        """How many reports a group has at least."""
        return LEAST if self.asked.least is None else self.asked.least

    @property
    def next(self) -> str | None:
        """The address of the next page."""
        return self.asked.link(cursor=self.page.next) if self.page.next else None


def asked_groups(request: Request, family: Family, path: str | None = None) -> Asked:
    """The question of a request; `path` is the address of the list where it is not that of its page.

    Raises:
        UsageError: a filter, an order or a number is none.
    """
    given = request.query_params.multi_items()
    if sum(len(name) + len(value) for name, value in given) > _LONGEST:
        raise UsageError(f"a question has {_LONGEST:,} letters at most")
    said = {name: value.strip() for name, value in given if name in RESERVED and value.strip()}
    order = said.get("order")
    if order is not None and order.removeprefix("-") not in ORDERS:
        raise UsageError(
            f"{family.plural} are not ordered by {order!r}: they are by {', '.join(ORDERS)}, or backwards with -"
        )
    if "as_of" in said:
        raise UsageError(
            f"{family.plural} are listed as they were linked last: choose one, and add as_of to its address; or ask"
            f" `readout {'ledger' if family.kind == 'ledger' else family.plural} --as-of`"
        )
    return Asked(
        family.of,
        path or family.path,
        filters_of([(name, value) for name, value in given if name not in RESERVED]),
        order=order,
        limit=limit_of(said.get("limit")),
        cursor=said.get("cursor"),
        by=said.get("by"),
        least=_least(said.get("least")),
    )


def _least(text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isdecimal() or len(text) > 6 or int(text) < 1:
        raise UsageError(f"least is how many reports there are at least, from 1, not {text!r}")
    return int(text) if int(text) != LEAST else None


def question(site: Site, family: Family, asked: Asked) -> GroupsAsked:
    """The question as the record takes it."""
    least = LEAST if asked.least is None else asked.least
    return site.record.groups_asked(family.kind, asked.filters, least=least, order=asked.order, of=family.of)


def page_of(
    site: Site, family: Family, asked: Asked, *, total: bool = False, keys: tuple[str, ...] | None = None
) -> Page[GroupRow]:
    """A page of groups; `keys` are those of all that answer, where they are known."""
    least = LEAST if asked.least is None else asked.least
    return site.record.group_page(
        family.kind, asked.filters, least=least, of=family.of, order=asked.order, limit=asked.limit, cursor=asked.cursor,
        total=total, keys=keys,
    )  # fmt: skip


def listing_of(site: Site, family: Family, asked: Asked) -> Listing:
    """All that the page of a list shows."""
    record = site.record
    wanted = question(site, family, asked)
    key = ("groups", family.kind, asked.filters.to_text(), asked.least)
    summary = site.remembered.get(key, lambda: summary_of(record, wanted, _LARGE))
    page = page_of(site, family, asked, keys=summary.keys if asked.filters else None)

    def count(field: str, limit: int) -> dict[str, int]:
        return count_groups(record, wanted, field, limit, summary.keys)

    panel = panel_of(site, asked, summary.total, count, large=_LARGE + 1)
    line = charts.timeline(summary.days, asked.adding(family.axis)) if asked.cursor is None else None
    return Listing(
        family,
        asked,
        Page(page.items, page.next, summary.total),
        family.lines(site, page.items),
        panel,
        line,
        waiting_of(site),
        bool(page.items) or _is_linked(site),
        () if page.items else tuple(record.unknown_names(asked.filters)),
        summary.keys is None,
    )


def waiting_of(site: Site) -> int:
    """How many reports are not linked."""
    return site.remembered.get("unlinked", site.record.unlinked)


def _is_linked(site: Site) -> bool:
    """Whether anything was linked ever."""
    return bool(site.record.group_page("story", limit=1).items)


def orders(asked: Asked) -> tuple[tuple[str, str, bool], ...]:
    """The orders of a list: a name, the address, and whether it holds."""
    now = asked.order or "-reports"
    return tuple((order, asked.link(order=order), order == now) for name in ORDERS for order in (f"-{name}", name))


def list_page(family: Family) -> Callable[[Request], Response]:
    """What answers with the page of a list."""

    def answer(request: Request) -> Response:
        site = site_of(request)
        found = listing_of(site, family, asked_groups(request, family))
        return site.page(
            request, "groups.html", listing=found, asked=found.asked, family=family, files=files.links(found.asked),
            orders=orders(found.asked), charts=charts,
        )  # fmt: skip

    return answer


def list_file(family: Family, ending: str) -> Callable[[Request], Response]:
    """What answers with a list as a file."""

    def answer(request: Request) -> Response:
        site, asked = site_of(request), asked_groups(request, family)
        if ending == "json":
            return json_answer(files.page_value(page_of(site, family, asked, total=True), asked, ".json"))
        limited = "limit" in request.query_params
        least = LEAST if asked.least is None else asked.least
        most = asked.limit if limited else files.MOST
        items = site.record.groups(
            family.kind, asked.filters, least=least, of=family.of, order=asked.order, limit=most, cursor=asked.cursor
        )

        def left(number: int) -> int:
            return (page_of(site, family, replace(asked, cursor=None, limit=1), total=True).total or 0) - number

        return files.sent(
            family.plural, family.plural, items, ending, lambda n: left(n) if not limited and n == most else 0
        )

    return answer


def one_file(
    family: Family, ending: str, table: str, rows: Callable[[Site, Request, str], tuple[Any, Iterable[Any]]]
) -> Callable[..., Response]:
    """What answers with one group as a file: as JSON whole, else what is in it, a row each.

    Args:
        family: the kind.
        ending: the format.
        table: the name of the columns.
        rows: makes the JSON value and the rows from the site, the request and the key.
    """

    def answer(request: Request, key: str) -> Response:
        site = site_of(request)
        value, items = rows(site, request, key)
        if ending == "json":
            return json_answer(value)
        return files.sent(table, f"{family.kind}-{key}", items, ending, lambda n: 0)

    return answer


def found_group(site: Site, kind: Kind, key: str) -> GroupRow:
    """A group by its key, or by how that begins.

    Raises:
        HTTPException: 404, there is none.
    """
    try:
        return site.record.group(kind, key)
    except UsageError as error:
        waiting = waiting_of(site)
        hint = (
            f"; {waiting:,} report{'s are' if waiting != 1 else ' is'} not linked: `readout link` does it"
            if waiting
            else ""
        )
        raise HTTPException(404, f"{error}{hint}") from error


@dataclass(frozen=True, slots=True)
class Found(Generic[Item]):
    """One group as a page shows it: what is told of it, the whole of it, and its reports by the numbers of their readings; with `as_of`,
    only of what was known then."""

    told: Described
    item: Item
    reports: Mapping[int, ReportRow]
    as_of: str | None


def group_asked(site: Site, request: Request, kind: Kind, key: str) -> Found[Any]:
    """The group that an address names; with `as_of`, of those reports that are in it now what was known then.

    Raises:
        HTTPException: 404, there is none, or there was none.
        UsageError: the day is none.
    """
    day = request.query_params.get("as_of", "").strip() or None
    until, known = moment_named(site.record, day), kind_named(kind)
    row = found_group(site, kind, key)
    item = load_groups(site.record, kind, [row.key]).get(row.key)
    if item is None:
        raise HTTPException(404, f"there is no {kind} {key!r} any more: it was linked anew just now")
    told = known.describe(item)
    reports = reports_numbered(site.record, [member.piece.reading for member in told.members])
    seen = {number: report for number, report in reports.items() if until is None or report.known <= until}
    kept = {member.piece for member in told.members if member.piece.reading in seen}
    if not kept:
        raise HTTPException(404, f"no report of {kind} {row.key} was known as of {day}")
    if len(kept) < len(told.members):
        assert known.part is not None
        outside = {number: _outside(report) for number, report in seen.items()}
        item = known.part(item, kept, outside)
        told = replace(known.describe(item), key=row.key)
    return Found(told, item, seen, day)


def groups_in(parts: Iterable[Part]) -> tuple[GroupRow, ...]:
    """The groups that something is part of, each once."""
    return tuple({part.group.key: part.group for part in parts}.values())


def _outside(row: ReportRow) -> Outside:
    return Outside(row.id, row.known, "", row.published, row.title)


def routed(
    family: Family, one: Callable[..., Response], table: str,
    rows: Callable[[Site, Request, str], tuple[Any, Iterable[Any]]],
) -> APIRouter:  # fmt: skip
    """The addresses of a kind: its list, one of it, and both as files."""
    router = APIRouter()
    router.add_api_route(family.path, list_page(family), methods=["GET"])
    for ending in files.ENDINGS:
        router.add_api_route(f"{family.path}.{ending}", list_file(family, ending), methods=["GET"])
        router.add_api_route(f"{family.path}/{{key}}.{ending}", one_file(family, ending, table, rows), methods=["GET"])
    router.add_api_route(f"{family.path}/{{key}}", one, methods=["GET"])
    return router
