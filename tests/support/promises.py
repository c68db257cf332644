"""What the contract promises of every report: spans in its text, indexes into its lists, days in order, numbers that are finite."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterable, Iterator
from typing import Any

from readout.types import Report, Span


def spans_of(report: Report) -> Iterator[Span]:
    """Every span of a report."""
    yield from report.sentences
    for item in (*report.actors, *report.places):
        yield from item.mentions
    for found in (*report.times, *report.figures, *report.predicates):
        yield found.span
    for event in report.events:
        yield from (event.span, *event.spans, *(a.cue for a in event.attribution))
    for said in report.statements:
        yield from (*said.content, *said.quoted, *(span for span in (said.speaker_span, said.cue) if span is not None))
    for talks in report.negotiations:
        yield from (*talks.spans, *talks.obstacles, *((talks.progress.span,) if talks.progress else ()))
        for issue in talks.issues:
            yield from (issue.span, *(position.span for position in issue.positions))


def references_of(report: Report) -> Iterator[tuple[str, int | None]]:
    """Every reference to an entry of a list of the report."""
    for figure in report.figures:
        yield from (("places", figure.place), ("actors", figure.source))
    for event in report.events:
        yield from (("actors", n) for n in (*event.actors, *event.recipients, *(a.source for a in event.attribution)))
        yield from (("places", n) for n in event.places)
        yield from (("figures", n) for n in event.figures)
        yield from (("times", event.time), ("sentences", event.sentence))
    for said in report.statements:
        yield from (("actors", n) for n in (said.speaker, *said.addressees))
        yield "times", said.time
    for talks in report.negotiations:
        positions = [position.party for issue in talks.issues for position in issue.positions]
        yield from (("actors", n) for n in (*talks.parties, *talks.mediators, *positions))
        yield "actors", talks.progress.source if talks.progress else None


def ranges_of(report: Report) -> Iterator[tuple[str | None, str | None]]:
    """Every pair of days, first and last."""
    yield from ((found.start, found.end) for found in report.times)
    yield from ((event.date.start, event.date.end) for event in report.events if event.date)
    yield from ((figure.since, figure.as_of) for figure in report.figures)
    if report.published_range:
        yield report.published_range


def unique(items: Iterable[Any]) -> bool:
    listed = list(items)
    return len(listed) == len(set(listed))


def check(report: Report) -> None:
    """What the contract promises of every report."""
    for start, end in spans_of(report):
        assert 0 <= start < end <= len(report.text)
        assert report.text[start:end].strip()
    for name, index in references_of(report):
        assert index is None or 0 <= index < len(getattr(report, name)), (name, index)
    for first, last in ranges_of(report):
        days = [dt.date.fromisoformat(day) for day in (first, last) if day is not None]
        assert days == sorted(days)
        assert all(day is None or len(day) == 10 for day in (first, last))
    check_sentences(report)
    check_figures(report)
    assert unique(event.id for event in report.events)
    assert unique(said.id for said in report.statements)
    for event in report.events:
        start, end = report.sentences[event.sentence]
        assert start <= event.span[0] < event.span[1] <= end
        assert 0 <= event.confidence <= 1
        assert event.quad in (1, 2, 3, 4)
        assert all(
            unique(part) for part in (event.actors, event.recipients, event.places, event.figures, event.contexts)
        )
    assert all(-3 <= predicate.factuality <= 3 for predicate in report.predicates)
    assert all(said.content for said in report.statements)
    for place in report.places:
        assert place.lat is None or (abs(place.lat) <= 90 and abs(place.lon or 0) <= 180)
        assert unique(place.mentions)
    assert all(actor.name.strip() and unique(actor.mentions) for actor in report.actors)
    written = json.dumps(report.to_json(), allow_nan=False)
    assert Report.from_json(json.loads(written)) == report


def check_sentences(report: Report) -> None:
    """Sentences tile the text: between them there is nothing but white space."""
    at = 0
    for start, end in report.sentences:
        assert at <= start
        assert not report.text[at:start].strip()
        at = end
    assert not report.text[at:].strip()


def check_figures(report: Report) -> None:
    assert unique(figure.span for figure in report.figures)
    for figure in report.figures:
        assert all(math.isfinite(n) for n in (figure.value, figure.low, figure.high) if n is not None)
        assert figure.low is None or figure.low <= figure.value
        assert figure.high is None or figure.value <= figure.high
        assert figure.bound != "exact" or figure.low == figure.value == figure.high
