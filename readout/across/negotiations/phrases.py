"""Where a report speaks of talks: the words, what they are about, and in which named form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from readout.across.facts import ReportFacts
from readout.across.negotiations.lexicon import HEAD, noise, subject_of, visits, words
from readout.across.negotiations.sides import Side, Sides
from readout.types import Span

_TALKS = re.compile(rf"\b(?:{HEAD})\b", re.IGNORECASE)
_DEAL = r"deal|agreement|accord|truce|cease-?fire|pact"
_MADE = r"(?:was |had been |has been )?(?:reached|signed|clinched|struck|brokered)"
#: A deal names the talks that it came of where it says whose it is: "a US-brokered agreement between A and B"; so does mediation.
_DEALS = re.compile(
    rf"(?:(?<=-brokered )|(?<=-mediated ))(?:{_DEAL})\b"
    rf"|\b(?:{_DEAL})\b(?=(?: {_MADE})?(?: \w+day)? (?:\w+ ){{0,2}}between\b)"
    r"|(?:(?<=face-to-face )|(?<=direct ))meetings?\b(?= between\b)|\bmediation\b(?= between\b)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\s,;:.!?\"“”()]+")
_BREAK = re.compile(r"[,;:!?\"“”()]|\.(?:\s|$)")
_DONE = re.compile(r"[a-z-]+ed\s+")
_DOER = re.compile(
    r"(?:\b(?!(?:The|An?|Th[ei]s[ei]?|Those|Their|Its|His|Her|All|Any|On|In|For|With|But|And)\s)(?:[A-Z][\w.-]*|they|he|she|it|has|have|had|[a-z]{3,}(?<!['’])(?<!thi)s)|\))\s+$"
)
_MOST_BEFORE = 7  # words
_NUMBERS = "two|three|four|five|six|seven|eight|nine|ten"
_FORMAT = re.compile(rf"['‘’]?\b({_NUMBERS}|\d{{1,2}})[- ]+(?:party|way|nation|sided|power)\b[-\s'’]*", re.IGNORECASE)
_NUMBER_OF = {word: str(n) for n, word in enumerate(_NUMBERS.split("|"), start=2)}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINAL = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_ORDINALS)})|(?P<figure>\d{{1,2}})(?:st|nd|rd|th))[- ](?:and (?:final|last) )?"
    r"(?:(?:phase|session) of the )?rounds?\b"
    r"|\b(?P<bare>\d{1,2})(?:st|nd|rd|th) (?=(?:[\w'-]+ ){0,3}(?:talks|negotiations))",
    re.IGNORECASE,
)
_SINCE_THEN = (
    r"(?:(?:that )?(?:was |were |had been )?(?:reached|signed|clinched|struck|brokered|held) )?(?:on \w+day )?"
)
_SET_FOR = r"(?:(?:scheduled|planned|due|set) (?:for|on) [\w. ]{3,14}? (?=to discuss))?"
_PURPOSE = r"to (?:end|resolve|settle|replace|release|free|halt|stop|denuclearize|discuss)"
_ABOUT = re.compile(
    rf"^\s+{_SET_FOR}(?:{_SINCE_THEN}(?:with|between|among|in|at|here|there|by)\b[^.;:!?]{{0,90}}?\s)?"
    rf"(?P<by>on|over|about|concerning|regarding|for|into|aimed at \w+ing|aiming at \w+ing|aimed at|{_PURPOSE})"
    r"\s+(?P<what>[^.;:!?\"“”]{3,90})",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\b(?:that|which|who|are|is|was|were|have|has|had|will|would|could|should|said|began|opened|started|resumed|after|before|when|while|"
    r"but|because|as|if|until|since|despite|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that speak of talks.

    `head` is the word for the talks, `span` it with what stands before it, `sentence` the sentence. `name` is what names them in the
    report's words, "" where nothing does. `form` is the number of sides in a named form ("6" of "six-party talks"), `subject` what they
    are about, `about` where it stands; `definite`: "the talks", of which was told before;
    `places` the keys of places that name them, `sides` the sides that stand before the head.
    """

    head: Span
    span: Span
    sentence: int
    name: str
    form: str | None
    ordinal: int | None
    subject: str | None
    about: Span | None
    places: tuple[str, ...]
    sides: tuple[Side, ...]
    noisy: bool
    definite: bool


def find_phrases(report: ReportFacts, sides: Sides) -> list[Phrase]:
    """All words of a report that speak of talks, in text order, those of wages, mergers, coalitions and visits marked as noisy."""
    return [
        _phrase(report, sides, number, *span)
        for number, (start, end) in enumerate(report.sentences)
        for span in sorted(
            found.span() for words in (_TALKS, _DEALS) for found in words.finditer(report.text, start, end)
        )
    ]


def _phrase(report: ReportFacts, sides: Sides, sentence: int, start: int, end: int) -> Phrase:
    text = report.text
    first = _start(report, sides, report.sentences[sentence][0], start)
    before = text[first:start]
    form = _form(before)
    ordinal = _ordinal(text[max(report.sentences[sentence][0], first - 45) : end])
    about = _about(text, end, report.sentences[sentence][1])
    what = text[about[0] : about[1]] if about else ""
    courtesy = bool(about and (visits().search(what) or _TALKS.search(what)))
    subject = subject_of(before + text[start:end]) or (None if courtesy else subject_of(what))
    named = [place for place in report.places for span in place.mentions if first <= span[0] < start]
    meant = [place for place in report.places for span in place.mentions if about and about[0] <= span[0] < about[1]]
    kept = [place for place in (*named, *meant) if place.where.kind not in ("continent", "country")]
    stand = [one.side for one in sides.within(first, start) if one.side is not None]
    return Phrase(
        head=(start, end),
        span=(first, end),
        sentence=sentence,
        name=_name(before, text[start:end], kept=bool(named or stand or form or subject)),
        form=form,
        ordinal=ordinal,
        subject=subject,
        about=about,
        places=tuple(dict.fromkeys(place.where.key for place in kept)),
        sides=tuple(dict.fromkeys(stand)),
        definite=bool(
            re.search(
                r"\b(?:the|these|those|this)\s+(?:[\w-]+ (?:round|session|phase) of )?(?:the )?$",
                text[max(0, first - 40) : first],
                re.IGNORECASE,
            )
        ),
        noisy=courtesy or bool(noise().search(before) or (subject is None and noise().search(what))),
    )


def _start(report: ReportFacts, sides: Sides, floor: int, start: int) -> int:
    """Where the words begin that stand before the head and say something of it."""
    text, first = report.text, start
    stretch = text[floor:start]
    tokens = list(_WORD.finditer(stretch))[-_MOST_BEFORE:]
    covered = [(span, place) for place in report.places for span in place.mentions]
    for token in reversed(tokens):
        at, to = floor + token.start(), floor + token.end()
        if _BREAK.search(text[to:first]) or not _says(text[at:to], at, to, sides, covered, text[first:start]):
            break
        done = _DONE.match(text[first:start])
        if done and _DOER.search(text[at:first]):
            first += done.end()
            break
        first = at
    # "Norway proposed talks": what somebody did is no part of their name, "the proposed talks" is.
    while (done := _DONE.match(text[first:start])) and _DOER.search(text[max(floor, first - 40) : first]):
        first += done.end()
    # "Said in Geneva talks would go on": a place that a preposition leads is where something is, and no name of talks.
    led = re.search(r"\b(?:in|at|from|near)\s+$", text[max(floor, first - 6) : first])
    while led and first < start and (place := next((span for span, _ in covered if span[0] == first), None)):
        first = min(place[1] + len(text[place[1] : start]) - len(text[place[1] : start].lstrip()), start)
    return first


def _says(word: str, at: int, to: int, sides: Sides, covered: Sequence[tuple[Span, object]], after: str) -> bool:
    """Whether a word before the head belongs to it: a name of a place or side, a subject, a form, or a word that says how or when."""
    lower = word.lower().strip("-'‘’")
    if lower in ("the", "a", "an", "of", "to", "in", "on"):
        return False
    if any(span[0] < to and at < span[1] for span, _ in covered):
        return True
    if any(one.side is not None and one.span[0] < to and at < one.span[1] for one in sides.within(at - 60, to)):
        # "Norway's peace talks" are its own; a pronoun names none.
        return word[:1].isupper() or "-" in word
    if lower in words("idle") or lower in words("kept") or subject_of(word) is not None or noise().search(word):
        return True
    return bool(_FORMAT.match(f"{word} {after}".replace("- ", "-")) or lower in ("party", "way"))


def _form(before: str) -> str | None:
    """The number of sides that talks are named by; talks of two are what all talks are."""
    found = _FORMAT.search(before)
    number = _NUMBER_OF.get(found[1].lower(), found[1]) if found else None
    return number if number != "2" else None


def _ordinal(text: str) -> int | None:
    found = list(_ORDINAL.finditer(text))
    if not found:
        return None
    last = found[-1]
    return _ORDINALS.index(last["word"].lower()) + 1 if last["word"] else int(last["figure"] or last["bare"])


def _about(text: str, end: int, last: int) -> Span | None:
    """Where the words stand that say what talks are about."""
    found = _ABOUT.match(text[end : min(last, end + 200)])
    if found is None or re.match(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\d", found["what"]):
        return None
    cut = _CUT.search(found["what"]) if found["by"].lower() != "to discuss" else None
    what = found["what"][: cut.start()] if cut else found["what"]
    start = end + found.start("what")
    return (start, start + len(what.rstrip())) if what.strip() else None


def _name(before: str, head: str, *, kept: bool) -> str:
    """The words that name the talks, without those that say nothing of which they are."""
    if not kept:
        return ""
    tokens = re.sub(r"-\s+", "-", before).replace("'", "").replace("‘", "").replace("’", "").split()
    while tokens and tokens[0].lower().strip("-") in words("idle") and not _FORMAT.match(" ".join(tokens[:2])):
        tokens.pop(0)
    said = [word for word in tokens if word.lower() not in words("idle") or _FORMAT.match(word)]
    return " ".join((*said, head.lower())) if said else (head.lower() if " " in head else "")
