"""Who made a document that speaks: whose it is, who put it about, and what stands before its noun ("a *police* report")."""

from __future__ import annotations

from readout.readers.statements.lexicon import counts, phrases
from readout.readers.statements.page import Page, noun_kind
from readout.readers.statements.sources import find_source
from readout.readers.statements.subjects import agent, is_passive

_REACH = 5  # sentences
_DEFINITE = frozenset({"the", "this"})


def maker_before(page: Page, head: int) -> int | None:
    """The word before a document's noun that says whose it is: "a *ministry* statement", "*US* figures".

    A state before it says whose it is with a noun that counts alone: "the Iraq report" may be on Iraq.
    """
    for child in page.document.children(head, "compound", "nmod:desc", "nmod:unmarked"):
        token = page.tokens[child]
        if child > head or page.is_time(child) or token.lower in phrases().silent_makers:
            continue  # court papers say what either side does
        if page.is_place(child):
            if page.document.lemmas[head] in counts():
                return child
        elif token.pos == "PROPN" or noun_kind(page, child) in ("bodies", "people"):
            return child
    return None


def issuer_before(page: Page, head: int) -> int | None:
    """Who put about the document that a definite noun goes back to: "*Hamas* issued a statement. The statement said"."""
    document = page.document
    if not any(page.tokens[child].lower in _DEFINITE for child in document.children(head, "det")):
        return None
    first = document.sentences[max(0, page.tokens[head].sentence - _REACH)].first
    here = document.sentence(head).first
    for word in range(here - 1, first - 1, -1):
        if document.lemmas[word] != document.lemmas[head] or word in page.inside:
            continue
        issuer = _issuer(page, word)
        if issuer is not None:
            return issuer
    return None


def _issuer(page: Page, word: int) -> int | None:
    """Who puts a document about: the subject of "issued a statement", the "by" of "a statement was issued by"."""
    token = page.tokens[word]
    if token.dep not in ("obj", "nsubj:pass") or page.document.lemmas[token.head] not in phrases().issuing:
        return None
    if is_passive(page, token.head):
        return agent(page, token.head)
    return find_source(page, token.head) if token.dep == "obj" else None
