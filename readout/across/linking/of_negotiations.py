"""Negotiations as groups of reports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from readout.across.copies.sourcing import Source
from readout.across.linking.kinds import Belonging, Described, Kind, Piece, Reports
from readout.across.negotiations.piecing import as_of_day, only, together, track_id
from readout.across.negotiations.types import Track
from readout.across.whole import Across

_IN_ONE = 32  # negotiations of which one report tells


@dataclass(frozen=True, slots=True)
class SourcedTrack:
    """A negotiation as of its own last day, and the independent sources that it has."""

    track: Track
    houses: tuple[Source, ...]


def _items(across: Across) -> list[SourcedTrack]:
    found = []
    for track in across.negotiations:
        houses = across.sourcing(member.report for member in track.reports).sources
        # As of its own last day, so that it stays the same while others grow; whoever shows it says which day it is.
        found.append(SourcedTrack(replace(as_of_day(track, track.end), sources=len(houses)), houses))
    return found


def _describe(item: SourcedTrack) -> Described:
    track = item.track
    members = tuple(Belonging(Piece(one.report), one.rule, one.score, one.reasons) for one in track.reports)
    days = (track.start[:10], track.end[:10])
    return Described(track.id, track.title, *days, len(members), len(item.houses), members)


def _renamed(item: SourcedTrack, key: str) -> SourcedTrack:
    return replace(item, track=replace(item.track, id=key))


def _first(numbers: Iterable[int], reports: Reports) -> int:
    return min(numbers, key=lambda number: reports[number].order)


def _is_of(key: str, report_id: str) -> bool:
    """Whether a negotiation has its id from a report, as one of those that it tells of."""
    return any(key == track_id(report_id, number) for number in range(_IN_ONE))


def _part(item: SourcedTrack, pieces: Collection[Piece], reports: Reports) -> SourcedTrack:
    track = item.track
    kept = {member.report for member in track.reports if Piece(member.report) in pieces}
    first = _first(kept, reports)
    houses = tuple(replace(one, reports=tuple(n for n in one.reports if n in kept)) for one in item.houses)
    houses = tuple(one for one in houses if one.reports)
    days = sorted(reports[number].day for number in kept)
    return SourcedTrack(
        replace(
            only(track, kept),
            id=track.id if _is_of(track.id, reports[first].report_id) else track_id(reports[first].report_id),
            start=days[0],
            end=days[-1],
            sources=len(houses),
        ),
        houses,
    )


def _join(items: Sequence[SourcedTrack], reports: Reports) -> SourcedTrack:
    ordered = sorted(items, key=lambda item: reports[_first((m.report for m in item.track.reports), reports)].order)
    houses: dict[str, Source] = {}
    for source in (source for item in items for source in item.houses):
        before = houses.get(source.house, Source(source.house, (), ()))
        reasons = tuple(dict.fromkeys((*before.reasons, *source.reasons)))
        houses[source.house] = Source(source.house, tuple(sorted({*before.reports, *source.reports})), reasons)
    found = tuple(houses[name] for name in sorted(houses))
    return SourcedTrack(replace(together([item.track for item in ordered]), sources=len(found)), found)


NEGOTIATION = Kind("negotiation", "negotiations", SourcedTrack, _items, _describe, _renamed, _part, _join)
