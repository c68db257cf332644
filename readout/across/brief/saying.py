"""What the main actors said: quotations that can stand alone, with who speaks, as what, and when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from readout.across.brief.ground import Ground
from readout.across.brief.labels import is_somebody
from readout.across.brief.lexicon import pattern
from readout.across.brief.passages import Passage, sentences_of
from readout.across.brief.shape import Development, Line
from readout.across.brief.weighing import is_known
from readout.across.facts import ReportFacts, StatementFact
from readout.across.source_classes import source_class
from readout.types import Span

#: A quotation that is whole: it ends with its own mark.
_QUOTED = re.compile(r"[\"“]([^\"“”]+?)(?:[,.]|(?<=[?!]))[\"”]")
_FEWEST, _MOST = 7, 45  # words
#: Words that mean something said before; pronouns only where no name stands before them in the quotation.
_LEANS = re.compile(
    r"\b(?:this|these|those|such|the (?:same|two|latter|former|other))\b|^(?:that|and|but|so|however)\b", re.IGNORECASE
)
_PRONOUN = re.compile(r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs)\b", re.IGNORECASE)
_PROPER = re.compile(
    r"(?<=[a-z,] )(?!I\b|I'|God\b)[A-Z]|^The [A-Z]|"
    r"^(?!We|I|It|He|She|They|You|There|What|If|In|The|A|An|No|Not|Our|My)[A-Z]\w+(?: [A-Z]|'s| (?:is|was|has|will)\b)"
)
_OPEN = re.compile(r"(?:['’]|\b(?:of|for|and|to|the))$")
_AFTER = re.compile(r"^,\s+((?:the |an? )?[^,.;]{3,80}),")


@dataclass(frozen=True, slots=True)
class _Quote:
    passage: Passage
    said: StatementFact
    speaker: str
    role: str
    weight: float


def said(ground: Ground, developments: Iterable[Development], most: int) -> tuple[Line, ...]:
    """The most telling quotations of the main developments: one of each, two of the first; nobody is quoted twice."""
    found: list[_Quote] = []
    place = {name: at for at, development in enumerate(developments) for name in development.reports}
    for report in ground.period:
        at = place.get(report.report_id)
        if at is not None:
            found += _quotes(report, at)
    found.sort(key=lambda q: (-q.weight, q.passage.report.report_id, q.passage.span))
    chosen: list[_Quote] = []
    of: Counter[int] = Counter()
    for quote in found:
        at = place[quote.passage.report.report_id]
        if of[at] < (2 if at == 0 else 1) and quote.speaker not in {other.speaker for other in chosen}:
            chosen.append(quote)
            of[at] += 1
    chosen = sorted(chosen[:most], key=lambda q: (place[q.passage.report.report_id], -q.weight, q.passage.span))
    return tuple(_line(ground, quote) for quote in chosen)


def _quotes(report: ReportFacts, at: int) -> Iterator[_Quote]:
    sentences = list(sentences_of(report))
    for statement in report.statements:
        speaker = statement.speaker
        if (
            speaker is None
            or not is_somebody(speaker)
            or source_class(speaker) == "media"
            or statement.sourcing not in ("named", "institutional")
        ):
            continue
        near = next((p for p in sentences if p.span[0] <= statement.span[0] < p.span[1]), None)
        if near is None or not (_named_in(speaker.name, near.words) or _named_before(report, near, speaker.name)):
            continue
        for span in _spans(report, near, statement):
            words = " ".join(report.text[span[0] : span[1]].split())
            count = len(words.split())
            if not _FEWEST <= count <= _MOST or _leans(words) or not words[0].isupper():
                continue
            role = role_of(report, speaker.name)
            if _OPEN.search(role):
                continue  # "Minister of Prisoners'", and the rest was read as the name
            weight = (2.0 if is_known(speaker) else 0.0) + (1.0 if role else 0.0) + min(count, 25) / 25 - at * 0.1
            if role or (is_known(speaker) and statement.sourcing == "named"):
                yield _Quote(Passage(report, span, False), statement, speaker.name, role, round(weight, 3))


def _leans(words: str) -> bool:
    """Whether a quotation means something said before it."""
    pronoun, name = _PRONOUN.search(words), _PROPER.search(words)
    return bool(_LEANS.search(words)) or (pronoun is not None and (name is None or name.start() > pronoun.start()))


def _named_in(name: str, words: str) -> bool:
    """Whether a sentence itself names who speaks, and no pronoun stands for it."""
    return name.split()[-1] in words


def _named_before(report: ReportFacts, near: Passage, name: str) -> bool:
    """Whether a person is named in the two sentences before, and nobody else speaks there."""
    before = [span for span in report.sentences if span[1] <= near.span[0]][-2:]
    if not before or not _named_in(name, report.text[before[0][0] : before[-1][1]]):
        return False
    others = {
        said.speaker.name for said in report.statements if said.speaker and before[0][0] <= said.span[0] < before[-1][1]
    }
    return others <= {name}


def _spans(report: ReportFacts, near: Passage, statement: StatementFact) -> Iterator[Span]:
    """The quotations of a statement that stand in the sentence of its cue, without their marks."""
    content = " ".join(statement.content.split())
    for found in _QUOTED.finditer(report.text, near.span[0], near.span[1]):
        if " ".join(found[1].split()) in content:
            yield found.span(1)


@cache
def _before() -> re.Pattern[str]:
    """The words before a name that can be its title."""
    small = (
        "of|the|for|and|to|foreign|interior|defen[cs]e|finance|vice|deputy|acting|former|state|party|army|military|police|ministry|"
        "opposition|policy|security|nuclear|rebel|government|senior|top|visiting"
    )
    return re.compile(rf"((?:(?:[A-Z][\w.'’-]*|{small}|(?i:{pattern('roles').pattern}))\s+){{1,8}})$")


def role_of(report: ReportFacts, name: str) -> str:
    """What somebody is, in the words that stand with the name where the report first gives it: "Foreign Minister"; "" where none do."""
    at = report.text.find(name)
    if at < 0:
        return ""
    role = pattern("roles")
    before = _before().search(report.text[max(0, at - 120) : at])
    if before and role.search(before[1]):
        last = before[1].rpartition(" and ")[2]
        whole = last if role.search(last) else before[1]
        words = re.sub(r"^(?:(?:of|for|and|to|the|On|In|At|The|[A-Z][a-z]+day) )+", "", " ".join(whole.split()))
        return words if len(words.split()) <= 8 else ""
    after = _AFTER.match(report.text[at + len(name) :])
    if after and role.search(after[1]):
        return " ".join(after[1].split())
    return ""


def _line(ground: Ground, quote: _Quote) -> Line:
    line = ground.line(quote.passage, head=", ".join(part for part in (quote.speaker, quote.role) if part), labels=())
    return Line(
        words=line.words,
        report=line.report,
        report_id=line.report_id,
        span=line.span,
        day=line.day,
        outlet=line.outlet,
        head=line.head,
        by=quote.speaker,
        claims=(f"statements/{quote.said.id}",),
        reports=(line.report_id,),
    )
