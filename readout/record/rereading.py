"""Reading again what an older reader read: in batches, one transaction each; a run that was stopped goes on where it was."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Select, func, select, update

from readout.clean.cleaning import restore
from readout.language.pipeline import load_parser
from readout.readers.opening import open_added
from readout.reading import knowledge_version
from readout.record import schema
from readout.record.adding import Batch, ReadingOptions
from readout.record.changes import articles_of
from readout.record.counted import count_in, recounted
from readout.record.identity import content_id
from readout.record.opened import Opened, Reread, Watching
from readout.record.replaying import replay
from readout.record.runs import note_batch, start_batch
from readout.record.schema import HIDDEN
from readout.record.unlinking import mark
from readout.record.workers import reading
from readout.record.writing import Numbers, Pending, Prepared, add_problems, add_reading, reader_number
from readout.sources.article import Article
from readout.sources.problem import SourceProblem
from readout.types import ReaderVersion, Removed
from readout.version import __version__


def present_reader(options: ReadingOptions) -> ReaderVersion:
    """What would make a reading now.

    Raises:
        UsageError: a file of actors or the gazetteer is not one.
        KnowledgeError: an entry in a file of actors breaks the rules.
    """
    added = open_added(options.actors, options.gazetteer)
    return ReaderVersion(__version__, load_parser().version, knowledge_version(added))


@dataclass(slots=True)
class _Run:
    """One run of reading again."""

    record: Opened
    reader: ReaderVersion
    articles: list[int] | None
    size: int
    command: str
    waiting: dict[str, int] = field(default_factory=dict)  # articles that are being read, by their content
    batch_id: int = 0
    total: Reread = field(default_factory=Reread)


def reread(
    record: Opened,
    reports: Sequence[str],
    *,
    options: ReadingOptions,
    workers: int,
    size: int,
    dry_run: bool,
    command: str,
    watching: Watching,
) -> Reread:
    """As `Record.reread`."""
    with record.asking() as connection:
        articles = articles_of(connection, reports)
    run = _Run(record, present_reader(options), articles, size, command)
    if dry_run:
        return Reread(read=_count(run))
    _revive(run, watching)
    for keep_text in (False, True):
        batches = _batches(run, keep_text)
        first = next(batches, None)
        if first is None:
            continue  # no process need be started
        with reading(replace(options, keep_text=keep_text), workers) as read:
            for batch, prepared in read(_with_first(first, batches)):
                done = _write(run, batch, prepared)
                for problem in batch.problems:
                    watching.problem(problem)
                watching.reread(done)
    return run.total


def _with_first(first: Batch, others: Iterator[Batch]) -> Iterator[Batch]:
    yield first
    yield from others


def _outdated(run: _Run, connection: Connection, *columns: Any) -> Select[Any]:
    """Articles whose standing reading is not by the present reader."""
    table = schema.readers
    mine = {"version": run.reader.version, "model": run.reader.model, "knowledge": run.reader.knowledge}
    present = connection.execute(select(table.c.id).filter_by(**mine)).scalar()
    readings = schema.readings
    query = (
        select(*columns)
        .select_from(readings)
        .join(schema.articles, schema.articles.c.id == readings.c.article_id)
        .where(readings.c.live != HIDDEN)
    )
    if present is not None:
        query = query.where(readings.c.reader_id != present)
    return query if run.articles is None else query.where(schema.articles.c.id.in_(run.articles))


def _count(run: _Run) -> int:
    with run.record.asking() as connection:
        return int(connection.execute(_outdated(run, connection, func.count())).scalar_one())


def _batches(run: _Run, keep_text: bool) -> Iterator[Batch]:
    last = 0
    articles, readings = schema.articles, schema.readings
    while True:
        with run.record.asking() as connection:
            rows = (
                connection.execute(
                    _outdated(run, connection, articles, readings.c.text, readings.c.report)
                    .where(articles.c.id > last, articles.c.keep_text.is_(keep_text))
                    .order_by(articles.c.id)
                    .limit(run.size)
                )
                .mappings()
                .all()
            )
        if not rows:
            return
        last = rows[-1]["id"]
        originals = [(row, original_of(row)) for row in rows]
        whole = [(row, article) for row, article in originals if _is_whole(row, article)]
        broken = [row for row, article in originals if not _is_whole(row, article)]
        run.waiting.update({row["content_id"]: row["id"] for row, _ in whole})
        yield Batch(
            tuple((row["content_id"], article) for row, article in whole),
            tuple(SourceProblem(row["name"], "reread", _BROKEN % row["id"]) for row in broken),
        )


_BROKEN = (
    "article %d was not read again: its text cannot be put together from its reading; add it again from its source"
)


def original_of(row: Any) -> Article:
    """The article as it came, from its row with the `text` and `report` of a reading."""
    removed = json.loads(zlib.decompress(row["report"]))["removed"]
    text = restore(row["text"], tuple(Removed(piece["kind"], piece["text"], piece["at"]) for piece in removed))
    return Article(
        text, row["given_id"], byline=tuple(json.loads(row["byline"] or "[]")), **{n: row[n] for n in _AS_CAME}
    )


_AS_CAME = (
    "title", "url", "publisher", "published", "published_from", "name", "source_id", "version", "updated", "status", "embargoed",
    "note",
)  # fmt: skip


def _is_whole(row: Any, article: Article) -> bool:
    return content_id(article, keep_text=row["keep_text"]) == str(row["content_id"])


def _write(run: _Run, batch: Batch, prepared: Sequence[Prepared]) -> Reread:
    with run.record.writing() as connection:
        now = run.record.now()
        run.batch_id = run.batch_id or start_batch(connection, run.command, now)
        numbers, pending = Numbers(connection), Pending()
        reader = reader_number(connection, numbers, run.reader)
        done: list[int] = []
        for item in prepared:
            article = run.waiting.pop(item.content_id)
            live = _hide(connection, article, reader)
            if item.report is not None and live is not None:
                name = item.article.name
                add_reading(pending, numbers, item.report, article, reader, run.batch_id, name, live, now)
                done.append(article)
        add_problems(connection, pending, numbers, run.batch_id, batch.problems)
        pending.write(connection)
        count_in(connection, done)
        return _note(run, connection, done, len(batch.problems))


def _note(run: _Run, connection: Connection, done: Sequence[int], problems: int) -> Reread:
    corrected = select(schema.corrections.c.article_id).where(schema.corrections.c.article_id.in_(done)).distinct()
    unfitting = 0
    for article in sorted(connection.execute(corrected).scalars()):
        holds = replay(connection, article)
        unfitting += len(holds.unfit) if holds else 0
    counted = Reread(len(done), problems, unfitting)
    run.total += counted
    note_batch(connection, run.batch_id, run.total.read, 0, run.total.problems, run.record.now())
    return counted


def _hide(connection: Connection, article: int, reader: int) -> int | None:
    """Puts the standing reading of an article aside; what `live` it had, or None where it is by this reader or gone."""
    table = schema.readings
    standing = connection.execute(
        select(table.c.id, table.c.live, table.c.reader_id).where(table.c.article_id == article, table.c.live != HIDDEN)
    ).first()
    if standing is None or standing.reader_id == reader:
        return None  # somebody else read it again meanwhile, or forgot it
    with recounted(connection, (article,)):
        _set(connection, standing.id, HIDDEN)
    return int(standing.live)


def _set(connection: Connection, reading_id: int, live: int) -> None:
    """Sets the `live` of a reading and of everything that was read in it; what people said of that is in the log."""
    connection.execute(update(schema.readings).where(schema.readings.c.id == reading_id).values(live=live))
    for table in (schema.actors, schema.places):
        connection.execute(update(table).where(table.c.reading_id == reading_id).values(live=live))
    for table in schema.CLAIMS.values():
        connection.execute(update(table).where(table.c.reading_id == reading_id).values(live=live, review=None))


def _revive(run: _Run, watching: Watching) -> None:
    """Lets readings stand again that the present reader made before another one did: these need not be made again."""
    old, last = schema.readings.alias("old"), 0
    readings = schema.readings
    while True:
        with run.record.asking() as connection:
            query = (
                _outdated(run, connection, readings.c.article_id, old.c.id)
                .join(old, (old.c.article_id == readings.c.article_id) & (old.c.live == HIDDEN))
                .join(schema.readers, schema.readers.c.id == old.c.reader_id)
                .where(
                    schema.readers.c.version == run.reader.version,
                    schema.readers.c.model == run.reader.model,
                    schema.readers.c.knowledge == run.reader.knowledge,
                    readings.c.article_id > last,
                )
            )
            rows = connection.execute(query.order_by(readings.c.article_id).limit(run.size)).all()
        if not rows:
            return
        last = rows[-1][0]
        with run.record.writing() as connection:
            run.batch_id = run.batch_id or start_batch(connection, run.command, run.record.now())
            reader = reader_number(connection, Numbers(connection), run.reader)
            done = []
            for article, reading_id in rows:
                live = _hide(connection, article, reader)
                if live is not None:
                    with recounted(connection, (article,)):
                        _set(connection, reading_id, live)
                    mark(connection, (reading_id,))  # what people said of it since is not linked
                    done.append(article)
            counted = _note(run, connection, done, 0)
        watching.reread(counted)
