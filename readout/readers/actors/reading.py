"""Reads actors: finds every phrase that denotes one, gathers them, resolves descriptions and pronouns."""

from __future__ import annotations

from dataclasses import replace

from readout.language.document import Document
from readout.readers.actors.coreference import Resolver
from readout.readers.actors.linking import Cast
from readout.readers.actors.mentions import Entity, Mention
from readout.readers.actors.naming import link_appositions
from readout.readers.actors.phrases import Page, find_phrases
from readout.readers.actors.reading_mentions import PhraseReader
from readout.readers.actors.states import find_state, state_names
from readout.readers.actors.words import is_article, vocabulary
from readout.readers.findings import Findings
from readout.types import Actor, Span


def read_actors(document: Document, found: Findings) -> Findings:
    """The findings with actors added: whoever and whatever acts, speaks or is acted on, each with all its mentions.

    Names are matched over the whole article, then descriptions and pronouns are resolved in text order where one
    candidate fits.
    """
    dates = [time.span for time in found.times if not document.text.endswith("-old", 0, time.span[1])]
    timed = frozenset(i for span in dates for i in document.tokens_in(span))  # an age belongs to whom it describes
    placed = frozenset(i for place in found.places for span in place.mentions for i in document.tokens_in(span))
    lands = tuple(place.country for place in found.places if place.country)
    page = Page(document, timed, placed, lands)
    mentions: list[Mention] = []
    for phrases in find_phrases(page):
        here = PhraseReader(page).read(phrases)
        link_appositions(page, here)
        mentions.extend(sorted(_outermost(here), key=lambda m: (m.first, -m.last)))
    _recognise_surnames(mentions)
    _recognise_halves(page, mentions)
    cast = Cast(document.published, page.told)
    for mention in sorted(mentions, key=_naming_order):
        if mention.form == "person":
            cast.person(mention)
        elif mention.form == "state":
            cast.state(mention)
        elif mention.form == "name":
            before = cast.entity_of(mention.same) if mention.same is not None else None
            if before is not None:
                cast.also_named(before, mention)
            else:
                cast.named(mention)
    Resolver(page, cast, mentions).resolve()
    taken: set[Span] = set()
    read = [(entity, _to_actor(page, entity, taken)) for entity in _ordered(cast)]
    read = [(entity, actor) for entity, actor in read if actor.mentions]
    places = {id(entity): n for n, (entity, _) in enumerate(read)}
    return replace(found, actors=tuple(_with_members(entity, actor, places) for entity, actor in read))


def _outermost(mentions: list[Mention]) -> list[Mention]:
    """Without what stands inside a longer name: "Auditors" in "Court of Auditors"."""
    names = [m for m in mentions if m.form == "name" and m.last > m.first]
    return [
        m
        for m in mentions
        if not any(
            n is not m and n.first <= m.first and m.last <= n.last and m.last - m.first < n.last - n.first
            for n in names
        )
        or m.form == "state"
    ]


def _recognise_surnames(mentions: list[Mention]) -> None:
    """A bare name that is the surname of a person of the article is that person's."""
    surnames = {m.names[-1] for m in mentions if m.form == "person" and m.names}
    for mention in mentions:
        names = mention.names[2:] if mention.names and is_article(mention.names[0].lower()) else mention.names
        if mention.form == "name" and not mention.known and len(names) == 1 and names[0] in surnames:
            mention.form, mention.kind, mention.sectors = "person", "person", ()


def _recognise_halves(page: Page, mentions: list[Mention]) -> None:
    """ "The North" is the state whose name it begins, where the article names that state or its other half."""
    halves = [
        m for m in mentions if m.form == "name" and len(m.names) == 1 and m.names[0].lower() in vocabulary("directions")
    ]
    if not halves:
        return
    names = [state_names().get(m.country or "", "").split() for m in mentions if m.form == "state"]
    rests = {tuple(name[1:]) for name in names if name and name[0].lower() in vocabulary("directions")}
    for mention in halves:
        words = [[mention.names[0].capitalize(), *rest] for rest in rests]
        states = {s[1].country for w in words if (s := find_state(w, [True] * len(w), 0, len(w))) and s[0] == len(w)}
        if len(states) == 1 and page.document.preposition(mention.head) not in vocabulary("settings"):
            mention.form, mention.kind, mention.country, mention.sectors = "state", "country", states.pop(), ("GOV",)


def _naming_order(mention: Mention) -> tuple[bool, bool, int]:
    """Full names before surnames, so that a surname finds its bearer wherever the article names him in full."""
    single = mention.form == "person" and len(mention.names) == 1
    return single, single and mention.noun is None, mention.first


def _ordered(cast: Cast) -> list[Entity]:
    entities = [entity for entity in cast.entities if entity.mentions]
    return sorted(entities, key=lambda e: e.first)


def _to_actor(page: Page, entity: Entity, taken: set[Span]) -> Actor:
    """The actor with the spans that no actor before it has `taken`."""
    starts, ends = page.document.starts, page.document.ends
    spans = sorted({(starts[m.first], ends[m.last]) for m in entity.mentions} - taken)
    taken.update(spans)
    return Actor(
        name=entity.name, kind=entity.kind, id=_id_of(entity), country=entity.country, sectors=entity.sectors,
        role=entity.role, affiliation=entity.affiliation, mentions=tuple(spans),
    )  # fmt: skip


def _with_members(entity: Entity, actor: Actor, places: dict[int, int]) -> Actor:
    """The actor with those whom it gathers, by their places in the list."""
    if not entity.members:
        return actor
    return replace(actor, members=tuple(places[id(member)] for member in entity.members if id(member) in places))


def _id_of(entity: Entity) -> str | None:
    if entity.known is not None:
        return entity.known.id
    return entity.country if entity.kind == "country" else None
