"""The record: what was read, kept for years, and asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from readout.record.adding import Batch, ReadingOptions, batches_of, reading
from readout.record.changes import ReportChanges, changes
from readout.record.correcting import Correct
from readout.record.corrections import Logged, corrections, last_correction
from readout.record.engine import asking, connect_to, guarded, shown, upkeep, writing
from readout.record.forgetting import Forgotten, forget
from readout.record.migrations import is_current, migrate
from readout.record.overlay import Overlaid
from readout.record.replaying import replay
from readout.record.rereading import Reread, reread
from readout.record.runs import note_batch, start_batch
from readout.record.writing import known_contents, write_batch
from readout.sources import read_source
from readout.sources.article import Article
from readout.sources.problem import SourceProblem

Clock = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding: how many articles are new, how many were there already, how many inputs could not be read."""

    added: int = 0
    skipped: int = 0
    problems: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(self.added + other.added, self.skipped + other.skipped, self.problems + other.problems)


@dataclass(frozen=True, slots=True)
class Watching:
    """What is called while adding or reading again goes on: after every batch that is safely in the record, and for every
    problem."""

    batch: Callable[[Added], object] = lambda _: None
    reread: Callable[[Reread], object] = lambda _: None
    problem: Callable[[SourceProblem], object] = lambda _: None


def open_record(
    where: str | Path = "readout.db", *, create: bool = True, busy_timeout: float = 30.0, clock: Clock | None = None
) -> Record:
    """Opens a record, making or upgrading its tables where they are missing or old.

    Args:
        where: a path of an SQLite file, or a PostgreSQL URL.
        create: make the record where there is none.
        busy_timeout: how long to wait for another writer, in seconds.
        clock: tells the moment, with a zone; the system's clock where it is not given.

    Raises:
        UsageError: the URL cannot be read.
        RecordError: one of its kinds.
    """
    return Record(where, connect_to(where, busy_timeout=busy_timeout, create=create), clock or _now, create=create)


class Record:
    """A record that is open; close it, or use it as a context manager."""

    def __init__(self, where: str | Path, engine: Engine, clock: Clock, *, create: bool = True) -> None:
        self.where, self._engine, self._clock = where, engine, clock
        self._prepare()

    def _prepare(self) -> None:
        with self.asking() as connection:
            current = is_current(connection)
        if current:
            return
        if self._engine.dialect.name == "sqlite":
            with guarded(self.where), closing(self._engine.raw_connection()) as bare:
                # Kept in the file: those who ask and the one who writes do not wait for each other.
                bare.cursor().execute("PRAGMA journal_mode = WAL")
        with self.writing() as connection:
            migrate(connection, self.now())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Record({shown(self.where)!r})"

    def close(self) -> None:
        """Lets go of the database."""
        self._engine.dispose()

    def now(self) -> str:
        """The moment by the record's clock, in UTC."""
        return self._clock().astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

    def asking(self) -> AbstractContextManager[Connection]:
        """A transaction that only reads."""
        return asking(self._engine, self.where)

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that writes; one writer at a time."""
        return writing(self._engine, self.where)

    def upkeep(self) -> AbstractContextManager[Connection]:
        """A connection without a transaction."""
        return upkeep(self._engine, self.where)

    def add(
        self,
        inputs: Iterable[str | Path | Article | SourceProblem],
        *,
        published: str | None = None,
        options: ReadingOptions = ReadingOptions(),  # noqa: B008 - frozen
        workers: int = 1,
        size: int = 32,
        dry_run: bool = False,
        command: str = "add",
        watching: Watching = Watching(),
    ) -> Added:
        """Reads what is not in the record yet, and writes it, a batch a transaction.

        Args:
            inputs: files and folders, or articles.
            published: the date of articles that carry none.
            options: how articles are read.
            workers: so many processes read; this one writes.
            size: inputs a batch.
            dry_run: say what would be added, and neither read nor write.
            command: what asked for it, for the log of runs.
            watching: what is called as it goes on.

        Returns:
            The counts of all batches. What a callback was told is in the record, whatever happens later.

        Raises:
            RecordError: one of its kinds; batches before it are in the record.
            UsageError: a date is none, or a file of actors or the gazetteer is not one.
        """
        batches = batches_of(
            articles_in(inputs, options.keep_text), size, keep_text=options.keep_text, published=published
        )
        if dry_run:
            return self._plan(batches, watching)
        total, batch_id = Added(), 0
        with reading(options, workers) as read:
            for batch, prepared in read(self._unknown(batches)):
                with self.writing() as connection:
                    batch_id = batch_id or start_batch(connection, command, self.now())
                    added, again = write_batch(connection, batch_id, prepared, batch.problems, self.now())
                    done = Added(added, again + batch.skipped, len(batch.problems))
                    total += done
                    note_batch(connection, batch_id, total.added, total.skipped, total.problems, self.now())
                for problem in batch.problems:
                    watching.problem(problem)
                watching.batch(done)
        return total

    def reread(
        self,
        reports: Sequence[str] = (),
        *,
        options: ReadingOptions = ReadingOptions(),  # noqa: B008 - frozen
        workers: int = 1,
        size: int = 32,
        dry_run: bool = False,
        command: str = "reread",
        watching: Watching = Watching(),
    ) -> Reread:
        """Reads again what the present reader (version, model, knowledge, what is added to it) has not read, a batch a transaction.

        The older readings stay with their claims, and answer no questions any more. Corrections that still fit go over to the
        new claims.

        Args:
            reports: the ids of the reports that are wanted; all where there are none.
            options: actors and gazetteer that are added; whether the text is kept is each article's own.
            workers, size, command, watching: as for `add`.
            dry_run: say how many would be read.

        Raises:
            RecordError: one of its kinds; batches before it are in the record.
            UsageError: there is no such report, or a file of actors or the gazetteer is not one.
        """
        return reread(
            self,
            reports,
            options=options,
            workers=workers,
            size=size,
            dry_run=dry_run,
            command=command,
            watching=watching,
        )

    def changes(self, reports: Sequence[str] = (), *, since_reader: int | str | None = None) -> Iterator[ReportChanges]:
        """What differs between each report's newest reading and the one before it, or the one by `since_reader` (its number or
        version); see `readout.record.changes`."""
        return changes(self, reports, since_reader=since_reader)

    @property
    def correct(self) -> Correct:
        """What people may do to claims: `record.correct.reject("events/12", by="Mara Lind")`."""
        return Correct(self)

    def corrections(self, reports: Sequence[str] = ()) -> Iterator[Logged]:
        """The log of corrections in order, of some reports or of all, read as it is asked for."""
        return corrections(self, reports)

    def unfitting(self, reports: Sequence[str] = ()) -> Iterator[Logged]:
        """The corrections that do not fit the newest readings: they are kept, and change nothing."""
        return corrections(self, reports, unfitting=True)

    def last_correction(self) -> int:
        """The number of the last correction, 0 where there is none: what a page that shows claims has seen."""
        with self.asking() as connection:
            return last_correction(connection)

    def replay(self, article: int) -> Overlaid | None:
        """Works out anew, from its readings and the log alone, what holds of an article's claims, and writes it; None where
        there is nothing to work out."""
        with self.writing() as connection:
            return replay(connection, article)

    def forget(self, reports: Sequence[str] = (), *, publisher: str | None = None, dry_run: bool = False) -> Forgotten:
        """Takes reports out for good, in all versions, with everything that was read in them and said of it.

        Args:
            reports: the ids of the reports.
            publisher: all that this publisher printed.
            dry_run: say what would be taken out.

        Raises:
            UsageError: there is no such report or publisher.
            RecordLocked: it is taken out, and the file could not be cleaned of it as somebody reads it; `forget()` goes on.
            RecordError: another of its kinds.
        """
        return forget(self, reports, publisher=publisher, dry_run=dry_run)

    def _unknown(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """The batches without the articles that are in the record: these need not be read."""
        for batch in batches:
            known = self._known(batch)
            new = tuple((content, article) for content, article in batch.articles if content not in known)
            yield replace(batch, articles=new, skipped=len(batch.articles) - len(new))

    def _known(self, batch: Batch) -> set[str]:
        with self.asking() as connection:
            return known_contents(connection, [content for content, _ in batch.articles])

    def _plan(self, batches: Iterable[Batch], watching: Watching) -> Added:
        total = Added()
        planned: set[str] = set()
        for batch in batches:
            known = self._known(batch) | planned
            new = {content for content, _ in batch.articles} - known
            planned |= new
            done = Added(len(new), len(batch.articles) - len(new), len(batch.problems))
            for problem in batch.problems:
                watching.problem(problem)
            watching.batch(done)
            total += done
        return total


def articles_in(
    inputs: Iterable[str | Path | Article | SourceProblem], keep_text: bool
) -> Iterator[Article | SourceProblem]:
    """The articles of some inputs in order; files and folders are opened as they come."""
    for item in inputs:
        if isinstance(item, Article | SourceProblem):
            yield item
        else:
            yield from read_source(Path(item), str(item), keep_text=keep_text)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
