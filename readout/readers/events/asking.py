"""What is asked of others: requests and demands, invitations, what others are said to have to do, orders that are the act."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from readout.language.document import Document
from readout.readers.events.arguments import subjects, surface_subjects
from readout.readers.events.case import Case, Folded
from readout.readers.events.codebook import asked_mode, fold, quad_of, threatened_mode
from readout.readers.events.lexicon import words
from readout.readers.events.speaking import COOPERATIVE
from readout.readers.events.writings import authors, issuers
from readout.readers.status import Operator, judge
from readout.types import Act, EventType, Status

_ASKING = frozenset({"request", "demand"})
_OR_ELSE = 7  # words before what is threatened in which "or face" stands
#: Acts of two sides: who is to be met or worked with is asked for it.
_BETWEEN: frozenset[EventType] = frozenset({"CONSULT", "COOPERATE", "AGREE", "SUPPORT", "AID"})


def fold_request(case: Case) -> Folded | None:
    """A request for the act, where the chain makes it one; an invitation is AGREE (PLOVER.md, section 2)."""
    if case.judgement.status != "requested":
        return None
    asking = next((o for o in case.operators if o.kind in _ASKING and not o.negated), None)
    if asking is not None:
        asked = _asked(case, asking)
        if _is_or_else(case):
            undergo = asked.recipients or case.scene.recipients
            return Folded("THREATEN", threatened_mode(case.act), "threatened", asked.actors, undergo, ())
        if case.lemma(asking) in words("inviting"):
            return replace(asked, type="AGREE", mode=None, status="proposed")
        return asked
    return _obliged(case)


def _is_or_else(case: Case) -> bool:
    """Whether an act is what comes of not doing what is asked: "until Sunday to leave *or face* sanctions"."""
    document, noun = case.document, case.scene.trigger.token
    if quad_of(case.act.type) in COOPERATIVE or not case.scene.trigger.noun:
        return False
    near = document.words[max(document.sentence(noun).first, noun - _OR_ELSE) : noun]
    return any(one == "or" and other in words("facing") for one, other in pairwise(near))


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
    wishing = document.conjuncts(head) if head is not None else _wishing(document, asking.token)
    askers = book.find_all([w for h in wishing for w in authors(document, h) or issuers(document, h) or [h]])
    asked = book.find_all(document.conjuncts(asking.object)) if asking.object is not None else []
    if document.tokens[asking.token].pos == "NOUN":
        askers = book.find_all(_makers(document, asking.token)) or askers
        asked = asked or [n for n in book.find_all(_receivers(document, asking.token)) if n not in askers]
        if document.preposition(asking.token) == "under":  # "the premier is *under pressure* to resign"
            asked, askers = asked or list(scene.actors) or askers, []
    if case.act.type == "COERCE" and case.lemma(asking) == "order":
        undergo = [n for n in scene.recipients or asked or scene.actors if n not in askers]
        return Folded("COERCE", case.act.mode, "occurred", tuple(askers), tuple(undergo), (asking.token,))
    asked = asked or [n for n in scene.actors if n not in askers]
    if not asked and case.act.type in _BETWEEN:
        asked = list(scene.recipients)
    to_whom = tuple(n for n in asked if n not in askers)
    act = case.act
    if _is_to_stop(case):
        act = Act("CONCEDE", None)
    status = judge(document, asking.token).status
    if status in ("occurred", "ongoing", "proposed"):
        status = "requested"
    below = act if act != case.act else None
    return Folded("REQUEST", asked_mode(act), status, tuple(askers), to_whom, (asking.token,), below)


def _is_to_stop(case: Case) -> bool:
    """Whether it is asked that a conflict be stopped: "called on Chad to *stop* its attacks" asks for none."""
    first = next((o for o in case.operators if o.kind not in ("report", "know")), None)
    return (
        first is not None and first.kind == "stop" and not first.negated and quad_of(case.act.type) not in COOPERATIVE
    )


def _wishing(document: Document, verb: int) -> list[int]:
    """Who asks by verb `verb`; nobody where it is a passive: "*the army* was asked to leave" asks for nothing."""
    if document.children(verb, "aux:pass", "nsubj:pass") or (
        document.tags[verb] == "VBN" and document.relations[verb] == "acl"
    ):
        return []
    return surface_subjects(document, verb)


def _makers(document: Document, noun: int) -> list[int]:
    """Whose a request is: "*the envoy's* request", "an invitation *by the king*", "*the union* made a request"."""
    owners = [
        *document.children(noun, "nmod:poss"),
        *(c for c in document.children(noun, "nmod") if document.preposition(c) in ("by", "from")),
        *(c for c in document.children(noun, "amod", "compound") if document.capitals[c]),  # "an *Israeli* call to"
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
