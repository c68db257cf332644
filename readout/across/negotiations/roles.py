"""Who negotiates and who mediates, as the words around the talks say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from readout.across.facts import EventFact, ReportFacts, Who
from readout.across.negotiations.cues import (
    ACTING,
    AND,
    APART,
    BETWEEN,
    CUTS,
    HYPHENED,
    MEDIATED_BY,
    MEDIATING,
    MEDIATION,
    MEDIATOR,
    MEDIATORS,
    MEDIATORS_ARE,
    NEGOTIATOR,
    REBELS,
    TALKING,
    WITH,
)
from readout.across.negotiations.lexicon import HEAD, deals
from readout.across.negotiations.phrases import Phrase
from readout.across.negotiations.sides import Mention, Side, Sides
from readout.types import Span

RoleName = Literal["party", "mediator"]

_NAMED = frozenset({"person", "igo", "ngo", "organization"})
_OTHER_ACTS = frozenset({"third-party", "visit", "phone", "multilateral"})


@dataclass(frozen=True, slots=True)
class Naming:
    """Somebody named as party or mediator: the words, the rule, and how surely. `side` is whose side it is, None of a mediator who is
    nobody's."""

    role: RoleName
    who: Who
    side: Side | None
    span: Span
    rule: str
    score: float


def find_namings(report: ReportFacts, sides: Sides, phrases: Sequence[Phrase], *, whole: bool = False) -> list[Naming]:
    """Who is named as party or mediator of the talks that some phrases of a report speak of, in text order.

    Args:
        report: what tells of them.
        sides: its sides.
        phrases: where it does.
        whole: whether negotiators and mediators of other sentences are those of these talks, too.
    """
    found = [naming for phrase in phrases for naming in by_phrase(report, sides, phrase)]
    within = dict.fromkeys(phrase.sentence for phrase in phrases)
    for number, sentence in enumerate(report.sentences):
        if number in within or whole:
            found += _by_sentence(report, sides, sentence)
    mediators = {naming.who.key for naming in found if naming.role == "mediator"}
    kept = [naming for naming in found if naming.role == "mediator" or naming.who.key not in mediators]
    return sorted(dict.fromkeys(kept), key=lambda naming: (naming.span, naming.role, naming.who.key, naming.rule))


def by_phrase(report: ReportFacts, sides: Sides, phrase: Phrase) -> Iterator[Naming]:
    """Whom the words around one phrase name as parties."""
    text, end = report.text, report.sentences[phrase.sentence][1]
    if len(phrase.sides) > 1:
        yield from _parties(phrase.sides, phrase.span, "named before the talks", 0.9)
    after = text[phrase.head[1] : end]
    joined = BETWEEN.search(after)
    if joined and joined.start() <= 90 and not APART.search(after[: joined.start()]):
        start = phrase.head[1] + joined.end()
        listed = joined[1].lower() not in ("between", "among")
        found = _listed(report, sides, start, end, most=12 if listed else 5, pair=joined[1].lower() == "between")
        if len(found) > (2 if listed else 1):
            yield from _parties(
                found, (start, end), "listed with the talks" if listed else f"{joined[1].lower()} them", 0.95
            )
        elif found and not listed and REBELS.search(report.text, start, min(end, start + 90)):
            yield from _parties(found, (start, end), "between it and rebels", 0.85)
    if "bilateral" in report.text[slice(*phrase.span)] and phrase.subject is not None:
        here = {one.side for one in sides.within(*report.sentences[phrase.sentence]) if one.side is not None}
        if len(here) == 2 and all(side.kind == "state" for side in here):
            yield from _parties(sorted(here), phrase.span, "two states beside bilateral talks", 0.75)
    if phrase.subject == "accession":
        last = phrase.about[1] if phrase.about else phrase.head[1]
        both = [one.side for one in sides.within(phrase.span[0], last) if one.side is not None]
        if {side.kind for side in both} == {"state", "body"}:
            yield from _parties(both, (phrase.span[0], last), "joins the other", 0.85)
    with_whom = WITH.match(after)
    if with_whom and phrase.subject is not None and "process" not in report.text[slice(*phrase.head)]:
        start = phrase.head[1] + with_whom.end()
        yield from _parties(
            _listed(report, sides, start, end, most=1), (phrase.head[0], end), "talks are with it", 0.75
        )
    yield from _subjects(report, sides, phrase, after)


def _subjects(report: ReportFacts, sides: Sides, phrase: Phrase, after: str) -> Iterator[Naming]:
    """ "A and B opened peace talks", "A resumed peace talks with B"."""
    floor = report.sentences[phrase.sentence][0]
    here = sides.within(floor, phrase.span[0])
    for one in here:
        members = sides.sides([one.actor.who]) if one.actor is not None and one.actor.members else ()
        if len(members) == 2 and phrase.subject and TALKING.match(report.text[one.span[1] : phrase.span[0]]):
            yield from _parties(members, one.span, "both sides of the talks", 0.85)
    before = [one for one in here if one.side is not None]
    acting = next(
        (
            one
            for one in reversed(before)
            if (verb := TALKING.match(report.text[one.span[1] : phrase.span[0]]))
            and phrase.span[0] - one.span[1] - verb.end() < 40
        ),
        None,
    )
    if acting is None:
        return
    with_whom = WITH.match(after)
    start = phrase.head[1] + with_whom.end() if with_whom else 0
    others = _listed(report, sides, start, report.sentences[phrase.sentence][1], most=1) if with_whom else []
    at = before.index(acting)
    beside = (
        before[at - 1]
        if at and report.text[before[at - 1].span[1] : acting.span[0]].strip() in ("and", "and the")
        else None
    )
    both = [one.side for one in (beside, acting) if one is not None and one.side is not None] + others
    if len(set(both)) > 1 and phrase.subject is not None:
        yield from _parties(both, (acting.span[0], phrase.head[1]), "does it with the other", 0.85)


def _listed(report: ReportFacts, sides: Sides, start: int, end: int, most: int, *, pair: bool = False) -> list[Side]:
    """The sides of a list, the first of each of its parts, up to the word that ends it; a pair ends after its "and"."""
    found: list[Side] = []
    at, joined = start, False
    for one in sides.within(start, end):
        gap = report.text[at : one.span[0]]
        if one.span[0] < at:
            continue
        if CUTS.search(gap) or len(found) >= most or (pair and joined and re.search(r",|\band\b", gap)):
            break
        joined |= " and " in f" {gap.strip()} "
        if one.side is not None and (not found or re.search(r",|\band\b|&", gap)) and one.side not in found:
            found.append(one.side)
        at = one.span[1]
    return found


def _parties(found: Sequence[Side], span: Span, rule: str, score: float) -> Iterator[Naming]:
    for side in dict.fromkeys(found):
        yield Naming("party", side.who, side, span, rule, score)


def _by_sentence(report: ReportFacts, sides: Sides, sentence: Span) -> Iterator[Naming]:
    text = report.text
    here = sides.within(*sentence)
    for n, one in enumerate(here):
        words = text[one.span[0] : one.span[1]]
        if MEDIATORS.match(text[one.span[1] : sentence[1]]):
            yield from _mediators(one, "has mediators", 0.85)
        elif MEDIATOR.search(words) or MEDIATING.match(text[one.span[1] : sentence[1]]):
            yield from _mediators(one, "called a mediator" if MEDIATOR.search(words) else "mediates", 0.85)
        elif MEDIATION.match(text[one.span[1] : min(one.span[1] + 40, sentence[1])]):
            yield from _mediators(one, "mediates", 0.85)
        elif HYPHENED.match(text[one.span[1] : min(one.span[1] + 70, sentence[1])]):
            yield from _mediators(one, "the talks are brokered by it", 0.9)
        elif one.side is not None and NEGOTIATOR.search(words):
            yield from _parties([one.side], one.span, "has negotiators", 0.85)
        # "A, B and C, peace mediators in the conflict"; "the mediators -- A, B and C --"
        if n + 1 < len(here) or MEDIATOR.search(text[one.span[1] : one.span[1] + 40]):
            yield from _called(text, here, n, sentence)
    for found in MEDIATORS_ARE.finditer(text, *sentence):
        for one in _run(text, sides, found.end(), sentence[1]):
            yield from _mediators(one, "called a mediator", 0.85)
    for found in MEDIATED_BY.finditer(text, *sentence):
        for one in _run(text, sides, found.end(), sentence[1]):
            yield from _mediators(one, "the talks are brokered by it", 0.9)
    for found in ACTING.finditer(text, *sentence):
        at = found.start()
        for one in reversed([one for one in here if one.span[1] <= found.start()][-4:]):
            if not AND.fullmatch(text[one.span[1] : at]):
                break
            yield from _mediators(one, "acts as mediator", 0.9)
            at = one.span[0]


def _called(text: str, here: Sequence[Mention], n: int, sentence: Span) -> Iterator[Naming]:
    """Those who are called mediators beside their names."""
    one = here[n]
    after = re.match(r",\s+(?:[a-z]+ ){0,2}?(?:mediators?|facilitators?)\b", text[one.span[1] : sentence[1]])
    if after:
        yield from _mediators(one, "called a mediator", 0.85)
        if n and re.fullmatch(r"\s+and\s+", text[here[n - 1].span[1] : one.span[0]]):
            yield from _mediators(here[n - 1], "called a mediator", 0.85)


def _run(text: str, sides: Sides, start: int, end: int) -> Iterator[Mention]:
    """Those who are listed from a place on."""
    at = start
    for one in sides.within(start, end):
        gap = text[at : one.span[0]].strip().lower()
        if gap not in ("", "the", "and", "and the", ",", ", the", "both", "visiting", ", and", ", and the"):
            break
        yield one
        at = one.span[1]


def _mediators(one: Mention, rule: str, score: float) -> Iterator[Naming]:
    who = one.actor.who if one.actor is not None else one.side.who if one.side is not None else None
    if one.side is None and one.actor is not None and one.actor.kind not in _NAMED:
        return
    if who is None or not who.key or who.name.endswith("-") or (who.key.startswith("unnamed:") and one.side is None):
        return
    if who.key.startswith("unnamed:") and one.side is not None:
        who = one.side.who
    yield Naming("mediator", who, one.side, one.span, rule, score)


def meets(event: EventFact, sides: Sides) -> tuple[Side, ...]:
    """The sides of an event of talks, where it has exactly two."""
    if event.act_type != "CONSULT" or event.act_mode in _OTHER_ACTS:
        return ()
    found = sides.sides([*event.actors, *event.recipients])
    return found if len(found) == 2 else ()


def fighting(one: Side, other: Side) -> bool:
    """Whether two sides are a government and an armed group of one country, or two armed groups of one."""
    return (
        "group" in (one.kind, other.kind) and one.country is not None and one.country == other.country and one != other
    )


def deal_sentence(text: str, span: Span) -> bool:
    """Whether a sentence speaks of a deal or of talks."""
    return bool(deals().search(text, *span) or re.compile(rf"\b(?:{HEAD})\b", re.IGNORECASE).search(text, *span))
