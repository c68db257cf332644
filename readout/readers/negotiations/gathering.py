"""Mentions gathered into negotiations: which of them speak of one, and what each adds to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from readout.language.document import Document
from readout.readers.events.book import ActorBook
from readout.readers.negotiations.lexicon import words
from readout.readers.negotiations.mediators import find_mediators
from readout.readers.negotiations.mentions import Mention, carrier
from readout.readers.negotiations.sides import acting_side, find_parties, weak_sides
from readout.readers.negotiations.telling import Told, find_state, is_past
from readout.types import Time

#: What a time hangs on stands at most so far above it: "a deal with Chad *in 2018*", not "the anniversary of the raid on Chad *in 2018*".
_UP = 2
#: What ended so many days before the article tells no state of now; and what was planned for a day so long past no plan.
_LONG_AGO, _PASSED = dt.timedelta(days=60), dt.timedelta(days=3)


@dataclass(slots=True)
class Draft:
    """A negotiation while its mentions are gathered."""

    topic: str | None
    strong: bool = False
    parties: list[int] = field(default_factory=list)
    weak: list[int] = field(default_factory=list)  # sides where no others are told
    mediators: list[int] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    past: list[Told] = field(default_factory=list)  # what is told of earlier days
    mentions: list[Mention] = field(default_factory=list)

    @property
    def states(self) -> list[Told]:
        """What is told of the negotiation as it is: of earlier days only where nothing but them, or but deals, is spoken of."""
        only = len(self.past) == len(self.mentions) or all(m.kind == "deal" for m in self.mentions)
        return self.told or (self.past if only else [])


@dataclass(frozen=True, slots=True)
class _Reading:
    """One mention and what its clause tells."""

    mention: Mention
    parties: list[int]
    weak: list[int]
    mediators: list[int]
    told: Told | None
    past: bool  # whether what is told is of earlier days


def gather(document: Document, mentions: Sequence[Mention], times: Sequence[Time], book: ActorBook) -> list[Draft]:
    """The negotiations that the mentions of a document speak of, in the order of their first mention.

    Args:
        document: the parsed document.
        mentions: where it speaks of one, in text order.
        times: the times of the document.
        book: finds the actors.
    """
    drafts: list[Draft] = []
    before: list[_Reading] = []  # deals told of before anything that could be their negotiation
    ended, passed = _ended(document, mentions, times, _LONG_AGO), _ended(document, mentions, times, _PASSED)
    for mention in mentions:
        read = _read(document, mention, ended, passed, book)
        draft = next((d for d in reversed(drafts) if _same(document, d, read, book)), None)
        if draft is None and mention.kind == "deal" and not _opens(read, drafts, book):
            before += [] if read.past else [read]
            continue
        if draft is not None and read.past and mention.kind == "deal":
            read = replace(read, parties=[], weak=[], mediators=[])
        if draft is None:
            draft = Draft(mention.topic)
            drafts.append(draft)
            _join(draft, read)
            for each in before:
                if _same(document, draft, each, book):
                    _join(draft, each)
            before = []
        else:
            _join(draft, read)
    return [draft for draft in drafts if _holds(document, draft, book)]


def _read(
    document: Document, mention: Mention, ended: dict[int, int], passed: dict[int, int], book: ActorBook
) -> _Reading:
    mediators, told = find_mediators(document, mention, book), find_state(document, mention)
    past = told is not None and is_past(document, mention, told, ended)
    if told is not None and told.word in passed.values() and document.lemmas[told.word] in words("scheduling"):
        told = None  # "had been planned for May 3", told in June
    elif told is not None and document.tokens[told.word].head in passed.values():
        past = past or is_past(document, mention, told, passed)
    parties = find_parties(document, mention, book)
    if len(parties) == 1 and mention.kind != "deal":
        parties += [n for n in acting_side(document, mention, book) if n not in (*parties, *mediators)]
    return _Reading(mention, parties, weak_sides(document, mention, book), mediators, told, past)


def _ended(document: Document, mentions: Sequence[Mention], times: Sequence[Time], ago: dt.timedelta) -> dict[int, int]:
    """The head words of times that ended so long before the article, each with the verb or mention that it hangs on."""
    if document.published is None:
        return {}
    last = (document.published - ago).isoformat()
    named = {noun for m in mentions for noun in (m.token, carrier(document, m.token))}
    found: dict[int, int] = {}
    for time in times:
        head = document.head_of(time.span) if time.end is not None and time.end < last else None
        if head is None or document.preposition(head) == "since":
            continue  # what has been "frozen *since July*" is still
        above = [head, *islice(document.ancestors(head), _UP)]
        at = next((at for at in above if at in named or document.parts[at] in ("VERB", "AUX")), None)
        if at is not None and not _is_counted_from(document, above[: above.index(at)]):
            found[head] = at
    return found


def _is_counted_from(document: Document, below: list[int]) -> bool:
    """Whether a time belongs to what the clause only counts from: "agreed, a year *after* the attack *of 2023*"."""
    return len(below) > 1 and document.preposition(below[-1]) in ("after", "before", "since", "ahead of")


def _opens(read: _Reading, drafts: list[Draft], book: ActorBook) -> bool:
    """Whether mention of a deal opens a negotiation: with a state, and a side, mediator or topic; if it is past, with both sides,
    neither of them one of another negotiation."""
    if read.past:
        mine = _states(read.parties, book)
        return len(read.parties) > 1 and not any(mine & _states(draft.parties, book) for draft in drafts)
    return bool(read.told and (read.parties or read.mediators or read.mention.topic))


def _join(draft: Draft, read: _Reading) -> None:
    mention = read.mention
    draft.topic = draft.topic or mention.topic
    says = mention.topic is not None and (mention.kind != "deal" or read.told is not None)
    draft.strong = draft.strong or mention.kind == "strong" or says
    draft.parties += [n for n in read.parties if n not in draft.parties]
    draft.weak += [n for n in read.weak if n not in draft.weak]
    draft.mediators += [n for n in read.mediators if n not in draft.mediators]
    draft.mentions.append(mention)
    if read.told is not None:
        (draft.past if read.past else draft.told).append(read.told)


def _same(document: Document, draft: Draft, read: _Reading, book: ActorBook) -> bool:
    topic = read.mention.topic
    if topic is not None and draft.topic is not None and not _topics_meet(draft.topic, topic):
        return False
    if not read.parties:
        return True
    if not draft.parties:  # "the political process" of one country is not what its president talks of with another
        courses = words("courses")
        return topic is not None or any(document.lemmas[m.token] not in courses for m in draft.mentions)
    mine, theirs = _states(draft.parties, book), _states(read.parties, book)
    if not mine or not theirs:
        return True
    return len(mine & theirs) >= min(2, len(mine), len(theirs))


def _states(parties: list[int], book: ActorBook) -> set[str]:
    """The sides behind actors: a state behind its government, ministers and envoys; others stand for themselves."""
    found = set()
    for n in parties:
        actor = book.actors[n]
        if is_generic(book, n):
            continue
        of_state = actor.kind in ("country", "government") or (
            actor.kind in ("person", "unnamed") and not _of_group(n, book) and "REB" not in actor.sectors
        )
        found.add(actor.country if of_state and actor.country else actor.affiliation or actor.name)
    return found


def is_generic(book: ActorBook, n: int) -> bool:
    """Whether an actor is only "the two governments" or "Yemen's warring parties": those whom the article names elsewhere."""
    actor = book.actors[n]
    return actor.kind == "unnamed" and actor.name.lower().split()[-1] in words("generic_sides")


def _of_group(n: int, book: ActorBook) -> bool:
    """Whether a person belongs to a group that is no state."""
    name = book.actors[n].affiliation
    return name is not None and any(
        other.name == name and other.kind in ("armed_group", "party") for other in book.actors
    )


def _topics_meet(a: str, b: str) -> bool:
    mine, other = ({w for w in topic.lower().split() if len(w) > 3} for topic in (a, b))
    of_war = all(any(word in topic.lower() for word in words("war_topics")) for topic in (a, b))
    return a.lower() == b.lower() or bool(mine & other) or of_war


def _holds(document: Document, draft: Draft, book: ActorBook) -> bool:
    """Whether it is more than a conversation: told of as a negotiation, with a topic, in rounds, between foes or with a mediator,
    or with a state that lasts."""
    lasting = any(t.state in ("stalled", "suspended", "collapsed") for t in (*draft.told, *draft.past))
    if draft.strong or lasting or any(_is_later_round(document, m.token) for m in draft.mentions):
        return True
    sides = draft.parties or draft.weak
    armed = any(book.actors[n].kind == "armed_group" for n in (*draft.parties, *draft.weak))
    if draft.mediators and sides and (armed or len(sides) > 1 or (draft.topic is not None and draft.parties)):
        return True
    if len(sides) > 1 and (armed or (len(draft.parties) > 1 and _goes_on(document, draft))):
        return True
    return _is_between_foes(document, draft)


def _goes_on(document: Document, draft: Draft) -> bool:
    """Whether its talks are taken up again, or are held by negotiators."""
    if any(document.lemmas[told.word] in words("going_on") for told in draft.told):
        return True
    sides = [c for m in draft.mentions if m.kind == "talks" for c in document.children(m.token, "nmod")]
    return any(document.lemmas[c] in words("negotiators") for c in sides)


def _is_between_foes(document: Document, draft: Draft) -> bool:
    """Whether its talks are "indirect", or a truce stands beside them that they are for."""
    talks = [m.token for m in draft.mentions if m.kind == "talks"]
    if any(document.words[c] in words("between_foes") for i in talks for c in document.children(i, "amod", "compound")):
        return True
    of_war = draft.topic is not None and any(word in draft.topic.lower() for word in words("war_topics"))
    return of_war and bool(talks) and len(talks) < len(draft.mentions)


def _is_later_round(document: Document, i: int) -> bool:
    """Whether talk noun `i` is told of in rounds: "a third round of talks", "several rounds of talks"."""
    at = carrier(document, i)
    if at == i or document.lemmas[at] not in words("rounds"):
        return False
    before = {document.words[c] for c in document.children(at, "amod", "nummod")}
    return document.tags[at] == "NNS" or bool(before & words("later"))
