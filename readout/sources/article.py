"""An article as it came: its text to the letter, and what its source says about it."""

from __future__ import annotations

from dataclasses import dataclass

from readout.types import PublishedFrom


@dataclass(frozen=True, slots=True)
class Article:
    """One article before cleaning; everything but `text` may be unknown.

    `published` is an ISO date or datetime; `name` says where the article came from ("news.jsonl line 3"), for messages.
    """

    text: str
    id: str | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    published_from: PublishedFrom | None = None
    byline: tuple[str, ...] = ()
    name: str = ""
