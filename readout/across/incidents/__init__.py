"""Incidents: claims of the same happening across reports, one value of what they differ in, and what came of what was ahead."""

from __future__ import annotations

from readout.across.incidents.aggregating import RULES, aggregate
from readout.across.incidents.finding import Incident, find_incidents
from readout.across.incidents.outcomes import find_outcomes

__all__ = ["RULES", "Incident", "aggregate", "find_incidents", "find_outcomes"]
