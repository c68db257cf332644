"""Where the records of a WARC begin and end, in files that are not what they should be.

A reader that trusts lengths loses all that follows the first wrong one. Here a broken record costs itself: the next one is looked for by
its first line, in compressed files by the next compressed member that begins with one.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

_CHUNK = 65_536
_LONGEST_HEADER = 65_536
#: Larger records hold films and disk images; text is never so large.
LARGEST_RECORD = 32_000_000
_START = re.compile(rb"WARC/\d\.\d{1,2}\r?\n")
_NEXT = re.compile(rb"WARC/\d\.\d{1,2}\r?\n[\w-]{1,40}:")
_OVERLAP = 64
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_MOST_TRIED = 50
_MAGIC = b"\x1f\x8b\x08"
#: Of a compressed member that turns out broken, so much is searched again for the next one.
_KEPT = 16_000_000


@dataclass(frozen=True, slots=True)
class Frame:
    """A whole record, header and block; or, where it is larger than is read, the beginning of one."""

    at: int
    data: bytes
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Damage:
    """What is wrong, and at which byte of the file."""

    at: int
    message: str


class _Break(Exception):
    """What comes next does not follow what came before."""

    def __init__(self, damage: Damage) -> None:
        super().__init__(damage.message)
        self.damage = damage


class _Source(Protocol):
    def more(self) -> bytes: ...
    def place(self, at: int) -> int: ...


class _Plain:
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def more(self) -> bytes:
        return self._stream.read(_CHUNK)

    def place(self, at: int) -> int:
        return at


class _Packed:
    """A row of gzip members, each of one record as the standard has it, or one member of all of them."""

    def __init__(self, stream: BinaryIO, take: Callable[[int], None]) -> None:
        self._stream = stream
        self._take = take
        self._unpacker = zlib.decompressobj(31)
        self._begins = 0
        self._kept = bytearray()
        self._pending = b""
        self._produced = 0
        self._starts = [(0, 0)]

    def place(self, at: int) -> int:
        """The byte of the file at which the member begins that holds the unpacked byte `at`."""
        return max((packed for unpacked, packed in self._starts if unpacked <= at), default=0)

    def more(self) -> bytes:
        """What comes next, at most a chunk; nothing at the end.

        Raises:
            _Break: packed data is broken; the next call goes on behind it.
        """
        while True:
            if self._unpacker.eof:
                if not self._next_member():
                    return b""
                continue
            if not self._pending:
                self._pending = self._stream.read(_CHUNK)
                self._kept += self._pending
                if len(self._kept) > 2 * _KEPT:
                    self._begins += len(self._kept) - _KEPT
                    del self._kept[:-_KEPT]
            try:
                data = self._unpacker.decompress(self._pending, _CHUNK)
            except zlib.error:
                self._resync("compressed data that is broken")
            ended = not self._pending
            self._pending = self._unpacker.unconsumed_tail
            self._produced += len(data)
            self._take(len(data))
            if data:
                return data
            if ended and not self._unpacker.eof:
                if not self._kept:
                    return b""
                self._resync("the file ends within compressed data")

    def _next_member(self) -> bool:
        rest = self._unpacker.unused_data
        end = self._begins + len(self._kept) - len(rest)
        while len(rest.lstrip(b"\0")) < len(_MAGIC) and (data := self._stream.read(_CHUNK)):
            rest += data
        stripped = rest.lstrip(b"\0")
        self._start(end + len(rest) - len(stripped), stripped)
        if not stripped:
            return False
        if not stripped.startswith(_MAGIC):
            self._resync("something that is not compressed data")
        return True

    def _start(self, begins: int, packed: bytes) -> None:
        self._unpacker = zlib.decompressobj(31)
        self._begins, self._kept, self._pending = begins, bytearray(packed), packed
        self._starts = [*self._starts[-200:], (self._produced, begins)]

    def _resync(self, message: str) -> None:
        """Goes to the next member that begins a record, or to the end, and says where the break was."""
        broken = Damage(self._begins, message)
        data, base, at = bytes(self._kept), self._begins, 1
        while True:
            at = data.find(_MAGIC, at)
            if at < 0 or len(data) - at < 4_096:
                more = self._stream.read(_CHUNK)
                if more:
                    keep = max(len(data) - 2, 0) if at < 0 else at
                    data, base, at = data[keep:] + more, base + keep, 0
                    continue
            if at < 0:
                self._start(base + len(data), b"")
                break
            if _begins_record(data[at:]):
                self._start(base + at, data[at:])
                break
            at += 1
        raise _Break(broken)


def _begins_record(packed: bytes) -> bool:
    try:
        return _START.match(zlib.decompressobj(31).decompress(packed[:8_192], 64)) is not None
    except zlib.error:
        return False


def holds_packed_record(head: bytes) -> bool:
    """Whether one of the first gzip members of a file begins a record; the very first may be broken."""
    at = 0
    for _ in range(_MOST_TRIED):
        if at < 0 or _begins_record(head[at : at + 8_192]):
            return at >= 0
        at = head.find(_MAGIC, at + 1)
    return False


def frames(stream: BinaryIO, *, packed: bool, take: Callable[[int], None]) -> Iterator[Frame | Damage]:
    """The records of a WARC in order, and what is wrong between them; memory does not grow with the file.

    `take` is told how many bytes were unpacked, and may raise to stop.
    """
    yield from _Framer(_Packed(stream, take) if packed else _Plain(stream)).run()


class _Framer:
    def __init__(self, source: _Source) -> None:
        self._source = source
        self._held = bytearray()
        self._at = 0
        self._ended = False
        self._broken: Damage | None = None

    def run(self) -> Iterator[Frame | Damage]:
        while True:
            self._skip_space()
            if self._held:
                yield from self._record()
            elif self._broken is not None:
                yield self._broken
                self._go_on()
            else:
                return

    def _record(self) -> Iterator[Frame | Damage]:
        at = self._source.place(self._at)
        self._fill(_OVERLAP)
        if not _START.match(self._held):
            self._find_next(0)
            yield self._damage(at, "something that is no record")
            return
        header = self._header_end()
        found = _LENGTH.search(self._held, 0, header) if header else None
        if not header or found is None or _NEXT.search(self._held, 1, header):
            self._find_next(1)
            yield self._damage(at, "a record whose header has no end or no length")
            return
        end = header + int(found[1])
        if end <= LARGEST_RECORD:
            self._fill(end + _OVERLAP)
            yield self._checked(at, header, end)
            return
        self._fill(_CHUNK)
        beginning, ends = bytes(self._held[:_CHUNK]), self._at + end
        self._find_next(header)
        if self._at < ends:
            yield self._damage(at, "a record whose length is wrong, or the file ends within it")
        else:
            yield Frame(at, beginning, whole=False)

    def _checked(self, at: int, header: int, end: int) -> Frame | Damage:
        if len(self._held) >= end:
            follows = bytes(self._held[end : end + _OVERLAP])
            if self._ends(follows, header, end):
                frame = Frame(at, bytes(self._held[:end]))
                self._drop(end)
                return frame
        self._find_next(header)
        wrong = "a record whose length is wrong, or that the file ends within"
        return self._damage(at, wrong)

    def _ends(self, follows: bytes, header: int, end: int) -> bool:
        """Whether a record ends before some bytes: the file does, or another one begins, or an empty line ends it.

        What comes behind the empty line may be broken in itself. But where another record begins within this one, the length is wrong
        and the empty line that of the other's header.
        """
        behind = follows.lstrip(b"\r\n")
        if not behind or _START.match(behind):
            return True
        return follows.startswith(b"\r\n\r\n") and _NEXT.search(self._held, header, end) is None

    def _damage(self, at: int, message: str) -> Damage:
        """The damage, or the break in the compressed data that it comes from."""
        if self._held or self._broken is None:
            return Damage(at, message)
        broken = self._broken
        self._go_on()
        return broken

    def _fill(self, count: int) -> None:
        while len(self._held) < count and not self._ended:
            try:
                data = self._source.more()
            except _Break as found:
                self._broken, self._ended = found.damage, True
            else:
                self._held += data
                self._ended = not data

    def _go_on(self) -> None:
        """Reads on behind a break that was told of."""
        self._broken, self._ended = None, False

    def _drop(self, count: int) -> None:
        del self._held[:count]
        self._at += count

    def _skip_space(self) -> None:
        while True:
            self._fill(1)
            spaces = len(self._held) - len(self._held.lstrip(b"\r\n"))
            self._drop(spaces)
            if self._held or self._ended:
                return

    def _header_end(self) -> int:
        """Where the block begins, or 0 where the header has no end."""
        for size in (4_096, _LONGEST_HEADER):
            self._fill(size)
            if found := _HEADER_END.search(self._held, 0, size):
                return found.end()
        return 0

    def _find_next(self, start: int) -> None:
        """Drops everything before the next record, or before the next break or the end where there is none."""
        while (found := _NEXT.search(self._held, start)) is None:
            if self._ended:
                self._drop(len(self._held))
                return
            dropped = max(0, len(self._held) - _OVERLAP)
            self._drop(dropped)
            start = max(0, start - dropped)
            self._fill(len(self._held) + _CHUNK)
        self._drop(found.start())
