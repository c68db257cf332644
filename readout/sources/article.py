"""An article as it came: its text to the letter, and what its source says about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from readout.types import PublishedFrom

#: What the publisher says may be done with an item, by IPTC's publishing status: a cancelled one is never to be used again (a
#: "kill"), a withheld one not for now.
PubStatus = Literal["usable", "withheld", "canceled"]


@dataclass(frozen=True, slots=True)
class Article:
    """One article before cleaning; everything but `text` may be unknown.

    `published` and `updated` are an ISO date or datetime each; `name` says where the article came from ("news.jsonl line 3"), for
    messages. `source_id` is the source's own id of the item, the same for all of its versions (the guid of a feed or NewsML item, a
    Message-ID); `version` is the version that it gives, as it writes it; `updated` is when this version was made. The text of an
    item that is not usable may be empty: a kill notice often brings none. `embargoed` is the time before which the item may not
    be used; `note` is what its editors say of it to those who print it.
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
    source_id: str | None = None
    version: str | None = None
    updated: str | None = None
    status: PubStatus = "usable"
    embargoed: str | None = None
    note: str | None = None


_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_HALF = re.compile("[\ud800-\udfff]")
_NONE = re.compile("[\ud800-\udfff\0]")  # no database keeps these


def encodable(text: str) -> str:
    """The text as any encoding can write it: the two halves of a surrogate pair, where they stand side by side, are the one letter that
    they are; a half alone is replaced."""
    joined = _PAIR.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
    return _HALF.sub("\ufffd", joined)


def with_whole_letters(article: Article) -> Article:
    """The article as any encoding can write it; else JSON would make one letter of two halves, and move all that stands behind."""
    return _changed(article, _HALF, encodable)


def writable(article: Article) -> Article:
    """The article as every database can write it: without halves of letters, and NULs are replaced, one for one."""
    name = shown_name(article.name)
    article = replace(article, name=name) if name != article.name else article
    return _changed(article, _NONE, lambda text: encodable(text).replace("\0", "\ufffd"))


def shown_name(name: str) -> str:
    """A name, or a sentence with one, as every database can write it: what is not in UTF-8, as names of files may be, is spelt out."""
    return name.replace("\0", "\ufffd").encode("utf-8", "backslashreplace").decode("utf-8")


def _changed(article: Article, where: re.Pattern[str], change: Callable[[str], str]) -> Article:
    changed: dict[str, Any] = {}
    for field in fields(Article):
        value = getattr(article, field.name)
        if isinstance(value, str) and where.search(value):
            changed[field.name] = change(value)
        elif isinstance(value, tuple) and any(map(where.search, value)):
            changed[field.name] = tuple(map(change, value))
    return replace(article, **changed) if changed else article
