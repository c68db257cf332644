"""The reports before one, made ready so that what tells the same as a claim is found among them at once."""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from readout.across.facts import FigureFact, NegotiationFact, ReportFacts, StatementFact
from readout.across.incidents.rare_words import Rarity, words_of
from readout.across.incidents.retelling import tell_claims
from readout.across.incidents.telling import Told, is_point
from readout.across.incidents.tolls import counts_people
from readout.across.ledger.toll_claims import Counted, counted_in, with_claims
from readout.across.novelty.words import words_in

#: Earlier claims that are looked at for one, and how far back under each key: so that the work for a report stays bounded.
_LOOKED_AT, _BACK = 24, 60
#: Words by which a claim is found, the rarest of its sentence.
_WORDS = 8
#: A sentence of fewer words may be anybody's.
_TELLING = 5
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Ready:
    """A report made ready. `words` are those it is about, `told` its events, `counted` its tolls as claims with the figures behind
    each, `figures` those that are no tolls. `sentences` have their start, end and what names their words, None for few words."""

    report: ReportFacts
    words: frozenset[str]
    told: tuple[Told, ...]
    counted: tuple[Told, ...]
    behind: Mapping[int, tuple[Counted, ...]]
    figures: tuple[FigureFact, ...]
    sentences: tuple[tuple[int, int, int | None], ...]

    def sentence_at(self, place: int) -> tuple[int, int, int | None] | None:
        """The sentence that a place of the text is in."""
        return next((sentence for sentence in self.sentences if sentence[0] <= place < sentence[1]), None)


def make_ready(report: ReportFacts) -> Ready:
    """A report made ready for comparison."""
    counted = counted_in(report)
    claims, behind = with_claims(report, counted)
    names = " ".join(who.name for event in report.events for who in (*event.actors, *event.recipients))
    spans = report.sentences or ((0, len(report.text)),)
    return Ready(
        report=report,
        words=words_of(f"{report.title or ''} {report.text}") | words_of(names),
        told=tuple(tell_claims((report,))[0]),
        counted=tuple(tell_claims((claims,))[0]),
        behind=behind,
        figures=tuple(figure for figure in report.figures if not counts_people(figure, report.text)),
        sentences=tuple((start, end, sentence_key(report.text[start:end])) for start, end in spans),
    )


def sentence_key(text: str) -> int | None:
    """What names the words of a sentence, whatever their case and what stands between them; None for few words."""
    words = _WORD.findall(text.lower())
    return zlib.crc32(" ".join(words).encode("utf-8")) if len(words) >= _TELLING else None


class _Index:
    """Claims by keys, in the order in which they came."""

    def __init__(self) -> None:
        self._places: dict[Hashable, list[tuple[int, int]]] = defaultdict(list)

    def put(self, keys: Iterable[Hashable], place: tuple[int, int]) -> None:
        for key in keys:
            self._places[key].append(place)

    def near(self, keys: Mapping[Hashable, float]) -> list[tuple[int, int]]:
        """The claims that share the weightiest keys, of as weighty ones the last."""
        found: dict[tuple[int, int], float] = defaultdict(float)
        for key in sorted(keys, key=repr):
            for place in self._places.get(key, ())[-_BACK:]:
                found[place] += keys[key]
        return sorted(found, key=lambda place: (-found[place], -place[0], place[1]))[:_LOOKED_AT]


class Past:
    """Reports in the order in which they became known, with their claims by what finds them."""

    def __init__(self) -> None:
        self.reports: list[Ready] = []
        self.places: dict[int, int] = {}
        self.standing: dict[int, list[int]] = defaultdict(list)  # the places of the reports in which a sentence stands
        self._counts: Counter[str] = Counter()
        self._indexes: dict[str, _Index] = {name: _Index() for name in ("told", "counted", "said", "figures", "talks")}

    def count(self, ready: Ready) -> Rarity:
        """Counts the words of the next report, and says how rare words are over the reports so far and this one."""
        self._counts.update(ready.words)
        return Rarity(len(self.reports) + 1, self._counts)

    def take(self, ready: Ready) -> None:
        """Takes in the next report, whose words are counted."""
        at = len(self.reports)
        self.reports.append(ready)
        self.places[ready.report.id] = at
        for key in {key for _, _, key in ready.sentences if key is not None}:
            self.standing[key].append(at)
        for name, claims in (("told", ready.told), ("counted", ready.counted)):
            for n, told in enumerate(claims):
                self._indexes[name].put(_told_keys(told), (at, n))
        for n, statement in enumerate(ready.report.statements):
            self._indexes["said"].put(_said_keys(statement), (at, n))
        for n, figure in enumerate(ready.figures):
            self._indexes["figures"].put(_figure_keys(figure), (at, n))
        for n, talks in enumerate(ready.report.negotiations):
            self._indexes["talks"].put(_talks_keys(talks), (at, n))

    def told_near(self, told: Told, rarity: Rarity) -> list[tuple[Ready, Told]]:
        """Earlier events that may be of the happening of one."""
        places = self._indexes["told"].near(_weighed(_told_keys(told), rarity))
        return [(self.reports[at], self.reports[at].told[n]) for at, n in places]

    def counted_near(self, told: Told, rarity: Rarity) -> list[tuple[Ready, Told]]:
        """Earlier tolls that may be of the happening of one."""
        places = self._indexes["counted"].near(_weighed(_told_keys(told), rarity))
        return [(self.reports[at], self.reports[at].counted[n]) for at, n in places]

    def said_near(self, statement: StatementFact, rarity: Rarity) -> list[tuple[Ready, StatementFact]]:
        """Earlier statements that may say the same."""
        places = self._indexes["said"].near(_weighed(_said_keys(statement), rarity))
        return [(self.reports[at], self.reports[at].report.statements[n]) for at, n in places]

    def figures_near(self, figure: FigureFact, rarity: Rarity) -> list[tuple[Ready, FigureFact]]:
        """Earlier figures that may be the same."""
        places = self._indexes["figures"].near(_weighed(_figure_keys(figure), rarity))
        return [(self.reports[at], self.reports[at].figures[n]) for at, n in places]

    def talks_near(self, talks: NegotiationFact, rarity: Rarity) -> list[tuple[Ready, int, NegotiationFact]]:
        """Earlier negotiations that may be the same, with their places among those of their reports."""
        places = self._indexes["talks"].near(_weighed(_talks_keys(talks), rarity))
        return [(self.reports[at], n, self.reports[at].report.negotiations[n]) for at, n in places]


def _weighed(keys: Iterable[tuple[str, ...]], rarity: Rarity) -> dict[Hashable, float]:
    """Keys with what sharing them says; of the words the rarest that another report has as well."""
    found: dict[Hashable, float] = {}
    words: list[tuple[float, tuple[str, ...]]] = []
    for key in keys:
        if key[1] == "word":
            if rarity.counts.get(key[2], 0) > 1:
                words.append((rarity.of(key[2]), key))
        else:
            found[key] = _SAYS[key[1]]
    found.update({key: weight / 2 for weight, key in sorted(words, reverse=True)[:_WORDS]})
    return found


_SAYS = {"same": 12.0, "who": 1.0, "where": 1.0, "point": 2.0, "toll": 2.0, "number": 2.0}


def _told_keys(told: Told) -> list[tuple[str, ...]]:
    event, family = told.event, told.family
    found = {(family, "who", who.key) for who in (*event.actors, *event.recipients) if who.key}
    found |= {(family, "point" if is_point(place) else "where", place.key) for place in event.places}
    found |= {(family, "toll", f"{toll.measure}:{toll.best:g}") for toll in told.tolls if toll.best >= 2}
    return [*sorted(found), *_by_words(family, event.quote)]


def _said_keys(statement: StatementFact) -> list[tuple[str, ...]]:
    found = _by_words("", statement.content)
    if statement.speaker is not None and statement.speaker.key:
        found.append(("", "who", statement.speaker.key))
    return found


def _figure_keys(figure: FigureFact) -> list[tuple[str, ...]]:
    return [(figure.kind, "number", f"{figure.unit}:{figure.value:g}"), *_by_words(figure.kind, figure.quote)]


def _talks_keys(talks: NegotiationFact) -> list[tuple[str, ...]]:
    return [*(("", "who", who.key) for who in talks.parties if who.key), *_by_words("", talks.topic)]


def _by_words(what: str, text: str) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [(what, "word", word) for word in sorted(words_in(text))]
    key = sentence_key(text)
    return found if key is None else [*found, (what, "same", str(key))]
