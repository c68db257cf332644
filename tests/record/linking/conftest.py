"""Records of invented reports that are written without being read, and what is stored of their links, by names that no record changes."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from readout.across.linking.registry import LINKED
from readout.across.linking.storing import unpack
from readout.record import linked, schema
from readout.record.identity import content_id
from readout.record.rows import rows_of
from readout.record.runs import start_batch
from readout.record.writing import Prepared, write_batch
from readout.sources.article import Article
from readout.types import Act, Actor, DateRange, Event, Figure, Place, ReaderVersion, Report

READER = ReaderVersion("0", "none", "none")
PLACES = {
    "Osthavn": Place("Osthavn", "city", "VES", lat=61.0, lon=9.0),
    "Norvik": Place("Norvik", "city", "VES", lat=63.4, lon=12.0),
}


@dataclass(frozen=True)
class Told:
    """A report of one attack: `day` is the day of May 2025 on which it is published, `on` that of the attack."""

    name: str
    text: str
    day: int
    outlet: str
    place: str = "Osthavn"
    on: int | None = None
    killed: int | None = None
    by: str = "Red Dawn Front"
    title: str | None = None
    source: str | None = None
    month: int = 5


def date(day, month=5):
    return f"2025-{month:02}-{day:02}"


def report_of(told):
    """What a reader would have made of it: one event, and its toll."""
    at = told.text.index(str(told.killed)) if told.killed is not None else 0
    figures = ()
    if told.killed is not None:
        span, value = (at, at + len(str(told.killed))), told.killed
        figures = (Figure(span, value, value, value, "exact", "count", measure="killed"),)
    day = DateRange(date(told.on, told.month), date(told.on, told.month)) if told.on is not None else None
    start = told.text.index("bomb")
    event = Event(
        id=f"ASSAULT:{start}", type="ASSAULT", mode="explosives", act=Act("ASSAULT", "explosives"), status="occurred", quad=4,
        cameo=None, contexts=(), actors=(0,), recipients=(), places=(0,), time=None, date=day,
        figures=tuple(range(len(figures))), attribution=(), span=(start, start + 4), sentence=0, news=True, rule="made up",
        confidence=1.0,
    )  # fmt: skip
    return Report(
        id=told.name,
        text=told.text,
        reader=READER,
        title=told.title,
        publisher=told.outlet,
        published=date(told.day, told.month),
        sentences=((0, len(told.text)),),
        actors=(Actor(told.by, "organization", id=told.by.lower().replace(" ", "-")),),
        places=(PLACES[told.place],),
        figures=figures,
        events=(event,),
    )


def prepared(told):
    report = report_of(told)
    fields = {"title": told.title, "publisher": told.outlet, "published": report.published, "source_id": told.source}
    article = Article(told.text, told.name, **fields)
    return Prepared(content_id(article), article, False, rows_of(report), READER)


def add(record, reports):
    """Writes reports in one batch."""
    with record.writing() as connection:
        batch = start_batch(connection, "made up", record.now())
        write_batch(connection, batch, [prepared(told) for told in reports], (), record.now())


BODY = (
    " Stalls burnt until the evening while firemen carried water from the harbour, and the mayor closed the old quay to all traffic."
    " A guard who had been on duty since dawn told reporters that two men had left a cart beside the scales and had run away towards"
    " the railway. Schools stay shut for the rest of the week, the council said after it had met in the town hall."
)
NEWS = (
    Told("a1", "A Red Dawn Front bomb tore through the fish market in Osthavn on Saturday, killing 12 people, police said.", 3,
         "Nordpost", on=3, killed=12, title="Bomb kills 12 in Osthavn fish market"),
    Told("k7", "At least 14 people died when a Red Dawn Front bomb exploded in the fish market of Osthavn, the hospital said.", 3,
         "Kystradio", on=3, killed=14, title="Osthavn fish market bomb: many dead"),
    Told("c2", "The bomb that the Red Dawn Front set off in the fish market of Osthavn killed 17, the health ministry said." + BODY, 4,
         "Vestrand Times", on=3, killed=17, title="Toll of Osthavn fish market bomb rises"),
    Told("b5", "The bomb that the Red Dawn Front set off in the fish market of Osthavn killed 17, the health ministry said." + BODY, 4,
         "Lindal Daily", on=3, killed=17, title="Osthavn fish market bomb kills 17"),
    Told("z9", "Osthavn buried 17 victims of the Red Dawn Front bomb in its fish market.", 5, "Kystradio", killed=17,
         title="Osthavn buries its dead"),
    Told("d4", "A Red Dawn Front bomb killed 3 people in a village near Norvik on Saturday, police said.", 3, "Vestrand Times", "Norvik",
         on=3, killed=3, title="Village bomb near Norvik"),
    Told("e6", "A bomb in a barn near Norvik hurt nobody, the sheriff said, and cows were found grazing on the meadow.", 4, "Nordpost",
         "Norvik", on=4, by="a farmer", title="Barn near Norvik"),
    # An id that another outlet gave another report.
    Told("a1", "A bomb of the last war was dug up by potato growers at Norvik and blown up by engineers on the beach.", 6, "Kystradio",
         "Norvik", on=6, by="the army", title="Old bomb on the beach"),
)  # fmt: skip


def stored(record):
    """Links and groups, with reports and claims by names that are the same in every record: ids of reports and publishers, spans."""
    with record.asking() as connection:
        readings = connection.execute(
            select(schema.readings.c.id, schema.readings.c.report_id, schema.readings.c.publisher)
        )
        names = {row.id: (row.report_id, row.publisher) for row in readings}
        claims = {
            (name, row.id): (row.start, row.end, row.quote)
            for name, table in schema.CLAIMS.items()
            for row in connection.execute(select(table))
        }
        links = {
            (names[row.first_id], names[row.second_id], row.kind, row.rule, row.score, row.reasons)
            for row in connection.execute(select(linked.links))
        }
        groups = {}
        for row in connection.execute(select(linked.groups)):
            groups[row.kind, row.key] = [(row.title, row.start, row.end, row.reports, row.sources, row.members)]
        for row in connection.execute(select(linked.members).order_by(linked.members.c.n)):
            claim = claims.get((row.claim, row.claim_id))
            said = (names[row.reading_id], claim, row.score, row.rule, json.loads(row.reasons))
            groups[row.kind, row.key].append(said)
    return links, groups


def everything(record):
    """Every row of what is stored, but the log of runs."""
    with record.asking() as connection:
        tables = (linked.links, linked.groups, linked.members, linked.linked_readings)
        return {table.name: sorted(map(repr, connection.execute(select(table)))) for table in tables}


def bodies(record):
    """The stored items by kind and key."""
    kinds = {kind.name: kind for kind in LINKED}
    with record.asking() as connection:
        return {
            (row.kind, row.key): unpack(kinds[row.kind], row.body) for row in connection.execute(select(linked.groups))
        }


class Linking:
    """The functions above, for tests; modules of tests do not import one another."""

    Told, NEWS = Told, NEWS
    add = staticmethod(add)
    stored = staticmethod(stored)
    everything = staticmethod(everything)
    bodies = staticmethod(bodies)


@pytest.fixture(scope="session")
def made() -> type[Linking]:
    """Ways to make and to look at linked records."""
    return Linking
