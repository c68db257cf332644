"""Negotiations: the list of them, and one with its parties, rounds, states, positions by issue, obstacles, agreements and next move."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from fastapi import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from readout.across.linking import load_groups
from readout.across.linking.of_negotiations import SourcedTrack
from readout.across.negotiations.piecing import as_of_day, only
from readout.across.negotiations.types import Basis, Membership, Track
from readout.errors import UsageError
from readout.json_values import to_json
from readout.record.claims import ReportRow
from readout.record.filters import Filters
from readout.record.groups import GroupRow, report_ids
from readout.record.moments import as_of as moment_of
from readout.record.tallies import last_day
from readout.web import tracks
from readout.web.failing import json_answer
from readout.web.site import Site, site_of
from readout.web.tracks import Course, Matrix, bases_of, course_of, lane_svg, matrix_of, shortened
from readout.web.wording import quoted, words_at

_AT_ONCE = 1_000  # reports asked for
_REPORTS = 60  # that the page of one negotiation lists, the latest


@dataclass(frozen=True, slots=True)
class Shown:
    """A negotiation as its page shows it: `track` with no more entries than a page has room for, `left_out` how many of each kind it
    leaves out; the reports at hand by their numbers; `members` the latest of its reports."""

    key: str
    track: Track
    left_out: Mapping[str, int]
    today: str
    matrix: Matrix
    course: Course | None
    reports: Mapping[int, ReportRow]
    members: tuple[Membership, ...]


def item_of(site: Site, key: str) -> tuple[GroupRow, SourcedTrack]:
    """A stored negotiation by its key, or by how that begins.

    Raises:
        HTTPException: 404, there is none.
    """
    try:
        row = site.record.group("negotiation", key)
    except UsageError as error:
        raise HTTPException(404, str(error)) from error
    items = site.remembered.get(("negotiation", row.key), lambda: load_groups(site.record, "negotiation", [row.key]))
    if row.key not in items:
        raise HTTPException(404, f"there is no negotiation {key!r} any more: it was linked anew just now")
    return row, items[row.key]


def track_of(site: Site, item: SourcedTrack, day: str | None) -> Track:
    """A negotiation as of the record's last day; or, of its reports, by those that were known on a day.

    Raises:
        HTTPException: 404, none of its reports was known.
        UsageError: the day is none.
    """
    if day is None:
        return as_of_day(item.track, today_of(site) or item.track.end)
    record = site.record
    with record.asking() as connection:
        until = moment_of(connection, day, record.now()).known
    known = {row.reading: row for row in rows_of(site, [member.report for member in item.track.reports]).values()}
    kept = {number for number, row in known.items() if until is None or row.known <= until}
    if not kept:
        raise HTTPException(404, f"no report of this negotiation was known on {day}")
    if len(kept) == len(item.track.reports):
        return as_of_day(item.track, day[:10])
    days = sorted((known[number].published or known[number].known)[:10] for number in kept)
    houses = sum(any(number in kept for number in house.reports) for house in item.houses)
    part = replace(only(item.track, kept), start=days[0], end=days[-1], sources=houses)
    return as_of_day(part, day[:10])


def today_of(site: Site) -> str | None:
    """The last day that the record has."""
    found: str | None = site.remembered.get("last day", lambda: last_day(site.record))
    return found


def rows_of(site: Site, readings: Iterable[int]) -> dict[int, ReportRow]:
    """Reports by the numbers of their readings, as they stand in the record now; those that do not are left out."""
    record, numbers = site.record, sorted(set(readings))
    with record.asking() as connection:
        ids = sorted(set(report_ids(connection, numbers).values()))
    found: dict[int, ReportRow] = {}
    for at in range(0, len(ids), _AT_ONCE):
        found.update((row.reading, row) for row in record.reports(Filters.of(report=ids[at : at + _AT_ONCE])))
    return {number: found[number] for number in numbers if number in found}


def shown_of(site: Site, key: str, day: str | None) -> Shown:
    """All that the page of a negotiation shows."""
    row, item = item_of(site, key)
    track, left_out = shortened(track_of(site, item, day))
    ordered = _latest(site, track)
    near = [int(number) for member in ordered for reason in member.reasons for number in _AS_IN.findall(reason)]
    readings = {basis.report for basis in bases_of(track)} | {member.report for member in ordered} | set(near)
    reports = rows_of(site, readings)
    members = tuple(replace(member, reasons=_named(member.reasons, reports)) for member in ordered)
    return Shown(
        row.key, track, left_out, day[:10] if day else today_of(site) or track.end, matrix_of(track), course_of(track), reports,
        members,
    )  # fmt: skip


def _latest(site: Site, track: Track) -> list[Membership]:
    """The members of a negotiation that were printed last, the last first."""
    members = {member.report: member for member in track.reports}
    with site.record.asking() as connection:
        ids = sorted(set(report_ids(connection, members).values()))
    rows = site.record.page("reports", Filters.of(report=ids), order="-published", limit=_REPORTS).items
    return [members[row.reading] for row in rows if row.reading in members]


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


def one_page(request: Request, key: str) -> Response:
    """A negotiation."""
    site, day = site_of(request), request.query_params.get("as_of", "").strip() or None
    found = shown_of(site, key, day)
    return site.page(
        request, "negotiation.html", shown=found, track=found.track, as_of=day, tracks=tracks, lane_svg=lane_svg,
        link=lambda basis: words_link(basis, found.reports),
    )  # fmt: skip


def one_json(request: Request, key: str) -> Response:
    """A negotiation as JSON, whole; `ids` are those of its reports by their numbers."""
    site, day = site_of(request), request.query_params.get("as_of", "").strip() or None
    row, item = item_of(site, key)
    track = track_of(site, item, day)
    with site.record.asking() as connection:
        ids = report_ids(connection, [member.report for member in track.reports])
    value = {**to_json(track), "id": row.key, "houses": to_json(item.houses)}
    return json_answer({**value, "ids": {str(number): id_ for number, id_ in sorted(ids.items())}})
