"""Incidents as happenings: what several reports tell of one event, with one value of what they differ in, by a stated rule.

`found_incidents` is the one place that knows how incidents are come by: as the last linking stored them, where it has seen all that the
record has; else, as for an earlier moment, they are worked out anew from the reports, which are held in memory then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, cast

from sqlalchemy import func, select

from readout.across.facts import ReportFacts, Where
from readout.across.incidents.aggregating import Rule, aggregate
from readout.across.incidents.finding import Incident
from readout.across.linking import load_groups
from readout.across.linking.deciding import decisions_on
from readout.across.linking.deciding import standing as decided
from readout.across.linking.of_incidents import INCIDENT
from readout.across.loading import load_facts
from readout.across.source_classes import SourceClass
from readout.across.whole import Across
from readout.exports.asked import HAPPENED, SPOKEN, Asked, answering, in_full, parts
from readout.exports.stories import Spot
from readout.exports.told import Happening, Told, Toll
from readout.record import Record, linked, schema
from readout.record.fetching import FETCH
from readout.record.filters import Filters

_AT_ONCE = 100  # incidents whose reports are in memory together


def found_incidents(asked: Asked) -> Iterator[Incident]:
    """All incidents of what may answer, without claims and figures that people rejected, in the order of their first claim's number."""
    if asked.known is None and not asked.record.unlinked():
        yield from _stored(asked.record)
    else:
        yield from sorted(_worked_out(asked), key=lambda item: min(member.event.id for member in item.claims))


def _stored(record: Record) -> Iterator[Incident]:
    """The incidents as they are stored, of which no more than some are in memory."""
    member = linked.members.c
    first = func.min(member.claim_id)
    keys = select(member.key).where(member.kind == INCIDENT.name).group_by(member.key).order_by(first, member.key)
    with record.asking() as connection:
        ordered = list(connection.execute(keys).scalars())
    for some in parts(ordered, _AT_ONCE):
        yield from load_groups(record, INCIDENT.name, some).values()


def _worked_out(asked: Asked) -> Sequence[Incident]:
    readings = sorted(row.reading for row in asked.record.reports("", as_of=asked.known))
    standing = answering(asked, "events", Filters()), answering(asked, "figures", Filters())
    across = Across(_standing(load_facts(asked.record, readings), *standing))
    with asked.record.asking() as connection:
        across.decisions = decisions_on(decided(connection), across.reports)
    return across.incidents


def _standing(reports: Iterable[ReportFacts], events: set[int], figures: set[int]) -> Iterator[ReportFacts]:
    for report in reports:
        yield replace(
            report,
            events=tuple(event for event in report.events if event.id in events),
            figures=tuple(figure for figure in report.figures if figure.id in figures),
        )


def incidents(asked: Asked, *, words: bool = False) -> Iterator[Happening]:
    """The incidents of which a claim answers, in the order of their first claim's number."""
    wanted = answering(asked, "events", asked.event_filters())
    found = (item for item in found_incidents(asked) if _answers(item, asked, wanted))
    for some in parts(islice(found, asked.limit), _AT_ONCE):
        numbers = sorted({member.event.id for item in some for member in item.claims})
        with asked.record.asking() as connection:
            told = {item.claim.id: item for item in _told(connection, asked, numbers, words=words)}
        for item in some:
            yield _happening(item, told, asked)


def _answers(item: Incident, asked: Asked, wanted: set[int]) -> bool:
    """Whether one of its claims answers; where acts of words are asked for, whether it is one that was made."""
    if not asked.by_status or not asked.spoken:
        return any(member.event.id in wanted for member in item.claims)
    return any(
        member.event.id in wanted
        and (member.event.status in HAPPENED or member.event.type in SPOKEN.get(member.event.status, ()))
        for member in item.claims
    )


def _told(connection: Any, asked: Asked, numbers: list[int], *, words: bool) -> list[Told]:
    table, when = schema.events, asked.moment(connection)
    found: list[Told] = []
    for some in parts(numbers, 500):
        rows = connection.execute(select(table).where(table.c.id.in_(some)).order_by(table.c.id)).all()
        found += in_full(connection, asked, FETCH["events"](connection, rows, when), words=words)
    return found


def _happening(item: Incident, told: dict[int, Told], asked: Asked) -> Happening:
    made = aggregate(item, cast(Rule, asked.rule), order=cast("tuple[SourceClass, ...]", asked.order))
    members = tuple(told[member.event.id] for member in item.claims)
    return Happening(
        id=item.id,
        lead=members[0],
        members=members,
        reports=item.reports,
        sources=item.sources,
        reality=item.reality,
        start=made.start,
        end=made.end,
        place=_spot(made.place, members) if made.place else None,
        tolls={toll.measure: Toll(toll.measure, toll.low, toll.best, toll.high, toll.claims) for toll in made.tolls},
        rule=made.rule,
        differing=item.spread.differing,
    )


def _spot(place: Where, members: tuple[Told, ...]) -> Spot:
    """A place with all that the report which names it says."""
    for member in members:
        for spot in member.places:
            if spot.key == place.key:
                return spot
    return Spot(place.name, place.key, place.country, place.kind, None, place.lat, place.lon, raw=place.name)
