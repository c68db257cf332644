"""Negotiations: topic, parties, mediators, state, progress, issues, obstacles."""

from readout.readers.negotiations.reading import read_negotiations

__all__ = ["read_negotiations"]
