"""Mentions gathered into negotiations: which of them speak of one, and what each adds to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from readout.language.document import Document
from readout.readers.events.book import ActorBook
from readout.readers.negotiations.dating import LONG_AGO, PASSED, days_of, ended_by
from readout.readers.negotiations.elsewhere import are_unnamed, points_back
from readout.readers.negotiations.lexicon import words
from readout.readers.negotiations.mediators import find_mediators, planning, proposing
from readout.readers.negotiations.mentions import Mention, carrier
from readout.readers.negotiations.sides import acting_side, find_parties, weak_sides
from readout.readers.negotiations.telling import Told, find_state, is_past
from readout.readers.status import judge
from readout.types import Time

#: The sentences that an article opens with.
_OPENING = 2
_BOTH = 2  # the sides of a deal told of by the way
_NOW = "9999"  # later than any day
#: Sectors of people who stand for no state: rebels, an opposition, a party.
_OF_NO_STATE = frozenset({"REB", "OPP", "PTY"})


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
    days = days_of(document, mentions, times)
    ended, passed = ended_by(document, mentions, times, LONG_AGO), ended_by(document, mentions, times, PASSED)
    for mention in mentions:
        read = _read(document, mention, ended, passed, book)
        if points_back(document, mention) and any(len(_states(draft.parties, book)) > 1 for draft in drafts):
            read = replace(read, parties=[])  # "the two sides" are those of the talks that were told of before
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
        if draft is not None and _is_overtaken(document, draft, read, days):
            read = replace(read, past=True)
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


def _is_overtaken(document: Document, draft: Draft, read: _Reading, days: dict[int, str]) -> bool:
    """Whether what is told of earlier days has been overtaken by what the article opens with: "reached a deal … Talks *broke down*
    in October"."""
    if read.told is None or read.told.state not in ("stalled", "suspended", "collapsed") or not draft.told:
        return False
    news = draft.told[0]
    opens = document.tokens[news.word].sentence < _OPENING
    newer = news.state in ("agreed", "implemented") or document.lemmas[news.word] in words("going_on")
    return opens and newer and read.told.word in days and days[read.told.word] < days.get(news.word, _NOW)


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
    if _is_apart(document, read.mention):
        return None
    latest = sorted(drafts, key=lambda d: d.mentions[-1].token, reverse=True)
    may = [d for d in latest if _same(document, d, read, book)]
    topic = read.mention.topic
    if topic is None and read.told is not None and _visits(document, read.told.word):
        # "will fly to Cairo *for talks with Egypt*": of the truce that others negotiate, Egypt is no side by that
        may = [d for d in may if _states(d.parties, book) & _states(read.parties, book)]
    if read.mention.kind == "table":  # to which a visitor's talks do not lead, and which is that of any others
        strong = [
            d
            for d in latest
            if d.strong or any(t.state in ("stalled", "suspended", "collapsed") for t in d.told + d.past)
        ]
        mine = _states(read.parties, book)
        may = [d for d in strong if mine & _states(d.parties, book)] or strong
    surer = [d for d in may if d.strong] if topic is None and not _states(read.parties, book) else []
    if topic is not None:
        surer = [d for d in may if d.topic is not None and _topics_meet(d.topic, topic)]
    return next(iter(surer or may), None)


def _is_apart(document: Document, mention: Mention) -> bool:
    """Whether talks are told of as others than those before: "*separate* negotiations", "in *another* dispute, … talks"."""
    near = document.children(mention.token, "amod")
    verb = document.tokens[carrier(document, mention.token)].head
    quarrels = [o for o in document.children(verb, "obl") if document.lemmas[o] in words("disputes", "nouns")]
    near += [c for o in quarrels for c in document.children(o, "amod", "det")]
    return mention.kind != "deal" and any(document.words[c] in words("apart") for c in near)


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
    elif (
        told is not None and _hangs_on_passed(document, mention, told.word, passed) and not _visits(document, told.word)
    ):
        past = past or is_past(document, mention, told, passed)
    third = mention.kind == "deal" and told is None and planning(document, (), [mention.token], book)
    if (
        third and len(set(find_parties(document, mention, book)) - set(third)) > 1
    ):  # "C proposed a truce between A and B"
        told = Told("proposed", mention.token, document.span(mention.token))
    parties = [n for n in find_parties(document, mention, book) if n not in mediators]
    if len(parties) == 1 and mention.kind != "deal":
        parties += [n for n in acting_side(document, mention, book) if n not in (*parties, *mediators)]
    return _Reading(mention, parties, weak_sides(document, mention, book), mediators, told, past)


def _hangs_on_passed(document: Document, mention: Mention, word: int, passed: dict[int, int]) -> bool:
    """Whether the verb above a word has a day some days ago: "were *planned* for May 3 but were postponed"."""
    itself = (
        document.relations[word] == "root" and mention.kind != "deal"
    )  # what "collapsed on Friday" has collapsed still
    return not itself and document.tokens[word].head in passed.values()


def _visits(document: Document, word: int) -> bool:
    """Whether a verb is one of coming: who came some days ago for talks still talks."""
    return document.lemmas[word] in words("visiting_verbs")


def _opens(read: _Reading, drafts: list[Draft], book: ActorBook) -> bool:
    """Whether mention of a deal opens a negotiation: with a state, and a side, mediator or topic; if it is past, with both sides,
    neither of them one of another negotiation."""
    if read.past:
        mine = _states(read.parties, book)
        return len(read.parties) > 1 and not any(mine & _states(draft.parties, book) for draft in drafts)
    told = read.told is not None and (read.told.state != "under_way" or len(read.parties) > 1)
    return told and bool(read.parties or read.mediators or read.mention.topic)


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
            actor.kind in ("person", "unnamed") and not _of_group(n, book) and _OF_NO_STATE.isdisjoint(actor.sectors)
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
    if len(_states(draft.parties, book)) > 1 and any(
        _is_news(document, t) for t in (draft.told or (draft.past if len(draft.parties) == _BOTH else ()))
    ):
        return True  # what two have signed they have negotiated
    if len(_states(draft.parties, book)) > 1 and any(_is_ongoing(document, m, draft.told) for m in draft.mentions):
        return True  # "is *negotiating* with Chad"
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


def _is_ongoing(document: Document, mention: Mention, told: Sequence[Told]) -> bool:
    """Whether a verb of negotiating tells of what goes on now."""
    return mention.kind == "verb" and any(
        t.word == mention.token and judge(document, t.word).status == "ongoing" for t in told
    )


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
