"""Passwords in URLs, which nothing that is shown, raised or logged may hold."""

from __future__ import annotations

import re

# HTTP ends who logs in at the next slash; drivers of databases take a password up to the last "@", slashes and all.
_HTTP = re.compile(r"(?i)(https?://[^\s/:]*:)[^\s/]*@")
_DATABASE = re.compile(r"(?i)\b((?!https?:)[a-z][a-z0-9+.-]*://[^\n/:]*:).*@")
_OPTION = re.compile(r"(?i)\b((?:ssl)?password\s*=\s*)(?:'[^']*'|[^&\s]*)")


def masked(text: str) -> str:
    """The text with `***` for every password in a URL; where it is doubtful what belongs to one, more is masked."""
    if "://" not in text and "password" not in text.lower():
        return text
    text = _DATABASE.sub(r"\1***@", _HTTP.sub(r"\1***@", text))
    return _OPTION.sub(r"\1***", text)
