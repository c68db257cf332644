"""Takes the furniture out of wire copy: article in, its own words out, restorable to the letter.

Furniture is known by its phrases (readout/knowledge/furniture) and by where they stand: an article is a head (title, byline, date), a
body, and a foot (notes, promotion, copyright). A paragraph goes only where every sentence of it is furniture; a headline of another story,
and the name of a section or a topic, by the lines around them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from readout.clean.furniture import Found, furniture, label, listed, trailing_furniture
from readout.clean.opening import Opening, opening_of
from readout.clean.pieces import Cut, cut_out, lines_of
from readout.clean.rules import rules
from readout.clean.saying import agency_of, byline_of, published_of, publisher_of, related_of
from readout.clean.titles import is_headline, is_sentence, is_title
from readout.sources.article import Article
from readout.types import PublishedFrom, Removed, Span

_HEAD = 8  # lines among which a title, a byline and a date are looked for
_DEEPEST = 16  # lines among which the end of a head is looked for
_SHORT = 40  # letters that a signed paragraph has at least
_RUNNING, _STANDFIRST = 8, 45  # words of a sentence that is no label, and of a standfirst or a caption at most
_ASIDE = 2  # standfirsts and captions of a head
_FULL = 6  # words of a title that is sure to be one
_LABEL, _TOPIC = 2, 4  # words of a section's name above an article, and of a topic's below it, at most
_LISTED = 12  # lines that the list below a heading has at most
#: Rules whose lines head a list of headlines.
_HEADINGS = frozenset({"links/on-other-pages", "pages/heading-of-links"})


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
    cuts += _asides(text, cuts)
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
    end = _end_of_head(text, lines)
    if end is not None:
        return _whole_head(text, lines, known, end)
    found: list[Found] = []
    title: str | None = None
    for n, (start, stop) in enumerate(lines[:_HEAD]):
        items = furniture(text, start, stop, "start", "any")
        if items and not (n == 0 and items[0].rule.kind == "related_link" and len(lines) > 1):
            found += items
        elif title is None and is_title(text, lines, n, known):
            title = " ".join(text[start:stop].split())
        else:
            return found, title, n
    # Lines without end: what looked like a title may be all there is.
    return found, title, min(len(lines), _HEAD)


def _end_of_head(text: str, lines: list[Span]) -> int | None:
    """The index of the first paragraph where a head of several lines is certain to stand above it; None where not.

    It is where an agency signs a paragraph, or where the last byline or stamp of the day stands above the article's sentences: above it
    stand a title, and at most a standfirst and a caption.
    """
    last, sentences = None, 0
    for n, (start, end) in enumerate(lines[:_DEEPEST]):
        line = text[start:end]
        opening = opening_of(line)
        if n and opening is not None and (opening.agency or opening.day) and len(line) - opening.length > _SHORT:
            return n
        words = len(line.split())
        if words >= _RUNNING and is_sentence(line):  # no byline is one
            sentences += 1
            if sentences > _ASIDE or words > _STANDFIRST:
                break
        elif any(item.rule.kind in ("byline", "dateline") for item in furniture(text, start, end, "start", "any")):
            last = n + 1
    if last is None or last >= len(lines):
        return None
    while last < len(lines) - 1 and (
        _is_aside(text, lines[last]) or (_is_label(text, lines[last]) and _is_aside(text, lines[last + 1]))
    ):
        last += 1
    return last


def _asides(text: str, cuts: list[Cut]) -> list[Cut]:
    """Notes of the desk in brackets within a sentence that is not cut itself: "the chairman Nursianto *(Eds: one name)* said"."""
    return [
        Cut(*found.span(), rule.kind)
        for rule in rules("inside")
        for found in rule.pattern.finditer(text)
        if not any(cut.start < found.end() and found.start() < cut.end for cut in cuts)
    ]


def _is_aside(text: str, line: Span) -> bool:
    """Whether a line below a byline or a stamp is furniture, a name under it, or the place that the article was filed from."""
    if furniture(text, *line, "start", "under", "any"):
        return True
    words = text[slice(*line)]
    return _is_label(text, line) and (words.isupper() or words.isdigit())


def _is_label(text: str, line: Span) -> bool:
    """Whether a line is as short as the name of a section, and no sentence."""
    words = text[slice(*line)]
    return len(words.split()) <= _LABEL and not is_sentence(words)


def _whole_head(text: str, lines: list[Span], known: str | None, end: int) -> tuple[list[Found], str | None, int]:
    """The furniture and the title of the lines above `end`, where the article begins."""
    titles = [n for n in range(end) if not furniture(text, *lines[n], "start", "any")]
    titles = [n for n in titles if is_title(text, lines, n, known, 2 * _DEEPEST)]
    full = [n for n in titles if len(re.findall(r"\w+", text[slice(*lines[n])])) >= _FULL]
    at = next(iter(full or titles), None)
    if at is None:
        at = next((n for n in range(end, min(end + _LABEL, len(lines))) if is_title(text, lines, n, known)), None)
        end = end if at is None else at + 1
    found: list[Found] = []
    for n, (start, stop) in enumerate(lines[:end]):
        if n == at:
            continue
        under = known is not None or (at is not None and n > at)
        items = furniture(text, start, stop, "start", "any", *(("under",) if under else ()))
        if not items and at is not None and _is_label(text, (start, stop)):
            items = [label(start, stop)]
        found += items
    return found, " ".join(text[slice(*lines[at])].split()) if at is not None else None, end


def _rest(text: str, lines: list[Span], body: int) -> list[Found]:
    """The furniture among and below an article's paragraphs, in text order."""
    among = [furniture(text, start, end, "any") for start, end in lines[body:]]
    _add_listed(text, lines[body:], among)
    below: list[Found] = []
    last = len(lines)
    while last > body:
        start, end = lines[last - 1]
        items = among[last - 1 - body] or furniture(text, start, end, "end", "any")
        if not items:
            below = trailing_furniture(text, start, end, "end", "any") + below
            break
        below = items + below
        last -= 1
    return [item for items in among[: max(last - 1 - body, 0)] for item in items] + below


def _add_listed(text: str, lines: list[Span], among: list[list[Found]]) -> None:
    """Adds, to what furniture each line is, the headlines that stand below the heading of a list of them.

    Below the last sentence of the page, and below a heading, an advert or a button there, nothing but lists stands: names of topics, days.
    What has a figure in it is no topic's name, and may be a line of a table.
    """
    prose = [n for n, (start, end) in enumerate(lines) if not among[n] and is_sentence(text[start:end])]
    last = prose[-1] if prose else len(lines)
    for n, items in enumerate(among):
        if len(items) != 1 or items[0].rule.name not in _HEADINGS:
            continue
        for k in range(n + 1, min(n + 1 + _LISTED, len(lines))):
            if among[k]:
                continue
            stamp = furniture(text, *lines[k], "start")
            if not stamp and not is_headline(text[slice(*lines[k])]):
                break
            among[k] = stamp or [listed(text, *lines[k])]
    first = next((n for n in range(last + 1, len(lines)) if any(_is_of_page(item) for item in among[n])), len(lines))
    for n in range(first + 1, len(lines)):
        line = text[slice(*lines[n])]
        if not among[n] and len(line.split()) <= _TOPIC and not any(map(str.isdigit, line)):
            among[n] = [label(*lines[n])]


def _is_of_page(item: Found) -> bool:
    """Whether furniture is a page's, which what an agency sends has none of: no row of stars, no sign-off."""
    return item.rule.kind in ("related_link", "promotion", "widget") and item.rule.name != "widgets/symbols"


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
