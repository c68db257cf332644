"""Noun phrases by their words: runs of nouns, names, adjectives and determiners, cut at possessors.

The tree gives a phrase's head and relations; its extent is read from the words, because a parser that mistakes where a
title or an apposition hangs still tags the words right.
"""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import compress, count
from typing import NamedTuple

from readout.language.document import Document
from readout.readers.actors.bodies import joined_topics, meant_here
from readout.readers.actors.registry import Known, beginnings, longest_match
from readout.readers.actors.spelling import spelled_beginnings, spelled_match
from readout.readers.actors.states import STATE_LENGTHS, StateWord, find_state
from readout.readers.actors.words import (
    Noun,
    find_noun,
    first_words,
    given_name,
    is_article,
    is_function_word,
    is_office_of,
    is_particle,
    is_syllable,
    particles,
)

_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_QUOTES = frozenset({'"', "“", "”", "``", "''"})
_OPENERS = frozenset({"DT", "PDT", "PRP$"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_VERBAL = frozenset({"VBN", "VBG"})
#: Parts of speech behind which no phrase goes on, but for some words.
_ENDING = frozenset({"PUNCT", "ADP", "SCONJ", "CCONJ", "PART", "INTJ"})
_AT = frozenset({"at"})
_HYPHENS = frozenset({"-", "–", "‐", "-–", "–‐", "-–‐"})
_BEFORE_NOUN = frozenset({"amod", "compound"})


class Phrase(NamedTuple):
    """A run of words `[first, last]`; `owner` is the index, in the sentence's phrases, of the possessor before it."""

    first: int
    last: int
    owner: int | None


class Page:
    """A document's words in the forms that the actor reader asks for."""

    def __init__(
        self,
        document: Document,
        timed: frozenset[int] = frozenset(),
        placed: frozenset[int] = frozenset(),
        lands: tuple[str, ...] = (),
    ):
        self.document = document
        self.placed = placed
        self.words = document.texts
        self.lower = document.words
        # between two words nothing but white space can stand
        self.spaces = [*map(operator.lt, document.ends, document.starts[1:])]
        self.spaces += [document.text[end : end + 1].isspace() for end in document.ends[-1:]]
        self.timed = timed
        self._upper = list(compress(count(), document.capitals))
        self._headlines = frozenset(n for n in range(len(document.sentences)) if self._is_headline(n))
        self._names = self._sure_names() if self._headlines else frozenset()
        self.hyphens = [i for i in document.called(_HYPHENS) if self.lower[i] in _HYPHENS]
        self.nominal = [*map(_NOMINAL.__contains__, document.parts)]
        self.openers = document.of_tags(_OPENERS)
        self.capital = self._capitals()
        self.states = dict(self._find_states())  # where a phrase for one starts: its number of words, and what it is
        self.told = Counter(
            state.country for _, state in self.states.values()
        )  # how often each state or a place of it is named
        self.told.update(lands)
        self.known = meant_here(
            self, dict(self._known_names())
        )  # where a name of the registry starts: its number of words, and whose
        # whether a word can begin a role noun, and whether it can be a name or a state too; by far the most are none of these
        self.noun_opens = [*map(first_words().__contains__, self.lower)]
        self.telling = [*map(operator.or_, self.capital, self.noun_opens)]
        for i in (*self.states, *self.known):
            self.telling[i] = True
        self.joints = frozenset(joined_topics(self))
        for i in self.joints:
            self.capital[i - 1] = self.telling[i - 1] = True
        # words inside the name of a state or a known body: "of" in "Republic of X"
        self.inside_name = frozenset((*_inside(self.states), *_inside(self.known), *self.joints))
        self.plain = self._plainly_nominal()

    @property
    def only_state(self) -> str | None:
        """The state of which alone the article tells, and that by name, more than once."""
        if len(self.told) != 1 or len(self.states) < 2:
            return None
        return next(iter(self.told))

    def _find_states(self) -> Iterator[tuple[int, tuple[int, StateWord]]]:
        words = self.words
        for i in self._upper:
            if STATE_LENGTHS[words[i]]:
                state = find_state(words, self.spaces, i, self.document.sentence(i).last)
                if state is not None:
                    yield i, state

    def state(self, at: int, end: int | None = None) -> tuple[int, StateWord] | None:
        """The longest phrase for a state from word `at` on: (number of words, what it is); before `end` and in the sentence."""
        found = self.states.get(at)
        if found is None or end is None or at + found[0] <= end:
            return found
        return find_state(self.words, self.spaces, at, end)

    def noun(self, at: int, end: int) -> tuple[int, Noun, bool] | None:
        """The longest role noun from word `at` on, before `end`: see `find_noun`."""
        return find_noun(self.lower, at, end) if self.noun_opens[at] else None

    def _known_names(self) -> Iterator[tuple[int, tuple[int, tuple[Known, ...]]]]:
        words, known, spelled = self.words, beginnings(), spelled_beginnings()
        for i in sorted({*self._upper, *compress(count(), self.capital)}):
            word = words[i]
            if known[word] is not None:
                found = longest_match(words, i)
                if (
                    found is not None
                    and found[1][0].kind != "country"
                    and i + found[0] <= self.document.sentence(i).last
                ):
                    yield i, found
                    continue
            if spelled[word]:
                person = spelled_match(words, i, self.document.sentence(i).last)
                if person is not None:
                    yield i, (person[0], (person[1],))

    def _capitals(self) -> list[bool]:
        """Of each word whether it is written as a name, or a part of one."""
        found = [False] * len(self.words)
        for i in self._upper:
            found[i] = self._is_capital(i)
        for behind in self.hyphens:
            i = behind - 1
            if i >= 0 and len(self.words[i]) <= 2 and not self.document.capitals[i] and self._is_article(i):
                found[i] = i not in self.timed
            if i > 0 and found[i] and self._is_given_in_two(i):
                found[i + 2] = True
        return found

    def _is_capital(self, i: int) -> bool:
        """Whether the capital of a word that has one makes it a name's."""
        if i in self.timed:
            return False
        document, part, text = self.document, self.document.parts[i], self.words[i]
        if is_function_word(self.lower[i]) and not (part == "PROPN" and len(text) > 1 and text.isupper()):
            return False
        if self._headlines and document.tokens[i].sentence in self._headlines:
            return self._is_sure_name(i)
        if part == "PROPN":
            return True
        if self._opens_sentence(i):
            after = i + 1
            return (
                part in ("NOUN", "ADJ", "X", "VERB")
                and after < len(self.words)
                and document.capitals[after]
                and document.parts[after] == "PROPN"
            )
        return part not in ("PRON", "DET", "AUX", "CCONJ", "SCONJ")

    def _is_article(self, i: int) -> bool:
        """An Arabic article that a hyphen joins to its name: "al-Shabaab"."""
        if not is_article(self.lower[i]) or i + 2 >= len(self.words) or self.words[i + 1] not in "-–‐":
            return False
        return self.words[i + 2][:1].isupper() and not (self.spaces[i] or self.spaces[i + 1])

    def _is_given_in_two(self, i: int) -> bool:
        """Whether word `i` is the first half of a given name whose second half is written small: "Lee *Jae*-myung"."""
        if i + 2 >= len(self.words) or self.spaces[i] or self.spaces[i + 1] or i in self.placed:
            return False
        before, first, second = self.words[i - 1], self.words[i], self.words[i + 2]
        surname = before.isalpha() and self.document.capitals[i - 1] and not is_function_word(before.lower())
        halves = is_syllable(first) and second.islower() and is_syllable(second)
        return surname and halves and not first.isupper() and i - 1 >= self.document.sentence(i).first

    def _is_headline(self, n: int) -> bool:
        """Whether a sentence writes every word of weight with a capital, other words than names among them."""
        sentence = self.document.sentences[n]
        if self.words[sentence.last - 1] == ".":
            return False
        tokens = self.document.tokens[sentence.first : sentence.last]
        weighty = [t for t in tokens if len(t.text) > 3 and t.text.isalpha() and not is_function_word(t.lower)]
        if len(weighty) < 4 or any(t.text[0].islower() for t in weighty):
            return False
        return any(t.pos in ("VERB", "ADV", "ADJ", "NOUN", "ADP", "SCONJ") for t in weighty[1:])

    def _sure_names(self) -> frozenset[str]:
        """The words that the text never writes small, and writes with a capital inside a sentence."""
        plain = [t for t in self.document.tokens if t.sentence not in self._headlines]
        small = {t.lower for t in plain if t.text[:1].islower()}
        return frozenset(t.lower for t in plain if t.text[:1].isupper() and t.pos == "PROPN" and t.lower not in small)

    def _is_sure_name(self, i: int) -> bool:
        """Whether a capitalised word of a headline is part of a name: elsewhere too, or beside a given name."""
        token = self.document.tokens[i]
        if token.lower in self._names or given_name(token.lower) is not None:
            return token.pos in ("PROPN", "NOUN", "X", "ADJ")
        before = self.document.tokens[i - 1] if i > self.document.sentence(i).first else None
        return before is not None and given_name(before.lower) is not None and token.pos == "PROPN"

    def _opens_sentence(self, i: int) -> bool:
        first = self.document.sentence(i).first
        return first == i or all(part == "PUNCT" for part in self.document.parts[first:i])

    def _plainly_nominal(self) -> list[bool]:
        """Of each word whether it goes on a noun phrase wherever it stands: by its capital, or by its tag alone."""
        capital = self.capital
        found = [*map(operator.or_, capital, self.nominal)]
        for i in (*self.openers, *self.hyphens):
            found[i] = capital[i]
        for i in self.timed:
            found[i] = False
        return found

    def is_possessive(self, i: int) -> bool:
        """Whether word `i` is a possessive ending."""
        return self.lower[i] in _POSSESSIVE and self.document.tokens[i].tag == "POS"

    def glued(self, i: int) -> bool:
        """Whether word `i` is a hyphen between two words without white space."""
        return self.words[i] in "-–‐" and i > 0 and not self.spaces[i - 1] and not self.spaces[i]

    def head(self, first: int, last: int) -> int:
        """The head of the words from `first` to `last`."""
        return first if first == last else self.document.highest(range(first, last + 1))

    def text(self, first: int, last: int) -> str:
        """The words from `first` to `last` as written."""
        return self.document.slice(self.document.span(first, last))


def find_phrases(page: Page) -> Iterator[list[Phrase]]:
    """The noun phrases of each sentence, in text order."""
    opens = _openings(page)
    for sentence in page.document.sentences:
        found: list[Phrase] = []
        i = sentence.first
        while i < sentence.last:
            i = _read_run(page, i, sentence.last, found) if opens[i] else i + 1
        yield found


def _openings(page: Page) -> list[bool]:
    """Of each word whether a noun phrase may begin with it."""
    document = page.document
    found = [*map(operator.or_, page.capital, page.nominal)]
    for i in page.openers:
        found[i] = True
    for i in document.of_tags(_VERBAL):
        found[i] = found[i] or document.relations[i] in _BEFORE_NOUN
    for i in page.timed:
        found[i] = False
    for i in document.called(_AT):
        if page.lower[i] == "at" and page.lower[i + 1 : i + 2] in (("least",), ("most",)):
            found[i + 1] = False  # "at least three people"
    return found


def _inside(names: Mapping[int, tuple[int, object]]) -> Iterator[int]:
    """The words of names but for the first of each, by where they start and how many words they have."""
    return (i for start, (length, _) in names.items() for i in range(start + 1, start + length))


def _read_run(page: Page, start: int, end: int, found: list[Phrase]) -> int:
    """Reads one run from `start`; adds its phrases; returns the index of the word after it."""
    first, owner = start, None
    last_nominal: int | None = None
    plain, lower, parts, joining = page.plain, page.lower, page.document.parts, _joining()
    i = start
    while i < end:
        if plain[i] and lower[i] not in _POSSESSIVE:  # as mostly
            last_nominal = i
            i += 1
            continue
        if parts[i] in _ENDING and lower[i] not in joining and i not in page.inside_name:
            break  # as mostly where a phrase ends
        if page.is_possessive(i) and last_nominal == i - 1 and i not in page.inside_name:
            found.append(Phrase(first, i - 1, owner))
            owner, first, last_nominal = len(found) - 1, i + 1, None
            i += 1
            continue
        if not _continues(page, i, first, last_nominal):
            break
        if page.capital[i] or parts[i] in _NOMINAL or page.document.tags[i] == "VBN":
            last_nominal = i
        i += 1
    while i > first and (page.words[i - 1] in "-–‐" or (parts[i - 1] in ("ADV", "ADP") and not page.capital[i - 1])):
        i -= 1
    if i > first:
        found.append(Phrase(first, i - 1, owner))
    return max(i, start + 1)


@cache
def _joining() -> frozenset[str]:
    """The words that may stand inside a phrase though their part of speech ends one."""
    return frozenset((*_POSSESSIVE, *_HYPHENS, *particles(), "&", "/", "of"))


def _continues(page: Page, i: int, first: int, last_nominal: int | None) -> bool:
    token = page.document.tokens[i]
    if i in page.timed:
        return False
    if page.capital[i] or i in page.inside_name:
        return True
    if page.glued(i):
        return i > first
    if token.tag in _OPENERS:
        return last_nominal is None
    if token.pos in _NOMINAL:
        return True
    if token.tag in ("VBN", "VBG", "VBD"):
        return _is_premodifier(page, i)
    if token.pos == "ADV":
        return (
            last_nominal is None
            and i + 1 < len(page.words)
            and page.document.tokens[i + 1].pos in ("ADJ", "ADV", "NUM", "VERB")
            and token.dep == "advmod"
            and i > first
        )
    if page.lower[i] in ("&", "/"):
        return i > first
    if page.lower[i] == "of":
        return i > first and is_office_of(page.lower, i)
    return is_particle(token.lower) and _between_names(page, i)


def _is_premodifier(page: Page, i: int) -> bool:
    """A participle before its noun: "armed men", "Hamas-run ministry", "a visiting delegation"."""
    token = page.document.tokens[i]
    if token.dep in ("amod", "compound") and token.head > i:
        return True
    return page.glued(i - 1) and i + 1 < len(page.words) and page.document.tokens[i + 1].pos in ("NOUN", "ADJ", "PROPN")


def _between_names(page: Page, i: int) -> bool:
    """A particle or a row of them between two capitalised words: "Ilan de Vorst", "Karim bin Sefar"."""
    if i == 0 or not (page.capital[i - 1] or is_particle(page.lower[i - 1]) or page.glued(i - 1)):
        return False
    ahead = i + 1
    while ahead < len(page.words) and ahead < i + 4 and (is_particle(page.lower[ahead]) or page.glued(ahead)):
        ahead += 1
    return ahead < len(page.words) and page.capital[ahead]
