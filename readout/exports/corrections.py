"""Corrections and changes for people and for spreadsheets: one line an entry."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from readout.exports.rows import safe
from readout.record.changes import ReportChanges, Summary
from readout.record.corrections import Logged
from readout.record.diffing import ClaimChange, FieldChange
from readout.record.told import FIELDS, plain

#: The columns of the log as a table.
COLUMNS = (
    "number", "at", "by", "action", "report", "targets", "made", "values", "why", "undoes", "undone_by", "unfit",
)  # fmt: skip


def value_text(value: Any, *, keys: bool = False) -> str:
    """A value of a claim for people; `keys` also says by which key an actor or place is known."""
    if value is None or value == []:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, list):
        return "; ".join(value_text(item, keys=keys) for item in value)
    if isinstance(value, Mapping):
        if "key" not in value:
            return f"“{value['words']}”"
        name = value["name"] or "somebody"
        return f"{name} ({value['key']})" if keys and value["key"] else str(name)
    return str(value)


def one_line(text: str) -> str:
    """A text as one line that a terminal only shows: other spaces are spaces, what steers it is written out."""
    return "".join(
        c if c.isprintable() else " " if c.isspace() else c.encode("unicode_escape").decode("ascii") for c in text
    )


def change_lines(changes: ReportChanges) -> Iterator[str]:
    """What differs in one report: a line for the report, and one for each claim."""
    yield one_line(f"{changes.report} {changes.title or ''}".rstrip())
    yield f"  read by {_reader(changes.before)}, now by {_reader(changes.after)}"
    for change in changes.claims:
        yield one_line(f"  {_claim(change)}")


def _reader(reader: Any) -> str:
    return f"{reader.version} (model {reader.model}, knowledge {reader.knowledge})"


def _claim(change: ClaimChange) -> str:
    told = change.after or change.before
    assert told is not None
    words = told.values["span"]["words"]
    head = f"{change.what} {told.claim}/{told.id} “{words}”"
    if change.what == "changed":
        return f"{head}: {'; '.join(_field(item) for item in change.fields)}"
    values = ((name, plain(told.values[name])) for name in FIELDS[told.claim])
    return f"{head}: {', '.join(f'{name} {value_text(value)}' for name, value in values if value not in (None, []))}"


def _field(change: FieldChange) -> str:
    before, after = value_text(change.before), value_text(change.after)
    if before == after:  # one name, and somebody else
        before, after = value_text(change.before, keys=True), value_text(change.after, keys=True)
    return f"{change.name} {before} → {after}"


def summary_lines(summary: Summary) -> Iterator[str]:
    """Counts over all reports."""
    yield "1 report differs" if summary.reports == 1 else f"{summary.reports} reports differ"
    for claim, counts in summary.to_json()["claims"].items():
        if any(counts.values()):
            fields = summary.to_json()["fields"][claim]
            listed = ", ".join(f"{name} {count}" for name, count in fields.items())
            counted = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
            yield f"  {claim}: {counted}{f' ({listed})' if listed else ''}"


def correction_line(logged: Logged) -> str:
    """An entry of the log for people."""
    row = correction_row(logged)
    parts = [f"{row['number']}  {row['at']}  {row['by']}:", row["action"]]
    if row["undoes"]:
        parts.append(f"of {row['undoes']}")
    words = {f"{logged.correction.claim}/{item.id}": item.words for item in logged.correction.targets}
    parts.extend(f"{name} “{said}”" for name, said in words.items())
    if row["made"]:
        parts.append(f"→ {row['made']}")
    if row["values"]:
        parts.append(f"({row['values']})")
    if row["why"]:
        parts.append(f"– {row['why']}")
    if row["undone_by"]:
        parts.append(f"[undone by {row['undone_by']}]")
    if row["unfit"]:
        parts.append(f"[does not fit: {row['unfit']}]")
    return one_line(" ".join(str(part) for part in parts))


def correction_row(logged: Logged) -> dict[str, Any]:
    """An entry of the log by `COLUMNS`."""
    entry = logged.correction
    values = [", ".join(f"{name}={value_text(value)}" for name, value in item.set.items()) for item in entry.made]
    return {
        "number": entry.number,
        "at": entry.at,
        "by": entry.by,
        "action": entry.action,
        "report": logged.report,
        "targets": " ".join(f"{entry.claim}/{item.id}" for item in entry.targets),
        "made": " ".join(f"{entry.claim}/{item.id}" for item in entry.made),
        "values": " | ".join(values),
        "why": entry.why,
        "undoes": entry.undoes,
        "undone_by": logged.undone_by,
        "unfit": logged.unfit,
    }


def csv_line(values: list[Any]) -> str:
    """One line of CSV. A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    stream = io.StringIO(newline="")
    guarded = [safe(value) if isinstance(value, str) else value for value in values]
    # Told that lines end in both, the writer puts quotation marks around either.
    csv.writer(stream, lineterminator="\r\n").writerow(guarded)
    return stream.getvalue().removesuffix("\r\n") + "\n"


def json_line(value: Any) -> str:
    """One line of JSON."""
    return json.dumps(value, ensure_ascii=False) + "\n"
