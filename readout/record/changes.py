"""What a newer reader changed: each report's newest reading beside the one before it, one report at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select

from readout.errors import UsageError
from readout.record import schema
from readout.record.diffing import ClaimChange, diff
from readout.record.log import check_text
from readout.record.opened import Opened
from readout.record.schema import HIDDEN
from readout.record.told import FIELDS, plain, readings_told
from readout.types import ReaderVersion

_AT_ONCE = 20  # articles whose readings are held at once


@dataclass(frozen=True, slots=True)
class ReportChanges:
    """What differs between two readings of one article."""

    report: str
    article: int
    title: str | None
    before: ReaderVersion
    after: ReaderVersion
    claims: tuple[ClaimChange, ...]

    def to_json(self) -> dict[str, Any]:
        """As JSON values; a claim has all of its values where only one reading has it, else those that differ."""
        readers = {
            name: {"version": reader.version, "model": reader.model, "knowledge": reader.knowledge}
            for name, reader in (("before", self.before), ("after", self.after))
        }
        claims = [_claim(change) for change in self.claims]
        return {"report": self.report, "article": self.article, "title": self.title, **readers, "claims": claims}


def _claim(change: ClaimChange) -> dict[str, Any]:
    told = change.after or change.before
    assert told is not None
    value = {"claim": change.claim, "change": change.what, "id": told.id, "words": told.values["span"]["words"]}
    if change.what == "changed":
        assert change.before is not None
        value["was"] = change.before.id
        fields = {item.name: {"before": item.before, "after": item.after} for item in change.fields}
        return {**value, "fields": fields}
    return {**value, "values": {name: plain(told.values[name]) for name in FIELDS[change.claim]}}


@dataclass(slots=True)
class Summary:
    """Counts over reports: claims by kind and change, and changed values by kind and name."""

    reports: int = 0
    claims: Counter[tuple[str, str]] = field(default_factory=Counter)
    fields: Counter[tuple[str, str]] = field(default_factory=Counter)

    def count(self, changes: ReportChanges) -> None:
        """Counts one report more."""
        self.reports += 1
        for change in changes.claims:
            self.claims[change.claim, change.what] += 1
            for item in change.fields:
                self.fields[change.claim, item.name] += 1

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        claims = {
            claim: {what: self.claims[claim, what] for what in ("gone", "new", "changed")} for claim in schema.CLAIMS
        }
        fields = {
            claim: {name: self.fields[claim, name] for name in FIELDS[claim] if self.fields[claim, name]}
            for claim in schema.CLAIMS
        }
        return {"reports": self.reports, "claims": claims, "fields": fields}


def changes(
    record: Opened, reports: Sequence[str] = (), *, since_reader: int | str | None = None
) -> Iterator[ReportChanges]:
    """What differs, report by report in the order in which they were added; those that say the same are left out.

    Args:
        record: the record.
        reports: the ids of the reports that are wanted; all where there are none.
        since_reader: compare with the reading by this reader, by its number or its version, and not with the one before.

    Raises:
        UsageError: there is no such report or reader.
        RecordError: one of its kinds.
    """
    with record.asking() as connection:
        before = _chosen_readers(_readers(connection), since_reader)
        articles = articles_of(connection, reports)
    last = 0
    while True:
        with record.asking() as connection:
            pairs = _pairs(connection, last, articles, before)
            told = readings_told(connection, [number for pair in pairs for number in pair[1:]])
            readers = _readers(connection)
        if not pairs:
            return
        for article, old, new in pairs:
            one, other = told.get(old), told.get(new)
            if one is None or other is None:
                continue  # forgotten meanwhile
            found = diff(one.claims, other.claims)
            if found:
                names = readers[one.reader_id], readers[other.reader_id]
                yield ReportChanges(other.report_id, article, other.title, *names, found)
        last = pairs[-1][0]


def _readers(connection: Connection) -> dict[int, ReaderVersion]:
    table = schema.readers
    return {row.id: ReaderVersion(row.version, row.model, row.knowledge) for row in connection.execute(select(table))}


def _chosen_readers(readers: dict[int, ReaderVersion], wanted: int | str | None) -> list[int] | None:
    if wanted is None:
        return None
    found = [number for number, reader in readers.items() if str(wanted) in (str(number), reader.version)]
    if not found:
        known = "; ".join(f"{number}: {reader.version}, {reader.knowledge}" for number, reader in readers.items())
        raise UsageError(f"no reader {wanted} has read anything here; there are {known or 'none'}")
    return found


def articles_of(connection: Connection, reports: Sequence[str]) -> list[int] | None:
    """The articles of some reports, by the reports' ids in any reading; None where none are named.

    Raises:
        UsageError: there is no such report.
    """
    if not reports:
        return None
    for report in reports:
        check_text("the report's id", report)
    table = schema.readings
    rows = connection.execute(
        select(table.c.report_id, table.c.article_id).where(table.c.report_id.in_(reports)).distinct()
    ).all()
    if missing := [report for report in reports if report not in {row.report_id for row in rows}]:
        raise UsageError(f"there is no report {missing[0]!r} in the record")
    return sorted({row.article_id for row in rows})


def _pairs(
    connection: Connection, last: int, articles: list[int] | None, before: list[int] | None
) -> list[tuple[int, int, int]]:
    """Some articles behind the `last`, in order, each with the numbers of its earlier and its standing reading."""
    old, new = schema.readings.alias("old"), schema.readings.alias("new")
    query = (
        select(new.c.article_id, func.max(old.c.id), new.c.id)
        .join(old, (old.c.article_id == new.c.article_id) & (old.c.id != new.c.id))
        .where(new.c.live != HIDDEN, new.c.article_id > last)
        .group_by(new.c.article_id, new.c.id)
        .order_by(new.c.article_id)
        .limit(_AT_ONCE)
    )
    if articles is not None:
        query = query.where(new.c.article_id.in_(articles))
    if before is not None:
        query = query.where(old.c.reader_id.in_(before))
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]
