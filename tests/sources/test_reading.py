"""Sources of every format, and everything that can be wrong with one."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout import knowledge
from readout.errors import UnknownLanguage
from readout.sources import Article, SourceProblem, read_source
from readout.sources.dates import iso_date, url_date
from readout.sources.language import check_language
from readout.sources.text import unwrap

PROSE = (
    "The envoy of Nordland left Osthavn on Monday after three days of talks with the premier and his ministers. "
    "Officials of both sides said that the truce would hold until the end of the month, and that they would meet again."
)
LANGUAGES = knowledge.load("furniture/language.yaml")["examples"]


def read(data, **options):
    return list(read_source(data, "input", **options))


def one(data, **options):
    (found,) = read(data, **options)
    return found


@pytest.mark.parametrize("entry", LANGUAGES, ids=lambda entry: entry["text"][:20])
def test_language(entry):
    if entry["english"]:
        check_language(entry["text"])
    else:
        with pytest.raises(UnknownLanguage):
            check_language(entry["text"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "windows-1252"])
def test_encodings(encoding):
    text = "“" + PROSE + "” — café"
    assert one(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("data", "stage"),
    [
        (b"", "decode"),
        (b" \n\t ", "decode"),
        (b"\xef\xbb\xbf", "decode"),
        (b"%PDF-1.7 some text", "decode"),
        (bytes(range(256)) * 20, "decode"),
        (b"a" * 5_000_001, "decode"),
        (LANGUAGES[4]["text"].encode(), "language"),
        (b"[1, 2", "decode"),
        (b"<html><body><script>x()</script></body></html>", "decode"),
    ],
)
def test_problem(data, stage):
    found = one(data)
    if data == b"[1, 2":
        assert isinstance(found, Article)  # a text may begin so
    else:
        assert isinstance(found, SourceProblem)
        assert (found.name, found.stage) == ("input", stage)
        assert found.message


def test_an_article_of_two_megabytes_is_read():
    assert isinstance(one((PROSE + "\n").encode() * 9000), Article)


def test_json_lines_go_on_after_a_bad_one():
    lines = [
        json.dumps({"id": "a", "text": PROSE, "published": "2024-09-16", "publisher": "Nordpost"}),
        "{broken",
        json.dumps({"id": 7, "text": PROSE, "title": None}),
        "",
        json.dumps({"title": "no text"}),
        json.dumps({"text": PROSE, "published": "some day"}),
        json.dumps({"text": "  "}),
        json.dumps([1]),
        '{"text": "A \\ud800 lone surrogate and a \\u0000 nul."}',
    ]
    found = read("\n".join(lines).encode())
    articles = [item for item in found if isinstance(item, Article)]
    assert [item.id for item in articles] == ["a", "7", None]
    assert (articles[0].published, articles[0].published_from) == ("2024-09-16", "metadata")
    assert articles[2].text == "A \ufffd lone surrogate and a \0 nul."
    problems = [item.name for item in found if isinstance(item, SourceProblem)]
    assert problems == [f"input line {n}" for n in (2, 5, 6, 7, 8)]


def test_a_json_list():
    found = read(json.dumps([{"text": PROSE, "id": "x"}, {"title": "none"}], indent=1).encode())
    assert isinstance(found[0], Article)
    assert isinstance(found[1], SourceProblem)
    assert found[1].name == "input item 2"


def test_a_page():
    paragraphs = "".join(f"<p>{PROSE}</p>" for _ in range(4))
    page = (
        "<!doctype html><html><head><title>Envoy leaves Osthavn</title>"
        '<meta property="og:site_name" content="Nordpost">'
        '<meta property="article:published_time" content="2024-09-16T10:00:00Z">'
        '<link rel="canonical" href="https://nordpost.com/2024/09/15/envoy"></head>'
        "<body><script>var secret = 1;</script>"
        f"<article><h1>Envoy leaves Osthavn</h1>{paragraphs}</article></body></html>"
    )
    found = one(page.encode())
    assert isinstance(found, Article)
    assert PROSE in found.text
    assert "secret" not in found.text
    assert (found.publisher, found.url) == ("Nordpost", "https://nordpost.com/2024/09/15/envoy")
    assert (found.published, found.published_from) == ("2024-09-16T10:00:00Z", "metadata")


@pytest.mark.parametrize("charset", ["idna", "undefined", "rot13", "no-such"])
def test_a_page_that_declares_an_encoding_that_is_none(charset):
    page = f'<html><head><meta charset="{charset}"></head><body><article><p>Café. {PROSE}</p></article></body></html>'
    assert PROSE in one(page.encode("windows-1252")).text


def test_folders_are_walked_in_order(tmp_path):
    for name in ("b.txt", "a.txt", ".hidden"):
        (tmp_path / name).write_text(PROSE)
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "d.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": PROSE}).encode()))
    found = list(read_source(tmp_path, "news"))
    assert [item.name for item in found] == ["news/a.txt", "news/b.txt", "news/c/d.jsonl.gz line 1"]
    assert all(isinstance(item, Article) for item in found)


def test_a_missing_file_is_a_problem(tmp_path):
    (found,) = read_source(tmp_path / "none.txt", "none.txt")
    assert isinstance(found, SourceProblem)
    assert found.message == "there is no such file"


WRAPPED = (
    "The envoy of Nordland left Osthavn on Monday after three days of\n"
    "talks with the premier. Officials of both sides said that the\n"
    "truce would hold until the end of the month, and that they would\n"
    "meet again."
)


def test_wrapped_lines_are_joined():
    assert unwrap(WRAPPED) == WRAPPED.replace("\n", " ")
    assert unwrap(f"{WRAPPED}\n\n{WRAPPED}") == f"{unwrap(WRAPPED)}\n\n{unwrap(WRAPPED)}"


@pytest.mark.parametrize(
    "text",
    ["One.\nTwo.\nThree.\nFour.", f"{PROSE}\n{PROSE}\n{PROSE}\n{PROSE}", "Anna Berg\nOle Lund\nEva Strand\nIda Holm"],
)
def test_other_lines_are_not(text):
    assert unwrap(text) == text


def test_keep_text_keeps_every_letter():
    text = f"  {WRAPPED}\r\n\r\n\u200b end "
    assert one(text.encode(), keep_text=True).text == text


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-09-16", "2024-09-16"),
        ("20240916", "2024-09-16"),
        ("2024/9/16", "2024-09-16"),
        ("September 16, 2024", "2024-09-16"),
        ("16 Sep 2024", "2024-09-16"),
        ("Mon, 16 Sep 2024 10:00:00 GMT", "2024-09-16T10:00:00+00:00"),
        ("20240918T101500Z", "2024-09-18T10:15:00+00:00"),
        ("20240918T101500+0200", "2024-09-18T10:15:00+02:00"),
        ("2024-09-18T10:15:00.5Z", "2024-09-18T10:15:00.5Z"),
        ("Mon, 16 Sep 2024 10:00:00 +9999999999999", None),
        ("Mon, 16 Sep 99999 10:00:00 +0000", None),
        ("09/10/2024", None),
        ("soon", None),
    ],
)
def test_dates(written, day):
    assert iso_date(written) == day


def test_url_dates():
    assert url_date("https://nordpost.com/2024/09/16/envoy.html") == "2024-09-16"
    assert url_date("https://nordpost.com/world/2024/sep/16/envoy") == "2024-09-16"
    assert url_date("https://nordpost.com/20241316/envoy") is None


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_articles_or_problems(data):
    assert all(isinstance(item, Article | SourceProblem) for item in read(data))


def test_how_far_a_source_is_read(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    lines = "\n".join(json.dumps({"id": str(n), "text": PROSE}) for n in range(2000))
    (folder / "a.jsonl").write_text(lines, encoding="utf-8")
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    (folder / "c.txt").write_text(PROSE, encoding="utf-8")
    steps = []
    assert len(list(read_source(folder, "news", passed=steps.append))) == 4001
    assert sum(steps) == sum(file.stat().st_size for file in folder.iterdir())
    assert min(steps) >= 0
    assert sum(step > 0 for step in steps) > 10  # it moves within a file
