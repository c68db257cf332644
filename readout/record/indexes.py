"""The indexes that asking needs beside those of the tables, as a migration makes them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from sqlalchemy import Connection, text

#: What full-text search looks through: a table, its columns.
SEARCHED = (
    ("readings", ("title", "text")), ("events", ("quote",)), ("statements", ("quote",)), ("figures", ("quote",)),
)  # fmt: skip

#: The index of a table that has what rows are sorted by, and little else: many rows are sorted without reading them whole.
NARROW = {
    "events": "events_order",
    "statements": "statements_order",
    "figures": "figures_order",
    "readings": "readings_order",
}

_MADE = (
    ("events_order", "events", "live, id, day, published, confidence, review", ""),
    ("events_publisher", "events", "publisher, live, day, id", ""),
    ("events_mode", "events", "mode, live, day, id", ""),
    ("events_act", "events", "act_type, act_mode, live, day, id", ""),
    ("events_confidence", "events", "live, confidence, id", ""),
    ("events_review", "events", "review, live, day, id", "review IS NOT NULL"),
    ("events_ahead", "events", "live, day, id, published", "day > published"),
    ("statements_order", "statements", "live, id, day, published, review", ""),
    ("statements_published", "statements", "live, published, id", ""),
    ("statements_publisher", "statements", "publisher, live, day, id", ""),
    ("statements_review", "statements", "review, live, day, id", "review IS NOT NULL"),
    ("statements_ahead", "statements", "live, day, id, published", "day > published"),
    ("figures_order", "figures", "live, id, day, published, value, review", ""),
    ("figures_published", "figures", "live, published, id", ""),
    ("figures_publisher", "figures", "publisher, live, day, id", ""),
    ("figures_value", "figures", "live, value, id", ""),
    ("figures_review", "figures", "review, live, day, id", "review IS NOT NULL"),
    ("figures_ahead", "figures", "live, day, id, published", "day > published"),
    ("readings_order", "readings", "live, id, published", ""),
    ("readings_publisher", "readings", "publisher, live, published, id", ""),
    ("actors_reading", "actors", "key, live, reading_id", ""),
    ("places_reading", "places", "key, live, reading_id", ""),
    ("places_name", "places", "folded, key", ""),
    ("articles_embargoed", "articles", "embargoed", "embargoed IS NOT NULL"),
)  # fmt: skip
#: Indexes of the first tables that PostgreSQL keeps once more: there too what has no day comes before all days.
_AGAIN = (
    ("events_day", "events", "live, day, id", ""),
    ("events_type", "events", "type, live, day, id", ""),
    ("events_status", "events", "status, live, day, id", ""),
    ("events_published", "events", "live, published, id", ""),
    ("statements_day", "statements", "live, day, id", ""),
    ("figures_day", "figures", "live, day, id", ""),
    ("figures_measure", "figures", "measure, live, day, id", ""),
    ("readings_published", "readings", "live, published, id", ""),
)  # fmt: skip
#: Indexes that have all that is counted by them: with what people said of a claim in them, none of its rows is read.
_COVERING = (
    ("events_order", "events", "live, id, day, published, confidence, review, quad", ""),
    ("events_type", "events", "type, live, day, id, review, status, publisher", ""),
    ("events_status", "events", "status, live, day, id, review, type, publisher", ""),
    ("events_publisher", "events", "publisher, live, day, id, review, type, status", ""),
    ("events_mode", "events", "mode, live, day, id, review", ""),
    ("events_act", "events", "act_type, act_mode, live, day, id, review", ""),
    ("statements_publisher", "statements", "publisher, live, day, id, review", ""),
    ("figures_measure", "figures", "measure, live, day, id, review", ""),
    ("figures_publisher", "figures", "publisher, live, day, id, review", ""),
    ("readings_printed", "readings", "live, publisher, published, words, article_id", ""),
)  # fmt: skip
#: Those of them that have the reading, too: what was known at a moment is counted by them alone.
_WITH_READING = tuple(
    (name, table, f"{columns}, reading_id", where)
    for name, table, columns, where in _COVERING
    if name in ("events_type", "events_status", "events_publisher")
)


def make_covering(connection: Connection) -> None:
    """Makes the indexes by which claims and names are counted, in the place of those that had less."""
    _make_again(connection, _COVERING)


def make_covering_with_reading(connection: Connection) -> None:
    """Makes those indexes by which claims are counted as of a moment, in the place of those that had less."""
    _make_again(connection, _WITH_READING)


def _make_again(connection: Connection, indexes: Sequence[tuple[str, str, str, str]]) -> None:
    for name, *_ in indexes:
        connection.execute(text(f"DROP INDEX IF EXISTS {name}"))
    _make(connection, indexes)


def make_indexes(connection: Connection) -> None:
    """Makes the indexes; on SQLite has beginnings of words looked up too, which would be gathered from all words that so begin; on
    PostgreSQL makes full-text search and the order of what has no day as they are on SQLite."""
    postgresql = connection.dialect.name == "postgresql"
    if not postgresql:
        for table, columns in SEARCHED:
            _words_and_beginnings(connection, table, columns)
    if postgresql:
        for name, *_ in _AGAIN:
            connection.execute(text(f"DROP INDEX {name}"))
        for table, columns in SEARCHED:
            connection.execute(text(f"DROP INDEX {table}_words"))
            # Kept beside the text: worked out anew for every row that is looked at, it would take a hundred times as long.
            kept = f"ADD COLUMN searched tsvector GENERATED ALWAYS AS ({_words_of(columns)}) STORED"
            connection.exec_driver_sql(f"ALTER TABLE {table} {kept}".replace("%", "%%"))
            connection.execute(text(f"CREATE INDEX {table}_words ON {table} USING gin (searched)"))
    _make(connection, (*_MADE, *(_AGAIN if postgresql else ())))


def _make(connection: Connection, indexes: Iterable[tuple[str, str, str, str]]) -> None:
    postgresql = connection.dialect.name == "postgresql"
    for name, table, columns_, where in indexes:
        listed = columns_
        if postgresql:
            listed = ", ".join(f"{c} NULLS FIRST" if c in _SORTED else c for c in columns_.split(", "))
        condition = f" WHERE {where}" if where else ""
        connection.execute(text(f"CREATE INDEX {name} ON {table} ({listed}){condition}"))


def _words_and_beginnings(connection: Connection, table: str, columns: tuple[str, ...]) -> None:
    lengths = " ".join(map(str, BEGINNINGS))
    connection.execute(text(f"DROP TABLE {table}_words"))
    connection.execute(
        text(
            f"CREATE VIRTUAL TABLE {table}_words USING fts5({', '.join(columns)}, content='{table}', content_rowid='id',"
            f" tokenize='unicode61 remove_diacritics 2', prefix='{lengths}')"
        )
    )
    connection.execute(text(f"INSERT INTO {table}_words({table}_words) VALUES ('rebuild')"))  # noqa: S608 - our own


#: Beginnings of words of so many letters are looked up; of more letters, few words so begin.
BEGINNINGS = (2, 3)
_SORTED = ("day", "published", "confidence", "value")


def _words_of(columns: tuple[str, ...]) -> str:
    """What PostgreSQL searches of some columns: accents are taken off and signs parted from words before its parser sees them, which
    would take "and/or" for a file's name, and SQLite's takes it for two words.

    It looks every letter up in a list from its beginning, and most texts have none but ASCII's: for those a short list will do."""
    both = " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)
    before, after = plain_letters()
    signs = [sign for sign in map(chr, range(0x80)) if sign in before]
    listed = "".join("''" if sign == "'" else sign for sign in signs)
    short = f"translate({both}, '{listed}', '{' ' * len(signs)}')"
    plain = f"octet_length({both}) = char_length({both})"
    return f"to_tsvector('simple', CASE WHEN {plain} THEN {short} ELSE translate({both}, '{before}', '{after}') END)"


@cache
def plain_letters() -> tuple[str, str]:
    """Letters with accents and signs of the Latin script's blocks, and what stands for each: the bare letter, a blank."""
    before, after = [], []
    for code in (*range(0x20, 0x250), *range(0x1E00, 0x1F00), *range(0x2000, 0x2070), *range(0x20A0, 0x20C0)):
        letter = chr(code)
        kind = unicodedata.category(letter)
        if kind[0] not in "LNM":
            if letter != " " and kind != "Cn":
                before.append("''" if letter == "'" else letter)
                after.append(" ")
        elif kind[0] == "L" and (bare := unicodedata.normalize("NFD", letter)[0]) != letter:
            before.append(letter)
            after.append(bare)
    return "".join(before), "".join(after)


def plainly(words: str) -> str:
    """Words as PostgreSQL's index has them before it parses them."""
    before, after = plain_letters()
    return words.translate(str.maketrans(before.replace("''", "'"), after))
