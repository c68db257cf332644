"""Quotations that no cue stands beside: those that carry on what came before, and those behind a colon."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left, insort
from heapq import heapify, heappop, heappush

from readout.language.document import Document
from readout.readers.statements.page import Draft, Page
from readout.readers.statements.transcripts import signature
from readout.readers.stretches import Stretches
from readout.types import Span

_MIN_WORDS = 4
_REACH = 2  # paragraphs


def prolong(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Carries quotations on: `"…," he said. "…"`, and paragraphs that are nothing but the same speaker's words.

    A quotation is carried on where it begins the sentence right behind another attribution that ends in quoted words,
    and it goes on to the next paragraph where that is quoted whole.
    """
    if not page.quotations:
        return drafts
    said = _Said(page, drafts)
    for n, quotation in enumerate(page.quotations):
        words = page.quotation_words(n)
        if len(words) < 3 or said.covers(quotation.outer) or not _opens_sentence(page, words[0]):
            continue
        at = _before(page, said, words[0])
        if at is not None:
            said.extend(at, page.document.span(words[0], words[-1]))
    _open_before(page, said)
    return said.drafts


class _Said:
    """The attributions while quotations are carried on: what they cover, and which of them ended last."""

    def __init__(self, page: Page, drafts: list[Draft]) -> None:
        self.drafts = list(drafts)
        self._covered = Stretches([span for draft in drafts for span in draft.content])
        self.by_sentence: dict[int, list[int]] = {}
        for n, draft in enumerate(drafts):
            self.by_sentence.setdefault(page.tokens[draft.word].sentence, []).append(n)
        words = [n for n, draft in enumerate(drafts) if draft.strength == "word"]
        self._waiting = [(self.drafts[n].content[-1][1], n) for n in words]  # a heap by where their contents end
        self._ended: list[tuple[int, int]] = []  # a heap, the last end first
        heapify(self._waiting)

    def covers(self, span: Span) -> bool:
        """Whether a quotation lies inside a content that is already read."""
        return self._covered.meet(span)

    def extend(self, n: int, span: Span, *, before: bool = False) -> None:
        """Adds a quotation to what an attribution holds."""
        draft = self.drafts[n]
        content = (span, *draft.content) if before else (*draft.content, span)
        self.drafts[n] = dataclasses.replace(draft, content=content)
        self._covered.add(span)
        if not before:
            heappush(self._waiting, (span[1], n))

    def last_before(self, start: int) -> tuple[int, int] | None:
        """Where the attribution in words ends that ended last before a place, and which one; places are asked for in text order."""
        while self._waiting and self._waiting[0][0] <= start:
            end, n = heappop(self._waiting)
            if end == self.drafts[n].content[-1][1]:
                heappush(self._ended, (-_end(self.drafts[n]), -n))
        while self._ended:
            end, n = -self._ended[0][0], -self._ended[0][1]
            if end == _end(self.drafts[n]) and self.drafts[n].content[-1][1] <= start:
                return end, n
            heappop(self._ended)  # it has been carried on since
        return None


def _end(draft: Draft) -> int:
    return max(draft.content[-1][1], draft.cue[1] if draft.cue else 0)


def _open_before(page: Page, said: _Said) -> None:
    """Gives paragraphs that a quotation leaves open to the attribution which its last paragraph brings."""
    open_ends = [n for n, quotation in enumerate(page.quotations[:-1]) if quotation.open_end]
    if not open_ends:
        return
    document = page.document
    opening: dict[int, list[int]] = {}
    for k, draft in enumerate(said.drafts):
        if _utters(page, draft):
            opening.setdefault(draft.content[0][0], []).append(k)
    for n in reversed(open_ends):
        words, following = page.quotation_words(n), page.quotation_words(n + 1)
        here = document.sentence(words[0]).paragraph
        if document.sentence(following[0]).paragraph - here != 1 or not _quoted_whole(page, here):
            continue
        goes_on = opening.get(page.tokens[following[0]].start)
        if said.covers(page.quotations[n].outer) or not goes_on:
            continue
        at, span = goes_on.pop(0), document.span(words[0], words[-1])
        said.extend(at, span, before=True)
        insort(opening.setdefault(span[0], []), at)


def _utters(page: Page, draft: Draft) -> bool:
    """Whether an attribution is of speech, and no turn of a transcript."""
    return draft.strength == "word" and page.tokens[draft.word].text != ":"


def _opens_sentence(page: Page, word: int) -> bool:
    """Whether a quotation begins where a sentence or a paragraph does."""
    token = page.tokens[word]
    if word == 0 or word == page.document.sentences[token.sentence].first:
        return True
    return page.tokens[word - 1].text.endswith((".", "?", "!")) or word - 1 in page.closes


def _before(page: Page, said: _Said, word: int) -> int | None:
    """The attribution that a quotation beginning at `word` carries on, by its place among the drafts."""
    document = page.document
    here = document.sentence(word)
    start = document.tokens[word].start
    ended = said.last_before(start)
    if ended is None or _has_sentence(document, ended[0], start):
        return None
    end, last = ended
    last = _main(page, said, last)
    draft = said.drafts[last]
    same = document.sentences[document.tokens[draft.word].sentence].paragraph == here.paragraph
    if not _ends_quoted(page, draft) and (not same or _mentions_other(page, draft, end, start)):
        return None
    if same:
        return last
    return last if _quoted_whole(page, here.paragraph) and not _mentions_other(page, draft, end, start) else None


def _has_sentence(document: Document, start: int, end: int) -> bool:
    """Whether a whole sentence stands between two places."""
    following = bisect_left(document.sentences, start, key=lambda sentence: sentence.span[0])
    return following < len(document.sentences) and document.sentences[following].span[1] <= end


def _main(page: Page, said: _Said, last: int) -> int:
    """The attribution that goes on behind `last`: one of its sentence that ends in quoted words ("“…,” he said, citing …")."""
    word = said.drafts[last].word
    if _ends_quoted(page, said.drafts[last]):
        return last
    beside = [(n, said.drafts[n]) for n in said.by_sentence[page.tokens[word].sentence]]
    fitting = [
        (draft.content[-1][1], n)
        for n, draft in beside
        if draft.word < word and draft.strength == "word" and _ends_quoted(page, draft)
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
    if not page.quotations:
        return []
    found: list[Draft] = []
    covered = Stretches([span for draft in drafts for span in draft.content])
    speaking = _sources(page, drafts)
    for n, quotation in enumerate(page.quotations):
        words = page.quotation_words(n)
        if len(words) < _MIN_WORDS + 2 or covered.meet(quotation.outer) or not _is_sentence(page, words):
            continue
        first = words[0]
        colon = first > 0 and page.tokens[first - 1].text == ":"
        if not colon and not _opens_sentence(page, first):
            continue
        source = _colon_source(page, first - 1) if colon else signature(page, words[-1])
        if source is None and not colon:
            source = _last_speaker(page, speaking, first)
        span = page.document.span(first, words[-1])
        found.append(Draft(first, None, source, (span,)))
        covered.add(span)
    return found


def _sources(page: Page, drafts: list[Draft]) -> dict[int, list[int]]:
    """The sources of what is said in words, by paragraph."""
    found: dict[int, list[int]] = {}
    for draft in drafts:
        if draft.strength == "word" and draft.source is not None:
            found.setdefault(page.document.sentence(draft.word).paragraph, []).append(draft.source)
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


def _is_glossed(page: Page, speaking: dict[int, list[int]], word: int) -> bool:
    """Whether a paragraph opens with a quotation of which the reporter only says more: ""We trust the pact," *which has held*"."""
    document = page.document
    paragraph = document.sentence(word).paragraph
    first = document.tokens_in(document.paragraphs[paragraph])[0]
    if paragraph in speaking or word != first or word not in page.opens:
        return False
    behind = page.quotation_words(page.opens[word])[-1] + 1
    return behind < len(document.tokens) and document.words[behind] == "which"


def _last_speaker(page: Page, speaking: dict[int, list[int]], word: int) -> int | None:
    """The only source of the paragraph so far, or of the one before where the quotation is a paragraph of its own."""
    document = page.document
    paragraph = document.sentence(word).paragraph
    here = [source for source in speaking.get(paragraph, ()) if source < word]
    if here and document.tokens[here[-1]].sentence == document.tokens[word].sentence - 1:
        return here[-1] if len({document.tokens[source].lemma for source in here}) == 1 else None
    if paragraph == 0 or not (_quoted_whole(page, paragraph) or _is_glossed(page, speaking, word)):
        return None
    for distance in range(1, _REACH + 1):
        sources = speaking.get(paragraph - distance)
        if sources:
            return sources[-1] if len({document.tokens[source].lemma for source in sources}) == 1 else None
    return None
