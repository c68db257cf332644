"""Which word decides on an event noun: the verb that it is object of, the noun before its "of", what is said of it."""

from __future__ import annotations

from readout.language.document import Document
from readout.readers.lookup import heads_date
from readout.readers.status.clause import is_infinitive, negator, tense
from readout.readers.status.lexicon import governors, words
from readout.readers.status.senses import Step, find_sense


def happens(document: Document, i: int) -> bool:
    """Whether verb `i` says of its subject no more than that it is: "there will *be* talks", "talks *took* place"."""
    lemma = document.lemmas[i]
    if lemma == "be":
        return bool(document.children(i, "expl"))
    below = {document.lemmas[c] for c in document.children(i, "obj", "compound:prt", "advmod")}
    return lemma in words("happening", "alone") or (
        lemma in words("happening", "with") and bool(below & words("happening", "what"))
    )


def _raised(document: Document, verb: int) -> int | None:
    """The verb of beginning or happening that a word of planning shares its subject with: "was set *to open*"; None without one."""
    if document.tags[verb] not in ("VBN", "VBD", "JJ"):
        return None
    for below in document.children(verb, "xcomp"):
        senses = governors()["verbs"].get(document.lemmas[below], ())
        begins = any(s.kind == "begin" and "subject" in s.takes and not s.particle for s in senses)
        if is_infinitive(document, below) and (begins or happens(document, below)):
            return below
    return None


def _has_content(document: Document, noun: int) -> bool:
    """Whether a meeting is the subject of a verb that tells what it is about or how long it is: "the talks *would cover* arms"."""
    verb = document.tokens[noun].head
    if document.lemmas[noun] not in words("content", "nouns") or document.lemmas[verb] not in words("content", "verbs"):
        return False
    return negator(document, verb) is None


def is_definite(document: Document, noun: int) -> bool:
    """Whether a noun has an article or an owner by which it is known."""
    return any(document.words[c] not in ("a", "an") for c in document.children(noun, "det", "nmod:poss"))


def from_noun(document: Document, i: int) -> Step | None:
    """The step from event noun `i` to the word that decides on it; None where nothing above does."""
    token, head = document.tokens[i], document.tokens[document.tokens[i].head]
    dep = token.dep.split(":")[0]
    if dep == "nmod" and heads_date(document, head.i):  # "is to visit China until Friday *for talks*", hung on the day
        head, dep = document.tokens[head.head], "obl"
    if dep == "conj":
        return Step(head.i, None, "") if head.pos in ("NOUN", "PROPN") else None
    if dep == "nsubj":
        set_for = _raised(document, head.i)  # "the trial *was set to open*": what is said of the trial is that it opens
        if set_for is not None:
            return find_sense(document, set_for, i, "subject") or Step(set_for, None, "")
    if dep == "nsubj" and (happens(document, head.i) or _has_content(document, i)):
        return Step(head.i, None, "")
    if dep == "nsubj" and token.dep != "nsubj:pass" and tense(document, head.i) != "noun":
        if document.children(head.i, "obj", "xcomp", "ccomp"):
            return None
        found = find_sense(document, head.i, i, "subject")
        needed = found is not None and found.rule == "status/be needed"
        return None if needed and is_definite(document, i) else found  # "the rebels' support is vital" is given
    if dep == "obl":
        case = document.children(i, "case")
        before = case[0] - 1 if case else -1
        if before > head.i and document.tokens[before].head == head.i and document.tokens[before].pos == "NOUN":
            found = find_sense(document, before, i, "object")  # a PP read as the verb's
            if found is not None:
                return found
            if document.preposition(i) in ("in", "of") and document.lemmas[before] in words("amounts"):
                return Step(before, None, "")
    if dep == "nmod" and document.preposition(i) == "of" and head.lemma.lower() in words("arranging"):
        return Step(head.i, None, "")  # "the *organisation* of meetings"
    if dep == "obl" and document.preposition(i) in ("in", "as") and token.lemma in words("gestures"):
        return Step(head.i, None, "")  # "will rally *in a show* of support"
    if dep == "nmod" and document.preposition(i) == "for" and head.dep == "obl":
        found = find_sense(document, head.head, i, "object")  # "work with the rebels *for the overthrow*"
        if found is not None and found.particle == ("for",):
            return found
    if dep == "nmod" and document.preposition(i) in ("in", "of") and head.lemma.lower() in words("amounts"):
        return Step(head.i, None, "")  # "an appeal for a million dollars in *aid*"
    if dep == "nmod" and document.preposition(i) == "to" and head.lemma.lower() in words("ends", "words"):
        return None  # "demanded an end to the *fighting*": there is fighting
    if dep == "nmod" and head.dep == "obj" and document.preposition(i) in words("warding_off"):
        found = find_sense(document, head.head, i, "object")  # "protect them *from attack*", hung on whom it befalls
        if found is not None and found.kind == "watch":
            return found
    if dep in ("obj", "nsubj", "obl", "nmod", "compound"):
        found = find_sense(document, head.i, i, "object")
        if found is not None:
            accused = found.kind in ("deny", "refuse") and token.lemma.lower() in words("accusations", "words")
            return None if accused else found  # who denies or rejects an accusation has been accused
    if dep in ("obj", "nsubj") and head.lemma.lower() in words("carriers"):
        return Step(head.i, None, "")
    if dep == "obl" and document.preposition(i) == "for" and head.lemma.lower() in words("motion"):
        return Step(head.i, "purpose", "status/purpose")
    return None
