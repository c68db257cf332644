"""NewsML-G2 of IPTC: news items, alone or several in a message; the text is NITF, XHTML or plain."""

from __future__ import annotations

import base64
import binascii
import dataclasses
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from readout.errors import SourceError, TooLarge
from readout.sources.article import Article
from readout.sources.dates import iso_date
from readout.sources.decoding import decode
from readout.sources.markup import first_heading, html_paragraphs, joined, paragraphs_of, without_headline
from readout.sources.nitf import nitf_article
from readout.sources.problem import LARGEST_ARTICLE, SourceProblem, problem_of
from readout.sources.status import names_of, noted, status_of
from readout.sources.text import checked, unwrap
from readout.sources.xml import LARGEST_XML, attribute, children, find, local, parse_xml, raw_text, root_name, text_of

#: What a message may hold besides news, and why there is no article in it.
_OTHERS = {
    "packageItem": "a package: it only refers to other items, and holds no article",
    "conceptItem": "an entry of a vocabulary, no article",
    "knowledgeItem": "a vocabulary, no article",
    "planningItem": "a plan of coverage, no article",
    "catalogItem": "a list of vocabularies, no article",
}
_ROOTS = frozenset({"newsItem", "newsMessage", *_OTHERS})


def is_newsml(head: bytes) -> bool:
    """Whether a file begins as a NewsML-G2 item or message."""
    return root_name(head) in _ROOTS


def read_newsml(stream: BinaryIO, name: str, keep_text: bool) -> Iterator[Article | SourceProblem]:
    """The articles of an item or of every item of a message, in order; packages and other items without a text of their own are
    problems, and so is a document that is not well-formed to its end. `keep_text` keeps the lines of plain text."""
    try:
        root = parse_xml(stream.read(LARGEST_XML + 1))
    except SourceError as error:
        yield problem_of(name, "parse", error)
        return
    if local(root) != "newsMessage":
        yield from _read_item(root, name, keep_text)
        return
    items = [item for itemset in children(root, "itemSet") for item in children(itemset)]
    if not items:
        yield SourceProblem(name, "parse", "there is no item in this message")
    for number, item in enumerate(items, 1):
        yield from _read_item(item, name if len(items) == 1 else f"{name} item {number}", keep_text)


def _read_item(item: etree._Element, name: str, keep_text: bool) -> Iterator[Article | SourceProblem]:
    kind = local(item)
    if kind != "newsItem":
        yield SourceProblem(name, "parse", _OTHERS.get(kind, f"no news item but a {kind[:40]!r}"))
        return
    try:
        article = _article(item, name, keep_text)
    except SourceError as error:
        yield problem_of(name, "parse", error)
    else:
        yield from checked(article, attribute(find(item, "contentMeta", "language"), "tag"))


def _article(item: etree._Element, name: str, keep_text: bool) -> Article:
    meta, content = find(item, "itemMeta"), find(item, "contentMeta")
    status = status_of(attribute(find(meta, "pubStatus"), "qcode", "uri", "literal"))
    body = _body(item, name, keep_text)
    title = _headline(content) or body.title or text_of(find(meta, "title")) or text_of(find(content, "slugline"))
    if not body.text and status == "usable":
        raise SourceError(f"there is no text in it{_kind(meta)}")
    paragraphs = body.text.split("\n\n") if body.text else []
    published = _first_date(
        (meta, "firstCreated"), (content, "contentCreated"), (meta, "versionCreated"), (content, "contentModified")
    )
    return dataclasses.replace(
        body,
        text=body.text if keep_text else "\n\n".join(without_headline(paragraphs, title)),
        title=title,
        url=body.url or _web_address(meta),
        publisher=_publisher(meta, content, item) or body.publisher,
        published=published or body.published,
        published_from="metadata" if published or body.published else None,
        byline=_byline(content) or body.byline,
        source_id=attribute(item, "guid") or body.source_id,
        version=attribute(item, "version") or body.version,
        updated=_first_date((meta, "versionCreated"), (content, "contentModified")) or body.updated,
        status=status if status != "usable" else body.status,
        embargoed=_first_date((meta, "embargoed")) or body.embargoed,
        note=noted(*_notes(item, meta), body.note),
    )


def _body(item: etree._Element, name: str, keep_text: bool) -> Article:
    """The first rendition that brings text, as an article; the renditions of an item say the same in other formats."""
    renditions = list(children(find(item, "contentSet"), "inlineXML", "inlineData"))
    found = Article(text="", name=name)
    for rendition in renditions:
        found = (
            _inline_xml(rendition, name, keep_text)
            if local(rendition) == "inlineXML"
            else _inline_data(rendition, name)
        )
        if not keep_text:
            found = dataclasses.replace(found, text=unwrap(found.text))
        if found.text or found.status != "usable":
            break
    if len(found.text) > LARGEST_ARTICLE:
        raise TooLarge("larger than one article can be")
    return found


def _inline_xml(rendition: etree._Element, name: str, keep_text: bool) -> Article:
    root = next(children(rendition), None)
    if root is None:
        return Article(text=text_of(rendition) or "", name=name)
    if local(root) == "nitf":
        return nitf_article(root, name, keep_text)
    title = first_heading(root)
    return Article(text=joined(without_headline(paragraphs_of(rendition), title)), title=title, name=name)


def _inline_data(rendition: etree._Element, name: str) -> Article:
    written = raw_text(rendition)
    encoding = (attribute(rendition, "encoding", "encodinguri") or "").lower()
    if "base64" in encoding:
        try:
            written = decode(base64.b64decode(written, validate=False))
        except (binascii.Error, ValueError) as error:
            raise SourceError("its text is said to be base64 and is not") from error
    if "html" in (attribute(rendition, "contenttype") or ""):
        written = joined(html_paragraphs(written))
    return Article(text=written.strip("\r\n"), name=name)


def _headline(content: etree._Element | None) -> str | None:
    """The headline: the one without a role or with the main one, else the first."""
    found = [(attribute(line, "role") or "", text) for line in children(content, "headline") if (text := text_of(line))]
    main = [text for role, text in found if not role or role.endswith(("main", "hedline", "headline"))]
    return next(iter(main or [text for _, text in found]), None)


def _publisher(meta: etree._Element | None, content: etree._Element | None, item: etree._Element) -> str | None:
    provider = find(meta, "provider")
    code = attribute(provider, "literal", "qcode", "uri")
    return (
        text_of(find(provider, "name"))
        or text_of(find(content, "creditline"))
        or text_of(find(item, "rightsInfo", "copyrightHolder", "name"))
        or (code.rstrip("/").replace("/", ":").rpartition(":")[2] if code else None)
    )


def _byline(content: etree._Element | None) -> tuple[str, ...]:
    written = [name for by in children(content, "by") for name in names_of(text_of(by))]
    creators = [name for creator in children(content, "creator") if (name := text_of(find(creator, "name")))]
    return tuple(dict.fromkeys(written or creators))


def _first_date(*places: tuple[etree._Element | None, str]) -> str | None:
    for parent, field in places:
        given = text_of(find(parent, field))
        if given and (date := iso_date(given)):
            return date
    return None


def _notes(item: etree._Element, meta: etree._Element | None) -> Iterator[str | None]:
    """Notes to editors and terms of use; that an item is a correction, where no note says so."""
    notes = [text_of(note) for note in children(meta, "edNote")]
    signals = [(attribute(signal, "qcode", "uri") or "").lower() for signal in children(meta, "signal")]
    if not any(notes) and any(signal.endswith("correction") for signal in signals):
        yield "correction"
    yield from notes
    for rights in children(item, "rightsInfo"):
        yield from (text_of(terms) for terms in children(rights, "usageTerms"))


def _kind(meta: etree._Element | None) -> str:
    code = (attribute(find(meta, "itemClass"), "qcode", "uri") or "").replace("/", ":").rpartition(":")[2]
    return f" (its class is {code})" if code and code != "text" else ""


def _web_address(meta: etree._Element | None) -> str | None:
    for link in children(meta, "link"):
        address = attribute(link, "href")
        if (
            address
            and (attribute(link, "rel") or "").endswith("webpage")
            and address.startswith(("http://", "https://"))
        ):
            return address
    return None
