"""One article in every format that is read, its fields to the letter: what a format cannot hold of them is left away."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from html import escape
from xml.sax.saxutils import escape as xml_escape
from xml.sax.saxutils import quoteattr

import yaml
from packing import tarred, zipped


@dataclass(frozen=True)
class Piece:
    """An article's fields."""

    text: str
    title: str = "Talks"
    author: str = "Anna Berg"
    publisher: str = "Nordpost"
    url: str = "https://nordpost.example/a"
    id: str = "a1"
    day: str = "2025-03-11"


def _held(text: str) -> str:
    """Text without what XML cannot hold."""
    return "".join(
        x for x in text if x in "\t\n\r" or (x >= " " and not "\ud800" <= x <= "\udfff" and x not in "\ufffe\uffff")
    )


def _xml(text: str) -> str:
    return xml_escape(_held(text))


def _value(text: str) -> str:
    """Text as the value of an attribute, in its marks."""
    return quoteattr(_held(text))


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{_xml(line)}</p>" for line in text.split("\n") if line.strip())


def _html(piece: Piece) -> bytes:
    body = "".join(f"<p>{escape(line)}</p>" for line in piece.text.split("\n") if line.strip())
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{escape(piece.title)}</title>"
        f'<meta name="author" content="{escape(piece.author)}"><meta property="og:site_name" content="{escape(piece.publisher)}">'
        f'<link rel="canonical" href="{escape(piece.url)}"><meta property="article:published_time" content="{piece.day}">'
        f"</head><body><article><h1>{escape(piece.title)}</h1>{body}</article></body></html>"
    ).encode("utf-8", "replace")


def _jsonl(piece: Piece) -> bytes:
    fields = {
        "id": piece.id,
        "text": piece.text,
        "title": piece.title,
        "byline": [piece.author],
        "publisher": piece.publisher,
    }
    return json.dumps({**fields, "url": piece.url, "published": piece.day}).encode()


def _news_please(piece: Piece) -> bytes:
    fields = {
        "maintext": piece.text,
        "title": piece.title,
        "authors": [piece.author],
        "source_domain": piece.publisher,
        "url": piece.url,
    }
    return json.dumps({**fields, "date_publish": f"{piece.day} 10:00:00", "filename": "a.html"}).encode()


def _ninjs(piece: Piece) -> bytes:
    fields = {
        "uri": piece.id,
        "type": "text",
        "headline": piece.title,
        "byline": f"By {piece.author}",
        "body_text": piece.text,
    }
    source = {"copyrightholder": piece.publisher, "infosource": [{"name": piece.publisher}]}
    return json.dumps({**fields, **source, "versioncreated": f"{piece.day}T10:00:00Z", "language": "en"}).encode()


def _nitf(piece: Piece) -> bytes:
    return (
        f"<nitf><head><title>{_xml(piece.title)}</title><docdata><doc-id id-string={_value(piece.id)}/>"
        f'<date.issue norm="{piece.day.replace("-", "")}T100000Z"/></docdata><pubdata name={_value(piece.publisher)}/></head>'
        f"<body><body.head><hedline><hl1>{_xml(piece.title)}</hl1></hedline><byline>By {_xml(piece.author)}</byline></body.head>"
        f"<body.content>{_paragraphs(piece.text)}</body.content></body></nitf>"
    ).encode()


def _newsml(piece: Piece) -> bytes:
    return (
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid={_value(piece.id)} version="1" xml:lang="en">'
        f"<itemMeta><versionCreated>{piece.day}T10:00:00Z</versionCreated><provider><name>{_xml(piece.publisher)}</name></provider></itemMeta>"
        f"<contentMeta><headline>{_xml(piece.title)}</headline><by>{_xml(piece.author)}</by></contentMeta><contentSet>"
        f'<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>{_paragraphs(piece.text)}</body></html>'
        f"</inlineXML></contentSet></newsItem>"
    ).encode()


def _rss(piece: Piece) -> bytes:
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{_xml(piece.publisher)}</title><item><title>{_xml(escape(piece.title))}</title><link>{_xml(piece.url)}</link>"
        f"<guid>{_xml(piece.id)}</guid><dc:creator>{_xml(piece.author)}</dc:creator><pubDate>{piece.day}T10:00:00Z</pubDate>"
        f"<content:encoded>{_xml(_escaped(piece.text))}</content:encoded></item></channel></rss>"
    ).encode()


def _escaped(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())


def _atom(piece: Piece) -> bytes:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{_xml(piece.publisher)}</title><entry><id>{_xml(piece.id)}</id>'
        f'<title type="text">{_xml(piece.title)}</title><link href={_value(piece.url)}/><updated>{piece.day}T10:00:00Z</updated>'
        f'<author><name>{_xml(piece.author)}</name></author><content type="html">{_xml(_escaped(piece.text))}</content></entry></feed>'
    ).encode()


def _json_feed(piece: Piece) -> bytes:
    item = {
        "id": piece.id,
        "url": piece.url,
        "title": piece.title,
        "content_text": piece.text,
        "date_published": f"{piece.day}T10:00:00Z",
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": piece.publisher}
    return json.dumps({**feed, "items": [{**item, "authors": [{"name": piece.author}]}]}).encode()


def _one_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _mail(piece: Piece) -> bytes:
    message = EmailMessage()
    message["From"] = f'"{_one_line(piece.author).replace(chr(92), "").replace(chr(34), "")}" <anna@coastwire.example>'
    message["Subject"] = _one_line(piece.title)
    message["Date"] = "Tue, 11 Mar 2025 10:00:00 +0000"
    message["Message-ID"] = f"<{piece.id.encode().hex()[:60]}@coastwire.example>"
    message["Organization"] = _one_line(piece.publisher)
    message.set_content(piece.text.encode("utf-8", "replace").decode(), charset="utf-8", cte="base64")
    return bytes(message)


def _markdown(piece: Piece) -> bytes:
    fields = {
        "title": piece.title,
        "author": piece.author,
        "publisher": piece.publisher,
        "url": piece.url,
        "date": piece.day,
    }
    front = yaml.safe_dump(
        {name: value.encode("utf-8", "replace").decode() for name, value in fields.items()}, allow_unicode=True
    )
    return f"---\n{front}---\n\n# {_one_line(piece.title)}\n\n{piece.text.replace(chr(10), chr(10) * 2)}\n".encode(
        "utf-8", "replace"
    )


def _csv(piece: Piece) -> bytes:
    held = io.StringIO(newline="")
    writer = csv.writer(held)
    writer.writerow(["id", "title", "text", "author", "publisher", "url", "date"])
    fields = (piece.id, piece.title, piece.text, piece.author, piece.publisher, piece.url, piece.day)
    writer.writerow([value.replace("\0", "") for value in fields])
    return held.getvalue().encode("utf-8", "replace")


def _wire(piece: Piece) -> bytes:
    text = "\r\r\n".join(f"   {line}" for line in _one_line(piece.text).replace(". ", ".\n").split("\n"))
    head = f"\x01CWN0123 4 i 58 \r\r\nNORDLAND-TRUCE/\r\r\n\x02{_one_line(piece.title)}\r\r\n\r\r\nBy {_one_line(piece.author)}\r\r\n\r\r\n"
    return f"{head}{text}\r\r\n\x03\r\r\n111015 GMT MAR 25\r\n\x04\r\n".encode("utf-8", "replace")


def _text(piece: Piece) -> bytes:
    return piece.text.encode("utf-8", "replace")


def _warc(piece: Piece) -> bytes:
    address = "".join(letter for letter in piece.url if letter.isprintable() and letter != " ").encode(
        "utf-8", "replace"
    )
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + _html(piece)
    return (
        b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: " + address + b"\r\nWARC-Date: 2025-03-11T10:00:00Z\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(block)
    ) + block + b"\r\n\r\n"  # fmt: skip


def _zip(piece: Piece) -> bytes:
    return zipped({f"{piece.title[:80]}.jsonl": _jsonl(piece)})


def _tar(piece: Piece) -> bytes:
    return tarred({f"{piece.author[:80].replace(chr(0), '')}.jsonl": _jsonl(piece)}, "w:gz")


FORMATS: dict[str, Callable[[Piece], bytes]] = {
    "text": _text, "html": _html, "jsonl": _jsonl, "news-please": _news_please, "ninjs": _ninjs, "nitf": _nitf, "newsml": _newsml,
    "rss": _rss, "atom": _atom, "json feed": _json_feed, "mail": _mail, "markdown": _markdown, "csv": _csv, "wire": _wire, "warc": _warc,
    "zip": _zip, "tar": _tar,
}  # fmt: skip
