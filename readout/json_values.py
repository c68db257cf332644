"""Frozen dataclasses to JSON values and back, by their annotations alone."""

from __future__ import annotations

import dataclasses
import types as _types
import typing
from collections.abc import Callable
from functools import cache, partial
from operator import attrgetter
from typing import Any, Literal

from readout.errors import ReportError

_Writer = Callable[[Any], Any]
_PLAIN = frozenset({str, int, float, bool, type(None)})


def to_json(value: Any) -> Any:
    """JSON values for a dataclass (an object, its fields in their order), a tuple (a list) or a plain value."""
    kind = value.__class__
    if kind in _PLAIN:
        return value
    if isinstance(value, tuple):
        return [item if item.__class__ in _PLAIN else to_json(item) for item in value]
    write = _object_writer(kind)
    return value if write is None else write(value)


@cache
def _object_writer(kind: type) -> _Writer | None:
    """Writes objects of a dataclass, by its annotations: most fields are plain, and nothing is asked of those; None for any other class."""
    if not dataclasses.is_dataclass(kind):
        return None
    names = _field_names(kind)
    get: Callable[[Any], tuple[Any, ...]] = attrgetter(*names) if len(names) > 1 else partial(_values, names)
    try:
        kinds = _field_types(kind)
    except NameError:  # a class that is known inside a function alone: told by its values
        kinds = dict.fromkeys(names, object)
    deeper = [(name, write) for name in names if (write := _writer(kinds[name])) is not None]

    def write_object(value: Any) -> Any:
        if value.__class__ is not kind:
            return to_json(value)
        found = dict(zip(names, get(value), strict=True))
        for name, write in deeper:
            item = found[name]
            if item is not None:
                found[name] = write(item)
        return found

    return write_object


def _values(names: tuple[str, ...], value: Any) -> tuple[Any, ...]:
    return tuple(getattr(value, name) for name in names)


def _writer(expected: Any) -> _Writer | None:
    """Writes values of a type that are not None; itself None where they are written as they are."""
    origin = typing.get_origin(expected)
    if origin in (typing.Union, _types.UnionType):
        writers = [_writer(option) for option in typing.get_args(expected) if option is not type(None)]
        return writers[0] if len(writers) == 1 else to_json if any(writers) else None
    if expected in _PLAIN or origin is Literal:
        return None
    if origin is tuple:
        return _list_writer(typing.get_args(expected))
    return (_object_writer(expected) if isinstance(expected, type) else None) or to_json


def _list_writer(items: tuple[Any, ...]) -> _Writer:
    """Writes tuples of some types as lists."""
    kinds = {item for item in items if item is not Ellipsis}
    writers = [_writer(item) for item in kinds]
    if not any(writers):
        return list
    write = writers[0]
    if write is None or len(writers) > 1:
        return to_json
    if write is list:  # spans
        return lambda value: [*map(list, value)]
    return lambda value: [write(item) for item in value]


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
