"""What a number counts: the noun, its unit and population, from the words behind it and the tree."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from readout import knowledge
from readout.language.document import Document
from readout.readers.figures.amounts import Amount
from readout.readers.figures.money import currency_at
from readout.readers.places.gazetteer import DEMONYM, known_senses
from readout.readers.places.names import fold_name

_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "lives": "life", "others": "other", "bodies": "body"
}  # fmt: skip


#: Words between a number and its noun that are no part of who is counted.
_LEADING = frozenset(
    {"of", "the", "other", "others", "more", "-", "them", "whom", "who", "those", "these", "his", "her", "its", "their", "our",
     "own", "another", '"', "“", "”", "'", "‘", "’"}
)  # fmt: skip
#: How many words may stand between "of" and the number of a crowd.
_BOUND = 4
#: What begins the words for the whole: "two of *his* soldiers".
_OWNER = 4  # words of a name and its possessive
_DETERMINERS = frozenset({"the", "their", "its", "his", "her", "our", "these", "those"})
_JOINING = ("compound", "amod", "nmod:unmarked", "nmod:desc", "flat")


class Counted(NamedTuple):
    """`noun` is the word counted, `unit` its singular ("people" for humans), `population` the words for the humans; `part` says that the
    noun is of a whole with a number of its own ("three of the *20 hostages*")."""

    noun: int | None = None
    unit: str | None = None
    population: str | None = None
    part: bool = False


def counted(document: Document, amount: Amount, last: int) -> Counted:
    """What the number that ends with word `last` counts."""
    noun, part = _noun(document, last)
    if noun is None or _is_taken(document, last, noun):  # "500,000 *lining streets*"
        return Counted(unit="people") if amount.kind is None and _is_of_crowd(document, last) else Counted()
    token = document.tokens[noun]
    unit = _singular(document, noun)
    if token.tag == "NN" and unit in listed("crowds") and amount.kind is None:
        return Counted(noun, "people")  # "a 70,000 *crowd*"
    if token.lower in _states() and document.words[noun - 1] == "those":
        return Counted()  # "twelve of those hurt"
    if token.tag == "NN" and unit in listed("calendar") and amount.kind != "ordinal":
        return Counted()  # "97,200 the year before"
    if amount.kind == "ordinal" or not is_person(document, noun):
        return Counted(noun, currency_at(document, noun, unit) or unit, part=part)
    plain = unit in listed("no_population") or token.lower in listed("no_population")
    return Counted(noun, "people", _population(document, last + 1, noun, plain=plain), part)


def _is_taken(document: Document, last: int, noun: int) -> bool:
    """Whether what stands behind a number is no more than what those counted do something to: "500 *blocking roads*"."""
    if noun <= last + 1 or not document.words[last + 1].endswith("ing") or is_person(document, noun):
        return False
    return document.words[last + 1] in listed("doing_to")


def _is_of_crowd(document: Document, last: int) -> bool:
    """Whether a bare number tells how many a crowd, an army or a staff are: "a crowd *of about 500*"."""
    first = document.sentence(last).first
    at = last
    while at > first and document.words[at] != "of" and last - at < _BOUND:
        at -= 1
    return at > first and document.words[at] == "of" and document.lemmas[at - 1] in listed("crowds")


def told_of(document: Document, first: int, last: int) -> int | None:
    """Who is said to be of a bare number: "the *refugees*, estimated to number some 119,000", "its *members* total 300"."""
    verb = document.tokens[last].head
    numbered = _numbered(document, first, verb)
    if numbered is not None:
        return numbered
    if document.lemmas[verb] not in ("number", "total") or not verb < first or document.tokens[verb].pos != "VERB":
        return None
    while True:
        subject = document.child(verb, "nsubj", "nsubj:pass")
        if subject is not None and document.tags[subject] not in ("WDT", "WP"):
            return subject if document.tags[subject] == "NNS" else None
        relation, above = document.relations[verb], document.tokens[verb].head
        if relation.startswith("acl"):
            return above if document.tags[above] == "NNS" else None
        if relation not in ("xcomp", "ccomp", "conj") or above == verb:
            return None
        verb = above


def _numbered(document: Document, first: int, verb: int) -> int | None:
    """The noun of which a number is told: "the number of *tourists* fell to 1.2 million"."""
    subject = document.child(verb, "nsubj", "nsubj:pass") if document.tokens[verb].pos == "VERB" else None
    words = knowledge.load("figures/words.yaml")["moved"]
    if subject is None or not subject < verb < first or document.lemmas[verb] not in words["verbs"]:
        return None
    if document.lemmas[subject] not in words["counts"]:
        return None
    of = (child for child in document.children(subject, "nmod") if document.preposition(child) == "of")
    return next((child for child in of if document.tags[child] == "NNS"), None)


def counted_by(document: Document, noun: int) -> Counted:
    """What is counted where a noun is known to be that."""
    unit = _singular(document, noun)
    return Counted(noun, "people", document.words[noun]) if is_person(document, noun) else Counted(noun, unit)


def _population(document: Document, first: int, noun: int, *, plain: bool) -> str | None:
    """The words for those counted, from their first to their noun, and of "members" to whom they belong."""
    while first < noun and (document.words[first] in _LEADING or document.tags[first] == "CD"):
        first += 1
    if plain and first == noun:
        return None
    last = noun
    joined = noun + 2
    if (
        joined < len(document.tokens)
        and document.words[noun + 1] == "and"
        and (document.tokens[joined].dep, document.tokens[joined].head) == ("conj", noun)
        and document.tags[joined] == "NNS"
        and is_person(document, joined)
    ):
        last = joined  # "women and children"
    if document.lemmas[noun] == "member" and noun + 1 < len(document.words) and document.words[noun + 1] == "of":
        last = max((max(document.subtree(child)) for child in document.children(noun, "nmod")[:1]), default=noun)
        last = last if noun < last <= noun + _LONGEST else noun
    return document.slice(document.span(first, last)).replace('"', "").replace("”", "").strip()


#: Words of a whole behind "members of".
_LONGEST = 7


def is_person(document: Document, noun: int) -> bool:
    """Whether a noun is for humans: listed, or a people's name ("Israelis")."""
    persons = _persons()
    token = document.tokens[noun]
    unit = _singular(document, noun)
    if unit in persons or token.lower in persons or token.tag == "NNPS":
        return True
    if token.text[:1].isupper() and _is_people(token.text, unit):
        return True
    return unit.endswith(_joined_persons()) or unit in ("men", "women", "children")


def _is_people(written: str, unit: str) -> bool:
    """Whether a capitalised noun is the name of a people: "Rwandans", "Hutus"."""
    key = fold_name(written)
    if unit in listed("peoples") or key.removesuffix("s") in listed("peoples"):
        return True
    senses = known_senses().get(key, ())
    return bool(senses) and all(sense.use == DEMONYM for sense in senses)


@cache
def listed(name: str) -> frozenset[str]:
    """The words of one list of words.yaml."""
    return frozenset(knowledge.load("figures/words.yaml")[name])


@cache
def _states() -> frozenset[str]:
    """Words for what happened to people."""
    measures = knowledge.load("figures/words.yaml")["measures"]
    return frozenset(word for entry in measures.values() for word in entry["state"])


@cache
def _persons() -> frozenset[str]:
    """Nouns for humans: those that only figures need, and those of all who can act."""
    rows = knowledge.load("actors/reading/nouns.yaml")["classes"]
    return listed("persons") | {noun for row in rows for noun in row["one"]} - listed("no_persons")


@cache
def _joined_persons() -> tuple[str, ...]:
    return tuple(f"-{person}" for person in knowledge.load("figures/words.yaml")["persons"])


def _singular(document: Document, noun: int) -> str:
    word = document.words[noun]
    return _IRREGULAR.get(word) or document.lemmas[noun] or word


def _noun(document: Document, last: int) -> tuple[int | None, bool]:
    """The head of the noun phrase that the number stands in: the tree's, where its words agree, else the words'; and whether it is that
    of a whole with a number of its own."""
    tokens = document.tokens
    end = document.sentence(last).last
    if last + 1 < end and document.words[last + 1] == "per":
        return None, False  # a rate: "39 per 100,000 inhabitants"
    head = tokens[last].head
    at, part = last + 1, False
    of = at < end and document.words[at] == "of"
    if of:
        at += 1
        owner = next((i for i in range(at, min(at + _OWNER, end)) if tokens[i].tag == "POS"), None)
        if owner is not None and all(tokens[i].pos == "PROPN" for i in range(at, owner)):
            at = owner + 1  # "16 of *India's* 25 states"
        while at < end and (document.words[at] in _DETERMINERS or tokens[at].tag == "CD"):
            part = part or tokens[at].tag == "CD"
            at += 1
        if at + 1 < end and document.words[at] in ("them", "whom") and tokens[at + 1].tag == "NNS":
            at += 1  # "12 of them policemen"
    if (
        not part
        and tokens[last].dep.startswith(("nummod", "amod"))
        and last < head <= last + 12
        and tokens[head].pos in ("NOUN", "PROPN")
        and not any(
            tokens[last].tag == document.tags[i] == "CD" and document.words[i + 1] != "-" for i in range(last + 1, head)
        )
    ):
        while (
            tokens[head].dep in _JOINING
            and head < tokens[head].head <= last + 12
            and tokens[tokens[head].head].pos == "NOUN"
        ):
            head = tokens[head].head  # "six *field* artillery guns"
        return (
            None if any(word in listed("no_adjectives") for word in document.words[last + 1 : head]) else head
        ), False
    found = _in_row(document, last, at, end)
    if found is None and of and at < end and document.words[at] in listed("no_population"):
        found = at  # "of the 40 *wounded*"
    if found is None and at < end and tokens[at].text[:1].isupper() and _is_people(tokens[at].text, document.words[at]):
        alone = (
            at + 1 == end or tokens[at + 1].pos in ("VERB", "AUX", "PUNCT", "ADP", "ADV") or _ends_there(document, at)
        )
        found = at if alone and document.words[at + 1 : at + 2] != ("-",) else None  # "4 million *Sudanese*"
    return found, part and found is not None


def _ends_there(document: Document, people: int) -> bool:
    """Whether another count is joined to that of a people: "3,000 *Vietnamese* and 60 Americans"."""
    behind = document.tokens[people + 1 : people + 4]
    return bool(behind) and behind[0].lower == "and" and any(token.tag == "CD" for token in behind[1:])


def _in_row(document: Document, last: int, at: int, end: int) -> int | None:
    """The last noun of a row of nouns and adjectives from word `at`."""
    tokens, found = document.tokens, None
    while at < end and at <= last + 8:
        token = tokens[at]
        if token.pos in ("NOUN", "PROPN"):
            found = at
            if token.tag in ("NNS", "NNPS"):
                break
        elif (
            found is not None
            or not (token.pos == "ADJ" or token.tag == "VBN" or token.lower == "-" or token.text in "“‘")
            or token.lower in listed("no_adjectives")
            or (
                token.tag == "VBN"
                and (at == last + 1)
                and at + 1 < end
                and tokens[at + 1].pos not in ("NOUN", "PROPN", "ADJ")
            )
        ):
            break
        at += 1
    return found
