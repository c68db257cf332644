"""Towns and villages that no gazetteer has, where the text says what they are and in which state they lie."""

from __future__ import annotations

from readout.language.document import Document
from readout.readers.places.gazetteer import Entry, fold_name
from readout.readers.places.matching import Candidate
from readout.readers.places.words import words

_LONGEST = 4  # words of a name
_BEFORE = 4  # words from a nationality to the noun: "the *Croatian* border town of Kwanti"
_BEHIND = 8  # words from a name to the state or region that it lies in
_STATES = ("country", "territory", "admin1", "area")


def with_settlements(document: Document, found: list[Candidate]) -> list[Candidate]:
    """Candidates with those names that only a noun makes a town's ("the village of Kwanti"), in text order.

    Only where a state is told that they lie in: a name alone puts nothing on the map.

    Args:
        document: the parsed document.
        found: what the gazetteer knows, in text order.
    """
    taken = {i for candidate in found for i in range(candidate.first, candidate.last + 1)}
    added = []
    for noun in document.called(words().settlements):
        first = noun + 1
        if document.words[first : first + 1] == ("of",):
            first += 1
        elif document.words[noun] not in words().settlements_alone:
            continue
        last = _end(document, first)
        if last < first or not taken.isdisjoint(range(first, last + 1)):
            continue
        span = document.tokens[first].start, document.tokens[last].end
        name = Candidate(first, last, span, fold_name(document.slice(span)), (), False, False)
        if _holder(document, name, found) is not None:
            added.append(name)
            taken.update(range(first, last + 1))
    added += _before_nouns(document, found, taken)
    return sorted([*found, *added], key=lambda candidate: candidate.first) if added else found


def _before_nouns(document: Document, found: list[Candidate], taken: set[int]) -> list[Candidate]:
    """Names that stand before the noun that makes them a district's: "the *Talun* sub-district of Batang"."""
    added = []
    for noun in document.called(words().districts):
        first = noun
        while noun - first < _LONGEST and _is_named(document, first - 1) and first - 1 not in taken:
            first -= 1
        article = first > 0 and document.words[first - 1] in words().before_districts
        if first == noun or not article or not document.texts[noun].islower():
            continue
        span = document.tokens[first].start, document.tokens[noun - 1].end
        key = fold_name(document.slice(span))
        if key in words().never or key in words().brands:
            continue
        name = Candidate(first, noun - 1, span, key, (), False, False)
        if _holder(document, name, found) is not None:
            added.append(name)
    return added


def _is_named(document: Document, i: int) -> bool:
    """Whether a word may be of a name that nobody knows: a noun in capitals that no list has for a people or a side."""
    if i <= 0 or not document.capitals[i] or document.tags[i] not in ("NNP", "NN"):
        return False
    return document.words[i] not in words().never and document.words[i] not in words().no_districts


def _end(document: Document, first: int) -> int:
    """The last word of the name that begins at word `first`; before it, where none does."""
    last, stop = (
        first - 1,
        min(first + _LONGEST, document.sentence(first).last if first < len(document.tokens) else first),
    )
    for i in range(first, stop):
        token = document.tokens[i]
        if first < i < stop - 1 and token.text == "-" and document.ends[i] == document.starts[i + 1]:
            continue  # "Al-Dandar"
        if not document.capitals[i] or token.pos not in ("PROPN", "NOUN", "ADJ"):
            break
        last = i
    return last


def told_holder(document: Document, found: list[Candidate], n: int) -> Entry | None:
    """The state or region in which a name that no gazetteer has is told to lie; None for others."""
    return None if found[n].senses else _holder(document, found[n], found)


def _holder(document: Document, name: Candidate, found: list[Candidate]) -> Entry | None:
    for other in reversed(found):
        noun = name.first - 1
        near = other.demonym and 0 < noun - other.last <= _BEFORE
        if near and "VERB" not in document.parts[other.last + 1 : noun]:
            return _state(other)
    behind = name.last + 1
    if document.words[behind : behind + 1] and document.words[behind] in words().districts:
        behind += 1  # "in Kwari *village*, in the state of"
    for other in found:
        near = name.last < other.first <= name.last + _BEHIND and not other.demonym
        if near and _joins(document, behind, other.first):
            return _state(other)
    return _only_state(document, name, found)


def _only_state(document: Document, name: Candidate, found: list[Candidate]) -> Entry | None:
    """The state that has been named before a name, where no place or people of another has: none where troops may be abroad."""
    states: dict[str, Entry] = {}
    named = False
    for other in found:
        if other.first >= name.first:
            break
        countries = {sense.entry.country: sense.entry for sense in other.senses if sense.entry.known}
        for country, entry in countries.items():
            if country is not None:
                states.setdefault(country, entry)
        named = named or (not other.demonym and any(e.kind in ("country", "territory") for e in countries.values()))
    only = next(iter(states.values())) if len(states) == 1 and named else None
    return None if only is None else next((s for o in found if (s := _state(o)) and s.country == only.country), None)


def _joins(document: Document, start: int, end: int) -> bool:
    """Whether the words between a name and a state say "in" it: ", in central", "in the southern province of"."""
    between = document.words[start:end]
    if not between or between[0] not in ("in", ",") or "and" in between:
        return False
    return "of" not in between or between[between.index("of") - 1] in words().region_words  # not "north of Lebanon"


def _state(candidate: Candidate) -> Entry | None:
    entries = [s.entry for s in candidate.senses if s.entry.kind in _STATES and s.entry.country is not None]
    return entries[0] if entries else None
