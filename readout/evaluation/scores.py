"""What scoring gives: figures, and every kind of error with the sentences behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from readout.evaluation.answers import Answer
from readout.evaluation.measures import Figures
from readout.types import Span

#: As much text is shown on each side of an error where the sentences of its article are not known.
_WINDOW = 120


@dataclass(frozen=True, slots=True)
class Mistake:
    """One place where gold and reader differ.

    `kind` says in what ("type", "value", "missed", …); `gold` and `read` are the two classes; `wanted` and `given` say the
    same in words; `evidence` is what led to the answer.
    """

    kind: str
    gold: str
    read: str
    item: str
    sentence: str
    wanted: str
    given: str
    evidence: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Confusion:
    """Mistakes of one kind between the same two classes: how many, and the first of them."""

    kind: str
    gold: str
    read: str
    count: int
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of a task, its tables of classes by title, and its mistakes in the order of the gold file."""

    figures: Figures
    tables: dict[str, dict[str, Figures]]
    mistakes: tuple[Mistake, ...]


def confusions(mistakes: Sequence[Mistake], keep: int) -> tuple[Confusion, ...]:
    """Mistakes grouped, the most frequent group first (of equals, by name), each with its first `keep`."""
    groups: dict[tuple[str, str, str], list[Mistake]] = {}
    for mistake in mistakes:
        groups.setdefault((mistake.kind, mistake.gold, mistake.read), []).append(mistake)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return tuple(Confusion(*key, len(found), tuple(found[:keep])) for key, found in ordered)


def around(answer: Answer, span: Span | None) -> str:
    """The sentence of a span on one line; without sentences, its line or what stands near it."""
    text = answer.text
    if span is None:
        return " ".join(text.split())
    for start, end in answer.sentences:
        if start <= span[0] < end:
            return " ".join(text[start : max(end, span[1])].split())
    first, last = text.rfind("\n", 0, span[0]) + 1, text.find("\n", span[1])
    last = len(text) if last < 0 else last
    begin, stop = max(first, span[0] - _WINDOW), min(last, span[1] + _WINDOW)
    shown = " ".join(text[begin:stop].split())
    return ("…" if begin > first else "") + shown + ("…" if stop < last else "")
