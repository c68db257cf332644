"""Briefs as Markdown and as a page."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

from readout.across.brief import Brief, Cited, Development, Gap, Head, Line
from readout.exports.brief import to_html, to_markdown

GOLDEN = Path(__file__).parent / "files" / "brief.md"
BOMB = Line(
    words="At least 14 people were killed when a bomb exploded in the fish market of Osthavn on Monday, the health ministry said.",
    report=2,
    report_id="b-2",
    span=(0, 117),
    day="2025-05-06",
    outlet="Kystradio",
    by="health ministry",
    claims=("events/7",),
    reports=("b-2", "a-1"),
    sources=2,
)
BRIEF = Brief(
    since="2025-05-05",
    until="2025-05-09",
    about="Osthavn",
    head=Head(reports=12, publishers=("Kystradio", "Nordpost"), agencies=("Norpress",), undated=1, copies=2),
    short=(Line("Bomb kills 14 in Osthavn", 2, "b-2", None, "2025-05-06", "Kystradio", reports=("b-2",)),),
    developments=(Development("Bomb kills 14 in Osthavn", "s", (BOMB,), ("a-1", "b-2"), 2, True, 9.0),),
    tolls=(replace(BOMB, head="killed: 12 to 14 or more", labels=("12 by police", "14 or more by health ministry")),),
    said=(
        Line(
            "Vestrand will never bow", 1, "a-1", (60, 83), "2025-05-05", "Nordpost", head="Nils Berg, Interior Minister",
            by="Nils Berg", reports=("a-1",),
        ),
    ),
    ahead=(
        Line(
            "Ministers will meet in Norvik.", 3, "c-3", (0, 30), "2025-05-07", None, head="2025-05-12", labels=("planned",),
            reports=("c-3",),
        ),
    ),
    gaps=(Gap("1 day without a report", ("2025-05-09",)),),
    cited=(
        Cited("b-2", "Bomb kills 14 in Osthavn", "Kystradio", "2025-05-06", "https://kyst.example/bomb?a=1&b=2"),
        Cited("a-1", "Bomb kills 12", "Nordpost", "2025-05-05", None),
        Cited("c-3", "Ministers to meet", None, "2025-05-07", "javascript:alert(1)"),
    ),
)  # fmt: skip
HOSTILE = "</style><script>alert('x')</script> *bold* [link](https://evil.example) <b onload=\"x\"> & `code` | \x1b[31m"


class Page(HTMLParser):
    """Checks that tags close in order, and keeps them with their attributes and all text."""

    VOID = frozenset({"meta", "br"})

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.text = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def read(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    assert page.open == []
    return page


def test_markdown_is_as_it_was():
    assert to_markdown(BRIEF) == GOLDEN.read_text(encoding="utf-8")


def test_every_footnote_is_there():
    text = to_markdown(BRIEF)
    used, given = set(re.findall(r"\[\^(\d+)\](?!:)", text)), set(re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE))
    assert used == given == {"1", "2", "3"}


def test_words_that_stand_above_are_not_said_twice():
    for text in (to_markdown(BRIEF), to_html(BRIEF)):
        assert text.count("exploded in the fish market") == 1
        assert "(above: “At least 14 people were killed when a …”)" in text


def test_a_page_is_well_formed_and_needs_nothing_from_elsewhere():
    html = to_html(BRIEF)
    page = read(html)
    names = [tag for tag, _ in page.tags]
    assert names[:2] == ["html", "head"]
    assert not {"script", "link", "img", "iframe", "object"} & set(names)
    assert "url(" not in html
    assert "@import" not in html
    assert names.count("h1") == 1
    links = [attrs["href"] for tag, attrs in page.tags if tag == "a"]
    targets = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    assert {link[1:] for link in links if link.startswith("#")} <= targets
    assert [link for link in links if not link.startswith("#")] == ["https://kyst.example/bomb?a=1&b=2"]
    labelled = {attrs["aria-labelledby"] for _, attrs in page.tags if "aria-labelledby" in attrs}
    assert labelled <= targets
    assert dict(next(attrs for tag, attrs in page.tags if tag == "html"))["lang"] == "en"


def hostile() -> Brief:
    line = replace(BOMB, words=HOSTILE, outlet=HOSTILE, head=HOSTILE, by=HOSTILE, labels=(HOSTILE,), span=(1, 2))
    development = replace(BRIEF.developments[0], title=HOSTILE, lines=(line,))
    return replace(
        BRIEF, about=HOSTILE, short=(replace(line, span=None),), developments=(development,), disputes=(replace(line, span=(3, 4)),),
        gaps=(Gap(HOSTILE, (HOSTILE,)),), cited=(replace(BRIEF.cited[0], title=HOSTILE, outlet=HOSTILE, url=f"https://x.example/{HOSTILE}"),),
        head=replace(BRIEF.head, publishers=(HOSTILE,)),
    )  # fmt: skip


def test_hostile_words_stay_words_in_a_page():
    page = read(to_html(hostile()))
    assert "script" not in [tag for tag, _ in page.tags]
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
    assert [attrs["href"] for tag, attrs in page.tags if tag == "a" and not attrs["href"].startswith("#")] == []
    text = "".join(page.text)
    assert "</style><script>alert('x')</script>" in text
    assert "\x1b" not in text


def test_hostile_words_stay_words_in_markdown():
    from markdown_it import MarkdownIt

    html = MarkdownIt("commonmark").render(to_markdown(hostile()))
    page = read(html)
    assert not {"script", "a", "code"} & {tag for tag, _ in page.tags}
    assert "<b onload" not in html
    assert "\x1b" not in html


def test_an_empty_brief():
    empty = Brief("2030-01-01", "2030-01-01", None, Head(0, (), (), 0, 0))
    assert "No report of this period" in to_markdown(empty)
    assert "No report of this period" in "".join(read(to_html(empty)).text)
