"""Fetching: web addresses in, bytes out; politely, and never from where a stranger's address must not lead."""

from __future__ import annotations

from readout.fetching.addresses import Allow
from readout.fetching.getting import Fetched, Limits, Validators, fetch
from readout.fetching.polling import FeedState, Outcome, PollLimits, next_state
from readout.fetching.robots import RobotsCache
from readout.fetching.watching import Checked, Store, watch

__all__ = [
    "Allow",
    "Checked",
    "FeedState",
    "Fetched",
    "Limits",
    "Outcome",
    "PollLimits",
    "RobotsCache",
    "Store",
    "Validators",
    "fetch",
    "next_state",
    "watch",
]
