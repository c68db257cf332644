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
    denying: frozenset[str]
    parts: frozenset[str]
    held_against: frozenset[str]


@cache
def _words() -> _Words:
    data = load("statements/presuming.yaml")
    return _Words(*(frozenset(data[name]) for name in ("verbs", "denying", "parts", "held_against")))


def is_presumed(document: Document, statement: Statement, i: int) -> bool:
    """Whether what word `i` tells, in the content of a statement, is said to be so by the report itself, and there only judged.

    "Condemned the attack that *killed* two", but not "condemned Kenya for *killing* two"; "denied a part in the *killing*", but
    not "denied the *killing*".
    """
    if statement.cue is None:
        return False
    verbs = {at for at in document.tokens_in(statement.cue) if document.lemmas[at] in _words().verbs | _words().denying}
    if not verbs:
        return False
    below = i
    for above in document.ancestors(i):
        if above in verbs:
            judged = document.relations[below] in _JUDGED
            return judged and (document.lemmas[above] in _words().verbs or _is_part(document, below, i))
        if _is_held_against(document, below) and document.lemmas[above] not in _words().parts:
            return False
        below = above
    return False


def _is_part(document: Document, noun: int, i: int) -> bool:
    """Whether a noun is the part that somebody had in what word `i` tells."""
    return noun != i and document.lemmas[noun] in _words().parts


def _is_held_against(document: Document, i: int) -> bool:
    before = document.preposition(i)
    marks = (document.words[mark] for mark in document.children(i, "mark", "case"))
    return before in _words().held_against or any(mark in _words().held_against for mark in marks)
