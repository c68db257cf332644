"""What is asked of groups: one by its id, the reports of one, and all as they would have been made at an earlier moment."""

from __future__ import annotations

from typing import Any

from readout.across.facts import ReportFacts
from readout.across.linking.deciding import decisions_on, standing
from readout.across.linking.registry import kind_named
from readout.across.loading import load_facts
from readout.across.whole import Across
from readout.record import Record
from readout.record.groups import ORDERS, order_of


def key_asked(record: Record, kind: str, key: str) -> str | None:
    """The key of a stored group that a word of 6 to 16 hexadecimal digits names, or how it begins; None where none does and the word
    may be one of a text.

    Raises:
        UsageError: there is none with this very id, or there are several that begin so.
    """
    keys = record.group_keys(kind, key)
    if len(keys) == 1:
        return keys[0]
    if keys or len(key) == 16:
        return record.group(kind, key).key  # which says what is wrong
    return None


def facts_of(record: Record, kind: str, item: Any) -> dict[int, ReportFacts]:
    """The reports of a group, by the numbers of their readings."""
    members = kind_named(kind).describe(item).members
    return {report.id: report for report in load_facts(record, sorted({member.piece.reading for member in members}))}


def as_of_then(record: Record, kind: str, query: str, moment: str, least: int, order: str | None) -> list[Any]:
    """The groups that the reports known by a moment make, worked out anew, in an order; those with a report that answers a query.

    What people decided holds, whenever they did.

    Raises:
        UsageError: there is no such kind or order, the query is none, or the moment.
    """
    known = kind_named(kind)
    by = order_of(order)
    readings = sorted(row.reading for row in record.reports(as_of=moment))
    wanted = {row.reading for row in record.reports(query, as_of=moment)} if query else set(readings)
    across = Across(load_facts(record, readings))
    with record.asking() as connection:
        across.decisions = decisions_on(standing(connection), across.reports)
    told = [(known.describe(item), item) for item in known.items(across)]
    chosen = [
        (row, item)
        for row, item in told
        if row.reports >= least and any(member.piece.reading in wanted for member in row.members)
    ]
    names = ORDERS[by.name]
    chosen.sort(key=lambda pair: (*(getattr(pair[0], name) for name in names), pair[0].key), reverse=by.descending)
    return [item for _, item in chosen]
