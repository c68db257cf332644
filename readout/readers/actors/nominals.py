"""Role nouns and what stands around them: "a senior Peruvian official", "the rebels' foreign minister"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from readout import knowledge
from readout.readers.actors.homes import belongs_to_place, country_in
from readout.readers.actors.mentions import Mention, joined, mark
from readout.readers.actors.phrases import Page, Phrase
from readout.readers.actors.registry import by_surname, canonical_role, ministries, office_on
from readout.readers.actors.scanning import Piece
from readout.readers.actors.senses import is_other_sense
from readout.readers.actors.states import state_names
from readout.readers.actors.words import (
    is_count,
    is_portfolio,
    organization_word,
    sex_of_noun,
    vocabulary,
    word_list,
)

_HEADED = 3  # words before "chief" that can be of the office
_REACH = 9  # words within which a body that an office is of ends
_STATE_SECTORS = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "SPY"})


def read_nominal(
    page: Page, phrase: Phrase, before: list[Piece], role: Piece, owner: Mention | None, *, renames: bool = False
) -> Mention | None:
    """The mention of a phrase whose head is a role noun; None where the noun stands for nobody.

    Args:
        page: the document.
        phrase, before, role: the phrase, its pieces before the noun, and the noun.
        owner: who possesses it.
        renames: whether a name and a comma stand before it, so that it needs no article: "X, *coordinator* in Peru for …".
    """
    noun = role.noun
    if noun is None or noun.title or not _is_noun(page, phrase, role):
        return None
    renames = renames and noun.one and not role.plural and is_office_of_something(page, role.first, role.last)
    if not renames and _is_idle(page, phrase, role, owner):
        return None
    mention = mark(page, with_owner(phrase.first, owner), role.last, "nominal")
    mention.noun, mention.kind, mention.sectors, mention.plural = noun, noun.kind, noun.sectors, role.plural
    if not noun.one and not role.plural and noun.kind == "unnamed" and _STATE_SECTORS & set(noun.sectors):
        mention.kind = "government"
    mention.sex = sex_of_noun(noun.lemma)
    mention.owner = owner
    describe(page, mention, before, role)
    determine(page, mention, phrase.first, owner)
    mention.definite = mention.definite or phrase.owner is not None
    if noun.lemma == "side" and _is_side_of_state(page, mention, before, role):
        mention.form, mention.kind, mention.sectors = "state", "country", ("GOV",)
        return mention
    if (
        noun.lemma in vocabulary("bodies_over")
        and role.last > role.first
        and "of" in page.lower[role.first : role.last]
    ):
        return _named_ministry(page, mention, role)
    if noun.lemma in word_list("state_bodies") and not mention.plural:
        led = None if mention.country else _led_state(page, before)
        if led is not None:
            mention.country, mention.kind, mention.named_after = led, "government", True
        elif mention.country:
            mention.form, mention.kind, mention.sectors = "state", "country", ("GOV",)
    return mention


def _is_side_of_state(page: Page, mention: Mention, before: list[Piece], role: Piece) -> bool:
    """Whether "the *Halvian* side" is Halvia, and no side of a border or a dispute: "the Halvian side of the river"."""
    if not before or before[-1].state is None or mention.plural or not mention.definite or not mention.country:
        return False
    follows = page.lower[role.last + 1] if role.last + 1 < len(page.lower) else ""
    return follows != "of" and page.document.preposition(mention.head) not in ("on", "at", "along", "in", "to")


def _named_ministry(page: Page, mention: Mention, role: Piece) -> Mention:
    """A ministry in small letters by its whole name: "the *ministry of culture and information*"."""
    small = ("of", "and", "the", "for")
    words = page.words[role.first : role.last + 1]
    mention.form, mention.kind, mention.noun = "name", "government", None
    mention.names = tuple(word if word in small else word[:1].upper() + word[1:] for word in words)
    mention.country = mention.country or page.main_state
    return mention


def is_office_of_something(page: Page, first: int, last: int) -> bool:
    """Whether an office says or goes on with what it is of: "*director* of the bank", "*minister of health*"."""
    inside = any(word in ("of", "for") for word in page.lower[first:last])
    return inside or page.lower[min(last + 1, len(page.lower) - 1)] in vocabulary("after_role")


def with_owner(first: int, owner: Mention | None) -> int:
    """Where a phrase starts, its possessor included."""
    return owner.first if owner is not None and owner.last + 2 == first else first


def _is_noun(page: Page, phrase: Phrase, role: Piece) -> bool:
    token = page.document.tokens[role.last]
    if token.pos in ("NOUN", "PROPN") or role.first < role.last:
        return True
    group = token.lower in word_list("groups_by_adjective")
    return group and page.lower[phrase.first] == "the" and token.pos == "ADJ"


def _is_idle(page: Page, phrase: Phrase, role: Piece, owner: Mention | None) -> bool:
    """A noun that names nobody: a bare singular ("as president"), a part of another noun, a setting, a group of things."""
    noun = role.noun
    assert noun is not None
    head = page.head(role.first, role.last)
    token = page.document.tokens[head]
    if noun.one and not role.plural and _announces(page, role):
        return False
    joined = page.lower[min(role.last + 1, len(page.lower) - 1)] in ("and", "or", ",")
    if not role.plural and token.dep == "compound" and token.head > role.last and not joined:
        return True  # "terrorist attacks"
    if noun.lemma in word_list("settings_too") and page.document.preposition(head) in vocabulary("settings"):
        return True  # "around the world"
    if is_other_sense(page, phrase, role, owner):
        return True  # "the left bank", "joined forces", "bought tanks"
    if role.plural and owner is None and noun.lemma in word_list("fellows") and _is_told_of_others(page, head):
        return True  # "they are good neighbours"
    if noun.lemma in word_list("groups_of_anything") and _is_of_things(page, role.last):
        return True
    if (
        role.plural
        or owner is not None
        or phrase.owner is not None
        or phrase.first < role.first
        or page.capital[role.first]
    ):
        return False
    acts = noun.one and page.document.relations[head] in ("nsubj", "nsubj:pass", "obl:agent")
    return noun.lemma not in word_list("always_bare") and not acts


def _is_told_of_others(page: Page, i: int) -> bool:
    """Whether word `i` is what others are said to be, alone or in a row: "are *friends and partners*"."""
    document = page.document
    while document.relations[i] == "conj":
        i = document.tokens[i].head
    return document.child(i, "cop") is not None


def _announces(page: Page, role: Piece) -> bool:
    """Whether an office without an article has its body and, behind a comma, its holder's name: "*director* of the Relief, X"."""
    at, last = role.last + 1, page.document.sentence(role.last).last
    if at >= last or page.lower[at] not in ("of", "for"):
        return False
    comma = next((i for i in range(at + 2, min(last - 2, at + _REACH)) if page.words[i] == ","), None)
    if comma is None or not any(page.capital[at + 1 : comma]):
        return False
    return page.capital[comma + 1] and page.capital[comma + 2] and page.noun(comma + 1, last) is None


def _is_of_things(page: Page, i: int) -> bool:
    """Whether a group is one of things: "a group of buildings"."""
    tokens = page.document.tokens
    of = [c for c in page.document.children(i, "nmod") if c > i and page.document.preposition(c) == "of"]
    return any(tokens[c].tag == "NNS" and page.noun(c, c + 1) is None and not page.capital[c] for c in of)


def _led_state(page: Page, before: list[Piece]) -> str | None:
    """The state that the person before "administration" leads: the USA in "the Biden administration"."""
    last = before[-1] if before else None
    if last is None or last.sort not in ("name", "known"):
        return None
    people = tuple(k for k in last.known if k.kind == "person") or by_surname(page.text(last.first, last.last))
    states = set()
    for person in people:
        office = office_on(person, page.document.published)
        held = person.offices if page.document.published is None else ((office,) if office else ())
        states |= {o.country for o in held if o.country and canonical_role(o.role, o.country) in vocabulary("leaders")}
    return next(iter(states)) if len(states) == 1 else None


def determine(page: Page, mention: Mention, first: int, owner: Mention | None) -> None:
    """Writes into a mention what the words of its phrase from `first` on say of number and definiteness."""
    mention.definite = page.lower[first] in vocabulary("definite") or owner is not None
    mention.bare = page.document.tokens[first].pos != "DET" and owner is None
    if first == mention.last:
        return  # as often: a noun alone
    words = page.document.tokens[first : mention.last]
    counts = [t.lower for t in words if (t.pos == "NUM" and _counts(page, t.i)) or is_count(t.lower)]
    mention.number = " ".join(counts) or None
    definite = vocabulary("definite")
    mention.modifiers = tuple(
        [
            t.lower
            for t in words
            if t.pos != "PUNCT" and t.lower not in ("a", "an") and t.lower not in definite and t.lower not in counts
        ]
    )


def _counts(page: Page, i: int) -> bool:
    """Whether a number says how many, and neither a rank nor an age: "the No. *2* man", "a *59*-year-old man"."""
    return page.words[i - 1] != "." and page.lower[i + 2 : i + 3] not in (("year",), ("years",), ("month",), ("day",))


def describe(page: Page, mention: Mention, before: list[Piece], role: Piece) -> None:
    """Writes country, affiliation, role and sectors from what stands before the role noun and from who owns it."""
    start = start_of_office(page, before, role)
    if mention.owner is not None:
        _take_from_owner(page, mention, mention.owner)
    for piece in before:
        if piece.first < start:
            _take_from_piece(page, mention, piece)
    noun = mention.noun
    if noun is None:
        return
    if noun.one and noun.group not in word_list("roleless") and noun.lemma not in word_list("relational"):
        mention.role = _no_longer(page, before, start) + page.text(start, role.last)
    pair = f"{page.lower[start]} {page.lower[start + 1]}" if start < role.first else ""
    sectors = ministries().get(pair.split()[0], ministries().get(pair)) if pair else None
    if sectors and noun.group.startswith("members") and "REB" not in mention.sectors:
        mention.sectors = sectors


def start_of_office(page: Page, before: list[Piece], role: Piece) -> int:
    """Where the name of an office begins: "*foreign* minister", "*armed forces* minister"."""
    start = role.first
    heads = role.noun is not None and role.noun.lemma in word_list("heads_of_any_title")
    for piece in reversed(before):
        if not (_is_of_office(page, piece) or (heads and _is_headed(page, piece, role.first))):
            break
        start = piece.first
    pair = f"{page.lower[start - 1]} {page.lower[start]}" if before and before[0].first < start else ""
    return start - 1 if pair in ministries() else start  # "*National* Security Minister"


def _is_headed(page: Page, piece: Piece, head: int) -> bool:
    """Whether words before "chief" and the like say what somebody is the chief of: "*foreign policy* chief", "*army* chief"."""
    at = piece.first
    named = page.capital[at] and page.document.sentence(at).first != at
    if head - at > _HEADED or named or piece.sort not in ("word", "role") or piece.plural:
        return False
    if piece.noun is not None:
        return not piece.noun.one
    if page.document.tags[at] == "NN":
        return page.lower[at] not in word_list("plain_modifiers") and page.words[at].isalpha()
    pairs = (f"{page.lower[k]} {page.lower[k + 1]}" for k in (at - 1, at))
    told = page.lower[at] in ministries() or any(pair in ministries() for pair in pairs)  # "*human* *rights* chief"
    return page.document.tags[at] in ("JJ", "NNS") and told


def _no_longer(page: Page, before: list[Piece], start: int) -> str:
    """ "former " where that is said before more than the office: "*former* Tory prime minister"."""
    for piece in before:
        if piece.last < start and page.lower[piece.first] in vocabulary("no_longer"):
            return "former "
    return ""


def _take_from_owner(page: Page, mention: Mention, owner: Mention) -> None:
    outside = mention.noun is not None and mention.noun.lemma in word_list("seen_from_outside")
    mention.country = None if outside and owner.form == "state" else owner.country
    if owner.form == "name":
        mention.affiliation = name_of(owner)
    elif owner.form == "nominal" and owner.kind == "armed_group":
        mention.affiliation = page.text(owner.first + (page.document.tokens[owner.first].pos == "DET"), owner.last)
        if mention.noun is not None and "GOV" in mention.noun.sectors:
            mention.sectors = owner.sectors


def _take_from_piece(page: Page, mention: Mention, piece: Piece) -> None:
    if piece.sort == "state" and piece.state is not None:
        if not _is_joined(page, piece) and not _is_post(page, piece) and not _is_no_more(page, mention, piece):
            mention.country = mention.country or piece.state.country
    elif piece.sort == "known" and len(piece.known) == 1:
        known = piece.known[0]
        mention.country = mention.country or known.country
        if known.kind != "person":
            mention.affiliation = known.name
            mention.known = piece.known if known.kind in ("armed_group", "party") else ()
            if known.kind not in ("government", "igo", "country"):
                _serve(mention, known.sectors)
    elif piece.sort == "name":
        word = organization_word(page.lower[piece.last])
        if word is None and _serves_by_initials(page, mention, piece):
            mention.affiliation = page.words[piece.first]  # "the *LC* secretary-general"
        elif word is not None:
            mention.affiliation = page.text(piece.first, piece.last)
            if word.kind not in ("government", "igo", "country"):
                _serve(mention, word.sectors)
            mention.country = mention.country or country_in(page, piece.first, piece.last)
        elif (
            mention.country is None and mention.noun is not None and mention.noun.lemma not in word_list("state_bodies")
        ):
            region = country_of_region(page.text(piece.first, piece.last))
            mention.country = region
            if region is None and belongs_to_place(mention.noun):
                mention.country = country_in(page, piece.first, piece.last)


def _is_no_more(page: Page, mention: Mention, piece: Piece) -> bool:
    """Whether a state was of a union that is no more: "a former *Soviet* republic" is not of its heir."""
    gone = page.lower[piece.last] in vocabulary("gone_states")
    return gone and mention.noun is not None and mention.noun.lemma in (*word_list("land_words"), "bloc")


def _serves_by_initials(page: Page, mention: Mention, piece: Piece) -> bool:
    """Whether a name in capitals before somebody's office is the body's that he serves."""
    word, noun = page.words[piece.first], mention.noun
    if noun is None or not noun.one or noun.lemma == "figure":
        return False
    if noun.group in word_list("roleless") and noun.lemma not in (
        "supporter",
        "sympathizer",
        "sympathiser",
        "activist",
    ):
        return False
    return piece.first == piece.last and word.isupper() and len(word) > 1 and not page.glued(piece.last + 1)


def _serve(mention: Mention, sectors: tuple[str, ...]) -> None:
    """Gives to who serves a body that is no state's the body's sectors: "a Caritas official"."""
    if mention.noun is not None and mention.noun.lemma in word_list("staff_of_any_sector"):
        mention.sectors = sectors


def _is_joined(page: Page, piece: Piece) -> bool:
    """Whether a hyphen joins a state to what it did or began: "the *Halvian*-born banker", "a *US*-backed group"."""
    after, first = piece.last + 1, piece.first
    if first > 1 and page.glued(first - 1) and page.lower[first - 2] in vocabulary("sides"):
        return True  # "*anti*-Halvian fighters"
    if is_of_two(page, first, piece.last):
        return True
    return after + 1 < len(page.words) and page.glued(after) and page.lower[after + 1] in vocabulary("joined_to_states")


def is_of_two(page: Page, first: int, last: int) -> bool:
    """Whether a hyphen joins a state to another one: what is "*Franco*-*German*" is of neither alone."""
    behind = last + 2 < len(page.words) and page.glued(last + 1) and last + 2 in page.states
    return behind or (first > 1 and page.glued(first - 1) and any(first - 1 - n in page.states for n in (1, 2)))


def _is_post(page: Page, piece: Piece) -> bool:
    """Whether a capital is but where somebody serves: "its *Washington* bureau chief", "the paper's *Moscow* correspondent"."""
    after = piece.last + 1
    seat = piece.state is not None and piece.state.use == "capital"
    return seat and after < len(page.lower) and page.lower[after] in vocabulary("posts")


@cache
def _regions() -> Mapping[str, str]:
    rows = [row for file in knowledge.names("places") for row in _places_of(file)]
    return {word: row[2] for row in rows if row[2] for word in row[5].get("demonyms", ())}


def _places_of(file: str) -> list[list[Any]]:
    content = knowledge.load(file)
    rows = content.get("places", []) if isinstance(content, dict) else []
    return [row for row in rows if isinstance(row, list) and len(row) > 5]


def country_of_region(adjective: str) -> str | None:
    """The state of a region by its adjective: RUS for "Chechen"."""
    return _regions().get(adjective)


def _is_of_office(page: Page, piece: Piece) -> bool:
    lower = page.lower[piece.first]
    if piece.first != piece.last:
        return " ".join(page.lower[piece.first : piece.last + 1]) in ministries()
    if piece.sort == "role":
        return lower in vocabulary("ranks") and not piece.plural
    if piece.sort not in ("word", "name"):
        return False
    return lower in ministries() or is_portfolio(lower) or lower in vocabulary("ranks")


def name_of(mention: Mention) -> str:
    """The canonical name of what a mention names."""
    if len(mention.known) == 1:
        return mention.known[0].name
    if mention.form == "state" and mention.country:
        return state_names()[mention.country]
    return joined(mention.names)
