"""Views for SQL: the same rows as answers, on both databases."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import text

from readout.exports.describing import datasette_metadata
from readout.record.views import VIEWS, view_sql
from readout.sources.article import Article

ATTACK = "Rebels shelled the town of Osthavn in Norway on Monday, killing 12 people, the health ministry said."
VISIT = "The foreign minister of Norway, Elin Sorvik, will fly to Cairo on Tuesday for talks on a cease-fire, her spokesman said."


@pytest.fixture
def news(record):
    """A record of two articles, and one under embargo."""
    own = {"published": "2025-03-11", "publisher": "Nordpost"}
    later = (dt.datetime.now(dt.UTC) + dt.timedelta(days=2)).isoformat()
    articles = [Article(text=ATTACK, title="Shells", **own), Article(text=VISIT, **own)]
    record.add([*articles, Article(text="France condemned it.", embargoed=later, **own)])
    return record


def rows(record, sql):
    with record.asking() as connection:
        return [row._asdict() for row in connection.execute(text(sql))]


def test_views_have_what_answers(news):
    for kind in ("events", "statements", "figures", "reports"):
        found = rows(news, f"SELECT * FROM {kind}_view")
        assert len(found) == news.count(kind) > 0, kind
        view = next(view for view in VIEWS if view.name == f"{kind}_view")
        assert list(found[0]) == [column.name for column in view.columns]
    assert not rows(news, "SELECT * FROM events_view WHERE quote LIKE '%France%'")


def test_names_stand_beside_their_claims(news):
    answers = {item.id: item for item in news.events()}
    for row in rows(news, "SELECT * FROM events_view"):
        item = answers[row["id"]]
        for side in ("actors", "recipients", "sources", "places"):
            one = side.removesuffix("s")
            found = getattr(item, side)
            assert row[side] == ("; ".join(who.name for who in found) if found else None)
            assert row[f"{one}_keys"] == ("; ".join(who.key for who in found) if found else None)
            assert row[f"{one}_countries"] == ("; ".join(who.country or "" for who in found) if found else None)
        assert (row["report"], row["status"], row["quote"], row["code"]) == (
            item.report,
            item.status,
            item.quote,
            item.code,
        )
        assert (row["span_start"], row["span_end"]) == item.span
    (attack,) = rows(news, "SELECT killed, type FROM events_view WHERE killed IS NOT NULL")
    assert (attack["killed"], attack["type"]) == (12, "ASSAULT")
    (report,) = rows(news, "SELECT events, figures, words, version FROM reports_view WHERE title = 'Shells'")
    assert (report["events"], report["version"]) == (news.count("events", "Osthavn"), 1)


def test_what_people_rejected_is_not_there(news):
    number = next(iter(news.events("type:ASSAULT"))).id
    news.correct.reject(f"events/{number}", by="Tester")
    assert number not in {row["id"] for row in rows(news, "SELECT id FROM events_view")}


def test_every_column_says_what_it_is():
    for view in VIEWS:
        assert len({column.name for column in view.columns}) == len(view.columns)
        assert all(column.about for column in view.columns)
        for postgresql in (True, False):
            assert "@" not in view_sql(view, postgresql=postgresql)
    made = datasette_metadata("news")["databases"]["news"]["tables"]
    assert set(made) == {view.name for view in VIEWS}
    assert made["events_view"]["columns"]["status"].startswith("whether it happened")
