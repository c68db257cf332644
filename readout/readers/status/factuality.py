"""How certain a reader is that a predicate holds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from readout import knowledge
from readout.language.document import Document, bits_of
from readout.readers.status.clause import Tense, auxiliaries, is_future, tense
from readout.readers.status.judgement import Operator
from readout.readers.status.lexicon import words
from readout.readers.status.subjects import subject_of

_NOW: frozenset[Tense] = frozenset({"present", "progressive", "participle", "base"})
_MARKS = bits_of("mark", "advmod", "case")


@dataclass(frozen=True, slots=True)
class _Table:
    """`knowledge/status/factuality.yaml`; `kinds` by the kind of an operator and whether it is negated."""

    tense: dict[str, float]
    main: float
    commanded: float
    carries: dict[str, float]
    settings: dict[str, float]
    subjects: dict[str, float]
    kinds: dict[tuple[str, bool], float]


@cache
def _table() -> _Table:
    data: dict[str, Any] = knowledge.load("status/factuality.yaml")
    values = {
        (kind, name == "negated"): float(value)
        for kind, entry in data["kinds"].items()
        for name, value in entry.items()
    }
    named = {part: {name: float(v) for name, v in data[part].items()} for part in ("tense", "carries", "settings")}
    subjects = {word: float(value) for word, value in data["subjects"].items()}
    return _Table(
        **named, main=float(data["main"]), commanded=float(data["commanded"]), subjects=subjects, kinds=values
    )


def factuality(document: Document, i: int, form: Tense, chain: tuple[Operator, ...]) -> float:
    """The factuality of predicate `i`, of tense `form`, under its operators, from 3 to -3: the lowest of its tense's and theirs.

    The table is `knowledge/status/factuality.yaml`.
    """
    table = _table()
    value = table.tense[form]
    if chain:
        if form in ("infinitive", "base"):
            value = _carried(table, chain)
        for operator in chain:
            own = table.kinds.get((operator.kind, operator.negated))
            if own is not None and own < value:
                value = own
    if form in _NOW:
        if form == "present" and not chain and document.relations[i] == "root":
            value = table.main
        for name in _settings(document, i, form):
            value = min(value, table.settings[name])
    if form not in ("past", "perfect"):
        subject = subject_of(document, i)
        if subject is not None:
            value += table.subjects.get(document.words[subject], 0.0)
    return -3.0 if value < -3.0 else 3.0 if value > 3.0 else value


def _carried(table: _Table, chain: tuple[Operator, ...]) -> float:
    """Where an infinitive or bare verb under operators starts."""
    kinds = [operator.kind for operator in chain]
    if "imperative" in kinds:
        return table.commanded
    return table.carries.get(next((kind for kind in kinds if kind != "negation"), ""), 3.0)


def _settings(document: Document, i: int, form: Tense) -> list[str]:
    """What stands beside a predicate of the present that sets it ahead of now: a time to come, "before", "when" under a future."""
    found = ["future"] if form in ("present", "progressive") and is_future(document, i) else []
    if form == "progressive" and document.tokens[i].lemma == "go" and _goes_somewhere(document, i):
        found.append("going")
    if not document.below[i] & _MARKS:
        return found
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
