"""Whether a statement was made before: by the same speaker, in the same words or to the same effect."""

from __future__ import annotations

import re
from collections.abc import Sequence

from readout.across.facts import StatementFact, Who
from readout.across.incidents.rare_words import likeness
from readout.across.novelty.events import SHOWN, Found, told_by
from readout.across.novelty.items import Earlier
from readout.across.novelty.past import Past, Ready
from readout.across.novelty.words import Weigher, says_not, words_in

#: How alike the words of two statements of one speaker are at least; of few words the sentences have to be, too.
_ALIKE, _FEW = 0.62, 4
#: How alike they are at least for the one to be the other with other numbers.
_OTHER_NUMBERS = 0.75
#: Words in a row within quotation marks that nobody says by chance.
_VERBATIM = 5
_QUOTED = re.compile(r"[\"“”]([^\"“”]{12,})[\"“”]")
_WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def judge_statement(statement: StatementFact, past: Past, weigher: Weigher) -> Found:
    """What a statement adds to those before it."""
    compared = sorted(
        (
            (ready, other, *_same(statement, other, weigher))
            for ready, other in past.said_near(statement, weigher.rarity)
            if _same_speaker(statement.speaker, other.speaker)
        ),
        key=lambda item: (-item[2], item[0].report.known, item[1].id),
    )
    same = [item for item in compared if item[3]]
    if not same:
        near = [item for item in compared if item[2] >= _ALIKE / 2][:1]
        if not near:
            return Found("new", "nothing like it", 1.0, ("nobody is known to have said anything like it",), ())
        alike = near[0][2]
        reason = f"the nearest said before is not the same ({alike:.2f})"
        return Found("new", "none the same", 1 - alike, (reason,), _listed(near))
    _, other, alike, rule = same[0]
    before = told_by([(ready, None, None) for ready, *_ in same]).replace("told", "said", 1)
    was, now = _numbers(other), _numbers(statement)
    if rule != "verbatim" and was and now and not was & now:
        if alike < _OTHER_NUMBERS:
            return Found("new", "none the same", 1 - alike, ("said before with other numbers",), _listed(same))
        words = f"said with other numbers: {', '.join(sorted(now))}, and {', '.join(sorted(was))} before"
        return Found("changed", "number", alike, (words, before), _listed(same))
    return Found("repeated", rule, alike, (before, f"the words are alike ({alike:.2f})"), _listed(same))


def _listed(items: Sequence[tuple[Ready, StatementFact, float, str]]) -> tuple[Earlier, ...]:
    return tuple(
        Earlier(ready.report.id, other.id, ready.report.known, round(alike, 3), other.span, other.quote)
        for ready, other, alike, _ in items[:SHOWN]
    )


def _same(one: StatementFact, other: StatementFact, weigher: Weigher) -> tuple[float, str]:
    """How alike two statements are, and by which rule they are one; "" where they are not."""
    alike = likeness(weigher.of(one.content), weigher.of(other.content))
    if _shared_quote(one, other):
        return max(alike, 0.9), "verbatim"
    if says_not(one.content) != says_not(other.content):
        return alike, ""
    few = min(len(words_in(one.content)), len(words_in(other.content))) < _FEW
    if alike >= _ALIKE and (not few or likeness(weigher.of(one.quote), weigher.of(other.quote)) >= _ALIKE):
        return alike, "same speaker and words"
    return alike, ""


def _same_speaker(one: Who | None, other: Who | None) -> bool:
    """Whether two statements are of one speaker; where neither names one, their words have to tell."""
    if one is None or other is None or not one.key or not other.key:
        return (one is None or not one.key) and (other is None or not other.key)
    return one.key == other.key


def _shared_quote(one: StatementFact, other: StatementFact) -> bool:
    """Whether both quote the same words."""
    return bool(_runs(one.content) & _runs(other.content))


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for match in _QUOTED.finditer(text):
        words = _WORD.findall(match[1].lower())
        found.update(tuple(words[at : at + _VERBATIM]) for at in range(len(words) - _VERBATIM + 1))
    return frozenset(found)


def _numbers(statement: StatementFact) -> frozenset[str]:
    return frozenset(number.replace(",", "") for number in _NUMBER.findall(statement.content))
