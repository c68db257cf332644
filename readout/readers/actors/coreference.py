"""Descriptions and pronouns: who is by "the minister", "the group", "he", "they", "it"; nobody where two fit."""

from __future__ import annotations

from readout.readers.actors.characters import character
from readout.readers.actors.descriptions import as_registry_says, members_of, told_before, whose_fighters
from readout.readers.actors.kinship import Kinship
from readout.readers.actors.lands import is_owned_by_part, land_meant, neighbour_meant
from readout.readers.actors.linking import Cast
from readout.readers.actors.mentions import Entity, Mention, phrase_name
from readout.readers.actors.offices import (
    become_firm,
    closest,
    is_former,
    is_head_of_name,
    is_of_another,
    is_of_state,
    leading,
    offices_by_last_word,
    offices_of,
    words_of,
)
from readout.readers.actors.phrases import Page
from readout.readers.actors.pronouns import PronounReader
from readout.readers.actors.registry import canonical_role, holder_of, is_office, leader_role
from readout.readers.actors.states import find_state
from readout.readers.actors.words import body_nouns, vocabulary, word_list

_BODIES = ("organization", "armed_group", "party", "company", "igo", "ngo", "media", "government")


_JUST = 3  # sentences back to where somebody was just spoken of


class Resolver:
    """Goes through the mentions in text order and gives each description and pronoun to its actor."""

    def __init__(self, page: Page, cast: Cast, mentions: list[Mention]):
        self.page, self.cast, self.mentions = page, cast, mentions
        #: By the mention that is renamed, the first one that does it.
        self._renaming = {id(other.same): other for other in reversed(mentions) if other.same is not None}
        self._groups: dict[tuple[object, ...], Entity] = {}
        self._pronouns = PronounReader(page, cast, mentions)
        self._kinship = Kinship(cast)
        self._last_pronoun: Mention | None = None

    def resolve(self) -> None:
        """Resolves what can be; every description without an antecedent becomes an actor of its own."""
        pronouns = self._pronouns.find()
        for mention in sorted([*self.mentions, *pronouns], key=lambda m: (m.last, m.form != "pronoun", -m.first)):
            if mention.form == "pronoun":
                self._last_pronoun = mention
                entity = self._pronouns.antecedent(mention)
                if entity is not None:
                    self.cast.give(entity, mention)
            elif mention.form == "nominal":
                self._nominal(mention)
            entity = self.cast.entity_of(mention)
            if entity is not None:
                if mention.form == "person" and mention.noun is not None:
                    if mention.noun.lemma == "counterpart":
                        self._share_office(entity, mention)
                    self._serve(entity, mention)
                self._pronouns.see(mention, entity)
                self._kinship.see(mention, entity)

    def _share_office(self, entity: Entity, mention: Mention) -> None:
        """Gives to a counterpart the office of whose counterpart he is: "the defense minister met *his* Greek counterpart X"."""
        pronoun, owner = self._last_pronoun, mention.owner
        if owner is None and pronoun is not None and pronoun.first == mention.first:
            owner = pronoun
        whose = self.cast.entity_of(owner) if owner is not None else None
        if entity.role is None and whose is not None and whose.kind == "person" and whose.role is not None:
            entity.role, entity.offices = whose.role.removeprefix("former "), None
            entity.sectors = entity.sectors or whose.sectors

    def _serve(self, entity: Entity, mention: Mention) -> None:
        """Gives to who serves somebody the country of whom he serves: "*his* spokesman X", "*its* secretary-general X"."""
        pronoun, noun = self._last_pronoun, mention.noun
        if pronoun is None or noun is None or pronoun.first != mention.first or entity.country or entity.known:
            return
        whose = self.cast.entity_of(pronoun)
        if whose is None or not (noun.lemma in word_list("personal_staff") or "GOV" in noun.sectors):
            return
        if noun.lemma not in word_list("seen_from_outside"):
            entity.country = whose.country
            if whose.kind not in ("person", "country", "population", "unnamed"):
                entity.affiliation = entity.affiliation or whose.name

    def _nominal(self, mention: Mention) -> None:
        pronoun = self._last_pronoun
        if mention.owner is None and pronoun is not None and pronoun.first == mention.first < mention.last:
            mention.owner = pronoun
        outside = mention.noun is not None and mention.noun.lemma in word_list("seen_from_outside")
        if mention.owner is not None and mention.country is None:
            owner = self.cast.entity_of(mention.owner)
            if owner is not None and not (outside and owner.kind == "country"):
                mention.country = owner.country
            elif owner is not None and neighbour_meant(self.page, owner, mention):
                self.cast.state(mention)
                return
        entity = (
            self._renamed(mention)
            or self._in_office(mention)
            or self._kinship.relative(mention)
            or self._described(mention)
        )
        if entity is not None:
            self.cast.give(entity, mention)
            return
        key = self._key(mention)
        entity = told_before(self.page, self._earlier(mention), mention)
        if entity is not None:
            self.cast.give(entity, mention)
            return
        entity = self._groups.get(key) if mention.definite or (mention.plural and mention.bare) else None
        if entity is not None:
            self.cast.give(entity, mention)
            return
        entity = self.cast.new(mention, phrase_name(self.page, mention))
        entity.members = members_of(self._earlier, mention)
        self._groups[key] = entity

    def _renamed(self, mention: Mention) -> Entity | None:
        """The actor that an apposition renames."""
        if mention.same is not None:
            return self.cast.entity_of(mention.same)
        other = self._renaming.get(id(mention))
        return None if other is None else self.cast.entity_of(other)

    def _in_office(self, mention: Mention) -> Entity | None:
        """Whose office a description after "as" is: "*X*, who served as Peru's foreign minister", "named *X* as its envoy"."""
        document = self.page.document
        if mention.noun is None or not mention.noun.one or mention.plural or document.preposition(mention.head) != "as":
            return None
        verb = document.tokens[document.tokens[mention.head].head]
        if verb.lemma in vocabulary("serving"):
            holder = document.child(verb.i, "nsubj")
        elif verb.lemma in vocabulary("appointing"):
            holder = document.child(verb.i, "obj", "nsubj:pass")
        else:
            return None
        if holder is not None and self.page.lower[holder] in ("who", "that"):
            holder = verb.head
        entity = self._pronouns.at(holder) if holder is not None and holder < mention.first else None
        if entity is None or not entity.is_person:
            return None
        if entity.known is None and mention.country and mention.role and is_office(mention.role.lower()):
            entity.country = mention.country  # whatever a body's name before his own seemed to say
        if verb.lemma in vocabulary("appointing") and entity.role and is_former(entity.role):
            entity.role = mention.role or entity.role  # "*former* congressman X was sworn in as ambassador"
        return entity

    def _key(self, mention: Mention) -> tuple[object, ...]:
        lemma = mention.noun.lemma if mention.noun else self.page.lower[mention.last]
        owner = self.cast.entity_of(mention.owner) if mention.owner is not None else None
        return (
            lemma,
            mention.plural,
            mention.country,
            mention.number,
            id(owner) if owner else None,
            mention.affiliation,
            tuple(w for w in mention.modifiers if not (mention.country and is_of_state(w))),
        )

    def _described(self, mention: Mention) -> Entity | None:
        noun = mention.noun
        if noun is None:
            return None
        if len(mention.known) == 1 and noun.kind == "armed_group":
            return self.cast.of_known(mention.known[0], mention)
        said = as_registry_says(self.page, self._earlier, mention)
        if said is not None:
            return said
        if mention.plural and mention.definite and noun.kind == "armed_group":
            return whose_fighters(self._earlier, mention)
        bare = mention.bare and mention.first == mention.last
        if mention.plural or not (mention.definite or (bare and (noun.one or noun.lemma in word_list("always_bare")))):
            return self._self_named(mention)
        return self._person(mention) if noun.one else self._self_named(mention) or self._body(mention)

    def _self_named(self, mention: Mention) -> Entity | None:
        """The body whose name stands before a noun for what it is: "*the Lakes Party* movement", "*Al-Orsk* newspaper"."""
        noun = mention.noun
        if noun is None or mention.plural or noun.lemma not in word_list("said_after_names"):
            return None
        end = mention.last + 1 - len(noun.lemma.split())
        inner = [m for m in self.mentions if m.form == "name" and mention.first <= m.first and m.last == end - 1]
        words = self.page.words[mention.first : end]
        if inner:
            named = None if self.page.glued(inner[0].first - 1) else self.cast.entity_of(inner[0])
        else:
            names = (tuple(words[at:]) for at in range(len(words)) if words[at][:1].isupper())
            named = next((e for name in names if (e := self.cast.called(name))), None)
        if named is None or named.kind in ("person", "government"):
            return None
        return named if None in (named.country, mention.country) or named.country == mention.country else None

    def _person(self, mention: Mention) -> Entity | None:
        role, country = self._office(mention)
        at = mention.first
        people = [e for e in self.cast.entities if e.kind == "person" and e.first < at and e.mentions[0].first < at]
        if country:
            people = [
                e
                for e in people
                if e.country == country
                or (e.country is None and e.affiliation is None and mention.first - e.mentions[-1].first < 60)
            ]
        fits = [e for e in people if self._holds(e, role, country)] if role is not None else []
        fits = fits or closest([e for e in people if self._has_role(e, mention)], mention)
        fits = [e for e in fits if self._is_of_same(e, mention) and not is_of_another(e, mention)]
        fits = [e for e in fits if not self._stand_together(e, mention)]
        chosen = self._one(fits, mention)
        if chosen is not None or fits or (mention.owner is not None and mention.owner.form == "person"):
            return chosen
        chosen = self._of_body(people, mention) or self._nameless(mention, role)
        if chosen is not None:
            return chosen
        if country and role and mention.affiliation is None and self.cast.day is not None:
            holder = holder_of(role, country, self.cast.day)
            if holder is not None:
                return self.cast.of_known(holder, mention)
        return character(self.page, people, self._earlier(mention), mention)

    def _is_of_same(self, entity: Entity, mention: Mention) -> bool:
        """Whether somebody who serves a person ("*his* spokesman") was told of as his, and not as another's."""
        noun, owner = mention.noun, mention.owner
        if owner is None or noun is None or noun.lemma not in word_list("personal_staff"):
            return True
        whose = self.cast.entity_of(owner)
        if whose is None:
            return owner.form != "pronoun" or owner.sex == "it"
        if whose.kind != "person":
            return True
        return any(m.owner is not None and self.cast.entity_of(m.owner) is whose for m in entity.mentions)

    def _stand_together(self, entity: Entity, mention: Mention) -> bool:
        """Whether a description and somebody have one clause or are joined: "*Orsk* and the minister", "*Orsk* met the minister"."""
        tokens, head = self.page.document.tokens, mention.head
        if tokens[head].dep not in ("obj", "iobj", "conj", "nsubj", "nsubj:pass"):
            return False
        for m in entity.mentions:
            if m.sentence != mention.sentence or m.first >= mention.first or m.form == "nominal":
                continue
            joined = m.last + 2 == mention.first and self.page.lower[m.last + 1] in ("and", "or")
            subject = tokens[m.head].dep in ("nsubj", "nsubj:pass") and tokens[head].dep in ("obj", "iobj")
            if joined or tokens[head].head == m.head or (subject and tokens[m.head].head == tokens[head].head):
                return True
        return False

    def _of_body(self, people: list[Entity], mention: Mention) -> Entity | None:
        """The one person of a body so far whom "the *Hamas* official" can mean, just spoken of."""
        noun = mention.noun
        assert noun is not None
        if mention.affiliation is None or self.page.lower[mention.first] != "the" or mention.owner is not None:
            return None
        if noun.lemma not in word_list("said_of_leading_men"):
            return None
        of_it = [e for e in people if e.affiliation == mention.affiliation]
        if len(of_it) != 1 or not any(m.sentence >= mention.sentence - _JUST for m in of_it[0].mentions):
            return None
        return of_it[0]

    def _nameless(self, mention: Mention, role: str | None) -> Entity | None:
        """The one person without a name whom the article has called so: "an envoy from Peru … the envoy", "the Peruvian envoy"."""
        noun = mention.noun
        assert noun is not None
        told = [w for w in mention.modifiers if not (mention.country and is_of_state(w))]
        if not mention.definite or (told and told != noun.lemma.split()[:-1]) or mention.owner:
            return None
        fits = [
            e
            for e in self._earlier(mention)
            if e.is_person
            and e.kind != "person"
            and mention.country in (None, e.country)
            and (any(n.lemma == noun.lemma for n in e.nouns) or self._holds(e, role, mention.country))
        ]
        return fits[0] if len(fits) == 1 else None

    def _earlier(self, mention: Mention) -> list[Entity]:
        return [e for e in self.cast.entities if e.first < mention.first]

    def _office(self, mention: Mention) -> tuple[str | None, str | None]:
        words = self.page.lower[mention.first : mention.last + 1]
        for ending, phrase in offices_by_last_word().get(words[-1], ()):
            if ending <= set(words):
                return phrase.role, phrase.country or mention.country
        return (mention.role.lower() if mention.role else None), mention.country

    def _holds(self, entity: Entity, role: str | None, country: str | None) -> bool:
        """Whether somebody's office is the one that the description names."""
        return role is not None and canonical_role(role, country or entity.country) in offices_of(entity)

    def _has_role(self, entity: Entity, mention: Mention) -> bool:
        """Whether a description by one noun ("the minister", "the leader") suits what somebody is."""
        noun = mention.noun
        assert noun is not None
        own = offices_of(entity)
        second = mention.role.lower().split()[0] if mention.role else ""
        if second in vocabulary("seconds"):
            own = frozenset(role for role in own if role.split()[0] in vocabulary("seconds"))
            return second in own or any(role.split()[-1] == noun.lemma.split()[-1] for role in own)
        if noun.lemma == "leader":
            top = leader_role(entity.country) if entity.country else None
            return not own.isdisjoint(leading()) if top is None else top in own
        if mention.sex and entity.sex and mention.sex != entity.sex:
            return False
        if " " in noun.lemma:
            if any(m.form == "person" and m.noun is not None and m.noun.lemma == noun.lemma for m in entity.mentions):
                return True
            side = body_nouns("leaders_of").get(noun.lemma)
            return side in entity.sectors and any(role.split()[-1] in ("leader", "head", "chief") for role in own)
        for role in own:
            if role.split()[-1] == noun.lemma:
                return True
        return any(n.lemma == noun.lemma for n in entity.nouns) if entity.nouns else False

    def _body(self, mention: Mention) -> Entity | None:
        noun = mention.noun
        assert noun is not None
        lemma = body_nouns("body_words").get(noun.lemma, noun.lemma)
        free = mention.owner is None or is_owned_by_part(self.page, mention)
        if lemma in word_list("state_bodies") or (not free and lemma in word_list("lands")):
            return self._government(mention)
        if lemma in word_list("land_words") and mention.country is None and free:
            country = land_meant(self.page, self._earlier(mention), mention)
            if country is not None:
                mention.country, mention.form, mention.kind = country, "state", "country"
                return self.cast.state(mention)
        if "militant" in mention.modifiers or "rebel" in mention.modifiers:
            lemma = "militia"
        kinds = body_nouns("body_kinds").get(lemma) or body_nouns("body_kinds").get(lemma.split()[-1])
        any_body = kinds is None and not mention.modifiers and lemma not in word_list("never_told_before")
        if any_body:
            kinds = _BODIES  # "the club", where the Yacht Club was named
        if kinds is None or mention.owner is not None or self._goes_on(mention):
            return None
        extra = [w for w in mention.modifiers if w not in word_list("body_qualities") and not self._is_state_word(w)]
        extra = [w for w in extra if w not in noun.lemma.split()] + lemma.split()[:-1]
        fits = [
            e
            for e in self.cast.entities
            if e.kind in kinds and e.first < mention.first and not e.plural and all(w in words_of(e) for w in extra)
        ]
        if mention.country:
            fits = [e for e in fits if e.country == mention.country]
        if lemma.split()[-1] in ("agency", "alliance"):
            fits = [e for e in fits if e.known is None or e.known.id not in word_list("no_agencies")]
        if lemma in word_list("legislatures"):
            houses = [
                e for e in self._earlier(mention) if e.kind == "government" and "LEG" in e.sectors and not e.plural
            ]
            houses = [e for e in houses if mention.country in (None, e.country) and (e.country or not e.names)]
            if len(houses) == 1:
                return houses[0]
        last = lemma.split()[-1]
        named = [
            e
            for e in fits
            if any(last == n.lower() for n in e.names)
            or any(n.lemma.split()[-1] == noun.lemma.split()[-1] for n in e.nouns)
        ]
        if any_body:
            named = [e for e in named if not e.names or is_head_of_name(last, e)]
        loose = [e for e in fits if e.kind != "government"] if lemma in word_list("generic_bodies") else []
        if not fits and lemma in ("company", "firm") and not (mention.country or mention.modifiers):
            return become_firm(self._earlier(mention), mention)
        return self._one(named or loose, mention)

    def _goes_on(self, mention: Mention) -> bool:
        """Whether what stands behind a body's noun says which: "the agency *that* …", but not "told the agency that …"."""
        after = self.page.lower[min(mention.last + 1, len(self.page.lower) - 1)]
        token = self.page.document.tokens[mention.head]
        told = token.dep in ("obj", "iobj") and self.page.document.tokens[token.head].lemma in vocabulary("speech")
        return after in ("of", "who") or (after == "that" and not told)

    def _is_state_word(self, word: str) -> bool:
        return find_state([word.capitalize()], [False], 0, 1) is not None or word.isupper()

    def _government(self, mention: Mention) -> Entity | None:
        if mention.country and not mention.named_after:
            mention.form, mention.kind = "state", "country"
            return self.cast.state(mention)
        return None

    def _one(self, fits: list[Entity], mention: Mention) -> Entity | None:
        """The only candidate, or the only one that was spoken of in this sentence or the one before."""
        if len(fits) == 1:
            return fits[0]
        near = [
            e for e in fits if any(mention.sentence - 1 <= m.sentence and m.first < mention.first for m in e.mentions)
        ]
        return near[0] if len(near) == 1 else None
