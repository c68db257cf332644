"""Names without and with a title: what they name, by the registry and by the words in them."""

from __future__ import annotations

from collections.abc import Sequence

from readout.readers.actors.mentions import Mention, mark
from readout.readers.actors.nominals import describe, with_owner
from readout.readers.actors.phrases import Page
from readout.readers.actors.registry import Known, by_surname
from readout.readers.actors.scanning import Piece, longer_name
from readout.readers.actors.spelling import by_spelled_surname
from readout.readers.actors.words import (
    OrganizationWord,
    given_name,
    is_article,
    is_particle,
    is_syllable,
    is_thing,
    organization_word,
    sex_of_noun,
    starts_thing,
    vocabulary,
)


def read_titled(page: Page, before: list[Piece], title: Piece, name: Piece, owner: Mention | None) -> Mention:
    """The mention of a title or description and a name: "Iranian Foreign Minister X", "Harbour Party spokesman X"."""
    assert title.noun is not None
    first = before[0].first
    mention = mark(page, with_owner(first, owner), name.last, "person")
    mention.noun, mention.kind = title.noun, "person"
    mention.owner = owner
    mention.names = _words(page, name.first, name.last)
    mention.sectors = title.noun.sectors
    mention.sex = sex_of_noun(title.noun.lemma) or _sex(mention.names)
    if not title.noun.title:
        describe(page, mention, before[:-1], title)
    mention.known = tuple(k for k in name.known if k.kind == "person") or _by_surname(mention.names, any_spelling=True)
    mention.bare = page.document.tokens[first].pos != "DET"
    return mention


def read_name(page: Page, name: Piece, described: bool = False) -> Mention | None:
    """A mention for a name without title, by what its words say; None for things and places.

    Args:
        page: the document.
        name: the words of the name.
        described: whether words before it say that it is an armed group ("the self-styled X").
    """
    if name.sort == "known":
        return _known(page, name)
    lower = page.lower[name.first : name.last + 1]
    named_body = any(organization_word(word) for word in lower)
    last = longer_name(page, name.first, name.last) if named_body else name.last
    if lower[-1].endswith("-") or (not named_body and _is_no_actor(page, name, lower)):
        return None  # "the *US-* and UN-backed plan"
    mention = mark(page, name.first, last, "name")
    mention.names = _words(page, name.first, last)
    body = _body_of(lower, page.lower[name.first : last + 1], described)
    if body is not None and body.kind == "company" and page.placed.issuperset(range(name.first, last + 1)):
        return None  # "the West Bank"
    if body is not None:
        mention.kind, mention.sectors = body.kind, body.sectors
    elif _is_person(page, name, lower):
        mention.form, mention.kind = "person", "person"
        mention.sex = _sex(mention.names)
        mention.known = _by_surname(mention.names)
    else:
        mention.kind = "organization"
    return mention


def _is_no_actor(page: Page, name: Piece, lower: Sequence[str]) -> bool:
    """A place, a thing, or a single capitalised word that is no noun."""
    document = page.document
    articled = name.first > 0 and page.lower[name.first - 1] == "the"  # "The Hague ruled": no surname has an article
    if (
        (name.last in page.placed and (articled or not speaks(page, name)))
        or is_thing(lower[-1])
        or starts_thing(lower[0])
    ):
        return True
    if _is_half_of_thing(page, name):
        return True
    if len(lower) > 1:
        return False
    return document.tokens[name.last].pos in ("ADJ", "VERB", "ADV", "INTJ")


def _is_half_of_thing(page: Page, name: Piece) -> bool:
    """One side of "of" in a name that no word makes a body's: "Cessation of Hostilities", "Law of Armed Conflict"."""
    lower, capital = page.lower, page.capital
    before = name.first - 1 - (lower[name.first - 1] == "the")
    if before > 0 and lower[before] == "of" and lower[before - 1] in vocabulary("settlements"):
        return True  # "the village of Kwanti"
    if before > 0 and lower[before] == "of" and capital[before - 1] and organization_word(lower[before - 1]) is None:
        return page.noun(before - 1, before) is None and not page.known.get(before - 1)
    after = name.last + 2
    if name.first != name.last or after >= len(lower) or lower[after - 1] != "of":
        return False
    return capital[after] and after not in page.placed and page.state(after, after + 1) is None


def _body_of(lower: Sequence[str], whole: Sequence[str], described: bool) -> OrganizationWord | None:
    """What the words of a name say of the body that it names: `whole` with what "of" or "for" adds to it."""
    bodies = [w for w in (organization_word(word) for word in reversed(lower)) if w]
    body = next((w for w in bodies if w.sectors), bodies[0] if bodies else None)
    fights = vocabulary("armed") & set(lower) and vocabulary("causes") & set(whole)
    if body is not None and (fights or (described and body.kind in ("government", "organization"))):
        return OrganizationWord("armed_group", ("REB",))
    return body


def _known(page: Page, name: Piece) -> Mention:
    known = name.known
    mention = mark(page, name.first, name.last, "person" if known[0].kind == "person" else "name")
    mention.known = known
    mention.names = _words(page, name.first, name.last)
    kinds = {k.kind for k in known}
    mention.kind = known[0].kind if len(kinds) == 1 else "organization"
    countries = {k.country for k in known}
    mention.country = known[0].country if len(countries) == 1 else None
    if len(known) == 1:
        mention.sectors = known[0].sectors
    mention.sex = _sex(mention.names) if mention.form == "person" else None
    return mention


def _is_person(page: Page, name: Piece, lower: Sequence[str]) -> bool:
    if len(lower) == 1:
        if page.words[name.first].isupper():
            return False
        return bool(by_surname(page.words[name.first])) or _has_kin(page, name) or _has_age(page, name)
    if given_name(lower[0]) or (len(lower[0]) <= 2 and lower[0].endswith(".")):
        return True
    if _is_given_in_two(page, name):
        return True
    if given_name(lower[0].split("-")[0]) or (len(lower) > 2 and any(is_particle(w) for w in lower[1:-1])):
        return True
    return _acts_like_person(page, name)


def _is_given_in_two(page: Page, name: Piece) -> bool:
    """Whether a name ends in a given name of two halves, the second written small: "Chen Ming-chi"."""
    last = page.words[name.last]
    return name.last - name.first > 2 and page.glued(name.last - 1) and last.islower() and is_syllable(last)


def _acts_like_person(page: Page, name: Piece) -> bool:
    """An unknown name of two or more words that speaks, or is followed by an age or by "who"."""
    document = page.document
    first, after = name.first, name.last + 1
    if first > 0 and page.lower[first - 1] == "the":
        return False
    if any(w.isupper() and len(w) > 2 and "." not in w for w in page.words[first:after]):
        return False
    if _has_age(page, name):
        return True
    token = document.tokens[page.head(first, name.last)]
    return token.dep == "nsubj" and document.tokens[token.head].lemma in vocabulary("speech")


def _has_age(page: Page, name: Piece) -> bool:
    """Whether an age or "who" follows after a comma."""
    after = name.last + 1
    if after + 1 >= len(page.words) or page.words[after] != ",":
        return False
    follows = page.document.tokens[after + 1]
    return follows.lower == "who" or (follows.text.isdigit() and 5 < int(follows.text) < 110)


def _has_kin(page: Page, name: Piece) -> bool:
    """Whether a name owns what only a person has: "Orsk's mother"."""
    after = name.last + 2
    owned = after < len(page.words) and page.is_possessive(name.last + 1)
    return owned and page.document.tokens[after].lemma in vocabulary("kin")


def is_inner_name(page: Page, piece: Piece) -> bool:
    """Whether a name inside another phrase is certain enough to be a mention: "a Supreme Court decision"."""
    lower = page.lower[piece.first : piece.last + 1]
    word = page.words[piece.first]
    if piece.first == piece.last and page.lower[min(piece.last + 1, len(page.lower) - 1)] in vocabulary("lands"):
        return False  # "the Kwanti region"
    if any(organization_word(w) for w in lower):
        return True
    if len(lower) > 1:
        return given_name(lower[0]) is not None
    return (word.isupper() and 2 <= len(word) <= 6) or bool(by_surname(word))


def speaks(page: Page, piece: Piece) -> bool:
    """Whether a capital stands for its state: it says or does something, owns something, or is told something."""
    document = page.document
    i = page.head(piece.first, piece.last)
    while document.relations[i] == "conj":
        i = document.tokens[i].head
    token = document.tokens[i]
    verb = document.tokens[token.head]
    if token.dep in ("nmod:poss", "obl:agent"):  # "rejected *by Tehran*"
        return True
    if token.dep == "nsubj":
        return verb.pos == "VERB" and verb.lemma not in vocabulary("place_verbs")
    if token.dep in ("obj", "iobj"):
        return verb.lemma in vocabulary("speech")
    dealing = document.preposition(i) in vocabulary("with_states")
    return token.dep in ("obl", "nmod") and dealing and verb.pos != "PUNCT"


def _words(page: Page, first: int, last: int) -> tuple[str, ...]:
    return tuple(page.words[first : last + 1])


def _by_surname(names: tuple[str, ...], *, any_spelling: bool = False) -> tuple[Known, ...]:
    if any_spelling and len(names) > 1:
        names = (names[-1],) if is_article(names[0].lower()) else names
    if len(names) != 1:
        return ()
    return by_surname(names[0]) or (by_spelled_surname(names[0]) if any_spelling else ())


def _sex(names: tuple[str, ...]) -> str | None:
    sex = given_name(names[0]) if len(names) > 1 else None
    return sex if sex != "both" else None
