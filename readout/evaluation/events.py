"""Scoring of events: one politically marked relation an item, answered by the event of the report that stands for it.

The classes are the 15 roots of the PLV set, into which the 16 PLOVER types fold; gold may be written in either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from readout.evaluation.answers import Answer, ReadEvent, described
from readout.evaluation.fields import Fields, Malformed
from readout.evaluation.measures import (
    NONE,
    Figures,
    any_overlap,
    brier,
    calibration_error,
    classified,
    mean,
    share,
)
from readout.evaluation.scores import Mistake, Score, around
from readout.types import Span

#: Each root with its quad class: verbal and material cooperation, verbal and material conflict.
QUADS = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2, "ACCUSE": 3, "REQUEST": 3, "REJECT": 3,
    "THREATEN": 3, "PROTEST": 4, "MOBILIZE": 4, "SANCTION": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
_ROOT_OF = {name: name for name in QUADS} | {
    "CONCEDE": "YIELD", "RETREAT": "YIELD", "INVESTIGATE": "ACCUSE", "DISAPPROVE": "ACCUSE", "DEMAND": "REQUEST",
    "APPEAL": "REQUEST", "FIGHT": "ASSAULT",
}  # fmt: skip
#: What a quad class becomes where the act lies ahead, is refused or undone, or is asked for. Talk of conflict stays.
_AHEAD = {1: "AGREE", 2: "AGREE", 4: "THREATEN"}
_REFUSED = {1: "REJECT", 2: "REJECT", 4: "AGREE"}
_ASKED = dict.fromkeys((1, 2, 4), "REQUEST")
_FOLDING = {
    "planned": _AHEAD, "proposed": _AHEAD, "threatened": _AHEAD, "refused": _REFUSED, "not_occurring": _REFUSED, "requested": _ASKED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relation:
    """A gold item: a sentence, where source and target are named (empty where they are not), and the root between them."""

    id: str
    text: str
    source: tuple[Span, ...]
    target: tuple[Span, ...]
    root: str


def parse(fields: Fields) -> Relation:
    """A gold line `{id, sentence or text, source_spans, target_spans, root or type}`.

    Raises:
        Malformed: a field is lacking or wrong, or the root is no root and no PLOVER type.
    """
    text = fields.string("sentence" if "sentence" in fields else "text")
    name = fields.string("root" if "root" in fields else "type")
    root = root_of(name)
    if root == NONE:
        raise Malformed(f"{name!r} is no root and no PLOVER type")
    source, target = (fields.spans(name, text) for name in ("source_spans", "target_spans"))
    return Relation(fields.string("id"), text, source, target, root)


def root_of(name: str, status: str | None = None) -> str:
    """The root of a PLOVER type, or "NONE"; with a status, folded by it as the set folds what did not happen."""
    root = _ROOT_OF.get(re.sub(r"[\s-]+", "_", name.strip()).upper(), NONE)
    return _FOLDING.get(status or "", {}).get(QUADS.get(root, 0), root)


def strict_event(item: Relation, answer: Answer) -> ReadEvent | None:
    """The first event that has both marked ends of the relation; an end that is not marked asks for nothing."""
    for event in answer.events:
        if (not item.source or any_overlap(answer.spans_of(event.actors), item.source)) and (
            not item.target or any_overlap(answer.spans_of(event.recipients), item.target)
        ):
            return event
    return None


def lenient_event(item: Relation, answer: Answer) -> ReadEvent | None:
    """The strict event; else the first with the source, else the first with the target, else the first."""
    strict = strict_event(item, answer)
    if strict is not None:
        return strict
    by_source = [e for e in answer.events if any_overlap(answer.spans_of(e.actors), item.source)]
    by_target = [e for e in answer.events if any_overlap(answer.spans_of(e.recipients), item.target)]
    return next(iter([*by_source, *by_target, *answer.events]), None)


def is_about(item: Relation, answer: Answer, event: ReadEvent) -> bool:
    """Whether an event tells of the marked relation: it has an end, and every end it has is the one that is marked.

    This picks the events by which `confidence` is judged: one that names other people may be right and is not in gold.
    """
    pairs = [(event.actors, item.source), (event.recipients, item.target)]
    ends = [(answer.spans_of(given), marked) for given, marked in pairs if given and marked]
    return bool(ends) and all(any_overlap(spans, marked) for spans, marked in ends)


def score(pairs: Sequence[tuple[Relation, Answer]], *, fold_status: bool = False) -> Score:
    """Accuracy and F1 by root and quad class, strict and lenient; and how far stated confidence can be relied on."""

    def root(event: ReadEvent | None) -> str:
        return root_of(event.type, event.status if fold_status else None) if event else NONE

    gold = [item.root for item, _ in pairs]
    strict = [strict_event(item, answer) for item, answer in pairs]
    lenient = [lenient_event(item, answer) for item, answer in pairs]
    figures: Figures = {"both_ends_found": share(sum(event is not None for event in strict), len(pairs))}
    for name, events in (("strict", strict), ("lenient", lenient)):
        figures[name] = _setting(gold, [root(event) for event in events])
    figures |= _confidence(pairs)
    mistakes = []
    for (item, answer), event, both in zip(pairs, lenient, strict, strict=True):
        if root(event) != item.root:
            mistakes.append(_mistake("type", item.root, root(event), item, answer, event))
        elif both is None and event is not None:
            mistakes.append(_mistake("ends", item.root, _lacking(item, answer, event), item, answer, event))
    tables = {f"{name}, by root": figures[name]["per_class"] for name in ("lenient", "strict")}
    return Score(figures, tables, tuple(mistakes))


def _setting(gold: list[str], read: list[str]) -> Figures:
    quads = classified(
        [str(QUADS[name]) for name in gold], [str(QUADS.get(name, 0)) for name in read], ("1", "2", "3", "4")
    )
    return classified(gold, read, QUADS) | {
        "answered": share(sum(name != NONE for name in read), len(read)),
        "quad_accuracy": quads["accuracy"],
        "quad_macro_f1": quads["macro_f1"],
    }


def _confidence(pairs: Sequence[tuple[Relation, Answer]]) -> Figures:
    stated, right = [], []
    for item, answer in pairs:
        for event in answer.events:
            if event.confidence is not None and is_about(item, answer, event):
                stated.append(event.confidence)
                right.append(root_of(event.type) == item.root)
    if not stated:
        return {}
    return {
        "confidence": {
            "events": len(stated),
            "right": share(sum(right), len(right)),
            "stated": mean(stated),
            "brier": brier(stated, right),
            "calibration_error": calibration_error(stated, right),
        }
    }


def _lacking(item: Relation, answer: Answer, event: ReadEvent) -> str:
    source = not item.source or any_overlap(answer.spans_of(event.actors), item.source)
    target = not item.target or any_overlap(answer.spans_of(event.recipients), item.target)
    if source == target:
        return "other ends"
    return "other target" if source else "other source"


def _mistake(kind: str, gold: str, read: str, item: Relation, answer: Answer, event: ReadEvent | None) -> Mistake:
    ends = [" / ".join(answer.slice(span) for span in spans) or "–" for spans in (item.source, item.target)]
    return Mistake(
        kind, gold, read, item.id, around(answer, None), f"{item.root}: {ends[0]} → {ends[1]}",
        f"{event.type} ({event.status})" if event else "no event", described(answer, event) if event else {},
    )  # fmt: skip
