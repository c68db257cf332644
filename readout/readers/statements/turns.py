"""Who spoke before: what "he added", "it said", "the statement said" and "the paper said" go back to."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Container
from dataclasses import dataclass, field

from readout.readers.statements.lexicon import source_nouns
from readout.readers.statements.page import Draft, Page
from readout.readers.statements.setting import channel_named
from readout.readers.stretches import Stretches
from readout.types import Actor, ActorKind, Span

_REACH = 2  # paragraphs
_OTHER_GENDER = {"he": frozenset({"she", "her"}), "she": frozenset({"he", "him", "his"})}
_FIRST_WORDS = frozenset({"he", "she", "it", "they", "him", "her", "his", "its", "them", "their", "who"})


@dataclass(slots=True)
class _Mentions:
    """How an actor is mentioned, as far as it has been looked at: mentions are only ever added at the end."""

    seen: int = 0
    pronouns: set[str] = field(default_factory=set)
    named: list[Span] = field(default_factory=list)  # sorted


class Turns:
    """The speakers of a document in text order; drafts inside what others say do not count as turns."""

    def __init__(self, page: Page, drafts: list[Draft], media: Container[int] = ()) -> None:
        """`media` are the words for a newspaper, station or agency: whoever speaks in what one tells has spoken."""
        self._page = page
        spoken = [draft for draft in drafts if draft.strength == "word" and draft.source not in media]
        self._said = Stretches([span for draft in spoken for span in draft.content])
        self._spoke: dict[int, dict[int, list[int]]] = {}  # by paragraph: the words at which each actor spoke
        self._through: dict[str, int] = {}  # by channel: who spoke last
        self._media: set[int] = set()
        self._mentions: dict[int, _Mentions] = {}

    def add(self, draft: Draft, actor: int, channel: str | None, kind: ActorKind) -> None:
        """Notes that an actor, of some kind, speaks here."""
        if self._said.count_at(self._page.tokens[draft.word].start):
            return
        paragraph = self._page.document.sentence(draft.word).paragraph
        self._spoke.setdefault(paragraph, {}).setdefault(actor, []).append(draft.word)
        if channel is not None:
            self._through[channel] = actor
        if kind == "media":
            self._media.add(actor)

    def behind_pronoun(self, draft: Draft, pronoun: int, resolved: int | None, actors: list[Actor]) -> int | None:
        """The actor of a pronoun that speaks: `resolved` where the actors reader found one, else the last speaker.

        The last speaker wins over an actor who was named longer ago, or only in what somebody said: who goes on
        speaking in wire copy is who spoke.
        """
        last = self._last(draft, self._page.tokens[pronoun].lower, actors)
        if resolved is None or last is None or last[1] == resolved:
            return resolved if last is None else last[1]
        latest = self._latest_name(resolved, actors[resolved], self._page.tokens[pronoun].start)
        if latest is None:
            return resolved
        stale = latest[1] < self._page.tokens[last[0]].start
        return last[1] if stale or self._said.count_at(latest[0]) else resolved

    def behind_document(self, draft: Draft, head: int) -> int | None:
        """Who spoke last through the document that "the statement said" goes back to."""
        channel = channel_named(self._page, head)
        definite = any(self._page.tokens[c].lower in ("the", "this") for c in self._page.document.children(head, "det"))
        return self._through.get(channel) if channel is not None and definite else None

    def last_medium(self, actors: list[Actor]) -> int | None:
        """The only newspaper, station or agency that has spoken so far."""
        found = [actor for actor in self._media if actors[actor].kind == "media"]
        return found[0] if len(found) == 1 else None

    def _last(self, draft: Draft, pronoun: str, actors: list[Actor]) -> tuple[int, int] | None:
        """The word and actor of the turn that a pronoun goes back to: in the nearest paragraph with any, the only one."""
        here = self._page.document.sentence(draft.word).paragraph
        for paragraph in range(here, here - _REACH - 1, -1):
            fitting: list[tuple[int, int]] = []
            for actor, words in self._spoke.get(paragraph, {}).items():
                word = next((word for word in reversed(words) if word < draft.word), None)
                if word is not None and self._fits(pronoun, actor, actors[actor]):
                    if fitting:
                        return None
                    fitting.append((word, actor))
            if fitting:
                return fitting[0]
        return None

    def _latest_name(self, n: int, actor: Actor, before: int) -> Span | None:
        """The last mention of an actor, before a place, that is no pronoun."""
        named = self._mentioned(n, actor).named
        for k in range(bisect_left(named, (before, 0)) - 1, -1, -1):
            if named[k][1] <= before:
                return named[k]
        return None

    def _mentioned(self, n: int, actor: Actor) -> _Mentions:
        found = self._mentions.setdefault(n, _Mentions())
        if found.seen < len(actor.mentions):
            for span in actor.mentions[found.seen :]:
                said = self._page.document.slice(span).lower()
                if said in _FIRST_WORDS:
                    found.pronouns.add(said)
                else:
                    insort(found.named, span)
            found.seen = len(actor.mentions)
        return found

    def _fits(self, pronoun: str, n: int, actor: Actor) -> bool:
        if pronoun in _OTHER_GENDER:
            single = actor.kind == "person" or (actor.kind == "unnamed" and _noun_kind(actor) == "people")
            several = actor.kind == "unnamed" and actor.name.endswith("s")
            other = _OTHER_GENDER[pronoun]
            return single and not several and other.isdisjoint(self._mentioned(n, actor).pronouns)
        if pronoun == "it":
            person = actor.kind == "unnamed" and _noun_kind(actor) == "people"
            return not person and actor.kind not in ("person", "population")
        return actor.kind in ("population", "unnamed") and (actor.name.endswith("s") or _noun_kind(actor) is None)


def _noun_kind(actor: Actor) -> str | None:
    """What kind of source an actor's own noun is: of its names, the last words decide."""
    words = actor.name.lower().split()
    for word in reversed(words):
        for form in (word, word.removesuffix("s")):
            if form in source_nouns():
                return source_nouns()[form]
    return None
