"""What could not be made an article, as a value: one bad input never stops the others."""

from __future__ import annotations

from dataclasses import dataclass

from readout.errors import SourceError


@dataclass(frozen=True, slots=True)
class SourceProblem:
    """An input that gave no article: which one, at what stage, and why, in a sentence that a user can act on.

    `stage` is "open", "decode", "parse", "language", or "read" where it was an article that could not be read.
    """

    name: str
    stage: str
    message: str


#: More than this much text is no article; a long read of two million letters still is one.
LARGEST_ARTICLE = 5_000_000


def problem_of(name: str, stage: str, error: SourceError) -> SourceProblem:
    """The problem that a source error stands for."""
    return SourceProblem(name, stage, str(error))
