"""What state a mention tells that its negotiation is in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice

from readout.language.document import Document
from readout.readers.negotiations.deals import deal_state
from readout.readers.negotiations.lexicon import states, words
from readout.readers.negotiations.mentions import Mention, carrier
from readout.readers.status import judge
from readout.readers.status.clause import negative_phrase
from readout.types import NegotiationState, Span

_UP = 3  # verbs between a deal and the time of what was done under it
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
    if mention.kind in ("verb", "mediation"):
        return _of_act(document, mention)
    if mention.kind == "dispute":
        return _of_settling(document, mention)
    told = _of_nouns(document, mention.token) or _of_modifiers(document, mention.token)
    if told is not None and document.lemmas[told.word] in words("freezes"):
        return told
    # "the long-running talks have stalled", but "to revive the stalled talks"
    taken_up = told is not None and document.parts[told.word] != "NOUN" and _is_taken_up(document, mention.token)
    if told is None or told.state not in _LASTING or taken_up:
        told = _of_verbs(document, mention.token) or told
    told = told or _of_visit(document, mention.token) or _of_consent(document, mention.token)
    told = told or _of_denial(document, mention)
    if told is None or told.state == "proposed":
        told = _of_clause(document, mention.token) or told
    if mention.kind == "deal":
        told = told if told is not None and told.state in words("deal_states") else None
        told = told or _of_participle(document, mention.token) or _of_broker(document, mention.token)
        told = told or _of_deal(document, mention.token) or _of_consent_to_keep(document, mention.token)
        told = told or _of_aim(document, mention.token)
    elif told is not None and document.lemmas[told.word] in words("extending"):
        told = replace(told, state="under_way")
    elif told is not None and document.lemmas[told.word] in words("agreeing") and told.state == "agreed":
        told = replace(told, state="proposed") if carrier(document, mention.token) > told.word else told
    elif told is not None and told.state == "agreed" and document.lemmas[told.word] in words("fruitless", "verbs"):
        rounds = mention.kind == "talks" or carrier(document, mention.token) != mention.token
        told = replace(told, state="under_way") if rounds else told  # who concludes a round of talks has no deal yet
    return told


def _is_taken_up(document: Document, noun: int) -> bool:
    """Whether somebody takes stalled talks up again: "*resumed* the long-stalled talks"."""
    at = carrier(document, noun)
    verb = document.tokens[at].head
    again = document.relations[verb] not in ("advcl", "acl")  # but "before the sides resume the stalled talks"
    again = again and document.lemmas[verb] in words("going_on") and document.tags[verb] in ("VBD", "VBN", "VBZ", "VBP")
    return (
        again
        and document.relations[at] in ("obj", "nsubj", "nsubj:pass")
        and judge(document, verb).status in ("occurred", "ongoing")
    )


def _of_act(document: Document, mention: Mention) -> Told:
    status = judge(document, mention.token).status
    state: NegotiationState = "proposed" if status in _AHEAD else "under_way"
    return Told(state, mention.token, document.span(mention.token))


def _of_settling(document: Document, mention: Mention) -> Told:
    """A dispute that is settled is agreed; one that somebody is settling is talked of; else that is proposed."""
    verb = document.tokens[mention.token].head
    judgement = judge(document, verb)
    status = judgement.status
    if status == "not_occurring" or any(o.kind == "fail" and not o.negated for o in judgement.operators):
        return Told("stalled", verb, document.span(verb))
    done = status == "occurred" and document.tags[verb] in ("VBD", "VBN")  # but "agreed to cooperate in *solving* it"
    state: NegotiationState = "agreed" if done else "under_way" if status == "ongoing" else "proposed"
    return Told(state, verb, document.span(verb))


def _of_denial(document: Document, mention: Mention) -> Told | None:
    """Talks of which somebody says that there are or will be none: "there would be *no* negotiations"."""
    if mention.kind not in ("strong", "talks") or negative_phrase(document, mention.token) is None:
        return None
    verb = document.tokens[mention.token].head
    there = any(document.words[c] == "there" for c in document.children(verb))
    return Told("proposed", mention.token, document.span(mention.token)) if there else None


def _of_visit(document: Document, noun: int) -> Told | None:
    """Who arrived for talks talks; who is to come is to."""
    at = carrier(document, noun)
    verb = document.tokens[at].head
    visits = document.parts[verb] == "VERB" and document.lemmas[verb] in words("visiting_verbs")
    if document.preposition(at) != "for" or not visits:
        return None
    state: NegotiationState = "proposed" if judge(document, verb).status in _AHEAD else "under_way"
    return Told(state, verb, document.span(verb))


def _of_consent(document: Document, noun: int) -> Told | None:
    """Talks that somebody "agreed *to*" are to come; a tree may make a clause of them."""
    verb = document.tokens[noun].head
    if document.relations[noun] != "xcomp" or document.lemmas[verb] not in words("agreeing"):
        return None
    return Told("proposed", verb, document.span(verb))


def _of_clause(document: Document, noun: int) -> Told | None:
    """ "Talks between A and B *that broke down* in May", "talks on C, *which collapsed*": the clause may hang on a side or the topic."""
    beside = {i for c in document.children(noun, "conj") for i in document.subtree(c)}
    for i in document.subtree(noun, ("acl", "advcl", "appos")):
        for verb in document.children(i, "acl:relcl") if i >= noun and i not in beside else ():
            if not any(document.words[s] in ("that", "which") for s in document.children(verb, "nsubj")):
                continue
            if any(document.words[a] == "had" for a in document.children(verb, "aux")):
                continue
            told = _of_verb(document, verb, "nsubj")
            only = document.children(verb, "compound:prt") or document.lemmas[verb] in words("of_talks_only")
            if told is not None and told.state in ("stalled", "suspended", "collapsed") and (i == noun or only):
                return told
    return None


def _of_modifiers(document: Document, noun: int) -> Told | None:
    for child in document.children(noun, "amod", "acl"):
        token = document.tokens[child]
        if any(document.words[a] == "had" for a in document.children(child, "aux")):
            continue  # "which *had* stalled"
        for _, state in states("modifiers").get(token.lower, ()):
            return Told(state, child, document.span(child))
    return None


def _of_nouns(document: Document, noun: int) -> Told | None:
    """ "The collapse of the talks", "a deadlock in the talks", "the talks are at an impasse"."""
    head = document.tokens[noun].head
    frozen = _freeze(document, noun)
    if frozen is not None:
        ended = document.lemmas[document.tokens[frozen].head] in words("unfreezing")
        return Told("under_way" if ended else "suspended", frozen, document.span(frozen))
    if document.relations[noun].startswith("nmod") and document.preposition(noun) in ("of", "in", "for", "to"):
        for _, state in states("nouns").get(document.lemmas[head], ()):
            return Told(state, head, document.span(head))
    beside = [head] if document.relations[noun].startswith("nsubj") else []
    for word in (*beside, *(document.children(head, "obl") if beside else ())):
        for _, state in states("nouns").get(document.lemmas[word], ()):
            if state == "stalled" and document.tokens[word].pos == "NOUN":
                return Told(state, word, document.span(word))
    return None


def _freeze(document: Document, noun: int) -> int | None:
    """The "freeze" of "a freeze on talks", which a tree may hang on its verb."""
    if document.preposition(noun) != "on":
        return None
    head = document.tokens[noun].head
    near = [head, *document.children(head, "obj")]
    return next((i for i in near if i < noun and document.lemmas[i] in words("freezes")), None)


def _of_verbs(document: Document, noun: int) -> Told | None:
    token = document.tokens[noun]
    at, dep = noun, token.dep
    while dep == "conj" or carrier(document, at) != at:
        at = document.tokens[at].head if dep == "conj" else carrier(document, at)
        dep = document.relations[at]
    head = document.tokens[at].head
    if dep.split(":")[0] not in ("nsubj", "obj", "obl") or head == at:
        return None
    if dep.startswith("obl") and document.preposition(at) == "for" and document.children(head, "obj"):
        return None  # "opened *a hotline* for talks"
    verbs = [head]
    if dep.startswith("nsubj"):
        verbs += document.children(head, "xcomp")
        # "were suspended in May and resumed in June": what is told last holds
        later = [c for c in document.children(head, "conj") if not document.children(c, "nsubj")]
        verbs = [*(c for c in reversed(later) if "," not in document.words[head:c]), *verbs]
    for verb in verbs:
        if document.tokens[verb].pos == "NOUN":
            continue  # "a truce is within *reach*"
        told = _of_verb(document, verb, dep)
        if told is not None:
            return told
    return None


def _without_result(document: Document, verb: int, dep: str) -> bool:
    """Whether verb `verb` says that the talks, its subject, came to nothing: "ended without a deal", "failed to yield a deal"."""
    if dep.startswith("obl") and document.lemmas[verb] in words("fruitless", "making"):  # "made no headway in talks"
        made = [o for o in document.children(verb, "obj") if document.lemmas[o] in words("fruitless", "headway")]
        return any(negative_phrase(document, o) is not None for o in made)
    if not dep.startswith(("nsubj", "obj")):
        return False
    if document.lemmas[verb] == "fail":
        return dep != "obj" and any(
            document.lemmas[c] in words("fruitless", "failing_to") for c in document.children(verb, "xcomp")
        )
    if document.lemmas[verb] not in words("fruitless", "verbs") or judge(document, verb).status != "occurred":
        return False
    results = words("fruitless", "results")
    for phrase in document.children(verb, "obl", "nmod", "advcl"):
        bare = "without" in {document.words[c] for c in document.children(phrase, "case", "mark")}
        none = document.preposition(phrase) == "with" and negative_phrase(document, phrase) is not None
        inner = [phrase, *document.children(phrase, "obj", "nmod")]
        if (bare or none) and any(document.lemmas[n] in results for n in inner):
            return True
    return bool({document.words[c] for c in document.children(verb, "advmod", "xcomp")} & words("fruitless", "adverbs"))


def _of_verb(document: Document, verb: int, dep: str) -> Told | None:
    if _without_result(document, verb, dep):
        return Told("stalled", verb, document.span(verb))
    beside = {document.words[c] for c in document.children(verb)}
    beside |= {
        document.words[c] for o in document.children(verb, "obl") for c in document.children(o, "case") if c == verb + 1
    }
    lemma = document.lemmas[verb]
    for particle, state in states("verbs").get(lemma) or states("verbs").get(f"{lemma}e", ()):
        if particle is not None and particle not in beside:
            continue
        if dep == "obl" and (
            state in ("stalled", "collapsed", "implemented") or (state == "suspended" and particle is None)
        ):
            continue
        if lemma == "fail" and document.children(verb, "xcomp"):
            continue
        if state == "agreed" and document.tags[verb] == "VBG" and _is_without(document, verb):
            return Told("stalled", verb, document.span(verb))  # "adjourned *without* reaching a deal"
        status = judge(document, verb).status
        if lemma in words("continuing") and status in ("planned", "proposed", "requested"):
            return Told("under_way", verb, document.span(verb))  # "pledged to *continue* the talks"
        if status in ("occurred", "ongoing"):
            return Told(state, verb, document.span(verb))
        if (
            state == "agreed"
            and status == "not_occurring"
            and any(o.kind == "fail" for o in judge(document, verb).operators)
        ):
            return Told("stalled", verb, document.span(verb))  # "failed to reach a deal"
        if state == "suspended" and status == "planned":
            return Told(state, verb, document.span(verb))  # who "will *suspend*" or has decided to has made up his mind
        if state in _LASTING:
            return None
        return Told("proposed", verb, document.span(verb))
    return None


def _is_without(document: Document, verb: int) -> bool:
    return any(document.words[c] == "without" for c in document.children(verb, "mark", "case"))


def _of_participle(document: Document, noun: int) -> Told | None:
    """ "An agreement reached on Tuesday", "talks suspended last week"."""
    for child in document.children(noun, "acl"):
        if document.tokens[child].tag in ("VBN", "VBD") and child > noun:
            told = _of_verb(document, child, "obj")
            if told is not None and told.state in _LASTING:
                return told
    return None


def _of_deal(document: Document, noun: int) -> Told | None:
    shown = deal_state(document, noun, carrier(document, noun))
    return Told(shown[0], shown[1], document.span(shown[1])) if shown is not None else None


def _of_consent_to_keep(document: Document, noun: int) -> Told | None:
    """ "Agreed *to extend* the truce": a deal that two agree to keep is agreed."""
    at = carrier(document, noun)
    verb = document.tokens[at].head
    agreed = document.tokens[verb].head
    if document.relations[at] != "obj" or document.lemmas[verb] not in words("keeping"):
        return None
    if document.relations[verb] not in ("xcomp", "advcl", "ccomp") or document.lemmas[agreed] not in words("agreeing"):
        return None
    done = judge(document, agreed).status == "occurred"
    return Told("agreed", agreed, document.span(agreed)) if done else None


def _of_aim(document: Document, noun: int) -> Told | None:
    """ "Vowed *to reach* a peace agreement": who has set out to reach a deal talks of it."""
    at = carrier(document, noun)
    verb = document.tokens[at].head
    if document.relations[at] != "obj" or document.lemmas[verb] not in words("reaching"):
        return None
    planned = document.tags[verb] == "VB" and judge(document, verb).status == "planned"
    return Told("under_way", verb, document.span(verb)) if planned else None


def _of_broker(document: Document, noun: int) -> Told | None:
    """ "A deal brokered by C", "a C-brokered agreement": a deal that someone has brokered is agreed."""
    verb = document.tokens[noun].head
    if document.tokens[verb].pos == "VERB" and judge(document, verb).status in _AHEAD:
        return None  # "a deal brokered by C *would* end the war"
    for child in document.children(noun, "acl", "amod"):
        token = document.tokens[child]
        if token.lemma.lower() in words("mediators", "central") and token.tag in ("VBN", "VBD"):
            return Told("agreed", child, document.span(child))
    return None


def is_past(document: Document, mention: Mention, told: Told, ended: Mapping[int, int]) -> bool:
    """Whether what is told is of earlier talks: "a *previous* truce", "which *had* stalled", "collapsed *in 2019*".

    Args:
        document: the parsed document.
        mention: the mention that it is told of.
        told: what is told.
        ended: the head words of times that ended well before the article, each with the word that it hangs on in the clause.
    """
    named = {mention.token, carrier(document, mention.token)}
    earlier = words("earlier")
    if any(document.words[c] in earlier for noun in named for c in document.children(noun, "amod", "advmod")):
        return True
    if _is_years_before(document, told.word):
        return True
    word, hung_on = told.word, set(ended.values())
    above = document.tokens[word].head
    if document.relations[word] == "conj" and above in hung_on and document.lemmas[above] in words("scheduling"):
        return True  # "had been planned for May 3 but were *postponed*", told in June
    told_at = [word, above] if mention.kind == "verb" and document.relations[word] == "xcomp" else [word]
    if mention.kind == "deal" and _hangs_on(document, mention.token, hung_on):
        return True  # "swapped prisoners *in 2019* under a deal brokered by C"
    perfect = any(document.words[a] == "had" for at in told_at for a in document.children(at, "aux"))
    if perfect and (mention.kind == "verb" or document.relations[word] in ("root", "conj", "parataxis", "acl:relcl")):
        return True  # but not "said that the talks *had* collapsed", nor "came after they *had* failed"
    return not hung_on.isdisjoint((*named, word))


def _hangs_on(document: Document, deal: int, verbs: set[int]) -> bool:
    """Whether what was done under a deal was done at a time: of the verbs above it, one is among `verbs`."""
    at = carrier(document, deal)
    if document.preposition(at) not in words("done_under"):
        return False
    above = list(islice(document.ancestors(at), _UP))
    return any(v in verbs and document.parts[v] == "VERB" for v in above)


def _is_years_before(document: Document, verb: int) -> bool:
    """Whether a clause tells of what something else comes years after: "resume talks, two years *after* Chad broke them off"."""
    mark = next((m for m in document.children(verb, "mark") if document.words[m] == "after"), None)
    return mark is not None and mark > 0 and document.lemmas[mark - 1] in words("long_times")


def choose_state(told: list[Told]) -> NegotiationState:
    """The state that an article leaves its negotiation in.

    What the article tells first is its news, but that talks go on or are proposed says less than that they stalled,
    stopped or ended, so that the first of those stands over it.
    """
    lasting = [t.state for t in told if t.state in ("stalled", "suspended", "collapsed")]
    if lasting:  # talks that ended without a deal, and then are said to have collapsed, have collapsed
        return "collapsed" if lasting[0] == "stalled" and "collapsed" in lasting else lasting[0]
    return told[0].state if told else "under_way"
