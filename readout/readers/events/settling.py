"""What the kind of an act and its date say of its status, where the words around it leave it open.

The chain of predicates knows no types: "before the attack" and "before the summit" are one to it. Here the sense of
the act and the day of publication decide (`knowledge/events/settling.yaml`).
"""

from __future__ import annotations

from functools import cache

from readout import knowledge
from readout.language.document import Document
from readout.readers.events.lexicon import nobody
from readout.readers.events.participants import first_named, is_in_state
from readout.readers.events.roles import Scene
from readout.readers.status import Judgement, judge
from readout.readers.status.lexicon import governors, words
from readout.types import DateRange, EventType, Status

#: Modals of what need not come.
_OPEN = ("modal_would", "modal_possible", "modal_ability")
#: Operators that leave a status as it is.
_TOLD = frozenset({"report", "know", "claim", "word", "believe", "seem"})


def settle(document: Document, scene: Scene, judgement: Judgement, date: DateRange | None) -> Judgement:
    """The judgement of a scene, with its status settled by the sense of the act and by its date.

    Args:
        document: the parsed document, whose day of publication is the measure.
        scene: a trigger with its roles filled.
        judgement: what the chain of predicates makes of it.
        date: the days of the act, where the text names them.
    """
    status = _status(document, scene, judgement, date)
    return judgement if status is None else judgement._replace(status=status)


def is_not_stopped(document: Document, judgement: Judgement, kind: EventType) -> bool:
    """Whether what is only to be stopped goes on till then: "action *to stop* the bloodshed", "when the shelling *ends*"."""
    telling = [o for o in judgement.operators if o.kind not in _TOLD]
    if judgement.status != "not_occurring" or not telling or kind not in _of("goes_on"):
        return False
    first = telling[0]
    return (
        first.kind == "stop"
        and not first.negated
        and judge(document, first.token).status not in ("occurred", "ongoing")
    )


def _status(document: Document, scene: Scene, judgement: Judgement, date: DateRange | None) -> Status | None:
    trigger = scene.trigger
    day = document.published.isoformat() if document.published else None
    telling = [o for o in judgement.operators if o.kind not in _TOLD]
    kind = trigger.frame.act.type
    past = day is not None and date is not None and date.end is not None and date.end < day
    if trigger.frame.rule in nobody("only_ahead") and judgement.status in ("planned", "uncertain"):
        return "threatened"
    if not trigger.noun:
        if document.lemmas[trigger.token] in _of("standing") and judgement.status == "occurred":
            return "ongoing" if document.relations[trigger.token] == "acl" else None  # "the troops *stationed* there"
        if past and judgement.status == "planned" and telling and telling[0].kind == "before":
            return "occurred"  # "had threatened to leave before *holding* a call on Monday"
        if judgement.status == "occurred" and kind in _of("at_meetings") and _is_meanwhile(document, trigger.token):
            return "planned"
        above = _around_gerund(document, trigger.token)
        if above is not None and judgement.status == "occurred" and not telling:
            return above
        called = kind == "PROTEST" and document.lemmas[trigger.token] in _of("announcing")
        return "planned" if called and judgement.status == "occurred" else None
    denied = any(o.negated for o in telling)
    open_yet = judgement.status not in ("not_occurring", "denied", "refused") and not denied
    if open_yet and not scene.actors and scene.predicate == trigger.token and _is_option(document, trigger.token):
        return "proposed"  # "*military action* is the only way"
    if not denied and scene.predicate == trigger.token and _is_of_a_chance(document, trigger.token):
        return "hypothetical"  # "an *agreement* would be the best"
    if judgement.status == "occurred" and not telling:
        if is_in_state(document, trigger.token):
            return None if _was(document, trigger.token) else "ongoing"  # "has been on *strike* since May"
        if day is not None and date is not None and date.start is not None and date.start > day:
            return "planned"  # "at their *summit* on 25 April"
        return _by_place(document, scene)
    only = telling[0] if len(telling) == 1 else None
    if only is None or only.negated:
        return None
    if only.kind == "before" and judgement.status == "planned":
        return "occurred" if past or (kind in _of("befall") and _is_pointed_out(document, trigger.token)) else None
    if only.kind == "fail" and kind in _of("held") and document.words[only.token] in _of("in_vain"):
        return "occurred"
    return None


def _by_place(document: Document, scene: Scene) -> Status | None:
    """What the word says that an event noun hangs on: "talks on a *withdrawal*", "will be raised at the *meeting*"."""
    token = document.tokens[scene.trigger.token]
    head = document.tokens[token.head]
    kind = scene.trigger.frame.act.type
    preposition = document.preposition(token.i) or ""
    if _is_in_return(document, token.i):
        return "hypothetical"
    whole = first_named(document, token.i) if preposition == "including" else None
    if whole is not None:
        status = judge(document, whole).status
        return status if status != "occurred" else None
    carried = document.tokens[scene.predicate]
    if carried.i != token.i and "continue" in {
        s.kind for s in governors()["verbs"].get(carried.lemma.lower(), ()) if not s.particle
    }:
        return "ongoing"  # "continued an *offensive*"
    if (
        token.dep == "nsubj"
        and kind in _of("at_meetings")
        and document.children(head.i, "cop")
        and _to_be(document, head.i)
    ):
        return "planned"  # "the king's *visit* will be the first", "would be an important move"
    if head.lemma.lower() in _of("talks") and preposition in _of("topic_prepositions") and kind in _of("negotiable"):
        return "proposed"
    if (
        kind in _of("ahead_after")
        and preposition == "after"
        and head.pos == "VERB"
        and not _is_parted(document, token.i)
        and judge(document, head.i).status == "planned"
    ):
        return "planned"  # "will be based there after the *handover*"
    if (
        kind in _of("at_meetings")
        and token.dep.startswith("obl")
        and preposition in _of("venue_prepositions")
        and head.pos == "VERB"
        and judge(document, head.i).status == "planned"
    ):
        return "planned"
    return None


def _is_parted(document: Document, noun: int) -> bool:
    """Whether a comma stands before a phrase: it tells what came before all that: "agreed to meet by March, *after talks* in Oslo"."""
    case = document.children(noun, "case")
    return bool(case) and document.words[case[0] - 1] == ","


def _is_in_return(document: Document, noun: int) -> bool:
    """Whether an event noun is what somebody would have for what he offers: "would free them in exchange for a *pullout*"."""
    while document.relations[noun] == "conj" and document.parts[document.tokens[noun].head] == "NOUN":
        noun = document.tokens[noun].head
    bargain = document.tokens[noun].head
    if document.preposition(noun) != "for" or document.lemmas[bargain] not in _of("bargains"):
        return False
    if document.preposition(bargain) != "in" or document.parts[document.tokens[bargain].head] != "VERB":
        return False
    return judge(document, document.tokens[bargain].head).status not in ("occurred", "ongoing")


def _is_meanwhile(document: Document, i: int) -> bool:
    """Whether a clause in the present tells what will be going on meanwhile: "the truce would hold *while the sides negotiate*"."""
    token = document.tokens[i]
    if token.dep != "advcl" or token.tag not in ("VBP", "VBZ"):
        return False
    if "while" not in [document.words[m] for m in document.children(i, "mark", "advmod")]:
        return False
    return judge(document, token.head).status in ("planned", "proposed", "hypothetical", "requested")


def _is_option(document: Document, noun: int) -> bool:
    """Whether an event noun is only called a way or a choice: "is via *military action*", "*war* is not the answer"."""
    token = document.tokens[noun]
    about: list[int] = []
    if document.children(noun, "cop"):
        about = list(range(document.sentence(noun).first, document.children(noun, "cop")[0]))
    elif token.dep == "nsubj" and document.children(token.head, "cop"):
        about = [token.head]
    elif token.dep == "nsubj" and document.lemmas[token.head] in _of("remaining"):
        about = document.children(token.head, "xcomp", "obl", "obj")
    return any(document.lemmas[c] in _of("options") and document.preposition(c) != "under" for c in about)


def _is_of_a_chance(document: Document, noun: int) -> bool:
    """Whether something is said of an event noun only for the case that there will be one: "any *invasion* would fail"."""
    token = document.tokens[noun]
    return token.dep.startswith("nsubj") and _might(document, token.head) and not _is_pointed_out(document, noun)


def _might(document: Document, i: int) -> bool:
    modals = frozenset().union(*[words("auxiliaries", name) for name in _OPEN])
    return any(document.words[a] in modals for a in document.children(i, "aux"))


def _to_be(document: Document, i: int) -> bool:
    modals = words("auxiliaries", "modal_future") | words("auxiliaries", "modal_would")
    return any(document.tokens[a].lower in modals for a in document.children(i, "aux"))


def _around_gerund(document: Document, i: int) -> Status | None:
    """The status of the plan that gerund `i` tells the time of: "promised to free them *after meeting* the king"; None elsewhere."""
    token = document.tokens[i]
    marks = {document.words[m] for m in document.children(i, "mark", "case")}
    if token.tag != "VBG" or token.dep != "advcl" or not marks & words("temporal"):
        return None
    status = judge(document, token.head).status
    return "planned" if status in ("planned", "proposed", "requested") else None


def _was(document: Document, noun: int) -> bool:
    """Whether the "be" of which an event noun is the predicate stands in the past."""
    helpers = {document.words[c] for c in document.children(noun, "cop", "aux")}
    return bool(helpers & (words("be", "past") | {"had"}))


def _is_pointed_out(document: Document, noun: int) -> bool:
    """Whether an event noun has an article or possessor that takes it for known."""
    return any(
        document.words[c] not in ("a", "an", "any", "another") for c in document.children(noun, "det", "nmod:poss")
    )


@cache
def _of(name: str) -> frozenset[str]:
    return frozenset(str(word) for word in knowledge.load("events/settling.yaml")[name])
