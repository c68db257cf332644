"""When a feed is asked again: decisions alone, with the time and chance as arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from readout.fetching.getting import Validators
from readout.json_values import from_json, to_json

#: changed: it brought something new; unchanged: it did not; failed: no answer, or none that can be read; gone: it said that it is no more;
#: stopped: it was left unfinished, and is due at once.
OutcomeKind = Literal["changed", "unchanged", "failed", "gone", "stopped"]


@dataclass(frozen=True, slots=True)
class PollLimits:
    """Seconds: the shortest, the first and the longest time between two looks at a feed that answers, and the longest at one that does not.

    `jitter` is the share by which each is made longer or shorter by chance, so that feeds added together do not stay together.
    """

    shortest: float = 300.0
    first: float = 1_800.0
    longest: float = 86_400.0
    longest_failing: float = 604_800.0
    jitter: float = 0.1


POLL_LIMITS = PollLimits()


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of a feed. Moments are epoch seconds, UTC.

    `feed` is its address as it was listed, the key; `url` is where it is now. `seen` holds the keys of the items that it brought last,
    `digest` is of its last body.
    """

    feed: str
    url: str
    title: str | None = None
    etag: str | None = None
    modified: str | None = None
    digest: str | None = None
    checked: float | None = None
    changed: float | None = None
    due: float = 0.0
    interval: float = 1_800.0
    failures: int = 0
    gone: bool = False
    error: str | None = None
    seen: tuple[str, ...] = ()

    @property
    def validators(self) -> Validators:
        """What to ask the server with."""
        return Validators(self.etag, self.modified)

    def to_json(self) -> dict[str, Any]:
        """JSON values, fields in order."""
        value: dict[str, Any] = to_json(self)
        return value

    @classmethod
    def from_json(cls, value: Any) -> FeedState:
        """The state that JSON values hold.

        Raises:
            ReportError: they hold none.
        """
        state: FeedState = from_json(cls, value, "feed state")
        return state


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a look at a feed went; `error` is a sentence where it failed. Other fields as in `Fetched` and `FeedState`."""

    kind: OutcomeKind
    status: int | None = None
    error: str | None = None
    retry_after: float | None = None
    moved_to: str | None = None
    validators: Validators | None = None
    digest: str | None = None
    title: str | None = None
    seen: tuple[str, ...] | None = None


def next_state(
    state: FeedState, outcome: Outcome, now: float, chance: Callable[[], float], limits: PollLimits = POLL_LIMITS
) -> FeedState:
    """The state after a look at `now`. `chance` gives numbers from 0 to 1.

    A feed that brings something is asked sooner, one that does not later, within the limits; one that fails at twice the time of
    the failure before. What a server asks for (Retry-After) is waited for, up to the longest time. A feed that is gone is never due.
    """
    known = replace(
        state,
        checked=now,
        url=outcome.moved_to or state.url,
        title=outcome.title or state.title,
        etag=outcome.validators.etag if outcome.validators else state.etag,
        modified=outcome.validators.modified if outcome.validators else state.modified,
        digest=outcome.digest or state.digest,
        seen=state.seen if outcome.seen is None else outcome.seen,
    )
    if outcome.kind == "stopped":
        return replace(known, due=now)
    if outcome.kind == "gone":
        return replace(known, gone=True, error=outcome.error or "the server says that it is gone for good (410)")
    if outcome.kind == "failed":
        failures = state.failures + 1
        wait = min(limits.longest_failing, limits.shortest * 2.0 ** min(failures, 40))
        return replace(known, failures=failures, error=outcome.error, due=now + _wait(wait, outcome, chance, limits))
    factor = 0.6 if outcome.kind == "changed" else 1.5
    interval = min(limits.longest, max(limits.shortest, state.interval * factor))
    return replace(
        known,
        interval=interval,
        failures=0,
        error=None,
        changed=now if outcome.kind == "changed" else state.changed,
        due=now + _wait(interval, outcome, chance, limits),
    )


def _wait(seconds: float, outcome: Outcome, chance: Callable[[], float], limits: PollLimits) -> float:
    waited = seconds * (1.0 + limits.jitter * (2.0 * chance() - 1.0))
    return max(waited, min(outcome.retry_after or 0.0, limits.longest_failing))


@dataclass(frozen=True, slots=True)
class Hosts:
    """Which hosts are being asked, and when each may be again: one request at a time, and a pause after it."""

    busy: frozenset[str] = frozenset()
    free_at: Mapping[str, float] = field(default_factory=dict)

    def wait(self, host: str, now: float) -> float | None:
        """Seconds until the host may be asked; None while it is being asked."""
        return None if host in self.busy else max(0.0, self.free_at.get(host, now) - now)

    def begun(self, host: str) -> Hosts:
        """With a request to the host under way."""
        return replace(self, busy=self.busy | {host})

    def ended(self, host: str, now: float, pause: float) -> Hosts:
        """With the host's request done at `now` and a pause of so many seconds after it; pauses that are over are forgotten."""
        kept = {name: free for name, free in self.free_at.items() if free > now}
        return Hosts(self.busy - {host}, kept | {host: now + pause})


def next_feed(
    states: Mapping[str, FeedState], hosts: Hosts, host_of: Callable[[str], str], now: float
) -> tuple[str | None, float]:
    """The feed to be asked now, by its key, or None and the seconds until one may be (infinite where none ever is).

    Of those that are due and whose host is free, the one longest due; keys decide between equals.
    """
    soonest = float("inf")
    best: tuple[float, str] | None = None
    for key, state in states.items():
        if state.gone:
            continue
        pause = hosts.wait(host_of(state.url), now)
        if pause is None:
            continue
        wait = max(state.due - now, pause)
        if wait <= 0 and (best is None or (state.due, key) < best):
            best = (state.due, key)
        soonest = min(soonest, wait)
    return (best[1], 0.0) if best else (None, max(0.0, soonest))
