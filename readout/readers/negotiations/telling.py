"""What state a mention tells that its negotiation is in."""

from __future__ import annotations

from dataclasses import dataclass

from readout.language.document import Document
from readout.readers.negotiations.lexicon import states, words
from readout.readers.negotiations.mentions import Mention
from readout.readers.status import judge
from readout.types import NegotiationState, Span

_AHEAD = frozenset(
    {"planned", "proposed", "requested", "uncertain", "hypothetical", "threatened", "refused", "not_occurring"}
)
_LASTING = frozenset({"stalled", "suspended", "collapsed", "agreed", "implemented"})


@dataclass(frozen=True, slots=True)
class Told:
    """A state, the word that tells it, and the words that show it."""

    state: NegotiationState
    word: int
    span: Span


def find_state(document: Document, mention: Mention) -> Told | None:
    """The state that the words around a mention tell, or None."""
    if mention.kind == "verb":
        return _of_act(document, mention)
    told = _of_nouns(document, mention.token) or _of_modifiers(document, mention.token)
    # "the long-running talks have stalled", but "to revive the stalled talks"
    if told is None or told.state not in _LASTING:
        told = _of_verbs(document, mention.token) or told
    if mention.kind == "deal" and told is None:
        told = _of_participle(document, mention.token) or _of_broker(document, mention.token)
    if told is not None and mention.kind == "deal" and told.state not in words("deal_states"):
        return None
    return told


def _of_act(document: Document, mention: Mention) -> Told:
    status = judge(document, mention.token).status
    state: NegotiationState = "proposed" if status in _AHEAD else "under_way"
    return Told(state, mention.token, document.span(mention.token))


def _of_modifiers(document: Document, noun: int) -> Told | None:
    for child in document.children(noun, "amod", "acl"):
        token = document.tokens[child]
        for _, state in states("modifiers").get(token.lower, ()):
            return Told(state, child, document.span(child))
    return None


def _of_nouns(document: Document, noun: int) -> Told | None:
    """ "The collapse of the talks", "a deadlock in the talks", "the talks are at an impasse"."""
    head = document.tokens[noun].head
    if document.relations[noun].startswith("nmod") and document.preposition(noun) in ("of", "in", "for", "to"):
        for _, state in states("nouns").get(document.lemmas[head], ()):
            return Told(state, head, document.span(head))
    beside = [head] if document.relations[noun].startswith("nsubj") else []
    for word in (*beside, *(document.children(head, "obl") if beside else ())):
        for _, state in states("nouns").get(document.lemmas[word], ()):
            if state == "stalled" and document.tokens[word].pos == "NOUN":
                return Told(state, word, document.span(word))
    return None


def _of_verbs(document: Document, noun: int) -> Told | None:
    token = document.tokens[noun]
    at, dep = noun, token.dep
    while dep == "conj" or (
        dep.startswith("nmod") and document.tokens[document.tokens[at].head].lemma in ("round", "session")
    ):
        at = document.tokens[at].head
        dep = document.relations[at]
    head = document.tokens[at].head
    if dep.split(":")[0] not in ("nsubj", "obj", "obl") or head == at:
        return None
    verbs = [head]
    if dep.startswith("nsubj"):
        verbs += document.children(head, "xcomp")
    for verb in verbs:
        told = _of_verb(document, verb, dep)
        if told is not None:
            return told
    return None


def _of_verb(document: Document, verb: int, dep: str) -> Told | None:
    beside = {document.words[c] for c in document.children(verb)}
    lemma = document.lemmas[verb]
    for particle, state in states("verbs").get(lemma) or states("verbs").get(f"{lemma}e", ()):
        if particle is not None and particle not in beside:
            continue
        if dep == "obl" and state in ("stalled", "collapsed", "implemented"):
            continue
        if lemma == "fail" and document.children(verb, "xcomp"):
            continue
        status = judge(document, verb).status
        if status in ("occurred", "ongoing"):
            return Told(state, verb, document.span(verb))
        if state in _LASTING:
            return None
        return Told("proposed", verb, document.span(verb))
    return None


def _of_participle(document: Document, noun: int) -> Told | None:
    """ "An agreement reached on Tuesday", "talks suspended last week"."""
    for child in document.children(noun, "acl"):
        if document.tokens[child].tag in ("VBN", "VBD") and child > noun:
            told = _of_verb(document, child, "obj")
            if told is not None and told.state in _LASTING:
                return told
    return None


def _of_broker(document: Document, noun: int) -> Told | None:
    """ "A deal brokered by C", "a C-brokered agreement": a deal that someone has brokered is agreed."""
    for child in document.children(noun, "acl", "amod"):
        token = document.tokens[child]
        if token.lemma.lower() in words("mediators", "central") and token.tag in ("VBN", "VBD"):
            return Told("agreed", child, document.span(child))
    return None


def choose_state(told: list[Told]) -> NegotiationState:
    """The state that an article leaves its negotiation in.

    What the article tells first is its news, but that talks go on or are proposed says less than that they stalled,
    stopped or ended, so that the first of those stands over it.
    """
    lasting = [t.state for t in told if t.state in ("stalled", "suspended", "collapsed")]
    if lasting:
        return lasting[0]
    return told[0].state if told else "under_way"
