"""What is new: what each report adds to the reports before it, and what became of what was ahead."""

from __future__ import annotations

from readout.across.novelty.finding import find_novelty, novelty
from readout.across.novelty.items import Item, Mark, Novelty
from readout.across.novelty.plans import Plan, find_plans

__all__ = ["Item", "Mark", "Novelty", "Plan", "find_novelty", "find_plans", "novelty"]
