"""JSON Feed (jsonfeed.org, versions 1 and 1.1) to the same plain values that feedparser's items are made into."""

from __future__ import annotations

import json
import re
from typing import Any

from readout.errors import SourceError
from readout.sources.decoding import decode

_VERSION = re.compile(rb"\"version\"\s*:\s*\"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version\\?/")


def is_json_feed(head: bytes) -> bool:
    """Whether a file begins as a JSON Feed."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{" and _VERSION.search(head) is not None


def parse_json_feed(data: bytes) -> tuple[str | None, list[dict[str, Any] | None]]:
    """The feed's title and its items, None for one that is no object.

    Raises:
        SourceError: not JSON, or without a list of items.
    """
    try:
        value = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        raise SourceError(f"not JSON: {str(error)[:120] or type(error).__name__}") from error
    items = value.get("items") if isinstance(value, dict) else None
    if not isinstance(items, list):
        raise SourceError('a JSON Feed without a list of "items"')
    return _string(value, "title"), [_item(item, value) if isinstance(item, dict) else None for item in items]


def _item(item: dict[str, Any], feed: dict[str, Any]) -> dict[str, Any]:
    html, text, summary = (_string(item, key) for key in ("content_html", "content_text", "summary"))
    contents = [[html, "text/html"]] if html else []
    if text:
        contents.append([text, "text/plain"])
    given = item.get("id")
    title = _string(item, "title")
    return {
        "id": str(given) if isinstance(given, str | int | float) and not isinstance(given, bool) else None,
        "title": [title, "text/plain"] if title else None,
        "link": _string(item, "url") or _string(item, "external_url"),
        "published": _string(item, "date_published"),
        "updated": _string(item, "date_modified"),
        "authors": _names(item) or _names(feed),
        "summary": [summary, "text/plain"] if summary else None,
        "contents": contents,
    }


def _names(value: dict[str, Any]) -> list[str]:
    authors = value.get("authors")
    listed = authors if isinstance(authors, list) else [value.get("author")]
    return [name for author in listed if isinstance(author, dict) and (name := _string(author, "name"))]


def _string(value: dict[str, Any], key: str) -> str | None:
    found = value.get(key)
    return found if isinstance(found, str) and found.strip() else None
