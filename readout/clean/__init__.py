"""Cleaning: an article in, its own words out, and all that was around them kept aside, restorable to the letter."""

from __future__ import annotations

from readout.clean.cleaning import Cleaned, clean, restore

__all__ = ["Cleaned", "clean", "restore"]
