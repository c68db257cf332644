"""Letters that a database does not keep: the letter zero, and halves of pairs. Each is replaced by one other, so that spans hold."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any, TypeVar

from readout.sources.article import Article
from readout.sources.problem import SourceProblem

_Input = TypeVar("_Input", Article, SourceProblem)
_UNKEPT = re.compile("[\0\ud800-\udfff]")


def keepable(item: _Input) -> _Input:
    """An article or a problem with U+FFFD in their place."""
    changed = {}
    for field in fields(item):
        value = getattr(item, field.name)
        if (mended := _mended(value)) != value:
            changed[field.name] = mended
    return replace(item, **changed) if changed else item


def keepable_text(text: str) -> str:
    """A text with U+FFFD in their place."""
    return _UNKEPT.sub("\ufffd", text)


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return keepable_text(value)
    return tuple(map(_mended, value)) if isinstance(value, tuple) else value
