"""JSON: one article a line, or a list of articles, as {id, text, published, title, url, publisher} with more that may be given, or
as news-please writes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from readout.errors import EmptyArticle, SourceError
from readout.sources.article import Article
from readout.sources.decoding import without_surrogates
from readout.sources.objects import date_field, is_objects, names_field, read_objects, string_field, word_field
from readout.sources.problem import LARGEST_ARTICLE, SourceProblem
from readout.sources.status import loose_status
from readout.sources.text import checked, unwrap

#: What news-please calls our fields; its `text` is an older name of `maintext`.
_NEWS_PLEASE = {
    "maintext": "text", "date_publish": "published", "date_modify": "updated", "source_domain": "publisher", "authors": "byline",
    "title": "title", "url": "url",
}  # fmt: skip
_MARKS_OF_NEWS_PLEASE = frozenset({"maintext", "date_publish", "source_domain"})


def is_json(head: bytes) -> bool:
    """Whether a file begins as JSON lines or a JSON list of articles; some lines may be broken."""
    return is_objects(head)


def read_json(stream: BinaryIO, name: str, keep_text: bool) -> Iterator[Article | SourceProblem]:
    """The articles of JSON lines or of a JSON list, in order; what is wrong with one is said, and the rest goes on."""
    for found in read_objects(stream, name):
        if isinstance(found, SourceProblem):
            yield found
            continue
        where, value = found
        try:
            article = article_of(value, where, keep_text)
        except SourceError as error:
            yield SourceProblem(where, "parse", str(error))
        else:
            yield from checked(article)


def article_of(value: Any, where: str, keep_text: bool) -> Article:
    """The article of an object.

    Raises:
        SourceError: it is none.
    """
    if not isinstance(value, dict):
        raise SourceError('not an article: a JSON object with a "text" is wanted')
    if _MARKS_OF_NEWS_PLEASE & value.keys():
        value = _from_news_please(value)
    status = loose_status(value.get("status"))
    text = _text(value, needed=status == "usable")
    given = value.get("id")
    published = date_field(value, "published")
    return Article(
        text=text if keep_text else unwrap(text),
        id=without_surrogates(str(given)) if isinstance(given, str | int) and str(given) else None,
        title=string_field(value, "title"),
        url=string_field(value, "url"),
        publisher=string_field(value, "publisher"),
        published=published,
        published_from="metadata" if published else None,
        byline=names_field(value, "byline"),
        name=where,
        source_id=word_field(value, "source_id"),
        version=word_field(value, "version"),
        updated=date_field(value, "updated"),
        status=status,
        embargoed=date_field(value, "embargoed"),
        note=string_field(value, "note"),
    )


def _text(value: dict[str, Any], *, needed: bool) -> str:
    text = value.get("text")
    if text is None:
        if not needed:
            return ""
        raise SourceError('there is no "text" in it')
    if not isinstance(text, str):
        raise SourceError('its "text" is not a string')
    if needed and not text.strip():
        raise EmptyArticle("there is no text in it")
    if len(text) > LARGEST_ARTICLE:
        raise SourceError("larger than one article can be")
    return without_surrogates(text)


def _from_news_please(value: dict[str, Any]) -> dict[str, Any]:
    """Our fields of an object of news-please, which writes the string "None" for what it did not find."""
    given = {field: found for field, found in value.items() if found not in ("None", "", None)}
    known = {ours: given[theirs] for theirs, ours in _NEWS_PLEASE.items() if theirs in given}
    if "text" not in known and "text" in given:
        known["text"] = given["text"]
    if isinstance(known.get("byline"), list):
        known["byline"] = [name for name in known["byline"] if name != "None"]
    return known
