"""From the act to the event that the codebook codes: a promised visit is AGREE, a refused withdrawal REJECT.

An act folds only where the actor itself announces, refuses or threatens it; what others predict or deny of it keeps
its literal type and shows in the status and the attribution.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from readout.language.document import Document
from readout.readers.events.arguments import is_passive, subjects, surface_subjects
from readout.readers.events.book import ActorBook
from readout.readers.events.codebook import Fold, asked_mode, decisions, fold, quad_of, threatened_mode
from readout.readers.events.patterns import class_members
from readout.readers.events.roles import Scene
from readout.readers.status import Judgement, Operator
from readout.readers.status.lexicon import words
from readout.types import Act, Actor, EventType, Status

_AHEAD: frozenset[Status] = frozenset({"planned", "proposed", "threatened"})
_ASKING = frozenset({"request", "demand"})
_UNDOING = frozenset({"stop"})
#: Operators by which an actor disposes of its own act.
_IN_CONTROL = frozenset({"plan", "promise", "offer", "threaten", "stop", "begin", "continue", "attempt"})
#: Quad classes of cooperation, verbal and material: who wants it says that it is ready to.
_COOPERATIVE = frozenset({1, 2})
#: Operators whose noun is something said, which somebody else may turn down.
_TALK = frozenset({"request", "demand", "offer", "promise", "plan"})
#: Acts that somebody else may turn down.
_ANSWERABLE: frozenset[EventType] = frozenset({"AGREE", "REQUEST", "CONSULT", "SUPPORT", "CONCEDE"})


@dataclass(frozen=True, slots=True)
class Folded:
    """What an act becomes: its coded type and mode, who stands where, and the operators that are spent by it."""

    type: EventType
    mode: str | None
    status: Status
    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    spent: tuple[int, ...]  # the operators' words, which are no events of their own any more


def fold_scene(
    document: Document, scene: Scene, act: Act, judgement: Judgement, book: ActorBook, sources: tuple[int | None, ...]
) -> Folded:
    """Folds an act by its status and by who speaks.

    Args:
        document: the parsed document.
        scene: the trigger with its roles filled.
        act: the act itself.
        judgement: what the chain of predicates above it makes of it.
        book: the article's actors.
        sources: on whose word it stands, outermost first; empty: the report's own.
    """
    operators = judgement.operators
    invited = next((o for o in operators if o.kind == "request" and document.tokens[o.token].lemma == "invite"), None)
    if invited is not None and not invited.negated and judgement.status == "requested":
        asked = _asked(document, scene, act, invited, book)
        return replace(asked, type="AGREE", mode=None, status="proposed")  # an invitation (PLOVER.md, section 2)
    plain = Folded(act.type, act.mode, judgement.status, scene.actors, scene.recipients, ())
    answered = _answered(document, scene, act, operators, book)
    if answered is not None:
        return answered
    asking = next((o for o in operators if o.kind in _ASKING and not o.negated), None)
    if judgement.status == "requested" and asking is not None:
        return _asked(document, scene, act, asking, book)
    if judgement.status == "requested" and sources and sources[-1] is not None:
        obliging = next((o for o in operators if o.kind == "modal_obligation"), None)
        if obliging is not None and sources[-1] not in scene.actors:
            return Folded(
                "REQUEST",
                asked_mode(act),
                "requested",
                (sources[-1],),
                tuple(n for n in scene.actors or scene.recipients if n != sources[-1]),
                (obliging.token,),
            )
    if any(o.kind == "purpose" for o in operators) and not _goes_to(document, operators):
        return plain  # "to fight the epidemic" says what for, and announces nothing
    if act.type == "CONSULT" and any(o.kind == "stop" and _concludes(document, o) for o in operators):
        return Folded(act.type, act.mode, "occurred", scene.actors, scene.recipients, ())
    if judgement.status == "not_occurring" and any(o.kind == "prevent" and not o.negated for o in operators):
        return plain  # "barred them from doing business": what others keep them from is not their refusal
    if _wishes(act, judgement) and _speaks_itself(document, scene, operators, book, sources):
        return Folded("AGREE", None, "uncertain", scene.actors, scene.recipients, (operators[0].token,))
    verdict = _ruled_out(document, scene, operators)
    if verdict is not None and not scene.actors and sources and sources[-1] is not None:
        who = (sources[-1],)
        to_whom = tuple(n for n in scene.recipients if n not in who)
        return Folded("REJECT", asked_mode(act), "refused", who, to_whom, (verdict.token,))
    if not _speaks_itself(document, scene, operators, book, sources) or _stopped_by_others(
        document, scene, operators, book
    ):
        return plain
    spent = tuple(
        o.token
        for o in operators
        if o.kind in ("plan", "promise", "offer", "threaten", "refuse", "want", "attempt", "deny", "stop", "fail")
    )
    if judgement.status == "threatened":
        return Folded("THREATEN", threatened_mode(act), "threatened", scene.actors, scene.recipients, spent)
    if judgement.status in _AHEAD:
        kind, mode = fold(act, _ahead(document, operators))
    elif judgement.status == "refused":
        kind, mode = fold(act, "refused")
    elif judgement.status == "not_occurring":
        stopped = any(o.kind in _UNDOING for o in operators)
        ahead = any(o.kind == "modal_future" for o in operators)
        kind, mode = fold(act, "refused" if ahead and not stopped else "undone")
    else:
        return plain
    recipients = scene.recipients
    if kind == "REJECT":
        recipients = (
            _refused(document, scene, operators, book) or recipients or _awaited(document, scene, operators, book)
        )
    together = len(scene.actors) > 1 and any(document.tokens[o.token].lemma == "agree" for o in operators)
    if kind == "AGREE" and together and not recipients:
        recipients = scene.actors  # "the two agreed to": with each other
    return Folded(kind, mode, judgement.status, scene.actors, recipients, spent)


def _wishes(act: Act, judgement: Judgement) -> bool:
    """Whether somebody wants to cooperate: "wants to deepen ties"."""
    wish = judgement.operators[0] if judgement.operators else None
    cooperative = judgement.status == "uncertain" and quad_of(act.type) in _COOPERATIVE
    return cooperative and wish is not None and wish.kind == "want" and not wish.negated


def _goes_to(document: Document, operators: tuple[Operator, ...]) -> bool:
    """Whether a purpose is that of a journey which is announced or refused: who "will go to meet" him will meet him."""
    journeys = [
        o for o in operators if o.kind == "purpose" and document.tokens[o.token].lemma.lower() in words("motion")
    ]
    said = {o.kind for o in operators} & {"modal_future", "plan", "promise", "refuse", "negation", "schedule"}
    return bool(journeys) and (bool(said) or any(o.negated for o in journeys))


def _concludes(document: Document, operator: Operator) -> bool:
    """Whether what is ended has taken place by then: "wound up a visit"."""
    return document.tokens[operator.token].lemma.lower() in words("concluding") and not operator.negated


def _ruled_out(document: Document, scene: Scene, operators: tuple[Operator, ...]) -> Operator | None:
    """What whoever speaks says of the act itself: "lifting the ban is *out of the question*"."""
    for operator in operators:
        of_it = document.children(operator.token, "csubj", "nsubj")
        if operator.kind == "refuse" and not operator.negated and scene.predicate in of_it:
            return operator
    return None


def _refused(document: Document, scene: Scene, operators: tuple[Operator, ...], book: ActorBook) -> tuple[int, ...]:
    """Whose wish it is that is turned down: "rejected a motion *by the union* to end it"."""
    for operator in operators:
        if operator.kind != "refuse" or operator.negated:
            continue
        for wish in document.children(operator.token, "obj"):
            owner = book.behind(wish, undergoes=False) if wish != scene.trigger.token else None
            if owner is None:  # "rejected a call *from the king*", hung on the verb
                whose = [o for o in document.children(operator.token, "obl") if document.preposition(o) == "from"]
                owner = next(iter(book.find_all(whose)), None)
            if owner is not None and owner not in _doers(document, operator, book):
                return (owner,)
    return ()


def _awaited(document: Document, scene: Scene, operators: tuple[Operator, ...], book: ActorBook) -> tuple[int, ...]:
    """Who has to act before: "will not return until *the army* leaves"."""
    for word in {scene.predicate, *(o.token for o in operators)}:
        for clause in document.children(word, "advcl"):
            marks = {document.tokens[m].lower for m in document.children(clause, "mark", "case")}
            if marks & {"until", "till", "unless", "before"}:
                found = [n for n in book.find_all(subjects(document, clause)) if n not in scene.actors]
                if found:
                    return tuple(found)
    return ()


def with_governing_actor(document: Document, scene: Scene, judgement: Judgement, book: ActorBook) -> Scene:
    """An event noun that nobody carries is done by who plans, stops or refuses it: "suspended *deliveries* of aid"."""
    if scene.actors or not scene.trigger.noun or scene.predicate != scene.trigger.token or not judgement.operators:
        return scene
    first = judgement.operators[0]
    if first.kind not in _IN_CONTROL or document.tokens[first.token].pos != "VERB":
        return scene
    who = [n for n in _doers(document, first, book) if n not in scene.recipients]
    return replace(scene, actors=tuple(who))


def _ahead(document: Document, operators: tuple[Operator, ...]) -> Fold:
    """How an act lies ahead: offered, decided, or simply to come."""
    plain = [o for o in operators if not o.negated]
    if any(o.kind == "offer" for o in plain):
        return "offered"
    decided = any(o.kind == "plan" and document.tokens[o.token].lemma.lower() in decisions() for o in plain)
    return "decided" if decided else "ahead"


def _doers(document: Document, operator: Operator, book: ActorBook) -> list[int]:
    """The actors who do what an operator's word says."""
    if operator.subject is not None:
        return book.find_all(document.conjuncts(operator.subject))
    return book.find_all(subjects(document, operator.token))


def _answered(
    document: Document, scene: Scene, act: Act, operators: tuple[Operator, ...], book: ActorBook
) -> Folded | None:
    """Another's offer, request or decision that somebody turns down: they reject, and whose it is undergoes it."""
    refusing = next((o for o in operators if o.kind == "refuse" and not o.negated), None)
    if refusing is None or refusing.token == scene.predicate:
        return None
    talk = [o for o in operators if o.kind in _TALK and document.tokens[o.token].pos == "NOUN"]
    wishes = [
        w for w in document.children(refusing.token, "obj") if document.tokens[w].lemma.lower() in class_members("wish")
    ]
    if wishes and wishes[0] != scene.trigger.token:
        owner = _refused(document, scene, operators, book)
        who = _doers(document, refusing, book)
        if who and owner:
            return Folded("REJECT", asked_mode(act), "refused", tuple(who), owner, (refusing.token, *wishes))
    if not talk and not (scene.trigger.noun and act.type in _ANSWERABLE):
        return None
    who = _doers(document, refusing, book)
    others = [n for n in scene.actors or scene.recipients if n not in who]
    if not who or set(who) & set(scene.actors) or not others:
        return None
    spent = (refusing.token, *(o.token for o in talk))
    return Folded("REJECT", asked_mode(act), "refused", tuple(who), tuple(others), spent)


def _asked(document: Document, scene: Scene, act: Act, asking: Operator, book: ActorBook) -> Folded:
    """A request: who asks is the actor, who is to do it the recipient."""
    head = asking.subject
    askers = (
        book.find_all(document.conjuncts(head))
        if head is not None
        else book.find_all(surface_subjects(document, asking.token))
    )
    asked = book.find_all(document.conjuncts(asking.object)) if asking.object is not None else []
    if act.type == "COERCE" and document.tokens[asking.token].lemma == "order":
        undergo = [n for n in scene.recipients or asked or scene.actors if n not in askers]
        return Folded("COERCE", act.mode, "occurred", tuple(askers), tuple(undergo), (asking.token,))
    asked = asked or [n for n in scene.actors if n not in askers] or [n for n in scene.recipients if n not in askers]
    return Folded(
        "REQUEST",
        asked_mode(act),
        "requested",
        tuple(askers),
        tuple(n for n in asked if n not in askers),
        (asking.token,),
    )


def _speaks_itself(
    document: Document, scene: Scene, operators: tuple[Operator, ...], book: ActorBook, sources: tuple[int | None, ...]
) -> bool:
    """Whether nobody but the actor's own side says what the actor will do: the report itself, or one of the same country.

    Where nobody is found to be the actor, a pronoun below a speech verb stands for the speaker.
    """
    actors = scene.actors
    if not actors:
        words = surface_subjects(document, scene.predicate)
        if words and all(document.tokens[word].pos == "PRON" for word in words):
            return True
        actors = tuple(book.find_all(words))  # the host of a visit is its recipient, and still who announces it
        if not actors or is_passive(document, scene.predicate):
            return False
    for source in sources:
        if source is None or book.actors[source].kind == "media":
            continue  # a paper that reports it tells it as the report itself does
        if source not in actors and not any(_same_side(book.actors[source], book.actors[n]) for n in actors):
            if scene.trigger.frame.type == "CONSULT" and _speaks_for_somebody(book.actors[source]):
                continue  # an official whose state is not told announces the visit of his own side
            return False
    for operator in operators:
        if operator.kind in ("fear", "expect", "predict", "claim", "believe", "doubt") and operator.subject is not None:
            holder = book.find(operator.subject)
            if holder is not None and holder not in actors:
                return False
    return True


def _speaks_for_somebody(source: Actor) -> bool:
    """Whether a source is an official of whom the text does not say whose."""
    return source.country is None and source.kind in ("unnamed", "government", "person") and "GOV" in source.sectors


def _stopped_by_others(document: Document, scene: Scene, operators: tuple[Operator, ...], book: ActorBook) -> bool:
    """Whether somebody else turns down or stops what the actors do: "Russia vetoed the council's *inquiry*"."""
    for operator in operators:
        if operator.kind in ("refuse", "stop") and not operator.negated and scene.actors:
            who = _doers(document, operator, book)
            sides = [(book.actors[n], book.actors[m]) for n in who for m in scene.actors]
            return bool(sides) and not any(a is b or _same_side(a, b) for a, b in sides)
    return False


def _same_side(a: Actor, b: Actor) -> bool:
    if a.country is not None and a.country == b.country:
        return True
    for one, other in ((a, b), (b, a)):  # "the government", which nobody calls another country's
        if one.kind == "government" and one.country is None and other.kind == "person" and "GOV" in other.sectors:
            return True
    if b.name.split()[-1].lower().rstrip("s") in {word.lower().rstrip("s") for word in a.name.split()[:-1]}:
        return True  # "a rebel spokesman" of the rebels
    names = {x for x in (a.name, a.affiliation) if x}
    return bool(names & {x for x in (b.name, b.affiliation) if x})
