"""The overlay as rows: an article's claims are made to stand as its readings and the log of its corrections say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, insert, or_, select, update

from readout.readers.places.names import fold_name
from readout.record import schema
from readout.record.counted import recounted
from readout.record.log import Correction, log_of
from readout.record.made import Indexes, MadeRows, links_of, made_rows
from readout.record.migrations import SEARCHED
from readout.record.overlay import Overlaid, State, overlay
from readout.record.removing import remove_claims
from readout.record.schema import HIDDEN
from readout.record.told import ToldReading, readings_told
from readout.record.writing import index_words, insert_unless_there

_BESIDE = ("parties", "claim_places", "made_spans")


@dataclass(frozen=True, slots=True)
class Situation:
    """All that decides what holds of an article's claims, its standing reading and its log; and what holds then."""

    reading: ToldReading
    log: tuple[Correction, ...]
    holds: Overlaid


def situation_of(connection: Connection, article: int) -> Situation | None:
    """The situation of an article; None where it is not there, or was never read."""
    table = schema.readings
    standing = connection.execute(
        select(table.c.id).where(table.c.article_id == article, table.c.live != HIDDEN)
    ).scalar()
    if standing is None:
        return None
    return with_log(readings_told(connection, [standing])[standing], log_of(connection, article))


def with_log(reading: ToldReading, log: Sequence[Correction]) -> Situation:
    """What holds of a reading with a log."""
    return Situation(reading, tuple(log), overlay(reading.claims, log, reading.ground))


def claims_of(situation: Situation, entry: Correction) -> set[tuple[str, int]]:
    """The claims that an entry of the log was made on, made, or changes now, by kind and number."""
    ids = {target.id for target in entry.targets} | {made.id for made in entry.made}
    return {(entry.claim, id_) for id_ in ids} | situation.holds.touched.get(entry.number, frozenset())


def replay(connection: Connection, article: int) -> Overlaid | None:
    """Works out anew, from what was read and the log alone, what holds of an article, and writes what is not so yet.

    Returns:
        What holds; None where the article is not there, or was never read.
    """
    situation = situation_of(connection, article)
    if situation is None:
        return None
    write(connection, situation)
    return situation.holds


def write(connection: Connection, situation: Situation) -> None:
    """Makes the rows of an article what they should be; rows that are so are left alone."""
    with recounted(connection, (situation.reading.article_id,)):
        _write(connection, situation)


def _write(connection: Connection, situation: Situation) -> None:
    reading, states = situation.reading, list(situation.holds.states.values())
    for claim, table in schema.CLAIMS.items():
        _mark_read(connection, table, reading, [s for s in states if s.claim == claim and s.correction is None])
    wanted = made_rows(reading, states, _indexes(connection, reading.id))
    there = {claim: _there(connection, claim, reading.article_id) for claim in schema.CLAIMS}
    for claim in schema.CLAIMS:
        stale = [number for number, made in there[claim].items() if wanted[claim].get(number) != made]
        remove_claims(connection, claim, stale)
    for claim in schema.CLAIMS:
        fresh = [made for number, made in sorted(wanted[claim].items()) if there[claim].get(number) != made]
        _insert(connection, claim, fresh)
    _link(connection, reading, states)


def _mark_read(connection: Connection, table: Table, reading: ToldReading, states: Sequence[State]) -> None:
    """Says of the claims that were read whether they stand, and what people said of them."""
    rows = connection.execute(
        select(table.c.id, table.c.live, table.c.review).where(
            table.c.reading_id == reading.id, table.c.correction_id.is_(None)
        )
    )
    there = {row.id: (row.live, row.review) for row in rows}
    for state in states:
        live, review = (reading.live if state.standing else HIDDEN), state.review
        if there[state.id] != (live, review):
            connection.execute(update(table).where(table.c.id == state.id).values(live=live, review=review))


def _indexes(connection: Connection, reading: int) -> Indexes:
    found = []
    for table in (schema.actors, schema.places):
        rows = connection.execute(select(table.c.key, table.c.idx).where(table.c.reading_id == reading))
        found.append(dict(sorted(((row.key, row.idx) for row in rows), key=lambda row: -row[1])))
    return Indexes(*found)


def _there(connection: Connection, claim: str, article: int) -> dict[int, MadeRows]:
    """What corrections of an article have made so far."""
    table = schema.CLAIMS[claim]
    rows = connection.execute(
        select(table).where(table.c.article_id == article, table.c.correction_id.is_not(None))
    ).mappings()
    found = {row["id"]: MadeRows(dict(row)) for row in rows}
    for name in _BESIDE if found else ():
        beside = schema.metadata.tables[name]
        order = [column for column in beside.primary_key.columns if column.name != "claim"]
        mine = connection.execute(
            select(beside).where(beside.c.claim == claim, beside.c.claim_id.in_(list(found))).order_by(*order)
        ).mappings()
        for row in mine:
            getattr(found[row["claim_id"]], name).append(dict(row))
    return found


def _insert(connection: Connection, claim: str, made: Sequence[MadeRows]) -> None:
    if not made:
        return
    connection.execute(insert(schema.CLAIMS[claim]), [item.row for item in made])
    for name in _BESIDE:
        rows = [row for item in made for row in getattr(item, name)]
        if rows:
            connection.execute(insert(schema.metadata.tables[name]), rows)
    names = {(fold_name(row["name"]), row["key"]) for item in made for row in item.parties if row["name"]}
    if names:
        rows = [{"folded": folded, "key": key} for folded, key in sorted(names)]
        connection.execute(insert_unless_there(connection, schema.actor_names), rows)
    if connection.dialect.name == "sqlite":
        for item in made:
            index_words(connection, claim, dict(SEARCHED)[claim], item.row["id"], item.row["id"])


def _link(connection: Connection, reading: ToldReading, states: Sequence[State]) -> None:
    """Links what corrections made as those claims are linked that it was made of."""
    table = schema.event_figures
    made = {
        claim: {state.id for state in states if state.claim == claim and state.correction is not None}
        for claim in ("events", "figures")
    }
    if not any(made.values()):
        return  # what was taken out took its links with it
    events = [told.id for told in reading.claims if told.claim == "events"]
    mine = or_(table.c.event_id.in_([*events, *made["events"]]), table.c.figure_id.in_(list(made["figures"])))
    there = {(row.event_id, row.figure_id) for row in connection.execute(select(table).where(mine))}
    brought = {pair for pair in there if pair[0] in made["events"] or pair[1] in made["figures"]}
    wanted = links_of(states, there - brought)
    for event, figure in sorted(brought - wanted):
        connection.execute(delete(table).where(table.c.event_id == event, table.c.figure_id == figure))
    if wanted - brought:
        rows = [{"event_id": event, "figure_id": figure} for event, figure in sorted(wanted - brought)]
        connection.execute(insert(table), rows)
