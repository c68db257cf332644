"""Cuts a noun phrase into names, states, role nouns and plain words."""

from __future__ import annotations

from typing import Literal, NamedTuple

from readout.language.lemmas import is_ordinary
from readout.readers.actors.bodies import goes_on_behind
from readout.readers.actors.joints import end_of_office, is_surname_behind
from readout.readers.actors.phrases import Page, Phrase
from readout.readers.actors.registry import Known
from readout.readers.actors.states import StateWord
from readout.readers.actors.topics import is_topic
from readout.readers.actors.words import (
    Noun,
    given_name,
    is_article,
    is_particle,
    is_suffix,
    organization_word,
    vocabulary,
)

_INSIDE_OF = frozenset({"of", "for"})


class Piece(NamedTuple):
    """A run of words `[first, last]` of one phrase and what it is."""

    first: int
    last: int
    sort: Literal["name", "known", "state", "role", "word"]
    known: tuple[Known, ...] = ()
    state: StateWord | None = None
    noun: Noun | None = None
    plural: bool = False


def scan(page: Page, phrase: Phrase) -> list[Piece]:
    """The pieces of a phrase, in text order, without gaps."""
    pieces: list[Piece] = []
    i, end = phrase.first, phrase.last + 1
    while i < end:
        piece = _piece_at(page, i, end, pieces) if page.telling[i] else Piece(i, i, "word")
        pieces.append(piece)
        i = piece.last + 1
    return pieces


def _piece_at(page: Page, i: int, end: int, before: list[Piece]) -> Piece:
    state = page.state(i, end) if i in page.states else None
    known = page.known.get(i)
    if known is not None and i + known[0] > end:
        known = None
    if known is not None and _is_initials(page, i, end, before):
        known = None
    if known is not None and (state is None or known[0] > state[0]) and not _goes_on(page, i + known[0], end, known[1]):
        return Piece(i, i + known[0] - 1, "known", known=known[1])
    if state is not None and not _is_personal(page, i, i + state[0], end):
        return Piece(i, i + state[0] - 1, "state", state=state[1])
    role = page.noun(i, end)
    if role is not None and _is_cut(page, i, role[0]):
        role = None  # "the intelligence *Agency for National Security Planning*"
    if role is not None and before and before[-1].noun is not None and is_surname_behind(page, i, before[-1].last):
        role = None
    if role is not None and not (page.capital[i] and _names_body(page, i, role, end)):
        last = i + role[0] - 1
        plural = role[2] or page.document.tokens[last].tag in ("NNS", "NNPS")
        last = end_of_office(page, last, end)
        if last + 2 < end and page.glued(last + 1) and page.lower[last + 2] in vocabulary("after_office"):
            last += 2
        return Piece(i, last, "role", noun=role[1], plural=plural)
    if page.capital[i]:
        return Piece(i, _end_of_name(page, i, end), "name")
    return Piece(i, i, "word")


def _is_cut(page: Page, i: int, length: int) -> bool:
    """Whether a role noun ends in words that begin a name of the registry which goes on behind it."""
    return any(at in page.known and at + page.known[at][0] > i + length for at in range(i + 1, i + length))


def _is_initials(page: Page, i: int, end: int, before: list[Piece]) -> bool:
    """Whether two or three capitals are somebody's initials, behind a title and before a name: "Minister *MK* Orsk"."""
    titled = bool(before) and before[-1].noun is not None and before[-1].noun.one and not before[-1].plural
    word = page.words[i]
    dotted = (
        page.known[i][0] == 1 and word.endswith(".") and word.count(".") > 1 and len(word) == 2 * word.count(".")
    )  # "*M.K.* Orsk", with or without a title
    short = word.isupper() and (dotted or 1 < len(word) < 4)
    return (
        (titled or (dotted and not _is_body(page, i + 1, end)))
        and short
        and i + 1 < end
        and page.capital[i + 1]
        and not page.words[i + 1].isupper()
    )


def _is_body(page: Page, i: int, end: int) -> bool:
    """Whether a word behind capitals with points is no name of a person: "U.S. *Congress*", "the U.N. *Security* Council"."""
    return i >= end or organization_word(page.lower[i]) is not None or page.noun(i, end) is not None or i in page.known


def _goes_on(page: Page, at: int, end: int, known: tuple[Known, ...]) -> bool:
    """A registry name inside a longer unknown one: an organization's word follows ("Jordan Mills"), or a hyphen ("ANC-NK")."""
    if at + 1 < end and page.glued(at) and page.words[at + 1].isupper():
        return page.known.get(at + 1) is None and page.state(at + 1, end) is None
    if any(k.kind == "person" for k in known):
        return at + 1 < end and is_article(page.lower[at]) and page.glued(at + 1)  # "Mohamed Orsk *al-Kanti*"
    if at >= end or not page.capital[at]:
        return False
    if page.lower[at] == "against":
        return True  # "the United Front *Against* the Council"
    if all(k.kind == "company" for k in known) and page.known.get(at) is None and page.noun(at, end) is None:
        strange = not is_ordinary(page.lower[at]) and at not in page.placed and page.state(at, end) is None
        if strange and page.document.parts[at] == "PROPN":
            return True  # "Sony *Dwi* Orsk", who is no firm
    return organization_word(page.lower[at]) is not None and page.noun(at, end) is None


def _is_personal(page: Page, first: int, after: int, end: int) -> bool:
    """A state's name that begins a person's: "Jordan Baltan", "Georgia Melun", "Chad Orsk"."""
    if after == first + 1 and after in page.joints:
        after += 1  # a nickname follows
    elif after != first + 1:
        return False
    if after >= end or not page.capital[after]:
        return False
    return (
        given_name(page.lower[first]) is not None
        and page.noun(after, end) is None
        and organization_word(page.lower[after]) is None
    )


def _names_body(page: Page, i: int, role: tuple[int, Noun, bool], end: int) -> bool:
    """A capitalised role noun that is a part of an organization's name: "General Assembly", "Council of Elders"."""
    after = i + role[0]
    if after in page.joints and after + 1 < end:
        return True  # "*Children*'s Hospital"
    alone = i == 0 or not (page.capital[i - 1] or i - 1 in page.joints)
    if not role[1].one:
        if after >= end and (_fights_for(page, i, after) or _is_named_after(page, after - 1)):
            return True
        follows = after < end and page.capital[after]
        return follows or not alone
    if after >= end or not page.capital[after]:
        return False
    if role[2] and not given_name(page.lower[after]):
        return organization_word(page.lower[after]) is not None
    if _is_named_for(page, role[1], after, end) or page.lower[after] in vocabulary("papers_of_states"):
        return True
    word = organization_word(page.lower[after])
    if word is None:
        return False
    people = role[1].group == "people" and (after + 1 >= end or not page.capital[after + 1])  # "*Youth* TV"
    return people or page.noun(after, end) is not None


def _is_named_for(page: Page, noun: Noun, after: int, end: int) -> bool:
    """A body by a person or a persuasion: "*Cardinal* Orsk Foundation", "*Liberal* Democratic Party"."""
    last = after
    while last + 1 < end and page.capital[last + 1]:
        last += 1
    words = page.lower[after : last + 1]
    if words[-1] in vocabulary("named_for_people"):
        return True
    if noun.lemma not in vocabulary("title_or_adjective"):
        return False
    body = organization_word(words[-1])
    return (
        body is not None
        and body.kind in ("party", "organization", "company", "ngo")
        and not any(map(given_name, words))
    )


def _is_named_after(page: Page, last: int) -> bool:
    """A body by what it is for: "Department of Defense", "Office of the Prosecutor"; by a state or place only a bank and the like."""
    if last + 2 >= len(page.words) or not _is_inside(page, last + 1):
        return False
    sentence = page.document.sentence(last)
    ahead = last + 2 + (page.lower[last + 2] == "the")
    if ahead >= sentence.last or not page.capital[ahead]:
        return False
    if page.lower[last] in vocabulary("named_by_place"):
        return True
    state = page.state(ahead)
    if state is None:
        return ahead not in page.placed
    return state[1].use == "adjective" and page.capital[min(ahead + state[0], sentence.last - 1)]


def _fights_for(page: Page, i: int, after: int) -> bool:
    """An armed body and its cause: "Army for Oruland Independence"."""
    if page.lower[i] not in vocabulary("armed"):
        return False
    last = longer_name(page, i, after - 1)
    return bool(vocabulary("causes") & set(page.lower[after : last + 1]))


def _end_of_name(page: Page, start: int, end: int) -> int:
    """The last word of the capitalised name that starts at `start`."""
    i = start
    body = organization_word(page.lower[start]) is not None
    while i + 1 < end:
        if page.capital[i + 1]:
            role = page.noun(i + 1, end)
            if role is not None and (role[1].one and not _names_body(page, i + 1, role, end)):
                halved = role[0] == 1 and i + 3 < end and page.glued(i + 2) and page.capital[i + 3]  # "Saint-Cyr"
                if not halved or page.noun(i + 3, end) is not None:
                    break
            if _is_new_state(page, i + 1, end) or _is_own_name(page, start, i + 1):
                break
            i += 1
            body = body or organization_word(page.lower[i]) is not None
        elif page.glued(i + 1) and i + 2 < end and (page.capital[i + 2] or is_particle(page.lower[i])):
            i += 2
        elif i + 1 in page.joints:
            i += 1
        elif is_particle(page.lower[i + 1]) or page.lower[i + 1] == "&":
            ahead = i + 1
            while ahead < end and not page.capital[ahead]:
                ahead += 1
            if ahead >= end:
                break
            i = ahead
        elif is_suffix(page.lower[i + 1]):
            i += 1
        else:
            break
    return i


def _is_own_name(page: Page, start: int, i: int) -> bool:
    """Whether a registry name of more than one word begins behind a word that is none of its: "Lakeland *Rally for the Valley*"."""
    known = page.known.get(i)
    if known is None or known[0] < 2 or known[1][0].kind == "person" or len(known[1]) > 1:
        return False
    before, words = page.lower[start:i], vocabulary("party_words")
    if words.issuperset(page.lower[i : i + known[0]]) and not any(map(is_ordinary, before)):
        return False  # "the Halvian *People's Party*": one of many
    return words.isdisjoint(before) and organization_word(before[0]) is None


def _is_new_state(page: Page, i: int, end: int) -> bool:
    """A state's adjective or name glued on: "Nikar-Russian"."""
    return page.glued(i - 1) and page.state(i, end) is not None


def longer_name(page: Page, first: int, last: int) -> int:
    """The end of an organization's name that goes on after "of" or "for"; else `last`."""
    sentence = page.document.sentence(first)
    at = last
    if page.lower[at] == "against":  # written with a capital
        at = last - 1
    while at + 2 < sentence.last and _is_inside(page, at + 1):
        ahead = at + 2 + (page.lower[at + 2] == "the")
        if ahead >= sentence.last or not page.capital[ahead]:
            break
        if at > last and (ahead in page.placed or page.state(ahead)):
            break  # "Ministry of Health of Peru": whose it is
        at = _run_of_capitals(page, ahead, sentence.last)
    return at


def _run_of_capitals(page: Page, i: int, end: int) -> int:
    placed = i in page.placed or page.state(i) is not None
    while i + 1 < end:
        joined = page.lower[i + 1] == "and" and i + 2 < end and page.capital[i + 2]
        if not page.capital[i + 1] and not (joined and goes_on_behind(page, i + 2, placed=placed)):
            listed = i + 2 < end and page.words[i + 1] == "," and page.capital[i + 2] and _is_list(page, i, end)
            if not listed:
                break
        i += 1
    return i


def _is_list(page: Page, i: int, end: int) -> bool:
    """Whether a list of topics that goes on with a comma behind word `i` ends in "and" and one more: "Alcohol, Tobacco and Firearms"."""
    at = i
    while at + 2 < end and page.words[at + 1] == "," and is_topic(page.lower[at]) and is_topic(page.lower[at + 2]):
        at += 2
    while at + 1 < end and page.capital[at + 1]:
        at += 1
    return at > i + 1 and at + 2 < end and page.lower[at + 1] == "and" and is_topic(page.lower[at + 2])


def _is_inside(page: Page, i: int) -> bool:
    """Whether a body's name goes on after the preposition at `i`: "Ministry *of* Health", "Committee *on* Foreign Affairs"."""
    if page.lower[i] in _INSIDE_OF:
        return True
    if page.lower[i] == "against":
        return page.capital[i - 1] and page.lower[i - 1] in vocabulary("bodies_against")
    return page.lower[i] == "on" and page.lower[i - 1] in vocabulary("bodies_on") and i + 1 not in page.placed
