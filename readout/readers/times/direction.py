"""Whether a time lies behind or ahead, from the tense of the verb that governs it and the words before it."""

from __future__ import annotations

from readout import knowledge
from readout.language.document import Document, Token, is_dep
from readout.readers.lookup import verb_behind
from readout.types import Span

_FUTURE = ("will", "shall", "'ll", "’ll", "wo")
_SURELY = ("will", "shall", "'ll", "’ll")
_PLANS = ("plan", "expect", "schedule", "set", "slate", "intend", "due")
_SET_FOR = ("set", "scheduled", "planned", "due", "slated")
_PLAN_BEFORE = 6  # so many words may stand between "scheduled" and the day: "scheduled to be held in Rome on June 15"
_BINDING = ("agree", "decide", "commit", "offer", "consent", "resolve", "promise", "pledge", "vow")
_GRANTING = ("give", "have", "extend", "grant", "set", "delay", "postpone", "defer", "adjourn", "put", "push")
_REFUSING = (
    "say",
    "comment",
    "confirm",
    "elaborate",
    "disclose",
    "specify",
    "rule",
    "discuss",
    "reveal",
    "speculate",
    "name",
    "identify",
)
_SETTING_OUT = ("effective", "starting", "beginning")
_AFTERWARDS = ("after", "following", "since")
_AHEAD = ("ahead of", "pending")
_COULD_BE = ("would", "may", "might", "can", "could", "should", "must")


def direction(document: Document, first: int) -> int:
    """-1 for the past, 1 for the future, 0 where nothing says which, of the time that begins with word `first`."""
    words = knowledge.load("times/words.yaml")
    before = document.tokens[first - 1] if first else None
    if before is not None and (before.lower in words["speech"] or before.lower == "since"):
        return -1
    if before is not None and before.lower == "for" and first > 1 and document.words[first - 2] in _SET_FOR:
        return 1
    if before is not None and before.lower == "of" and first > 1 and document.words[first - 2] == "ahead":
        return 1  # "spoke ahead of Thursday's vote"
    if before is not None and before.lower in ("until", "till") and _is_granted(document, first):
        return 1
    if (before is not None and before.lower in _SETTING_OUT) or _lies_ahead(document, first):
        return 1
    for i in _chain(document, first):
        way = _tense(document, i, words["future_words"])
        if way:
            return way
    if before is not None and before.lower in words["future_prepositions"]:
        return 1
    return 0


def either_way(document: Document, first: int) -> bool:
    """Whether a day may as well lie behind as ahead, so that the nearer one is meant.

    It is what somebody "had given" others "until", told before or afterwards, or stands in a clause with "after" and a participle beside
    what is to come: "will rest today after campaigning in Bor *Sunday*".
    """
    if first and document.words[first - 1] in ("until", "till"):
        verb = next((at for at in document.ancestors(first) if document.parts[at] == "VERB"), None)
        helpers = [document.words[c] for c in document.children(verb, "aux")] if verb is not None else []
        return verb is not None and document.lemmas[verb] in _GRANTING and "had" in helpers
    for at in document.ancestors(first):
        if document.tags[at] == "VBG":
            return any(document.words[mark] in _AFTERWARDS for mark in document.children(at, "mark", "case"))
        if document.parts[at] == "VERB":
            return False
    return False


def _lies_ahead(document: Document, first: int) -> bool:
    """Whether a time belongs to a noun that something comes "ahead of": "a purge ahead of the elections *in December*"."""
    at = first
    while document.relations[at].partition(":")[0] in ("nmod", "compound") and document.tokens[at].head != at:
        at = document.tokens[at].head
        if document.preposition(at) in _AHEAD:
            return True
    return _comes_ahead(document, first)


def _comes_ahead(document: Document, first: int) -> bool:
    """Whether a time closes what something "came ahead of": "the row *came ahead of* the premier's visit to Chad on Thursday"."""
    start = document.sentence(first).first
    for i in range(first - 1, max(start, first - 12), -1):
        if document.parts[i] == "VERB" or document.words[i] == ",":
            return False
        if document.words[i] == "of" and document.words[i - 1] == "ahead":
            before = {document.lemmas[k] for k in range(max(start, i - 4), i - 1)}
            return bool(before & {"come", "be"})
    return False


def _is_granted(document: Document, first: int) -> bool:
    """Whether "until" a time somebody is given or has time: "gave Kyiv *until Thursday* to accept"."""
    verb = next((at for at in document.ancestors(first) if document.parts[at] == "VERB"), None)
    return verb is not None and document.lemmas[verb] in _GRANTING


def was_set(document: Document, first: int) -> int | None:
    """Where a time lies that something was, or had been, planned for, by the tense of the plan: -1 for the past, 0 where it is
    told of as in "said that it *was set* for June"; None where nothing was.

    Of a month and day alone; a day of the week may still be to come ("was set for Friday").
    """
    chain = _chain(document, first)
    near = range(max(first - _PLAN_BEFORE, document.sentence(first).first), first)
    plan = next((i for i in reversed(near) if document.words[i] in _SET_FOR or document.words[i] == "expected"), None)
    if plan is None or not {plan, document.tokens[plan].head} & set(chain):
        return None
    verb = (
        plan
        if document.tokens[plan].head not in chain or document.children(plan, "aux", "cop")
        else document.tokens[plan].head
    )
    helpers = {document.words[c] for at in (plan, verb) for c in document.children(at, "aux", "cop")}
    if helpers & {"is", "are", "has", "have", "will"}:
        return None
    if "had" in helpers:
        return -1
    told = any(document.relations[at] == "ccomp" for at in (plan, verb))
    if helpers & {"was", "were"}:
        return 0 if told else -1
    above = document.tokens[document.tokens[plan].head]
    of_noun = document.relations[plan].startswith("acl") and above.pos in ("NOUN", "PROPN")
    return 0 if of_noun and _tense(document, above.head, []) < 0 else None


def _chain(document: Document, first: int) -> list[int]:
    """The word and its heads, nearest first; of a day joined to what stands before, the verb behind it: "and *on Saturday* was to"."""
    verb = verb_behind(document, first) if document.relations[first] == "conj" else None
    return [first, *document.ancestors(first)] if verb is None else [first, verb, *document.ancestors(verb)]


def _tense(document: Document, i: int, future_words: list[str]) -> int:
    """What one word says of the time below it: 0 for words that have no tense of their own."""
    token = document.tokens[i]
    helpers = [document.tokens[c] for c in document.children(i, "aux", "cop")]
    if any(h.lower in _FUTURE for h in helpers) or (
        token.lower == "going" and helpers and document.children(i, "xcomp")
    ):
        return 1
    past = is_past_form(token) or any(h.tag == "VBD" for h in helpers)
    if token.tag in ("VB", "VBN") and _is_to_be(document, i, helpers):
        return 1
    if token.lemma in _REFUSING and _would_not(document, i, helpers):
        return -1
    if any(h.lower in _COULD_BE for h in helpers):
        return 0 if any(h.lower in ("have", "been") for h in helpers) else 1
    if token.lemma in future_words and token.pos in ("VERB", "ADJ"):
        passive = any(h.lemma == "be" for h in helpers)  # "on Saturday *was scheduled* to meet", whatever its tag
        return -1 if past and token.tag == "VBD" and not passive else 1
    if past:
        return -1
    if token.tag == "VBN" and not any(h.tag in ("VBZ", "VBP", "VB") and h.lemma == "be" for h in helpers):
        return -1
    if any(h.lemma == "have" for h in helpers):
        return -1
    if token.tag == "VB" and any(document.words[c] == "to" for c in document.children(i, "mark")):
        return _infinitive(document, i, future_words)
    if token.tag == "VBG" and any(h.tag in ("VBZ", "VBP") for h in helpers):
        return 1
    if token.tag in ("VBZ", "VBP") and token.pos == "VERB":
        return 1
    return 0


def is_past_form(token: Token) -> bool:
    """Whether a verb is a past by its tag or, taken for a present, by its ending: no third person ends in "-ed"."""
    return token.tag == "VBD" or (token.tag == "VBZ" and token.lower.endswith("ed"))


def _is_to_be(document: Document, i: int, helpers: list[Token]) -> bool:
    """Whether verb `i` is what somebody "is *to do*" or "was due *to do*": ahead of then; not what "was to have" been."""
    if any(h.lemma == "have" for h in helpers) or not any(h.lemma == "be" and h.i < i for h in helpers):
        return False
    to = i - 2 if i > 2 and document.words[i - 1] == "be" else i - 1
    if to < 1 or document.words[to] != "to":
        return False
    before = document.tokens[to - 1]
    return before.lemma == "be" or before.lower in (*_SET_FOR, "expected")


def _would_not(document: Document, i: int, helpers: list[Token]) -> bool:
    """Whether main verb `i` tells what somebody "*would not* say": that was then, and is nothing to come."""
    would = any(h.lower == "would" for h in helpers) and document.relations[i] in ("root", "conj")
    return would and any(document.words[c] in ("not", "n't", "n’t") for c in document.children(i, "advmod"))


def _infinitive(document: Document, i: int, future_words: list[str]) -> int:
    """ "To" looks ahead from its governor: "plans to meet Friday"; a headline's or a purpose's looks ahead too."""
    head = document.tokens[document.tokens[i].head]
    while document.relations[i] == "conj" and head.tag == "VB":  # "agreed to open the road and to meet in July"
        i, head = head.i, document.tokens[head.head]
    if head.i == i or head.lemma in future_words or head.lemma in _BINDING or head.tag in ("VBZ", "VBP"):
        return 1
    return 0


def sure_direction(document: Document, span: Span) -> int:
    """-1 or 1 where the verb that a time itself hangs on is past or future beyond doubt, else 0.

    A date on a noun says nothing: the budget of 2025 is voted in 2024.
    """
    head = document.head_of(span)
    while head is not None and document.relations[head] == "conj":  # "in January and February"
        head = document.tokens[head].head
    if (
        head is not None
        and document.relations[head] == "nmod:poss"
        and document.words[document.tokens[head].head] == "time"
    ):
        head = document.tokens[head].head  # "in two weeks' time"
    if head is None or not is_dep(document.relations[head], ("obl", "nmod", "advmod")):
        return 0
    verb = document.tokens[document.tokens[head].head]
    if verb.dep == "obj" and any(document.words[c] in ("a", "an") for c in document.children(verb.i, "det")):
        verb = document.tokens[verb.head]  # "will hold a vote on June 20", whatever "on" hangs on
    if is_dep(verb.dep, ("obl",)) and document.preposition(verb.i) == "by" and verb.head < verb.i:
        passive = document.tokens[verb.head]
        verb = passive if passive.tag == "VBN" else verb  # "was ousted by a faction in June"
    if any(document.words[c] in ("if", "unless") for c in document.children(verb.i, "mark")):
        return 0
    helpers = [document.tokens[c] for c in document.children(verb.i, "aux", "cop")]
    first = document.tokens_in(span)[0]
    between = range(min(verb.i, first) + 1, max(verb.i, first))
    if (verb.pos != "VERB" and not helpers) or any(document.tokens[i].tag == "VB" for i in between):
        return 0  # "agreed to hold a vote in 2007": the vote is then, not the agreement
    if any(helper.lower in _SURELY for helper in helpers):
        return 0 if any(helper.lower == "have" for helper in helpers) else 1
    if any(helper.tag == "MD" for helper in helpers):
        return 0
    if verb.tag == "VB":
        planned = document.tokens[verb.head]
        return 1 if planned.lemma in _PLANS and planned.tag in ("VBZ", "VBP") else 0
    if verb.tag == "VBN" and verb.lemma in _PLANS and any(helper.tag in ("VBZ", "VBP") for helper in helpers):
        return 1
    return -1 if verb.tag == "VBD" or any(helper.tag == "VBD" for helper in helpers) else 0
