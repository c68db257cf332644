"""How far talks are said to have come, and by whom."""

from __future__ import annotations

from readout.language.document import Document
from readout.readers.events.arguments import subjects
from readout.readers.events.book import ActorBook
from readout.readers.findings import Findings
from readout.readers.negotiations.lexicon import table, words
from readout.types import Progress, Span

#: Of so many points at least a part tells how far talks have come.
_FEWEST = 3
#: Relations of a word to the noun that it tells of: "the talks, 80% *done*, …".
_TELLING_OF = frozenset({"acl", "acl:relcl", "amod", "appos"})


def _to_the_verb(document: Document, i: int) -> list[int]:
    """A word and those above it, to the verb of its clause: the share in a clause below tells of something else."""
    found = [i]
    while document.parts[found[-1]] not in ("VERB", "AUX") and document.tokens[found[-1]].head != found[-1]:
        found.append(document.tokens[found[-1]].head)
    return found


def find_progress(document: Document, found: Findings, book: ActorBook, talk_words: frozenset[int]) -> Progress | None:
    """How far the talks are said to have come: a share in a clause about them, and on whose word."""
    counted = _counted(document)
    for figure in found.figures:
        at = document.head_of(figure.span)
        if figure.kind != "share" or at is None:
            continue
        for above in _to_the_verb(document, at):
            about = {c for c in document.subtree(above) if c in talk_words}
            if document.relations[above] in _TELLING_OF:
                about |= {document.tokens[above].head} & talk_words
            done = document.words[above] in words("progress") or document.lemmas[above] in words("progress")
            if done and about:
                value = float(figure.value) / (100 if figure.value > 1 else 1)
                source = _source(document, figure.span[0], above, book)
                return Progress(round(value, 4), source, figure.span) if value <= 1 else None
    if counted is None:
        return None
    value, at, span, verb = counted
    return Progress(round(value, 4), _source(document, document.tokens[at].start, verb, book), span)


def _counted(document: Document) -> tuple[float, int, Span, int] | None:
    """How many of the points of talks are agreed or open: "agreed on *12 of 14 points*", "*two of the 14 points* remain".

    Returns:
        The share that is done, the word of the part, the words that tell both numbers, and the verb; None where nothing does.
    """
    for point in document.called(words("points")):
        if document.lemmas[point] not in words("points"):
            continue
        part, whole = _part_and_whole(document, point)
        if part is None or whole is None:
            continue
        some = _number(document, part)
        verb = document.tokens[part].head if document.tokens[part].head != point else document.tokens[point].head
        if some is None or not 0 < some <= whole or whole < _FEWEST:
            continue
        beside = {document.lemmas[c] for c in (verb, *document.children(verb, "xcomp", "acl"))}
        beside |= {document.words[c] for c in (verb, *document.children(verb, "xcomp", "acl"))}
        span = document.tokens[part].start, document.tokens[point].end
        if beside & words("open"):
            return 1 - some / whole, part, span, verb
        if beside & words("progress"):
            return some / whole, part, span, verb
    return None


def _part_and_whole(document: Document, point: int) -> tuple[int | None, int | None]:
    """The word of the part, and the number of all: of "two of the 14 points", and of "seven of ten points", hung the other way."""
    part = document.tokens[point].head
    if document.preposition(point) == "of" and document.tags[part] == "CD":
        return part, next((_number(document, c) for c in document.children(point, "nummod")), None)
    for some in document.children(point, "nummod"):
        of = [c for c in document.children(some, "nmod") if document.preposition(c) == "of"]
        if of:
            return some, _number(document, of[0])
    return None, None


def _number(document: Document, i: int) -> int | None:
    text = document.words[i]
    if text.isdecimal():
        return int(text)
    numbers = table()["numbers"]
    return numbers.index(text) + 1 if text in numbers else None


def _source(document: Document, at: int, done: int, book: ActorBook) -> int | None:
    """Who says a share: the innermost speaker, but not those who "agreed on '60 percent'" of it themselves."""
    doing = {book.find(s) for s in subjects(document, done)}
    spoken = sorted(book.contents.spoken(at))
    return next((speaker for _, _, speaker in spoken if speaker not in doing), None)
