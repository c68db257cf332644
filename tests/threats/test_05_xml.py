"""XML, HTML or JSON expands without end, names a file or an address that its reader opens, or is nested deeper than a stack.

Promised: no entity of a document's own is expanded, no file is opened for one and no connection made, for a DTD neither. A tree is 256 deep
at most, a document 50 MB, and what a tag may say is bounded. What cannot be read is a problem, within seconds and 300 MB.
Not promised: that such a document is read: one that declares entities is refused whole, in a feed they are left as they are written.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from forms import WHOLE, scaled
from watching_files import watched

from readout.errors import SourceError
from readout.sources import Article, SourceProblem, read_source
from readout.sources.markup import bounded_tags, markup_text
from readout.sources.opml import read_opml
from readout.sources.xml import parse_xml

PROSE = (
    "The envoy of Nordland left Osthavn on Monday after three days of talks with the premier and his ministers. "
    "Officials of both sides said that the truce would hold until the end of the month, and that they would meet again."
)
#: Documents of each kind of XML that is read, with a place for a document type and one for a text.
KINDS = {
    "nitf": "{}<nitf><body><body.content><p>{} PROSE</p></body.content></body></nitf>",
    "newsItem": "{}<newsItem guid='a'><contentSet><inlineXML contenttype='application/nitf+xml'><nitf><body><body.content><p>{} PROSE</p>"
    "</body.content></body></nitf></inlineXML></contentSet></newsItem>",
    "rss": "{}<rss version='2.0'><channel><title>N</title><item><description>{} PROSE</description></item></channel></rss>",
    "feed": "{}<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><content type='text'>{} PROSE</content></entry></feed>",
    "opml": "{}<opml version='2.0'><body><outline text='{}' xmlUrl='https://nordpost.example/rss'/></body></opml>",
    "html": "{}<html><body><article><p>{} PROSE</p></article></body></html>",
}  # fmt: skip


def made(root: str, doctype: str, text: str) -> bytes:
    return KINDS[root].replace("PROSE", PROSE).format(doctype, text).encode()


def laughs(root: str, count: int = 10) -> str:
    entities = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, count + 1))
    return f"<!DOCTYPE {root} [<!ENTITY l0 'ha'>{entities}]>"


def quadratic(root: str) -> str:
    return f"<!DOCTYPE {root} [<!ENTITY a '{'a' * 100_000}'>]>"


#: By their names: what is read, made for each kind of document.
ATTACKS = {
    "billion laughs": lambda root: made(root, laughs(root), "&l10;"),
    "laughs of parameters": lambda root: made(
        root, f"<!DOCTYPE {root} [<!ENTITY % a 'ha'><!ENTITY % b '%a;%a;'><!ENTITY c '%b;%b;'>]>", "&c;"
    ),
    "quadratic": lambda root: made(root, quadratic(root), "&a;" * 10_000),
    "itself": lambda root: made(root, f"<!DOCTYPE {root} [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>", "&a;"),
    "deep": lambda root: made(root, "", "<p>" * 100_000 + "x" + "</p>" * 100_000),
    "deep and cut off": lambda root: made(root, "", "<p>" * 100_000),
    "attributes": lambda root: made(root, "", "<p " + " ".join(f"a{n}='1'" for n in range(100_000)) + ">x</p>"),
    "name spaces": lambda root: made(root, "", "<p " + " ".join(f"xmlns:a{n}='u:{n}'" for n in range(50_000)) + ">x</p>"),
    "a comment": lambda root: made(root, "", "<!--" + " -" * 2_000_000 + "-->"),
    "an instruction": lambda root: made(root, "", "<?a " + "b " * 1_000_000 + "?>"),
    "tags": lambda root: made(root, "", "<b/>" * 200_000),
    "an encoding that nobody knows": lambda root: b"<?xml version='1.0' encoding='klingon'?>" + made(root, "", ""),
    "a NUL": lambda root: made(root, "", "a\0b"),
    "an entity that nobody knows": lambda root: made(root, "", "&nordland;"),
}  # fmt: skip
LINKED = "<html><head><script type='application/ld+json'>"
#: Tried in the whole form alone.
LATER = {f"rss, {name}" for name in ATTACKS if name not in ("billion laughs", "quadratic", "deep", "attributes")}
#: What is no XML, and expands or is deep as well.
MORE = {
    "JSON, deep": b'{"text": "x", "a": ' + b"[" * 100_000,
    "JSON, deep and whole": b'{"text": "x", "a": ' + b"[" * 90_000 + b"]" * 90_000 + b"}",
    "YAML laughs": ("---\n" + "a0: &a0 [ha, ha]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
                    + f"author: *a11\ntitle: *a11\n---\n\n# Talks\n\n{PROSE}\n").encode(),
    "YAML, deep": f"---\ntitle: {'[' * 100_000}\n---\n\n# Talks\n\n{PROSE}\n".encode(),
    "mail, deep": b"From: a@coastwire.example\nMIME-Version: 1.0\n" + b"Content-Type: message/rfc822\n\n" * 20_000,
    "linked data, wide": f"{LINKED}[{','.join(['[1]'] * 300_000)}]</script></head><body><p>{PROSE}</p></body></html>".encode(),
    "linked data, deep": f"{LINKED}{'[' * 100_000}</script></head><body><p>{PROSE}</p></body></html>".encode(),
    "a table of literals": f"title,text,authors\na,\"{PROSE}\",\"[{'(' * 9_000}\"\n".encode(),
}  # fmt: skip

MEASURED = textwrap.dedent(
    """
    import json, sys, time
    from pathlib import Path
    from peak import peak, reset
    from readout.sources import read_source
    list(read_source(b"<html><body><p>" + sys.argv[2].encode() + b"</p></body></html>", "first"))
    for path in sorted(Path(sys.argv[1]).iterdir()):
        before, begun = reset(), time.process_time()
        found = list(read_source(path, path.name))
        said = [len(getattr(item, "text", "")) for item in found], [getattr(item, "message", "") for item in found]
        print(json.dumps([path.name, peak() - before, time.process_time() - begun, *said]), flush=True)
    """
)
SUPPORT = Path(__file__).resolve().parent.parent / "support"


def test_attacks_are_bounded_in_time_and_memory(tmp_path, figure):
    names = {f"{root}, {name}": make(root) for root in KINDS for name, make in ATTACKS.items()} | MORE
    if not WHOLE:  # a feed is parsed in a process of its own each time
        names = {name: data for name, data in names.items() if not name.startswith("feed, ") and name not in LATER}
    for name, data in names.items():
        (tmp_path / name).write_bytes(data)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(SUPPORT), *filter(None, sys.path)])}
    command = [sys.executable, "-c", MEASURED, str(tmp_path), PROSE]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, env=environment)
    assert done.returncode == 0, done.stdout[-500:] + done.stderr[-2000:]
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert {row[0] for row in rows} == set(names)
    for name, memory, seconds, texts, messages in rows:
        assert memory < 300, name
        assert seconds < 15, name
        assert texts or messages, name
        assert sum(texts) <= len(names[name]), name
        figure(1, "documents read or refused")
        figure(memory, "MB of memory more at most, of 300 allowed", most=True)
        figure(seconds * 1000, "ms at most, of 15,000 allowed", most=True)


@pytest.mark.parametrize("count", [3, 10])
@pytest.mark.parametrize("root", ["nitf", "newsItem"])
def test_entities_of_its_own_are_refused(root, count):
    (found,) = read_source(made(root, laughs(root, count), f"&l{count};"), "x")
    assert isinstance(found, SourceProblem)


#: Where a document may name something outside of itself; `{}` is its address.
OUTSIDE = (
    "<!DOCTYPE ROOT [<!ENTITY x SYSTEM '{}'>]>", "<!DOCTYPE ROOT [<!ENTITY % x SYSTEM '{}'> %x;]>", "<!DOCTYPE ROOT SYSTEM '{}'>",
    "<!DOCTYPE ROOT PUBLIC '-//N//DTD N//EN' '{}'>", "<!DOCTYPE ROOT [<!NOTATION n SYSTEM '{}'><!ENTITY x SYSTEM '{}' NDATA n>]>",
    "<?xml-stylesheet type='text/xsl' href='{}'?>",
)  # fmt: skip
_INCLUDED = "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='{}' parse='text'/>"


def documents(address: str) -> list[bytes]:
    """A document of each kind for each way to name an address."""
    found = [
        made(root, outside.replace("ROOT", root).replace("{}", address), "&x;") for root in KINDS for outside in OUTSIDE
    ]
    included = [made(root, "", _INCLUDED.replace("{}", address)) for root in KINDS]
    linked = f"<link rel='stylesheet' href='{address}'><base href='{address}'><iframe src='{address}'></iframe><img src='{address}'>"
    return [*found, *included, made("html", "", linked), *_moved(address)]


def _moved(address: str) -> list[bytes]:
    """What a page or a feed says of where it is, has moved to, or goes on."""
    page = f"<html><head><meta http-equiv='refresh' content='0;url={address}'><link rel='canonical' href='{address}'></head>"
    return [
        f"{page}<body><p>{PROSE}</p></body></html>".encode(),
        f"<rss version='2.0'><channel><link>{address}</link><item><link>{address}</link><enclosure url='{address}'/>"
        f"<description>{PROSE}</description></item></channel></rss>".encode(),
    ]


def test_no_socket_is_opened(figure):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)  # who had connected would be waiting by now
        port = server.getsockname()[1]
        for scheme in ("http", "https", "ftp")[: scaled(1, 3)]:
            for data in documents(f"{scheme}://127.0.0.1:{port}/x.dtd"):
                found = list(read_source(data, "x"))
                assert found
                figure(1, "documents that name an address")
        with pytest.raises(BlockingIOError):
            server.accept()


def test_no_file_is_opened(tmp_path, figure):
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret word")
    with watched(secret) as opened:
        secret.read_text()
        assert opened() > 0, "opening is not seen"
        for address in (secret.as_uri(), str(secret), f"file://localhost{secret}")[: scaled(1, 3)]:
            for data in documents(address):
                found = list(read_source(data, "x"))
                assert found
                assert "secret word" not in repr(found)
                figure(1, "documents that name a file")
        assert opened() == 0


def test_a_document_type_outside_is_passed_over():
    data = made("nitf", "<!DOCTYPE nitf SYSTEM 'http://127.0.0.1:9/nitf.dtd'>", "It is read.")
    (found,) = read_source(data, "x")
    assert isinstance(found, Article)
    assert found.text.startswith("It is read. The envoy")


@pytest.mark.parametrize("doctype", [laughs("rss", 9), "<!DOCTYPE rss [<!ENTITY l9 SYSTEM 'file:///etc/passwd'>]>"])
def test_entities_of_a_feed_are_left_as_they_are_written(doctype):
    (article,) = read_source(made("rss", doctype, "&l9;"), "x")
    assert isinstance(article, Article)
    assert PROSE in article.text
    assert len(article.text) < len(PROSE) + 40
    assert "root:" not in article.text


def test_a_list_of_feeds_declares_nothing():
    with pytest.raises(SourceError, match="entities of its own"):
        read_opml(made("opml", laughs("opml", 3), "&l3;"))


def test_deep_markup_is_read_or_named():
    assert isinstance(markup_text("<div>" * 100_000 + PROSE), str)
    with pytest.raises(SourceError):
        parse_xml(b"<nitf>" + b"<p>" * 300 + b"</p>" * 300 + b"</nitf>")


@pytest.mark.parametrize(
    ("tag", "left"),
    [
        ("<p " + " ".join(f"a{n}" for n in range(900)) + ">", "<p>"),
        ("<p " + " ".join(f"a{n}='<>'" for n in range(900)) + ">", None),  # cut off at its first mark
        (f'<meta content="{"word " * 2_000}">', None),
        (f"<div data-a='{'x' * 9_000}' class=b>", None),
        ("a < b and c > d " * 900, None),
    ],
    ids=["attributes", "marks within", "content", "data", "no tags"],
)
def test_a_tag_says_as_much_as_it_may(tag, left):
    assert bounded_tags(tag) == (tag if left is None else left)
