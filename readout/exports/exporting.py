"""Exporting: what is asked of a record, as a file in a format that others read."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO, cast

from readout.across.incidents.aggregating import RULES
from readout.errors import UsageError
from readout.exports.asked import SPOKEN, Asked
from readout.exports.files import whole_file
from readout.exports.formats import EXPORTS
from readout.exports.formats.fields import Export, Layout
from readout.exports.layouts import LAYOUTS
from readout.record import Record
from readout.record.asking import Day
from readout.record.conditions import check_filters
from readout.record.filters import Filters, Wanted, as_filters
from readout.record.vocabulary import near

REDACTIONS = ("persons", "text")
_ENDINGS: dict[str, Layout] = {
    ".csv": "csv", ".tsv": "tab", ".tab": "tab", ".txt": "tab", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet",
    ".geojson": "geojson", ".json": "geojson",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exported:
    """What came of exporting.

    Attributes:
        rows: how many rows were written.
        left_out: what was found and is not in the file, by the reason: a status, or what the format is not for.
        lost: in how many rows the format had no room for something, by what that is.
    """

    rows: int
    left_out: Mapping[str, int] = field(default_factory=dict)
    lost: Mapping[str, int] = field(default_factory=dict)


def export(
    record: Record,
    name: str,
    query: str | Filters | None = None,
    target: str | Path | BinaryIO | None = None,
    *,
    layout: str | None = None,
    everything: bool = False,
    spoken: bool = False,
    merge: bool = True,
    rule: str = "most_cited",
    order: Iterable[str] = (),
    redact: Iterable[str] = (),
    guard: bool = True,
    as_of: Day | None = None,
    limit: int | None = None,
    **values: Any,
) -> Exported:
    """Writes what is asked of a record in a format that others read; rows are written as they come, in the order in which their
    claims were added: the same record gives the same bytes.

    Args:
        record: of which.
        name: the format, one of `EXPORTS`.
        query: what is asked for, as everywhere; of events, only those that happened (occurred, ongoing) unless it names a status.
        target: a file, which is there only once it is whole, or a stream of bytes; nowhere, only to count.
        layout: csv, tab, jsonl, parquet, …; by the file's name where the format has that layout, else the format's usual one.
        everything: events whatever their status.
        spoken: beside what happened, acts of words that were made: requests, refusals, threats, promises.
        merge: formats whose rows are incidents have incidents, and else claims.
        rule: by which one value is made of those that the reports of an incident differ in.
        order: classes of sources, most believed first, for the rule "by_source_class".
        redact: "persons": who holds no office is called by a role; "text": no words of articles.
        guard: text in tables that a spreadsheet would take for a formula has an apostrophe put before it.
        as_of: what was known at the end of a day, or at a moment.
        limit: so many rows at most (of followthemoney: events; of gdelt-mentions and claims: incidents).
        values: further filters, as `Filters.of` takes them.

    Raises:
        UsageError: there is no such format, layout, filter or rule, or the file cannot be written.
        RecordError: the record cannot be read.
    """
    found = format_named(name)
    style = layout_of(found, layout, target if isinstance(target, str | Path) else None)
    filters = as_filters(query, values)
    check_filters(found.kind, filters)
    asked = Asked(
        record,
        filters,
        as_of,
        limit,
        spoken,
        everything,
        found.merged and merge,
        rule,
        tuple(order),
        _redactions(redact),
    )
    _check(asked, found)
    lost: Counter[str] = Counter()
    rows = _counted(found, found.rows(asked), lost)
    if isinstance(target, str | Path):
        with whole_file(Path(target)) as stream:
            number = LAYOUTS[style](found, rows, stream, guard)
    else:
        nowhere = cast(BinaryIO, _Nowhere())
        number = LAYOUTS[style](found, rows, target if target is not None else nowhere, guard)
    left_out = dict(asked.left_out) if limit is not None else {**_by_status(asked, found), **asked.left_out}
    return Exported(number, left_out, dict(lost))


def format_named(name: str) -> Export:
    """The format of a name.

    Raises:
        UsageError: there is none.
    """
    if name not in EXPORTS:
        raise UsageError(f"there is no format {name!r}{near(name, EXPORTS) or ''}: there are {', '.join(EXPORTS)}")
    return EXPORTS[name]


def layout_of(export: Export, layout: str | None, target: str | Path | None) -> Layout:
    """How it is written.

    Raises:
        UsageError: the format is not written so.
    """
    if layout is not None:
        found = next((item for item in export.layouts if item == layout), None)
        if found is None:
            raise UsageError(f"{export.name} is not written as {layout}: it is written as {', '.join(export.layouts)}")
        return found
    ending = _ENDINGS.get(Path(target).suffix.lower()) if target is not None else None
    # A file of GDELT's is called .CSV and has no commas.
    return ending if ending in export.layouts and export.layouts[0] != "bare" else export.layouts[0]


def _redactions(redact: Iterable[str]) -> frozenset[str]:
    found = frozenset([redact] if isinstance(redact, str) else redact)
    if unknown := sorted(found - set(REDACTIONS)):
        raise UsageError(f"there is nothing to redact named {unknown[0]!r}: there are {', '.join(REDACTIONS)}")
    return found


def _check(asked: Asked, export: Export) -> None:
    if asked.rule not in RULES:
        raise UsageError(f"there is no rule {asked.rule!r}; the rules are {', '.join(RULES)}")
    if export.kind != "events" and (asked.spoken or asked.everything):
        raise UsageError(f"{export.name} has no events: a status cannot be asked of it")


def _counted(export: Export, rows: Iterator[Any], lost: Counter[str]) -> Iterator[Any]:
    """The rows, with a count of what each has no room for."""
    if export.lost is None:
        yield from rows
        return
    for row in rows:
        lost.update(export.lost(row))
        yield row


def _by_status(asked: Asked, export: Export) -> dict[str, int]:
    """How many events were left out for their status."""
    if export.kind != "events" or not asked.by_status:
        return {}
    counts = asked.record.facets("events", "status", asked.filters, as_of=asked.known)
    left = {status: number for status, number in counts.items() if status not in ("occurred", "ongoing")}
    for status in left.keys() & (SPOKEN.keys() if asked.spoken else frozenset()):
        left[status] -= asked.record.count("events", _spoken_with(asked.filters, status), as_of=asked.known)
    return {status: number for status, number in left.items() if number}


def _spoken_with(filters: Filters, status: str) -> Filters:
    """The filters for acts of words of one status."""
    types = set(SPOKEN[status])
    for wanted in filters.type:
        types = types - set(wanted.values) if wanted.negated else types & set(wanted.values)
    if not types:  # nothing is both
        return filters & Filters(status=(Wanted((status,)), Wanted((status,), negated=True)))
    return replace(filters, type=(Wanted(tuple(sorted(types))),), status=(Wanted((status,)),))


class _Nowhere(io.RawIOBase):
    """A stream that keeps nothing."""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return len(data)


__all__ = ["REDACTIONS", "Exported", "export", "format_named", "layout_of"]
