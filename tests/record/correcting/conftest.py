"""A record with two articles, and ways to look at what stands in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text, update

from readout.record import Record, schema
from readout.record.schema import HIDDEN
from readout.sources.article import Article

ATTACK = (
    "OSTHAVN, March 11 (Nordpost) - The Vardal Front shelled the town of Osthavn on Monday, killing 12 people, the"
    " health ministry said.\n\nPolice arrested four men in Oslo.\n\nThe foreign minister of Norway, Elin Sorvik, will fly to Cairo"
    " on Tuesday for talks, her spokesman said.\n\n(Reporting by Ida Holm)\n"
)
OTHER = "BERGEN, March 11 (Nordpost) - Norway and Denmark signed an agreement on fishing on Monday."

#: What decides and shows what holds: every claim with all that hangs on it.
_TABLES = ("events", "statements", "figures", "parties", "claim_places", "made_spans", "event_figures")


def article(words: str, **fields: Any) -> Article:
    """An article of Nordpost."""
    return Article(words, **{"published": "2025-03-11", "publisher": "Nordpost", **fields})


@pytest.fixture
def news(record: Record) -> Record:
    """A record of two articles."""
    record.add([article(ATTACK), article(OTHER)])
    return record


@pytest.fixture
def vardal(tmp_path: Path) -> Path:
    """A file of actors by which the article on the attack is read otherwise."""
    path = tmp_path / "vardal.yaml"
    path.write_text("groups:\n- {id: vardal-front, name: Vardal Front, country: NOR}\n", encoding="utf-8")
    return path


def everything(record: Record) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that decides what holds, sorted."""
    found = {}
    with record.asking() as connection:
        for name in _TABLES:
            rows = connection.execute(select(schema.metadata.tables[name]))
            found[name] = sorted((tuple(row) for row in rows), key=repr)
    return found


def from_scratch(record: Record) -> None:
    """Takes away all that corrections did, and lets it be worked out anew."""
    articles = forgetting_corrections(record)
    for number in articles:
        record.replay(number)


def forgetting_corrections(record: Record) -> list[int]:
    """Takes away all that corrections did to claims, by other means than those under test; the articles."""
    with record.writing() as connection:
        standing = select(schema.readings.c.id, schema.readings.c.live).where(schema.readings.c.live != HIDDEN)
        lives = {row.id: row.live for row in connection.execute(standing)}
        for name, table in schema.CLAIMS.items():
            made = list(connection.execute(select(table.c.id).where(table.c.correction_id.is_not(None))).scalars())
            for beside in (schema.parties, schema.claim_places, schema.made_spans):
                connection.execute(beside.delete().where(beside.c.claim == name, beside.c.claim_id.in_(made)))
            links = schema.event_figures
            if name != "statements":
                column = links.c.event_id if name == "events" else links.c.figure_id
                connection.execute(links.delete().where(column.in_(made)))
        for name, table in schema.CLAIMS.items():
            connection.execute(table.delete().where(table.c.correction_id.is_not(None)))
            if connection.dialect.name == "sqlite":
                connection.execute(text(f"INSERT INTO {name}_words({name}_words) VALUES ('rebuild')"))
            for reading, live in lives.items():
                connection.execute(update(table).where(table.c.reading_id == reading).values(live=live, review=None))
        return list(connection.execute(select(schema.articles.c.id).order_by(schema.articles.c.id)).scalars())


def claims(record: Record, claim: str, *columns: str) -> list[tuple[Any, ...]]:
    """Some columns of what stands of one kind of claim, by number."""
    table = schema.CLAIMS[claim]
    with record.asking() as connection:
        rows = connection.execute(
            select(*(table.c[name] for name in columns)).where(table.c.live != HIDDEN).order_by(table.c.id)
        )
        return [tuple(row) for row in rows]


def named(record: Record, claim: str, words: str) -> str:
    """The name of the one claim that was read at some words and stands: "events/3"."""
    (found,) = named_all(record, claim, words)
    return found


def named_all(record: Record, claim: str, words: str) -> list[str]:
    """The names of all claims that were read at some words and stand."""
    table = schema.CLAIMS[claim]
    with record.asking() as connection:
        rows = connection.execute(
            select(table.c.id, table.c.start, table.c.end, schema.readings.c.text)
            .join(schema.readings, schema.readings.c.id == table.c.reading_id)
            .where(table.c.live != HIDDEN)
            .order_by(table.c.id)
        ).all()
    return [f"{claim}/{row.id}" for row in rows if row.text[row.start : row.end] == words]


def by_words(record: Record, claim: str, word: str) -> list[int]:
    """The numbers of the claims that full-text search finds by a word."""
    with record.asking() as connection:
        if connection.dialect.name == "sqlite":
            query = f"SELECT rowid FROM {claim}_words WHERE {claim}_words MATCH :word ORDER BY rowid"
        else:
            query = (
                f"SELECT id FROM {claim} WHERE to_tsvector('simple', quote) @@ to_tsquery('simple', :word) ORDER BY id"
            )
        return [row[0] for row in connection.execute(text(query), {"word": word})]


def check_words(record: Record) -> None:
    """Raises where SQLite's indexes of words are not what their tables say."""
    with record.writing() as connection:
        if connection.dialect.name == "sqlite":
            for name in ("readings", *schema.CLAIMS):
                connection.execute(text(f"INSERT INTO {name}_words({name}_words, rank) VALUES ('integrity-check', 1)"))


class Looking:
    """The functions above, for tests; modules of tests do not import one another."""

    article = staticmethod(article)
    everything = staticmethod(everything)
    from_scratch = staticmethod(from_scratch)
    forgetting_corrections = staticmethod(forgetting_corrections)
    claims = staticmethod(claims)
    named = staticmethod(named)
    named_all = staticmethod(named_all)
    by_words = staticmethod(by_words)
    check_words = staticmethod(check_words)
    attack, other = ATTACK, OTHER


@pytest.fixture
def look() -> type[Looking]:
    """Ways to look at a record."""
    return Looking
