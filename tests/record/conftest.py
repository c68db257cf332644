"""A record on each database that Readout speaks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from readout.record import Record, open_record

MOMENT = dt.datetime(2025, 3, 12, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def record(where: str) -> Iterator[Record]:
    """A fresh record whose clock stands still."""
    with open_record(where, clock=lambda: MOMENT) as opened:
        yield opened
