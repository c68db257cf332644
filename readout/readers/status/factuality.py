"""How certain a reader is that a predicate holds."""

from __future__ import annotations

from typing import Any

from readout import knowledge
from readout.language.document import Document
from readout.readers.status.clause import tense
from readout.readers.status.judgement import Operator


def factuality(document: Document, i: int, chain: tuple[Operator, ...]) -> float:
    """The factuality of predicate `i` under its operators, from 3 to -3: the lowest of its tense's and theirs.

    The table is `knowledge/status/factuality.yaml`.
    """
    table: dict[str, Any] = knowledge.load("status/factuality.yaml")
    form = tense(document, i)
    value = float(table["tense"][form])
    if form in ("infinitive", "base") and chain:
        first = next((o.kind for o in chain if o.kind != "negation"), "")
        value = float(table["carries"].get(first, 3.0))
        if any(o.kind == "imperative" for o in chain):
            value = float(table["commanded"])
    for operator in chain:
        entry = table["kinds"].get(operator.kind, {})
        own = entry.get("negated" if operator.negated else "plain")
        if own is not None:
            value = min(value, float(own))
    return value
