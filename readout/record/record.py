"""The record: what was read, kept for years, and asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from readout.record.adding import Batch, ReadingOptions, batches_of
from readout.record.amendments import Amendments
from readout.record.answers import Answers
from readout.record.caring import Finding, back_up, examine
from readout.record.engine import asking, connect_to, shown, upkeep, writing
from readout.record.grouped import Grouped
from readout.record.migrations import MIGRATIONS, applied, is_current, migrate
from readout.record.opened import Added, Watching
from readout.record.runs import note_batch, start_batch
from readout.record.workers import reading
from readout.record.writing import Prepared, known_contents, write_batch
from readout.sources import read_source
from readout.sources.article import Article
from readout.sources.problem import SourceProblem

Clock = Callable[[], dt.datetime]


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


class Record(Answers, Amendments, Grouped):
    """A record that is open; close it, or use it as a context manager."""

    def __init__(self, where: str | Path, engine: Engine, clock: Clock, *, create: bool = True) -> None:
        self.where, self._engine, self._clock = where, engine, clock
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def _prepare(self) -> None:
        with self.asking() as connection:
            current = is_current(connection)
        if current:
            return
        if self._engine.dialect.name == "sqlite":
            with self.upkeep() as connection:
                # Kept in the file: those who ask and the one who writes do not wait for each other.
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        with self.writing() as connection:
            self._keep_old(applied(connection))
            migrate(connection, self.now())

    def _keep_old(self, steps: tuple[str, ...]) -> None:
        """Copies a file that an older Readout made before it is brought up to date; nobody else writes meanwhile."""
        if not steps or len(steps) == len(MIGRATIONS) or self._engine.dialect.name != "sqlite":
            return
        path = Path(str(self.where))
        kept = path.with_name(f"{path.name}.before-{MIGRATIONS[len(steps)][0].partition(' ')[0]}")
        if not kept.exists():
            back_up(self._engine, self.where, kept)

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

    def back_up(self, to: str | Path) -> int:
        """Copies the record to a file that must not be there, while others may go on; how many bytes it has.

        Raises:
            UsageError: the file is there, or the record is kept in PostgreSQL.
            RecordError: it cannot be read, or the copy not written.
        """
        return back_up(self._engine, self.where, Path(to))

    def examine(self) -> tuple[Finding, ...]:
        """Looks whether the record's file, tables and promises hold; one finding each."""
        with self.asking() as connection:
            return tuple(examine(connection, self.now()))

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
        watching: Watching = Watching(),  # noqa: B008 - frozen
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
        with reading(options, workers) as read:
            found = read(self._unknown(batches))
            return self.take(
                ((prepared, batch.problems, batch.skipped) for batch, prepared in found), command, watching
            )

    def take(
        self,
        found: Iterable[tuple[list[Prepared], tuple[SourceProblem, ...], int]],
        command: str,
        watching: Watching = Watching(),  # noqa: B008 - frozen
    ) -> Added:
        """Writes what was read already, a batch a transaction.

        Args:
            found: batches of articles with their rows, each with problems, and how many articles were left out of it as known.
            command, watching: as for `add`.

        Raises:
            RecordError: one of its kinds; batches before it are in the record.
        """
        total, batch_id = Added(), 0
        for prepared, problems, skipped in found:
            with self.writing() as connection:
                batch_id = batch_id or start_batch(connection, command, self.now())
                added, again = write_batch(connection, batch_id, prepared, problems, self.now())
                done = Added(added, again + skipped, len(problems))
                total += done
                note_batch(connection, batch_id, total.added, total.skipped, total.problems, self.now())
            for problem in problems:
                watching.problem(problem)
            watching.batch(done)
        return total

    def known(self, contents: Sequence[str]) -> set[str]:
        """Which of some articles, by the ids of their content, are in the record."""
        with self.asking() as connection:
            return known_contents(connection, contents)

    def _unknown(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """The batches without the articles that are in the record: these need not be read."""
        for batch in batches:
            known = self._known(batch)
            new = tuple((content, article) for content, article in batch.articles if content not in known)
            yield replace(batch, articles=new, skipped=len(batch.articles) - len(new))

    def _known(self, batch: Batch) -> set[str]:
        return self.known([content for content, _ in batch.articles])

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
