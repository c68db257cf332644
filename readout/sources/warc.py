"""WARC, plain and gzip: the pages, texts and feeds of a crawl. fastwarc reads a record's headers; where records begin is told here."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import BinaryIO
from urllib.parse import urlsplit

from fastwarc import WarcRecord, WarcRecordType

from readout.errors import SourceError
from readout.sources.article import Article
from readout.sources.containers import Allowance, Inner, shown
from readout.sources.http_body import as_utf8, unpack_body
from readout.sources.problem import SourceProblem, problem_of
from readout.sources.warc_framing import LARGEST_RECORD, Damage, Frame, frames

_GZIP = b"\x1f\x8b\x08"
_READ = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
#: Records about records.
_PASSED = WarcRecordType.warcinfo | WarcRecordType.request | WarcRecordType.metadata | WarcRecordType.revisit
_UNREAD_TEXT = ("text/css", "text/javascript", "text/calendar", "text/vcard")
_READ_TYPES = ("application/json", "application/xml", "application/feed+json", "application/octet-stream")


def is_warc(head: bytes) -> bool:
    """Whether a file begins as a WARC, plain or gzip."""
    if head.startswith(_GZIP):
        try:
            return zlib.decompressobj(31).decompress(head, 64).startswith(b"WARC/")
        except zlib.error:
            return False
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
    try:
        record = WarcRecord.from_bytes(frame.data)
    except OSError as error:
        yield SourceProblem(where, "parse", f"a header that cannot be read: {str(error)[:120]}")
        return
    if not record.record_type & _READ:
        if not record.record_type & _PASSED:
            yield SourceProblem(where, "parse", "a record of an unknown type")
        return
    address = record.headers.get("WARC-Target-URI")
    where = f"{name}: {shown(address)}" if address else where
    try:
        payload = _payload(record, frame)
    except SourceError as error:
        yield SourceProblem(where, "parse", f"at byte {frame.at}: {error}")
        return
    if payload is None:
        return
    for found in inner(BytesIO(payload), where):
        if isinstance(found, Article) and found.url is None and found.name == where and _is_web(address):
            found = replace(found, url=address)  # noqa: PLW2901 - the same article
        yield found


def _payload(record: WarcRecord, frame: Frame) -> bytes | None:
    """What a record holds where it is to be read, else None.

    Raises:
        SourceError: it is to be read and cannot be.
    """
    kind, charset, codings = record.headers.get("Content-Type") or "", None, ""
    if record.is_http:
        try:
            record.parse_http(auto_decode="none")
            status = record.http_headers.status_code
        except (OSError, AttributeError) as error:
            raise SourceError(f"an HTTP answer whose header cannot be read: {str(error)[:120]}") from error
        if status is None or not 200 <= status < 300:
            return None
        kind, charset = record.http_headers.get("Content-Type") or "", record.http_charset
        codings = record.http_headers.get("Content-Encoding") or ""
    elif record.record_type == WarcRecordType.response:
        return None  # an answer of another protocol (DNS)
    kind = kind.partition(";")[0].strip().lower()
    if not _is_text(kind):
        return None
    if not frame.whole:
        raise SourceError(f"larger than a record can be ({LARGEST_RECORD // 1_000_000} MB)")
    return as_utf8(unpack_body(_body(record, frame), codings, LARGEST_RECORD), kind, charset)


def _body(record: WarcRecord, frame: Frame) -> bytes:
    """The block of a record, of an HTTP answer without its header and out of its chunks."""
    if record.is_http and "chunked" in (record.http_headers.get("Transfer-Encoding") or "").lower():
        again = WarcRecord.from_bytes(frame.data)
        try:
            again.parse_http(auto_decode="transfer")
            return again.reader.read()
        except OSError:
            pass  # crawlers keep the header on bodies that they have put together
    return record.reader.read()


def _is_text(kind: str) -> bool:
    if not kind or kind in _READ_TYPES or kind.endswith(("+xml", "+json")):
        return not kind.startswith("image/")
    return kind.startswith("text/") and kind not in _UNREAD_TEXT


def _is_web(address: str | None) -> bool:
    if not address:
        return False
    try:
        return urlsplit(address).scheme in ("http", "https")
    except ValueError:
        return False
