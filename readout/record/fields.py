"""What a person may set of a claim: each value by its name, read from what was written, and checked against the contract."""

from __future__ import annotations

import datetime as dt
import math
import re
import typing
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, Protocol

from readout import knowledge
from readout.errors import UsageError
from readout.record.log import check_text
from readout.types import Bound, EventType, FigureKind, Sourcing, StatementKind, Status

#: Written for "nothing": `mode=none`.
_NOTHING = ("", "none", "null")


class Scene(Protocol):
    """The report in which a claim is corrected."""

    def person(self, given: str) -> dict[str, Any]:
        """The actor that a name means. Raises UsageError where it means none, or several."""

    def place(self, given: str) -> dict[str, Any]:
        """The place that a name means. Raises UsageError where it means none, or several."""

    def words(self, given: str | tuple[int, int]) -> dict[str, Any]:
        """Words of the text, or a span of it. Raises UsageError where they are not in it, or more than once."""


Reader = Callable[[str, Any, Scene], Any]


def checked(claim: str, given: Mapping[str, Any], scene: Scene) -> dict[str, Any]:
    """Values as the log has them, from what a person wrote.

    Args:
        claim: events, statements, figures.
        given: values by their names, as text ("Hamas;Israel", "ASSAULT/aerial", "2025-03-10/2025-03-12", "none") or as
            Python has them: lists, numbers, dates, spans, None.
        scene: the report.

    Raises:
        UsageError: there is no such value, or it may not be that; the message says what it may be.
    """
    known = READERS[claim]
    if unknown := [name for name in given if name not in known]:
        raise UsageError(f"{claim} have no value {unknown[0]!r}; they have {', '.join(known)}")
    for name, value in given.items():
        for part in value if isinstance(value, list | tuple) else (value,):
            if isinstance(part, str):
                check_text(name, part)
    return {name: known[name](name, value, scene) for name, value in given.items()}


def _nothing(value: Any) -> bool:
    return value is None or (isinstance(value, str) and value.strip().lower() in _NOTHING)


def _one_of(allowed: Iterable[str], *, null: bool = False) -> Reader:
    choices = tuple(allowed)

    def read(name: str, value: Any, _: Scene) -> str | None:
        if null and _nothing(value):
            return None
        if value not in choices:
            raise UsageError(
                f"{name} cannot be {value!r}; it is one of {', '.join(choices)}{' or none' if null else ''}"
            )
        return str(value)

    return read


def _words_of(name: str, value: Any, _: Scene) -> str | None:
    if _nothing(value):
        return None
    if not isinstance(value, str):
        raise UsageError(f"{name} is text, and not {value!r}")
    return " ".join(value.split())


def _act(name: str, value: Any, scene: Scene) -> str:
    from readout.readers.events.codebook import modes_of

    kind, _, mode = str(value).partition("/")
    _one_of(typing.get_args(EventType))(name, kind, scene)
    check_mode(name, typing.cast(EventType, kind), mode or None)
    return f"{kind}/{mode}" if mode and mode in modes_of(typing.cast(EventType, kind)) else kind


def check_mode(name: str, kind: EventType, mode: str | None) -> None:
    """Raises UsageError where a type has no such mode."""
    from readout.readers.events.codebook import modes_of

    modes = sorted(modes_of(kind))
    if mode is not None and mode not in modes:
        raise UsageError(f"{name}: {kind} has no mode {mode!r}; it has {', '.join(modes) or 'none'}")


def _many(reader: Reader) -> Reader:
    def read(name: str, value: Any, scene: Scene) -> list[Any]:
        if _nothing(value):
            return []
        parts = value.split(";") if isinstance(value, str) else value
        if not isinstance(parts, list | tuple):
            raise UsageError(f"{name} is a list, with ; between its parts, and not {value!r}")
        found: list[Any] = []
        for part in parts:
            item = reader(name, part.strip() if isinstance(part, str) else part, scene)
            if item is not None and item not in found:
                found.append(item)
        return found

    return read


def _person(_: str, value: Any, scene: Scene) -> dict[str, Any] | None:
    return None if _nothing(value) else scene.person(str(value))


def _place(_: str, value: Any, scene: Scene) -> dict[str, Any] | None:
    return None if _nothing(value) else scene.place(str(value))


def _span(name: str, value: Any, scene: Scene) -> dict[str, Any]:
    if isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(part, int) for part in value):
        return scene.words((value[0], value[1]))
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f"{name} is words of the text, or a span of it as 120-180, and not {value!r}")
    return scene.words(value)


def _span_or_none(name: str, value: Any, scene: Scene) -> dict[str, Any] | None:
    return None if _nothing(value) else _span(name, value, scene)


def _spans(name: str, value: Any, scene: Scene) -> list[dict[str, Any]]:
    # Words may hold any sign, so that one text is one stretch; spans and lists may be several.
    if isinstance(value, str):
        numbers = re.fullmatch(r"\s*\d+-\d+(\s*;\s*\d+-\d+)*\s*", value)
        parts: list[Any] = value.split(";") if numbers else [value]
    elif isinstance(value, list | tuple) and value and not isinstance(value[0], int):
        parts = list(value)
    else:
        parts = [value]
    found = [_span(name, part, scene) for part in parts]
    return sorted(found, key=lambda item: tuple(item["at"]))


def _day(name: str, value: Any, _: Scene) -> str | None:
    if _nothing(value):
        return None
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    try:
        return dt.date.fromisoformat(str(value).strip()).isoformat()
    except ValueError as error:
        raise UsageError(f"{name} is no day: {value!r} (write it as 2025-03-10)") from error


def _days(name: str, value: Any, scene: Scene) -> str | None:
    if _nothing(value):
        return None
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    parts = list(value) if isinstance(value, list | tuple) else str(value).split("/")
    if len(parts) not in (1, 2):
        raise UsageError(f"{name} is a day or two with / between them, and not {value!r}")
    first, last = (None if part == ".." else _day(name, part, scene) for part in (parts[0], parts[-1]))
    if first and last and first > last:
        raise UsageError(f"{name} cannot end ({last}) before it begins ({first})")
    if first is None and last is None:
        return None
    return first if first == last else f"{first or '..'}/{last or '..'}"


def _number(*, null: bool) -> Reader:
    def read(name: str, value: Any, _: Scene) -> float | None:
        if null and _nothing(value):
            return None
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = math.nan
        if not math.isfinite(number) or isinstance(value, bool):
            raise UsageError(f"{name} is a number, and not {value!r}")
        return number

    return read


def _yes_no(name: str, value: Any, _: Scene) -> bool:
    answers = {"yes": True, "true": True, "no": False, "false": False}
    found = answers.get(str(value).strip().lower())
    if found is None:
        raise UsageError(f"{name} is yes or no, and not {value!r}")
    return found


@cache
def _contexts() -> tuple[str, ...]:
    return tuple(knowledge.load("plover.yaml")["contexts"])


@cache
def _measures() -> tuple[str, ...]:
    return tuple(knowledge.load("figures/words.yaml")["measures"])


def _context(name: str, value: Any, scene: Scene) -> Any:
    return _one_of(_contexts())(name, value, scene)


def _measure(name: str, value: Any, scene: Scene) -> Any:
    return _one_of(_measures(), null=True)(name, value, scene)


#: How each value is read, in the order in which they are named.
READERS: dict[str, dict[str, Reader]] = {
    "events": {
        "type": _one_of(typing.get_args(EventType)),
        "mode": _words_of,
        "act": _act,
        "status": _one_of(typing.get_args(Status)),
        "actors": _many(_person),
        "recipients": _many(_person),
        "sources": _many(_person),
        "places": _many(_place),
        "date": _days,
        "contexts": _many(_context),
        "news": _yes_no,
        "span": _span,
    },
    "statements": {
        "kind": _one_of(typing.get_args(StatementKind)),
        "sourcing": _one_of(typing.get_args(Sourcing), null=True),
        "channel": _words_of,
        "speaker": _person,
        "addressees": _many(_person),
        "cue": _span_or_none,
        "content": _spans,
        "day": _day,
        "span": _span,
    },
    "figures": {
        "kind": _one_of(typing.get_args(FigureKind)),
        "value": _number(null=False),
        "low": _number(null=True),
        "high": _number(null=True),
        "bound": _one_of(typing.get_args(Bound)),
        "unit": _words_of,
        "measure": _measure,
        "population": _words_of,
        "places": _many(_place),
        "source": _person,
        "since": _day,
        "as_of": _day,
        "span": _span,
    },
}
