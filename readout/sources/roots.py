"""How a document of tags begins: the first tag, whatever its encoding and whatever stands before it."""

from __future__ import annotations

import re

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_BARE_UTF16 = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"))
_TAG = re.compile(r"<((?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*)([^<>]*)")


def beginning(head: bytes) -> str:
    """What stands after white space, comments, an XML declaration and processing instructions; "" where they do not end."""
    text = _decoded(head)
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
        elif text.startswith("<!--", at):
            at = _after(text, "-->", at)
        elif text.startswith("<?", at):
            at = _after(text, "?>", at)
        else:
            break
    return text[at:]


def root_tag(head: bytes) -> tuple[str, str] | None:
    """The local name of the root element and its attributes as written, or None where no XML begins here.

    A document type may stand before it too.
    """
    text = beginning(head)
    if text.startswith("<!"):
        text = beginning(text[_doctype_end(text) :].encode("utf-8", "replace"))
    found = _TAG.match(text)
    return (found[1].rpartition(":")[2], found[2]) if found else None


def _decoded(head: bytes) -> str:
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    for start, encoding in _BARE_UTF16:
        if head.startswith(start):
            return head.decode(encoding, "replace")
    return head.decode("latin-1")


def _after(text: str, end: str, at: int) -> int:
    found = text.find(end, at)
    return found + len(end) if found >= 0 else len(text)


def _doctype_end(text: str) -> int:
    end, subset = text.find(">"), text.find("[")
    if 0 <= subset < end:
        closed = text.find("]", subset)
        end = text.find(">", closed) if closed >= 0 else -1
    return end + 1 if end >= 0 else len(text)
