"""XML from strangers: nothing is fetched, nothing is expanded, and a tree has a bounded size and depth."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator

from lxml import etree

from readout.errors import SourceError, TooLarge
from readout.sources.decoding import without_surrogates

#: A message of many items is larger than an article; more than this in one document is refused before it is parsed.
LARGEST_XML = 50_000_000
#: Of one element: each of them is looked up among all.
MOST_ATTRIBUTES = 1_000
_CROWDED = etree.XPath(f"boolean(//*[@*[{MOST_ATTRIBUTES + 1}]])")
_SPACE = " \t\r\n"
_NAME = re.compile(r"<([A-Za-z_][\w.\-]*)(?::([A-Za-z_][\w.\-]*))?(?:\s+[\w:.\-]+\s*=|\s*/?>|\s+\Z)")
_DOCTYPE = re.compile(r"<!DOCTYPE\s{1,50}(?:[A-Za-z_][\w.\-]*:)?([A-Za-z_][\w.\-]*)")
_WIDE = (
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_OWN = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})


def parse_xml(data: bytes) -> etree._Element:
    """The root of an XML document. No entity is expanded (HTML's own, such as &nbsp;, are left as nodes that `text_of` reads), no
    DTD or file is opened, no socket made; libxml2's limits hold: 256 levels deep, 10 MB a text.

    Raises:
        TooLarge: more than `LARGEST_XML` bytes.
        SourceError: it is not well-formed, is nested too deeply, has too many attributes, or declares entities of its own.
    """
    if len(data) > LARGEST_XML:
        raise TooLarge(f"an XML document larger than {LARGEST_XML // 1_000_000} MB: split it")
    try:
        root = _parsed(data)
    except etree.XMLSyntaxError as error:
        if "not defined" not in str(error):
            raise SourceError(f"not well-formed XML: {_short(error)}") from error
        try:
            root = _parsed(_NAMED.sub(_numbered, data))
        except etree.XMLSyntaxError as again:
            raise SourceError(f"not well-formed XML: {_short(again)}") from again
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(dtd.iterentities(), None) is not None:  # type: ignore[attr-defined] # the stubs lack it
        raise SourceError("its XML declares entities of its own, which are not read")
    if _crowded(root):
        raise SourceError(
            f"its XML has more elements than can be read, or one with more than {MOST_ATTRIBUTES:,} attributes"
        )
    return root


def root_name(head: bytes) -> str | None:
    """The local name of the root element of a document that begins so ("nitf"), or None where it does not begin as XML does."""
    text = _text(head).lstrip("\ufeff" + _SPACE)
    while text.startswith(("<?", "<!")):
        end = _prolog_end(text)
        if end is None:
            # A prolog that is longer than the head: the document type names the root too.
            declared = _DOCTYPE.match(text)
            return declared[1] if declared else None
        text = text[end:].lstrip(_SPACE)
    found = _NAME.match(text)
    return (found[2] or found[1]) if found else None


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; "" for comments, instructions and entities."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def entity_text(node: etree._Entity) -> str:
    """What an entity that was not expanded stands for: HTML's by their names, others as they are written."""
    return html.unescape(node.text or "")


def text_of(element: etree._Element | None) -> str | None:
    """All text in an element, on one line; None where there is none."""
    if element is None:
        return None
    return " ".join(raw_text(element).split()) or None


def raw_text(element: etree._Element) -> str:
    """All text in an element to the letter."""
    return without_surrogates("".join(_texts(element)))


def children(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """The child elements that have one of these local names, or all child elements."""
    for child in element if element is not None else ():
        name = local(child)
        if name and (not names or name in names):
            yield child


def find(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first element at a path of local names below an element, or None."""
    for name in path:
        element = next(children(element, name), None)
    return element


def attribute(element: etree._Element | None, *names: str) -> str | None:
    """The first of these attributes that an element has and that is not empty, stripped."""
    for name in names if element is not None else ():
        value = element.get(name)  # type: ignore[union-attr]
        if value and value.strip():
            return without_surrogates(str(value)).strip()
    return None


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(data, parser)


def _crowded(root: etree._Element) -> bool:
    try:
        return bool(_CROWDED(root))
    except etree.XPathEvalError:  # ten million elements
        return True


def _texts(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child, etree._Entity):
            yield entity_text(child)
        elif isinstance(child.tag, str):
            yield from _texts(child)
        yield child.tail or ""


def _numbered(match: re.Match[bytes]) -> bytes:
    """HTML's named characters, which XML does not know, by their numbers; other names are left to be told of."""
    if match[1] in _OWN:
        return match[0]
    written = html.unescape(match[0].decode("ascii"))
    return match[0] if written.startswith("&") else "".join(f"&#{ord(letter)};" for letter in written).encode("ascii")


def _prolog_end(text: str) -> int | None:
    if text.startswith("<!--"):
        opened, closed = 0, "-->"
    elif text.startswith("<?"):
        opened, closed = 0, "?>"
    else:
        subset, end = text.find("["), text.find(">")
        opened, closed = (subset, "]>") if -1 < subset < end else (0, ">")
        if closed == "]>" and (gap := re.compile(r"\]\s{0,20}>").search(text, opened)):
            return gap.end()
    found = text.find(closed, opened)
    return None if found < 0 else found + len(closed)


def _text(head: bytes) -> str:
    for mark, encoding in _WIDE:
        if head.startswith(mark):
            return head.decode(encoding, "replace")
    return head.decode("utf-8", "replace")


def _short(error: Exception) -> str:
    return re.sub(r"\s*\(<string>.*\)$", "", str(error).replace("\n", " "))[:160]
