"""From phrases to mentions: what each noun phrase of a sentence says of an actor."""

from __future__ import annotations

from readout.readers.actors.bodies import belong_to, seated_at
from readout.readers.actors.homes import belongs_to_place, country_in
from readout.readers.actors.mentions import Mention, mark
from readout.readers.actors.nominals import determine, is_of_two, read_nominal, start_of_office
from readout.readers.actors.phrases import Page, Phrase
from readout.readers.actors.proper_names import (
    become_person,
    is_inner_name,
    name_behind,
    read_name,
    read_titled,
    speaks,
)
from readout.readers.actors.scanning import Piece, scan
from readout.readers.actors.words import body_nouns, organization_word, vocabulary


class PhraseReader:
    """Reads the phrases of one sentence; `mentions` grows in text order."""

    def __init__(self, page: Page):
        self.page = page
        self.mentions: list[Mention] = []
        self._heads: dict[int, Mention] = {}  # phrase index -> its mention

    def read(self, phrases: list[Phrase]) -> list[Mention]:
        """The mentions of the phrases of a sentence."""
        for n, phrase in enumerate(phrases):
            owner = self._heads.get(phrase.owner) if phrase.owner is not None else None
            main = self._read_phrase(phrase, owner)
            if main is not None:
                self._heads[n] = main
                if owner is None and phrase.owner is not None:
                    self._be_of_place(main, phrases[phrase.owner])
        return self.mentions

    def _be_of_place(self, mention: Mention, owner: Phrase) -> None:
        """Gives whom or what a place owns the state of the place: "*Goma's* police"."""
        if mention.country is None and mention.noun is not None and belongs_to_place(mention.noun):
            mention.country = country_in(self.page, owner.first, owner.last)

    def _read_phrase(self, phrase: Phrase, owner: Mention | None) -> Mention | None:
        if not any(self.page.telling[phrase.first : phrase.last + 1]):
            return None  # as mostly
        pieces = self._trimmed(scan(self.page, phrase))
        if not pieces:
            return None
        titled = self._titled_behind(phrase, pieces)
        if titled is not None:
            return titled
        mention = self._named_body(phrase, pieces, owner) or self._by_last_piece(phrase, pieces, owner)
        if mention is not None:
            self.mentions.append(mention)
        return mention

    def _by_last_piece(self, phrase: Phrase, pieces: list[Piece], owner: Mention | None) -> Mention | None:
        before, last = pieces[:-1], pieces[-1]
        if last.sort == "role" and last.noun is not None:
            mention = read_nominal(self.page, phrase, before, last, owner, renames=self._renames(phrase))
            start = start_of_office(self.page, before, last) if last.noun.one else last.first
            self._inner([piece for piece in before if piece.last < start])
            return mention
        if last.sort in ("name", "known"):
            return self._name(phrase, before, last, owner)
        if last.sort == "state":
            return self._state(phrase, before, last)
        self._inner(pieces)
        return None

    def _named_body(self, phrase: Phrase, pieces: list[Piece], owner: Mention | None) -> Mention | None:
        """A name and what it is: "the *Haaretz newspaper*", "the *Green party*"; one name with its noun."""
        page, last = self.page, pieces[-1]
        kind = body_nouns("named_bodies").get(last.noun.lemma) if last.noun is not None else None
        if kind is None or last.plural or len(pieces) < 2 or (last.first == last.last and page.capital[last.first]):
            return None
        name = pieces[-2]
        if name.sort not in ("name", "known") or page.placed.intersection(range(name.first, name.last + 1)):
            return None
        if name.sort == "known" and {known.kind for known in name.known} != {kind}:
            return None
        if name.sort == "name" and any(organization_word(w) for w in page.lower[name.first : name.last + 1]):
            return None
        mention = self._name(phrase, pieces[:-2], name, owner)
        if mention is None and name.sort == "name":
            mention = mark(page, phrase.first if page.lower[phrase.first] == "the" else name.first, last.last, "name")
            mention.names = (*page.words[name.first : name.last + 1], last.noun.lemma) if last.noun else ()
        if mention is None or (mention.form == "person" and mention.known) or mention.noun is not None:
            return None
        mention.form, mention.last, mention.kind, mention.noun = "name", last.last, kind, last.noun
        mention.sectors, mention.sex = mention.sectors or (last.noun.sectors if last.noun else ()), None
        return mention

    def _renames(self, phrase: Phrase) -> bool:
        """Whether a phrase stands behind a person's name and a comma: "Ola Berg, *coordinator* for the relief"."""
        return bool(self.mentions) and (
            self.mentions[-1].form in ("person", "name")
            and self.mentions[-1].last == phrase.first - 2
            and self.page.words[phrase.first - 1] == ","
        )

    def _titled_behind(self, phrase: Phrase, pieces: list[Piece]) -> Mention | None:
        """Who holds an office, named behind what it is to or of and taken into its mention: "ambassador to Peru *Clark Orsk*"."""
        role = self.mentions[-1] if self.mentions else None
        if role is None or role.form != "nominal" or role.plural or role.noun is None or not role.noun.one:
            return None
        if role.last != phrase.first - 2 or self.page.lower[phrase.first - 1] not in vocabulary("after_title"):
            return None
        within, name = name_behind(self.page, pieces)
        if name is None:
            return None
        self._inner(within)
        inner = self.mentions[-1] if self.mentions[-1] is not role else None
        state = within[-1].state or (within[0].state if within[-1].sort == "role" else None)
        if state is not None and state.use == "name":
            inner = self._state_mention(within[-1] if within[-1].state else within[0])
            self.mentions.append(inner)
        become_person(self.page, role, name, inner, state.country if state is not None else None)
        return role

    def _trimmed(self, pieces: list[Piece]) -> list[Piece]:
        """Without a number or adjective that a run of words ends in by mistake: "the president 's", "Kim 62"."""
        tokens = self.page.document.tokens
        while pieces and pieces[-1].sort == "word" and tokens[pieces[-1].last].pos in ("NUM", "ADV", "PUNCT", "VERB"):
            pieces = pieces[:-1]
        for n in range(1, len(pieces) - 1):
            title = pieces[n - 1].noun
            personal = pieces[n].sort == "name" or (pieces[n].known and pieces[n].known[0].kind == "person")
            if personal and title is not None and title.one and all(p.sort == "word" for p in pieces[n + 1 :]):
                return pieces[: n + 1]  # a verb taken for a noun: "Foreign Minister X plans"
        return pieces

    def _name(self, phrase: Phrase, before: list[Piece], name: Piece, owner: Mention | None) -> Mention | None:
        title = before[-1] if before and before[-1].sort == "role" else None
        if title is not None and title.noun is not None and title.noun.one and not self._is_adjective(title, name):
            mention = read_titled(self.page, before, title, name, owner)
            start = start_of_office(self.page, before[:-1], title)
            self._inner([piece for piece in before[:-1] if piece.last < start])
            return mention
        outlawed = any(p.sort == "word" and self._is_outlawed(p) for p in before)
        found = read_name(self.page, name, outlawed)
        if found is not None:
            whose = owner.country if owner is not None and owner.form == "state" else None
            if before and before[-1].state is not None:
                whose = before[-1].state.country
            if whose is not None:
                belong_to(found, whose)
            before = self._widen(phrase, before, name, found)
            if found.form == "name" and found.country is None and not found.known:
                found.country = self._state_of_body(phrase, name)
            if owner is not None and found.form == "name" and found.country is None:
                found.country, found.owner = owner.country, owner
            if found.kind == "government" and not found.known and found.country is None:
                found.country = self.page.main_state
            found.definite = self.page.lower[phrase.first] == "the"
            found.head = self.page.head(found.first, found.last)
        self._inner(before)
        return found

    def _state_of_body(self, phrase: Phrase, name: Piece) -> str | None:
        """Whose a body is whose noun stands before its name: "the *French* military press *service* X"."""
        page, first = self.page, phrase.first + (self.page.lower[phrase.first] == "the")
        state = page.states.get(first)
        if state is None or state[1].use != "adjective" or first + state[0] >= name.first:
            return None
        if is_of_two(page, first, first + state[0] - 1):
            return None
        before = name.first - 1
        return state[1].country if not page.capital[before] and organization_word(page.lower[before]) else None

    def _is_adjective(self, title: Piece, name: Piece) -> bool:
        """Whether a role noun before a name is no title of it: many people, or an adjective ("the *official* Halvian News Agency")."""
        if title.plural or (name.sort == "known" and all(known.kind != "person" for known in name.known)):
            return True
        said_of = title.noun is not None and title.noun.lemma in vocabulary("title_or_adjective")
        return said_of and any(organization_word(w) for w in self.page.lower[name.first : name.last + 1])

    def _is_outlawed(self, piece: Piece) -> bool:
        lower = self.page.lower
        word = lower[piece.last]
        if piece.first > 1 and lower[piece.first - 1] == "-":
            word = f"{lower[piece.first - 2]}-{word}"
        return word in vocabulary("outlawed")

    def _widen(self, phrase: Phrase, before: list[Piece], name: Piece, mention: Mention) -> list[Piece]:
        """Takes into a name's mention what stands before it: an article, a body's noun, a state; returns the rest."""
        page, last = self.page, before[-1] if before else None
        if last is not None and last.noun is not None and not last.noun.one and mention.form != "person":
            mention.noun, mention.first = last.noun, phrase.first
            kind = body_nouns("named_bodies").get(last.noun.lemma, last.noun.kind)
            mention.kind = mention.kind if mention.known else kind
            if last.noun.lemma in body_nouns("named_bodies"):
                mention.sectors = mention.sectors or last.noun.sectors
            if not mention.known and mention.kind == "unnamed":
                mention.kind = "organization"
        elif last is not None and last.state is not None and mention.form == "name":
            mention.country = mention.country or last.state.country
            if last.state.use in ("adjective", "name") and not mention.known:
                mention.first = last.first
                first = last.first + (page.lower[last.first] == "the")  # "the Sudan"
                mention.names = (*page.words[first : name.first], *mention.names)
            before = before[:-1]
        if mention.form == "name" and page.lower[phrase.first] == "the" and all(p.sort == "word" for p in before):
            mention.first = phrase.first
        return before

    def _state(self, phrase: Phrase, before: list[Piece], piece: Piece) -> Mention | None:
        state = piece.state
        assert state is not None
        page = self.page
        many = page.document.tokens[piece.last].tag in ("NNPS", "NNS")
        self._inner(before)
        if state.use in ("inhabitant", "inhabitants") or (state.use == "adjective" and many):
            mention = mark(page, phrase.first, piece.last, "nominal")
            mention.kind, mention.country, mention.sectors = "population", state.country, ("CVL",)
            mention.plural = state.use == "inhabitants" or many
            determine(page, mention, phrase.first, None)
            mention.modifiers = ()
            return mention
        if state.use == "adjective" or (state.use == "capital" and not speaks(page, piece)):
            return None
        setting = page.document.preposition(page.head(piece.first, piece.last)) in vocabulary("settings")
        return None if state.use == "name" and setting else self._state_mention(piece)

    def _state_mention(self, piece: Piece) -> Mention:
        body = seated_at(self.page, piece.first) if piece.state is not None and piece.state.use == "capital" else None
        if body is not None:
            mention = mark(self.page, piece.first, piece.last, "name")
            mention.known, mention.kind, mention.names = (body,), body.kind, (self.page.words[piece.first],)
            return mention
        mention = mark(self.page, piece.first, piece.last, "state")
        mention.kind, mention.sectors = "country", ("GOV",)
        mention.country = piece.state.country if piece.state else None
        return mention

    def _inner(self, pieces: list[Piece]) -> None:
        """Names inside another phrase: "a Supreme Court decision", "Hamas leaders", "US-Israeli talks"."""
        for n, piece in enumerate(pieces):
            if piece.sort == "known" or (piece.sort == "name" and is_inner_name(self.page, piece)):
                mention = read_name(self.page, piece)
                if mention is None:
                    continue
                state = pieces[n - 1].state if n else None
                if state is not None and mention.country is None and mention.form == "name":
                    mention.country = state.country
                self.mentions.append(mention)
            elif piece.sort == "state" and self._is_paired(piece):
                self.mentions.append(self._state_mention(piece))

    def _is_paired(self, piece: Piece) -> bool:
        """One of two states joined by a hyphen: "the US-Israeli talks"."""
        page = self.page
        after = piece.last + 1 < len(page.words) - 1 and page.glued(piece.last + 1) and page.capital[piece.last + 2]
        before = piece.first > 1 and page.glued(piece.first - 1) and page.capital[piece.first - 2]
        return after or before
