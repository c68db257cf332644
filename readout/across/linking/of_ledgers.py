"""Ledgers as groups of figures."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from readout.across.ledger.making import Ledger
from readout.across.ledger.revisions import Entry, by_day, remarks_on, series_of
from readout.across.linking.kinds import Belonging, Described, Kind, Piece, Reports
from readout.across.whole import Across


def _items(across: Across) -> Sequence[Ledger]:
    return across.ledgers


def _piece(entry: Entry) -> Piece:
    return Piece(entry.report, "figures", entry.figure)


def _describe(item: Ledger) -> Described:
    where = f" in {item.place.name}" if item.place else ""
    since = f" since {item.since}" if item.since else ""
    rule = f"counted over {'a period' if item.kind == 'period' else 'one happening'}"
    days = sorted(entry.day for entry in item.entries)
    return Described(
        key=item.id,
        title=f"{item.population or 'people'} {item.measure}{where}{since}",
        start=days[0],
        end=days[-1],
        reports=len({entry.report for entry in item.entries}),
        sources=len({entry.origin for entry in item.entries}),
        members=tuple(Belonging(_piece(entry), rule) for entry in item.entries),
    )


def _renamed(item: Ledger, key: str) -> Ledger:
    return replace(item, id=key)


def _of(item: Ledger, key: str, entries: Sequence[Entry]) -> Ledger:
    some = tuple(entries)
    series = series_of(some)
    return replace(item, id=key, entries=some, series=series, days=by_day(some), remarks=remarks_on(some, series))


def _part(item: Ledger, pieces: Collection[Piece], reports: Reports) -> Ledger:
    entries = [entry for entry in item.entries if _piece(entry) in pieces]
    first = entries[0]
    key = item.id
    if first != item.entries[0]:
        said = f"ledger\n{reports[first.report].report_id}\n{first.span}\n{item.measure}\n{item.population or ''}"
        key = hashlib.sha256(said.encode()).hexdigest()[:16]
    return _of(item, key, entries)


def _join(items: Sequence[Ledger], reports: Reports) -> Ledger:
    entries = sorted(
        (entry for item in items for entry in item.entries),
        key=lambda entry: (reports[entry.report].order, entry.span, entry.figure),
    )
    first = next(item for item in items if entries[0] in item.entries)
    since = min((item.since for item in items if item.since), default=None)
    incidents = tuple(sorted({name for item in items for name in item.incidents}))
    return _of(replace(items[0], since=since, incidents=incidents), first.id, entries)


def _referring(item: Ledger, names: Mapping[tuple[str, str], str]) -> Ledger:
    now = tuple(sorted({names.get(("incident", name), name) for name in item.incidents}))
    return item if now == item.incidents else replace(item, incidents=now)


LEDGER = Kind("ledger", "ledgers", Ledger, _items, _describe, _renamed, _part, _join, _referring)
