"""Feeds of a real server, watched."""

from __future__ import annotations

import time
from functools import partial
from itertools import pairwise

import pytest

from readout.fetching import Limits, PollLimits, RobotsCache, fetch, watch
from readout.sources.opml import FeedEntry

PROSE = (
    "The envoy of Nordland left Osthavn on Monday after three days of talks with the premier and his ministers. "
    "Officials of both sides said that the truce would hold until the end of the month, and that they would meet again."
)
QUICK = PollLimits(shortest=0.2, first=0.2, longest=0.4, longest_failing=0.4, jitter=0)
get = partial(fetch, allow_private=True, limits=Limits(connect=1, read=0.5, total=1))


def asked(url, state):
    return get(url, state=state)


def rss(*items):
    return f"<rss version='2.0'><channel><title>Nordpost</title>{''.join(items)}</channel></rss>".encode()


def item(number, text=PROSE, link=None):
    description = f"<description>{number}. {text}</description>" if text else ""
    return f"<item><guid>{number}</guid><title>Item {number}</title>{f'<link>{link}</link>' if link else ''}{description}</item>"


class Memory:
    """A store in memory."""

    def __init__(self):
        self.states = {}
        self.articles = []
        self.outcomes = []

    def load_states(self):
        return dict(self.states)

    def save(self, outcome, state, articles, problems):
        self.states[state.feed] = state
        self.articles += articles
        self.outcomes.append(outcome.kind)

    def ids(self):
        return [article.source_id for article in self.articles]


def run(store, *urls, once=True, **options):
    options = {"pause": lambda _: 0.0, "limits": QUICK, **options}
    return list(watch([FeedEntry(url) for url in urls], store, asked, once=once, **options))


def test_what_is_new_is_handed_over_once(site):
    store = Memory()
    site.pages["/rss"] = (200, {"ETag": '"1"'}, rss(item(1), item(2)))
    (first,) = run(store, site.url("/rss"))
    assert (first.outcome.kind, [article.source_id for article in first.articles]) == ("changed", ["1", "2"])
    assert (first.articles[0].publisher, first.state.title, first.state.etag) == ("Nordpost", "Nordpost", '"1"')
    time.sleep(0.25)
    site.pages["/rss"] = (200, {"ETag": '"2"'}, rss(item(3), item(2, PROSE + " Corrected."), item(1)))
    (second,) = run(store, site.url("/rss"))
    assert [article.source_id for article in second.articles] == ["3", "2"]
    assert site.log[1][1]["If-None-Match"] == '"1"'


def test_what_is_not_due_is_not_asked(site):
    store = Memory()
    site.pages["/rss"] = (200, {}, rss(item(1)))
    assert len(run(store, site.url("/rss"))) == 1
    assert run(store, site.url("/rss"), limits=PollLimits()) == []
    assert len(site.log) == 1


@pytest.mark.parametrize("answer", [(304, {}, b""), None])
def test_nothing_new(site, answer):
    store = Memory()
    site.pages["/rss"] = (200, {"ETag": '"1"'}, rss(item(1)))
    run(store, site.url("/rss"))
    site.pages["/rss"] = answer or site.pages["/rss"]
    time.sleep(0.25)
    (found,) = run(store, site.url("/rss"))
    assert (found.outcome.kind, found.articles, found.state.etag) == ("unchanged", (), '"1"')
    assert store.ids() == ["1"]


def slow(handler):
    time.sleep(1.2)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((500, {}, b"x"), "status 500"),
        ((404, {}, b"x"), "status 404"),
        ((200, {"Content-Type": "text/html"}, b"<html><body>Login</body></html>"), "no feed"),
        ((200, {}, b"<rss version='2.0'" + b" " * 21_000_000), "larger than"),
        ((302, {"Location": "ftp://nordpost.example/"}, b""), "only http"),
        (slow, "too long"),
        (lambda handler: None, "gave no answer"),
    ],
)
def test_failures_are_said_and_the_others_go_on(site, answer, words):
    store = Memory()
    site.pages |= {"/bad": answer, "/good": (200, {}, rss(item(1)))}
    found = run(store, site.url("/bad"), site.url("/good"))
    kinds = {entry.state.feed.rpartition("/")[2]: entry for entry in found}
    assert kinds["bad"].outcome.kind == "failed"
    assert words in kinds["bad"].state.error
    assert kinds["bad"].state.failures == 1
    assert store.ids() == ["1"]


def test_retry_after_moved_and_gone(site):
    store = Memory()
    site.pages |= {
        "/busy": (429, {"Retry-After": "3600"}, b""),
        "/old": (301, {"Location": "/new"}, b""),
        "/new": (200, {}, rss(item(1))),
        "/gone": (410, {}, b""),
    }
    run(store, site.url("/busy"), site.url("/old"), site.url("/gone"), limits=PollLimits())
    assert 3590 < store.states[site.url("/busy")].due - time.time() <= 3600
    assert store.states[site.url("/old")].url == site.url("/new")
    assert store.states[site.url("/gone")].gone
    site.log.clear()
    later = time.time() + 86_400
    run(store, site.url("/busy"), site.url("/old"), site.url("/gone"), clock=lambda: later)
    assert site.paths() == ["/new", "/busy"]


def test_watching_goes_on_until_it_is_stopped(site):
    store = Memory()
    count = [0]

    def page(handler):
        count[0] += 1
        return 200, {}, rss(*(item(n) for n in range(count[0])))

    site.pages["/rss"] = page
    begun = time.monotonic()
    for found in watch(
        [FeedEntry(site.url("/rss"))],
        store,
        asked,
        stop=lambda: len(store.articles) >= 3,
        limits=QUICK,
        pause=lambda _: 0.0,
    ):
        assert found.outcome.kind in ("changed", "unchanged")
    assert store.ids() == ["0", "1", "2"]
    assert 0.5 < time.monotonic() - begun < 3


def test_it_wakes_from_sleep_to_stop(site):
    site.pages["/rss"] = (200, {}, rss(item(1)))
    begun = time.monotonic()
    ends = begun + 1.5
    found = list(
        watch(
            [FeedEntry(site.url("/rss"))],
            Memory(),
            asked,
            stop=lambda: time.monotonic() > ends,
            limits=PollLimits(),
            pause=lambda _: 0.0,
        )
    )
    assert len(found) == 1
    assert 1.4 < time.monotonic() - begun < 3


def test_it_stops_between_items_and_loses_none(site):
    store = Memory()
    site.pages["/rss"] = (200, {"ETag": '"1"'}, rss(*(item(n) for n in range(6))))
    asks = [0]

    def stop():
        asks[0] += 1
        return asks[0] > 6

    (found,) = run(store, site.url("/rss"), stop=stop)
    assert found.outcome.kind == "stopped"
    assert 0 < len(found.articles) < 6
    assert found.state.etag is None
    run(store, site.url("/rss"))
    assert store.ids() == [str(n) for n in range(6)]


PAGE = f"<html><head><title>Item</title></head><body><article>{f'<p>{PROSE}</p>' * 3}</article></body></html>".encode()


def test_full_text(site):
    store = Memory()
    whole = f"<item><guid>3</guid><link>{site.url('/3')}</link><content:encoded>{PROSE}</content:encoded></item>"
    feed = rss(
        item(1, "Short.", site.url("/1")),
        item(2, None, site.url("/2")),
        whole,
        item(4, "Left.", site.url("/4")),
        item(5, None, site.url("/5")),
    )
    feed = feed.replace(b"<rss ", b"<rss xmlns:content='http://purl.org/rss/1.0/modules/content/' ")
    site.pages |= {
        "/rss": (200, {"ETag": '"1"'}, feed),
        "/1": (200, {}, PAGE),
        "/2": (200, {}, PAGE),
        "/4": (500, {}, b""),
    }
    (found,) = run(store, site.url("/rss"), full_text=True)
    assert [(article.source_id, PROSE in article.text) for article in found.articles] == [
        ("1", True),
        ("2", True),
        ("3", True),
        ("4", False),
    ]
    assert found.articles[0].title == "Item 1"
    assert site.paths() == ["/rss", "/1", "/2", "/4", "/5"]
    assert [problem.name.rpartition(" ")[2] for problem in found.problems] == ["4", "5"]
    # What had no text without its page is asked for again, though the feed has not changed.
    site.pages["/5"] = (200, {}, PAGE)
    time.sleep(0.25)
    (found,) = run(store, site.url("/rss"), full_text=True)
    assert [article.source_id for article in found.articles] == ["5"]


def test_one_request_at_a_time_and_a_pause_for_each_host(site, other_site):
    moments = []

    def page(handler):
        moments.append(time.monotonic())
        return 200, {}, rss(item(1))

    site.pages = {f"/{n}": page for n in range(4)}
    run(Memory(), *(site.url(f"/{n}") for n in range(4)), pause=lambda _: 0.3)
    assert len(moments) == 4
    assert all(later - earlier >= 0.28 for earlier, later in pairwise(moments))


def test_robots_hold_for_feeds_and_pages(site):
    site.pages |= {
        "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /private\n"),
        "/rss": (200, {}, rss(item(1, None, site.url("/private/1")))),
        "/private/rss": (200, {}, rss(item(2))),
    }
    cache = RobotsCache(get)
    store = Memory()
    found = list(
        watch(
            [FeedEntry(site.url("/private/rss")), FeedEntry(site.url("/rss"))],
            store,
            lambda url, state: get(url, state=state, permitted=cache.check),
            once=True,
            full_text=True,
            pause=lambda _: 0.0,
        )
    )
    assert sorted(entry.outcome.kind for entry in found) == ["failed", "unchanged"]
    assert sorted(site.paths()) == ["/robots.txt", "/rss"]
    assert store.articles == []


def test_a_feed_that_cannot_be_read_has_failed(site):
    store = Memory()
    site.pages["/json"] = (200, {}, b'{"version": "https://jsonfeed.org/version/1", "items": 5}')
    (found,) = run(store, site.url("/json"))
    assert found.outcome.kind == "failed"
    assert "items" in found.state.error


def test_no_feed_is_no_work():
    assert run(Memory()) == []
