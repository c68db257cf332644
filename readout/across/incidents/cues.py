"""Which acts and results that a sentence tells belong together, by its words (knowledge/across/accounts.yaml)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from readout.across.incidents.rare_words import words_of
from readout.knowledge import load
from readout.types import Span

Cue = Literal["result", "clause", "phrase", "chain", "habit", "another", "back", "back to the same"]
_CUES: tuple[Cue, ...] = ("clause", "phrase", "chain")
_DEFINITE = re.compile(
    r"\b(?:[Tt]he|[Tt]h(?:is|at) was an?|[Tt]his|[Tt]hese|[Tt]hose|\w+day's)\s+(?P<between>(?:[\w-]+\s+){0,3})$"
)
#: What the result of an act is told to have come of: "wounded in the blast".
_IN_THE = re.compile(
    r"(?:\s+[\w'-]+){0,3}?\s+(?:in|during|by|from)\s+(?:the|this|that|those|these|\w+day's)\s+(?P<between>(?:[\w-]+\s+){0,2}?)"
    r"(?P<noun>[a-z]+)\b(?=\s*(?:[,.;\"”]|$|\w+day\b|in\b|on\b|at\b|and\b|of\b|by\b|to\b|the\b))"
)
#: The act of which what became of people is told: "The blast killed".
_THE_ACT = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Tt]hese|[Tt]hose|\w+day's)\s+(?P<between>(?:[\w-]+\s+){0,2}?)(?P<noun>[a-z]+)\s+"
    r"(?:(?:also|has|have|had|that|which)\s+)*$"
)
_SEVERAL = re.compile(r"\b(?:two|three|four|five|six|several|\d+)\s+(?:[\w-]+\s+){0,3}?(\w+s)\b", re.IGNORECASE)
_ANOTHER = re.compile(r"\b(?:another|a second|a third|a fourth|two more|three more|new|fresh)\b", re.IGNORECASE)
#: Letters and words after "another" within which an act is what is another.
_ACT_WITHIN, _ACT_WORDS = 60, 3
#: What stands before a result that is told of the act before: "a blast in which five", "an attack that".
_RELATIVE = re.compile(r"\b(?:in which|that|which|who|when|where)(?:\s+[\w-]+){0,5}\s*$", re.IGNORECASE)
#: Sentences that count over a period rather than tell of one happening.
_OVER_TIME = re.compile(
    r"\bsince\b|\bthis year\b|\bso far\b|\bover the (?:past|last)\b|\bin the (?:past|last) \w+ (?:years|months|weeks)\b|"
    r"\b(?:br(?:ing|ings|inging|ought)) (?:the |to )|\bin all\b|\baltogether\b",
    re.IGNORECASE,
)


@cache
def _words(cue: Cue) -> re.Pattern[str]:
    entry = next(entry for entry in load("across/accounts.yaml") if entry["cue"] == cue)
    words = sorted(entry["words"], key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def is_result(word: str) -> bool:
    """Whether a word tells what became of people rather than what was done."""
    return bool(_words("result").fullmatch(word))


def is_outcome(word: str) -> bool:
    """Whether a word tells in the past what became of people: "wounded", and not "killing"."""
    return is_result(word) and not word.endswith(("ing", "ings", "kill", "kills"))


@cache
def outcomes() -> frozenset[str]:
    """The words that tell what became of people, in the form in which words are compared."""
    entry = next(entry for entry in load("across/accounts.yaml") if entry["cue"] == "result")
    return words_of(" ".join(entry["words"]))


def is_noun(word: str) -> bool:
    """Whether a word is a noun for an act, which a sentence can refer back to."""
    return bool(_words("back").fullmatch(word) or _words("back to the same").fullmatch(word))


def is_usual(sentence: str) -> bool:
    """Whether a sentence tells what is usual, and no happening."""
    return bool(_words("habit").search(sentence))


def is_over_time(sentence: str) -> bool:
    """Whether a sentence counts over a period."""
    return bool(_OVER_TIME.search(sentence))


def tells_another(sentence: str) -> bool:
    """Whether a sentence says that it tells of something beside what was told before."""
    if _words("another").search(sentence):
        return True
    following = (sentence[match.end() :][:_ACT_WITHIN] for match in _ANOTHER.finditer(sentence))
    return any(is_noun(word) or word.startswith("bomb") for text in following for word in text.split()[:_ACT_WORDS])


def refers_back(sentence: str, span: Span) -> Literal["any", "same"] | None:
    """Whether what stands at a span of a sentence was told before: an act ("the blast") or the result of one ("killed in the raid"). It may
    be of any act, or of one that was told by the same word or done in the same way; None where it is not."""
    word, before = sentence[span[0] : span[1]], _DEFINITE.search(sentence[: span[0]])
    if is_result(word) and not is_noun(word):
        found = _IN_THE.match(sentence, span[1]) or _THE_ACT.search(sentence[: span[0]])
        return _reference(found["noun"], found["between"], sentence[found.end() :]) if found else None
    return _reference(word, before["between"], sentence[span[1] :]) if before else None


def _reference(noun: str, between: str, after: str) -> Literal["any", "same"] | None:
    if any(name[0].isupper() for name in between.split()):
        return None  # "the Torvel massacre" has a name of its own
    if re.match(r"\s+(?:of|by)\s+(?:[\w-]+\s+){0,2}[A-Z]", after):
        return None  # and so has "the killing of Elin Sorvik"
    if _words("back to the same").fullmatch(noun) or re.match(
        r"\s+(?:on|against|in|at)\s+(?:[\w-]+\s+){0,2}(?!\w+day\b)[A-Z]", after
    ):
        return "same" if is_noun(noun) else None
    return "any" if _words("back").fullmatch(noun) else None


def tells_several(sentence: str) -> bool:
    """Whether a sentence tells of a number of acts together: "two attacks", "three separate explosions"."""
    return any(is_noun(match[1]) and match[1].endswith("s") for match in _SEVERAL.finditer(sentence))


def segments(sentence: str, spans: Sequence[Span]) -> list[int]:
    """Which of the acts and results of a sentence tell of one happening: those with the same number do. `spans` are in order."""
    found: list[int] = []
    main, aside, numbers = 0, "", 0  # `aside` is the cue by which the last act stood aside
    for place, (start, end) in enumerate(spans):
        last = spans[place - 1][1] if place else 0
        between = sentence[last:start]
        cue = _last_cue(between)
        if place and not cue and _clings(sentence[start:end], between):
            number = found[-1]
        elif cue == "chain":
            numbers += 1
            main = number = numbers if place else 0
            aside = ""
        elif cue and not _caused(sentence, spans, place, cue):
            numbers += 1
            number, aside = numbers, cue
        elif place and aside == "clause" and "," not in between:
            number = found[-1]
        else:
            number = main
        found.append(number)
    return found


def _last_cue(between: str) -> Cue | Literal[""]:
    """The cue that stands last before an act; a comma ends a clause."""
    found = [(match.start(), match.end(), cue) for cue in _CUES for match in _words(cue).finditer(between)]
    if not found:
        return ""
    _, end, cue = max(found)
    return "" if cue == "clause" and "," in between[end:] else cue


def _clings(word: str, between: str) -> bool:
    """Whether a word is told of the one before: ", killing five", "and wounded ten"."""
    if word.endswith("ing") and re.search(r",\s*(?:\w+ing\b[^;]*\band\s+)?(?:\w+ly\s+)?$", between):
        return True
    if _RELATIVE.search(between):
        return True
    return is_result(word) and len(between) < 60 and bool(re.search(r"\band\b", between)) and "," not in between


def _caused(sentence: str, spans: Sequence[Span], place: int, cue: str) -> bool:
    """Whether what follows "after" is what the result before it came of: "killed after gunmen opened fire"."""
    if cue != "clause" or not place:
        return False
    (start, end), (first, last) = spans[place], spans[place - 1]
    act, result = sentence[start:end], sentence[first:last]
    return (
        is_result(result)
        and not is_result(act)
        and not is_noun(act)
        and sentence[last:start].lower().count("after") == 1
    )
