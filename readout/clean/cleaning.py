"""Takes the furniture out of wire copy: article in, its own words out, restorable to the letter.

Furniture is known by its phrases (readout/knowledge/furniture) and by where they stand: an article
is a head (title, byline,
date), a body, and a foot (notes, promotion, copyright). A paragraph goes only where
every sentence of it is furniture.
"""

from __future__ import annotations

from dataclasses import dataclass

from readout.clean.furniture import Found, furniture, trailing_furniture
from readout.clean.opening import Opening, opening_of
from readout.clean.pieces import Cut, cut_out, lines_of
from readout.clean.saying import agency_of, byline_of, published_of, publisher_of, related_of
from readout.clean.titles import is_title
from readout.sources.article import Article
from readout.types import PublishedFrom, Removed, Span

_HEAD = 8  # lines among which a title, a byline and a date are looked for


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article's own words, what was taken away, and what the furniture says about it."""

    text: str
    removed: tuple[Removed, ...] = ()
    related: tuple[str, ...] = ()
    title: str | None = None
    agency: str | None = None
    publisher: str | None = None
    byline: tuple[str, ...] = ()
    dateline: str | None = None  # the place
    published: str | None = None  # ISO date
    published_from: PublishedFrom | None = None


def clean(article: Article) -> Cleaned:
    """The article's own words, what was taken away from around them, and what that says.

    What the source itself says (`article.title`, `article.publisher`) is taken over that of the text.
    """
    text = article.text
    lines = lines_of(text)
    found, title, body = _head(text, lines, article.title)
    found += _rest(text, lines, body)
    cuts = [Cut(item.start, item.end, item.rule.kind) for item in found]
    opening = _opening(text, lines, body, found)
    if opening is not None:
        start = lines[body][0]
        cuts.append(Cut(start, start + opening.length, opening.kind))
    own, removed = cut_out(text, lines, cuts)
    if not own:  # nothing but furniture: then it is no furniture
        own, removed = cut_out(text, lines, [])
        return Cleaned(own, removed, title=article.title, publisher=article.publisher)
    agency = agency_of(opening, found)
    published = None if article.published else published_of(opening, found)
    return Cleaned(
        text=own,
        removed=removed,
        related=related_of(found),
        title=article.title or title,
        agency=agency,
        publisher=article.publisher or publisher_of(found, agency),
        byline=article.byline or byline_of(found),
        dateline=opening.place if opening else None,
        published=published,
        published_from="text" if published else None,
    )


def restore(text: str, removed: tuple[Removed, ...]) -> str:
    """The article to the letter: every removed piece put back at its place, last first."""
    for piece in reversed(removed):
        text = text[: piece.at] + piece.text + text[piece.at :]
    return text


def _head(text: str, lines: list[Span], known: str | None) -> tuple[list[Found], str | None, int]:
    """The furniture above the article, its title where a line is one, and the index of its first paragraph."""
    found: list[Found] = []
    title: str | None = None
    for n, (start, end) in enumerate(lines[:_HEAD]):
        items = furniture(text, start, end, "start", "any")
        if items and not (n == 0 and items[0].rule.kind == "related_link" and len(lines) > 1):
            found += items
        elif title is None and is_title(text, lines, n, known):
            title = " ".join(text[start:end].split())
        else:
            return found, title, n
    if title is not None:
        # Lines without end: what looked like a title may be all there is.
        return found, title, min(len(lines), _HEAD)
    return found, None, min(len(lines), _HEAD)


def _rest(text: str, lines: list[Span], body: int) -> list[Found]:
    """The furniture among and below an article's paragraphs, in text order."""
    below: list[Found] = []
    last = len(lines)
    while last > body:
        start, end = lines[last - 1]
        items = furniture(text, start, end, "end", "any")
        if not items:
            below = trailing_furniture(text, start, end, "end", "any") + below
            break
        below = items + below
        last -= 1
    among = [item for start, end in lines[body : max(last - 1, body)] for item in furniture(text, start, end, "any")]
    return among + below


def _opening(text: str, lines: list[Span], body: int, found: list[Found]) -> Opening | None:
    """The opening of the first paragraph, where it leaves something of it and is not furniture already."""
    if body >= len(lines):
        return None
    start, end = lines[body]
    opening = opening_of(text[start:end])
    if opening is None or start + opening.length >= end:
        return None
    if any(item.start < start + opening.length and start < item.end for item in found):
        return None
    labels = sum(text[a:b].partition(":")[0].isupper() for a, b in lines[body : body + 60])
    if text[start : start + opening.length].rstrip().endswith(":") and labels > 1:
        return None  # a transcript: "MINISTER: We left."
    return opening
