"""Answers of a record as a person reads them in a terminal: a table, as wide as there is room."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from textwrap import shorten
from typing import Any

from rich.console import Group, JustifyMethod, RenderableType
from rich.table import Table
from rich.text import Text

from readout.exports.terminal import SOURCING_WORDS, STATUS_STYLE
from readout.record.claims import (
    ActorRow,
    EventClaim,
    FigureClaim,
    Party,
    PlaceRow,
    ProblemRow,
    ReportRow,
    StatementClaim,
)

Cells = Sequence[Text | str]
#: The columns of each table: a title, its least width, and whether it is set to the right.
_Columns = tuple[tuple[str, int, bool], ...]
_BOUNDS = {
    "about": "about ",
    "more_than": "more than ",
    "less_than": "less than ",
    "at_least": "at least ",
    "at_most": "up to ",
}
_OPENING = 80
_REPORT = (
    8  # so many letters of a report's own id are shown, which `readout show` understands; a given one is shown whole
)
_OWN = re.compile(r"[0-9a-f]{16}")


def render(kind: str, items: Iterable[Any]) -> RenderableType:
    """A table of answers.

    Args:
        kind: what they are.
        items: the answers; all are held until the table is set.
    """
    columns, cells = _TABLES[kind]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False, header_style="dim", expand=False)
    for title, width, right in columns:
        whole = title in ("#", "day", "report")  # what is copied from a table stays in one piece
        justify: JustifyMethod = "right" if right else "left"
        table.add_column(title, min_width=width, overflow="fold", justify=justify, no_wrap=whole)
    for item in items:
        table.add_row(*(cell if isinstance(cell, Text) else Text(shown(cell)) for cell in cells(item)))
    return table


def render_counts(field: str, counts: Mapping[str, int]) -> RenderableType:
    """How many there are of each value."""
    if not counts:
        return Group()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False, header_style="dim")
    table.add_column(field)
    table.add_column("number", justify="right")
    for value, number in counts.items():
        table.add_row(Text(shown(value) or "–"), f"{number:,}")
    return table


def shown(text: str) -> str:
    """Text on one line, with a mark for each character that would steer a terminal and not be seen."""
    line = " ".join(text.split())
    return line if line.isprintable() else "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)


def _event(event: EventClaim) -> Cells:
    what = Text(shown(event.act.mode or event.act.type.lower()))
    if event.type != event.act.type:
        what.append(f" ({shown(event.type)})", style="dim")
    whom = ", ".join(_name(party) for party in event.recipients)
    where = ", ".join(dict.fromkeys(place.name for place in event.places))
    aim = "; ".join(part for part in (whom, f"at {where}" if where else "") if part)
    return (
        _dim(str(event.id)),
        event.day or "undated",
        Text(shown(event.status.replace("_", " ")), style=STATUS_STYLE.get(event.status, "")),
        _people(event.actors),
        what,
        aim or "–",
        " ← ".join(_name(party) for party in event.sources) or "the report",
        event.publisher or event.agency or "–",
        _dim(_short(event.report)),
    )


def _statement(item: StatementClaim) -> Cells:
    who = Text(shown(_people(item.speakers, "someone")))
    if word := SOURCING_WORDS.get(item.sourcing or ""):
        who.append(f" ({word})", style="dim")
    return (
        _dim(str(item.id)),
        item.day or "undated",
        who,
        item.content,
        item.publisher or item.agency or "–",
        _dim(_short(item.report)),
    )


def _figure(figure: FigureClaim) -> Cells:
    if figure.bound == "range" and figure.low is not None and figure.high is not None:
        number = f"{_number(figure.low)}–{_number(figure.high)}"
    else:
        number = f"{_BOUNDS.get(figure.bound, '')}{_number(figure.value)}"
    what = " ".join(part for part in (figure.population or figure.unit, figure.measure) if part)
    return (
        _dim(str(figure.id)),
        figure.day or "undated",
        number,
        what or "–",
        ", ".join(place.name for place in figure.places) or "–",
        _people(figure.sources, "the report"),
        figure.publisher or figure.agency or "–",
        _dim(_short(figure.report)),
    )


def _report(row: ReportRow) -> Cells:
    version = f" (version {row.version})" if row.version > 1 else ""
    title = (
        Text(shown(row.title))
        if row.title
        else Text(shown(shorten(row.opening, _OPENING, placeholder=" …")), style="dim")
    )
    counts = (f"{number:,}" for number in (row.events, row.statements, row.figures))
    return (
        row.published or "undated",
        title.append(version),
        row.publisher or row.agency or "–",
        *counts,
        _dim(_short(row.id)),
    )


def _actor(row: ActorRow) -> Cells:
    counts = (f"{number:,}" for number in (row.reports, row.events_out, row.events_in, row.statements))
    return row.name, row.kind.replace("_", " "), row.country or "–", *counts, _dim(row.key)


def _place(row: PlaceRow) -> Cells:
    where = f"{row.lat:.2f}, {row.lon:.2f}" if row.lat is not None and row.lon is not None else "–"
    counts = (f"{row.reports:,}", f"{row.events:,}")
    return row.name, row.kind.replace("_", " "), row.country or "–", where, *counts, _dim(row.key)


def _problem(row: ProblemRow) -> Cells:
    return row.when[:10], row.name, row.stage, row.message, _dim(_short(row.report or "–"))


_TABLES: dict[str, tuple[_Columns, Callable[[Any], Cells]]] = {
    "events": (
        (
            ("#", 1, True), ("day", 10, False), ("status", 9, False), ("who", 8, False), ("does what", 7, False),
            ("to whom, where", 6, False), ("on whose word", 6, False), ("printed by", 6, False), ("report", 8, False),
        ),
        _event,
    ),
    "statements": (
        (("#", 1, True), ("day", 10, False), ("who", 14, False), ("says", 30, False), ("printed by", 8, False), ("report", 8, False)),
        _statement,
    ),
    "figures": (
        (
            ("#", 1, True), ("day", 10, False), ("figure", 8, True), ("of", 14, False), ("where", 10, False), ("counted by", 12, False),
            ("printed by", 8, False), ("report", 8, False),
        ),
        _figure,
    ),
    "reports": (
        (
            ("day", 10, False), ("title or beginning", 30, False), ("printed by", 10, False), ("events", 6, True),
            ("statements", 10, True), ("figures", 7, True), ("report", 8, False),
        ),
        _report,
    ),
    "actors": (
        (
            ("name", 18, False), ("kind", 8, False), ("state", 5, False), ("reports", 7, True), ("acts", 5, True),
            ("is acted on", 5, True), ("speaks", 6, True), ("key", 10, False),
        ),
        _actor,
    ),
    "places": (
        (
            ("name", 18, False), ("kind", 8, False), ("state", 5, False), ("lies at", 8, False), ("reports", 7, True),
            ("events", 6, True), ("key", 10, False),
        ),
        _place,
    ),
    "problems": (
        (("day", 10, False), ("input", 14, False), ("stage", 6, False), ("what", 30, False), ("report", 8, False)),
        _problem,
    ),
}  # fmt: skip


def _short(report: str) -> str:
    return report[:_REPORT] if _OWN.fullmatch(report) else report


def _dim(text: str) -> Text:
    return Text(shown(text), style="dim")


def _people(parties: Sequence[Party], nobody: str = "–") -> str:
    return ", ".join(_name(party) for party in parties) or nobody


def _name(party: Party) -> str:
    return party.name or "someone"


def _number(value: float) -> str:
    return f"{int(value):,}" if value.is_integer() else f"{value:,}"
