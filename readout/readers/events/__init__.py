"""Reads events: who did what to whom, and whether it happened."""

from __future__ import annotations

from readout.readers.events.reader import read_events

__all__ = ["read_events"]
