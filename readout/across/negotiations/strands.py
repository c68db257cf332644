"""What one report says of one negotiation: a strand, from which processes are put together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from readout.across.facts import ReportFacts, Who
from readout.across.negotiations.cues import REBELS, WITH
from readout.across.negotiations.lexicon import conflicts
from readout.across.negotiations.phrases import Phrase, find_phrases
from readout.across.negotiations.roles import Naming, by_phrase, deal_sentence, fighting, find_namings, meets
from readout.across.negotiations.sides import Side, Sides
from readout.types import Span

_WITHIN = 60  # letters after "talks with"
_BOTH = re.compile(r"\b(?:two|both|warring) (?:sides|parties|delegations)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Strand:
    """A negotiation as one report tells of it.

    `sides` are those that its words name as parties, `near` all that its sentences speak of. `places` are keys of places that name the
    talks. `main` is the strand that the report says most of; `number` its place among those of the report. `others` are the sentences
    that speak of other talks, and `rivals` what those are about.
    """

    report: ReportFacts
    read: Sides
    number: int
    phrases: tuple[Phrase, ...]
    subject: str | None
    form: str | None
    names: tuple[str, ...]
    places: frozenset[str]
    namings: tuple[Naming, ...]
    near: frozenset[Side]
    main: bool
    others: frozenset[Span]
    rivals: frozenset[str]

    def speaks(self, sentence: Span) -> bool:
        """Whether a sentence is about this negotiation: it says so, or the report is mostly about it and the sentence about no other."""
        here = any(self.report.sentences[phrase.sentence] == sentence for phrase in self.phrases)
        return here or (self.main and sentence not in self.others)

    @property
    def sides(self) -> frozenset[Side]:
        """The parties that the report names."""
        return frozenset(naming.side for naming in self.namings if naming.role == "party" and naming.side is not None)

    def between(self, some: Sequence[Who]) -> tuple[Side, ...]:
        """The sides of some actors; "the two sides" are the parties, where the report is mostly about talks of two."""
        found = self.read.sides(some)
        if not found and self.main and len(self.sides) == 2 and any(_BOTH.search(who.name) for who in some):
            return tuple(sorted(self.sides))
        return found

    @property
    def rebels(self) -> bool:
        """Whether its sentences speak of rebels, by whatever name."""
        return any(side.kind == "group" for side in self.sides) or any(
            REBELS.search(self.report.text, *self.report.sentences[phrase.sentence]) for phrase in self.phrases
        )

    @property
    def day(self) -> str:
        """The day of the report."""
        return (self.report.published or self.report.known)[:10]

    @property
    def identity(self) -> str:
        """What it is known by, the same in every record."""
        return f"{self.report.report_id}\n{self.number}"


@dataclass(slots=True)
class _Draft:
    phrases: list[Phrase] = field(default_factory=list)
    subject: str | None = None
    form: str | None = None
    sides: set[Side] = field(default_factory=set)
    places: set[str] = field(default_factory=set)

    def fits(self, phrase: Phrase, sides: set[Side]) -> bool:
        """Whether nothing that a phrase says of its talks speaks against this one."""
        if phrase.subject and self.subject and phrase.subject != self.subject:
            return False
        if phrase.form and self.form:
            return phrase.form == self.form
        if len(sides) > 1 and len(self.sides) > 1:
            return len(sides & self.sides) > 1
        if not phrase.subject and len(sides) > 1 and not phrase.definite:
            # "Talks between A and B" need not be those of the peace process that is told of beside them, "A-B talks" are.
            named = len(phrase.sides) > 1 and not self.sides and self.subject in conflicts()
            return named or self.phrases[-1].sentence == phrase.sentence
        if phrase.subject and self.subject is None and len(self.sides) > 1 and not sides:
            return self.phrases[-1].sentence == phrase.sentence
        return True

    def take(self, phrase: Phrase, sides: set[Side]) -> None:
        self.phrases.append(phrase)
        self.subject = self.subject or phrase.subject
        self.form = self.form or phrase.form
        self.sides |= sides
        self.places |= set(phrase.places)


def find_strands(report: ReportFacts) -> tuple[Strand, ...]:
    """The negotiations that one report tells of: talks with a subject, a named form or sides that fight; mere meetings are none."""
    if not report.sentences:
        return ()
    sides = Sides(report)
    drafts: list[_Draft] = []
    aside: list[Phrase] = []
    noisy: _Draft | None = None
    last: _Draft | None = None
    for phrase in find_phrases(report, sides):
        if phrase.noisy:
            last = noisy = _Draft()
            aside.append(phrase)
            continue
        named = {naming.side for naming in by_phrase(report, sides, phrase) if naming.side is not None}
        if not phrase.subject and not phrase.definite and last is not None and _elsewhere(report, sides, phrase, last):
            aside.append(phrase)
            continue
        says = bool(phrase.subject or phrase.form or len(named) > 1 or phrase.places)
        if not says and last is not None and (last is noisy or last.fits(phrase, named)):
            last.take(phrase, named)
            if last is noisy:
                aside.append(phrase)
            continue
        draft = next((one for one in reversed(drafts) if one.fits(phrase, named)), None)
        if draft is None:
            draft = _Draft()
            drafts.append(draft)
        draft.take(phrase, named)
        last = draft
    made = [_strand(report, sides, number, drafts, aside) for number in range(len(drafts))]
    return tuple(strand for strand in made if strand is not None)


def _elsewhere(report: ReportFacts, sides: Sides, phrase: Phrase, draft: _Draft) -> bool:
    """Whether "talks with somebody" are a meeting beside the negotiation: with one who is not of it."""
    found = WITH.match(report.text[phrase.head[1] :])
    if found is None or phrase.form or phrase.places:
        return False
    start = phrase.head[1] + found.end()
    whom = {one.side for one in sides.within(start, start + _WITHIN) if one.side is not None}
    return not whom or not whom & draft.sides


def _strand(
    report: ReportFacts, sides: Sides, number: int, drafts: Sequence[_Draft], aside: Sequence[Phrase]
) -> Strand | None:
    draft = drafts[number]
    main = draft is max(drafts, key=lambda one: (len(one.phrases), -drafts.index(one)))
    namings = find_namings(
        report,
        sides,
        draft.phrases,
        whole=main and all(one.subject in (None, draft.subject) and one.form in (None, draft.form) for one in drafts),
    )
    namings += _foes(report, sides, draft, namings, main=main)
    parties = {naming.side for naming in namings if naming.role == "party" and naming.side is not None}
    foes = any(fighting(one, other) for one in parties for other in parties)
    if not (draft.subject or draft.form or foes):
        return None
    sentences = {phrase.sentence for phrase in draft.phrases}
    near = {one.side for n in sentences for one in sides.within(*report.sentences[n]) if one.side is not None}
    names = Counter(phrase.name for phrase in draft.phrases if phrase.name)
    return Strand(
        report=report,
        read=sides,
        number=number,
        phrases=tuple(draft.phrases),
        subject=draft.subject or ("peace" if foes else None),
        form=draft.form,
        names=tuple(sorted(names.elements())),
        places=frozenset(draft.places),
        namings=tuple(namings),
        near=frozenset(near),
        main=main,
        others=frozenset(
            report.sentences[phrase.sentence]
            for phrase in (*aside, *(phrase for one in drafts if one is not draft for phrase in one.phrases))
            if phrase.sentence not in sentences
        ),
        rivals=frozenset(one.subject for one in drafts if one is not draft and one.subject) - {draft.subject or ""},
    )


def _foes(report: ReportFacts, sides: Sides, draft: _Draft, namings: Sequence[Naming], *, main: bool) -> list[Naming]:
    """A government and an armed group of its country that the report tells of as meeting, or as agreeing or refusing to."""
    named = {naming.side for naming in namings if naming.role == "party"}
    if not main or len(named) > 1 or (draft.subject is not None and draft.subject not in conflicts()):
        return []
    mediators = {naming.side for naming in namings if naming.role == "mediator"}
    found: list[Naming] = []
    for event in report.events:
        if event.act_type != "CONSULT" and event.type not in ("AGREE", "REJECT"):
            continue
        both = meets(event, sides) or sides.sides([*event.actors, *event.recipients])
        if len(both) != 2 or mediators & set(both) or not fighting(*both):
            continue
        sentence = next((span for span in report.sentences if span[0] <= event.span[0] < span[1]), event.span)
        if event.act_type != "CONSULT" and not deal_sentence(report.text, sentence):
            continue
        found += [
            Naming("party", side.who, side, event.span, "a government and rebels of its country", 0.8) for side in both
        ]
    return found
