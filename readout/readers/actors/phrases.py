"""Noun phrases by their words: runs of nouns, names, adjectives and determiners, cut at possessors.

The tree gives a phrase's head and relations; its extent is read from the words, because a parser that mistakes where a
title or an apposition hangs still tags the words right.
"""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import compress, count
from types import MappingProxyType
from typing import NamedTuple

from readout.language.document import Document
from readout.readers.actors.bodies import joined_topics, meant_here, with_endings, with_short_names
from readout.readers.actors.joints import (
    inner_possessives,
    inside_offices,
    nicknames,
    numbered,
    party_names,
    surnames_like_offices,
    times_in_names,
)
from readout.readers.actors.registry import Known, beginnings, in_capitals, longest_match
from readout.readers.actors.spelling import spelled_beginnings, spelled_match
from readout.readers.actors.states import STATE_LENGTHS, StateWord, find_state, joined_states, state_of_dateline
from readout.readers.actors.words import (
    Noun,
    find_noun,
    first_words,
    given_name,
    is_article,
    is_function_word,
    is_syllable,
)

POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
OPENERS = frozenset({"DT", "PDT", "PRP$"})
NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
#: What a verb is, but no part of a name.
_CLAUSAL = frozenset({"root", "advcl", "ccomp", "xcomp", "acl", "csubj", "parataxis"})
HYPHENS = frozenset({"-", "–", "‐", "-–", "–‐", "-–‐"})
#: How often the main state must be told of, and how many times as often as the next one.
_OFTEN, _TIMES_AS_OFTEN = 4, 3


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
        countries: Mapping[int, str] = MappingProxyType({}),
    ):
        self.document = document
        self.placed = placed
        self.countries = countries  # of the places that words name
        self.words = document.texts
        self.lower = document.words
        # between two words nothing but white space can stand
        self.spaces = [*map(operator.lt, document.ends, document.starts[1:])]
        self.spaces += [document.text[end : end + 1].isspace() for end in document.ends[-1:]]
        self.timed = timed - frozenset(times_in_names(document, timed))
        self.upper = list(compress(count(), document.capitals))
        self._headlines = frozenset(n for n in range(len(document.sentences)) if self._is_headline(n))
        self._names = self._sure_names() if self._headlines else frozenset()
        self.hyphens = [i for i in document.called(HYPHENS) if self.lower[i] in HYPHENS]
        self.nominal = [*map(NOMINAL.__contains__, document.parts)]
        self.openers = document.of_tags(OPENERS)
        self.capital = self._capitals()
        self.states = dict(self._find_states())  # where a phrase for one starts: its number of words, and what it is
        self.told = Counter(
            state.country for _, state in self.states.values()
        )  # how often each state or a place of it is named
        self.told.update(lands)
        ranks = frozenset(numbered(self))
        for i in ranks:
            self.capital[i] = False
        # where a name of the registry starts: its number of words, and whose
        known = {at: named for at, named in self._known_names() if at not in ranks}
        self.known = with_endings(self, with_short_names(self, meant_here(self, known)))
        for i in self.known:
            small = self.words[i] in ("al", "el")
            self.capital[i] = self.capital[i] or small or document.parts[i] == "VERB"  # "Save the Children"
        # whether a word can begin a role noun, and whether it can be a name or a state too; by far the most are none of these
        self.noun_opens = [*map(first_words().__contains__, self.lower)]
        self.telling = [*map(operator.or_, self.capital, self.noun_opens)]
        self._surnames = frozenset(surnames_like_offices(self))
        for i in (*self.states, *self.known):
            self.telling[i] = True
        self.joints = frozenset((*joined_topics(self), *inner_possessives(self), *nicknames(self)))
        for i in self.joints:
            self.capital[i - 1] = self.telling[i - 1] = True
        # words inside the name of a state or a known body: "of" in "Republic of X"
        self.inside_name = frozenset(
            (*_inside(self.states), *_inside(self.known), *self.joints, *inside_offices(self), *ranks)
        )
        self.plain = self._plainly_nominal()

    @cached_property
    def ends_of_names(self) -> frozenset[str]:
        """The words that stand behind another word of a name, and no place's, somewhere in the article: surnames among them."""
        before = (i for i in self.upper if i and self.capital[i] and self.capital[i - 1] and i - 1 not in self.placed)
        return frozenset(self.words[i] for i in before if self.document.sentence(i).first < i)

    @property
    def only_state(self) -> str | None:
        """The state of which alone the article tells, and that by name, more than once."""
        if len(self.told) != 1 or len(self.states) < 2:
            return None
        return next(iter(self.told))

    @property
    def main_state(self) -> str | None:
        """The state that the article tells of far more than of any other, or where it was written; None where there is no such one."""
        if self.only_state is not None:
            return self.only_state
        told = self.told.copy()
        for _, known in self.known.values():
            if len(known) == 1 and known[0].kind in ("person", "party") and known[0].country:
                told[known[0].country] += 1
        here = state_of_dateline(self.document.dateline)
        if here is not None and told[here] >= _OFTEN and told[here] * 2 >= max(told.values()):
            return here
        (first, most), (_, next_most) = [*told.most_common(2), (None, 0), (None, 0)][:2]
        if not next_most and self._named_late():
            return None  # "…, the ministry said. *France* condemned it."
        return first if most >= (_OFTEN if next_most else 2) and most >= _TIMES_AS_OFTEN * next_most else None

    @property
    def lead_state(self) -> str | None:
        """The main state, or the one whose deed the first sentence tells, where no other is told of nearly as often."""
        main = self.main_state
        if main is not None or not self.states:
            return main
        at, (length, state) = next(iter(sorted(self.states.items())))
        head = self.head(at, at + length - 1)
        leads = at < self.document.sentences[0].last and self.document.relations[head] in ("nsubj", "nsubj:pass")
        others = max((count for country, count in self.told.items() if country != state.country), default=0)
        told = self.told[state.country]
        return state.country if leads and state.use != "adjective" and told >= max(_OFTEN, 1.5 * others) else None

    def _named_late(self) -> bool:
        """Whether a state is named but once, and behind the first sentence."""
        return len(self.states) == 1 and next(iter(self.states)) >= self.document.sentences[0].last

    def _find_states(self) -> Iterator[tuple[int, tuple[int, StateWord]]]:
        words = self.words
        for i in self.upper:
            if STATE_LENGTHS[words[i]]:
                state = find_state(words, self.spaces, i, self.document.sentence(i).last)
                if state is not None:
                    yield i, state
        for i in self.document.called(joined_states().keys()):
            if i + 2 < len(words) and self.document.capitals[i] and self.glued(i + 1) and self._pairs(i + 2):
                yield i, (1, StateWord(joined_states()[words[i].lower()], "adjective"))

    def _pairs(self, i: int) -> bool:
        """Whether the second of two joined states stands at `i`, and no name of which both are but a part: "Sino-Kazakh Oil"."""
        state = find_state(self.words, self.spaces, i, self.document.sentence(i).last)
        after = i + state[0] if state is not None else 0
        return state is not None and not (after < len(self.words) and self.document.capitals[after])

    def state(self, at: int, end: int | None = None) -> tuple[int, StateWord] | None:
        """The longest phrase for a state from word `at` on: (number of words, what it is); before `end` and in the sentence."""
        found = self.states.get(at)
        if found is None or end is None or at + found[0] <= end:
            return found
        return find_state(self.words, self.spaces, at, end)

    def noun(self, at: int, end: int) -> tuple[int, Noun, bool] | None:
        """The longest role noun from word `at` on, before `end`: see `find_noun`."""
        if not self.noun_opens[at]:
            return None
        if self.lower[at] in self._surnames and self.capital[at] and not self._titles(at, end):
            return None  # "Major", where John Major was named
        return find_noun(self.lower, at, end)

    def _titles(self, at: int, end: int) -> bool:
        """Whether a name follows the word at `at`."""
        return at + 1 < end and self.capital[at + 1]

    def _known_names(self) -> Iterator[tuple[int, tuple[int, tuple[Known, ...]]]]:
        words, large, known, spelled = self.words, party_names(self), beginnings(), spelled_beginnings()
        for i in sorted({*self.upper, *compress(count(), self.capital)}):
            word = words[i]
            if known[word] is not None:
                found = longest_match(words, i)
                if large is not words:
                    found = max(found, longest_match(large, i), key=lambda one: one[0] if one else 0)
                if (
                    found is not None
                    and found[1][0].kind != "country"
                    and i + found[0] <= self.document.sentence(i).last
                ):
                    yield i, found
                    continue
            if len(word) > 3 and word.isupper() and (group := in_capitals(word)):
                yield i, (1, group)
                continue
            if i and self.words[i - 1] in ("al", "el") and (found := longest_match(words, i - 1)) and found[0] > 1:
                yield i - 1, found  # "linked to *al Qaeda*"
                continue
            if spelled[word]:
                person = spelled_match(words, i, self.document.sentence(i).last)
                if person is not None:
                    yield i, (person[0], (person[1],))

    def _capitals(self) -> list[bool]:
        """Of each word whether it is written as a name, or a part of one."""
        found = [False] * len(self.words)
        for i in self.upper:
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
            if (
                part == "VERB"
                and given_name(text) is None
                and (document.relations[i] in _CLAUSAL or document.tags[i] == "VBG")
            ):
                return False  # "*Noting* Chinese leaders", "*Forget* Peru"
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
        return self.lower[i] in POSSESSIVE and self.document.tokens[i].tag == "POS"

    def glued(self, i: int) -> bool:
        """Whether word `i` is a hyphen between two words without white space."""
        return self.words[i] in "-–‐" and i > 0 and not self.spaces[i - 1] and not self.spaces[i]

    def head(self, first: int, last: int) -> int:
        """The head of the words from `first` to `last`."""
        return first if first == last else self.document.highest(range(first, last + 1))

    def text(self, first: int, last: int) -> str:
        """The words from `first` to `last` as written."""
        return self.document.slice(self.document.span(first, last))


def _inside(names: Mapping[int, tuple[int, object]]) -> Iterator[int]:
    """The words of names but for the first of each, by where they start and how many words they have."""
    return (i for start, (length, _) in names.items() for i in range(start + 1, start + length))
