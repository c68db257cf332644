"""The operators that stand in the clause of a predicate itself, or before an event noun."""

from __future__ import annotations

from functools import cache

from readout.language.document import Document, bits_of
from readout.language.memory import once, once_listed
from readout.readers.status.clause import (
    HELPING,
    NOMINAL,
    auxiliaries,
    is_imperative,
    is_infinitive,
    is_question,
    negator,
    tense,
)
from readout.readers.status.judgement import Operator
from readout.readers.status.lexicon import governors, kind_of, words
from readout.readers.status.subjects import subject_of

_ADVERBS, _MARKS, _CLAUSES, _CASES = bits_of("advmod"), bits_of("mark", "advmod"), bits_of("advcl"), bits_of("case")
_BEFORE_NOUN, _BEHIND_NOUN = bits_of("amod", "acl", "compound"), bits_of("acl")
_FIXED = bits_of("fixed")
#: The rule of an "if" of a clause that a verb is listed with: what stands above decides nothing about it.
LISTED = "status/listed"
_WEAKENING = frozenset({"hedge", "nearly", "habit", "continue"})


def beside(document: Document, i: int, *, negation: bool) -> tuple[Operator, ...]:
    """Operators in the clause of word `i` itself.

    Args:
        document: the parsed document.
        i: the word.
        negation: whether its negation counts here; an operator carries its own.
    """
    negative = negator(document, i) if negation else None
    if negative is None or _but_with(document, i):
        return _in_clause(document, i)
    return (_at(document, i, negative, "negation"), *_in_clause(document, i))


@once
def _in_clause(document: Document, i: int) -> tuple[Operator, ...]:
    """Operators in the clause of word `i` but its negation."""
    below, relation = document.below[i], document.relations[i]
    if document.parts[i] in NOMINAL and tense(document, i) == "noun":
        return tuple(_before_noun(document, i)) if below & _CASES else ()
    found: list[Operator] = []
    if below & _ADVERBS:
        for child in document.children(i, "advmod"):
            kind = kind_of("adverbs", document.words[child])
            if kind in _WEAKENING:
                found.append(_at(document, i, child, kind))
    part = _part_done(document, i) if document.lemmas[i] in words("in_part") else None
    if part is not None:
        found.append(_at(document, i, part, "nearly"))
    if below & HELPING or relation == "conj":
        found += _of_auxiliaries(document, i)
    if document.tags[i] == "VB":
        found += _hung_below(document, i)
    if below & _MARKS:
        found += _of_marks(document, i)
    if "condition" in document.vocabulary:
        found += _on_condition(document, i)
    if below & _CLAUSES or (relation == "conj" and document.below[document.tokens[i].head] & _CLAUSES):
        found += _provisos(document, i)
    if relation in ("conj", "parataxis", "root") and document.tags[i] in ("VBZ", "VBP", "VBN"):
        found += _listed_with(document, i)
    if relation in ("root", "ccomp") and is_question(document, i):
        found.append(_at(document, i, i, "question"))
    if is_imperative(document, i):
        found.append(_at(document, i, i, "imperative"))
    return tuple(found)


def _word_behind(document: Document, i: int) -> str:
    """The word right behind word `i`; "" at the end of the text."""
    return document.words[i + 1] if i + 1 < len(document.words) else ""


def _part_done(document: Document, i: int) -> int | None:
    """The share to which something is done as yet: "the deal is *90 percent* completed"; None where it is done."""
    for child in document.children(i, "obl:unmarked", "obl", "advmod", "nmod:unmarked"):
        if document.words[child] in ("percent", "%") and child < i:
            whole = any(document.words[n] == "100" for n in document.children(child, "nummod"))
            return None if whole else child
    return None


def _but_with(document: Document, i: int) -> bool:
    """Whether a "without" beside predicate `i` undoes its "not": who "never signs *without* the king" signs with him."""
    without = words("negation", "undone_by")
    beside_ = [o for o in document.children(i, "obl", "advcl") if o > i]
    return any(document.words[c] in without for o in beside_ for c in document.children(o, "case", "mark"))


def _before_noun(document: Document, i: int) -> list[Operator]:
    """The preposition of event noun `i` that sets it apart from what happens: "ahead of", "in case of", "without"."""
    case = document.children(i, "case")
    if not case:
        return []
    preposition = document.preposition(i) or ""
    head = document.tokens[document.tokens[i].head]
    if case[0] and document.words[case[0] - 1] == "ahead":
        preposition = f"ahead {preposition}"  # "came *ahead* of a visit", hung on the verb
    elif head.i == case[0] - 1 and head.pos in ("ADV", "ADP"):
        preposition = f"{head.lower} {preposition}"  # "just *ahead* of a visit", where the tree makes an adverb of it
    kind = kind_of("prepositions", preposition)
    if kind == "negation" and tense(document, head.i) in ("infinitive", "base"):
        kind = "condition"  # "impossible to win without the support of the union"
    return [] if kind in (None, "purpose") else [_at(document, i, case[0], str(kind))]


def _at(document: Document, i: int, token: int, kind: str, *, negated: bool = False) -> Operator:
    return Operator(token, kind, subject_of(document, i), None, negated, f"status/{kind}")


@cache
def _forms_of_be() -> frozenset[str]:
    return words("be", "present") | words("be", "past")


def _of_auxiliaries(document: Document, i: int) -> list[Operator]:
    found = []
    for helper in auxiliaries(document, i):
        token = document.tokens[helper]
        kind = kind_of("auxiliaries", token.lower)
        if token.lower in _forms_of_be() and is_infinitive(document, i):
            between = [document.words[w] for w in range(helper + 1, i)]
            if "to" in between[:2]:  # "is to meet", "is yet to meet"; who "was to have met" her did not
                undone = between[0] in words("not_yet") or "have" in between
                kind = "fail" if undone else "modal_future"
        if token.lemma.lower() == "have" and _word_behind(document, helper) in words("not_yet"):
            kind = "fail" if is_infinitive(document, i) else kind  # "has yet to meet", read as an auxiliary
        if token.lower in words("inverted") and _is_inverted(document, i, helper):
            kind = "condition"
        if kind == "modal_would" and token.lower in ("'d", "’d") and document.tokens[i].tag != "VB":
            kind = None  # "had"
        if kind == "modal_ability" and _performs(document, i):
            kind = None
        if kind == "modal_obligation" and document.tags[i] == "VBN" and _word_behind(document, helper) == "have":
            kind = "hedge" if token.lower == "must" else "fail"  # "*must have* fled", "*should have* fled"
        if kind is not None:
            found.append(_at(document, i, helper, kind, negated=negator(document, i) is not None))
    return found


def _performs(document: Document, i: int) -> bool:
    """Whether verb `i` does what it says by being said: "I *can announce* that"."""
    subject = subject_of(document, i)
    own = subject is not None and document.words[subject] in words("performing", "subjects")
    return own and document.lemmas[i] in words("performing", "verbs") and negator(document, i) is None


def _is_inverted(document: Document, i: int, helper: int) -> bool:
    """Whether an auxiliary before its subject makes an "if" of the clause: "*should* the army refuse", "*had* it attacked"."""
    if document.relations[i] not in ("advcl", "xcomp") or document.children(i, "mark"):
        return False
    first = min(document.subtree(i)) == helper
    return first and any(helper < s < i for s in document.children(i, "nsubj"))


def _hung_below(document: Document, i: int) -> list[Operator]:
    """The adjective or participle of "is due *to meet*", where the tree hangs it below the infinitive that it governs."""
    if i < 2 or document.words[i - 1] != "to" or document.tokens[i].tag != "VB" or document.tokens[i - 2].head != i:
        return []
    word = document.tokens[i - 2]
    negated = negator(document, i) is not None
    senses = [s for part in ("adjectives", "participles") for s in governors()[part].get(word.lemma.lower(), ())]
    had = "had" in [document.words[a] for a in document.children(i, "aux")]
    lapsed = had and word.lemma.lower() in words("lapsing", "verbs")
    over = "dropped" if lapsed and was_dropped(document, i) else "lapsed" if lapsed else None
    return [
        Operator(word.i, over or sense.kind, subject_of(document, i), None, negated, sense.rule)
        for sense in senses
        if "to" in sense.takes and not sense.particle
    ][:1]


def was_dropped(document: Document, word: int) -> bool:
    """Whether a clause behind a plan says that nothing came of it: "had planned to visit it, *but* this was *put off*"."""
    for clause in document.children(word, "conj"):
        if "but" in [document.words[c] for c in document.children(clause, "cc")]:
            senses = governors()["verbs"].get(document.lemmas[clause], ())
            return negator(document, clause) is not None or any(s.kind in words("dropping") for s in senses)
    return False


def _of_marks(document: Document, i: int) -> list[Operator]:
    found = []
    for mark in document.children(i, "mark", "advmod"):
        kind = kind_of("marks", _conjunction(document, mark))
        if document.words[mark] == "once" and document.words[mark + 1 : mark + 2] in (("again",), ("more",)):
            continue  # "the army *once again* shelled it"
        if document.words[mark] == "after" and mark and document.words[mark - 1] == "only":
            kind = None if _is_past(document, i) else "condition"
        if kind == "before" and _is_past(document, i):
            continue  # "left before the army came", "fired shots before leaving"
        if kind == "before" and _waits(document, i):
            kind = "condition"
        if kind is not None and mark < i and (document.relations[i] != "root" or kind == "schedule"):
            asked = kind == "condition" and document.relations[i] == "ccomp"
            found.append(_at(document, i, mark, "question" if asked else kind))
    return found


def _on_condition(document: Document, i: int) -> list[Operator]:
    """The "on condition that" before clause `i`, wherever the tree hangs it."""
    for that in document.children(i, "mark", "obj"):
        before = [document.words[w] for w in range(max(that - 3, 0), that)]
        if document.words[that] == "that" and before[-1:] == ["condition"] and "on" in before:
            return [_at(document, i, that, "condition")._replace(rule=LISTED)]
    return []


def _waits(document: Document, i: int) -> bool:
    """Whether what will not be done before clause `i` depends on it: "*will not* talk before the army *leaves*"."""
    head = document.tokens[i].head
    above = document.lemmas[document.tokens[head].head]
    refuses = any(s.kind == "refuse" and "to" in s.takes for s in governors()["verbs"].get(above, ()))
    if refuses and document.relations[head] == "xcomp":
        return True  # "*refused* to leave before Chad does"
    ahead = {kind_of("auxiliaries", document.words[a]) for a in auxiliaries(document, head)}
    return bool(ahead & words("waiting")) and negator(document, head) is not None


def _is_past(document: Document, i: int) -> bool:
    """Whether the clause of predicate `i` is told in the past, a gerund by the verb above it."""
    if document.tokens[i].tag == "VBG" or tense(document, i) == "participle":
        above = document.tokens[document.tokens[i].head]
        while tense(document, above.i) == "participle":  # "eased curbs for tourists *visiting* before *holding* talks"
            verb = next((a for a in document.ancestors(above.i) if document.parts[a] == "VERB"), above.i)
            if verb >= above.i:
                break
            above = document.tokens[verb]
        binding = {sense.kind for sense in governors()["verbs"].get(above.lemma.lower(), ()) if "to" in sense.takes}
        told = tense(document, above.i) in ("past", "past_progressive", "perfect")
        # in the order of telling; not "before leaving, he spoke", nor "proposed to meet before signing", hung on "proposed"
        return told and above.i < i and not binding & words("looking_ahead")
    return tense(document, i) == "past"


def _conjunction(document: Document, mark: int) -> str:
    if not document.below[mark] & _FIXED:
        return document.words[mark]  # as mostly
    return " ".join([document.words[w] for w in (mark, *document.children(mark, "fixed"))])


def _provisos(document: Document, i: int) -> list[Operator]:
    """The "if" of a clause below word `i`, or before the one that it is coordinated with: what it is said to depend on."""
    provisos, clauses = words("provisos"), document.children(i, "advcl")
    if document.relations[i] == "conj":
        first = document.tokens[i].head
        clauses = [*clauses, *(c for c in document.children(first, "advcl") if c < first)]
    for clause in clauses:
        for mark in document.children(clause, "mark", "advmod") if document.below[clause] & _MARKS else ():
            if _conjunction(document, mark) in provisos:
                return [_at(document, i, mark, "proviso")]
    return []


def _listed_with(document: Document, i: int) -> list[Operator]:
    """The "if" of a clause that present `i` is listed with, wherever the tree hangs it: "*if* Chad frees them, *opens* the port"."""
    if tense(document, i) != "present":
        return []
    head, joined = document.tokens[i].head, document.children(i, "cc")
    own = document.children(i, "nsubj", "nsubj:pass")
    if own and joined:  # "until they are freed and the port *is opened*, he said"
        start = joined[0] - 1
    elif not own and document.words[i - 1] in words("listing"):
        start = i - 2 - (document.words[i - 2] == ",")
        if document.relations[i] == "conj" and document.relations[head] == "parataxis":
            return _listed_with(document, head)
    else:
        return []
    for clause in (a for a in (start, *document.ancestors(start)) if a < i and a != head):
        if document.relations[clause] != "advcl" or tense(document, clause) != "present":
            continue
        if own and head not in document.ancestors(clause):
            continue
        for mark in document.children(clause, "mark", "advmod") if document.below[clause] & _MARKS else ():
            condition = kind_of("marks", _conjunction(document, mark)) == "condition"
            if condition and document.children(clause, "nsubj", "nsubj:pass"):
                return [_at(document, i, mark, "condition")._replace(rule=LISTED)]
    return []


@once_listed
def modifiers(document: Document, i: int) -> list[Operator]:
    """Operators that stand before an event noun: "planned", "possible", "failed"; none where `i` is no noun."""
    below = document.below[i]
    if not below & _BEFORE_NOUN or document.parts[i] not in NOMINAL or tense(document, i) != "noun":
        return []
    found = []
    index = governors()["modifiers"]
    for child in document.children(i, "amod", "acl", "compound"):
        token = document.tokens[child]
        senses = index.get(_hyphened(document, child)) or index.get(token.lower)
        senses = senses or (index.get(token.lemma.lower()) if token.tag != "VBG" else None)
        if senses and child < i:
            negated = negator(document, child) is not None
            found.append(Operator(child, senses[0].kind, None, None, negated, senses[0].rule))
    return found or (_set_behind(document, i) if below & _BEHIND_NOUN else [])


def _set_behind(document: Document, i: int) -> list[Operator]:
    """The participle behind an event noun that sets it for a day: "talks *scheduled* for Friday"."""
    index = governors()["participles"]
    for child in document.children(i, "acl"):
        senses = [s for s in index.get(document.lemmas[child], ()) if s.kind == "schedule"]
        if senses and child > i and document.tokens[child].tag in ("VBN", "VBD", "JJ"):
            return [Operator(child, "schedule", None, None, negator(document, child) is not None, senses[0].rule)]
    return []


def _hyphened(document: Document, i: int) -> str:
    """Word `i` with what a hyphen joins to it before: "would-be"."""
    if i < 2 or document.tokens[i - 1].text != "-" or document.tokens[i - 2].end != document.tokens[i - 1].start:
        return document.words[i]
    return f"{document.words[i - 2]}-{document.words[i]}"
