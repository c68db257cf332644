"""What the steps of the actor reader hand on: mentions of actors, one phrase each, with what the phrase says."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import Literal

from readout.readers.actors.phrases import Page
from readout.readers.actors.registry import Known
from readout.readers.actors.words import Noun
from readout.types import ActorKind

#: What a mention is: a person's name, another name, a state, a common noun, a pronoun.
Form = Literal["person", "name", "state", "nominal", "pronoun"]


@dataclass(slots=True)
class Mention:
    """One phrase that stands for an actor: words `[first, last]`, its head, and what it says of the actor.

    `names` are the words of a name; `noun` is the role noun of a nominal or of the title before a name; `owner` the
    mention that possesses it ("Peru" in "Peru's president").
    """

    first: int
    last: int
    head: int
    form: Form
    sentence: int
    names: tuple[str, ...] = ()
    noun: Noun | None = None
    known: tuple[Known, ...] = ()
    kind: ActorKind | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    affiliation: str | None = None
    sex: str | None = None
    plural: bool = False
    definite: bool = False
    number: str | None = None  # "two", "several": phrases with different ones are different groups
    modifiers: tuple[str, ...] = ()
    owner: Mention | None = None
    same: Mention | None = None  # the mention that this one renames: an apposition, an abbreviation
    bare: bool = True  # a nominal without determiner
    home: str | None = (
        None  # the state where it is said to be: "villagers in Peru"; no part of what tells two groups apart
    )
    named_after: bool = False  # a government by the name of who leads it: "the Baltanov administration"


def mark(page: Page, first: int, last: int, form: Form) -> Mention:
    """A bare mention of the words from `first` to `last`, with its head and sentence."""
    return Mention(first, last, page.head(first, last), form, page.document.tokens[first].sentence)


def joined(names: tuple[str, ...]) -> str:
    """The words of a name as one string: a hyphen joins what stands beside it."""
    joined = " ".join(names).replace(" - ", "-").replace(" – ", "–").replace(" , ", ", ")
    return joined.replace(" 's", "'s").replace(" ’s", "’s").replace("s ' ", "s' ").replace("s ’ ", "s’ ")


def phrase_name(page: Page, mention: Mention) -> str:
    """The words of a description without its article."""
    first = mention.first
    if page.document.tokens[first].pos == "DET" and first < mention.last and page.words[first + 1] != ".":
        first += 1
    return page.text(first, mention.last)


@dataclass(slots=True)
class Entity:
    """An actor while it is read: its mentions in text order, and what they say together."""

    name: str
    kind: ActorKind
    known: Known | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    affiliation: str | None = None
    sex: str | None = None
    plural: bool = False
    names: tuple[str, ...] = ()
    nouns: list[Noun] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    members: tuple[Entity, ...] = ()  # whom "the two sides" gathers
    first: int = sys.maxsize  # the first word of its earliest mention
    offices: frozenset[str] | None = (
        None  # its roles under the names that they have everywhere; None until somebody asks
    )

    @property
    def is_person(self) -> bool:
        """Whether it is one human being, named or not."""
        if self.kind in ("person", "country"):
            return self.kind == "person"
        return not self.plural and not self.names and any(noun.one for noun in self.nouns)
