"""NITF, the News Industry Text Format of IPTC: one XML document, one article, alone or inside a NewsML-G2 item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from readout.errors import SourceError
from readout.sources.article import Article
from readout.sources.dates import iso_date
from readout.sources.markup import joined, paragraphs_of, without_headline
from readout.sources.problem import SourceProblem, problem_of
from readout.sources.status import names_of, noted, status_of
from readout.sources.text import checked, unwrap, whole
from readout.sources.xml import attribute, children, find, parse_xml, root_name, text_of

#: Notes are told to editors, not to readers.
_ASIDE = frozenset({"note"})


def is_nitf(head: bytes) -> bool:
    """Whether a file begins as an NITF document."""
    return root_name(head) == "nitf"


def read_nitf(stream: BinaryIO, name: str, keep_text: bool) -> Iterator[Article | SourceProblem]:
    """The article of an NITF document, or the problem with it; `keep_text` keeps the lines of preformatted text."""
    try:
        root = parse_xml(whole(stream))
        article = nitf_article(root, name, keep_text)
    except SourceError as error:
        yield problem_of(name, "parse", error)
    else:
        yield from checked(article, attribute(root, "{http://www.w3.org/XML/1998/namespace}lang"))


def nitf_article(root: etree._Element, name: str, keep_text: bool) -> Article:
    """The article of an `nitf` element; its text may be empty.

    Raises:
        SourceError: its publishing status is not one that is known.
    """
    docdata, head = find(root, "head", "docdata"), find(root, "body", "body.head")
    key = find(docdata, "du-key")
    issued = _date(docdata, "date.issue") or _pubdate(root)
    title = text_of(find(head, "hedline", "hl1")) or text_of(find(root, "head", "title"))
    paragraphs = _with_dateline(_paragraphs(root), text_of(find(head, "dateline")))
    text = joined(without_headline(paragraphs, title))
    return Article(
        text=text if keep_text else unwrap(text),
        title=title,
        url=attribute(find(root, "head", "pubdata"), "ex-ref"),
        publisher=_publisher(root),
        published=issued,
        published_from="metadata" if issued else None,
        byline=_byline(head),
        name=name,
        source_id=attribute(find(docdata, "doc-id"), "id-string") or attribute(key, "key"),
        version=attribute(key, "version") or attribute(find(docdata, "doc-id"), "version"),
        updated=_date(docdata, "date.release") or issued,
        status=status_of(attribute(docdata, "management-status", "status")),
        embargoed=_embargo(docdata),
        note=noted(*(_message(message) for message in children(docdata, "ed-msg", "correction")), *_notes(root)),
    )


def _paragraphs(root: etree._Element) -> list[str]:
    body = find(root, "body")
    content = find(body, "body.content")
    if content is not None:
        return paragraphs_of(content, _ASIDE)
    # Some writers leave the inner parts out; what is not the head is the text then.
    return paragraphs_of(body, _ASIDE | {"body.head", "body.end"}) if body is not None else []


def _with_dateline(paragraphs: list[str], dateline: str | None) -> list[str]:
    """The paragraphs with the dateline set before the first, as it is printed, where it does not stand there already."""
    if not dateline or not paragraphs:
        return paragraphs
    place = dateline.split(",")[0].split("(")[0].strip().casefold()
    if paragraphs[0].casefold().startswith(place):
        return paragraphs
    mark = "" if dateline.endswith(("-", "–", "—")) else " —"
    return [f"{dateline}{mark} {paragraphs[0]}", *paragraphs[1:]]


def _publisher(root: etree._Element) -> str | None:
    docdata = find(root, "head", "docdata")
    return (
        text_of(find(root, "body", "body.head", "distributor"))
        or attribute(find(root, "head", "pubdata"), "name")
        or attribute(find(docdata, "doc.copyright"), "holder")
        or attribute(find(docdata, "doc-id"), "regsrc")
    )


def _byline(head: etree._Element | None) -> tuple[str, ...]:
    """Persons that a byline names, else its words without the office that `byttl` marks."""
    found: list[str] = []
    for byline in children(head, "byline"):
        persons = [name for person in children(byline, "person") if (name := text_of(person))]
        office = text_of(find(byline, "byttl"))
        written = text_of(byline) or ""
        found += persons or names_of(written.removesuffix(office).strip() if office else written)
    return tuple(dict.fromkeys(found))


def _date(docdata: etree._Element | None, name: str) -> str | None:
    given = attribute(find(docdata, name), "norm")
    return iso_date(given) if given else None


def _pubdate(root: etree._Element) -> str | None:
    given = attribute(find(root, "head", "pubdata"), "date.publication")
    return iso_date(given) if given else None


def _embargo(docdata: etree._Element | None) -> str | None:
    """An embargoed item may be used from its release on."""
    embargoed = (attribute(docdata, "management-status", "status") or "").lower() == "embargoed"
    return _date(docdata, "date.release") if embargoed else None


def _message(message: etree._Element) -> str | None:
    """What an editor's message says; `info` holds its words, its content more of them."""
    return noted(attribute(message, "info"), text_of(message))


def _notes(root: etree._Element) -> Iterator[str | None]:
    for part in (find(root, "body", "body.head"), find(root, "body", "body.content")):
        for note in children(part, "note"):
            if attribute(note, "noteclass") != "cpyrt":
                yield text_of(note)
