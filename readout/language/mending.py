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
    opening = {i for sentence in sentences for i in _opening(tokens, sentence)}
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
    for token in tokens:
        if token.tag == "NN" and token.pos == "NOUN" and token.i and _has_modal(tokens, token):
            mended[token.i] = replace(token, tag="VB", pos="VERB", lemma=token.lower)
    return mended


def mend_heads(tokens: Sequence[Token]) -> list[Token]:
    """The words with what hangs on an auxiliary hung on its verb: the subject of "*Chad* has for years rejected it".

    Args:
        tokens: all words of a document.
    """
    mended = list(tokens)
    for token in tokens:
        above = tokens[token.head]
        if not token.dep.startswith(_ARGUMENTS) or above.dep.split(":")[0] != "aux" or above.head in (above.i, token.i):
            continue
        if tokens[above.head].pos == "VERB":
            mended[token.i] = replace(token, head=above.head)
    return mended


def _opening(tokens: Sequence[Token], sentence: Sentence) -> list[int]:
    """The first word of a sentence, and the first one behind a quotation mark in it."""
    found = []
    for i in range(sentence.first, sentence.last):
        if tokens[i].text in _OPENING:
            continue
        if i == sentence.first or tokens[i - 1].text in _OPENING:
            found.append(i)
    return found


def _has_modal(tokens: Sequence[Token], noun: Token) -> bool:
    """Whether a modal stands before a word that is tagged as a noun, with nothing but adverbs between, and is hung on it."""
    at = noun.i - 1
    while at > 0 and tokens[at].dep == "advmod" and noun.i - at < 3:
        at -= 1
    return tokens[at].lower in _MODALS and tokens[at].head == noun.i and tokens[at].dep.startswith("aux")
