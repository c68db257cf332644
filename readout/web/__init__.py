"""Pages and JSON over a record: what `readout serve` answers with."""

from __future__ import annotations
