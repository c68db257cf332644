"""Whose act a predicate or operator is, by the tree: its own subject, or the one that it shares or is controlled by."""

from __future__ import annotations

from readout.language.document import Document, bits_of
from readout.language.memory import once
from readout.readers.status.clause import is_infinitive

_HEIGHT = 10  # steps up; a longer chain is a broken tree
_OWN = bits_of("nsubj", "nmod:poss")
#: Relations by which a word has the subject of the one above it.
_SHARING = frozenset({"xcomp", "conj", "advcl", "acl", "obj"})


@once
def subject_of(document: Document, word: int) -> int | None:
    """The head of the subject of an operator word, its own or the one it shares or is controlled by; None without one."""
    at = word
    for _ in range(_HEIGHT):
        if document.below[at] & _OWN:
            own = document.child(at, "nsubj", "nmod:poss")
            if own is not None:
                return own
        token = document.tokens[at]
        if token.head == at:
            return None
        if token.dep in ("acl", "acl:relcl") and not is_infinitive(document, at):
            return token.head
        if token.dep.partition(":")[0] not in _SHARING:
            return None
        at = token.head
    return None
