"""OPML: lists of feeds, as feed readers write them. They hold no articles, and are read to be watched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import urlsplit

from lxml import etree

from readout.errors import SourceError
from readout.sources.article import Article
from readout.sources.problem import SourceProblem
from readout.sources.roots import root_tag
from readout.sources.xml import parse_xml

_LARGEST = 20_000_000


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A feed in a list: its address, its name, its site, and the groups that it is in, outermost first."""

    xml_url: str
    title: str | None = None
    html_url: str | None = None
    groups: tuple[str, ...] = ()


def is_opml(head: bytes) -> bool:
    """Whether a file begins as OPML."""
    root = root_tag(head)
    return root is not None and root[0] == "opml"


def read_opml(data: bytes) -> tuple[FeedEntry, ...]:
    """The feeds of a list in its order, each address once (the first); addresses that are not http or https are left out.

    Raises:
        SourceError: no XML, no OPML, or too large.
    """
    if len(data) > _LARGEST:
        raise SourceError(f"larger than a list of feeds can be ({_LARGEST // 1_000_000} MB)")
    root = parse_xml(data)
    if etree.QName(root).localname != "opml":
        raise SourceError("not a list of feeds: <opml> is wanted")
    found: dict[str, FeedEntry] = {}
    for outline in root.iter("outline"):
        # Attributes are spelled in every case: xmlUrl, xmlurl, XMLURL.
        fields = {str(key).lower(): " ".join(str(value).split()) for key, value in outline.attrib.items()}
        address = fields.get("xmlurl", "")
        if _is_web(address):
            site = fields.get("htmlurl", "")
            entry = FeedEntry(address, _label(fields), site if _is_web(site) else None, _groups(outline))
            found.setdefault(address, entry)
    return tuple(found.values())


def refuse_opml(stream: BinaryIO, name: str, keep_text: bool) -> Iterator[Article | SourceProblem]:
    """The problem that a list of feeds is where articles are wanted."""
    try:
        count = len(read_opml(stream.read(_LARGEST + 1)))
    except SourceError as error:
        yield SourceProblem(name, "parse", f"a list of feeds (OPML) that cannot be read: {error}")
    else:
        yield SourceProblem(
            name, "parse", f"a list of {count} feeds (OPML), not articles: use `readout watch` to fetch what they bring"
        )


def _label(fields: dict[str, str]) -> str | None:
    return fields.get("title") or fields.get("text") or None


def _groups(outline: etree._Element) -> tuple[str, ...]:
    labels = [
        _label({str(key).lower(): " ".join(str(value).split()) for key, value in above.attrib.items()})
        for above in outline.iterancestors("outline")
    ]
    return tuple(label for label in reversed(labels) if label)


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
