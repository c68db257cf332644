"""Who speaks for whom: whether an act is announced or refused by its own actor's side, or told by others."""

from __future__ import annotations

from readout.readers.events.arguments import surface_subjects
from readout.readers.events.case import Case
from readout.readers.events.codebook import quad_of
from readout.readers.events.passives import is_passive
from readout.types import Actor, Status

#: Statuses of what lies ahead.
AHEAD: frozenset[Status] = frozenset({"planned", "proposed", "threatened"})
#: Quad classes of cooperation, verbal and material.
COOPERATIVE = frozenset({1, 2})
#: What an actor says of its own act.
_OWN_TALK = frozenset({"promise", "offer", "threaten", "refuse"})
_HELD = frozenset({"fear", "expect", "predict", "claim", "word", "believe", "doubt"})


def speaks_itself(case: Case) -> bool:
    """Whether nobody but the actor's own side says what the actor will do: the report itself, or one of the same country.

    Where nobody is found to be the actor, a pronoun below a speech verb stands for the speaker.
    """
    document, book = case.document, case.book
    actors = case.scene.actors
    if case.scene.trigger.frame.moves and not case.scene.trigger.noun and is_passive(document, case.scene.predicate):
        return False  # "troops will be sent": they are who is sent, and announce nothing
    if not actors:
        words = surface_subjects(document, case.scene.predicate)
        if words and all(document.tokens[word].pos == "PRON" for word in words):
            return True
        actors = tuple(book.find_all(words))  # the host of a visit is its recipient, and still who announces it
        if is_passive(document, case.scene.predicate):
            return _is_announced(case)
        if not actors:
            return False
    if any(o.kind in _OWN_TALK and not o.negated and set(case.doers(o)) & set(actors) for o in case.operators):
        return True  # "the army *promised* to leave" is its own word, whoever reports it
    if not all(is_of_side(case, source, actors) for source in case.sources):
        return False
    holders = [book.find(o.subject) for o in case.operators if o.kind in _HELD and o.subject is not None]
    return all(holder is None or holder in actors for holder in holders)


def announcer(case: Case) -> int | None:
    """Who announces an act of which nobody is named as the actor: his own side will do it."""
    passive = is_passive(case.document, case.scene.predicate)
    return case.sources[-1] if passive and not case.scene.actors and _is_announced(case) else None


def _is_announced(case: Case) -> bool:
    """Whether an official says of an act that helps others, and of which nobody is named as the actor, that it will be done.

    "Farmers *will be compensated*, the minister said": his own side will do it.
    """
    who = case.sources[-1] if case.sources else None
    if who is None or case.judgement.status != "planned" or quad_of(case.act.type) not in COOPERATIVE:
        return False
    return bool({o.kind for o in case.operators} & {"modal_future"}) and "GOV" in case.book.actors[who].sectors


def is_of_side(case: Case, source: int | None, actors: tuple[int, ...]) -> bool:
    """Whether a source is one of the actors, of their side, or a paper that reports as the report itself does."""
    if source is None or source in actors or case.book.actors[source].kind == "media":
        return True
    speaker = case.book.actors[source]
    if any(same_side(speaker, case.book.actors[n]) for n in actors):
        return True
    # an official whose state is not told announces what his own side will do for others
    somebody = speaker.country is None and speaker.kind in ("unnamed", "government", "person")
    friendly = case.judgement.status in AHEAD and quad_of(case.act.type) in COOPERATIVE
    strangers = all(case.book.actors[n].country is None for n in actors)
    return friendly and ((somebody and "GOV" in speaker.sectors) or (strangers and "GOV" in speaker.sectors))


def stopped_by_others(case: Case) -> bool:
    """Whether somebody else turns down, stops or prevents what the actors do: "Russia vetoed the council's *inquiry*"."""
    if case.judgement.status == "not_occurring" and any(o.kind == "prevent" and not o.negated for o in case.operators):
        return True  # "barred them from doing business" is not their refusal
    for operator in case.operators:
        if operator.kind in ("refuse", "stop") and not operator.negated and case.scene.actors:
            people = case.book.actors
            sides = [(people[n], people[m]) for n in case.doers(operator) for m in case.scene.actors]
            return bool(sides) and not any(a is b or same_side(a, b) for a, b in sides)
    return False


def same_side(a: Actor, b: Actor) -> bool:
    """Whether two actors speak for each other: of one country or name, a minister and "the government"."""
    if a.country is not None and a.country == b.country:
        return True
    for one, other in ((a, b), (b, a)):  # "the government", which nobody calls another country's
        if one.kind == "government" and one.country is None and other.kind == "person" and "GOV" in other.sectors:
            return True
    if b.name.split()[-1].lower().rstrip("s") in {word.lower().rstrip("s") for word in a.name.split()[:-1]}:
        return True  # "a rebel spokesman" of the rebels
    names = {x for x in (a.name, a.affiliation) if x}
    return bool(names & {x for x in (b.name, b.affiliation) if x})
