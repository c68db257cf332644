"""Briefs: what reports of a period say, by weight, in their own words, with the sources of every line."""

from __future__ import annotations

from readout.across.brief.composing import LENGTH, Beside, compose
from readout.across.brief.shape import Brief, Cited, Development, Gap, Head, Line

__all__ = ["LENGTH", "Beside", "Brief", "Cited", "Development", "Gap", "Head", "Line", "compose"]
