"""Checked access to the fields of a JSON object that somebody else wrote: a value of the type wanted, or a reason why not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from readout.types import Span


class Malformed(ValueError):
    """A JSON value is not what its format says; `str(error)` is the reason in words."""


class Fields:
    """One JSON object, read field by field.

    Every method raises `Malformed`, naming the field, where the value has another type than asked for.
    """

    def __init__(self, value: object, where: str = ""):
        if not isinstance(value, dict):
            raise Malformed(f"{where or 'it'} is not a JSON object")
        self._value: dict[str, Any] = value
        self._where = f"{where}." if where else ""

    @property
    def value(self) -> dict[str, Any]:
        """The object as it is."""
        return self._value

    def __contains__(self, name: str) -> bool:
        return self._value.get(name) is not None

    def string(self, name: str) -> str:
        """A string that must be there."""
        found = self._value.get(name)
        if not isinstance(found, str):
            raise Malformed(f'"{self._where}{name}" is not a string' if name in self else self._lacking(name))
        return found

    def string_or_none(self, name: str) -> str | None:
        """A string, or None where there is none."""
        return self.string(name) if name in self else None

    def number(self, name: str) -> float:
        """A number that must be there."""
        found = self._value.get(name)
        if isinstance(found, bool) or not isinstance(found, int | float) or found != found:
            raise Malformed(f'"{self._where}{name}" is not a number' if name in self else self._lacking(name))
        return found

    def number_or_none(self, name: str) -> float | None:
        """A number, or None where there is none."""
        return self.number(name) if name in self else None

    def objects(self, name: str, *, needed: bool = False) -> Iterator[Fields]:
        """The objects of a list; none where the list is lacking and not `needed`."""
        for at, value in enumerate(self._list(name, needed)):
            yield Fields(value, f"{self._where}{name}[{at}]")

    def indexes(self, name: str, count: int) -> tuple[int, ...]:
        """A list of indexes into a list of `count` entries; a lacking one is empty."""
        return tuple(self._index(value, name, count) for value in self._list(name, needed=False))

    def index_or_none(self, name: str, count: int) -> int | None:
        """An index into a list of `count` entries, or None."""
        return self._index(self._value[name], name, count) if name in self else None

    def span(self, name: str, text: str) -> Span:
        """A span of `text` that must be there."""
        if name not in self:
            raise Malformed(self._lacking(name))
        return self._span(self._value[name], name, text)

    def span_or_none(self, name: str, text: str) -> Span | None:
        """A span of `text`, or None."""
        return self.span(name, text) if name in self else None

    def spans(self, name: str, text: str, *, needed: bool = False) -> tuple[Span, ...]:
        """A list of spans of `text`; a lacking one is empty, unless it is `needed`."""
        return tuple(self._span(value, name, text) for value in self._list(name, needed))

    def _list(self, name: str, needed: bool) -> list[Any]:
        found = self._value.get(name)
        if found is None and not needed:
            return []
        if not isinstance(found, list):
            raise Malformed(f'"{self._where}{name}" is not a list' if name in self else self._lacking(name))
        return found

    def _index(self, value: object, name: str, count: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < count:
            raise Malformed(f'"{self._where}{name}" names entry {value!r} of {count}')
        return value

    def _span(self, value: object, name: str, text: str) -> Span:
        if isinstance(value, list | tuple) and len(value) == 2:
            start, end = value
            ends = all(isinstance(end, int) and not isinstance(end, bool) for end in value)
            if ends and 0 <= start < end <= len(text):
                return start, end
        raise Malformed(f'"{self._where}{name}" is not a span of the text: {value!r}')

    def _lacking(self, name: str) -> str:
        return f'there is no "{self._where}{name}" in it'
