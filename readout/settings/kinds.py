"""The kinds of values that settings have: what is wanted, and how a value is read from TOML, the environment and flags."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from readout.settings.secrets import masked

_LONGEST = 80  # letters of a wrong value that an error repeats
_MOST, _DAY, _PORTS = 100_000, 86_400, 65_535
_WORDS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
_HOST = re.compile(r"[^\s/:@,*]+")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_SQLITE_FILE = re.compile(r"(sqlite(?:\+\w+)?:///)(?!/|:memory:|file:|[A-Za-z]:[\\/])([^?]+)(.*)")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of values.

    Attributes:
        name: what its values are, in a word or two.
        wanted: the same as an error says it, with an example where that helps.
        check: a value of TOML or of a flag, and the folder that relative paths are relative to (None: they stay as they
            are), to the value of the setting. ValueError where it is not of the kind.
        parse: the text of an environment variable to what `check` takes; ValueError where it cannot be.
    """

    name: str
    wanted: str
    check: Callable[[Any, Path | None], Any]
    parse: Callable[[str], object]


def in_words(value: object) -> str:
    """A default as a table of settings has it."""
    if value is None or value == ():
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


def repeated(value: object) -> str:
    """A wrong value as an error repeats it: in quotes, without passwords, on one line and not at any length."""
    text = masked(" ".join(str(value).split()))
    return repr(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")


def _choice(name: str, *words: str) -> Kind:
    def check(value: object, _: Path | None) -> str:
        if value not in words:
            raise ValueError
        return str(value)

    return Kind(name, f"one of {', '.join(words)}", check, str)


def _text(value: object, _: Path | None = None) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise ValueError
    return value


def _path(value: object, base: Path | None) -> Path:
    if isinstance(value, Path):
        return value
    if not isinstance(value, str) or not value or "\0" in value:
        raise ValueError
    if base is None:
        return Path(value)
    try:
        return base / Path(value).expanduser()  # a shell does that for the others
    except RuntimeError as error:  # the home of a user who has none
        raise ValueError from error


def _record(value: object, base: Path | None) -> str:
    if isinstance(value, str) and _URL.match(value):
        file = _SQLITE_FILE.fullmatch(_text(value))
        if base is not None and file:
            return f"{file[1]}{base / file[2]}{file[3]}"
        return value
    return str(_path(value, base))


def _files(value: object, base: Path | None) -> tuple[Path, ...]:
    return tuple(_path(item, base) for item in _listed(value))


def _networks(value: object, _: Path | None) -> tuple[str, ...]:
    return tuple(_network(item) for item in _listed(value))


def _network(item: object) -> str:
    text = _text(item).strip()
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        if not _HOST.fullmatch(text):
            raise
    return text


def _listed(value: object) -> list[object]:
    if not isinstance(value, list | tuple):
        raise ValueError
    return list(value)


def _count(value: object, _: Path | None) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _MOST:
        raise ValueError
    return value


def _port(value: object, _: Path | None) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _PORTS:
        raise ValueError
    return value


def _names(value: object, _: Path | None) -> tuple[str, ...]:
    names = tuple(_text(item).strip() for item in _listed(value))
    if any(re.fullmatch(r"[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]", name) is None for name in names):
        raise ValueError
    return names


def _seconds(value: object, _: Path | None) -> float:
    # A comparison with NaN is false, so that it goes out here too.
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= _DAY:
        raise ValueError
    return float(value)


def _bool(value: object, _: Path | None) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _parse_bool(text: str) -> bool:
    try:
        return _WORDS[text.strip().lower()]
    except KeyError as error:
        raise ValueError from error


def _split(mark: str) -> Callable[[str], list[str]]:
    return lambda text: [item for item in text.split(mark) if item.strip()]


RECORD = Kind("file or URL", 'a file or the URL of a database, as "postgresql://user@host/name"', _record, str)
FILE = Kind("file", "the name of a file", _path, str)
FILES = Kind("list of files", 'a list of files, as ["mine.jsonl", "more.yaml"]', _files, _split(os.pathsep))
NETWORKS = Kind(
    "list of hosts and networks",
    'a list of hosts and networks, as ["feeds.example", "10.0.0.0/8"]',
    _networks,
    _split(","),
)
NAMES = Kind("list of hosts", 'a list of names of hosts, as ["news.example"]', _names, _split(","))
SECRET = Kind("secret", "a text of one line", _text, str)
PORT = Kind("port", f"a number of a port, from 0 to {_PORTS}", _port, int)
TEXT = Kind("text", "a text of one line", _text, str)
BOOL = Kind("true or false", "true or false", _bool, _parse_bool)
COUNT = Kind("whole number", f"a whole number from 1 to {_MOST}", _count, int)
SECONDS = Kind("seconds", f"a number of seconds from 0 to {_DAY}", _seconds, float)
LOG_FORMAT = _choice("text or json", "text", "json")
LOG_LEVEL = _choice("debug, info, warning or error", "debug", "info", "warning", "error")
