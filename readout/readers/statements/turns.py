"""Who spoke before: what "he added", "it said", "the statement said" and "the paper said" go back to."""

from __future__ import annotations

from readout.readers.statements.lexicon import source_nouns
from readout.readers.statements.page import Draft, Page
from readout.readers.statements.setting import channel_named
from readout.types import Actor, Span

_REACH = 2  # paragraphs
_OTHER_GENDER = {"he": frozenset({"she", "her"}), "she": frozenset({"he", "him", "his"})}
_FIRST_WORDS = frozenset({"he", "she", "it", "they", "him", "her", "his", "its", "them", "their", "who"})


class Turns:
    """The speakers of a document in text order; drafts inside what others say do not count as turns."""

    def __init__(self, page: Page, drafts: list[Draft]) -> None:
        self._page = page
        self._said = [span for draft in drafts if draft.strength == "word" for span in draft.content]
        self._spoke: list[tuple[int, int, str | None]] = []  # word, actor, channel

    def add(self, draft: Draft, actor: int, channel: str | None) -> None:
        """Notes that an actor speaks here."""
        if not self._inside(self._page.tokens[draft.word].start):
            self._spoke.append((draft.word, actor, channel))

    def behind_pronoun(self, draft: Draft, pronoun: int, resolved: int | None, actors: list[Actor]) -> int | None:
        """The actor of a pronoun that speaks: `resolved` where the actors reader found one, else the last speaker.

        The last speaker wins over an actor who was named longer ago, or only in what somebody said: who goes on
        speaking in wire copy is who spoke.
        """
        last = self._last(draft, self._page.tokens[pronoun].lower, actors)
        if resolved is None or last is None or last[1] == resolved:
            return resolved if last is None else last[1]
        start = self._page.tokens[pronoun].start
        named = [span for span in actors[resolved].mentions if span[1] <= start and not self._is_pronoun(span)]
        if not named:
            return resolved
        latest = max(named)
        stale = latest[1] < self._page.tokens[last[0]].start
        return last[1] if stale or self._inside(latest[0]) else resolved

    def behind_document(self, draft: Draft, head: int) -> int | None:
        """Who spoke last through the document that "the statement said" goes back to."""
        channel = channel_named(self._page, head)
        definite = any(self._page.tokens[c].lower in ("the", "this") for c in self._page.document.children(head, "det"))
        if channel is None or not definite:
            return None
        return next((actor for _, actor, by in reversed(self._spoke) if by == channel), None)

    def last_medium(self, actors: list[Actor]) -> int | None:
        """The only newspaper, station or agency that has spoken so far."""
        found = {actor for _, actor, _ in self._spoke if actors[actor].kind == "media"}
        return found.pop() if len(found) == 1 else None

    def _last(self, draft: Draft, pronoun: str, actors: list[Actor]) -> tuple[int, int] | None:
        """The word and actor of the turn that a pronoun goes back to: in the nearest paragraph with any, the only one."""
        document = self._page.document
        here = document.sentence(draft.word).paragraph
        for distance in range(_REACH + 1):
            fitting = {
                actor: word
                for word, actor, _ in self._spoke
                if word < draft.word
                and here - document.sentence(word).paragraph == distance
                and self._fits(pronoun, actors[actor])
            }
            if fitting:
                return next((word, actor) for actor, word in fitting.items()) if len(fitting) == 1 else None
        return None

    def _fits(self, pronoun: str, actor: Actor) -> bool:
        if pronoun in _OTHER_GENDER:
            words = {self._page.document.slice(span).lower() for span in actor.mentions}
            single = actor.kind == "person" or (actor.kind == "unnamed" and _noun_kind(actor) == "people")
            several = actor.kind == "unnamed" and actor.name.endswith("s")
            return single and not several and not words & _OTHER_GENDER[pronoun]
        if pronoun == "it":
            person = actor.kind == "unnamed" and _noun_kind(actor) == "people"
            return not person and actor.kind not in ("person", "population")
        return actor.kind in ("population", "unnamed") and (actor.name.endswith("s") or _noun_kind(actor) is None)

    def _inside(self, at: int) -> bool:
        """Whether a place lies in what somebody says."""
        return any(start <= at < end for start, end in self._said)

    def _is_pronoun(self, span: Span) -> bool:
        return self._page.document.slice(span).lower() in _FIRST_WORDS


def _noun_kind(actor: Actor) -> str | None:
    """What kind of source an actor's own noun is: of its names, the last words decide."""
    words = actor.name.lower().split()
    for word in reversed(words):
        for form in (word, word.removesuffix("s")):
            if form in source_nouns():
                return source_nouns()[form]
    return None
