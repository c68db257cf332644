"""The negotiations reader: mentions gathered into negotiations, each with its sides, state, issues and evidence."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from readout.language.document import Document
from readout.readers.events.book import ActorBook
from readout.readers.findings import Findings
from readout.readers.negotiations.issues import (
    Stand,
    find_issues,
    find_obstacles,
    find_progress,
    find_stands,
    named_obstacles,
)
from readout.readers.negotiations.lexicon import table, words
from readout.readers.negotiations.mentions import Mention, find_mentions, named_in
from readout.readers.negotiations.sides import (
    acting_side,
    belligerents,
    find_mediators,
    find_parties,
    negotiating_sides,
    sentence_mediators,
)
from readout.readers.negotiations.telling import Told, choose_state, find_state
from readout.types import Negotiation


@dataclass(slots=True)
class _Draft:
    """A negotiation while its mentions are gathered."""

    topic: str | None
    strong: bool = False
    parties: list[int] = field(default_factory=list)
    mediators: list[int] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)


def read_negotiations(document: Document, found: Findings) -> Findings:
    """Findings with the negotiations of the document, and the countries that only an adjective names added as actors.

    Args:
        document: the parsed document.
        found: what was read before; actors, places, statements and figures are used.
    """
    if not named_in(document):
        return replace(found, negotiations=())
    book = ActorBook(document, found)
    drafts: list[_Draft] = []
    for mention in find_mentions(document, book):
        _add(document, mention, book, drafts)
    drafts = [draft for draft in drafts if _holds(draft)]
    stands = find_stands(document, book) if drafts else []
    main = max(drafts, key=lambda d: len(d.mentions), default=None)
    negotiations = tuple([_finish(document, draft, drafts, found, book, stands, main is draft) for draft in drafts])
    negotiations = tuple(n for n in negotiations if n.parties or n.mediators or n.issues or n.obstacles)
    return replace(found, negotiations=negotiations, actors=tuple(book.actors))


def _add(document: Document, mention: Mention, book: ActorBook, drafts: list[_Draft]) -> None:
    """Joins a mention to the negotiation that it speaks of, or opens a new one."""
    parties, mediators = find_parties(document, mention, book), find_mediators(document, mention, book)
    if len(parties) == 1 and mention.kind != "deal":
        parties += [n for n in acting_side(document, mention, book) if n not in (*parties, *mediators)]
    told = find_state(document, mention)
    draft = next((d for d in reversed(drafts) if _same(d, mention, parties)), None)
    if draft is None:
        if mention.kind == "deal" and not (told and (parties or mediators or mention.topic)):
            return
        draft = _Draft(mention.topic)
        drafts.append(draft)
    draft.topic = draft.topic or mention.topic
    draft.strong = draft.strong or mention.kind == "strong" or mention.topic is not None
    draft.parties += [n for n in parties if n not in draft.parties]
    draft.mediators += [n for n in mediators if n not in draft.mediators]
    draft.mentions.append(mention)
    if told is not None:
        draft.told.append(told)


def _same(draft: _Draft, mention: Mention, parties: list[int]) -> bool:
    if mention.topic is not None and draft.topic is not None:
        if not _topics_meet(draft.topic, mention.topic):
            return False
        return not parties or not draft.parties or bool(set(parties) & set(draft.parties))
    if parties:
        return bool(set(parties) & set(draft.parties))
    return True


def _topics_meet(a: str, b: str) -> bool:
    mine, other = ({w for w in topic.lower().split() if len(w) > 3} for topic in (a, b))
    of_war = all(any(word in topic.lower() for word in words("war_topics")) for topic in (a, b))
    return a.lower() == b.lower() or bool(mine & other) or of_war


def _holds(draft: _Draft) -> bool:
    """Whether it is more than a conversation: told of as a negotiation, with a topic, or with a state that lasts."""
    return draft.strong or any(t.state in ("stalled", "suspended", "collapsed") for t in draft.told)


def _finish(
    document: Document,
    draft: _Draft,
    drafts: list[_Draft],
    found: Findings,
    book: ActorBook,
    stands: list[Stand],
    main: bool,  # whether most of the mentions are its own
) -> Negotiation:
    topic = draft.topic or str(table()["default_topic"])
    sentences = sorted({document.tokens[m.token].sentence for m in draft.mentions})
    parties = list(draft.parties)
    if not parties and any(word in topic.lower() for word in words("war_topics")):
        parties = belligerents(document, book)
    if main and len(parties) < 2:
        parties += [n for n in negotiating_sides(document, book) if n not in parties]
    near = sorted({*sentences, *(range(len(document.sentences)) if len(drafts) == 1 else ())}) if main else sentences
    mediators = list(draft.mediators)
    for sentence in near:
        mediators += sentence_mediators(document, sentence, book)
    mediators = [n for n in dict.fromkeys(mediators) if n not in parties]
    heads = [m.token for m in draft.mentions]
    return Negotiation(
        topic=topic,
        parties=tuple(n for n in parties if n not in draft.mediators),
        mediators=tuple(mediators),
        state=choose_state(draft.told),
        progress=find_progress(document, found, book, _talk_words(document, drafts)) if main else None,
        issues=tuple(find_issues(document, near, heads, stands if main else [])),
        obstacles=tuple(dict.fromkeys([*find_obstacles(document, draft.told), *named_obstacles(document, sentences)])),
        spans=tuple(sorted({document.span(m.token) for m in draft.mentions} | {t.span for t in draft.told})),
    )


def _talk_words(document: Document, drafts: list[_Draft]) -> frozenset[int]:
    """The words that name talks or deals."""
    deals = words("nouns", "deals")
    named = [i for i, lemma in enumerate(document.lemmas) if lemma in deals]
    return frozenset([*named, *(m.token for d in drafts for m in d.mentions)])
