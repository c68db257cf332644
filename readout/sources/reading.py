"""Any source to articles: files, folders and bytes; what a file holds is told by its content, never by its name."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from readout.sources.archives import is_tar, is_zip, read_tar, read_zip
from readout.sources.article import Article
from readout.sources.compression import is_compressed, read_compressed
from readout.sources.containers import DEEPEST, Allowance, Inner
from readout.sources.feeds import is_feed, read_feed
from readout.sources.html import is_html, read_html
from readout.sources.jsonl import is_json, read_json
from readout.sources.mail import is_mail, read_mail
from readout.sources.markdown import is_markdown, read_markdown
from readout.sources.newsml import is_newsml, read_newsml
from readout.sources.ninjs import is_ninjs, read_ninjs
from readout.sources.nitf import is_nitf, read_nitf
from readout.sources.opml import is_opml, refuse_opml
from readout.sources.parquet import is_parquet, read_parquet
from readout.sources.problem import SourceProblem
from readout.sources.tables import is_table, read_table
from readout.sources.text import is_text, read_text
from readout.sources.warc import is_arc, is_warc, read_warc, refuse_arc
from readout.sources.wire import is_wire, read_wire

Sniff = Callable[[bytes], bool]
Reader = Callable[[BinaryIO, str, bool], Iterator[Article | SourceProblem]]
ContainerReader = Callable[[BinaryIO, str, Inner, Allowance], Iterator[Article | SourceProblem]]

#: Is told of bytes of a file that lie behind.
Passed = Callable[[int], object]

#: What can be read: a name, how it is told from the first bytes, and its reader; the first that fits is taken.
FORMATS: tuple[tuple[str, Sniff, Reader], ...] = (
    ("parquet", is_parquet, read_parquet),
    ("newsml-g2", is_newsml, read_newsml),
    ("nitf", is_nitf, read_nitf),
    ("ninjs", is_ninjs, read_ninjs),
    ("feed", is_feed, read_feed),
    ("opml", is_opml, refuse_opml),
    ("jsonl", is_json, read_json),
    ("html", is_html, read_html),
    ("wire", is_wire, read_wire),
    ("mail", is_mail, read_mail),
    ("table", is_table, read_table),
    ("markdown", is_markdown, read_markdown),
    ("text", is_text, read_text),
)
#: Files that hold files, told in the same way; their readers read each member as an input of its own.
CONTAINERS: tuple[tuple[str, Sniff, ContainerReader], ...] = (
    ("warc", is_warc, read_warc),
    ("arc", is_arc, refuse_arc),
    ("compressed", is_compressed, read_compressed),
    ("zip", is_zip, read_zip),
    ("tar", is_tar, read_tar),
)
_HEAD = 65_536


def read_source(
    source: Path | bytes, name: str, *, keep_text: bool = False, passed: Passed = lambda _: None
) -> Iterator[Article | SourceProblem]:
    """The articles of a file, a folder (its files sorted, hidden ones left out) or bytes, in order.

    `name` names the source in messages; with `keep_text` plain texts come to the letter. What cannot be read becomes a
    `SourceProblem`, and the rest goes on: nothing is raised. `passed` is told how many bytes of a file more lie behind, so
    that it can be said how far it is.
    """
    if isinstance(source, bytes):
        yield from _read_stream(io.BytesIO(source), name, keep_text)
    elif source.is_dir():
        yield from _read_folder(source, name, keep_text, passed)
    else:
        yield from _read_file(source, name, keep_text, passed)


def _read_folder(folder: Path, name: str, keep_text: bool, passed: Passed) -> Iterator[Article | SourceProblem]:
    count = 0
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield SourceProblem(name, "open", _reason(error))
        return
    for entry in entries:
        if entry.name.startswith(".") or (entry.is_symlink() and entry.is_dir()):
            continue
        count += 1
        yield from read_source(entry, str(Path(name) / entry.name), keep_text=keep_text, passed=passed)
    if not count:
        yield SourceProblem(name, "open", "there is no file in this folder")


def _read_file(path: Path, name: str, keep_text: bool, passed: Passed) -> Iterator[Article | SourceProblem]:
    behind = 0
    try:
        with path.open("rb") as stream:
            for found in _read_stream(stream, name, keep_text):
                at = stream.tell() if stream.seekable() else behind
                passed(at - behind)
                behind = at
                yield found
            passed(path.stat().st_size - behind)
    except OSError as error:
        yield SourceProblem(name, "open", _reason(error))


def _read_stream(stream: BinaryIO, name: str, keep_text: bool) -> Iterator[Article | SourceProblem]:
    if not stream.seekable():
        stream = io.BytesIO(stream.read())
    allowance = Allowance.of(stream.seek(0, io.SEEK_END))
    stream.seek(0)
    yield from _read_known(stream, name, keep_text, allowance, 0)


def _read_known(
    stream: BinaryIO, name: str, keep_text: bool, allowance: Allowance, depth: int
) -> Iterator[Article | SourceProblem]:
    head = stream.read(_HEAD)
    stream.seek(0)
    opener = next((reader for _, sniff, reader in CONTAINERS if sniff(head)), None)
    if opener is None:
        reader = next(reader for _, sniff, reader in FORMATS if sniff(head))
        yield from reader(stream, name, keep_text)
    elif depth == DEEPEST:
        yield SourceProblem(name, "open", f"an archive more than {DEEPEST} deep in others, which is not opened")
    else:
        yield from opener(
            stream, name, lambda member, label: _read_known(member, label, keep_text, allowance, depth + 1), allowance
        )


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "permission to read it is denied"
    return f"cannot be opened: {error.strerror or type(error).__name__}"
