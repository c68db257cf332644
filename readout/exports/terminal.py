"""A report as a person reads it in a terminal: what happened first, then who said what, tolls, talks and the rest.

Nothing here relies on colour alone: every status is a word, so a dumb terminal or a pipe loses no meaning.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from readout.exports.disputes import dispute_lines
from readout.types import Event, Figure, Negotiation, Report, Statement

STATUS_STYLE = {
    "occurred": "green",
    "ongoing": "green",
    "planned": "cyan",
    "proposed": "cyan",
    "requested": "cyan",
    "threatened": "red",
    "refused": "red",
    "denied": "red",
    "not_occurring": "red",
    "hypothetical": "yellow",
    "uncertain": "yellow",
}

#: What a reader should know of a source; that it has a name, or is an institution, the name itself shows.
SOURCING_WORDS = {"official": "unnamed official", "anonymous": "unnamed source", "hearsay": "hearsay"}


def render_report(report: Report) -> RenderableType:
    """The whole report as one Rich renderable; sections without findings are left out.

    Args:
        report: the report to show.
    """
    parts: list[RenderableType] = [*_heading(report)]
    news = [event for event in report.events if event.news]
    background = [event for event in report.events if not event.news]
    for title, events in (("What is new", news), ("Background", background)):
        if events:
            parts += [_title(title), Padding(_event_table(report, events), (0, 0, 0, 2))]
    parts += _section("Who says what", (_statement(report, s) for s in report.statements))
    counted = [figure for figure in report.figures if figure.measure or figure.kind in ("share", "money")]
    parts += _section("Figures", (_figure(report, f) for f in counted))
    for talks in report.negotiations:
        parts += _section(f"Talks: {talks.topic}", _negotiation(report, talks))
    parts += _section("Disputed territories", dispute_lines(report))
    parts += _section("Who they are", _actors(report))
    parts += _section("Left out of the text", _removed(report))
    parts += _section("Problems", (Text(f"{p.stage}: {p.message}", style="yellow") for p in report.problems))
    return Group(*parts)


def _title(text: str) -> RenderableType:
    return Text(f"\n{text}", style="bold")


def _section(title: str, lines: Iterable[RenderableType]) -> list[RenderableType]:
    found = list(lines)
    return [_title(title), *(Padding(line, (0, 0, 0, 2)) for line in found)] if found else []


def _heading(report: Report) -> Iterator[RenderableType]:
    headline = report.title or (report.slice(report.sentences[0]) if report.sentences else "(no text)")
    yield Text(_one_line(headline), style="bold")
    printed = f"printed by {report.publisher}" if report.publisher and report.publisher != report.agency else None
    if report.published:
        published = f"published {_day(report.published)}"
    elif report.published_range:
        published = f"undated; by its own words between {' and '.join(map(_day, report.published_range))}"
    else:
        published = "undated"
    byline = f"by {', '.join(report.byline)}" if report.byline else None
    parts = [
        report.agency,
        printed,
        byline,
        published,
        _count(len(report.sentences), "sentence"),
        f"report {report.id[:16]}",
    ]
    yield Text(" · ".join(part for part in parts if part), style="dim")


def _event_table(report: Report, events: list[Event]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False, header_style="dim", expand=False)
    for name, least in (
        ("#", 1),
        ("status", 8),
        ("who", 12),
        ("does what", 14),
        ("to whom, where", 12),
        ("when", 6),
        ("on whose word", 10),
    ):
        table.add_column(name, min_width=least, overflow="fold", ratio=None)
    numbers = {event.id: n for n, event in enumerate(report.events)}
    for event in events:
        table.add_row(
            Text(str(numbers[event.id]), style="dim"),
            Text(event.status.replace("_", " "), style=STATUS_STYLE[event.status]),
            _names(report, event.actors),
            _act(report, event),
            _targets(report, event),
            _when(event),
            _word(report, event),
        )
    return table


def _act(report: Report, event: Event) -> Text:
    act = event.act.mode or event.act.type.lower()
    text = Text(_one_line(report.slice(event.span)))
    codes = event.type if event.type == event.act.type and not event.act.mode else f"{event.type}, {act}"
    text.append(f" ({codes})", style="dim")
    if event.figures:
        text.append(f" {'; '.join(_one_line(report.slice(report.figures[n].span)) for n in event.figures)}")
    return text


def _targets(report: Report, event: Event) -> str:
    parts = [_names(report, event.recipients)] if event.recipients else []
    places = list(dict.fromkeys(report.places[n].name for n in event.places))
    if places:
        parts.append(f"at {', '.join(places)}" if parts else ", ".join(places))
    return "; ".join(parts) or "–"


def _when(event: Event) -> str:
    if event.date is None or (event.date.start is None and event.date.end is None):
        return "–"
    start, end = event.date.start, event.date.end
    if start == end or end is None:
        return _day(start or "")
    return f"{_day(start)} to {_day(end)}" if start else f"by {_day(end)}"


def _word(report: Report, event: Event) -> str:
    names = [
        report.actors[a.source].name if a.source is not None else _one_line(report.slice(a.cue))
        for a in event.attribution
    ]
    return " ← ".join(reversed(list(dict.fromkeys(names)))) or "the report"


def _statement(report: Report, statement: Statement) -> Text:
    if statement.speaker is not None:
        speaker = report.actors[statement.speaker].name
    else:
        speaker = _one_line(report.slice(statement.speaker_span)) if statement.speaker_span else "someone"
    text = Text(speaker, style="bold")
    if statement.addressees:
        text.append(f" to {_names(report, statement.addressees)}", style="")
    cue = _one_line(report.slice(statement.cue)) if statement.cue else ""
    source = SOURCING_WORDS.get(statement.sourcing or "")
    details = [part for part in (source, cue, statement.channel, _time(report, statement.time)) if part]
    text.append(f" ({', '.join(details)}): " if details else ": ", style="dim")
    text.append(
        _one_line(" … ".join(report.slice(span) for span in statement.content)),
        style="italic" if statement.quoted else "",
    )
    return text


def _figure(report: Report, figure: Figure) -> Text:
    text = Text(_one_line(report.slice(figure.span)), style="bold")
    words = [figure.population, figure.measure]
    if figure.place is not None:
        words.append(f"in {report.places[figure.place].name}")
    if figure.since or figure.as_of:
        words.append(
            " ".join(
                part
                for part in (figure.since and f"since {figure.since}", figure.as_of and f"as of {figure.as_of}")
                if part
            )
        )
    text.append(f"  {', '.join(word for word in words if word)}")
    source = report.actors[figure.source].name if figure.source is not None else "the report"
    text.append(f"  counted by {source}", style="dim")
    return text


def _negotiation(report: Report, talks: Negotiation) -> Iterator[RenderableType]:
    state = Text("state: ").append(talks.state.replace("_", " "), style="bold")
    if talks.progress is not None:
        source = f", says {report.actors[talks.progress.source].name}" if talks.progress.source is not None else ""
        state.append(f" ({talks.progress.value:.0%} done{source})")
    yield state
    sides = "between" if len(talks.parties) > 1 else "one side named:"
    for label, actors in ((sides, talks.parties), ("mediated by", talks.mediators)):
        if actors:
            yield Text(f"{label} {_names(report, actors)}")
    for issue in talks.issues:
        text = Text("issue: ").append(_one_line(issue.label), style="bold")
        for position in issue.positions:
            text.append(
                f"; {report.actors[position.party].name} {position.stance}: {_one_line(report.slice(position.span))}"
            )
        yield text
    for obstacle in talks.obstacles:
        yield Text("obstacle: ").append(_one_line(report.slice(obstacle)))


def _actors(report: Report) -> Iterator[RenderableType]:
    used = {n for e in report.events for n in (*e.actors, *e.recipients)} | {s.speaker for s in report.statements}
    for n in sorted(n for n in used if n is not None):
        actor = report.actors[n]
        details = [
            actor.role,
            actor.affiliation if actor.affiliation != actor.name else None,
            actor.country,
            actor.kind.replace("_", " "),
        ]
        yield Text(actor.name).append(f"  {', '.join(d for d in details if d)}", style="dim")


def _removed(report: Report) -> Iterator[RenderableType]:
    for piece in report.removed:
        if piece.kind != "whitespace":
            yield Text(f"{piece.kind.replace('_', ' ')}: ", style="dim").append(_one_line(piece.text), style="dim")


def _names(report: Report, actors: Iterable[int]) -> str:
    return ", ".join(report.actors[n].name for n in actors) or "–"


def _time(report: Report, index: int | None) -> str | None:
    return None if index is None else report.times[index].value


def _day(value: str) -> str:
    try:
        day = dt.date.fromisoformat(value[:10])
    except ValueError:
        return value
    return f"{day.day} {day:%b %Y}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
