"""Passages of reports: which sentences can stand alone, and where they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from readout.across.facts import EventFact, ReportFacts, Who
from readout.types import Span

#: Ends at which a sentence was cut: what follows belongs to it.
_CUT = re.compile(
    r"\b(?:No|Inc|Corp|Ltd|Co|Bros|St|Gen|Lt|Col|Maj|Sgt|Capt|Rev|Sen|Rep|vs|[ap]\.m|U\.S|U\.N|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.$"
)
#: What desks put before the first words.
_FLASH = re.compile(r"^\s*(?:urgent|bulletin|flash|alert|update|roundup|newsflash)\s*:\s*", re.IGNORECASE)
_FEWEST, _MOST = 6, 65  # words
_END = re.compile(r"[.!?][\"'”’)]*$")
#: First words that lean on what stands before.
_LEANS = re.compile(
    r"^[\"“'‘]?(?:he|she|it|they|we|you|i|this|that|these|those|such|there|his|her|its|their|our|my|but|and|or|nor|so|yet|then|thus|"
    r"however|also|meanwhile|moreover|furthermore|besides|instead|nevertheless|nonetheless|still|earlier|later|afterwards?|"
    r"both|another|others?|some|most|many|none|neither|either|one|two|three|the|in addition|as a result|for (?:his|her|its) part|"
    r"in (?:a separate|another|the (?:other|second|same|latest))|"
    r"according to (?:him|her|it|them|the)|after that|of (?:them|these|those)|separately|elsewhere|among (?:them|those))\b",
    re.IGNORECASE,
)
#: Words inside a sentence that mean something told before it.
_BACK = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|we|our|us|i|my|also|this|these|those|the (?:same|two|latter|former|other|"
    r"statement|report|attack|incident|group|meeting|country|city|town|area|region|talks|visit|minister|president|spokesman|spokeswoman|"
    r"official|source|paper|newspaper|agency)|the \w+ (?:statement|report|attack|incident|meeting|talks|visit))\b|"
    # Something that the reader is taken to know: "the camps were", "in the building."
    r"\bthe (?:[\w-]+ ){1,3}(?:state|country|nation|city|town|village|province|region|kingdom|republic|territory)\b(?! of)|"
    r"\bthe (?!weekend|capital|government|police|army|world|west|east|north|south|border|president|early|first|last|United)[a-z-]+(?:'s)?"
    r"(?=[,.;]| (?:and|in|at|on|by|from|where|were|was|had|have|has|is|are|will|would)\b)"
)
#: First words of a lead that lean on a text that is not there.
_LEAD_LEANS = re.compile(
    r"^[\"“'‘]?(?:he|she|they|it was (?:he|she|they)|but|and|however|also|meanwhile|this|these|those)\b", re.IGNORECASE
)
_NAME = re.compile(r"\b[A-Z][\w'’-]+")
#: Words with a capital that are no part of a name: they open a sentence, or are days.
_OPENERS = """
A After Also An And As At Before But By During For From He Her His If In Into It Its Of On Or She Since So The Their They This To Two
Until When While With Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
September October November December
"""
_NO_NAMES = frozenset(_OPENERS.split())
_DEFINED = re.compile(r"\(\s*([A-Z]{2,6})\s*\)")
_HERE = re.compile(
    r"\bhere\b|\bthis (?:divided |southern |northern |eastern |western )?(?:city|town|island|capital|village|port|region|country)\b"
)


@dataclass(frozen=True)
class Passage:
    """Some words of a report. `first` where they open it; then the claims of a headline that stands before them once more are theirs."""

    report: ReportFacts
    span: Span
    first: bool

    @cached_property
    def words(self) -> str:
        """The words, in one line."""
        return " ".join(self.report.text[self.span[0] : self.span[1]].split())

    @cached_property
    def events(self) -> tuple[EventFact, ...]:
        """The events told in them, in the order of the text."""
        start = 0 if self.first else self.span[0]
        inside = [event for event in self.report.events if start <= event.span[0] < self.span[1]]
        return tuple(sorted(inside, key=lambda event: (event.span, event.id)))

    @cached_property
    def news(self) -> tuple[EventFact, ...]:
        """The events that are told as new."""
        return tuple(event for event in self.events if event.news)

    @property
    def here(self) -> bool:
        """Whether they speak of a place as the one where the report was written."""
        return is_here(self.words)


def is_here(words: str) -> bool:
    """Whether words speak of a place as the one where they were written."""
    return bool(_HERE.search(words))


def day_of(report: ReportFacts) -> str:
    """The day of a report: published, else known."""
    return (report.published or report.known)[:10]


def outlet_of(report: ReportFacts) -> str | None:
    """Who brought a report."""
    return report.publisher or report.agency


def sentences_of(report: ReportFacts) -> Iterator[Passage]:
    """The sentences of a report, put together again where an abbreviation cut them, without what desks put before the first."""
    spans = list(report.sentences)
    at, yielded = 0, False
    while at < len(spans):
        start, end = spans[at]
        opened = at == 0
        while at + 1 < len(spans) and _is_cut(report.text, start, end, spans[at + 1][0]):
            at += 1
            end = spans[at][1]
        if opened and (flash := _FLASH.match(report.text[start:end])):
            start += flash.end()
        at += 1
        # The headline again, as the first line of the text.
        if not (opened and at < len(spans) and _is_title(report.text[start:end], report.title)):
            yield Passage(report, (start, end), not yielded)
            yielded = True


def _is_cut(text: str, start: int, end: int, then: int) -> bool:
    """Whether a sentence was cut: at an abbreviation, or where it has no end and goes on in the same line."""
    words = text[start:end].rstrip()
    return bool(_CUT.search(words)) or (
        not _END.search(words) and "\n" not in text[end:then] and not words.endswith(":")
    )


def _is_title(words: str, title: str | None) -> bool:
    plain = _FLASH.sub("", " ".join((title or "").split())).rstrip(".").casefold()
    return bool(plain) and " ".join(words.split()).rstrip(".").casefold() == plain


def lead_of(report: ReportFacts) -> Passage | None:
    """The first sentence of a report, if it can stand alone. A report of one line without a full stop is a flash, and can."""
    first = next(sentences_of(report), None)
    if first is None:
        return None
    words = first.words
    whole = bool(_END.search(words)) or first.span[1] >= len(report.text.rstrip())
    fits = 4 <= len(words.split()) <= _MOST and whole
    return first if fits and not _LEAD_LEANS.search(words) and _balanced(words) else None


def stands_alone(passage: Passage) -> bool:
    """Whether a sentence from inside a report says what it says without those before it: no pronoun, no name or abbreviation that was
    given in full before, nothing that the reader is taken to know."""
    words = passage.words
    if not (_FEWEST <= len(words.split()) <= _MOST and _END.search(words) and words[0].isupper() and _balanced(words)):
        return False
    if _LEANS.search(words) or _BACK.search(words) or passage.here:
        return False
    before = passage.report.text[: passage.span[0]]
    if any(_is_short(who.name, words) for who in _named_in(passage)):
        return False
    return not (_short_names(words, before) or _short_forms(words, before))


def _balanced(words: str) -> bool:
    return words.count('"') % 2 == 0 and words.count("“") == words.count("”") and words.count("(") == words.count(")")


def _named_in(passage: Passage) -> Iterator[Who]:
    """Those who act or speak in a passage."""
    for event in passage.events:
        yield from (*event.actors, *event.recipients, *event.sources)
    for said in passage.report.statements:
        if said.speaker and passage.span[0] <= said.span[0] < passage.span[1]:
            yield said.speaker


def _is_short(name: str, words: str) -> bool:
    """Whether some words have only the first or last part of a name of several."""
    parts = name.split()
    if len(parts) < 2 or name in words or not all(part[0].isupper() for part in parts):
        return False
    return any(re.search(rf"\b{re.escape(part)}\b", words) for part in (parts[0], parts[-1]))


def _short_names(words: str, before: str) -> bool:
    """Whether somebody is named by a last name that stood with its first before."""
    for found in _NAME.finditer(words):
        name = found[0].removesuffix("'s").removesuffix("’s")
        ahead = words[: found.start()].split()[-1:]
        if name in _NO_NAMES or (ahead and ahead[0][0].isupper() and ahead[0] not in _NO_NAMES):
            continue
        for longer in re.finditer(rf"\b([A-Z][\w'’-]+) {re.escape(name)}\b", before):
            if longer[1] not in _NO_NAMES and longer[0] not in words:
                return True
    return False


def _short_forms(words: str, before: str) -> bool:
    """Whether an abbreviation is used that was explained before."""
    return any(re.search(rf"\b{re.escape(short)}\b", words) for short in set(_DEFINED.findall(before)))
