"""Counts that are kept beside the record hold whatever happens to it, and answer as looking through it does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from readout.record import Filters, ReadingOptions, Record, counted, listing, ranked
from readout.record import kept as of_counts
from readout.record.kinds import FACETS, HAS, ORDERS
from readout.record.moments import AsOf, as_of
from readout.record.ordering import Order, order_of
from readout.sources.article import Article

ATTACK = (
    "OSTHAVN, March 11 (Nordpost) - The Vardal Front shelled the town of Osthavn on Monday, killing 12 people, the health ministry"
    " said.\n\nPolice arrested four men in Oslo.\n\nThe foreign minister of Norway, Elin Sorvik, will fly to Cairo on Tuesday for talks."
)
OTHER = "BERGEN, March 11 (Nordpost) - Norway and Denmark signed an agreement on fishing on Monday."


def article(words: str, **fields: Any) -> Article:
    """An article of Nordpost."""
    return Article(words, **{"published": "2025-03-11", "publisher": "Nordpost", **fields})


def wrong(record: Record) -> int:
    """How many counts are not so."""
    with record.asking() as connection:
        return counted.wrong_counts(connection)


def kept(record: Record) -> set[str]:
    """Every value that is counted."""
    with record.asking() as connection:
        tables = (of_counts.tallies, of_counts.shares, of_counts.daily)
        return {row.value for table in tables for row in connection.execute(table.select())}


def test_counts_hold_through_everything_that_can_happen(news: Record, vardal: Path) -> None:
    correct = news.correct
    first = next(news.events("type:ASSAULT"))
    assert wrong(news) == 0
    (edited,) = correct.edit(f"events/{first.id}", {"status": "denied", "actors": ["Norway"]}, by="Mara Lind")
    assert news.facets("events", "status")["denied"] == 1
    assert wrong(news) == 0
    (rejected,) = correct.reject(f"events/{edited.made[0].id}", by="Mara Lind")
    assert "denied" not in news.facets("events", "status")
    assert wrong(news) == 0
    correct.undo(rejected.number, by="Mara Lind")
    several = [event.id for event in news.events(report=first.report)]
    correct.merge([f"events/{number}" for number in several[:2]], by="Mara Lind")
    assert wrong(news) == 0
    news.reread(options=ReadingOptions(actors=(vardal,)))
    assert news.count("actors", "actor:vardal-front") == 1
    assert wrong(news) == 0
    news.reread()
    assert wrong(news) == 0
    news.add([article(ATTACK.replace("12", "14"), id="x", version="1"), article(OTHER, id="y")])
    news.add([article(ATTACK.replace("12", "15"), id="x", version="2", updated="2025-03-12")])
    news.add([article("", id="y", status="canceled", updated="2025-03-12")])
    assert wrong(news) == 0
    assert all(finding.well for finding in news.examine())


def test_of_what_is_forgotten_no_count_is_left(news: Record) -> None:
    (report,) = {event.report for event in news.events("type:ASSAULT")}
    assert any("vardal" in value for value in kept(news))
    news.forget([report])
    assert wrong(news) == 0
    assert not any("vardal" in value or "sorvik" in value for value in kept(news))


def test_fields_counted_together_are_counted_as_each_is(news: Record) -> None:
    news.correct.reject("events/1", by="Mara Lind")
    for query in ("", "type:ASSAULT,AGREE", "actor:Norway", "country:NOR -status:planned", "published:2025"):
        filters = Filters() & Filters.from_pairs([("q", query)])
        for kind, fields in FACETS.items():
            if all(name in HAS[kind] for name, _ in filters.items()):
                together = news.facets_of(kind, fields, filters)
                assert together == {field: news.facets(kind, field, filters) for field in fields}, (kind, query)


def test_what_is_under_embargo_is_not_counted(news: Record) -> None:
    before = {field: news.facets("events", field) for field in ("type", "status", "date")}, news.count("events")
    news.add([article(ATTACK.replace("Oslo", "Moss"), id="z", embargoed="2099-01-01")])
    assert (
        {field: news.facets("events", field) for field in ("type", "status", "date")},
        news.count("events"),
    ) == before
    assert wrong(news) == 0


def test_ranks_are_those_of_looking_through_all_reports(news: Record) -> None:
    with news.asking() as connection:
        when = as_of(connection, None, news.now())
        for kind in ("actors", "places"):
            for query in ("", "text:o", "text:norway", "-text:n"):
                filters = Filters() & Filters.from_pairs([("q", query)])
                assert ranked.by_counts(filters, when)
                for name in ORDERS[kind]:
                    for order in (order_of(kind, name), order_of(kind, f"-{name}")):
                        whole = listing.list_gathered(connection, kind, filters, when, order, None, 100)
                        assert ranked.count_counted(connection, kind, filters, when) == len(whole)
                        assert list(_in_pages(connection, kind, filters, when, order)) == whole, (kind, query, name)


def _in_pages(connection: Connection, kind: str, filters: Filters, when: AsOf, order: Order) -> Iterator[Any]:
    after = None
    while some := ranked.list_counted(connection, kind, filters, when, order, after, 2):
        yield from some
        after = some[-1][0]


def test_a_value_is_counted_as_its_list_is_long(news: Record) -> None:
    news.correct.reject("events/1", by="Mara Lind")
    for kind, fields in counted.FIELDS.items():
        for field in set(fields) & set(HAS[kind]):
            for value in news.facets(kind, field):
                if value or field in ("measure", "sourcing"):
                    asked = Filters.of(**{field: value or "none"})
                    assert news.count(kind, asked) == len(list(getattr(news, kind)(asked))), (kind, field, value)
