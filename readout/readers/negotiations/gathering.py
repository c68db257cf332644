"""Mentions gathered into negotiations: which of them speak of one, and what each adds to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from readout.language.document import Document
from readout.readers.events.book import ActorBook
from readout.readers.negotiations.lexicon import words
from readout.readers.negotiations.mediators import find_mediators, proposing
from readout.readers.negotiations.mentions import Mention, carrier
from readout.readers.negotiations.sides import acting_side, are_unnamed, find_parties, weak_sides
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
    past_only: list[int] = field(default_factory=list)  # the mentions that tell of earlier days

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
        draft = _draft_of(document, drafts, read, book)
        if draft is None and mention.kind in ("table", "dispute") and len(read.parties) < 2:
            continue
        if draft is None and mention.kind == "deal" and not _opens(read, drafts, book):
            before += [] if read.past else [read]
            continue
        if draft is not None and len(draft.parties) > 1 and mention.kind == "table":
            read = replace(read, parties=[])
        if draft is not None and read.past and (mention.kind == "deal" or len(draft.parties) > 1):
            read = replace(
                read, parties=[], weak=[], mediators=[]
            )  # who broke off talks of long ago is no side of these
        if draft is None:
            draft = Draft(mention.topic)
            drafts.append(draft)
            _join(draft, read, book)
            for each in before:
                if _same(document, draft, each, book):
                    _join(draft, each, book)
            before = []
        else:
            _join(draft, read, book)
    return _merged([draft for draft in drafts if _holds(document, draft, book)], book)


def _merged(drafts: list[Draft], book: ActorBook) -> list[Draft]:
    """Negotiations without those of which is told but that one person holds them, where there is one that these may be."""
    loose = [d for d in drafts if d.topic is None and [book.actors[n].kind for n in d.parties] == ["person"]]
    known = [d for d in drafts if len(d.parties) > 1]
    if len(known) != 1:
        return drafts
    for draft in loose:
        known[0].told += draft.told
        known[0].past += draft.past
        known[0].mentions += draft.mentions
        known[0].past_only += draft.past_only
    return [draft for draft in drafts if draft not in loose]


def _draft_of(document: Document, drafts: list[Draft], read: _Reading, book: ActorBook) -> Draft | None:
    """The latest negotiation that a mention may be of; rather one with the topic that it names."""
    may = [d for d in reversed(drafts) if _same(document, d, read, book)]
    topic = read.mention.topic
    if topic is None and read.told is not None and _visits(document, read.told.word):
        # "will fly to Cairo *for talks with Egypt*": of the truce that others negotiate, Egypt is no side by that
        may = [d for d in may if _states(d.parties, book) & _states(read.parties, book)]
    if read.mention.kind == "table":  # to which a visitor's talks do not lead, and which is that of any others
        may = [d for d in reversed(drafts) if d.strong]
    surer = [d for d in may if d.strong] if topic is None and not _states(read.parties, book) else []
    if topic is not None:
        surer = [d for d in may if d.topic is not None and _topics_meet(d.topic, topic)]
    return next(iter(surer or may), None)


def _read(
    document: Document, mention: Mention, ended: dict[int, int], passed: dict[int, int], book: ActorBook
) -> _Reading:
    mediators, told = find_mediators(document, mention, book), find_state(document, mention)
    mediators += [n for n in proposing(document, mention, book) if n not in mediators]
    past = told is not None and is_past(document, mention, told, ended)
    if told is not None and mention.kind == "deal" and document.lemmas[told.word] in words("setting_up"):
        past = False  # what was "set up under the truce of 2019" may be there still
    elif told is not None and told.word in passed.values() and document.lemmas[told.word] in words("scheduling"):
        told = None  # "had been planned for May 3", told in June
    elif told is not None and document.tokens[told.word].head in passed.values() and not _visits(document, told.word):
        past = past or is_past(document, mention, told, passed)
    parties = [n for n in find_parties(document, mention, book) if n not in mediators]
    if len(parties) == 1 and mention.kind != "deal":
        parties += [n for n in acting_side(document, mention, book) if n not in (*parties, *mediators)]
    return _Reading(mention, parties, weak_sides(document, mention, book), mediators, told, past)


def _visits(document: Document, word: int) -> bool:
    """Whether a verb is one of coming: who came some days ago for talks still talks."""
    return document.lemmas[word] in words("visiting_verbs")


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


def _join(draft: Draft, read: _Reading, book: ActorBook) -> None:
    mention = read.mention
    draft.topic = draft.topic or mention.topic
    says = mention.topic is not None and (mention.kind != "deal" or read.told is not None)
    draft.strong = draft.strong or mention.kind in ("strong", "table", "dispute") or says
    draft.past_only += [mention.token] if read.past else []
    known = _states(draft.parties, book)
    new = [n for n in read.parties if n not in draft.parties]
    if len(known) > 1 and len(read.parties) == 1:  # where both sides are named, a minister of one of them is no third
        new = [n for n in new if not (_states([n], book) <= known or _is_anybody(book, n))]
    elif len(known) > 1 and all(book.actors[n].kind == "person" for n in read.parties) and _states(new, book) <= known:
        new = []  # nor are two ministers, one of each
    draft.parties += new
    draft.weak += [n for n in read.weak if n not in draft.weak]
    draft.mediators += [n for n in read.mediators if n not in draft.mediators]
    draft.mentions.append(mention)
    if read.told is not None:
        (draft.past if read.past else draft.told).append(read.told)


def _is_anybody(book: ActorBook, n: int) -> bool:
    """Whether an actor is people of whom is not told whose they are: "experts"."""
    actor = book.actors[n]
    return actor.kind == "unnamed" and actor.country is None and "REB" not in actor.sectors


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
        if is_generic(book, n) or (actor.kind == "person" and not actor.country and not actor.affiliation):
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
    idle = words("issues", "nouns")  # two talks on an "issue" are not the same by that
    mine, other = ({w for w in topic.lower().split() if len(w) > 3} - idle for topic in (a, b))
    of_war = all(any(word in topic.lower() for word in words("war_topics")) for topic in (a, b))
    return a.lower() == b.lower() or bool(mine & other) or of_war


def _holds(document: Document, draft: Draft, book: ActorBook) -> bool:
    """Whether it is more than a conversation: told of as a negotiation, with a topic, in rounds, between foes or with a mediator,
    or with a state that lasts."""
    frozen = any(document.lemmas[t.word] in words("freezes") for t in draft.told)
    lasting = frozen or any(t.state in ("stalled", "suspended", "collapsed") for t in (*draft.told, *draft.past))
    if (
        draft.strong
        or lasting
        or _is_to_be_mediated(draft)
        or any(_is_later_round(document, m.token) for m in draft.mentions)
    ):
        return True
    if len(_states(draft.parties, book)) > 1 and any(_is_news(document, t) for t in draft.told):
        return True  # what two have signed they have negotiated
    sides = draft.parties or draft.weak
    rebels = any(a.kind == "armed_group" or "REB" in a.sectors for a in book.actors)
    if rebels and not draft.parties and any(are_unnamed(document, m) for m in draft.mentions):
        return True  # "the two sides held talks", where there are rebels
    armed = any(book.actors[n].kind == "armed_group" for n in (*draft.parties, *draft.weak))
    if draft.mediators and sides and (armed or len(sides) > 1 or (draft.topic is not None and draft.parties)):
        return True
    if len(sides) > 1 and (armed or (len(draft.parties) > 1 and _goes_on(document, draft))):
        return True
    return _is_between_foes(document, draft)


def _is_news(document: Document, told: Told) -> bool:
    """Whether a deal is told of as agreed in a clause of its own, and not by the way."""
    return told.state == "agreed" and document.relations[told.word] not in ("acl", "acl:relcl", "advcl", "amod")


def _is_to_be_mediated(draft: Draft) -> bool:
    return bool(draft.mediators) and any(m.kind == "mediation" for m in draft.mentions)


def _goes_on(document: Document, draft: Draft) -> bool:
    """Whether its talks are taken up again, or are held by negotiators."""
    if any(document.lemmas[told.word] in words("going_on") for told in draft.told):
        return True
    sides = [c for m in draft.mentions if m.kind == "talks" for c in document.children(m.token, "nmod")]
    return any(document.lemmas[c] in words("negotiators") or document.lemmas[c] in words("missions") for c in sides)


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
