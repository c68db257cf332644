"""Status: what tense and operators make of a predicate."""

from __future__ import annotations

import pytest

from readout.language.document import Document
from readout.language.pipeline import Context, load_parser
from readout.readers import Findings
from readout.readers.status import Judgement, judge, read_status
from readout.reading import read


def parse(text: str) -> Document:
    return load_parser().parse(text, Context())


def judged(text: str, word: str) -> Judgement:
    document = parse(text)
    return judge(document, [t.i for t in document.tokens if t.text == word][-1])


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("The army attacked the village.", "attacked", "occurred"),
        ("The ministers are meeting in the capital.", "meeting", "ongoing"),
        ("The general did not resign.", "resign", "not_occurring"),
        ("The general never resigned.", "resigned", "not_occurring"),
        ("The minister will fly to the capital.", "fly", "planned"),
        ("The minister will not fly to the capital.", "fly", "not_occurring"),
        ("The minister is going to visit the port.", "visit", "planned"),
        ("The minister said that he would visit the port.", "visit", "planned"),
        ("The leaders are expected to sign a treaty.", "sign", "planned"),
        ("The rebels may attack the port.", "attack", "uncertain"),
        ("The leader refused to withdraw his troops.", "withdraw", "refused"),
        ("The leader has refused to withdraw his troops.", "withdraw", "refused"),
        ("The leader promised to withdraw his troops.", "withdraw", "planned"),
        ("The leader agreed to withdraw his troops.", "withdraw", "planned"),
        ("The leader offered to withdraw his troops.", "withdraw", "proposed"),
        ("The leader threatened to attack the port.", "attack", "threatened"),
        ("The army denied that it attacked the port.", "attacked", "denied"),
        ("The council urged the rebels to leave the port.", "leave", "requested"),
        ("The parties failed to reach a deal.", "reach", "not_occurring"),
        ("The company stopped selling weapons.", "selling", "not_occurring"),
        ("It does not appear that the envoy will travel to the capital.", "travel", "not_occurring"),
        ("The police prevented an attack on the palace.", "attack", "not_occurring"),
        ("The mediators called for a withdrawal.", "withdrawal", "requested"),
        ("The threat of an attack is real.", "attack", "threatened"),
        ("The leader offered for the first time to meet the rebels.", "meet", "proposed"),
        ("The premier urged voters to back the charter, sparking protests from his rivals.", "protests", "occurred"),
        ("The general used troops to stop a rally, even arresting its leader.", "arresting", "occurred"),
        ("The queen said she would not join the march but urged her friends to watch it.", "urged", "occurred"),
        ("The premier would not join the rally, ruling out a march.", "ruling", "occurred"),
        ("The party ended ten months of support to the front.", "support", "not_occurring"),
        ("The envoy asked whether the king would be meeting the rebels.", "meeting", "hypothetical"),
        ("The ministry rejected the allegations by the union.", "allegations", "occurred"),
    ],
)
def test_status(text: str, word: str, status: str) -> None:
    assert judged(text, word).status == status


def test_operators_stand_innermost_first_with_their_subjects_and_objects() -> None:
    document = parse("The envoy urged the general to stop the attacks.")
    attacks = next(t.i for t in document.tokens if t.text == "attacks")
    inner, outer = judge(document, attacks).operators
    assert (inner.kind, outer.kind) == ("stop", "request")
    assert document.tokens[outer.token].text == "urged"
    assert outer.subject is not None
    assert document.tokens[outer.subject].text == "envoy"
    assert outer.object is not None
    assert document.tokens[outer.object].text == "general"


def test_a_negated_governor_says_so() -> None:
    judgement = judged("The general did not agree to leave the city.", "leave")
    assert [(o.kind, o.negated) for o in judgement.operators] == [("promise", True)]
    assert judgement.status == "not_occurring"


def test_a_promise_not_to_is_a_refusal() -> None:
    assert judged("The general promised not to leave the city.", "leave").status == "refused"


@pytest.mark.parametrize(
    ("surer", "less_sure", "word"),
    [
        ("The army attacked the port.", "The army will attack the port.", "attack"),
        ("The army attacked the port.", "The army did not attack the port.", "attack"),
        ("The crew managed to land the plane.", "The crew failed to land the plane.", "land"),
        ("The minister visited the port.", "The minister may visit the port.", "visit"),
    ],
)
def test_factuality_falls_with_what_has_not_happened(surer: str, less_sure: str, word: str) -> None:
    form = word if word in surer.split() else f"{word}ed"
    assert judged(surer, form).factuality > judged(less_sure, word).factuality + 1


@pytest.mark.parametrize(
    ("surer", "less_sure", "word"),
    [
        ("The ministers meet in Rome.", "The ministers meet in Rome tomorrow.", "meet"),
        ("The talks are going well.", "The envoys are going to the coast.", "going"),
        ("The envoys left, waiting for nobody.", "The envoys thought of waiting.", "waiting"),
    ],
)
def test_factuality_of_what_is_told_in_the_present_but_lies_ahead(surer: str, less_sure: str, word: str) -> None:
    assert judged(surer, word).factuality > judged(less_sure, word).factuality + 1


def test_every_verb_is_a_predicate_on_the_scale() -> None:
    document = parse("The rebels said they would leave the city if the army stopped the attacks.")
    found = read_status(document, Findings()).predicates
    assert {"said", "leave", "stopped"} <= {document.slice(p.span) for p in found}
    assert all(-3 <= p.factuality <= 3 for p in found)


def test_judging_any_word_gives_an_answer() -> None:
    document = parse("No one knows, of course; but “if not now, when?” was what the 12 men, and women, asked.")
    assert all(judge(document, t.i).status for t in document.tokens)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("If other people do not, we will.", ["do"]),
        ("He did not have the slightest idea.", ["have"]),
        ("The minister has a plan.", ["has"]),
        ("The envoy has left.", ["left"]),
        ("A driver of the bus is a friend.", []),
    ],
)
def test_the_verbs_that_claim_something(text: str, words: list[str]) -> None:
    """An auxiliary claims nothing; "do" and "have" claim where they are the verb."""
    document = parse(text)
    spans = [document.slice(predicate.span) for predicate in read_status(document, Findings()).predicates]
    assert spans[: len(words)] == words if words else spans == []


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("The ministry said it would not rule out talks.", "talks", "uncertain"),
        ("The guards could not prevent the attack.", "attack", "uncertain"),
        ("The guards will not fail to attack.", "attack", "planned"),
        ("The ministry would not ask the king to visit.", "visit", "not_occurring"),
        ("The ministry will not promise talks.", "talks", "not_occurring"),
        ("They could not find common ground, sources said, each blaming the other.", "said", "occurred"),
    ],
)
def test_a_negation_of_a_negative_word_is_its_own(text: str, word: str, status: str) -> None:
    assert judged(text, word).status == status


def test_who_does_not_rule_a_thing_out_refuses_nothing() -> None:
    events = read("The ministry said it would not rule out sanctions on Chad.", published="2025-03-10").events
    assert "refused" not in {event.status for event in events}
    events = read("The ministry said it would not accept sanctions on Chad.", published="2025-03-10").events
    assert "refused" in {event.status for event in events}
