"""robots.txt: what a site asks of programs, fetched once a day for each site."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from readout.errors import Disallowed, FetchError, Refused
from readout.fetching.addresses import Target, target_of
from readout.fetching.getting import USER_AGENT, Fetched, Limits

_DAY, _SOON = 86_400.0, 600.0
_MOST_SITES = 2_000
_LONGEST_DELAY = 60.0
#: RFC 9309 asks for at least 500 kB to be read; a longer one is cut there.
LIMITS = Limits(total=20.0, body=2_000_000)
_READ = 500_000


@dataclass(frozen=True, slots=True)
class _Rules:
    parsed: Protego | None
    until: float
    missing: str = ""


class RobotsCache:
    """The rules of the sites that were asked, for a day each; for ten minutes where they could not be had.

    `get` fetches a robots.txt (`fetch` with the caller's options and `robots.LIMITS`, without `permitted`); `clock` gives seconds.
    As RFC 9309 has it, a site that has none (4xx) permits everything, and one that cannot give it (5xx, no answer) nothing for now.
    """

    def __init__(self, get: Callable[[str], Fetched], clock: Callable[[], float] = time.monotonic) -> None:
        self._get = get
        self._clock = clock
        self._sites: OrderedDict[str, _Rules] = OrderedDict()

    def check(self, target: Target) -> None:
        """Passes what the site permits.

        Raises:
            Disallowed: its robots.txt forbids it, or could not be had.
            Refused: its robots.txt leads where nothing may be fetched.
        """
        rules = self._rules(target)
        if rules.missing:
            raise Disallowed(
                f"{target.host} gave no robots.txt ({rules.missing}), so nothing is fetched from it for now"
            )
        if rules.parsed is not None and not rules.parsed.can_fetch(target.url, USER_AGENT):
            raise Disallowed(f"the robots.txt of {target.host} asks that this not be fetched")

    def delay(self, url: str) -> float:
        """Seconds that an address's site asks to be left between two requests, at most a minute; 0 where nothing is known of it."""
        try:
            rules = self._sites.get(target_of(url, allow_private=True).site)
        except Refused:
            return 0.0
        asked = rules.parsed.crawl_delay(USER_AGENT) if rules and rules.parsed is not None else None
        return min(max(float(asked or 0.0), 0.0), _LONGEST_DELAY)

    def _rules(self, target: Target) -> _Rules:
        now = self._clock()
        known = self._sites.get(target.site)
        if known is None or known.until <= now:
            known = self._fetched(target, now)
            self._sites[target.site] = known
            if len(self._sites) > _MOST_SITES:
                self._sites.popitem(last=False)
        self._sites.move_to_end(target.site)
        return known

    def _fetched(self, target: Target, now: float) -> _Rules:
        try:
            answer = self._get(f"{target.site}/robots.txt")
        except Refused:
            raise
        except FetchError as error:
            return _Rules(None, now + _SOON, str(error))
        if answer.status == 200:
            return _Rules(Protego.parse(answer.body[:_READ].decode("utf-8", "replace")), now + _DAY)
        if 400 <= answer.status < 500 and answer.status != 429:
            return _Rules(None, now + _DAY)
        return _Rules(None, now + _SOON, f"status {answer.status}")
