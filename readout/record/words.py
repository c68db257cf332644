"""Full-text search, the same on both databases: words are parted at signs, compared without case and accents, not stemmed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, bindparam, column, exists, false, func, literal_column, select
from sqlalchemy import table as named

from readout.record.filters import Wanted
from readout.record.indexes import BEGINNINGS, plainly


@dataclass(frozen=True, slots=True)
class WordSet:
    """Rows in which words stand: a select of their numbers, and the same of a row that is at hand."""

    ids: Any
    holds: ColumnElement[bool]


def word_set(connection: Connection, table: Table, asked: Sequence[Wanted]) -> WordSet:
    """What is looked for in a table's words: any value of each that is asked; what has no letter or figure stands nowhere.

    The words of a value stand one behind the other; with a `*` at its end, its last one is how a word begins.
    """
    parts = [[value for value in wanted.values if any(map(str.isalnum, value))] for wanted in asked]
    if not all(parts):
        return WordSet(select(table.c.id).where(false()), false())
    return _sqlite(table, parts) if connection.dialect.name == "sqlite" else _postgresql(table, parts)


def _sqlite(table: Table, parts: list[list[str]]) -> WordSet:
    name = f"{table.name}_words"
    found = named(name, column("rowid"))
    query = " AND ".join(f"({' OR '.join(map(_quoted, values))})" for values in parts)
    matches = literal_column(name).op("MATCH", is_comparison=True)(bindparam(None, query))
    ids = select(found.c.rowid).where(matches)
    if any(map(_is_short, (value for values in parts for value in values))):
        return WordSet(ids, table.c.id.in_(ids))  # gathered once, and not for every row
    one = select(1).select_from(found).where(found.c.rowid == table.c.id, matches)
    return WordSet(ids, exists(one))


def _is_short(value: str) -> bool:
    """Whether it ends in a beginning of a word that is not looked up as such."""
    last = re.findall(r"\w+", value)[-1:]
    return value.endswith("*") and len("".join(last)) < min(BEGINNINGS)


def _quoted(value: str) -> str:
    """Words one behind the other as FTS5 asks for them: within quotation marks nothing but these means anything to it."""
    return '"' + value.replace('"', '""') + '"' + ("*" if value.endswith("*") else "")


def _postgresql(table: Table, parts: list[list[str]]) -> WordSet:
    query = " & ".join(f"({' | '.join(f'({_phrase(value)})' for value in values)})" for values in parts)
    holds: ColumnElement[bool] = literal_column(f"{table.name}.searched").op("@@", is_comparison=True)(
        func.to_tsquery("simple", query)
    )
    return WordSet(select(table.c.id).where(holds), holds)


def _phrase(value: str) -> str:
    """Words one behind the other as PostgreSQL asks for them; each within quotation marks, in which it parses nothing."""
    words = [
        "".join(letter for letter in word if letter not in "'\\")
        for word in plainly(value).split()
        if any(map(str.isalnum, word))
    ]
    last = len(words) - 1
    prefix = value.endswith("*")
    return " <-> ".join(f"'{word}'{':*' if prefix and at == last else ''}" for at, word in enumerate(words))
