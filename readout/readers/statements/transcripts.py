"""Words that a name leads in or signs: turns of a transcript, headlines with a colon, a quotation that "— Name" signs."""

from __future__ import annotations

from readout.readers.statements.lexicon import source_nouns
from readout.readers.statements.page import Draft, Page, trim
from readout.types import Actor

_LONGEST_NAME = 6
_SHORTEST_TURN = 3
_MARKS = frozenset({'"', "“", "''", "``", "‘"})
_QUESTION_AND_ANSWER = ("Q", "A")
_SPEAKING_KINDS = ("person", "government", "organization", "armed_group", "party", "igo", "ngo", "company", "media")
_DASHES = ("—", "–", "--", "―", "-")


def transcript_drafts(page: Page) -> list[Draft]:
    """The turns of a transcript: at least two paragraphs that open with a name in capitals, "Q" or "A", and a colon."""
    if ":" not in page.document.vocabulary:
        return []
    found = [draft for span in page.document.paragraphs if (draft := _turn(page, span)) is not None]
    return found if len(found) > 1 else []


def _turn(page: Page, paragraph: tuple[int, int]) -> Draft | None:
    words = page.document.tokens_in(paragraph)
    if ":" not in page.document.words[words.start : words.start + _LONGEST_NAME + 2]:
        return None  # as mostly
    if words and page.tokens[words[0]].text in _MARKS:
        words = words[1:]
    colon = next((i for i in words[: _LONGEST_NAME + 1] if page.tokens[i].text == ":"), None)
    if colon is None or colon == words[0] or words[-1] - colon < _SHORTEST_TURN:
        return None
    name = words[0], colon - 1
    letters = page.document.slice(page.document.span(*name))
    enough = letters in _QUESTION_AND_ANSWER or sum(letter.isalpha() for letter in letters) > 2
    return _led_in(page, name, colon, words[-1]) if letters.isupper() and enough else None


def _led_in(page: Page, name: tuple[int, int], colon: int, last: int) -> Draft | None:
    """The words behind a colon, said by the name before it."""
    content = trim(page, colon + 1, last)
    source = page.document.head_of(page.document.span(*name))
    if content is None or source is None:
        return None
    return Draft(colon, page.document.span(colon), source, (content,), "word", (), (name[0], colon))


def headline_drafts(page: Page, actors: tuple[Actor, ...]) -> list[Draft]:
    """What a headline attributes by a colon: "Minister: the dam will hold", "Dam will hold: report".

    One side must name somebody who speaks, by a noun of sources.yaml or as an actor of a kind that speaks, in few
    words; the other must have a verb.
    """
    if not page.document.paragraphs or ":" not in page.document.vocabulary:
        return []
    words = page.document.tokens_in(page.document.paragraphs[0])
    colons = [i for i in words if page.tokens[i].text == ":" and i not in page.inside]
    if len(colons) != 1 or page.tokens[words[-1]].text == ":":
        return []
    colon = colons[0]
    last = words[-1] - (page.tokens[words[-1]].pos == "PUNCT")
    if _has_verb(page, range(colon + 1, words[-1] + 1)) and _speaks(page, words[0], colon - 1, actors):
        draft = _led_in(page, (words[0], colon - 1), colon, words[-1])
        return [draft] if draft else []
    if not _has_verb(page, range(words[0], colon)) or not _speaks(page, colon + 1, last, actors):
        return []
    content = trim(page, words[0], colon - 1)
    source = page.document.head_of(page.document.span(colon + 1, last))
    if content is None or source is None:
        return []
    return [Draft(colon, page.document.span(colon), source, (content,), "word", (), (colon, last))]


def _has_verb(page: Page, words: range) -> bool:
    return any(page.tokens[i].pos in ("VERB", "AUX") for i in words)


def _speaks(page: Page, first: int, last: int, actors: tuple[Actor, ...]) -> bool:
    """Whether a phrase of few words and no verb names somebody who speaks."""
    if not 0 <= last - first < _LONGEST_NAME or _has_verb(page, range(first, last + 1)):
        return False
    head = page.document.head_of(page.document.span(first, last))
    if head is None:
        return False
    if page.tokens[head].lemma.lower() in source_nouns() or page.tokens[head].lower in source_nouns():
        return page.tokens[first].pos != "ADV"
    span = page.document.span(first, last)
    return any(
        actor.kind in _SPEAKING_KINDS and span[0] <= mention[0] and mention[1] <= span[1]
        for actor in actors
        for mention in actor.mentions
    )


def signature(page: Page, closing: int) -> int | None:
    """The head of the name that signs a quotation: a dash and a name behind its closing mark, and nothing else.

    A comma before the mark stands for the dash.
    """
    document = page.document
    paragraph = document.paragraphs[document.sentence(closing).paragraph]
    words = range(closing + 1, max(closing + 1, document.tokens_in(paragraph).stop))
    if not words and document.sentence(closing).paragraph + 1 < len(document.paragraphs):
        words = document.tokens_in(document.paragraphs[document.sentence(closing).paragraph + 1])
    while words and page.tokens[words[0]].text in (".", ","):
        words = words[1:]
    until = next((n for n, i in enumerate(words) if page.tokens[i].text in (",", ".", "(", ";")), len(words))
    if len(words) > 1 and page.tokens[words[0]].pos == "PROPN" and page.tokens[closing - 1].text == ",":
        ends = until < len(words) and page.tokens[words[until]].text == "."
        name = words[:until] if ends else words[:0]  # "“They went home,” Berg.": the verb left out
    elif len(words) < 2 or page.tokens[words[0]].text not in _DASHES or page.tokens[words[1]].pos != "PROPN":
        return None
    else:
        name = words[1:until]
    if not name or len(name) > _LONGEST_NAME or any(page.tokens[i].pos != "PROPN" for i in name):
        return None
    return document.head_of(document.span(name[0], name[-1]))
