"""Where the content of an attribution begins and ends."""

from __future__ import annotations

from readout.language.document import is_dep
from readout.readers.statements.closing import closing_frame
from readout.readers.statements.lexicon import phrases, verb_cue, verb_forms
from readout.readers.statements.page import COMMAS, FINITE, Page, trim
from readout.readers.statements.setting import channel_named
from readout.types import Span

_SUBORDINATORS = frozenset({"while", "although", "though", "whereas", "as", "when", "after", "since", "because"})
#: Words behind a comma that set against what is said what another says.
_AGAINST = frozenset({"while", "whereas"})
_REMARKS = frozenset({"who", "where", "whose"})
_JOINS = frozenset({"and", "but", "or"})
_LEAD = 8
_SUBJECT_LENGTH = 8
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
            if _goes_with_content(page, verb, child):
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


def clause_end(page: Page, verb: int, start: int, *, whole: bool = False) -> int:
    """The last word of a content that begins at `start` and hangs from `verb`.

    It runs on to the end of the verb's own clause, but stops before another attribution of the same speaker
    (", adding that", "and added"), before ", according to", and before a clause that is the verb's and not the
    content's. With `whole` it runs to the end of the sentence whatever the tree says.
    """
    document = page.document
    sentence = document.sentence(verb)
    last = sentence.last - 1 if whole or page.tokens[verb].head == verb else _subtree_end(page, verb, start)
    closing = closing_frame(page, verb)
    if closing is not None and closing[1] != verb and start < closing[0] - 1:
        last = min(last, closing[0] - 1)
    stop = last + 1
    for i in range(start + 1, last + 1):
        if i not in page.inside and _cuts(page, verb, start, i):
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


def _cuts(page: Page, verb: int, start: int, i: int) -> bool:
    """Whether the content ends before word `i`."""
    token = page.tokens[i]
    before = page.tokens[i - 1]
    if before.text == "," and (token.lower in _REMARKS or _explains(page, i)) and _remarks(page, i):
        return True
    if token.tag == "VBG" and (before.text in COMMAS or i - 1 in page.closes):
        joined = is_dep(token.dep, ("advcl", "acl", "parataxis", "conj", "xcomp"))
        if joined and (token.lower in verb_forms() or token.head == verb):
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
        return is_dep(token.dep, ("conj", "parataxis")) and page.is_clause(i)
    return _opens_side_clause(page, verb, i) or _tells_when(page, verb, start, i)


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
    if not any(page.tokens[m].lower in _SUBORDINATORS and m < verb for m in document.children(verb, "mark", "advmod")):
        return False
    if not any(page.tokens[w].tag in FINITE for w in range(start, i)):
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


def content_after(page: Page, verb: int, start: int, *, whole: bool = False) -> tuple[Span, ...]:
    """The content from word `start` on; a quotation at its end is taken to its closing mark, over further sentences."""
    if start >= page.document.sentence(verb).last:
        return ()
    end = clause_end(page, verb, start, whole=whole)
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
