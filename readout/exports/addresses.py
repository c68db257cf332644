"""Web addresses that may be written as links, among those that strangers give."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_SCHEME = re.compile(r"(?i)https?://[^\s/]")
_LONGEST = 2_000


def web_address(url: str | None) -> str | None:
    """An address that a link may lead to: http(s) with a host; None for any other."""
    if not url or len(url) > _LONGEST or not _SCHEME.match(url) or not url.isprintable() or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - it raises where the port is none
    except ValueError:
        return None
    return url if parts.hostname and "@" not in parts.netloc else None
