"""Exports: every format with what it is for, its columns and what it loses, and the file of what is asked for, sent as it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import Response

from readout.across.source_classes import CLASSES
from readout.errors import UsageError
from readout.exports.asked import HAPPENED
from readout.exports.describing import CALLED, schema
from readout.exports.exporting import REDACTIONS, export, layout_of
from readout.exports.formats import EXPORTS
from readout.exports.formats.fields import Export, Layout
from readout.record.conditions import check_filters
from readout.record.filters import Filters
from readout.record.together import moment_named
from readout.web.asked import filters_of
from readout.web.failing import json_answer
from readout.web.grouped import waiting_of
from readout.web.incidents import RULE_WORDS, rule_asked
from readout.web.site import Site, site_of
from readout.web.streaming import Streamed

Which = Literal["happened", "spoken", "all"]
#: Which events are in a file, in words.
WHICH: dict[Which, str] = {
    "happened": "what happened",
    "spoken": "beside it, requests, refusals, threats and promises that were made",
    "all": "whatever its status: planned, denied, feared, …",
}
#: What is taken out of a file, in words.
REDACTING = {"persons": "call persons who hold no office by a role", "text": "leave out all words of articles"}
#: How a file is written, in words.
WRITTEN: dict[Layout, str] = {
    "csv": "CSV", "tab": "TSV", "bare": "TSV without a header", "jsonl": "JSON lines", "parquet": "Parquet", "geojson": "GeoJSON",
}  # fmt: skip
_MEDIA: dict[Layout, tuple[str, str]] = {
    "csv": ("csv", "text/csv; charset=utf-8"),
    "tab": ("tsv", "text/tab-separated-values; charset=utf-8"),
    "bare": ("tsv", "text/tab-separated-values; charset=utf-8"),
    "jsonl": ("jsonl", "application/x-ndjson"),
    "parquet": ("parquet", "application/vnd.apache.parquet"),
    "geojson": ("geojson", "application/geo+json"),
}
#: Names in an address that are no filters.
_OWN = ("as_of", "which", "claims", "redact", "rule", "prefer", "guard", "rows")
#: Of so many reports incidents are worked out anew where those that are stored do not answer; of more, the command line does it.
_ANEW = 2_000
_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class ExportAsked:
    """What is asked for, and how a file is to have it; `rows` is how many it has at most."""

    filters: Filters
    as_of: str | None = None
    which: Which = "happened"
    claims: bool = False
    redact: tuple[str, ...] = ()
    rule: str = "most_cited"
    prefer: tuple[str, ...] = ()
    guard: bool = True
    rows: int | None = None

    def link(self, path: str, found: Export | None = None) -> str:
        """An address with all of it, as far as a format has room for it."""
        events, merged = found is None or found.kind == "events", found is None or found.merged
        pairs = [
            ("q", self.filters.to_text()),
            ("as_of", self.as_of or ""),
            ("which", self.which if events and self.which != "happened" else ""),
            ("claims", "yes" if merged and self.claims else ""),
            *(("redact", one) for one in self.redact),
            ("rule", self.rule if merged and self.rule != "most_cited" else ""),
            ("prefer", ",".join(self.prefer) if merged else ""),
            ("guard", "" if self.guard else "no"),
            ("rows", str(self.rows or "")),
        ]
        said = urlencode([(name, value) for name, value in pairs if value], safe=":,", errors="replace")
        return f"{path}?{said}" if said else path


@dataclass(frozen=True, slots=True)
class Offered:
    """A format as the page shows it; `refused` is why what is asked for is no question to it, `files` are the addresses of its file by
    how it is written, `unsaid` whether the file would not say that something did not happen."""

    export: Export
    files: tuple[tuple[str, str], ...]
    refused: str | None
    unsaid: bool


def asked_export(request: Request) -> ExportAsked:
    """The question of a request.

    Raises:
        UsageError: a filter, a rule or a number is none.
    """
    given = request.query_params.multi_items()
    if sum(len(name) + len(value) for name, value in given) > _LONGEST:
        raise UsageError(f"a question has {_LONGEST:,} letters at most")
    said = {name: value.strip() for name, value in given if name in _OWN and value.strip()}
    which = said.get("which", "happened")
    if which not in WHICH:
        raise UsageError(f"which is one of {', '.join(WHICH)}, not {which!r}")
    redact = tuple(dict.fromkeys(value for name, value in given if name == "redact" and value))
    if unknown := set(redact) - set(REDACTIONS):
        raise UsageError(f"there is nothing to redact named {min(unknown)!r}: there are {', '.join(REDACTIONS)}")
    rows = said.get("rows")
    if rows is not None and (not rows.isdecimal() or not 1 <= int(rows[:12]) < 10**9):
        raise UsageError(f"rows is how many rows there are at most, from 1, not {rows!r}")
    rule, prefer = rule_asked(request)
    return ExportAsked(
        filters_of([(name, value) for name, value in given if name not in _OWN]),
        said.get("as_of"),
        which,
        said.get("claims") == "yes",
        redact,
        rule,
        prefer,
        said.get("guard") != "no",
        int(rows) if rows is not None else None,
    )


def refusal(site: Site, asked: ExportAsked, found: Export) -> str | None:
    """Why a format cannot have what is asked for; None where it can."""
    try:
        check_filters(found.kind, asked.filters)
    except UsageError as error:
        return str(error)
    if not found.merged or asked.claims or (asked.as_of is None and not waiting_of(site)):
        return None
    number = site.remembered.get("reports", lambda: site.record.count("reports"))
    if number <= _ANEW:
        return None
    why = "as of another day" if asked.as_of else "with reports that are not linked yet"
    return (
        f"incidents {why} are worked out anew, which takes too long here for {number:,} reports: have claims, run `readout link`,"
        " or `readout export`"
    )


def offered(site: Site, asked: ExportAsked, found: Export) -> Offered:
    """A format as the page shows it."""
    refused = refusal(site, asked, found)
    files = tuple((layout, asked.link(f"/export/{found.name}/{layout}", found)) for layout in found.layouts)
    said = asked.which != "happened" or bool(asked.filters.status)
    return Offered(found, () if refused else files, refused, found.kind == "events" and not found.status and said)


def counts_of(site: Site, asked: ExportAsked) -> dict[str, tuple[int, dict[str, int]]]:
    """How many events, statements, figures and reports answer, and of events how many have each status; kinds that cannot be asked so
    are left out."""
    found: dict[str, tuple[int, dict[str, int]]] = {}
    for kind in dict.fromkeys(one.kind for one in EXPORTS.values()):
        try:
            check_filters(kind, asked.filters)
        except UsageError:
            continue
        key = ("exported", kind, asked.filters.to_text(), asked.as_of)
        found[kind] = site.remembered.get(key, partial(_counted, site, kind, asked))
    return found


def _counted(site: Site, kind: str, asked: ExportAsked) -> tuple[int, dict[str, int]]:
    number = site.record.count(kind, asked.filters, as_of=asked.as_of)
    if kind != "events":
        return number, {}
    return number, site.record.facets("events", "status", asked.filters, as_of=asked.as_of)


def page(request: Request) -> Response:
    """All formats, and the form."""
    site, asked = site_of(request), asked_export(request)
    moment_named(site.record, asked.as_of)
    return site.page(
        request, "export.html", asked=asked, formats=[offered(site, asked, found) for found in EXPORTS.values()],
        counts=counts_of(site, asked), which=WHICH, redacting=REDACTING, rules=RULE_WORDS, types=CALLED, classes=CLASSES, written=WRITTEN,
        unknown=site.record.unknown_names(asked.filters), happened=HAPPENED,
    )  # fmt: skip


def found_format(name: str) -> Export:
    """The format of an address.

    Raises:
        HTTPException: 404, there is none.
    """
    if name not in EXPORTS:
        raise HTTPException(404, f"there is no format {name!r}: there are {', '.join(EXPORTS)}")
    return EXPORTS[name]


def described(name: str) -> Response:
    """What a format's columns are and what they are made from, as Table Schema has it."""
    answer = json_answer(schema(found_format(name)))
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}_schema.json"'
    return answer


def file(request: Request, name: str, layout: str) -> Response:
    """What is asked for in a format, sent as it is written."""
    site, found = site_of(request), found_format(name)
    if layout not in found.layouts:
        raise HTTPException(404, f"{name} is not written as {layout}: it is written as {', '.join(found.layouts)}")
    asked, style = asked_export(request), layout_of(found, layout, None)
    if found.kind != "events" and asked.which != "happened":
        raise UsageError(f"{name} has no events: which of them is nothing to ask of it")
    if (why := refusal(site, asked, found)) is not None:
        raise UsageError(why)
    moment_named(site.record, asked.as_of)
    ending, media = _MEDIA[style]
    if style == found.layouts[0]:
        ending = found.extension
    return Streamed(
        _writer(site, asked, found, style), media, {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    )


def _writer(site: Site, asked: ExportAsked, found: Export, style: Layout) -> Callable[[Any], object]:
    return lambda stream: export(
        site.record, found.name, asked.filters, stream, layout=style, everything=asked.which == "all",
        spoken=asked.which == "spoken", merge=not asked.claims, rule=asked.rule, order=asked.prefer, redact=asked.redact,
        guard=asked.guard, as_of=asked.as_of, limit=asked.rows,
    )  # fmt: skip


router = APIRouter()
router.add_api_route("/export", page, methods=["GET"])
router.add_api_route("/export/{name}/schema.json", described, methods=["GET"])
router.add_api_route("/export/{name}/{layout}", file, methods=["GET"])
