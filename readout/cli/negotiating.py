"""`readout negotiations`: negotiations as they go on over days and months, across the reports of a record."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from readout.cli.parts import AsJson, Record, begin, console, say

Query = Annotated[
    list[str],
    typer.Argument(
        metavar="[QUERY]…", help="Which reports, as for `readout reports`; all of them.", show_default=False
    ),
]


def negotiations(
    ctx: typer.Context,
    query: Query = [],  # noqa: B006 - typer copies it
    least: Annotated[int, typer.Option(help="Only what so many reports tell of.", min=1)] = 2,
    limit: Annotated[int, typer.Option(help="So many at most, those of most reports first.", min=1)] = 20,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="As it was known at the end of a day, as 2024-09-16.", show_default=False),
    ] = None,
    as_json: AsJson = False,
    record: Record = None,
) -> None:
    """List negotiations: who talks with whom, in which rounds, where each side stands, how far it came and what is next.

    Worked out anew from the reports that are asked for, which are held in memory. Exit status: 0 done, 1 the record cannot be
    read, 2 bad usage.
    """
    from readout.across.copies import find_copies
    from readout.across.loading import load_facts
    from readout.across.negotiations import find_negotiations
    from readout.exports.negotiations import negotiation_lines
    from readout.json_values import to_json
    from readout.record import open_record

    settings = begin(ctx, record=record)
    with open_record(settings.record, create=False, busy_timeout=settings.busy_timeout) as opened:
        wanted = sorted(row.reading for row in opened.reports(" ".join(query))) if query else None
        reports = {report.id: report for report in load_facts(opened, wanted)}
    tracks = find_negotiations(reports.values(), find_copies(reports.values()), as_of=_day(as_of))
    found = sorted((track for track in tracks if len(track.reports) >= least), key=lambda track: -len(track.reports))
    out = console()
    for n, track in enumerate(found[:limit]):
        if as_json:
            sys.stdout.write(json.dumps(to_json(track), ensure_ascii=False) + "\n")
            continue
        if n:
            out.print()
        for line in negotiation_lines(track, reports):
            out.print(line)
    if len(found) > limit:
        say(f"{limit:,} of {len(found):,} negotiations; --limit shows more")
    elif not found:
        say("no negotiations that so many reports tell of")


def _day(value: str | None) -> str | None:
    """A day as ISO, or a usage error."""
    import datetime as dt

    try:
        return dt.date.fromisoformat(value).isoformat() if value is not None else None
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no day such as 2024-09-16", param_hint="--as-of") from None
