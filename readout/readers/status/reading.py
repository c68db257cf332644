"""The status reader: every verb that claims something, and how certain it is."""

from __future__ import annotations

from dataclasses import replace

from readout.language.document import Document, Token, bits_of
from readout.readers.findings import Findings
from readout.readers.status.judging import judge
from readout.readers.status.lexicon import words
from readout.types import Predicate

#: What a verb may be taken for.
_TAKEN_FOR = frozenset({"NOUN", "ADJ", "ADV", "PROPN"})
_VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
#: What stands before a verb.
_OPENING_TAGS, _OPENING = frozenset({"MD", "TO", "PRP"}), frozenset({"to", "and", "or"})
_VERBS = frozenset({"VERB", "AUX"})
_ALONE = frozenset({"root", "aux:pass"})
_OF_VERBS, _OF_NOUNS, _CASE = (
    bits_of("aux", "obj", "nsubj"),
    bits_of("cop", "det", "nmod:poss", "amod"),
    bits_of("case"),
)


def read_status(document: Document, found: Findings) -> Findings:
    """Findings with the predicates of the document: one for each verb.

    Args:
        document: the parsed document.
        found: what was read before; nothing of it is needed.
    """
    likely = sorted({*document.of_parts(_VERBS), *document.of_tags(_VERB_TAGS), *_asked_for(document)})
    predicates = [
        Predicate((document.starts[i], document.ends[i]), judge(document, i).factuality)
        for i in likely
        if is_predicate(document, i)
    ]
    return replace(found, predicates=tuple(predicates))


def _asked_for(document: Document) -> list[int]:
    """The words of other parts of speech that may be verbs: something below hangs on verbs, or what stands before asks for one."""
    relations, below, tags, words = document.relations, document.below, document.tags, document.words
    return [
        i
        for i in document.of_parts(_TAKEN_FOR)
        if below[i] & _OF_VERBS
        or words[i - 1] in _OPENING
        or tags[i - 1] in _OPENING_TAGS
        or relations[i] in _ALONE
        or not i
    ]


def is_predicate(document: Document, i: int) -> bool:
    """Whether word `i` is a verb that claims something: no auxiliary, copula or part of a compound."""
    part, relation = document.parts[i], document.relations[i]
    if relation == "aux:pass" and document.tokens[i].lemma == "get":
        return True  # "got lost": more than an auxiliary
    if part == "AUX":  # "that other countries do not": a main verb that only looks like an auxiliary
        return document.tokens[i].lemma in ("do", "have") and relation.partition(":")[0] not in ("aux", "cop")
    if part == "VERB" or document.tags[i].startswith("VB"):
        return relation != "compound:prt"
    return part in _TAKEN_FOR and _stands_as_verb(document, i)


def _stands_as_verb(document: Document, i: int) -> bool:
    """Whether a word that is tagged otherwise stands where only a verb can: "they shape and *support* it", "to *shelter* them"."""
    token = document.tokens[i]
    if not token.text.isalpha():
        return False
    asked_for = token.dep == "root" or _may_open(document.tokens[i - 1])
    below = document.below[i]
    if i and not asked_for and not (below & _OF_VERBS and document.children(i, "aux", "obj", "nsubj")):
        return False
    if token.dep == "root" and _opens_sentence(document, i) and token.lower in words("opening_commands"):
        return not document.children(i, "cop", "nsubj", "det")
    if i == 0 or (below & _OF_NOUNS and document.children(i, "cop", "det", "nmod:poss", "amod")):
        return False
    if below & _CASE and document.words[i - 1] != "to" and document.children(i, "case"):
        return False
    before = document.tokens[i - 1]
    if before.tag in ("MD", "TO") or (before.tag == "PRP" and before.dep.startswith("nsubj") and before.head == i):
        return True
    if document.children(i, "aux"):
        return True
    if before.lower == "to" and document.tokens[token.head].lemma in (
        "use",
        "able",
        "have",
        "need",
        "want",
        "like",
        "love",
    ):
        return True  # "used to *e-mail* them"
    if document.children(i, "obj") and token.dep in ("root", "conj", "ccomp", "acl:relcl", "advcl", "parataxis"):
        return True  # "it *scared* them", taken for an adjective
    if document.children(i, "nsubj") and token.dep.split(":")[0] in (
        "root",
        "acl",
        "ccomp",
        "advcl",
        "parataxis",
        "conj",
    ):
        return True  # "the hymn *talks* about it", taken for a noun: a noun has no subject without a copula
    head = document.tokens[token.head]
    joined = token.dep == "conj" and head.pos == "VERB" and before.lower in ("and", "or") and before.head == i
    return joined and (head.tag in ("VB", "VBP") or bool(document.children(i, "obj")))


def _may_open(before: Token) -> bool:
    """Whether a verb may be expected right behind a word: "to", a modal, a pronoun, "and"."""
    return before.tag in _OPENING_TAGS or before.lower in _OPENING


def _opens_sentence(document: Document, i: int) -> bool:
    """Whether nothing but adverbs stands before word `i` in its sentence."""
    return all(document.tokens[k].pos in ("ADV", "PUNCT") for k in range(document.sentence(i).first, i))
