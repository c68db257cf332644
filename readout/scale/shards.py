"""What is read together: a file is a shard, and small files that follow each other are one, so that parts are neither large nor many."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from readout.errors import SourceError
from readout.scale.files import file_system
from readout.sources.problem import SourceProblem

_SMALL = 65_536  # bytes; a file of an article or two
_MOST = 4  # times as many small files as are wanted together
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Input:
    """A file: its name as messages and rows have it, where it is found from every process, and its bytes."""

    name: str
    where: str
    size: int


@dataclass(frozen=True, slots=True)
class Shard:
    """Files that make one part; `order` is its place among those of a run."""

    order: int
    inputs: tuple[Input, ...]

    @property
    def name(self) -> str:
        """What it is called in messages."""
        more = f" and {len(self.inputs) - 1} more" if len(self.inputs) > 1 else ""
        return f"{self.inputs[0].name}{more}"


def inputs_in(given: Iterable[str]) -> Iterator[Input | SourceProblem]:
    """The files of files, folders and addresses in the order in which `Record.add` reads them; hidden ones are left out.

    Raises:
        UsageError: there is no such kind of address, or what it needs is not installed.
    """
    for name in given:
        yield from _at_address(name) if "://" in name else _at_path(Path(name), name)


def _at_path(path: Path, name: str) -> Iterator[Input | SourceProblem]:
    try:
        if not path.is_dir():
            yield Input(name, str(path.resolve()), path.stat().st_size)
            return
        entries = [item for item in sorted(path.iterdir()) if not item.name.startswith(".")]
        entries = [item for item in entries if not (item.is_symlink() and item.is_dir())]
    except OSError as error:
        yield SourceProblem(name, "open", _reason(error))
        return
    for entry in entries:
        yield from _at_path(entry, str(Path(name) / entry.name))
    if not entries:
        yield SourceProblem(name, "open", "there is no file in this folder")


def _at_address(address: str) -> Iterator[Input | SourceProblem]:
    system, path = file_system(address)
    try:
        found = [system.info(path)]
        if found[0]["type"] == "directory":
            found = list(system.find(path, detail=True).values())
    except Exception as error:  # every kind of address has errors of its own
        yield SourceProblem(address, "open", _reason(error))
        return
    root = path.rstrip("/")
    below = [(one["name"][len(root) :], one) for one in found]
    seen = [(rest, one) for rest, one in below if not any(part.startswith(".") for part in rest.split("/"))]
    for rest, one in sorted(seen, key=lambda item: item[0].split("/")):
        name = address.rstrip("/") + rest
        yield Input(name, name, int(one.get("size") or 0))
    if not seen:
        yield SourceProblem(address, "open", "there is no file in this folder")


def shards_of(inputs: Sequence[Input], together: int) -> list[Shard]:
    """Files in shards, in order.

    Small files that follow each other go together, some `together` of them. Where one ends and the next begins is settled by the files'
    names: a file that comes or goes changes its own shard, and those far from it stay as they are.
    """
    groups: list[list[Input]] = []
    open_group = False
    for item in inputs:
        if item.size > _SMALL or together <= 1:
            groups.append([item])
            open_group = False
            continue
        if open_group and len(groups[-1]) < _MOST * together:
            groups[-1].append(item)
        else:
            groups.append([item])
        open_group = zlib.crc32(item.name.encode("utf-8", "surrogateescape")) % together != 0
    return [Shard(order, tuple(group)) for order, group in enumerate(groups)]


@contextmanager
def fetched(item: Input) -> Iterator[tuple[Path, str]]:
    """A file on this machine, and the digest of its bytes (SHA-256); one at an address is copied here first.

    Raises:
        SourceError: it cannot be opened or read.
    """
    with tempfile.NamedTemporaryFile(prefix="readout-") as copy:
        try:
            if "://" in item.where:
                system, path = file_system(item.where)
                with system.open(path, "rb") as stream:
                    shutil.copyfileobj(stream, copy, _CHUNK)
                copy.flush()
                here = Path(copy.name)
            else:
                here = Path(item.where)
            with here.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except Exception as error:  # every kind of address has errors of its own
            raise SourceError(_reason(error)) from error
        yield here, digest


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "permission to read it is denied"
    said = error.strerror if isinstance(error, OSError) and error.strerror else " ".join(str(error).split())
    return f"cannot be opened: {said or type(error).__name__}"
