"""An article as it came: its text to the letter, and what its source says about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
