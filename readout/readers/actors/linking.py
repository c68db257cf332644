"""Gathers the mentions of an article into actors: names first, over the whole article."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable

from readout.readers.actors.bearers import can_be_persons, is_misspelt, is_shortened, names_fit, plain_name, spoken_of
from readout.readers.actors.mentions import Entity, Mention, joined
from readout.readers.actors.registry import Known, by_name, canonical_role, holder_of, is_office, office_on
from readout.readers.actors.states import state_names
from readout.readers.actors.words import vocabulary


class Cast:
    """The actors of an article; `entity_of` tells which one a mention stands for."""

    def __init__(self, day: dt.date | None, told: Counter[str] | None = None, owners: Collection[int] = ()):
        self.day = day
        self.owners = owners  # ids of the mentions that own another
        self.told = told or Counter[str]()  # how often the article names each state
        self.entities: list[Entity] = []
        self._of: dict[int, Entity] = {}
        self._states: dict[str, Entity] = {}
        self._names: dict[str, Entity] = {}
        self._known: dict[str, Entity] = {}
        self._local: dict[str, Entity] = {}  # by abbreviations that the article itself explains
        self._persons: dict[int, int] = {}  # ids of the actors that are persons by name -> which came when
        self._bearing: dict[str, dict[int, Entity]] = {}  # by a word of their names and when they came
        self._spellings: dict[int, list[tuple[str, ...]]] = {}  # ids of persons -> further spellings of their names
        self._ends: dict[
            str, Entity | None
        ] = {}  # names of an unknown sort by their first and last words; None where two share one

    def entity_of(self, mention: Mention) -> Entity | None:
        """The actor that a mention was given to."""
        return self._of.get(id(mention))

    def give(self, entity: Entity, mention: Mention) -> None:
        """Adds a mention to an actor, with what it says."""
        self._of[id(mention)] = entity
        entity.mentions.append(mention)
        entity.first, entity.offices = min(entity.first, mention.first), None
        if mention.noun is not None and not mention.noun.title:
            entity.nouns.append(mention.noun)
        if mention.form == "pronoun":
            return
        entity.country = entity.country or mention.country
        entity.role = entity.role or (mention.role if entity.is_person else None)
        entity.affiliation = entity.affiliation or mention.affiliation
        entity.sectors = entity.sectors or mention.sectors
        entity.sex = entity.sex or mention.sex
        if len(mention.names) > len(entity.names) and mention.form != "nominal":
            entity.names = mention.names
            if entity.known is None:
                entity.name = joined(mention.names)
            self._list_names(entity)

    def new(self, mention: Mention, name: str) -> Entity:
        """A new actor from its first mention."""
        kind = mention.kind or "unnamed"
        entity = Entity(name=name, kind=kind, plural=mention.plural)
        self.entities.append(entity)
        self.give(entity, mention)
        return entity

    def state(self, mention: Mention) -> Entity:
        """The actor of a state."""
        country = mention.country or ""
        entity = self._states.get(country)
        if entity is None:
            entity = self.new(mention, state_names().get(country, country))
            entity.kind, entity.country = "country", country
            self._states[country] = entity
        else:
            self.give(entity, mention)
        return entity

    def named(self, mention: Mention) -> Entity:
        """The actor of an organization's name."""
        key = _key(mention.names)
        local = self._local.get(key)
        if local is not None:
            self.give(local, mention)
            return local
        if mention.known:
            known = self._choose(mention)
            if known is not None:
                return self.of_known(known, mention)
        owner = mention.owner
        if owner is not None and owner.form == "name" and owner.known:  # "the UN's Human Rights Commission"
            known_parts = by_name(joined((*owner.names, *mention.names)))
            if len(known_parts) == 1 and known_parts[0].kind != "person":
                return self.of_known(known_parts[0], mention)
        entity = self._names.get(key) or self._names.get(_initials(mention.names)) if key else None
        entity = entity or self._paper(mention)
        if entity is None and not mention.definite and len(mention.names) == 1:
            entity = self._ends.get(key)  # "Orsk", where "Halvor Orsk" was named
        if entity is None:
            entity = self.new(mention, joined(mention.names))
            self._list_ends(entity)
        else:
            self.give(entity, mention)
        self._names.setdefault(key, entity)
        if len(mention.names) > 2:
            self._names.setdefault(_initials(mention.names), entity)
        return entity

    def _paper(self, mention: Mention) -> Entity | None:
        """The one paper of the article whose name ends in a word that "the *Times*" has alone."""
        if mention.kind != "media" or len(mention.names) != 1:
            return None
        end = mention.names[0].lower()
        fits = [e for e in self.entities if e.kind == "media" and len(e.names) > 1 and e.names[-1].lower() == end]
        return fits[0] if len(fits) == 1 else None

    def called(self, names: tuple[str, ...]) -> Entity | None:
        """The body that the article has named so."""
        key = _key(names)
        return (self._local.get(key) or self._names.get(key)) if key else None

    def _list_ends(self, entity: Entity) -> None:
        """Lists a name of which nothing says what it names, and which can be a person's, by its first and its last word."""
        if not 2 <= len(entity.names) <= 3 or not can_be_persons(entity):
            return
        for end in {entity.names[0].lower(), entity.names[-1].lower()}:
            other = self._ends.get(end)
            if other is None or not any(len(m.names) == 1 for m in other.mentions):
                self._ends[end] = None if end in self._ends else entity

    def also_named(self, entity: Entity, mention: Mention) -> None:
        """Gives a name to an actor that is there already: an abbreviation, an apposition."""
        self.give(entity, mention)
        self._names.setdefault(_key(mention.names), entity)
        self._local.setdefault(_key(mention.names), entity)

    def of_known(self, known: Known, mention: Mention) -> Entity:
        """The actor of a registry entry."""
        if known.kind == "country":
            mention.country = known.id
            return self.state(mention)
        entity = self._known.get(known.id) or self._unknown_bearer(known)
        if entity is None:
            entity = self.new(mention, known.name)
            self._known[known.id] = entity
            if known.kind == "person":
                self._persons[id(entity)] = len(self._persons)
            if known.kind == "party" and known.name.endswith(
                " Party"
            ):  # "Congress", where the Congress Party was named
                self._local.setdefault(_key(tuple(known.name.split()[:-1])), entity)
            self.identify(entity, known)
        else:
            self.give(entity, mention)
            if entity.known is None:
                self.identify(entity, known)
        return entity

    def _unknown_bearer(self, known: Known) -> Entity | None:
        """The person of the article who bears the full name of an entry and was not taken for that one."""
        if known.kind != "person" or self._persons.keys().isdisjoint(map(id, self.entities)):
            return None
        full = [names for name in known.names if len(names := plain_name(tuple(name.split()))) > 1]
        return next(
            (e for e in self.entities if e.kind == "person" and e.known is None and plain_name(e.names) in full), None
        )

    def identify(self, entity: Entity, known: Known) -> None:
        """Writes into an actor what the registry knows of it; what the text said of its role stays."""
        self._known.setdefault(known.id, entity)
        entity.known, entity.name, entity.kind, entity.offices = known, known.name, known.kind, None
        office = office_on(known, self.day)
        entity.country = known.country or (office.country if office else None) or entity.country
        if known.kind == "person":
            if entity.names == () or len(entity.names) < 2:
                entity.names = tuple(known.name.split())
            self._list_names(entity)
            entity.sectors = (office.sectors if office else ()) or entity.sectors or known.sectors
            entity.role = entity.role or (office.role or None if office else None)
            entity.affiliation = entity.affiliation or (office.affiliation if office else None)
        else:
            entity.sectors = known.sectors or entity.sectors
            entity.affiliation = entity.affiliation or known.affiliation

    def person(self, mention: Mention) -> Entity:
        """The actor of a person's name: one already there whose name holds it, else a known person, else a new one."""
        entity = self._same_person(mention)
        if entity is not None:
            self.give(entity, mention)
            return entity
        known = self._choose(mention)
        if known is not None:
            return self.of_known(known, mention)
        entity = self._ends.get(mention.names[-1].lower()) if len(mention.names) == 1 else None
        if entity is None:
            entity = self.new(mention, joined(mention.names))
        else:
            self.give(entity, mention)
        entity.kind = "person"
        if id(entity) not in self._persons:
            self._persons[id(entity)] = len(self._persons)
            self._list_names(entity)
        return entity

    def _list_names(self, entity: Entity) -> None:
        """Lists a person by the words of his or her names, so that not everybody is asked whether a name is theirs."""
        came = self._persons.get(id(entity))
        if came is not None:
            for name in plain_name(entity.names):
                self._bearing.setdefault(name, {})[came] = entity

    def _same_person(self, mention: Mention) -> Entity | None:
        names = plain_name(mention.names)
        sharing: dict[int, Entity] = {}
        for name in names:
            sharing.update(self._bearing.get(name, {}))
        near = [sharing[came] for came in sorted(sharing)]
        near = [e for e in near if e.kind == "person"]
        fits = [e for e in near if any(names_fit(names, spelled) for spelled in self._spelled(e))]
        if not fits and mention.noun is not None:
            near = [e for e in self.entities if id(e) in self._persons] if len(names) == 1 else near
            fits = [e for e in near if (is_shortened if len(names) == 1 else is_misspelt)(mention, e)]
            for entity in fits[:1]:
                self._spellings.setdefault(id(entity), []).append(names)
                self._bearing.setdefault(names[-1], {})[self._persons[id(entity)]] = entity
        if len(names) == 1 and mention.known:
            fits += self._known_persons(mention.known, fits)
        if mention.country:
            fits = [e for e in fits if e.country in (None, mention.country)] or fits
        if mention.sex:
            fits = [e for e in fits if e.sex in (None, mention.sex)]
        if len(fits) > 1 and mention.role:
            same = [e for e in fits if e.role and canonical_role(e.role) == canonical_role(mention.role)]
            fits = same or fits
        if len(fits) > 1:
            fits = spoken_of(fits, mention, self.owners)
        return fits[0] if len(fits) == 1 else None

    def _spelled(self, entity: Entity) -> Iterable[tuple[str, ...]]:
        return (plain_name(entity.names), *self._spellings.get(id(entity), ()))

    def _known_persons(self, known: Iterable[Known], without: list[Entity]) -> list[Entity]:
        """The persons of the article so far whom registry entries are of, in the order in which they came."""
        found = {self._persons.get(id(e), -1): e for k in known if (e := self._known.get(k.id)) and e.known == k}
        return [found[came] for came in sorted(found) if came >= 0 and all(found[came] is not e for e in without)]

    def _choose(self, mention: Mention) -> Known | None:
        """The one registry entry that the mention means, by title and country where several share the name."""
        known = list(mention.known)
        if len(mention.names) == 1 and mention.same is not None and _is_of_no_office(mention.same):
            return None  # "the commander's brother, *Hassan*"
        if mention.form == "person" and mention.noun is None and len(mention.names) == 1 and len(known) != 1:
            known = [k for k in known if self._is_leading(k)]
        if mention.country and mention.form == "person":
            known = [k for k in known if k.country in (None, mention.country)]
        if mention.role and mention.form == "person" and len(known) > 1:
            role = canonical_role(mention.role, mention.country)
            known = [
                k
                for k in known
                if (office := office_on(k, self.day)) and canonical_role(office.role, office.country) == role
            ]
        if len(known) == 1 and mention.form == "person" and self._holds_another(known[0], mention):
            return None  # "Defense Minister Pedro Sanchez", of a state that is not Spain
        if len(known) > 1 and mention.form != "person":  # "the RSF", where the Rapid Support Forces were named
            known = [k for k in known if k.id in self._known]
        return known[0] if len(known) == 1 else None

    def _holds_another(self, known: Known, mention: Mention) -> bool:
        """Whether somebody is told to hold an office that an entry never held, where the article tells of other states than the entry's."""
        if not mention.role or mention.country or mention.affiliation or not self.told or known.country is None:
            return False
        if self.told[known.country]:
            return False
        role = canonical_role(mention.role)
        held = {canonical_role(office.role, office.country) for office in known.offices if office.role}
        return is_office(role) and bool(held) and role not in held

    def _is_leading(self, known: Known) -> bool:
        """Whether a bare surname in the news means this person: the holder of a leading office on that day."""
        office = office_on(known, self.day)
        if self.day is None or office is None or office.country is None:
            return False
        holder = holder_of(office.role, office.country, self.day)
        return holder is not None and holder.id == known.id


def _is_of_no_office(description: Mention) -> bool:
    """Whether a description beside a bare name is of one of the people, whom no registry knows by a surname alone."""
    return description.form == "nominal" and description.noun is not None and description.noun.group == "people"


def _key(names: tuple[str, ...]) -> str:
    return " ".join(n.lower() for n in names if n.lower() != "the")


def _initials(names: tuple[str, ...]) -> str:
    return "".join(n[0] for n in names if n.lower() not in vocabulary("small") and n[0].isalpha()).lower()
