"""What the parts of the statements reader share: the document with its quotations and times laid over the words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from readout.language.document import Document, Token, is_dep
from readout.readers.findings import Findings
from readout.readers.lookup import spans_by_head
from readout.readers.statements.lexicon import Strength, phrases, source_nouns
from readout.readers.statements.quotations import Quotation, find_quotations
from readout.readers.stretches import Stretches
from readout.types import Span

COMMAS = frozenset({",", ":", "—", "–", "--", "-", "―", ";", "...", "…"})
FINITE = ("VBD", "VBZ", "VBP", "MD")
#: What may be the main verb of a clause: also a participle, or a bare form.
VERBAL = frozenset({*FINITE, "VBN", "VB"})
INTRODUCERS = frozenset({"that", "whether", "if", "how", "why", "what", "who", "where", "when", "which"})
#: What is no part of a source's noun phrase below its head, and further down.
_HEAD_CUT = (
    "acl", "appos", "parataxis", "ccomp", "advcl", "dep", "discourse", "cop", "nsubj", "aux", "mark", "punct", "case",
    "cc", "conj",
)  # fmt: skip
_PHRASE_CUT = ("acl", "parataxis", "appos")


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution as the tree shows it, before its speaker is looked up; words by index, content in code points."""

    word: int  # the cue's own word
    cue: Span | None
    source: int | None  # head word of the source
    content: tuple[Span, ...]
    strength: Strength = "word"
    addressees: tuple[int, ...] = ()
    frame: tuple[int, int] | None = None  # first and last word of "X said on Monday"


@dataclass(frozen=True, slots=True)
class Page:
    """A document with its quotations: `opens` and `closes` map a mark's word to its quotation, `inside` every word."""

    document: Document
    tokens: tuple[Token, ...]  # the document's, a step nearer
    quotations: tuple[Quotation, ...]
    inside: dict[int, int]
    opens: dict[int, int]
    closes: dict[int, int]
    time_words: frozenset[int]
    time_heads: dict[int, tuple[tuple[int, int], ...]]  # by sentence: heads of times in text order, and their times
    places: Stretches
    quotation_ranges: tuple[range, ...]
    quotation_ends: tuple[int, ...]  # of the inner words
    closing_marks: tuple[int, ...]  # the words of `closes` in text order
    #: By sentence, the attribution that closes it, once somebody has asked: see `readout.readers.statements.closing`.
    closings: dict[int, tuple[int, int, int] | None] = field(default_factory=dict, compare=False)
    noun_phrases: dict[int, Span] = field(default_factory=dict, compare=False)  # by head, as far as asked for

    def is_time(self, i: int) -> bool:
        """Whether word `i` is part of a time, or names a day or a month."""
        if self.document.words[i] in phrases().papers and self.document.parts[i] in ("NOUN", "PROPN"):
            return False  # "the *daily* said"
        return i in self.time_words or self.document.words[i] in phrases().time_words

    def is_place(self, i: int) -> bool:
        """Whether word `i` is part of the name of a place."""
        return self.places.meet((self.tokens[i].start, self.tokens[i].end))

    def quotation_words(self, quotation: int) -> range:
        """The words of a quotation with its marks."""
        return self.quotation_ranges[quotation]

    def is_clause(self, i: int) -> bool:
        """Whether word `i` heads a finite clause: it has a subject, or is a verb in a finite form."""
        if self.document.child(i, "nsubj", "csubj", "expl") is not None:
            return True
        return self.document.tags[i] in FINITE or self.document.child(i, "aux", "cop") is not None


def lay_out(document: Document, found: Findings) -> Page:
    """The page of a document: its quotations, times and places by word."""
    quotations = find_quotations(document)
    inside: dict[int, int] = {}
    opens: dict[int, int] = {}
    closes: dict[int, int] = {}
    ranges = tuple(document.tokens_in(quotation.outer) for quotation in quotations)
    for n, quotation in enumerate(quotations):
        first, last = ranges[n].start, ranges[n].stop
        within = bisect_right(document.ends, quotation.inner[0], first, last)
        behind = max(within, bisect_left(document.starts, quotation.inner[1], first, last))
        opens.update(dict.fromkeys(range(first, within), n))
        inside.update(dict.fromkeys(range(within, behind), n))
        closes.update(dict.fromkeys(range(behind, last), n))
    times = frozenset([i for time in found.times if time.type != "DURATION" for i in document.tokens_in(time.span)])
    heads: dict[int, tuple[tuple[int, int], ...]] = {}
    for head, n in sorted(spans_by_head(document, found.times).items()):
        if found.times[n].type == "DURATION" and found.times[n].start is None:
            continue  # "*a day* after it left" is no time of saying
        sentence = document.tokens[head].sentence
        heads[sentence] = (*heads.get(sentence, ()), (head, n))
    places = Stretches([span for place in found.places for span in place.mentions])
    ends = tuple([quotation.inner[1] for quotation in quotations])
    marks = tuple(sorted(closes))
    return Page(document, document.tokens, quotations, inside, opens, closes, times, heads, places, ranges, ends, marks)


def trim(page: Page, first: int, last: int) -> Span | None:
    """The code points from word `first` to word `last` without outer punctuation; whole quotations keep their marks."""
    while first <= last and _is_loose(page, first, first, last):
        first += 1
    while last >= first and _is_loose(page, last, first, last):
        last -= 1
    if first > last:
        return None
    return page.document.span(first, last)


def _is_loose(page: Page, i: int, first: int, last: int) -> bool:
    """Whether a word at the edge of a content is punctuation that does not belong to it."""
    token = page.tokens[i]
    if i in page.opens:
        quotation = page.quotation_words(page.opens[i])
        return i == last or (i != first and quotation[-1] > last)
    if i in page.closes:
        return page.quotation_words(page.closes[i])[0] < first
    if token.pos != "PUNCT" and token.text not in COMMAS:
        return False
    if i == last and token.text in ("?", "!", ")", "]", "%"):
        return False
    return not (i == first and token.text in ("(", "[", "$"))


def noun_phrase(page: Page, head: int) -> Span:
    """A source's own words: the noun phrase without clauses, appositions and the preposition before it."""
    found = page.noun_phrases.get(head)
    if found is None:
        found = page.noun_phrases[head] = _noun_phrase(page, head)
    return found


def _noun_phrase(page: Page, head: int) -> Span:
    document = page.document
    if not document.dependents[head]:
        return document.span(head)
    words = {head}
    stack = [c for c in document.dependents[head] if not is_dep(page.tokens[c].dep, _HEAD_CUT)]
    stack += [c for c in document.children(head, "cc", "conj") if _in_list(page, c)]
    while stack:
        at = stack.pop()
        if at > head and (page.is_time(at) or page.tokens[at].pos == "ADV" or document.preposition(at) == "as"):
            continue
        if at > head and document.preposition(at) and page.tokens[document.subtree(at)[0]].text == ",":
            continue  # "the rebels, *in a statement*"
        words.add(at)
        if document.dependents[at]:
            stack += [c for c in document.dependents[at] if not is_dep(page.tokens[c].dep, _PHRASE_CUT)]
    first = last = head
    while first - 1 in words and not (page.tokens[first - 1].text == "," and page.tokens[first - 2].pos != "ADJ"):
        first -= 1
    while last + 1 in words or (last + 2 in words and _goes_on(page, last + 1)):
        last += 1
    while first < head and page.tokens[first].pos in ("PUNCT", "CCONJ", "ADP"):
        first += 1
    while last > head and page.tokens[last].pos == "PUNCT" and page.tokens[last].text != ")":
        last -= 1
    return document.span(first, last)


def _goes_on(page: Page, mark: int) -> bool:
    """Whether a noun phrase goes on behind a mark: not with a comma before "in a speech"."""
    text = page.tokens[mark].text
    return text in ("(", "-") or (text == "," and page.tokens[mark + 1].pos != "ADP")


def noun_kind(page: Page, head: int) -> str | None:
    """What kind of source a noun is ("people", "media", …), the word before it taken along first ("news agency")."""
    token = page.tokens[head]
    before = page.tokens[head - 1].lower if head else ""
    for name in (f"{before} {token.lemma.lower()}", f"{before} {token.lower}", token.lemma.lower(), token.lower):
        if name in source_nouns():
            return source_nouns()[name]
    return None


def is_somebody(page: Page, head: int) -> bool:
    """Whether a noun that no list knows is a person: who goes with it ("a baker who lost two sons")."""
    document = page.document
    return any(
        page.tokens[word].lower in ("who", "whom")
        for clause in document.children(head, "acl")
        for word in document.dependents[clause]
    )


def _in_list(page: Page, i: int) -> bool:
    """Whether a coordinated word is one more noun of a list, not a clause of its own."""
    return page.tokens[i].pos in ("NOUN", "PROPN", "PRON", "CCONJ", "NUM", "ADJ")
