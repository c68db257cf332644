"""Who the speakers are: from the words of a source to the report's actors."""

from __future__ import annotations

import dataclasses

from readout.readers.lookup import actors_by_head
from readout.readers.statements.documents import issuer_before, maker_before
from readout.readers.statements.lexicon import audiences
from readout.readers.statements.page import Draft, Page, is_somebody, noun_kind, noun_phrase
from readout.readers.statements.setting import channel_named
from readout.readers.statements.subjects import relative_subject
from readout.readers.statements.turns import Turns
from readout.types import Actor, Span

_SPEAKING_KINDS = {"people", "bodies", "media"}
_PRONOUNS = frozenset({"he", "she", "it", "they"})


class Speakers:
    """Looks up the actor behind a source's head word, and adds an unnamed one where there is none.

    It holds what it has added and who has spoken so far; `actors` gives the whole list at the end.
    """

    def __init__(self, page: Page, actors: tuple[Actor, ...], drafts: list[Draft]) -> None:
        self._page = page
        self._given, self._actors = actors, list(actors)
        self._by_head = actors_by_head(page.document, actors)
        self._added: dict[str, int] = {}
        self._turns = Turns(page, drafts, {word for draft in drafts if (word := self._medium(draft)) is not None})
        self._mentioned: dict[int, list[tuple[int, Span]]] | None = None  # by word, once somebody has asked
        self._ending: dict[int, list[tuple[int, Span]]] = {}  # by their last code point

    def _medium(self, draft: Draft) -> int | None:
        """The word for the newspaper, station or agency that says something."""
        if draft.source is None:
            return None
        known = self._by_head.get(draft.source)
        medium = (
            noun_kind(self._page, draft.source) == "media" if known is None else self._actors[known].kind == "media"
        )
        return draft.source if medium else None

    def actors(self) -> tuple[Actor, ...]:
        """The actors that were given, and behind them those that were added; the same tuple where nothing is new."""
        actors = tuple(self._actors)
        return self._given if actors == self._given else actors

    def actor(self, n: int) -> Actor:
        """One of `actors`, as it is known so far."""
        return self._actors[n]

    def of(self, draft: Draft, channel: str | None) -> tuple[int | None, Span | None]:
        """The actor and the words of a draft's source; None for what the text does not give.

        Drafts must come in text order: a pronoun, "the statement" and "the paper" go back to who spoke before.
        """
        if draft.source is None:
            return None, None
        if self._page.tokens[draft.source].lower in _PRONOUNS:
            resolved = self._by_head.get(draft.source)
            actor = self._turns.behind_pronoun(draft, draft.source, resolved, self._actors)
        else:
            actor = self._actor(draft.source, add=True, before=draft)
        if actor is not None and draft.strength == "word":
            self._turns.add(draft, actor, channel, self._actors[actor].kind)
        relative = relative_subject(self._page, draft.word)
        if relative is not None and actor is not None and self._actors[actor].kind != "unnamed":
            return actor, self._page.document.span(relative)
        return actor, noun_phrase(self._page, draft.source)

    def describe(self, actor: int, span: Span) -> None:
        """Gives an unnamed actor, where it is first mentioned, the name that its description makes."""
        known = self._actors[actor]
        words = " ".join(self._page.document.slice(span).split())
        name = words.split(" ", 1)[1] if words.lower().startswith(("the ", "a ", "an ")) else words
        first = min(known.mentions, default=span)
        if known.id is None and first[0] >= span[0] and first[1] <= span[1] and known.name in name:
            self._actors[actor] = dataclasses.replace(known, name=name, kind="unnamed")

    def addressees(self, draft: Draft) -> tuple[int, ...]:
        """The actors who are told."""
        if not draft.addressees:
            return ()
        found = [self._hearer(word) for word in draft.addressees]
        return tuple(dict.fromkeys([actor for actor in found if actor is not None]))

    def _hearer(self, head: int) -> int | None:
        """The actor who is told; an audience that no list of speakers has is one: "told *a rally*"."""
        if channel_named(self._page, head) is not None and noun_kind(self._page, head) not in ("media", "people"):
            return None if self._page.tokens[head].pos == "NOUN" else self._actor(head, add=True)
        known = self._actor(head, add=True)
        hears = known is None and self._page.document.lemmas[head] in audiences()
        return self._add(head, None) if hears else known

    def _issuer(self, draft: Draft, head: int) -> int | None:
        """Who speaks through a document that a text has brought up before."""
        issuer = issuer_before(self._page, head)
        if issuer is None:
            return self._turns.behind_document(draft, head)
        if self._page.tokens[issuer].lower in _PRONOUNS:
            return self._by_head.get(issuer)
        return self._actor(issuer, add=True)

    def _actor(self, head: int, *, add: bool, before: Draft | None = None) -> int | None:
        if self._page.tokens[head].pos in ("NUM", "DET", "PRON"):  # "one *of the sources* said"
            of = [c for c in self._page.document.children(head, "nmod") if self._page.document.preposition(c) == "of"]
            head = of[0] if of else head
        known = self._by_head.get(head)
        if known is None or self._actors[known].kind == "unnamed":
            known = self._named(head) if known is None else self._named(head, but=known)
        kind = noun_kind(self._page, head)
        if known is not None:
            made = kind == "documents" and self._actors[known].kind == "unnamed"
            author = self._author(head) if made else None
            return known if author is None else author
        token = self._page.tokens[head]
        if kind == "documents":
            author = self._author(head)
            if author is None and before is not None:
                author = self._issuer(before, head)
            return author if author is not None or before is None else self._add(head, "documents")
        if kind == "media" and token.pos == "NOUN" and (title := self._title(head)) is not None:
            return self._actor(title, add=add, before=before)
        if kind == "media" and before is not None and self._is_definite(head):
            last = self._turns.last_medium(self._actors)
            if last is not None:
                return last
        speaks = kind in _SPEAKING_KINDS or token.pos == "PROPN" or is_somebody(self._page, head)
        if token.pos not in ("NOUN", "PROPN") or not speaks or not add:
            return None
        return self._add(head, kind)

    def _named(self, head: int, but: int | None = None) -> int | None:
        """The actor whose mention covers the head word, or the person whom its phrase ends in or who explains it.

        "Party official and former MP X said", "X's minister of Y Z said", "the spokesman, X, said".
        """
        page, document = self._page, self._page.document
        span = noun_phrase(page, head)
        mentioned, actors = self._by_word(), self._actors
        at, behind = page.tokens[head].start, page.tokens[head].end
        here = [m for m in mentioned.get(head, ()) if m[1][0] <= at < m[1][1]]
        fitting = [m for m in here if _within(m[1], span) or _within(span, m[1])]
        last = [m for m in self._ending.get(span[1], ()) if m[1][0] > behind and actors[m[0]].kind == "person"]
        fitting += [m for m in last if self._is_title(head, m[1])]
        for apposition in document.children(head, "appos"):
            own = document.span(apposition)
            explained = [m for m in mentioned.get(apposition, ()) if _within(own, m[1])]
            fitting += [m for m in explained if actors[m[0]].kind == "person"]
        lengths = [(end - start, -n) for n, (start, end) in fitting if n != but]
        return -max(lengths)[1] if lengths else but

    def _by_word(self) -> dict[int, list[tuple[int, Span]]]:
        """The mentions that each word is part of, with their actors."""
        if self._mentioned is None:
            self._mentioned = {}
            for n, actor in enumerate(self._actors):
                for span in actor.mentions:
                    self._note(n, span)
        return self._mentioned

    def _note(self, n: int, span: Span) -> None:
        """Takes a mention of an actor into what `_named` looks through."""
        if self._mentioned is not None:
            for word in self._page.document.tokens_in(span):
                self._mentioned.setdefault(word, []).append((n, span))
            self._ending.setdefault(span[1], []).append((n, span))

    def _is_title(self, head: int, name: Span) -> bool:
        """Whether a noun is the title of the name that ends its phrase: no article where "and" stands between."""
        document = self._page.document
        if self._page.tokens[head].tag not in ("NN", "NNP") or noun_kind(self._page, head) != "people":
            return False
        joined = any(self._page.tokens[i].pos == "CCONJ" for i in range(head, document.tokens_in(name)[0]))
        of = any(document.preposition(child) for child in document.children(head, "nmod"))
        return not joined or of or document.child(head, "det", "nmod:poss") is None

    def _title(self, head: int) -> int | None:
        """The name right behind a newspaper's or a station's noun: "the local daily *The Observer*"."""
        document = self._page.document
        names = document.children(head, "appos", "flat", "nmod:desc")
        names = [child for child in names if child > head and self._page.tokens[child].pos == "PROPN"]
        between = document.tags[head + 1 : names[0]] if names else ()
        return names[0] if names and all(tag in ("DT", "NNP", "NNPS", "``") for tag in between) else None

    def _is_definite(self, head: int) -> bool:
        words = self._page.document.slice(noun_phrase(self._page, head)).lower().split()
        return len(words) == 2 and words[0] in ("the", "this", "that")

    def _owner(self, head: int, prepositions: tuple[str, ...]) -> int | None:
        """The actor that a noun belongs to: its possessor, or the noun behind one of some prepositions."""
        document = self._page.document
        for child in document.children(head, "nmod:poss"):
            return self._actor(child, add=False)
        for child in document.children(head, "nmod", "acl", "obl"):
            if document.preposition(child) in prepositions:
                return self._actor(child, add=False)
        return None

    def _author(self, head: int) -> int | None:
        """Who made a document: whose it is, or whose site or station it was put out on."""
        document = self._page.document
        own = self._owner(head, ("by", "from", "of"))
        if own is None and document.words[head + 1 : head + 2] in (("by",), ("from",)):
            own = self._actor(document.tokens[head + 1].head, add=False)  # the tree may hang it from the verb
        if own is not None:
            return own
        maker = maker_before(self._page, head)
        if maker is not None:
            return self._maker(maker, head)
        for acl in document.children(head, "acl"):
            for place in document.children(acl, "obl"):
                if document.preposition(place) in ("on", "by", "in") and noun_kind(self._page, place) == "media":
                    owner = self._owner(place, ("of",))
                    return owner if owner is not None else self._actor(place, add=False)
        return None

    def _maker(self, maker: int, head: int) -> int | None:
        """The actor whom the word before a document's noun names."""
        page = self._page
        named = page.tokens[maker].pos == "PROPN"
        known = self._actor(maker, add=not named)
        if known is None or (named and self._actors[known].kind == "unnamed"):
            return None
        at = page.tokens[head].start
        if not any(start <= at < end for start, end in self._actors[known].mentions):
            return known
        return None if named else self._add(maker, noun_kind(page, maker))  # the mention is of the document itself

    def _add(self, head: int, kind: str | None) -> int:
        """A new unnamed actor; the same noun with a definite article is the one already added."""
        page = self._page
        span = noun_phrase(page, head)
        words = page.document.slice(span)
        lower = words.lower()
        definite = lower.startswith(("the ", "this ", "that "))
        name = words.split(" ", 1)[1] if lower.startswith(("the ", "a ", "an ")) else words
        key = page.tokens[head].lemma.lower()
        if key in self._added and (definite or page.tokens[head].pos == "PROPN"):
            n = self._added[key]
            self._actors[n] = dataclasses.replace(self._actors[n], mentions=(*self._actors[n].mentions, span))
        else:
            n = len(self._actors)
            owner = self._owner(head, ("of", "for", "from", "at"))
            of = self._actors[owner] if owner is not None else None
            self._actors.append(
                Actor(
                    name=" ".join(name.split()),
                    kind="media" if kind == "media" else "unnamed",
                    country=of.country if of else None,
                    affiliation=of.name if of else None,
                    mentions=(span,),
                )
            )
            self._added[key] = n
        self._by_head[head] = n
        self._note(n, span)
        return n


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
