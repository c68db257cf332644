"""What was proposed and answered, what was agreed, and what stands in the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from readout.across.facts import Who
from readout.across.negotiations.lexicon import deals, subject_of
from readout.across.negotiations.sides import Mention, Side
from readout.across.negotiations.strands import Strand
from readout.across.negotiations.telling import (
    based,
    clause_at,
    days_between,
    month_at,
    partial_day,
    sentence_at,
    unreal,
    voice_at,
    words_at,
)
from readout.across.negotiations.types import Agreement, Basis, Proposal, Response, StateChange
from readout.types import Span

_REACHED = r"reached|signed|clinched|struck|concluded|adopted|sealed|inked|hammered out|brokered|finalized|finalised"
_DONE_AFTER = re.compile(
    r"^(?:\s{1,3}between\s{1,3}[^.;,]{3,80}?)?(?:\s{1,3}(?!and\b|but\b)[\w'’-]+){0,4}?"
    rf"\s{{1,3}}(?:(?:was|were|had been|has been|have been|already)\s{{1,3}}){{0,4}}(?P<did>{_REACHED})\b",
    re.IGNORECASE,
)
_DONE_BEFORE = re.compile(
    rf"\b(?P<did>{_REACHED})\s+(?:(?:a|an|the|its|their|this|last|latest|first|final|long-awaited|landmark|[\w-]+)\s+){{0,4}}$",
    re.IGNORECASE,
)
_PROPOSED = re.compile(
    r"^\s*(?:(?:has|have|had|also|again|then|first)\s+){0,2}(?:proposed|suggested|put forward|offered to|offered|invited|put forth)\b",
    re.IGNORECASE,
)
#: "Norway's invitation for", "a Norwegian proposal \" for": somebody's, and of what.
_PROPOSAL = re.compile(
    r"^(?:['’]s?)?\s+(?:(?!and\b|to\b|of\b)[\w-]+\s+){0,2}?(?:proposals?|offer|invitation|initiative|formula|peace plan)\b[\"”]?"
    r"\s+(?:for|to|that|of|on)\b",
    re.IGNORECASE,
)
_ANSWER: tuple[tuple[Response, re.Pattern[str]], ...] = (
    ("accepted", re.compile(r"\b(?:accepted|agreed to|approved|endorsed)\s+(?:\w+ ){0,2}$", re.IGNORECASE)),
    (
        "rejected",
        re.compile(r"\b(?:rejected|turned down|refused|dismissed|rebuffed|spurned)\s+(?:\w+ ){0,2}$", re.IGNORECASE),
    ),
)
_HINDERED = r"stalled|deadlocked|bogged down|held up|broke down|collapsed|stumbled?|suspended|frozen"
_HINDERS = re.compile(
    rf"\b(?:{_HINDERED})\s+(?:over|because of|due to|amid|on)\s+(?P<what>[^.;:,]{{6,120}})"
    r"|(?:main|key|major|biggest|chief)\s+(?:obstacle|sticking point|stumbling block|hurdle)s?\s+(?:\w+ ){0,6}?"
    r"(?:is|was|are|were|remain\w*)\s+(?P<this>[^.;:]{6,120})",
    re.IGNORECASE,
)
_EFFECT = re.compile(
    r"^(?:(?!\b(?:if|would|could|will|should|not|never|when|once)\b)[^.;,]){0,100}?\s"
    r"(?P<did>(?:was|were|is being|has been) (?:\w+ly )?implemented|took effect|came into (?:force|effect)|went into (?:force|effect))\b",
    re.IGNORECASE,
)
_RECENT = 45  # days before a report: whose deal an older one is must be said by its parties


def find_agreements(strand: Strand, parties: frozenset[Side]) -> list[Agreement]:
    """What a strand's report tells to have been agreed between the parties."""
    found: dict[Span, Agreement] = {}
    text = strand.report.text
    told = {phrase.sentence for phrase in strand.phrases}
    for number, sentence in enumerate(strand.report.sentences):
        for deal in deals().finditer(text, *sentence) if strand.speaks(sentence) else ():
            span = _reached(text, sentence, deal.span())
            if span is None or unreal(strand, min(span[0], deal.start())) or unreal(strand, span[0]):
                continue
            around = (min(span[0], deal.start()), max(span[1], deal.end()))
            # "Welcomed on Monday the deal reached by …": the day before it is that of something else.
            when = month_at(strand, around, after_only=span[0] > deal.start())
            day = partial_day(*when) if when and when[0] <= strand.day else None
            recent = when is not None and 0 <= days_between(when[0], strand.day) <= _RECENT
            if subject_of(text[deal.end() : sentence[1]]) in strand.rivals:
                continue
            if _between(strand, sentence, parties, told=number in told, recent=recent):
                said = f'"{text[slice(*span)]}" of "{deal[0]}"'
                basis = based(strand, around, "a deal that was reached", 0.8, said, words=words_at(strand, around))
                found.setdefault(sentence, Agreement(day, voice_at(strand, span[0]), (basis,)))
    return list(found.values())


def find_effects(strand: Strand, parties: frozenset[Side]) -> list[StateChange]:
    """That a deal of the parties took effect, as a strand's report tells it."""
    found: list[StateChange] = []
    text = strand.report.text
    told = {phrase.sentence for phrase in strand.phrases}
    for number, sentence in enumerate(strand.report.sentences):
        for deal in deals().finditer(text, *sentence) if strand.speaks(sentence) else ():
            match = _EFFECT.match(text[deal.end() : sentence[1]])
            if match is None or not _between(strand, sentence, parties, told=number in told, recent=True):
                continue
            span = (deal.end() + match.start("did"), deal.end() + match.end("did"))
            if unreal(strand, span[0]):
                continue
            when = month_at(strand, span, after_only=True)
            day = partial_day(*when) if when and when[0] <= strand.day else strand.day
            said = f'"{text[slice(*span)]}" of "{deal[0]}"'
            basis = based(
                strand, span, "a deal took effect", 0.8, said, words=words_at(strand, (deal.start(), span[1]))
            )
            found.append(StateChange("implemented", day, voice_at(strand, span[0]), basis))
    return found[:1]


def _reached(text: str, sentence: Span, deal: Span) -> Span | None:
    """Where the word stands that says of a deal that it was reached, None where none does."""
    before = _DONE_BEFORE.search(text[sentence[0] : deal[0]])
    # "A brokered deal" may be any; "brokered a deal" is one that was made.
    if before and not (before["did"].lower() == "brokered" and before[0].lower().split() == ["brokered"]):
        return sentence[0] + before.start("did"), sentence[0] + before.end("did")
    after = _DONE_AFTER.match(text[deal[1] : sentence[1]])
    return (deal[1] + after.start("did"), deal[1] + after.end("did")) if after else None


def _between(strand: Strand, sentence: Span, parties: frozenset[Side], *, told: bool, recent: bool) -> bool:
    """Whether a sentence speaks of the parties or the talks, and of nobody else whose deal it could be, unless it is of these days."""
    keys = {side.key for side in parties}
    here = [one.side for one in strand.read.within(*sentence) if one.side is not None]
    mediators = {naming.side.key for naming in strand.namings if naming.role == "mediator" and naming.side}
    others = {side.key for side in here if side.kind != "body"} - keys - mediators
    return (told or bool({side.key for side in here} & keys)) and (recent or not others)


def find_obstacles(strand: Strand) -> list[Basis]:
    """What stands in the way of the talks, as the report's reading has it and as its words say."""
    found: dict[Span, Basis] = {}
    text = strand.report.text
    told = {strand.report.sentences[phrase.sentence] for phrase in strand.phrases}
    for fact in strand.report.negotiations:
        for span in fact.obstacles:
            if sentence_at(strand, span[0]) in told:
                found[span] = based(strand, span, "an obstacle of the report's negotiation", 0.75, claim="negotiations")
    for sentence in told:
        for match in _HINDERS.finditer(text, *sentence):
            span = match.span("what" if match["what"] else "this")
            if not any(span[0] < end and start < span[1] for start, end in found):
                found[span] = based(strand, span, "told to hinder the talks", 0.75, f'"{match[0][:40]}…"')
    return [found[span] for span in sorted(found)]


def find_proposals(strand: Strand, parties: frozenset[Side], between: frozenset[Side]) -> list[Proposal]:
    """What parties and mediators proposed, and who is told in the same sentence to have accepted or rejected it.

    `between` are the sides of the mediators.
    """
    wanted = {side.key for side in parties | between}
    found: list[Proposal] = []
    for sentence in strand.report.sentences:
        if strand.speaks(sentence):
            here = strand.read.within(*sentence)
            found += [
                proposal for n, one in enumerate(here) if one.side is not None and one.side.key in wanted
                for proposal in _proposals(strand, here, n, sentence)
            ]  # fmt: skip
    return found


def _proposals(strand: Strand, here: Sequence[Mention], n: int, sentence: Span) -> Iterator[Proposal]:
    one, text = here[n], strand.report.text
    if one.side is None:
        return
    after = text[one.span[1] : sentence[1]]
    noun, verb = _PROPOSAL.match(after), _PROPOSED.match(after)
    if verb and not unreal(strand, one.span[1]):
        start = one.span[1] + verb.end()
        clause = clause_at(strand, (start, min(start + 1, sentence[1])), quotes=False)
        if re.search(r"\w", text[start : clause[1]]):
            basis = based(strand, (one.span[0], clause[1]), "somebody proposed", 0.8, f'"{verb[0].strip()}"')
            yield Proposal(one.side.who, basis)
    elif noun:
        start, end = one.span[0], one.span[1] + noun.end()
        if text[one.span[1] : one.span[1] + 1] not in "'’" and not text[start:end].split()[0].istitle():
            return
        clause = clause_at(strand, (start, end), quotes=False)
        basis = based(strand, (start, clause[1]), "somebody's proposal", 0.75, f'"{noun[0].strip()}"')
        yield Proposal(one.side.who, basis, tuple(_answers(strand, here[:n], start, sentence)))


def _answers(
    strand: Strand, before: Sequence[Mention], at: int, sentence: Span
) -> Iterator[tuple[Who, Response, Basis]]:
    text = strand.report.text
    for response, words in _ANSWER:
        said = words.search(text[sentence[0] : at])
        if said is None:
            continue
        start = sentence[0] + said.start()
        sides = [one for one in before if one.side is not None and one.span[1] <= start]
        if not sides or start - sides[-1].span[1] > 25 or unreal(strand, start):
            continue
        who = sides[-1].side
        if who is not None:
            yield (
                who.who,
                response,
                based(strand, (sides[-1].span[0], at), f"{response} it", 0.8, f'"{said[0].strip()}"', words=sentence),
            )
