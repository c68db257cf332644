"""Where the content of an attribution ends before its sentence does: at another speaker's words, an aside, a further verb."""

from __future__ import annotations

from readout.language.document import is_dep
from readout.readers.statements.lexicon import noun_cues, phrases, verb_cue, verb_forms
from readout.readers.statements.page import COMMAS, FINITE, INTRODUCERS, Page

_SUBORDINATORS = frozenset({"while", "although", "though", "whereas", "as", "when", "after", "since", "because"})
#: Words behind a comma that set against what is said what another says.
_AGAINST = frozenset({"while", "whereas"})
_REMARKS = frozenset({"who", "where", "whose"})
_SUBJECT_LENGTH = 8
#: The verb of an attribution stands at most so far behind a quotation.
_NEAR = 4


def cuts(page: Page, verb: int, start: int, i: int) -> bool:
    """Whether the content ends before word `i`."""
    token = page.tokens[i]
    before = page.tokens[i - 1]
    if before.text == "," and _behind_condition(page, start, i):
        return False
    if token.text == ":" and _quoted_by_another(page, i):
        return True
    if before.text == "," and (token.lower in _REMARKS or _explains(page, i)) and _remarks(page, i):
        return True
    if token.tag == "VBG" and (before.text in COMMAS or i - 1 in page.closes):
        joined = is_dep(token.dep, ("advcl", "acl", "parataxis", "conj", "xcomp"))
        if joined and (token.head == verb or _may_say(page, i)):
            return True
    if before.text in (",", "—", "–", "--") and is_answered(page, i):
        return True
    if before.text == "," and _goes_beside(page, verb, start, i):
        return True
    if (before.text == "," or i - 1 in page.closes) and token.lower in ("according", "citing", "quoting"):
        return i > start + 2  # "said that, according to the mayor, …"
    if token.text == ";" and _speaks_next(page, i):
        return True
    if before.text == "," and token.lower in _AGAINST and _speaks_next(page, i):
        return True
    if token.pos == "CCONJ":
        if page.tokens[min(i + 1, len(page.document.tokens) - 1)].lower == "that":
            return False
        return _joins_cue(page, verb, start, i)
    if before.text == "," and _leaves_subordinate(page, verb, start, i):
        return True
    if before.text in (",", "—", "–", "--", "―") and token.head == verb and i > start:
        return is_dep(token.dep, ("conj", "parataxis")) and page.is_clause(i) and not _in_list(page, verb, i)
    return _opens_side_clause(page, verb, i) or _tells_when(page, verb, start, i)


def _in_list(page: Page, verb: int, i: int) -> bool:
    """Whether a verb goes on a list within what is said: "offered to wait if Chad resumes talks, *grants* access and pays"."""
    token = page.tokens[i]
    if token.tag not in ("VBZ", "VBP") or page.document.child(i, "nsubj") is not None:
        return False
    return _tense(page, verb) not in (None, token.tag) or page.tokens[verb].tag in ("VBN", "VBD")


def _behind_condition(page: Page, start: int, i: int) -> bool:
    """Whether all before a comma is the clause that what is said opens with: "said that *once it was over*, they would go"."""
    opening = start + 1 if page.tokens[start].lower == "that" else start
    asks = opening == start and page.tokens[opening].lower in INTRODUCERS  # "did not say *when* he would go, but …"
    if page.tokens[opening].lower not in phrases().conditions or asks or i - 1 in page.inside:
        return False
    return "," not in page.document.words[opening : i - 1] and page.tokens[i].pos != "CCONJ"


def _quoted_by_another(page: Page, colon: int) -> bool:
    """Whether a colon leads in words that have an attribution of their own: "hinted he would go: “It is time,” he said"."""
    if colon + 1 not in page.opens:
        return False
    behind = page.quotation_words(page.opens[colon + 1])[-1] + 1
    last = page.document.sentence(colon).last
    return any(
        page.tokens[w].tag in ("VBD", "VBZ") and _quotes(page, w) for w in range(behind, min(behind + _NEAR, last))
    )


def _may_say(page: Page, participle: int) -> bool:
    """Whether a participle may say something more: not "yelling slogans", as what is yelled is a clause or quoted."""
    token = page.tokens[participle]
    if token.lower not in verb_forms():
        return False
    target = page.document.child(participle, "obj") if token.lemma in phrases().shouting else None
    return target is None or page.tokens[target].pos != "NOUN"


def is_answered(page: Page, i: int) -> bool:
    """Whether another denies or confirms what was said: "says Chad arms them, *which* Chad denies", "*but* Chad denied it"."""
    if page.tokens[i].lower not in ("which", "but", "though", "a", "an"):
        return False
    last = page.document.sentence(i).last
    verb = next((w for w in range(i, min(i + _SUBJECT_LENGTH, last - 1)) if page.tokens[w].tag in FINITE), None)
    if verb is None or page.tokens[verb].lemma not in phrases().taking_sides:
        return False
    claimed = any(page.tokens[w].lemma in noun_cues() for w in range(i, verb))
    relative = page.tokens[i].lower == "which" and page.tokens[verb].lemma in phrases().of_clauses
    return relative or claimed or page.tokens[verb + 1].lower in ("it", "this", "that")


def _goes_beside(page: Page, verb: int, start: int, i: int) -> bool:
    """Whether behind a comma it is told what the speaker does besides: "warned of war, *while leaving* the door open"."""
    follows = page.tokens[i + 1] if i + 1 < len(page.tokens) else None
    if follows is None or follows.tag != "VBG" or page.tokens[i].lower != "while":
        return False
    said = page.tokens[start].pos != "ADP" and any(verb < c < i for c in page.document.children(verb, "ccomp"))
    return said and page.document.child(follows.i, "nsubj", "aux") is None and page.tokens[verb].tag in FINITE


def _tells_when(page: Page, verb: int, start: int, i: int) -> bool:
    """Whether a clause begins that says when it was said: "warned of a famine *after the envoy said* …"."""
    token = page.tokens[i]
    if token.lower not in ("after", "before") or token.dep != "mark" or page.tokens[verb].tag not in ("VBD", "VBG"):
        return False
    clause = page.tokens[token.head]
    if clause.tag != "VBD" or clause.head != verb or not is_dep(clause.dep, ("advcl",)):
        return False
    return not any(page.tokens[w].tag in FINITE for w in range(start, i))


def _speaks_next(page: Page, mark: int) -> bool:
    """Whether somebody else speaks behind a mark: "the army says it was a depot; residents say it was a school"."""
    last = page.document.sentence(mark).last
    for i in range(mark + 1, min(mark + _SUBJECT_LENGTH, last)):
        if page.tokens[i].tag in FINITE:
            above = page.tokens[i].head  # "; the agency *could* not verify it"
            own = page.document.lemmas[above] in phrases().unverified and page.tokens[i].dep == "aux"
            return own or (page.tokens[i].pos == "VERB" and _quotes(page, i))
    return False


def _remarks(page: Page, i: int) -> bool:
    """Whether a relative clause that ends its sentence is the reporter's own remark: "…, who took office in May"."""
    last = page.document.sentence(i).last
    if any(
        page.tokens[w].text in (",", ";", "—", "–", "--", ":") or page.tokens[w].tag == "MD" for w in range(i, last)
    ):
        return False
    return not any(w in page.inside for w in range(i, last))


def _explains(page: Page, i: int) -> bool:
    """Whether an apposition with an article begins at `i`, and no list: "claimed the attack, the worst in a year"."""
    token = page.tokens[i]
    head = page.tokens[token.head]
    if token.lower not in ("a", "an", "the") or head.i < i or not is_dep(head.dep, ("appos", "parataxis", "dep")):
        return False
    return all(page.tokens[w].pos != "CCONJ" for w in range(i, page.document.sentence(i).last))


def _leaves_subordinate(page: Page, verb: int, start: int, i: int) -> bool:
    """Whether a main clause begins behind the comma before `i`: "While the army said A, B" does not say B."""
    document = page.document
    above = (
        page.tokens[verb].head if is_dep(page.tokens[verb].dep, ("conj",)) else verb
    )  # "though she called it late *and asked* …"
    marks = (*document.children(verb, "mark", "advmod"), *document.children(above, "mark", "advmod"))
    if not any(page.tokens[m].lower in _SUBORDINATORS and m < verb for m in marks):
        return False
    if page.tokens[start].lower != "to" and not any(page.tokens[w].tag in FINITE for w in range(start, i)):
        return False
    for at in range(i, min(i + _SUBJECT_LENGTH, document.sentence(i).last)):
        if page.tokens[at].text == ",":
            return False
        head = page.tokens[page.tokens[at].head]
        if page.tokens[at].dep in ("nsubj", "nsubj:pass") and head.i > at and page.is_clause(head.i):
            return min(document.subtree(at)) == i and page.tokens[at].tag not in ("WDT", "WP")
    return False


def _joins_cue(page: Page, verb: int, start: int, i: int) -> bool:
    """Whether "and" or "but" joins the cue with a further verb ("said …, and added …")."""
    joined = page.tokens[i].head
    if is_dep(page.tokens[joined].dep, ("nsubj",)) and page.tokens[joined].head > joined:
        joined = page.tokens[joined].head  # the tree may hang "and" on the subject behind it
    token = page.tokens[joined]
    if joined < i or token.pos not in ("VERB", "AUX"):
        return False
    if not is_dep(token.dep, ("conj", "parataxis", "advcl")):
        return False
    if token.head == verb:
        return not _parallel(page, verb, joined)
    again = token.lemma == page.tokens[verb].lemma and token.tag == page.tokens[verb].tag
    if again and page.document.child(joined, "nsubj") is None and page.tokens[i - 1].text != ",":
        return True  # "has called on police to stay *and called on* people to be calm"
    own = page.document.child(joined, "nsubj")
    past = token.tag in ("VBD", "VBN") and not _helpers(page, joined) and own is None
    past = past and verb_cue(token.lemma, token.lower) is not None
    if past and page.tokens[token.head].tag == "VB" and page.tokens[verb].tag == "VBD":
        return True  # "urged them to stay *and called* on Chad to help"
    if page.tokens[verb].tag == "VBG" and own is not None and page.tokens[i - 1].text == ",":
        return (
            page.tokens[own].pos != "PRON" and verb_cue(token.lemma) is not None
        )  # "…, and *Chad accuses* it of more"
    if own is not None or token.head < start or token.tag not in ("VBD", "VBZ", "VBP"):
        return False
    if token.tag == page.tokens[verb].tag and _quotes(page, joined):
        return True
    return token.tag == _tense(page, verb) and _tense(page, token.head) not in (None, token.tag)


def _parallel(page: Page, verb: int, joined: int) -> bool:
    """Whether a verb that the tree joins with the cue goes with what is said: "said he was held *and was questioned* by guards"."""
    helpers = _helpers(page, joined)
    if not helpers or helpers == _helpers(page, verb) or page.document.child(joined, "nsubj") is not None:
        return False
    said = page.document.children(verb, "ccomp", "parataxis")
    return any(_helpers(page, clause) == helpers for clause in said if verb < clause < joined)


def _helpers(page: Page, verb: int) -> list[str]:
    return [page.tokens[child].lower for child in page.document.children(verb, "aux")]


def _tense(page: Page, verb: int) -> str | None:
    """The tag of a verb's finite word, its auxiliary's or copula's where it has one; None where it has none."""
    for child in page.document.children(verb, "aux", "cop"):
        if page.tokens[child].tag in FINITE:
            return page.tokens[child].tag
    return page.tokens[verb].tag if page.tokens[verb].tag in FINITE else None


def _quotes(page: Page, verb: int) -> bool:
    cue = verb_cue(page.tokens[verb].lemma)
    return cue is not None and cue.frames.get("quote") == "word"


def _opens_side_clause(page: Page, verb: int, i: int) -> bool:
    """Whether a clause begins here, behind a comma, that hangs from the cue: "said it was over, while the rebels …"."""
    token = page.tokens[i]
    if page.tokens[i - 1].text != "," or token.dep not in ("mark", "nsubj", "advmod", "cc"):
        return False
    head = page.tokens[token.head]
    return (
        head.head == verb
        and is_dep(head.dep, ("advcl", "conj", "parataxis"))
        and token.head >= i
        and page.is_clause(token.head)
    )
