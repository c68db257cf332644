"""Who speaks by a report, a letter or a resolution: who wrote, sent or passed it, there or earlier in the article."""

from __future__ import annotations

from readout.language.document import Document
from readout.language.memory import once_listed
from readout.readers.events.arguments import subjects
from readout.readers.events.lexicon import words
from readout.readers.events.passives import is_passive

_BACK = 8  # earlier mentions of such a writing that are asked whose it is


@once_listed
def authors(document: Document, i: int) -> list[int]:
    """The heads of who speaks by the writing that word `i` names; [] where it names none, and where the article does not say."""
    if document.tokens[i].pos != "NOUN" or document.lemmas[i] not in words("writings"):
        return []
    own = _named_with(document, i)
    if own:
        return own
    pointed = any(document.words[c] in ("the", "this", "that") for c in document.children(i, "det"))
    if not pointed or any(document.preposition(c) == "of" for c in document.children(i, "nmod")):
        return []
    before = [w for w in document.called(frozenset({document.lemmas[i]})) if w < i and document.tokens[w].pos == "NOUN"]
    for earlier in before[: -_BACK - 1 : -1]:
        found = _named_with(document, earlier) or issuers(document, earlier)
        if found:
            return found
    return []


def _named_with(document: Document, i: int) -> list[int]:
    """Whose a writing is by its own phrase: "*the union's* letter", "a report *by the union*", "a text issued *by the union*"."""
    owners = [
        *document.children(i, "nmod:poss"),
        *(c for c in document.children(i, "nmod") if document.preposition(c) in ("by", "from")),
    ]
    for clause in document.children(i, "acl") if not owners else ():
        if document.lemmas[clause] in words("issuing") and is_passive(document, clause):
            owners = subjects(document, clause)
    return [one for owner in owners for one in document.conjuncts(owner)]


def issuers(document: Document, i: int) -> list[int]:
    """The heads of who issues a writing in the clause that tells of it: "*parliament* passed a resolution"."""
    verb = document.tokens[i].head
    if document.relations[i] not in ("obj", "nsubj:pass") or document.lemmas[verb] not in words("issuing"):
        return []
    return subjects(document, verb)
