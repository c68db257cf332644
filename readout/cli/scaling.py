"""What `readout add` and `readout link` do at scale: articles into Parquet parts, on this machine or on Ray, parts into a record, and the
groups of several records joined."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from readout import logs
from readout.cli.parts import EXIT_ERROR, EXIT_PARTIAL, say
from readout.errors import UsageError

if TYPE_CHECKING:
    from readout.record import Added, ReadingOptions, Record, Watching
    from readout.scale.joining.folder import Written
    from readout.scale.making import Outcome
    from readout.settings import Settings


class Engine(StrEnum):
    """Who reads."""

    LOCAL = "local"
    RAY = "ray"


AnyInputs = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE…",
        help="Files, folders, or - for standard input; with --parts also addresses such as s3://bucket/news.",
        show_default=False,
    ),
]
Parts = Annotated[
    str | None,
    typer.Option(
        "--parts",
        metavar="DIR|ADDRESS",
        help="Read into Parquet files in a folder, and into no record; what is there already is not read again.",
        show_default=False,
    ),
]
WhichEngine = Annotated[
    Engine,
    typer.Option(
        "--engine", help="Who reads into --parts: --workers processes of this machine, or as many actors on Ray."
    ),
]
FromParquet = Annotated[
    str | None,
    typer.Option(
        "--from-parquet",
        metavar="DIR|ADDRESS",
        help="Bring what --parts made into the record.",
        show_default=False,
    ),
]
Days = Annotated[
    str | None,
    typer.Option(
        "--days", metavar="DAY..DAY", help="Of --from-parquet only the reports of these days.", show_default=False
    ),
]
Country = Annotated[
    str | None,
    typer.Option(
        "--country",
        metavar="COUNTRY",
        help="Of --from-parquet only the reports of what takes place there: a code or a name.",
        show_default=False,
    ),
]
ToGroups = Annotated[
    str | None,
    typer.Option(
        "--groups",
        metavar="DIR|ADDRESS",
        help="Write what was found as Parquet into a folder, a file for each kind.",
        show_default=False,
    ),
]
FromBlocks = Annotated[
    str | None,
    typer.Option(
        "--from-blocks",
        metavar="DIR|ADDRESS",
        help="Join what --groups wrote of several records into folders of this one, instead of linking.",
        show_default=False,
    ),
]


def check_usage(
    inputs: list[str],
    parts: str | None,
    engine: Engine,
    from_parquet: str | None,
    *,
    dry_run: bool,
    block: bool,
) -> None:
    """Sees that the options go together.

    Raises:
        UsageError: they do not.
    """
    if from_parquet is not None and (inputs or parts is not None or dry_run):
        raise UsageError("--from-parquet stands for the inputs, and goes with no --parts and no --dry-run")
    if from_parquet is None and block:
        raise UsageError("--days and --country choose from what --from-parquet brings")
    if from_parquet is None and not inputs:
        raise UsageError("say what to read: files, folders, or - for standard input")
    if parts is None and engine is not Engine.LOCAL:
        raise UsageError(f"--engine {engine} reads into a folder: say which with --parts")
    if parts is not None and ("-" in inputs or dry_run):
        raise UsageError("--parts reads files, folders and addresses, no standard input, and knows no --dry-run")


def make_parts(
    inputs: list[str], parts: str, engine: Engine, settings: Settings, options: ReadingOptions, published: str | None
) -> None:
    """Reads inputs into a folder of parts, and says what came of it.

    Raises:
        UsageError: as `readout.scale.run`.
        typer.Exit: some could not be read, or none.
    """
    from readout.scale import run

    with logs.timed("run ended") as ended:
        ran = run(
            inputs,
            parts,
            engine=engine.value,
            workers=settings.workers,
            options=options,
            published=published,
            told=_tell,
        )
        ended.update(read=ran.read, there=ran.there, problems=ran.problems)
    say(
        f"{ran.read:,} read into {parts}, {ran.there:,} there already, {ran.problems:,} not read;"
        f" readout add --from-parquet {parts} brings them into a record",
        event="summary",
        read=ran.read,
        there=ran.there,
        problems=ran.problems,
    )
    if ran.problems:
        raise typer.Exit(EXIT_PARTIAL if ran.read or ran.there else EXIT_ERROR)


def _tell(outcome: Outcome) -> None:
    from readout.sources.problem import SourceProblem

    for problem in (outcome,) if isinstance(outcome, SourceProblem) else outcome.problems:
        say(f"{problem.name}: {problem.message}", "warning", "problem", input=problem.name, reason=problem.message)
    if not isinstance(outcome, SourceProblem):
        logs.log("info", "part done", part=outcome.entry.part, articles=outcome.entry.articles, made=outcome.made)


def bring_parts(
    record: Record, parts: str, days: str | None, country: str | None, size: int, watching: Watching
) -> Added:
    """Brings a folder of parts into a record, or of it the reports of some days and a country.

    Raises:
        UsageError, RecordError: as `readout.scale.bring`.
    """
    from readout.scale import Block, bring

    command = " ".join(["add --from-parquet", parts, *filter(None, (days, country))])
    return bring(record, parts, block=Block.of(days, country), size=size, command=command, watching=watching)


def check_joining(verb: str | None, groups: str | None, from_blocks: str | None, *, new: bool) -> None:
    """Sees that the options of `readout link` go together.

    Raises:
        UsageError: they do not.
    """
    if verb is not None and (groups is not None or from_blocks is not None):
        raise UsageError(f"--groups and --from-blocks do not go with {verb}")
    if from_blocks is not None and new:
        raise UsageError("--from-blocks joins what was linked already, and knows no --new")


def leave_groups(record: Record, where: str) -> None:
    """Writes what linking found in a record into a folder, and says so.

    Raises:
        UsageError, RecordError: as `readout.scale.joining.write_groups_of`.
    """
    from readout.scale.joining import write_groups_of

    _say_written(where, *write_groups_of(record, where))


def join_blocks(blocks: str, where: str) -> None:
    """Joins blocks into a folder, and says what came of it.

    Raises:
        UsageError, RecordError: as `readout.scale.joining.join`.
    """
    from readout.scale.joining import join

    with logs.timed("run ended") as ended:
        written, now = join(blocks, where)
        ended.update(reports=written.made.reports)
    count = len(written.made.of["blocks"])
    say(f"{written.made.reports:,} reports of {count:,} blocks joined", event="joined", reports=written.made.reports)
    _say_written(where, written, now)


def bring_blocks(record: Record, blocks: str) -> None:
    """Joins blocks into a record that has all their reports, and says what came of it.

    Raises:
        UsageError, RecordError: as `readout.scale.joining.link_from_blocks`.
    """
    from readout.cli.linking import found_in
    from readout.scale.joining import link_from_blocks

    with logs.timed("run ended") as ended:
        done = link_from_blocks(record, blocks)
        ended.update(reports=done.reports, links=done.links)
    left = record.unlinked()
    rest = f"; {left:,} are not linked, as they are in no block, or were corrected" if left else ""
    say(f"{done.reports:,} reports joined{rest}: {found_in(done)}", event="summary", reports=done.reports, left=left)


def _say_written(where: str, written: Written, now: bool) -> None:
    rows = {name: said["rows"] for name, said in written.files.items()}
    what = "written to" if now else "in it already, the same:"
    say(f"{sum(rows.values()):,} groups and copies {what} {where}", event="groups", written=now)
