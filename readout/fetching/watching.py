"""Feeds watched: each asked when it is due, what is new handed over and saved, until it is told to stop."""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import urlsplit

from readout.errors import FetchError
from readout.fetching.getting import Fetched, Validators
from readout.fetching.polling import POLL_LIMITS, FeedState, Hosts, Outcome, PollLimits, next_feed, next_state
from readout.sources.article import Article
from readout.sources.feeds import FeedItem, feed_items, is_feed, with_page
from readout.sources.opml import FeedEntry
from readout.sources.problem import SourceProblem
from readout.sources.reading import read_source
from readout.sources.text import checked

#: Fetches an address; raises `FetchError`.
Get = Callable[[str, Validators | None], Fetched]

_MOST_SEEN = 5_000
#: The longest sleep before it is asked whether to stop.
_NAP = 1.0


class Store(Protocol):
    """Where states and articles are kept."""

    def load_states(self) -> Mapping[str, FeedState]:
        """The states saved before, by feed."""

    def save(
        self, outcome: Outcome, state: FeedState, articles: tuple[Article, ...], problems: tuple[SourceProblem, ...]
    ) -> None:
        """Keeps what a look at a feed brought and the state after it, all or nothing."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One look at a feed: what came of it, the state after it, its new articles, and what could not be read."""

    outcome: Outcome
    state: FeedState
    articles: tuple[Article, ...] = ()
    problems: tuple[SourceProblem, ...] = ()


@dataclass(slots=True)
class _Turns:
    """Hosts in turn: waits until one may be asked, and gives up the wait when it is time to stop."""

    clock: Callable[[], float]
    sleep: Callable[[float], None]
    stop: Callable[[], bool]
    pause: Callable[[str], float]
    hosts: Hosts

    def ask(self, get: Get, url: str, state: Validators | None) -> Fetched | None:
        """The answer of an address when its host's turn has come, or None where it is time to stop.

        Raises:
            FetchError: as `get` does.
        """
        host = host_of(url)
        if not self.nap(self.hosts.wait(host, self.clock()) or 0.0):
            return None
        self.hosts = self.hosts.begun(host)
        try:
            return get(url, state)
        finally:
            self.hosts = self.hosts.ended(host, self.clock(), self.pause(url))

    def nap(self, seconds: float) -> bool:
        """Sleeps in short naps; False as soon as it is time to stop."""
        ends = self.clock() + seconds
        while not self.stop():
            left = ends - self.clock()
            if left <= 0:
                return True
            self.sleep(min(left, _NAP))
        return False


def watch(
    feeds: Iterable[FeedEntry],
    store: Store,
    get: Get,
    *,
    stop: Callable[[], bool] = lambda: False,
    clock: Callable[[], float] = time.time,
    sleep: Callable[[float], None] = time.sleep,
    chance: Callable[[], float] = random.random,
    pause: Callable[[str], float] = lambda url: 1.0,
    limits: PollLimits = POLL_LIMITS,
    full_text: bool = False,
    once: bool = False,
) -> Iterator[Checked]:
    """Asks each feed when it is due and gives what came of it, saved already; ends when `stop` is true, or when no feed is left.

    With `once` each feed that is due is asked once. With `full_text` the page is fetched of an item that brings no content of its
    own. `clock` gives epoch seconds; `pause` says for how many seconds an address's host is left alone after a request. An item is
    new if the feed did not bring it, as it is now, the last time. What a store knows of feeds that are not among `feeds` stays.
    """
    saved = store.load_states()
    states: dict[str, FeedState] = {}
    for entry in feeds:
        fresh = FeedState(entry.xml_url, entry.xml_url, entry.title, due=clock(), interval=limits.first)
        states.setdefault(entry.xml_url, saved.get(entry.xml_url, fresh))
    turns = _Turns(clock, sleep, stop, pause, Hosts())
    left = dict(states)
    while not stop():
        key, wait = next_feed(left, turns.hosts, host_of, clock())
        if key is None:
            over = wait == float("inf") or (once and not any(state.due <= clock() for state in left.values()))
            if over or not turns.nap(wait):
                return
            continue
        found = _look(left[key], get, turns, limits, chance, full_text)
        if found is None:
            return
        store.save(found.outcome, found.state, found.articles, found.problems)
        if once:
            del left[key]
        else:
            left[key] = found.state
        yield found


def host_of(url: str) -> str:
    """The host of an address, "" where there is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _look(
    state: FeedState, get: Get, turns: _Turns, limits: PollLimits, chance: Callable[[], float], full_text: bool
) -> Checked | None:
    """One look at a feed, or None where it was time to stop before it."""
    try:
        answer = turns.ask(get, state.url, state.validators)
    except FetchError as error:
        failed = Outcome("failed", error=str(error))
        return Checked(failed, next_state(state, failed, turns.clock(), chance, limits))
    if answer is None:
        return None
    outcome = _outcome(answer, state)
    articles: tuple[Article, ...] = ()
    problems: tuple[SourceProblem, ...] = ()
    if outcome.kind == "changed":
        outcome, articles, problems = _news(answer, outcome, state, get, turns, full_text)
    return Checked(outcome, next_state(state, outcome, turns.clock(), chance, limits), articles, problems)


def _outcome(answer: Fetched, state: FeedState) -> Outcome:
    """How an answer is to be taken, before its items are looked at."""
    bare = Outcome("failed", answer.status, retry_after=answer.retry_after)
    if answer.status == 304:
        return replace(bare, kind="unchanged", moved_to=answer.moved_to)
    if answer.status == 410:
        return replace(bare, kind="gone")
    if answer.status != 200:
        return replace(bare, error=f"{host_of(answer.url)} answered with status {answer.status}")
    digest = hashlib.sha256(answer.body).hexdigest()
    good = replace(bare, moved_to=answer.moved_to, validators=answer.validators, digest=digest)
    if digest == state.digest:
        return replace(good, kind="unchanged")
    if not is_feed(answer.body[:65_536]):
        return replace(bare, error=f"what {host_of(answer.url)} sent is no feed ({answer.media_type or 'no type'})")
    return replace(good, kind="changed")


def _news(
    answer: Fetched, outcome: Outcome, state: FeedState, get: Get, turns: _Turns, full_text: bool
) -> tuple[Outcome, tuple[Article, ...], tuple[SourceProblem, ...]]:
    """The new articles of a feed. What is left when it is time to stop is not marked as seen, and comes the next time."""
    articles: list[Article] = []
    problems: list[SourceProblem] = []
    seen: list[str] = []
    before, title = set(state.seen), None
    items, stopped, left = 0, False, False
    for found in feed_items(answer.body, state.feed):
        stopped = stopped or turns.stop()
        if isinstance(found, SourceProblem):
            problems.append(found)
            continue
        items += 1
        key = _key(found.article)
        title = title or found.article.publisher
        if key in before or stopped:
            seen += [key] if key in before else []
            continue
        given = list(_whole(found, get, turns)) if full_text and not found.whole else list(_given(found))
        articles += [item for item in given if isinstance(item, Article)]
        problems += [item for item in given if isinstance(item, SourceProblem)]
        stopped = stopped or not given
        # A page that could not be had, of an item that has no text without it, is asked for again.
        again = full_text and not found.article.text and not any(isinstance(item, Article) for item in given)
        left = left or again
        seen += [] if again or not given else [key]
    kept = tuple(dict.fromkeys(seen))[:_MOST_SEEN]
    if stopped:
        return Outcome("stopped", answer.status, moved_to=outcome.moved_to, seen=kept), tuple(articles), tuple(problems)
    if problems and not items:
        return Outcome("failed", answer.status, error=problems[0].message), (), tuple(problems)
    kind = outcome.kind if articles else "unchanged"
    if left:
        # Not taken for known, so that the feed is sent again though it has not changed.
        outcome = replace(outcome, validators=None, digest=None)
    return replace(outcome, kind=kind, seen=kept, title=title), tuple(articles), tuple(problems)


def _given(item: FeedItem) -> Iterator[Article | SourceProblem]:
    """The article of an item as the feed brings it, or the problem with it."""
    if item.article.text:
        yield from checked(item.article)
    else:
        yield SourceProblem(item.article.name, "parse", "there is no text in this item")


def _whole(item: FeedItem, get: Get, turns: _Turns) -> Iterator[Article | SourceProblem]:
    """The article with the text of its page, or a problem and what the feed itself brings; nothing where it is time to stop."""
    url = item.article.url
    if url is None:
        yield from _given(item)
        return
    try:
        answer = turns.ask(get, url, None)
    except FetchError as error:
        reason = str(error)
    else:
        if answer is None:
            return
        page = next(iter(read_source(answer.body, url)), None) if answer.status == 200 else None
        if isinstance(page, Article):
            yield from checked(with_page(item, page))
            return
        reason = page.message if page else f"status {answer.status}"
    yield SourceProblem(item.article.name, "open", f"its page {url} could not be read: {reason}")
    if item.article.text:
        yield from checked(item.article)


def _key(article: Article) -> str:
    """What an item is told by, in the words it has now: a corrected one is another."""
    parts = (article.source_id, article.url, article.title, article.updated, article.text)
    return hashlib.sha256("\0".join(part or "" for part in parts).encode("utf-8", "replace")).hexdigest()[:20]
