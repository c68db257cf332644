"""Scoring of factuality: how far the reader's -3 to 3 is from what people rated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from readout.evaluation.answers import Answer
from readout.evaluation.fields import Fields, Malformed
from readout.evaluation.measures import NONE, by_class, correlation, likeness, mean_error, pair_up, share
from readout.evaluation.scores import Mistake, Score, around
from readout.types import Span

#: A predicate that the report lacks counts as certain: so would one take it who reads no status at all.
ASSUMED = 3.0
CLASSES = ("happened", "unsure", "did not")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A gold item: a sentence and its rated predicates."""

    id: str
    text: str
    predicates: tuple[tuple[Span, float], ...]


def parse(fields: Fields) -> Sentence:
    """A gold line `{id, text, predicates: [{span, value}]}`.

    Raises:
        Malformed: a field is lacking or wrong, or a value is outside -3 to 3.
    """
    text = fields.string("text")
    found = []
    for predicate in fields.objects("predicates", needed=True):
        value = predicate.number("value")
        if not -3 <= value <= 3:
            raise Malformed(f"a value is outside -3 to 3: {value}")
        found.append((predicate.span("span", text), value))
    return Sentence(fields.string("id"), text, tuple(found))


def class_of(value: float) -> str:
    """The nearest of 3, 0 and -3, in words; a tie goes to the unsure side."""
    return "happened" if value > 1.5 else "did not" if value < -1.5 else "unsure"


def score(pairs: Sequence[tuple[Sentence, Answer]]) -> Score:
    """Mean absolute error and Pearson's r, over all predicates and over those that the report has."""
    gold: list[float] = []
    read: list[float | None] = []
    wrong: list[tuple[float, Mistake]] = []
    for item, answer in pairs:
        of_gold = dict(pair_up(item.predicates, answer.predicates, lambda a, b: likeness(a[0], b[0])))
        for g, (span, value) in enumerate(item.predicates):
            given = answer.predicates[of_gold[g]][1] if g in of_gold else None
            gold.append(value)
            read.append(given)
            if given is None or class_of(given) != class_of(value):
                far = abs(value - (ASSUMED if given is None else given))
                wrong.append((far, _mistake(item.id, answer, span, value, given)))
    assumed = [ASSUMED if value is None else value for value in read]
    covered = [(g, r) for g, r in zip(gold, read, strict=True) if r is not None]
    on_gold, on_read = [g for g, _ in covered], [r for _, r in covered]
    figures = {
        "predicates": len(gold),
        "coverage": share(len(covered), len(gold)),
        "mae": mean_error(gold, assumed),
        "pearson_r": correlation(gold, assumed),
        "mae_on_covered": mean_error(on_gold, on_read) if covered else None,
        "pearson_r_on_covered": correlation(on_gold, on_read),
        "baseline_all_factual": {"mae": mean_error(gold, [ASSUMED] * len(gold)), "pearson_r": None},
    }
    names = [NONE if value is None else class_of(value) for value in read]
    table = by_class([class_of(value) for value in gold], names, CLASSES)
    wrong.sort(key=lambda pair: -pair[0])  # the farthest off is shown first
    return Score(figures, {"nearest of 3, 0 and -3": table}, tuple(mistake for _, mistake in wrong))


def _mistake(item: str, answer: Answer, span: Span, value: float, given: float | None) -> Mistake:
    return Mistake(
        kind="missed" if given is None else "class",
        gold=class_of(value),
        read=NONE if given is None else class_of(given),
        item=item,
        sentence=around(answer, span),
        wanted=f"“{answer.slice(span)}” {value:+.1f}",
        given="nothing" if given is None else f"{given:+.1f}",
        evidence={"span": list(span)},
    )
