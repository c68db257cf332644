"""Reads statements: drafts from verbs, nouns and quotations, and then whose they are, how and when they were made.

The approach is that of rule-based quotation attribution over dependency trees (Pareti 2015, "Attribution: a
computational approach"): cue, source and content are found apart and joined by the tree, with punctuation and
quotation marks trusted before the tree where the two differ.
"""

from __future__ import annotations

import dataclasses
import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import compress, count

from readout.language.document import Document
from readout.readers.findings import Findings
from readout.readers.statements.lexicon import noun_cues, phrases, verb_cue
from readout.readers.statements.loose import loose_drafts, prolong
from readout.readers.statements.nominals import according_draft, adjective_draft, hearsay_draft, noun_draft, view_draft
from readout.readers.statements.page import Draft, Page, lay_out
from readout.readers.statements.setting import channel_of, time_of
from readout.readers.statements.sourcing import described, sourcing_of
from readout.readers.statements.speakers import Speakers
from readout.readers.statements.transcripts import headline_drafts, transcript_drafts
from readout.readers.statements.verbs import verb_draft
from readout.readers.stretches import Holders, Stretches
from readout.types import Span, Statement, StatementKind

_READ = (verb_draft, according_draft, noun_draft, adjective_draft, view_draft, hearsay_draft)
_VERBS, _NOMINAL = frozenset({"VERB", "AUX"}), frozenset({"NOUN", "ADJ"})
_Reader = Callable[[Page, int], Draft | None]
_Readers = dict[str, tuple[_Reader, ...]]
#: What a word of some part of speech can be the cue of: one that phrases.yaml lists as an adjective, and any other.
_OF_OTHERS: _Readers = {"VERB": (verb_draft,), "AUX": (verb_draft,), "NOUN": (noun_draft, view_draft)}
_OF_ADJECTIVES: _Readers = {**_OF_OTHERS, "VERB": (verb_draft, adjective_draft), "ADJ": (adjective_draft,)}


def read_statements(document: Document, found: Findings) -> Findings:
    """Reads who says, writes, believes or wants what.

    Args:
        document: the parsed document.
        found: times and actors read before; pronouns are followed where the actors reader has resolved them.

    Returns:
        The findings with `statements` in text order, and with actors added at the end of `actors` for speakers whom
        the actors reader had no reason to name.
    """
    page = lay_out(document, found)
    led = transcript_drafts(page) or headline_drafts(page, found.actors)
    drafts = _settle(page, [*led, *_all_drafts(page)])
    drafts = prolong(page, drafts)
    drafts = sorted((*drafts, *loose_drafts(page, drafts)), key=lambda draft: (draft.content[0], draft.word))
    speakers = Speakers(page, found.actors, drafts)
    channels = _channels(page, drafts)
    statements = tuple([_statement(page, draft, speakers, by) for draft, by in zip(drafts, channels, strict=True)])
    return dataclasses.replace(found, statements=statements, actors=speakers.actors())


@cache
def _special() -> frozenset[str]:
    """Words that are cues whatever the tagger takes them for."""
    return phrases().hearsay | {"according"}


@cache
def _other_cues() -> frozenset[str]:
    """The nouns and adjectives that may be a cue."""
    return frozenset(noun_cues()).union(phrases().views, phrases().certain)


def _all_drafts(page: Page) -> list[Draft]:
    """What each word of the document makes of itself; the first reading of a word counts.

    Words inside quotation marks make nothing: what they say is said by whoever is quoted.
    """
    drafts = []
    document, inside = page.document, page.inside
    words, parts = document.words, document.parts
    special, adjectives = _special() & document.vocabulary, phrases().certain
    named, lemmas = _other_cues() & document.vocabulary, document.lemmas
    likely = {i for i in document.of_parts(_NOMINAL) if lemmas[i] in named or words[i] in named} if named else set()
    if special:
        likely.update(compress(count(), map(special.__contains__, words)))
    for i in sorted(likely.union(document.of_parts(_VERBS))):
        if i in inside:
            continue
        readers: tuple[_Reader, ...]
        if words[i] in special:
            readers = _READ
        elif words[i] in adjectives:
            readers = _OF_ADJECTIVES.get(parts[i], ())
        else:
            readers = _OF_OTHERS.get(parts[i], ())
        for read in readers:
            draft = read(page, i)
            if draft is not None:
                drafts.append(draft)
                break
    return drafts


def _settle(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Leaves out views inside what others say, everything inside quotations but words, and doubles of one content."""
    kept: list[Draft] = []
    spoken = [draft for draft in drafts if draft.strength == "word" and draft.word not in page.inside]
    said = Counter([span for draft in spoken for span in draft.content])
    around = Stretches(said.elements())
    seen: set[tuple[Span, ...]] = set()
    for draft in drafts:
        at, (start, end) = page.tokens[draft.word].start, span_of(draft)
        if draft.word in page.inside:
            continue
        own = said[start, end] if start <= at < end else 0
        nested = around.count_at(at) > own
        if nested and not _speaks(page, draft) and not _is_object(page, draft):
            continue
        answers = page.tokens[draft.word].lemma in phrases().taking_sides
        key = (*draft.content, (draft.word, draft.word)) if answers else draft.content
        if key in seen:
            continue
        seen.add(key)
        kept.append(draft)
    return kept


def _speaks(page: Page, draft: Draft) -> bool:
    """Whether an attribution inside another one is speech of its own: a finite verb of saying with a clause."""
    token = page.tokens[draft.word]
    if draft.strength == "view" or token.tag == "VB":
        return False
    if token.pos != "VERB":
        return True
    if _quoted(page, draft) and token.tag in ("VBD", "VBN", "VBZ"):
        return True
    cue = verb_cue(token.lemma, token.lower)
    words = [page.tokens[i] for span in draft.content for i in page.document.tokens_in(span)]
    finite = any(word.tag in ("VBD", "VBZ", "VBP", "MD") for word in words)
    return cue is not None and "quote" in cue.frames and finite


def _is_object(page: Page, draft: Draft) -> bool:
    """Whether a noun with a content is itself what a verb takes up: "rejected the claim that …"."""
    token = page.tokens[draft.word]
    above = page.tokens[token.head]
    return token.pos == "NOUN" and token.dep in ("obj", "nsubj:pass") and above.lemma in phrases().takes_up


def span_of(draft: Draft) -> Span:
    """From the first to the last code point of a content."""
    return draft.content[0][0], draft.content[-1][1]


def _channels(page: Page, drafts: list[Draft]) -> list[str | None]:
    """Each attribution's own channel, or that of the document which it is known from ("according to a read out")."""
    found = [channel_of(page, draft) for draft in drafts]
    according = [n for n, draft in enumerate(drafts) if page.document.words[draft.word] == "according"]
    telling = [(n, span) for n in according if drafts[n].source is not None for span in drafts[n].content]
    if not telling:
        return found  # as mostly
    own, holders = [*found], Holders([span for _, span in telling])
    for n, draft in enumerate(drafts):
        if own[n] is None and draft.cue is not None:
            outer = holders.around((draft.cue[0], draft.cue[0] + 1))
            found[n] = own[telling[outer[0]][0]] if outer else None
    return found


def _statement(page: Page, draft: Draft, speakers: Speakers, channel: str | None) -> Statement:
    speaker, speaker_span = speakers.of(draft, channel)
    sourcing = sourcing_of(page, draft, None if speaker is None else speakers.actor(speaker))
    if sourcing == "anonymous" and speaker_span is not None:
        whole = described(page, draft, speaker_span)
        if speaker is not None and whole != speaker_span:
            speakers.describe(speaker, whole)
        speaker_span = whole
    quoted = _quoted(page, draft)
    return Statement(
        id=_identity(page, draft),
        speaker=speaker,
        speaker_span=speaker_span,
        addressees=speakers.addressees(draft),
        kind=_kind(page, draft, quoted),
        content=draft.content,
        quoted=quoted,
        cue=draft.cue,
        channel=channel,
        time=time_of(page, draft),
        sourcing=sourcing,
    )


def _identity(page: Page, draft: Draft) -> str:
    """A stable id: the same words at the same place of the same text give the same one."""
    spans = ",".join([f"{start}-{end}" for start, end in draft.content])
    words = "\0".join([page.document.slice(span) for span in draft.content])
    return hashlib.sha256(f"{draft.cue}\0{spans}\0{words}".encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _quoted(page: Page, draft: Draft) -> tuple[Span, ...]:
    """The stretches inside quotation marks that lie within a content, without their marks."""
    if not page.quotations:
        return ()
    found = []
    for start, end in draft.content:
        for n in range(bisect_right(page.quotation_ends, start), len(page.quotations)):
            first, last = page.quotations[n].inner
            if first >= end:
                break
            found.append((max(first, start), min(last, end)))
    return tuple(found)


def _kind(page: Page, draft: Draft, quoted: tuple[Span, ...]) -> StatementKind:
    """Direct where nothing but quoted words is said, mixed where some is, else indirect."""
    if not quoted:
        return "indirect"
    for start, end in draft.content:
        for i in page.document.tokens_in((start, end)):
            if i not in page.inside and page.tokens[i].pos != "PUNCT" and i not in page.opens and i not in page.closes:
                return "mixed"
    return "direct"
