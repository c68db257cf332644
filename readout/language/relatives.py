"""Clauses that hang on another word than they are said of, by what stands between.

A "who" behind a place means a person: "a man with a permit to work *in Chad who* was held". An infinitive behind a plan and its day is
what the plan is: "a pledge *last year to return* land". A "where" behind a comma says more of the place before it, a "that" behind how
many live in a land more of the land; and what somebody "said" has a subject of its own.
"""

from __future__ import annotations

from itertools import compress, count

from readout.language.known import known
from readout.language.making import Words

_AT = frozenset({"in", "at", "near"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_WHICH = frozenset({"that", "which"})
_CLAUSES = frozenset({"ccomp", "advcl", "acl:relcl", "parataxis"})


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
    for where in [*compress(count(), map("where".__eq__, words.lowers))]:
        _be_there(words, where)
    for which in [*compress(count(), map(_WHICH.__contains__, words.lowers))]:
        if words.deps[words.heads[which]] == "acl:relcl":
            _count_people(words, which)
    for verb in [*compress(count(), map("acl".__eq__, words.deps))]:
        if words.tags[verb] in ("VBN", "VBD") and words.deps[words.heads[verb]] == "nsubj":
            _be_said(words, verb)


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


def _be_there(words: Words, where: int) -> None:
    """ "Told reporters in *Abuja*, where the leaders *are to meet*, that": the clause says what is to be in the town."""
    verb, comma = words.heads[where], where - 1
    first = words.sentences[words.numbers[where]].first
    if verb < where or comma <= first or words.texts[comma] != "," or words.parts[comma - 1] not in _NOUNS:
        return
    place = comma - 1
    while words.deps[place] in ("flat", "compound") and first <= words.heads[place] < comma:
        place = words.heads[place]
    above = words.heads[verb]
    if words.deps[verb] in _CLAUSES and above < where and above != place and words.parts[place] in _NOUNS:
        words.heads[verb], words.deps[verb] = place, "acl:relcl"


def _count_people(words: Words, which: int) -> None:
    """ "Chad, a *republic* of 17 million people *that fought* a war": a land fights, and not how many live in it."""
    verb = words.heads[which]
    people = words.heads[verb]
    land, first = words.heads[people], words.sentences[words.numbers[verb]].first
    if (
        which != people + 1
        or words.deps[people] != "nmod"
        or not land < people
        or words.tags[land] not in ("NN", "NNP")
    ):
        return
    own = [k for k in range(land + 1, people) if words.heads[k] == people]
    counted = any(words.deps[k] == "nummod" for k in own) and any(words.lowers[k] == "of" for k in own)
    if counted and any(words.heads[k] == land and words.lowers[k] in ("a", "an") for k in range(first, land)):
        words.heads[verb] = land


def _be_said(words: Words, verb: int) -> None:
    """ "A convoy of rebels *clashed* with the army, an official *said*": a main clause, and no noun that an official says beside."""
    doer = words.heads[verb]
    said = words.heads[doer]
    if not doer < verb < said or words.tags[said] not in _FINITE or words.keys[said] not in known("claiming"):
        return
    own = [k for k in range(verb + 1, said) if words.heads[k] == said and words.deps[k] == "nsubj"]
    if not own or "," in words.texts[doer:verb] or words.keys[verb] in known("suffered"):
        return
    first = words.sentences[words.numbers[verb]].first
    if any(words.heads[k] == doer and words.deps[k] == "cc" for k in range(first, doer)):
        return
    start = min([k for k in range(verb + 1, own[0]) if words.heads[k] == own[0]], default=own[0])
    if words.texts[start - 1] != ",":
        return
    words.heads[doer], words.heads[verb], words.deps[verb], words.tags[verb] = verb, said, "ccomp", "VBD"
