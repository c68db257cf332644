"""Web pages: trafilatura finds the article, the page's own metadata says who printed it and when."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any, BinaryIO

from readout.errors import EmptyArticle, SourceError
from readout.sources.article import Article
from readout.sources.dates import iso_date, url_date
from readout.sources.decoding import decode, without_surrogates
from readout.sources.markup import bounded_tags
from readout.sources.problem import SourceProblem, problem_of
from readout.sources.roots import beginning
from readout.sources.text import checked, whole
from readout.types import PublishedFrom

_START = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_ANYWHERE = re.compile(rb"<(?:html|head|body|article|div|p)\b[^<>]*>", re.IGNORECASE)
_DATE_FIELDS = (
    "article:published_time", "og:published_time", "datepublished", "dc.date.issued", "dcterms.created", "dc.date",
    "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "date", "article.published",
    "cxenseparse:recs:publishtime", "og:article:published_time",
)  # fmt: skip
#: Dates outside these are no publication dates; fixed, because a report may not depend on the day it is made.
_EARLIEST, _LATEST = "1990-01-01", "2099-12-31"


def is_html(head: bytes) -> bool:
    """Whether a file begins as a web page, or holds a page's tags and no more than a few words before them."""
    if _START.match(beginning(head)):
        return True
    tags = _ANYWHERE.findall(head)
    return head.lstrip()[:1] == b"<" and len(tags) >= 2


def read_html(stream: BinaryIO, name: str, keep_text: bool) -> Iterator[Article | SourceProblem]:
    """The article of a web page, or the problem with it; `keep_text` has no letter to keep to in a page."""
    try:
        page = bounded_tags(decode(whole(stream)))
        article = _article(page, name)
    except SourceError as error:
        yield problem_of(name, "decode", error)
    else:
        yield from checked(article)


def _article(page: str, name: str) -> Article:
    # Imported here: trafilatura takes half a second, and most inputs are not pages.
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    found = bare_extraction(
        page.replace("\0", ""),
        include_comments=False,
        include_tables=False,
        favor_precision=True,
        with_metadata=True,
        date_extraction_params={"original_date": True, "min_date": _EARLIEST, "max_date": _LATEST},
    )
    if not isinstance(found, Document) or not (found.text or "").strip():
        raise EmptyArticle("there is no article in this page")
    url = found.url or None
    published, published_from = _published(page, url, found.date)
    return Article(
        text=without_surrogates(found.text or ""),
        title=found.title or None,
        url=url,
        publisher=found.sitename or None,
        published=published,
        published_from=published_from,
        byline=tuple(part for part in re.split(r";\s*", found.author or "") if part),
        name=name,
    )


def _published(page: str, url: str | None, guessed: str | None) -> tuple[str | None, PublishedFrom | None]:
    if declared := _declared(page):
        return declared, "metadata"
    if url and (day := url_date(url)):
        return day, "url"
    if guessed and iso_date(guessed):
        return guessed, "text"
    return None, None


def _declared(page: str) -> str | None:
    """The date that the page's metadata gives: meta tags first, then JSON-LD."""
    from lxml import html

    try:
        tree = html.fromstring(page.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (ValueError, AssertionError):
        return None
    fields: dict[str, str] = {}
    for tag in tree.iter("meta"):
        field = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").lower()
        fields.setdefault(field, tag.get("content") or "")
    dates = [fields[field] for field in _DATE_FIELDS if field in fields]
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            dates += _linked_dates(script.text or "")
    return next((date for value in dates if (date := iso_date(value)) and _plausible(date)), None)


def _linked_dates(source: str) -> list[str]:
    try:
        pending: deque[Any] = deque([json.loads(source, strict=False)])
    except (ValueError, RecursionError):
        return []
    found = []
    while pending:
        value = pending.popleft()
        if isinstance(value, list):
            pending += value
        elif isinstance(value, dict):
            if isinstance(value.get("datePublished"), str):
                found.append(value["datePublished"])
            pending += [item for item in value.values() if isinstance(item, list | dict)]
    return found


def _plausible(date: str) -> bool:
    day = dt.datetime.fromisoformat(date).date().isoformat()
    return _EARLIEST <= day <= _LATEST
