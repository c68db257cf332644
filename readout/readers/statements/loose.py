"""Quotations that no cue stands beside: those that carry on what came before, and those behind a colon."""

from __future__ import annotations

import dataclasses

from readout.readers.statements.page import Draft, Page
from readout.readers.statements.transcripts import signature
from readout.types import Span

_MIN_WORDS = 4
_REACH = 2  # paragraphs


def prolong(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Carries quotations on: `"…," he said. "…"`, and paragraphs that are nothing but the same speaker's words.

    A quotation is carried on where it begins the sentence right behind another attribution that ends in quoted words,
    and it goes on to the next paragraph where that is quoted whole.
    """
    current = list(drafts)
    for n, quotation in enumerate(page.quotations):
        words = page.quotation_words(n)
        if len(words) < 3 or _covered(current, quotation.outer) or not _opens_sentence(page, words[0]):
            continue
        at = _before(page, current, words[0])
        if at is None:
            continue
        end = words[-1]
        span = page.document.span(words[0], end)
        current[at] = dataclasses.replace(current[at], content=(*current[at].content, span))
    return _open_before(page, current)


def _open_before(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Gives paragraphs that a quotation leaves open to the attribution which its last paragraph brings."""
    current = list(drafts)
    for n in range(len(page.quotations) - 2, -1, -1):
        words, following = page.quotation_words(n), page.quotation_words(n + 1)
        apart = page.document.sentence(following[0]).paragraph - page.document.sentence(words[0]).paragraph
        whole = _quoted_whole(page, page.document.sentence(words[0]).paragraph)
        if not page.quotations[n].open_end or apart != 1 or not whole or _covered(current, page.quotations[n].outer):
            continue
        start = page.tokens[following[0]].start
        at = next((k for k, draft in enumerate(current) if draft.content[0][0] == start and _utters(page, draft)), None)
        if at is not None:
            span = page.document.span(words[0], words[-1])
            current[at] = dataclasses.replace(current[at], content=(span, *current[at].content))
    return current


def _utters(page: Page, draft: Draft) -> bool:
    """Whether an attribution is of speech, and no turn of a transcript."""
    return draft.strength == "word" and page.tokens[draft.word].text != ":"


def _covered(drafts: list[Draft], span: Span) -> bool:
    """Whether a quotation lies inside a content that is already read."""
    return any(start < span[1] and span[0] < end for draft in drafts for start, end in draft.content)


def _opens_sentence(page: Page, word: int) -> bool:
    """Whether a quotation begins where a sentence or a paragraph does."""
    token = page.tokens[word]
    if word == 0 or word == page.document.sentences[token.sentence].first:
        return True
    return page.tokens[word - 1].text.endswith((".", "?", "!")) or word - 1 in page.closes


def _before(page: Page, drafts: list[Draft], word: int) -> int | None:
    """The attribution that a quotation beginning at `word` carries on, by its place in `drafts`."""
    document = page.document
    here = document.sentence(word)
    start = document.tokens[word].start
    ended = [
        (max(draft.content[-1][1], draft.cue[1] if draft.cue else 0), n)
        for n, draft in enumerate(drafts)
        if draft.strength == "word" and draft.content[-1][1] <= start
    ]
    if not ended:
        return None
    end, last = max(ended)
    last = _main(page, drafts, last)
    draft = drafts[last]
    between = [s for s in document.sentences if s.span[0] >= end and s.span[1] <= start]
    if between:
        return None
    same = document.sentences[document.tokens[draft.word].sentence].paragraph == here.paragraph
    if not _ends_quoted(page, draft) and (not same or _mentions_other(page, draft, end, start)):
        return None
    if same:
        return last
    return last if _quoted_whole(page, here.paragraph) and not _mentions_other(page, draft, end, start) else None


def _main(page: Page, drafts: list[Draft], last: int) -> int:
    """The attribution that goes on behind `last`: one of its sentence that ends in quoted words ("“…,” he said, citing …")."""
    word = drafts[last].word
    if _ends_quoted(page, drafts[last]):
        return last
    sentence = page.tokens[word].sentence
    fitting = [
        (draft.content[-1][1], n)
        for n, draft in enumerate(drafts)
        if page.tokens[draft.word].sentence == sentence
        and draft.word < word
        and draft.strength == "word"
        and _ends_quoted(page, draft)
    ]
    return max(fitting)[1] if fitting else last


def _mentions_other(page: Page, draft: Draft, end: int, start: int) -> bool:
    """Whether other words than the attribution's own stand between it and a quotation."""
    last = draft.frame[1] if draft.frame else draft.word
    return any(page.tokens[i].pos in ("VERB", "PROPN") and i > last for i in page.document.tokens_in((end, start)))


def _ends_quoted(page: Page, draft: Draft) -> bool:
    words = page.document.tokens_in(draft.content[-1])
    return bool(words) and any(i in page.closes or i in page.inside for i in words[-2:])


def _quoted_whole(page: Page, paragraph: int) -> bool:
    """Whether a paragraph is nothing but quoted words."""
    return all(
        i in page.inside or i in page.opens or i in page.closes or page.tokens[i].pos == "PUNCT"
        for i in page.document.tokens_in(page.document.paragraphs[paragraph])
    )


def loose_drafts(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Quotations of a sentence's length that nothing has covered.

    Their source is the subject of the sentence where a colon leads them in, the last speaker where they are a
    paragraph of their own soon behind the paragraph in which that speaker spoke, else nobody.
    """
    found: list[Draft] = []
    for n, quotation in enumerate(page.quotations):
        words = page.quotation_words(n)
        if len(words) < _MIN_WORDS + 2 or _covered([*drafts, *found], quotation.outer) or not _is_sentence(page, words):
            continue
        first = words[0]
        colon = first > 0 and page.tokens[first - 1].text == ":"
        if not colon and not _opens_sentence(page, first):
            continue
        source = _colon_source(page, first - 1) if colon else signature(page, words[-1])
        if source is None and not colon:
            source = _last_speaker(page, drafts, first)
        span = page.document.span(first, words[-1])
        found.append(Draft(first, None, source, (span,)))
    return found


def _is_sentence(page: Page, words: range) -> bool:
    return any(page.tokens[i].tag in ("VBD", "VBZ", "VBP", "MD", "VB") for i in words)


def _colon_source(page: Page, colon: int) -> int | None:
    """The subject of the clause that a colon ends, where it has one that speaks."""
    document = page.document
    sentence = document.sentence(colon)
    words = range(sentence.first, colon)
    for i in words:
        if page.tokens[i].dep == "nsubj" and page.tokens[i].pos in ("PROPN", "PRON", "NOUN") and not page.is_time(i):
            return i
    if 0 < len(words) <= 4 and page.tokens[colon - 1].pos == "PROPN":
        return document.head_of(document.span(words[0], words[-1]))
    return None


def _last_speaker(page: Page, drafts: list[Draft], word: int) -> int | None:
    """The only source of the paragraph before, where the quotation is a paragraph of its own."""
    document = page.document
    paragraph = document.sentence(word).paragraph
    if paragraph == 0 or not _quoted_whole(page, paragraph):
        return None
    for distance in range(1, _REACH + 1):
        sources = [
            draft.source
            for draft in drafts
            if draft.strength == "word"
            and document.sentence(draft.word).paragraph == paragraph - distance
            and draft.source is not None
        ]
        if sources:
            return sources[-1] if len({document.tokens[source].lemma for source in sources}) == 1 else None
    return None
