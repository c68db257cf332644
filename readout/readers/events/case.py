"""What is folded: an act with what is known of how it is talked of."""

from __future__ import annotations

from dataclasses import dataclass

from readout.language.document import Document
from readout.readers.events.arguments import subjects
from readout.readers.events.book import ActorBook
from readout.readers.events.roles import Scene
from readout.readers.status import Judgement, Operator
from readout.types import Act, EventType, Status


@dataclass(frozen=True, slots=True)
class Case:
    """An act in its sentence: the scene, what the chain of predicates makes of it, and on whose word it stands.

    `sources` are outermost first; none: the report's own voice.
    """

    document: Document
    scene: Scene
    act: Act
    judgement: Judgement
    book: ActorBook
    sources: tuple[int | None, ...]

    @property
    def operators(self) -> tuple[Operator, ...]:
        """The chain of operators, innermost first."""
        return self.judgement.operators

    def lemma(self, operator: Operator) -> str:
        """The lemma of an operator's word."""
        return self.document.lemmas[operator.token]

    def doers(self, operator: Operator) -> list[int]:
        """The actors who do what an operator's word says."""
        if operator.subject is not None:
            return self.book.find_all(self.document.conjuncts(operator.subject))
        return self.book.find_all(subjects(self.document, operator.token))


@dataclass(frozen=True, slots=True)
class Folded:
    """What an act becomes: its coded type and mode, who stands where, and the operators that are spent by it."""

    type: EventType
    mode: str | None
    status: Status
    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    spent: tuple[int, ...]  # the operators' words, which are no events of their own any more
    act: Act | None = None  # the act below, where it is another than the word tells: who is to stop an attack gives way
