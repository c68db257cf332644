"""Attributions by a verb: "X said that …", "…", said X, "X urged Y to …", "X is believed to …"."""

from __future__ import annotations

from readout.readers.statements.clauses import clause_draft, infinitive_draft
from readout.readers.statements.closing import closing_frame, quoted_frame
from readout.readers.statements.content import frame_of
from readout.readers.statements.denials import denial_draft
from readout.readers.statements.lexicon import VerbCue, cue_particles, phrases, verb_cue
from readout.readers.statements.objects import (
    about_draft,
    gerund_draft,
    name_draft,
    object_draft,
    pair_draft,
    request_draft,
)
from readout.readers.statements.openings import opening_draft
from readout.readers.statements.page import INTRODUCERS, Draft, Page, noun_kind
from readout.readers.statements.passives import passive_draft
from readout.readers.statements.saying import Saying, is_noun
from readout.readers.statements.sources import (
    find_source,
    noun_before,
    quoted_person,
    turned_frame,
)
from readout.readers.statements.speech import any_verb_draft, echo_draft, speech_draft
from readout.readers.statements.subjects import is_passive, noun_behind
from readout.readers.status.clause import negator

_NO_VERBS = frozenset({"case", "amod", "compound"})
_VERBAL = frozenset({"VBD", "VBZ", "VBP", "VBG", "VB", "VBN", "MD"})
_FRAMES = (
    echo_draft, speech_draft, clause_draft, infinitive_draft, request_draft, pair_draft, about_draft, name_draft,
    gerund_draft, denial_draft, object_draft,
)  # fmt: skip


def verb_draft(page: Page, verb: int) -> Draft | None:
    """The attribution that a verb makes, or None where it makes none."""
    token = page.tokens[verb]
    if token.pos not in ("VERB", "AUX") or token.tag not in _VERBAL:
        return None
    if token.dep in _NO_VERBS:
        return opening_draft(page, verb)
    found = _cue_of(page, verb)
    if found is None:
        return any_verb_draft(page, verb)
    cue, words = found
    if _answers_nothing(page, verb) or _calls_back(page, verb) or _stays_unnamed(page, verb):
        return None
    closing = closing_frame(page, verb)
    speaks = closing is not None and closing[1] == verb and token.tag == "VBD" and page.tokens[verb - 1].pos != "AUX"
    if (is_passive(page, verb) and not speaks) or _was_asked(page, verb):
        passive = Saying(page, verb, cue, words, None, (), (verb, verb))
        return echo_draft(passive) or passive_draft(passive)
    addressee: tuple[int, ...] = ()
    source: int | None
    turned = turned_frame(page, verb) if "quote" in cue.frames and not cue.addressee else None
    if turned is not None:
        source, frame = turned
    elif closing is not None and closing[1] == verb:
        close = any(page.tokens[i].lower == "close" for i in range(closing[0], verb))
        source = noun_behind(page, closing[0]) if close else noun_before(page, verb)
        frame = (closing[0], closing[2])
        addressee = _addressee(page, verb, cue, source)
    else:
        source = find_source(page, verb, speaks="quote" in cue.frames)
        addressee = _addressee(page, verb, cue, source)
        frame = frame_of(page, verb, source, addressee)
        if closing is not None and closing[1] == page.tokens[verb].head and quoted_person(page, verb) is not None:
            frame = (closing[0], closing[2])  # "…, the daily quoted Berg as *saying*"
        opening = (
            quoted_frame(page, verb) if page.tokens[verb].tag in ("VBD", "VBZ") or quoted_person(page, verb) else None
        )
        if opening is not None and opening < frame[0]:
            frame = (opening, frame[1])
    said = Saying(page, verb, cue, words, source, addressee, frame)
    for read in _FRAMES:
        draft = read(said)
        if draft is not None:
            return draft
    return None


def _answers_nothing(page: Page, verb: int) -> bool:
    """Whether it is told that somebody gave no answer: "did not *respond* to a request for comment"."""
    document = page.document
    if _keeps_back(page, verb):
        return True
    if page.tokens[verb].lemma not in phrases().answering or negator(document, verb) is None:
        return False
    return any(page.tokens[child].lemma in phrases().questions for child in document.children(verb, "obl", "obj"))


def _keeps_back(page: Page, verb: int) -> bool:
    """Whether somebody does not say, or not yet, what a question asks: "declined to *say* whether", "has yet to *say* who"."""
    token, document = page.tokens[verb], page.document
    if token.tag == "VB" and token.dep == "xcomp" and page.tokens[token.head].lemma in phrases().failing:
        return True
    above = page.tokens[token.head]
    either = token.dep == "conj" and token.tag == above.tag == "VB" and above.lemma in phrases().taking_sides
    if either and page.tokens[above.head].lemma in phrases().refusing:
        return True  # "refused to confirm or *deny* the raid"
    if token.tag != "VB" or page.tokens[verb - 1].lower != "to" or verb + 1 >= document.sentence(verb).last:
        return False
    if page.tokens[verb + 1].lower not in INTRODUCERS - {"that"}:
        return False
    before = page.tokens[verb - 2]
    return before.lower == "yet" or before.lemma in phrases().refusing


def _calls_back(page: Page, verb: int) -> bool:
    """Whether somebody is called back to where he came from, which is no word of anybody: "was *recalled* to Chad"."""
    document = page.document
    if page.tokens[verb].lemma not in phrases().recalling or document.children(verb, "ccomp"):
        return False
    whom = document.children(verb, "obj", "nsubj:pass")
    people = any(noun_kind(page, i) == "people" for i in whom) or (is_passive(page, verb) and bool(whom))
    near = [*document.children(verb, "obl", "nmod"), *(c for i in whom for c in document.children(i, "nmod"))]
    where = {document.preposition(c) for c in near if c > verb} | {
        document.words[c] for c in document.children(verb, "advmod")
    }
    return people and not where.isdisjoint(phrases().homes)


def _stays_unnamed(page: Page, verb: int) -> bool:
    """Whether a source asks to stay unnamed: "a diplomat who *asked* not to be named", "*requesting* anonymity"."""
    words = page.document.words[verb + 1 : verb + 5]
    if "anonymity" in words[:3] or (words[:2] == ("to", "be") and words[2:3] and words[2] in phrases().naming):
        return True
    return (
        words[1:3] == ("to", "be") and words[0] == "not" and words[3] in phrases().naming if len(words) > 3 else False
    )


def _was_asked(page: Page, verb: int) -> bool:
    """Whether a participle opens a sentence by what somebody was asked before he spoke: "*Asked* about the raid, he said"."""
    token, document = page.tokens[verb], page.document
    opens = verb == document.sentence(verb).first and token.tag in ("VBN", "VBD") and token.lower in phrases().asked
    return opens and document.child(verb, "nsubj", "aux") is None


def _cue_of(page: Page, verb: int) -> tuple[VerbCue, tuple[int, ...]] | None:
    """What the lexicon knows of a verb, and the words of it: "pointed out" before "pointed"."""
    token = page.tokens[verb]
    words = page.document.words
    particle = words[verb + 1] if verb + 1 < len(words) else ""
    if particle in cue_particles():
        cue = verb_cue(f"{token.lemma} {particle}", f"{token.lower} {particle}")
        if cue is not None:
            return cue, (verb, verb + 1)
    cue = verb_cue(token.lemma, token.lower)
    return None if cue is None else (cue, (verb,))


def _is_hearer(page: Page, i: int) -> bool:
    """Whether a bare plural right behind a verb of telling is who is told, and a clause follows: "told *reporters* Chile's …"."""
    if i + 1 >= page.document.sentence(i - 1).last or i in page.inside or i in page.opens:
        return False
    following = page.tokens[i + 1]
    opens = following.tag in ("NNP", "NNPS", "DT", "PRP", "PRP$", "EX") and following.lower not in ("both", "all")
    opens = opens or following.lower in ("in", "at", "by", "via", "that", "here")
    return page.tokens[i].tag == "NNS" and noun_kind(page, i) == "people" and opens and not page.is_time(i + 1)


def _addressee(page: Page, verb: int, cue: VerbCue, source: int | None) -> tuple[int, ...]:
    """Who is told: the object of a verb of telling, or the "to" phrase of a verb of saying."""
    found: list[int] = []
    document = page.document
    if cue.addressee and _is_hearer(page, verb + 1):
        return (verb + 1,)
    if cue.addressee:
        for child in document.children(verb, "obj", "iobj"):
            if child > verb and child != source and is_noun(page, child) and child not in page.inside:
                found.append(child)
                break
    if not found and "quote" in cue.frames:
        found = [
            child
            for child in document.children(verb, "obl", "nmod")
            if document.preposition(child) == "to" and child not in page.inside and is_noun(page, child)
        ]
    if not found:
        return ()
    return tuple([word for word in document.conjuncts(found[0]) if is_noun(page, word)])
