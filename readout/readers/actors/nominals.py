"""Role nouns and what stands around them: "a senior Peruvian official", "the rebels' foreign minister"."""

from __future__ import annotations

from readout.readers.actors.mentions import Mention, joined, mark
from readout.readers.actors.phrases import Page, Phrase
from readout.readers.actors.registry import by_surname, canonical_role, ministries, office_on
from readout.readers.actors.scanning import Piece
from readout.readers.actors.states import state_names
from readout.readers.actors.words import (
    is_count,
    is_portfolio,
    organization_word,
    sex_of_noun,
    vocabulary,
    word_list,
)

_STATE_SECTORS = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "SPY"})


def read_nominal(page: Page, phrase: Phrase, before: list[Piece], role: Piece, owner: Mention | None) -> Mention | None:
    """The mention of a phrase whose head is a role noun; None where the noun stands for nobody."""
    noun = role.noun
    if noun is None or noun.title or not _is_noun(page, phrase, role) or _is_idle(page, phrase, role, owner):
        return None
    mention = mark(page, with_owner(phrase.first, owner), role.last, "nominal")
    mention.noun, mention.kind, mention.sectors, mention.plural = noun, noun.kind, noun.sectors, role.plural
    if not noun.one and not role.plural and noun.kind == "unnamed" and _STATE_SECTORS & set(noun.sectors):
        mention.kind = "government"
    mention.sex = sex_of_noun(noun.lemma)
    mention.owner = owner
    describe(page, mention, before, role)
    determine(page, mention, phrase.first, owner)
    if noun.lemma in word_list("state_bodies") and not mention.plural:
        led = None if mention.country else _led_state(page, before)
        if led is not None:
            mention.country, mention.kind, mention.named_after = led, "government", True
        elif mention.country:
            mention.form, mention.kind, mention.sectors = "state", "country", ("GOV",)
    return mention


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
    token = page.document.tokens[role.last]
    if not role.plural and token.dep == "compound" and token.head > role.last:
        return True  # "terrorist attacks"
    if noun.lemma in word_list("settings_too") and page.document.preposition(role.last) in vocabulary("settings"):
        return True  # "around the world"
    if noun.lemma in word_list("groups_of_anything") and _is_of_things(page, role.last):
        return True
    if role.plural or owner is not None or phrase.first < role.first or page.capital[role.first]:
        return False
    acts = noun.one and page.document.relations[role.last] in ("nsubj", "nsubj:pass", "obl:agent")
    return noun.lemma not in word_list("always_bare") and not acts


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
    counts = [t.lower for t in words if t.pos == "NUM" or is_count(t.lower)]
    mention.number = " ".join(counts) or None
    definite = vocabulary("definite")
    mention.modifiers = tuple(
        [
            t.lower
            for t in words
            if t.pos != "PUNCT" and t.lower not in ("a", "an") and t.lower not in definite and t.lower not in counts
        ]
    )


def describe(page: Page, mention: Mention, before: list[Piece], role: Piece) -> None:
    """Writes country, affiliation, role and sectors from what stands before the role noun and from who owns it."""
    start = role.first
    for piece in reversed(before):
        if piece.sort not in ("word", "name") or not _is_of_office(page, piece):
            break
        start = piece.first
    if mention.owner is not None:
        _take_from_owner(page, mention, mention.owner)
    for piece in before:
        if piece.first < start:
            _take_from_piece(page, mention, piece)
    noun = mention.noun
    if noun is None:
        return
    if noun.one and noun.group not in word_list("roleless"):
        mention.role = page.text(start, role.last)
    sectors = ministries().get(page.lower[start]) if start < role.first else None
    if sectors and noun.group.startswith("members") and "REB" not in mention.sectors:
        mention.sectors = sectors


def _take_from_owner(page: Page, mention: Mention, owner: Mention) -> None:
    mention.country = owner.country
    if owner.form == "name":
        mention.affiliation = name_of(owner)
    elif owner.form == "nominal" and owner.kind == "armed_group":
        mention.affiliation = page.text(owner.first + (page.document.tokens[owner.first].pos == "DET"), owner.last)
        if mention.noun is not None and "GOV" in mention.noun.sectors:
            mention.sectors = owner.sectors


def _take_from_piece(page: Page, mention: Mention, piece: Piece) -> None:
    if piece.sort == "state" and piece.state is not None:
        mention.country = mention.country or piece.state.country
    elif piece.sort == "known" and len(piece.known) == 1:
        known = piece.known[0]
        mention.country = mention.country or known.country
        if known.kind != "person":
            mention.affiliation = known.name
            mention.known = piece.known if known.kind in ("armed_group", "party") else ()
    elif piece.sort == "name" and organization_word(page.lower[piece.last]):
        mention.affiliation = page.text(piece.first, piece.last)


def _is_of_office(page: Page, piece: Piece) -> bool:
    lower = page.lower[piece.first]
    if piece.first != piece.last:
        return False
    return lower in ministries() or is_portfolio(lower) or lower in vocabulary("ranks")


def name_of(mention: Mention) -> str:
    """The canonical name of what a mention names."""
    if len(mention.known) == 1:
        return mention.known[0].name
    if mention.form == "state" and mention.country:
        return state_names()[mention.country]
    return joined(mention.names)
