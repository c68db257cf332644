"""Negotiations: the list of them, and one with its parties, rounds, states, positions by issue, obstacles, agreements and next move."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from readout.across.linking import load_plain
from readout.across.linking.of_negotiations import SourcedTrack
from readout.across.negotiations.piecing import as_of_day
from readout.across.negotiations.types import Basis, Membership, Track
from readout.exports.talks import Entry, entries_of
from readout.json_values import to_json
from readout.record.claims import ReportRow
from readout.record.groups import GroupRow
from readout.record.tallies import last_day
from readout.web import tracks
from readout.web.grouped import Family, Found, group_asked, routed
from readout.web.site import Site, site_of
from readout.web.tracks import STATES, Course, Matrix, course_of, lane_svg, matrix_of, shortened
from readout.web.wording import quoted, words_at

_PARTIES = 6  # that a line of the list names
_REPORTS = 60  # that the page of one negotiation lists, the latest


@dataclass(frozen=True, slots=True)
class Line:
    """A negotiation in the list: who talks, how it stands and since when, and the days of the next move, as far as they are known."""

    row: GroupRow
    subject: str | None
    parties: tuple[str, ...]
    more: int
    mediators: tuple[str, ...]
    state: str | None
    sign: str
    since: str | None
    next: str | None


def lines_of(site: Site, rows: tuple[GroupRow, ...]) -> tuple[Line, ...]:
    """The lines of the list."""
    found, today = load_plain(site.record, "negotiation", [row.key for row in rows]), today_of(site) or ""
    return tuple(_line(row, found[row.key]["track"], today) for row in rows if row.key in found)


def _line(row: GroupRow, track: Mapping[str, Any], today: str) -> Line:
    parties, mediators = ([role["who"]["name"] for role in track[name]] for name in ("parties", "mediators"))
    latest, coming = track["latest"], track["next"]
    days = None
    if coming and coming["end"] >= today:
        days = coming["start"] if coming["start"] == coming["end"] else f"{coming['start']} to {coming['end']}"
    state = latest["state"] if latest else None
    return Line(
        row, track["subject"], tuple(parties[:_PARTIES]), max(len(parties) - _PARTIES, 0), tuple(mediators[:_PARTIES]),
        state, STATES[state] if state else "", latest["day"] if latest else None, days,
    )  # fmt: skip


FAMILY = Family(
    "negotiation",
    "negotiations",
    "reports",
    "reports",
    "published",
    "Who talks with whom, how far it came and what is next, as all reports of it together tell.",
    "published:2025-03 cease-fire",
    lines_of,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A negotiation as its page shows it: `left_out` is how many entries of each kind are not on the page; `members` are the latest of
    its reports."""

    track: Track
    left_out: Mapping[str, int]
    today: str
    matrix: Matrix
    course: Course | None
    members: tuple[Membership, ...]


def found_of(site: Site, request: Request, key: str) -> tuple[Found[SourcedTrack], Track, str]:
    """The negotiation that an address names, and what became of its planned moves by the day that is asked for, or the record's last.

    Raises:
        HTTPException: 404, there is none, or none was known then.
        UsageError: the day is none.
    """
    day = request.query_params.get("as_of", "").strip()
    found: Found[SourcedTrack] = site.remembered.get(
        ("negotiation", key, day), lambda: group_asked(site, request, "negotiation", key)
    )
    track = found.item.track
    today = day[:10] or today_of(site) or track.end
    return found, as_of_day(track, today), today


def today_of(site: Site) -> str | None:
    """The last day that the record has."""
    found: str | None = site.remembered.get("last day", lambda: last_day(site.record))
    return found


def shown_of(found: Found[SourcedTrack], track: Track, today: str) -> Shown:
    """All that the page of a negotiation shows."""
    short, left_out = shortened(track)
    reports = found.reports

    def printed(member: Membership) -> tuple[str, str, int]:
        row = reports.get(member.report)
        return (row.published or row.known, row.known, member.report) if row else ("", "", member.report)

    ordered = sorted(track.reports, key=printed, reverse=True)[:_REPORTS]
    members = tuple(replace(member, reasons=_named(member.reasons, reports)) for member in ordered)
    return Shown(short, left_out, today, matrix_of(short), course_of(short), members)


_AS_IN = re.compile(r"\bas in report (\d+)$")


def _named(reasons: tuple[str, ...], reports: Mapping[int, ReportRow]) -> tuple[str, ...]:
    """Reasons with the title of a report in place of its number."""

    def title(found: re.Match[str]) -> str:
        row = reports.get(int(found[1]))
        return f"as in “{row.title or row.opening}”" if row else "as in another report"

    return tuple(_AS_IN.sub(title, reason) for reason in reasons)


def words_link(basis: Basis, reports: Mapping[int, ReportRow]) -> str | None:
    """Where the words of an entry stand: the report, at the claim or at the words; None where it does not stand any more."""
    row = reports.get(basis.report)
    if row is None:
        return None
    claim = basis.claim.partition("/")[2] if basis.claim else ""
    return f"/reports/{quoted(row.id)}#{f'e{claim}' if claim else ''}{words_at(basis.words)}"


def negotiation_page(request: Request, key: str) -> Response:
    """A negotiation."""
    site = site_of(request)
    found, track, today = found_of(site, request, key)
    shown = shown_of(found, track, today)
    return site.page(
        request, "negotiation.html", found=found, shown=shown, track=shown.track, key=found.told.key, tracks=tracks,
        lane_svg=lane_svg, link=lambda basis: words_link(basis, found.reports),
    )  # fmt: skip


def rows(site: Site, request: Request, key: str) -> tuple[Any, Iterable[Entry]]:
    """A negotiation as files have it: whole, and by its entries; `ids` are those of its reports by their numbers."""
    found, track, _ = found_of(site, request, key)
    ids = {str(number): row.id for number, row in sorted(found.reports.items())}
    value = {
        **to_json(track),
        "id": found.told.key,
        "houses": to_json(found.item.houses),
        "ids": ids,
        "as_of": found.as_of,
    }
    return value, entries_of(track, found.reports)


router = routed(FAMILY, negotiation_page, "entries of a negotiation", rows)
