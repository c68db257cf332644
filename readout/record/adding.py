"""From sources to what can be written: inputs in batches, and a batch read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from readout.reading import read_many
from readout.record.identity import content_id
from readout.record.letters import keepable
from readout.record.rows import ReportRows, rows_of
from readout.record.writing import Prepared
from readout.sources.article import Article
from readout.sources.problem import SourceProblem
from readout.types import ReaderVersion


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How articles are read; the same in every process."""

    keep_text: bool = False
    actors: tuple[Path, ...] = ()
    gazetteer: Path | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Some inputs in their order: articles by their content ids, and problems; `skipped` articles were left out as known."""

    articles: tuple[tuple[str, Article], ...]
    problems: tuple[SourceProblem, ...]
    skipped: int = 0


def batches_of(
    found: Iterable[Article | SourceProblem], size: int, *, keep_text: bool = False, published: str | None = None
) -> Iterator[Batch]:
    """Inputs in batches of `size`; `published` dates the articles that carry no date."""
    waiting = iter(found)
    while some := list(islice(waiting, size)):
        articles = [_dated(keepable(item), published) for item in some if isinstance(item, Article)]
        yield Batch(
            tuple((content_id(item, keep_text=keep_text), item) for item in articles),
            tuple(keepable(item) for item in some if isinstance(item, SourceProblem)),
        )


def _dated(article: Article, published: str | None) -> Article:
    if published is None or article.published:
        return article
    return replace(article, published=published, published_from="argument")


def prepare(articles: tuple[tuple[str, Article], ...], options: ReadingOptions) -> list[Prepared]:
    """Reads some articles and makes rows of their reports; what was withdrawn and has no text has none."""
    reading = [item for _, item in articles if item.text.strip()]
    reports = read_many(reading, keep_text=options.keep_text, actors=options.actors, gazetteer=options.gazetteer)
    done: list[Prepared] = []
    for content, article in articles:
        rows: ReportRows | None = None
        reader: ReaderVersion | None = None
        if article.text.strip():
            report = next(reports)
            rows, reader = rows_of(report), report.reader
        # The text is in the report's rows, to the letter: it need not travel and lie in memory twice.
        done.append(Prepared(content, replace(article, text=""), options.keep_text, rows, reader))
    return done
