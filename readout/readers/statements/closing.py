"""The attribution that closes a sentence: "…, the news agency reported on Monday."

Wire copy ends every second sentence with one, and a parser often hangs its verb from the nearest noun or clause: here
the words decide.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left

from readout.language.document import Sentence
from readout.readers.statements.lexicon import verb_cue
from readout.readers.statements.page import FINITE, Page, noun_kind

_NOMINAL = frozenset({"DET", "ADJ", "PROPN", "NOUN", "PRON", "NUM"})
_LONGEST = 12
_SHORTEST_CONTENT = 4
_VERBS = frozenset({*FINITE, "VB", "TO"})
_FINITE = frozenset({*FINITE, "VBN"})
_BREAKS = frozenset({",", ":", ";", "—", "–", "--"})


def closing_frame(page: Page, i: int) -> tuple[int, int, int] | None:
    """The first word, the verb and the last word of the attribution that closes the sentence of word `i`.

    It is a comma, a noun phrase and a finite verb of saying, with nothing but a time behind it, and a clause before
    the comma; None where the sentence ends otherwise.
    """
    number = page.tokens[i].sentence
    if number not in page.closings:  # every verb of the sentence asks
        page.closings[number] = _closing_frame(page, page.document.sentences[number])
    return page.closings[number]


def _closing_frame(page: Page, sentence: Sentence) -> tuple[int, int, int] | None:
    last = sentence.last - 1
    while last > sentence.first and page.tokens[last].text in (".", "\n"):
        last -= 1
    verb = _verb(page, sentence.first, last)
    if verb is None:
        return None
    helper = verb
    while page.tokens[verb].tag == "VBN" and page.tokens[helper - 1].pos == "AUX" and helper - 1 > sentence.first:
        helper -= 1  # "…, officials *were quoted* as saying"
    first = _phrase_start(page, helper, sentence.first)
    if first is None or first - 1 - sentence.first < _SHORTEST_CONTENT:
        return None
    before = page.document.tags[sentence.first : first - 1]
    return None if _FINITE.isdisjoint(before) else (first, verb, last)


def quoted_frame(page: Page, verb: int) -> int | None:
    """The first word of an attribution whose verb stands behind a quotation: the word behind the closing mark.

    Nothing but the speaker, with what explains them between commas, may stand between mark and verb.
    """
    first = page.document.sentence(verb).first
    marks = bisect_left(page.closing_marks, verb)
    if not marks or page.closing_marks[marks - 1] < max(first, verb - 2 * _LONGEST + 1):
        return None  # no mark closes near enough before it
    reporting = page.tokens[verb].tag == "VBG" and page.tokens[verb - 1].lower == "as"
    for at in range(verb - 1, max(first - 1, verb - 2 * _LONGEST), -1):
        token = page.tokens[at]
        if at in page.closes:
            commas = sum(page.tokens[i].text == "," for i in range(at, verb))
            opening = page.tokens[at + 1]
            named = opening.pos in _NOMINAL or (reporting and opening.text[:1].isupper())
            clean = at + 1 < verb and named and not opening.tag.startswith("W")
            ends = page.tokens[at - 1].text in (
                ",",
                "?",
                "!",
            )  # "“…,” *Ola Berg, envoy of Chad* told": a comma is left out
            return at + 1 if clean and (commas in (0, 2) or (ends and commas == 1)) else None
        if at in page.inside or (token.tag in _VERBS and not reporting) or token.lower == "that":
            return None
    return None


def _verb(page: Page, first: int, last: int) -> int | None:
    """The finite verb of saying that nothing but a time, a place, a medium or an addressee follows."""
    for i in range(last, max(first, last - _LONGEST), -1):
        token = page.tokens[i]
        if i in page.inside or token.text in _BREAKS or token.lower in ("that", "to", "whether"):
            return None
        if token.tag not in FINITE and not (token.tag == "VBN" and _quotes_somebody(page, i, last)):
            continue
        cue = verb_cue(token.lemma, token.lower)
        if token.pos != "VERB" or token.tag == "MD" or cue is None or "quote" not in cue.frames:
            return None
        behind = (
            i == last
            or _quotes_somebody(page, i, last)
            or page.is_time(i + 1)
            or page.tokens[i + 1].pos in ("ADP", "ADV")
            or cue.addressee
        )
        return i if behind and page.tokens[last].pos != "ADP" else None
    return None


def _quotes_somebody(page: Page, verb: int, last: int) -> bool:
    """Whether a verb quotes somebody behind it: "…, the daily *quoted Berg as saying* on Friday"."""
    words = page.document.words[verb + 1 : last + 1]
    quotes = page.tokens[verb].lemma in ("quote", "cite")
    return quotes and any(pair in (("as", "saying"), ("as", "telling")) for pair in itertools.pairwise(words))


def _phrase_start(page: Page, verb: int, start: int) -> int | None:
    """Where a noun phrase right before the verb begins, if a comma stands before it and no clause inside.

    An aside between commas may explain it: "…, *Ola Berg, head of the mission in Chad*, told the paper".
    """
    end = _before_aside(page, verb, start)
    for at in range(end - 1, max(start, end - _LONGEST) - 1, -1):
        token = page.tokens[at]
        if token.text == ",":
            opening = page.tokens[at + 1]
            named = at + 1 < end and opening.pos in _NOMINAL and not opening.tag.startswith("W")
            named = named and not _two_nouns(page, at + 1, end)
            joined = any(page.tokens[w].pos == "CCONJ" for w in range(at + 1, end))
            # "…, a doctor and two witnesses said": with a clause of the verb's before the comma, no list of names
            joined = joined and not any(c < at for c in page.document.children(verb, "ccomp"))
            joined = joined and not _both_speak(page, at + 1, verb)
            return at + 1 if named and not joined and not page.is_time(end - 1) else None
        if token.lower == "close":
            continue  # "officials close to the agency": a parser takes it for a verb
        if (
            token.tag == "VBG"
            or token.tag in _VERBS
            or (token.pos in ("SCONJ", "PUNCT") and token.text not in ("-", "."))
        ):
            return None
        if at in page.inside:
            return None
    return None


def _both_speak(page: Page, first: int, verb: int) -> bool:
    """Whether two who can speak, and nothing else, are joined before a verb: "…, *police and medics* said"."""
    joint = next((i for i in range(first, verb) if page.tokens[i].pos == "CCONJ"), verb)
    one, other = joint - 1, verb - 1
    while other > joint and page.tokens[other].pos in ("ADV", "PRON") and page.tokens[other].lower in ("there", "here"):
        other -= 1
    if not first <= one < other or any(page.tokens[i].text == "," for i in range(first, verb)):
        return False
    plain = all(page.tokens[i].pos in (*_NOMINAL, "ADP", "PART", "CCONJ") for i in range(first, verb))
    return plain and all(
        noun_kind(page, i) in ("people", "bodies", "media") or page.tokens[i].pos == "PROPN" for i in (one, other)
    )


def _before_aside(page: Page, verb: int, start: int) -> int:
    """The comma that opens the aside which ends right before a verb and has no verb of its own, or explains a name; else the verb."""
    if page.tokens[verb - 1].text != ",":
        return verb
    for at in range(verb - 2, max(start, verb - 2 * _LONGEST), -1):
        token = page.tokens[at]
        if at in page.inside or at in page.closes or (token.tag in _VERBS and token.tag != "TO"):
            return verb
        if token.text != ",":
            continue
        name, behind = page.tokens[at - 1], page.tokens[at + 1]
        explains = name.pos == "PROPN" and behind.pos in ("NOUN", "DET", "ADJ", "PROPN") and not page.is_time(at + 1)
        if explains or (name.pos == "NOUN" and behind.pos == "PROPN"):
            return at
    return verb


def _two_nouns(page: Page, first: int, verb: int) -> bool:
    """Whether a name with no part in the phrase stands right behind its noun: "…, a charge Iran denies"."""
    name = verb - 1
    if page.tokens[first].pos != "DET" or page.tokens[name].pos != "PROPN" or name - 1 <= first:
        return False
    return page.tokens[name - 1].pos == "NOUN" and page.tokens[name].head == verb
