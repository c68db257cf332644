"""What is condemned, mourned or praised is taken to be so, and stands on nobody's word but the report's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from readout.knowledge import load
from readout.language.document import Document
from readout.types import Statement

#: What a verb judges: its object, or the subject of its passive.
_JUDGED = ("obj", "nsubj:pass")


@dataclass(frozen=True, slots=True)
class _Words:
    verbs: frozenset[str]
    held_against: frozenset[str]


@cache
def _words() -> _Words:
    data = load("statements/presuming.yaml")
    return _Words(frozenset(data["verbs"]), frozenset(data["held_against"]))


def is_presumed(document: Document, statement: Statement, i: int) -> bool:
    """Whether what word `i` tells, in the content of a statement, is only judged there and said to be so by the report itself:
    "condemned the attack that *killed* two", but not "condemned Kenya for *killing* two"."""
    if statement.cue is None:
        return False
    verbs = {at for at in document.tokens_in(statement.cue) if document.lemmas[at] in _words().verbs}
    if not verbs:
        return False
    below = i
    for above in document.ancestors(i):
        if above in verbs:
            return document.relations[below] in _JUDGED
        if _is_held_against(document, below):
            return False
        below = above
    return False


def _is_held_against(document: Document, i: int) -> bool:
    before = document.preposition(i)
    marks = (document.words[mark] for mark in document.children(i, "mark", "case"))
    return before in _words().held_against or any(mark in _words().held_against for mark in marks)
