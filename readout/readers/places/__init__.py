"""Reads places: toponyms and the adjectives and inhabitants' names made from them, and where on the map they are."""

from readout.readers.places.reading import read_places
from readout.readers.places.use import is_literal

__all__ = ["is_literal", "read_places"]
