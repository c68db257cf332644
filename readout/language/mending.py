"""Tags that the rest of the text proves wrong: surnames that open a sentence, verbs behind a modal that are taken for nouns.

And heads that no tree of English has: a subject that hangs on an auxiliary.

The tagger sees one sentence at a time. "Albright met with them" says little of whether an albright is a thing; that the same
article has "Madeleine Albright" and never "albright" says it all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from readout.language.document import Sentence, Token

_OPENING = frozenset({'"', "“", "''", "``", "‘", "'", "(", "-", "–", "—"})
#: Relations of words that a verb has and no auxiliary.
_ARGUMENTS = ("nsubj", "obj", "obl")
_MODALS = frozenset({"will", "would", "must", "should", "shall", "could", "can", "may", "might"})


def mend_tags(tokens: Sequence[Token], sentences: Sequence[Sentence]) -> list[Token]:
    """The words with the tags mended that other words of the document contradict; trees and texts stay as they are.

    Args:
        tokens: all words of a document.
        sentences: its sentences.
    """
    mended = list(tokens)
    opening = _opening(tokens, sentences)
    names = {t.text for t in tokens if t.pos == "PROPN" and t.i not in opening and t.text[:1].isupper()}
    written = {t.text for t in tokens}
    for i in opening:
        token = tokens[i]
        if token.pos == "PROPN" or not token.text[:1].isupper() or token.text.isupper() or not token.text.isalpha():
            continue
        named = token.text in names and token.lower not in written
        impossible = token.dep.startswith("nsubj") and token.tag in ("VBZ", "VBD", "VBP", "VB", "RB")
        impossible = impossible and not token.lower.endswith("s")  # "Shares fell"
        if named or impossible:
            mended[i] = replace(token, tag="NNP", pos="PROPN", lemma=token.text)
    for modal in tokens:
        if modal.lower in _MODALS and modal.dep.startswith("aux"):
            token = tokens[modal.head]
            if token.tag == "NN" and token.pos == "NOUN" and _has_before(tokens, token, modal):
                mended[token.i] = replace(token, tag="VB", pos="VERB", lemma=token.lower)
    return mended


def mend_heads(tokens: Sequence[Token]) -> list[Token]:
    """The words with what hangs on an auxiliary hung on its verb: the subject of "*Chad* has for years rejected it".

    Args:
        tokens: all words of a document.
    """
    mended = list(tokens)
    auxiliaries = {token.i for token in tokens if token.dep.startswith("aux")}
    for token in [token for token in tokens if token.head in auxiliaries]:
        above = tokens[token.head]
        if not token.dep.startswith(_ARGUMENTS) or above.head in (above.i, token.i):
            continue
        if tokens[above.head].pos == "VERB":
            mended[token.i] = replace(token, head=above.head)
    return mended


def _opening(tokens: Sequence[Token], sentences: Sequence[Sentence]) -> set[int]:
    """The first word of each sentence, and the first one behind a quotation mark in it."""
    marks = {token.i for token in tokens if token.text in _OPENING}
    inside = {i + 1 for i in marks if i + 1 < len(tokens) and tokens[i + 1].sentence == tokens[i].sentence}
    return ({sentence.first for sentence in sentences} | inside) - marks


def _has_before(tokens: Sequence[Token], noun: Token, modal: Token) -> bool:
    """Whether a modal stands before a word that is tagged as a noun, with nothing but adverbs between, at most two."""
    between = tokens[modal.i + 1 : noun.i]
    return modal.i < noun.i and len(between) < 3 and all(token.dep == "advmod" for token in between)
