"""The record: a database of what was read, with every claim's source and span; SQLite by default, PostgreSQL by its URL."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readout.record.adding import ReadingOptions
    from readout.record.caring import Finding
    from readout.record.feeds import FeedHealth, WatchedFeeds, feeds_of
    from readout.record.filters import Filters, parse_filters
    from readout.record.opened import Added, Reread, Watching
    from readout.record.record import Record, open_record

__all__ = [
    "Added", "FeedHealth", "Filters", "Finding", "ReadingOptions", "Record", "Reread", "WatchedFeeds", "Watching", "feeds_of",
    "open_record", "parse_filters",
]  # fmt: skip

_MODULES = {
    "adding": ("ReadingOptions",),
    "caring": ("Finding",),
    "feeds": ("FeedHealth", "WatchedFeeds", "feeds_of"),
    "filters": ("Filters", "parse_filters"),
    "opened": ("Added", "Reread", "Watching"),
    "record": ("Record", "open_record"),
}


def __getattr__(name: str) -> object:
    # The database's library is large: what needs none of it, such as `--help`, does without.
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"readout.record.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
