"""Text from a wire, framed as IPTC 7901 and ANPA 1312 have it: header, text and time of each message between control characters, or
between ZCZC and NNNN."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from readout.errors import EmptyArticle, SourceError
from readout.sources.article import Article
from readout.sources.decoding import decode
from readout.sources.problem import LARGEST_ARTICLE, SourceProblem, problem_of
from readout.sources.status import names_of, noted
from readout.sources.text import checked
from readout.sources.wire_lines import header_of, moment_of, paragraphs_in, split_lines, status_in

_SOH, _STX, _ETX, _EOT = b"\x01", b"\x02", b"\x03", b"\x04"
_BEGINS = re.compile(rb"[\s\x00\x16\x7f]{0,200}\x01[^\x02-\x04]{1,2000}\x02")
_ZCZC = re.compile(rb"\s{0,200}ZCZC[ \r\n]")
_NEXT_ZCZC = re.compile(rb"(?:^|[\r\n])(?=ZCZC[ \r\n])")
_FILLING = b"\x00\x16\x7f \t\r\n"  # idle characters of a line
_CHUNK = 1_000_000


@dataclass(frozen=True, slots=True)
class _Frame:
    """The three parts of a message, as bytes."""

    header: bytes
    text: bytes
    tail: bytes


def is_wire(head: bytes) -> bool:
    """Whether a file begins with a framed message: a header between SOH and STX, or a line ZCZC with its NNNN after it."""
    return bool(_BEGINS.match(head)) or (bool(_ZCZC.match(head)) and b"NNNN" in head)


def read_wire(stream: BinaryIO, name: str, keep_text: bool) -> Iterator[Article | SourceProblem]:
    """The articles of the messages in a file, in order; a message that is cut off or has no text is a problem, and the next is read.
    `keep_text` keeps every line as it was sent."""
    framed = bool(_BEGINS.match(stream.read(4096)))
    stream.seek(0)
    number = 0
    for number, message in enumerate(_messages(stream, framed), 1):
        where = f"{name} message {number}"
        if len(message) > LARGEST_ARTICLE:
            yield SourceProblem(where, "parse", "larger than one article can be")
            continue
        try:
            frame = _framed(message) if framed else _between_letters(message)
            article = _article(frame, where, keep_text)
        except SourceError as error:
            yield problem_of(where, "parse", error)
        else:
            yield from checked(article)
    if not number:
        yield SourceProblem(name, "parse", "there is no message in it")


def _messages(stream: BinaryIO, framed: bool) -> Iterator[bytes]:
    """The bytes of each message, from one start to the next; what is larger than an article is cut, and its rest passed over."""
    held = b""
    while True:
        chunk = stream.read(_CHUNK)
        pieces = (held + chunk).split(_SOH) if framed else _NEXT_ZCZC.split(held + chunk)
        # What may still grow is kept for the next round; a start that a chunk cuts through is found there.
        held = b"" if not chunk else pieces.pop()[: LARGEST_ARTICLE + 1]
        for piece in pieces:
            if piece.strip(_FILLING + _EOT):
                yield piece
        if not chunk:
            return


def _framed(message: bytes) -> _Frame:
    header, start, rest = message.partition(_STX)
    if not start:
        raise SourceError("a message without a text: it is cut off in its header")
    text, end, tail = rest.partition(_ETX)
    if not end:
        text, end, tail = rest.partition(_EOT)
    if not end:
        raise SourceError("a message that is cut off before its end")
    return _Frame(header, text, tail.partition(_EOT)[0])


def _between_letters(message: bytes) -> _Frame:
    text, end, tail = message.partition(b"NNNN")
    if not end:
        raise SourceError("a message that is cut off before its end (NNNN)")
    header, _, text = text.strip().removeprefix(b"ZCZC").lstrip(b" ").partition(b"\n")
    return _Frame(header, text, tail)


def _article(frame: _Frame, where: str, keep_text: bool) -> Article:
    header = header_of(_latin(frame.header))
    try:
        text = decode(frame.text)
    except EmptyArticle:
        text = ""
    moment = moment_of(_latin(frame.tail)) or moment_of(_latin(frame.header))
    top, body = split_lines(text)
    status = status_in([*header.keywords, *top.lines])
    told = paragraphs_in(body)
    if status == "usable" and not told:
        raise EmptyArticle("there is no text in it")
    # What a notice of withdrawal says is a word to editors; it is not the text of the article that it withdraws.
    withdrawn = status != "usable"
    return Article(
        text="" if withdrawn else text if keep_text else told,
        title=top.title or next(iter(header.keywords), None),
        publisher=header.service,
        published=moment,
        published_from="metadata" if moment else None,
        byline=names_of(top.byline),
        name=where,
        source_id=_source_id(header.number, moment),
        updated=moment,
        status=status,
        note=noted(*top.notes, told if withdrawn else None),
    )


def _source_id(number: str | None, moment: str | None) -> str | None:
    """The number of a message with its day: services begin again at 0001 every day."""
    return f"{number} {moment[:10]}" if number and moment else number


def _latin(data: bytes) -> str:
    return data.decode("latin-1")
