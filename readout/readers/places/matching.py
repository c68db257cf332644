"""Finds the words that may name a place: the longest capitalised run that the gazetteer knows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import compress, count
from operator import or_
from typing import NamedTuple

from readout.language.document import Document
from readout.language.kept import Kept
from readout.readers.added import remembered
from readout.readers.places.gazetteer import DEMONYM, Sense, find_senses, goes_on, known_senses, may_go_on
from readout.readers.places.names import fold_name
from readout.readers.places.words import words
from readout.types import Span

_ARTICLES = frozenset({"al", "el"})
_LONGEST = 7  # words; "Democratic Republic of the Congo" is five, hyphens count
#: A name's words are no longer; what is (a run without a blank) is not looked through again from each of its words.
_TWO_WORDS = re.compile(r"(\S{1,200})\s{1,20}\S{1,200}")
_FIRST_WORD = re.compile(r"(?:the\s{1,20})?(\S{1,200})", re.IGNORECASE)


class Candidate(NamedTuple):
    """Words `[first, last]` that may name a place, and what they may mean."""

    first: int
    last: int
    span: Span
    key: str
    senses: tuple[Sense, ...]

    @property
    def demonym(self) -> bool:
        """Whether the words are an adjective or an inhabitant's name, and nothing else of our own knowledge."""
        return (
            bool(self.senses)
            and all(s.use == DEMONYM for s in self.senses if s.entry.known)
            and any(s.entry.known for s in self.senses)
        )


def candidates(document: Document) -> list[Candidate]:
    """Every longest match, left to right, none overlapping another.

    Names that only sound like places ("New York Times", "Bank of America": places/words.yaml) hold no candidate.
    """
    found: list[Candidate] = []
    small, after = words().compass | _ARTICLES, 0
    for i in compress(count(), map(or_, document.capitals, map(small.__contains__, document.words))):
        if i < after or _stands_alone(document, i):
            continue
        match, after = _match(document, i)
        if match is not None:
            found.append(match)
    return found


def _stands_alone(document: Document, i: int) -> bool:
    """Whether a small word has white space behind it and no name of our own begins with it: "a", a comma."""
    if document.capitals[i] or document.words[i] == "the" or i + 1 == len(document.words):
        return False
    return document.ends[i] < document.starts[i + 1] and not _OPENS[document.tokens[i].text]


def _match(document: Document, at: int) -> tuple[Candidate | None, int]:
    tokens, capitals, ends_at = document.tokens, document.capitals, document.ends
    capital, start = capitals[at], tokens[at].start
    end = min(at + _LONGEST, document.sentences[tokens[at].sentence].last)
    edge, listed = _opening(document, start)
    if not capital and not listed and ends_at[at] >= edge:
        return None, at + 1  # as mostly: a small word alone is no name, and none of our own begins with it
    brands = words().brands
    behind: Iterable[int] = range(end - 1, at, -1)
    if not listed:  # as mostly: no name of our own begins so, and others end with a capital
        behind = [last for last in behind if (capital and capitals[last]) or ends_at[last] <= edge]
    if behind:
        farthest = _farthest(document.text, start)
        behind = [last for last in behind if ends_at[last] <= farthest]
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
    """Where a name that begins there ends at the latest: behind its second word, where no name goes on behind these two."""
    match = _TWO_WORDS.match(text, start)
    if match is None or not match[0].isascii():
        return len(text)
    if not _may_open_long(match[1]):
        return match.end()  # as mostly
    words = fold_name(match[0])
    return len(text) if goes_on(words) or words in _brand_openings() else match.end()


@remembered
def _may_open_long(word: str) -> bool:
    """Whether a name of more than one word may begin with this one."""
    first = fold_name(word)
    return may_go_on(first) or any(opening.startswith(first + " ") for opening in _brand_openings())


@cache
def _brand_openings() -> frozenset[str]:
    return frozenset(" ".join(name.split()[:2]) for name in words().brands)


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
    return Candidate(first, last, span, key, senses) if senses else None


def _form(written: str) -> str:
    return " ".join(written.split())


def _in_capitals(document: Document, i: int) -> bool:
    """Whether a short word in capitals stands among others ("LIMA, April 3"), and is no abbreviation."""
    tokens = document.tokens
    paragraph = document.paragraphs[document.sentence(i).paragraph]
    after = tokens[i + 1].text if i + 1 < len(tokens) else ""
    return tokens[i].start == paragraph[0] and after in (",", "(", "-", "--", "—", "_")
