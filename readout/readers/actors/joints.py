"""Small words inside names and offices, which end no phrase: "chief *of the* general staff", "the People*'s* Party"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from readout.readers.actors.topics import is_topic
from readout.readers.actors.words import (
    find_noun,
    first_words,
    given_name,
    is_portfolio,
    organization_word,
    singulars,
    vocabulary,
)

if TYPE_CHECKING:
    from readout.language.document import Document
    from readout.readers.actors.phrases import Page

_SMALL = frozenset({"of", "in", "at", "for"})
_REACH = 3  # words that an office can have before its preposition
_NAMED = 4  # words within which a name with a possessive must say what body it names


def inside_offices(page: Page) -> Iterator[int]:
    """The words behind the first one of each office that has a preposition in it: "of", "staff" in "chief of staff"."""
    lower = page.lower
    for i in page.document.called(_SMALL):
        sentence = page.document.sentence(i)
        if i > sentence.first and (lower[i - 1] in vocabulary("offices_over") or _is_ministry(page, i - 1)):
            yield from range(i, end_of_office(page, i - 1, sentence.last) + 1)
        for start in range(max(sentence.first, i - _REACH), i):
            if lower[start] not in first_words():
                continue
            found = find_noun(lower, start, sentence.last)
            if found is not None and start + found[0] > i + 1 and not _goes_on(page, start + found[0], sentence.last):
                yield from range(start + 1, start + found[0])
                break


def end_of_office(page: Page, last: int, end: int) -> int:
    """Where an office that ends at `last` goes on to with what it is over, before word `end`: "Minister *of Defence and Security*"."""
    lower, capital = page.lower, page.capital
    at = last + 1
    if at + 1 >= end or lower[at] not in ("of", "for"):
        return last
    ministry = _is_ministry(page, last)
    if lower[last] not in vocabulary("offices_over") and not ministry:
        return last
    first = at + 1 + (lower[at + 1] == "the")
    if first >= end or not _is_over(page, first) or (lower[at] == "for" and not capital[first]):
        return last
    i = first
    while i + 1 < end:
        if (
            lower[i + 1] == "affairs"
            or (lower[i + 1] in _ENDINGS and i + 2 < end and lower[i + 2] == "affairs")
            or (capital[i + 1] and _is_over(page, i + 1))
            or (ministry and _is_over(page, i + 1) and page.noun(i + 1, i + 2) is None)
        ):
            i += 1
        elif lower[i + 1] == "and" and i + 2 < end and _is_over(page, i + 2) and (capital[i + 2] or ministry):
            if not capital[i + 2] and not _is_too(page, i + 2):
                break  # "the ministry of defence *and police*"
            i += 2
        else:
            break
    return i


def _is_ministry(page: Page, i: int) -> bool:
    """Whether word `i` is a ministry in small letters, whose name goes on: "the *ministry* of culture and information"."""
    return page.lower[i] in vocabulary("bodies_over") and not page.document.capitals[i]


def _is_too(page: Page, i: int) -> bool:
    """Whether what stands behind "and" belongs to the same ministry, and is no body itself or said of one."""
    return page.noun(i, i + 1) is None and not (
        i + 1 < len(page.lower) and page.lower[i + 1] in vocabulary("bodies_over")
    )


def _is_over(page: Page, i: int) -> bool:
    """Whether an office can be over what word `i` names: more than the portfolios where it is written as a name."""
    word, last = page.lower[i], page.document.sentence(i).last
    if page.capital[i]:
        run = i
        while run + 1 < last and page.capital[run + 1]:
            run += 1
        named = page.known.get(i)
        if (named is not None and named[0] > 1) or (run > i and organization_word(page.lower[run]) is not None):
            return False  # "Secretary of the *Security Council*"
    if is_portfolio(word) or (not page.capital[i] and is_topic(word)):
        return True
    return page.capital[i] and (is_topic(word) or word in vocabulary("owners_in_names"))


def _goes_on(page: Page, after: int, end: int) -> bool:
    """Whether the last word of an office is but the first of another noun: "head of *state television*"."""
    return (
        after < end and page.document.tags[after] in ("NN", "NNS") and page.document.tokens[after - 1].dep == "compound"
    )


def times_in_names(document: Document, timed: frozenset[int]) -> Iterator[int]:
    """The words for times inside names of papers and persons: "the *Daily* Mail", "the *Sunday* Times", "*Jan* Kole"."""
    words, capitals, parts = document.words, document.capitals, document.parts
    for i in timed:
        if not capitals[i]:
            continue
        before, after = i - 1, i + 1
        named = after < len(words) and capitals[after] and after not in timed and parts[after] in ("PROPN", "NOUN")
        if words[i] in vocabulary("times_of_papers"):
            media = organization_word(words[after]) if named else None
            paper = media is not None and media.kind == "media"
            daily = words[i] in vocabulary("papers") and before >= 0 and capitals[before] and parts[before] == "PROPN"
            if paper or (daily and before not in timed and document.sentence(i).first < i):
                yield i
        elif named and given_name(words[i]) is not None and not (before >= 0 and document.texts[before].isdigit()):
            yield i


def party_names(page: Page) -> Sequence[str]:
    """The words of an article with the small noun behind a party's name written large, as the registry has it: "Green *party*"."""
    lower, words = page.lower, page.words
    small = [
        i for i in page.document.called(vocabulary("small_nouns")) if i and lower[i] == words[i] and page.capital[i - 1]
    ]
    if not small:
        return words
    changed = list(words)
    for i in small:
        changed[i] = words[i].capitalize()
    return changed


def surnames_like_offices(page: Page) -> Iterator[str]:
    """Words for offices that are somebody's surname here, lower case: "major", where John Major is named."""
    for at, (length, known) in page.known.items():
        if known[0].kind == "person" and length > 1 and page.noun_opens[at + length - 1]:
            yield page.lower[at + length - 1]
    for i in range(1, len(page.lower)):
        if not (page.noun_opens[i] and page.capital[i] and page.capital[i - 1]) or page.document.sentence(i).first == i:
            continue
        follows = i + 1 < len(page.lower) and page.capital[i + 1]
        if (not follows and given_name(page.words[i - 1])) or is_surname_behind(page, i, i - 1):
            yield page.lower[i]


def is_surname_behind(page: Page, i: int, title: int) -> bool:
    """Whether a capital word for anybody behind a title is the holder's name or its beginning: "Bishop *Fan*", "Mr. *Guest*"."""
    last = page.document.sentence(i).last
    noun, office = find_noun(page.lower, i, last), find_noun(page.lower, title, i)
    if noun is None or office is None or noun[0] != 1 or noun[2] or not office[1].one or office[2]:
        return False
    if not (page.capital[i] and page.capital[title]) or office[1].group == noun[1].group:
        return False
    return office[1].title or noun[1].group == "people"


def nicknames(page: Page) -> Iterator[int]:
    """The quotation marks round a name between the given name and the surname: "Halvor *“*Bud*”* Orsk"."""
    words, capitals = page.words, page.document.capitals
    for i in page.document.called(_QUOTES):
        if words[i] not in _QUOTES or not 0 < i < len(words) - 3 or words[i + 2] not in _QUOTES:
            continue
        around = capitals[i - 1] and capitals[i + 1] and capitals[i + 3] and not words[i - 1].isupper()
        if around and page.document.parts[i - 1] == "PROPN" and page.document.sentence(i).last > i + 3:
            yield from (i, i + 2)


def numbered(page: Page) -> Iterator[int]:
    """The words of a rank by number: "the *No. 2* official"."""
    for i in page.document.called(_NUMBER):
        numbered_so = i + 2 < len(page.words) and page.words[i + 1] == "." and page.words[i + 2].isdigit()
        if numbered_so and page.words[i] == "No" and not page.spaces[i]:
            yield from (i, i + 1, i + 2)


def inner_possessives(page: Page) -> Iterator[int]:
    """The possessive endings inside names of bodies: "the Halvian People*'s* Party", "the Workers*'* Union"."""
    lower, capital, document = page.lower, page.capital, page.document
    for i in document.called(_ENDINGS):
        if not 0 < i < len(lower) - 1 or not (page.words[i - 1][:1].isupper() and capital[i + 1]):
            continue
        if lower[i - 1] not in vocabulary("owners_in_names"):
            continue
        at, last = i + 1, min(document.sentence(i).last, i + 1 + _NAMED)
        while at < last and capital[at]:
            if any(organization_word(word) is not None for word in singulars(lower[at])):
                yield i
                break
            at += 1


_ENDINGS = frozenset({"'s", "’s", "'", "’"})
_QUOTES = frozenset({'"', "“", "”"})
_NUMBER = frozenset({"no"})
