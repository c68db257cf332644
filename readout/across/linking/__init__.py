"""Linking: what shows across the reports of a record, found, stored and kept up, and what people decide about it."""

from __future__ import annotations

from readout.across.linking.deciding import Decided, decide, decisions, undo
from readout.across.linking.registry import LINKED, kind_named
from readout.across.linking.running import Linked, link
from readout.across.linking.stored import load_groups, load_plain

__all__ = [
    "LINKED",
    "Decided",
    "Linked",
    "decide",
    "decisions",
    "kind_named",
    "link",
    "load_groups",
    "load_plain",
    "undo",
]
