"""Frozen dataclasses to JSON values and back, by their annotations alone."""

from __future__ import annotations

import dataclasses
import types as _types
import typing
from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any, Literal

from readout.errors import ReportError

_PLAIN = frozenset({str, int, float, bool, type(None)})


def to_json(value: Any) -> Any:
    """JSON values for a dataclass (an object, its fields in their order), a tuple (a list) or a plain value."""
    fields = _fields(value.__class__)
    if fields is not None:
        named = zip(*fields(value), strict=True)
        return {name: item if item.__class__ in _PLAIN else to_json(item) for name, item in named}
    if isinstance(value, tuple):
        return [item if item.__class__ in _PLAIN else to_json(item) for item in value]
    return value


@cache
def _fields(kind: type) -> Callable[[Any], tuple[tuple[str, ...], tuple[Any, ...]]] | None:
    """Gives the names of a dataclass's fields and their values, all at once; None of any other class."""
    if not dataclasses.is_dataclass(kind):
        return None
    names = _field_names(kind)
    if len(names) < 2:
        return lambda value: (names, tuple(getattr(value, name) for name in names))
    get = attrgetter(*names)
    return lambda value: (names, get(value))


@cache
def _field_names(cls: type) -> tuple[str, ...]:
    return tuple(item.name for item in dataclasses.fields(cls))


@cache
def _field_types(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def from_json(expected: Any, value: Any, where: str) -> Any:
    """A value of the type `expected` from JSON values; unknown fields are ignored. `where` names it in errors.

    Raises:
        ReportError: a field is missing or has another type.
    """
    origin = typing.get_origin(expected)
    if origin in (typing.Union, _types.UnionType):
        return _from_union(typing.get_args(expected), value, where)
    if origin is Literal:
        if value not in typing.get_args(expected):
            raise ReportError(f"{where}: {value!r} is not one of {typing.get_args(expected)}")
        return value
    if origin is tuple:
        return _from_list(typing.get_args(expected), value, where)
    if dataclasses.is_dataclass(expected):
        return _from_object(expected, value, where)
    number = expected is float and isinstance(value, int)
    if not (number or isinstance(value, expected)) or (isinstance(value, bool) and expected is not bool):
        raise ReportError(f"{where}: {value!r} is not {getattr(expected, '__name__', expected)}")
    return value


def _from_union(options: tuple[Any, ...], value: Any, where: str) -> Any:
    if value is None and type(None) in options:
        return None
    kinds = [option for option in options if option is not type(None)]
    if float in kinds and isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return from_json(kinds[0], value, where)


def _from_list(items: tuple[Any, ...], value: Any, where: str) -> Any:
    if not isinstance(value, list | tuple):
        raise ReportError(f"{where}: {value!r} is not a list")
    if len(items) == 2 and items[1] is Ellipsis:
        return tuple(from_json(items[0], item, f"{where}[{at}]") for at, item in enumerate(value))
    if len(items) != len(value):
        raise ReportError(f"{where}: {len(items)} values wanted, {len(value)} given")
    return tuple(from_json(kind, item, where) for kind, item in zip(items, value, strict=True))


def _from_object(cls: Any, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise ReportError(f"{where}: {value!r} is not an object")
    kinds = _field_types(cls)
    given = {
        name: from_json(kinds[name], value[name], f"{where}.{name}") for name in _field_names(cls) if name in value
    }
    try:
        return cls(**given)
    except TypeError as error:
        raise ReportError(f"{where}: {error}") from error
