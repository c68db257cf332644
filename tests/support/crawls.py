"""Crawls as WARC, made record by record, and what is looked at in what was read of them."""

from __future__ import annotations

import gzip

from readout.sources import Article, SourceProblem

PROSE = (
    "The envoy of Nordland left Osthavn on Monday after three days of talks with the premier and his ministers. "
    "Officials of both sides said that the truce would hold until the end of the month, and that they would meet again."
)


def answer(body, *headers, status="200 OK", kind="text/plain"):
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers])
    return head.encode() + b"\r\n\r\n" + body


def record(letter, block=None, *, length=None, kind="response", content="application/http; msgtype=response"):
    block = answer(f"{letter} {PROSE}".encode()) if block is None else block
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{letter * 8}>\r\nWARC-Date: 2024-09-16T10:00:00Z\r\n"
        f"WARC-Target-URI: https://nordpost.example/{letter}\r\nContent-Type: {content}\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


RECORDS = [record(letter) for letter in "abcde"]


def packed(records):
    return b"".join(gzip.compress(item) for item in records)


def letters(found):
    return "".join(item.text[0] for item in found if isinstance(item, Article))


def problems(found):
    return [item.message for item in found if isinstance(item, SourceProblem)]
