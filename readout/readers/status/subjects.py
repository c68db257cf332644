"""Whose act a predicate or operator is, by the tree: its own subject, or the one that it shares or is controlled by."""

from __future__ import annotations

from readout.language.document import Document
from readout.language.memory import once
from readout.readers.status.clause import is_infinitive

_HEIGHT = 10  # steps up; a longer chain is a broken tree


@once
def subject_of(document: Document, word: int) -> int | None:
    """The head of the subject of an operator word, its own or the one it shares or is controlled by; None without one."""
    at = word
    for _ in range(_HEIGHT):
        own = document.child(at, "nsubj", "nmod:poss")
        if own is not None:
            return own
        token = document.tokens[at]
        if token.head == at:
            return None
        if token.dep in ("acl", "acl:relcl") and not is_infinitive(document, at):
            return token.head
        if token.dep.split(":")[0] not in ("xcomp", "conj", "advcl", "acl", "obj"):
            return None
        at = token.head
    return None
