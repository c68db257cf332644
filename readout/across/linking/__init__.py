"""Linking: what shows across the reports of a record, found, stored and kept up, and what people decide about it."""

from __future__ import annotations

from readout.across.linking.deciding import Decided, decide, decisions, undo
from readout.across.linking.registry import LINKED
from readout.across.linking.running import Linked, link
from readout.across.linking.stored import load_groups

__all__ = ["LINKED", "Decided", "Linked", "decide", "decisions", "link", "load_groups", "undo"]
