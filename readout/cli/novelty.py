"""`readout new` and `plans`: what reports add to those before them, and what became of what was ahead."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from readout.cli.asking import AsOf
from readout.cli.parts import AsJson, Record, begin, console, say
from readout.errors import UsageError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from readout.across.novelty import Novelty
    from readout.record import Record as Opened

T = TypeVar("T")

Limit = Annotated[int, typer.Option(help="So many at most.", min=1)]
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def new(
    ctx: typer.Context,
    report: Annotated[
        str | None,
        typer.Argument(help="The report: its id, how that begins, or its number.", show_default=False),
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="The reports that became known since a day.", show_default=False)
    ] = None,
    as_of: AsOf = None,
    limit: Limit = 20,
    as_json: AsJson = False,
    record: Record = None,
) -> None:
    """Show what a report adds to the reports before it: each claim with its mark, and what it was compared with.

    With --since, the reports from a day on, to the one that --as-of names: those with the largest share of new claims first, of these
    those that add most. Worked out anew from all reports, which are held in memory. Exit status: 0 done, 1 the record cannot be
    read, 2 bad usage, or no such report.
    """
    if (report is None) == (since is None):
        raise UsageError("name one report, or a day with --since")
    first, until = _day(since, "--since") or "", _day(as_of, "--as-of")
    from readout.across.copies import find_copies
    from readout.across.novelty import find_novelty, novelty
    from readout.exports.novelty import novelty_lines, short_novelty_lines

    with _opened(ctx, record) as opened:
        from readout.across.loading import load_facts

        chosen = _number(opened, report) if report is not None else None
        known = [facts for facts in load_facts(opened, versions=True) if until is None or facts.known[:10] <= until]
    reports = {facts.id: facts for facts in known}
    copies = find_copies(known)
    if chosen is not None:
        if chosen not in reports:
            raise UsageError(f"report {report} was not known by {until}")
        found = [novelty(reports[chosen], known, copies)]
        _print(found, lambda item: novelty_lines(item, reports, copies), as_json)
        return
    several = [item for item in find_novelty(known, copies) if item.known[:10] >= first]
    several.sort(key=lambda item: (-(item.share or 0), -_weight(item)))
    _print(several[:limit], lambda item: short_novelty_lines(item, reports), as_json)
    _summarize(len(several), limit, "reports")


def plans(
    ctx: typer.Context,
    query: Annotated[
        list[str],
        typer.Argument(
            metavar="[QUERY]…", help="Which reports, as for `readout reports`; all of them.", show_default=False
        ),
    ] = [],  # noqa: B006 - typer copies it
    as_of: AsOf = None,
    state: Annotated[
        list[str],
        typer.Option(
            metavar="STATE",
            help="Only those confirmed, cancelled, refused, postponed, overdue, pending or open; may be given again.",
            show_default=False,
        ),
    ] = [],  # noqa: B006
    limit: Limit = 20,
    as_json: AsJson = False,
    record: Record = None,
) -> None:
    """List what was planned, proposed, asked for or threatened, and what became of it.

    The state is as it was known at the end of a day: today's, or the one that --as-of names. Worked out anew from the reports that are
    asked for, which are held in memory. Exit status: 0 done, 1 the record cannot be read, 2 bad usage.
    """
    from readout.across.copies import find_copies
    from readout.across.loading import load_facts
    from readout.across.novelty import find_plans
    from readout.across.novelty.plans import STATES
    from readout.exports.novelty import plan_lines

    if unknown := [name for name in state if name not in STATES]:
        raise UsageError(f"no plan is {unknown[0]}: they are {', '.join(STATES)}")
    with _opened(ctx, record) as opened:
        day = _day(as_of, "--as-of") or opened.now()[:10]
        wanted = sorted(row.reading for row in opened.reports(" ".join(query))) if query else None
        known = list(load_facts(opened, wanted))
    reports = {facts.id: facts for facts in known}
    found = [plan for plan in find_plans(known, find_copies(known), as_of=day) if not state or plan.state in state]
    found.sort(key=lambda plan: STATES.index(plan.state))
    _print(found[:limit], lambda plan: plan_lines(plan, reports), as_json)
    _summarize(len(found), limit, "plans")


def _opened(ctx: typer.Context, where: str | None) -> Opened:
    from readout.record import open_record

    settings = begin(ctx, record=where)
    return open_record(settings.record, create=False, busy_timeout=settings.busy_timeout)


def _weight(found: Novelty) -> float:
    """How much a report adds."""
    from readout.across.novelty.items import ADDING

    return sum(item.weight for item in found.items if item.mark in ADDING)


def _day(given: str | None, option: str) -> str | None:
    """A day that an option names."""
    if given is None:
        return None
    found = _DAY.match(given)
    if not found:
        raise UsageError(f"{option} {given!r} is no day, as 2024-09-16 is")
    return found[0]


def _number(opened: Opened, report: str) -> int:
    """The number of a report that is named by its id, how that begins, or its number.

    Raises:
        UsageError: there is no such report, or there are several.
    """
    from sqlalchemy import select

    from readout.record import schema
    from readout.record.conditions import readings_named

    with opened.asking() as connection:
        named = readings_named(connection, report)
        number = re.fullmatch(r"(?:reports/)?(\d{1,9})", report)
        if number and (not named or report.startswith("reports/")):
            column = schema.readings.c.id
            named = list(connection.execute(select(column).where(column == int(number[1]))).scalars())
    if not named:
        raise UsageError(f"no report {report}")
    return max(named)


def _print(found: Sequence[T], lines: Callable[[T], Iterator[RenderableType]], as_json: bool) -> None:
    from readout.json_values import to_json

    out = console()
    for n, item in enumerate(found):
        if as_json:
            sys.stdout.write(json.dumps(to_json(item), ensure_ascii=False) + "\n")
            continue
        if n:
            out.print()
        for line in lines(item):
            out.print(line)


def _summarize(count: int, limit: int, what: str) -> None:
    if count > limit:
        say(f"{limit:,} of {count:,} {what}; --limit shows more")
    elif not count:
        say(f"no {what}")
