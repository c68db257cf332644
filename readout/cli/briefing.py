"""`readout brief`: what reports of a period say, to send."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readout.cli.parts import Record as Where
from readout.cli.parts import begin, say
from readout.errors import UsageError

if TYPE_CHECKING:
    from readout.across.brief import Brief
    from readout.record import Record


class Format(StrEnum):
    """How a brief is written."""

    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


def brief(
    ctx: typer.Context,
    since: Annotated[str, typer.Option(metavar="DATE", help="The first day of the period.", show_default=False)],
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Its last day; today.", show_default=False)] = None,
    about: Annotated[
        list[str],
        typer.Option(
            metavar="QUERY",
            help="Only reports of which this holds, as for `readout reports`. May be given again.",
            show_default=False,
        ),
    ] = [],  # noqa: B006 - typer copies it
    style: Annotated[Format, typer.Option("--format", help="How it is written.")] = Format.MARKDOWN,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Write to a file.", show_default=False)
    ] = None,
    length: Annotated[int, typer.Option(help="So many developments at most.", min=1)] = 20,
    record: Where = None,
) -> None:
    """Write a brief of a period: the main developments in the reports' own words, disputes, tolls, quotes, talks, plans, gaps.

    Only what was known by the end of the period is in it; the 60 days before it say what is new. Every line leads to its report.
    Exit status: 0 done, 1 the record cannot be read, 2 bad usage.
    """
    from readout.record import open_record

    settings = begin(ctx, record=record)
    with open_record(settings.record, create=False, busy_timeout=settings.busy_timeout) as opened:
        first, last = _day(since, "--since"), _day(until or opened.now()[:10], "--until")
        if last < first:
            raise UsageError(f"the period ends before it begins: {first} to {last}")
        made = _made(opened, first, last, " ".join(about).strip() or None, length)
    _write(_text(made, style), output)
    if not made.head.reports:
        say("no reports of this period are in the record")


def _day(given: str, option: str) -> str:
    import datetime as dt

    try:
        return dt.date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise UsageError(f"{option} is no day like 2024-09-16: {given}") from error


def _made(record: Record, since: str, until: str, about: str | None, length: int) -> Brief:
    import datetime as dt

    from readout.across.brief import compose
    from readout.across.brief.recorded import BACK, beside_of
    from readout.across.loading import load_facts
    from readout.across.whole import Across

    only = frozenset(row.reading for row in record.reports(about, as_of=until)) if about else None
    back = (dt.date.fromisoformat(since) - dt.timedelta(days=BACK)).isoformat()
    wanted = sorted(row.reading for row in record.reports(as_of=until) if (row.published or row.known)[:10] >= back)
    across = Across(load_facts(record, wanted))
    return compose(across, since, until, length=length, only=only, about=about, beside=beside_of(record, since, until))


def _text(made: Brief, style: Format) -> str:
    if style is Format.JSON:
        from readout.json_values import to_json

        return json.dumps(to_json(made), ensure_ascii=False, indent=1) + "\n"
    from readout.exports.brief import to_html, to_markdown

    return to_html(made) if style is Format.HTML else to_markdown(made)


def _write(text: str, output: Path | None) -> None:
    data = text.encode("utf-8", "backslashreplace")
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror}") from error
