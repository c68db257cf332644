"""Copies: which reports are made from the words of which, whose they are, and on how many independent sources something rests."""

from __future__ import annotations

from readout.across.copies.families import Family, families
from readout.across.copies.finding import Copies, find_copies
from readout.across.copies.sourcing import Sourcing, independent

__all__ = ["Copies", "Family", "Sourcing", "families", "find_copies", "independent"]
