"""Finds the words that may name a place: the longest capitalised run that the gazetteer knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import compress, count
from operator import or_
from typing import NamedTuple

from readout.language.document import Document
from readout.language.kept import Kept
from readout.readers.added import remembered
from readout.readers.places.gazetteer import LITERAL, Sense, begins, find_senses, goes_on, known_senses, may_go_on
from readout.readers.places.names import fold_name
from readout.readers.places.words import words
from readout.types import Span

_ARTICLES = frozenset({"al", "el"})
_LONGEST = 7  # words; "Democratic Republic of the Congo" is five, hyphens count
#: A name's words are no longer; what is (a run without a blank) is not looked through again from each of its words.
_LONGEST_WORD = 200
_TWO_WORDS = re.compile(r"(\S{1,200})\s{1,20}\S{1,200}")
_FIRST_WORD = re.compile(r"(?:the\s{1,20})?(\S{1,200})", re.IGNORECASE)


#: Behind one of these, and a blank, nothing goes on that began before it; what a name's own point or "'s" does is looked up.
_CLOSING = frozenset({",", ".", ";", ":", "?", "!", ")", '"', "”", "'s", "’s"})


class Candidate(NamedTuple):
    """Words `[first, last]` that may name a place, and what they may mean.

    `known` is whether one of these is of our own knowledge, `demonym` whether they are, in that, an adjective or an inhabitant's name
    and nothing else.
    """

    first: int
    last: int
    span: Span
    key: str
    senses: tuple[Sense, ...]
    known: bool
    demonym: bool


def candidates(document: Document) -> list[Candidate]:
    """Every longest match, left to right, none overlapping another.

    Names that only sound like places ("New York Times", "Bank of America": places/words.yaml) hold no candidate.
    """
    found: list[Candidate] = []
    small, after, known = _small_beginnings() | _ARTICLES, 0, _beginnings()
    for i in compress(count(), map(or_, document.capitals, map(small.__contains__, document.words))):
        if i >= after and _may_begin_at(document, i, known):
            match, after = _match(document, i)
            if match is not None:
                found.append(match)
    return found


def _may_begin_at(document: Document, i: int, known: Mapping[tuple[str, str], bool]) -> bool:
    """Whether a name may begin with a word, as far as the word and a sign behind it tell: mostly none does."""
    words, starts, ends = document.words, document.starts, document.ends
    last = len(words) - 1
    if i < last and ends[i] == starts[i + 1]:  # no blank between them
        following = words[i + 1]
        closed = following in _CLOSING and (i + 1 == last or ends[i + 1] < starts[i + 2])
        return not closed or not document.capitals[i] or known[document.tokens[i].text, following]
    if words[i] == "the":
        apart = i + 1 < last and ends[i + 1] < starts[i + 2]
        named = document.capitals[i] and bool(find_senses("the", "The"))
        return named or not apart or _FOLDED[document.tokens[i + 1].text] in _behind_the()
    if document.capitals[i]:
        return known[document.tokens[i].text, ""]
    return i == last or _OPENS[document.tokens[i].text]  # "a", a comma


@remembered
def _beginnings() -> Mapping[tuple[str, str], bool]:
    """By a capitalised word and what closes it, or nothing: whether a name may be that word or begin so."""
    return Kept(_may_begin)


def _may_begin(written: tuple[str, str]) -> bool:
    word, closing = written
    key, whole, listed = fold_name(word), fold_name(word + closing), words()
    if whole in _openings() or _goes_on_behind(word, closing):
        return True
    senses = () if key in listed.never else find_senses(key, word)
    if senses and key not in listed.weak:
        return True
    return any(s.entry.known for s in (*senses, *find_senses(f"{key}.", f"{word}.")))


@remembered
def _goes_on_behind(word: str, closing: str) -> bool:
    """Whether a name goes on behind a word and what closes it, or takes that in."""
    whole = fold_name(word + closing)
    if len(word) > _LONGEST_WORD or " " in whole or _may_open_long(word + closing):
        return True
    return bool(closing) and (whole in known_senses() or whole in words().brands)


@remembered
def _goes_on_with(word: str, following: str) -> bool:
    """Whether a name begins with two words, or is them."""
    first, second = fold_name(word), fold_name(following)
    if max(len(word), len(following)) > _LONGEST_WORD or not second or " " in first + second:
        return True
    both = f"{first} {second}"
    return begins(both) or both in words().brands or both in _brand_openings()


@cache
def _small_beginnings() -> frozenset[str]:
    """The small words that names of our own begin with."""
    names = (*known_senses(), *words().brands)
    return frozenset(w for w in (*words().compass, "al", "el") if any(name.startswith(w) for name in names))


@cache
def _behind_the() -> frozenset[str]:
    """The second words of names that are no places' and begin with "the"; no place's name that is looked for does."""
    return frozenset(name.split()[1] for name in words().brands if name.startswith("the "))


def _match(document: Document, at: int) -> tuple[Candidate | None, int]:
    capitals, ends_at = document.capitals, document.ends
    capital, start = capitals[at], document.starts[at]
    behind = _possible_ends(document, at) if _may_go_on(document, at) else []
    brands = words().brands
    for last in [*behind, at] if capital else behind:
        ends = capitals[last] or last == at
        written = document.text[start : ends_at[last]]
        key = _FOLDED[written]
        if key in brands:
            return None, last + 1
        if not ((capital or _is_article(document, at)) and ends) and not (at < last and key in known_senses()):
            continue  # our own files list names with a small letter at an edge: "southern Lebanon", "Rafah crossing"
        match = _sensible(document, at, last, key, written)
        if match is not None:
            return match, last + 1
    return None, at + 1


def _is_article(document: Document, i: int) -> bool:
    """Whether a small word is the Arabic article, which a hyphen joins to its name: "*el*-Fasher"."""
    joined = i + 2 < len(document.words) and document.words[i + 1] == "-" and document.capitals[i + 2]
    return joined and document.words[i] in _ARTICLES and document.ends[i] == document.starts[i + 1]


def _may_go_on(document: Document, at: int) -> bool:
    """Whether a name may begin with a word and go on behind it, as far as the next word and a sign tell: mostly none does."""
    words, starts, ends, last = document.words, document.starts, document.ends, len(document.words) - 1
    if at == last:
        return False
    first, following = words[at], words[at + 1]
    apart = at + 1 == last or ends[at + 1] < starts[at + 2]
    if ends[at] == starts[at + 1]:  # no blank between them
        return not (apart and following in _CLOSING) or _goes_on_behind(first, following)
    if apart:
        return _goes_on_with(first, following)
    closing = words[at + 2]
    if closing not in _CLOSING or (at + 2 < last and ends[at + 2] == starts[at + 3]):
        return True
    return _goes_on_with(first, following) or _goes_on_with(first, following + closing)


def _possible_ends(document: Document, at: int) -> list[int]:
    """The words with which a name of several words may end, the last first."""
    capitals, ends_at, start = document.capitals, document.ends, document.starts[at]
    capital, end = capitals[at], min(at + _LONGEST, document.sentence(at).last)
    edge, listed = _opening(document, start)
    if not capital and not listed and ends_at[at] >= edge:
        return []  # a small word alone is no name, and none of our own begins with it
    behind = list(range(end - 1, at, -1))
    if not listed:  # as mostly: no name of our own begins so, and others end with a capital
        behind = [last for last in behind if (capital and capitals[last]) or ends_at[last] <= edge]
    if behind:
        farthest = _farthest(document.text, start)
        behind = [last for last in behind if ends_at[last] <= farthest]
    return behind


def _opening(document: Document, start: int) -> tuple[int, bool]:
    """Where the first word that spaces part ends, and whether a name of several words in our own files may begin with it.

    An article before the name is no part of it.
    """
    match = _FIRST_WORD.match(document.text, start)
    if match is None:
        return start, True
    return match.end(), _OPENS[match[1]]


def _may_open(word: str) -> bool:
    return not (word.isascii() and word.isprintable()) or fold_name(word) in _openings()


_OPENS, _FOLDED = Kept(_may_open), Kept(fold_name)


def _farthest(text: str, start: int) -> int:
    """Where a name that begins there ends at the latest: behind its first or second word, where no name goes on behind it."""
    match = _TWO_WORDS.match(text, start)
    if match is None or not match[0].isascii():
        return len(text)
    if not _may_open_long(match[1]):
        return match.end(1)  # as mostly
    words = fold_name(match[0])
    return len(text) if goes_on(words) or words in _brand_openings() else match.end()


@remembered
def _may_open_long(word: str) -> bool:
    """Whether a name of more than one word may begin with this one."""
    first = fold_name(word)
    return may_go_on(first) or first in _opening_brands()


@cache
def _brand_openings() -> frozenset[str]:
    return frozenset(" ".join(name.split()[:2]) for name in words().brands)


@cache
def _opening_brands() -> frozenset[str]:
    """The first words of such names as are of more than one."""
    return frozenset(opening.partition(" ")[0] for opening in _brand_openings() if " " in opening)


@cache
def _openings() -> frozenset[str]:
    """The first words of all names of our own."""
    return frozenset(name.partition(" ")[0] for name in (*known_senses(), *words().brands))


def _sensible(document: Document, first: int, last: int, key: str, written: str) -> Candidate | None:
    tokens, listed = document.tokens, words()
    if key.startswith("the ") or (first == last and key in listed.never):
        return None
    senses = find_senses(key, _form(written))
    if not senses and key[2:3] == "-" and key[:2] in _ARTICLES:
        senses = find_senses(f"{key[:2]} {key[3:]}", _form(written))  # "el-Obeid", listed without its hyphen
    span = (tokens[first].start, tokens[last].end)
    if not senses and document.text[span[1] : span[1] + 1] == "." and first == last:
        senses = tuple(s for s in find_senses(key + ".", written + ".") if s.entry.known)
        written += "."
    if (
        written.endswith(".")
        and re.fullmatch(r"[A-Z][a-z]+\.", written)
        and tokens[max(0, first - 1)].text not in (",", "(")
    ):
        return None  # "Man." ends a sentence more often than it shortens a province
    short = written.isupper() and len(written) < 6 and not written.endswith(".")
    if first == last and (key in listed.weak or (short and not _in_capitals(document, first))):
        senses = tuple(s for s in senses if s.entry.known)
    if not senses:
        return None
    uses = [sense.use for sense in senses if sense.entry.known]
    return Candidate(first, last, span, key, senses, bool(uses), bool(uses) and LITERAL not in uses)


def _form(written: str) -> str:
    return " ".join(written.split())


def _in_capitals(document: Document, i: int) -> bool:
    """Whether a short word in capitals stands among others ("LIMA, April 3"), and is no abbreviation."""
    tokens = document.tokens
    paragraph = document.paragraphs[document.sentence(i).paragraph]
    after = tokens[i + 1].text if i + 1 < len(tokens) else ""
    return tokens[i].start == paragraph[0] and after in (",", "(", "-", "--", "—", "_")
