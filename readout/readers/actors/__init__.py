"""Reads actors: everyone and everything that acts, speaks or is acted on, with in-article coreference."""

from readout.readers.actors.reading import read_actors

__all__ = ["read_actors"]
