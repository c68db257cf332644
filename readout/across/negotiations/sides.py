"""On whose side an actor stands: its state, its armed group or its body, and where a report speaks of which side."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Literal

from readout import knowledge
from readout.across.facts import NamedActor, ReportFacts, Who
from readout.readers.places.names import fold_name
from readout.types import Span

_REBEL = "REB"
_OTHERS = frozenset({"JRN", "OPP", "CVL", "REF", "BUS", "EDU", "LAB", "MED"})
_OFFICES = re.compile(
    r"\b(?:president|prime minister|premier|minister|king|queen|emir|chancellor|secretary of state|ambassador)\b",
    re.IGNORECASE,
)
_CLEAR = 2  # times as often as any other: whom "the rebels" of a report are


@dataclass(frozen=True, slots=True, order=True)
class Side:
    """Who can negotiate: `key` is a state's code, else the folded name of a group or body. `country` is that of a state or group."""

    key: str
    name: str = field(compare=False)
    kind: Literal["state", "group", "body"]
    country: str | None = None

    @property
    def who(self) -> Who:
        """The side as an actor of a claim."""
        return Who(self.key, self.name, self.country)


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that speak of somebody; `side` is None where it is nobody's."""

    span: Span
    actor: NamedActor | None
    side: Side | None


@cache
def _states() -> dict[str, tuple[str, tuple[tuple[int, str], ...]]]:
    """Each state's name, and its former ones with the last year of each."""
    rows = knowledge.load("places/countries.yaml")
    return {
        row["id"]: (row["name"], tuple((old["until"], old["name"]) for old in row.get("former", ())))
        for part in ("countries", "territories")
        for row in rows[part]
    }


@cache
def _communities() -> re.Pattern[str]:
    """ "Turkish-Cypriot leader", "Bosnian Serb president": people of one nation in the state of another, whom somebody leads."""
    rows = knowledge.load("places/countries.yaml")
    every = [
        (row["id"], word)
        for part in ("countries", "territories")
        for row in rows[part]
        for word in row.get("adjectives", ())
    ]
    words = "|".join(sorted({word for _, word in every if " " not in word}, key=lambda word: (-len(word), word)))
    return re.compile(
        rf"\b({words})[- ]({words})s?\b(?=[- ](?:leader|president|community|communities|side|negotiator|envoy|delegation))"
    )


@cache
def _nations() -> dict[str, str]:
    rows = knowledge.load("places/countries.yaml")
    return {
        word: row["id"]
        for part in ("countries", "territories")
        for row in rows[part]
        for word in row.get("adjectives", ())
    }


@cache
def _bodies() -> dict[str, str]:
    """The body of which another is a part, by folded names."""
    rows = knowledge.load("actors/organizations.yaml")["organizations"]
    return {fold_name(row["name"]): row["of"] for row in rows if row["kind"] == "igo" and row.get("of")}


def state(code: str, day: str) -> Side:
    """A state as a side, by the name that it bore on a day."""
    name, former = _states().get(code, (code, ()))
    was = (
        min((until, old) for until, old in former if until >= int(day[:4]))
        if any(until >= int(day[:4]) for until, _ in former)
        else None
    )
    return Side(code, was[1] if was else name, "state", code)


def _group(name: str, country: str | None) -> Side:
    return Side(fold_name(name).removeprefix("the "), name.removeprefix("the "), "group", country)


def _body(name: str) -> Side:
    name = _bodies().get(fold_name(name), name)
    return Side(fold_name(name).removeprefix("the "), name, "body")


class Sides:
    """The sides of one report, and where its text speaks of them."""

    def __init__(self, report: ReportFacts) -> None:
        self._report = report
        self._day = report.published or report.known
        self._groups = {
            fold_name(actor.who.name): actor
            for actor in report.actors
            if actor.kind == "armed_group" and _is_named(actor)
        }
        self._igos = {fold_name(actor.who.name) for actor in report.actors if actor.kind == "igo"}
        self._of = {actor.who.key: self._side(actor) for actor in report.actors}

    def of(self, who: Who) -> Side | None:
        """The side of an actor of the report."""
        return self._of.get(who.key)

    def sides(self, some: Sequence[Who]) -> tuple[Side, ...]:
        """The sides of some actors, those that a word like "both sides" stands for among them, each once."""
        found: dict[Side, None] = {}
        for who in some:
            side = self.of(who)
            members = self._members.get(who.key, ())
            found.update(dict.fromkeys(found_side for one in members if (found_side := self.of(one))))
            if side is not None:
                found[side] = None
        return tuple(found)

    @cached_property
    def _members(self) -> dict[str, tuple[Who, ...]]:
        return {actor.who.key: actor.members for actor in self._report.actors if actor.members}

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """All mentions in text order, none within another; a country's name or adjective is one where no actor's covers it."""
        found = [
            Mention(span, actor, self._of[actor.who.key]) for actor in self._report.actors for span in actor.mentions
        ]
        found += [
            Mention(span, None, state(place.where.country, self._day))
            for place in self._report.places
            if place.where.kind == "country" and place.where.country
            for span in place.mentions
        ]
        # The longest first; of one length the one that is somebody's.
        found.sort(key=lambda one: (one.span[0] - one.span[1], one.side is None, one.actor is None, one.span))
        kept: list[Mention] = []
        taken: set[int] = set()
        for one in found:
            if not taken.intersection(range(*one.span)):
                taken.update(range(*one.span))
                kept.append(one)
        return tuple(sorted(kept, key=lambda one: one.span))

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions that begin in a stretch of text."""
        return list(self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)])

    @cached_property
    def _starts(self) -> list[int]:
        return [one.span[0] for one in self.mentions]

    def _side(self, actor: NamedActor) -> Side | None:
        if actor.kind == "population" and actor.who.country and actor.who.key.startswith("name:"):
            people = actor.who.name.istitle() and actor.who.name.endswith(("s", "ese"))
            return self._community(actor) or (state(actor.who.country, self._day) if people else None)
        if actor.kind in ("media", "company", "ngo") or _OTHERS & set(actor.sectors):
            return None
        if actor.kind == "country":
            return state(actor.who.country, self._day) if actor.who.country else None
        if _REBEL in actor.sectors or actor.kind == "armed_group":
            return self._rebels(actor)
        if actor.kind == "igo":
            return _body(actor.who.name)
        if actor.who.key.startswith("name:") and (community := self._community(actor)):
            return community
        if actor.kind == "person" and re.match(r"(?:UN|U\.N\.|United Nations)\b", actor.role or ""):
            return _body("United Nations")
        if (
            actor.kind == "government"
            and actor.who.name in ("government", "the government")
            and actor.who.country is None
        ):
            return self._government
        if actor.who.country and "GOV" in actor.sectors and _OFFICES.search(actor.role or ""):
            return state(actor.who.country, self._day)
        affiliation = fold_name(actor.affiliation or "")
        if affiliation in self._groups:
            return _group(self._groups[affiliation].who.name, self._groups[affiliation].who.country)
        if actor.who.country is None and affiliation in self._igos:
            return _body(actor.affiliation or "")
        official = {"GOV", "MIL"} & set(actor.sectors) and actor.kind in ("person", "government", "unnamed")
        return state(actor.who.country, self._day) if official and actor.who.country else None

    def _community(self, actor: NamedActor) -> Side | None:
        for start, end in actor.mentions:
            found = _communities().search(self._report.text, max(0, start - 1), end + 12)
            if found and found.start() < end:
                return Side(
                    f"{found[1]} {found[2]}s".casefold(), f"{found[1]} {found[2]}s", "group", _nations().get(found[2])
                )
        return None

    def _rebels(self, actor: NamedActor) -> Side | None:
        if actor.kind == "armed_group" and _is_named(actor):
            return _group(actor.who.name, actor.who.country)
        affiliation = fold_name(actor.affiliation or "")
        if affiliation in self._groups:
            group = self._groups[affiliation].who
            return _group(group.name, group.country)
        if actor.kind == "person" and affiliation and " " in affiliation:
            return _group(actor.affiliation or "", actor.who.country)
        return self._main_group

    @cached_property
    def _government(self) -> Side | None:
        """Whose "the government" is: that of the one group's country, else the only one that is named with its country."""
        group = self._main_group
        if group is not None and group.country:
            return state(group.country, self._day)
        text = self._report.text
        named = {
            actor.who.country
            for actor in self._report.actors
            if actor.kind == "country" and any("government" in text[start:end] for start, end in actor.mentions)
        } - {None}
        return state(named.pop() or "", self._day) if len(named) == 1 else None

    @cached_property
    def _main_group(self) -> Side | None:
        """The one group that the report speaks of, or clearly more than of any other."""
        counts: Counter[Side] = Counter()
        for actor in self._report.actors:
            if actor.kind == "armed_group" and _is_named(actor):
                counts[_group(actor.who.name, actor.who.country)] += len(actor.mentions)
            elif actor.kind == "person" and _REBEL in actor.sectors and " " in (actor.affiliation or ""):
                counts[_group(actor.affiliation or "", actor.who.country)] += len(actor.mentions)
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or (len(ranked) > 1 and ranked[0][1] < _CLEAR * ranked[1][1]):
            return None
        return ranked[0][0]


def _is_named(actor: NamedActor) -> bool:
    """Whether it has a name of its own: an id of the registry, or a name in capitals of more than one word."""
    name = actor.who.name
    return not actor.who.key.startswith(("name:", "unnamed:")) or (
        actor.kind == "armed_group" and len(name.split()) > 1 and name.istitle()
    )
