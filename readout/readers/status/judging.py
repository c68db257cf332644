"""From a predicate's tense and operators to its status and factuality."""

from __future__ import annotations

from readout.language.document import Document
from readout.language.memory import once
from readout.readers.status.chain import operators
from readout.readers.status.clause import Tense, auxiliaries, is_future, tense
from readout.readers.status.factuality import factuality
from readout.readers.status.judgement import Judgement
from readout.readers.status.lexicon import effects, kind_of, words
from readout.readers.status.nouns import is_definite
from readout.types import Status

#: Tenses by which alone a predicate has happened.
_TOLD = frozenset({"past", "participle", "noun"})
#: What a plan, promise or forecast above does not turn into something planned.
_SETTLED = frozenset({"requested", "refused", "threatened", "denied", "not_occurring", "hypothetical"})


@once
def judge(document: Document, i: int) -> Judgement:
    """Whether predicate `i` (a verb, an event noun or the verb that carries it) happens.

    The status starts from the tense; then each operator, innermost first, changes it as `knowledge/status/kinds.yaml`
    says. Method: polarity of complements after Karttunen (1971, 2012) and Nairn, Condoravdi and Karttunen (2006).

    Args:
        document: the parsed document.
        i: the predicate's word.
    """
    chain, form = operators(document, i), tense(document, i)
    status = _start(document, i, form, bool(chain))
    denied_outright = False
    inner = ""
    for operator in chain:
        change = effects()[operator.kind, operator.negated]
        status = _apply(status, change, inner=inner, negative=denied_outright)
        inner = operator.kind
        denied_outright = denied_outright or operator.kind == "negation"
    if status == "occurred" and not chain and _is_borne(document, i):
        status = _of_bearer(document, document.tokens[i].head)
    return Judgement(status, factuality(document, i, form, chain), chain)


def _is_borne(document: Document, i: int) -> bool:
    """Whether participle `i` tells what some document or rally says: "will propose *resolutions criticising* Chad"."""
    head = document.tokens[i].head
    if document.relations[i] != "acl" or document.tags[i] != "VBG" or is_definite(document, head):
        return False
    return document.lemmas[head] in words("bearing")


def _of_bearer(document: Document, noun: int) -> Status:
    """The status of what a document says: that of the document, or of what is done with it."""
    status = judge(document, noun).status
    verb = document.tokens[noun].head
    if status == "occurred" and document.relations[noun].partition(":")[0] in ("obj", "obl", "nsubj"):
        status = judge(document, verb).status
    return "not_occurring" if status in ("refused", "denied") else status


def _start(document: Document, i: int, form: Tense, governed: bool) -> Status:
    """What the tense alone says."""
    relation = document.relations[i]
    if relation == "acl:relcl" and form in ("present", "base", "past") and _is_anybody(document, i, form):
        return "hypothetical"
    if form in _TOLD:
        return "occurred"
    if form in ("progressive", "present") and is_future(document, i):
        return "planned"
    if relation == "advcl" and form in ("present", "perfect", "base") and _comes_before_a_plan(document, i):
        return "planned"
    if form in ("progressive", "past_progressive"):
        return "ongoing"
    if form == "infinitive" and relation == "root" and _has_noun_before(document, i):
        return "planned"  # "Premier to visit Cairo", "topics to be discussed"
    if form in ("infinitive", "base") and not governed:
        return "uncertain"
    return "occurred"


def _comes_before_a_plan(document: Document, i: int) -> bool:
    """Whether clause `i` tells when something planned will be: "will speak *after* they *sign*"."""
    token = document.tokens[i]
    if token.head == i:
        return False
    marks = {document.words[m] for m in document.children(i, "mark", "advmod") if m < i}
    if not marks & words("temporal"):
        return False
    planned = {kind_of("auxiliaries", document.words[a]) for a in auxiliaries(document, token.head)}
    if planned & words("coming_after"):
        return True
    above = operators(document, token.head)  # "is *expected* to sign when they meet"
    return bool(above) and not above[0].negated and above[0].kind in words("coming_after")


def _is_anybody(document: Document, i: int, form: Tense) -> bool:
    """Whether relative clause `i` is said of whoever does it: "*those* who break the truce", "*anyone* who broke it *would* be jailed"."""
    who = document.tokens[i].head
    if document.words[who] not in words("anybody"):
        return False
    above = {document.words[a] for a in document.children(document.tokens[who].head, "aux")}
    return form != "past" or bool(above & words("auxiliaries", "modal_would"))


def _has_noun_before(document: Document, i: int) -> bool:
    """Whether a noun stands right before the "to" of infinitive `i`."""
    marks = [m for m in document.children(i, "mark") if document.words[m] == "to"]
    return bool(marks) and marks[0] > 0 and document.tokens[marks[0] - 1].pos in ("NOUN", "PROPN")


def _apply(status: Status, change: str, *, inner: str, negative: bool) -> Status:
    """The status after one operator; `inner`: the kind of the one below; `negative`: the predicate has a "not" of its own."""
    match change:
        case "keep":
            return status
        case "ahead" | "doubt" | "planned" | "proposed" | "requested" if (
            inner == "prevent" and status == "not_occurring"
        ):
            return "hypothetical"  # "came *to prevent* rebels from attacking": nobody says that they would
        case "ahead":
            return "planned" if status in ("occurred", "ongoing") else status
        case "going":
            return "ongoing" if status == "occurred" else status
        case "doubt":
            return "uncertain" if status not in ("not_occurring", "denied", "requested", "hypothetical") else status
        case "undo" if status in ("not_occurring", "refused") and inner in words("undone"):
            return "uncertain"  # "ended a freeze on talks": they may be held again
        case "negate" | "undo":
            return "not_occurring"
        case "refused" if status == "refused":
            return "uncertain"  # "refused to rule out an attack"
        case "refused" if status == "uncertain" and inner == "predict":
            return "denied"  # "ruled out the possibility of an attack"
        case "planned" | "proposed" | "threatened" if negative and status == "not_occurring":
            return "refused"  # "vowed not to leave"
        case "planned" if status in _SETTLED:
            return status
        case "occurred" | "ongoing" | "planned" | "proposed" | "requested" | "threatened" | "refused" | "denied":
            return change
        case "not_occurring" | "hypothetical" | "uncertain":
            return change
    raise ValueError(f"no effect {change!r}")
