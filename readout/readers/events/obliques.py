"""What prepositions bring to a word, wherever the tree hangs it."""

from __future__ import annotations

from collections.abc import Mapping

from readout.language.document import Document, bits_of
from readout.language.memory import once, once_listed
from readout.readers.events.lexicon import words
from readout.readers.lookup import calendar_words

#: One of these hangs on each word that a preposition brings something to.
_BRINGING = bits_of("obl", "nmod", "advcl", "xcomp", "obj", "nsubj")


_WHEN_OR_WHERE = frozenset({"in", "at", "on", "near", "during", "outside"})
_TOGETHER = frozenset({"with", "between", "among"})


@once_listed
def behind_time(document: Document, noun: int) -> list[int]:
    """The phrase of a noun that a time stands before, whose tree hangs it there or above: "the killing earlier this month *of six men*".

    Of nouns of talking it is a phrase with "with", and a place may stand before it: "his talks last month in Oslo *with the king*".
    """
    at = _past_time(document, noun + 1)
    if at == noun + 1 or at == len(document.tokens):
        return []
    if document.words[at] == "of":
        held = document.tokens[at].head
        return [held] if noun < document.tokens[held].head < at and document.preposition(held) == "of" else []
    if document.lemmas[noun] not in words("conferring"):
        return []
    while at < len(document.tokens) and (document.tokens[at].pos == "PROPN" or document.words[at] == "in"):
        at += 1
    if at == len(document.tokens) or document.words[at] != "with":
        return []
    held, verb = document.tokens[at].head, document.tokens[noun].head
    above = {noun, verb, document.tokens[verb].head, *range(noun, at)}
    return [held] if document.tokens[held].head in above and document.preposition(held) == "with" else []


def _past_time(document: Document, at: int) -> int:
    """The first word from some word on that is none of a time."""
    timely, days = words("timely"), calendar_words()
    while at < len(document.tokens):
        token = document.tokens[at]
        if token.lower not in timely and token.lower not in days and token.tag != "CD":
            break
        at += 1
    return at


@once_listed
def obliques(document: Document, i: int) -> list[int]:
    """Nouns that a preposition brings to word `i` or to its object."""
    if not document.dependents[i]:
        return behind_time(document, i) if document.tokens[i].pos == "NOUN" else []
    found: list[int] = []
    if document.below[i] & _BRINGING:
        found += document.children(i, "obl", "nmod", "advcl", "xcomp")
        inner = document.children(i, "obj", "nsubj:pass", "xcomp")
        # "the suspension of aid *to* them"
        inner += [o for o in document.children(i, "nmod") if document.preposition(o) == "of"]
        if document.lemmas[i] in words("launching"):  # "fired gas and live *rounds* at them"
            inner += [c for o in document.children(i, "obj") for c in document.children(o, "conj")]
        for o in inner:
            found += document.children(o, "nmod", "obl", "appos")
        found += _behind_when_or_where(document, i)
    if document.tokens[i].pos == "NOUN":
        found += behind_time(document, i)
    return [o for o in found if document.child(o, "case", "mark") is not None]


def _behind_when_or_where(document: Document, i: int) -> list[int]:
    """Who is hung on the day or the town before them: "is to meet later in the day *with the king*", "talks in Oslo *between* the two"."""
    verb = document.parts[i] == "VERB"
    if not verb and document.lemmas[i] not in words("conferring"):
        return []
    found = []
    for o in document.children(i, "obl" if verb else "nmod"):
        inside = document.children(o, "nmod") if document.parts[o] in ("NOUN", "PROPN") else []
        if not inside or document.preposition(o) not in _WHEN_OR_WHERE:
            continue
        if document.parts[o] == "PROPN" or document.lemmas[o] in words("timely"):
            found += [c for c in inside if document.preposition(c) in _TOGETHER]
    talks = words("conferring") if found and verb else frozenset()
    between = document.lemmas[i + 1 : found[0]] if found else ()  # "briefed them on his *talks* in Oslo with the king"
    return found if talks.isdisjoint(between) else []


@once
def behind_prepositions(document: Document, i: int, predicate: int) -> Mapping[str, list[int]]:
    """What prepositions bring to word `i` and to the verb that carries it, by the preposition and by the last word of that."""
    heads = obliques(document, i)
    if predicate != i:
        heads += [o for o in document.children(predicate, "obl", "nmod") if o != i]
    pairs = [(o, preposition) for o in heads if (preposition := document.preposition(o)) is not None]
    aside, joining, grounds = words("aside"), words("joining"), words("grounds")
    found: dict[str, list[int]] = {}
    for o, whole in pairs:
        first, *_, last = whole.split() if " " in whole else (whole, whole)
        if (
            first not in aside
            and whole not in joining
            and not (whole == "on" and document.lemmas[o] in grounds and _has_of(document, o))
        ):
            for name in {whole, "on" if last == "upon" else last}:
                found.setdefault(name, []).append(o)
    return found


def _has_of(document: Document, i: int) -> bool:
    return any(document.preposition(c) == "of" for c in document.children(i, "nmod"))
