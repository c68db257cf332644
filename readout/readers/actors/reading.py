"""Reads actors: finds every phrase that denotes one, gathers them, resolves descriptions and pronouns."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from readout.language.document import Document
from readout.readers.actors.bearers import can_be_persons
from readout.readers.actors.coreference import Resolver
from readout.readers.actors.homes import countries_by_word, settle_affiliations, settle_bodies, settle_homes
from readout.readers.actors.introductions import link_introductions
from readout.readers.actors.linking import Cast
from readout.readers.actors.mentions import Entity, Mention, mark
from readout.readers.actors.naming import link_appositions
from readout.readers.actors.phrases import Page
from readout.readers.actors.reading_mentions import PhraseReader
from readout.readers.actors.runs import find_phrases
from readout.readers.actors.states import find_state, state_names
from readout.readers.actors.words import given_name, is_article, is_suffix, is_thing, organization_word, vocabulary
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
    page = Page(document, timed, placed, lands, countries_by_word(document, found.places))
    mentions: list[Mention] = []
    for phrases in find_phrases(page):
        here = PhraseReader(page).read(phrases)
        link_appositions(page, here)
        mentions.extend(sorted(_outermost(here), key=lambda m: (m.first, -m.last)))
    mentions += (*_overlooked(page, mentions), *_shortened(page, mentions))
    mentions = sorted(mentions, key=lambda m: (m.first, -m.last))
    _recognise_surnames(page, mentions)
    _recognise_halves(page, mentions)
    _recognise_peoples(page, mentions)
    settle_bodies(page, mentions)
    link_introductions(page, mentions)
    owners = {id(mention.owner) for mention in mentions if mention.owner is not None}
    cast = Cast(document.published, page.told, owners)
    explained = {id(m) for m in mentions if m.form == "name" and m.same is not None and m.same.form == "name"}
    explained |= {id(m.same) for m in mentions if id(m) in explained}
    for mention in sorted(mentions, key=lambda m: (id(m) not in explained, *_naming_order(m))):
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
    settle_affiliations(cast)
    settle_homes(page, cast.entities)
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


def _recognise_surnames(page: Page, mentions: list[Mention]) -> None:
    """A bare name is a person's where it is the surname of one of the article, or the given name of one alone; so is an end
    of a longer name of an unknown sort, where it speaks.
    """
    full = {m.names for m in mentions if m.form == "person" and len(m.names) > 1}
    for mention in mentions:
        if mention.form == "name" and not mention.known and mention.names in full:
            mention.form, mention.kind, mention.sectors = "person", "person", ()
    people = {m.names: m for m in mentions if m.form == "person" and m.names}
    given = Counter(names[0] for names, m in people.items() if len(names) > 1 and _is_given_first(m))
    surnames = {_surname(names) for names in people} | {name for name, bearers in given.items() if bearers == 1}
    unknown = [m.names for m in mentions if m.form == "name" and 2 <= len(m.names) <= 3 and can_be_persons(m)]
    ends = {names[-1] for names in unknown} | {names[0] for names in unknown if not names[-1].endswith("s")}
    for mention in mentions:
        names = mention.names[2:] if mention.names and is_article(mention.names[0].lower()) else mention.names
        if mention.form == "nominal" and _is_title_as_name(page, mention, surnames):
            mention.form, mention.kind, mention.sectors, mention.noun, mention.role = "person", "person", (), None, None
            mention.names, mention.sex = (page.words[mention.last],), None
        if mention.form != "name" or mention.known or len(names) != 1:
            continue
        if names[0] in surnames or (names[0] in ends and can_be_persons(mention) and _speaks(page, mention)):
            mention.form, mention.kind, mention.sectors = "person", "person", ()


def _is_title_as_name(page: Page, mention: Mention, surnames: set[str]) -> bool:
    """Whether a title alone is the surname of a person of the article: "John *Major*"."""
    alone = mention.first == mention.last and mention.noun is not None and mention.owner is None
    return alone and page.capital[mention.last] and page.words[mention.last] in surnames


def _overlooked(page: Page, mentions: list[Mention]) -> list[Mention]:
    """Surnames of persons of the article that are words for things too: "Hall", "March"; in China they stand first: "Sun"."""
    surnames = {end for m in mentions if m.form == "person" and len(m.names) > 1 for end in (m.names[0], m.names[-1])}
    things = {name for name in surnames if is_thing(name.lower()) or organization_word(name.lower())}
    if not things:
        return []
    covered = {i for m in mentions for i in range(m.first, m.last + 1)}
    found = []
    for i in page.upper:
        word = page.words[i]
        if word not in things or i in covered or i in page.timed or i in page.placed or page.words[i].isupper():
            continue
        beside = [k for k in (i - 1, i + 1) if 0 <= k < len(page.words)]
        if any(page.capital[k] and page.document.sentence(k) == page.document.sentence(i) for k in beside):
            continue
        if page.lower[i - 1] in ("the", "a", "an") or not page.capital[i]:
            continue
        mention = mark(page, i, i, "person")
        mention.kind, mention.names = "person", (word,)
        found.append(mention)
    return found


def _shortened(page: Page, mentions: list[Mention]) -> list[Mention]:
    """ "The Front", where the United Front is named: the last word of the name of one body, with "the"."""
    named: dict[str, dict[tuple[str, ...], Mention]] = {}
    for m in mentions:
        if m.form == "name" and len(m.names) > 1 and m.kind != "person" and m.names[-1][:1].isupper():
            named.setdefault(m.names[-1], {}).setdefault(m.names, m)
    covered = {i for m in mentions for i in range(m.first, m.last + 1)} if named else set()
    found = []
    for i in page.upper if named else ():
        word = page.words[i]
        bodies = named.get(word)
        if not bodies or len(bodies) > 1 or i in covered or not page.capital[i] or page.lower[i - 1] != "the":
            continue
        body = next(iter(bodies.values()))
        if body.first > i or i in page.placed or (i + 1 < len(page.words) and page.capital[i + 1]):
            continue
        mention = mark(page, i - 1, i, "name")
        mention.kind, mention.names, mention.same, mention.definite = body.kind, (word,), body, True
        found.append(mention)
    return found


def _is_given_first(mention: Mention) -> bool:
    """Whether the first word of a person's name can stand for him or her; the names of firms follow nouns of their trade."""
    firm = mention.noun is not None and mention.noun.group == "business" and given_name(mention.names[0]) is None
    return not firm and len(mention.names[0]) > 2


def _speaks(page: Page, mention: Mention) -> bool:
    token = page.document.tokens[mention.head]
    return token.dep == "nsubj" and page.document.tokens[token.head].lemma in vocabulary("speech")


def _surname(names: tuple[str, ...]) -> str:
    """The last word of a name that is no "Jr."."""
    return next((word for word in reversed(names) if not is_suffix(word.lower())), names[-1])


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


def _recognise_peoples(page: Page, mentions: list[Mention]) -> None:
    """ "The *Hakka*", where the article tells of the Hakka people: a people, and the same one."""
    told = {
        page.words[m.last - 1]: m
        for m in mentions
        if m.form == "nominal" and m.last > m.first and page.lower[m.last] in vocabulary("peoples") and m.same is None
        and page.capital[m.last - 1] and m.last - 1 not in page.states and m.definite
    }  # fmt: skip
    for mention in mentions if told else ():
        people = told.get(mention.names[-1]) if len(mention.names) == 1 and mention.definite else None
        if people is not None and mention.form == "name" and mention.kind == "organization" and not mention.known:
            mention.kind, mention.sectors, mention.country = "population", ("CVL",), people.country
            people.same = people.same or mention


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
