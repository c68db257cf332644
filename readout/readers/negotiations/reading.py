"""The negotiations reader: mentions gathered into negotiations, each with its sides, state, issues and evidence."""

from __future__ import annotations

from dataclasses import replace

from readout.language.document import Document
from readout.readers.events.book import ActorBook
from readout.readers.findings import Findings
from readout.readers.negotiations.gathering import Draft, gather, is_generic
from readout.readers.negotiations.issues import (
    Stand,
    find_issues,
    find_obstacles,
    find_progress,
    find_stands,
    named_obstacles,
)
from readout.readers.negotiations.lexicon import table, words
from readout.readers.negotiations.mediators import sentence_mediators
from readout.readers.negotiations.mentions import find_mentions, named_in
from readout.readers.negotiations.sides import belligerents, negotiating_sides
from readout.readers.negotiations.telling import choose_state
from readout.types import Negotiation


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
    stands = find_stands(document, book) if drafts else []
    main = max(drafts, key=lambda d: len(d.mentions), default=None)
    negotiations = tuple([_finish(document, draft, drafts, found, book, stands, main is draft) for draft in drafts])
    negotiations = tuple(n for n in negotiations if n.parties or n.mediators or n.issues or n.obstacles)
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
    topic, parties = draft.topic, list(draft.parties)
    at_war = belligerents(document, book) if not parties or topic is None else []
    if not parties and (topic is None or any(word in topic.lower() for word in words("war_topics"))):
        parties = at_war
    if main and len(parties) < 2:
        parties += [n for n in negotiating_sides(document, book) if n not in parties]
    parties = parties or draft.weak
    named = [n for n in parties if not is_generic(book, n)]
    parties = named if len(named) > 1 else parties
    if topic is None:
        fights = bool(at_war) or any(a.kind == "armed_group" or "REB" in a.sectors for a in book.actors)
        fights = fights or any(d.topic and any(w in d.topic.lower() for w in words("war_topics")) for d in drafts)
        topic = str(table()["default_topic" if fights else "unsaid_topic"])
    near = sorted({*sentences, *(range(len(document.sentences)) if len(drafts) == 1 else ())}) if main else sentences
    mediators = list(draft.mediators)
    for sentence in near:
        mediators += sentence_mediators(document, sentence, book)
    mediators = [n for n in dict.fromkeys(mediators) if n not in parties and not _is_of_side(book, n, parties)]
    heads = [m.token for m in draft.mentions]
    return Negotiation(
        topic=topic,
        parties=tuple(n for n in parties if n not in draft.mediators),
        mediators=tuple(mediators),
        state=choose_state(draft.states),
        progress=find_progress(document, found, book, _talk_words(document, drafts)) if main else None,
        issues=tuple(find_issues(document, near, heads, stands if main else [])),
        obstacles=tuple(dict.fromkeys([*find_obstacles(document, draft.told), *named_obstacles(document, near)])),
        spans=tuple(sorted({document.span(m.token) for m in draft.mentions} | {t.span for t in draft.told})),
    )


def _is_of_side(book: ActorBook, n: int, parties: list[int]) -> bool:
    """Whether an actor without a name is of the state of a side: "Pakistani sources" mediate between nobody and Pakistan."""
    actor = book.actors[n]
    return actor.kind == "unnamed" and actor.country in {book.actors[p].country for p in parties} - {None}


def _talk_words(document: Document, drafts: list[Draft]) -> frozenset[int]:
    """The words that name talks or deals."""
    deals = words("nouns", "deals")
    named = [i for i, lemma in enumerate(document.lemmas) if lemma in deals]
    return frozenset([*named, *(m.token for d in drafts for m in d.mentions)])
