"""Rounds: the beginnings, ends and meetings that reports tell of, put together; and what became of what was ahead."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from readout.across.negotiations.turning import Ahead, Point
from readout.across.negotiations.types import Outcome, Planned, Round

_SITTING = 3  # days between two tellings of one beginning, or from a meeting to the round that it is of
_LASTS = 30  # days after which an end is of another round


def make_rounds(points: Sequence[Point]) -> tuple[Round, ...]:
    """The rounds of one negotiation in time, those without a day last.

    Tellings with one number are of one round. A beginning more than some days after the last, or after its end, is of a new one, as is a
    meeting; an end is that of the round that began last before it.
    """
    numbered = [point for point in points if point.start is not None]
    ordered = sorted(
        numbered, key=lambda point: (point.start, point.what != "begin", point.basis.report, point.basis.span)
    )
    rounds: list[list[Point]] = []
    for point in ordered:
        home = next((some for some in reversed(rounds) if _of(some, point)), None)
        if home is None:
            rounds.append([point])
        else:
            home.append(point)
    for point in sorted((p for p in points if p.start is None), key=lambda p: (p.basis.report, p.basis.span)):
        home = next((some for some in rounds if point.ordinal in _ordinals(some)), None) or _last_known(rounds, point)
        if home is not None:
            home.append(point)
        else:
            rounds.append([point])
    return tuple(_round(some) for some in rounds)


def _of(some: Sequence[Point], point: Point) -> bool:
    ordinals = _ordinals(some)
    if point.ordinal is not None and ordinals:
        return point.ordinal in ordinals
    begun = [one.start for one in some if one.start and one.what != "end"]
    ended = [one.start for one in some if one.start and one.what == "end"]
    at = str(point.start)
    if point.what == "end":
        return _days(begun[0] if begun else ended[0], at) <= _LASTS and (not ended or _days(ended[0], at) <= _SITTING)
    if ended and at > max(ended):
        return False
    return bool(begun) and _days(begun[0], at) <= _SITTING


def _ordinals(some: Sequence[Point]) -> set[int]:
    return {point.ordinal for point in some if point.ordinal is not None}


def _last_known(rounds: Sequence[list[Point]], point: Point) -> list[Point] | None:
    """The round that began on the days before a report which tells of it by number alone."""
    for some in reversed(rounds):
        begun = [one.start for one in some if one.start]
        if not _ordinals(some) and begun and 0 <= _days(begun[0], point.basis.day) <= _SITTING:
            return some
    return None


def _days(one: str, other: str) -> int:
    return (dt.date.fromisoformat(other) - dt.date.fromisoformat(one)).days


def _round(some: Sequence[Point]) -> Round:
    begun = [point.start for point in some if point.start and point.what in ("begin", "held")]
    ended = [point.end or point.start for point in some if point.start and point.what == "end"]
    held = [point.end for point in some if point.end and point.what == "held"]
    venues = Counter(point.venue for point in some if point.venue)
    ordinals = Counter(point.ordinal for point in some if point.ordinal)
    return Round(
        start=min(begun, default=None),
        end=max(ended, default=max(held, default=None) if len(held) == len(some) else None),
        venue=min(venues, key=lambda name: (-venues[name], name), default=None),
        ordinal=min(ordinals, key=lambda n: (-ordinals[n], n), default=None),
        bases=tuple(point.basis for point in some),
    )


def make_planned(ahead: Sequence[Ahead], rounds: Sequence[Round], today: str) -> tuple[Planned, ...]:
    """What was ahead, in the order in which it became known, each telling of the same days once, with what came of it.

    Args:
        ahead: what reports tell.
        rounds: what took place; a day sooner or later is the same move.
        today: the day until which anything is known.
    """
    kept: dict[tuple[str, str], Ahead] = {}
    for one in sorted(ahead, key=lambda one: (one.basis.day, -one.basis.score, one.basis.report, one.basis.span)):
        kept.setdefault((one.start, one.end), one)
    for wide in [*kept]:
        # "Next month" beside "on May 13" in one report is the same move.
        inner = [one for days, one in kept.items() if days != wide and wide[0] <= days[0] and days[1] <= wide[1]]
        if any(one.basis.report == kept[wide].basis.report for one in inner):
            del kept[wide]
    return at_day([Planned(one.start, one.end, one.firm, "ahead", one.basis) for one in kept.values()], rounds, today)


def at_day(planned: Sequence[Planned], rounds: Sequence[Round], today: str) -> tuple[Planned, ...]:
    """Planned moves with what became of each by a day, as the rounds that took place tell."""
    return tuple(replace(one, outcome=_outcome(one, rounds, today)) for one in planned)


def _outcome(one: Planned, rounds: Sequence[Round], today: str) -> Outcome:
    for sitting in rounds:
        if sitting.start and _days(one.start, sitting.start) >= -1 and _days(one.end, sitting.start) <= 1:
            return "came about"
    return "overdue" if one.end < today else "ahead"


def next_of(planned: Sequence[Planned]) -> Planned | None:
    """The move ahead that became known last; of one day the nearest."""
    left = [one for one in planned if one.outcome == "ahead"]
    latest = max((one.basis.day for one in left), default=None)
    return min((one for one in left if one.basis.day == latest), key=lambda one: (one.start, one.end), default=None)
