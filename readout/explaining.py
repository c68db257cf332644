"""Why an event was read: its sentence as a tree, the knowledge entry that fired, the chain that gave its status."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from readout.language.document import Document
from readout.readers.events.frames import find_trigger
from readout.readers.events.support import find_support
from readout.readers.status import judge
from readout.types import Event, Report


@dataclass(frozen=True, slots=True)
class Explanation:
    """What `readout explain` shows of one event."""

    sentence: str
    tree: tuple[str, ...]  # one line a word, indented below its head
    reasons: tuple[tuple[str, str], ...]  # what, why


def explain(report: Report, document: Document, event: Event) -> Explanation:
    """Why `event` was read.

    Args:
        report: the report that holds the event.
        document: the parsed document it was read from.
        event: one of the report's events.
    """
    sentence = document.sentences[event.sentence]
    marked = set(document.tokens_in(event.span))
    tree = tuple(_tree_lines(document, sentence.root, 0, marked))
    return Explanation(report.slice(sentence.span), tree, tuple(_reasons(report, document, event)))


def _tree_lines(document: Document, i: int, depth: int, marked: set[int]) -> Iterator[str]:
    token = document.tokens[i]
    sign = "▶" if i in marked else " "
    yield f"{sign} {'  ' * depth}{token.text}  {token.dep} {token.tag} {token.lemma}"
    for child in document.children(i):
        yield from _tree_lines(document, child, depth + 1, marked)


def _reasons(report: Report, document: Document, event: Event) -> Iterator[tuple[str, str]]:
    word = document.tokens_in(event.span)[0]
    trigger = find_trigger(document, word)
    if trigger is not None:
        support = find_support(document, word) if trigger.noun else None
        yield "rule", f"{event.rule}: “{report.slice(event.span)}” matches the pattern “{trigger.pattern.text}”"
        if support is not None:
            yield "carried by", f"the verb “{document.tokens[support[0]].text}”"
        judgement = judge(document, support[0] if support else word)
        chain = ", ".join(
            f"“{document.tokens[o.token].text}” ({o.kind}{', negated' if o.negated else ''})"
            for o in judgement.operators
        )
        yield (
            "status",
            f"{event.status}, from {chain or 'the plain tense of the verb'}; factuality {judgement.factuality:+.1f}",
        )
    if event.type != event.act.type:
        act = f"{event.act.type}/{event.act.mode}" if event.act.mode else event.act.type
        yield "type", f"the act is {act}; {event.status} by its own actor, the codebook codes {event.type}"
    for label, actors in (("actor", event.actors), ("recipient", event.recipients)):
        for n in actors:
            spans = ", ".join(
                f"“{report.slice(span)}” [{span[0]}, {span[1]})" for span in report.actors[n].mentions[:4]
            )
            yield label, f"{report.actors[n].name}: {spans}"
    for n in event.places:
        yield "place", f"{report.places[n].name} ({report.places[n].kind}, {report.places[n].country})"
    if event.time is not None:
        time = report.times[event.time]
        yield "time", f"“{report.slice(time.span)}” is {time.value}"
    for attribution in event.attribution:
        source = report.actors[attribution.source].name if attribution.source is not None else "an unnamed source"
        yield "on the word of", f"{source}, by “{report.slice(attribution.cue)}”"
    for span in event.spans:
        yield "told again", f"“{report.slice(span)}” [{span[0]}, {span[1]})"
    yield "news", "brought as new" if event.news else "recalled as background"
    yield "confidence", f"{event.confidence:.2f}"
