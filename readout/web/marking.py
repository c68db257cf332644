"""A report's text with every span marked: marks may overlap, so the text is cut where any of them begins or ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from readout.types import Span
from readout.web.wording import LETTERS, clean

#: From the mark whose link wins where several cover the same words, to the last.
_FIRST = ("events", "figures", "statements", "actors", "places")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a text that are marked.

    Attributes:
        span: where, in code points.
        kind: events, statements, figures, places, actors.
        anchor: the id of what is said of them beside the text: "e12".
        label: what stands small before them, as "E3"; none where it stands before another part of the same.
        title: what they are, in words.
    """

    span: Span
    kind: str
    anchor: str
    label: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words under the same marks; `starting` are those marks that begin here."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    starting: tuple[Mark, ...]


def pieces(text: str, marks: Iterable[Mark], within: Span) -> Iterator[Piece]:
    """A part of a text, cut where a mark begins or ends: the pieces, put together, are that part to the letter.

    Args:
        text: the whole text.
        marks: marks of it, which may overlap and reach over the part's ends; what is outside of the text is left out.
        within: the part.
    """
    first, last = max(0, within[0]), min(len(text), within[1])
    inside = [mark for mark in marks if mark.span[0] < last and mark.span[1] > first and mark.span[0] < mark.span[1]]
    inside.sort(key=lambda mark: (mark.span[0], -mark.span[1], mark.kind, mark.anchor))
    cuts = sorted({first, last, *(at for mark in inside for at in mark.span if first < at < last)})
    for start, end in pairwise(cuts):
        covering = tuple(mark for mark in inside if mark.span[0] <= start and mark.span[1] >= end)
        yield Piece(start, end, covering, tuple(mark for mark in covering if mark.span[0] == start))


def marked(text: str, marks: Sequence[Mark]) -> Markup:
    """A text as paragraphs, with its marks as links to what is said of them."""
    parts, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            body = Markup("").join(_piece(text, piece) for piece in pieces(text, marks, (at, at + len(line))))
            parts.append(Markup("<p>{}</p>").format(body))
        at += len(line) + 1
    return Markup("\n").join(parts)


def _piece(text: str, piece: Piece) -> Markup:
    words = escape(clean(text[piece.start : piece.end]))
    tags = Markup("").join(_tag(mark) for mark in piece.starting if mark.label)
    if not piece.marks:
        return words
    kinds = sorted({mark.kind for mark in piece.marks})
    classes = " ".join(f"m-{kind}" for kind in kinds)
    anchors = " ".join(dict.fromkeys(mark.anchor for mark in piece.marks))
    chief = min(piece.marks, key=lambda mark: (_FIRST.index(mark.kind), mark.span[1] - mark.span[0], mark.anchor))
    title = "; ".join(dict.fromkeys(clean(mark.title) for mark in piece.marks if mark.title))
    if chief.kind in ("events", "figures"):
        return tags + Markup('<a class="m {}" href="#{}" data-of="{}" title="{}">{}</a>').format(
            classes, chief.anchor, anchors, title, words
        )
    return tags + Markup('<span class="m {}" data-of="{}" title="{}">{}</span>').format(classes, anchors, title, words)


def _tag(mark: Mark) -> Markup:
    return Markup('<a class="tag t-{}" id="at-{}" href="#{}" title="{}">{}</a>').format(
        mark.kind, mark.anchor, mark.anchor, clean(mark.title), mark.label
    )


def sentence(quote: str, start: int, span: Span) -> Markup:
    """A sentence with the words of a claim marked; `start` is where the sentence begins in the text that the span is of."""
    first, last = max(0, span[0] - start), min(len(quote), span[1] - start)
    if first >= last:
        return escape(clean(quote))
    before, words, after = (clean(part) for part in (quote[:first], quote[first:last], quote[last:]))
    return Markup("{}<mark>{}</mark>{}").format(before, words, after)


def sentence_in(text: str, quote: str, span: Span) -> Markup:
    """A sentence of a text with the words of a claim marked; unmarked where it is not to be told where it stands in the text."""
    near = text.rfind(quote, 0, span[0] + len(quote)) if text and quote else -1
    return sentence(quote, near if near >= 0 else span[1], span)


def paragraphs_around(text: str, quote: str, span: Span) -> Markup:
    """The paragraph of a text that a sentence stands in, those before and behind it, the sentence marked and the claim's words bold."""
    near = text.rfind(quote, 0, span[0] + len(quote)) if quote else -1
    whole = (near, near + len(quote)) if near >= 0 else span
    lines, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((at, at + len(line)))
        at += len(line) + 1
    here = [n for n, (start, end) in enumerate(lines) if start < whole[1] and end > whole[0]]
    if not here:
        return Markup("")
    shown = lines[max(here[0] - 1, 0) : here[-1] + 2]
    return Markup("").join(Markup("<p>{}</p>").format(_with_sentence(text, line, whole, span)) for line in shown)


def _with_sentence(text: str, line: Span, whole: Span, span: Span) -> Markup:
    first, last = max(line[0], whole[0]), min(line[1], whole[1])
    if first >= last:
        return escape(clean(text[slice(*line)]))
    start, end = max(first, span[0]), max(min(last, span[1]), first, span[0])
    cuts = (line[0], first, start, end, last, line[1])
    parts = [clean(text[one:other]) for one, other in pairwise(cuts)]
    return (
        Markup("{}<mark>{}<b>{}</b>{}</mark>{}").format(*parts)
        if start < end
        else Markup("{}<mark>{}</mark>{}").format(parts[0], clean(text[first:last]), parts[4])
    )


def label(kind: str, n: int) -> str:
    """The label of the nth claim of a kind in a report: "E3"."""
    return f"{LETTERS[kind]}{n}"


def anchor(kind: str, number: int) -> str:
    """The id of what is said of a claim: "e12", by its number in the record."""
    return f"{LETTERS[kind].lower()}{number}"
