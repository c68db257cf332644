"""What somebody denies or confirms that stands before: "…, a charge Chad denied", "…, which Chad denies", "… but Chad denied it"."""

from __future__ import annotations

from readout.language.document import Document, is_dep
from readout.readers.statements.lexicon import noun_cues, phrases, verb_cue
from readout.readers.statements.page import FINITE, Draft, Page, trim
from readout.readers.statements.saying import Saying
from readout.types import Span, Statement

_PARTING = frozenset({",", "—", "–", "--"})
_NAMES = frozenset({"PROPN", "DET"})
_CLAIMS = frozenset({"it", "this", "that"})


def takes_up(document: Document, said: Statement) -> bool:
    """Whether somebody denies what stands before, which is no word of theirs: "the town has fallen, *a claim the army denied*".

    Args:
        document: the parsed document.
        said: a statement that was read in it.
    """
    if said.cue is None or said.quoted or not said.content or said.content[-1][1] > said.cue[0]:
        return False
    return any(document.lemmas[i] in phrases().refuting for i in document.tokens_in(said.cue))


def denial_draft(said: Saying) -> Draft | None:
    """The attribution of a verb of denying that takes up the words before it, which are its content."""
    page, verb = said.page, said.verb
    if page.tokens[verb].lemma not in phrases().taking_sides or said.source is None or said.source > verb:
        return None
    content = _before_relative(page, verb, said.source) or _before_pronoun(page, verb)
    return said.draft(content, "object", told=(), until=verb) if content else None


def _before_relative(page: Page, verb: int, source: int) -> tuple[Span, ...]:
    """The clause before ", a charge" or ", which" of which a relative clause says that somebody denies it."""
    document = page.document
    if page.document.parts[verb + 1 : verb + 2] in (("NOUN",), ("PROPN",), ("DET",)):
        return ()
    taken = document.child(verb, "obj")
    if taken is not None and taken > verb:
        return ()
    first = next(w for w in document.subtree(source) if page.tokens[w].pos != "PUNCT")
    if first < 2:
        return ()
    relative = page.tokens[first - 1].lower in ("which", "that")
    opening = first - 1 if relative else first
    noun = page.tokens[opening - 1]
    if noun.lemma not in noun_cues():
        claims = (
            i for i in range(first, source) if page.tokens[i].lemma in noun_cues() and page.tokens[i + 1].pos in _NAMES
        )
        noun = page.tokens[next(claims, noun.i)]  # "a claim Kyiv and Bonn reject", read as one row
        if noun.i >= first:
            return _clause_before(page, first)
    if noun.pos == "NOUN" and noun.lemma in noun_cues():
        return _clause_before(page, next(w for w in document.subtree(noun.i) if page.tokens[w].pos != "PUNCT"))
    clausal = relative and is_dep(page.tokens[verb].dep, ("acl",)) and _of_clause(page, verb, source, opening)
    return _clause_before(page, opening) if clausal else ()


def _of_clause(page: Page, verb: int, source: int, opening: int) -> bool:
    """Whether "which" stands for the clause before it, as of what another tells: not "the charter, which he rejects"."""
    if page.tokens[verb].lemma not in phrases().of_clauses or page.tokens[opening - 1].text != ",":
        return False
    return page.tokens[source].pos != "PRON"


def _before_pronoun(page: Page, verb: int) -> tuple[Span, ...]:
    """What was said in the clause to which "but" joins a denial of "it"."""
    document, token = page.document, page.tokens[verb]
    taken = document.child(verb, "obj")
    if (
        taken is None
        or taken != verb + 1
        or page.tokens[taken].lower not in _CLAIMS
        or not is_dep(token.dep, ("conj",))
    ):
        return ()
    above = token.head
    clause = document.child(above, "ccomp")
    if clause is not None and above < clause < verb:
        words = [w for w in document.subtree(clause) if w < verb]
        span = trim(page, words[0], words[-1])
        return (span,) if span else ()
    comma = next((i for i in range(verb - 1, above, -1) if page.tokens[i].text == ","), None)
    return () if comma is None else _clause_before(page, comma + 1)


def _clause_before(page: Page, opening: int) -> tuple[Span, ...]:
    """The clause that a comma before some word ends; nothing where it has no finite verb."""
    first = page.document.sentence(opening).first
    if opening - 1 <= first or page.tokens[opening - 1].text not in _PARTING:
        return ()
    start = next((i + 1 for i in range(opening - 2, first, -1) if page.tokens[i].text == ";"), first)
    finite = any(page.tokens[i].tag in FINITE for i in range(start, opening - 1))
    start = _told(page, start, opening) or start
    span = trim(page, start, _before_speaker(page, start, opening - 2)) if finite else None
    return (span,) if span else ()


def _before_speaker(page: Page, start: int, end: int) -> int:
    """The last word of a clause, without who says it at its end: "*the army has left*, two sources said on Friday"."""
    comma = next((i for i in range(end, start, -1) if page.tokens[i].text == ","), None)
    if comma is None or not any(page.tokens[i].tag in FINITE for i in range(start, comma)):
        return end
    for i in range(comma + 1, end + 1):
        cue = verb_cue(page.tokens[i].lemma) if page.tokens[i].tag in ("VBD", "VBZ") else None
        if cue is not None and "quote" in cue.frames:
            more = any(page.tokens[w].tag in FINITE or w in page.opens for w in range(i + 1, end + 1))
            return end if more else comma - 1
    return end


def _told(page: Page, start: int, end: int) -> int | None:
    """Where what somebody says in a clause begins: "Mali accused *Chad of* …", "Mali says *Chad* …"."""
    for i in range(start, end):
        token = page.tokens[i]
        cue = verb_cue(token.lemma, token.lower) if token.tag in FINITE and token.pos == "VERB" else None
        if cue is None:
            continue
        clause = page.document.child(i, "ccomp")
        if clause is not None and i < clause < end:
            return page.document.subtree(clause)[0]
        if "quote" in cue.frames and "that" in page.document.words[i + 1 : end]:
            return page.document.words.index("that", i + 1, end)
        if "pair" in cue.frames:
            return i + 1
    return None
