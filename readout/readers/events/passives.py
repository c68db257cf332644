"""Passives: which verbs tell what is done to their subject, those too that say so by nothing but their place."""

from __future__ import annotations

from readout.language.document import Document
from readout.language.memory import once
from readout.readers.events.lexicon import words

_NOUNS = frozenset({"NOUN", "PROPN"})


@once
def is_passive(document: Document, i: int) -> bool:
    """Whether verb `i` is a passive: its surface subject is what it is done to."""
    token = document.tokens[i]
    if token.tag != "VBN" and token.tag != "VBD":
        return False
    if document.children(i, "aux:pass", "nsubj:pass", "obl:agent"):
        return True
    judged = token.lemma in words("held_to_be") and not document.children(i, "obj", "ccomp")
    if judged and any(document.words[c] in words("guilty") for c in document.children(i, "xcomp")):
        return True  # "soldiers *held* responsible for the raid"
    reduced = token.dep == "acl" and token.tag == "VBD" and document.relations[token.head] != "root"
    if reduced and not document.children(i, "obj", "nsubj", "ccomp"):
        clause = [c for c in document.children(i, "xcomp") if document.tokens[c].tag not in ("VBG", "JJ")]
        if not clause:  # as in "*killed* trying to flee", "*held* responsible for it"
            return True  # "the men *jailed* in Chad"
    if _shares_passive(document, i) or is_reduced(document, i) or comes_with(document, i):
        return True
    if document.children(i, "aux", "nsubj") or token.tag == "VBD":
        return False
    if token.lemma == "call" and any(document.preposition(o) in ("for", "on") for o in document.children(i, "obl")):
        return False  # "a senator called for talks", taken for a senator who was called
    if token.dep == "acl" and document.children(i, "obj") and not document.children(i, "iobj"):
        return False  # "police detained dozens": a main verb that the parser took for a participle
    head = document.tokens[token.head]
    if token.dep == "acl" and _is_main_verb(document, i, head.i):
        return False  # "Arafat *headed* for Jordan, officials said", hung on his name as if he were said to say it
    if token.dep == "acl" and head.dep == "root" and head.pos == "PROPN" and head.i < i and head.tag != "NNPS":
        return False  # "Cuba called for talks", where the sentence has no other verb
    if token.dep in ("acl", "acl:relcl", "advcl", "amod"):
        return True
    if token.dep == "conj" and document.tokens[token.head].tag == "VBN":
        return is_passive(document, token.head)
    if token.dep == "xcomp" and document.children(token.head, "aux:pass"):
        return True  # "were reported *killed*"
    return token.dep == "xcomp" and document.tokens[token.head].lemma in ("be", "get", "leave", "have", "remain", "see")


def comes_with(document: Document, i: int) -> bool:
    """Whether a participle tells what "with" brings: "clashed on Friday, *with* at least 11 people *killed*"."""
    subjects = document.children(i, "nsubj") if document.tags[i] == "VBN" else []
    if not subjects or document.children(i, "aux", "obj") or document.lemmas[i] not in words("suffered"):
        return False
    before = [*document.children(i, "mark", "case"), *(c for s in subjects for c in document.children(s, "case"))]
    return any(document.words[m] == "with" for m in before)


def follows_conjunct(document: Document, i: int) -> bool:
    """Whether a participle stands right behind the noun that "and" joins to a passive: "two were killed and dozens *wounded*"."""
    token = document.tokens[i]
    head = document.tokens[token.head]
    beside = token.dep == "amod" and i == head.i + 1 and head.dep == "conj"
    return beside and token.lemma in words("suffered") and bool(document.children(head.head, "aux:pass"))


def _shares_passive(document: Document, i: int) -> bool:
    """Whether a participle behind "and" has its own subject and the auxiliary of the first: "nine were killed and 14 *wounded*"."""
    token = document.tokens[i]
    if follows_conjunct(document, i):
        return True
    if token.dep != "conj" or token.head > i or not document.children(token.head, "aux:pass"):
        return False
    if document.children(i, "aux", "obj", "ccomp", "xcomp") or not document.children(i, "nsubj"):
        return False
    return token.tag == "VBN" or token.lemma in words("suffered")


def is_reduced(document: Document, i: int) -> bool:
    """Whether a past form hangs as a clause with nothing that makes it one: "a deal with Chad *brokered* last month", a participle."""
    token = document.tokens[i]
    if token.dep != "advcl" or token.tag != "VBD" or token.head > i or document.tokens[i - 1].pos not in _NOUNS:
        return False
    return not document.children(i, "mark", "aux", "nsubj", "obj", "advmod", "advcl", "ccomp", "xcomp", "cc")


def is_counted_before(document: Document, i: int) -> bool:
    """Whether the number before a participle is who it is done to, and is hung on it: "five were killed and *28* wounded"."""
    token = document.tokens[i]
    if token.tag not in ("VBN", "VBD") or i < 2 or token.dep not in ("conj", "xcomp", "advcl"):
        return False
    return document.tokens[i - 1].tag == "CD" and document.tokens[i - 2].pos == "CCONJ"


def _is_main_verb(document: Document, i: int, name: int) -> bool:
    """Whether a participle right behind a name is the main verb of what another subject, behind it, is said to say."""
    head = document.tokens[name]
    others = [s for s in document.children(head.head, "nsubj") if s > i] if head.dep == "nsubj" else []
    right_behind = i == max([name, *document.children(name, "flat")]) + 1
    return bool(others) and right_behind and head.pos == "PROPN" and document.tokens[i].tag in ("VBN", "VBD")
