"""Mail: a message as it was sent (.eml), those forwarded inside it, and mbox files of many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr
from typing import BinaryIO

from readout.errors import EmptyArticle, SourceError, TooLarge
from readout.sources.article import Article
from readout.sources.dates import iso_date
from readout.sources.decoding import decode, decoded_as, without_surrogates
from readout.sources.markup import html_paragraphs, joined
from readout.sources.problem import SourceProblem, problem_of
from readout.sources.text import checked, unwrap

#: With its attachments a mail is larger than an article; more than this is not parsed.
_LARGEST = 50_000_000
_MOST_PARTS = 1000
_LONGEST_HEADER = 2000
_FIELD = re.compile(rb"([!-9;-~]{1,80}):(?:[ \t]|\r?\n|$)")
_MBOX = re.compile(rb"From \S{1,200} +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z][a-z] [ \d]\d \d\d:\d\d")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
#: Fields that programs write, and nobody who only quotes a mail in a text.
_OF_PROGRAMS = frozenset({
    "message-id", "mime-version", "received", "return-path", "content-type", "content-transfer-encoding", "delivered-to",
    "dkim-signature",
})  # fmt: skip
_DATED = re.compile(
    rb"^Date: (?:[A-Z][a-z][a-z], )?\d{1,2} [A-Z][a-z][a-z] \d{4} \d\d:\d\d(?::\d\d)? [+-]\d{4}", re.MULTILINE
)
_ADDRESSED = re.compile(rb"^From:[^\r\n@]{0,200}@[\w.-]", re.MULTILINE)
_REPLY = re.compile(r"(?:\s*(?:re|fw|fwd)\s*:)+\s*", re.IGNORECASE)


def is_mail(head: bytes) -> bool:
    """Whether a file begins as mail or mbox: nothing but header fields up to the first empty line, a sender among them and a field
    that programs write, or an address and a date in their form. An article that begins "From: ..." is none."""
    head = head.removeprefix(b"\xef\xbb\xbf")
    if _MBOX.match(head):
        head = head.partition(b"\n")[2]
    names, ended = _field_names(head)
    return (
        ended
        and "from" in names
        and (bool(names & _OF_PROGRAMS) or bool(_DATED.search(head) and _ADDRESSED.search(head)))
    )


def read_mail(stream: BinaryIO, name: str, keep_text: bool) -> Iterator[Article | SourceProblem]:
    """The articles of a mail, of each mail forwarded inside it, or of each mail of an mbox; `keep_text` keeps the lines of plain text
    as they were sent."""
    first = stream.read(4096)
    stream.seek(0)
    if not _MBOX.match(first.removeprefix(b"\xef\xbb\xbf")):
        yield from _read_message(stream.read(_LARGEST + 1), name, keep_text)
        return
    for number, data in enumerate(_of_mbox(stream), 1):
        yield from _read_message(data, f"{name} message {number}", keep_text)


def _read_message(data: bytes, name: str, keep_text: bool) -> Iterator[Article | SourceProblem]:
    if len(data) > _LARGEST:
        yield SourceProblem(name, "parse", f"a mail larger than {_LARGEST // 1_000_000} MB")
        return
    try:
        # Not policy.default: its parser of structured fields raises on some broken ones, and takes long for long ones.
        mails = list(_mails(BytesParser(policy=policy.compat32).parsebytes(data.removeprefix(b"\xef\xbb\xbf"))))
    except RecursionError:
        yield SourceProblem(name, "parse", "a mail that is nested too deeply")
        return
    except SourceError as error:
        yield problem_of(name, "parse", error)
        return
    for number, mail in enumerate(mails):
        where = f"{name} forwarded {number}" if number else name
        try:
            article = _article(mail, where, keep_text)
        except EmptyArticle as error:
            if number or len(mails) == 1:  # a mail may bring nothing but those that it forwards
                yield problem_of(where, "parse", error)
        except SourceError as error:
            yield problem_of(where, "parse", error)
        else:
            yield from checked(article, _field(mail, "Content-Language"))


def _field_names(head: bytes) -> tuple[set[str], bool]:
    """The names of the fields that a head begins with, and whether it holds nothing else up to an empty line (or to its end)."""
    names: set[str] = set()
    for line in head.split(b"\n"):
        if not line.strip(b"\r"):
            return names, bool(names)
        if line[:1] in b" \t" and names:
            continue
        found = _FIELD.match(line + b"\n")
        if found is None:
            return names, False
        names.add(found[1].decode("ascii").lower())
    return names, True


def _of_mbox(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes of each mail: one begins at a line "From ..." behind an empty line; ">From" is that line quoted."""
    lines: list[bytes] = []
    size, blank = 0, True
    while line := stream.readline(1_000_000):
        if blank and _MBOX.match(line):
            if lines:
                yield _QUOTED_FROM.sub(rb"\1", b"".join(lines))
            lines, size = [], 0
        elif size <= _LARGEST:
            lines.append(line)
            size += len(line)
        blank = not line.strip()
    if lines:
        yield _QUOTED_FROM.sub(rb"\1", b"".join(lines))


def _mails(mail: Message) -> Iterator[Message]:
    """A mail and the mails inside it, outermost first."""
    yield mail
    for count, part in enumerate(mail.walk()):
        if count > _MOST_PARTS:
            raise SourceError(f"a mail of more than {_MOST_PARTS} parts")
        if part.get_content_type() == "message/rfc822":
            yield from _inside(part)


def _inside(part: Message) -> list[Message]:
    """The parts that a part is made of."""
    inner = part.get_payload() if part.is_multipart() else None
    return [item for item in inner if isinstance(item, Message)] if isinstance(inner, list) else []


def _article(mail: Message, name: str, keep_text: bool) -> Article:
    text = _text(mail, keep_text)
    if not text.strip():
        raise EmptyArticle("there is no text in this mail")
    date = _field(mail, "Date")
    published = iso_date(re.sub(r"\s*\(.{0,40}\)\s*$", "", date)) if date else None
    sender, address = parseaddr(_field(mail, "From") or "")
    return Article(
        text=text,
        title=_REPLY.sub("", _field(mail, "Subject") or "", count=1).strip() or None,
        publisher=_field(mail, "Organization") or sender or address or None,
        published=published,
        published_from="metadata" if published else None,
        name=name,
        source_id=(_field(mail, "Message-ID") or "").strip("<> ") or None,
    )


def _text(mail: Message, keep_text: bool) -> str:
    """The text of a mail: its plain parts, else its HTML ones; attached files and mails inside it are none of it."""
    plain, marked = [], []
    for part in _own_parts(mail):
        kind = part.get_content_type()
        if kind == "text/plain" or kind.startswith("multipart/"):  # of one whose boundary is nowhere, all is text
            plain.append(_flowed(part, _decoded(part), keep_text))
        elif kind == "text/html":
            marked.append(joined(html_paragraphs(_decoded(part))))
    texts = [text for text in (plain if any(text.strip() for text in plain) else marked) if text.strip()]
    if keep_text and len(texts) == 1:
        return texts[0]
    whole = "\n\n".join(text.replace("\r\n", "\n").strip() for text in texts)
    return whole if keep_text else unwrap(whole)


def _own_parts(mail: Message) -> Iterator[Message]:
    pending = [mail]
    while pending:
        part = pending.pop(0)
        if part.get_content_disposition() == "attachment" or part.get_content_maintype() == "message":
            continue
        if part.is_multipart():
            pending = _inside(part) + pending
        else:
            yield part


def _decoded(part: Message) -> str:
    """The text of a part in the encoding that it names, else in the one that its bytes look like."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError) as error:  # what the library raises on a charset that is no name
        raise SourceError("a part of this mail names an encoding that is none") from error
    if not isinstance(data, bytes) or not data.strip():
        return ""
    if len(data) > _LARGEST:
        raise TooLarge("larger than one article can be")
    charset = part.get_content_charset()
    named = None if charset in (None, "us-ascii", "utf-8") else decoded_as(data, str(charset))
    return without_surrogates(decode(data) if named is None else named)


def _flowed(part: Message, text: str, keep_text: bool) -> str:
    """The text with lines that a mail program broke set together again: those that end in a space (RFC 3676)."""
    if keep_text or str(part.get_param("format", "")).lower() != "flowed":
        return text
    lines = text.replace("\r\n", "\n").split("\n")
    shut = str(part.get_param("delsp", "")).lower() == "yes"
    found = ""
    for line in (stuffed.removeprefix(" ") for stuffed in lines):
        soft = line.endswith(" ") and line != "-- "
        found += (line.removesuffix(" ") if shut else line) if soft else line + "\n"
    return found


def _field(mail: Message, name: str) -> str | None:
    """A header field as text, cut where it is endless."""
    raw = next((value for field, value in mail.raw_items() if field.lower() == name.lower()), None)
    if raw is None:
        return None
    sent = str(raw).encode("utf-8", "surrogateescape").decode("utf-8", "replace")[:_LONGEST_HEADER]
    with suppress(MessageError, ValueError, LookupError):
        sent = str(make_header(decode_header(sent)))
    return " ".join(without_surrogates(sent).split()) or None
