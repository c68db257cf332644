"""Every input format: files of our own with what must be read from them, beside them as golden JSON.

`python tests/sources/test_formats.py --write` rewrites the golden files; read the difference before it is committed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from readout.json_values import to_json
from readout.sources import CONTAINERS, FORMATS, Article, read_source

FILES = Path(__file__).parent / "files"
GOLDEN = ".golden.json"
#: What each file must be told as.
KINDS = {
    "truce.newsml.xml": "newsml-g2",
    "night.newsml.xml": "newsml-g2",
    "border.nitf.xml": "nitf",
    "killed.nitf.xml": "nitf",
    "envoy.ninjs.json": "ninjs",
    "night.ninjs.jsonl": "ninjs",
    "night.iptc7901": "wire",
    "night.anpa": "wire",
    "night.zczc": "wire",
    "bulletin.eml": "mail",
    "forward.eml": "mail",
    "box.mbox": "mail",
    "border.md": "markdown",
    "plain.md": "markdown",
    "articles.csv": "table",
    "articles.parquet": "parquet",
    "articles.tsv": "table",
    "articles.semicolon.csv": "table",
    "articles.latin.csv": "table",
    "crawl.news-please.jsonl": "jsonl",
    "lines.jsonl": "jsonl",
    "envoy.html": "html",
    "envoy.txt": "text",
    "world.rss.xml": "feed",
    "world.atom.xml": "feed",
    "world.rdf.xml": "feed",
    "world.feed.json": "feed",
    "feeds.opml": "opml",
    "crawl.warc": "warc",
    "crawl.warc.gz": "warc",
    "export.zip": "zip",
    "export.tar.gz": "compressed",
    "lines.jsonl.bz2": "compressed",
    "lines.jsonl.xz": "compressed",
}


def told(data: bytes) -> str:
    """The name of the container or format that bytes are told as."""
    known = [(name, sniff) for name, sniff, _ in CONTAINERS] + [(name, sniff) for name, sniff, _ in FORMATS]
    return next(name for name, sniff in known if sniff(data[:65_536]))


def test_every_format_has_a_file():
    wanted = {name for name, _, _ in (*FORMATS, *CONTAINERS)} - {
        "arc",
        "tar",
    }  # ARC is refused; tar is in the compressed one
    assert wanted <= set(KINDS.values())


def found_in(name: str) -> dict:
    """What is read from a file, once as an article reads and once with `keep_text`, as JSON values."""
    read = []
    for item in read_source(FILES / name, name):
        kind = "article" if isinstance(item, Article) else "problem"
        read.append(
            {kind: {field: value for field, value in to_json(item).items() if value not in (None, [], "usable")}}
        )
    kept = [item.text for item in read_source(FILES / name, name, keep_text=True) if isinstance(item, Article)]
    return {"read": read, "kept texts": kept}


@pytest.mark.parametrize("name", KINDS)
def test_golden(name):
    data = (FILES / name).read_bytes()
    assert told(data) == KINDS[name]
    assert found_in(name) == json.loads((FILES / (name + GOLDEN)).read_text(encoding="utf-8"))


def test_what_is_told_does_not_hang_on_the_name():
    for name in KINDS:
        data = (FILES / name).read_bytes()
        from_bytes = [to_json(item) for item in read_source(data, name)]
        assert from_bytes == [to_json(item) for item in read_source(FILES / name, name)]


def write() -> None:
    for name in KINDS:
        (FILES / (name + GOLDEN)).write_text(
            json.dumps(found_in(name), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        write()
    else:
        sys.exit("--write rewrites the golden files")
