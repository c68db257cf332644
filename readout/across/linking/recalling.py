"""What shows across some reports as it is stored, in place of working it out anew: for what has to be quick in a large record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import Connection, or_, select

from readout.across.facts import Link
from readout.across.linking.kinds import Kind, Outside, Piece
from readout.across.linking.registry import LINKED
from readout.across.linking.storing import outside_of, touching, unpack
from readout.across.loading import load_facts
from readout.across.whole import Across
from readout.record import Record, linked
from readout.record.removing import chunks

#: What of an item's body `Across` has, where that is not the whole; the part of `Across` has the kind's plural for a name.
_INNER = {"story": "story", "negotiation": "track"}


def recall(record: Record, readings: Iterable[int], until: str | None = None) -> Across:
    """Some reports with what is stored across them: groups have of their members only those that are at hand, but for stories, of whose
    members all count that were known then. What is not linked yet is worked out among itself.

    Args:
        record: where they are.
        readings: the reports, by the numbers of their readings.
        until: a day (ISO): what became known later is left out of stories.
    """
    across = Across(load_facts(record, sorted(set(readings))))
    hand = sorted(across.reports)
    with record.asking() as connection:
        settled = _settled(connection, hand)
        copies = tuple(_links(connection, settled))
        stored = {kind.name: touching(connection, kind.name, sorted(settled)) for kind in LINKED}
        pieces = {piece.reading for groups in stored.values() for _, some in groups.values() for piece in some}
        outside = outside_of(connection, pieces)
    fresh = Across(report for number, report in across.reports.items() if number not in settled)
    vars(across)["copies"] = (*copies, *fresh.copies)
    for kind in LINKED:
        known = settled if kind.name != "story" else _known(outside, until)
        items = [_of(kind, body, some, known, outside) for body, some in stored[kind.name].values()]
        inner = _INNER.get(kind.name)
        found = [getattr(item, inner) if inner else item for item in items]
        vars(across)[kind.plural] = (*found, *getattr(fresh, kind.plural))
    return across


def _of(
    kind: Kind, body: bytes, pieces: Sequence[Piece], known: Collection[int], reports: Mapping[int, Outside]
) -> Any:
    item = unpack(kind, body)
    kept = {piece for piece in pieces if piece.reading in known}
    return item if kind.part is None or len(kept) == len(pieces) else kind.part(item, kept, reports)


def _known(reports: Mapping[int, Outside], until: str | None) -> set[int]:
    return {number for number, report in reports.items() if until is None or report.known[:10] <= until}


def _settled(connection: Connection, readings: Sequence[int]) -> set[int]:
    column, found = linked.linked_readings.c.reading_id, set[int]()
    for some in chunks(readings):
        found.update(connection.execute(select(column).where(column.in_(some))).scalars())
    return found


def _links(connection: Connection, readings: Collection[int]) -> list[Link]:
    table, found = linked.links.c, dict[tuple[int, int], Link]()
    for some in chunks(sorted(readings)):
        of = or_(table.first_id.in_(some), table.second_id.in_(some))
        for row in connection.execute(select(linked.links).where(of)):
            if row.first_id in readings and row.second_id in readings:
                reasons = tuple(orjson.loads(row.reasons))
                found[row.first_id, row.second_id] = Link(
                    row.first_id, row.second_id, row.kind, row.rule, row.score, reasons
                )
    return [found[pair] for pair in sorted(found)]
