"""What pages ask beside lists: counts by day, by place and by speaker, one claim by its name, who an actor was, who printed what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select, true

from readout.errors import UsageError
from readout.record import linked, schema
from readout.record.asking import Day, conditions_of, narrowly, question
from readout.record.claims import Claim
from readout.record.conditions import TABLES, understand
from readout.record.counted import tally
from readout.record.fetching import FETCH
from readout.record.filters import Filters
from readout.record.indexes import NARROW
from readout.record.log import claim_named
from readout.record.moments import as_of
from readout.record.record import Record
from readout.record.rows_in_order import among
from readout.record.schema import HIDDEN, LIVE

#: On which side of a claim those stand by whom it is counted.
_SIDES = {"events": "actor", "statements": "speaker", "figures": "source"}


@dataclass(frozen=True, slots=True)
class PlaceTally:
    """A place and how many events take place there; coordinates are None where the gazetteer has none."""

    key: str
    name: str
    kind: str
    country: str | None
    lat: float | None
    lon: float | None
    number: int


@dataclass(frozen=True, slots=True)
class PartyTally:
    """Somebody on one side of claims, and how many of these there are on each day (none where reports are counted); "" is the day of
    what is not dated."""

    key: str
    name: str
    number: int
    days: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Role:
    """What reports call an actor: the role, of whom, from the first to the last report that says so, and how many do."""

    role: str | None
    affiliation: str | None
    first: str | None
    last: str | None
    reports: int


@dataclass(frozen=True, slots=True)
class PublisherTally:
    """Who printed reports: how many, of how many words, from which day to which."""

    name: str | None
    reports: int
    words: int
    first: str | None
    last: str | None


def stamp(record: Record, *, looks: bool = True) -> tuple[Any, ...]:
    """Values that are others once something was written: what was worked out before may be kept as long as they are the same. Without
    `looks` a look at a feed that brought nothing is none."""
    linking, decided = linked.linkings.c, linked.decisions.c
    runs, log, feeds = schema.batches.c, schema.corrections.c, schema.sources.c
    stmt = select(runs.id, runs.added, runs.problems, runs.forgotten, runs.ended).order_by(runs.id.desc()).limit(1)
    with record.asking() as connection:
        run = connection.execute(stmt).first()
        last = connection.execute(select(func.max(log.id))).scalar()
        looked = connection.execute(select(func.sum(feeds.looks))).scalar() if looks else None
        words = connection.execute(select(func.max(decided.id), func.count(decided.undone_at))).one()
        links = connection.execute(select(linking.id, linking.ended).order_by(linking.id.desc()).limit(1)).first()
    return (*(run or ()), last, looked, *words, *(links or ()))


def answering(record: Record, kind: str, filters: Filters, numbers: Iterable[int]) -> set[int]:
    """Which of some claims or reports answer, by their numbers in the record (of reports those of their readings)."""
    wanted = sorted(set(numbers))
    with record.asking() as connection:
        asked = understand(connection, kind, filters, as_of(connection, None, record.now()))
        if asked.nothing or not wanted:
            return set()
        column = asked.table.c.id
        holds = [item.holds for item in (*asked.found, *asked.ranges.values())]
        of = (among(connection, column, wanted), asked.standing, *asked.rest, *holds)
        return set(connection.execute(select(column).where(*of)).scalars())


def last_day(record: Record) -> str | None:
    """The day of the last report that a record has, None where none has a day."""
    latest = record.page("reports", order="-published", limit=1).items
    return (latest[0].published or "")[:10] or None if latest else None


def claim_of(record: Record, name: str) -> tuple[Claim, int]:
    """A claim by its name ("events/12"), whether it answers or not, and its `live`.

    Raises:
        UsageError: it is no name of a claim, there is no such claim, or its report is under embargo.
    """
    kind, number = claim_named(name)
    table = schema.CLAIMS[kind]
    with record.asking() as connection:
        when = as_of(connection, None, record.now())
        rows = connection.execute(select(table).where(table.c.id == number)).all()
        if not rows:
            raise UsageError(f"there is no {name} in the record")
        if rows[0].article_id in when.embargoed:
            raise UsageError(f"{name} may not be shown yet: its report is under embargo")
        return FETCH[kind](connection, rows, when)[0], rows[0].live


def rejected_of(record: Record, report: str) -> tuple[tuple[str, Claim], ...]:
    """The claims of a report that people rejected, each with the name of its kind, in the order of the text."""
    reading, found = schema.readings.c, list[tuple[str, Claim]]()
    with record.asking() as connection:
        when = as_of(connection, None, record.now())
        standing = select(reading.id).where(
            reading.report_id == report, reading.live != HIDDEN, *when.conditions(schema.readings)
        )
        for kind, table in schema.CLAIMS.items():
            stmt = select(table).where(table.c.reading_id.in_(standing), table.c.review == "rejected")
            rows = connection.execute(stmt.order_by(table.c.start, table.c.id)).all()
            found += [(kind, claim) for claim in (FETCH[kind](connection, rows, when) if rows else ())]
    return tuple(sorted(found, key=lambda item: (item[1].span, item[0], item[1].id)))


def by_day(
    record: Record,
    kind: str,
    filters: Filters,
    *,
    known: Day | None = None,
    axis: str = "date",
    numbers: Sequence[int] | None = None,
) -> dict[str, int]:
    """How many claims or reports there are of each day, in the order of days; "" is the day of what is not dated.

    Args:
        record: the record.
        kind: events, statements, figures, reports.
        filters: what is asked for.
        known: what was known then.
        axis: "date", the day of the claim, or "published", that of its report.
        numbers: those of what answers, where they are known.
    """
    by = "published" if axis == "published" or kind == "reports" else "day"
    with record.asking() as connection:
        when = as_of(connection, known, record.now())
        if not filters:
            return dict(sorted(tally(connection, f"{kind}.{by}", when).items()))
        column = TABLES[kind].c[by]
        stmt = select(column, func.count()).group_by(column)
        if numbers is not None:
            table, lives = TABLES[kind], (*when.lives, *((HIDDEN,) if filters.review else ()))
            stmt = stmt.where(among(connection, table.c.id, numbers), table.c.live.in_(lives))
            stmt = stmt.with_hint(table, f"INDEXED BY {NARROW[table.name]}", "sqlite")
        else:
            understood = understand(connection, kind, filters, when)
            stmt = narrowly(stmt.where(*conditions_of(connection, understood)), understood)
        counts = {row[0] or "": row[1] for row in connection.execute(stmt)}
    return dict(sorted(counts.items()))


def by_class(record: Record, filters: Filters) -> dict[str, dict[int, int]]:
    """How many events there are of each day and PLOVER class; "" is the day of what is not dated. They are gone through once."""
    event, found = schema.events.c, dict[str, dict[int, int]]()
    with record.asking() as connection:
        understood = understand(connection, "events", filters, as_of(connection, None, record.now()))
        stmt = select(event.day, event.quad, func.count()).where(*conditions_of(connection, understood))
        for day, quad, number in connection.execute(narrowly(stmt, understood).group_by(event.day, event.quad)):
            found.setdefault(day or "", {})[quad] = number
    return dict(sorted(found.items()))


def by_place(
    record: Record,
    filters: Filters,
    *,
    known: Day | None = None,
    reports: bool = False,
    limit: int = 300,
    numbers: Sequence[int] | None = None,
) -> tuple[PlaceTally, ...]:
    """The places of the events that are asked for, those of most events (or of most reports that have such) first. `numbers` are those of
    the events, where they are known."""
    # Under a name of its own: a filter looks into the same table, for other rows than the one that is counted.
    links, place = schema.claim_places.alias("located"), schema.places
    link = links.c
    with record.asking() as connection:
        table, holds = _asked(connection, record, "events", filters, known, numbers)
        if reports:
            number = func.count(table.c.reading_id.distinct())
            on = (link.claim == "events") & (link.claim_id == table.c.id)
            stmt = select(link.key, number).join_from(links, table, on).where(*holds)
        else:
            number = func.count(link.claim_id.distinct())
            answering = select(table.c.id).where(*holds)
            stmt = select(link.key, number).where(link.claim == "events", link.claim_id.in_(answering))
        stmt = stmt.group_by(link.key).order_by(number.desc(), link.key).limit(limit)
        counts = {row[0]: row[1] for row in connection.execute(stmt)}
        newest = select(func.max(place.c.id)).where(place.c.key.in_(counts)).group_by(place.c.key)
        rows = connection.execute(select(place).where(place.c.id.in_(newest))).all()
    found = [
        PlaceTally(row.key, row.name, row.kind, row.country, row.lat, row.lon, counts[row.key])
        for row in sorted(rows, key=lambda row: (-counts[row.key], row.key))
    ]
    return tuple(found)


def by_party(
    record: Record,
    kind: str,
    filters: Filters,
    *,
    known: Day | None = None,
    side: str | None = None,
    reports: bool = False,
    days: bool = True,
    limit: int = 12,
    numbers: Sequence[int] | None = None,
) -> tuple[PartyTally, ...]:
    """Those who act (of statements: speak, of figures: counted) in most of the claims that are asked for, day by day.

    Args:
        record: the record.
        kind: events, statements, figures.
        filters: what is asked for.
        known: what was known then.
        side: another side of the claim: "recipient" of events, "addressee" of statements.
        reports: count the reports that have such claims, and not the claims.
        days: count them by day, too.
        limit: so many at most.
        numbers: those of what answers, where they are known.
    """
    parties = schema.parties.alias("counted")  # as in `by_place`
    party = parties.c
    with record.asking() as connection:
        understood = understand(connection, kind, filters, as_of(connection, known, record.now()))
        table = TABLES[kind]
        holds = conditions_of(connection, understood) if numbers is None else [among(connection, table.c.id, numbers)]
        sided = [party.claim == kind, party.side == (side or _SIDES[kind]), party.key != ""]
        on = party.claim_id == table.c.id
        if reports:
            number = func.count(table.c.reading_id.distinct())
            found = select(party.key, func.max(party.name), number).join_from(parties, table, on).where(*sided, *holds)
        else:
            number = func.count(party.claim_id.distinct())
            answering = select(table.c.id).where(*holds)
            answering = answering if numbers is not None else narrowly(answering, understood)
            found = select(party.key, func.max(party.name), number).where(*sided, party.claim_id.in_(answering))
        first = connection.execute(found.group_by(party.key).order_by(number.desc(), party.key).limit(limit)).all()
        of = [*sided, *holds]
        by_day = dict[str, dict[str, int]]()
        if days and not reports:
            by_day = _days_of(connection, parties, table, on, [*of, party.key.in_([row[0] for row in first])])
    return tuple(PartyTally(row[0], row[1], row[2], tuple(sorted(by_day.get(row[0], {}).items()))) for row in first)


def _days_of(
    connection: Connection, parties: Any, table: Any, on: Any, holds: Iterable[Any]
) -> dict[str, dict[str, int]]:
    party, found = parties.c, dict[str, dict[str, int]]()
    stmt: Select[Any] = select(party.key, table.c.day, func.count(table.c.id.distinct()))
    stmt = stmt.join_from(parties, table, on).where(*holds).group_by(party.key, table.c.day)
    for key, day, number in connection.execute(stmt):
        found.setdefault(key, {})[day or ""] = number
    return found


def roles_of(record: Record, key: str, *, limit: int = 12) -> tuple[Role, ...]:
    """What reports call an actor, what most of them say first."""
    actor, reading = schema.actors.c, schema.readings.c
    number = func.count(reading.id.distinct())
    stmt = select(actor.role, actor.affiliation, func.min(reading.published), func.max(reading.published), number)
    stmt = stmt.join_from(schema.actors, schema.readings, reading.id == actor.reading_id)
    with record.asking() as connection:
        when = as_of(connection, None, record.now())
        stmt = stmt.where(
            actor.key == key, actor.live == LIVE, actor.role.is_not(None), *when.conditions(schema.readings)
        )
        stmt = stmt.group_by(actor.role, actor.affiliation)
        stmt = stmt.order_by(number.desc(), actor.role, actor.affiliation).limit(limit)
        return tuple(Role(*row) for row in connection.execute(stmt))


def names_of(record: Record, key: str) -> tuple[str, ...]:
    """The names under which an actor was met, in the form in which names are compared."""
    names = schema.actor_names.c
    with record.asking() as connection:
        return tuple(connection.execute(select(names.folded).where(names.key == key).order_by(names.folded)).scalars())


def publishers_of(record: Record) -> tuple[PublisherTally, ...]:
    """Who printed the reports that answer, those of most reports first."""
    reading = schema.readings.c
    number = func.count()
    columns = (reading.publisher, number, func.sum(reading.words), func.min(reading.published))
    stmt = select(*columns, func.max(reading.published))
    with record.asking() as connection:
        when = as_of(connection, None, record.now())
        stmt = stmt.where(reading.live == LIVE, *when.conditions(schema.readings)).group_by(reading.publisher)
        rows = connection.execute(stmt.order_by(number.desc(), reading.publisher)).all()
    return tuple(PublisherTally(*row) for row in rows)


def _asked(
    connection: Connection,
    record: Record,
    kind: str,
    filters: Filters,
    known: Day | None,
    numbers: Sequence[int] | None,
) -> tuple[Any, list[Any]]:
    """The table of a question, and what holds for the rows that answer it."""
    if numbers is not None:
        return TABLES[kind], [among(connection, TABLES[kind].c.id, numbers)]
    asked = question(kind, filters, None, False, known, record.now())
    understood = understand(connection, kind, filters, as_of(connection, known, asked.now))
    return TABLES[kind], conditions_of(connection, understood) or [true()]
