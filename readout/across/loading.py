"""Facts from a record: its live readings with their claims as they stand, corrections taken in."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import islice
from typing import Any, TypeVar

import orjson
from sqlalchemy import Connection, Row, false, select

from readout.across.facts import (
    EventFact,
    FigureFact,
    NamedActor,
    NamedPlace,
    NamedTime,
    NegotiationFact,
    PositionFact,
    ReportFacts,
    StatementFact,
    Where,
    Who,
)
from readout.json_values import from_json
from readout.record import Record, schema
from readout.record.identity import actor_key, place_key
from readout.record.moments import as_of
from readout.record.schema import HIDDEN, LIVE, REPLACED
from readout.types import Actor, Negotiation, Place, Removed, Span, Time

T = TypeVar("T")

_AT_ONCE = 200  # readings


def load_facts(
    record: Record, readings: Iterable[int] | None = None, *, versions: bool = False
) -> Iterator[ReportFacts]:
    """The live reports of a record, in the order of their numbers, or those of some readings; memory does not grow with their number.

    Args:
        record: where they are.
        readings: numbers of readings; all live ones that are under no embargo where it is not given.
        versions: besides the live ones those that a newer version of the same piece of news replaced.
    """
    chosen = _standing(record, versions) if readings is None else iter(readings)
    while some := list(islice(chosen, _AT_ONCE)):
        with record.asking() as connection:
            yield from _facts(connection, some)


def _standing(record: Record, versions: bool) -> Iterator[int]:
    last = 0
    column, articles = schema.readings.c, schema.articles
    stands = (column.live == REPLACED) & (articles.c.status == "usable") if versions else false()
    while True:
        with record.asking() as connection:
            shown = as_of(connection, None, record.now()).conditions(schema.readings)
            query = select(column.id).join(articles, articles.c.id == column.article_id)
            query = (
                query.where((column.live == LIVE) | stands, column.id > last, *shown).order_by(column.id).limit(5000)
            )
            found = list(connection.execute(query).scalars())
        if not found:
            return
        yield from found
        last = found[-1]


def _facts(connection: Connection, ids: Sequence[int]) -> Iterator[ReportFacts]:
    readings, articles = schema.readings, schema.articles
    query = (
        select(readings, articles.c.document_id, articles.c.known, articles.c.note, articles.c.content_id)
        .join(articles, articles.c.id == readings.c.article_id)
        .where(readings.c.id.in_(ids))
        .order_by(readings.c.id)
    )
    rows = connection.execute(query).all()
    claims = {name: _claims(connection, name, ids) for name in schema.CLAIMS}
    numbers = {name: [row.id for rows in found.values() for row in rows] for name, found in claims.items()}
    sides = {name: _parties(connection, name, found) for name, found in numbers.items()}
    places = {name: _places(connection, name, found, ids) for name, found in numbers.items()}
    sizes = _sizes(connection, numbers["events"])
    for row in rows:
        report = _unpack(row.report)
        yield ReportFacts(
            id=row.id,
            document=row.document_id,
            report_id=row.report_id,
            text=row.text,
            known=row.known,
            title=row.title,
            published=row.published,
            publisher=row.publisher,
            agency=row.agency,
            url=row.url,
            sentences=report.sentences,
            events=tuple(_event(item, sides["events"], places["events"], sizes) for item in claims["events"][row.id]),
            statements=tuple(_statement(item, sides["statements"]) for item in claims["statements"][row.id]),
            figures=tuple(_figure(item, sides["figures"], places["figures"]) for item in claims["figures"][row.id]),
            negotiations=tuple(_negotiation(report, item) for item in report.negotiations),
            notes=_notes(row.note, report),
            actors=tuple(_actor(report, actor) for actor in report.actors),
            places=tuple(NamedPlace(_where(place), place.mentions) for place in report.places),
            times=tuple(NamedTime(time.span, time.start, time.end) for time in report.times),
            dateline=next((piece.text.strip() for piece in report.removed if piece.kind == "dateline"), None),
            content=row.content_id,
        )


@dataclass(frozen=True, slots=True)
class _Unpacked:
    """What of a packed report is no row of its own. The rest is not made anew: that would take longer than all else together."""

    sentences: tuple[Span, ...]
    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    times: tuple[Time, ...]
    negotiations: tuple[Negotiation, ...]
    removed: tuple[Removed, ...]


def _unpack(packed: bytes) -> _Unpacked:
    values = orjson.loads(zlib.decompress(packed))
    return _Unpacked(
        tuple((start, end) for start, end in values["sentences"]),
        tuple(map(_made(Actor), values["actors"])),
        tuple(_made(Place)({**place, "claims": (), "administered_by": ()}) for place in values["places"]),
        tuple(map(_made(Time), values["times"])),
        from_json(tuple[Negotiation, ...], values["negotiations"], "negotiations"),
        from_json(tuple[Removed, ...], values["removed"], "removed"),
    )


def _made(cls: type[T]) -> Callable[[Mapping[str, Any]], T]:
    """What makes one of a class, whose fields are plain values or lists, from the JSON that the record itself has written: without the
    checks of `from_json`, which for all that a report names would take longer than all else together."""
    names = [field.name for field in fields(cls)]  # type: ignore[arg-type]

    def make(values: Mapping[str, Any]) -> T:
        return cls(**{name: _plain(values[name]) for name in names if name in values})

    return make


def _plain(value: Any) -> Any:
    return tuple(map(_plain, value)) if isinstance(value, list) else value


def _notes(said: str | None, report: _Unpacked) -> tuple[str, ...]:
    written = [piece.text.strip() for piece in report.removed if piece.kind == "editor_note"]
    return tuple(note for note in (said, *written) if note)


def _claims(connection: Connection, name: str, readings: Sequence[int]) -> Mapping[int, list[Row[Any]]]:
    table = schema.CLAIMS[name]
    query = select(table).where(table.c.reading_id.in_(readings), table.c.live != HIDDEN).order_by(table.c.id)
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.reading_id].append(row)
    return found


def _parties(connection: Connection, name: str, ids: Sequence[int]) -> Mapping[tuple[int, str], list[Who]]:
    found: dict[tuple[int, str], list[Who]] = defaultdict(list)
    table = schema.parties
    for some in _parts(ids):
        query = select(table).where(table.c.claim == name, table.c.claim_id.in_(some))
        for row in connection.execute(query.order_by(table.c.claim_id, table.c.side, table.c.n)):
            found[row.claim_id, row.side].append(Who(row.key, row.name, row.country))
    return found


def _places(
    connection: Connection, name: str, ids: Sequence[int], readings: Sequence[int]
) -> Mapping[int, list[Where]]:
    found: dict[int, list[Where]] = defaultdict(list)
    known = {
        row.key: row
        for row in connection.execute(select(schema.places).where(schema.places.c.reading_id.in_(readings)))
    }
    table = schema.claim_places
    for some in _parts(ids):
        query = select(table).where(table.c.claim == name, table.c.claim_id.in_(some))
        for row in connection.execute(query.order_by(table.c.claim_id, table.c.n)):
            place = known.get(row.key)
            here = (place.kind, place.lat, place.lon) if place is not None else ("", None, None)
            found[row.claim_id].append(Where(row.key, row.name, row.country, *here))
    return found


def _sizes(connection: Connection, events: Sequence[int]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    table = schema.event_figures
    for some in _parts(events):
        query = select(table).where(table.c.event_id.in_(some)).order_by(table.c.event_id, table.c.figure_id)
        for row in connection.execute(query):
            found[row.event_id].append(row.figure_id)
    return found


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """A list in parts that a database takes as parameters."""
    for at in range(0, len(ids), 5000):
        yield ids[at : at + 5000]


def _event(
    row: Row[Any],
    sides: Mapping[tuple[int, str], list[Who]],
    places: Mapping[int, list[Where]],
    sizes: Mapping[int, list[int]],
) -> EventFact:
    return EventFact(
        id=row.id,
        type=row.type,
        mode=row.mode,
        act_type=row.act_type,
        act_mode=row.act_mode,
        status=row.status,
        actors=tuple(sides.get((row.id, "actor"), ())),
        recipients=tuple(sides.get((row.id, "recipient"), ())),
        sources=tuple(sides.get((row.id, "source"), ())),
        places=tuple(places.get(row.id, ())),
        start=row.date_start,
        end=row.date_end,
        figures=tuple(sizes.get(row.id, ())),
        news=row.news,
        confidence=row.confidence,
        span=(row.start, row.end),
        quote=row.quote,
    )


def _statement(row: Row[Any], sides: Mapping[tuple[int, str], list[Who]]) -> StatementFact:
    speakers = sides.get((row.id, "speaker"), ())
    return StatementFact(
        id=row.id,
        speaker=speakers[0] if speakers else None,
        content=row.content,
        sourcing=row.sourcing,
        day=row.day,
        span=(row.start, row.end),
        quote=row.quote,
    )


def _figure(row: Row[Any], sides: Mapping[tuple[int, str], list[Who]], places: Mapping[int, list[Where]]) -> FigureFact:
    sources, where = sides.get((row.id, "source"), ()), places.get(row.id, ())
    return FigureFact(
        id=row.id,
        value=row.value,
        low=row.low,
        high=row.high,
        bound=row.bound,
        kind=row.kind,
        unit=row.unit,
        measure=row.measure,
        population=row.population,
        place=where[0] if where else None,
        since=row.since,
        as_of=row.as_of,
        source=sources[0] if sources else None,
        span=(row.start, row.end),
        quote=row.quote,
    )


def _who(actor: Actor) -> Who:
    return Who(actor_key(actor), actor.name, actor.country)


def _where(place: Place) -> Where:
    return Where(place_key(place), place.name, place.country, place.kind, place.lat, place.lon)


def _actor(report: _Unpacked, actor: Actor) -> NamedActor:
    return NamedActor(
        who=_who(actor),
        kind=actor.kind,
        sectors=actor.sectors,
        role=actor.role,
        affiliation=actor.affiliation,
        members=tuple(_who(report.actors[number]) for number in actor.members),
        mentions=actor.mentions,
    )


def _negotiation(report: _Unpacked, item: Negotiation) -> NegotiationFact:
    def who(number: int) -> Who:
        return _who(report.actors[number])

    positions = tuple(
        PositionFact(issue.label, who(position.party), position.stance, position.span)
        for issue in item.issues
        for position in issue.positions
    )
    return NegotiationFact(
        topic=item.topic,
        parties=tuple(map(who, item.parties)),
        mediators=tuple(map(who, item.mediators)),
        state=item.state,
        progress=item.progress.value if item.progress else None,
        positions=positions,
        obstacles=item.obstacles,
        spans=item.spans,
    )
