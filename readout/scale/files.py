"""Files in a folder of this machine or at an address that fsspec knows: a name is taken once, whole, and never again."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from readout.errors import UsageError

_UNFINISHED = ".tmp"


class Files(Protocol):
    """What can be done with the files of a folder; names are relative to it, with strokes."""

    def names(self, folder: str) -> list[str]:
        """The names in one of its folders, sorted; none where it is not there."""

    def open(self, name: str) -> BinaryIO:
        """A file to read."""

    def has(self, name: str) -> bool:
        """Whether a file is there, and then it is whole."""

    def begin(self, name: str) -> Path:
        """A file of this machine to write what is to be called so."""

    def take(self, written: Path, name: str) -> bool:
        """Gives what was written its name, and lets go of it; False where the name was taken already, and that is left as it is."""

    def remove(self, name: str) -> None:
        """Removes a file, where it is there."""

    def sweep(self, folder: str) -> int:
        """Removes what was begun and never finished in one of its folders; how many that were."""


def files_at(where: str) -> Files:
    """The files of a folder: a path, or an address such as s3://bucket/parts.

    Raises:
        UsageError: there is no such kind of address, or what it needs is not installed.
    """
    return _Remote(where) if "://" in where else _Local(Path(where))


def file_system(address: str) -> tuple[Any, str]:
    """What reaches an address, and the path there.

    Raises:
        UsageError: there is no such kind of address, or what it needs is not installed.
    """
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise UsageError("addresses need fsspec: pip install 'readout-news[ray]'") from error
    try:
        found, path = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise UsageError(f"{address} cannot be reached: {' '.join(str(error).split())}") from error
    return found, path


class _Local:
    def __init__(self, root: Path) -> None:
        self._root = root

    def names(self, folder: str) -> list[str]:
        try:
            return sorted(entry.name for entry in (self._root / folder).iterdir())
        except FileNotFoundError:
            return []

    def open(self, name: str) -> BinaryIO:
        return (self._root / name).open("rb")

    def has(self, name: str) -> bool:
        return (self._root / name).is_file()

    def begin(self, name: str) -> Path:
        path = self._root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, begun = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=_UNFINISHED)
        os.close(handle)
        Path(begun).chmod(0o644)
        return Path(begun)

    def take(self, written: Path, name: str) -> bool:
        path = self._root / name
        try:
            with written.open("rb") as stream:
                os.fsync(stream.fileno())
            return _named(written, path)
        finally:
            written.unlink(missing_ok=True)

    def remove(self, name: str) -> None:
        (self._root / name).unlink(missing_ok=True)

    def sweep(self, folder: str) -> int:
        found = [name for name in self.names(folder) if name.endswith(_UNFINISHED)]
        for name in found:
            (self._root / folder / name).unlink(missing_ok=True)
        return len(found)


def _named(written: Path, path: Path) -> bool:
    try:
        os.link(written, path)  # unlike renaming, it takes no name that somebody has
    except FileExistsError:
        return False
    except (OSError, NotImplementedError):  # a file system without second names
        if path.exists():
            return False
        written.replace(path)
    return True


class _Remote:
    def __init__(self, where: str) -> None:
        self._system, self._root = file_system(where.rstrip("/"))

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    def names(self, folder: str) -> list[str]:
        self._system.invalidate_cache()
        try:
            listed = self._system.ls(self._path(folder).rstrip("/"), detail=False)
        except FileNotFoundError:
            return []
        return sorted(path.rstrip("/").rpartition("/")[2] for path in listed)

    def open(self, name: str) -> BinaryIO:
        return cast(BinaryIO, self._system.open(self._path(name), "rb"))

    def has(self, name: str) -> bool:
        self._system.invalidate_cache()
        return bool(self._system.exists(self._path(name)))

    def begin(self, name: str) -> Path:
        handle, begun = tempfile.mkstemp(suffix=_UNFINISHED)
        os.close(handle)
        return Path(begun)

    def take(self, written: Path, name: str) -> bool:
        path = self._path(name)
        beside = f"{path.rpartition('/')[0]}/.{path.rpartition('/')[2]}.{written.stem}{_UNFINISHED}"
        try:
            self._system.makedirs(path.rpartition("/")[0], exist_ok=True)
            self._system.put_file(str(written), beside)
            if self.has(name):
                return False
            self._system.mv(beside, path)
            return True
        finally:
            written.unlink(missing_ok=True)
            with suppress(FileNotFoundError):
                self._system.rm_file(beside)

    def remove(self, name: str) -> None:
        with suppress(FileNotFoundError):
            self._system.rm_file(self._path(name))

    def sweep(self, folder: str) -> int:
        found = [name for name in self.names(folder) if name.endswith(_UNFINISHED)]
        for name in found:
            self._system.rm_file(self._path(f"{folder}/{name}".lstrip("/")))
        return len(found)
