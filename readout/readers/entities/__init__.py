"""Reads entities: every phrase of a report that names something an analyst looks for, side by side and never nested."""

from readout.readers.entities.reading import read_entities

__all__ = ["read_entities"]
