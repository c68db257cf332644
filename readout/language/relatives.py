"""Clauses that hang on another word than they are said of, by what stands between.

A "who" behind a place means a person: "a man with a permit to work *in Chad who* was held". An infinitive behind a plan and its day is
what the plan is: "a pledge *last year to return* land".
"""

from __future__ import annotations

from itertools import compress, count

from readout.language.known import known
from readout.language.making import Words

_AT = frozenset({"in", "at", "near"})


def mend_relatives(words: Words) -> None:
    """Hangs clauses with "who" on the noun before the place that they stand behind: no place is a "who"."""
    for who in [*compress(count(), map("who".__eq__, words.lowers))]:
        place, verb = who - 1, words.heads[who]
        if place < 1 or words.heads[verb] != place or words.deps[verb] != "acl:relcl" or words.parts[place] != "PROPN":
            continue
        if words.heads[place - 1] == place and words.lowers[place - 1] in _AT:
            noun = _noun_before(words, place)
            if noun is not None:
                words.heads[verb] = noun
    for noun in [*compress(count(), map(known("meant").__contains__, words.keys))]:
        if words.deps[noun].startswith("obj") and words.heads[noun] < noun:
            _mean_then(words, noun)


def _noun_before(words: Words, place: int) -> int | None:
    """The noun that a place belongs to, by itself or by a participle or infinitive; None where it is a clause's own."""
    above = words.heads[place]
    if above < place and words.parts[above] == "VERB" and words.deps[above] == "acl":
        above = words.heads[above]
    return above if above < place and words.parts[above] in ("NOUN", "PROPN") else None


def _mean_then(words: Words, noun: int) -> None:
    """ "prompted a *pledge* last year *to return* land": behind the day of a plan, the infinitive is what is planned."""
    verb, last = words.heads[noun], words.sentences[words.numbers[noun]].last
    to = next((i for i in range(noun + 1, min(noun + 6, last - 1)) if words.tags[i] == "TO"), None)
    if to is None or to == noun + 1 or words.heads[to] != to + 1 or words.heads[to + 1] != verb:
        return
    times = [i for i in range(noun + 1, to) if words.heads[i] in (noun, verb)]
    if words.tags[to + 1] == "VB" and all(words.deps[i].endswith("unmarked") for i in times) and times:
        words.heads[to + 1], words.deps[to + 1] = noun, "acl"
