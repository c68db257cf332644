"""The record: a database of what was read, with every claim's source and span; SQLite by default, PostgreSQL by its URL."""

from __future__ import annotations

from readout.record.adding import ReadingOptions
from readout.record.caring import Finding
from readout.record.feeds import FeedHealth, WatchedFeeds, feeds_of
from readout.record.opened import Added, Reread, Watching
from readout.record.record import Record, open_record

__all__ = [
    "Added",
    "FeedHealth",
    "Finding",
    "ReadingOptions",
    "Record",
    "Reread",
    "WatchedFeeds",
    "Watching",
    "feeds_of",
    "open_record",
]
