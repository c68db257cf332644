"""What a noun can be called: by the names of a class of nouns, alone or with the word before it."""

from __future__ import annotations

from functools import cache

from readout.language.document import Document, bits_of
from readout.language.memory import once
from readout.readers.events.people import ends_like_people
from readout.readers.lookup import calendar_words

_BEFORE = bits_of("compound", "amod", "flat", "nummod")
#: The class of proper nouns: `{name}`.
NAME = "{name}"
#: Stands in the class `person` for the nouns for people that no list has.
PEOPLE = "{people}"


def noun_is(document: Document, i: int, names: frozenset[str]) -> bool:
    """Whether noun `i`, alone or with the word before it, is one of `names`."""
    return not names.isdisjoint(names_of(document, i))


@once
def names_of(document: Document, i: int) -> frozenset[str]:
    """Everything that noun `i` can be called, alone or with the word before it."""
    token = document.tokens[i]
    alone = frozenset((document.lemmas[i], token.lower))
    if not document.dependents[i] and token.pos not in ("NOUN", "PROPN") and token.tag != "NNPS":
        return alone
    found: list[str] = []
    if token.tag == "NNPS":
        found.append(token.lower.removesuffix("s"))  # "Afghans"
    if ends_like_people(token):
        found.append(PEOPLE)
    for c in document.children(i, "compound", "amod", "flat", "nummod") if document.below[i] & _BEFORE else ():
        before = document.words[c]
        found += [f"{before} {form}" for form in alone]
    if token.pos != "PROPN":
        return alone.union(found) if found else alone
    if token.lower not in calendar_words():
        found.append(NAME)
    # "King Olav" is a king
    found += [document.words[c] for c in document.children(i, "compound", "nmod:desc") if c < i]
    return frozenset(found) if document.children(i, "flat") else alone.union(found)  # "Bill Clinton" is no bill


@cache  # classes of some hundred names stand in hundreds of patterns
def last_words_of(names: frozenset[str]) -> frozenset[str]:
    """The last words of names for nouns: `last_words` has one of them in every sentence where something is called by one."""
    return frozenset([name.rpartition(" ")[2] for name in names])


@once
def last_words(document: Document, n: int) -> frozenset[str]:
    """The last words of everything that the words of sentence `n` can be called, without a look at its tree."""
    sentence = document.sentences[n]
    first, last = sentence.first, sentence.last
    found = {*document.words[first:last], *document.lemmas[first:last]}
    parts = document.parts
    if "PROPN" in parts[first:last]:
        found.add(NAME)
        several = [i for i in range(first, last) if document.tags[i] == "NNPS" and parts[i] == "PROPN"]
        found.update([document.words[i].removesuffix("s") for i in several])
    tokens = document.tokens
    if any(ends_like_people(tokens[i]) for i in range(first, last) if parts[i] == "NOUN"):
        found.add(PEOPLE)
    return frozenset(found)


@once
def is_closed(document: Document, n: int) -> bool:
    """Whether a mark stands at the end of sentence `n`: then nothing before it belongs to a word behind it."""
    return document.parts[document.sentences[n].last - 1] == "PUNCT"
