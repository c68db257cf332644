"""What looks like an event and is none: acts of things, words inside names, shares of voters (`knowledge/events/nobody.yaml`)."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from readout import knowledge
from readout.language.document import Document
from readout.readers.events.arguments import subjects
from readout.readers.events.frames import Trigger
from readout.readers.events.heads import behind_partitive
from readout.readers.events.lexicon import nobody, words
from readout.readers.events.naming import names_of
from readout.readers.events.objects import objects
from readout.readers.events.obliques import obliques
from readout.readers.events.off_record import is_off_record
from readout.readers.events.passives import is_passive
from readout.readers.events.patterns import class_members
from readout.readers.events.roles import Scene
from readout.readers.events.somebody import is_somebody
from readout.readers.status import judge
from readout.readers.status.clause import negative_phrase
from readout.types import EventType

#: Operators by which somebody says what will be done.
_SAID_TO_COME = frozenset({"modal_future", "modal_would", "promise", "threaten", "plan"})


@cache
def _may_do(kind: EventType) -> frozenset[str]:
    return frozenset(str(word) for word in knowledge.load("events/nobody.yaml")["may_do"][kind])


def is_plausible(document: Document, scene: Scene) -> bool:
    """Whether somebody can have done what a scene tells.

    Args:
        document: the parsed document.
        scene: a trigger with its roles filled.
    """
    trigger = scene.trigger
    if _is_polled(document, trigger) or _is_private(document, trigger) or _of_body(document, trigger.token):
        return False
    if is_off_record(document, trigger) or _only_named_so(document, trigger):
        return False
    if trigger.noun:
        alone = scene.predicate == trigger.token and not (scene.actors or scene.recipients)
        if alone and (_is_only_possible(document, trigger) or _is_stuck(document, trigger)):
            return False
        accident = trigger.frame.mode == "explosives" and _is_mishap(document, scene)
        passing = nobody("in_passing")
        manner = document.lemmas[trigger.token] in passing and _is_manner(document, trigger.token)
        manner |= document.lemmas[trigger.token] in nobody("as_which") and document.preposition(trigger.token) == "as"
        manner |= document.lemmas[trigger.token] in nobody("in_which") and document.preposition(trigger.token) == "in"
        return not (manner or accident or _in_name(document, trigger.token) or _is_share(document, trigger))
    if _in_title(document, trigger.token) or _to_nobody(document, trigger.token):
        return False
    if (
        document.lemmas[trigger.token] in nobody("unverified")
        and judge(document, trigger.token).status == "not_occurring"
    ):
        return False
    if _is_mishap(document, scene):
        return False
    if (
        _is_advised_against(document, trigger.token)
        or _is_ambition(document, trigger)
        or _is_unnamed_thing(document, scene)
        or _is_no_effect(document, scene)
    ):
        return False
    if scene.trigger.frame.actor == ("said",):
        return bool(set(scene.actors) - set(scene.recipients))  # what nobody is quoted for is no reproach
    return bool(scene.actors) or not _done_by_a_thing(document, scene)


def _only_named_so(document: Document, trigger: Trigger) -> bool:
    """Whether a verb only gives a thing its name: "what he *called* fair talks" calls none."""
    i = trigger.token
    relative = document.relations[i] == "acl:relcl" and document.words[document.tokens[i].head] == "what"
    return relative and document.lemmas[i] == "call" and trigger.frame.type != "ACCUSE"


def _is_stuck(document: Document, trigger: Trigger) -> bool:
    """Whether talks are only told to get nowhere: "the talks have *stalled*"."""
    verb = document.tokens[trigger.token].head
    if trigger.frame.type != "CONSULT" or document.relations[trigger.token] not in ("nsubj", "nsubj:pass"):
        return False
    particles = [document.words[c] for c in document.children(verb, "compound:prt", "advmod")]
    lemma = document.lemmas[verb]
    return lemma in nobody("stuck") or any(f"{lemma} {particle}" in nobody("stuck") for particle in particles)


def _is_ambition(document: Document, trigger: Trigger) -> bool:
    """Whether somebody vows no more than to get on: "vowed *to return* to power", "promised *to win* the vote"."""
    if (trigger.frame.type, trigger.frame.status) != ("AGREE", "planned"):
        return False
    return any(document.lemmas[c] in nobody("ambitions") for c in document.children(trigger.token, "xcomp"))


def _is_mishap(document: Document, scene: Scene) -> bool:
    """Whether people whom nobody is said to have hurt come to harm in a sentence of an accident, or by their own hand."""
    if scene.trigger.frame.type != "ASSAULT" or scene.actors:
        return False
    sentence = document.sentence(scene.trigger.token)
    told = frozenset().union(*(names_of(document, i) for i in range(sentence.first, sentence.last)))
    violent = [class_members("fighter"), nobody("violent")]
    if not scene.trigger.noun:  # a blast in a coal mine is told of by words for explosives
        violent.append(class_members("explosive"))
    if any(not told.isdisjoint(words) for words in violent):
        return False
    return any(not told.isdisjoint(words) for words in (class_members("accident_scene"), nobody("own_hand")))


def _is_unnamed_thing(document: Document, scene: Scene) -> bool:
    """Whether "it" has killed or hurt somebody, and is nobody the article names: a disease, a storm, a mine."""
    if scene.actors or scene.trigger.frame.type != "ASSAULT" or is_passive(document, scene.predicate):
        return False
    heads = document.children(scene.predicate, "nsubj")
    # "a bombing *that* killed three" is known by its name
    return bool(heads) and all(document.words[s] in ("it", "this", "that") and document.tags[s] != "WDT" for s in heads)


def _is_no_effect(document: Document, scene: Scene) -> bool:
    """Whether somebody is not angered, or is not to be: "did not want to *offend* Chad", of which nobody complains."""
    trigger = scene.trigger
    if trigger.noun or "subj" not in trigger.frame.recipient or trigger.frame.type != "ACCUSE":
        return False
    return judge(document, trigger.token).status in ("refused", "not_occurring", "denied")


def _done_by_a_thing(document: Document, scene: Scene) -> bool:
    """Whether the subject is a common noun that names nobody and no such thing as does acts of this type."""
    frame = scene.trigger.frame
    if is_passive(document, scene.predicate) or frame.symmetric or "subj" not in frame.actor:
        return False
    marks = {document.words[m] for m in document.children(scene.predicate, "mark", "case")}
    if marks - {"to"} and not document.children(scene.predicate, "nsubj"):
        return False  # "accused of *assaulting*": whose deed it is, is told elsewhere
    heads = subjects(document, scene.predicate)
    return bool(heads) and all(_is_thing(document, behind_partitive(document, s), scene) for s in heads)


def _to_nobody(document: Document, i: int) -> bool:
    """Whether an act has nobody as its object: "*no one* was injured"."""
    heads = objects(document, i)
    return bool(heads) and all(
        negative_phrase(document, o) is not None and document.tokens[o].pos in ("PRON", "NUM") for o in heads
    )


def _is_thing(document: Document, i: int, scene: Scene) -> bool:
    token = document.tokens[i]
    if token.pos != "NOUN" or is_somebody(document, i):
        return False
    return _may_do(scene.trigger.frame.type).isdisjoint((token.lemma.lower(), token.lower))


def _is_only_possible(document: Document, trigger: Trigger) -> bool:
    """Whether a violent act of nobody on nobody is only thought of: "to counter possible *attacks*"."""
    status = judge(document, trigger.token).status
    return trigger.frame.type == "ASSAULT" and status in ("uncertain", "hypothetical", "not_occurring")


def _in_name(document: Document, i: int) -> bool:
    """Whether a noun is a word of a name: "the Court of *Appeals*"; capitals of a headline or of a sentence's first word are none."""
    token = document.tokens[i]
    if not token.text[0].isupper() or token.text.isupper() or document.sentence(i).first == i:
        return False
    head = document.tokens[token.head]
    named = head.pos == "PROPN" or (head.text[0].isupper() and document.preposition(i) == "of")
    return named and not _is_headline(document, i)


def _of_body(document: Document, i: int) -> bool:
    """Whether an act is only what a body is named for: "the Special Commission *on disarming* the country"."""
    body = document.tokens[document.tokens[i].head]
    if document.relations[i] not in ("acl", "nmod") or body.i > i or not body.text[0].isupper():
        return False
    brought = [document.words[c] for c in document.children(i, "mark", "case")]
    if body.lemma.lower() not in nobody("named_for") or brought[:1] not in (["on"], ["for"], ["against"]):
        return False
    first = document.sentence(i).first
    before = [document.tokens[k] for k in range(first + 1, body.i) if document.tokens[k].text[0].isupper()]
    return bool(before) or (body.i > first and body.pos != "VERB")


def _in_title(document: Document, i: int) -> bool:
    """Whether a verb is a word of a name or title: "director of *Keep* the Promise"."""
    token = document.tokens[i]
    if not token.text[0].isupper() or token.text.isupper() or document.sentence(i).first == i:
        return False
    before = document.tokens[i - 1]
    return before.pos not in ("PUNCT", "SYM") and not _is_headline(document, i)


def _is_headline(document: Document, i: int) -> bool:
    """Whether most long words of the sentence have capitals."""
    sentence = document.sentence(i)
    words = [t.text for t in document.tokens[sentence.first : sentence.last] if t.text.isalpha() and len(t.text) > 3]
    return sum(word[0].isupper() for word in words) > 0.6 * len(words)


def _is_polled(document: Document, trigger: Trigger) -> bool:
    """Whether a sentence tells whom people asked support: "a *poll* showed support for the party down"."""
    if trigger.frame.rule != "SUPPORT/back":
        return False
    sentence = document.sentence(trigger.token)
    words = document.words[sentence.first : sentence.last]
    opinion = any(a == "opinion" and b == "polls" for a, b in pairwise(words))  # "polls" alone are a vote
    share = trigger.noun and not nobody("polls").isdisjoint(words)  # "support for them was up three *percent*"
    return opinion or share or not nobody("polled").isdisjoint(words)


def is_over(document: Document, trigger: Trigger) -> bool:
    """Whether what is an event only while somebody says that it will come is not said to: "*responded* to the attack"."""
    if trigger.frame.rule not in nobody("only_ahead"):
        return False
    operators = judge(document, trigger.token).operators
    return not any(o.kind in _SAID_TO_COME and not o.negated for o in operators)


def _is_manner(document: Document, i: int) -> bool:
    """Whether a noun stands bare behind "in": "resigned *in protest*"."""
    return document.preposition(i) == "in" and not document.children(i, "det", "amod", "nmod:poss", "compound")


def _is_advised_against(document: Document, i: int) -> bool:
    """Whether a gerund is what somebody is told not to do: "advised its citizens *against travelling* to Chad"."""
    token = document.tokens[i]
    marks = {document.words[m] for m in document.children(i, "mark", "case")}
    return token.tag == "VBG" and "against" in marks and document.lemmas[token.head] in words("against")


def _is_private(document: Document, trigger: Trigger) -> bool:
    """Whether somebody only meets a relative of theirs, whom nothing else names: "was met at the station by *his sister*"."""
    if trigger.frame.type != "CONSULT" or trigger.noun:
        return False
    i = trigger.token
    others = [*subjects(document, i), *objects(document, i), *obliques(document, i)]
    return any(
        document.lemmas[o] in nobody("kin")
        and any(document.tokens[c].tag == "PRP$" for c in document.children(o, "nmod:poss"))
        and not document.children(o, "appos", "flat")
        for o in others
    )


def _is_share(document: Document, trigger: Trigger) -> bool:
    """Whether support or approval is a share of those asked: "48 percent *support*"."""
    if trigger.frame.type not in ("SUPPORT", "REJECT", "ACCUSE"):
        return False
    below = document.children(trigger.token, "nummod", "compound", "nmod", "amod", "dep")
    near = {document.words[w] for c in below for w in (c, *document.children(c))}
    before = document.words[trigger.token - 1] if trigger.token else ""
    return bool((near | {before}) & nobody("polls"))
