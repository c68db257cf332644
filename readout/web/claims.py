"""One claim: its values, its sentence, why it was read, what people said of it, and the form to correct it."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import Response

from readout import knowledge
from readout.errors import UsageError
from readout.explaining import Explanation
from readout.record.claims import Claim, EventClaim, FigureClaim, Party, StatementClaim
from readout.record.fields import READERS
from readout.record.tallies import claim_of
from readout.types import Bound, Event, EventType, FigureKind, Report, Sourcing, StatementKind, Status
from readout.web import part_of
from readout.web.marking import anchor, sentence_in
from readout.web.reports import done_of, report_of
from readout.web.site import Site, site_of

_EMPTY = ("none",)
_PATIENCE = 20.0  # seconds
_READING = threading.Lock()  # one explanation at a time: each reads an article


@dataclass(frozen=True, slots=True)
class Field:
    """A value in the form: its name, what it is now, as the log writes it, and the choices where there are few."""

    name: str
    value: str
    choices: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """Why an event was read, or why that cannot be said."""

    explanation: Explanation | None
    note: str = ""


def choices_of(kind: str, name: str) -> tuple[str, ...]:
    """The words that a value may be, where they are few."""
    few: dict[tuple[str, str], tuple[str, ...]] = {
        ("events", "type"): get_args(EventType),
        ("events", "status"): get_args(Status),
        ("events", "news"): ("yes", "no"),
        ("statements", "kind"): get_args(StatementKind),
        ("statements", "sourcing"): (*_EMPTY, *get_args(Sourcing)),
        ("figures", "kind"): get_args(FigureKind),
        ("figures", "bound"): get_args(Bound),
    }
    if (kind, name) == ("figures", "measure"):
        return (*_EMPTY, *knowledge.load("figures/words.yaml")["measures"])
    return few.get((kind, name), ())


_HINTS: Mapping[str, str] = {
    "mode": "a mode of the type, or none",
    "act": "as RETREAT/withdraw",
    "actors": "names, with ; between",
    "recipients": "names, with ; between",
    "sources": "names, with ; between",
    "places": "names, with ; between",
    "addressees": "names, with ; between",
    "date": "2025-03-10 or 2025-03-10/2025-03-12",
    "contexts": "words, with ; between",
    "span": "words of the text, or 120-180",
    "speaker": "a name",
    "source": "a name",
    "day": "2025-03-10",
    "since": "2025-03-10",
    "as_of": "2025-03-10",
    "cue": "words of the text",
    "content": "words of the text",
}


def fields_of(claim: Claim, kind: str) -> tuple[Field, ...]:
    """The form's values as they are now."""
    now = _now(claim)
    return tuple(Field(name, now.get(name, ""), choices_of(kind, name), _HINTS.get(name, "")) for name in READERS[kind])


def _now(claim: Claim) -> dict[str, str]:
    span = f"{claim.span[0]}-{claim.span[1]}"
    if isinstance(claim, EventClaim):
        date = claim.start if claim.start == claim.end else f"{claim.start or '..'}/{claim.end or '..'}"
        return {
            "type": claim.type,
            "mode": claim.mode or "none",
            "act": "/".join(filter(None, (claim.act.type, claim.act.mode))),
            "status": claim.status,
            "actors": _names(claim.actors),
            "recipients": _names(claim.recipients),
            "sources": _names(claim.sources),
            "places": "; ".join(place.name for place in claim.places) or "none",
            "date": date or "none",
            "contexts": "; ".join(claim.contexts) or "none",
            "news": "yes" if claim.news else "no",
            "span": span,
        }
    if isinstance(claim, StatementClaim):
        return {
            "kind": claim.kind,
            "sourcing": claim.sourcing or "none",
            "channel": claim.channel or "none",
            "speaker": _names(claim.speakers),
            "addressees": _names(claim.addressees),
            "cue": claim.cue or "none",
            "content": claim.content,
            "day": claim.day or "none",
            "span": span,
        }
    return {**_figure(claim), "span": span}


def _figure(claim: FigureClaim) -> dict[str, str]:
    plain = {
        name: getattr(claim, name)
        for name in ("kind", "value", "low", "high", "bound", "unit", "measure", "population")
    }
    found = {name: "none" if value is None else _plain(value) for name, value in plain.items()}
    places = "; ".join(place.name for place in claim.places) or "none"
    return {
        **found,
        "places": places,
        "source": _names(claim.sources),
        "since": claim.since or "none",
        "as_of": claim.as_of or "none",
    }


def _plain(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _names(parties: tuple[Party, ...]) -> str:
    return "; ".join(party.name for party in parties if party.name) or "none"


def found_claim(site: Site, kind: str, number: str) -> tuple[Claim, int]:
    """A claim and whether it answers.

    Raises:
        HTTPException: 404, there is none.
    """
    try:
        return claim_of(site.record, f"{kind}/{number}")
    except UsageError as error:
        raise HTTPException(404, str(error)) from error


def why_of(site: Site, claim: EventClaim) -> Why:
    """Why the present reader reads an event so: the report is read again."""
    from readout.explaining import explain
    from readout.reading import read_with_document
    from readout.sources.article import Article

    if claim.correction is not None:
        return Why(None, "A person made this event: see its history below.")
    report = report_of(site, claim.report, None)
    article = Article(text=report.text, published=report.published, title=report.title, publisher=report.publisher)
    if not _READING.acquire(timeout=_PATIENCE):
        return Why(None, "Others are asking for reasons too: try again in a moment.")
    try:
        again, document = read_with_document(article, keep_text=True)
    finally:
        _READING.release()
    event = next((event for event in again.events if _same(event, claim)), None)
    if event is None:
        return Why(None, "The present reader does not read this event in the report: it was read by another version.")
    return Why(
        explain(again, document, event),
        "" if _by_present(again, report) else "Explained by the present reader; an older one read the report.",
    )


def _same(event: Event, claim: EventClaim) -> bool:
    return event.span == claim.span and event.act.type == claim.act.type


def _by_present(again: Report, report: Report) -> bool:
    return again.reader == report.reader


def claim_page(request: Request, kind: str, number: str) -> Response:
    """A claim."""
    site = site_of(request)
    claim, live = found_claim(site, kind, number)
    why = why_of(site, claim) if request.query_params.get("why") and isinstance(claim, EventClaim) else None
    text = site.record.report(claim.report).text if live else ""
    return site.page(
        request,
        "claim.html",
        kind=kind,
        claim=claim,
        live=live,
        why=why,
        fields=fields_of(claim, kind),
        sentence=sentence_in(text, claim.quote, claim.span),
        history=site.record.history(f"{kind}/{claim.id}"),
        seen=site.record.last_correction(),
        done=done_of(request),
        anchor=anchor(kind, claim.id),
        back="claim",
        whole=part_of.of_claim(site, kind, claim.id, claim.reading),
        paths=part_of.PATHS,
    )


router = APIRouter()
router.add_api_route("/claims/{kind}/{number}", claim_page, methods=["GET"])
