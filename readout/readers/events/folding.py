"""From the act to the event that the codebook codes: a promised visit is AGREE, a refused withdrawal REJECT.

An act folds only where the actor itself announces, refuses or threatens it; what others predict or deny of it keeps
its literal type and shows in the status and the attribution.
"""

from __future__ import annotations

from dataclasses import replace

from readout.language.document import Document
from readout.readers.events import lexicon
from readout.readers.events.asking import fold_request
from readout.readers.events.book import ActorBook
from readout.readers.events.case import Case, Folded
from readout.readers.events.codebook import Fold, allowing, decisions, fold, quad_of, readiness, threatened_mode, vowing
from readout.readers.events.passives import is_passive
from readout.readers.events.roles import Scene
from readout.readers.events.settling import is_not_stopped
from readout.readers.events.speaking import (
    AHEAD,
    COOPERATIVE,
    announcer,
    speaks_itself,
    stopped_by_others,
)
from readout.readers.events.turning_down import (
    awaited,
    fold_acceptance,
    fold_answer,
    fold_unwanted,
    fold_verdict,
    fold_warning,
    refused_of,
)
from readout.readers.status import Judgement, Operator, judge
from readout.readers.status.lexicon import words
from readout.types import Status

#: Operators by which an actor disposes of its own act.
_IN_CONTROL = frozenset({"plan", "promise", "offer", "threaten", "stop", "begin", "continue", "attempt"})
#: Operators that are spent by the event that they make of the act.
_SPENT = frozenset({"plan", "promise", "offer", "threaten", "refuse", "want", "attempt", "deny", "stop", "fail"})
#: Sectors of those who dispose of force and of a state's measures.
_MAY_ACT = frozenset({"GOV", "MIL"})
_SAID = frozenset({"modal_future", "plan", "promise", "refuse", "negation", "schedule"})


def fold_scene(case: Case) -> Folded:
    """Folds an act by its status and by who speaks."""
    scene = case.scene
    if _forbids(case):
        return Folded("COERCE", "restrict", "occurred", scene.actors, scene.recipients, ())
    folded = fold_answer(case) or fold_acceptance(case) or fold_request(case) or fold_unwanted(case)
    if folded is not None:
        return folded
    denied: tuple[int, ...] = ()
    if case.judgement.status == "denied":  # who denies that it was so has not denied anything beside
        above = case.document.tokens[scene.predicate].head
        denied = tuple(o.token for o in case.operators if o.kind == "deny" and o.token == above)
    plain = Folded(case.act.type, case.act.mode, case.judgement.status, scene.actors, scene.recipients, denied)
    if case.act.type == "PROTEST" and _came_to(case):
        return replace(plain, status="occurred")
    if any(o.kind == "purpose" for o in case.operators) and not _goes_to(case):
        return plain  # "to fight the epidemic" says what for, and announces nothing
    if case.act.type == "CONSULT" and any(_concludes(case, o) for o in case.operators):
        return replace(plain, status="occurred")
    verdict = fold_verdict(case) or fold_warning(case)
    if verdict is not None:
        return verdict
    holder = _holds_open(case)
    if holder is not None:
        return Folded("THREATEN", threatened_mode(case.act), "threatened", (holder,), scene.recipients, ())
    if not speaks_itself(case) or stopped_by_others(case):
        return plain
    return _announced(case) or plain


def _forbids(case: Case) -> bool:
    """Whether somebody does not allow a thing: "are *not allowed* to leave" is a restriction, and nothing conceded."""
    if case.act.type != "CONCEDE" or case.document.lemmas[case.scene.predicate] not in allowing():
        return False
    kinds = {o.kind for o in case.operators}
    return "negation" in kinds and kinds <= {"negation", "report", "know"}


def _came_to(case: Case) -> bool:
    """Whether the act is the purpose of what has been done: who "walked off the job *to protest*" has protested."""
    first = next(iter(case.operators), None)
    return first is not None and first.kind == "purpose" and judge(case.document, first.token).status == "occurred"


def _announced(case: Case) -> Folded | None:
    """What the actor's own side announces, wants, refuses or has not done; None where it simply tells what happened."""
    act, status = case.act, case.judgement.status
    actors, recipients = case.scene.actors, case.scene.recipients
    spent = tuple(o.token for o in case.operators if o.kind in _SPENT)
    if _wishes(case):
        return Folded("AGREE", None, "uncertain", actors, recipients, (case.operators[0].token,))
    if status == "threatened":
        return Folded("THREATEN", threatened_mode(act), "threatened", actors, recipients, spent)
    how, status = _how(case)
    if how is None or _is_awaited(case):
        return None
    speaker = announcer(case)
    actors = actors if speaker is None else (speaker,)
    kind, mode = fold(act, how)
    if kind == "SANCTION" and any(o.kind == "modal_ability" for o in case.operators):
        return None  # who "could not get aid to them" has cut off nobody
    if (
        kind == "THREATEN"
        and status == "planned"
        and any(o.kind == "promise" and _plainly(case, o) for o in case.operators)
    ):
        status = "threatened"
    if kind == "REJECT":
        recipients = refused_of(case) or recipients or awaited(case)
    agreed = kind == "AGREE" and len(actors) > 1 and any(case.lemma(o) == "agree" for o in case.operators)
    if agreed and all(_is_their_own(case, n) for n in recipients):
        recipients = actors  # "the two agreed to open *their embassies*": with each other
    return Folded(kind, mode, status, actors, recipients, spent)


def _is_their_own(case: Case, n: int) -> bool:
    """Whether a receiver is but a thing or people of those who act: "to reopen *their embassies*"."""
    actor, document = case.book.actors[n], case.document
    if actor.kind != "unnamed":
        return False
    first = [document.tokens_in(span)[0] for span in actor.mentions]
    return any(document.words[i] in ("their", "its") for i in first)


def _how(case: Case) -> tuple[Fold | None, Status]:
    """How an act is talked of, as the fold table has it, and its status then."""
    status = case.judgement.status
    if case.scene.trigger.frame.status == "refused":
        return None, status  # who vows "not to yield" has told the refusal itself
    if status in AHEAD:
        return _ahead(case), status
    if status == "refused":
        turned_down = any(o.kind == "refuse" and not o.negated for o in case.operators)
        return "declined" if turned_down else "refused", status
    if status != "not_occurring" or any(_by_nobody(case, o) or o.kind == "dropped" for o in case.operators):
        return None, status
    if quad_of(case.act.type) not in COOPERATIVE and any(_in_vain(case, o) for o in case.operators):
        return None, status  # who failed to take a town has conceded nothing
    if any(_ends_by_itself(case, o) for o in case.operators):
        return None, status
    if case.act.type == "REJECT":
        return None, status  # who "would not rule out" a thing refuses nothing
    futures = [o for o in case.operators if o.kind == "modal_future"]
    if not futures or any(o.kind == "stop" for o in case.operators):
        return "undone", status
    # who "will not" do it refuses to; of what "does not appear" to come, nobody says so
    return "refused", "refused" if any(o.negated for o in futures) else status


def _is_awaited(case: Case) -> bool:
    """Whether forces are only expected somewhere: "the troops *are due to arrive* in two days" threatens nobody."""
    arrives = case.document.lemmas[case.scene.predicate] in lexicon.words("arriving")
    kinds = {o.kind for o in case.operators if o.kind not in ("report", "know", "claim", "believe")}
    return case.act.type == "MOBILIZE" and arrives and kinds <= {"schedule", "expect", "modal_future"} and bool(kinds)


def _in_vain(case: Case, operator: Operator) -> bool:
    """Whether an act was tried and did not succeed: "*failed* to take the town"; who "refrained from" it let it be."""
    return operator.kind == "fail" and not operator.negated and case.lemma(operator) in lexicon.words("in_vain")


def _ends_by_itself(case: Case, operator: Operator) -> bool:
    """Whether an act comes to an end that nobody is said to make: "talks *broke down*"."""
    itself = case.document.children(operator.token, "nsubj") == [case.scene.predicate]
    return (
        itself
        and case.act.type == "CONSULT"
        and case.scene.trigger.noun
        and not is_passive(case.document, operator.token)
    )


def _by_nobody(case: Case, operator: Operator) -> bool:
    """Whether what negates an act is that nobody does it: "*nobody* thanked him", "there has *never* been a meeting" refuse nothing."""
    document, above = case.document, case.document.tokens[operator.token].head
    nobody = document.tokens[operator.token].pos == "PRON" or bool(document.children(above, "expl"))
    return operator.kind == "negation" and nobody


def _ahead(case: Case) -> Fold:
    """How an act lies ahead: offered, decided, or simply to come."""
    plain = [o for o in case.operators if not o.negated]
    hostile = quad_of(case.act.type) not in COOPERATIVE
    if any(o.kind == "offer" and not (hostile and case.lemma(o) in readiness()) for o in plain):
        return "offered"
    return "decided" if any(o.kind == "plan" and case.lemma(o) in decisions() for o in plain) else "ahead"


def _plainly(case: Case, operator: Operator) -> bool:
    """Whether somebody vows what is meant: "*vowed* to destroy it", and not "did not vow to"."""
    return not operator.negated and case.lemma(operator) in vowing()


def _holds_open(case: Case) -> int | None:
    """Who speaks of a hostile act of nobody as a way to take, and may take it: "*the minister* said force is an option"."""
    if quad_of(case.act.type) in COOPERATIVE:
        return None
    kept = [o for o in case.operators if o.negated and case.lemma(o) in lexicon.words("keeping_open")]
    if kept:  # "*the president* has not ruled out a strike"
        who = next(iter(case.doers(kept[0])), None)
        if not set(case.scene.actors) <= {who}:
            return None
    elif case.scene.actors:
        return None
    else:
        who = case.sources[-1] if case.sources and case.judgement.status == "proposed" else None
    if who is None:
        return None
    speaker = case.book.actors[who]
    return who if speaker.kind == "country" or not _MAY_ACT.isdisjoint(speaker.sectors) else None


def _wishes(case: Case) -> bool:
    """Whether somebody wants to cooperate: "wants to deepen ties"."""
    wish = case.operators[0] if case.operators else None
    cooperative = case.judgement.status == "uncertain" and quad_of(case.act.type) in COOPERATIVE
    return cooperative and wish is not None and wish.kind == "want" and not wish.negated


def _goes_to(case: Case) -> bool:
    """Whether a purpose is that of a journey which is announced or refused: who "will go to meet" him will meet him."""
    journeys = [o for o in case.operators if o.kind == "purpose" and case.lemma(o) in words("motion")]
    said = {o.kind for o in case.operators} & _SAID
    return bool(journeys) and (bool(said) or any(o.negated for o in journeys))


def _concludes(case: Case, operator: Operator) -> bool:
    """Whether what is ended has taken place by then: "wound up a visit"."""
    first = next((o for o in case.operators if o.kind == "stop"), None)  # who "ended a freeze on talks" has ended none
    return operator == first and not operator.negated and case.lemma(operator) in words("concluding")


def with_governing_actor(document: Document, scene: Scene, judgement: Judgement, book: ActorBook) -> Scene:
    """An event noun that nobody carries is done by who plans, stops or refuses it: "suspended *deliveries* of aid"."""
    if scene.actors or not scene.trigger.noun or scene.predicate != scene.trigger.token or not judgement.operators:
        return scene
    first = judgement.operators[0]
    rules_out = document.lemmas[first.token] in lexicon.words("keeping_open")
    if (first.kind not in _IN_CONTROL and not rules_out) or document.tokens[first.token].pos != "VERB":
        return scene
    if is_not_stopped(document, judgement, scene.trigger.frame.act.type):
        return scene  # who is to stop the bloodshed need not be who sheds it
    case = Case(document, scene, scene.trigger.frame.act, judgement, book, ())
    return replace(scene, actors=tuple(n for n in case.doers(first) if n not in scene.recipients))
