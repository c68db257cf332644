"""Names of private persons taken out of claims and reports: everywhere a person who holds no office is called by a role."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from readout.exports.codes import body_words, holds_office, person_word
from readout.exports.stories import Being, Story, Words
from readout.readers.places.names import fold_name
from readout.record.claims import Party

_WORD = re.compile(r"\w+")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&.\-]+")
#: What may stand between two words of a name.
_BETWEEN = re.compile(r"[\s.'’\-–]*(?:(?:al|el|bin|ibn|abu|de|da|del|di|van|von|der|of|the)[\s\-]+)?")
#: Words that names hold and texts hold everywhere.
_COMMON = frozenset(("the", "and", "of", "al", "el", "bin", "ibn", "abu", "de", "da", "del", "di", "van", "von", "der"))
_TEXTS = ("title", "quote", "content", "cue", "population", "opening")
_SIDES = ("actors", "recipients", "sources", "speakers", "addressees")


def is_private(being: Being) -> bool:
    """Whether somebody is a person who holds no office: whom the registry knows holds one, or did.

    A name that is not known, and of which no word says that it is a body's, may be a person's: it is taken for one.
    """
    if not being.key.startswith("name:"):
        return False
    if being.kind == "organization":
        words = set(_WORD.findall(being.name.casefold()))
        return not being.sectors and not words & body_words() and not _ACRONYM.fullmatch(being.name)
    return being.kind == "person" and not holds_office(being.role, being.sectors)


def _label(being: Being) -> str:
    return f"[{person_word(being.sectors)}]" if being.kind == "person" else "[name withheld]"


class Redaction:
    """What is taken out of the claims of one report, and out of the report itself.

    Names are found as the reader knows them: who was not taken for a person keeps the name in sentences.
    """

    def __init__(self, story: Story) -> None:
        self.story = story
        self._labels = {n: _label(being) for n, being in enumerate(story.actors) if is_private(being)}
        self._keys = {story.actors[n].key: n for n in self._labels}
        self._known = {being.key for being in story.actors}
        self._tokens: dict[str, str] = {}
        for n, label in self._labels.items():
            for token in self._names_of(story.actors[n]):
                self._tokens.setdefault(token, label)

    def _names_of(self, being: Being) -> Iterable[str]:
        for name in (being.name, *self.story.names.get(being.key, ())):
            for word in _WORD.findall(fold_name(name)):
                if len(word) > 1 and word not in _COMMON and not word.isdigit():
                    yield word

    def text(self, words: str | None) -> str | None:
        """A text without the names; a capital letter tells a name from a word that is written like it."""
        if not words or not self._tokens:
            return words
        hits = [
            (match.start(), match.end(), label)
            for match in _WORD.finditer(words)
            if not match[0].islower() and (label := self._tokens.get(fold_name(match[0])))
        ]
        parts, at = [], 0
        for n, (start, end, label) in enumerate(hits):
            joined = n > 0 and _BETWEEN.fullmatch(words, hits[n - 1][1], start) is not None
            if not joined:
                parts += [words[at:start], label]
            at = end
        return "".join([*parts, words[at:]])

    def url(self, url: str | None) -> str | None:
        """An address, or none where it has a name in it."""
        if url is None:
            return None
        return None if any(word in self._tokens for word in _WORD.findall(fold_name(url))) else url

    def party(self, party: Party) -> Party:
        """Somebody in a claim: named, or by a role."""
        number = party.actor if party.actor in self._labels else self._keys.get(party.key)
        if number is not None:
            return replace(party, name=self._labels[number], key=self._key(number))
        if (
            party.key.startswith("name:") and party.key not in self._known
        ):  # a correction brought it; who it is is not known
            return replace(party, name="[name withheld]", key=f"redacted:{self.story.report}")
        return party

    def _key(self, number: int) -> str:
        return f"redacted:{self.story.report}:{number}"

    def claim(self, claim: Any) -> Any:
        """A claim or a report in a list, without the names."""
        changes: dict[str, Any] = {name: self.text(getattr(claim, name)) for name in _TEXTS if hasattr(claim, name)}
        changes["url"] = self.url(claim.url)
        for side in _SIDES:
            if hasattr(claim, side):
                changes[side] = tuple(self.party(party) for party in getattr(claim, side))
        return replace(claim, **changes)

    def redacted_story(self) -> Story:
        """The report, without the names; its words are gone but for where they stand."""
        story = self.story
        actors = tuple(
            replace(being, name=label, key=self._key(n), raw=label, role=None, affiliation=None)
            if (label := self._labels.get(n))
            else being
            for n, being in enumerate(story.actors)
        )
        return replace(
            story, title=self.text(story.title), url=self.url(story.url), actors=actors, names={},
            words=self._words(story.words),
        )  # fmt: skip

    def _words(self, words: Words | None) -> Words | None:
        """Where words stand stays; the words of private persons' mentions are blotted out, letter by letter, so that it can."""
        if words is None:
            return None
        letters = list(words.text)
        for n in self._labels:
            for start, end in words.actors[n] if n < len(words.actors) else ():
                letters[start:end] = "█" * (end - start)
        for match in _WORD.finditer(words.text):
            if not match[0].islower() and fold_name(match[0]) in self._tokens:
                letters[match.start() : match.end()] = "█" * (match.end() - match.start())
        return replace(words, text="".join(letters))
