"""What is scored of a report: the few fields that the tasks ask for, checked, whoever wrote the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from readout.evaluation.fields import Fields, Malformed
from readout.types import Span


@dataclass(frozen=True, slots=True)
class ReadEvent:
    """An event of a report; `actors` and `recipients` are indexes into the answer's actors."""

    type: str
    status: str | None
    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    span: Span | None
    rule: str | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class ReadStatement:
    """A statement of a report; `source` is where it names its source: its own span, else the speaker's mentions."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ReadTime:
    """A time of a report."""

    span: Span
    type: str | None
    value: str | None


@dataclass(frozen=True, slots=True)
class ReadPlace:
    """A place of a report; `point` is its latitude and longitude, or None."""

    name: str | None
    country: str | None
    point: tuple[float, float] | None
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A report as far as it is scored; `actors` are the mentions of each actor, `entities` None where it lists none."""

    id: str
    text: str
    actors: tuple[tuple[Span, ...], ...] = ()
    events: tuple[ReadEvent, ...] = ()
    statements: tuple[ReadStatement, ...] = ()
    times: tuple[ReadTime, ...] = ()
    places: tuple[ReadPlace, ...] = ()
    predicates: tuple[tuple[Span, float], ...] = ()
    entities: tuple[Span, ...] | None = None
    sentences: tuple[Span, ...] = ()

    def slice(self, span: Span) -> str:
        """The words that a span points to."""
        return self.text[span[0] : span[1]]

    def spans_of(self, actors: tuple[int, ...]) -> list[Span]:
        """Every mention of several actors."""
        return [span for n in actors for span in self.actors[n]]


def answer_of(report: object) -> Answer:
    """What is scored of a report, given as JSON values; unknown fields are ignored, lacking lists are empty.

    Raises:
        Malformed: a field has another type than the contract says, or points out of the text or of a list.
    """
    fields = Fields(report)
    text = fields.string("text")
    actors = tuple(actor.spans("mentions", text) for actor in fields.objects("actors"))
    entities = fields.objects("entities") if "entities" in fields else None
    return Answer(
        id=fields.string("id"),
        text=text,
        actors=actors,
        events=tuple(_event(event, text, len(actors)) for event in fields.objects("events")),
        statements=tuple(_statement(statement, text, actors) for statement in fields.objects("statements")),
        times=tuple(
            ReadTime(time.span("span", text), time.string_or_none("type"), time.string_or_none("value"))
            for time in fields.objects("times")
        ),
        places=tuple(_place(place, text) for place in fields.objects("places")),
        predicates=tuple(_predicates(fields, text)),
        entities=None if entities is None else tuple(entity.span("span", text) for entity in entities),
        sentences=fields.spans("sentences", text),
    )


def _event(fields: Fields, text: str, actors: int) -> ReadEvent:
    return ReadEvent(
        type=fields.string_or_none("type") or "",
        status=fields.string_or_none("status"),
        actors=fields.indexes("actors", actors),
        recipients=fields.indexes("recipients", actors),
        span=fields.span_or_none("span", text),
        rule=fields.string_or_none("rule"),
        confidence=fields.number_or_none("confidence"),
    )


def _statement(fields: Fields, text: str, actors: tuple[tuple[Span, ...], ...]) -> ReadStatement:
    named, cue = fields.span_or_none("speaker_span", text), fields.span_or_none("cue", text)
    speaker = fields.index_or_none("speaker", len(actors))
    mentions = actors[speaker] if speaker is not None else ()
    return ReadStatement((named,) if named else mentions, (cue,) if cue else (), fields.spans("content", text))


def _place(fields: Fields, text: str) -> ReadPlace:
    lat, lon = fields.number_or_none("lat"), fields.number_or_none("lon")
    return ReadPlace(
        name=fields.string_or_none("name"),
        country=fields.string_or_none("country"),
        point=None if lat is None or lon is None else (lat, lon),
        mentions=fields.spans("mentions", text),
    )


def _predicates(fields: Fields, text: str) -> Iterator[tuple[Span, float]]:
    for predicate in fields.objects("predicates"):
        value = predicate.number("factuality")
        if not -3 <= value <= 3:
            raise Malformed(f"a predicate's factuality is outside -3 to 3: {value}")
        yield predicate.span("span", text), value


def described(answer: Answer, event: ReadEvent) -> dict[str, Any]:
    """An event as the evidence of an error: its words and spans, the rule that made it, and who does it to whom."""
    return {
        "event": answer.slice(event.span) if event.span else None,
        "span": list(event.span) if event.span else None,
        "rule": event.rule,
        "status": event.status,
        "actors": _shown(answer, event.actors),
        "recipients": _shown(answer, event.recipients),
    }


def _shown(answer: Answer, actors: tuple[int, ...]) -> list[dict[str, Any]]:
    return [{"words": answer.slice(span), "span": list(span)} for n in actors for span in answer.actors[n][:1]]
