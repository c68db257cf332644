"""Numbers that say nothing of their own: parts of a count, what it was before, and what another counts; they have its measure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from readout import knowledge
from readout.language.document import Document
from readout.readers.figures.amounts import Amount
from readout.readers.figures.counted import Counted, listed
from readout.readers.figures.moved import moving
from readout.readers.figures.stated import table, verb_measure
from readout.types import FigureKind

#: Words between what opens a list of parts and one of them, and between a count and what it was before.
_LIST, _BEHIND = 28, 4
#: Words between a sum of money and a part of it.
_LONGEST_SUM = 8
_IN_LISTS = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "CCONJ", "DET", "PRON"})
_DASHES = frozenset({"-", "–", "—", "--", ":", "("})
_TOLLS = frozenset(
    {"toll", "victim", "death", "fatality", "casualty", "dead", "wounded", "injured", "number", "hostage", "captive"}
)
_THEM = frozenset({"them", "whom", "these", "those"})
_NUMBERS = frozenset({"nsubj", "obj", "obl", "ccomp", "xcomp", "parataxis", "dep"})


class Draft(NamedTuple):
    """A number on its way to a figure: the words `[first, last]`, bound words included, and what it counts."""

    amount: Amount
    first: int
    last: int
    thing: Counted
    kind: FigureKind
    unit: str | None
    measure: str | None


def inherited(document: Document, drafts: Sequence[Draft], n: int) -> str | None:
    """The measure that draft `n`, which has none, shares with a number before it; None where nothing says so."""
    draft = drafts[n]
    if draft.kind != "count" or draft.unit not in (None, "people") or draft.measure is not None:
        return None
    before = _before(document, drafts, n)
    for look in (_listed, _joined, _along, _of_them, _of_the_opening, _by_degree, _in_dashes, _elsewhere):
        if measure := look(document, draft, before):
            return measure
    return None


def _before(document: Document, drafts: Sequence[Draft], n: int) -> list[Draft]:
    """The counts of the sentence before a draft to which something happened, the nearest first."""
    begin = document.sentence(drafts[n].first).first
    found = []
    for draft in reversed(drafts[:n]):
        if draft.first < begin:
            break
        if draft.measure is not None and draft.kind == "count":
            found.append(draft)
    return found


def _listed(document: Document, draft: Draft, before: list[Draft]) -> str | None:
    """ "43 people, *including* 11 children", "12 men, *among them* two guards"; "the dead *include* five women"."""
    begin = document.sentence(draft.first).first
    for i in range(draft.first - 1, max(begin - 1, draft.first - _LIST), -1):
        word = document.words[i]
        if word in listed("part_openers"):
            return _opened(document, i, before)
        if word == "among" and i + 1 < draft.first:
            state = next((table("state")[w] for w in document.words[i + 1 : i + 4] if w in table("state")), None)
            return state or (_opened(document, i, before) if document.words[i + 1] in _THEM else None)
        if word not in (",", "-", "of", "were", "was", '"', "“") and document.tokens[i].pos not in _IN_LISTS:
            return None
    return None


def _joined(document: Document, draft: Draft, before: list[Draft]) -> str | None:
    """ "Cost the lives of two million farmers *and almost 40,000* monks": the second of two counts of one word."""
    noun = draft.thing.noun if draft.thing.noun is not None else draft.last
    token = document.tokens[noun]
    if not before or draft.unit != "people" or document.words[draft.first - 1] != "and" or token.dep != "conj":
        return None
    whole = before[0].thing.noun if before[0].thing.noun is not None else before[0].last
    if token.head not in (whole, before[0].last) or draft.first - whole > 2:
        return None
    behind = document.tokens[noun + 1 : noun + 2]
    return None if behind and behind[0].pos in ("VERB", "AUX") else before[0].measure


def _along(document: Document, draft: Draft, before: list[Draft]) -> str | None:
    """ "Ten soldiers were hurt, *along with* 34 members of the militia"; the first may be no number."""
    first = draft.first
    if draft.unit != "people" or " ".join(document.words[max(0, first - 2) : first]) not in listed("beside"):
        return None
    if before:
        return before[0].measure
    begin = document.sentence(first).first
    verb = next((i for i in range(first - 3, begin - 1, -1) if document.tokens[i].pos == "VERB"), None)
    if verb is None or document.tags[verb] not in ("VBN", "VBD", "VBG"):
        return None
    passive = document.tags[verb] == "VBN" or document.child(verb, "obj") is not None
    return verb_measure(document, verb, passive)


def _opened(document: Document, opener: int, before: list[Draft]) -> str | None:
    """The measure of what the words behind an opener are a part of."""
    state = table("state").get(document.words[opener - 1]) if opener else None
    if document.words[opener] not in ("including", "among"):
        if state:
            return state  # "the *dead* include"
        if not _TOLLS & set(document.lemmas[max(0, opener - 6) : opener]):
            return None  # "five died; the delegation *includes* 12 men"
    earlier = [draft for draft in before if draft.last < opener]
    if not earlier or _is_of_either(document, earlier):
        return None
    return earlier[0].measure


def _is_of_either(document: Document, earlier: list[Draft]) -> bool:
    """Whether a part may be of either of two counts: "seven *killed and 12 wounded*, including three children"."""
    if len(earlier) < 2 or earlier[0].measure == earlier[1].measure:
        return False
    between = document.words[earlier[1].last + 1 : earlier[0].first]
    return "and" in between and not {",", ";"} & set(between)


def _of_them(document: Document, draft: Draft, before: list[Draft]) -> str | None:
    """ "70 were hurt, 12 *of them* policemen", but not "12 of whom were charged"."""
    words, end = document.words, document.sentence(draft.last).last
    if before and words[draft.first - 2 : draft.first] == ("of", "whom") and draft.last + 2 < end:
        is_so = document.lemmas[draft.last + 1] in ("be", "remain") and document.tags[draft.last + 2] != "VBN"
        return before[0].measure if is_so else None  # "28 were hurt, of whom *5 are* critical"
    if not before or draft.last + 2 >= end or words[draft.last + 1] != "of" or words[draft.last + 2] not in _THEM:
        return None
    for i in range(draft.last + 3, end):
        if words[i] in (",", ".", ";", "and", "-"):
            break
        if document.tokens[i].pos == "VERB" and words[i] not in ("aged", "including"):
            return None
    return before[0].measure


def _of_the_opening(document: Document, draft: Draft, before: list[Draft]) -> str | None:
    """ "*Of the 88 people killed*, 14 were children"; "*among the injured*, five are policemen"."""
    words, begin = document.words, document.sentence(draft.first).first
    comma = next((i for i in range(begin, draft.first) if words[i] == ","), None)
    if comma is None or words[begin] not in ("of", "among") or draft.first - comma > _BEHIND:
        return None
    behind = draft.last + 1 if draft.thing.noun is None else max(draft.last, draft.thing.noun) + 1
    if behind + 1 >= len(words) or document.lemmas[behind] not in ("be", "remain"):
        return None
    if document.tags[behind + 1] == "VBN" and words[behind + 1] not in listed("known_by"):
        return None
    opening = [other for other in before if other.last < comma]
    state = next((table("state")[word] for word in words[begin:comma] if word in table("state")), None)
    return opening[0].measure if opening else state


def _by_degree(document: Document, draft: Draft, before: list[Draft]) -> str | None:
    """ "Eight others were injured, seven *seriously*"."""
    behind = document.words[draft.last + 1] if draft.last + 1 < document.sentence(draft.last).last else ""
    if draft.thing.noun is not None or behind not in listed("degrees") or not before:
        return None
    return "injured" if before[0].measure == "injured" else None


def _in_dashes(document: Document, draft: Draft, before: list[Draft]) -> str | None:
    """ "Left 361 dead — 242 militants, *73 civilians* and 46 guards"."""
    if draft.unit != "people" or draft.thing.noun is None or not before:
        return None
    begin, noun = document.sentence(draft.first).first, draft.thing.noun
    if noun + 1 < len(document.tokens) and document.tokens[noun + 1].pos in ("VERB", "AUX"):
        return None
    for i in range(draft.first - 1, max(begin, draft.first - _LIST), -1):
        if document.words[i] in _DASHES:
            whole = next((other for other in before if other.last < i), None)
            near = whole is not None and i - whole.last <= _BEHIND
            return whole.measure if whole is not None and near and draft.amount.value < whole.amount.value else None
        if document.words[i] != "," and document.tokens[i].pos not in _IN_LISTS:
            return None
    return None


def _elsewhere(document: Document, draft: Draft, before: list[Draft]) -> str | None:
    """ "Killed three people in Kherson, *two in Poltava* and one in Odesa"."""
    behind = document.words[draft.last + 1] if draft.last + 1 < document.sentence(draft.last).last else ""
    if draft.thing.noun is not None or behind not in listed("place_prepositions") or not before:
        return None
    token = document.tokens[draft.last]
    heads = {before[0].last, before[0].thing.noun}
    if (token.dep in ("appos", "conj") and token.head in heads) or _is_in_row_of_places(document, draft.first):
        return before[0].measure
    return None


def _is_in_row_of_places(document: Document, first: int) -> bool:
    """Whether before a number, and a comma or "and", another place was named: "30 died *in Bogo City, 22* in Sogod"."""
    at = first - 1
    while at > 0 and document.words[at] in (",", "and"):
        at -= 1
    if at == first - 1 or document.tokens[at].pos != "PROPN":
        return False
    while at > 0 and document.tokens[at].pos in ("PROPN", "DET", "ADJ"):
        at -= 1
    return document.words[at] in listed("place_prepositions")


def retold(document: Document, drafts: Sequence[Draft], n: int) -> str | None:
    """The measure of a bare number that somebody gives for what was counted before: "the army speaks of 30 dead, *the rebels say 3*"."""
    draft = drafts[n]
    if draft.kind != "count" or draft.unit is not None or draft.measure is not None:
        return None
    before = _before(document, drafts, n)
    token = document.tokens[draft.last]
    verb = token.head
    if before and (moved_by := moving(document, draft.last)) is not None and _is_bare_total(document, moved_by):
        return before[0].measure  # "five died later, taking *the total* to 17"
    if not before or token.dep.split(":")[0] not in _NUMBERS or verb >= draft.first:
        return None
    if document.lemmas[verb] in listed("retelling") and document.child(verb, "nsubj") is not None:
        return before[0].measure if draft.first - verb <= 2 and before[0].last < verb else None
    return None


def elided(document: Document, drafts: Sequence[Draft]) -> str | None:
    """The unit of the last draft, a bare number of what was counted right before it: "it has 300 *seats*. It may lose about 150"."""
    draft = drafts[-1]
    verb = document.tokens[draft.last].head
    voted = (
        document.words[draft.first - 1 : draft.first] == ("to",)
        and len(drafts) > 1
        and drafts[-2].unit in listed("won")
    )
    if voted and draft.first - drafts[-2].last <= _BEHIND:
        return drafts[-2].unit  # "by 34 votes *to 12*"
    if document.relations[draft.last] not in ("obj", "obl") or document.lemmas[verb] not in listed("winning"):
        return None
    begin = document.sentences[max(0, document.tokens[draft.last].sentence - 1)].first
    before = [other for other in drafts[:-1] if other.first >= begin and other.kind == "count"]
    return before[-1].unit if before and before[-1].unit in listed("won") else None


def of_money(document: Document, drafts: Sequence[Draft]) -> str | None:
    """The currency of the last draft, a bare number that is a part of a sum or what it became: "$2 billion, *of which 300 million* …"."""
    draft = drafts[-1]
    if len(drafts) < 2 or drafts[-2].kind != "money" or draft.first - drafts[-2].last > _LONGEST_SUM:
        return None
    if document.tokens[draft.last].lower not in knowledge.load("numbers.yaml")["scales"]:
        return None
    before = document.words[draft.first - 2 : draft.first]
    joins = before == ("of", "which") or (
        before and before[-1] in ("from", "to") and drafts[-2].last + 3 >= draft.first
    )
    return drafts[-2].unit if joins else None


def _is_bare_total(document: Document, verb: int) -> bool:
    """Whether what a verb moves is a count, and its own words do not say of what."""
    counts = knowledge.load("figures/words.yaml")["moved"]["counts"]
    moved = (document.child(verb, "obj"), document.child(verb, "nsubj"))
    return any(i is not None and document.lemmas[i] in counts and not document.children(i, "nmod") for i in moved)


def was_before(document: Document, drafts: Sequence[Draft], n: int) -> str | None:
    """The measure of what a count is said to have been: "13 were killed, *up from nine* on Saturday"."""
    draft = drafts[n]
    if draft.kind != "count" or draft.unit not in (None, "people") or draft.measure is not None:
        return None
    before = _before(document, drafts, n)
    words = document.words
    if not before or draft.first < 2 or words[draft.first - 1] not in ("from", "with", "to"):
        return None
    cue = words[draft.first - 2]
    known = knowledge.load("figures/words.yaml")["was_before"]
    return before[0].measure if cue in known and words[draft.first - 1] in known[cue] else None
