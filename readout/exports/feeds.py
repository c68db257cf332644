"""Answers as feeds: Atom (RFC 4287) and JSON Feed 1.1. An entry has one id in every reading of its report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

#: What XML has no sign for; also what would turn the direction of writing.
_UNCLEAN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: its id (a URI), where it leads, what it is in a line, its words, who printed them, and the day of the report."""

    id: str
    url: str
    title: str
    words: str
    author: str
    day: str | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its title, its own address, the page of the same, when it was begun (ISO), and its entries, the newest first."""

    title: str
    url: str
    page: str
    begun: str
    entries: Sequence[Entry]

    @property
    def updated(self) -> str:
        """The day of its latest entry, else when it was begun."""
        return max((moment(entry.day) for entry in self.entries if entry.day), default=self.begun)


def moment(day: str | None) -> str:
    """A day as RFC 3339 wants it."""
    found = _DAY.match(day or "")
    return f"{found[0] if found else '1970-01-01'}T00:00:00Z"


def _clean(text: str) -> str:
    return _UNCLEAN.sub("\N{REPLACEMENT CHARACTER}", text)


def _xml(text: str) -> str:
    return escape(_clean(text))


def to_atom(feed: Feed) -> str:
    """A feed as Atom."""
    return "".join(_atom(feed))


def _atom(feed: Feed) -> Iterable[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
    yield f"<id>{_xml(feed.url)}</id>\n<title>{_xml(feed.title)}</title>\n<updated>{feed.updated}</updated>\n"
    yield f'<link rel="self" href={quoteattr(feed.url)} type="application/atom+xml"/>\n<link href={quoteattr(feed.page)}/>\n'
    yield "<generator>Readout</generator>\n"
    for entry in feed.entries:
        when = moment(entry.day) if entry.day else feed.begun
        yield f"<entry>\n<id>{_xml(entry.id)}</id>\n<title>{_xml(entry.title)}</title>\n<updated>{when}</updated>\n"
        yield f"<link href={quoteattr(entry.url)}/>\n<author><name>{_xml(entry.author)}</name></author>\n"
        yield f"<content>{_xml(entry.words)}</content>\n</entry>\n"
    yield "</feed>\n"


def to_json_feed(feed: Feed) -> str:
    """A feed as JSON Feed 1.1."""
    items = []
    for entry in feed.entries:
        item = {"id": entry.id, "url": entry.url, "title": _clean(entry.title), "content_text": _clean(entry.words)}
        item |= {"date_published": moment(entry.day)} if entry.day else {}
        items.append({**item, "authors": [{"name": _clean(entry.author)}]})
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _clean(feed.title),
        "home_page_url": feed.page,
        "feed_url": feed.url,
        "items": items,
    }
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
