"""States by descriptions: "the country", "the Balkan nation"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from readout import knowledge
from readout.readers.actors.mentions import Entity, Mention
from readout.readers.actors.phrases import Page
from readout.readers.actors.words import vocabulary

_REACH = 1  # sentences back to the state that is meant


@cache
def _regions() -> Mapping[str, frozenset[str]]:
    """The states of each part of the world, by its adjective."""
    rows = knowledge.load("actors/reading/words.yaml")["regions"]
    return MappingProxyType({word: frozenset(states) for word, states in rows.items()})


def is_owned_by_part(page: Page, mention: Mention) -> bool:
    """Whether a continent owns a description: "Africa's largest country"."""
    return _part_of(page, mention) is not None


def land_meant(page: Page, earlier: list[Entity], mention: Mention) -> str | None:
    """The state that "the country" and the like mean: the one spoken of in the sentence or the one before, or of which alone
    the article tells; None where two are and neither is the subject or owner.

    Args:
        page: the words.
        earlier: the actors so far.
        mention: a description by a noun for a state, without a name.
    """
    noun = mention.noun
    assert noun is not None
    if not _is_one_told_of(page, mention):
        return None
    parts = (*mention.modifiers, _part_of(page, mention) or "")
    regions = [_regions()[word] for word in parts if word in _regions()]
    if noun.lemma in ("state", "republic") and not regions:
        return None  # "the coastal state"

    def fits(country: str | None) -> bool:
        return country is not None and all(country in region for region in regions)

    for reach in range(_REACH + 1):
        near = _named(page, earlier, mention.sentence - reach, mention.first)
        near = [(country, is_topic) for country, is_topic in near if fits(country)]
        countries = {country for country, _ in near}
        if len(countries) > 1:
            countries = {country for country, is_topic in near if is_topic}
        if near:
            sure = len(countries) == 1 and (
                countries & {c for c, is_topic in near if is_topic} or _is_told_of(page, countries)
            )
            return countries.pop() if sure else None
    told = {country for country in page.told if fits(country)}
    if len(told) > 1:
        told = {country for country in _told_before(page, mention.first) if fits(country)}
    return told.pop() if len(told) == 1 else _only_land(earlier, mention, regions)


def neighbour_meant(page: Page, owner: Entity, mention: Mention) -> bool:
    """Whether "its neighbour" is the one other state that is told of; the mention becomes one of that state's.

    Args:
        page: the words.
        owner: the state whose neighbour it is.
        mention: the description.
    """
    noun = mention.noun
    if noun is None or noun.lemma not in ("neighbor", "neighbour") or mention.plural or owner.kind != "country":
        return False
    others = set(page.told) - {owner.country}
    if len(others) != 1:
        return False
    mention.country, mention.form, mention.kind = others.pop(), "state", "country"
    return True


def _part_of(page: Page, mention: Mention) -> str | None:
    """The adjective of the continent that owns a description; None where none does."""
    owner = mention.owner
    continents: dict[str, str] = knowledge.load("actors/reading/words.yaml")["continents"]
    return continents.get(page.lower[owner.last]) if owner is not None else None


def _told_before(page: Page, before: int) -> set[str]:
    """The states named in any way before a word, but for their money and what a hyphen joins to them."""
    found = set()
    for i, (length, state) in page.states.items():
        after = i + length
        if after < before and not page.glued(after) and page.document.tokens[after].lemma not in ("dollar", "$"):
            found.add(state.country)
    return found


def _is_one_told_of(page: Page, mention: Mention) -> bool:
    """Whether a description points back at a state: "the", nothing behind it that says which, no name in it."""
    superlative = any(page.document.tags[i] in ("JJS", "RBS") for i in range(mention.first, mention.last))
    if _part_of(page, mention) is not None:
        return superlative  # "Europe's poorest country"
    if page.lower[mention.first] not in ("the", "this") or page.capital[mention.last] or superlative:
        return False
    if any(
        f"{word} {mention.noun.lemma}" in vocabulary("peoples_called") for word in mention.modifiers if mention.noun
    ):
        return False  # the Arabs
    if not vocabulary("other_lands").isdisjoint(mention.modifiers):
        return False
    after = page.lower[mention.last + 1] if mention.last + 1 < len(page.words) else ""
    return after not in ("of", "that", "which", "where", "whose")


def _named(page: Page, earlier: list[Entity], sentence: int, before: int) -> list[tuple[str, bool]]:
    """The states that a sentence names before a word, as actors or as places, and whether each is its subject or an owner."""
    found = [
        (e.country, _is_topic(page, m.head))
        for e in earlier
        if e.kind == "country" and e.country
        for m in e.mentions
        if m.sentence == sentence and m.first < before
    ]
    if sentence < 0:
        return found
    span = page.document.sentences[sentence]
    for i in range(span.first, min(span.last, before)):
        state = page.states.get(i)
        if state is None or state[1].use not in ("name", "capital"):
            continue
        head = page.head(i, i + state[0] - 1)
        if page.document.relations[head] not in ("compound", "amod"):  # "US dollars"
            found.append((state[1].country, _is_topic(page, head)))
    return found


def _is_told_of(page: Page, countries: set[str]) -> bool:
    """Whether the article names the one state as often as any other, or half as often."""
    return all(2 * page.told[country] >= max(page.told.values()) for country in countries)


def _is_topic(page: Page, head: int) -> bool:
    while page.document.relations[head] == "conj":
        head = page.document.tokens[head].head
    return page.document.relations[head] in ("nsubj", "nsubj:pass", "nmod:poss")


def _only_land(earlier: list[Entity], mention: Mention, regions: list[frozenset[str]]) -> str | None:
    """The state to which alone those belong who were spoken of here."""
    near = {e.country for e in earlier for m in e.mentions if m.sentence >= mention.sentence - _REACH and e.country}
    near = {country for country in near if all(country in region for region in regions)}
    return near.pop() if len(near) == 1 else None
