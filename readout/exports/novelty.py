"""What reports add, and plans, for a person: a head, and below it each sentence with its claims and what they were compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import shorten

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
#: Claims that a sentence of a report in a list shows, and sentences of it.
_SENTENCES = 4


def novelty_lines(found: Novelty, reports: Mapping[int, ReportFacts], copies: Iterable[Link] = ()) -> Iterator[Text]:
    """What one report adds: its title and the counts, and every claim under its sentence."""
    yield from _head(found, reports)
    if found.before is not None:
        link = next((link for link in copies if (link.first, link.second) == (found.before, found.report)), None)
        before = reports[found.before]
        what = f"{link.kind.replace('_', ' ')} of" if link else "after"
        line = Text(f"  {what} report {found.before}, ", style="dim").append(shown(_title(before)))
        yield line.append(f": {'; '.join(link.reasons)}" if link else "")
    for head, marks in _HEADS:
        groups = list(_sentences(found, reports, marks))
        if marks is ADDING:
            groups = sorted([*groups, *((span, []) for span in found.added)], key=lambda group: group[0])
        if not groups:
            continue
        yield Text()
        yield Text(f"  {head}", style="bold")
        for span, items in groups:
            report = reports[items[0].report if items else found.report]
            yield from _sentence_lines(report, span, items, reports)


def short_novelty_lines(found: Novelty, reports: Mapping[int, ReportFacts]) -> Iterator[Text]:
    """A report among several: its title and the counts, and the first sentences of those with most that is new."""
    yield from _head(found, reports)
    groups = [group for group in _sentences(found, reports, ADDING) if any(item.weight for item in group[1])]
    order = sorted(groups, key=lambda group: (-sum(item.weight for item in group[1]), group[0]))[:_SENTENCES]
    for span, items in sorted(order, key=lambda group: group[0]):
        mark = _strongest(items)
        said = shorten(" ".join(reports[found.report].text[slice(*span)].split()), _WIDTH, placeholder=" …")
        yield Text(f"  {_SIGNS[mark]} ", style=_STYLES[mark]).append(shown(said), style="default")
        for item in items:
            if item.mark != "new":
                yield Text("      ").append(shown(item.reasons[0]))


def _head(found: Novelty, reports: Mapping[int, ReportFacts]) -> Iterator[Text]:
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
    yield Text("  " + shown(" · ".join(part for part in parts if part)), style="dim")


def _sentences(
    found: Novelty, reports: Mapping[int, ReportFacts], marks: frozenset[Mark]
) -> Iterator[tuple[Span, list[Item]]]:
    """Sentences with their claims of some marks, in the order of the text."""
    groups: dict[Span, list[Item]] = {}
    for item in found.items:
        if item.mark in marks:
            groups.setdefault(_sentence_of(reports[item.report], item.span), []).append(item)
    yield from sorted(groups.items())


def _sentence_of(report: ReportFacts, span: Span) -> Span:
    return next(((start, end) for start, end in report.sentences if start <= span[0] < end), span)


def _strongest(items: Sequence[Item]) -> str:
    return min((item.mark for item in items), key=("contradicted", "changed", *MARKS).index) if items else "text"


def _sentence_lines(
    report: ReportFacts, span: Span, items: Sequence[Item], reports: Mapping[int, ReportFacts]
) -> Iterator[Text]:
    mark = _strongest(items)
    text = " ".join(report.text[slice(*span)].split())
    yield Text(f"  {_SIGNS[mark]} ", style=_STYLES[mark]).append(shown(text), style="default")
    if not items:
        yield Text("      a sentence that no report before has, with no claim in it", style="dim")
    for item in items:
        line = Text("      ").append(item.mark, style=_STYLES[item.mark])
        line.append("  ").append(shown(_claim(report, item)))
        yield line.append("  ").append(f"{item.kind}s/{item.claim}" if item.kind != "negotiation" else "", style="dim")
        if item.mark != "dropped" and (item.mark != "new" or item.compared):
            yield from _compared(item, reports)


def _compared(item: Item, reports: Mapping[int, ReportFacts]) -> Iterator[Text]:
    """Why, and with what an item was compared."""
    yield Text("        ", style="dim").append(shown(item.reasons[0]))
    if not item.compared or item.rule == "same sentence":
        return
    before = item.compared[0]
    quote = shorten(" ".join(before.quote.split()), _WIDTH, placeholder=" …")
    house = reports[before.report].publisher or reports[before.report].agency or ""
    where = " ".join(part for part in (f"reports/{before.report}", before.known[:10], house) if part)
    yield Text("        ", style="dim").append(shown(f"{where}, {before.score:.2f}: {quote}"))


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


def plan_lines(plan: Plan, reports: Mapping[int, ReportFacts]) -> Iterator[Text]:
    """A plan: its state and what it is, why, the claims that tell it and the one that tells what became of it."""
    what = f"{plan.type} {plan.mode}" if plan.mode else plan.type
    parties = " → ".join(part for part in (", ".join(plan.actors[:3]), ", ".join(plan.recipients[:3])) if part)
    head = (
        Text(plan.state, style="bold").append("  ").append(shown(": ".join(part for part in (what, parties) if part)))
    )
    if plan.places:
        head.append(" at ").append(shown(", ".join(place.name for place in plan.places[:3])))
    yield head
    yield Text("  ", style="dim").append(shown(plan.reasons[0]))
    for told in plan.claims:
        yield _told_line(told, reports)
    if plan.outcome is not None:
        yield _told_line(plan.outcome, reports, "→ ")
        reasons = "; ".join(plan.reasons[1:])
        yield Text("      ", style="dim").append(shown(f"{plan.rule}, {plan.score:.2f}: {reasons}"))


def _told_line(told: Told, reports: Mapping[int, ReportFacts], sign: str = "") -> Text:
    report = reports[told.report]
    line = Text(f"  {sign}{told.known[:10]}  ")
    line.append(f"{shown(report.publisher or report.agency or ''):<10}  ", style="dim")
    line.append(shown(shorten(" ".join(told.quote.split()), _WIDTH - 20, placeholder=" …")))
    return line.append("  ").append(f"events/{told.claim}", style="dim")
