"""WARC, plain and gzip: the pages, texts and feeds of a crawl.

warcio reads headers and puts chunks together; where records begin is told in `warc_framing`. (fastwarc is faster, but stops at the first
wrong length, unpacks a body without a bound, and ends the whole process at a length that no memory holds.)
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import BinaryIO
from urllib.parse import urlsplit

from warcio.bufferedreaders import ChunkedDataReader
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser, StatusAndHeadersParserException

from readout.errors import SourceError
from readout.sources.article import Article
from readout.sources.containers import Allowance, Inner, shown
from readout.sources.http_body import as_utf8, media_type, unpack_body
from readout.sources.problem import SourceProblem, problem_of
from readout.sources.warc_framing import LARGEST_RECORD, Damage, Frame, frames, holds_packed_record

_GZIP = b"\x1f\x8b\x08"
_CHUNK = 65_536
_READ = ("response", "resource", "conversion")
#: Records about records.
_PASSED = ("warcinfo", "request", "metadata", "revisit")
_UNREAD_TEXT = ("text/css", "text/javascript", "text/calendar", "text/vcard")
_READ_TYPES = ("application/json", "application/xml", "application/feed+json", "application/octet-stream")


def is_warc(head: bytes) -> bool:
    """Whether a file begins as a WARC, plain or gzip."""
    if head.startswith(_GZIP):
        return holds_packed_record(head)
    return head.startswith(b"WARC/")


def is_arc(head: bytes) -> bool:
    """Whether a file begins as an ARC, the format before WARC, plain or gzip."""
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(31).decompress(head, 64)
        except zlib.error:
            return False
    return head.startswith(b"filedesc://")


def refuse_arc(stream: BinaryIO, name: str, inner: Inner, allowance: Allowance) -> Iterator[Article | SourceProblem]:
    """The problem that an ARC is."""
    yield SourceProblem(name, "open", "an ARC archive, the format before WARC: convert it first (`warcio recompress`)")


def read_warc(stream: BinaryIO, name: str, inner: Inner, allowance: Allowance) -> Iterator[Article | SourceProblem]:
    """The articles of a crawl's answers and resources, in order.

    Passed over: requests, metadata, revisits, answers other than 2xx, and what is neither text nor a feed (pictures, scripts). A broken
    record is a problem that gives its byte in the file, in a compressed file that of the compressed member.
    """
    packed = stream.read(len(_GZIP)) == _GZIP
    stream.seek(0)
    count = 0
    try:
        for found in frames(stream, packed=packed, take=allowance.take):
            if isinstance(found, Damage):
                count += 1
                yield SourceProblem(name, "parse", f"at byte {found.at}: {found.message}")
                continue
            for item in _read_record(found, name, inner):
                count += 1
                yield item
    except SourceError as error:
        yield problem_of(name, "open", error)
    else:
        if not count:
            yield SourceProblem(name, "parse", "there is no page, text or feed in this archive")


def _read_record(frame: Frame, name: str, inner: Inner) -> Iterator[Article | SourceProblem]:
    where = f"{name}: record at byte {frame.at}"
    stream = BytesIO(frame.data)
    try:
        header = _headers(stream, ["WARC/"])
    except SourceError as error:
        yield problem_of(where, "parse", error)
        return
    kind = _field(header, "WARC-Type").lower()
    if kind not in _READ:
        if kind not in _PASSED:
            yield SourceProblem(where, "parse", f"a record of an unknown type: {shown(kind)!r}")
        return
    address = _field(header, "WARC-Target-URI").strip("<>")
    where = f"{name}: {shown(address)}" if address else where
    try:
        payload = _payload(header, stream, frame.whole)
    except SourceError as error:
        yield SourceProblem(where, "parse", f"at byte {frame.at}: {error}")
        return
    if payload is None:
        return
    for found in inner(BytesIO(payload), where):
        if isinstance(found, Article) and found.url is None and found.name == where and _is_web(address):
            found = replace(found, url=address)  # noqa: PLW2901 - the same article
        yield found


def _headers(stream: BytesIO, begins: list[str]) -> StatusAndHeaders:
    try:
        return StatusAndHeadersParser(begins).parse(stream)
    except (StatusAndHeadersParserException, EOFError) as error:
        raise SourceError(f"a header that cannot be read: {shown(str(error))[:120]}") from error


def _field(header: StatusAndHeaders, name: str) -> str:
    return str(header.get_header(name) or "").strip()


def _payload(header: StatusAndHeaders, stream: BytesIO, whole: bool) -> bytes | None:
    """What a record holds where it is to be read, else None; `stream` stands at its block.

    Raises:
        SourceError: it is to be read and cannot be.
    """
    kind, codings, chunked = _field(header, "Content-Type"), "", False
    if kind.lower().startswith("application/http"):
        answer = _headers(stream, ["HTTP/"])
        if not answer.statusline.partition(" ")[2].lstrip().startswith("2"):
            return None
        kind, codings = _field(answer, "Content-Type"), _field(answer, "Content-Encoding")
        chunked = "chunked" in _field(answer, "Transfer-Encoding").lower()
    elif _field(header, "WARC-Type").lower() == "response":
        return None  # an answer of another protocol (DNS)
    media, charset = media_type(kind)
    if not _is_text(media):
        return None
    if not whole:
        raise SourceError(f"larger than a record can be ({LARGEST_RECORD // 1_000_000} MB)")
    # A body that is said to be in chunks and is not comes as it is: crawlers keep the header on what they have put together.
    body = _unchunked(stream) if chunked else stream.read()
    return as_utf8(unpack_body(body, codings, LARGEST_RECORD), media, charset)


def _unchunked(stream: BytesIO) -> bytes:
    reader = ChunkedDataReader(stream)
    pieces = []
    while piece := reader.read(_CHUNK):
        pieces.append(piece)
    return b"".join(pieces)


def _is_text(kind: str) -> bool:
    if not kind or kind in _READ_TYPES or kind.endswith(("+xml", "+json")):
        return not kind.startswith("image/")
    return kind.startswith("text/") and kind not in _UNREAD_TEXT


def _is_web(address: str) -> bool:
    try:
        return urlsplit(address).scheme in ("http", "https")
    except ValueError:
        return False
