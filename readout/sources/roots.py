"""The first tag of an XML document, told from its first bytes, whatever its encoding and whatever stands before it."""

from __future__ import annotations

import re

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_BARE_UTF16 = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"))
_TAG = re.compile(r"<((?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*)([^<>]*)")


def root_tag(head: bytes) -> tuple[str, str] | None:
    """The local name of the root element and the attributes as written, or None where no XML begins here.

    White space, the XML declaration, comments, processing instructions and a document type may stand before it.
    """
    text = _decoded(head)
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        if text.startswith("<!--", at):
            end = text.find("-->", at)
            at = end + 3
        elif text.startswith("<?", at):
            end = text.find("?>", at)
            at = end + 2
        elif text.startswith("<!", at):
            end = _doctype_end(text, at)
            at = end + 1
        else:
            break
        if end < 0:
            return None
    found = _TAG.match(text, at)
    return (found[1].rpartition(":")[2], found[2]) if found else None


def _decoded(head: bytes) -> str:
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    for start, encoding in _BARE_UTF16:
        if head.startswith(start):
            return head.decode(encoding, "replace")
    return head.decode("latin-1")


def _doctype_end(text: str, at: int) -> int:
    end, subset = text.find(">", at), text.find("[", at)
    if 0 <= subset < end:
        closed = text.find("]", subset)
        return text.find(">", closed) if closed >= 0 else -1
    return end
