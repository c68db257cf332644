"""The chain of operators of a predicate: what stands beside it, then each word that governs it, innermost first."""

from __future__ import annotations

from readout.language.document import Document, bits_of
from readout.readers.status.beside import LISTED, beside, modifiers, was_dropped
from readout.readers.status.clause import NOMINAL, is_future, is_infinitive, negator, none_there, tense
from readout.readers.status.governing import form_of, refuted, step_up
from readout.readers.status.judgement import Operator
from readout.readers.status.lexicon import governors, negated_noun, words
from readout.readers.status.senses import Step
from readout.readers.status.subjects import subject_of

_REPORTING, _OBJECTS, _ADDRESSED = bits_of("parataxis", "dep"), bits_of("iobj", "obj", "nsubj"), bits_of("obl")
_HEIGHT = 10  # steps up; a longer chain is a broken tree


def operators(document: Document, i: int) -> tuple[Operator, ...]:
    """The operators of predicate `i`, innermost first."""
    parts = document.parts
    found = _taken_on(document, i) if parts[i] == "VERB" and document.lemmas[i] in words("light") else []
    found += beside(document, i, negation=True)
    if parts[i] in NOMINAL:
        found += modifiers(document, i)
    if any(o.rule == LISTED for o in found):
        return tuple(found)
    at, below = i, None
    sealed = False  # "urged them to say that it *fled*" urged no flight, "to be vigilant against *attack*" no attack
    spent: set[int] = set()  # a "no" counts once: in "has no plans to", not for "has" again
    for _ in range(_HEIGHT):
        step = step_up(document, at)
        if step is None or step.kind is None:
            step = refuted(document, at, below) or step
        if step is None:
            break
        above, kind = step.word, step.kind
        if kind is not None and not (sealed and kind in words("sealed_off")):
            found.append(_operator(document, step, at, spent))
        sealed = sealed or kind == "watch" or (kind in words("telling") and form_of(document, at) == "that")
        within = kind is None and document.relations[at] not in ("conj", "advcl")
        near = beside(document, above, negation=within)
        last = found[-1] if found else None
        if last is not None and last.token == above and last.kind == "exempt":
            near = ()
        elif last is not None and last.token == above and last.negated and last.kind in words("negative_kinds"):
            near = _not_twice(near)
        elif last is not None and last.kind == "doubt" and within:
            near = tuple([o for o in near if o.kind != "negation" or o.token not in spent])  # "there is *no* sign that"
        elif last is not None and last.rule == "status/no question" and within:
            near = _not_twice(tuple([o for o in near if o.token not in spent]))  # "there can be *no* question of"
        elif last is not None and within and (last.kind == "doubt" or last.rule == "status/no question"):
            near = _but_spent(document, near, above, spent)
        # who "is 90% done" is: what hangs on it is not
        found += [o for o in near if o.kind != "nearly" or document.words[o.token] not in ("%", "percent")]
        if parts[above] in NOMINAL:
            found += modifiers(document, above)
        below, at = at, above
    if document.relations[at] == "acl:relcl":
        nobody = none_there(document, at)
        found += [] if nobody is None else [Operator(nobody, "negation", None, None, False, "status/nobody there")]
    if document.below[at] & _REPORTING:
        found += _reported(document, at)
    return _settle_would(document, i, found) if found else ()


def _taken_on(document: Document, i: int) -> list[Operator]:
    """What light verb `i` takes on from the event noun that it carries: "carried out an alleged attack"."""
    carried = document.children(i, "obj", "nsubj:pass")
    return [o for noun in carried for o in modifiers(document, noun) if o.kind in words("light_takes_on")]


def _but_spent(document: Document, near: tuple[Operator, ...], above: int, spent: set[int]) -> tuple[Operator, ...]:
    """What stands beside a word but for a "no" that counted below: "there is *no* sign that", "there can be *no* question of"."""
    counted = negator(document, above) in spent
    kept = [o for o in near if o.kind != "negation" or o.token not in spent]
    return tuple([o for o in kept if not (counted and o.negated and o.kind in words("negation_passes"))])


def _not_twice(near: tuple[Operator, ...]) -> tuple[Operator, ...]:
    """What stands beside an operator whose negation is its own: "would *not rule out* talks", and no "would not"."""
    kept = [o for o in near if not (o.negated and o.kind in words("negation_passes"))]
    return tuple([o._replace(negated=False) if o.kind == "modal_future" else o for o in kept])


def _operator(document: Document, step: Step, below: int, spent: set[int]) -> Operator:
    word, kind = step.word, step.kind or ""
    subject, head = subject_of(document, word), None
    if document.below[word] & _OBJECTS:
        head, patient = document.child(word, "iobj", "obj"), document.child(word, "nsubj:pass")
        if patient is not None:
            subject, head = document.child(word, "obl:agent"), patient
    if head is None and document.below[word] & _ADDRESSED:
        # "called *for the minister* to resign"
        brought = words("addressed") | (set(step.particle) if is_infinitive(document, below) else set())
        to_whom = [o for o in document.children(word, "obl") if document.preposition(o) in brought]
        head = next((o for o in to_whom if o < below), None)
    negative = negator(document, word)
    negated = negative is not None and negative not in spent and document.words[negative] not in step.particle
    if negative is not None:
        spent.add(negative)
    if negated and tense(document, below) == "noun":
        kind = negated_noun(kind) or kind
    if negated and step.rule in ("status/have to", "status/need to"):
        kind = "exempt"  # who "does *not have to* leave" refuses nothing
    if kind in words("lapsing", "kinds") and _has_lapsed(document, word):
        kind = "dropped" if was_dropped(document, word) else "lapsed"
    if kind == "want" and head is not None and head < below and _wants_another(document, word, subject):
        kind = "request"  # "wants the army to leave"
    return Operator(word, kind, subject, None if head == below else head, negated, step.rule)


def _has_lapsed(document: Document, word: int) -> bool:
    """Whether a plan is told of as one that was: "*had been due* to meet"; not "said that it had planned"."""
    helpers = [document.words[a] for a in document.children(word, "aux", "cop")]
    told = document.relations[word] == "ccomp"
    return "had" in helpers and not told and document.lemmas[word] in words("lapsing", "verbs")


def _wants_another(document: Document, word: int, subject: int | None) -> bool:
    """Whether somebody's wish asks for it: what a writer or a reader wants of another is private."""
    private = subject is not None and document.words[subject] in ("i", "you")
    return document.lemmas[word] in words("wanting") and not private


def _reported(document: Document, at: int) -> list[Operator]:
    """The reporting verb that stands beside a main clause: "…, the minister said"."""
    for child in document.children(at, "parataxis", "dep"):
        token = document.tokens[child]
        for sense in governors()["verbs"].get(token.lemma.lower(), ()):
            if sense.kind in ("report", "claim", "believe", "predict") and "that" in sense.takes and not sense.particle:
                return [_operator(document, Step(child, sense.kind, sense.rule), at, set())]
    return []


def _settle_would(document: Document, i: int, found: list[Operator]) -> tuple[Operator, ...]:
    """ "Would" under a verb of speech is that verb's future; under an "if", only where the speaker binds itself."""
    if "modal_would" not in [o.kind for o in found]:
        return tuple(found)  # as mostly
    conditional = any(o.kind == "proviso" for o in found)
    settled = []
    found = _under_a_plan(document, i, found)
    for n, each in enumerate(found):
        above = {o.kind for o in found[n + 1 :]}
        ahead = each.kind == "modal_would" and not conditional and n == 0 and _is_dated_ahead(document, i)
        if ahead:
            settled.append(each._replace(kind="modal_future", rule="status/would"))
            continue
        told = (above | _told_beside(document, i)) & words(
            "binding" if conditional and not _of_itself(document, i) else "speaking"
        )
        settled.append(
            each._replace(kind="modal_future", rule="status/would") if each.kind == "modal_would" and told else each
        )
    return tuple(settled)


def _told_beside(document: Document, i: int) -> set[str]:
    """The kind of a source that stands beside predicate `i`, or the one it is coordinated with: "*according to* the army"."""
    token = document.tokens[i]
    level = (i, token.head) if token.dep == "conj" else (i,)
    sources = [o for w in level for o in document.children(w, "obl", "advmod", "advcl")]
    return {"report"} if any((document.preposition(o) or "").startswith("according") for o in sources) else set()


def _is_dated_ahead(document: Document, i: int) -> bool:
    """Whether a time to come stands beside predicate `i`, or beside the one that it is coordinated with."""
    token = document.tokens[i]
    return is_future(document, i) or (token.dep == "conj" and is_future(document, token.head))


def _under_a_plan(document: Document, i: int, found: list[Operator]) -> list[Operator]:
    """A "would" of what a plan has in it: "*under the plan* the army *would* leave"; it is planned or proposed as the plan is."""
    plans = [o for o in document.children(i, "obl") if document.preposition(o) == "under"]
    kinds = [s.kind for o in plans for s in governors()["nouns"].get(document.lemmas[o], ())]
    kind = next((k for k in kinds if k in words("schemes")), None)
    return [o._replace(kind=kind, rule="status/under") if kind and o.kind == "modal_would" else o for o in found]


def _of_itself(document: Document, i: int) -> bool:
    """Whether the subject of predicate `i` is a pronoun: the speaker speaks of itself."""
    subject = subject_of(document, i)
    return subject is not None and document.tokens[subject].pos == "PRON"
