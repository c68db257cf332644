"""`readout stories`, `incidents` and `ledger`: what shows only across the reports of a record."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from readout.cli.parts import AsJson, Record, begin, console, say

T = TypeVar("T")

if TYPE_CHECKING:
    from rich.text import Text

    from readout.across.whole import Across

Query = Annotated[
    list[str],
    typer.Argument(
        metavar="[QUERY]…", help="Which reports, as for `readout reports`; all of them.", show_default=False
    ),
]
Least = Annotated[int, typer.Option(help="Only what so many reports tell of.", min=1)]
Limit = Annotated[int, typer.Option(help="So many at most, those of most reports first.", min=1)]


def stories(
    ctx: typer.Context,
    query: Query = [],  # noqa: B006 - typer copies it
    least: Least = 2,
    limit: Limit = 20,
    as_json: AsJson = False,
    record: Record = None,
) -> None:
    """List stories: threads of reports about one course of events, with how many independent sources they have.

    Worked out anew from the reports that are asked for, which are held in memory. Exit status: 0 done, 1 the record cannot be
    read, 2 bad usage.
    """
    from readout.exports.across import story_lines

    across = _across(ctx, query, record)
    found = _most((story, len(story.members)) for story in across.stories if len(story.members) >= least)
    _print(
        found[:limit],
        lambda story: story_lines(story, across.reports, across.sourcing(member.report for member in story.members)),
        as_json,
    )
    _summarize(len(found), limit, "stories")


def incidents(
    ctx: typer.Context,
    query: Query = [],  # noqa: B006 - typer copies it
    least: Least = 2,
    limit: Limit = 20,
    as_json: AsJson = False,
    record: Record = None,
) -> None:
    """List incidents: claims of the same happening across reports, with what differs between them and why they were merged.

    Worked out anew from the reports that are asked for, which are held in memory. Exit status: 0 done, 1 the record cannot be
    read, 2 bad usage.
    """
    from readout.exports.across import incident_lines

    across = _across(ctx, query, record)
    found = _most((item, item.reports) for item in across.incidents if item.reports >= least)
    _print(found[:limit], lambda item: incident_lines(item, across.reports), as_json)
    _summarize(len(found), limit, "incidents")


def ledger(
    ctx: typer.Context,
    query: Query = [],  # noqa: B006 - typer copies it
    least: Least = 2,
    limit: Limit = 20,
    as_json: AsJson = False,
    record: Record = None,
) -> None:
    """List tolls as they were counted over time: each number with who gave it, and every revision and contradiction in words.

    Worked out anew from the reports that are asked for, which are held in memory. Exit status: 0 done, 1 the record cannot be
    read, 2 bad usage.
    """
    from readout.exports.across import ledger_lines

    across = _across(ctx, query, record)
    counted = ((item, len({entry.report for entry in item.entries})) for item in across.ledgers)
    found = _most((item, reports) for item, reports in counted if reports >= least)
    _print(found[:limit], lambda item: ledger_lines(item, across.reports), as_json)
    _summarize(len(found), limit, "ledgers")


def _across(ctx: typer.Context, query: list[str], where: str | None) -> Across:
    from readout.across.loading import load_facts
    from readout.across.whole import Across
    from readout.record import open_record

    settings = begin(ctx, record=where)
    with open_record(settings.record, create=False, busy_timeout=settings.busy_timeout) as opened:
        wanted = sorted(row.reading for row in opened.reports(" ".join(query))) if query else None
        return Across(load_facts(opened, wanted))


def _most(counted: Iterable[tuple[T, int]]) -> list[T]:
    return [item for item, _ in sorted(counted, key=lambda pair: -pair[1])]


def _print(found: Iterable[T], lines: Callable[[T], Iterator[Text]], as_json: bool) -> None:
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
        say(f"no {what} that so many reports tell of")
