"""An evaluation as a person reads it in a terminal: figures, classes, and what was taken for what, with the sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from readout.evaluation import Confusion, Evaluation, confusions

#: More confusions than these are summed up in a line.
_SHOWN = 15


def render_evaluation(evaluation: Evaluation, errors: int = 1) -> RenderableType:
    """The whole evaluation as one Rich renderable.

    Args:
        evaluation: what to show.
        errors: of each confusion, so many sentences.
    """
    heading = f"{evaluation.task}: {evaluation.items:,} gold items"
    if evaluation.unanswered:
        heading += f", {evaluation.unanswered:,} without a report (they count as empty)"
    if evaluation.unasked:
        heading += f", {evaluation.unasked:,} reports of no item (left out)"
    parts: list[RenderableType] = [
        Text(heading, style="bold"),
        Padding(_figures(evaluation.score.figures), (0, 0, 0, 2)),
    ]
    for title, classes in evaluation.score.tables.items():
        parts += [Text(f"\n{title.capitalize()}", style="bold"), Padding(_classes(classes), (0, 0, 0, 2))]
    found = confusions(evaluation.score.mistakes, errors)
    if found:
        parts.append(Text("\nWhat was taken for what", style="bold"))
        for confusion in found[:_SHOWN]:
            parts += _confusion(confusion)
        rest = sum(confusion.count for confusion in found[_SHOWN:])
        if rest:
            parts.append(
                Text(f"  and {rest:,} more of {len(found) - _SHOWN} other kinds (--json lists all)", style="dim")
            )
    return Group(*parts)


def _flat(figures: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Figures by title, each with its numbers; tables of classes are shown apart."""
    here = {name: value for name, value in figures.items() if not isinstance(value, Mapping)}
    if here:
        yield before or "in all", here
    for name, value in figures.items():
        if isinstance(value, Mapping) and name not in ("per_class", "relaxed_recall_by_type"):
            yield from _flat(value, f"{before} {name}".strip())


def _figures(figures: Mapping[str, Any]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for title, numbers in _flat(figures):
        shown = "  ".join(f"{name.replace('_', ' ')} {_number(value)}" for name, value in numbers.items())
        table.add_row(Text(title.replace("_", " "), style="dim"), shown)
    return table


def _number(value: object) -> str:
    if value is None:
        return "undefined"
    return f"{value:.4f}" if isinstance(value, float) else f"{value:,}"


def _classes(classes: Mapping[str, Mapping[str, Any]]) -> Table:
    columns = list(dict.fromkeys(name for figures in classes.values() for name in figures))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("class")
    for name in columns:
        table.add_column(name, justify="right")
    for title, figures in classes.items():
        table.add_row(title, *(f"{v:.3f}" if isinstance(v := figures[name], float) else f"{v:,}" for name in columns))
    return table


def _confusion(confusion: Confusion) -> Iterator[RenderableType]:
    line = Text(f"  {confusion.count:>4,}  ").append(f"{confusion.gold} read as {confusion.read}", style="bold")
    yield line.append(f"  ({confusion.kind})", style="dim")
    for mistake in confusion.mistakes:
        yield Padding(Text(mistake.sentence), (0, 0, 0, 8))
        rule = f"  by {mistake.evidence['rule']}" if mistake.evidence.get("rule") else ""
        words = f" at “{mistake.evidence['event']}”" if mistake.evidence.get("event") else ""
        why = f"gold: {mistake.wanted}   read: {mistake.given}{words}{rule}   [{mistake.item}]"
        yield Padding(Text(why, style="dim"), (0, 0, 0, 8))
