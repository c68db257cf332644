"""Words that stand before their verb, or are cut in two by it: "…," the minister said, "…"."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left

from readout.language.document import is_dep
from readout.readers.statements.clauses import opens_clause
from readout.readers.statements.closing import closing_frame
from readout.readers.statements.content import clause_start, content_after, content_before, frame_of
from readout.readers.statements.cutting import is_answered
from readout.readers.statements.lexicon import phrases, verb_cue
from readout.readers.statements.page import COMMAS, FINITE, INTRODUCERS, Draft, Page, trim
from readout.readers.statements.saying import Saying
from readout.readers.statements.setting import channel_named
from readout.readers.statements.sources import quoted_person, turned_frame
from readout.readers.statements.subjects import agent, subject
from readout.types import Span

_DASHES = ("—", "–", "--", "-")
_QUOTES = frozenset({"'", "’", '"', "”", "''"})
_LONGEST_SPLIT = 12
_NEAR = 5
_STARTS_ANEW = frozenset(
    {"according", "adding", "and", "but", "while", "as", "after", "when", "who", "which", "though", "although", "whereas"}
)  # fmt: skip


def speech_draft(said: Saying) -> Draft | None:
    """A content before the verb, and what follows of it behind the frame."""
    page, verb, frame = said.page, said.verb, said.frame
    mark = page.document.child(verb, "mark")
    finite = page.tokens[verb].tag in FINITE
    if finite and mark is not None and page.document.words[mark] == "as" and _has_own(page, verb):
        return None
    closing = closing_frame(page, verb)
    closes = closing is not None and (closing[1] == verb or closing[0] == frame[0])
    turned = None if said.cue.addressee else turned_frame(page, verb)
    closes = closes or _behind_speech(said) or (turned is not None and turned[1] == frame)
    if "quote" not in said.cue.frames or not (closes or _stands_behind(page, verb, frame)):
        return None
    if page.tokens[frame[0]].tag in ("WP", "WDT", "WP$") and frame[0] - 1 not in page.closes:
        return None  # "Berg, *whose party has ruled* since May, said"
    before = content_before(page, verb, frame)
    before = _without_speaker(said, before)
    if said.cue.addressee and _sets_time(page, before, frame[1] + 1):
        return None
    saying = _as_saying(page, verb)
    if saying is not None and before:
        return said.draft((*before, page.document.span(verb + 1, saying)), "pair")
    return said.draft(before + _resumes(page, verb, frame), "quote") if before else None


def _without_speaker(said: Saying, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """A content up to who says it, where it was read past that: "Jets hit Bor, *Ola Berg, head of the agency*, told the paper".

    Nothing where nothing is told before: "the bloc, which Mali left in May, did not comment".
    """
    page, source = said.page, said.source
    if source is None or not content or not content[-1][0] <= page.tokens[source].start < content[-1][1]:
        return content
    first = page.document.tokens_in(content[-1])[0]
    commas = (w + 1 for w in range(source - 1, first, -1) if page.tokens[w].text == ",")
    phrase = (w for w in page.document.subtree(source) if w >= first and page.tokens[w].pos != "PUNCT")
    opens = next(commas, None) or next(phrase, source)
    told = opens > first and any(page.tokens[i].tag in FINITE for i in range(first, opens))
    if not told or page.tokens[opens - 1].tag in FINITE:
        return content[:-1]
    span = trim(page, first, opens - 1)
    return (*content[:-1], span) if span else content[:-1]


def _sets_time(page: Page, content: tuple[Span, ...], behind: int) -> bool:
    """Whether before a frame, and no comma behind it, a clause only tells when: "*After the truce ended*, Chad told Mali of it"."""
    if len(content) != 1 or page.tokens[min(behind, len(page.tokens) - 1)].text in COMMAS:
        return False  # "*If it fails*, Berg said, there is another way"
    words = page.document.tokens_in(content[0])
    first = words.start
    if page.tokens[first].dep != "mark" or page.tokens[first].lower not in phrases().conditions or first in page.opens:
        return False
    subjects = sum(is_dep(page.tokens[i].dep, ("nsubj",)) for i in words)
    return subjects < 2 and not any(page.tokens[i].text in COMMAS or i in page.inside for i in words)


def _behind_speech(said: Saying) -> bool:
    """Whether a frame stands right behind quoted speech: "…," the mayor told the council as it met.

    Speech opens its sentence, or is led in by a mark and has a verb of its own, and it ends inside its closing mark: in
    a comma, and what follows cannot be anything but who spoke, or in another mark, and no clause follows the verb.
    """
    page, verb, first = said.page, said.verb, said.frame[0]
    if page.tokens[verb].tag not in ("VBD", "VBZ", "VBP") or first - 1 not in page.closes:
        return False
    if any(page.tokens[i].tag in (*FINITE, "VBG") for i in range(first, verb)):
        return False
    words = page.quotation_words(page.closes[first - 1])
    end = first - 2
    while end > words[0] and page.tokens[end].text in _QUOTES:
        end -= 1
    mark = page.tokens[end].text
    if end < words[0] + 2 or mark not in (",", "?", "!", *_DASHES) or not _is_speech(page, words):
        return False
    start = clause_start(page, verb, said.frame)
    return mark == "," or start >= said.last or not opens_clause(said, start)


def _is_speech(page: Page, words: range) -> bool:
    """Whether a quotation is no title inside a phrase, by what stands before it."""
    before = words[0] - 1
    if words[0] == page.document.sentence(words[0]).first or before in page.closes or page.tokens[before].text in ".?!":
        return True
    led = page.tokens[before].text in (",", ":", *_DASHES)
    return led and any(page.tokens[i].tag in FINITE for i in words)


def _as_saying(page: Page, verb: int) -> int | None:
    """The "saying" of "quoted X as saying"."""
    for child in page.document.children(verb, "advcl", "xcomp", "acl"):
        if child > verb + 1 and quoted_person(page, child) is not None:
            return child
    return None


def echo_draft(said: Saying) -> Draft | None:
    """What an "as" clause is said of: "As the agency reported, …", "…, as first reported by the agency"."""
    page, verb = said.page, said.verb
    mark = page.document.child(verb, "mark", "advmod", "case")
    if mark is None or page.tokens[mark].lower != "as" or "quote" not in said.cue.frames or mark > verb:
        return None
    source = agent(page, verb) if page.tokens[verb].tag == "VBN" else None
    last = max(verb, *page.document.subtree(source)) if source is not None else said.frame[1]
    source = said.source if source is None else source
    sentence = page.document.sentence(verb)
    behind = last + 1
    if source is None or behind >= sentence.last or page.tokens[verb].tag not in ("VBD", "VBZ", "VBP", "VBN"):
        return None
    said = dataclasses.replace(said, source=source, frame=(mark, last))
    opens = all(page.tokens[i].pos in ("CCONJ", "ADV", "PUNCT") for i in range(sentence.first, mark))
    if opens and page.tokens[behind].text == ",":
        content = trim(page, behind + 1, sentence.last - 1)
        return said.draft((content,), "quote") if content else None
    if not opens and _has_own(page, verb):
        return None  # "…, as groups *warned of a surge*": that is what they say
    if not opens and page.tokens[mark - 1].text == "," and page.tokens[behind].text in (".", ",", ";"):
        return said.draft(content_before(page, verb, said.frame), "quote")
    return None


def _has_own(page: Page, verb: int) -> bool:
    """Whether a verb of saying has what is said behind it: an object, a clause, or a phrase with "of" or "about"."""
    if any(child > verb and not page.is_time(child) for child in page.document.children(verb, "obj", "ccomp", "xcomp")):
        return True
    return any(
        page.document.preposition(o) in ("of", "about", "against")
        for o in page.document.children(verb, "obl")
        if o > verb
    )


def any_verb_draft(page: Page, verb: int) -> Draft | None:
    """A whole quotation with a subject and a verb right behind it, whatever the verb: "…," the mayor ventured."""
    if not page.closes or page.tokens[verb].tag not in ("VBD", "VBZ"):
        return None
    marks = bisect_left(page.closing_marks, verb)
    if not marks or page.closing_marks[marks - 1] < page.document.sentence(verb).first - 1:
        return None  # no quotation ends before it in its sentence
    source = subject(page, verb)
    if source is None or source in page.inside or verb in page.inside:
        return None
    frame = frame_of(page, verb, source, ())
    closing = frame[0] - 1
    if source > verb or frame[1] != verb or closing not in page.closes:
        return None
    behind = page.tokens[verb + 1].text if verb + 1 < len(page.document.tokens) else "."
    if page.tokens[closing - 1].text not in (",", "?", "!") or behind not in (".", ","):
        return None
    if len(page.quotation_words(page.closes[closing])) < 6:
        return None
    content = content_before(page, verb, frame)
    return Draft(verb, page.document.span(verb), source, content, "word", (), frame) if content else None


def _stands_behind(page: Page, verb: int, frame: tuple[int, int]) -> bool:
    """Whether the frame comes after its content: a comma or a closing mark before it, and no clause behind it."""
    first, last = frame
    sentence = page.document.sentence(verb)
    quoted = first - 1 in page.closes
    if page.tokens[verb].tag == "VBG" and page.document.child(verb, "nsubj") is not None:
        return False  # "…, with officials stressing the risks"
    if quoted and _names_only(page, sentence.first, first - 1):
        return False
    if not quoted and _behind_cue(page, sentence.first, first):
        return False
    if first - 1 < sentence.first and not (quoted and page.tokens[first - 2].text in (",", "?", "!", "—")):
        return False
    before = page.tokens[first - 1]
    if not quoted and before.text not in (",", *_DASHES, "?", "!", "..."):
        return False
    if quoted and page.quotation_words(page.closes[first - 1])[0] >= sentence.first:
        length = page.quotations[page.closes[first - 1]]
        if length.inner[1] - length.inner[0] < 12 and not _ends_clause(page, first - 1):
            return False
    follows = last + 1
    if follows >= sentence.last:
        return True
    if page.tokens[follows].lower in INTRODUCERS or follows in page.opens:
        return False
    return _ends_there(page, verb, frame, sentence.last, quoted=quoted)


def _behind_cue(page: Page, start: int, first: int) -> bool:
    """Whether another verb of saying leads to the words that begin at `first`: "*insists*, however, it will not agree"."""
    at = first - 1
    while at > start and (page.tokens[at].text == "," or page.tokens[at].lower in phrases().connecting):
        at -= 1
    token = page.tokens[at]
    if at == first - 1 or token.pos != "VERB" or token.tag not in FINITE:
        return False
    cue = verb_cue(token.lemma, token.lower)
    return cue is not None and "quote" in cue.frames


def _names_only(page: Page, start: int, closing: int) -> bool:
    """Whether a quotation is a name or a motto inside a phrase: "Under the slogan “Bread now,” the party promises"."""
    opening = page.quotation_words(page.closes[closing])[0]
    if opening - start < 2 or page.tokens[opening - 1].text in (",", ":", "—", "–", "--"):
        return False
    return not any(page.tokens[i].tag in FINITE for i in range(start, closing))


def _ends_there(page: Page, verb: int, frame: tuple[int, int], last: int, *, quoted: bool) -> bool:
    """Whether a mark behind the frame ends it, or a clause of its own stands before it."""
    follows = frame[1] + 1
    if page.tokens[follows].text in (".", ",", ";", *_DASHES, "?", "!", ":", ")"):
        if page.tokens[follows].text == ":" or (follows + 1 < last and not quoted and follows + 1 in page.opens):
            return False
        if quoted or _parenthetical(page, verb, frame) or _splits(page, verb, frame, last):
            return True
        if page.tokens[follows].text == "," and _ends_partly_quoted(page, frame, last):
            return True
        return page.tokens[follows].text == "," and _leads_out(page, frame, last)
    return quoted and _parenthetical(page, verb, frame)


def _ends_partly_quoted(page: Page, frame: tuple[int, int], last: int) -> bool:
    """Whether words that open quoted and end unquoted stand before a frame, and a participle behind it.

    "“A growing number of farmers, a whole people” is for it, *he said, opening* a fair".
    """
    first = page.document.sentence(frame[0]).first
    if first not in page.opens or frame[1] + 2 >= last or page.tokens[frame[0] - 1].text != ",":
        return False
    return page.tokens[frame[1] + 2].tag == "VBG"


def _leads_out(page: Page, frame: tuple[int, int], last: int) -> bool:
    """Whether what is said stands before the frame whatever the tree makes of it: "Jets struck, the army said, *as talks went on*".

    A comma stands on either side of the frame, a finite verb before it, and behind it the reporter tells when it was.
    """
    first = page.document.sentence(frame[0]).first
    behind = frame[1] + 2
    answered = behind < last and is_answered(page, behind)  # "…, two sources said, *a claim the army denied*"
    opens = page.tokens[first].lower not in phrases().conditions
    beside = opens and behind < last and page.tokens[behind].tag == "VBG"  # "…, the ministry said, *revising* its toll"
    beside = beside and not is_dep(page.tokens[behind].dep, ("csubj", "nsubj"))
    if page.tokens[frame[0] - 1].text != "," or not (answered or beside or _sets_scene(page, behind, last)):
        return False
    if any(page.tokens[i].text == "," and page.tokens[i + 1].lower == "that" for i in range(frame[1] + 2, last - 1)):
        return False  # "police said, after a search, that they had found nothing"
    return any(page.tokens[i].tag in FINITE and i not in page.inside for i in range(first, frame[0]))


def _sets_scene(page: Page, at: int, last: int) -> bool:
    """Whether words tell when something was, and open no content: "as …", "hours after …", "a day before …"."""
    return at < last and (page.tokens[at].lower in phrases().setting or _measures(page, at, last))


def _measures(page: Page, at: int, last: int) -> bool:
    """Whether words tell by how much something was before or after: "hours after …", "a day before …"."""
    known = phrases()
    for i in range(at, min(at + _NEAR, last - 1)):
        token = page.tokens[i]
        if token.lemma in known.spans:
            return page.tokens[i + 1].lower in known.before_after
        if token.pos not in ("NUM", "DET", "ADV", "ADP", "ADJ"):
            return False
    return False


def _ends_clause(page: Page, closing: int) -> bool:
    """Whether a quotation ends as a sentence does, inside its marks or behind them."""
    near = [page.tokens[i].text for i in (closing - 1, closing + 1) if 0 <= i < len(page.document.tokens)]
    return any(text in (",", "?", "!", ".", "—") for text in near)


def _parenthetical(page: Page, verb: int, frame: tuple[int, int]) -> bool:
    """Whether a clause of its own stands before the frame, so that the frame is said of it."""
    sentence = page.document.sentence(verb)
    if not any(page.tokens[i].tag in FINITE for i in range(sentence.first, frame[0])):
        return False
    token = page.tokens[verb]
    echoes = page.tokens[frame[0]].lower == "as"
    if is_dep(token.dep, ("conj", "advcl", "acl")) and token.head < frame[0] and not echoes:
        return False
    if page.tokens[frame[1] + 1].text == ";":
        return True  # what follows is a clause of its own, wherever it hangs
    own = any(c > frame[1] and page.is_clause(c) for c in page.document.children(verb, "ccomp", "parataxis"))
    return not own or token.dep == "parataxis"


def _splits(page: Page, verb: int, frame: tuple[int, int], last: int) -> bool:
    """Whether a frame between commas cuts a clause in two: "The plan, an aide said, is to wait", "By noon, he said, it …"."""
    first = page.document.sentence(frame[0]).first
    behind = frame[1] + 2
    if page.tokens[frame[1] + 1].text != "," or behind >= last or frame[1] - frame[0] > _LONGEST_SPLIT:
        return False
    if "VBG" in (page.tokens[verb].tag, page.tokens[behind].tag):
        return False
    if not any(page.tokens[i].tag in (*FINITE, "VBN") for i in range(behind, last)):
        return False
    opening = page.tokens[first]
    if page.tokens[behind].pos in ("VERB", "AUX", "ADV"):
        return opening.pos in ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM", "VERB")
    led = opening.pos in ("ADV", "SCONJ", "ADP") or opening.tag == "VBG"
    return led and not any(page.is_time(i) or channel_named(page, i) for i in range(first, frame[0]))


def _resumes(page: Page, verb: int, frame: tuple[int, int]) -> tuple[Span, ...]:
    """The rest of a sentence that the frame cuts in two: `"…," he said, "…"`."""
    sentence = page.document.sentence(verb)
    at = frame[1] + 1
    if at >= sentence.last or page.tokens[at].text not in (",", *_DASHES, ";"):
        return ()
    at += 1
    if at >= sentence.last or (page.tokens[at - 1].text == ";" and at not in page.opens):
        return ()  # "they will go, he said; it is unclear when" may be the reporter's own
    if is_answered(page, at) or _explains_all(page, at, frame):
        return ()
    if not _carries_on(page, at, sentence.last, quoted=frame[0] - 1 in page.closes):
        return ()
    return content_after(page, verb, at, whole=True)


def _explains_all(page: Page, at: int, frame: tuple[int, int]) -> bool:
    """Whether the reporter explains what was said: "Police arrested Kane, his party said, *a move that* alarmed his followers"."""
    first = page.document.sentence(frame[0]).first
    if page.tokens[at].lower not in ("a", "an", "one") or page.tokens[first].lower in phrases().conditions:
        return False
    return any(page.tokens[i].tag in FINITE and i not in page.inside for i in range(first, frame[0]))


def _carries_on(page: Page, at: int, last: int, *, quoted: bool) -> bool:
    """Whether what stands behind a frame is more of its content; behind quoted words, only a quotation close by is."""
    token = page.tokens[at]
    near = range(at, min(at + _NEAR, last))
    opening = next((i for i in near if i in page.opens), None)
    if opening is not None and token.tag != "VBG" and token.lower not in _STARTS_ANEW - {"and", "but"}:
        return not quoted or not any(page.tokens[i].tag in FINITE for i in range(at, opening))
    return not (quoted or token.lower in _STARTS_ANEW or token.tag == "VBG" or _measures(page, at, last))
