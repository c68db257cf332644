"""Whose a body or an office is that the article calls by no state: by the place beside it, or by the state that it is about."""

from __future__ import annotations

from collections.abc import Iterable

from readout.language.document import Document
from readout.readers.actors.linking import Cast
from readout.readers.actors.mentions import Entity, Mention
from readout.readers.actors.phrases import Page
from readout.readers.actors.registry import by_name
from readout.readers.actors.words import Noun, pronouns, vocabulary, word_list
from readout.types import Place

_HOME = frozenset({"of", "in", "from"})


def countries_by_word(document: Document, places: Iterable[Place]) -> dict[int, str]:
    """The state of the place that a word names, by the word."""
    return {
        i: place.country
        for place in places
        if place.country
        for span in place.mentions
        for i in document.tokens_in(span)
    }


def country_in(page: Page, first: int, last: int) -> str | None:
    """The one state of the places that the words from `first` to `last` name: "*Delhi* Police"."""
    states = {page.countries[i] for i in range(first, last + 1) if i in page.countries}
    return next(iter(states)) if len(states) == 1 else None


def country_behind(page: Page, mention: Mention) -> str | None:
    """The state in or of which somebody is at home: "villagers *in Peru*", "the mayor *of Lyon*"."""
    at = mention.last + 1
    if mention.noun is None or not _is_at_home(mention) or at + 1 >= len(page.lower) or page.lower[at] not in _HOME:
        return None
    first = at + 1 + (page.lower[at + 1] == "the")
    state = page.states.get(first)
    if state is not None:
        return state[1].country if state[1].use in ("name", "capital") else None
    return page.countries.get(first)


def belongs_to_place(noun: Noun) -> bool:
    """Whether a place before a noun tells whose somebody is: "*Delhi* residents", but not "*Athens* champion"."""
    if noun.lemma in word_list("not_at_home"):
        return False
    lists = ("home_offices", "home_bodies", "home_when_of_state")
    return noun.group in ("people", "police", "courts", "legislators", "protesters") or any(
        noun.lemma in word_list(n) for n in lists
    )


def _is_at_home(mention: Mention) -> bool:
    noun = mention.noun
    if noun is None or noun.lemma in word_list("not_at_home"):
        return False
    if noun.lemma in word_list("home_when_of_state"):
        return bool(set(mention.modifiers) & word_list("of_state"))
    return noun.group == "people" or noun.lemma in word_list("home_offices") or noun.lemma in word_list("home_bodies")


def settle_bodies(page: Page, mentions: Iterable[Mention]) -> None:
    """Gives bodies that are called by a noun alone ("the police") to the state that the article is about, before they are gathered."""
    main, lead = page.main_state, page.lead_state
    for mention in mentions:
        noun = mention.noun
        if (
            mention.form != "nominal"
            or noun is None
            or noun.one
            or mention.country
            or mention.affiliation
            or mention.owner
        ):
            continue
        if noun.lemma not in word_list("home_bodies") or noun.lemma in word_list("state_bodies"):
            continue
        if page.lower[mention.first] in pronouns() or mention.number:
            continue  # "*its* coast guard", "the *two* armed forces"
        if not mention.plural or noun.lemma in word_list("always_plural"):
            told = main or (None if lead is None or _tells_of_others(page, mention, lead) else lead)
            mention.country = (mention.home if "MIL" not in noun.sectors else None) or told


def _tells_of_others(page: Page, mention: Mention, state: str) -> bool:
    """Whether a mention's sentence names another state before it: "in Italy, where the Senate …"."""
    first = page.document.sentences[mention.sentence].first
    here = (page.states[i][1].country for i in range(first, mention.first) if i in page.states)
    return any(country != state for country in here)


def settle_affiliations(cast: Cast) -> None:
    """Gives to whom serves a body by its initials the body's name, state and sectors: "the *LC* secretary, X", where the Lakes
    Commission (LC) was named.
    """
    for entity in cast.entities:
        initials = entity.affiliation
        if entity.known is not None or initials is None or not initials.isupper():
            continue
        body = cast.called((initials,))
        if body is None or body is entity or body.kind == "person" or len(body.name.split()) == 1:
            continue
        entity.affiliation, entity.country = body.name, entity.country or body.country
        staff = any(noun.lemma in word_list("staff_of_any_sector") for noun in entity.nouns)
        if staff and body.sectors and body.kind in ("party", "armed_group", "media", "company", "ngo"):
            entity.sectors = body.sectors


def settle_homes(page: Page, entities: Iterable[Entity]) -> None:
    """Gives whoever is of no told state to the state where he is said to be, and bodies and holders of offices, for want of
    that, to the state that the article is about.
    """
    state, entities = page.main_state, list(entities)
    armies = {e.country for e in entities if "MIL" in e.sectors and e.country is not None}
    for entity in entities:
        if entity.country is not None or entity.known is not None:
            continue
        homes = {mention.home for mention in entity.mentions if mention.home}
        if len(homes) == 1:
            entity.country = homes.pop()
        elif len(armies) == 1 and not homes and any(_is_of_service(page, m) for m in entity.mentions):
            (entity.country,) = armies
        elif state is not None and not homes and _is_domestic(entity) and not _is_from_many(page, entity):
            entity.country = state


def _is_from_many(page: Page, entity: Entity) -> bool:
    """Whether somebody is said to be from several states: "legislators *from 27 countries*"."""
    for mention in entity.mentions:
        at = mention.last + 1
        told = at < len(page.lower) and page.lower[at] in ("from", "of", "in", "across", "around")
        if told and not vocabulary("many_lands").isdisjoint(page.lower[at + 1 : at + 5]):
            return True
    return False


def _is_of_service(page: Page, mention: Mention) -> bool:
    """Whether a soldier's service is named without a state: "*Air Force* sergeant X" is of the one army that the article tells of."""
    rank = mention.form == "person" and mention.noun is not None and mention.noun.sectors == ("MIL",)
    return rank and not vocabulary("services").isdisjoint(page.lower[mention.first : mention.last])


def _is_several(entity: Entity, noun: Noun) -> bool:
    """Whether a plural is of bodies, which then are of several states: "governments", "courts"."""
    return entity.plural and not noun.one and noun.lemma not in word_list("always_plural") and "PTY" not in noun.sectors


def _is_domestic(entity: Entity) -> bool:
    """Whether somebody or some body can be but of the state that the article is about."""
    if entity.affiliation and any(known.country is None for known in by_name(entity.affiliation)):
        return False  # a commissioner of the UN
    if entity.kind == "party" and "of" in entity.names[-3:-1]:
        return False  # "the Communist Party of Halvia"
    lemmas = {noun.lemma for noun in entity.nouns if not _is_several(entity, noun)}
    if entity.kind in ("government", "party") and entity.names:
        return not lemmas & word_list("sent_abroad")
    if any(_is_at_home(mention) for mention in entity.mentions if set(mention.modifiers) & word_list("of_state")):
        return True
    wanted = word_list("home_offices") if entity.is_person else word_list("home_bodies") | word_list("home_offices")
    return bool(lemmas & wanted)
