"""Scoring of attributions: who says what, paired by how much of the contents' text is shared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from readout.evaluation.answers import Answer, ReadStatement
from readout.evaluation.fields import Fields
from readout.evaluation.measures import NONE, any_overlap, pair_up, precision_recall, share
from readout.evaluation.scores import Mistake, Score, around
from readout.types import Span

#: Contents that share this much of their letters are of one attribution.
LEAST_LIKENESS = 0.5
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Attributed:
    """One gold attribution; each part is a list of spans, and source and cue may be empty."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A gold item: an article and its attributions."""

    id: str
    text: str
    attributions: tuple[Attributed, ...]


def parse(fields: Fields) -> Article:
    """A gold line `{id, text, attributions: [{source, cue, content}]}`, each part a list of spans.

    Raises:
        Malformed: a field is lacking or wrong.
    """
    text = fields.string("text")
    found = tuple(
        Attributed(a.spans("source", text), a.spans("cue", text), a.spans("content", text, needed=True))
        for a in fields.objects("attributions", needed=True)
    )
    return Article(fields.string("id"), text, found)


def _letters(spans: Sequence[Span], text: str) -> frozenset[int]:
    """Where the letters of several spans stand; white space is none."""
    return frozenset(at for start, end in spans for at in range(start, end) if not text[at].isspace())


def _likeness(a: frozenset[int], b: frozenset[int]) -> float:
    return share(len(a & b), len(a | b))


def _agree(gold: Sequence[Span], read: Sequence[Span]) -> bool:
    """Whether a part of a pair is right: it overlaps gold's, or neither has one."""
    return any_overlap(read, gold) if gold else not read


def score(pairs: Sequence[tuple[Article, Answer]]) -> Score:
    """Contents exact, in part and by words; sources and cues of the pairs; and both together."""
    counts: Counter[str] = Counter()
    mistakes: list[Mistake] = []
    for item, answer in pairs:
        statements = [statement for statement in answer.statements if statement.content]
        gold = [_letters(a.content, item.text) for a in item.attributions]
        read = [_letters(s.content, item.text) for s in statements]
        matched = pair_up(gold, read, _likeness, LEAST_LIKENESS)
        counts.update(gold=len(gold), read=len(read), matched=len(matched))
        counts["exact"] += sum((Counter(gold) & Counter(read)).values())
        for g, r in matched:
            _count_pair(item.attributions[g], statements[r], counts)
        in_gold, in_read = frozenset[int]().union(*gold), frozenset[int]().union(*read)
        for word in _WORD.finditer(item.text):
            wanted, given = word.start() in in_gold, word.start() in in_read
            counts.update(gold_words=wanted, read_words=given, shared_words=wanted and given)
        mistakes += _mistakes(item, answer, statements, matched)

    def against(right: str) -> dict[str, float]:
        return precision_recall(counts[right], counts["read"], counts["gold"])

    figures = {
        "attributions": {"gold": counts["gold"], "predicted": counts["read"], "matched": counts["matched"]},
        "content_exact": against("exact"),
        "content_partial": against("matched"),
        "content_words": precision_recall(counts["shared_words"], counts["read_words"], counts["gold_words"]),
        "source_accuracy_on_matched": share(counts["source"], counts["matched"]),
        "source_accuracy_on_matched_with_source": share(counts["named_source"], counts["named"]),
        "cue_accuracy_on_matched": share(counts["cue"], counts["matched"]),
        "content_and_source": against("source"),
        "content_source_and_cue": against("all"),
    }
    return Score(figures, {}, tuple(mistakes))


def _count_pair(gold: Attributed, read: ReadStatement, counts: Counter[str]) -> None:
    source, cue = _agree(gold.source, read.source), _agree(gold.cue, read.cue)
    counts.update(source=source, cue=cue, all=source and cue)
    counts.update(named=bool(gold.source), named_source=bool(gold.source) and source)


def _mistakes(
    item: Article, answer: Answer, statements: list[ReadStatement], matched: list[tuple[int, int]]
) -> Iterator[Mistake]:
    of_gold, of_read = dict(matched), {r: g for g, r in matched}
    for g, gold in enumerate(item.attributions):
        if g not in of_gold:
            yield _mistake("missed", "attribution", NONE, item, answer, gold, None)
            continue
        read = statements[of_gold[g]]
        for kind, wanted, given in (("source", gold.source, read.source), ("cue", gold.cue, read.cue)):
            if not _agree(wanted, given):
                names = [_has(kind, wanted, "a"), _has(kind, given, "another" if wanted else "a")]
                yield _mistake(kind, names[0], names[1], item, answer, gold, read)
    for r, read in enumerate(statements):
        if r not in of_read:
            yield _mistake("not in gold", NONE, "attribution", item, answer, None, read)


def _has(kind: str, spans: Sequence[Span], article: str) -> str:
    return f"{article} {kind}" if spans else f"no {kind}"


def _mistake(
    kind: str, gold_name: str, read_name: str, item: Article, answer: Answer, gold: Attributed | None, read: ReadStatement | None
) -> Mistake:  # fmt: skip
    part = gold or read
    assert part is not None
    first = min(part.content, default=None)
    wanted, given = (_said(answer, side) if side else "nothing" for side in (gold, read))
    evidence = {"cue": [list(s) for s in read.cue], "content": [list(s) for s in read.content]} if read else {}
    return Mistake(kind, gold_name, read_name, item.id, around(answer, first), wanted, given, evidence)


def _said(answer: Answer, part: Attributed | ReadStatement) -> str:
    source, cue, content = (
        " … ".join(" ".join(answer.slice(span).split()) for span in spans)
        for spans in (part.source[:1], part.cue, part.content)
    )
    return f"{source or '–'} | {cue or '–'} | {content}"
