"""What is known of a verb of attribution before its content is looked for."""

from __future__ import annotations

from dataclasses import dataclass

from readout.readers.statements.content import content_after
from readout.readers.statements.lexicon import VerbCue
from readout.readers.statements.page import Draft, Page
from readout.readers.status.clause import negative_phrase, negator
from readout.types import Span


@dataclass(frozen=True, slots=True)
class Saying:
    """A verb that attributes, with what the lexicon knows of it and what stands around it.

    `words` are the verb and its particle, `addressee` who is told, `frame` the first and last word of the run that
    belongs to the attribution itself.
    """

    page: Page
    verb: int
    cue: VerbCue
    words: tuple[int, ...]
    source: int | None
    addressee: tuple[int, ...]
    frame: tuple[int, int]

    @property
    def last(self) -> int:
        """The word behind the last one of the sentence."""
        return self.page.document.sentence(self.verb).last

    def children(self, *deps: str) -> list[int]:
        """The verb's dependents of some relations."""
        return self.page.document.children(self.verb, *deps)

    def draft(
        self,
        content: tuple[Span, ...],
        frame: str,
        *,
        told: tuple[int, ...] | None = None,
        until: int | None = None,
        cue: Span | None = None,
    ) -> Draft | None:
        """The attribution of a content, or None where there is no content or the verb does not take such a frame.

        Args:
            content: what is said.
            frame: the name of the frame, as the knowledge file lists it.
            told: who is told, where that is not `addressee`.
            until: the last word of the frame, where it ends before the content.
            cue: the cue's own words, where they are more than the verb and its particle.
        """
        strength = self.cue.frames.get(frame)
        if not content or strength is None or self._by_nobody():
            return None
        words = cue or self.page.document.span(self._first_word(), self.words[-1])
        around = self.frame if until is None else (self.frame[0], until)
        return Draft(self.verb, words, self.source, content, strength, self.addressee if told is None else told, around)

    def _by_nobody(self) -> bool:
        """Whether it is told that nobody says so: "*no group* has claimed the attack"."""
        return self.source is not None and negative_phrase(self.page.document, self.source) is not None

    def _first_word(self) -> int:
        """Where the cue's own words begin: with the helper of a "not", as what is *not said* is no word of anybody."""
        document, verb = self.page.document, self.words[0]
        no = negator(document, verb)
        if (
            no is None
            or no > verb
            or no in self.page.inside
            or document.relations[no] != "advmod"
            or document.tokens[no].head != verb
        ):
            return verb
        first = min([no, *(a for a in document.children(verb, "aux") if a < verb)])
        return first if self.source is None or not first <= self.source < verb else no

    def behind(self, start: int) -> tuple[Span, ...]:
        """The content from word `start` on."""
        return content_after(self.page, self.verb, start)


def is_noun(page: Page, i: int) -> bool:
    """Whether a word can be somebody: a noun, a name or a pronoun, and no time."""
    return page.tokens[i].pos in ("NOUN", "PROPN", "PRON") and not page.is_time(i)
