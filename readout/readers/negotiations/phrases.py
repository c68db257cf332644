"""The words of a noun phrase that names a matter of talks."""

from __future__ import annotations

from readout.language.document import Document
from readout.types import Span

#: What hangs on a noun and names no matter.
CUT = ("acl:relcl", "advcl", "appos", "cc", "conj", "parataxis")


def phrase(document: Document, i: int, cut: tuple[str, ...] = ()) -> Span:
    """The words around a noun without the preposition that brings it in."""
    start, end = document.subtree_span(i, cut)
    joining = set(document.children(i, "case", "mark"))
    first = document.tokens_in((start, end))[0]
    while first < i and (first in joining or document.tokens[first].pos in ("ADP", "CCONJ")):
        if document.words[first : first + 2] in (("at", "least"), ("at", "most")):
            break  # "stalled after *at least* two people died"
        first += 1
    return document.tokens[first].start, end
