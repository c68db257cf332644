"""Scoring of entities: whether what gold calls an entity is found, whatever it is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from readout.evaluation.answers import Answer
from readout.evaluation.fields import Fields
from readout.evaluation.measures import NONE, likeness, pair_up, precision_recall, share
from readout.evaluation.scores import Mistake, Score, around
from readout.types import Span


@dataclass(frozen=True, slots=True)
class Text:
    """A gold item: a text and its entities, each with its type."""

    id: str
    text: str
    entities: tuple[tuple[Span, str], ...]


def parse(fields: Fields) -> Text:
    """A gold line `{id, text, entities: [{span, type}]}`.

    Raises:
        Malformed: a field is lacking or wrong.
    """
    text = fields.string("text")
    found = tuple((e.span("span", text), e.string("type")) for e in fields.objects("entities", needed=True))
    return Text(fields.string("id"), text, found)


def spans_read(answer: Answer) -> list[Span]:
    """The report's entities; where it lists none of its own, every mention of an actor or place, and every time."""
    if answer.entities is not None:
        return list(answer.entities)
    mentions = {span for spans in answer.actors for span in spans}
    mentions |= {span for place in answer.places for span in place.mentions}
    return sorted(mentions | {time.span for time in answer.times})


def score(pairs: Sequence[tuple[Text, Answer]]) -> Score:
    """Untyped precision, recall and F1, relaxed and exact, and recall by gold type."""
    counts: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    mistakes: list[Mistake] = []
    for item, answer in pairs:
        read = spans_read(answer)
        matched = pair_up(item.entities, read, lambda a, b: likeness(a[0], b))
        counts.update(gold=len(item.entities), read=len(read), matched=len(matched))
        wanted.update(name for _, name in item.entities)
        for g, r in matched:
            span, name = item.entities[g]
            found[name] += 1
            counts["exact"] += span == read[r]
            if span != read[r]:
                mistakes.append(_mistake("bounds", name, "entity", item.id, answer, span, read[r]))
        in_gold, in_read = {g for g, _ in matched}, {r for _, r in matched}
        for g, (span, name) in enumerate(item.entities):
            if g not in in_gold:
                mistakes.append(_mistake("missed", name, NONE, item.id, answer, span, None))
        for r, span in enumerate(read):
            if r not in in_read:
                mistakes.append(_mistake("not in gold", NONE, "entity", item.id, answer, None, span))
    recall = {name: {"r": share(found[name], total), "gold": total} for name, total in wanted.most_common()}
    figures = {
        "entities": {"gold": counts["gold"], "predicted": counts["read"], "matched": counts["matched"]},
        "span_relaxed": precision_recall(counts["matched"], counts["read"], counts["gold"]),
        "span_exact": precision_recall(counts["exact"], counts["read"], counts["gold"]),
        "relaxed_recall_by_type": recall,
    }
    return Score(figures, {"recall by type": recall}, tuple(mistakes))


def _mistake(
    kind: str, gold: str, read: str, item: str, answer: Answer, span: Span | None, given: Span | None
) -> Mistake:
    wanted, found = (f"“{answer.slice(s)}”" if s else "nothing" for s in (span, given))
    evidence = {"span": list(given)} if given else {}
    return Mistake(kind, gold, read, item, around(answer, span or given), wanted, found, evidence)
