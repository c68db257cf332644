"""What happened to those counted: killed, injured, captive …; from the words beside the number and the tree."""

from __future__ import annotations

from functools import cache

from readout import knowledge
from readout.language.document import Document
from readout.language.memory import once

_LIGHT = ("be", "have", "get")
_TAKING = frozenset({"take", "hold", "keep", "seize"})
_TAKEN, _CAPTIVES = frozenset({"captive", "hostage", "prisoner"}), frozenset({"hostage", "captive", "abductee"})
#: States that a noun counted may say by itself.
_STATES = frozenset({"dead", "wounded", "injured", "missing"})
_BETWEEN = (
    "others", "more", "also", "already", "reportedly", "people", "of", "them", "whom", "who", "which", "that", "were",
    "was", "since", "later", "far", "so", "other", "seriously", "badly", "slightly", "critically", "allegedly",
    "confirmed", "-",
)  # fmt: skip


def measure_of(document: Document, first: int, last: int, noun: int | None) -> str | None:
    """The measure of the amount in words `[first, last]` that counts `noun`, or None where nothing says one."""
    if not _has_measure(document, document.tokens[last].sentence) or _is_difference(document, last):
        return None
    words = knowledge.load("figures/words.yaml")
    if _is_whole(document, first, noun if noun is not None else last, words["part_of"]):
        return _of_the_whole(document, last, noun)
    for look in (_lives, _said_after, _before, _tree, _toll, _moved, _own_noun, _hospital):
        measure = look(document, first, last, noun)
        if measure:
            return measure
    return None


@once
def _has_measure(document: Document, n: int) -> bool:
    """Whether sentence `n` has any of the words by which something is said to have happened to somebody."""
    first, last = document.sentences[n].first, document.sentences[n].last
    signs = _signs()
    return not (signs.isdisjoint(document.words[first:last]) and signs.isdisjoint(document.lemmas[first:last]))


@cache
def _signs() -> frozenset[str]:
    """Words and lemmas of which one stands in every sentence that tells a measure; of "take hostage" the longer one."""
    verbs = [max(text.split(), key=len) for kind in ("passive", "active") for text in _table(kind)]
    hospital = knowledge.load("figures/words.yaml")["hospital"]
    return frozenset(("lives", "toll", *_TAKEN, *_CAPTIVES, *_STATES)).union(
        _table("state"), _table("nouns"), verbs, hospital
    )


def _is_difference(document: Document, last: int) -> bool:
    """Whether a number says how many more or fewer they are than others counted: "three fewer *than* the hospital"."""
    words = document.words[last + 1 : min(last + 3, document.sentence(last).last)]
    return (
        len(words) == 2
        and words[0] in ("more", "fewer", "less", "higher", "lower", "above", "below")
        and words[1] == "than"
    )


def _is_whole(document: Document, first: int, head: int, parts: list[str]) -> bool:
    """Whether what is counted is the whole of which something is said of a part: "three of the *20 hostages* were freed"."""
    token = document.tokens[head]
    if not token.dep.startswith("nmod") or document.preposition(head) != "of" or token.head >= first:
        return False  # of "*two* of his soldiers" the part is what is counted
    return document.tags[token.head] == "CD" or document.lemmas[token.head] in parts


def _of_the_whole(document: Document, last: int, noun: int | None) -> str | None:
    """What is said of a whole within its own words: "of the 40 *wounded*", "of the nine villagers *abducted*"."""
    state, head = _table("state"), noun if noun is not None else last
    for i in range(last, max(head, min(last + 1, document.sentence(last).last - 1)) + 1):
        if document.words[i] in state:
            return state[document.words[i]]
    for child in document.children(head, "acl", "acl:relcl"):
        passive = document.tags[child] == "VBN" or document.child(child, "nsubj:pass") is not None
        if child > head and (measure := verb_measure(document, child, passive)):
            return measure
    return _own_noun(document, last, last, noun)


@cache
def _table(kind: str) -> dict[str, str]:
    book = knowledge.load("figures/words.yaml")["measures"]
    return {word: measure for measure, entry in book.items() for word in entry[kind]}


def verb_measure(document: Document, i: int, passive: bool) -> str | None:
    """What a verb does to its patient (`passive`), or says of its subject: with its particle or complement first."""
    token = document.tokens[i]
    table = _table("passive" if passive else "active")
    for near in range(i + 1, min(i + 7, document.sentence(i).last)):
        measure = table.get(f"{token.lemma} {document.words[near]}")
        if measure and (document.tokens[near].head == i or near == i + 1):
            return measure
        if document.tokens[near].lemma in _TAKEN and token.lemma in _TAKING:
            return "captive" if passive else None
    return table.get(token.lemma)


def _lives(document: Document, first: int, last: int, noun: int | None) -> str | None:
    if noun is None or document.words[noun] != "lives" or first == 0:
        return None
    measure = knowledge.load("figures/words.yaml")["lives"].get(document.tokens[first - 1].lemma)
    return measure if isinstance(measure, str) else None


def _said_after(document: Document, first: int, last: int, noun: int | None) -> str | None:
    """ "12 dead", "20 others wounded", "six people were killed"."""
    tokens, end = document.tokens, document.sentence(last).last
    at = (noun if noun is not None and noun > last else last) + 1
    passive, steps = False, 0
    start_at = last + 1
    for i in range(start_at, at):
        if tokens[i].lower in _table("state") and tokens[i].lower != "hostage":
            return _table("state")[tokens[i].lower]
    while at < end and steps < 6:
        token = tokens[at]
        if token.lemma in _LIGHT or token.pos == "AUX" or token.tag in ("RB", "RBR") or token.lower in _BETWEEN:
            passive = passive or token.lemma == "be"
        elif token.lower in _table("state") and not _takes_object(document, at, passive):
            return _table("state")[token.lower]
        elif token.tag in ("VBN", "VBD", "VBP", "VB", "VBG", "JJ"):
            measure = None
            if token.tag in ("VBN", "JJ") or passive:
                measure = verb_measure(document, at, passive=True)
            return measure or verb_measure(document, at, passive=False)
        else:
            return None
        at, steps = at + 1, steps + 1
    return None


def _takes_object(document: Document, verb: int, passive: bool) -> bool:
    """Whether the participle is really a verb with an object ("two gunmen killed a guard")."""
    return not passive and document.child(verb, "obj") is not None


def _tree(document: Document, first: int, last: int, noun: int | None) -> str | None:
    head = noun if noun is not None else last
    token = document.tokens[head]
    for child in document.children(head, "acl"):
        verb = document.tokens[child]
        measure = verb_measure(
            document, child, passive=verb.tag == "VBN" or document.child(child, "nsubj:pass") is not None
        )
        if measure and child > head and child <= head + 6:
            return measure
    governor = token.head
    if token.dep == "nsubj:pass":
        return verb_measure(document, governor, passive=True)
    if token.dep == "obj":
        for child in document.children(governor, "xcomp"):
            state = _table("state").get(document.words[child])
            if state and child > head:
                return state
        return verb_measure(document, governor, passive=True)
    if token.dep == "nsubj":
        return verb_measure(document, governor, passive=False)
    if token.dep == "conj" and document.tokens[governor].pos in ("NOUN", "PROPN", "NUM", "PRON") and governor < head:
        return _tree(document, governor, governor, governor)
    return None


def _before(document: Document, first: int, last: int, noun: int | None) -> str | None:
    """ "killing six", "the killing earlier this month of six hostages"."""
    tokens, begin = document.tokens, document.sentence(first).first
    at = first - 1
    if at < begin:
        return None
    if tokens[at].pos == "VERB" and tokens[at].tag in ("VBD", "VBG", "VB", "VBZ", "VBP", "VBN"):
        return verb_measure(document, at, passive=True) or _table("state").get(tokens[at].lower)
    if tokens[at].lower.endswith("ed") and tokens[at].lower in _table("state"):
        return _table("state")[tokens[at].lower]
    if tokens[at].lower != "of":
        return None
    for i in range(at - 1, max(begin - 1, at - 6), -1):
        measure = _table("nouns").get(tokens[i].lemma)
        if measure:
            return measure
        if tokens[i].pos == "VERB" or tokens[i].lower in ("of", ",", "and"):
            return None
    return None


def _toll(document: Document, first: int, last: int, noun: int | None) -> str | None:
    """ "The death toll rose to 12"."""
    links = knowledge.load("figures/words.yaml")["toll_links"]
    begin = document.sentence(first).first
    for i in range(first - 1, max(begin - 1, first - 9), -1):
        word = document.tokens[i]
        if word.lemma == "toll":
            injury = document.tokens[i - 1].lemma in ("injury", "injured") if i > begin else False
            return "injured" if injury else "killed"
        if word.lower not in links and word.pos not in ("ADV", "AUX"):
            return None
    return None


def _moved(document: Document, first: int, last: int, noun: int | None) -> str | None:
    """ "The death toll from the blast rose to 12", "the number of people killed has reached 12"; but not what it may rise to."""
    head = noun if noun is not None else last
    verb, words = document.tokens[head].head, knowledge.load("figures/words.yaml")["moved"]
    if document.preposition(verb) == "from":
        verb = document.tokens[verb].head  # "rose from 12 to 31" may be read as one thing
    wanted = words["verbs"].get(document.lemmas[verb], ())
    if (document.preposition(head) or "") not in wanted:
        return None
    if any(document.lemmas[child] in words["unsure"] for child in document.children(verb, "aux")):
        return None
    subject = document.child(verb, "nsubj")
    if subject is not None and document.relations[verb] == "acl:relcl" and document.tags[subject] in ("WDT", "WP"):
        subject = document.tokens[verb].head  # "the toll, *which* stood at 14 on Monday"
    return None if subject is None else _counted_by(document, subject, words["counts"])


def _counted_by(document: Document, count: int, counts: list[str]) -> str | None:
    """What a noun that stands for a number counts: a toll, or a number of those to whom something happened."""
    if document.lemmas[count] == "toll":
        of = {document.lemmas[child] for child in document.children(count, "compound", "amod")}
        return "injured" if of & {"injury", "injured", "wounded"} else "killed"
    if document.lemmas[count] not in counts:
        return None
    for who in document.children(count, "nmod"):
        said = _table("nouns").get(document.lemmas[who]) or _table("state").get(document.words[who])
        if said:
            return said
        for child in document.children(who, "amod"):  # "the number of *displaced* people"
            if document.words[child] in _table("state"):
                return _table("state")[document.words[child]]
        for child in document.children(who, "acl"):
            passive = document.tags[child] == "VBN"
            measure = verb_measure(document, child, passive) or _table("state").get(document.words[child])
            if measure:
                return measure
    return None


def _own_noun(document: Document, first: int, last: int, noun: int | None) -> str | None:
    """ "12 deaths", "250 hostages": the noun counted says it by itself."""
    if noun is None:
        return None
    token = document.tokens[noun]
    if token.lemma in _CAPTIVES:
        former = any(document.words[i] in ("former", "freed", "ex") for i in range(last + 1, noun))
        return None if former else "captive"
    if token.lower in _STATES:
        return _table("state")[token.lower]
    return _table("nouns").get(token.lemma)


def _hospital(document: Document, first: int, last: int, noun: int | None) -> str | None:
    """ "15 were in hospital" """
    tokens, end = document.tokens, document.sentence(last).last
    words = knowledge.load("figures/words.yaml")["hospital"]
    for i in range(last + 1, min(end, last + 9)):
        if tokens[i].lower in words and tokens[i - 1].lower in ("in", "to", "the", "a"):
            return "injured"
        if tokens[i].lower in (",", "and", ";", "than"):
            return None
    return None
