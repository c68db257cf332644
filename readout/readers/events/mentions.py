"""The actors of an article and where they are mentioned, found by a word without a look at all mentions; both lists grow."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import replace

from readout.language.document import Document
from readout.types import Actor, Span


class Mentions:
    """Actors, of whom more are named and more mentions found while events are read.

    `cover` is the first actor with a mention around each word, `last` the one whose mention of several words ends in a noun, by
    that noun, where the tree gives its head elsewhere ("Indian and *Pakistani troops*").
    """

    def __init__(self, document: Document, actors: tuple[Actor, ...]):
        self._document = document
        self.actors: list[Actor] = list(actors)
        self.cover: dict[int, int] = {}
        self.last: dict[int, int] = {}
        self._around: dict[int, Span] = {}  # the first mention of the covering actor around each word
        # What is asked of some actors only, and worked out then.
        self._words: dict[int, set[int]] = {}
        self._held: dict[int, set[int]] = {}
        self._sentences: dict[int, set[int]] = {}
        self._begins: list[tuple[int, int, int]] | None = None
        self._heads: dict[int, set[int]] = {}
        cover, around, parts = self.cover, self._around, document.parts
        for n, actor in enumerate(actors):
            for span in actor.mentions:
                inside = document.tokens_in(span)
                for i in inside:
                    if i not in cover:
                        cover[i], around[i] = n, span
                if len(inside) > 1 and parts[inside[-1]] == "NOUN":
                    self.last.setdefault(inside[-1], n)

    def append(self, actor: Actor) -> int:
        """Adds an actor; its number."""
        n = len(self.actors)
        self.actors.append(actor)
        self._note(n, actor.mentions)
        return n

    def add(self, n: int, span: Span) -> None:
        """Adds a mention to an actor, whose mentions are in order, unless it has it."""
        mentions = self.actors[n].mentions
        at = bisect_left(mentions, span)
        if mentions[at : at + 1] == (span,):
            return
        self.actors[n] = replace(self.actors[n], mentions=(*mentions[:at], span, *mentions[at:]))
        for i in self._document.tokens_in(span):
            if self.cover.get(i) == n:
                self._around[i] = min(self._around[i], span)
            if n in self._sentences:
                self._sentences[n].add(self._document.tokens[i].sentence)
        if n in self._words:
            self._words[n].update(self._document.tokens_in(span))
        if n in self._held:
            self._held[n].update(self._within(span))
        self._note(n, (span,))

    def around(self, i: int) -> Span | None:
        """The first mention around word `i` of the actor that covers it; None where none does."""
        return self._around.get(i)

    def words_of(self, n: int) -> set[int]:
        """The words that mentions of an actor have a part in."""
        if n not in self._words:
            self._words[n] = {i for span in self.actors[n].mentions for i in self._document.tokens_in(span)}
        return self._words[n]

    def holds(self, n: int, i: int) -> bool:
        """Whether the whole of word `i` is within a mention of an actor."""
        if n not in self._held:
            self._held[n] = {held for span in self.actors[n].mentions for held in self._within(span)}
        return i in self._held[n]

    def sentences_of(self, n: int) -> set[int]:
        """The sentences in which an actor is mentioned."""
        if n not in self._sentences:
            tokens = self._document.tokens
            self._sentences[n] = {tokens[i].sentence for i in self.words_of(n)}
        return self._sentences[n]

    def between(self, first: int, last: int, apart_from: Iterable[int]) -> list[int]:
        """The actors with a mention between two code points and none that is headed by a word of `apart_from`, in their order."""
        if self._begins is None:
            self._begins = []
            for n, actor in enumerate(self.actors):
                self._note(n, actor.mentions)
        some = self._begins[bisect_left(self._begins, (first,)) : bisect_left(self._begins, (last + 1,))]
        found = {n for _, end, n in some if end <= last}
        return sorted(found.difference(*[self._heads.get(i, ()) for i in apart_from]))

    def _within(self, span: Span) -> list[int]:
        starts, ends = self._document.starts, self._document.ends
        return [i for i in self._document.tokens_in(span) if span[0] <= starts[i] and ends[i] <= span[1]]

    def _note(self, n: int, spans: Iterable[Span]) -> None:
        """Keeps what `between` asks for, once it has been asked."""
        if self._begins is None:
            return
        for span in spans:
            insort(self._begins, (*span, n))
            head = self._document.head_of(span)
            if head is not None:
                self._heads.setdefault(head, set()).add(n)
