"""`readout watch` and `readout feeds`: news taken in as it comes, and how its sources do."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readout import logs
from readout.cli.linking import link_after, pacing
from readout.cli.parts import (
    EXIT_ERROR,
    EXIT_PARTIAL,
    Actors,
    AsJson,
    Gazetteer,
    Link,
    Record,
    begin,
    console,
    say,
    say_conflicts,
)
from readout.cli.searching import send_after

if TYPE_CHECKING:
    from readout.fetching import Checked
    from readout.sources.opml import FeedEntry

_PAUSE = 1.0  # seconds that a host is left alone after a request, or longer if its robots.txt says so


def watch(
    ctx: typer.Context,
    feeds: Annotated[
        list[str],
        typer.Argument(metavar="OPML|URL…", help="Lists of feeds, and addresses of feeds.", show_default=False),
    ],
    record: Record = None,
    actors: Actors = [],  # noqa: B006 - typer copies it
    gazetteer: Gazetteer = None,
    once: Annotated[bool, typer.Option("--once", help="Ask every feed that is due once, and end.")] = False,
    full_text: Annotated[
        bool, typer.Option("--full-text", help="Fetch the page of an item that brings no content of its own.")
    ] = False,
    allow_private: Annotated[
        bool | None,
        typer.Option(
            "--allow-private/--no-allow-private",
            help="Fetch from private networks and this machine too. [setting: allow_private]",
            show_default=False,
        ),
    ] = None,
    link: Link = None,
) -> None:
    """Ask feeds for news again and again, politely, and add it to a record, until stopped (Ctrl-C or SIGTERM).

    Goes on where it stopped: what it knows of each feed is in the record. Exit status: 0 all is well, 1 no feed could be read,
    2 bad usage, 3 some feeds could not be read (with --once).
    """
    from readout.fetching import Allow, RobotsCache, fetch
    from readout.fetching import watch as look_at
    from readout.record import ReadingOptions, WatchedFeeds, open_record

    settings = begin(
        ctx,
        logged=not once,
        record=record,
        actors=actors,
        gazetteer=gazetteer,
        allow_private=allow_private,
        link=link,
    )
    entries = list(_entries(feeds))
    say_conflicts(settings.actors)
    get = partial(fetch, allow_private=settings.allow_private, allow=Allow.of(settings.allow))
    robots = RobotsCache(get)
    options = ReadingOptions(False, tuple(settings.actors), settings.gazetteer)
    failed = looked = added = 0
    with open_record(settings.record, busy_timeout=settings.busy_timeout) as opened, _until_told() as stopped:
        store = WatchedFeeds(opened, options, " ".join(["watch", *feeds]))
        looks = look_at(
            entries,
            store,
            lambda url, known: get(url, state=known, permitted=robots.check),
            stop=stopped,
            pause=lambda url: max(_PAUSE, robots.delay(url)),
            full_text=full_text,
            once=once,
        )
        link_when_due = pacing(opened, settings)
        for look in looks:
            looked += 1
            failed += look.outcome.kind in ("failed", "gone")
            _tell(look)
            if not once:
                link_when_due()
            if not once and store.total.added > added:
                added = store.total.added
                send_after(opened, settings)
        if once:
            link_after(opened, settings)
            send_after(opened, settings)
    total = store.total
    say(
        f"{looked} looks, {failed} failed; {total.added:,} added, {total.skipped:,} in the record already,"
        f" {total.problems:,} items not read",
        event="summary",
        looks=looked,
        failed=failed,
        added=total.added,
    )
    if failed and once:
        raise typer.Exit(EXIT_ERROR if failed == looked else EXIT_PARTIAL)


def feeds(ctx: typer.Context, record: Record = None, as_json: AsJson = False) -> None:
    """Say how the feeds that are watched do: when each was asked and changed, what it brought, and what is wrong with it."""
    import json
    import sys
    from datetime import UTC, datetime

    from rich.table import Table

    from readout.record import feeds_of, open_record

    settings = begin(ctx, record=record)
    with open_record(settings.record, create=False, busy_timeout=settings.busy_timeout) as opened:
        known = list(feeds_of(opened))
    if as_json:
        rows = [
            {
                **{name: value for name, value in health.state.to_json().items() if name != "seen"},
                **{name: getattr(health, name) for name in ("since", "looks", "failed", "articles", "problems")},
            }
            for health in known
        ]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
        return

    def moment(seconds: float | None) -> str:
        return datetime.fromtimestamp(seconds, UTC).strftime("%d %b %H:%M") if seconds else "–"

    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in ("feed", "asked", "changed", "due", "articles", "looks", "failed", "what is wrong"):
        table.add_column(name, justify="right" if name in ("articles", "looks", "failed") else "left")
    for health in known:
        state = health.state
        wrong = (
            "gone for good"
            if state.gone
            else state.error or (f"{health.problems} items not read" if health.problems else "")
        )
        table.add_row(
            state.title or state.feed,
            moment(state.checked),
            moment(state.changed),
            "never" if state.gone else moment(state.due),
            f"{health.articles:,}",
            f"{health.looks:,}",
            f"{health.failed:,}",
            wrong,
        )
    console().print(table if known else "no feed is watched: readout watch FEEDS.opml")


def _entries(given: Iterable[str]) -> Iterator[FeedEntry]:
    """The feeds of lists and addresses.

    Raises:
        UsageError: a list cannot be read, or it is neither a file nor a web address.
    """
    from readout.errors import SourceError, UsageError
    from readout.sources.opml import FeedEntry, read_opml

    for name in given:
        if name.lower().startswith(("http://", "https://")):
            yield FeedEntry(xml_url=name)
            continue
        try:
            yield from read_opml(Path(name).read_bytes())
        except OSError as error:
            raise UsageError(f"{name}: neither a web address nor a list of feeds that can be opened") from error
        except SourceError as error:
            raise UsageError(f"{name}: {error}") from error


@contextmanager
def _until_told() -> Iterator[Callable[[], bool]]:
    """Whether a signal asked to stop; what was begun is finished first, and a second signal ends it at once."""
    told: list[int] = []

    def hear(number: int, _: object) -> None:
        told.append(number)
        signal.signal(number, signal.SIG_DFL)

    before = {number: signal.signal(number, hear) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield lambda: bool(told)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tell(look: Checked) -> None:
    name, outcome = look.state.title or look.state.feed, outcome_of(look)
    logs.log("info", "feed looked at", feed=look.state.feed, outcome=look.outcome.kind, articles=len(look.articles))
    if look.outcome.kind in ("failed", "gone"):
        say(f"{name}: {outcome}", "warning", "feed failed", feed=look.state.feed)
    for problem in look.problems:
        say(f"{problem.name}: {problem.message}", "warning", "problem", input=problem.name, reason=problem.message)


def outcome_of(look: Checked) -> str:
    """What came of a look, in words."""
    if look.outcome.kind == "gone":
        return "gone for good, it is not asked again"
    return look.outcome.error or look.outcome.kind
