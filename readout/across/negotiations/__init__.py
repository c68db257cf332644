"""Negotiations over time: processes with their parties, rounds, states, positions, and what lies ahead."""

from __future__ import annotations

from readout.across.negotiations.finding import find_negotiations
from readout.across.negotiations.types import Track

__all__ = ["Track", "find_negotiations"]
