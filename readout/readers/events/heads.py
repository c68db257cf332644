"""Whom the head of a phrase stands for: those coordinated with it, what a partitive counts, the noun of a relative pronoun."""

from __future__ import annotations

from readout.language.document import Document
from readout.language.memory import once, once_listed
from readout.readers.events.lexicon import words
from readout.readers.events.patterns import class_members
from readout.readers.events.people import ends_like_people

RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})


def expand(document: Document, heads: list[int]) -> list[int]:
    """Heads with their coordinated ones; a relative pronoun stands for the noun that its clause modifies."""
    found: list[int] = []
    for head in heads:
        for one in document.conjuncts(_name_behind(document, head)):
            noun = antecedent(document, one)
            found += [noun] if noun == one else whole_list(document, noun, one)
    return list(dict.fromkeys(found))


def whole_list(document: Document, noun: int, clause: int) -> list[int]:
    """The noun that a clause is said of, with those joined to it before the clause: "*Chad* and *Mali*, which have signed it"."""
    joined = document.conjuncts(noun)
    return joined if all(one < clause for one in joined) else [noun]


@once_listed
def examples(document: Document, i: int) -> list[int]:
    """Those whom a phrase names as some of those it speaks of: "states *such as Chad and Mali*", "leaders, *including the king*"."""
    near = [*document.children(i, "nmod", "obl", "acl"), *document.children(document.tokens[i].head, "obl", "nmod")]
    for member in near:
        if member <= i or document.preposition(member) not in words("naming_some"):
            continue
        before = document.child(member, "case", "mark") or member
        before -= 2 if document.tokens[before - 1].text == "," else 1
        if before == i or i in document.ancestors(before):
            return document.conjuncts(member)
    return []


def is_favoured(document: Document, i: int) -> bool:
    """Whether word `i` is whom a prefix is for: "*pro-PPP* slogans" are neither theirs nor against them."""
    first = min([i, *(c for c in document.children(i) if c < i and document.words[c] not in ("-", "–", "pro"))])
    while first and document.tokens[first - 1].text in ("-", "–"):
        first -= 1
    return first > 0 and document.words[first - 1] == "pro" and document.tokens[first].text in ("-", "–")


@once
def behind_partitive(document: Document, i: int) -> int:
    """The noun that a partitive counts or names a part of: "restrictions" for "some of its restrictions"; else `i` itself."""
    if document.words[i] in words("partitives") or document.tags[i] == "CD":  # "*40* of its members"
        for child in document.children(i, "nmod", "obl"):
            if document.preposition(child) in ("of", "among"):
                return behind_partitive(document, child)
    return i


def _name_behind(document: Document, i: int) -> int:
    """The name behind a word that says where it lies and opens the sentence: "*neighboring* Chad"; else `i` itself."""
    if document.words[i] not in words("beside_names") or i + 1 == len(document.words):
        return i
    return i + 1 if document.tokens[i + 1].pos == "PROPN" else i


def antecedent(document: Document, i: int) -> int:
    """The noun that a relative pronoun stands for; any other word is its own."""
    token = document.tokens[i]
    if token.lower not in RELATIVE or token.pos not in ("PRON", "DET", "SCONJ"):
        return i
    for above in document.ancestors(i):
        if document.relations[above] == "acl:relcl":
            noun = document.tokens[above].head
            return _holder(document, noun, i) if token.lower in ("who", "whom") else noun
    return i


def _holder(document: Document, noun: int, pronoun: int) -> int:
    """Who has the thing that a "who" stands behind: "*a man* with a permit who came", "*officials* from Chad, whom it accused"."""
    if document.parts[noun] == "PROPN" and document.preposition(noun) in ("from", "in"):
        before = (document.child(noun, "case") or 1) - 1  # wherever the tree hangs the place
        if _names_people(document, before):
            return before
    single = any(document.words[c] in ("a", "an") for c in document.children(noun, "det"))
    person = _names_people(document, noun)
    if not person and document.parts[noun] not in ("PROPN", "PRON"):  # "bans on *officials* from Chad, whom it accused"
        near = range(noun + 1, pronoun)
        nearer = [k for k in near if document.relations[k] == "nmod" and _names_people(document, k)]
        if nearer:
            return nearer[-1]
    holder = document.tokens[noun].head
    if document.preposition(noun) != "with" or not single or person or holder > noun:
        return noun
    return holder if document.parts[holder] in ("NOUN", "PROPN", "ADJ") else noun


def _names_people(document: Document, i: int) -> bool:
    if document.parts[i] != "NOUN":
        return False
    return document.lemmas[i] in class_members("person") or ends_like_people(document.tokens[i])


def name_of(document: Document, noun: int) -> int:
    """The name that a noun says something of: "Goma" for "*Goma*, the largest city of the east and its hub, which"; else the noun."""
    at = noun
    while document.relations[at] == "conj" and document.tokens[at].pos == "NOUN":
        at = document.tokens[at].head
    if document.tokens[at].pos != "NOUN" or document.relations[at] not in ("appos", "parataxis", "dep"):
        return noun
    before = min(document.subtree(at)) - 1  # of the noun's phrase, which has its comma
    if document.tokens[before + 1].text != ",":
        before -= document.tokens[before].text == ","
    name = before if before >= 0 else at
    if document.tokens[name].pos != "PROPN" or document.tokens[name].sentence != document.tokens[at].sentence:
        return noun
    while (
        document.tokens[name].dep in ("flat", "compound") and document.tokens[document.tokens[name].head].pos == "PROPN"
    ):
        name = document.tokens[name].head
    return name
