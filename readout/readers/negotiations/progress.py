"""How far talks are said to have come, and by whom."""

from __future__ import annotations

from readout.language.document import Document
from readout.readers.events.arguments import subjects
from readout.readers.events.book import ActorBook
from readout.readers.findings import Findings
from readout.readers.negotiations.lexicon import words
from readout.types import Progress

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
    return None


def _source(document: Document, at: int, done: int, book: ActorBook) -> int | None:
    """Who says a share: the innermost speaker, but not those who "agreed on '60 percent'" of it themselves."""
    doing = {book.find(s) for s in subjects(document, done)}
    spoken = sorted(book.contents.spoken(at))
    return next((speaker for _, _, speaker in spoken if speaker not in doing), None)
