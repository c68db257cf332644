"""Where the content of an attribution begins and ends."""

from __future__ import annotations

from readout.language.document import is_dep
from readout.readers.statements.closing import closing_frame
from readout.readers.statements.cutting import cuts
from readout.readers.statements.lexicon import phrases, verb_cue
from readout.readers.statements.page import COMMAS, FINITE, Page, trim
from readout.readers.statements.setting import channel_named
from readout.types import Span

_JOINS = frozenset({"and", "but", "or"})
_LEAD = 8
_SATELLITES = (
    "aux", "advmod", "obl", "compound", "expl", "discourse", "nmod", "nsubj", "csubj", "mark", "dislocated",
    "goeswith",
)  # fmt: skip


def frame_of(page: Page, verb: int, source: int | None, addressee: tuple[int, ...]) -> tuple[int, int]:
    """The unbroken run of words around a verb that belongs to it: "the minister told reporters on Monday"."""
    document = page.document
    sentence = document.sentence(verb)
    own = {verb, *addressee}
    for child in document.dependents[verb]:
        token = page.tokens[child]
        if is_dep(token.dep, _SATELLITES) or page.is_time(child) or child in addressee or child == source:
            if _carries_content(page, verb, child) or child in page.inside:
                continue
            if source is not None and child != source and is_dep(token.dep, ("nsubj", "csubj")):
                continue  # the subject of what is said, hung from the cue
            if _goes_with_content(page, verb, child) or _of_clause_before(page, verb, child, source):
                continue
            own.update(document.subtree(child))
            own.difference_update(_said_behind(page, child, hears=child in addressee))
    if source is not None and verb < source < sentence.last and source not in page.inside:
        own.update(range(verb, source + 1))
        own.update(document.subtree(source))
    if source is not None and page.tokens[source].sentence == page.tokens[verb].sentence and source not in own:
        between = range(source, verb) if source < verb else range(0)
        if all(page.tokens[i].pos in ("AUX", "ADV", "PART") for i in list(between)[1:]):
            own.update(document.subtree(source))
    first = last = verb
    while first > sentence.first and _belongs(page, first - 1, own, -1):
        first -= 1
    while last + 1 < sentence.last and _belongs(page, last + 1, own, 1):
        last += 1
    while first < verb and page.tokens[first].text in COMMAS:
        first += 1
    while last > verb and page.tokens[last].text in COMMAS:
        last -= 1
    return first, last


def _said_behind(page: Page, noun: int, *, hears: bool) -> list[int]:
    """The words of a clause that the tree hangs from who is told or from a channel, and that is said: "told the court *she had left*"."""
    document = page.document
    if not hears and channel_named(page, noun) is None:
        return []
    for clause in document.children(noun, "acl:relcl"):
        subject = document.child(clause, "nsubj")
        words = document.subtree(clause)
        if subject is not None and not page.tokens[subject].tag.startswith("W") and words[0] == noun + 1:
            return words
    return []


def _goes_with_content(page: Page, verb: int, child: int) -> bool:
    """Whether a phrase behind a comma belongs to what stands before the cue: "they met, the palace said, *after talks in Oslo*"."""
    if child < verb or page.is_time(child) or not is_dep(page.tokens[child].dep, ("obl",)):
        return False
    first = min((w for w in page.document.subtree(child) if page.tokens[w].pos != "PUNCT"), default=0)
    token = page.tokens[verb]
    aside = (
        token.dep == "parataxis" and token.head < verb
    )  # the tree may hang the cue on what is said, or that on the cue
    said_before = aside or any(c < verb for c in page.document.children(verb, "ccomp", "parataxis"))
    return said_before and first > verb and page.tokens[first - 1].text == ","


def _of_clause_before(page: Page, verb: int, child: int, source: int | None) -> bool:
    """Whether a phrase between commas before who speaks is of the clause before it: "killed 34, *including 14 who slept*, medics said"."""
    if (
        source is None
        or not child < source < verb
        or page.is_time(child)
        or not is_dep(page.tokens[child].dep, ("obl",))
    ):
        return False
    words = [w for w in page.document.subtree(child) if page.tokens[w].pos != "PUNCT"]
    first = page.document.sentence(verb).first
    if any(mark in page.closes for mark in range(first, source)):
        return False  # "“We will go,” Ola Berg, *a minister of Chad*, said"
    parted = (
        words[0] > first + 1
        and page.tokens[words[0] - 1].text == ","
        and "," in page.document.words[words[-1] : source]
    )
    return parted and any(page.tokens[w].tag in FINITE for w in range(first, words[0]))


def _carries_content(page: Page, verb: int, child: int) -> bool:
    """Whether a dependent that looks like a modifier is a clause: "said at the time it would go" parsed askew."""
    token = page.tokens[child]
    if token.pos in ("VERB", "AUX") and child > verb and page.document.child(child, "nsubj", "mark") is not None:
        return True
    return is_dep(token.dep, ("nsubj", "csubj")) and token.pos in ("VERB", "AUX") and page.is_clause(child)


def _belongs(page: Page, i: int, own: set[int], step: int) -> bool:
    if i in page.opens or i in page.closes or i in page.inside:
        return False
    if i in own:
        opens = step > 0 and page.tokens[i].lower == "that"
        return page.tokens[i].text != ":" and not opens
    return page.tokens[i].text in (",", "-", "—", "–", "--", "(", ")") and i + step in own and i - step in own


def clause_start(page: Page, verb: int, frame: tuple[int, int]) -> int:
    """The first word behind the frame that can begin a content."""
    at = frame[1] + 1
    last = page.document.sentence(verb).last
    while at < last and (page.tokens[at].text in COMMAS and at not in page.opens):
        at += 1
        connects = at + 1 < last and page.tokens[at].lower in phrases().connecting and page.tokens[at + 1].text == ","
        at += connects  # "insists, *however*, it will stay"
    start = _behind_time(page, at, last)
    if start < last and page.tokens[start].tag in FINITE and start > verb + 1:
        return _behind_setting(page, verb + 1, last) or start
    return start


def _behind_setting(page: Page, at: int, last: int) -> int | None:
    """The word behind a time and a place, where a tree took what is said for a part of them: "said last month *in Tunis* talks …"."""
    end = at
    while end < last and page.is_time(end):
        end += 1
    placed = at < end < last and page.tokens[end].lower in ("in", "at")
    return _behind_place(page, end + 1, last) if placed else None


def _behind_time(page: Page, at: int, last: int) -> int:
    """The word behind a time that the tree took for a part of what is said: "told farmers *this week* he would stay"."""
    end = at
    while end < last and page.is_time(end):
        end += 1
    subject = at < end < last and page.tokens[end].tag in ("PRP", "DT", "NNP", "NNPS", "PRP$", "EX")
    return end if subject else at


def _behind_place(page: Page, at: int, last: int) -> int | None:
    """The word behind a name of a place, where what is said begins there: "said last month *in Tunis* talks were near"."""
    end = at
    while end < last and page.tokens[end].tag == "NNP" and end < at + 3:
        end += 1
    opens = at < end < last and page.tokens[end].tag in ("PRP", "DT", "NNS", "PRP$", "EX")
    finite = any(page.tokens[i].tag in FINITE and i not in page.inside for i in range(end, last))
    return end if opens and finite else None


def clause_end(page: Page, verb: int, start: int, *, whole: bool = False, past: int = -1) -> int:
    """The last word of a content that begins at `start` and hangs from `verb`.

    It runs on to the end of the verb's own clause, but stops before another attribution of the same speaker
    (", adding that", "and added"), before ", according to", and before a clause that is the verb's and not the
    content's. With `whole` it runs to the end of the sentence whatever the tree says. Nothing up to word `past` ends it.
    """
    document = page.document
    sentence = document.sentence(verb)
    last = sentence.last - 1 if whole or page.tokens[verb].head == verb else _subtree_end(page, verb, start)
    closing = closing_frame(page, verb)
    if closing is not None and closing[1] != verb and start < closing[0] - 1:
        last = min(last, closing[0] - 1)
    stop = last + 1
    last = max(last, past)
    for i in range(max(start, past) + 1, last + 1):
        if i not in page.inside and cuts(page, verb, start, i):
            stop = i
            break
    end = stop - 1
    while (
        end > start and end not in page.closes and page.tokens[end].pos in ("PUNCT", "CCONJ") and end not in page.inside
    ):
        if page.tokens[end].text in ("?", "!", ")", "]", "%"):
            break
        end -= 1
    return end


def _subtree_end(page: Page, verb: int, start: int) -> int:
    """The end of the unbroken run of a verb's subtree; a quotation that it enters is taken whole."""
    words = set(page.document.subtree(verb))
    head = page.tokens[start].head
    if (
        head > start
        and (start not in words or page.tokens[start].dep == "mark")
        and verb not in page.document.subtree(head)
    ):
        words.update(page.document.subtree(head))
    end = start
    last = page.document.sentence(verb).last
    while end + 1 < last and (end + 1 in words or (end in page.inside and end + 1 in page.inside)):
        end += 1
    if end + 1 in page.closes:
        end += 1
    return end


def content_before(page: Page, verb: int, frame: tuple[int, int]) -> tuple[Span, ...]:
    """What stands before "…, the minister said", back to the start of sentence or quotation."""
    sentence = page.document.sentence(verb)
    last = frame[0] - 1
    while last >= 0 and page.tokens[last].text in COMMAS and last not in page.closes:
        last -= 1
    if last < 0:
        return ()
    first = sentence.first
    quoted = page.closes.get(last, page.inside.get(last))
    if last < first:
        first = last if quoted is None else page.quotation_words(quoted)[0]
    elif quoted is not None:
        opening = page.quotation_words(quoted)[0]
        if opening <= first or page.tokens[opening - 1].text == ":" or _stands_alone(page, first, opening):
            first = opening
    if first > last:
        return ()
    span = trim(page, first, last)
    return (span,) if span else ()


def _stands_alone(page: Page, first: int, opening: int) -> bool:
    """Whether the words between the start of a sentence and a quotation are no part of what is quoted."""
    return (
        all(page.tokens[i].pos in ("PUNCT", "CCONJ", "INTJ", "ADV") for i in range(first, opening))
        and opening - first <= 2
    )


def content_after(page: Page, verb: int, start: int, *, whole: bool = False, past: int = -1) -> tuple[Span, ...]:
    """The content from word `start` on; a quotation at its end is taken to its closing mark, over further sentences.

    `whole` and `past` are those of `clause_end`.
    """
    if start >= page.document.sentence(verb).last:
        return ()
    end = clause_end(page, verb, start, whole=whole, past=past)
    end = _to_quotation(page, end)
    quoted = page.inside.get(end, page.opens.get(end))
    if quoted is not None:
        end = max(end, page.quotation_words(quoted)[-1])
    span = trim(page, start, end)
    return (span,) if span else ()


def _to_quotation(page: Page, end: int) -> int:
    """The end of the quotation that a clause broken off at `end` leads up to: "said it was late, but “not too late”"."""
    last = page.document.sentence(end).last
    opening = next((i for i in range(end + 1, min(end + _LEAD, last)) if i in page.opens), None)
    if opening is None or end in page.inside or end in page.closes:
        return end
    between = range(end + 1, opening)
    if any(verb_cue(page.tokens[i].lemma, page.tokens[i].lower) and page.tokens[i].pos == "VERB" for i in between):
        return end
    if not between or page.tokens[end + 1].lower not in _JOINS | {","}:
        return end
    if page.tokens[end + 1].text == "," and (end + 2 >= last or page.tokens[end + 2].lower not in _JOINS):
        return end
    return min(page.quotation_words(page.opens[opening])[-1], last - 1)
