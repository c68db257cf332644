"""Passwords in URLs, which nothing that is shown, raised or logged may hold."""

from __future__ import annotations

import re

# HTTP ends who logs in at the next slash; drivers of databases take a password up to the last "@", slashes and all.
_HTTP = re.compile(r"(?i)(https?://[^\s/:]*:)[^\s/]*@")
_DATABASE = re.compile(
    r"(?i)\b(?!https?:)[a-z][a-z0-9+.-]{0,40}://[^/:]*:"
)  # bounded, for addresses come from strangers
_OPTION = re.compile(r"(?i)\b((?:ssl)?password\s*=\s*)(?:'[^']*'|[^&\s]*)")


def masked(text: str) -> str:
    """The text with `***` for every password in a URL; where it is doubtful what belongs to one, more is masked."""
    if "://" in text:
        text = "\n".join(_without_database_password(line) for line in _HTTP.sub(r"\1***@", text).split("\n"))
    return _OPTION.sub(r"\1***", text)


def _without_database_password(line: str) -> str:
    end = line.rfind("@")
    found = _DATABASE.search(line, 0, end) if end >= 0 else None
    return f"{line[: found.end()]}***{line[end:]}" if found else line
