"""Reading at scale: inputs in shards, a Parquet part for each, on processes of one machine or on Ray, and the parts into a record.

The rows are those of `Record.add`, whichever way they came. Nothing else in the package knows Ray, and it is imported when it is asked for.
"""

from __future__ import annotations

from readout.scale.blocks import Block
from readout.scale.bringing import bring
from readout.scale.running import ENGINES, Ran, run

__all__ = ["ENGINES", "Block", "Ran", "bring", "run"]
