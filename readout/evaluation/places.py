"""Scoring of places: whether a name is found, and how far from gold its coordinates are."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from readout.evaluation.answers import Answer, ReadPlace
from readout.evaluation.fields import Fields
from readout.evaluation.measures import (
    FARTHEST_KM,
    NONE,
    Point,
    distance_km,
    likeness,
    mean,
    pair_up,
    precision_recall,
    share,
)
from readout.evaluation.scores import Mistake, Score, around
from readout.types import Span

#: What counts as the right place: 100 miles, the measure of the geoparsing literature.
CLOSE_KM = 161.0


@dataclass(frozen=True, slots=True)
class Toponym:
    """A gold place name; `point` is None where gold knows no coordinates, `country` its English name or None."""

    span: Span
    country: str | None
    point: Point | None


@dataclass(frozen=True, slots=True)
class Article:
    """A gold item: an article and its place names."""

    id: str
    text: str
    toponyms: tuple[Toponym, ...]


def parse(fields: Fields) -> Article:
    """A gold line `{id, text, toponyms: [{span, lat, lon, country}]}`; coordinates and country may be null.

    Raises:
        Malformed: a field is lacking or wrong.
    """
    text = fields.string("text")
    found = []
    for toponym in fields.objects("toponyms", needed=True):
        lat, lon = toponym.number_or_none("lat"), toponym.number_or_none("lon")
        point = None if lat is None or lon is None else (lat, lon)
        found.append(Toponym(toponym.span("span", text), toponym.string_or_none("country"), point))
    return Article(fields.string("id"), text, tuple(found))


Mention = tuple[Span, ReadPlace]


def score(pairs: Sequence[tuple[Article, Answer]]) -> Score:
    """F1 of the names, error in kilometres on those found, and F1 of names both found and placed within 161 km."""
    counts: Counter[str] = Counter()
    errors: list[float] = []
    mistakes: list[Mistake] = []
    for item, answer in pairs:
        read: list[Mention] = [(span, place) for place in answer.places for span in place.mentions]
        matched = pair_up(item.toponyms, read, lambda a, b: likeness(a.span, b[0]))
        counts.update(gold=len(item.toponyms), read=len(read), matched=len(matched))
        counts["located"] += sum(toponym.point is not None for toponym in item.toponyms)
        for g, r in matched:
            gold, (span, place) = item.toponyms[g], read[r]
            counts["strict"] += gold.span == span
            if gold.point is None:
                counts["matched_unlocated"] += 1
            else:
                errors.append(distance_km(gold.point, place.point))
        mistakes += _mistakes(item, answer, read, matched)
    close = sum(error <= CLOSE_KM for error in errors)
    figures = {
        "toponyms": {
            "gold": counts["gold"],
            "gold_with_coordinates": counts["located"],
            "predicted": counts["read"],
            "matched": counts["matched"],
        },
        "span_relaxed": precision_recall(counts["matched"], counts["read"], counts["gold"]),
        "span_strict": precision_recall(counts["strict"], counts["read"], counts["gold"]),
        "accuracy_161km_on_matched": share(close, len(errors)),
        "median_error_km": statistics.median(errors) if errors else None,
        "log_error_auc": mean([math.log1p(e) / math.log1p(FARTHEST_KM) for e in errors]) if errors else None,
        "end_to_end_161km": precision_recall(close, counts["read"] - counts["matched_unlocated"], counts["located"]),
    }
    return Score(figures, {}, tuple(mistakes))


def _mistakes(item: Article, answer: Answer, read: list[Mention], matched: list[tuple[int, int]]) -> Iterator[Mistake]:
    of_gold, in_read = dict(matched), {r for _, r in matched}
    for g, gold in enumerate(item.toponyms):
        if g not in of_gold:
            yield _mistake("missed", item.id, answer, gold, None)
        elif gold.point is not None and distance_km(gold.point, read[of_gold[g]][1].point) > CLOSE_KM:
            yield _mistake("far off", item.id, answer, gold, read[of_gold[g]])
    for r, mention in enumerate(read):
        if r not in in_read:
            yield _mistake("not in gold", item.id, answer, None, mention)


def _mistake(kind: str, item: str, answer: Answer, gold: Toponym | None, read: Mention | None) -> Mistake:
    wanted = f"“{answer.slice(gold.span)}” {_at(gold.point)} {gold.country or ''}".strip() if gold else "nothing"
    given, evidence = "nothing", {}
    if read:
        span, place = read
        given = f"“{answer.slice(span)}” {place.name or ''} {_at(place.point)} {place.country or ''}".strip()
        evidence = {"span": list(span)}
        if gold and gold.point and place.point:
            given += f", {distance_km(gold.point, place.point):.0f} km off"
    names = (gold.country or "nowhere") if gold else NONE, (read[1].country or "nowhere") if read else NONE
    span = gold.span if gold else read[0] if read else (0, 0)
    return Mistake(kind, *names, item, around(answer, span), wanted, given, evidence)


def _at(point: Point | None) -> str:
    return f"({point[0]:.2f}, {point[1]:.2f})" if point else "(no coordinates)"
