"""Sources: bytes in, articles out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readout.sources.article import Article
from readout.sources.problem import SourceProblem

if TYPE_CHECKING:
    from readout.sources.reading import CONTAINERS, FORMATS, read_source

__all__ = ["CONTAINERS", "FORMATS", "Article", "SourceProblem", "read_source"]


def __getattr__(name: str) -> object:
    # The libraries of all formats take half a second to load: who reads a text that is there already does without.
    if name in ("CONTAINERS", "FORMATS", "read_source"):
        from readout.sources import reading

        return getattr(reading, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
