"""What is said behind those counted: "12 dead", "six people, among them two guards, *were killed*"."""

from __future__ import annotations

from readout.language.document import Document
from readout.readers.figures.counted import listed
from readout.readers.figures.stated import is_for_people_alone, table, verb_measure

_LIGHT = ("be", "have", "get")
_BETWEEN = frozenset(
    {"others", "more", "also", "already", "reportedly", "people", "of", "them", "whom", "who", "which", "that", "were", "was", "since",
     "later", "far", "so", "other", "seriously", "badly", "slightly", "critically", "allegedly", "confirmed", "-"}
)  # fmt: skip
#: How an inset behind those counted begins: "15 people, *among* them four children, were killed".
_INSETS = frozenset(
    {"including", "among", "mostly", "most", "mainly", "many", "some", "all", "both", "aged", "a", "an", "one", "the", "at", "half"}
)  # fmt: skip
#: Words of an inset, and words from those counted to what happened to them.
_INSET, _STEPS = 18, 9
#: Parts of speech in a row of things counted.
_ROW = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "CCONJ", "DET"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def said_after(document: Document, first: int, last: int, noun: int | None) -> str | None:
    """ "12 dead", "20 others wounded", "six people were killed"."""
    tokens = document.tokens
    at = (noun if noun is not None and noun > last else last) + 1
    own = (
        at if document.words[last + 1 : last + 2] != ("of",) else at - 1
    )  # of "12 of the 40 wounded" these are the whole
    for i in range(last + 1, own):
        if tokens[i].lower in table("state") and tokens[i].lower != "hostage":
            return table("state")[tokens[i].lower]
    return _said_from(document, at, noun)


def _said_from(document: Document, at: int, noun: int | None) -> str | None:
    """What the words from word `at` on say of those counted before it."""
    tokens, end, start, passive = document.tokens, document.sentence(at - 1).last, at, False
    steps = 0
    while at < end and steps < _STEPS:
        token, lower = tokens[at], tokens[at].lower
        if lower in listed("dreaded"):
            return None
        if lower in (",", "(", "including") and steps <= 1 and (behind := _behind_inset(document, at, end)):
            at, start = behind, behind
            continue
        if (
            token.lemma in _LIGHT
            or token.pos == "AUX"
            or token.tag in ("RB", "RBR")
            or lower in _BETWEEN
            or (lower in listed("known_by") and not _says_itself(document, at, passive))
            or (lower in ("to", "as", "among") and at > start)
            or (lower == "the" and document.words[at - 1] == "among")
        ):
            passive = passive or token.lemma == "be"
        elif lower in table("state") and not _takes_object(document, at, passive):
            return _released_since(document, at, start, end, noun) or table("state")[lower]
        elif token.tag in ("VBN", "VBD", "VBP", "VB", "VBG", "JJ"):
            return _of_verb(document, at, start, end, passive, noun)
        else:
            return None
        at, steps = at + 1, steps + 1
    return None


def _says_itself(document: Document, at: int, passive: bool) -> bool:
    """Whether a verb by which a state is known tells one itself: "went *missing*", "left their homes"."""
    return verb_measure(document, at, passive) is not None and document.lemmas[at] not in ("have", "be")


def _of_verb(document: Document, at: int, start: int, end: int, passive: bool, noun: int | None) -> str | None:
    """What a verb behind those counted says, or one joined to it: "were shot *and wounded*"."""
    if is_for_people_alone(document, at, noun):
        return None
    measure = None
    if document.tags[at] in ("VBN", "JJ") or passive:
        measure = _released_since(document, at, start, end, noun) or verb_measure(document, at, passive=True)
    measure = measure or verb_measure(document, at, passive=False)
    if measure is None and passive and at + 2 < end and document.words[at + 1] == "and":
        measure = table("state").get(document.words[at + 2])
    return measure


def _released_since(document: Document, at: int, start: int, end: int, noun: int | None) -> str | None:
    """What a whole sentence says of those whom a participle describes: "three soldiers *captured* in May *were released*"."""
    if at != start or document.tags[at] not in ("VBN", "VBD"):
        return None
    for i in range(at + 1, min(at + _STEPS, end - 1)):
        if document.words[i] in (",", ";") or document.tags[i] in ("CC", "WDT", "WP", "WRB"):
            return None
        if document.tags[i] in _FINITE:
            return _said_from(document, i, noun) if document.lemmas[i] in _LIGHT else None
    return None


def _behind_inset(document: Document, at: int, end: int) -> int | None:
    """The word behind an inset that begins at a comma or bracket, where the clause goes on there."""
    if document.words[at] == "including":  # "11 others including two Germans were wounded"
        return next((i for i in range(at + 2, min(at + _INSET, end - 1)) if document.tokens[i].pos == "AUX"), None)
    closing = ")" if document.words[at] == "(" else ","
    if at + 1 >= end or (closing == "," and document.words[at + 1] not in _INSETS and document.tags[at + 1] != "CD"):
        return None
    for i in range(at + 2, min(at + _INSET, end - 1)):
        if document.words[i] in (";", ":"):
            return None
        if document.words[i] == closing:
            following = document.tokens[i + 1]
            if following.pos == "AUX" or following.tag in ("VBD", "VBP", "VBN"):
                return i + 1
            if closing == ")":
                return None
    return None


def _takes_object(document: Document, verb: int, passive: bool) -> bool:
    """Whether the participle is really a verb with an object ("two gunmen killed a guard")."""
    return not passive and document.child(verb, "obj") is not None


def joined(document: Document, first: int, last: int, noun: int | None) -> str | None:
    """ "A dozen soldiers *and as many civilians* died", which the tree may take apart."""
    at = (noun if noun is not None and noun > last else last) + 1
    tokens, sentence = document.tokens, document.sentence(last)
    if document.words[at : at + 2] == (
        ",",
        "including",
    ):  # "three officers, including a colonel, *and two guards died*"
        at = next((i for i in range(at + 2, min(at + _INSET, sentence.last)) if document.words[i] == ","), at)
    if (
        at >= sentence.last
        or document.words[at] not in ("and", ",")
        or any(tokens[i].pos == "VERB" for i in range(sentence.first, first))
    ):
        return None
    counts = False
    for i in range(at + 1, min(at + _STEPS, sentence.last)):
        if tokens[i].pos in ("AUX", "VERB"):
            return _said_from(document, i, noun) if counts else None
        counts = counts or tokens[i].tag == "CD" or document.words[i] == "many"
        if tokens[i].pos not in _ROW and document.words[i] not in ("as", ","):
            return None
    return None
