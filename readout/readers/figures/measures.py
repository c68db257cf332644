"""What happened to those counted: killed, injured, captive …; from the words beside the number and the tree."""

from __future__ import annotations

from functools import cache

from readout import knowledge
from readout.language.document import Document
from readout.language.memory import once
from readout.readers.figures.counted import is_person
from readout.readers.figures.moved import is_step, moved, numbering, put_at, toll
from readout.readers.figures.said import joined, said_after
from readout.readers.figures.stated import STATES, TAKEN, is_body, is_for_people_alone, table, verb_measure

_CAPTIVES = frozenset({"hostage", "captive", "abductee"})


def measure_of(document: Document, first: int, last: int, noun: int | None) -> str | None:
    """The measure of the amount in words `[first, last]` that counts `noun`, or None where nothing says one."""
    if not has_measure(document, document.tokens[last].sentence) or _is_difference(document, first, last):
        return None
    if _is_undecided(document, first, noun if noun is not None and noun > last else last):
        return None
    words = knowledge.load("figures/words.yaml")
    if _is_whole(document, first, noun if noun is not None else last, words["part_of"]):
        return _of_the_whole(document, last, noun)
    if is_body(document, first, noun):
        return "killed"
    if document.words[last + 1 : last + 2] == ("of",) and (measure := _before(document, first, last, noun)):
        return measure  # "*released* 18 of 30 soldiers seized in May"
    for look in (
        _lives,
        said_after,
        _before,
        _tree,
        toll,
        moved,
        numbering,
        put_at,
        _own_noun,
        _of_those,
        _hospital,
        joined,
        _held,
    ):
        measure = look(document, first, last, noun)
        if measure:
            return measure
    return None


@once
def has_measure(document: Document, n: int) -> bool:
    """Whether sentence `n` has any of the words by which something is said to have happened to somebody."""
    first, last = document.sentences[n].first, document.sentences[n].last
    signs = _signs()
    return not (signs.isdisjoint(document.words[first:last]) and signs.isdisjoint(document.lemmas[first:last]))


@cache
def _signs() -> frozenset[str]:
    """Words and lemmas of which one stands in every sentence that tells a measure; of "take hostage" the longer one."""
    verbs = [max(text.split(), key=len) for kind in ("passive", "active") for text in table(kind)]
    hospital = knowledge.load("figures/words.yaml")["hospital"]
    return frozenset(
        ("lives", "toll", "body", "custody", "injuries", "wounds", "burns", *TAKEN, *_CAPTIVES, *STATES)
    ).union(table("state"), table("nouns"), verbs, hospital, knowledge.load("figures/words.yaml")["as_participles"])


def _is_difference(document: Document, first: int, last: int) -> bool:
    """Whether a number says how many more or fewer they are than others counted: "three fewer *than* the hospital", or than before."""
    words = document.words[last + 1 : min(last + 3, document.sentence(last).last)]
    return is_step(document, first) or (
        len(words) == 2
        and words[0] in ("more", "fewer", "less", "higher", "lower", "above", "below")
        and words[1] == "than"
    )


def _is_undecided(document: Document, first: int, last: int) -> bool:
    """Whether one of two things happened to those counted: "40 *killed or wounded*", "killing *or wounding* 40"."""
    words, sentence = document.words, document.sentence(first)
    if first - 3 >= sentence.first and words[first - 2] == "or" and document.tokens[first - 1].pos == "VERB":
        one, other = (verb_measure(document, i, passive=True) for i in (first - 3, first - 1))
        return one is not None and other is not None and one != other
    for i in range(last + 1, min(last + 8, sentence.last - 1)):
        if words[i] in (",", "and", ";") or document.tags[i] == "CD":
            return False
        if words[i] == "or":
            one, other = (table("state").get(words[near]) for near in (i - 1, i + 1))
            return one is not None and other is not None and one != other
    return False


def _is_whole(document: Document, first: int, head: int, parts: list[str]) -> bool:
    """Whether what is counted is the whole of which something is said of a part: "three of the *20 hostages* were freed"."""
    token = document.tokens[head]
    if document.words[first - 1 : first] and _behind_part(document, first):
        return True
    if not token.dep.startswith("nmod") or document.preposition(head) != "of" or token.head >= first:
        return False  # of "*two* of his soldiers" the part is what is counted
    return document.tags[token.head] == "CD" or document.lemmas[token.head] in parts


def _behind_part(document: Document, first: int) -> bool:
    """Whether right before a number "of the" and another number stand: "12 *of the* 40 wounded"."""
    at = first - 1
    if at > 0 and document.words[at] in ("the", "his", "her", "its", "their", "our"):
        at -= 1
    return at > 0 and document.words[at] == "of" and document.tags[at - 1] == "CD" and at < first - 1


def _of_the_whole(document: Document, last: int, noun: int | None) -> str | None:
    """What is said of a whole within its own words: "of the 40 *wounded*", "of the nine villagers *abducted*"."""
    state, head = table("state"), noun if noun is not None else last
    for i in range(last, max(head, min(last + 1, document.sentence(last).last - 1)) + 1):
        if document.words[i] in state:
            return state[document.words[i]]
    for child in document.children(head, "acl", "acl:relcl"):
        passive = document.tags[child] == "VBN" or document.child(child, "nsubj:pass") is not None
        if child > head and (measure := verb_measure(document, child, passive)):
            return measure
    if head + 1 < document.sentence(last).last and document.tags[head + 1] in ("VBN", "VBD"):
        measure = verb_measure(document, head + 1, passive=True)
        return measure or _own_noun(document, last, last, noun)
    return _own_noun(document, last, last, noun)


def _lives(document: Document, first: int, last: int, noun: int | None) -> str | None:
    """ "Claimed 60 lives", "claimed the lives of 60 people"."""
    at = first - 1
    if noun is None or document.words[noun] != "lives":
        if first < 3 or document.words[first - 1] != "of" or document.words[first - 2] != "lives":
            return None
        at = first - 4 if document.words[first - 3] == "the" else first - 3
    measure = knowledge.load("figures/words.yaml")["lives"].get(document.tokens[at].lemma) if at >= 0 else None
    return measure if isinstance(measure, str) else None


def _tree(document: Document, first: int, last: int, noun: int | None) -> str | None:
    head = noun if noun is not None else last
    for child in document.children(head, "acl"):
        verb = document.tokens[child]
        measure = verb_measure(
            document, child, passive=verb.tag == "VBN" or document.child(child, "nsubj:pass") is not None
        )
        if measure and child > head and child <= head + 6:
            return measure
    if document.tokens[head].head == last and document.preposition(head) == "of":
        head = last  # of "two of the five soldiers" the two are who was killed
    token = document.tokens[head]
    governor = token.head
    if token.dep.startswith(("nsubj", "obj")) and is_for_people_alone(document, governor, noun):
        return None
    if token.dep == "nsubj:pass":
        return verb_measure(document, governor, passive=True) or _left(document, governor)
    behind_verb = first > 0 and document.tokens[first - 1].pos == "VERB" and governor != first - 1
    if behind_verb and token.dep in ("obj", "conj"):
        return None  # "killed 20 and damaged or *destroyed* 300 homes", read as one row
    if token.dep == "obj":
        for child in document.children(governor, "xcomp"):
            state = table("state").get(document.words[child])
            if state and child > head:
                return state
        return verb_measure(document, governor, passive=True)
    if token.dep == "nsubj":
        if document.tags[governor] == "JJ" or document.preposition(governor) == "among":
            return table("state").get(document.words[governor])  # "five campers and a guide are *missing*"
        return verb_measure(document, governor, passive=False)
    if token.dep == "appos" and noun is not None and _is_in_list(document, noun, governor):
        return _tree(document, governor, governor, governor)
    if token.dep == "conj" and document.tokens[governor].pos in ("NOUN", "PROPN", "NUM", "PRON") and governor < head:
        if noun is not None and is_person(document, governor) and not is_person(document, noun):
            return None  # "killed 20 people and *300 sheep*"
        if document.tags[head + 1 : head + 2] in (("VBD",), ("VBZ",), ("VBP",)) and document.words[head - 1] != ",":
            return None  # "killed ten villagers and *40 soldiers were* sent"
        return _tree(document, governor, governor, governor)
    return None


def _left(document: Document, verb: int) -> str | None:
    """The state in which somebody is brought or found: "were brought in *wounded*", "were pulled out *dead*"."""
    if document.words[verb] in knowledge.load("figures/words.yaml")["dreaded"]:
        return None
    behind = document.words[verb + 1 : verb + 4]
    at = next((n for n, word in enumerate(behind) if document.tags[verb + 1 + n] not in ("RP", "IN", "RB")), None)
    return None if at is None else table("state").get(behind[at])


def _is_in_list(document: Document, noun: int, first: int) -> bool:
    """Whether a noun taken to explain another is the second of a list: "killed a woman, *her two children* and four guests"."""
    if not (is_person(document, noun) and is_person(document, first) and document.words[first + 1] == ","):
        return False
    return any(document.relations[child] == "conj" for child in document.dependents[noun])


def _before(document: Document, first: int, last: int, noun: int | None) -> str | None:
    """ "killing six", "the shooting earlier this week of four guards"."""
    tokens, begin = document.tokens, document.sentence(first).first
    at = first - 1
    if at < begin:
        return None
    if tokens[at].pos == "VERB" and tokens[at].tag in ("VBD", "VBG", "VB", "VBZ", "VBP", "VBN"):
        if is_for_people_alone(document, at, noun):
            return None
        return verb_measure(document, at, passive=True) or table("state").get(tokens[at].lower)
    if tokens[at].lower.endswith("ed") and tokens[at].lower in table("state"):
        return table("state")[tokens[at].lower]
    if tokens[at].lower != "of":
        return None
    for i in range(at - 1, max(begin - 1, at - 6), -1):
        measure = table("nouns").get(tokens[i].lemma)
        if measure:
            return measure
        if tokens[i].pos == "VERB" or tokens[i].lower in ("of", ",", "and"):
            return None
    return None


def _own_noun(document: Document, first: int, last: int, noun: int | None) -> str | None:
    """ "12 deaths", "250 hostages": the noun counted says it by itself."""
    if noun is None:
        return None
    token = document.tokens[noun]
    if token.lemma in _CAPTIVES:
        former = any(document.words[i] in ("former", "freed", "ex") for i in range(last + 1, noun))
        return None if former else "captive"
    if token.lower in STATES:
        return table("state")[token.lower]
    return table("nouns").get(token.lemma)


def _of_those(document: Document, first: int, last: int, noun: int | None) -> str | None:
    """ "Twelve *of those hurt* were in critical condition"."""
    words = document.words[last + 1 : min(last + 4, document.sentence(last).last)]
    if len(words) == 3 and words[0] == "of" and words[1] in ("those", "the"):
        return table("state").get(words[2])
    return None


def _held(document: Document, first: int, last: int, noun: int | None) -> str | None:
    """ "6,000 soldiers are *held* by the rebels": a participle that tells of a state where nothing else does."""
    known = knowledge.load("figures/words.yaml")["as_participles"]
    head = noun if noun is not None else last
    if (noun is not None and not is_person(document, noun)) or document.words[last] in ("percent", "%", "cent"):
        return None
    if document.tokens[head].head == last and document.preposition(head) == "of":
        head = last
    governor = document.tokens[head].head
    verbs = (
        [governor]
        if document.relations[head] == "nsubj:pass"
        else [c for c in document.children(head, "acl") if c > head]
    )
    return next(
        (known[document.lemmas[v]] for v in verbs if document.tags[v] == "VBN" and document.lemmas[v] in known), None
    )


def _hospital(document: Document, first: int, last: int, noun: int | None) -> str | None:
    """ "15 were in hospital", "another 14 are in custody", "22 others with light injuries" """
    tokens, end = document.tokens, document.sentence(last).last
    words = knowledge.load("figures/words.yaml")["hospital"]
    for i in range(last + 1, min(end, last + 9)):
        if tokens[i].lower in words and tokens[i - 1].lower in ("in", "to", "the", "a"):
            return "injured"
        if tokens[i].lower == "custody" and tokens[i - 1].lower in ("in", "police"):
            return "detained"
        if tokens[i].lower in ("injuries", "wounds", "burns") and "with" in document.words[max(last, i - 3) : i]:
            return "injured"
        if tokens[i].lower in (",", "and", ";", "than"):
            return None
    return None
