"""Writes the tables of docs/limits.md: how often what is read is wrong, by kind, from the quality runs, and sentences that show it.

    python docs/limits.py

The figures are those that `benchmarks/quality.py --write` put down in `benchmarks/kinds.json`; the sentences are in docs/limits.yaml.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

import readout

DOCS = Path(__file__).resolve().parent
PAGE = DOCS / "limits.md"
MISTAKES = DOCS / "limits.yaml"
KINDS = DOCS.parent / "benchmarks" / "kinds.json"
#: The article of each sentence is of that day.
PUBLISHED = "2025-03-10"
#: As many kinds of error of a test set are shown.
_SHOWN = 8
_HEADS = {
    "p": "precision", "r": "recall", "f1": "F1", "gold": "in gold", "mae": "MAE", "pearson_r": "Pearson's r", "n": "items",
}  # fmt: skip


def lines(text: str) -> list[str]:
    """What is read in a text, a line each: events, statements, figures, times, places."""
    report = readout.read(text, published=PUBLISHED).to_json()
    return [*_events(report), *_statements(report), *_figures(report, text), *_times(report, text), *_places(report)]


def _events(report: dict[str, Any]) -> Iterator[str]:
    for event in report["events"]:
        sides = [
            ", ".join(report["actors"][n]["name"] for n in event[side]) or "?" for side in ("actors", "recipients")
        ]
        yield f"{event['type']} {event['status']}: {sides[0]} → {sides[1]}"


def _statements(report: dict[str, Any]) -> Iterator[str]:
    for said in report["statements"]:
        speaker = "?" if said["speaker"] is None else report["actors"][said["speaker"]]["name"]
        yield f"statement {speaker} ({said['kind']})"


def _figures(report: dict[str, Any], text: str) -> Iterator[str]:
    for figure in report["figures"]:
        words = [f"{figure['value']:g}", figure["unit"], figure["measure"]]
        start, end = figure["span"]
        yield f"figure {' '.join(word for word in words if word)} (“{text[start:end]}”)"


def _times(report: dict[str, Any], text: str) -> Iterator[str]:
    for time in report["times"]:
        start, end = time["span"]
        yield f"time “{text[start:end]}” {time['type']} {time['value']}"


def _places(report: dict[str, Any]) -> Iterator[str]:
    for place in report["places"]:
        yield f"place {place['name']} ({place['country'] or 'no coordinates'})"


def groups() -> list[dict[str, Any]]:
    """The mistakes of docs/limits.yaml, by what they are about."""
    found: list[dict[str, Any]] = yaml.safe_load(MISTAKES.read_text(encoding="utf-8"))
    return found


def is_made(mistake: dict[str, Any], read: list[str]) -> bool:
    """Whether what is read of its text is still wrong in the way that it says."""
    if "read" in mistake:
        return any(re.search(mistake["read"], line) for line in read)
    return not any(re.search(mistake["missing"], line) for line in read)


def _shown(mistake: dict[str, Any], read: list[str]) -> str:
    if "read" in mistake:
        return "; ".join(line for line in read if re.search(mistake["read"], line))
    return "; ".join(read) or "nothing"


def mistakes() -> str:
    """The table of sentences for each group."""
    parts = []
    for group in groups():
        rows = [
            f"| {mistake['text']} | {_shown(mistake, lines(mistake['text']))} | {mistake['meant']} |"
            for mistake in group["mistakes"]
        ]
        head = f"### {group['about'].capitalize()}"
        parts.append("\n".join([head, "", "| words | read | meant |", "|---|---|---|", *rows]))
    return "\n\n".join(parts)


def _cell(value: float | int | None) -> str:
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}"


def _table(title: str, rows: dict[str, dict[str, Any]]) -> str:
    names = list(dict.fromkeys(name for row in rows.values() for name in row))
    head = [title, *(_HEADS.get(name, name) for name in names)]
    body = [[kind, *(_cell(row.get(name)) for name in names)] for kind, row in rows.items()]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *body))


def figures() -> str:
    """What the quality runs found, by test set: the classes, and what was most often taken for what."""
    parts = []
    for task, found in json.loads(KINDS.read_text(encoding="utf-8")).items():
        parts.append(f"### {task}\n\n{found['items']:,} items.")
        parts += [_table(title, rows) for title, rows in found["tables"].items()]
        errors = found["errors"]
        rows = [f"| {row['kind']} | {row['gold']} | {row['read']} | {row['count']} |" for row in errors[:_SHOWN]]
        rest = sum(row["count"] for row in errors[_SHOWN:]) + found["more"]
        rows.append(f"| all others | | | {rest} |")
        parts.append("\n".join(["| what differs | in gold | read | how often |", "|---|---|---|---|", *rows]))
    return "\n\n".join(parts)


def written(page: str) -> str:
    """The page with its tables as they are now."""
    for name, table in (("figures", figures()), ("mistakes", mistakes())):
        page = re.sub(
            rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)",
            lambda match, table=table: f"{match[1]}\n{table}\n\n{match[2]}",
            page,
            flags=re.DOTALL,
        )
    return page


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
