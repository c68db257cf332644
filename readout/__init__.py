"""Readout reads news of conflict and diplomacy and keeps the record.

    >>> import readout
    >>> report = readout.read("Iran will send an envoy to Vienna, a spokesman said Monday.", published="2025-03-10")
    >>> report.events[0].status
    'planned'

The names below are the public interface.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from readout.errors import (
    Conflict,
    EmptyArticle,
    FetchError,
    KnowledgeError,
    ModelError,
    NotText,
    ReadoutError,
    RecordError,
    RecordFull,
    RecordLocked,
    RecordReadOnly,
    RecordTooNew,
    ReportError,
    SourceError,
    TooLarge,
    UnknownLanguage,
    UsageError,
)
from readout.types import (
    Act,
    Actor,
    Administration,
    Attribution,
    Claim,
    DateRange,
    Event,
    Figure,
    Issue,
    Negotiation,
    Place,
    Position,
    Predicate,
    Problem,
    Progress,
    ReaderVersion,
    Removed,
    Report,
    Span,
    Statement,
    Time,
)
from readout.version import __version__

if TYPE_CHECKING:
    from readout.across.linking.running import link
    from readout.exports.exporting import Exported, export
    from readout.reading import read, read_many
    from readout.record.filters import Filters, parse_filters
    from readout.record.record import Record, open_record
    from readout.sources.article import Article

__all__ = [
    "Act", "Actor", "Administration", "Article", "Attribution", "Claim", "Conflict", "DateRange", "EmptyArticle", "Event",
    "Exported", "FetchError", "Figure", "Filters", "Issue", "KnowledgeError", "ModelError", "Negotiation", "NotText", "Place", "Position",
    "Predicate", "Problem", "Progress", "ReaderVersion", "ReadoutError", "Record", "RecordError", "RecordFull",
    "RecordLocked", "RecordReadOnly", "RecordTooNew", "Removed", "Report", "ReportError", "SourceError", "Span",
    "Statement", "Time", "TooLarge", "UnknownLanguage", "UsageError", "__version__", "export", "link", "open_record",
    "parse_filters", "read", "read_many",
]  # fmt: skip


def __getattr__(name: str) -> object:
    # Reading pulls in spaCy; `import readout` and `readout --help` do without it until someone reads.
    if name in ("read", "read_many"):
        from readout import reading

        return getattr(reading, name)
    if name in ("Record", "open_record", "Filters", "parse_filters"):
        from readout import record

        return getattr(record, name)
    if name in ("Exported", "export"):
        from readout.exports import exporting

        return getattr(exporting, name)
    if name == "link":
        from readout.across import linking

        return linking.link
    if name == "Article":
        from readout.sources.article import Article

        return Article
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
