"""Scoring of times, as TempEval-3 does: spans that overlap, spans that are equal, and on the first values and types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from readout.evaluation.answers import Answer, ReadTime
from readout.evaluation.fields import Fields
from readout.evaluation.measures import NONE, likeness, pair_up, precision_recall, share
from readout.evaluation.scores import Mistake, Score, around
from readout.types import Span

TYPES = ("DATE", "TIME", "DURATION", "SET")


@dataclass(frozen=True, slots=True)
class Article:
    """A gold item: an article, the day of its publication where known, and its times."""

    id: str
    text: str
    published: str | None
    times: tuple[ReadTime, ...]


def parse(fields: Fields) -> Article:
    """A gold line `{id, text, dct, dct_value, timexes: [{span, type, value}]}`; the dates may be lacking.

    Raises:
        Malformed: a field is lacking or wrong.
    """
    text = fields.string("text")
    times = tuple(
        ReadTime(time.span("span", text), time.string("type"), time.string_or_none("value"))
        for time in fields.objects("timexes", needed=True)
    )
    published = fields.string_or_none("dct_value") or fields.string_or_none("dct")
    return Article(fields.string("id"), text, published, times)


def same_value(gold: ReadTime, read: ReadTime) -> bool:
    """Whether two TIMEX3 values are the same string, case aside."""
    return (gold.value or "").strip().upper() == (read.value or "").strip().upper()


def score(pairs: Sequence[tuple[Article, Answer]]) -> Score:
    """Precision, recall and F1 of spans, values and types."""
    counts: Counter[str] = Counter()
    mistakes: list[Mistake] = []
    of_type: dict[str, Counter[str]] = {name: Counter() for name in TYPES}
    for item, answer in pairs:
        matched = pair_up(item.times, answer.times, lambda a, b: likeness(a.span, b.span))
        counts.update(gold=len(item.times), read=len(answer.times), matched=len(matched))
        for times, side in ((item.times, "gold"), (answer.times, "read")):
            for time in times:
                of_type.setdefault(time.type or NONE, Counter())[side] += 1
        for g, r in matched:
            gold, read = item.times[g], answer.times[r]
            same, kind = same_value(gold, read), gold.type == read.type
            counts.update(strict=gold.span == read.span, value=same, type=kind)
            of_type[gold.type or NONE].update(right=kind and same)
            if not (same and kind):
                what = "value" if kind else "type"
                mistakes.append(_mistake(what, item.id, answer, gold, read))
        in_gold, in_read = {g for g, _ in matched}, {r for _, r in matched}
        mistakes += [
            _mistake("missed", item.id, answer, time, None) for g, time in enumerate(item.times) if g not in in_gold
        ]
        mistakes += [
            _mistake("not in gold", item.id, answer, None, time)
            for r, time in enumerate(answer.times)
            if r not in in_read
        ]

    def against(right: str) -> dict[str, float]:
        return precision_recall(counts[right], counts["read"], counts["gold"])

    figures = {
        "times": {"gold": counts["gold"], "predicted": counts["read"], "matched": counts["matched"]},
        "span_relaxed": against("matched"),
        "span_strict": against("strict"),
        "value": against("value"),
        "type": against("type"),
        "value_accuracy_on_matched": share(counts["value"], counts["matched"]),
    }
    classes = {
        name: precision_recall(c["right"], c["read"], c["gold"]) | {"gold": c["gold"]}
        for name, c in of_type.items()
        if c["gold"]
    }
    return Score(figures, {"type and value, by type": classes}, tuple(mistakes))


def _mistake(kind: str, item: str, answer: Answer, gold: ReadTime | None, read: ReadTime | None) -> Mistake:
    wanted, given = (f"“{answer.slice(t.span)}” {t.type} {t.value}" if t else "nothing" for t in (gold, read))
    span: Span | None = next((time.span for time in (gold, read) if time), None)
    names = [(time.type or NONE) if time else NONE for time in (gold, read)]
    evidence = {"span": list(read.span)} if read else {}
    return Mistake(kind, names[0], names[1], item, around(answer, span), wanted, given, evidence)
