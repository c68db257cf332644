"""Processes that read: what kills one is put aside, and nothing else is lost; real processes die here."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys

import pytest
from marked import KILLS, STARVES, Marked
from sqlalchemy import func
from sqlalchemy import select as sql_select

from readout.errors import UsageError
from readout.record import Added, Watching, open_record, schema
from readout.record.adding import ReadingOptions, batches_of
from readout.record.workers import reading
from readout.sources.article import Article

PROSE = "Rebels shelled the town of Osthavn on Monday, killing {} people, the health ministry said."


def article(n, more=""):
    return Article(f"{PROSE.format(n + 2)} {more}".strip(), published="2025-03-11", name=f"news.jsonl line {n}")


@pytest.fixture
def marked(tmp_path_factory, monkeypatch):
    made = Marked(tmp_path_factory.mktemp("marked"))
    monkeypatch.setenv("PYTHONPATH", made.path)
    return made


@pytest.mark.skipif(sys.platform != "linux", reason="how processes die is told by Linux")
def test_poison_takes_one_process_down_and_is_put_aside(tmp_path, marked):
    articles = [article(n, {2: KILLS, 5: STARVES}.get(n, "")) for n in range(8)]
    seen = []
    with open_record(tmp_path / "readout.db") as record:
        done = record.add(articles, workers=2, size=4, watching=Watching(problem=seen.append))
        assert done == Added(added=6, problems=2)
        with record.asking() as connection:
            assert connection.execute(sql_select(func.count()).select_from(schema.articles)).scalar_one() == 6
            asked = sql_select(schema.problems.c.name, schema.problems.c.stage, schema.problems.c.message)
            problems = [tuple(row) for row in connection.execute(asked)]
    assert [(name, stage) for name, stage, _ in problems] == [
        ("news.jsonl line 2", "read"),
        ("news.jsonl line 5", "read"),
    ]
    assert "SIGKILL" in problems[0][2]
    assert "not enough memory" in problems[1][2]
    assert [problem.name for problem in seen] == [name for name, _, _ in problems]
    # Each took down one process that this one had begun, and one fork of its successor.
    for how in ("killed", "starved"):
        parents = [parent for died, _, parent in marked.deaths() if died == how]
        assert len(parents) == 2
        assert parents.count(os.getpid()) == 1


def test_memory_that_does_not_do_for_a_batch_may_do_for_one(monkeypatch):
    from readout.record import workers

    def short(articles, options):
        if len(articles) > 1 or STARVES in articles[0][1].text:
            raise MemoryError
        return [articles[0][0]]

    monkeypatch.setattr(workers, "prepare", short)
    batches = list(batches_of([article(0), article(1, STARVES), article(2)], 3))
    with reading(ReadingOptions(), 1) as read:
        ((batch, prepared),) = read(batches)
    assert prepared == [content for content, _ in batch.articles]
    assert [item.name for _, item in batch.articles] == ["news.jsonl line 0", "news.jsonl line 2"]
    assert [problem.name for problem in batch.problems] == ["news.jsonl line 1"]


def test_no_article_is_blamed_where_memory_does_for_none(monkeypatch):
    from readout.record import workers

    def short(articles, options):
        raise MemoryError

    monkeypatch.setattr(workers, "prepare", short)
    batches = list(batches_of([article(n) for n in range(3)], 3))
    with reading(ReadingOptions(), 1) as read, pytest.raises(MemoryError):
        list(read(batches))


def test_what_is_wrong_with_the_options_comes_back(tmp_path):
    options = ReadingOptions(actors=(tmp_path / "none.yaml",))
    with reading(options, 1, apart=True) as read, pytest.raises(UsageError, match=r"none\.yaml"):
        list(read(batches_of([article(0)], 1)))


_ADDS = """
import sys
from readout.record.adding import ReadingOptions, batches_of
from readout.record.workers import reading
from readout.sources.article import Article

if __name__ == "__main__":
    import multiprocessing
    articles = [Article("Envoys met in Oslo on Monday.", published="2025-03-11", name=str(n)) for n in range(2)]
    with reading(ReadingOptions(), 1, apart=True) as read:
        for done in read(batches_of(articles, 1)):
            print(*[process.pid for process in multiprocessing.active_children()], flush=True)
            sys.stdin.read()
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="there is no handle of a process here")
def test_readers_go_when_who_began_them_is_killed(tmp_path):
    script = tmp_path / "adds.py"
    script.write_text(_ADDS, encoding="utf-8")
    adding = subprocess.Popen([sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    (reader,) = map(int, adding.stdout.readline().split())
    handle = os.pidfd_open(reader)
    try:
        adding.send_signal(signal.SIGKILL)
        adding.wait()
        ended, _, _ = select.select([handle], [], [], 60)
        assert ended
    finally:
        os.close(handle)
        adding.stdin.close()
        adding.stdout.close()


_NOTHING_TO_READ = """
import gc, multiprocessing
from readout.record.adding import ReadingOptions
from readout.record.workers import _serve
ours, theirs = multiprocessing.Pipe()
ours.close()
_serve(theirs, ReadingOptions())
print(gc.get_threshold()[0])
"""


def test_a_process_that_reads_searches_for_garbage_as_seldom_as_a_command():
    done = subprocess.run([sys.executable, "-c", _NOTHING_TO_READ], capture_output=True, text=True, check=True)
    assert int(done.stdout) > 10_000
