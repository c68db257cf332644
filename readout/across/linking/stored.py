"""Stored groups, whole and typed."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from typing import Any

from readout.across.linking.registry import kind_named
from readout.across.linking.storing import unpack
from readout.record import Record, groups


def load_groups(record: Record, kind: str, keys: Iterable[str]) -> dict[str, Any]:
    """Stored groups by their keys: `SourcedStory`, `Incident`, `Ledger`, …, as the registry says. Keys that are none are left out.

    Raises:
        UsageError: there is no such kind.
    """
    known, wanted = kind_named(kind), list(keys)
    with record.asking() as connection:
        packed = groups.bodies(connection, kind, wanted)
    return {key: unpack(known, packed[key]) for key in wanted if key in packed}


def load_plain(record: Record, kind: str, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The same as plain JSON values, for lists of many: making them typed takes ten times as long."""
    wanted = list(keys)
    with record.asking() as connection:
        packed = groups.bodies(connection, kind, wanted)
    return {key: json.loads(zlib.decompress(packed[key])) for key in wanted if key in packed}
