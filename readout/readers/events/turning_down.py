"""What is turned down: another's offer, wish or request, or an act that whoever speaks calls out of the question."""

from __future__ import annotations

from readout.readers.events.arguments import subjects
from readout.readers.events.case import Case, Folded
from readout.readers.events.codebook import asked_mode
from readout.readers.events.lexicon import words
from readout.readers.events.patterns import class_members
from readout.readers.status import Operator, judge
from readout.types import EventType

#: Operators whose noun is something said, which somebody else may turn down.
_TALK = frozenset({"request", "demand", "offer", "promise", "plan"})
#: Acts that somebody else may turn down.
_ANSWERABLE: frozenset[EventType] = frozenset({"AGREE", "REQUEST", "CONSULT", "SUPPORT", "CONCEDE"})


def fold_answer(case: Case) -> Folded | None:
    """Another's offer, request or decision that somebody turns down: they reject, and whose it is undergoes it."""
    document, scene = case.document, case.scene
    refusing = next((o for o in case.operators if o.kind == "refuse" and not o.negated), None)
    if refusing is None or refusing.token == scene.predicate:
        return None
    talk = [o for o in case.operators if o.kind in _TALK and document.tokens[o.token].pos == "NOUN"]
    wishes = [w for w in document.children(refusing.token, "obj") if document.lemmas[w] in class_members("wish")]
    if wishes and wishes[0] != scene.trigger.token:
        owner = refused_of(case)
        who = case.doers(refusing)
        if who and owner:
            return Folded("REJECT", asked_mode(case.act), "refused", tuple(who), owner, (refusing.token, *wishes))
    if not talk and not (scene.trigger.noun and case.act.type in _ANSWERABLE):
        return None
    who = case.doers(refusing)
    others = [n for n in scene.actors or scene.recipients if n not in who]
    if not who or set(who) & set(scene.actors) or not others:
        return None
    spent = (refusing.token, *(o.token for o in talk))
    return Folded("REJECT", asked_mode(case.act), "refused", tuple(who), tuple(others), spent)


def fold_acceptance(case: Case) -> Folded | None:
    """Another's request or offer that somebody accepts: "accepted the king's *request* to meet" is who accepts, agreeing with the king."""
    asking = next((o for o in case.operators if o.kind in ("request", "offer", "demand")), None)
    if asking is None or asking.negated or case.document.tokens[asking.token].pos != "NOUN":
        return None
    taking = next((o for o in case.operators if case.lemma(o) in words("accepting") and not o.negated), None)
    if taking is None or case.document.tokens[asking.token].head != taking.token:
        return None
    if judge(case.document, taking.token).status != "occurred":
        return None
    who = case.doers(taking)
    owner = [n for n in case.doers(asking) if n not in who] or [n for n in case.scene.actors if n not in who]
    if not who and taking.subject is None:
        return None
    return Folded("AGREE", None, "planned", tuple(who), tuple(owner), (taking.token, asking.token))


def fold_verdict(case: Case) -> Folded | None:
    """What whoever speaks says of the act itself: "lifting the ban is *out of the question*"."""
    if case.scene.actors or not case.sources or case.sources[-1] is None:
        return None
    for operator in case.operators:
        of_it = case.document.children(operator.token, "csubj", "nsubj")
        if operator.kind == "refuse" and not operator.negated and case.scene.predicate in of_it:
            who = case.sources[-1]
            to_whom = tuple(n for n in case.scene.recipients if n != who)
            return Folded("REJECT", asked_mode(case.act), "refused", (who,), to_whom, (operator.token,))
    return None


def refused_of(case: Case) -> tuple[int, ...]:
    """Whose wish it is that is turned down: "rejected a motion *by the union* to end it"."""
    for operator in case.operators:
        if operator.kind == "refuse" and not operator.negated:
            owner = _owner(case, operator)
            if owner is not None:
                return (owner,)
    return ()


def _owner(case: Case, operator: Operator) -> int | None:
    document, book = case.document, case.book
    for wish in document.children(operator.token, "obj"):
        owner = book.behind(wish, undergoes=False) if wish != case.scene.trigger.token else None
        if owner is None:  # "rejected a call *from the king*", hung on the verb
            whose = [o for o in document.children(operator.token, "obl") if document.preposition(o) == "from"]
            owner = next(iter(book.find_all(whose)), None)
        if owner is not None and owner not in case.doers(operator):
            return owner
    return None


def awaited(case: Case) -> tuple[int, ...]:
    """Who has to act before: "will not return until *the army* leaves"."""
    document = case.document
    for word in {case.scene.predicate, *(o.token for o in case.operators)}:
        for clause in document.children(word, "advcl"):
            marks = {document.words[m] for m in document.children(clause, "mark", "case")}
            if marks & {"until", "till", "unless", "before"}:
                found = [n for n in case.book.find_all(subjects(document, clause)) if n not in case.scene.actors]
                if found:
                    return tuple(found)
    return ()
