"""The words that tell of negotiations over time, compiled from `knowledge/across/negotiations.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, cast

from readout import knowledge
from readout.types import NegotiationState

#: The words that stand for talks.
HEAD = r"talks|negotiations?|dialogue|peace process|peace conference|negotiating process"


def table() -> dict[str, Any]:
    """The whole file."""
    content: dict[str, Any] = knowledge.load("across/negotiations.yaml")
    return content


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Any of some words, as whole words; longer ones are tried first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?![\w])", re.IGNORECASE)


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list, in small letters."""
    return frozenset(str(word).lower() for word in table()[name])


@cache
def _subjects() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((entry["subject"], pattern(entry["words"])) for entry in table()["subjects"])


@lru_cache(maxsize=1 << 14)
def subject_of(text: str) -> str | None:
    """What some words say that talks are about, or None."""
    return next((subject for subject, found in _subjects() if found.search(text)), None)


@cache
def conflicts() -> frozenset[str]:
    """The subjects of sides that fight."""
    return frozenset(entry["subject"] for entry in table()["subjects"] if entry.get("conflict"))


@cache
def noise() -> re.Pattern[str]:
    """Words that make talks no matter of states or fighting sides."""
    return pattern(table()["noise"])


@cache
def visits() -> re.Pattern[str]:
    """What is talked of on a visit."""
    return pattern(table()["visits"])


@cache
def deals() -> re.Pattern[str]:
    """What talks may end in."""
    return pattern(table()["deals"])


@cache
def issues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What sides differ on, each with the words that name it."""
    return tuple((entry["issue"], pattern(entry["words"])) for entry in table()["issues"])


#: What may stand between the talks and what is told of them: "talks between A and B in Geneva", "talks that".
_MIDDLE = (
    r"^(?:,?\s+(?:that|which))?(?:\s+(?:between|with|among|on|in|of|for|at|over|about|aimed)\b"
    r"(?:(?!\b(?:who|which|that|whose|as|after|when|while|because|before|if)\b)[^,.;:]){0,90}?)?(?:,?\s+(?:that|which))?\s+"
)


@dataclass(frozen=True, slots=True)
class Telling:
    """What tells a state: patterns for what stands after the talks and before them, and words in their name."""

    state: NegotiationState
    after: re.Pattern[str] | None
    before: re.Pattern[str] | None
    within: re.Pattern[str] | None


@cache
def tellings() -> tuple[Telling, ...]:
    """How each state is told, in the order in which they are tried."""
    found = []
    for entry in table()["states"]:
        after = _any(entry["after"], _MIDDLE + "(?P<told>{})")
        before = _any(entry["before"], r"(?:^|\W)(?P<told>{})" + _determiners() + r"\s*$")
        within = pattern(entry["within"]) if entry.get("within") else None
        found.append(Telling(cast(NegotiationState, entry["state"]), after, before, within))
    return tuple(found)


@cache
def sitting(part: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """How the "begin" or "end" of a round is told: after the talks, and before them."""
    words = "|".join(map(re.escape, sorted(table()["sittings"][part], key=lambda word: (-len(word), word))))
    after = re.compile(_MIDDLE + rf"(?:\w+ly )?(?P<told>{words})\b", re.IGNORECASE)
    return after, re.compile(rf"(?:^|\W)(?P<told>{words}){_determiners()}\s*$", re.IGNORECASE)


@cache
def _determiners() -> str:
    """Words that may stand between a verb and the talks that are its object."""
    some = "|".join(
        re.escape(word) for word in sorted(words("idle") | words("kept"), key=lambda word: (-len(word), word))
    )
    return rf"(?:\s+(?:{some}|\d+(?:st|nd|rd|th)))*"


def _any(patterns: Sequence[str], frame: str) -> re.Pattern[str] | None:
    return (
        re.compile(frame.replace("{}", "|".join(f"(?:{one})" for one in patterns)), re.IGNORECASE) if patterns else None
    )
