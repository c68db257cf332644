"""Bytes to text: byte order marks, UTF-8, what a page declares, and a guess only after these."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from readout.errors import EmptyArticle, NotText

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"\x7fELF")
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f\x80-\x84\x86-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")

_NO_TEXT = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem"})

_SAMPLE = 100_000
_MOST_CONTROL = 0.01
#: English in Windows-1252 has a typographic quotation mark or an accent here and there, never every tenth byte.
_MOST_HIGH_BYTES = 0.05


def decode(data: bytes) -> str:
    """The text that bytes hold, without a byte order mark.

    Raises:
        EmptyArticle: there is nothing but white space.
        NotText: a binary, or bytes in no known encoding.
    """
    if not data.strip(b" \t\r\n\0"):
        raise EmptyArticle("there is no text in it")
    if data.startswith(_MAGIC):
        raise NotText("not a text but a binary file (PDF, image, archive or office document)")
    text = _decoded(data)
    if not text.strip():
        raise EmptyArticle("there is no text in it")
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > _MOST_CONTROL * len(sample):
        raise NotText("not a text: most likely a binary file")
    return text


def decoded_as(data: bytes, encoding: str) -> str | None:
    """The text of bytes in an encoding that their source names, bad bytes replaced; None where there is no such encoding, or one
    that is no way to write a text (idna, rot13)."""
    try:
        known = codecs.lookup(encoding)
        return None if known.name in _NO_TEXT else data.decode(known.name, "replace")
    except (LookupError, ValueError):
        return None


def without_surrogates(text: str) -> str:
    """The text with lone surrogates, which no encoding can write, replaced one for one."""
    return _SURROGATE.sub("\ufffd", text)


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return (
                data[len(mark) :].decode("utf-8", "replace")
                if encoding == "utf-8"
                else data.decode(encoding, "replace")
            )
    try:
        return data.decode("utf-8") if b"\0" not in data[:4000] else _with_nuls(data)
    except UnicodeDecodeError:
        return _guessed(data)


def _with_nuls(data: bytes) -> str:
    head = data[:4000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) > len(head) * 0.4:
        return data.decode("utf-16-be" if even > odd else "utf-16-le", "replace")
    return data.decode("utf-8")


def _guessed(data: bytes) -> str:
    declared = _DECLARED.search(data[:4096])
    if declared and (text := decoded_as(data, declared[1].decode("ascii"))) is not None:
        return text
    sample = data[:_SAMPLE]
    if sum(byte > 127 for byte in sample) <= _MOST_HIGH_BYTES * len(sample):
        return data.decode("windows-1252", "replace")
    best = from_bytes(sample).best()
    if best is None:
        raise NotText("not a text in any known encoding")
    return data.decode(best.encoding, "replace")
