"""Correcting claims: an overlay over what was read, which is never changed. Every action is an entry of the log.

What an article's claims are is worked out from its reading and the log alone (`overlay`), and written in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from readout.errors import UsageError
from readout.record import schema
from readout.record.consistent import completed
from readout.record.desk import Desk, Found
from readout.record.fields import checked
from readout.record.log import Action, Correction, Made
from readout.record.opened import Opened
from readout.record.overlay import merged
from readout.record.told import same


@dataclass(frozen=True, slots=True)
class Correct:
    """What people may do to the claims of a record. Claims are named as "events/12".

    Every action takes who does it (`by`), and may take why, and the number of the last correction that the person had seen
    (`seen`): where a later one touched the claim, or it does not stand any more, nothing is done.

    All of them raise:
        UsageError: there is no such claim, or a value may not be that.
        Conflict: the claim was changed meanwhile.
        RecordError: another of its kinds.
    """

    record: Opened

    def confirm(
        self, claims: str | Sequence[str], *, by: str, why: str | None = None, seen: int | None = None
    ) -> tuple[Correction, ...]:
        """Says that claims are right. Returns the entries of the log, one a claim."""
        return self._judge("confirm", claims, by, why, seen)

    def reject(
        self, claims: str | Sequence[str], *, by: str, why: str | None = None, seen: int | None = None
    ) -> tuple[Correction, ...]:
        """Puts claims aside as wrong. Returns the entries of the log, one a claim."""
        return self._judge("reject", claims, by, why, seen)

    def edit(
        self,
        claims: str | Sequence[str],
        values: Mapping[str, Any],
        *,
        by: str,
        why: str | None = None,
        seen: int | None = None,
    ) -> tuple[Correction, ...]:
        """Puts claims with other values in the place of claims.

        Args:
            claims: which.
            values: the values that are other, by name; what may be set is in `readout.record.fields`.
            by, why, seen: as for every action.

        Returns:
            The entries of the log, one a claim; `made` has the new claim's number.
        """
        with self.record.writing() as connection:
            desk = Desk.at(self.record, connection, by, why, seen)
            return tuple(self._edit(desk, name, values) for name in _several(claims))

    def add(
        self,
        claim: str,
        report: str,
        span: str | tuple[int, int],
        values: Mapping[str, Any],
        *,
        by: str,
        why: str | None = None,
    ) -> Correction:
        """Adds a claim that no reader read.

        Args:
            claim: events, statements, figures.
            report: the report's id.
            span: the words of its text that say so, or their span in it.
            values: the claim's values by name.
            by, why: as for every action.
        """
        if claim not in schema.CLAIMS:
            raise UsageError(f"there are no claims {claim!r}, but {', '.join(schema.CLAIMS)}")
        with self.record.writing() as connection:
            desk = Desk.at(self.record, connection, by, why, None)
            situation = desk.situation_of_report(report)
            scene = desk.scene(situation)
            given = {"span": scene.words(span), **checked(claim, values, scene)}
            made = Made(desk.number(schema.CLAIMS[claim]), completed(claim, given, None))
            return desk.append("add", claim, situation, (), (made,))

    def merge(
        self,
        claims: Sequence[str],
        values: Mapping[str, Any] | None = None,
        *,
        by: str,
        why: str | None = None,
        seen: int | None = None,
    ) -> Correction:
        """Makes one claim of several of one report: the first, with what only others say, and every place where it is told.

        Args:
            claims: two or more, the one that says it best first.
            values: values that none of them has.
            by, why, seen: as for every action.
        """
        with self.record.writing() as connection:
            desk = Desk.at(self.record, connection, by, why, seen)
            found = [desk.find(name) for name in _several(claims)]
            if len(found) < 2:
                raise UsageError("two claims or more are merged")
            first = found[0]
            for other in found[1:]:
                if other.state.claim != first.state.claim:
                    raise UsageError(f"{first.state.name} and {other.state.name} are not of one kind")
                if other.situation.reading.article_id != first.situation.reading.article_id:
                    raise UsageError(f"{first.state.name} and {other.state.name} are not of one report")
            scene = desk.scene(first.situation)
            before = merged([item.state for item in found]).values
            given = checked(first.state.claim, values or {}, scene)
            made = Made(desk.number(schema.CLAIMS[first.state.claim]), completed(first.state.claim, given, before))
            return desk.append("merge", first.state.claim, first.situation, [item.state for item in found], (made,))

    def split(
        self,
        claim: str,
        parts: Sequence[Mapping[str, Any]],
        *,
        by: str,
        why: str | None = None,
        seen: int | None = None,
    ) -> Correction:
        """Makes several claims of one.

        Args:
            claim: which.
            parts: for each of the new claims the values that are other.
            by, why, seen: as for every action.
        """
        if len(parts) < 2 or not all(parts):
            raise UsageError(
                "a claim is split into two parts or more, each with a value of its own: 1.actors=… 2.actors=…"
            )
        with self.record.writing() as connection:
            desk = Desk.at(self.record, connection, by, why, seen)
            found = desk.find(claim)
            kind, scene = found.state.claim, desk.scene(found.situation)
            made = [
                Made(
                    desk.number(schema.CLAIMS[kind]),
                    completed(kind, checked(kind, part, scene), found.state.values),
                )
                for part in parts
            ]
            return desk.append("split", kind, found.situation, (found.state,), made)

    def undo(
        self, number: int, *, by: str, why: str | None = None, later: bool = False, seen: int | None = None
    ) -> tuple[Correction, ...]:
        """Undoes a correction, an undo too.

        Args:
            number: the correction's.
            by, why, seen: as for every action.
            later: undo the later corrections that build on it, too.

        Returns:
            The entries of the log, in the order in which things were undone.

        Raises:
            Conflict: it was undone already, or later corrections build on it.
        """
        with self.record.writing() as connection:
            desk = Desk.at(self.record, connection, by, why, seen)
            return tuple([desk.undo(each) for each in desk.to_undo(number, later=later)])

    def _judge(
        self, action: Action, claims: str | Sequence[str], by: str, why: str | None, seen: int | None
    ) -> tuple[Correction, ...]:
        with self.record.writing() as connection:
            desk = Desk.at(self.record, connection, by, why, seen)
            found = (desk.find(name) for name in _several(claims))
            return tuple(desk.append(action, each.state.claim, each.situation, (each.state,), ()) for each in found)

    def _edit(self, desk: Desk, name: str, values: Mapping[str, Any]) -> Correction:
        found: Found = desk.find(name)
        kind, before = found.state.claim, found.state.values
        set_ = completed(kind, checked(kind, values, desk.scene(found.situation)), before)
        if not any(name not in before or not same(name, value, before[name]) for name, value in set_.items()):
            raise UsageError(f"{name} says so already" if set_ else "an edit needs a value, as type=ASSAULT")
        made = Made(desk.number(schema.CLAIMS[kind]), set_)
        return desk.append("edit", kind, found.situation, (found.state,), (made,))


def _several(claims: str | Sequence[str]) -> list[str]:
    names = [claims] if isinstance(claims, str) else list(claims)
    if not names:
        raise UsageError("name a claim, as events/12")
    if twice := [name for n, name in enumerate(names) if name in names[:n]]:
        raise UsageError(f"{twice[0]} is named twice")
    return names
