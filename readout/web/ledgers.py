"""Ledgers: the list of them, and one as steps over time, with every revision and contradiction and the table of every number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from readout.across.ledger.making import Ledger
from readout.across.linking import load_plain
from readout.exports.members import LedgerNumber, between, ledger_numbers, plain
from readout.json_values import to_json
from readout.record.groups import GroupRow
from readout.record.together import groups_named, parts_of_readings, texts_of
from readout.web.decisions import is_linking
from readout.web.grouped import Family, Found, group_asked, groups_in, routed
from readout.web.marking import sentence_in
from readout.web.site import Site, site_of
from readout.web.steps import step_chart
from readout.web.wording import BOUNDS

_SHOWN = 200  # numbers on a page, unless all are asked for
_REMARKS = 2  # of a line of the list
#: A sign for each kind of remark beside its words.
SIGNS = {"raised": "▲", "lowered": "▼", "denied": "⊘", "differ": "≠"}


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A ledger in the list: what was known last, and what changed."""

    row: GroupRow
    best: str
    between: str
    remarks: tuple[str, ...]


def lines_of(site: Site, rows: tuple[GroupRow, ...]) -> tuple[LedgerLine, ...]:
    """The lines of the list."""
    found = load_plain(site.record, "ledger", [row.key for row in rows])
    return tuple(_line(row, found[row.key]) for row in rows if row.key in found)


def _line(row: GroupRow, item: dict[str, Any]) -> LedgerLine:
    last = item["days"][-1] if item["days"] else None
    remarks = [f"{SIGNS[remark['kind']]} {remark['words']}" for remark in item["remarks"]]
    more = [f"and {len(remarks) - _REMARKS} more"] if len(remarks) > _REMARKS else []
    return LedgerLine(
        row,
        plain(last["best"]) if last else "–",
        between(last["low"], last["high"]) if last else "–",
        (*remarks[:_REMARKS], *more),
    )


FAMILY = Family(
    "ledger",
    "ledgers",
    "figures",
    "figures",
    "published",
    "Tolls as they were counted over time: who gave which number, and what was revised, denied or differs.",
    "measure:killed place:Gaza",
    lines_of,
)


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """A number in the table: its row, how it is written, and its sentence with its words marked."""

    number: LedgerNumber
    amount: str
    sentence: Markup


def shown_numbers(site: Site, found: Found[Ledger], *, all_: bool) -> tuple[ShownNumber, ...]:
    """The numbers of a page."""
    rows = ledger_numbers(found.item, found.reports)[: None if all_ else _SHOWN]
    texts = texts_of(site.record, [row.reading for row in rows])
    return tuple(
        ShownNumber(row, amount_of(row), sentence_in(texts.get(row.reading, ""), row.quote, row.span)) for row in rows
    )


def amount_of(row: LedgerNumber) -> str:
    """A number as its report gives it."""
    if row.bound == "range" and row.low is not None and row.high is not None:
        return f"{plain(row.low)}–{plain(row.high)}"
    return BOUNDS.get(row.bound, "") + plain(row.best)


def ledger_page(request: Request, key: str) -> Response:
    """A ledger."""
    site = site_of(request)
    found: Found[Ledger] = group_asked(site, request, "ledger", key)
    item, all_ = found.item, request.query_params.get("all") == "yes"
    stories = groups_in(parts_of_readings(site.record, sorted(found.reports), kind="story"))
    return site.page(
        request, "ledger.html", found=found, item=item, told=found.told, as_of=found.as_of, chart=step_chart(item),
        numbers=shown_numbers(site, found, all_=all_), days=item.days[::-1], between=between, plain=plain, signs_of=SIGNS,
        incidents=groups_named(site.record, "incident", item.incidents), stories=stories, linking=is_linking(),
    )  # fmt: skip


def rows(site: Site, request: Request, key: str) -> tuple[Any, tuple[LedgerNumber, ...]]:
    """A ledger as JSON, and its numbers."""
    found: Found[Ledger] = group_asked(site, request, "ledger", key)
    return {**to_json(found.item), "as_of": found.as_of}, ledger_numbers(found.item, found.reports)


router = routed(FAMILY, ledger_page, "numbers of a ledger", rows)
