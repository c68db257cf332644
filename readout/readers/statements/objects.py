"""Contents that are a noun or hang from one: "urged Iran to stop", "called it a farce", "warned of famine"."""

from __future__ import annotations

from readout.readers.statements.content import content_after
from readout.readers.statements.lexicon import phrases
from readout.readers.statements.page import COMMAS, FINITE, Draft, Page, noun_kind, trim
from readout.readers.statements.saying import Saying, is_noun
from readout.readers.status.clause import negator
from readout.types import Span

_NEAR = 10
_POINTERS = frozenset({"it", "that", "this", "them", "himself", "herself", "itself", "themselves"})


def request_draft(said: Saying) -> Draft | None:
    """A noun and "to" and a verb: "urged Iran to stop"."""
    if "request" not in said.cue.frames:
        return None
    page, verb, start = said.page, said.verb, said.verb + 1
    for child in said.children("xcomp", "ccomp", "advcl", "acl"):
        marks = page.document.children(child, "mark")
        if child <= start + 1 or not any(page.tokens[mark].lower == "to" for mark in marks):
            continue
        if page.document.child(verb, "obj", "iobj", "nsubj") is None:
            continue
        asked = tuple(c for c in said.children("obj", "iobj") if verb < c < child and is_noun(page, c))
        behind = content_after(page, verb, start, past=child)
        draft = said.draft(behind, "request", told=said.addressee or asked, until=verb)
        if draft is not None:
            return draft
    asked_of = _asked_behind_aside(said)
    if asked_of is None:
        return None
    target, infinitive = asked_of
    behind = content_after(page, verb, start, past=infinitive)
    return said.draft(behind, "request", told=said.addressee or (target,), until=verb)


def _asked_behind_aside(said: Saying) -> tuple[int, int] | None:
    """Who is asked, and the verb of what, with a clause between commas between: "urged Chad, which had left, *to return*"."""
    page, document = said.page, said.page.document
    for target in said.children("obj", "iobj"):
        relative = document.words[target + 1 : target + 3]
        aside = len(relative) == 2 and relative[0] == "," and relative[1] in phrases().relatives
        if not said.verb < target or not aside or not is_noun(page, target):
            continue
        for i in range(target + 3, said.last - 2):
            ends = page.tokens[i].text == "," and page.tokens[i + 1].lower == "to" and page.tokens[i + 2].tag == "VB"
            if ends and i not in page.inside:
                return target, i + 2
    return None


def pair_draft(said: Saying) -> Draft | None:
    """A noun with what is said of it: "called it a success", "described him as a friend", "accused them of lying"."""
    if "pair" not in said.cue.frames:
        return None
    document, verb = said.page.document, said.verb
    target = document.child(verb, "obj", "iobj") or _first_of_two(said)
    if target is None or target < verb or said.page.is_time(target):
        return None
    second = [
        c for c in (*said.children("xcomp", "advcl", "ccomp", "obj"), *document.children(target, "xcomp")) if c > target
    ]
    second += [c for c in said.children("obl") if c > target and _joined(said, c)]
    # "accused the army of torture": the tree hangs "of torture" from "army" as often as from the verb
    second += [c for t in document.conjuncts(target) for c in document.children(t, "nmod", "acl") if _joined(said, c)]
    somebody = target == verb + 1 and noun_kind(said.page, target) in ("people", "bodies")
    if somebody and said.page.tokens[verb].lemma in phrases().binding:  # "*called* police to alert them"
        second = [c for c in second if not any(document.words[m] == "to" for m in document.children(c, "mark"))]
    return said.draft(said.behind(verb + 1), "pair", told=(), until=verb) if second else None


def _first_of_two(said: Saying) -> int | None:
    """The noun of which something is said where the tree takes both for what is said: "called the move “illegal”"."""
    page = said.page
    both = [child for child in said.children("xcomp") if child > said.verb]
    both += [below for child in both for below in page.document.children(child, "xcomp")]
    return both[0] if len(both) > 1 and page.tokens[both[0]].pos in ("NOUN", "PROPN") else None


def name_draft(said: Saying) -> Draft | None:
    """A noun with a name that no word joins: "called the raid “a farce”", "what they called “a farce”"."""
    if "name" not in said.cue.frames:
        return None
    page, document, verb = said.page, said.page.document, said.verb
    start = verb + 1
    target = document.child(verb, "obj", "iobj")
    if start >= said.last or said.source is None:
        return None
    relative = _relative(said)
    if relative is not None:
        named = _quoted_at(said, start) or (() if page.tokens[start].pos == "PUNCT" else said.behind(start))
        return said.draft((document.span(relative), *named), "name", told=(), until=verb) if named else None
    if target is None or target < verb or page.is_time(target):
        return None
    near = range(target, min(target + _NEAR, said.last))
    opening = next((i for i in near if i in page.opens), None)
    if opening is not None and not any(
        page.tokens[i].tag in FINITE or page.tokens[i].text == "," for i in range(start, opening)
    ):
        span = trim(page, start, _quoted_noun(page, opening, said.last))
        return said.draft((span,), "name", told=(), until=verb) if span else None
    if any(
        page.tokens[c].pos != "PUNCT" and page.tokens[min(document.subtree(c)) - 1].text != ","
        for c in document.children(target, "appos")
    ):
        return said.draft(said.behind(start), "name", told=(), until=verb)
    return None


def _relative(said: Saying) -> int | None:
    """The word that stands for what is named: "what they called …", "the raid, which they called …"."""
    page, first = said.page, said.frame[0]
    words = range(max(first - 1, page.document.sentence(first).first), said.verb)
    if said.source is None or said.source > said.verb:
        return None
    return next((i for i in words if page.tokens[i].lower in ("what", "which") and i < said.source), None)


def _quoted_at(said: Saying, start: int) -> tuple[Span, ...]:
    """The quotation that begins at a word, or right behind an article or "as" there."""
    page = said.page
    opening = next((i for i in range(start, min(start + 3, said.last)) if i in page.opens), None)
    if opening is None:
        return ()
    span = trim(page, start, _quoted_noun(page, opening, said.last))
    return (span,) if span else ()


def _quoted_noun(page: Page, opening: int, end: int) -> int:
    """The last word of a quotation, with the noun that it describes: "what he called a “fair and balanced” *deal*"."""
    words = page.quotation_words(page.opens[opening])
    last = min(words[-1], end - 1)
    described = page.tokens[max(last - 1, 0)].pos == "ADJ"
    while described and last + 1 < end and page.tokens[last + 1].pos == "NOUN" and not page.is_time(last + 1):
        last += 1
    return last


def _joined(said: Saying, child: int) -> bool:
    """Whether a modifier of the first half is the second one, by the word that joins them."""
    case = said.page.document.child(child, "case", "mark")
    return case is not None and said.page.tokens[case].lower in said.cue.pair_by


def about_draft(said: Saying) -> Draft | None:
    """A noun behind a preposition: "warned of famine", "called for calm"."""
    if not said.cue.about:
        return None
    page, document, verb = said.page, said.page.document, said.verb
    heard = (
        [c for i in said.addressee for c in document.children(i, "nmod")] if page.tokens[verb].lemma != "tell" else []
    )
    heard = [c for c in heard if document.preposition(c) == "of"]  # "informed its neighbours *of the leak*"
    for child in (*said.children("obl", "nmod", "advcl", "xcomp"), *heard):
        case = document.child(child, "case", "mark")
        if case is None or child < verb or page.is_time(child) or not _about(said, child, case):
            continue
        if case < verb or case + 1 >= said.last or case in page.inside:
            continue
        if not said.cue.addressee and any(c > verb for c in said.children("obj")):
            continue
        cue = document.span(verb, case) if case == verb + 1 else None
        draft = said.draft(said.behind(case + 1), "about", until=case, cue=cue)
        if draft is not None:
            return draft
    return None


def _about(said: Saying, child: int, case: int) -> bool:
    word = said.page.document.preposition(child) or said.page.tokens[case].lower
    return word.split()[0] in said.cue.about


def gerund_draft(said: Saying) -> Draft | None:
    """A verb in -ing: "proposed cutting taxes"."""
    start = said.verb + 1
    if start >= said.last or said.page.tokens[start].tag != "VBG":
        return None
    return said.draft(said.behind(start), "gerund")


def _is_open(said: Saying) -> bool:
    """Whether it is left open that somebody takes a stand: "farmers *may* protest the vote"."""
    page = said.page
    if page.tokens[said.verb].tag != "VB" or negator(page.document, said.verb) is not None:
        return False  # who "would *not* confirm the raid" has been asked
    return any(page.tokens[aux].tag == "MD" for aux in said.children("aux"))


def _interrogates(said: Saying, target: int) -> bool:
    """Whether somebody is questioned, and no claim: "want to *question the guards*"."""
    page = said.page
    if page.tokens[said.verb].lemma not in phrases().interrogating:
        return False
    return page.tokens[target].pos == "PROPN" or noun_kind(page, target) in ("people", "bodies")


def _takes(said: Saying, target: int) -> bool:
    """Whether a verb takes something, and says nothing: "the storm *claimed ten lives*"."""
    lemmas = said.page.document.lemmas
    return lemmas[target] in phrases().takings.get(lemmas[said.verb], ())


def _covers(said: Saying) -> bool:
    """Whether a gerund names the work of newspapers: "bias in *reporting* the campaign"."""
    page = said.page
    if page.tokens[said.verb].tag != "VBG" or page.tokens[said.verb].lemma not in phrases().covering:
        return False
    marks = page.document.children(said.verb, "mark", "case")
    return any(page.tokens[mark].lower != "by" for mark in marks) and not page.document.children(said.verb, "nsubj")


def _dates(page: Page, i: int) -> bool:
    """Whether a word tells when, before what is said: "ruled out *on Tuesday* a withdrawal"."""
    behind = i + 1 if page.tokens[i].lower == "on" else i
    return behind < len(page.tokens) and page.is_time(behind) and page.tokens[behind].tag in ("NNP", "NN", "CD")


def object_draft(said: Saying) -> Draft | None:
    """A noun: "condemned the raid"."""
    if "object" not in said.cue.frames or said.source is None:
        return None
    page, verb = said.page, said.verb
    target = page.document.child(verb, "obj")
    if target is None or target < verb or page.is_time(target) or target in said.addressee:
        return None
    if page.tokens[target].lower in _POINTERS or _is_open(said) or _interrogates(said, target):
        return None
    if _takes(said, target) or _covers(said):
        return None
    if page.tokens[verb].lemma in phrases().finding and noun_kind(page, said.source) != "documents":
        return None  # "police *found* a knife"
    start = said.words[-1] + 1
    while start < target and (page.tokens[start].pos in ("ADV", "PART") or _dates(page, start)):
        start += 1
    if page.tokens[start].text in COMMAS:
        return None
    return said.draft(said.behind(start), "object", told=(), until=verb)
