"""The lines of a file, compressed or not, with their numbers; what cannot be read of it becomes a problem."""

from __future__ import annotations

import bz2
import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from readout.errors import UsageError

_LONGEST = 64 << 20  # bytes; the largest entity documents of a Wikidata dump have a few million


@dataclass(frozen=True, slots=True)
class LineProblem:
    """A line that could not be used, and why; line 0 is the file itself."""

    name: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its end."""

    name: str
    number: int
    text: str

    def problem(self, reason: str) -> LineProblem:
        """The problem that this line has."""
        return LineProblem(self.name, self.number, reason)


def numbered_lines(path: Path) -> Iterator[Line | LineProblem]:
    """The lines of a text file, of a .gz, a .bz2, or of the tables in a .zip, told by their first bytes; empty ones are
    left out.

    Raises:
        UsageError: the file cannot be opened.
    """
    try:
        with path.open("rb") as raw, _unpacked(raw, path) as streams:
            for name, stream in streams:
                yield from _lines(name, stream)
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        yield LineProblem(str(path), 0, f"compressed, and broken before its end ({error})")
    except OSError as error:
        if error.filename is None:  # bz2 says so where its data are broken
            yield LineProblem(str(path), 0, f"compressed, and broken before its end ({error})")
        else:
            raise UsageError(f"{path}: cannot be opened: {error.strerror}") from error


@contextmanager
def _unpacked(raw: BinaryIO, path: Path) -> Iterator[Iterator[tuple[str, BinaryIO]]]:
    head = raw.read(4)
    raw.seek(0)
    if head[:2] == b"\x1f\x8b":
        with gzip.GzipFile(fileobj=raw) as stream:
            yield iter([(str(path), cast(BinaryIO, stream))])
    elif head[:3] == b"BZh":
        with bz2.BZ2File(raw) as packed:
            yield iter([(str(path), cast(BinaryIO, packed))])
    elif head == b"PK\x03\x04":
        with zipfile.ZipFile(raw) as archive:
            yield _members(archive, path)
    else:
        yield iter([(str(path), raw)])


def _members(archive: zipfile.ZipFile, path: Path) -> Iterator[tuple[str, BinaryIO]]:
    for info in archive.infolist():
        if not info.is_dir() and not info.filename.lower().endswith("readme.txt"):
            with archive.open(info) as stream:
                yield f"{path}/{info.filename}", cast(BinaryIO, stream)


def _lines(name: str, stream: BinaryIO) -> Iterator[Line | LineProblem]:
    number = 0
    while raw := stream.readline(_LONGEST):
        number += 1
        if len(raw) == _LONGEST:
            while not raw.endswith(b"\n") and (raw := stream.readline(_LONGEST)):
                pass
            yield LineProblem(name, number, "longer than a line can be")
            continue
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            yield LineProblem(name, number, "not UTF-8")
            continue
        if text.strip():
            yield Line(name, number, text)
