"""Clauses and quotations behind a verb: "said that …", "said: …", "vowed to …"."""

from __future__ import annotations

from readout.language.document import is_dep
from readout.readers.statements.closing import closing_frame
from readout.readers.statements.content import clause_start, content_after
from readout.readers.statements.lexicon import noun_cues, phrases
from readout.readers.statements.page import FINITE, INTRODUCERS, VERBAL, Draft, Page, trim
from readout.readers.statements.saying import Saying
from readout.types import Span

#: A rest of a sentence in which a verb may hide has so many words.
_SHORTEST_REST = 5
_OPENINGS = ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM", "ADV")
#: What the words for who is told are made of, and how many they are at most.
_HEARERS, _LONGEST_HEARER = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM"}), 12
_THROUGH = frozenset({"in", "at", "by", "during", "via", "on"})
_CLAUSES = ("ccomp", "xcomp", "parataxis", "advcl", "conj", "dep", "obj", "csubj", "acl")


def clause_draft(said: Saying) -> Draft | None:
    """A clause or a quotation behind the verb."""
    page, frames = said.page, said.cue.frames
    kind = next((kind for kind in ("clause", "that", "quote") if kind in frames), None)
    if kind is None:
        return None
    start = clause_start(page, said.verb, said.frame)
    if start >= said.last:
        return _colon(said)
    closing = closing_frame(page, said.verb)
    if closing is not None and closing[1] != said.verb and start >= closing[0]:
        return None  # "China informs Russia daily, *the minister said*"
    start = _behind_quoting(page, start, said.last)
    if said.cue.addressee or page.tokens[start].tag == "VBG":  # "reported, *quoting witnesses*, that …"
        start = _behind_addressee(page, start, said.last)
    start = _marked(said, start)
    quoted = start in page.opens and "quote" in frames and _whole_quotation(page, start)
    if not quoted and (kind == "quote" or not opens_clause(said, start)):
        return _rest(said, start)
    whole = page.tokens[start - 1].text == ":"
    content = content_after(page, said.verb, start, whole=whole)
    if not quoted and content and not _is_clause(page, content[0]):
        content = content_after(page, said.verb, start, whole=True) if _goes_on(said, start) else ()
    return said.draft(content, kind) if content and (quoted or _is_clause(page, content[0])) else None


def _rest(said: Saying, start: int) -> Draft | None:
    """What follows "say" to the end of its sentence, where the tagger found no verb in it: "said the plan favors the rich"."""
    page = said.page
    verb = page.tokens[said.verb]
    words = range(start, said.last - 1)
    if verb.lemma != "say" or verb.tag not in ("VBD", "VBZ", "VBP") or said.source is None or said.source > said.verb:
        return None
    plain = not page.is_time(start) and page.tokens[start].pos in _OPENINGS and start not in page.opens
    turned = page.tokens[said.verb - 1].text == "," or said.verb - 1 in page.closes
    plain = plain and not turned and page.tokens[start].lower not in ("this", "that", "it", "these", "those")
    sayings = phrases().sayings.isdisjoint(page.document.lemmas[start : start + 4])
    verbal = any(page.tokens[i].tag in ("NNS", "VB", "VBN") and i > start + 1 for i in words)
    if len(words) < _SHORTEST_REST or not plain or not sayings or not verbal or said.verb + 1 != start:
        return None
    content = content_after(page, said.verb, start, whole=True)
    return said.draft(content, "clause") if content else None


def _goes_on(said: Saying, start: int) -> bool:
    """Whether a clause that the tree broke off within its subject goes on: a finite verb before the next comma."""
    for i in range(start, said.last):
        if said.page.tokens[i].tag in FINITE:
            return True
        if said.page.tokens[i].text == ",":
            return False
    return False


def _is_clause(page: Page, span: Span) -> bool:
    """Whether a content has a finite verb and something besides."""
    words = page.document.tokens_in(span)
    return len(words) > 1 and not VERBAL.isdisjoint(page.document.tags[words.start : words.stop])


def _marked(said: Saying, start: int) -> int:
    """The "that" of the verb's own clause, where words without a finite verb stand before it: "told the crowd that …"."""
    page = said.page
    if page.tokens[start].lower in INTRODUCERS:
        return start
    behind = _that_behind_hearer(said, start) if said.cue.addressee else None
    if behind is not None:
        return behind
    for child in said.children("ccomp", "advcl"):
        mark = page.document.child(child, "mark")
        if mark is None or mark <= start or page.tokens[mark].lower != "that":
            continue
        if page.tokens[mark - 1].lemma in noun_cues():
            continue  # "rejected the claim that …", whatever the tree makes of it
        between = range(start, mark)
        if not any(page.tokens[i].tag in FINITE and i not in page.inside for i in between) and mark not in page.inside:
            return mark
    return start


def _behind_quoting(page: Page, start: int, last: int) -> int:
    """The word behind an aside that says whom somebody quotes: "said, *quoting officials*, the road was open"."""
    if page.tokens[start - 1].text != "," or page.tokens[start].lower not in ("quoting", "citing"):
        return start
    for i in range(start + 1, min(start + _LONGEST_HEARER, last - 1)):
        if page.tokens[i].tag in FINITE or i in page.inside:
            break
        if page.tokens[i].text == ",":
            return i + 1
    return start


def _that_behind_hearer(said: Saying, start: int) -> int | None:
    """The "that" behind the words for who is told, where the tree makes it relative: "told Nova television *that Berg had left*"."""
    page = said.page
    for i in range(start, min(start + _LONGEST_HEARER, said.last - 2)):
        token = page.tokens[i]
        if token.lower == "that" and i > start and token.dep != "det":
            return None if page.tokens[i + 1].tag in FINITE or i in page.inside else i
        through = token.lower in _THROUGH or (
            token.tag == "VBN" and i > start
        )  # "told members *in a letter sent on Monday* that"
        if token.pos not in _HEARERS and not page.is_time(i) and not through:
            return None
    return None


def _behind_addressee(page: Page, start: int, last: int) -> int:
    """Where the content begins behind words about the addressee: "told X, the envoy to Y, that …", "told a crowd: …"."""
    for i in range(start, last - 1):
        if page.tokens[i].tag in FINITE or page.tokens[i].text == "," or i in page.inside:
            break
        if page.tokens[i].text == ":" and i + 1 in page.opens:
            return i + 1
    if page.tokens[start - 1].text != ",":
        return start
    for i in range(start, last - 1):
        if page.tokens[i].tag in FINITE or i in page.inside:
            return start
        if page.tokens[i].text == "," and page.tokens[i + 1].lower == "that":
            return i + 1
    return start


def _whole_quotation(page: Page, start: int) -> bool:
    """Whether a quotation is a sentence of its own, or is led in by a comma or a colon."""
    words = page.quotation_words(page.opens[start])
    if page.tokens[start - 1].text in (",", ":") or any(page.tokens[i].tag in FINITE for i in words):
        return True
    first, last = page.tokens[words[0] + 1], page.tokens[words[-1] - 1]
    return first.text[:1].isupper() and last.text in (".", "!", "?")  # 'saying "Forget him."'


def _colon(said: Saying) -> Draft | None:
    """A frame that ends its sentence with a colon: what follows is its content."""
    page, at = said.page, said.last
    if page.tokens[at - 1].text != ":" or at >= len(page.document.tokens):
        return None
    if at in page.opens:
        span = trim(page, at, page.quotation_words(page.opens[at])[-1])
    else:
        span = trim(page, at, page.document.sentences[page.tokens[at].sentence].last - 1)
    return said.draft((span,), "quote") if span else None


def opens_clause(said: Saying, start: int) -> bool:
    """Whether a finite clause begins at `start`."""
    page = said.page
    at = start + 1 if start in page.opens else start
    if at >= said.last:
        return False
    token = page.tokens[at]
    following = page.tokens[min(at + 1, len(page.document.tokens) - 1)]
    if token.lower == "if" and "about" in said.cue.frames and start > said.verb + 2 and not said.addressee:
        return False  # "warned of famine if the road stayed closed"
    if token.lower in ("whether", "if") or (token.tag in FINITE and _of_relative(said, at)):
        return True
    if token.lower == "that" and following.tag not in FINITE and token.dep != "det":
        return True
    relative = token.lower in ("who", "which", "whom", "whose") and page.tokens[at - 1].text == ","
    if token.lower in INTRODUCERS and not relative and at + 1 < said.last and following.lower != "to":
        return any(child >= at for child in said.children(*_CLAUSES))
    if "clause" not in said.cue.frames:
        return False
    if any(_begins(said, child, at) for child in said.children("ccomp", "xcomp", "parataxis", "dep", "obj")):
        return True
    if page.tokens[said.verb].lemma in ("say", "add"):
        return _looks_like_clause(said, at)
    return said.cue.addressee and bool(said.addressee) and _looks_like_clause(said, at, told=True)


def _of_relative(said: Saying, at: int) -> bool:
    """Whether a verb right behind the cue is that of a relative clause: "the end of it, which he said showed …"."""
    if said.source is None or at != said.verb + 1 or said.source > said.verb:
        return False
    first = min(said.page.document.subtree(said.source))
    return any(said.page.tokens[max(i, 0)].lower in ("which", "who", "that", "what") for i in (first - 1, first))


def _begins(said: Saying, child: int, at: int) -> bool:
    """Whether a dependent is a finite clause that begins at a word."""
    page, document = said.page, said.page.document
    token = page.tokens[child]
    if child < at or token.pos == "PUNCT" or not page.is_clause(child):
        return False
    if is_dep(token.dep, ("obj",)) and token.pos in ("NOUN", "PROPN", "PRON"):
        return False
    finite = token.tag in FINITE or document.child(child, "nsubj", "expl", "csubj") is not None
    return finite and min(document.subtree(child)) <= at + 2


def _looks_like_clause(said: Saying, at: int, *, told: bool = False) -> bool:
    """Whether a noun phrase and then a finite verb stand at `at`, whatever the tree makes of them.

    Behind who is `told`, no clause of its own may stand between: "told reporters the news *when he came*".
    """
    page = said.page
    opening = page.tokens[at]
    if page.is_time(at) or not (opening.pos in _OPENINGS or opening.tag == "VBG" or opening.dep == "cc:preconj"):
        return False
    for i in range(at, said.last):
        if page.tokens[i].tag in FINITE:
            return i > at
        marks = page.tokens[i].dep == "mark" and page.tokens[i].lower != "to"
        if told and (marks or page.tokens[i].tag in ("WDT", "WP", "WRB", "WP$")):
            return False
        ends = i in page.closes and i + 1 < said.last and page.tokens[i + 1].text in (",", ".")
        if page.tokens[i].text in (".", ";", ":", "—", "–", "--") or ends:
            return False
    return False


def infinitive_draft(said: Saying) -> Draft | None:
    """ "to" and a verb: "vowed to fight"."""
    page, start = said.page, said.frame[1] + 1
    if "infinitive" not in said.cue.frames or start + 1 >= said.last:
        return None
    at = start + 1 if start in page.opens else start
    if page.tokens[at].lower == "not":
        at += 1
    if at + 1 >= said.last or page.tokens[at].lower != "to" or page.tokens[at + 1].tag not in ("VB", "RB"):
        return None
    return said.draft(said.behind(start), "infinitive")
