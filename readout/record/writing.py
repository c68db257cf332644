"""Putting what was read into the record: one batch, one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, Table, func, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from readout.record import schema
from readout.record.bulk import insert_rows
from readout.record.counted import count_in, recounted
from readout.record.identity import document_key, known_from, same_publisher
from readout.record.migrations import SEARCHED
from readout.record.rows import ReportRows, Row, as_json
from readout.record.schema import HIDDEN, LIVE, REPLACED
from readout.sources.article import Article
from readout.sources.problem import SourceProblem
from readout.types import ReaderVersion


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article that is ready to be written; `report` is None where it was withdrawn and brings no text."""

    content_id: str
    article: Article
    keep_text: bool
    report: ReportRows | None
    reader: ReaderVersion | None


@dataclass(slots=True)
class Numbers:
    """Gives out the whole numbers that rows are known by: each table's next, read once a transaction."""

    connection: Connection
    last: dict[str, int] = field(default_factory=dict)

    def take(self, table: Table) -> int:
        """The next number of a table."""
        if table.name not in self.last:
            there = self.connection.execute(select(func.max(table.c.id))).scalar() or 0
            gone = schema.last_numbers
            spent = self.connection.execute(select(gone.c.last).where(gone.c.table == table.name)).scalar() or 0
            self.last[table.name] = max(there, spent)
        self.last[table.name] += 1
        return self.last[table.name]


class Pending:
    """Rows by table, written together in an order that no reference runs ahead of."""

    def __init__(self) -> None:
        self.rows: dict[Table, list[Row]] = {}

    def add(self, table: Table, row: Row) -> None:
        """One more row of a table."""
        self.rows.setdefault(table, []).append(row)

    def write(self, connection: Connection) -> None:
        """Writes everything, and lets full-text search know of it."""
        for table in (*schema.metadata.sorted_tables,):
            rows = self.rows.get(table)
            if not rows:
                continue
            if table is schema.actor_names:
                connection.execute(insert_unless_there(connection, table), rows)
            else:
                insert_rows(connection, table, rows)
        if connection.dialect.name == "sqlite":
            for name, columns in SEARCHED:
                rows = self.rows.get(schema.metadata.tables[name])
                if rows:
                    index_words(connection, name, columns, rows[0]["id"], rows[-1]["id"])
        self.rows.clear()


def index_words(connection: Connection, table: str, columns: Sequence[str], first: int, last: int) -> None:
    """Makes rows of a table, numbered from `first` to `last`, found by their words (SQLite keeps an index of its own)."""
    names = ", ".join(columns)
    connection.execute(
        text(
            f"INSERT INTO {table}_words(rowid, {names}) SELECT id, {names} FROM {table} WHERE id BETWEEN :first AND :last"  # noqa: S608 - names of our own tables
        ),
        {"first": first, "last": last},
    )


def write_batch(
    connection: Connection, batch_id: int, prepared: Iterable[Prepared], problems: Iterable[SourceProblem], now: str
) -> tuple[int, int]:
    """Writes some articles with what was read in them; how many were added, and how many were there already."""
    prepared = list(prepared)
    known = known_contents(connection, [item.content_id for item in prepared])
    numbers, pending = Numbers(connection), Pending()
    documents = _Documents(connection, numbers, pending)
    added = 0
    for item in prepared:
        if item.content_id in known:
            continue
        known.add(item.content_id)
        added += 1
        article_id, live = documents.place(item, batch_id, now)
        if item.report is not None and item.reader is not None:
            reader_id = reader_number(connection, numbers, item.reader)
            add_reading(pending, numbers, item.report, article_id, reader_id, batch_id, item.article.name, live, now)
    add_problems(connection, pending, numbers, batch_id, problems)
    new = [row["id"] for row in pending.rows.get(schema.articles, ())]
    pending.write(connection)
    count_in(connection, new)
    documents.settle()
    return added, len(prepared) - added


def add_problems(
    connection: Connection, pending: Pending, numbers: Numbers, batch_id: int, problems: Iterable[SourceProblem]
) -> None:
    """Puts problems among the rows to be written; one that is known is no new one, however often its input is read."""
    table = schema.problems
    for item in dict.fromkeys(problems):
        mine = {"name": item.name, "stage": item.stage, "message": item.message}
        if connection.execute(select(table.c.id).filter_by(article_id=None, **mine).limit(1)).first() is None:
            own = {"id": numbers.take(table), "batch_id": batch_id, "article_id": None, "reading_id": None}
            pending.add(table, {**own, **mine})


def known_contents(connection: Connection, content_ids: Sequence[str]) -> set[str]:
    """Which of some articles are in the record."""
    column = schema.articles.c.content_id
    return set(connection.execute(select(column).where(column.in_(content_ids))).scalars())


def reader_number(connection: Connection, numbers: Numbers, reader: ReaderVersion) -> int:
    """The number of a reader, which is written down when it is met first."""
    table = schema.readers
    values = {"version": reader.version, "model": reader.model, "knowledge": reader.knowledge}
    found = connection.execute(select(table.c.id).filter_by(**values)).scalar()
    if found is None:
        found = numbers.take(table)
        connection.execute(insert(table).values(id=found, **values))
    return int(found)


def add_reading(
    pending: Pending,
    numbers: Numbers,
    rows: ReportRows,
    article_id: int,
    reader_id: int,
    batch_id: int,
    name: str,
    live: int,
    now: str,
) -> int:
    """Puts the rows of a reading among those to be written; its number."""
    reading_id = numbers.take(schema.readings)
    of = {"reading_id": reading_id, "live": live}
    pending.add(
        schema.readings,
        {"id": reading_id, "article_id": article_id, "reader_id": reader_id, "made": now, "live": live, **rows.reading},
    )
    for row in rows.problems:
        mine = {"batch_id": batch_id, "article_id": article_id, "reading_id": reading_id, "name": name}
        pending.add(schema.problems, {"id": numbers.take(schema.problems), **mine, **row})
    for row in rows.actors:
        pending.add(schema.actors, {"id": numbers.take(schema.actors), **of, **row})
    for row in rows.places:
        pending.add(schema.places, {"id": numbers.take(schema.places), **of, **row})
    for row in rows.names:
        pending.add(schema.actor_names, row)
    given: dict[str, list[int]] = {}
    for claim, claims in rows.claims.items():
        table = schema.CLAIMS[claim]
        given[claim] = [numbers.take(table) for _ in claims]
        for number, row in zip(given[claim], claims, strict=True):
            own = {"id": number, "article_id": article_id, "review": None, "correction_id": None}
            pending.add(table, {**own, **of, **row})
    for table, among in ((schema.parties, rows.parties), (schema.claim_places, rows.claim_places)):
        for row in among:
            pending.add(table, {**without(row, "at"), "claim_id": given[row["claim"]][row["at"]]})
    for event, figure in rows.event_figures:
        ids = {"event_id": given["events"][event], "figure_id": given["figures"][figure]}
        pending.add(schema.event_figures, ids)
    return reading_id


class _Documents:
    """Finds each article's document and its place among the versions; what is replaced is marked at the end."""

    def __init__(self, connection: Connection, numbers: Numbers, pending: Pending) -> None:
        self.connection, self.numbers, self.pending = connection, numbers, pending
        self.met: dict[str, int] = {}  # documents made in this transaction, by key
        self.touched: set[int] = set()  # documents that have a further version

    def place(self, item: Prepared, batch_id: int, now: str) -> tuple[int, int]:
        """The number of a new article, and what its claims' `live` is until all is settled."""
        article = item.article
        key = document_key(article, item.content_id)
        document = self._document(key)
        if document is not None and not self._may_follow(document, article):
            key = f"{key}:{article.publisher}"
            document = self._document(key)
        number = self._version(document) if document is not None else 1
        if document is None:
            document = self.numbers.take(schema.documents)
            self.pending.add(schema.documents, {"id": document, "key": key})
            self.met[key] = document
        else:
            self.touched.add(document)
        article_id = self.numbers.take(schema.articles)
        usable = article.status == "usable"
        self.pending.add(
            schema.articles,
            {
                "id": article_id,
                "content_id": item.content_id,
                "document_id": document,
                "batch_id": batch_id,
                "number": number,
                "given_id": article.id,
                "byline": as_json(article.byline),
                "keep_text": item.keep_text,
                "added": now,
                "known": known_from(article, now),
                "replaced": None,
                "current": True,
                **{name: getattr(article, name) for name in _AS_CAME},
            },
        )
        return article_id, LIVE if usable else REPLACED

    def _document(self, key: str) -> int | None:
        if key in self.met:
            return self.met[key]
        table = schema.documents
        found: int | None = self.connection.execute(select(table.c.id).where(table.c.key == key)).scalar()
        return found

    def _may_follow(self, document: int, article: Article) -> bool:
        """Whether an article may be a version of a document: an address or an id that is another publisher's is not taken over, for it
        is told by whoever sends the article."""
        table = schema.articles
        query = select(table.c.publisher).where(table.c.document_id == document, table.c.publisher.is_not(None))
        waiting = (row["publisher"] for row in self.pending.rows.get(table, ()) if row["document_id"] == document)
        first = self.connection.execute(query.order_by(table.c.number).limit(1)).scalar()
        first = first or next(filter(None, waiting), None)
        return first is None or article.publisher is None or same_publisher(first, article.publisher)

    def _version(self, document: int) -> int:
        table = schema.articles
        written = self.connection.execute(
            select(func.max(table.c.number)).where(table.c.document_id == document)
        ).scalar()
        waiting = sum(row["document_id"] == document for row in self.pending.rows.get(table, ()))
        return int((written or 0) + waiting + 1)

    def settle(self) -> None:
        """Says of every version of the documents that got a further one since when it is replaced, if it is."""
        for document in sorted(self.touched):
            settle_document(self.connection, document)


_AS_CAME = (
    "source_id", "version", "status", "embargoed", "note", "title", "url", "publisher", "published", "published_from",
    "updated", "name",
)  # fmt: skip


_DAY = len("2025-03-11")


def settle_document(connection: Connection, document: int) -> None:
    """Works out which version of a document is the current one, and when each of the others was replaced.

    Versions follow one another as they became known; where two did at one moment, as they were added. Where no more than the day is
    known of one, no hour of that day can tell which was first: all of the day follow one another as they were added, so that a
    withdrawal that is dated by its day does not come before what it withdraws.
    """
    table = schema.articles
    rows = connection.execute(
        select(table.c.id, table.c.known, table.c.status, table.c.replaced)
        .where(table.c.document_id == document)
        .order_by(table.c.number)
    ).all()
    by_day = {row.known[:_DAY] for row in rows if len(row.known) == _DAY}
    rows = sorted(rows, key=lambda row: row.known[:_DAY] if row.known[:_DAY] in by_day else row.known)
    for at, row in enumerate(rows):
        last = at == len(rows) - 1
        replaced = None if last else rows[at + 1].known
        live = LIVE if last and row.status == "usable" else REPLACED
        # It is counted by the days on which it came and went.
        with (
            recounted(connection, (row.id,))
            if replaced != row.replaced or not _is_live(connection, row.id, live)
            else nullcontext()
        ):
            connection.execute(update(table).where(table.c.id == row.id).values(current=last, replaced=replaced))
            _set_live(connection, row.id, live)


def _standing(article_id: int) -> Select[tuple[int]]:
    readings = schema.readings
    return select(readings.c.id).where(readings.c.article_id == article_id, readings.c.live != HIDDEN)


def _is_live(connection: Connection, article_id: int, live: int) -> bool:
    """Whether what stands of an article has that `live`."""
    other = _standing(article_id).where(schema.readings.c.live != live)
    return connection.execute(other.limit(1)).first() is None


def _set_live(connection: Connection, article_id: int, live: int) -> None:
    """Sets what stands of an article to `live`; what is hidden stays hidden."""
    mine: list[Any] = list(connection.execute(_standing(article_id)).scalars())
    for table in (schema.actors, schema.places, *schema.CLAIMS.values()):
        stands = (table.c.reading_id.in_(mine), table.c.live != HIDDEN, table.c.live != live)
        connection.execute(update(table).where(*stands).values(live=live))
    connection.execute(update(schema.readings).where(schema.readings.c.id.in_(mine)).values(live=live))


def without(row: Row, *names: str) -> Row:
    """A row without some of its values."""
    return {name: value for name, value in row.items() if name not in names}


def insert_unless_there(connection: Connection, table: Table) -> Any:
    """An insert that leaves out rows whose key is in the table."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    return postgresql.insert(table).on_conflict_do_nothing()
