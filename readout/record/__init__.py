"""The record: a database of what was read, with every claim's source and span; SQLite by default, PostgreSQL by its URL."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readout.record.adding import ReadingOptions
    from readout.record.filters import Filters, parse_filters
    from readout.record.record import Added, Record, Watching, open_record

__all__ = ["Added", "Filters", "ReadingOptions", "Record", "Watching", "open_record", "parse_filters"]


def __getattr__(name: str) -> object:
    # The database's library is large: what needs none of it, such as `--help`, does without.
    if name in ("Added", "Record", "Watching", "open_record"):
        from readout.record import record

        return getattr(record, name)
    if name in ("Filters", "parse_filters"):
        from readout.record import filters

        return getattr(filters, name)
    if name == "ReadingOptions":
        from readout.record.adding import ReadingOptions

        return ReadingOptions
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
