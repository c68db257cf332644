"""Transcripts and signatures: "NAME: …" at the head of a paragraph, and a quotation that "— Name" signs."""

from __future__ import annotations

from readout.readers.statements.page import Draft, Page, trim

_LONGEST_NAME = 6
_SHORTEST_TURN = 3
_DASHES = ("—", "–", "--", "―", "-")


def transcript_drafts(page: Page) -> list[Draft]:
    """The turns of a transcript: at least two paragraphs that open with a name in capitals and a colon."""
    found = [draft for span in page.document.paragraphs if (draft := _turn(page, span)) is not None]
    return found if len(found) > 1 else []


def _turn(page: Page, paragraph: tuple[int, int]) -> Draft | None:
    words = page.document.tokens_in(paragraph)
    colon = next((i for i in words[: _LONGEST_NAME + 1] if page.token(i).text == ":"), None)
    if colon is None or colon == words[0] or words[-1] - colon < _SHORTEST_TURN:
        return None
    name = words[0], colon - 1
    letters = page.document.slice(page.document.span(*name))
    if not letters.isupper() or sum(letter.isalpha() for letter in letters) < 3:
        return None
    content = trim(page, colon + 1, words[-1])
    source = page.document.head_of(page.document.span(*name))
    if content is None or source is None:
        return None
    return Draft(colon, page.document.span(colon), source, (content,), "word", (), (name[0], colon))


def signature(page: Page, closing: int) -> int | None:
    """The head of the name that signs a quotation: a dash and a name behind its closing mark, and nothing else."""
    document = page.document
    paragraph = document.paragraphs[document.sentence(closing).paragraph]
    words = [i for i in document.tokens_in(paragraph) if i > closing]
    if not words and document.sentence(closing).paragraph + 1 < len(document.paragraphs):
        words = list(document.tokens_in(document.paragraphs[document.sentence(closing).paragraph + 1]))
    while words and page.token(words[0]).text in (".", ","):
        words = words[1:]
    if len(words) < 2 or page.token(words[0]).text not in _DASHES or page.token(words[1]).pos != "PROPN":
        return None
    until = next((n for n, i in enumerate(words) if page.token(i).text in (",", ".", "(", ";")), len(words))
    name = words[1:until]
    if not name or len(name) > _LONGEST_NAME or any(page.token(i).pos != "PROPN" for i in name):
        return None
    return document.head_of(document.span(name[0], name[-1]))
