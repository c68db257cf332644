"""The log: what happened, when, as lines of text or of JSON. Standard library logging alone, under the name `readout`.

Nothing is written until `setup` is called, which only commands do: whoever uses the library hangs handlers of his own on the
logger `readout`, and finds the fields of a line in `record.fields`. At level info and above no line holds text of an article;
ids, counts, names of files and addresses it may hold. Passwords in URLs are masked in every line.
"""

from __future__ import annotations

import json
import logging
import math
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, TextIO

from readout.settings import LogFormat, LogLevel
from readout.settings.secrets import masked

LOGGER = logging.getLogger("readout")
LOGGER.addHandler(logging.NullHandler())  # else the standard library would print warnings by itself

_NUMBERS: Mapping[LogLevel, int] = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}
_bound: ContextVar[Mapping[str, object]] = ContextVar("readout_log_fields", default={})  # noqa: B039 - never changed


def log(level: LogLevel, event: str, **fields: object) -> None:
    """Logs one event.

    Args:
        level: how grave it is.
        event: its name, of a few that stay the same: "article read".
        fields: what is known of it, as `document="a1", duration_s=0.2`; values are plain, times in seconds.
    """
    if LOGGER.isEnabledFor(_NUMBERS[level]):
        _emit(level, event, fields)


def _emit(level: LogLevel, event: str, fields: Mapping[str, object]) -> None:
    assert "time" not in fields, "the time of a line is its own"
    extra = {"fields": {**_bound.get(), **fields}}
    LOGGER.handle(LOGGER.makeRecord(LOGGER.name, _NUMBERS[level], "", 0, event, (), None, extra=extra))


@contextmanager
def bound(**fields: object) -> Iterator[None]:
    """Adds these fields, as the id of a run, to every line that this thread or task logs inside the block."""
    token = _bound.set({**_bound.get(), **fields})
    try:
        yield
    finally:
        _bound.reset(token)


@contextmanager
def timed(event: str, **fields: object) -> Iterator[dict[str, object]]:
    """Logs an event at level info when the block ends, with `duration_s`, and what the block put into the dict it is given.

    A block that an exception ends is logged at level error, with the kind of the exception as `failed`.
    """
    more: dict[str, object] = {}
    started = time.perf_counter()
    try:
        yield more
    except BaseException as error:  # an interrupted block too; it is raised again
        log("error", event, **fields, **more, duration_s=_since(started), failed=type(error).__name__)
        raise
    log("info", event, **fields, **more, duration_s=_since(started))


def _since(started: float) -> float:
    return round(time.perf_counter() - started, 6)


def setup(log_format: LogFormat, level: LogLevel, stream: TextIO | None = None) -> None:
    """Writes the log from now on; in place of where an earlier call had it written.

    Args:
        log_format: lines of text for people, or one JSON object a line.
        level: the least grave that is written.
        stream: where to; standard error by default.
    """
    stop()
    handler = _Handler(sys.stderr if stream is None else stream)
    handler.setFormatter(_JsonLines() if log_format == "json" else _TextLines())
    LOGGER.addHandler(handler)
    LOGGER.setLevel(_NUMBERS[level])


def stop() -> None:
    """Ends what `setup` began."""
    for handler in _ours():
        LOGGER.removeHandler(handler)
    LOGGER.setLevel(logging.NOTSET)


def say(message: str, level: LogLevel = "info", event: str = "message", **fields: object) -> bool:
    """Hands the log a sentence for the user, where the log is JSON lines and so has the stream to itself.

    It is written whatever the level of the log: what a command has to say is not up to the log. False, and nothing
    done, where the log is not JSON lines; the sentence is then to be shown as text.
    """
    if not any(isinstance(handler.formatter, _JsonLines) for handler in _ours()):
        return False
    _emit(level, event, {"message": message, **fields})
    return True


def one_line(text: str) -> str:
    """The text with all that does not print (line ends, escape sequences, marks that turn the direction) as `\\x1b`."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


class _Handler(logging.StreamHandler[TextIO]):
    """The handler of `setup`, told from those of others."""


def _ours() -> list[_Handler]:
    return [handler for handler in LOGGER.handlers if isinstance(handler, _Handler)]


def _parts(record: logging.LogRecord, formatter: logging.Formatter) -> dict[str, Any]:
    """Time, level, event and fields of a record; of one that came another way, its message is the event."""
    when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    parts = {"time": when, "level": record.levelname.lower(), "event": masked(record.getMessage())}
    for name, value in getattr(record, "fields", {}).items():
        parts.setdefault(name, _plain(value))
    if record.exc_info:
        parts["exception"] = masked(formatter.formatException(record.exc_info))
    return parts


def _plain(value: object) -> Any:
    if value is None or isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    return masked(str(value))


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        # ASCII: whatever a name holds, a line stays one line in every encoding.
        return json.dumps(_parts(record, self))


class _TextLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        parts = _parts(record, self)
        head = f"{parts.pop('time')} {parts.pop('level'):<7} {one_line(parts.pop('event'))}"
        return " ".join((head, *(f"{name}={_word(value)}" for name, value in parts.items())))


def _word(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return text if text.isprintable() and text and not set(text) & set(' "=') else json.dumps(text)
