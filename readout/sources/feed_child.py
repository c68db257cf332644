"""A program of its own: feeds in, their items out, in a process that can be stopped.

feedparser takes time that grows with the square of an author's length (18 s at 64 kB), so it never runs in the reading process. Standard
input holds documents, each after its length in four bytes; standard output gets one line of JSON for each, in order. It imports nothing of
Readout, so that starting it is cheap.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any

_MEMORY = 2_000_000_000
_CPU_SECONDS = 300
_SHORT, _LONG = 4_000, 5_000_001
_MOST_NAMES = 50


def main() -> None:
    """Reads documents until there are no more."""
    _limit()
    while len(length := sys.stdin.buffer.read(4)) == 4:
        document = sys.stdin.buffer.read(int.from_bytes(length, "big"))
        sys.stdout.write(json.dumps(parsed(document)) + "\n")
        sys.stdout.flush()


def _limit() -> None:
    try:
        import resource
    except ImportError:  # not a Unix; the parent's clock still holds
        return
    for kind, limit in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _CPU_SECONDS), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def parsed(document: bytes) -> dict[str, Any]:
    """The title of a feed, its items, and what was wrong with its XML ("" where nothing was)."""
    import feedparser

    found = feedparser.parse(io.BytesIO(document), sanitize_html=False, resolve_relative_uris=False)
    return {
        "title": _markup(found.feed, "title"),
        "broken": str(found.get("bozo_exception") or "")[:200] if found.bozo else "",
        "items": [_item(entry) for entry in found.entries],
    }


def _item(entry: Any) -> dict[str, Any]:
    source = entry.get("source") or {}
    return {
        "id": _string(entry, "id"),
        "title": _markup(entry, "title"),
        "link": _string(entry, "link"),
        "published": _string(entry, "published"),
        "updated": _string(entry, "updated"),
        "published_utc": _moment(entry, "published_parsed"),
        "updated_utc": _moment(entry, "updated_parsed"),
        "authors": [
            name[:_SHORT] for author in (entry.get("authors") or [])[:_MOST_NAMES] if (name := author.get("name"))
        ],
        "summary": _markup(entry, "summary"),
        "contents": [_pair(content) for content in entry.get("content") or [] if content.get("value")],
        "source": _markup(source, "title"),
    }


def _string(entry: Any, key: str) -> str | None:
    # Asked for by `in` first: feedparser hands out one field for another where the one asked for is missing.
    value = entry[key] if key in entry else None  # noqa: SIM401
    return value[:_SHORT] if isinstance(value, str) else None


def _moment(entry: Any, key: str) -> list[int] | None:
    value = entry[key] if key in entry else None  # noqa: SIM401
    return list(value[:6]) if value else None


def _markup(entry: Any, key: str) -> list[str] | None:
    if key not in entry or not isinstance(entry[key], str):
        return None
    detail = entry.get(f"{key}_detail") or {}
    return [entry[key][:_LONG], str(detail.get("type") or "text/html")]


def _pair(content: Any) -> list[str]:
    return [content["value"][:_LONG], str(content.get("type") or "text/html")]


if __name__ == "__main__":
    main()
