"""The record: a database of what was read, with every claim's source and span; SQLite by default, PostgreSQL by its URL."""

from __future__ import annotations

from readout.record.adding import ReadingOptions
from readout.record.caring import Finding
from readout.record.record import Added, Record, Watching, open_record

__all__ = ["Added", "Finding", "ReadingOptions", "Record", "Watching", "open_record"]
