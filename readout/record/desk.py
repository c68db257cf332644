"""Where one correction after another is made, inside one transaction: claims are found as they stand, entries are appended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from sqlalchemy import Connection, Table, select

from readout.errors import Conflict, UsageError
from readout.record import schema
from readout.record.log import (
    LARGEST,
    Action,
    Correction,
    Made,
    Target,
    check_text,
    claim_named,
    correction_of,
    undone,
    write_correction,
)
from readout.record.naming import actor_named, place_named
from readout.record.opened import Opened
from readout.record.overlay import State
from readout.record.replaying import Situation, claims_of, situation_of, with_log, write
from readout.record.schema import HIDDEN
from readout.record.told import FIELDS, ToldReading, here, plain, span_of
from readout.record.unlinking import mark_articles
from readout.record.writing import Numbers

_SPAN = re.compile(r"\s*(\d+)-(\d+)\s*")


@dataclass(frozen=True, slots=True)
class Found:
    """A claim as it stands, and all that decides it."""

    situation: Situation
    state: State


@dataclass(frozen=True, slots=True)
class ReportScene:
    """The report in which a claim is corrected: whom and what its names and words mean."""

    connection: Connection
    reading: ToldReading

    def person(self, given: str) -> dict[str, Any]:
        """The actor that a name means."""
        return actor_named(self.connection, self.reading, given)

    def place(self, given: str) -> dict[str, Any]:
        """The place that a name means."""
        return place_named(self.connection, self.reading, given)

    def words(self, given: str | tuple[int, int]) -> dict[str, Any]:
        """Words of the report's text, or a span of it ("120-180")."""
        ground = self.reading.ground
        cut = _SPAN.fullmatch(given) if isinstance(given, str) else None
        if cut is not None or isinstance(given, tuple):
            start, end = (int(cut[1]), int(cut[2])) if cut is not None else (int(given[0]), int(given[1]))
            if not 0 <= start < end <= len(ground.text):
                raise UsageError(f"{start}-{end} is no span of the report's text, which has {len(ground.text)} letters")
            return here(ground, (start, end))
        words = given.strip()
        times = ground.text.count(words) if words else 0
        if times != 1:
            raise UsageError(
                f"the words {words!r} are {'not' if times == 0 else f'{times} times'} in the report's text"
                " (give their span instead, as 120-180)"
            )
        start = ground.text.index(words)
        return here(ground, (start, start + len(words)))


@dataclass(slots=True)
class Desk:
    """The corrections of one transaction."""

    connection: Connection
    numbers: Numbers
    now: str
    by: str
    why: str | None
    seen: int | None
    situations: dict[int, Situation] = field(default_factory=dict)

    @classmethod
    def at(cls, record: Opened, connection: Connection, by: str, why: str | None, seen: int | None) -> Self:
        """A desk for somebody.

        Raises:
            UsageError: nobody is named.
        """
        if not by.strip():
            raise UsageError("a correction is somebody's: say by whom")
        check_text("the name", by)
        check_text("the reason", why or "")
        return cls(connection, Numbers(connection), record.now(), by.strip(), why, seen)

    def number(self, table: Table) -> int:
        """The next number of a table."""
        return self.numbers.take(table)

    def scene(self, situation: Situation) -> ReportScene:
        """What names and words mean in a report."""
        return ReportScene(self.connection, situation.reading)

    def find(self, name: str) -> Found:
        """A claim that stands, by its name: "events/12".

        Raises:
            UsageError: there is no such claim.
            Conflict: it does not stand, or was corrected since it was seen.
        """
        claim, id_ = claim_named(name)
        table = schema.CLAIMS[claim]
        article = self.connection.execute(select(table.c.article_id).where(table.c.id == id_)).scalar()
        if article is None:
            spent = schema.last_numbers
            last = self.connection.execute(select(spent.c.last).where(spent.c.table == claim)).scalar() or 0
            if id_ <= last:
                raise Conflict(f"{name} is not there any more: what made it was undone, or its report forgotten")
            raise UsageError(f"there is no {name} in the record")
        situation = self.situation(article)
        state = situation.holds.states.get((claim, id_))
        if state is None:
            raise Conflict(f"{name} is of an older reading: the report was read again since")
        last_touch = max(_touching(situation, (claim, id_)), default=0)
        if not state.standing:
            raise Conflict(f"{name} was {state.review}{_who(situation, last_touch)}")
        if self.seen is not None and last_touch > self.seen:
            raise Conflict(f"{name} was corrected meanwhile{_who(situation, last_touch)}")
        return Found(situation, state)

    def situation(self, article: int) -> Situation:
        """The situation of an article, as this desk's corrections have left it."""
        if article not in self.situations:
            found = situation_of(self.connection, article)
            assert found is not None, "an article with claims has a standing reading"
            self.situations[article] = found
        return self.situations[article]

    def situation_of_report(self, report: str) -> Situation:
        """The situation of the article of a report; of several that are the same to the letter the last that answers.

        Raises:
            UsageError: there is no such report.
        """
        check_text("the report's id", report)
        table = schema.readings
        article = self.connection.execute(
            select(table.c.article_id)
            .where(table.c.report_id == report, table.c.live != HIDDEN)
            .order_by(table.c.live.desc(), table.c.article_id.desc())
        ).scalar()
        if article is None:
            raise UsageError(f"there is no report {report!r} in the record")
        return self.situation(article)

    def append(
        self,
        action: Action,
        claim: str,
        situation: Situation,
        states: Sequence[State],
        made: Sequence[Made],
        undoes: int | None = None,
    ) -> Correction:
        """Puts an entry into the log, and makes the claims stand as the log then says.

        Raises:
            Conflict: the entry does not fit.
        """
        article = situation.reading.article_id
        correction = Correction(
            number=self.number(schema.corrections),
            at=self.now,
            by=self.by,
            why=self.why,
            action=action,
            claim=claim,
            article=article,
            targets=tuple(_target(state) for state in states),
            made=tuple(made),
            undoes=undoes,
        )
        changed = with_log(situation.reading, [*self.situation(article).log, correction])
        if correction.number in changed.holds.unfit:
            raise Conflict(changed.holds.unfit[correction.number])
        write_correction(self.connection, correction)
        write(self.connection, changed)
        mark_articles(self.connection, (article,))
        self.situations[article] = changed
        return correction

    def to_undo(self, number: int, *, later: bool) -> list[int]:
        """The corrections to undo for one to be undone, in order: those that build on it first.

        Raises:
            UsageError: there is no such correction.
            Conflict: it does not hold any more, was built on since it was seen, or (but for `later`) is built on at all.
        """
        table = schema.corrections
        known = select(table).where(table.c.id == min(number, LARGEST))
        row = self.connection.execute(known).mappings().first() if number > 0 else None
        if row is None:
            raise UsageError(f"there is no correction {number}")
        mine = correction_of(row)
        situation = self.situation(mine.article)
        if number in (off := undone(situation.log)):
            raise Conflict(f"correction {number} was undone{_who(situation, off[number])}")
        chosen = [number]
        while building := _building(situation, chosen):
            if mine.undoes in building:
                raise Conflict(f"correction {mine.undoes} cannot hold again: {building[mine.undoes]}")
            if not later:
                names = ", ".join(map(str, building))
                raise Conflict(
                    f"correction {number} cannot be undone alone: {names} build on it; undo them first, or too"
                )
            chosen.extend(building)
        if self.seen is not None and max(chosen) > max(self.seen, number):
            raise Conflict(f"correction {number} was built on meanwhile{_who(situation, max(chosen))}")
        return sorted(chosen, reverse=True)

    def undo(self, number: int) -> Correction:
        """Puts an undo into the log."""
        table = schema.corrections
        article = self.connection.execute(select(table.c.article_id).where(table.c.id == number)).scalar_one()
        situation = self.situation(article)
        entry = next(entry for entry in situation.log if entry.number == number)
        return self.append("undo", entry.claim, situation, (), (), undoes=number)


def _building(situation: Situation, off: Sequence[int]) -> dict[int, str]:
    """The corrections that fit and would not without some others, by number, with the reason."""
    undos = [_undo_of(number, n, situation) for n, number in enumerate(off)]
    without = with_log(situation.reading, [*situation.log, *undos])
    return {
        number: reason
        for number, reason in without.holds.unfit.items()
        if number not in situation.holds.unfit and number not in off
    }


def _undo_of(number: int, n: int, situation: Situation) -> Correction:
    last = situation.log[-1]
    return Correction(last.number + 1 + n, last.at, last.by, None, "undo", last.claim, last.article, undoes=number)


def _touching(situation: Situation, key: tuple[str, int]) -> Iterable[int]:
    """The numbers of the corrections that touched a claim, and of their undos."""
    found: set[int] = set()
    for entry in situation.log:
        if key in claims_of(situation, entry) or entry.undoes in found:
            found.add(entry.number)
    return found


def _who(situation: Situation, number: int) -> str:
    entry = next((entry for entry in situation.log if entry.number == number), None)
    return f" by {entry.by} ({entry.at}, correction {number})" if entry is not None else ""


def _target(state: State) -> Target:
    span = state.values["span"]
    values = {name: plain(state.values[name]) for name in FIELDS[state.claim]}
    return Target(state.id, state.correction, state.code, span_of(span), span["words"], values)
