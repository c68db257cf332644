"""The log of corrections, as typed values: what was done by whom, to which claims as they were, and what it makes.

The log is written in the terms of the article as it came: spans of it, words of it, keys of actors and places. So it can be
applied to any reading of the article.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping, insert, select

from readout.errors import UsageError
from readout.record import schema
from readout.types import Span

Action = Literal["confirm", "reject", "edit", "add", "merge", "split", "undo"]

#: The largest number that a row can have.
LARGEST = 2**31 - 1

#: What a claim's `review` says after an action.
REVIEWS: Mapping[str, str] = {
    "confirm": "confirmed", "reject": "rejected", "edit": "edited", "add": "added", "merge": "merged", "split": "split",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """A claim that a correction was made on, as it was: `by` is the correction that had made it, None where it was read."""

    id: int
    by: int | None
    code: str
    at: Span
    words: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Made:
    """A claim that a correction makes: its number, and the values that a person set."""

    id: int
    set: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Correction:
    """One entry of the log. Spans are those of the article as it came; `claim` is the kind of claim; `undoes` the correction
    that an undo undoes."""

    number: int
    at: str
    by: str
    why: str | None
    action: Action
    claim: str
    article: int
    targets: tuple[Target, ...] = ()
    made: tuple[Made, ...] = ()
    undoes: int | None = None

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "number": self.number,
            "at": self.at,
            "by": self.by,
            "why": self.why,
            "action": self.action,
            "claim": self.claim,
            "article": self.article,
            "targets": [_plain(target) for target in self.targets],
            "made": [{"id": item.id, "set": dict(item.set)} for item in self.made],
            "undoes": self.undoes,
        }


def _plain(target: Target) -> dict[str, Any]:
    return {
        "id": target.id,
        "by": target.by,
        "code": target.code,
        "at": list(target.at),
        "words": target.words,
        "values": dict(target.values),
    }


def write_correction(connection: Connection, correction: Correction) -> None:
    """Puts an entry behind the others."""
    value = correction.to_json()
    connection.execute(
        insert(schema.corrections).values(
            id=value["number"],
            article_id=value["article"],
            targets=json.dumps(value["targets"], ensure_ascii=False),
            made=json.dumps(value["made"], ensure_ascii=False),
            **{name: value[name] for name in ("at", "by", "why", "action", "claim", "undoes")},
        )
    )


def log_of(connection: Connection, article: int) -> list[Correction]:
    """The log of an article, in order."""
    table = schema.corrections
    rows = connection.execute(select(table).where(table.c.article_id == article).order_by(table.c.id)).mappings()
    return [correction_of(row) for row in rows]


def correction_of(row: RowMapping) -> Correction:
    """An entry from its row."""
    return Correction(
        number=row["id"],
        article=row["article_id"],
        targets=tuple(
            Target(**{**value, "at": (value["at"][0], value["at"][1])}) for value in json.loads(row["targets"])
        ),
        made=tuple(Made(**value) for value in json.loads(row["made"])),
        **{name: row[name] for name in ("at", "by", "why", "action", "claim", "undoes")},
    )


def undone(log: Iterable[Correction]) -> dict[int, int]:
    """The entries that do not hold because they were undone, each with the undo that holds."""
    found: dict[int, int] = {}
    for entry in sorted(log, key=lambda entry: entry.number, reverse=True):
        if entry.undoes is not None and entry.number not in found:
            found[entry.undoes] = entry.number
    return found


def claim_named(name: str) -> tuple[str, int]:
    """The kind and number of a claim by its name.

    Raises:
        UsageError: it is no name of a claim.
    """
    claim, _, number = name.partition("/")
    if claim not in schema.CLAIMS or not number.isdecimal():
        raise UsageError(f"{name!r} names no claim: write it as events/12, statements/12 or figures/12")
    if len(number) > len(str(LARGEST)) or int(number) > LARGEST:
        raise UsageError(f"there is no {name} in the record")
    return claim, int(number)


def check_text(what: str, text: str) -> None:
    """Raises UsageError where a text is none that a database keeps: half of a letter, or the letter zero."""
    if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise UsageError(f"{what} holds what is no text: {text!r}")
