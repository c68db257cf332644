"""One report: its text with every span marked, and beside it what was read, with where people may correct it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import Response

from readout.errors import UsageError
from readout.record.claims import Claim, EventClaim, StatementClaim
from readout.record.filters import Filters
from readout.record.moments import as_of as moment_of
from readout.record.tallies import rejected_of
from readout.types import Report, Span
from readout.web import part_of
from readout.web.marking import Mark, anchor, label, marked
from readout.web.site import Site, site_of
from readout.web.wording import act, amount, clean, counted, words

KINDS = ("events", "statements", "figures")


@dataclass(frozen=True, slots=True)
class Card:
    """A claim beside the text: its label ("E3"), its anchor, and the claim."""

    kind: str
    label: str
    anchor: str
    claim: Claim


@dataclass(frozen=True, slots=True)
class Shown:
    """A report as its page shows it."""

    report: Report
    cards: tuple[Card, ...]
    rejected: tuple[Card, ...]
    text: Any
    counts: dict[str, int]


def report_of(site: Site, id_: str, as_of: str | None) -> Report:
    """A report.

    Raises:
        HTTPException: 404, there is none, or not yet.
        UsageError: the day is none.
    """
    with site.record.asking() as connection:
        moment_of(connection, as_of, site.record.now())  # so that a wrong day is not taken for a missing report
    try:
        return site.record.report(id_, as_of=as_of)
    except UsageError as error:
        raise HTTPException(404, str(error)) from error


def shown_of(site: Site, report: Report, as_of: str | None) -> Shown:
    """What was read in a report, in the order of its text."""
    standing = _claims(site, Filters.of(report=report.id), as_of)
    cards = tuple(_numbered(report, standing))
    rejected = tuple(
        Card(kind, "✕", anchor(kind, claim.id), claim) for kind, claim in rejected_of(site.record, report.id)
    )
    marks = [*_claim_marks(report, cards), *_named_marks(report)]
    counts = {kind: sum(card.kind == kind for card in cards) for kind in KINDS}
    counts |= {"actors": len(report.actors), "places": len(report.places)}
    return Shown(report, cards, rejected, marked(report.text, marks), counts)


def _claims(site: Site, filters: Filters, as_of: str | None) -> list[tuple[str, Claim]]:
    found: list[tuple[str, Claim]] = []
    for kind in KINDS:
        found += [(kind, claim) for claim in getattr(site.record, kind)(filters, as_of=as_of)]
    return found


def _numbered(report: Report, claims: list[tuple[str, Claim]]) -> Iterator[Card]:
    order = {kind: n for n, kind in enumerate(KINDS)}
    numbers = dict.fromkeys(KINDS, 0)
    whole = _spans_of(report)
    placed = sorted(claims, key=lambda item: (_start(whole, item), order[item[0]], item[1].span, item[1].id))
    for kind, claim in placed:
        numbers[kind] += 1
        yield Card(kind, label(kind, numbers[kind]), anchor(kind, claim.id), claim)


def _start(whole: dict[tuple[str, str], tuple[Span, ...]], item: tuple[str, Claim]) -> int:
    spans = whole.get((item[0], item[1].code)) or (item[1].span,)
    return min(span[0] for span in spans)


def _spans_of(report: Report) -> dict[tuple[str, str], tuple[Span, ...]]:
    """All words of each claim as it was read, by its kind and code: further triggers of an event, what a statement says."""
    found: dict[tuple[str, str], tuple[Span, ...]] = {}
    for event in report.events:
        found["events", event.id] = (event.span, *event.spans)
    for statement in report.statements:
        found["statements", statement.id] = statement.content
    return found


def _claim_marks(report: Report, cards: tuple[Card, ...]) -> Iterator[Mark]:
    whole = _spans_of(report)
    for card in cards:
        spans = whole.get((card.kind, card.claim.code)) or (card.claim.span,)
        title = title_of(card.claim)
        for n, span in enumerate(sorted(spans)):
            yield Mark(span, card.kind, card.anchor, card.label if n == 0 else "", title)


def title_of(claim: Claim) -> str:
    """A claim in a few words."""
    if isinstance(claim, EventClaim):
        who = ", ".join(party.name for party in claim.actors) or "somebody"
        whom = ", ".join(party.name for party in claim.recipients)
        return clean(f"{who}: {act(claim)}{f' → {whom}' if whom else ''} ({words(claim.status)})")
    if isinstance(claim, StatementClaim):
        return clean(f"said by {', '.join(party.name or 'someone' for party in claim.speakers) or 'someone'}")
    return clean(f"{amount(claim)} {counted(claim)}".strip())


def _named_marks(report: Report) -> Iterator[Mark]:
    for n, actor in enumerate(report.actors):
        for span in actor.mentions:
            yield Mark(span, "actors", f"actor-{n}", "", f"{actor.name}, {words(actor.kind)}")
    for n, place in enumerate(report.places):
        for span in place.mentions:
            yield Mark(span, "places", f"place-{n}", "", f"{place.name}, {words(place.kind)}")


def report_page(request: Request, id: str) -> Response:  # noqa: A002 - its name in the contract
    """A report with its evidence."""
    site = site_of(request)
    as_of = request.query_params.get("as_of", "").strip() or None
    report = report_of(site, id, as_of)
    rows = site.record.page("reports", Filters.of(report=report.id), as_of=as_of, limit=1).items
    return site.page(
        request, "report.html", shown=shown_of(site, report, as_of), report=report, row=rows[0] if rows else None,
        part=part_of.of_report(site, rows[0].reading) if rows and not as_of else part_of.PartOf(), paths=part_of.PATHS,
        as_of=as_of, done=done_of(request), seen=site.record.last_correction(), back="report",
    )  # fmt: skip


def done_of(request: Request) -> int | None:
    """The number of the correction that was just made, which the address says."""
    said = request.query_params.get("done", "")
    return int(said) if said.isdecimal() and len(said) < 10 else None


router = APIRouter()
router.add_api_route("/reports/{id:path}", report_page, methods=["GET"])
