"""What a user adds to the built-in knowledge while a document is read: files of actors, and a gazetteer.

Readers take it from `current()`; whoever reads sets it with `using`. Tables that are built from it are `remembered` for
each addition apart, so that reading with one and without one do not meet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from inspect import signature
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from readout.language.kept import Kept

_P = ParamSpec("_P")
_R = TypeVar("_R")
_ANSWERS = 65536  # answers of one function that are held: it may be asked for whatever a text names
_KEPT = 4  # additions whose tables are held at once; more would be a memory leak in a long process


@dataclass(frozen=True, slots=True)
class Added:
    """Files beside the built-in knowledge; `digest` changes with their content and is "" where there are none."""

    digest: str = ""
    actors: tuple[Path, ...] = field(default=(), compare=False)
    gazetteer: Path | None = field(default=None, compare=False)


NOTHING = Added()
_CURRENT: ContextVar[Added] = ContextVar("readout_added", default=NOTHING)


def current() -> Added:
    """What is added to the built-in knowledge here."""
    return _CURRENT.get()


@contextmanager
def using(added: Added) -> Iterator[None]:
    """Within it, readers know what was added."""
    token = _CURRENT.set(added)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def remembered(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """`functools.lru_cache` with a memory for each addition: what was built with one is never given to another."""
    if len(signature(function).parameters) == 1:
        return cast(Callable[_P, _R], _remembered_of_one(cast(Callable[[Any], _R], function)))
    memory = lru_cache(maxsize=_KEPT)(lambda _: lru_cache(maxsize=_ANSWERS)(function))
    with_nothing = lru_cache(maxsize=_ANSWERS)(function)  # as mostly

    @wraps(function)
    def asked(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        digest = _CURRENT.get().digest
        remembering: Callable[..., _R] = memory(digest) if digest else with_nothing
        return remembering(*args, **kwargs) if kwargs else remembering(*args)

    return asked


def _remembered_of_one(function: Callable[[Any], _R]) -> Callable[[Any], _R]:
    """As `remembered`, of a function of one argument, mostly a word: the readers ask these of every name of a text."""
    memory = lru_cache(maxsize=_KEPT)(lambda _: Kept(function, _ANSWERS))
    with_nothing = Kept(function, _ANSWERS)

    @wraps(function)
    def asked(question: Any, /) -> _R:
        digest = _CURRENT.get().digest
        return memory(digest)[question] if digest else with_nothing[question]

    return asked
