"""Plans (stub)."""
from __future__ import annotations
class Plan: pass
def find_plans(): pass
