"""Feeds that are watched: what each brings, and how it does, kept together in the record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from readout.fetching import FeedState, Outcome
from readout.record import schema
from readout.record.adding import ReadingOptions, prepare
from readout.record.identity import content_id
from readout.record.letters import keepable, keepable_text
from readout.record.opened import Added
from readout.record.record import Record
from readout.record.runs import note_batch, start_batch
from readout.record.writing import Numbers, known_contents, write_batch
from readout.sources.article import Article
from readout.sources.problem import SourceProblem


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """How a feed does: looks at it so far, those that failed, articles that were new, items that could not be read."""

    state: FeedState
    since: str
    looks: int
    failed: int
    articles: int
    problems: int


class WatchedFeeds:
    """The feeds of a record as `readout.fetching.watch` keeps them: a look's articles and the state after it, both or neither.

    `total` counts what all looks brought; the run is noted in the record when the first of them is.
    """

    def __init__(self, record: Record, options: ReadingOptions, command: str = "watch") -> None:
        self._record, self._options, self._command = record, options, command
        self._run = 0
        self.total = Added()

    def load_states(self) -> dict[str, FeedState]:
        """The states saved before, by feed."""
        return {health.state.feed: health.state for health in feeds_of(self._record)}

    def save(
        self,
        outcome: Outcome,
        state: FeedState,
        articles: tuple[Article, ...],
        problems: tuple[SourceProblem, ...] = (),
    ) -> None:
        """Reads the articles that are new and writes them, the problems and the feed's state, in one transaction."""
        keep = self._options.keep_text
        contents = tuple((content_id(item, keep_text=keep), item) for item in map(keepable, articles))
        problems = tuple(map(keepable, problems))
        with self._record.asking() as connection:
            known = known_contents(connection, [content for content, _ in contents])
        new = tuple((content, item) for content, item in contents if content not in known)
        prepared = prepare(new, self._options)
        now = self._record.now()
        with self._record.writing() as connection:
            run = self._run or start_batch(connection, self._command, now)
            added, again = write_batch(connection, run, prepared, problems, now)
            done = Added(added, again + len(contents) - len(new), len(problems))
            total = self.total + done
            _keep(connection, outcome, state, done, now)
            note_batch(connection, run, total.added, total.skipped, total.problems, now)
        self._run, self.total = run, total


def feeds_of(record: Record) -> Iterator[FeedHealth]:
    """The feeds that a record knows, as they were watched first, and how each does."""
    table = schema.sources
    with record.asking() as connection:
        rows = connection.execute(select(table).order_by(table.c.id)).all()
    for row in rows:
        state = FeedState.from_json(json.loads(row.state))
        yield FeedHealth(state, row.added, row.looks, row.failed, row.articles, row.problems)


def _keep(connection: Connection, outcome: Outcome, state: FeedState, done: Added, now: str) -> None:
    table = schema.sources
    mine: dict[str, Any] = {"title": keepable_text(state.title or "") or None, "state": json.dumps(state.to_json())}
    counted = {
        "looks": 1,
        "failed": int(outcome.kind == "failed"),
        "articles": done.added,
        "problems": done.problems,
    }
    number = connection.execute(select(table.c.id).where(table.c.url == state.feed)).scalar()
    if number is None:
        own = {"id": Numbers(connection).take(table), "url": state.feed, "added": now}
        connection.execute(insert(table).values(**own, **mine, **counted))
    else:
        more = {name: table.c[name] + count for name, count in counted.items()}
        connection.execute(update(table).where(table.c.id == number).values(**mine, **more))
