"""Adding: content-addressed, in transactions, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from readout.reading import read_many
from readout.record import Added, ReadingOptions, Watching, open_record, schema
from readout.record.rows import unpack
from readout.record.schema import LIVE, REPLACED
from readout.sources.article import Article
from readout.sources.problem import SourceProblem

PROSE = "Rebels shelled the town of Osthavn on Monday, killing 12 people, the health ministry said."
OTHER = "The foreign minister of Norway, Elin Sorvik, will fly to Cairo on Tuesday for talks, her spokesman said."


def article(text=PROSE, **fields):
    return Article(text=text, **{"published": "2025-03-11", "publisher": "Nordpost", **fields})


def rows(record, table, *columns):
    with record.asking() as connection:
        found = connection.execute(select(*(table.c[name] for name in columns)).order_by(table.c.id))
        return [tuple(row) for row in found]


def count(record, table):
    with record.asking() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_what_is_added_is_kept_whole(record):
    assert record.add([article()]) == Added(added=1)
    ((text, packed, live),) = rows(record, schema.readings, "text", "report", "live")
    assert unpack(packed, text) == next(read_many([article()]))
    assert live == LIVE
    report = unpack(packed, text)
    assert count(record, schema.events) == len(report.events) > 0
    assert count(record, schema.actors) == len(report.actors)
    assert count(record, schema.statements) == len(report.statements)
    assert count(record, schema.figures) == len(report.figures)


def test_adding_again_adds_nothing(record):
    record.add([article(), article(OTHER)])
    before = {table.name: count(record, table) for table in schema.metadata.sorted_tables if table.name != "batches"}
    assert record.add([article(), article(OTHER), article()]) == Added(skipped=3)
    after = {table.name: count(record, table) for table in schema.metadata.sorted_tables if table.name != "batches"}
    assert after == before


def test_the_same_article_twice_in_one_batch_is_one(record):
    assert record.add([article(), article(name="elsewhere")]) == Added(added=1, skipped=1)


def test_problems_are_kept_once(record):
    broken = SourceProblem("news.jsonl line 3", "parse", "not JSON")
    seen = []
    assert record.add([broken, article()], watching=Watching(problem=seen.append)) == Added(added=1, problems=1)
    record.add([broken])
    assert seen == [broken]
    assert rows(record, schema.problems, "name", "stage") == [("news.jsonl line 3", "parse")]


def test_a_changed_article_is_a_new_version(record):
    first = article(url="https://nordpost.example/a?utm_source=x")
    record.add([first])
    record.add(
        [article(PROSE.replace("12", "14"), url="https://nordpost.example/a", updated="2025-03-11T18:00:00+01:00")]
    )
    assert rows(record, schema.articles, "document_id", "number", "known", "replaced", "current") == [
        (1, 1, "2025-03-11", "2025-03-11T17:00:00Z", False),
        (1, 2, "2025-03-11T17:00:00Z", None, True),
    ]
    assert [live for (live,) in rows(record, schema.readings, "live")] == [REPLACED, LIVE]
    assert {live for article_id, live in rows(record, schema.events, "article_id", "live") if article_id == 1} == {
        REPLACED
    }


def test_an_older_version_that_comes_late_replaces_nothing(record):
    late = article(source_id="a1", updated="2025-03-12")
    record.add([late])
    record.add([article(OTHER, source_id="a1", updated="2025-03-11")])
    assert rows(record, schema.articles, "known", "replaced", "current") == [
        ("2025-03-12", None, True),
        ("2025-03-11", "2025-03-12", False),
    ]


def test_versions_in_one_batch(record):
    record.add([article(source_id="a1", updated="2025-03-11"), article(OTHER, source_id="a1", updated="2025-03-12")])
    assert rows(record, schema.articles, "number", "current") == [(1, False), (2, True)]


def test_a_withdrawn_article_is_kept_and_does_not_answer(record):
    record.add([article(source_id="a1")])
    assert record.add(
        [Article(text="", publisher="Nordpost", source_id="a1", status="canceled", updated="2025-03-12")]
    ) == Added(added=1)
    assert rows(record, schema.articles, "status", "current") == [("usable", False), ("canceled", True)]
    assert {live for (live,) in rows(record, schema.events, "live")} == {REPLACED}
    record.add([article(PROSE + " It is corrected.", source_id="a1", updated="2025-03-13")])
    assert {live for (live,) in rows(record, schema.readings, "live")} == {REPLACED, LIVE}


@pytest.mark.parametrize("day", ["2025-03-11", None])
def test_a_withdrawal_that_is_dated_by_its_day_holds(record, day):
    record.add([article(source_id="a1", published="2025-03-11T14:30:00Z")])
    record.add(
        [Article(text="", publisher="Nordpost", source_id="a1", status="canceled", published="2025-03-11", updated=day)]
    )
    assert rows(record, schema.articles, "status", "current") == [("usable", False), ("canceled", True)]
    assert {live for (live,) in rows(record, schema.readings, "live")} == {REPLACED}


def test_hours_tell_the_order_where_all_have_them(record):
    record.add([article(source_id="a1", updated="2025-03-11T14:30:00Z")])
    record.add([article(OTHER, source_id="a1", updated="2025-03-11T09:00:00Z")])
    assert rows(record, schema.articles, "current") == [(True,), (False,)]


@pytest.mark.parametrize(
    ("source_id", "same"), [("urn:newsml:nordpost:17", True), ("https://a.example/17", True), ("17", False)]
)
def test_whose_id_it_is(record, source_id, same):
    record.add([article(source_id=source_id)])
    record.add([Article(text="", source_id=source_id, status="canceled", updated="2025-03-12")])  # by nobody named
    assert (count(record, schema.documents) == 1) is same


def test_a_dry_run_writes_nothing(record):
    record.add([article()])
    assert record.add([article(), article(OTHER), article(OTHER)], dry_run=True) == Added(added=1, skipped=2)
    assert count(record, schema.articles) == 1


def test_two_workers_make_the_same_rows(record, tmp_path):
    articles = [article(f"{PROSE} It was attack number {n}.") for n in range(8)]
    record.add(articles, size=2)
    with open_record(tmp_path / "other.db", clock=record._clock) as other:
        other.add(articles, workers=2, size=3)
        assert_same_rows(record, other)


class Poison(Article):
    """An article that kills whoever gets it."""

    def __reduce__(self):
        return os._exit, (9,)


def test_an_article_that_kills_its_reader_is_put_aside(record):
    articles = [article(f"{PROSE} It was attack number {n}.") for n in range(6)]
    poison = Poison(text=PROSE, name="news.txt")
    seen = []
    done = record.add([*articles[:3], poison, *articles[3:]], workers=2, size=2, watching=Watching(problem=seen.append))
    assert done == Added(added=6, problems=1)
    assert [problem.name for problem in seen] == ["news.txt"]
    assert rows(record, schema.problems, "name", "stage") == [("news.txt", "read")]
    assert count(record, schema.articles) == 6


def assert_same_rows(record, other):
    """Every row of every table but the log of runs."""
    for table in schema.metadata.sorted_tables:
        if table is not schema.batches:
            names = [column.name for column in table.c if column.name != "batch_id"]
            assert sorted(map(repr, _all(record, table, names))) == sorted(map(repr, _all(other, table, names)))


def _all(record, table, names):
    with record.asking() as connection:
        return [tuple(row) for row in connection.execute(select(*(table.c[name] for name in names)))]


def test_given_dates_and_options(record):
    undated = Article(text=PROSE, publisher="Nordpost")
    record.add([undated], published="2025-03-11", options=ReadingOptions(keep_text=True))
    assert rows(record, schema.articles, "published", "published_from", "keep_text") == [
        ("2025-03-11", "argument", True)
    ]
    assert record.add([replace(undated, published="2025-03-10")]) == Added(added=1)


@pytest.mark.parametrize("size", [1, 2, 7])
def test_batches_do_not_matter(record, tmp_path, size):
    articles = [article(f"{text} It was number {n}.") for n in range(3) for text in (PROSE, OTHER)]
    record.add(articles)
    with open_record(tmp_path / "other.db", clock=record._clock) as other:
        other.add(articles, size=size)
        assert_same_rows(record, other)
