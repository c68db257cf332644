"""Actors, places and claims by the counts that are kept: as they are now, without what is under embargo, and as they were at any moment."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, event, select, text

from readout.record import Filters, Record, counted, kept, listing, open_record, ranked, ranked_then, schema
from readout.record import tallies as t
from readout.record.moments import AsOf, as_of
from readout.record.ordering import Order, order_of
from readout.record.spans import answers
from readout.sources.article import Article

ATTACK = (
    "The Vardal Front shelled the town of Osthavn on Monday, killing 12 people, the health ministry said.\n"
    "Police arrested four men in Oslo. The foreign minister of Norway, Elin Sorvik, will fly to Cairo on Tuesday for talks."
)
OTHER = "Norway and Denmark signed an agreement on fishing in Bergen on Monday. Egypt condemned the Vardal Front."
TALKS = "Elin Sorvik met the president of Egypt in Cairo on Sunday. Police said nothing."

MOMENT = dt.datetime(2025, 3, 12, 9, 0, tzinfo=dt.UTC)
#: Days and moments from before everything to after it.
MOMENTS = (
    "2025-03-01", "2025-03-03", "2025-03-03T11:00:00Z", "2025-03-03T12:00:00Z", "2025-03-04", "2025-03-05T00:00:00Z", "2025-03-06",
    "2025-03-07T08:30:00Z", "2025-03-07", "2025-03-09T10:00:00Z", "2025-03-10", "2030-01-01",
)  # fmt: skip


def article(words: str, day: str, **fields: Any) -> Article:
    """An article of Nordpost."""
    return Article(words, **{"published": day, "publisher": "Nordpost", **fields})


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def news(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """A record with everything that makes what is known change, on each database: read once, for tests that change nothing."""
    if request.param == "sqlite":
        where = str(tmp_path_factory.mktemp("then") / "readout.db")
    else:
        where = request.getfixturevalue("server") % "counts_of_then"
        with psycopg.connect(request.getfixturevalue("server") % "postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE counts_of_then")
    with open_record(where, clock=lambda: MOMENT) as record:
        yield changed(record)


def changed(record: Record) -> Record:
    """A record with versions, withdrawals, embargoes, corrections, and days that do not fit."""
    record.add([article(ATTACK, "2025-03-03", id="a", source_id="a", updated="2025-03-03T11:30:00Z")])
    record.add([article(OTHER, "2025-03-04", id="b"), article(TALKS, "2025-03-07", id="c", source_id="c")])
    record.add([article(ATTACK.replace("12", "14"), "2025-03-03", source_id="a", updated="2025-03-07T08:00:00Z")])
    record.add([article(TALKS + " Sweden spoke.", "2025-03-08", id="d", embargoed="2099-01-01T00:00:00Z")])
    record.add([article(OTHER + " Iran spoke.", "2025-03-05", id="e", embargoed="2025-03-07T08:15:00Z")])
    record.add([article("", "2025-03-07", source_id="c", status="canceled", updated="2025-03-09T10:00:00Z")])
    record.add([article(TALKS + " Rebels spoke.", "2025-03-20", id="f", updated="2025-03-04T10:00:00Z")])
    record.add([Article(OTHER + " Oslo spoke.", id="g")])
    record.add([article(ATTACK + f" It was day {n}.", f"2025-03-0{n}", id=f"n{n}") for n in (2, 6)])
    first = next(record.events("type:ASSAULT"))
    record.correct.edit(f"events/{first.id}", {"status": "denied", "actors": ["Norway"]}, by="Mara Lind")
    record.correct.reject(f"events/{next(record.events('type:AGREE')).id}", by="Mara Lind")
    return record


def wheres(connection: Connection, record: Record) -> Iterator[AsOf]:
    yield from (as_of(connection, known, record.now()) for known in (None, *MOMENTS))


def test_a_span_says_what_was_known(news: Record) -> None:
    readings, articles = schema.readings, schema.articles
    with news.asking() as connection:
        rows = connection.execute(
            select(readings.c.id, readings.c.published, articles.c.known, articles.c.replaced, articles.c.status)
            .join_from(readings, articles)
            .where(readings.c.live != schema.HIDDEN)
        ).all()
        for when in wheres(connection, news):
            if when.known is None or when.last_day is None:
                continue
            true = {
                row.id for row in rows
                if row.known <= when.known and (row.replaced is None or row.replaced > when.known)
                and row.status == "usable" and (row.published is None or row.published <= when.last_day)
            }  # fmt: skip
            held = select(readings.c.id).where(readings.c.live != schema.HIDDEN, answers(readings, when.known))
            assert set(connection.execute(held).scalars()) == true, when.known


def test_claims_are_counted_as_they_were(news: Record) -> None:
    for known in (None, *MOMENTS):
        for kind in ("events", "statements", "figures", "reports"):
            found = list(getattr(news, kind)(as_of=known))
            assert news.count(kind, as_of=known) == len(found), (kind, known)
            for axis, name in (("published", "published"), *((("date", "day"),) if kind != "reports" else ())):
                numbers = Counter((getattr(item, name) or "")[:10] for item in found)
                days = t.by_day(news, kind, Filters(), known=known, axis=axis)
                assert days == dict(sorted(numbers.items())), (kind, known, axis)


def in_pages(record: Record, kind: str, order: str | None, known: str | None, query: str) -> list[Any]:
    found, cursor = list[Any](), None
    while True:
        page = record.page(kind, query, order=order, as_of=known, limit=7, cursor=cursor)
        found += page.items
        cursor = page.next
        if cursor is None:
            return found


QUERIES = (
    "", "text:o", "-text:o", "kind:person", "kind:country country:NOR", "country:EGY", "kind:armed_group text:o", "kind:city",
    "kind:person,country", "-kind:person", "-country:NOR", "actor:Sorvik", "place:Cairo",
)  # fmt: skip


def _fits(kind: str, query: str) -> bool:
    """Whether those have such a filter or kind."""
    unfit = {"actors": ("place", "city"), "places": ("actor", "person", "country", "armed_group")}[kind]
    return query.startswith(("country:", "-country:")) or not any(word in query for word in unfit)


@pytest.mark.parametrize(
    ("query", "kind"), [(query, kind) for query in QUERIES for kind in ("actors", "places") if _fits(kind, query)]
)
def test_who_is_named_is_counted_as_looking_through_all_reports_finds(news: Record, kind: str, query: str) -> None:
    filters = Filters() & Filters.from_pairs([("q", query)])
    for known in (None, *(MOMENTS if not query else MOMENTS[2:8:3])):
        for order in ("-reports", "reports", "-claims", "claims", "name", "-name"):
            with news.asking() as connection:
                when = as_of(connection, known, news.now())
                whole = listing.list_gathered(connection, kind, filters, when, order_of(kind, order), None, 1000)
            assert in_pages(news, kind, order, known, query) == [row for _, row in whole], (known, order)
            assert news.count(kind, query, as_of=known) == len(whole), (known, order)


def test_the_counts_hold_and_of_what_is_forgotten_none_is_left(record: Record) -> None:
    news = changed(record)

    def wrong() -> int:
        with news.asking() as connection:
            return counted.wrong_counts(connection)

    assert wrong() == 0
    news.forget(publisher="Nordpost")
    assert wrong() == 0
    with news.asking() as connection:
        left = [row.value for table in (kept.daily, kept.shares) for row in connection.execute(select(table))]
    assert left
    assert not any("sorvik" in value for value in left)


def plans(record: Record, kind: str, query: str, **asked: Any) -> list[str]:
    """What SQLite does for a page of a list and for its count, statement by statement."""
    said: list[tuple[str, Any]] = []

    def note(_: object, __: object, statement: str, parameters: Any, ___: object, ____: object) -> None:
        said.append((statement, parameters))

    event.listen(record._engine, "before_cursor_execute", note)
    record.page(kind, query, limit=50, total=True, **asked)
    event.remove(record._engine, "before_cursor_execute", note)
    found = []
    with record.asking() as connection:
        for statement, parameters in said:
            if statement.startswith(("SELECT", "WITH")):
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                found.append(" | ".join(str(row[3]) for row in rows))
    return found


#: Tables that have a row for each claim or each time that somebody is named, which no list of actors or places may go through.
_LARGE = ("events", "statements", "figures", "parties", "claim_places", "readings", "articles")


def goes_through(plan: str, *tables: str) -> bool:
    """Whether a plan goes through the whole of a table, or of all that is live in it."""
    steps = [step.split() for step in plan.split(" | ")]
    return any(step[1] in tables and (step[0] == "SCAN" or "(live=?)" in step) for step in steps if len(step) > 1)


@pytest.mark.parametrize("news", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("", {}), ("", {"order": "name"}), ("", {"order": "-name"}), ("", {"order": "-claims"}), ("kind:person", {}),
        ("country:NOR", {}), ("kind:country country:NOR", {}), ("", {"as_of": "2025-03-06"}),
    ],
)  # fmt: skip
def test_no_list_goes_through_all_that_is_named(news: Record, query: str, asked: dict[str, Any]) -> None:
    for plan in plans(news, "actors", query, **asked):
        steps = plan.split(" | ")
        assert not goes_through(plan, *_LARGE, "actors"), plan
        ordered = any(
            step.startswith(("SEARCH tallies", "SEARCH shares", "SEARCH names", "SEARCH claims")) for step in steps
        )
        assert not ordered or "USE TEMP B-TREE FOR ORDER BY" not in steps, plan


@pytest.mark.parametrize("news", ["sqlite"], indirect=True)
@pytest.mark.parametrize("kind", ["events", "reports"])
def test_counts_of_a_day_long_past_are_read_and_not_made(news: Record, kind: str) -> None:
    asked = plans(news, kind, "", as_of="2025-03-06")
    assert any("SEARCH daily USING PRIMARY KEY" in plan for plan in asked)
    assert not any(goes_through(plan, *_LARGE) for plan in asked)


def test_embargoes_are_taken_off_and_not_looked_around(news: Record) -> None:
    with news.asking() as connection:
        when = as_of(connection, None, news.now())
        assert when.embargoed
        assert ranked.by_counts(Filters(), when)
        assert ranked_then.by_days(Filters(), as_of(connection, "2025-03-06", news.now()))
        assert connection.execute(text("SELECT count(*) FROM spans")).scalar_one() > 5


def test_those_of_a_kind_are_not_kept_in_the_order_of_their_names(news: Record) -> None:
    with news.asking() as connection:
        when = as_of(connection, None, news.now())
        assert not ranked.by_counts(Filters.of(kind="person"), when, Order("name", "name", False))


@pytest.mark.parametrize("news", ["sqlite"], indirect=True)
def test_what_few_reports_tell_is_counted_without_looking_at_others(news: Record) -> None:
    with news.asking() as connection:
        for item in kept.counts():
            for statement in (item.statement("", whole=False), item.of_some()):
                some = statement.replace(":readings", "(1, 2)")
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {some}")
                plan = " | ".join(str(row[3]) for row in rows)
                assert not goes_through(plan, "c", "p", "s"), (item.of, plan)
                assert "sqlite_autoindex_parties_1 (claim=?)" not in plan, (item.of, plan)
