"""Bodies of HTTP answers, fetched or archived: content codings undone, never further than a cap."""

from __future__ import annotations

import codecs
import zlib

import brotli

from readout.errors import SourceError, TooLarge

#: Below this much output no ratio is looked at.
_SPARE = 4_000_000
_MOST_RATIO = 250
_STEP = 262_144
_GZIP = ("gzip", "x-gzip")
_NONE = ("", "identity", "none", "utf-8")
_TEXT_TYPES = ("text/html", "text/plain", "application/xhtml+xml")
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

#: What `unpack_body` can undo, as an Accept-Encoding header names it.
ACCEPTED = "gzip, deflate, br"


def unpack_body(data: bytes, codings: str, largest: int) -> bytes:
    """The body behind its content codings (as the header lists them); one that was never applied is passed over.

    Raises:
        TooLarge: more than `largest` bytes, or so much more than was sent that it can only be a bomb.
        SourceError: a coding that is not known, or broken data.
    """
    for coding in reversed([part.strip().lower() for part in codings.split(",")][:3]):
        if coding in _NONE:
            continue
        if coding in _GZIP:
            # Servers and crawlers leave the header on bodies that are plain.
            data = _inflate(data, 31, largest) if data.startswith(b"\x1f\x8b") else data
        elif coding == "deflate":
            data = _inflate(data, 15 if _is_zlib(data) else -15, largest)
        elif coding == "br":
            data = _unbrotli(data, largest)
        else:
            raise SourceError(f"sent in a coding that is not read: {coding[:40]!r}")
    if len(data) > largest:
        raise TooLarge(f"larger than is read ({largest // 1_000_000} MB)")
    return data


def media_type(header: str) -> tuple[str, str | None]:
    """The media type of a Content-Type header in small letters, and its charset where it names one."""
    kind, *parameters = header.split(";")
    charset = None
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "charset":
            charset = value.strip().strip("\"'").lower()[:40] or None
    return kind.strip().lower(), charset


def as_utf8(data: bytes, kind: str, charset: str | None) -> bytes:
    """A page, a text or XML in the encoding that its header names, as UTF-8; what is UTF-8 already, or says itself, is untouched.

    `kind` is the media type.
    """
    if not charset or data.startswith(_MARKS):
        return data
    if kind not in _TEXT_TYPES and (not kind.endswith("xml") or b"encoding" in data[:200]):
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return data
    try:
        return data.decode(charset, "replace").encode("utf-8", "replace")
    except (LookupError, ValueError):
        return data


def _is_zlib(data: bytes) -> bool:
    return len(data) >= 2 and data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0


def _inflate(data: bytes, window: int, largest: int) -> bytes:
    found = bytearray()
    while data:
        unpacker = zlib.decompressobj(window)
        pending = data
        while not unpacker.eof:
            try:
                piece = unpacker.decompress(pending, _STEP)
            except zlib.error as error:
                raise SourceError(f"sent compressed, and broken: {error}") from error
            found += piece
            _check(len(found), len(data), largest)
            pending = unpacker.unconsumed_tail
            if not piece and not pending:
                break
        if not unpacker.eof:
            raise SourceError("sent compressed, and broken before its end")
        # Padding and anything else behind the end of a body means nothing.
        data = unpacker.unused_data if unpacker.unused_data.startswith(b"\x1f\x8b") and window > 15 else b""
    return bytes(found)


def _unbrotli(data: bytes, largest: int) -> bytes:
    unpacker = brotli.Decompressor()
    found = bytearray()
    pending = data
    try:
        while not unpacker.is_finished():
            piece = unpacker.process(pending, output_buffer_limit=_STEP)
            pending = b""
            found += piece
            _check(len(found), len(data), largest)
            if not piece and unpacker.can_accept_more_data():
                raise SourceError("sent compressed, and broken before its end")
    except brotli.error as error:
        raise SourceError(f"sent compressed, and broken: {error}") from error
    return bytes(found)


def _check(produced: int, sent: int, largest: int) -> None:
    if produced > largest:
        raise TooLarge(f"larger than is read ({largest // 1_000_000} MB)")
    if produced > _SPARE + _MOST_RATIO * sent:
        raise TooLarge("unpacks to far more than was sent (a decompression bomb?)")
