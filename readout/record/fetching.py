"""Rows as claims and reports: what stands in other tables is fetched once for a page, not once a row."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Row, Select, Table, func, select

from readout.record import schema
from readout.record.claims import ClaimPlace, EventClaim, FigureClaim, Party, ReportRow, StatementClaim
from readout.record.moments import AsOf
from readout.record.rows_in_order import among
from readout.types import Act

Rows = Sequence[Row[Any]]


def events(connection: Connection, rows: Rows, _: AsOf) -> list[EventClaim]:
    """Events of the record with all that belongs to them."""
    ids = [row.id for row in rows]
    parties, places, common = (
        _parties(connection, "events", ids),
        _places(connection, "events", ids),
        _common(connection, rows),
    )
    figures = _linked(connection, schema.event_figures.c.event_id, schema.event_figures.c.figure_id, ids)
    return [
        EventClaim(
            **common(row),
            start=row.date_start,
            end=row.date_end,
            type=row.type,
            mode=row.mode,
            act=Act(row.act_type, row.act_mode),
            status=row.status,
            quad=row.quad,
            cameo=row.cameo,
            contexts=tuple(json.loads(row.contexts)) if row.contexts else (),
            actors=parties[row.id, "actor"],
            recipients=parties[row.id, "recipient"],
            sources=parties[row.id, "source"],
            places=places[row.id],
            figures=figures[row.id],
            news=row.news,
            confidence=row.confidence,
            rule=row.rule,
        )
        for row in rows
    ]


def statements(connection: Connection, rows: Rows, _: AsOf) -> list[StatementClaim]:
    """Statements of the record with all that belongs to them."""
    parties, common = _parties(connection, "statements", [row.id for row in rows]), _common(connection, rows)
    return [
        StatementClaim(
            **common(row),
            kind=row.kind,
            sourcing=row.sourcing,
            channel=row.channel,
            cue=row.cue,
            content=row.content,
            speakers=parties[row.id, "speaker"],
            addressees=parties[row.id, "addressee"],
        )
        for row in rows
    ]


def figures(connection: Connection, rows: Rows, _: AsOf) -> list[FigureClaim]:
    """Figures of the record with all that belongs to them."""
    ids = [row.id for row in rows]
    parties, places, common = (
        _parties(connection, "figures", ids),
        _places(connection, "figures", ids),
        _common(connection, rows),
    )
    sized = _linked(connection, schema.event_figures.c.figure_id, schema.event_figures.c.event_id, ids)
    return [
        FigureClaim(
            **common(row),
            kind=row.kind,
            value=row.value,
            low=row.low,
            high=row.high,
            bound=row.bound,
            unit=row.unit,
            measure=row.measure,
            population=row.population,
            since=row.since,
            as_of=row.as_of,
            sources=parties[row.id, "source"],
            places=places[row.id],
            events=sized[row.id],
        )
        for row in rows
    ]


def reports(connection: Connection, rows: Rows, when: AsOf) -> list[ReportRow]:
    """Reports of the record, with how much was read in each."""
    articles = schema.articles
    ids = [row.id for row in rows]
    of = among(connection, articles.c.id, [row.article_id for row in rows])
    known = {row.id: row for row in connection.execute(select(articles).where(of))}
    counts = {name: _counts(connection, table, ids, when) for name, table in schema.CLAIMS.items()}
    return [
        ReportRow(
            id=row.report_id,
            title=row.title,
            publisher=row.publisher,
            agency=row.agency,
            url=row.url,
            published=row.published,
            known=known[row.article_id].known,
            version=known[row.article_id].number,
            status=known[row.article_id].status,
            opening=row.opening,
            words=row.words,
            events=counts["events"].get(row.id, 0),
            statements=counts["statements"].get(row.id, 0),
            figures=counts["figures"].get(row.id, 0),
            reading=row.id,
            article=row.article_id,
            document=known[row.article_id].document_id,
        )
        for row in rows
    ]


#: How rows of each table that is asked become what is answered.
FETCH: dict[str, Callable[[Connection, Rows, AsOf], list[Any]]] = {
    "events": events,
    "statements": statements,
    "figures": figures,
    "reports": reports,
}


def _counts(connection: Connection, table: Table, readings: Sequence[int], when: AsOf) -> dict[int, int]:
    of = [among(connection, table.c.reading_id, readings), table.c.live.in_(when.lives)]
    of.append(func.coalesce(table.c.review, "") != "rejected")
    stmt = select(table.c.reading_id, func.count()).where(*of).group_by(table.c.reading_id)
    stmt = stmt.with_hint(table, f"INDEXED BY ix_{table.name}_reading_id", "sqlite")
    return {row[0]: row[1] for row in connection.execute(stmt)}


def _parties(connection: Connection, claim: str, ids: Sequence[int]) -> dict[tuple[int, str], tuple[Party, ...]]:
    table = schema.parties
    stmt: Select[Any] = select(table).where(table.c.claim == claim, among(connection, table.c.claim_id, ids))
    found: dict[tuple[int, str], tuple[Party, ...]] = defaultdict(tuple)
    for row in connection.execute(stmt.order_by(table.c.claim_id, table.c.side, table.c.n)):
        cue = (row.cue_start, row.cue_end) if row.cue_start is not None and row.cue_end is not None else None
        found[row.claim_id, row.side] += (Party(row.name, row.key, row.country, row.actor, cue),)
    return found


def _places(connection: Connection, claim: str, ids: Sequence[int]) -> dict[int, tuple[ClaimPlace, ...]]:
    table = schema.claim_places
    stmt: Select[Any] = select(table).where(table.c.claim == claim, among(connection, table.c.claim_id, ids))
    found: dict[int, tuple[ClaimPlace, ...]] = defaultdict(tuple)
    for row in connection.execute(stmt.order_by(table.c.claim_id, table.c.n)):
        found[row.claim_id] += (ClaimPlace(row.name, row.key, row.country, row.place),)
    return found


def _linked(connection: Connection, of: Column[int], to: Column[int], ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = defaultdict(tuple)
    for claim, other in connection.execute(select(of, to).where(among(connection, of, ids)).order_by(of, to)):
        found[claim] += (other,)
    return found


def _common(connection: Connection, rows: Rows) -> Callable[[Row[Any]], dict[str, Any]]:
    """What claims of all kinds have, for each row."""
    reading, article = schema.readings.c, schema.articles.c
    stmt = select(reading.id, reading.report_id, reading.title, reading.url, reading.agency, article.document_id)
    stmt = stmt.join(schema.articles, article.id == reading.article_id)
    stmt = stmt.where(among(connection, reading.id, sorted({row.reading_id for row in rows})))
    known = {row.id: row for row in connection.execute(stmt)}

    def common(row: Row[Any]) -> dict[str, Any]:
        mine = known[row.reading_id]
        return {
            "id": row.id,
            "code": row.code,
            "day": row.day,
            "report": mine.report_id,
            "reading": row.reading_id,
            "article": row.article_id,
            "document": mine.document_id,
            "title": mine.title,
            "url": mine.url,
            "publisher": row.publisher,
            "agency": mine.agency,
            "published": row.published,
            "sentence": row.sentence,
            "span": (row.start, row.end),
            "quote": row.quote,
            "review": row.review,
            "correction": row.correction_id,
        }

    return common
