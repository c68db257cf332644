"""What makes two things the same: an article's content, a document over its versions, an actor or place over reports."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re

from courlan import clean_url

from readout.readers.places.names import fold_name
from readout.sources.article import Article
from readout.types import Actor, Place

_WEB = re.compile(r"(?i)https?://[^/\s]")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:\S")


def content_id(article: Article, *, keep_text: bool = False) -> str:
    """The id of an article's content: everything that it says and its source says of it, and not where it was found."""
    parts = [
        article.text, article.id, article.title, article.url, article.publisher, article.published, list(article.byline),
        article.source_id, article.version, article.updated, article.status, article.embargoed, article.note, keep_text,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()[:32]


def document_key(article: Article, content: str) -> str:
    """What all versions of a piece of news share: its source's id, else its address, else its given id, else nothing but itself.

    `content` is the article's content id.
    """
    if article.source_id:
        # A URI is one thing's alone; a bare "17" is so only for who gave it.
        giver = "" if _URI.match(article.source_id) else article.publisher or ""
        return f"source:{giver}:{article.source_id}"
    if article.url and (address := canonical_url(article.url)):
        return f"url:{address}"
    if article.id:
        return f"id:{article.publisher or ''}:{article.id}"
    return f"content:{content}"


def same_publisher(one: str, other: str) -> bool:
    """Whether two names can be of one publisher: one begins with the words of the other, as "Nordpost" and "Nordpost: World"."""
    first, second = (re.findall(r"\w+", name.casefold()) for name in (one, other))
    length = min(len(first), len(second))
    return first[:length] == second[:length] if length else one == other


def canonical_url(url: str) -> str | None:
    """A web address without its fragment and what only tracks readers, or None where it is none."""
    if not _WEB.match(url):
        return None
    cleaned = clean_url(url.partition("#")[0])
    return cleaned or None


def actor_key(actor: Actor) -> str:
    """The registry's id, else the kind and the folded name, with the country of those who have no name of their own."""
    if actor.id:
        return actor.id
    name = fold_name(actor.name)
    return f"{actor.kind}:{actor.country or ''}:{name}" if actor.kind == "unnamed" else f"name:{name}"


def place_key(place: Place) -> str:
    """The GeoNames id, else the country, first-level region and folded name."""
    if place.geonames_id is not None:
        return f"geonames:{place.geonames_id}"
    return f"place:{place.country or ''}:{place.admin1 or ''}:{fold_name(place.name)}"


def moment(value: str) -> str:
    """An ISO date as it is, an ISO datetime as a moment in UTC: "2024-09-16" or "2024-09-16T08:30:00Z".

    A time without a zone is taken for UTC. Raises ValueError where it is neither.
    """
    if len(value) == 10:
        return dt.date.fromisoformat(value).isoformat()
    when = dt.datetime.fromisoformat(value)
    when = when.replace(tzinfo=dt.UTC) if when.tzinfo is None else when.astimezone(dt.UTC)
    return when.isoformat(timespec="seconds").replace("+00:00", "Z")


def known_from(article: Article, added: str) -> str:
    """The moment from which a version was known: when it was made, else published, else added to the record."""
    for value in (article.updated, article.published):
        if value:
            try:
                return moment(value)
            except (ValueError, OverflowError):  # years outside the calendar, once moved to UTC
                continue
    return added
