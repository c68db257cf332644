"""The claims of a report, each with what it adds to the reports before it."""

from __future__ import annotations

from collections.abc import Iterator

from readout.across.novelty.events import Found, told_by
from readout.across.novelty.figures import judge_figure, judge_tolls
from readout.across.novelty.items import WEIGHTS, Earlier, Item, Kind
from readout.across.novelty.negotiations import evidence_of, judge_talks
from readout.across.novelty.past import Past, Ready
from readout.across.novelty.statements import judge_statement
from readout.across.novelty.versions import Versions
from readout.across.novelty.words import Weigher, days_between
from readout.types import Span

_Judged = tuple[Kind, int, Found, Span, str, float, tuple[int, ...]]


def judge_claims(ready: Ready, past: Past, weigher: Weigher, versions: Versions) -> list[Item]:
    """Every claim of a report with its mark, in the order of the text.

    Args:
        ready: the report, whose words are counted.
        past: the reports before it.
        weigher: the weights of words as they are now.
        versions: those that the report was made from.
    """
    old, background = _old_events(ready), _background_sentences(ready)
    found = []
    for kind, claim, judged, span, quote, weight, twins in _each(ready, past, weigher, versions):
        what = _as_it_stood(judged, span, versions)
        is_old = claim in old if kind == "event" else kind == "figure" and quote in background
        mark = "background" if what.mark == "new" and is_old else what.mark
        score = round(what.score, 3)
        found.append(
            Item(kind, claim, mark, what.rule, score, what.reasons, what.compared, ready.report.id, span, quote, weight, twins)
        )  # fmt: skip
    return sorted(found, key=lambda item: (item.span, item.kind, item.claim))


def _each(ready: Ready, past: Past, weigher: Weigher, versions: Versions) -> Iterator[_Judged]:
    report, judge = ready.report, versions.judge(past)
    for told in ready.told:
        event = told.event
        yield "event", event.id, judge.judge(told), event.span, event.quote, WEIGHTS["event"], told.twins
    for said in report.statements:
        found = judge_statement(said, past, weigher)
        yield "statement", said.id, found, said.span, said.quote, WEIGHTS["statement"], ()
    tolls = judge_tolls(ready, judge, past, weigher)
    sizing = {number for event in report.events for number in event.figures}
    for figure in report.figures:
        found = tolls.get(figure.id) or judge_figure(figure, ready, past, weigher)
        weight = 0.0 if figure.id in sizing or figure.kind == "ordinal" else WEIGHTS["figure"]
        yield "figure", figure.id, found, figure.span, figure.quote, weight, ()
    for n, talks in enumerate(report.negotiations):
        span, sentence = evidence_of(ready, talks)
        yield "negotiation", n, judge_talks(ready, talks, past, weigher), span, sentence, WEIGHTS["negotiation"], ()


def _old_events(ready: Ready) -> frozenset[int]:
    """Events that are told as old, but for those of the sentence that the report opens with and those of its own day or the day before."""
    report = ready.report
    opening, day = report.text[slice(*ready.sentences[0][:2])], report.published or report.known
    return frozenset(
        event.id
        for event in report.events
        if not event.news
        and event.quote != opening
        and (event.start is None or event.start != event.end or days_between(event.start, day) > 1)
    )


def _background_sentences(ready: Ready) -> frozenset[str]:
    """Sentences all of whose events are told as old, but for the one that the report opens with."""
    news: dict[str, bool] = {}
    for event in ready.report.events:
        news[event.quote] = news.get(event.quote, False) or event.news
    opening = ready.report.text[slice(*ready.sentences[0][:2])]
    return frozenset(quote for quote, new in news.items() if not new and quote != opening)


def _as_it_stood(found: Found, span: Span, versions: Versions) -> Found:
    """A claim that none before tells, but whose sentence stands in a version that the report was made from, is told again, whatever was
    read from it there."""
    if found.mark != "new" or (standing := versions.standing(span)) is None:
        return found
    ready, where = standing
    report = ready.report
    listed = (Earlier(report.id, 0, report.known, 1.0, where, report.text[slice(*where)]),)
    reason = f"the same sentence, {told_by([(ready, None, None)])}"
    return Found("repeated", "same sentence", 1.0, (reason,), listed)
