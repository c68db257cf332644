"""Days that are counted from another one: "began on Monday, *two days after* rebels raided Bor" tells of a raid on Saturday."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from readout.language.document import Document
from readout.readers.events.roles import Scene
from readout.types import DateRange, Time

_LENGTH = re.compile(r"P(\d{1,3})([DWMY])")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def counted(document: Document, scene: Scene, times: Sequence[Time]) -> tuple[int, DateRange] | None:
    """The length of time by which an event came before or after what its sentence tells first, and the days that makes.

    Args:
        document: the parsed document.
        scene: a trigger with its roles filled, of which the text names no day.
        times: the times of the document.

    Returns:
        The number of the length among the times, and the days; None where nothing is counted, or from no day.
    """
    for n, time in enumerate(times):
        length = _LENGTH.fullmatch(time.value)
        if time.type != "DURATION" or length is None:
            continue
        last = document.tokens_in(time.span)[-1]
        sentence = document.sentence(last)
        if last + 1 >= sentence.last or document.words[last + 1] not in ("after", "before"):
            continue
        if not _is_behind(document, scene, last + 1):
            continue
        base = [t for t in times if sentence.span[0] <= t.span[0] and t.span[1] <= time.span[0] and _is_dated(t)]
        if not base or "," not in document.slice((base[-1].span[1], time.span[0])):
            return None
        sign = -1 if document.words[last + 1] == "after" else 1
        days = _shifted(base[-1], sign * int(length[1]), length[2])
        return None if days is None else (n, days)
    return None


def _is_behind(document: Document, scene: Scene, preposition: int) -> bool:
    """Whether the clause or the noun of a scene is what "after" or "before" brings."""
    head = document.tokens[preposition].head
    return head == scene.predicate or (scene.trigger.noun and head == scene.trigger.token)


def _is_dated(time: Time) -> bool:
    return time.start is not None and time.end is not None and time.type not in ("DURATION", "SET")


def _shifted(base: Time, number: int, unit: str) -> DateRange | None:
    """The days so long from a time: to the day where days are counted, else the month or the year; None where it is too wide."""
    assert base.start is not None
    start = dt.date.fromisoformat(base.start)
    if unit in "DW":
        if not _DAY.match(base.value):
            return None
        days = number if unit == "D" else number * 7
        wide = 0 if unit == "D" else 3  # "two weeks" are about that
        day = start + dt.timedelta(days=days)
        return DateRange(*((day + dt.timedelta(days=d)).isoformat() for d in (-wide, wide)))
    if unit == "Y":
        if not dt.MINYEAR < start.year + number < dt.MAXYEAR:
            return None
        return DateRange(f"{start.year + number:04}-01-01", f"{start.year + number:04}-12-31")
    if len(base.value) < len("1997-04"):
        return None  # "in 1997, two months after"
    year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
    if not dt.MINYEAR < year < dt.MAXYEAR:
        return None
    first = dt.date(year, month + 1, 1)
    following = dt.date(year + month // 11, (month + 1) % 12 + 1, 1)
    return DateRange(first.isoformat(), (following - dt.timedelta(days=1)).isoformat())
