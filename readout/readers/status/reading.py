"""The status reader: every verb that claims something, and how certain it is."""

from __future__ import annotations

from dataclasses import replace

from readout.language.document import Document
from readout.readers.findings import Findings
from readout.readers.status.judging import judge
from readout.types import Predicate


def read_status(document: Document, found: Findings) -> Findings:
    """Findings with the predicates of the document: one for each verb.

    Args:
        document: the parsed document.
        found: what was read before; nothing of it is needed.
    """
    return replace(
        found,
        predicates=tuple(
            Predicate((token.start, token.end), judge(document, token.i).factuality)
            for token in document.tokens
            if is_predicate(document, token.i)
        ),
    )


def is_predicate(document: Document, i: int) -> bool:
    """Whether word `i` is a verb that claims something: no auxiliary, copula or part of a compound."""
    token = document.tokens[i]
    return (token.pos == "VERB" or (token.tag.startswith("VB") and token.pos != "AUX")) and token.dep != "compound:prt"
