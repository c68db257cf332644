"""What reports add, and plans, for a person: a head, and below it each sentence with its claims and what they were compared with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from textwrap import shorten

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from readout.across.facts import EventFact, FigureFact, Link, ReportFacts, StatementFact
from readout.across.novelty import Item, Mark, Novelty, Plan
from readout.across.novelty.items import ADDING, MARKS
from readout.across.novelty.plans import Told
from readout.exports.tables import shown
from readout.types import Span

_WIDTH = 100
_SIGNS: dict[str, str] = {
    "new": "+", "changed": "~", "contradicted": "!", "repeated": "=", "background": "·", "dropped": "-", "text": "+",
}  # fmt: skip
_STYLES: dict[str, str] = {
    "new": "green", "changed": "yellow", "contradicted": "red", "repeated": "dim", "background": "dim", "dropped": "magenta",
    "text": "green",
}  # fmt: skip
_HEADS: tuple[tuple[str, frozenset[Mark]], ...] = (
    ("What it adds", ADDING),
    ("Told before", frozenset({"repeated"})),
    ("Background that no report at hand tells", frozenset({"background"})),
    ("Dropped from the version before", frozenset({"dropped"})),
)
#: Sentences that a report in a list shows.
_SENTENCES = 4


def novelty_lines(
    found: Novelty, reports: Mapping[int, ReportFacts], copies: Iterable[Link] = ()
) -> Iterator[RenderableType]:
    """What one report adds: its title and the counts, and every claim under its sentence.

    A sentence that holds something new has all its claims, with what they were compared with; one that was told before has one line on
    its claims together.
    """
    yield from _head(found, reports)
    if found.before is not None:
        yield from _made_from(found, reports[found.before], copies)
    groups = _by_sentence(found, reports)
    shown_already: set[Span] = set()
    for head, marks in _HEADS:
        mine = [group for group in groups if any(item.mark in marks for item in group[1])]
        if marks is ADDING:
            mine = sorted([*mine, *((span, []) for span in found.added)], key=lambda group: group[0])
            shown_already = {span for span, _ in mine}
        elif "dropped" not in marks:
            mine = [group for group in mine if group[0] not in shown_already]
            shown_already |= {span for span, _ in mine}
        if mine:
            yield Text()
            yield Text(f"  {head}", style="bold")
        for span, items in mine:
            yield from _sentence_lines(reports[items[0].report if items else found.report], span, items, reports)


def short_novelty_lines(found: Novelty, reports: Mapping[int, ReportFacts]) -> Iterator[RenderableType]:
    """A report among several: its title and the counts, and the sentences that hold most that is new."""
    yield from _head(found, reports)
    adding = [
        (span, [item for item in items if item.mark in ADDING])
        for span, items in _by_sentence(found, reports)
        if any(item.mark in ADDING and item.weight for item in items)
    ]
    order = sorted(adding, key=lambda group: (-sum(item.weight for item in group[1]), group[0]))[:_SENTENCES]
    for span, items in sorted(order, key=lambda group: group[0]):
        yield _signed(_strongest(items), shorten(_words(reports[found.report], span), _WIDTH, placeholder=" …"))
        for item in items:
            if item.mark != "new":
                yield _indented(f"{item.mark}: {item.reasons[0]}", 6)


def _head(found: Novelty, reports: Mapping[int, ReportFacts]) -> Iterator[RenderableType]:
    report = reports[found.report]
    yield Text(shown(_title(report)), style="bold")
    counts = [f"{getattr(found, mark)} {mark}" for mark in MARKS if getattr(found, mark)]
    share = "no claims" if found.share is None else f"{found.share:.0%} of its claims new"
    parts = (
        report.published or report.known[:10],
        report.publisher or report.agency or "",
        f"reports/{report.id}",
        f"{share} ({', '.join(counts)})" if counts else share,
        f"{found.text_share:.0%} of its sentences",
    )
    yield _indented(" · ".join(part for part in parts if part), 2)


def _made_from(found: Novelty, before: ReportFacts, copies: Iterable[Link]) -> Iterator[RenderableType]:
    link = next((link for link in copies if (link.first, link.second) == (before.id, found.report)), None)
    what = f"{link.kind.replace('_', ' ')} of" if link else "after"
    why = f": {'; '.join(link.reasons)}" if link else ""
    yield _indented(f"{what} reports/{before.id}, {_title(before)}{why}", 2)


def _by_sentence(found: Novelty, reports: Mapping[int, ReportFacts]) -> list[tuple[Span, list[Item]]]:
    """Sentences with their claims in the order of the text; what was dropped is last, and stands by itself."""
    groups: dict[tuple[bool, Span], list[Item]] = {}
    for item in found.items:
        span = _sentence_of(reports[item.report], item.span)
        groups.setdefault((item.mark == "dropped", span), []).append(item)
    return [(span, items) for (_, span), items in sorted(groups.items())]


def _sentence_of(report: ReportFacts, span: Span) -> Span:
    return next(((start, end) for start, end in report.sentences if start <= span[0] < end), span)


def _words(report: ReportFacts, span: Span) -> str:
    return " ".join(report.text[slice(*span)].split())


def _strongest(items: Sequence[Item]) -> str:
    return min((item.mark for item in items), key=("contradicted", "changed", *MARKS).index) if items else "text"


def _sentence_lines(
    report: ReportFacts, span: Span, items: Sequence[Item], reports: Mapping[int, ReportFacts]
) -> Iterator[RenderableType]:
    mark = _strongest(items)
    yield _signed(mark, _words(report, span))
    if not items:
        yield _indented("in no report before; no claim was read from it", 6)
    elif mark in ("repeated", "background", "dropped"):
        known = next((item for item in items if item.mark == mark), items[0])
        why = "" if mark == "dropped" else f"{known.reasons[0]}; "
        yield _indented(f"{why}{', '.join(map(_number, items))}", 6)
    else:
        said: set[str] = set()
        for item in sorted(items, key=lambda item: MARKS.index(item.mark)):
            line = Text(item.mark, style=_STYLES[item.mark]).append(
                f"  {shown(_claim(report, item))}  ", style="default"
            )
            yield Padding(line.append(_number(item), style="dim"), (0, 0, 0, 6), expand=False)
            if item.compared:
                yield from _compared(item, reports, said)
                said.add(item.compared[0].quote)


def _compared(item: Item, reports: Mapping[int, ReportFacts], said: Collection[str]) -> Iterator[RenderableType]:
    """Why, and with what an item was compared; a sentence that was said for another claim is not said again."""
    before = item.compared[0]
    house = reports[before.report].publisher or reports[before.report].agency or ""
    where = " ".join(part for part in (f"reports/{before.report}", before.known[:10], house) if part)
    quote = "" if before.quote in said else f": {shorten(' '.join(before.quote.split()), _WIDTH, placeholder=' …')}"
    yield _indented(item.reasons[0], 8)
    yield _indented(f"{where}, {before.score:.2f}{quote}", 8)


def _signed(mark: str, words: str) -> RenderableType:
    """A sentence behind the sign of its mark, with its further lines below its first word."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=3, justify="right")
    grid.add_column(overflow="fold")
    grid.add_row(Text(_SIGNS[mark], style=_STYLES[mark]), Text(shown(words)))
    return grid


def _indented(words: str, by: int) -> RenderableType:
    return Padding(Text(shown(words), style="dim"), (0, 0, 0, by), expand=False)


def _number(item: Item) -> str:
    return f"{item.kind}s/{item.claim}" if item.kind != "negotiation" else "a negotiation"


def _claim(report: ReportFacts, item: Item) -> str:
    """A claim in few words."""
    if item.kind == "event":
        return next((_event(event) for event in report.events if event.id == item.claim), "event")
    if item.kind == "statement":
        return next((_statement(said) for said in report.statements if said.id == item.claim), "statement")
    if item.kind == "figure":
        return next((_figure(figure) for figure in report.figures if figure.id == item.claim), "figure")
    talks = report.negotiations[item.claim]
    return f"{talks.topic} talks of {', '.join(who.name for who in talks.parties)}: {talks.state.replace('_', ' ')}"


def _event(event: EventFact) -> str:
    what = f"{event.type} {event.mode}" if event.mode else event.type
    sides = [", ".join(who.name for who in side) for side in (event.actors, event.recipients)]
    parties = " → ".join(side for side in sides if side)
    places = f" at {', '.join(place.name for place in event.places[:2])}" if event.places else ""
    status = "" if event.status == "occurred" else f" ({event.status.replace('_', ' ')})"
    return f"{what}{': ' if parties else ''}{parties}{places}{status}"


def _statement(statement: StatementFact) -> str:
    return f"said by {statement.speaker.name}" if statement.speaker and statement.speaker.name else "said"


def _figure(figure: FigureFact) -> str:
    value = f"{int(figure.value):,}" if figure.value.is_integer() else f"{figure.value:,}"
    of = figure.measure or figure.unit or figure.kind
    return f"{value} {figure.population or ''} {of}".replace("  ", " ")


def _title(report: ReportFacts) -> str:
    return report.title or shorten(" ".join(report.text.split()), _WIDTH, placeholder=" …")


def plan_lines(plan: Plan, reports: Mapping[int, ReportFacts]) -> Iterator[RenderableType]:
    """A plan: its state and what it is, why, the claims that tell it and the one that tells what became of it."""
    what = f"{plan.type} {plan.mode}" if plan.mode else plan.type
    parties = " → ".join(part for part in (", ".join(plan.actors[:3]), ", ".join(plan.recipients[:3])) if part)
    head = (
        Text(plan.state, style="bold").append("  ").append(shown(": ".join(part for part in (what, parties) if part)))
    )
    if plan.places:
        head.append(" at ").append(shown(", ".join(place.name for place in plan.places[:3])))
    yield head
    yield _indented(plan.reasons[0], 2)
    for told in plan.claims:
        yield _told_line(told, reports)
    if plan.outcome is not None:
        yield _told_line(plan.outcome, reports, "→ ")
        reasons = "; ".join(plan.reasons[1:])
        yield _indented(f"{plan.rule}, {plan.score:.2f}: {reasons}", 6)


def _told_line(told: Told, reports: Mapping[int, ReportFacts], sign: str = "") -> Text:
    report = reports[told.report]
    line = Text(f"  {sign}{told.known[:10]}  ")
    line.append(f"{shown(report.publisher or report.agency or ''):<10}  ", style="dim")
    line.append(shown(shorten(" ".join(told.quote.split()), _WIDTH - 36, placeholder=" …")))
    return line.append("  ").append(f"events/{told.claim}", style="dim")
