"""How certain a reader is that a predicate holds."""

from __future__ import annotations

from typing import Any

from readout import knowledge
from readout.language.document import Document
from readout.readers.status.clause import Tense, auxiliaries, is_future, tense
from readout.readers.status.judgement import Operator
from readout.readers.status.lexicon import words
from readout.readers.status.subjects import subject_of

_NOW: frozenset[Tense] = frozenset({"present", "progressive", "participle", "base"})


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
    settings = _settings(document, i, form) if form in _NOW else []
    if form == "present" and document.relations[i] == "root" and not chain:
        value = float(table["main"])
    for name in settings:
        value = min(value, float(table["settings"][name]))
    subject = subject_of(document, i) if form not in ("past", "perfect") else None
    if subject is not None:
        value += float(table["subjects"].get(document.words[subject], 0.0))
    return max(-3.0, min(3.0, value))


def _settings(document: Document, i: int, form: Tense) -> list[str]:
    """What stands beside a predicate of the present that sets it ahead of now: a time to come, "before", "when" under a future."""
    found = ["future"] if form in ("present", "progressive") and is_future(document, i) else []
    if form == "progressive" and document.tokens[i].lemma == "go" and _goes_somewhere(document, i):
        found.append("going")
    marks = {document.words[m] for m in document.children(i, "mark", "advmod", "case") if m < i}
    if (
        form == "participle"
        and document.relations[i] != "acl"
        and document.tokens[i].tag == "VBG"
        and marks & words("gerund_prepositions")
    ):
        found.append("gerund")
    if "before" in marks:
        found.append("before")
    if "when" in marks and document.relations[i] == "advcl" and _lies_ahead(document, document.tokens[i].head):
        found.append("when")
    return found


def _lies_ahead(document: Document, i: int) -> bool:
    """Whether verb `i` is a bare form or stands behind a modal."""
    return tense(document, i) == "base" or any(document.tokens[a].tag == "MD" for a in auxiliaries(document, i))


def _goes_somewhere(document: Document, i: int) -> bool:
    """Whether "is going" has a way to go: "going *to the coast*", "going *out*"; things that "are going on" or "well" go nowhere."""
    if document.children(i, "xcomp"):
        return True  # "is going *to rain*"
    if any(document.words[c] == "out" for c in document.children(i, "compound:prt", "advmod")):
        return True
    return any(document.preposition(c) in ("to", "on", "for", "into", "with") for c in document.children(i, "obl"))
