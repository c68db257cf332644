"""Groups by their number alone: "four teachers … all four", "the 11"."""

from __future__ import annotations

from collections.abc import Iterator

from readout.readers.actors.mentions import Entity, Mention
from readout.readers.actors.phrases import Page

_BEFORE = frozenset({"the", "all"})
_PARTS = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "nmod", "nmod:poss", "obl:agent"})
_REACH = 8  # sentences back to the group


def counted_pronouns(page: Page) -> Iterator[Mention]:
    """ "The four", "all 11": numbers that stand for whom they count."""
    tokens = page.document.tokens
    for i, part in enumerate(page.document.parts):
        if part != "NUM" or i == 0 or page.lower[i - 1] not in _BEFORE or i in page.timed or i in page.placed:
            continue
        after = tokens[i + 1] if i + 1 < len(page.words) else None
        if page.document.relations[i] not in _PARTS or (
            after is not None and after.pos in ("NOUN", "PROPN", "ADJ", "NUM", "SYM")
        ):
            continue
        if after is not None and (after.lower in ("of", "-", "percent", "per") or page.glued(i + 1)):
            continue
        yield Mention(
            i - 1, i, i, "pronoun", tokens[i].sentence, sex="they", plural=True, definite=True, number=page.lower[i]
        )


def last_of_number(seen: list[tuple[Mention, Entity]], pronoun: Mention) -> Entity | None:
    """The group of that number that was named or described last; None where there is none."""
    for mention, entity in reversed(seen):
        if pronoun.sentence - mention.sentence > _REACH:
            return None
        if (
            mention.number == pronoun.number
            and entity.plural
            and mention.form != "pronoun"
            and entity.kind != "country"
        ):
            return entity
    return None
