"""What is asked of others: requests and demands, invitations, what others are said to have to do, orders that are the act."""

from __future__ import annotations

from dataclasses import replace

from readout.language.document import Document
from readout.readers.events.arguments import subjects, surface_subjects
from readout.readers.events.case import Case, Folded
from readout.readers.events.codebook import asked_mode, fold
from readout.readers.events.lexicon import words
from readout.readers.status import Operator, judge
from readout.types import EventType, Status

_ASKING = frozenset({"request", "demand"})
#: Acts of two sides: who is to be met or worked with is asked for it.
_BETWEEN: frozenset[EventType] = frozenset({"CONSULT", "COOPERATE", "AGREE", "SUPPORT", "AID"})


def fold_request(case: Case) -> Folded | None:
    """A request for the act, where the chain makes it one; an invitation is AGREE (PLOVER.md, section 2)."""
    if case.judgement.status != "requested":
        return None
    asking = next((o for o in case.operators if o.kind in _ASKING and not o.negated), None)
    if asking is not None:
        asked = _asked(case, asking)
        if case.lemma(asking) in words("inviting"):
            return replace(asked, type="AGREE", mode=None, status="proposed")
        return asked
    return _obliged(case)


def _obliged(case: Case) -> Folded | None:
    """What somebody says that others must do."""
    obliging = next((o for o in case.operators if o.kind == "modal_obligation"), None)
    if not case.sources or case.sources[-1] is None or obliging is None:
        return None
    who = case.sources[-1]
    if who in case.scene.actors:
        return _bound(case, obliging)
    asked = tuple(n for n in case.scene.actors or case.scene.recipients if n != who)
    return Folded("REQUEST", asked_mode(case.act), "requested", (who,), asked, (obliging.token,))


def _bound(case: Case, obliging: Operator) -> Folded | None:
    """What somebody says that they themselves must do lies ahead: "warned that it would *have to* halve rations"."""
    if obliging.negated or any(o.negated for o in case.operators):
        return None
    kind, mode = fold(case.act, "ahead")
    if kind == "REQUEST":
        return None
    status: Status = "threatened" if kind == "THREATEN" else "planned"
    return Folded(kind, mode, status, case.scene.actors, case.scene.recipients, ())


def _asked(case: Case, asking: Operator) -> Folded:
    """A request: who asks is the actor, who is to do it the recipient."""
    document, scene, book = case.document, case.scene, case.book
    head = asking.subject
    askers = book.find_all(document.conjuncts(head) if head is not None else surface_subjects(document, asking.token))
    asked = book.find_all(document.conjuncts(asking.object)) if asking.object is not None else []
    if document.tokens[asking.token].pos == "NOUN":
        askers = book.find_all(_makers(document, asking.token)) or askers
        asked = asked or [n for n in book.find_all(_receivers(document, asking.token)) if n not in askers]
    if case.act.type == "COERCE" and case.lemma(asking) == "order":
        undergo = [n for n in scene.recipients or asked or scene.actors if n not in askers]
        return Folded("COERCE", case.act.mode, "occurred", tuple(askers), tuple(undergo), (asking.token,))
    asked = asked or [n for n in scene.actors if n not in askers]
    if not asked and case.act.type in _BETWEEN:
        asked = list(scene.recipients)
    to_whom = tuple(n for n in asked if n not in askers)
    status = judge(document, asking.token).status
    if status in ("occurred", "ongoing", "proposed"):
        status = "requested"
    return Folded("REQUEST", asked_mode(case.act), status, tuple(askers), to_whom, (asking.token,))


def _makers(document: Document, noun: int) -> list[int]:
    """Whose a request is: "*the envoy's* request", "an invitation *by the king*", "*the union* made a request"."""
    owners = [
        *document.children(noun, "nmod:poss"),
        *(c for c in document.children(noun, "nmod") if document.preposition(c) in ("by", "from")),
    ]
    verb = document.tokens[noun].head
    if not owners and document.relations[noun] == "obj" and document.lemmas[verb] not in words("receiving"):
        return subjects(document, verb)
    return [one for owner in owners for one in document.conjuncts(owner)]


def _receivers(document: Document, noun: int) -> list[int]:
    """Who gets a request: "an invitation *to the king*", "*Chad* responded to an invitation"."""
    brought = [c for c in document.children(noun, "nmod") if document.preposition(c) in ("to", "on")]
    if brought:
        return [one for c in brought for one in document.conjuncts(c)]
    verb = document.tokens[noun].head
    if document.relations[noun] not in ("obj", "obl") or document.lemmas[verb] not in words("receiving"):
        return []
    return surface_subjects(document, verb)
