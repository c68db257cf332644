"""Attributions without a verb: "according to X", "X's claim that …", "X is confident that …", "in X's view"."""

from __future__ import annotations

from readout.language.document import is_dep
from readout.readers.statements.content import content_after
from readout.readers.statements.lexicon import NounCue, noun_cues, phrases, verb_cue
from readout.readers.statements.page import COMMAS, FINITE, Draft, Page, noun_kind, trim
from readout.readers.statements.subjects import agent, noun_behind
from readout.types import Span

_LIGHT = frozenset(
    {"make", "issue", "repeat", "renew", "express", "voice", "reiterate", "give", "have", "offer", "state", "announce"}
)


def according_draft(page: Page, i: int) -> Draft | None:
    """ "according to X": the rest of its sentence is X's, on the side where it stands."""
    document = page.document
    last = document.sentence(i).last
    token = page.tokens[i]
    if token.lower != "according" or i + 2 >= last or page.tokens[i + 1].lower != "to":
        return None
    source = noun_behind(page, i + 2)
    if source is None:
        return None
    if page.tokens[source].pos == "NOUN" and page.document.lemmas[source] in phrases().measures:
        return None  # "chosen according to *age*"
    source = _figures_behind(page, source)
    end = _without_subject(page, source, _phrase_end(page, source))
    content = _rest_of_sentence(page, i, end)
    return Draft(i, document.span(i, i + 1), source, content, "word", (), (i, end)) if content else None


def _figures_behind(page: Page, source: int) -> int:
    """The noun for a document that a parser takes for a verb right behind whose it is: "according to US *estimates*, …"."""
    behind = source + 1
    if behind + 1 >= page.document.sentence(source).last or page.tokens[behind].pos != "VERB":
        return source
    ends = page.tokens[behind + 1].text in (",", ".")
    return behind if ends and noun_kind(page, behind) == "documents" else source


def _phrase_end(page: Page, head: int) -> int:
    """The last word of the phrase around a noun, clauses behind a comma included."""
    words = set(page.document.subtree(head))
    end = head
    last = page.document.sentence(head).last
    while end + 1 < last and end + 1 in words:
        end += 1
    while end > head and page.tokens[end].pos == "PUNCT" and end not in page.closes:
        end -= 1
    return end


def _without_subject(page: Page, source: int, end: int) -> int:
    """The end of a source's phrase before the subject that the tree took into it: "according to polls, *both parties* gained"."""
    behind = end + 1
    if behind >= page.document.sentence(source).last or page.tokens[behind].tag not in FINITE:
        return end
    comma = next((i for i in range(source + 1, end) if page.tokens[i].text == ","), None)
    return end if comma is None else comma - 1


def _rest_of_sentence(page: Page, first: int, last: int) -> tuple[Span, ...]:
    """What a phrase leaves of its sentence: before it, behind it where it opens the sentence, or both."""
    sentence = page.document.sentence(first)
    before = trim(page, sentence.first, first - 1) if first > sentence.first else None
    if first - 2 > sentence.first and page.tokens[first - 1].text == "," and page.tokens[first - 2].lower == "that":
        before = None  # "said that, *according to the mayor*, it was over"
    at = last + 1
    while at < sentence.last and page.tokens[at].text in COMMAS and at not in page.opens:
        at += 1
    behind = trim(page, at, sentence.last - 1) if at < sentence.last else None
    if before is None or (first - sentence.first <= 2 and page.tokens[sentence.first].pos in ("CCONJ", "ADV")):
        return (behind,) if behind else ()
    if behind is not None and page.tokens[last + 1].text == "," and _continues(page, at):
        return before, behind
    return (before,)


def _continues(page: Page, at: int) -> bool:
    """Whether a clause cut in two goes on at `at`, rather than a new one beginning."""
    token = page.tokens[at]
    if token.lower in ("but", "while", "who", "which", "though", "although", "whose", "and", "as"):
        return False
    return token.pos in ("VERB", "AUX", "ADP", "PART") or token.tag in ("MD", "TO")


def noun_draft(page: Page, i: int) -> Draft | None:
    """ "his claim that …", "a threat by X to …", "calls for …" with somebody who makes it."""
    token = page.tokens[i]
    if token.pos != "NOUN":
        return None
    cue = noun_cues().get(token.lemma) or noun_cues().get(token.lower)
    if cue is None:
        return None
    document = page.document
    if _is_sought(page, i):
        return None
    source = _owner(page, i)
    if source is None and _is_channel_of_speech(page, i):
        return None
    for child in document.children(i, "acl", "ccomp", "xcomp", "advcl"):
        mark = document.child(child, "mark")
        if (
            child < i
            or mark is None
            or (page.tokens[child].dep == "acl:relcl" and not _complete(page, child, mark, cue))
        ):
            continue
        kind = {"that": "that", "to": "infinitive", "whether": "that"}.get(page.tokens[mark].lower)
        if kind is None or kind not in cue.frames or mark < i or (kind == "infinitive" and source is None):
            continue
        content = _subtree(page, child, goes_on=_main_clause(page, i, child))
        return Draft(i, document.span(i), source, content, "view", (), (i, mark - 1)) if content else None
    if source is None:
        return None
    for child in [*document.children(i, "nmod", "acl"), *_beside(page, i)]:
        case = document.child(child, "case", "mark")
        if child < i or case is None or case < i or page.tokens[case].lower not in cue.about or child == source:
            continue
        content = _subtree(page, child, case + 1)
        return (
            Draft(i, document.span(i, case if case == i + 1 else i), source, content, "view", (), (i, case))
            if content
            else None
        )
    return None


def _is_sought(page: Page, i: int) -> bool:
    """Whether somebody only tries to get words out of another: "efforts to *secure* UN *condemnation* of the raid"."""
    above = page.tokens[page.tokens[i].head]
    return page.tokens[i].dep == "obj" and above.tag in ("VB", "VBG") and above.lemma in phrases().seeking


def _is_channel_of_speech(page: Page, i: int) -> bool:
    """Whether a noun only tells through what somebody speaks, so that a clause behind it is what he says: "said in a *statement* that"."""
    above = page.tokens[page.tokens[i].head]
    if not is_dep(page.tokens[i].dep, ("obl", "nmod")) or page.document.preposition(i) not in (
        "in",
        "during",
        "at",
        "on",
    ):
        return False
    cue = verb_cue(above.lemma, above.lower) if above.pos == "VERB" else None
    return cue is not None and "quote" in cue.frames


def _beside(page: Page, i: int) -> list[int]:
    """The noun of a phrase right behind a noun that the tree hangs from the verb: "repeated his opposition to it"."""
    if i + 1 >= page.document.sentence(i).last or page.tokens[i + 1].dep != "case":
        return []
    noun = page.tokens[i + 1].head
    return (
        [noun] if noun > i + 1 and page.tokens[noun].head == page.tokens[i].head and page.tokens[i].dep == "obj" else []
    )


def _complete(page: Page, clause: int, mark: int, cue: NounCue) -> bool:
    """Whether a clause taken for a relative one lacks nothing: "fears that the truce will collapse"."""
    return "infinitive" not in cue.frames and any(child != mark for child in page.document.children(clause, "nsubj"))


def _main_clause(page: Page, noun: int, clause: int) -> int | None:
    """The verb of a claim whose subject has a participle that the tree takes for it: "a claim that men caught stealing *died*"."""
    tokens, below = page.tokens, page.document.children(noun, "acl")
    return next((verb for verb in below if verb > clause and tokens[verb].tag in FINITE[:3]), None)


def _subtree(page: Page, head: int, start: int | None = None, goes_on: int | None = None) -> tuple[Span, ...]:
    words = page.document.subtree(head)
    if goes_on is not None and page.document.subtree(goes_on)[0] == words[-1] + 1:
        words = [*words, *page.document.subtree(goes_on)]
    first = words[0] if start is None else start
    last = first
    inside = set(words)
    while last + 1 in inside and not _main_verb(page, last + 1):
        last += 1
    span = trim(page, first, last)
    return (span,) if span else ()


def _main_verb(page: Page, i: int) -> bool:
    """Whether a word taken for an adjective is the verb that its sentence lacks: "his threat to act alarmed many"."""
    token, before = page.tokens[i], page.tokens[i - 1]
    if (
        token.dep != "amod"
        or not token.lower.endswith("ed")
        or before.dep != "compound"
        or before.head not in (i, token.head)
    ):
        return False
    sentence = page.document.sentence(i)
    return not any(page.tokens[w].tag in FINITE for w in range(sentence.first, sentence.last))


def _owner(page: Page, i: int) -> int | None:
    """Who makes a claim: the possessor, the "by" or "from" phrase, or the subject of "made the claim"."""
    document = page.document
    for child in document.children(i, "nmod:poss"):
        return child
    for child in document.children(i, "nmod", "obl"):
        word = document.preposition(child)
        if word == "among" and child < i:
            return _owner(page, child)  # "*among allegations made by monks* was a claim that"
        if word in ("by", "from", "among") and not page.is_time(child):
            return child
    for child in document.children(i, "acl"):
        if (
            page.tokens[child].tag in ("VBN", "VBD")
            and page.tokens[child].lemma in _LIGHT
            and (by := agent(page, child))
        ):
            return by  # "a claim *made by monks*"
    for child in document.children(i, "amod", "compound"):
        if page.tokens[child].pos == "PROPN" or page.tokens[child].text[:1].isupper():
            return child
    above = page.tokens[i].head
    if page.tokens[i].dep == "obj" and page.tokens[above].lemma in _LIGHT:
        return document.child(above, "nsubj")
    return None


def adjective_draft(page: Page, i: int) -> Draft | None:
    """ "X is confident that …", "X is eager to …", "X is worried about …"."""
    token = page.tokens[i]
    if token.lower not in phrases().certain or token.pos not in ("ADJ", "VERB"):
        return None
    document = page.document
    source = document.child(i, "nsubj", "nsubj:pass")
    if source is None and token.dep == "xcomp":
        source = document.child(token.head, "nsubj")
    if source is None or page.tokens[source].lower in ("it", "that", "this", "what", "which") or page.is_time(source):
        return None
    prepositions, infinitive = phrases().certain[token.lower]
    start = i + 1
    if start + 1 >= document.sentence(i).last:
        return None
    after = page.tokens[start].lower
    if after == "that" or (after == "to" and infinitive and page.tokens[start + 1].tag == "VB"):
        pass
    elif after in prepositions:
        start += 1
    elif not any(c > i and page.is_clause(c) for c in document.children(i, "ccomp")):
        return None
    content = content_after(page, i, start)
    return Draft(i, document.span(i), source, content, "view", (), (i, i)) if content else None


def view_draft(page: Page, i: int) -> Draft | None:
    """ "in X's view", "in the words of X"."""
    token = page.tokens[i]
    if token.lower not in phrases().views or token.pos != "NOUN" or page.document.preposition(i) != "in":
        return None
    document = page.document
    case = document.child(i, "case")
    source = document.child(i, "nmod:poss")
    if source is None:
        source = next((c for c in document.children(i, "nmod") if document.preposition(c) == "of"), None)
    if source is None or case is None or is_dep(page.tokens[source].dep, ("det",)):
        return None
    content = _rest_of_sentence(page, case, _phrase_end(page, i))
    return Draft(i, document.span(case, i), source, content, "word", (), (case, i)) if content else None


def hearsay_draft(page: Page, i: int) -> Draft | None:
    """ "reportedly": somebody unnamed says it."""
    token = page.tokens[i]
    if token.lower not in phrases().hearsay or i in page.inside:
        return None
    document = page.document
    above = token.head
    if page.tokens[above].pos not in ("VERB", "AUX", "NOUN", "ADJ"):
        return None
    sentence = document.sentence(i)
    words = [w for w in document.subtree(above, ("parataxis",)) if sentence.first <= w < sentence.last]
    before = trim(page, words[0], i - 1) if words[0] < i else None
    behind = trim(page, i + 1, words[-1]) if words[-1] > i else None
    if before is not None and all(
        page.tokens[w].pos in ("SCONJ", "ADP", "ADV", "CCONJ") for w in document.tokens_in(before)
    ):
        before = None  # "*after* reportedly being recognised"
    content = tuple(span for span in (before, behind) if span)
    return Draft(i, document.span(i), None, content, "view", (), (i, i)) if content else None
