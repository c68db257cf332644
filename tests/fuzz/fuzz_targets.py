"""What is fuzzed: for each target a function of bytes that returns where all that is promised held, and raises where it did not.

Nothing but errors of the tree, where a target's docstring names one, may come out of what is called.
"""

from __future__ import annotations

import copy
import dataclasses
import json
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from fuzz_sentences import article, as_text, figure_sentence, time_sentence
from promises import check, check_sentences

from readout.clean import clean, restore
from readout.errors import ReportError, UsageError
from readout.language.pipeline import Context, load_parser
from readout.readers import READERS
from readout.readers.findings import Findings
from readout.reading import context_of, parse_date, read
from readout.record.filters import Filters, filter_of, parse_filters
from readout.sources import FORMATS, Article, SourceProblem, feed_parsing, read_source
from readout.sources.article import encodable
from readout.sources.feed_child import parsed
from readout.types import Report

Target = Callable[[bytes], None]
HERE = Path(__file__).parent
_FILES = HERE.parent / "sources" / "files"
_EXAMPLES = HERE.parent.parent / "examples"


def cleaning(data: bytes) -> None:
    """An article's furniture is taken away, and can be put back to the letter."""
    text = as_text(data)
    _clean(Article(text))
    lines = text.split("\n", 1)
    _clean(Article(text, title=lines[0] or None, publisher="Nordpress"))


def _clean(given: Article) -> None:
    found = clean(given)
    assert restore(found.text, found.removed) == given.text
    assert found == clean(given)
    assert found.published is None or parse_date(found.published)
    assert all(piece.text for piece in found.removed)
    assert not given.text.strip() or found.text.strip()


Reader = Callable[[BinaryIO, str, bool], Iterator[Article | SourceProblem]]


def source(data: bytes) -> None:
    """Bytes of no known format, as any input is read: its format told, its containers opened."""
    _source(lambda stream, name, keep: read_source(stream.read(), name, keep_text=keep), data, known=True)


def _format(reader: Reader, sniff: Callable[[bytes], bool]) -> Target:
    """Bytes that one format's reader is given, whatever they are."""
    return lambda data: _source(reader, data, known=sniff(data))


def _source(reader: Reader, data: bytes, *, known: bool) -> None:
    kept, feed_parsing._run_child = feed_parsing._run_child, _parse_here
    try:
        for keep in (False, True):
            found = list(reader(BytesIO(data), "input", keep))
            for item in found:
                if isinstance(item, Article):
                    _check_article(item)
                else:
                    assert isinstance(item, SourceProblem)
                    assert item.message
            assert found or not known, "nothing came out, and no word of why"
            assert found == list(reader(BytesIO(data), "input", keep))
    finally:
        feed_parsing._run_child = kept


def _check_article(item: Article) -> None:
    """What the steps behind rely on: text that can be written down, dates that are dates."""
    assert item.text.strip() or item.status != "usable"
    for value in _strings(item):
        value.encode("utf-8")
    for value in (item.published, item.updated, item.embargoed):
        assert value is None or parse_date(value)
    found = clean(item)
    assert restore(found.text, found.removed) == item.text
    context_of(item, found)


def _strings(item: Article) -> Iterator[str]:
    for field in dataclasses.fields(item):
        value = getattr(item, field.name)
        yield from ([value] if isinstance(value, str) else value if isinstance(value, tuple) else ())


def _parse_here(documents: list[bytes], each: float, ends: float) -> Iterator[dict[str, Any] | None]:
    """What the child process of feeds does, in this one: starting it takes longer than all the rest. Whatever it dies of is no fault."""
    for document in documents:
        try:
            yield json.loads(json.dumps(parsed(document)))
        except Exception:
            yield None
            return


def filters(data: bytes) -> None:
    """A query is read or refused; what is read is written and read again as the same."""
    text = data.decode("utf-8", "replace")
    key, _, value = text.partition("=")
    asking: tuple[Callable[[], Filters], ...] = (
        lambda: parse_filters(text),
        lambda: Filters.from_pairs([(key, value), ("q", value)]),
        lambda: filter_of(key, value, negated=len(data) % 2 == 1),
    )
    for ask in asking:
        try:
            found = ask()
        except UsageError:
            continue
        assert parse_filters(found.to_text()) == found
        assert Filters.from_pairs(found.to_pairs()) == found
        assert found & Filters() == found


def times(data: bytes) -> None:
    """A sentence made of pieces of times, and a day of publication."""
    text, published = time_sentence(data)
    found = _read(text, Context(published), "times")
    for time in found.times:
        assert 0 <= time.span[0] < time.span[1] <= len(text)
        assert text[slice(*time.span)].strip()
        days = [parse_date(day) for day in (time.start, time.end) if day is not None]
        assert days == sorted(days)
        assert time.value
    assert len({time.span for time in found.times}) == len(found.times)


def figures(data: bytes) -> None:
    """A sentence made of pieces of numbers and of what is counted, read from end to end."""
    text, published = figure_sentence(data)
    check(read(text, published=published, keep_text=True))


def _read(text: str, context: Context, last: str) -> Findings:
    """What readers find, up to the one that is named."""
    document, found = load_parser().parse(text, context), Findings()
    for name, reader in READERS:
        found = reader(document, found)
        if name == last:
            break
    return found


def reading(data: bytes) -> None:
    """A short article of sentences of every kind, with furniture around them, from its first letter to its report."""
    text, published = article(data)
    report = read(text, published=published)
    check(report)
    check_sentences(report)
    assert restore(report.text, report.removed) == encodable(text)
    assert report == read(text, published=published)


def report(data: bytes) -> None:
    """JSON is a report or is refused; a report is written and read again as the same. Bytes that are no JSON are changes to one that is."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        value = _changed(json.loads(_REPORT.read_bytes()), data)
    try:
        found = Report.from_json(value)
    except ReportError:
        return
    assert Report.from_json(json.loads(json.dumps(found.to_json()))) == found


_REPORT = _EXAMPLES / "talks.json"
_VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 10**30, 0.5, 1e308, "", "x", "AGREE", "2005-11-30", "\ud800", [], [0], [[]], [[0, 1]], {}, {"a": None},
    "occurred", "readout/1", "readout/2", [None], [1, 2, 3], {"schema": "readout/1"},
)  # fmt: skip


def _changed(value: Any, data: bytes) -> Any:
    """A JSON value with others at some of its places, as bytes say: three for each change, two for the place and one for what is done."""
    for at in range(0, min(len(data), 30) - 2, 3):
        places = list(_places(value))
        holder, key = places[int.from_bytes(data[at : at + 2], "big") % len(places)] if places else ({}, "a")
        what = data[at + 2] % (len(_VALUES) + 2)
        if what == len(_VALUES) and not isinstance(holder, list):
            holder.pop(key, None)
        elif what > len(_VALUES):
            holder[key] = [holder.get(key)] if isinstance(holder, dict) else [holder[key]] * 2
        else:
            holder[key] = copy.deepcopy(_VALUES[what % len(_VALUES)])
    return value


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield value, key
        yield from _places(inner)


#: Every target by its name; the sources one by one.
TARGETS: dict[str, Target] = {
    "cleaning": cleaning,
    "filters": filters,
    "report": report,
    "times": times,
    "figures": figures,
    "reading": reading,
    "source": source,
    "containers": source,
    **{name.partition("-")[0]: _format(reader, sniff) for name, sniff, reader in FORMATS},
}
#: Files of the other tests that targets begin with, beside their own seeds.
_SEEDS: dict[str, tuple[Path, tuple[str, ...]]] = {
    "cleaning": (_EXAMPLES, ("*.txt",)),
    "source": (_FILES, ("*.txt", "*.eml", "*.html", "*.md", "*.csv", "*.json", "*.xml")),
    "containers": (_FILES, ("*.warc*", "*.zip", "*.gz", "*.bz2", "*.xz")),
    "feed": (_FILES, ("world.*",)),
    "newsml": (_FILES, ("*.newsml.xml",)),
    "nitf": (_FILES, ("*.nitf.xml",)),
    "ninjs": (_FILES, ("*.ninjs.json*",)),
    "opml": (_FILES, ("*.opml",)),
    "jsonl": (_FILES, ("*.jsonl",)),
    "html": (_FILES, ("*.html",)),
    "wire": (_FILES, ("*.anpa", "*.iptc7901", "*.zczc")),
    "mail": (_FILES, ("*.eml", "*.mbox")),
    "parquet": (_FILES, ("*.parquet",)),
    "table": (_FILES, ("*.csv", "*.tsv")),
    "markdown": (_FILES, ("*.md",)),
    "text": (_FILES, ("*.txt",)),
}


def seeds(target: str) -> dict[str, bytes]:
    """What a target begins with: its own seeds, and what once failed, by name."""
    folder, patterns = _SEEDS.get(target, (HERE, ()))
    found = {path.name: path for pattern in patterns for path in folder.glob(pattern) if "golden" not in path.name}
    for kind in ("seeds", "regressions"):
        found.update({f"{kind}/{path.name}": path for path in (HERE / kind / target).glob("*")})
    return {name: found[name].read_bytes() for name in sorted(found)}
