"""`readout link`: what shows across reports, found and stored; what people decide about it; and linking after each batch."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readout import logs
from readout.cli.parts import AsJson, begin, say
from readout.cli.parts import Link as WithLink
from readout.cli.parts import Record as Where
from readout.cli.scaling import FromBlocks, ToGroups, bring_blocks, check_joining, join_blocks, leave_groups
from readout.errors import ReadoutError

if TYPE_CHECKING:
    from readout.across.linking import Decided, Linked
    from readout.record import Record
    from readout.settings import Settings

app = typer.Typer(
    name="link",
    help="Find stories, incidents, ledgers and copies anew in all reports, and store them.",
    rich_markup_mode=None,
    invoke_without_command=True,
)
By = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", help="Whose word it is. [setting: user]", show_default=False),
]
Why = Annotated[str | None, typer.Option("--why", metavar="TEXT", help="The reason, for the log.")]


class Kind(StrEnum):
    """What is decided on."""

    INCIDENT = "incident"
    STORY = "story"
    COPY = "copy"


On = Annotated[Kind, typer.Argument(metavar="KIND", help="incident, story or copy.", show_default=False)]
One = Annotated[str, typer.Argument(metavar="A", help="A claim, as events/12, or a report's id.", show_default=False)]
Other = Annotated[str, typer.Argument(metavar="B", help="The other.", show_default=False)]


@app.callback()
def link(
    ctx: typer.Context,
    new: Annotated[
        bool, typer.Option("--new", help="Only what is not linked yet, as after each batch; else everything anew.")
    ] = False,
    groups: ToGroups = None,
    from_blocks: FromBlocks = None,
    record: Where = None,
) -> None:
    """Find what shows across reports anew, in all of them, and store it: stories, incidents, ledgers of tolls, copies.

    After `add`, `watch` and `reread` it was done already, around the reports that were new. Done in full, it depends on the reports
    alone, and not on when each was added. Stopped at any moment, it leaves what was stored before. Exit status: 0 done, 1 the record
    cannot be read or written, 2 bad usage.

    With --groups what was found goes into a folder, too. With --from-blocks such folders, of records that have each a part of the reports,
    are joined: into another folder with --groups, else into a record that has all the reports.
    """
    check_joining(ctx.invoked_subcommand, groups, from_blocks, new=new)
    if ctx.invoked_subcommand is not None:
        return
    if from_blocks is not None and groups is not None:
        begin(ctx)
        join_blocks(from_blocks, groups)
        return
    if from_blocks is not None:
        with _opened(ctx, record) as opened:
            bring_blocks(opened, from_blocks)
        return
    from readout.across.linking import link as linking

    with _opened(ctx, record) as opened, logs.timed("run ended") as ended:
        done = linking(opened, full=not new)
        ended.update(reports=done.reports, links=done.links)
        what = (
            "nothing to link"
            if done.scope == "none"
            else f"{_many(done.reports, 'report')} linked, {done.new:,} of them new,"
        )
        took = "" if done.scope == "none" else f" in {done.seconds:.0f} s" if done.seconds >= 1 else ""
        say(f"{what.removesuffix(',')}{took}: {found_in(done)}", event="summary", **_fields(done))
        if groups is not None:
            leave_groups(opened, groups)


@app.command()
def apart(
    ctx: typer.Context, kind: On, one: One, other: Other, by: By = None, why: Why = None, link: WithLink = None, record: Where = None
) -> None:  # fmt: skip
    """Say that two claims are not of one incident, or that two reports are not of one story or not copies.

    readout link apart incident events/12 events/40 --why "two attacks"; it holds in every later linking, until it is undone.
    """
    _decide(ctx, kind, one, other, by, why, link, record, together=False)


@app.command()
def together(
    ctx: typer.Context, kind: On, one: One, other: Other, by: By = None, why: Why = None, link: WithLink = None, record: Where = None
) -> None:  # fmt: skip
    """Say that two claims are of one incident, or that two reports are of one story or made one from the other.

    readout link together story REPORT REPORT --why "the same siege"; it holds in every later linking, until it is undone.
    """
    _decide(ctx, kind, one, other, by, why, link, record, together=True)


@app.command()
def undo(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="N", help="The decision's number.", show_default=False)],
    by: By = None,
    why: Why = None,
    link: WithLink = None,
    record: Where = None,
) -> None:
    """Undo a decision: everything is linked again as if it had never been made."""
    from readout.across.linking import undo as undoing

    settings = begin(ctx, record=record, user=by, link=link)
    with _opened(ctx, record) as opened:
        done = undoing(opened, number, by=settings.user, why=why)
        typer.echo(f"decision {done.number}: undone")
        link_after(opened, settings)


@app.command()
def decisions(ctx: typer.Context, as_json: AsJson = False, record: Where = None) -> None:
    """Print what people decided: on what, who, when and why, and whether it was undone or fits nothing any more."""
    import json

    from readout.across.linking import decisions as deciding

    with _opened(ctx, record) as opened:
        for item in deciding(opened):
            if as_json:
                sys.stdout.write(json.dumps(item.to_json(), ensure_ascii=False) + "\n")
            else:
                typer.echo(_line(item))


def _decide(
    ctx: typer.Context,
    kind: Kind,
    one: str,
    other: str,
    by: str | None,
    why: str | None,
    link: bool | None,
    record: str | None,
    *,
    together: bool,
) -> None:
    from readout.across.linking import decide

    settings = begin(ctx, record=record, user=by, link=link)
    with _opened(ctx, record) as opened:
        done = decide(opened, kind.value, one, other, together=together, by=settings.user, why=why)
        typer.echo(f"decision {done.number}: {_said(done)}")
        link_after(opened, settings)


def _line(item: Decided) -> str:
    why = f" – {item.why}" if item.why else ""
    gone = (
        "" if item.first and item.second else " [fits nothing any more: what it is on is not in the record as it was]"
    )
    undone = f" [undone by {item.undone_by}, {item.undone_at}{f': {item.undone_why}' if item.undone_why else ''}]"
    line = f"{item.number}  {item.at}  {item.by}: {_said(item)}{why}{undone if item.undone_at else gone}"
    return logs.one_line(line)


def _said(item: Decided) -> str:
    names = [name or target.report for name, target in zip((item.first, item.second), item.targets, strict=True)]
    return f"{item.kind}: {' and '.join(names)} {'together' if item.together else 'apart'}"


def _opened(ctx: typer.Context, where: str | None) -> Record:
    from readout.record import open_record

    settings = begin(ctx, record=where)
    return open_record(settings.record, create=False, busy_timeout=settings.busy_timeout)


def link_after(record: Record, settings: Settings) -> Linked | None:
    """Links what is not linked yet, as after a batch, if the settings say so; what comes of it is said in a line.

    What is added stays added. Where the record cannot be linked now (locked, full), that is said, and nothing is raised; a bug crashes.
    """
    if not settings.link:
        return None
    from readout.across.linking import link as linking

    try:
        done = linking(record)
    except ReadoutError as error:
        logs.log("warning", "not linked", kind=type(error).__name__)
        say(f"not linked ({error}); `readout link` does it", "warning", "not linked")
        return None
    if done.scope != "none" and (done.links or any(done.groups.values())):
        say(f"linked: {found_in(done)}", event="linked", **_fields(done))
    return done


def pacing(record: Record, settings: Settings) -> Callable[[], None]:
    """What a verb that runs for days calls after every step: it links when some time has passed since, twenty times what it took last,
    and a minute at least."""
    due = time.monotonic()

    def step() -> None:
        nonlocal due
        if settings.link and time.monotonic() >= due:
            began = time.monotonic()
            link_after(record, settings)
            due = time.monotonic() + max(60.0, 20 * (time.monotonic() - began))

    return step


def found_in(done: Linked) -> str:
    """What a linking found, in words."""
    from readout.across.linking import LINKED

    groups = [_many(done.groups[kind.name], kind.name, kind.plural) for kind in LINKED]
    return f"{', '.join(groups)} of several reports, {_many(done.links, 'copy', 'copies')}"


def _fields(done: Linked) -> dict[str, Any]:
    return {"scope": done.scope, "reports": done.reports, "links": done.links, **done.groups}


def _many(count: int, one: str, several: str | None = None) -> str:
    return f"1 {one}" if count == 1 else f"{count:,} {several or f'{one}s'}"
