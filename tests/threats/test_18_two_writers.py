"""Several processes write at once: a crawl that takes news in, while people correct on the pages.

Promised: one writes at a time, in short transactions; the others wait, up to `busy_timeout` seconds, and say so where that was too short.
Nothing is lost and nothing is there twice; a correction that was made on what somebody changed meanwhile is refused and not laid over it.
Those who only ask never wait.
Not promised: that writing is faster for many writers.
"""

from __future__ import annotations

import multiprocessing

import pytest
from forms import scaled
from sqlalchemy import func, select

from readout.errors import Conflict, RecordLocked
from readout.record import Added, open_record, schema
from readout.sources.article import Article
from readout.sources.problem import SourceProblem

PROSE = "Rebels shelled the town of Osthavn on Monday, killing {} people, the health ministry said."
WRITERS = scaled(3, 8)
WRITES = scaled(40, 1_000)


def made(count, first=0):
    return [Article(text=PROSE.format(n + 2), published="2025-03-11", id=str(n)) for n in range(first, first + count)]


def count(record, table=schema.articles):
    with record.asking() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _write(where, writer, writes, claims):
    """Problems and corrections, a transaction each: short ones, as those of a watched feed and of a page."""
    with open_record(where, busy_timeout=120) as record:
        for n in range(writes):
            record.add(
                [
                    SourceProblem(f"writer {writer} item {n}", "parse", "no text"),
                    SourceProblem("of all", "parse", f"item {n}"),
                ]
            )
            if n % 10 == 0:
                record.correct.confirm(f"events/{claims[(writer + n) % len(claims)]}", by=f"writer {writer}")


def test_nothing_is_lost_and_nothing_doubled(where, figure):
    with open_record(where) as record:
        record.add(made(2))
        claims = [event.id for event in record.events()]
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_write, args=(where, n, WRITES, claims)) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    with open_record(where) as record, record.asking() as connection:
        names = connection.execute(select(schema.problems.c.name)).scalars().all()
        assert len(names) == WRITERS * WRITES + WRITES
        assert len({name for name in names if name != "of all"}) == WRITERS * WRITES
        numbers = connection.execute(select(schema.problems.c.id)).scalars().all()
        assert len(set(numbers)) == len(numbers)
        corrections = list(record.corrections())
        each = -(-WRITES // 10)
        assert len(corrections) == WRITERS * each
        assert {item.correction.by for item in corrections} == {f"writer {n}" for n in range(WRITERS)}
        assert all(finding.well for finding in record.examine())
    figure(WRITERS, "processes at once", most=True)
    figure(WRITERS * (WRITES + each), "writes, none lost and none twice")


def _add(where, first):
    with open_record(where) as record:
        for article in made(3, first):
            record.add([article])
        record.add(made(3))  # all of the writers add these


def test_articles_that_several_add_are_there_once(where, figure):
    open_record(where).close()
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_add, args=(where, 10 * n + 100)) for n in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    with open_record(where) as record:
        assert count(record) == 12
        assert count(record, schema.readings) == 12
        assert all(finding.well for finding in record.examine())
    figure(12, "articles of three crawls, each once")


def test_a_correction_of_what_was_changed_meanwhile_is_refused(where):
    with open_record(where) as crawl, open_record(where) as page:
        crawl.add(made(1))
        (event, *_) = crawl.events()
        seen = page.last_correction()
        crawl.correct.confirm(f"events/{event.id}", by="Ada Brekke", seen=seen)
        with pytest.raises(Conflict):
            page.correct.reject(f"events/{event.id}", by="Mara Lind", seen=seen)
        assert [item.correction.action for item in page.corrections()] == ["confirm"]


def test_a_writer_that_does_not_stop(where):
    with open_record(where) as record, open_record(where, busy_timeout=0.2) as other:
        with record.writing(), pytest.raises(RecordLocked, match="somebody else is writing"):
            other.add(made(1))
        assert other.add(made(1)) == Added(added=1)


def test_those_who_ask_do_not_wait(where):
    with open_record(where) as record, open_record(where, busy_timeout=0.2) as other:
        record.add(made(1))
        with record.writing():
            assert count(other) == 1


def test_several_make_one_record(where):
    context = multiprocessing.get_context("fork")
    makers = [context.Process(target=_make, args=(where,)) for _ in range(4)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert [maker.exitcode for maker in makers] == [0, 0, 0, 0]


def _make(where):
    open_record(where).close()
