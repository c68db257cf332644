"""Whether words that could name a place do name one here: persons, brands and ordinary words are set aside."""

from __future__ import annotations

import re
from itertools import compress

from readout.language.document import Document
from readout.readers.places.gazetteer import find_senses, is_capital
from readout.readers.places.matching import Candidate
from readout.readers.places.words import words

#: What goes on with the name of a place in French: "Val *d'Oise*".
_OF_SOMEWHERE = re.compile(r" d['’][A-ZÀ-Þ]")
#: A town below this is believed only where the words around it say that it is a place.
_PROMINENT, _LARGE = 150_000, 400_000
#: Words for several regions, and words from a name to them in a row of names.
_PLURALS = frozenset({"provinces", "regions", "governorates", "states", "oblasts", "prefectures"})
_ROW = 9


def persons_in(document: Document) -> frozenset[str]:
    """The surnames of this article's persons, lower-cased: words after a given name or a title."""
    found = set()
    tokens, given_names, titles = document.tokens, words().given_names, words().titles
    for i in compress(range(1, len(tokens)), document.capitals[1:]):
        token, before = tokens[i], tokens[i - 1]
        if token.pos != "PROPN":
            continue
        if token.sentence != before.sentence:
            continue
        if before.lower in given_names and token.dep == "flat" and token.head == i - 1:
            found.add(before.lower)
        if before.lower in given_names or before.lower.rstrip(".") in titles:
            found.add(token.lower)
            if i + 1 < len(tokens) and tokens[i + 1].pos == "PROPN" and tokens[i + 1].text[:1].isupper():
                found.add(tokens[i + 1].lower)
    return frozenset(found)


def is_place(document: Document, candidate: Candidate, persons: frozenset[str]) -> bool:
    """Whether a candidate names a place.

    Args:
        document: the parsed document.
        candidate: the words and what they may mean.
        persons: `persons_in(document)`.
    """
    if candidate.demonym:
        return not _is_person(document, candidate)
    known = candidate.known
    if not known and _is_end_of_name(document, candidate):
        return False
    if _names_other(document, candidate.last + 1, known):
        return False
    if _is_person(document, candidate):
        return False
    said = (
        _is_said_place(document, candidate) or is_called_region(document, candidate) or is_articled(document, candidate)
    )
    if candidate.key in words().doubtful and not (known or _is_surely_named(document, candidate)):
        return False
    if candidate.first == candidate.last and candidate.key in persons and not said:
        return False
    if known or said or candidate.key.endswith(" county"):
        return True
    written = document.slice(candidate.span)
    if written.isupper() and len(written) < 5:
        return False  # an abbreviation of something else
    if candidate.key in words().given_names:
        return False
    if any(is_capital(sense.entry) and not sense.entry.alternate for sense in candidate.senses):
        return True
    best = max((sense.entry for sense in candidate.senses), key=lambda entry: entry.weight)
    if best.alternate:
        return False
    return best.weight >= _LARGE or (best.weight >= _PROMINENT and not _inside_name(document, candidate))


def _is_surely_named(document: Document, candidate: Candidate) -> bool:
    """Whether an ordinary word is a name here: "moved to *Nice*", "*Normal*, Illinois"."""
    if candidate.first == document.sentence(candidate.first).first or _name_word(document, candidate.last + 1):
        return (
            candidate.last + 2 < len(document.tokens)
            and _word(document, candidate.last + 1) == ","
            and _is_holder(document, candidate)
        )
    return _word(document, candidate.first - 1) in words().prepositions or _is_holder(document, candidate)


def _is_holder(document: Document, candidate: Candidate) -> bool:
    """Whether behind a comma stands what one of a name's places lies in."""
    if _word(document, candidate.last + 1) != ",":
        return False
    behind = document.tokens[candidate.last + 2 : candidate.last + 3]
    holders = [s.entry for t in behind for s in find_senses(t.lower, t.text) if s.entry.kind in ("country", "admin1")]
    return any(h.country == s.entry.country for h in holders for s in candidate.senses)


def is_articled(document: Document, candidate: Candidate) -> bool:
    """Whether the article that belongs to the name of a place stands before it: "*The* Hague"."""
    return candidate.key in words().articled and _word(document, candidate.first - 1) == "the"


def is_called_region(document: Document, candidate: Candidate) -> bool:
    """Whether the words beside a name say that a region of that name is meant, and not its town: "Kursk *region*", "the *province of*
    Latakia", "Homs and Hama *provinces*"."""
    if not (_behind_called(document, candidate) or _before_called(document, candidate)):
        return False
    return any(s.entry.kind == "admin1" or s.entry.admin1 for s in candidate.senses)


def _behind_called(document: Document, candidate: Candidate) -> bool:
    """Whether a word for a region stands behind a name, or behind a row of names of which it is one."""
    after, end = candidate.last + 1, document.sentence(candidate.last).last
    if after >= end:
        return False
    if document.words[after] in words().region_words:
        # "Ohio State" is a university
        return document.tokens[after].text != "State" or (
            not _name_word(document, after + 1)
            and any(s.entry.kind == "admin1" and s.entry.country != "USA" for s in candidate.senses)
        )
    beside = document.words[after] if document.words[after] not in _PLURALS else _word(document, candidate.first - 1)
    if beside not in (",", "and", "or"):
        return False  # "the Gulf states"
    for i in range(after, min(after + _ROW, end)):
        if document.words[i] in _PLURALS:
            return document.words[i - 1] != ","
        if document.words[i] not in (",", "and", "or", "-") and not _name_word(document, i):
            return False
    return False


def _before_called(document: Document, candidate: Candidate) -> bool:
    """Whether "province of" or the like stands before a name."""
    at = candidate.first - 2
    if at < document.sentence(candidate.first).first or document.words[at + 1] != "of":
        return False
    return document.words[at] in words().region_words


def _names_other(document: Document, i: int, known: bool) -> bool:
    """Whether the word after the name makes it the name of a road, a building or a water."""
    if i >= len(document.tokens) or not document.tokens[i].text[:1].isupper():
        return False
    word = document.words[i]
    return word in words().ways or (word in words().natural and not known)


def _is_end_of_name(document: Document, candidate: Candidate) -> bool:
    """Whether a name is only a part of one that the gazetteer does not have: "Seine-*Saint-Denis*", "*Val* d'Oise"."""
    start, end = candidate.span
    if _OF_SOMEWHERE.match(document.text, end):
        return True
    before = candidate.first - 2
    after = candidate.last + 2
    if document.text[end : end + 1] == "-" and after < len(document.tokens) and _name_word(document, after):
        return not _is_prominent(document, after)  # "*Castilla*-La Mancha"
    if start == 0 or document.text[start - 1] != "-" or before < 0 or not document.capitals[before]:
        return False
    return not _is_prominent(document, before)


def _is_prominent(document: Document, i: int) -> bool:
    """Whether a word is the name of a place that many know, so that two names stand beside each other: "Moscow-Kazan"."""
    senses = find_senses(document.words[i], document.tokens[i].text)
    return any(sense.entry.weight >= _PROMINENT and sense.entry.kind != "river" for sense in senses)


def _word(document: Document, i: int) -> str:
    if not 0 <= i < len(document.tokens):
        return ""
    return document.words[i]


def _name_word(document: Document, i: int) -> bool:
    """Whether word `i` is part of a name: capitalised, a proper noun, not the article's own shouting."""
    if not 0 <= i < len(document.tokens):
        return False
    token = document.tokens[i]
    return token.pos == "PROPN" and token.text[:1].isupper()


def _is_person(document: Document, candidate: Candidate) -> bool:
    tokens = document.tokens
    first, last = candidate.first, candidate.last
    sentence = document.sentence(first)
    before = tokens[first - 1] if first > sentence.first else None
    after = tokens[last + 1] if last + 1 < sentence.last else None
    if before is not None and not candidate.demonym and before.lower in words().particles:
        name = document.tokens[first - 2] if first - 2 >= sentence.first else before
        person = name.pos == "PROPN" and (not candidate.known or name.lower in words().given_names)
        if before.text[:1].isupper() or person:
            return True  # "Julie *de* Lima", "De Lima"
    if before is not None and not candidate.demonym and before.text[:1].isupper():
        if before.lower in words().given_names:
            return True
        title = before.lower.rstrip(".") in words().titles
        if title and not (before.head != before.i and before.head not in range(first, last + 1)):
            return True
        if len(before.text) == 2 and before.text[1] == "." and before.pos == "PROPN":
            return True
    if candidate.demonym or after is None:
        return False
    is_given = first == last and tokens[first].lower in words().given_names
    if is_given and candidate.known:
        is_given = after.dep == "flat" and after.head == first
    named = after.pos == "PROPN" and after.text[:1].isupper() and after.lower not in words().bodies
    if is_given and named:
        return True
    return after.dep == "flat" and after.head == first and named and not candidate.known


def _is_said_place(document: Document, candidate: Candidate) -> bool:
    """Whether the words around say it: "in X", "X, Iraq", "X police", "the town of X"."""
    tokens = document.tokens
    sentence = document.sentence(candidate.first)
    at = candidate.first - 1
    while at >= sentence.first and tokens[at].lower in words().compass:
        at -= 1
    before = tokens[at].lower if at >= sentence.first else ""
    inside = _inside_name(document, candidate)
    if before == "of" and at - 1 >= sentence.first and tokens[at - 1].lower in words().site_nouns:
        return True
    if before in words().prepositions and not inside:
        return not (before == "to" and at > sentence.first and tokens[at - 1].lower == "according")
    after = _word(document, candidate.last + 1)
    if after in words().site_nouns and not inside:
        return True
    if after == "," and candidate.last + 2 < sentence.last:
        from_comma = document.tokens[candidate.last + 2]
        if from_comma.lower in words().place_modifiers:
            return True
    return _opens(document, candidate)


def _opens(document: Document, candidate: Candidate) -> bool:
    """Whether it stands as a dateline: in capitals at the start of a paragraph."""
    paragraph = document.paragraphs[document.sentence(candidate.first).paragraph]
    written = document.slice(candidate.span)
    return candidate.span[0] == paragraph[0] and written.isupper() and len(written) > 3


def _inside_name(document: Document, candidate: Candidate) -> bool:
    """Whether it is only a part of a longer name that is no place name followed by a title or body."""
    before, after = candidate.first - 1, candidate.last + 1
    sentence = document.sentence(candidate.first)
    if before >= sentence.first and _name_word(document, before) and document.words[before] not in words().titles:
        return True
    if after < sentence.last and _name_word(document, after):
        word = document.words[after].rstrip(".")
        return word not in words().bodies and word not in words().titles
    return False
