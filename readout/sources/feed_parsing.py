"""Feeds through feedparser in a child process with a time limit: what takes too long is cut off, and the other items survive."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from readout.errors import SourceError
from readout.sources.xml import MOST_ATTRIBUTES, parse_xml

_CHILD = Path(__file__).with_name("feed_child.py")
#: Longest text of a field, by the local name of its element; what is longer is no name and no date, and costs its square in time.
_LONGEST_FIELDS = {
    "author": 1_000, "name": 1_000, "creator": 1_000, "managingeditor": 1_000, "webmaster": 1_000, "publisher": 1_000,
    "contributor": 1_000, "email": 1_000, "owner": 1_000, "pubdate": 200, "date": 200, "published": 200, "updated": 200,
    "issued": 200, "modified": 200, "created": 200, "lastbuilddate": 200, "title": 10_000, "category": 1_000, "keywords": 10_000,
}  # fmt: skip
_LONGEST_ATTRIBUTE = 8_000
_ITEMS = ("item", "entry")


@dataclass(frozen=True, slots=True)
class ParsingLimits:
    """Time for a feed, in seconds: `whole` and `per_megabyte` for it in one go, then `item` for each item alone, `total` for all."""

    whole: float = 5.0
    per_megabyte: float = 3.0
    item: float = 2.0
    total: float = 60.0


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """What feedparser found: the feed's title as (value, type), items as it gives them, the XML's fault, and the numbers of lost items."""

    title: tuple[str, str] | None
    items: tuple[tuple[int, dict[str, Any]], ...]
    broken: str
    lost: tuple[int, ...] = ()


def parse_feed(data: bytes, limits: ParsingLimits = ParsingLimits()) -> ParsedFeed:
    """The feed in one go, or item by item where that takes too long.

    Raises:
        SourceError: it takes too long and cannot be taken apart, or the child process died of it.
    """
    document = _capped(data)
    allowed = limits.whole + limits.per_megabyte * len(document) / 1_000_000
    (found,) = _run([document], allowed, allowed)
    if found is not None:
        items = tuple(enumerate(found["items"], 1))
        return ParsedFeed(_pair(found["title"]), items, found["broken"])
    parts = _parts(data)
    if len(parts) < 2:
        raise SourceError("a feed that takes too long to parse, or that its parser fails on; nothing of it was read")
    return _joined(_run(parts, limits.item, limits.total))


def _joined(results: list[dict[str, Any] | None]) -> ParsedFeed:
    items = [(number, item) for number, found in enumerate(results, 1) if found is not None for item in found["items"]]
    read = {number for number, _ in items}
    lost = tuple(number for number in range(1, len(results) + 1) if number not in read)
    title = next((_pair(found["title"]) for found in results if found is not None), None)
    return ParsedFeed(title, tuple(items), "", lost)


def _pair(value: list[str] | None) -> tuple[str, str] | None:
    return (value[0], value[1]) if value else None


def _run(documents: list[bytes], each: float, total: float) -> list[dict[str, Any] | None]:
    """What the child found in each document, None where it took more than `each` seconds or died, or `total` was over before."""
    results: list[dict[str, Any] | None] = []
    ends = time.monotonic() + total
    while len(results) < len(documents):
        if results and time.monotonic() >= ends:
            return results + [None] * (len(documents) - len(results))
        results += _run_child(documents[len(results) :], each, ends)
    return results


def _run_child(documents: list[bytes], each: float, ends: float) -> Iterator[dict[str, Any] | None]:
    """Results until the first document that fails, for which it gives None and stops."""
    with tempfile.TemporaryFile() as given:
        for document in documents:
            given.write(len(document).to_bytes(4, "big") + document)
        given.seek(0)
        # -P: this folder has modules with names of the standard library's, and must not be searched for them.
        child = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-P", str(_CHILD)], stdin=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        lines: queue.Queue[bytes] = queue.Queue()
        thread = threading.Thread(target=_collect, args=(child, lines), daemon=True)
        thread.start()
        try:
            for _ in documents:
                try:
                    line = lines.get(timeout=max(0.01, min(each, ends - time.monotonic())))
                except queue.Empty:
                    line = b""
                yield json.loads(line) if line else None
                if not line:
                    return
        finally:
            child.kill()
            child.wait()
            thread.join()
            if child.stdout is not None:
                child.stdout.close()


def _collect(child: subprocess.Popen[bytes], lines: queue.Queue[bytes]) -> None:
    assert child.stdout is not None
    for line in child.stdout:
        lines.put(line)
    lines.put(b"")


def _capped(data: bytes) -> bytes:
    """The feed with overlong fields cut; as it is where it is not well-formed, which feedparser may still read."""
    try:
        root = parse_xml(data)
    except SourceError:
        return data
    if not _cap(root):
        return data
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _cap(root: etree._Element) -> bool:
    changed = False
    for element in root.iter(etree.Element):
        longest = _LONGEST_FIELDS.get(_local_name(element))
        if longest is not None and element.text and len(element.text) > longest:
            element.text = element.text[:longest]
            changed = True
        if len(element.attrib) > MOST_ATTRIBUTES:
            element.attrib.clear()
            changed = True
        for key, value in element.attrib.items():
            if len(value) > _LONGEST_ATTRIBUTE:
                element.attrib[key] = ""
                changed = True
    return changed


def _local_name(element: etree._Element) -> str:
    """The name of an element without its namespace; in XML that is not well-formed it may be one that no element can have."""
    return str(element.tag).rpartition("}")[2].lower()


def _parts(data: bytes) -> list[bytes]:
    """The feed as many feeds of one item each, its fields cut to size; none where it holds no items that can be told apart."""
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return []
    if root is None:
        return []
    _cap(root)
    items = [node for node in root.iter(etree.Element) if _local_name(node) in _ITEMS]
    channels: list[etree._Element | None] = []
    for item in items:
        parent = item.getparent()
        channels.append(None if parent is None or parent is root else parent)
        if parent is not None:
            parent.remove(item)
    return [_alone(root, channel, item) for channel, item in zip(channels, items, strict=True)]


def _alone(root: etree._Element, channel: etree._Element | None, item: etree._Element) -> bytes:
    place = root if channel is None else channel
    place.append(item)
    data: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    place.remove(item)
    return data
