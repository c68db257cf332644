"""Joining: what linking found in each of several blocks, written down so that it means the same everywhere, as the groups of the whole."""

from __future__ import annotations

from readout.scale.joining.joined import join
from readout.scale.joining.of_record import write_groups_of
from readout.scale.joining.storing import link_from_blocks

__all__ = ["join", "link_from_blocks", "write_groups_of"]
