"""A report and the versions that it was made from: which sentences stand in both, and which claims stand no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from readout.across.incidents.evidence import ENOUGH
from readout.across.incidents.rare_words import Weighed, likeness
from readout.across.incidents.telling import Told
from readout.across.novelty.events import Judge
from readout.across.novelty.items import WEIGHTS, Item, Kind
from readout.across.novelty.past import Past, Ready
from readout.across.novelty.words import Weigher, day_in_words, says_not, words_in
from readout.types import Span

#: How alike two sentences are at least, or how much of the one stands in the other, for the one to be the other in other words.
_ALIKE, _WITHIN = 0.5, 0.65
#: How alike two sentences are that are the same but for a few words.
_NEARLY = 0.8


class Versions:
    """A report beside those from whose words it was made; `before` is the version or piece in whose place it stands."""

    def __init__(self, ready: Ready, made_from: Sequence[Ready], before: Ready | None, weigher: Weigher) -> None:
        self.ready, self.made_from, self.before, self.weigher = ready, made_from, before, weigher
        self._found: dict[Span, tuple[Ready, Span] | None] = {}
        self._judge: Judge | None = None

    def judge(self, past: Past) -> Judge:
        """What compares the report's events with earlier ones."""
        if self._judge is None:
            copied = frozenset(other.report.id for other in self.made_from)
            self._judge = Judge(self.ready, past, self.weigher, copied)
        return self._judge

    def standing(self, span: Span) -> tuple[Ready, Span] | None:
        """Where the sentence of a span stands in a version, word for word, or with the same numbers and all but a few of its words."""
        sentence = self.ready.sentence_at(span[0])
        if sentence is None or sentence[2] is None:
            return None
        if sentence[:2] not in self._found:
            self._found[sentence[:2]] = self._find(*sentence)
        return self._found[sentence[:2]]

    def _find(self, start: int, end: int, key: int | None) -> tuple[Ready, Span] | None:
        text = self.ready.report.text[start:end]
        mine, numbers = self.weigher.of(text), _numbers(text)
        for other in self.made_from:
            near = [(a, b) for a, b, same in other.sentences if same == key]
            if near:
                return other, near[0]
        for other in self.made_from:
            for a, b, _ in other.sentences:
                words = other.report.text[a:b]
                same = _numbers(words) == numbers and says_not(words) == says_not(text)
                if same and likeness(mine, self.weigher.of(words)) >= _NEARLY:
                    return other, (a, b)
        return None

    def stands(self, start: int, end: int) -> bool:
        """Whether a sentence stands, in the same or other words, in a version that the report was made from."""
        words = self.weigher.of(self.ready.report.text[start:end])
        return any(
            _reworded(words, self.weigher.of(other.report.text[a:b]))
            for other in self.made_from
            for a, b, _ in other.sentences
        )

    def dropped(self) -> Iterator[Item]:
        """The claims of the version before that stand in the report no more, neither as such nor in their sentence's words."""
        if self.before is None:
            return
        report = self.before.report
        here = [(key, self.weigher.of(self.ready.report.text[start:end])) for start, end, key in self.ready.sentences]
        gone: dict[str, bool] = {}

        def is_gone(quote: str) -> bool:
            if quote not in gone:
                words = self.weigher.of(quote)
                gone[quote] = quote not in self.ready.report.text and not any(
                    _reworded(words, other) for _, other in here
                )
            return gone[quote]

        for told in self.before.told:
            if is_gone(told.event.quote) and not self._told(told):
                event = told.event
                yield self._item("event", event.id, event.span, event.quote, told.twins)
        for statement in report.statements:
            if is_gone(statement.quote):
                yield self._item("statement", statement.id, statement.span, statement.quote)
        values = {(figure.kind, figure.unit, figure.value) for figure in self.ready.report.figures}
        for figure in report.figures:
            if is_gone(figure.quote) and (figure.kind, figure.unit, figure.value) not in values:
                yield self._item("figure", figure.id, figure.span, figure.quote)
        if not self.ready.report.negotiations:
            for n, talks in enumerate(report.negotiations):
                span = talks.spans[0] if talks.spans else (0, 0)
                if is_gone(report.text[slice(*span)]):
                    yield self._item("negotiation", n, span, report.text[slice(*span)])

    def _told(self, told: Told) -> bool:
        """Whether the report tells an event of the version before."""
        assert self._judge is not None
        assert self.before is not None
        some = [(self.before, told)]
        return any(
            evidence.points >= ENOUGH - 0.6
            for mine in self.ready.told
            if mine.family == told.family
            for _, _, evidence in self._judge.compare(mine, some)
        )

    def _item(self, kind: Kind, claim: int, span: Span, quote: str, twins: tuple[int, ...] = ()) -> Item:
        assert self.before is not None
        report = self.before.report
        reason = f"stood in report {report.id} of {day_in_words(report.known)}, and stands in this one no more"
        return Item(kind, claim, "dropped", "version", 1.0, (reason,), (), report.id, span, quote, WEIGHTS[kind], twins)


def _numbers(text: str) -> frozenset[str]:
    return frozenset(word for word in words_in(text) if word[0].isdigit())


def _reworded(one: Weighed, other: Weighed) -> bool:
    """Whether two sentences say the same in other words, or the one is a part of the other."""
    if not one.length or not other.length:
        return False
    if likeness(one, other) >= _ALIKE:
        return True
    mine = sum(one.weights.values())
    return sum(weight for word, weight in one.weights.items() if word in other.weights) >= _WITHIN * mine
