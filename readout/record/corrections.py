"""The log of corrections for those who look through it: entry by entry, with what became of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from readout.errors import UsageError
from readout.record import schema
from readout.record.changes import articles_of
from readout.record.log import Correction, claim_named, correction_of, undone
from readout.record.opened import Opened
from readout.record.replaying import Situation, claims_of, situation_of

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry of the log: the report that it is about, the undo that holds against it, and why it does not fit the report's
    newest reading, if it does not."""

    correction: Correction
    report: str | None
    undone_by: int | None
    unfit: str | None

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        value = self.correction.to_json()
        return {**value, "report": self.report, "undone_by": self.undone_by, "unfit": self.unfit}


def corrections(record: Opened, reports: Sequence[str] = (), *, unfitting: bool = False) -> Iterator[Logged]:
    """The log in order, read as it is asked for.

    Args:
        record: the record.
        reports: the ids of the reports that are wanted; all where there are none.
        unfitting: only what does not fit the newest reading.

    Raises:
        UsageError: there is no such report.
        RecordError: one of its kinds.
    """
    with record.asking() as connection:
        articles = articles_of(connection, reports)
    last = 0
    states: dict[int, _State] = {}
    while True:
        with record.asking() as connection:
            page = _page(connection, last, articles)
            # An article that was corrected more often than a page holds is looked at once, and not for each page.
            states = {
                article: states.get(article) or _State.of(connection, article)
                for article in sorted({item.article for item in page})
            }
        if not page:
            return
        for item in page:
            found = states[item.article].of_entry(item)
            if not unfitting or found.unfit is not None:
                yield found
        last = page[-1].number


def history(record: Opened, name: str) -> tuple[Logged, ...]:
    """The entries that touched a claim, those that it was made of or those that were made of it, and their undos, in order.

    Raises:
        UsageError: it is no name of a claim, or there is no such claim.
    """
    claim, number = claim_named(name)
    table = schema.CLAIMS[claim]
    with record.asking() as connection:
        article = connection.execute(select(table.c.article_id).where(table.c.id == number)).scalar()
        situation = None if article is None else situation_of(connection, article)
    if situation is None:
        raise UsageError(f"there is no {name} in the record")
    related, before = {(claim, number)}, 0
    while len(related) > before:
        before = len(related)
        for entry in situation.log:
            claims = claims_of(situation, entry)
            if claims & related:
                related |= claims
    found: dict[int, Correction] = {}
    for entry in situation.log:
        if claims_of(situation, entry) & related or entry.undoes in found:
            found[entry.number] = entry
    state = _State.of_situation(situation)
    return tuple(state.of_entry(entry) for entry in found.values())


def last_correction(connection: Connection) -> int:
    """The number of the last correction; 0 where there is none. Whoever corrects by what they see now has seen this one."""
    table = schema.corrections
    found = connection.execute(select(table.c.id).order_by(table.c.id.desc()).limit(1)).scalar()
    return int(found or 0)


def _page(connection: Connection, last: int, articles: list[int] | None) -> list[Correction]:
    table = schema.corrections
    query = select(table).where(table.c.id > last).order_by(table.c.id).limit(_AT_ONCE)
    if articles is not None:
        query = query.where(table.c.article_id.in_(articles))
    return [correction_of(row) for row in connection.execute(query).mappings()]


@dataclass(frozen=True, slots=True)
class _State:
    """What became of an article's corrections."""

    report: str | None
    undone: dict[int, int]
    unfit: dict[int, str]

    @classmethod
    def of(cls, connection: Connection, article: int) -> _State:
        situation = situation_of(connection, article)
        return cls(None, {}, {}) if situation is None else cls.of_situation(situation)

    @classmethod
    def of_situation(cls, situation: Situation) -> _State:
        return cls(situation.reading.report_id, undone(situation.log), dict(situation.holds.unfit))

    def of_entry(self, item: Correction) -> Logged:
        return Logged(item, self.report, self.undone.get(item.number), self.unfit.get(item.number))
