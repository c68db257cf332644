"""Ledgers: each toll as it was counted over time, with who counted, and what was revised, contradicted or denied."""

from __future__ import annotations

from readout.across.ledger.making import Ledger, make_ledger

__all__ = ["Ledger", "make_ledger"]
