"""The negotiations reader: mentions gathered into negotiations, each with its sides, state, issues and evidence."""

from __future__ import annotations

from dataclasses import replace

from readout.language.document import Document
from readout.readers.events.book import ActorBook
from readout.readers.findings import Findings
from readout.readers.negotiations.dating import long_past
from readout.readers.negotiations.elsewhere import (
    answering_sides,
    are_unnamed,
    belligerents,
    differing_sides,
    joined_body,
    negotiating_sides,
    negotiators_topic,
    only_states,
    rebels_and_state,
    war_sides,
)
from readout.readers.negotiations.gathering import Draft, gather, is_generic
from readout.readers.negotiations.issues import find_issues
from readout.readers.negotiations.lexicon import table, words
from readout.readers.negotiations.mediators import brought_together, planning, sentence_mediators
from readout.readers.negotiations.mentions import find_mentions, named_in
from readout.readers.negotiations.naming import known_sides, known_topic
from readout.readers.negotiations.obstacles import find_obstacles, named_obstacles
from readout.readers.negotiations.positions import Stand, find_stands
from readout.readers.negotiations.progress import find_progress
from readout.readers.negotiations.telling import choose_state
from readout.types import Actor, Negotiation

#: What a side demands so many sentences from where the talks are told of, it demands in them.
_NEAR = 2
#: Where so many sentences tell of the talks, they are what the article is about.
_OFTEN = 4
_ACCESSION = "accession"  # the topic of talks with a body that a state is to join
_IN_OFFICE = frozenset({"GOV", "MIL"})


def read_negotiations(document: Document, found: Findings) -> Findings:
    """Findings with the negotiations of the document, and the countries that only an adjective names added as actors.

    Args:
        document: the parsed document.
        found: what was read before; actors, places, statements and figures are used.
    """
    if not named_in(document):
        return replace(found, negotiations=())
    book = ActorBook(document, found)
    drafts = gather(document, find_mentions(document, book), found.times, book)
    old = long_past(document, found.times) if drafts else frozenset()
    stands = [s for s in find_stands(document, book) if not _is_old(document, s, old)] if drafts else []
    _lend_accession(drafts, book)
    main = max(drafts, key=lambda d: len(d.mentions), default=None)
    negotiations = tuple([_finish(document, draft, drafts, found, book, stands, main is draft) for draft in drafts])
    told = zip(drafts, negotiations, strict=True)
    negotiations = tuple(n for d, n in told if n.parties or n.mediators or n.issues or n.obstacles or _stands_alone(d))
    return replace(found, negotiations=negotiations, actors=tuple(book.actors))


def _finish(
    document: Document,
    draft: Draft,
    drafts: list[Draft],
    found: Findings,
    book: ActorBook,
    stands: list[Stand],
    main: bool,  # whether most of the mentions are its own
) -> Negotiation:
    sentences = sorted({document.tokens[m.token].sentence for m in draft.mentions})
    of_now = {document.tokens[m.token].sentence for m in draft.mentions if m.token not in draft.past_only}
    earlier = set(sentences) - of_now if of_now else set()  # who brokered a deal of long ago mediates in none of now
    topic = draft.topic
    at_war = belligerents(document, book) if not draft.parties or topic is None else []
    parties = _sides(document, draft, found, book, stands, at_war, main)
    if topic is None:
        fights = bool(at_war) or any(a.kind == "armed_group" or "REB" in a.sectors for a in book.actors)
        fights = fights or any(d.topic and any(w in d.topic.lower() for w in words("war_topics")) for d in drafts)
        fights = fights and (draft.strong or any(m.kind != "deal" for m in draft.mentions))  # a deal may be on anything
        known = known_topic(document, [m.token for m in draft.mentions])
        known = known or (negotiators_topic(document, book) if main else None)
        topic = known or str(table()["default_topic" if fights else "unsaid_topic"])
    near = sorted({*sentences, *(range(len(document.sentences)) if len(drafts) == 1 else ())}) if main else sentences
    mediators = list(draft.mediators)
    for sentence in (s for s in near if s not in earlier):
        mediators += sentence_mediators(document, sentence, book)
    if len(parties) > 1 and any(word in topic.lower() for word in words("war_topics")):
        deals = [m.token for m in draft.mentions if m.kind == "deal" and m.token not in draft.past_only]
        home = {book.actors[p].country for p in parties if not _is_rebel(book.actors[p])} - {None}
        by = planning(document, [s for s in near if s not in earlier], deals, book)
        mediators += [n for n in by if book.actors[n].country not in home]  # a premier proposes for his state
    mediators = [n for n in dict.fromkeys(mediators) if n not in parties and not _is_of_side(book, n, parties)]
    heads = [m.token for m in draft.mentions]
    obstacles = [*find_obstacles(document, draft.told, book), *named_obstacles(document, near)]
    return Negotiation(
        topic=topic,
        parties=tuple(n for n in parties if n not in draft.mediators),
        mediators=tuple(mediators),
        state=choose_state(draft.states),
        progress=find_progress(document, found, book, _talk_words(document, drafts)) if main else None,
        issues=tuple(
            find_issues(
                document,
                near,
                heads,
                _stands_of(document, book, stands, parties, sentences) if main else [],
                parties,
                book,
            )
        ),
        obstacles=tuple(o for o in dict.fromkeys(obstacles) if not document.slice(o).endswith(topic)),
        spans=tuple(sorted({document.span(m.token) for m in draft.mentions} | {t.span for t in draft.told})),
    )


def _is_old(document: Document, stand: Stand, old: frozenset[int]) -> bool:
    """Whether somebody stood so long ago: "*demanded* his extradition in 1995"."""
    start = stand.position.span[0]
    said = next((i for i in document.tokens_in((start, start + 1))), stand.head)
    if document.relations[said] == "conj" and document.tags[said] == "VBD":
        return (
            document.tokens[said].head in old or said in old
        )  # "was arrested *in 1995*, and Chad demanded his extradition"
    return said in old


def _lend_accession(drafts: list[Draft], book: ActorBook) -> None:
    """Talks of one state that nothing more is told of are on joining the body that others of the article talk with on that."""
    if not any(draft.topic == _ACCESSION for draft in drafts):
        return
    for draft in drafts:
        state = len(draft.parties) == 1 and book.actors[draft.parties[0]].kind == "country"
        if draft.topic is None and state:
            draft.topic = _ACCESSION


def _sides(
    document: Document,
    draft: Draft,
    found: Findings,
    book: ActorBook,
    stands: list[Stand],
    at_war: list[int],
    main: bool,
) -> list[int]:
    """The sides of a negotiation: those told with the talks, else those told elsewhere."""
    sentences = sorted({document.tokens[m.token].sentence for m in draft.mentions})
    parties = list(draft.parties)
    of_war = draft.topic is not None and any(word in draft.topic.lower() for word in words("war_topics"))
    if not parties and (draft.topic is None or of_war):
        parties = at_war
    if len(parties) < 2 and draft.mediators:
        parties += [n for n in brought_together(document, draft.mediators, book) if n not in parties]
    if len(parties) < 2:
        parties += [n for n in differing_sides(document, sentences, book) if n not in parties]
    if not parties or (len(parties) == 1 and of_war):
        parties = known_sides(document, [m.token for m in draft.mentions], parties, book)
    if main and len(parties) < 2:
        parties += [n for n in negotiating_sides(document, book) if n not in parties]
    if len(parties) == 1 and draft.topic == _ACCESSION:
        parties += joined_body(book, parties[0])
    parties = _without_people(book, _without_home(book, parties or draft.weak))
    named = [n for n in parties if not is_generic(book, n)]
    unnamed = any(are_unnamed(document, m) for m in draft.mentions) and not draft.parties
    if len(named) < 2 and unnamed:  # "the two sides held talks": those of whom one demands what the other refuses
        named = _foes(book, [s for s in stands if _is_near(document, s, sentences)])
        named = named if len(named) > 1 else only_states(book)
    elif (
        len(named) < 2
        and of_war
        and main
        and any(document.lemmas[m.token] not in words("courses") for m in draft.mentions)
    ):
        around = sorted({s for at in sentences for s in range(max(at - _NEAR, 0), at + 1)})
        answering = [n for n in answering_sides(document, around, book) if n not in named]
        named = war_sides(found.events, book, named) or [*named, *answering]
    if len(named) == 1 and (of_war or (draft.topic is None and _is_rebel(book.actors[named[0]]))):
        named = [*named, *rebels_and_state(book, named)]
    return named if len(named) > 1 else parties


def _without_home(book: ActorBook, parties: list[int]) -> list[int]:
    """Sides without the country that is only where two of them are: a government and its rebels."""
    at_home = [book.actors[n].country for n in parties if book.actors[n].kind != "country"]
    here = [n for n in parties if book.actors[n].kind == "country" and at_home.count(book.actors[n].country) > 1]
    return [n for n in parties if n not in here]


def _without_people(book: ActorBook, parties: list[int]) -> list[int]:
    """Sides without a people whose state is one: "the Chadians" beside Chad."""
    states = {book.actors[n].country for n in parties if book.actors[n].kind == "country"}
    peoples = [n for n in parties if book.actors[n].kind == "population" and book.actors[n].country in states]
    return [n for n in parties if n not in peoples]


def _stands_alone(draft: Draft) -> bool:
    """Whether talks are known without their sides: by the name of their round, or as stalled, stopped or ended.

    A deal has to have a topic, too: an end of talks is one of a negotiation, that of a deal may be anybody's.
    """
    lasting = any(told.state in ("stalled", "suspended", "collapsed", "implemented") for told in draft.states)
    if draft.topic is None:
        return lasting and any(m.kind != "deal" for m in draft.mentions)
    return lasting or " Round" in draft.topic


def _stands_of(
    document: Document, book: ActorBook, stands: list[Stand], parties: list[int], sentences: list[int]
) -> list[Stand]:
    """The stands of the sides, told near where the talks are."""
    if len(parties) < 2:
        return []
    many = len(sentences) >= _OFTEN
    return [
        stand
        for stand in stands
        if many
        or (
            any(abs(document.tokens[stand.head].sentence - s) <= _NEAR for s in sentences)
            and (_speaks_for_one(book, stand.position.party, parties) or _asks_of_one(document, book, stand, parties))
        )
    ]


def _is_near(document: Document, stand: Stand, sentences: list[int]) -> bool:
    return any(abs(document.tokens[stand.head].sentence - s) <= _NEAR for s in sentences)


def _foes(book: ActorBook, stands: list[Stand]) -> list[int]:
    """Those of whom one demands what another refuses; else the one government and the one rebel group of the article."""
    held = list(
        dict.fromkeys(s.position.party for s in stands if s.firm and _may_be_side(book.actors[s.position.party]))
    )
    if len(held) > 1:
        return held
    rebels = [n for n, actor in enumerate(book.actors) if _is_rebel(actor)]
    states = [n for n, actor in enumerate(book.actors) if actor.kind == "government"]
    return [*rebels, *states] if len(rebels) == len(states) == 1 else []


def _may_be_side(actor: Actor) -> bool:
    return actor.kind in ("country", "government", "party") or _is_rebel(actor)


def _speaks_for_one(book: ActorBook, n: int, parties: list[int]) -> bool:
    """Whether an actor is a side, or one in office of a state or group that is one."""
    actor = book.actors[n]
    if n in parties:
        return True
    if actor.kind in ("population", "igo"):
        return False
    sides = [book.actors[p] for p in parties]
    if actor.affiliation is not None and actor.affiliation in {side.name for side in sides}:
        return True
    if _is_rebel(actor) and any(_is_rebel(s) and s.country in (actor.country, None) for s in sides):
        return True
    states = {side.country for side in sides if side.kind in ("country", "government", "person")} - {None}
    holds = actor.kind in ("country", "government") or bool(_IN_OFFICE & set(actor.sectors))
    return holds and actor.country in states and not _is_rebel(actor)


def _asks_of_one(document: Document, book: ActorBook, stand: Stand, parties: list[int]) -> bool:
    """Whether a state that is no side demands something of a side: "the United States demands *that China open its ports*"."""
    demands = stand.firm and stand.position.stance == "demands"
    if not demands or book.actors[stand.position.party].kind not in ("country", "government"):
        return False
    named = {book.find(i) for i in document.tokens_in(stand.content) if document.parts[i] == "PROPN"}
    return bool(named & set(parties))


def _is_rebel(actor: Actor) -> bool:
    return actor.kind == "armed_group" or "REB" in actor.sectors


def _is_of_side(book: ActorBook, n: int, parties: list[int]) -> bool:
    """Whether an actor without a name is of the state of a side: "Pakistani sources" mediate between nobody and Pakistan."""
    actor = book.actors[n]
    return actor.kind == "unnamed" and actor.country in {book.actors[p].country for p in parties} - {None}


def _talk_words(document: Document, drafts: list[Draft]) -> frozenset[int]:
    """The words that name talks, deals, or what talks are to finish."""
    named = document.called(words("nouns", "deals") | words("progress_of"))
    return frozenset([*named, *(m.token for d in drafts for m in d.mentions)])
