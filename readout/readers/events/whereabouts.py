"""Where an event happened: places that stand where places stand, and are not only spoken of (`events/setting.yaml`)."""

from __future__ import annotations

from functools import cache

from readout import knowledge
from readout.language.document import Document, is_dep
from readout.readers.events.roles import Scene
from readout.types import EventType, Span


@cache
def _listed(name: str) -> frozenset[str]:
    """A list of setting.yaml."""
    return frozenset(map(str, knowledge.load("events/setting.yaml")[name]))


def is_told(kind: EventType) -> bool:
    """Whether acts of a type are done in words."""
    return kind in _listed("told")


def happens_at(document: Document, span: Span, scene: Scene) -> bool:
    """Whether a place below an event is where it happens.

    It stands behind a preposition of place, or is the object itself ("visited Cairo"), if the object is no party: who "met
    Uganda" need not have met it there, nor who accused it. What is done in words is not done where its topic lies ("talks on
    a truce in *Gaza*"), and where somebody comes from is not where he is met ("mediators from *Qatar*").
    """
    head = document.head_of(span)
    if head is None:
        return False
    own = (scene.trigger.token, scene.predicate)
    if _is_of_source(document, head, own):
        return False
    at = _leading(document, head, own)
    if at is None:
        return False
    preposition = document.preposition(at)
    if preposition is None:
        party = scene.trigger.frame.symmetric or _speaks(scene)  # who is accused or asked is a party too
        return not party and at == head
    words = preposition.split()
    if words[-1] == "with":
        return False  # "along with Chad"
    if words[-1] not in _listed("locative") and words[0] not in _listed("locative"):
        return False
    if preposition in _listed("directions") and document.tokens[at].head in own and _speaks(scene):
        return False  # "protested to China"
    if preposition == "on" and is_told(scene.trigger.frame.type) and document.parts[at] == "PROPN":
        return (
            document.parts[document.tokens[at].head] == "PROPN"
        )  # "Ramallah on the West Bank", but not "talks on Syria"
    if preposition == "between" and _are_sides(document, document.tokens[at].head, own, scene):
        return False  # "talks between Norway and Chad"
    if preposition == "of" and not (_named_with(document, head, at) and _parts(document, at, scene)):
        return False
    return not (_comes_from(document, at, words[-1], own, scene) or _is_topic(document, at, own, scene))


def _is_of_source(document: Document, head: int, own: tuple[int, int]) -> bool:
    """Whether a place is where a source is: "killed six, *according to* a doctor in *Lagos*", "according to *US* estimates"."""
    for word in (head, *document.ancestors(head)):
        if word in own:
            return False
        if document.preposition(word) == "according to":
            return True
    return False


def _speaks(scene: Scene) -> bool:
    """Whether something is done in words, and nobody goes anywhere."""
    kind = scene.trigger.frame.type
    return is_told(kind) and kind not in _listed("travels")


def _leading(document: Document, head: int, own: tuple[int, int]) -> int | None:
    """The first word from a place upwards that has a preposition, or is the event's object; None where neither comes."""
    for word in (head, *document.ancestors(head)):
        if word in own:
            return None
        if document.preposition(word) is not None:
            return word
        token = document.tokens[word]
        if token.dep.startswith("nsubj") and word != head:
            return None  # "Georgia negotiators": where somebody is from
        if token.dep in ("obj", "nsubj:pass") and token.head in own:
            return word
        if token.dep in ("amod", "nmod:poss", "nmod:desc"):
            return None  # "in the presence of *US* President Biden"
    return None


def _are_sides(document: Document, above: int, own: tuple[int, int], scene: Scene) -> bool:
    """Whether what stands "between" A and B is what they do with each other, and no road."""
    return above in own or is_told(scene.trigger.frame.type) or document.tokens[above].lemma in _listed("meetings")


def _named_with(document: Document, head: int, at: int) -> bool:
    """Whether a place is the one that the preposition names, or named beside it, and no part of a longer name ("of *US* troops")."""
    while head != at:
        if not is_dep(document.relations[head], ("conj", "appos")):
            return False
        head = document.tokens[head].head
    return True


def _parts(document: Document, at: int, scene: Scene) -> bool:
    """Whether "of" leads from the event or a part of a place to the place, not from a person to a country ("king of Jordan")."""
    above = document.tokens[at].head
    if above in (scene.trigger.token, scene.predicate):
        return True
    if above in scene.trigger.words and not is_told(scene.trigger.frame.type):
        return True  # "seized control of Goma"
    token = document.tokens[above]
    return token.lemma in _listed("parts") or token.pos not in ("NOUN", "PROPN", "PRON", "DET")


def _comes_from(document: Document, at: int, preposition: str, own: tuple[int, int], scene: Scene) -> bool:
    """Whether "from" tells where somebody or something comes from: behind a noun, or where what is done is done in words."""
    above = document.tokens[at].head
    if preposition == "from" and is_told(scene.trigger.frame.type):
        return True
    if preposition != "from" or above in own or document.tokens[above].pos not in ("NOUN", "PROPN"):
        return False
    if scene.trigger.frame.type not in _listed("moves"):
        return True
    of_noun = (
        document.tokens[above].head in own and document.preposition(above) == "of"
    )  # "the withdrawal of troops from Mali"
    return not of_noun and document.relations[above] not in ("obj", "nsubj:pass")


def _is_topic(document: Document, at: int, own: tuple[int, int], scene: Scene) -> bool:
    """Whether what is done in words is about something at a place."""
    frame = scene.trigger.frame
    if not is_told(frame.type):
        return False
    topics, meetings = _listed("topics"), _listed("meetings")
    if _speaks(scene):
        topics |= _listed("directions")
    for word in document.ancestors(at):
        if word in own:
            return False
        token = document.tokens[word]
        preposition = document.preposition(word)
        if preposition is not None and preposition.split()[-1] in topics and token.lemma not in meetings:
            return True
        if token.head in own and token.dep in ("obj", "nsubj:pass"):
            spoken_of = frame.type in _listed("objects") and frame.rule not in _listed("made")
            return spoken_of and token.lemma not in meetings
    return False
