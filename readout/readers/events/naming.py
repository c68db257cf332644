"""What a noun can be called: by the names of a class of nouns, alone or with the word before it."""

from __future__ import annotations

from functools import cache
from itertools import compress

from readout import knowledge
from readout.language.document import Document, bits_of
from readout.language.memory import once
from readout.readers.events.lexicon import words
from readout.readers.events.people import ends_like_people
from readout.readers.lookup import calendar_words

_BEFORE = bits_of("compound", "amod", "flat", "nummod")
#: The class of proper nouns: `{name}`.
NAME = "{name}"
#: Stands in the class `person` for the nouns for people that no list has.
PEOPLE = "{people}"
#: Stands among the words of a sentence with a mark at its end, where nothing belongs to a word of the next one.
CLOSED = "{closed}"


def noun_is(document: Document, i: int, names: frozenset[str]) -> bool:
    """Whether noun `i`, alone or with the word before it, is one of `names`."""
    return not names.isdisjoint(names_of(document, i))


@once
def names_of(document: Document, i: int) -> frozenset[str]:
    """Everything that noun `i` can be called, alone or with the word before it."""
    token = document.tokens[i]
    alone = frozenset((document.lemmas[i], token.lower))
    if document.lemmas[i] in shots() and _is_of_arms(document, i):
        alone = frozenset((shots()[document.lemmas[i]],))
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


@cache
def shots() -> dict[str, str]:
    """What is called by another name where it is somebody's: "fire" of whose guns."""
    return {str(noun): str(called) for noun, called in knowledge.load("events/words.yaml")["shots"].items()}


def _is_of_arms(document: Document, i: int) -> bool:
    """Whether a fire is somebody's: "*Israeli* fire", "*army* fire" are shots, and "a forest fire" burns."""
    before = document.children(i, "amod", "compound", "nmod:poss")
    nations = [c for c in before if document.capitals[c] and document.parts[c] == "ADJ"]
    return bool(nations) or any(document.lemmas[c] in words("firing") for c in before if c < i)


def last_word(name: str) -> str:
    """The last word of a name for a noun: `last_words` has it in every sentence where something is called so."""
    return name.rpartition(" ")[2]


@cache
def last_words_of(names: frozenset[str]) -> frozenset[str]:
    """The last word of each of some names: classes of some hundred names stand in hundreds of patterns."""
    return frozenset(map(last_word, names))


@once
def last_words(document: Document, n: int) -> frozenset[str]:
    """The last words of everything that the words of sentence `n` can be called, without a look at its tree; `CLOSED` too."""
    sentence = document.sentences[n]
    first, last = sentence.first, sentence.last
    found = {*document.words[first:last], *document.lemmas[first:last]}
    parts = document.parts[first:last]
    found.update([called for noun, called in shots().items() if noun in found])
    if "PROPN" in parts:
        found.add(NAME)
        tags = document.tags[first:last]
        if "NNPS" in tags:
            several = [i for i, tag in enumerate(tags) if tag == "NNPS" and parts[i] == "PROPN"]
            found.update([document.words[first + i].removesuffix("s") for i in several])
    for token in compress(document.tokens[first:last], map("NOUN".__eq__, parts)):
        if ends_like_people(token):
            found.add(PEOPLE)
            break
    if parts[-1] == "PUNCT":
        found.add(CLOSED)
    return frozenset(found)
