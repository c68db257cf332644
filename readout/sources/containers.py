"""What files that hold files have in common: how deep they may lie, and how much may come out of them."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from readout.errors import TooLarge
from readout.sources.article import Article
from readout.sources.problem import SourceProblem

#: Reads a member by its content, as any input is.
Inner = Callable[[BinaryIO, str], Iterator[Article | SourceProblem]]

#: A compressed tar in a zip in a zip is four deep.
DEEPEST = 4
MOST_MEMBERS = 1_000_000
#: Text packs to a tenth, a list of like lines to a hundredth; a bomb to a thousandth and less.
MOST_RATIO = 250
#: Below this much output no ratio is looked at: a short file of spaces packs well.
SPARE_BYTES = 32_000_000
#: From one input, all its members together.
MOST_BYTES = 100_000_000_000
#: What of a member's beginning can be read twice: told by content first, then read.
_REREAD = 262_144
_CHUNK = 65_536


@dataclass(slots=True)
class Allowance:
    """What may still come out of one input, in bytes unpacked and in members; every layer takes from the same one."""

    left: int
    members: int = MOST_MEMBERS

    @classmethod
    def of(cls, size: int) -> Allowance:
        """The allowance of an input of `size` bytes."""
        return cls(left=min(MOST_BYTES, SPARE_BYTES + MOST_RATIO * size))

    def take(self, produced: int) -> None:
        """Takes bytes that were unpacked.

        Raises:
            TooLarge: there is no more allowed.
        """
        self.left -= produced
        if self.left < 0:
            raise TooLarge("unpacks to far more than its size (a decompression bomb?); the rest was not read")

    def member(self) -> None:
        """Takes one member.

        Raises:
            TooLarge: there are more than an archive may have, or all bytes are taken.
        """
        self.take(0)
        self.members -= 1
        if self.members < 0:
            raise TooLarge(f"holds more than {MOST_MEMBERS:,} files; the rest was not read")


class Metered(io.RawIOBase):
    """A stream read once from front to back, whose beginning can be sought back to, and that stops at its caps.

    `read` gives up to so many of the next bytes; `packed` says how many bytes they were unpacked from so far.
    """

    def __init__(self, read: Callable[[int], bytes], packed: Callable[[], int], allowance: Allowance) -> None:
        super().__init__()
        self._read = read
        self._packed = packed
        self._allowance = allowance
        self._kept = bytearray()
        self._at = 0
        self._produced = 0

    def readable(self) -> bool:
        """True."""
        return True

    def seekable(self) -> bool:
        """True, though only for the beginning."""
        return True

    def tell(self) -> int:
        """Bytes from the beginning."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Goes to a byte of the beginning.

        Raises:
            io.UnsupportedOperation: it was not kept.
        """
        target = offset + self._at if whence == io.SEEK_CUR else offset
        if target == self._at:
            return target
        if whence == io.SEEK_END or self._produced > len(self._kept) or not 0 <= target <= len(self._kept):
            raise io.UnsupportedOperation("only the beginning can be sought back to")
        self._at = target
        return target

    def readinto(self, target: memoryview) -> int:  # type: ignore[override]
        """Reads what comes next; see `io.RawIOBase`."""
        if self._at < self._produced:
            data = bytes(self._kept[self._at : self._at + len(target)])
        else:
            data = self._read(min(len(target), _CHUNK))
            self._produced += len(data)
            self._allowance.take(len(data))
            if self._produced > SPARE_BYTES + MOST_RATIO * self._packed():
                raise TooLarge("unpacks to far more than its size (a decompression bomb?); the rest was not read")
            if self._produced <= _REREAD:
                self._kept += data
        target[: len(data)] = data
        self._at += len(data)
        return len(data)

    def buffered(self) -> BinaryIO:
        """The stream behind a buffer, as readers want it."""
        return io.BufferedReader(self, _CHUNK)


def shown(name: str) -> str:
    """A member's name as messages show it: on one line, without control characters and direction marks, not too long."""
    kept = "".join(
        "\ufffd" if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp") else letter for letter in name
    )
    return kept if len(kept) <= 300 else kept[:297] + "..."


def is_hidden(name: str) -> bool:
    """Whether a member is hidden as in a folder: a part of its path begins with a dot, or a system put it there."""
    parts = name.replace("\\", "/").split("/")
    return any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in parts)
