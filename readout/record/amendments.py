"""What changes a record after it was added to, and shows that it changed, as methods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from readout.record.adding import ReadingOptions
from readout.record.changes import ReportChanges, changes
from readout.record.correcting import Correct
from readout.record.corrections import Logged, corrections, history, last_correction
from readout.record.forgetting import Forgotten, forget
from readout.record.opened import Opened, Reread, Watching
from readout.record.overlay import Overlaid
from readout.record.replaying import replay
from readout.record.rereading import reread


class Amendments(Opened):
    """Reading again, correcting and forgetting."""

    def reread(
        self,
        reports: Sequence[str] = (),
        *,
        options: ReadingOptions = ReadingOptions(),  # noqa: B008 - frozen
        workers: int = 1,
        size: int = 32,
        dry_run: bool = False,
        command: str = "reread",
        watching: Watching = Watching(),  # noqa: B008 - frozen
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

    def history(self, claim: str) -> tuple[Logged, ...]:
        """What was done to a claim ("events/12"), to those that it was made of and to what was made of it, in order.

        Raises:
            UsageError: there is no such claim.
        """
        return history(self, claim)

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
