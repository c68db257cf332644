"""Reads an article from its first letter to its report: clean, parse, then every reader in order."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from readout import knowledge
from readout.clean import Cleaned, clean
from readout.errors import UsageError
from readout.language.document import Document
from readout.language.garbage import collector_paused
from readout.language.pipeline import Context, Parser, load_parser
from readout.readers import READERS, Findings
from readout.readers.added import NOTHING, Added, using
from readout.readers.opening import Pathlike, open_added
from readout.sources.article import Article, with_whole_letters
from readout.types import Problem, PublishedFrom, ReaderVersion, Report
from readout.version import __version__


def read(
    text: str,
    *,
    published: str | dt.date | None = None,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    id: str | None = None,  # noqa: A002 - the contract's name
    keep_text: bool = False,
    actors: Pathlike | Iterable[Pathlike] = (),
    gazetteer: Pathlike | None = None,
) -> Report:
    """Reads one article.

    Args:
        text: the article as it came; furniture is removed unless `keep_text`. Halves of surrogate
            pairs, which no encoding can write, are joined, and where they stand alone replaced.
        published: the day of publication (ISO date or datetime, or a date); relative times are anchored to it.
        title, url, publisher: what is known of the article.
        id: its id, where it has one already.
        keep_text: read the text to the letter.
        actors: files of actors of your own, read beside the built-in registry; they win on the same name.
        gazetteer: a gazetteer that `readout import geonames` made, read beside the built-in one.

    Returns:
        The report. Two calls with the same arguments return the same report.

    Raises:
        UsageError: `published` is not a date, or a file of actors or the gazetteer is not one.
        KnowledgeError: an entry in a file of actors breaks the rules.
        ModelError: the language pipeline is missing.
    """
    given = published.isoformat() if isinstance(published, dt.date) else published
    article = Article(
        text=text,
        id=id,
        title=title,
        url=url,
        publisher=publisher,
        published=given,
        published_from="argument" if given else None,
    )
    return next(read_many([article], keep_text=keep_text, actors=actors, gazetteer=gazetteer))


def read_many(
    articles: Iterable[Article],
    *,
    keep_text: bool = False,
    actors: Pathlike | Iterable[Pathlike] = (),
    gazetteer: Pathlike | None = None,
) -> Iterator[Report]:
    """Reads articles in order, one report each; parsing runs in batches. `actors`, `gazetteer`: as in `read`.

    Raises:
        UsageError: an article's `published` is not a date, or a file of actors or the gazetteer is not one.
        KnowledgeError: an entry in a file of actors breaks the rules.
        ModelError: the language pipeline is missing.
    """
    added = open_added(actors, gazetteer)
    parser = load_parser()
    pending: list[tuple[Article, Cleaned]] = []

    def texts() -> Iterator[tuple[str, Context]]:
        for article in map(with_whole_letters, articles):
            cleaned = Cleaned(text=article.text) if keep_text else clean(article)
            pending.append((article, cleaned))
            yield cleaned.text, context_of(article, cleaned)

    def reports(documents: list[Document]) -> list[Report]:
        each = zip(documents, read_documents(documents, added), strict=True)
        return [assemble(*pending.pop(0), document, found, parser.version, added) for document, found in each]

    yield from chain.from_iterable(parser.parse_batches(texts(), reports))


def read_with_document(
    article: Article,
    *,
    keep_text: bool = False,
    actors: Pathlike | Iterable[Pathlike] = (),
    gazetteer: Pathlike | None = None,
) -> tuple[Report, Document]:
    """One article's report and the parsed document that it was read from, for those who ask why."""
    added = open_added(actors, gazetteer)
    parser = load_parser()
    article = with_whole_letters(article)
    cleaned = Cleaned(text=article.text) if keep_text else clean(article)
    document = parser.parse(cleaned.text, context_of(article, cleaned))
    return make_report(article, cleaned, document, parser, added), document


def read_document(document: Document, added: Added = NOTHING) -> Findings:
    """What every reader finds in a parsed document."""
    return read_documents([document], added)[0]


def read_documents(documents: Sequence[Document], added: Added = NOTHING) -> list[Findings]:
    """What every reader finds in each of some parsed documents.

    Reader by reader and not document by document, which takes a tenth longer: what a reader knows stays close at hand.
    """
    found = [Findings() for _ in documents]
    with using(added), collector_paused():
        for _, reader in READERS:
            found = [reader(document, so_far) for document, so_far in zip(documents, found, strict=True)]
    return found


def knowledge_version(added: Added = NOTHING) -> str:
    """What was known: a hash of the built-in knowledge, and after a plus sign one of what the user added."""
    return f"{knowledge.version()}+{added.digest}" if added.digest else knowledge.version()


def make_report(
    article: Article, cleaned: Cleaned, document: Document, parser: Parser, added: Added = NOTHING
) -> Report:
    """The report of one parsed article."""
    return assemble(article, cleaned, document, read_document(document, added), parser.version, added)


def assemble(
    article: Article, cleaned: Cleaned, document: Document, found: Findings, model: str, added: Added = NOTHING
) -> Report:
    """The report of what was found in an article; `model` is the version of the language pipeline."""
    published, published_from = _published(article, cleaned)
    publisher = article.publisher or cleaned.publisher
    problems = found.problems if published else (*found.problems, Problem("date", "no date of publication is known"))
    return Report(
        id=article.id or report_id(cleaned.text, publisher, published),
        text=cleaned.text,
        reader=ReaderVersion(__version__, model, knowledge_version(added)),
        title=article.title or cleaned.title,
        url=article.url,
        publisher=publisher,
        agency=cleaned.agency,
        byline=article.byline or cleaned.byline,
        published=published,
        published_from=published_from,
        published_range=None if published else found.published_range,
        removed=cleaned.removed,
        related=cleaned.related,
        sentences=tuple(sentence.span for sentence in document.sentences),
        actors=found.actors,
        places=found.places,
        times=found.times,
        figures=found.figures,
        events=found.events,
        statements=found.statements,
        negotiations=found.negotiations,
        predicates=found.predicates,
        entities=found.entities,
        problems=problems,
    )


def report_id(text: str, publisher: str | None, published: str | None) -> str:
    """A stable id: the same cleaned text, publisher and publication date give the same one."""
    parts = "\0".join((text, publisher or "", (published or "")[:10]))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _published(article: Article, cleaned: Cleaned) -> tuple[str | None, PublishedFrom | None]:
    if article.published:
        return article.published, article.published_from or "metadata"
    return cleaned.published, cleaned.published_from


def context_of(article: Article, cleaned: Cleaned) -> Context:
    """What is known of an article from outside its own words."""
    published, _ = _published(article, cleaned)
    return Context(
        published=parse_date(published) if published else None,
        dateline=cleaned.dateline,
        publisher=article.publisher or cleaned.publisher,
        title=article.title or cleaned.title,
    )


def parse_date(value: str) -> dt.date:
    """The day of an ISO date or datetime, in the zone that it is written in.

    Raises:
        UsageError: it is neither.
    """
    try:
        return dt.datetime.fromisoformat(value).date()
    except ValueError as error:
        raise UsageError(f"not a date: {value!r} (write it as 2024-09-16)") from error
