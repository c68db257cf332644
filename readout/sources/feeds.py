"""Feeds: RSS 0.9 to 2.0, RSS 1.0 (RDF), Atom and JSON Feed; one item, one article."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from readout.errors import SourceError, TooLarge
from readout.sources.article import Article
from readout.sources.dates import iso_date
from readout.sources.decoding import without_surrogates
from readout.sources.feed_parsing import ParsingLimits, parse_feed
from readout.sources.json_feed import is_json_feed, parse_json_feed
from readout.sources.markup import markup_text
from readout.sources.problem import LARGEST_ARTICLE, SourceProblem, problem_of
from readout.sources.roots import root_tag
from readout.sources.text import checked, unwrap

LARGEST_FEED = 20_000_000
MOST_ITEMS = 20_000
_RDF_FEEDS = (b"purl.org/rss/1.0", b"netscape.com/rdf/simple/0.9", b"purl.org/net/rss1.1")
_ATOM = re.compile(r"http://www\.w3\.org/2005/Atom|http://purl\.org/atom/")
_ITEM_TAGS = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:item|entry)[\s>/]")
_ITEM_ENDS = re.compile(rb"</(?:[\w.-]{1,40}:)?(?:item|entry)\s*>")
_MARKUP = ("html", "xml")
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One item of a feed; `whole` says whether the feed brings its content or a summary alone. The article's text may be empty."""

    article: Article
    whole: bool


def is_feed(head: bytes) -> bool:
    """Whether a file begins as a feed of any kind."""
    if is_json_feed(head):
        return True
    root = root_tag(head)
    if root is None:
        return False
    name, attributes = root
    if name == "RDF":
        return any(space in head for space in _RDF_FEEDS)
    return name == "rss" or (name in ("feed", "entry") and _ATOM.search(attributes) is not None)


def read_feed(stream: BinaryIO, name: str, keep_text: bool) -> Iterator[Article | SourceProblem]:
    """The articles of a feed in its order; an item without text, or one that took too long to parse, is a problem of its own."""
    data = stream.read(LARGEST_FEED + 1)
    count = 0
    for found in feed_items(data, name, keep_text=keep_text):
        count += 1
        if isinstance(found, SourceProblem):
            yield found
        elif len(found.article.text) > LARGEST_ARTICLE:
            yield SourceProblem(found.article.name, "parse", "larger than one article can be")
        elif found.article.text:
            yield from checked(found.article)
        else:
            where = f"; it only links to {found.article.url}" if found.article.url else ""
            yield SourceProblem(found.article.name, "parse", f"there is no text in this item{where}")
    if not count:
        yield SourceProblem(name, "parse", "there is no item in this feed")


def feed_items(
    data: bytes,
    name: str,
    *,
    keep_text: bool = False,
    limits: ParsingLimits = ParsingLimits(),  # noqa: B008 - frozen
) -> Iterator[FeedItem | SourceProblem]:
    """The items of a feed's bytes, with or without text; nothing is raised."""
    try:
        if len(data) > LARGEST_FEED:
            raise TooLarge(f"larger than a feed can be ({LARGEST_FEED // 1_000_000} MB)")
        if is_json_feed(data[:65_536]):
            yield from _json_items(data, name, keep_text)
        else:
            yield from _xml_items(data, name, keep_text, limits)
    except SourceError as error:
        yield problem_of(name, "parse", error)


def _json_items(data: bytes, name: str, keep_text: bool) -> Iterator[FeedItem | SourceProblem]:
    title, items = parse_json_feed(data)
    for number, item in enumerate(items[:MOST_ITEMS], 1):
        where = f"{name} item {number}"
        if item is None:
            yield SourceProblem(where, "parse", "not an item: a JSON object is wanted")
        else:
            yield _item(item, title, where, keep_text)
    yield from _too_many(len(items), name)


def _xml_items(data: bytes, name: str, keep_text: bool, limits: ParsingLimits) -> Iterator[FeedItem | SourceProblem]:
    feed = parse_feed(data, limits)
    title = _shown(feed.title)
    held = len(_ITEM_TAGS.findall(data)) if feed.broken else 0
    last = held if held == len(feed.items) and _ends_within_item(data) else None
    for number, item in feed.items[:MOST_ITEMS]:
        if number == last:  # what there is of it is not what was written
            yield SourceProblem(f"{name} item {number}", "parse", "the feed ends in the middle of it; it was not read")
        else:
            yield _item(item, title, f"{name} item {number}", keep_text)
    for number in feed.lost:
        yield SourceProblem(f"{name} item {number}", "parse", "took too long to parse and was cut off")
    if held > len(feed.items):
        yield SourceProblem(
            name, "parse", f"broken XML ({feed.broken}): {len(feed.items)} of about {held} items were read"
        )
    yield from _too_many(len(feed.items), name)


def _ends_within_item(data: bytes) -> bool:
    """Whether the last item that begins does not end."""
    begun = max((match.start() for match in _ITEM_TAGS.finditer(data)), default=-1)
    return begun >= 0 and _ITEM_ENDS.search(data, begun) is None


def _too_many(count: int, name: str) -> Iterator[SourceProblem]:
    if count > MOST_ITEMS:
        yield SourceProblem(name, "parse", f"has {count:,} items; those after the first {MOST_ITEMS:,} were not read")


def _item(item: dict[str, Any], feed: str | None, where: str, keep_text: bool) -> FeedItem:
    contents = [text for value, kind in item["contents"] if (text := _text(value, kind, keep_text))]
    summary = _text(item["summary"][0], item["summary"][1], keep_text) if item["summary"] else ""
    text = max([*contents, summary], key=len)
    published = _date(item["published"], item.get("published_utc"))
    updated = _date(item["updated"], item.get("updated_utc"))
    link = _link(item["link"]) or _link(item["id"])
    first = published or updated
    return FeedItem(
        Article(
            text=text,
            title=_shown(item["title"]),
            url=link,
            publisher=_shown(item.get("source")) or (without_surrogates(feed).strip() if feed else None) or None,
            published=first,
            published_from="metadata" if first else None,
            byline=_byline(item["authors"]),
            name=where,
            source_id=without_surrogates(item["id"]).strip() or None if item["id"] else None,
            updated=updated,
        ),
        whole=bool(contents),
    )


def _text(value: str, kind: str, keep_text: bool) -> str:
    value = without_surrogates(value)
    if any(mark in kind for mark in _MARKUP):
        return markup_text(value)
    if kind.startswith("text/"):
        return value.strip() if keep_text else unwrap(value.strip())
    return ""


def _shown(value: tuple[str, str] | list[str] | None) -> str | None:
    """A title on one line."""
    return " ".join(_text(value[0], value[1], True).split()) or None if value else None


def _date(written: str | None, utc: list[int] | None) -> str | None:
    """As written where it can be read, for its zone; else as feedparser understood it, in UTC."""
    if written and (date := iso_date(written)):
        return date
    if not utc:
        return None
    try:
        return dt.datetime(*utc, tzinfo=dt.UTC).isoformat()  # type: ignore[arg-type,misc]
    except ValueError:
        return None


def _link(value: str | None) -> str | None:
    """A web address; what else stands where a link should be (`javascript:`, a relative path) is none."""
    if not value:
        return None
    value = without_surrogates(value.strip())
    try:
        parts = urlsplit(value)
    except ValueError:
        return None
    return value if parts.scheme in ("http", "https") and parts.netloc else None


def _byline(names: list[str]) -> tuple[str, ...]:
    shown = (" ".join(without_surrogates(name).split()) for name in names)
    return tuple(dict.fromkeys(name for name in shown if name and len(name) <= _LONGEST_NAME))


def with_page(item: FeedItem, page: Article) -> Article:
    """The item's article with the text of the page that it links to; what the feed says of it is kept, the page fills the gaps."""
    article = item.article
    return replace(
        article,
        text=page.text,
        title=article.title or page.title,
        publisher=article.publisher or page.publisher,
        published=article.published or page.published,
        published_from=article.published_from if article.published else page.published_from,
        byline=article.byline or page.byline,
    )
