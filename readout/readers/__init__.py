"""Readers: parsed document in, findings out. Each is a pure function; `READERS` is their order."""

from __future__ import annotations

from collections.abc import Callable

from readout.language.document import Document
from readout.readers.actors import read_actors
from readout.readers.entities import read_entities
from readout.readers.events import read_events
from readout.readers.figures import read_figures
from readout.readers.findings import Findings
from readout.readers.negotiations import read_negotiations
from readout.readers.news import read_news
from readout.readers.places import read_places
from readout.readers.published import read_published
from readout.readers.statements import read_statements
from readout.readers.status import read_status
from readout.readers.times import read_times

Reader = Callable[[Document, Findings], Findings]

#: In reading order: each reader may use what those before it found.
READERS: tuple[tuple[str, Reader], ...] = (
    ("times", read_times),
    ("places", read_places),
    ("actors", read_actors),
    ("published", read_published),
    ("status", read_status),
    ("statements", read_statements),
    ("figures", read_figures),
    ("events", read_events),
    ("news", read_news),
    ("negotiations", read_negotiations),
    ("entities", read_entities),
)

__all__ = ["READERS", "Findings", "Reader"]
