"""What is turned down: another's offer, wish or request, or an act that whoever speaks calls out of the question."""

from __future__ import annotations

from readout.readers.events.arguments import subjects
from readout.readers.events.case import Case, Folded
from readout.readers.events.codebook import asked_mode, quad_of, threatened_mode
from readout.readers.events.lexicon import words
from readout.readers.events.passives import is_passive
from readout.readers.events.patterns import class_members
from readout.readers.events.speaking import COOPERATIVE, same_side
from readout.readers.status import Operator, judge
from readout.types import EventType, Status

#: Operators whose noun is something said, which somebody else may turn down.
_TALK = frozenset({"request", "demand", "offer", "promise", "plan"})
#: Acts that somebody else may turn down.
_ANSWERABLE: frozenset[EventType] = frozenset({"AGREE", "REQUEST", "CONSULT", "SUPPORT", "CONCEDE"})

#: Kinds of actor, and sectors of people, who can turn a thing down for their side.
_POLITICAL = frozenset({"country", "government", "armed_group", "igo", "party"})
_SECTORS = frozenset({"GOV", "REB", "OPP", "PTY", "MIL", "LEG", "LAB"})


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
    """What whoever speaks says of the act itself: "lifting the ban is *out of the question*", "there is *no question* of it"."""
    if case.scene.actors or not case.sources or case.sources[-1] is None:
        return None
    if case.act.type in _ANSWERABLE and _will_be_none(case) and _is_party(case, case.sources[-1]):
        to_whom = tuple(n for n in case.scene.recipients if n != case.sources[-1])
        return Folded("REJECT", asked_mode(case.act), "refused", (case.sources[-1],), to_whom, ())
    for operator in case.operators:
        if operator.kind != "refuse" or operator.negated:
            continue
        of_it = case.document.children(operator.token, "csubj", "nsubj")
        if case.scene.predicate in of_it or operator.rule == "status/no question":
            if quad_of(case.act.type) not in COOPERATIVE and case.document.parts[operator.token] == "ADJ":
                return _judged(case)
            who = case.sources[-1]
            to_whom = tuple(n for n in case.scene.recipients if n != who)
            return Folded("REJECT", asked_mode(case.act), "refused", (who,), to_whom, (operator.token,))
    return None


def _will_be_none(case: Case) -> bool:
    """Whether it is said that none of it is to be: "there *will be no* talks"."""
    document, noun = case.document, case.scene.predicate
    verb = document.tokens[noun].head
    if document.lemmas[verb] != "be" or not document.children(verb, "expl"):
        return False
    kinds = {o.kind for o in case.operators if o.token in {*document.children(noun, "det"), *document.children(verb)}}
    return {"negation", "modal_future"} <= kinds


def _is_party(case: Case, speaker: int) -> bool:
    """Whether somebody can turn a thing down: "no talks" of an expert is a forecast."""
    actor = case.book.actors[speaker]
    return actor.kind in _POLITICAL or not _SECTORS.isdisjoint(actor.sectors)


def _judged(case: Case) -> Folded:
    """A conflict that somebody calls *unacceptable* is no offer that he turns down: there has been "the attack", and may be "any"."""
    document, noun = case.document, case.scene.trigger.token
    known = any(document.words[c] in ("the", "this", "that", "these") for c in document.children(noun, "det"))
    would = {o.kind for o in case.operators} & {"modal_would", "modal_future"}
    status: Status = "occurred" if known and not would else "hypothetical"
    return Folded(case.act.type, case.act.mode, status, case.scene.actors, case.scene.recipients, ())


def fold_unwanted(case: Case) -> Folded | None:
    """What somebody says that he does not want: "we *don't want* elections" turns them down, where "wants elections" asks for them."""
    if case.act.type != "REQUEST" or case.judgement.status != "not_occurring":
        return None
    if case.document.lemmas[case.scene.trigger.token] not in words("wishing"):
        return None
    own = [o for o in case.operators if o.kind == "negation"]
    if not own or case.document.tokens[own[0].token].head != case.scene.trigger.token:
        return None
    return Folded("REJECT", case.act.mode, "refused", case.scene.actors, case.scene.recipients, ())


def fold_warning(case: Case) -> Folded | None:
    """What somebody warns that his own side would do against others: "the minister *warned* that Chad would cut ties"."""
    if quad_of(case.act.type) in COOPERATIVE or case.judgement.status not in ("uncertain", "planned", "hypothetical"):
        return None
    warning = next((o for o in case.operators if case.lemma(o) in words("warning") and not o.negated), None)
    kinds = {o.kind for o in case.operators}
    if warning is None or "negation" in kinds or not kinds & {"modal_future", "modal_would"}:
        return None
    people, who = case.book.actors, case.doers(warning)
    if not any(n in case.scene.actors or same_side(people[n], people[m]) for n in who for m in case.scene.actors):
        return None
    mode = case.act.mode if case.act.type == "THREATEN" else threatened_mode(case.act)
    return Folded("THREATEN", mode, "threatened", case.scene.actors, case.scene.recipients, (warning.token,))


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
            if marks & {"until", "till", "unless", "before"} and not is_passive(document, clause):
                found = [n for n in case.book.find_all(subjects(document, clause)) if n not in case.scene.actors]
                if found:
                    return tuple(found)
    return ()
