"""Settings: what the commands use where nothing else is said, each value with where it came from.

A value is that of the first of these that names it: a flag of the command line, the environment (`READOUT_` and the name in
capitals), `readout.toml` in the working directory, `readout/config.toml` in `$XDG_CONFIG_HOME` (`~/.config` where that is not set),
the default. A list is taken whole, never joined with another. Every place is checked, also where a nearer one wins: a
broken file is an error, never passed over. The functions of the library take arguments and read no settings.
"""

from __future__ import annotations

import dataclasses
import difflib
import getpass
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_type_hints

from readout.errors import UsageError
from readout.settings.kinds import (
    BOOL,
    COUNT,
    FILE,
    FILES,
    LOG_FORMAT,
    LOG_LEVEL,
    NAMES,
    NETWORKS,
    PORT,
    RECORD,
    SECONDS,
    SECRET,
    TEXT,
    Kind,
    in_words,
    repeated,
)
from readout.settings.secrets import masked

LogFormat = Literal["text", "json"]
LogLevel = Literal["debug", "info", "warning", "error"]
OriginKind = Literal["default", "file", "environment", "flag"]

PREFIX = "READOUT_"
#: Variables of the prefix that are no settings: what the tests are told of the machine that they run on.
RESERVED = "READOUT_TEST_"


@dataclasses.dataclass(frozen=True, slots=True)
class Origin:
    """Where a value came from.

    Attributes:
        kind: a flag, the environment, a file, or the default.
        name: the flag, the variable or the path of the file; None for a default.
        line: the line in the file, from 1, where it could be told.
    """

    kind: OriginKind
    name: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        return (self.name or self.kind) + (f" line {self.line}" if self.line else "")


@dataclasses.dataclass(frozen=True, slots=True)
class Setting:
    """What is known of a setting besides its value.

    Attributes:
        name: its key in a file.
        kind: what its values are, and how they are read.
        about: what it is, in one line.
        default: the default, in words.
    """

    name: str
    kind: Kind
    about: str
    default: str

    @property
    def env(self) -> str:
        """The environment variable."""
        return PREFIX + self.name.upper()

    @property
    def flag(self) -> str:
        """The flag, of the commands that have one."""
        return "--" + self.name.replace("_", "-")


def login_name() -> str:
    """The name of whoever is logged in; a number, or `unknown`, on a machine that knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return f"uid {os.getuid()}" if hasattr(os, "getuid") else "unknown"


class _Is(NamedTuple):
    """What a field of `Settings` is, beside its type and default."""

    kind: Kind
    about: str
    default: str | None = None  # in words, where the value does not say it


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a run; `load` makes them. Paths that stood relative in a file are relative to that file."""

    # Not in the repr: a URL may hold a password, which a traceback would print.
    record: Annotated[str, _Is(RECORD, "the record: a file, or the URL of a database")] = dataclasses.field(
        default="readout.db", repr=False
    )
    actors: Annotated[tuple[Path, ...], _Is(FILES, "files of actors of your own beside the built-in ones")] = ()
    gazetteer: Annotated[Path | None, _Is(FILE, "a gazetteer beside the built-in one")] = None
    workers: Annotated[int, _Is(COUNT, "how many processes read")] = 1
    keep_text: Annotated[bool, _Is(BOOL, "read texts to the letter, without cleaning")] = False
    log_format: Annotated[LogFormat, _Is(LOG_FORMAT, "how the log is written")] = "text"
    log_level: Annotated[LogLevel, _Is(LOG_LEVEL, "the least grave that is logged")] = "info"
    allow_private: Annotated[bool, _Is(BOOL, "fetch from hosts in private networks too")] = False
    allow: Annotated[tuple[str, ...], _Is(NETWORKS, "private hosts and networks that may be fetched from")] = ()
    user: Annotated[str, _Is(TEXT, "who corrects, in the history of corrections", "the login name")] = (
        dataclasses.field(default_factory=login_name)
    )
    batch: Annotated[int, _Is(COUNT, "how many articles one transaction of the record holds")] = 32
    link: Annotated[bool, _Is(BOOL, "look after each batch what shows across reports, and store it")] = True
    busy_timeout: Annotated[float, _Is(SECONDS, "how long to wait for a record that another process writes")] = 30.0
    host: Annotated[str, _Is(TEXT, "the address that `readout serve` listens on")] = "127.0.0.1"
    port: Annotated[int, _Is(PORT, "the port that `readout serve` listens on")] = 8017
    users: Annotated[Path | None, _Is(FILE, "users of the pages with their roles and hashed passwords")] = None
    token: Annotated[str | None, _Is(SECRET, "what opens the pages to whoever has it")] = dataclasses.field(
        default=None, repr=False
    )
    names: Annotated[tuple[str, ...], _Is(NAMES, "further names of hosts under which the pages are asked for")] = ()
    origins: Mapping[str, Origin] = dataclasses.field(default_factory=dict, repr=False, compare=False)

    def origin(self, name: str) -> Origin:
        """Where the value of a setting came from."""
        return self.origins.get(name, Origin("default"))

    def shown(self, name: str) -> object:
        """The value of a setting as JSON holds it, without a password; for people and logs."""
        value = getattr(self, name)
        if value is not None and _BY_NAME[name].kind is SECRET:
            return "***"
        if isinstance(value, tuple):
            return [masked(str(item)) for item in value]
        return masked(str(value)) if isinstance(value, str | Path) else value


def _described() -> Iterator[Setting]:
    hints = get_type_hints(Settings, include_extras=True)
    for field in dataclasses.fields(Settings):
        for known in getattr(hints[field.name], "__metadata__", ()):
            yield Setting(field.name, known.kind, known.about, known.default or in_words(field.default))


#: Every setting, in the order in which it is shown.
SETTINGS: tuple[Setting, ...] = tuple(_described())
_BY_NAME = {setting.name: setting for setting in SETTINGS}


def config_paths(directory: Path | None = None, environ: Mapping[str, str] | None = None) -> tuple[Path, ...]:
    """The files that are looked for, the nearer first.

    Args:
        directory: the working directory; the current one by default.
        environ: the environment; that of the process by default.
    """
    given = os.environ if environ is None else environ
    nearer = (Path.cwd() if directory is None else directory) / "readout.toml"
    named = given.get("XDG_CONFIG_HOME", "")
    if os.path.isabs(named):  # noqa: PTH117 - the standard has other values ignored
        return nearer, Path(named) / "readout" / "config.toml"
    try:
        home = Path(given["HOME"]) if given.get("HOME") else Path.home()
    except RuntimeError:  # a user without a home directory
        return (nearer,)
    return nearer, home / ".config" / "readout" / "config.toml"


def load(
    flags: Mapping[str, object] | None = None,
    *,
    directory: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """The settings that hold here.

    Args:
        flags: values of the command line by the names of settings; one that is None was not given.
        directory, environ: as in `config_paths`.

    Raises:
        UsageError: a file cannot be read or is no TOML; a key or a variable is none that is known; a value is not of its kind.
            It names the file with its line, the key and what is wanted, and holds no password.
    """
    given = os.environ if environ is None else environ
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    for path in reversed(config_paths(directory, given)):
        _take(values, origins, _from_file(path))
    _take(values, origins, _from_environment(given))
    _take(values, origins, _from_flags(flags or {}))
    return Settings(**values, origins=origins)


_Found = dict[str, tuple[Any, Origin]]


def _take(values: dict[str, Any], origins: dict[str, Origin], found: _Found) -> None:
    for name, (value, origin) in found.items():
        values[name], origins[name] = value, origin


def _from_file(path: Path) -> _Found:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        table = tomllib.loads(text)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is not UTF-8, as TOML has to be (byte {error.start})") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: is not TOML: {masked(str(error))}") from error
    found: _Found = {}
    for name, value in table.items():
        origin = Origin("file", str(path), _line_of(name, text))
        setting = _known(name, origin, "key", list(_BY_NAME))
        found[name] = (_checked(setting, origin, value, path.parent), origin)
    return found


def _line_of(name: str, text: str) -> int | None:
    """Where a key stands, which tomllib does not say; None where it is written in a way that this does not see."""
    pattern = re.compile(rf"\s*(?:\[\s*)?[\"']?{re.escape(name)}[\"']?\s*[=.\]]")
    return next((n for n, line in enumerate(text.splitlines(), 1) if pattern.match(line)), None)


def _from_environment(environ: Mapping[str, str]) -> _Found:
    found: _Found = {}
    names = [setting.env for setting in SETTINGS]
    for variable, text in sorted(environ.items()):
        if not variable.startswith(PREFIX) or variable.startswith(RESERVED):
            continue
        origin = Origin("environment", variable)
        setting = _known(variable, origin, "variable", names)
        if text:  # an empty variable is one that is not set, as shells have it
            try:
                found[setting.name] = (setting.kind.check(setting.kind.parse(text), None), origin)
            except ValueError as error:
                raise _unwanted(setting, origin, text) from error
    return found


def _from_flags(flags: Mapping[str, object]) -> _Found:
    found: _Found = {}
    for name, value in flags.items():
        if value is not None:
            setting = _BY_NAME[name]
            origin = Origin("flag", setting.flag)
            found[name] = (_checked(setting, origin, value), origin)
    return found


def _known(name: str, origin: Origin, what: str, names: list[str]) -> Setting:
    """The setting of a key or a variable.

    Raises:
        UsageError: there is none; the message names the nearest one, or all.
    """
    if name in names:
        return _BY_NAME[name.removeprefix(PREFIX).lower()]
    near = difflib.get_close_matches(name, names, 1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(names)}"
    where = f"{origin}: " if origin.kind == "file" else ""
    raise UsageError(f"{where}{repeated(name)} is no {what} that is known; {hint}")


def _checked(setting: Setting, origin: Origin, value: object, base: Path | None = None) -> Any:
    try:
        return setting.kind.check(value, base)
    except ValueError as error:
        raise _unwanted(setting, origin, value) from error


def _unwanted(setting: Setting, origin: Origin, value: object) -> UsageError:
    where = f"{origin}: {setting.name}" if origin.kind == "file" else str(origin)
    shown = "what is said" if setting.kind is SECRET else repeated(value)
    return UsageError(f"{where}: {shown} is not {setting.kind.wanted}")
