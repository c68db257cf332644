"""The record: a database of what was read, with every claim's source and span; SQLite by default, PostgreSQL by its URL."""

from __future__ import annotations

from readout.record.adding import ReadingOptions
from readout.record.opened import Added, Reread, Watching
from readout.record.record import Record, open_record

__all__ = ["Added", "ReadingOptions", "Record", "Reread", "Watching", "open_record"]
