"""Sources: bytes in, articles out."""

from __future__ import annotations

from readout.sources.article import Article
from readout.sources.problem import SourceProblem
from readout.sources.reading import CONTAINERS, FORMATS, read_source

__all__ = ["CONTAINERS", "FORMATS", "Article", "SourceProblem", "read_source"]
