"""Descriptions of whom an article is about: "the former diplomat", "the 74-year-old author", "the cleric"."""

from __future__ import annotations

import re

from readout.readers.actors.mentions import Entity, Mention
from readout.readers.actors.phrases import Page
from readout.readers.actors.registry import canonical_role, is_office
from readout.readers.actors.words import vocabulary, word_list

_REACH = 2  # sentences back to where somebody was last spoken of
_LEAD = 2  # by so many mentions one leads all others
_POLITICAL = frozenset({"GOV", "LEG", "PTY", "ELI", "OPP"})
_AGE = re.compile(r"\d+(-|\s-)?year(-|\s-)?old")


def character(page: Page, people: list[Entity], others: list[Entity], mention: Mention) -> Entity | None:
    """The person of whom the article speaks, where a description that names no office of somebody's can be of that one alone.

    Args:
        page: the words.
        people: the named persons of the article so far.
        others: all its actors so far.
        mention: a description of one human being.
    """
    noun = mention.noun
    assert noun is not None
    aged = is_aged(page, mention)
    if page.lower[mention.first] != "the" or (mention.owner is not None and not aged) or (mention.number and not aged):
        return None
    telling = aged or any(
        not vocabulary(words).isdisjoint(mention.modifiers) for words in ("not_now", "telling_of_one")
    )
    if not telling and not _is_plain_subject(page, mention):
        return None
    if any(n.lemma == noun.lemma for e in others for n in e.nouns) or not _tells_one(mention, telling):
        return None
    near = [e for e in people if _was_spoken_of(e, mention)]
    if telling:  # who speaks of him in the same sentence is another
        near = [e for e in near if any(m.sentence < mention.sentence for m in e.mentions)]
    fits = [e for e in near if _can_be(e, mention, telling)]
    just = [e for e in near if any(m.sentence == mention.sentence - 1 for m in e.mentions)]
    if (
        telling
        and len(just) == 1
        and just[0] in fits
        and all(_times(just[0], mention) >= _times(o, mention) for o in near)
    ):
        return just[0]  # the only one of whom the sentence before tells
    fits = [e for e in fits if all(e is o or _times(e, mention) - _times(o, mention) >= _LEAD for o in near)]
    return fits[0] if len(fits) == 1 else None


def is_aged(page: Page, mention: Mention) -> bool:
    """Whether a description tells somebody's age: "a 59-year-old executive"."""
    return bool(_AGE.search(page.text(mention.first, mention.last).lower()))


def _is_plain_subject(page: Page, mention: Mention) -> bool:
    """Whether a description is the subject of its sentence, and nothing behind it says more."""
    tokens = page.document.tokens
    token = tokens[mention.head]
    after = page.document.tokens[mention.last + 1] if mention.last + 1 < len(page.words) else None
    told = after is not None and (after.pos in ("VERB", "AUX", "ADV") or after.lower == ",")
    return told and token.dep in ("nsubj", "nsubj:pass") and tokens[token.head].dep in ("root", "parataxis", "ccomp")


def _tells_one(mention: Mention, telling: bool) -> bool:
    """Whether a description is of what somebody is, not of what he does in the story or of an office that more would name."""
    noun = mention.noun
    assert noun is not None
    if noun.group in word_list("parts_in_stories") or noun.lemma in word_list("personal_staff"):
        return telling and noun.lemma in word_list("grown_people")
    return telling or noun.lemma not in word_list("said_of_many")


def _was_spoken_of(entity: Entity, mention: Mention) -> bool:
    return any(mention.sentence - _REACH <= m.sentence and m.first < mention.first for m in entity.mentions)


def _times(entity: Entity, mention: Mention) -> int:
    return sum(m.first < mention.first for m in entity.mentions)


def _can_be(entity: Entity, mention: Mention, telling: bool) -> bool:
    """Whether what a description says agrees with what is told of somebody who was spoken of in a sentence before it."""
    if mention.sex and entity.sex and mention.sex != entity.sex:
        return False
    if mention.country and entity.country not in (None, mention.country):
        return False
    if not any(m.sentence < mention.sentence and m.first < mention.first for m in entity.mentions):
        return False
    if telling:
        return True
    role = canonical_role(mention.role, entity.country) if mention.role else ""
    if is_office(role) and entity.role is not None:
        return False
    one, other = set(entity.sectors), set(mention.sectors)
    return not one or not other or bool(one & other) or not (one.isdisjoint(_POLITICAL) or other.isdisjoint(_POLITICAL))
