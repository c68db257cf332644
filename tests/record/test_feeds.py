"""Feeds of a real server, watched into a record."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import func, select

from readout.fetching import FeedState, Outcome
from readout.record import ReadingOptions, WatchedFeeds, feeds_of, open_record, schema
from readout.sources.article import Article
from readout.sources.problem import SourceProblem

PROSE = "Rebels shelled the town of Osthavn on Monday, killing {} people, the health ministry said on Tuesday."
STATE = FeedState("http://a.example/rss", "http://a.example/rss", "Nordpost", etag='"1"', due=9.0)


def articles(*numbers, **fields):
    return tuple(Article(text=PROSE.format(n), source_id=str(n), publisher="Nordpost", **fields) for n in numbers)


def count(record, table=schema.articles):
    with record.asking() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def rss(*numbers, more=""):
    items = "".join(f"<item><guid>{n}</guid><description>{PROSE.format(n)}{more}</description></item>" for n in numbers)
    return f"<rss version='2.0'><channel><title>Nordpost</title>{items}</channel></rss>".encode()


def start(*arguments):
    code = "from readout.cli import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_a_look_is_kept_whole(record):
    store = WatchedFeeds(record, ReadingOptions())
    store.save(Outcome("changed"), STATE, articles(12, 14), (SourceProblem("item 3", "parse", "no text"),))
    (health,) = feeds_of(record)
    assert (health.looks, health.failed, health.articles, health.problems) == (1, 0, 2, 1)
    assert store.load_states() == {STATE.feed: STATE}
    failed = FeedState(STATE.feed, STATE.url, failures=1, error="status 500")
    store.save(Outcome("failed", 500), failed, (), ())
    store.save(Outcome("changed"), STATE, articles(12, 16), ())
    (health,) = feeds_of(record)
    assert (health.looks, health.failed, health.articles) == (3, 1, 3)
    assert (store.total.added, store.total.skipped, store.total.problems) == (3, 1, 1)
    assert (count(record), count(record, schema.batches)) == (3, 1)


def test_a_look_that_cannot_be_kept_leaves_nothing(record):
    store = WatchedFeeds(record, ReadingOptions())
    broken = FeedState(None, "http://a.example/rss")  # a row without an address is refused by the database
    with pytest.raises(Exception, match=r"(?i)null"):
        store.save(Outcome("changed"), broken, articles(12), ())
    assert (count(record), count(record, schema.sources), count(record, schema.batches)) == (0, 0, 0)


def test_watching_from_the_command_line(site, tmp_path):
    where = tmp_path / "readout.db"
    site.pages["/rss"] = (200, {"ETag": '"1"'}, rss(12, 14))
    site.pages["/bad"] = (500, {}, b"")
    opml = tmp_path / "feeds.opml"
    outlines = "".join(f'<outline type="rss" xmlUrl="{site.url(path)}"/>' for path in ("/rss", "/bad"))
    opml.write_text(f'<opml version="2.0"><head/><body>{outlines}</body></opml>', encoding="utf-8")
    watching = start("watch", opml, "--once", "--allow-private", "--record", where)
    _, said = watching.communicate(timeout=60)
    assert watching.returncode == 3, said
    assert "2 looks, 1 failed; 2 added" in said
    assert "status 500" in said
    with open_record(where) as record:
        assert count(record) == 2
    listed = start("feeds", "--record", where, "--json")
    rows = json.loads(listed.communicate(timeout=60)[0])
    assert {(row["title"], row["articles"], row["failures"]) for row in rows} == {("Nordpost", 2, 0), (None, 0, 1)}
    again = start("watch", opml, "--once", "--allow-private", "--record", where)
    _, said = again.communicate(timeout=60)
    assert "0 looks" in said  # none of them is due
    assert again.returncode == 0


def test_it_stops_when_it_is_told_to(site, tmp_path):
    where = tmp_path / "readout.db"
    site.pages["/rss"] = (200, {}, rss(12))
    watching = start("watch", site.url("/rss"), "--allow-private", "--record", where)
    _wait_for_articles(where, watching)
    watching.send_signal(signal.SIGTERM)
    _, said = watching.communicate(timeout=20)
    assert watching.returncode == 0, said
    assert "1 looks, 0 failed; 1 added" in said
    with open_record(where) as record:
        assert count(record) == 1
        assert all(finding.well for finding in record.examine())


def _wait_for_articles(where, process):
    for _ in range(600):
        assert process.poll() is None, process.communicate()
        if where.exists() and where.stat().st_size:
            with open_record(where) as record:
                if count(record):
                    return
        time.sleep(0.1)
    pytest.fail("nothing came")


def test_private_networks_are_refused(site, tmp_path):
    site.pages["/rss"] = (200, {}, rss(12))
    watching = start("watch", site.url("/rss"), "--once", "--record", tmp_path / "readout.db")
    _, said = watching.communicate(timeout=60)
    assert watching.returncode == 1
    assert site.log == []
    assert "1 failed" in said


@pytest.mark.parametrize("name", ["none.opml", "text.opml", "ftp://a.example/rss"])
def test_what_is_no_list_of_feeds(tmp_path, name):
    (tmp_path / "text.opml").write_text("No list of feeds.", encoding="utf-8")
    watching = start("watch", tmp_path / name if "://" not in name else name, "--record", tmp_path / "readout.db")
    _, said = watching.communicate(timeout=60)
    assert (watching.returncode, said.count("\n")) == (2, 1), said
