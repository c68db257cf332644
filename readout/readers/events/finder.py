"""From a word to the actor that it stands for: countries for adjectives, speakers for "we", people whom a common noun names."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from functools import cache

from readout.language.document import Document
from readout.readers.events.arguments import surface_subjects
from readout.readers.events.contents import Contents
from readout.readers.events.heads import RELATIVE, antecedent, behind_partitive, is_favoured
from readout.readers.events.lexicon import words
from readout.readers.events.mentions import Mentions
from readout.readers.events.patterns import class_members
from readout.readers.events.people import ends_like_people
from readout.readers.findings import Findings
from readout.readers.lookup import actors_by_head, places_by_head
from readout.readers.statements.denials import takes_up
from readout.types import Actor, Span

_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "ours", "mine"})
_OF_SEVERAL = frozenset({"we", "us", "our", "ours"})
#: Kinds of those for whom a spokesman says "we", beside states.
_BODIES = frozenset({"party", "armed_group", "organization", "ngo", "igo", "company"})
_TOWNS = frozenset({"city", "neighbourhood", "site"})
_THEMSELVES = frozenset({"they", "it"})
#: Prepositions that tell who is behind a thing, in order of how surely; and those that tell who lives around it.
_BEHIND = ("from", "by", "of", "against", "with", "to", "for", "on")
_PEOPLE_BEHIND = ("by", "from", "against", "on")
_AROUND = ("in", "at", "near", "around", "into")


class ActorFinder:
    """Finds the actor behind a word; grows by those whom only an adjective or a common noun names."""

    def __init__(self, document: Document, found: Findings):
        self._document = document
        self._by_head = actors_by_head(document, found.actors)
        self._countries: dict[str, int] = {}
        for n, actor in enumerate(found.actors):
            if actor.kind == "country" and actor.country:
                self._countries.setdefault(actor.country, n)
        self._places = found.places
        self._populations: dict[int, int] = {}
        self._names: dict[int, dict[int, Span]] = {}  # of places with a population: the mention around each word
        self._people: dict[int, int] = {}
        self._place_of = places_by_head(document, found.places)
        self.contents = Contents([said for said in found.statements if not takes_up(document, said)])
        self._mentions = Mentions(document, found.actors)
        self._cover = self._mentions.cover
        self.actors = self._mentions.actors

    def find(self, i: int) -> int | None:
        """The actor that the phrase headed by word `i` denotes; None where none is known."""
        token = self._document.tokens[i]
        if self._is_money(i):
            return None  # "US dollars"
        if token.lower in _FIRST_PERSON and token.pos in ("PRON", "DET"):
            speaker = self.speaker_at(token.start)
            return self._body_of(speaker) if token.lower in _OF_SEVERAL and speaker is not None else speaker
        if token.lower in RELATIVE and token.pos == "PRON":
            return self._antecedent(i)
        named = self._cover.get(i)
        if named is not None and self.actors[named].name.split()[-1].lower() in words("documents"):
            return None  # "the Visiting Forces *Agreement*"
        counted = token.dep in ("obj", "nsubj:pass") and bool(self._document.children(i, "nummod"))
        if token.lower in words(
            "bodies"
        ):  # "the members *of Hamas*" are Hamas; "two members of the group" are those two
            inner = next((n for n in map(self.find, self._of(i)) if n is not None), None)
            unnamed = inner is not None and self.actors[inner].kind == "unnamed"
            if (
                inner is not None
                and self.actors[inner].kind not in ("country", "population")
                and not (counted and unnamed)
            ):
                return inner
        if i in self._by_head:
            return self._by_head[i]
        if i in self._mentions.last:
            return self._mentions.last[i]
        if token.lower in _THEMSELVES and token.pos == "PRON":
            return self._speaker_of(i)
        if token.lower in words("partitives") or (token.lower in words("bodies") and not counted):
            for child in self._document.children(i, "nmod"):
                inner = self.find(child)
                if inner is not None:
                    return inner
        if token.pos == "PROPN" and i in self._cover:
            return self._cover[i]
        return self._compatriot(i) if self._is_one_of(i) else self.country_at(i)

    def _body_of(self, speaker: int) -> int:
        """For whom a spokesman says "we": his party or group, where the article has it as an actor; else he himself."""
        person = self.actors[speaker]
        if person.kind != "person" or not person.affiliation or not person.role:
            return speaker
        if words("speaking_for").isdisjoint(person.role.lower().replace("-", " ").split()):
            return speaker
        bodies = [n for n, a in enumerate(self.actors) if a.name == person.affiliation and a.kind in _BODIES]
        return bodies[0] if bodies else speaker

    def _is_money(self, i: int) -> bool:
        """Whether word `i` says whose money it is: "*US* dollars"."""
        token = self._document.tokens[i]
        beside = token.dep in ("compound", "amod", "nmod:desc")
        return beside and self._document.lemmas[token.head] in words("currencies")

    def _of(self, i: int) -> list[int]:
        return [c for c in self._document.children(i, "nmod") if self._document.preposition(c) == "of"]

    def behind(self, i: int, *, undergoes: bool, arranged: bool = False) -> int | None:
        """Who stands behind a thing that is nobody itself: the owner of a decision, whose missiles they are, who made an offer.

        Args:
            i: the head of the thing's phrase.
            undergoes: it is done to: who lives there counts as well ("a mosque in Mosul").
            arranged: it is made by several: who brought it about is none of them ("signed a US-brokered accord").
        """
        document = self._document
        for child in document.children(i, "nmod:poss"):
            owner = self.find(child)
            if owner is not None:
                return owner
        modifiers = document.children(i, "compound", "amod", "nmod:desc", "nmod:unmarked")
        modifiers = [c for c in modifiers if not is_favoured(document, c)]
        if not undergoes and document.lemmas[i] in words("of_a_people"):
            modifiers = []  # "the *Rwandan* genocide, which killed"
        if undergoes:  # "*military* action" is done to no military
            modifiers = [c for c in modifiers if document.parts[c] != "ADJ" or document.capitals[c]]
        for child in modifiers:
            owner = self.find(child)
            if owner is None and not undergoes:
                owner = self.forces_at(child)  # "a *rebel* ultimatum"
            if owner is not None:
                return owner
        for (
            child
        ) in modifiers:  # "*Syrian* government missiles", "a *Saudi*-led raid"; whom others back acts for itself
            if document.words[child] in words("backed") or (arranged and document.words[child] in words("brokered")):
                continue
            if undergoes and document.words[child] in words("occupying"):
                continue
            for inner in document.children(child, "compound", "amod"):
                owner = self.find(inner)
                if owner is not None:
                    return owner
        for child in modifiers if undergoes else ():
            owner = self.population_at(child)  # "the *Quetta* bombing"
            if owner is not None:
                return owner
        brought = document.children(i, "nmod", "obl", "acl", "appos")
        holders = [h for c in brought for h in (_brought_by(document, c) if document.relations[c] == "acl" else [c])]
        for preposition in _BEHIND + (_AROUND if undergoes else ()) if holders else ():
            for holder in holders:
                if document.preposition(holder) == preposition:
                    owner = self.find(holder)
                    if owner is None and preposition in _PEOPLE_BEHIND:
                        owner = self.person_at(holder)
                    if owner is None and undergoes:
                        owner = self.population_at(holder)
                    if owner is not None:
                        return owner
        return self.population_at(i) if undergoes else None

    def person_at(self, i: int, *, surely: bool = False) -> int | None:
        """People whom only a common noun names ("four policemen"), added as an unnamed actor; None where it names no people.

        Args:
            i: the head of the phrase.
            surely: whatever stands there is somebody ("arrested a *sharpshooter*"): any noun will do.
        """
        i = behind_partitive(self._document, i)
        token = self._document.tokens[i]
        first = self._document.sentences[token.sentence].first == i  # a capital there makes no name of it
        told = token.text.isalpha() or any(self._document.words[c] == "the" for c in self._document.children(i, "det"))
        if token.tag == "CD" and told and token.dep.split(":")[0] in ("nsubj", "obj"):
            return self._unnamed(i)  # "the *four* were killed", "the *11* were detained"
        if token.pos != "NOUN" and not (first and token.pos == "PROPN" and token.tag == "NNPS"):
            return None
        forms = {token.lemma.lower(), token.lower}
        people = not forms.isdisjoint(class_members("person"))
        if token.tag in ("NNS", "NNPS"):  # "forces loyal to the president", not "the use of force"
            people = people or not forms.isdisjoint(class_members("troops"))
        if not surely and not people and not ends_like_people(token):
            return None
        return self._unnamed(i)

    def names_people(self, i: int) -> bool:
        """Whether word `i` says what kind of people are meant, as "others" does not."""
        return self._document.parts[i] == "NOUN" and self._document.lemmas[i] != "other"

    def forces_at(self, i: int) -> int | None:
        """Fighters, troops or protesters who are named before a noun of what they do: "a *rebel* raid", "*student* protests"."""
        token = self._document.tokens[i]
        if token.pos not in ("NOUN", "ADJ") or _forces().isdisjoint((token.lemma.lower(), token.lower)):
            return None
        if i not in self._people:
            span = self._document.span(i)
            self._people[i] = self._mentions.append(_somebody(self._document, span))
        return self._people[i]

    def site_at(self, i: int) -> int | None:
        """A place or a building that only a common noun names ("a government compound"), added as an unnamed actor; else None."""
        i = behind_partitive(self._document, i)
        token = self._document.tokens[i]
        if token.pos != "NOUN" or not {token.lemma.lower(), token.lower} & class_members("site"):
            return None
        return self._unnamed(i)

    def _unnamed(self, i: int) -> int:
        if i in self._by_head:
            return self._by_head[i]
        if i not in self._people:
            span = self._document.phrase_span(i)
            self._people[i] = self._mentions.append(_somebody(self._document, span))
        return self._people[i]

    def _is_one_of(self, i: int) -> bool:
        """Whether a nationality stands for one of its people or for so many: "*a Palestinian*", "*two Israelis*"."""
        place, token = self._place_of.get(i), self._document.tokens[i]
        if place is None or token.pos not in ("NOUN", "PROPN", "ADJ"):
            return False
        if self._places[place].name.lower().endswith(token.lower):
            return False  # "a divided Cyprus"
        one = {self._document.words[c] for c in self._document.children(i, "det")} & words("single")
        return bool(one) or bool(self._document.children(i, "nummod"))

    def _compatriot(self, i: int) -> int:
        index = self._unnamed(i)
        self.actors[index] = replace(self.actors[index], country=self._places[self._place_of[i]].country)
        return index

    def population_at(self, i: int) -> int | None:
        """The people of a place named at word `i`, added as an actor: what is done to a town is done to them."""
        place = self._place_of.get(i)
        if place is None or self._document.tokens[i].pos == "ADJ" or self._is_money(i):
            return None
        entry = self._places[place]
        if place not in self._populations:
            people = Actor(name=entry.name, kind="population", country=entry.country, mentions=())
            self._populations[place] = self._mentions.append(people)
            self._names[place] = {}
            for mention in entry.mentions:
                for k in self._document.tokens_in(mention):
                    self._names[place].setdefault(k, mention)
        index = self._populations[place]
        self._mentions.add(index, self._names[place].get(i) or self._document.span(i))
        return index

    def is_state_of(self, state: int, official: int) -> bool:
        """Whether one actor is the state for which another acts: "the ambassador promised *Washington's* support" to others."""
        one, other = self.actors[state], self.actors[official]
        acts = other.kind in ("person", "government") and "GOV" in other.sectors
        return (
            acts and one.kind in ("country", "government") and one.country is not None and one.country == other.country
        )

    def is_place(self, i: int) -> bool:
        """Whether word `i` heads a place that is named as a place."""
        return i in self._place_of and self._document.tokens[i].pos != "ADJ"

    def is_land(self, i: int) -> bool:
        """Whether the place that word `i` heads is a country or a region of one, and no town."""
        place = self._place_of.get(i)
        return place is not None and self._places[place].kind not in _TOWNS

    def is_town(self, n: int) -> bool:
        """Whether an actor is the people of a town."""
        return any(m == n and self._places[place].kind in _TOWNS for place, m in self._populations.items())

    def country_of_place(self, i: int) -> str | None:
        """The country of the place that word `i` heads; None where it is none or has none."""
        place = self._place_of.get(i)
        return None if place is None else self._places[place].country

    def speaker_at(self, at: int) -> int | None:
        """Who speaks at a code point: the innermost statement that covers it."""
        spoken = self.contents.spoken(at)
        return min((length, speaker) for length, _, speaker in spoken)[1] if spoken else None

    def _speaker_of(self, i: int) -> int | None:
        """Whom an unresolved "they" or "it" stands for: who says it, where nobody else is named between ("the rebels said *they*")."""
        announcer = self._announcer_of(i)
        if announcer is not None:
            return announcer
        at = self._document.tokens[i].start
        spoken = self.contents.spoken(at)
        if not spoken:
            return None
        _, start, speaker = min(spoken)
        near = self._document.tokens[i].sentence in self._mentions.sentences_of(speaker)
        between = range(*(bisect_left(self._document.starts, edge) for edge in (start, at)))
        if not near or any(k in self._cover for k in between):
            return None
        # "The rebels came. Officials said they killed ten": of people, only what the speakers themselves are to do
        own = self._document.tokens[self._document.tokens[i].head]
        ahead = any(self._document.tokens[a].tag in ("MD", "VBP", "VBZ") for a in self._document.children(own.i, "aux"))
        people = self.actors[speaker].kind in ("person", "population", "unnamed")
        return speaker if not people or ahead or own.tag in ("VBP", "VBZ") else None

    def _announcer_of(self, i: int) -> int | None:
        """Whose the noun is of which "it" says what was said: "*the union's* announcement on Monday *that it had agreed*"."""
        document = self._document
        first = document.sentence(i).first
        if i - 1 <= first or document.words[i - 1] != "that" or not document.relations[i].startswith("nsubj"):
            return None
        for noun in range(i - 2, max(first, i - 8) - 1, -1):
            if document.parts[noun] in ("VERB", "AUX", "PUNCT"):
                return None
            if document.lemmas[noun] in words("announcements") and document.parts[noun] == "NOUN":
                owners = document.children(noun, "nmod:poss") or [
                    c for c in document.children(noun, "nmod") if document.preposition(c) in ("by", "from")
                ]
                return self.find(owners[0]) if len(owners) == 1 else None
        return None

    def country_at(self, i: int) -> int | None:
        """The country that a name or an adjective at word `i` stands for; added as an actor where it was only a place."""
        place = self._place_of.get(i)
        if place is None:
            return None
        entry = self._places[place]
        if entry.kind not in ("country", "territory") or entry.country is None:
            return None
        if entry.country not in self._countries:
            self._countries[entry.country] = self._mentions.append(
                Actor(
                    name=entry.name,
                    kind="country",
                    id=entry.country,
                    country=entry.country,
                    sectors=("GOV",),
                    mentions=(),
                )
            )
        index = self._countries[entry.country]
        if not self._mentions.holds(index, i):
            self._mentions.add(index, self._document.span(i))
        return index

    def _who_does(self, i: int) -> int | None:
        """The actor that noun `i` denotes; behind a comma a deed stands for the clause before it, and that for its subject."""
        if self._document.lemmas[i] not in words("deeds"):
            return self.find(i)
        token = self._document.tokens[i]
        first = min(self._document.subtree(i))
        before = self._document.tokens[first if self._document.tokens[first].pos == "PUNCT" else max(first - 1, 0)]
        if before.text != ",":
            return self.find(i)
        verb = next((a for a in self._document.ancestors(i) if self._document.tokens[a].pos == "VERB"), token.head)
        found = [self.find(s) for s in surface_subjects(self._document, verb)]
        return found[0] if len(found) == 1 else None

    def _antecedent(self, i: int) -> int | None:
        for above in self._document.ancestors(i):
            if self._document.relations[above] == "acl:relcl":
                return self._who_does(antecedent(self._document, i))
        return None


def _brought_by(document: Document, participle: int) -> list[int]:
    """What prepositions bring to a participle: not who only judges the thing ("a bombing blamed *by police* on Hamas")."""
    holders = document.children(participle, "obl")
    if document.lemmas[participle] not in words("judging"):
        return holders
    return [h for h in holders if document.preposition(h) == "on"]


@cache
def _forces() -> frozenset[str]:
    """Nouns for those who fight, protest or march, of every class that knows them."""
    return class_members("fighter") | class_members("protester") | class_members("troops") | class_members("mover")


def _somebody(document: Document, span: Span) -> Actor:
    return Actor(name=document.slice(span), kind="unnamed", mentions=(span,))
