"""Single compressed files: gzip, bzip2 and xz, unpacked as they are read and never further than their caps."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from readout.errors import SourceError
from readout.sources.article import Article
from readout.sources.containers import Allowance, Inner, Metered
from readout.sources.problem import SourceProblem, problem_of

_GZIP, _BZIP2, _XZ = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00"
_CHUNK = 65_536
_LONGEST_MAGIC = 6
#: An xz file names the memory that it wants; `xz -9` wants 65 MB.
_XZ_MEMORY = 128_000_000
BROKEN = "compressed, and broken before its end"


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    @property
    def needs_input(self) -> bool: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Gzip:
    """Zlib's unpacker in the manner of the two others."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max(max_length, 0))


def unpacker(head: bytes) -> Callable[[], _Unpacker] | None:
    """What unpacks a file that begins so, or None where it is not compressed."""
    if head.startswith(_GZIP):
        return _Gzip
    if head.startswith(_BZIP2):
        return bz2.BZ2Decompressor
    if head.startswith(_XZ):
        return lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY)
    return None


def is_compressed(head: bytes) -> bool:
    """Whether a file begins as gzip, bzip2 or xz."""
    return unpacker(head) is not None


def read_compressed(
    stream: BinaryIO, name: str, inner: Inner, allowance: Allowance
) -> Iterator[Article | SourceProblem]:
    """What the one file inside holds; what comes before a break is read."""
    head = stream.read(16)
    stream.seek(0)
    make = unpacker(head)
    assert make is not None
    unpacked = Unpacked(stream, make)
    try:
        yield from inner(Metered(unpacked.read, lambda: unpacked.consumed, allowance).buffered(), name)
    except SourceError as error:
        yield problem_of(name, "open", error)
    if unpacked.foreign_tail:
        yield SourceProblem(name, "open", "compressed, and something else follows its end; what came before was read")


class Unpacked:
    """The bytes of one or more compressed members in a row.

    `consumed` counts the packed bytes read so far; `foreign_tail` says that something else followed the last member.
    """

    def __init__(self, stream: BinaryIO, make: Callable[[], _Unpacker]) -> None:
        self.consumed = 0
        self.foreign_tail = False
        self._stream = stream
        self._unpacker = make()
        self._pending = b""

    def read(self, size: int) -> bytes:
        """Up to `size` bytes more, none at the end.

        Raises:
            SourceError: the packed bytes are broken.
        """
        while True:
            if self._unpacker.eof and (self.foreign_tail or not self._next_member()):
                return b""
            ended = False
            if self._unpacker.needs_input and not self._pending:
                self._pending = self._more()
                ended = not self._pending
            data = self._unpacked(max(size, 1))
            if data:
                return data
            if ended and not self._unpacker.eof:
                raise SourceError(BROKEN)

    def _unpacked(self, size: int) -> bytes:
        given = b""
        if self._unpacker.needs_input:
            given, self._pending = self._pending, b""
        try:
            return self._unpacker.decompress(given, size)
        except lzma.LZMAError as error:
            more = "emory" in str(error)
            raise SourceError("compressed so that it needs more memory than it is given" if more else BROKEN) from error
        except (zlib.error, OSError, EOFError) as error:
            raise SourceError(BROKEN) from error

    def _more(self) -> bytes:
        data = self._stream.read(_CHUNK)
        self.consumed += len(data)
        return data

    def _next_member(self) -> bool:
        rest = (self._unpacker.unused_data + self._pending).lstrip(b"\0")
        while len(rest) < _LONGEST_MAGIC and (more := self._more()):
            rest = (rest + more).lstrip(b"\0")
        make = unpacker(rest)
        if make is None:
            self.foreign_tail = bool(rest)
            return False
        self._unpacker, self._pending = make(), rest
        return True
