"""Archives: zip (WACZ included) and tar. Members are read as streams; nothing is ever written under a name from an archive."""

from __future__ import annotations

import io
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from readout.errors import SourceError, TooLarge
from readout.sources.article import Article
from readout.sources.containers import Allowance, Inner, Metered, is_hidden, shown
from readout.sources.problem import SourceProblem, problem_of

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_TAR_MAGIC, _TAR_AT = b"ustar", 257
#: An archive inside another is kept here whole: the list of a zip stands at its end.
_IN_MEMORY = 16_000_000
_LARGEST_NESTED = 4_000_000_000
#: Headers of a tar are read in one go; articles in pieces of 64 kB.
_LARGEST_HEADER = 1_000_000
#: The list of a zip is held in memory at some ten times its size: 300,000 members, 200 MB.
_LARGEST_LIST = 20_000_000
_OFFICE = ("[Content_Types].xml", "META-INF/container.xml", "META-INF/manifest.xml")
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
    KeyError,
    OverflowError,
)


def is_zip(head: bytes) -> bool:
    """Whether a file begins as a zip archive."""
    return head.startswith(_ZIP)


def is_tar(head: bytes) -> bool:
    """Whether a file begins as a tar archive."""
    return head[_TAR_AT : _TAR_AT + len(_TAR_MAGIC)] == _TAR_MAGIC


def read_zip(stream: BinaryIO, name: str, inner: Inner, allowance: Allowance) -> Iterator[Article | SourceProblem]:
    """The articles of a zip's members in the archive's order."""
    try:
        with _seekable(stream) as whole:
            yield from _read_zip(whole, name, inner, allowance)
    except SourceError as error:
        yield problem_of(name, "open", error)
    except _BROKEN_ZIP as error:
        yield SourceProblem(name, "open", f"a zip archive that is broken: {str(error)[:120] or type(error).__name__}")


def _read_zip(stream: BinaryIO, name: str, inner: Inner, allowance: Allowance) -> Iterator[Article | SourceProblem]:
    with zipfile.ZipFile(cast(BinaryIO, _Guarded(stream))) as archive:
        members = archive.infolist()
        names = {member.filename for member in members}
        if any(mark in names for mark in _OFFICE):
            yield SourceProblem(name, "open", "an office document or e-book, not an archive of articles")
            return
        if "datapackage.json" in names and any(entry.startswith("archive/") for entry in names):
            # A WACZ: what lies beside the WARCs is about them.
            members = [member for member in members if member.filename.startswith("archive/")]
        count = 0
        for member in members:
            # A member may have no name at all, which `ZipInfo.is_dir` fails on.
            if not member.filename.endswith("/") and not is_hidden(member.filename):
                count += 1
                allowance.member()
                yield from _zip_member(archive, member, f"{name}: {shown(member.filename)}", inner, allowance)
        if not count:
            yield SourceProblem(name, "open", "there is no file in this archive")


def _zip_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, inner: Inner, allowance: Allowance
) -> Iterator[Article | SourceProblem]:
    if member.flag_bits & 0x1:
        yield SourceProblem(name, "open", "encrypted; unpack it with its password first")
        return
    if (member.external_attr >> 28) == 0xA:
        yield SourceProblem(name, "open", "a symbolic link, which is not followed")
        return
    try:
        with archive.open(member) as opened:
            read = _reading(cast(BinaryIO, opened))
            yield from inner(Metered(read, lambda: member.compress_size, allowance).buffered(), name)
    except SourceError as error:
        yield problem_of(name, "open", error)
    except _BROKEN_ZIP as error:
        yield SourceProblem(name, "open", f"broken in its archive: {str(error)[:120] or type(error).__name__}")
    except RuntimeError as error:  # what zipfile raises for encryption that no flag bit told of
        yield SourceProblem(name, "open", f"cannot be unpacked: {str(error)[:120]}")


def _reading(opened: BinaryIO) -> Callable[[int], bytes]:
    def read(size: int) -> bytes:
        try:
            return opened.read(size)
        except _BROKEN_ZIP as error:
            raise SourceError(f"broken in its archive: {str(error)[:120] or type(error).__name__}") from error

    return read


def _seekable(stream: BinaryIO) -> BinaryIO:
    """The stream itself, or a copy of one that can only be read from front to back."""
    raw = getattr(stream, "raw", None)
    if not isinstance(raw, Metered):
        return cast(BinaryIO, _Borrowed(stream))
    copy = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by the caller
    written = 0
    while data := stream.read(65_536):
        written += len(data)
        if written > _LARGEST_NESTED:
            copy.close()
            raise TooLarge("an archive inside another, and too large to be")
        copy.write(data)
    copy.seek(0)
    return cast(BinaryIO, copy)


class _Borrowed:
    """A stream that stays open when its borrower is done."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def __enter__(self) -> BinaryIO:
        return self._stream

    def __exit__(self, *_: object) -> None:
        return None


class _Guarded:
    """A zip's stream; its list of members is read in one piece, and refused where that is huge."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable

    def read(self, size: int = -1) -> bytes:
        if size > _LARGEST_LIST:
            raise TooLarge(f"a zip archive whose list of members is larger than {_LARGEST_LIST // 1_000_000} MB")
        return self._stream.read(size if size >= 0 else _LARGEST_LIST)


def read_tar(stream: BinaryIO, name: str, inner: Inner, allowance: Allowance) -> Iterator[Article | SourceProblem]:
    """The articles of a tar's members in the archive's order; what comes before a break is read."""
    count = 0
    forward = _Forward(stream)
    try:
        with tarfile.open(fileobj=cast(BinaryIO, forward), mode="r:", errors="surrogateescape") as archive:
            while (member := archive.next()) is not None:
                archive.members = []  # type: ignore[attr-defined]  # else every member's header is kept, and memory grows with the archive
                if member.isdir() or is_hidden(member.name):
                    continue
                count += 1
                allowance.member()
                yield from _tar_member(archive, member, f"{name}: {shown(member.name)}", inner)
            if forward.last.strip(b"\0"):  # tarfile takes a header that is none for the end
                raise tarfile.ReadError(f"no header at byte {forward.tell() - len(forward.last)}")
    except SourceError as error:
        yield problem_of(name, "open", error)
    except (tarfile.TarError, EOFError, ValueError, OverflowError) as error:
        reason = str(error)[:120] or type(error).__name__
        yield SourceProblem(name, "open", f"a tar archive that is broken ({reason}); what came before was read")
    else:
        if not count:
            yield SourceProblem(name, "open", "there is no file in this archive")


def _tar_member(
    archive: tarfile.TarFile, member: tarfile.TarInfo, name: str, inner: Inner
) -> Iterator[Article | SourceProblem]:
    if member.issym() or member.islnk():
        yield SourceProblem(name, "open", "a link, which is not followed")
        return
    if not member.isreg() or member.sparse is not None:
        yield SourceProblem(name, "open", "a device, a pipe or a sparse file, which is not read")
        return
    opened = archive.extractfile(member)
    assert opened is not None
    with opened:
        source = cast(BinaryIO, opened)
        # Its bytes were counted where they were unpacked, if they were: here none come from fewer.
        metered = Metered(source.read, lambda: member.size, Allowance(left=member.size))
        yield from inner(metered.buffered(), name)


class _Forward:
    """A tar's stream, read from front to back; a header that wants to be read in one huge piece is refused."""

    def __init__(self, stream: BinaryIO) -> None:
        self.last = b""
        self._stream = stream
        self._at = 0

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence != io.SEEK_SET or offset < self._at:
            raise tarfile.ReadError("a header that points backwards")
        while self._at < offset and (data := self._stream.read(min(65_536, offset - self._at))):
            self._at += len(data)
        return self._at

    def read(self, size: int) -> bytes:
        if size > _LARGEST_HEADER:
            raise TooLarge("a tar archive with a header of more than a megabyte")
        self.last = self._stream.read(size)
        self._at += len(self.last)
        return self.last
