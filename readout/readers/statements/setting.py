"""How and when words were said: the channel, and the time of the saying."""

from __future__ import annotations

from functools import cache

from readout.readers.statements.lexicon import channels
from readout.readers.statements.page import FINITE, Draft, Page

#: Common nouns for a channel with which newspapers and stations end their names.
_TITLES = frozenset(
    {"post", "report", "letter", "note", "message", "call", "address", "paper", "bulletin", "show", "column"}
)
#: The noun of a channel stands so near to the preposition that opens a sentence.
_OPENING = 5
_PREPOSITIONS = frozenset(
    {"in", "on", "at", "by", "during", "via", "through", "over", "from", "to", "according", "with", "told"}
)


@cache
def _channel_words() -> frozenset[str]:
    """The words of the nouns that name a channel."""
    return frozenset([word for noun in channels()[0] for word in noun.split()])


def channel_of(page: Page, draft: Draft) -> str | None:
    """The channel of an attribution: what its verb implies, what it stands "in", "on" or "at", or its own source."""
    nouns, verbs = channels()
    token = page.tokens[draft.word]
    if token.lemma in verbs:
        return verbs[token.lemma]
    heads = [draft.source] if draft.source is not None else []
    heads += page.document.children(draft.word, "obl", "nmod")
    heads += page.document.children(draft.word, "obj", "iobj")  # "told *the radio* by phone"
    for head in heads:
        found = _named(page, head, nouns)
        below = [] if found is not None else page.document.children(head, "nmod")
        for child in below:
            if page.document.preposition(child) in ("in", "on", "at", "by"):
                found = found or _named(page, child, nouns)
        if found is not None and (head == draft.source or _is_channel(page, draft, head)):
            return found
    return _opening_channel(page, draft)


def _opening_channel(page: Page, draft: Draft) -> str | None:
    """The channel that a sentence opens with, wherever the tree hangs it: "*In a press statement* received here, Berg protested"."""
    if draft.frame is None:
        return None
    first, end = page.document.sentence(draft.word).first, draft.frame[0] - 1
    if not first < end or page.tokens[end].text != "," or page.tokens[first].lower not in _PREPOSITIONS:
        return None
    if "," in page.document.words[first:end] or any(page.tokens[i].tag in FINITE for i in range(first, end)):
        return None
    near = range(first + 1, min(first + _OPENING, end))
    return next((found for i in near if page.tokens[i].pos == "NOUN" and (found := channel_named(page, i))), None)


def _is_channel(page: Page, draft: Draft, i: int) -> bool:
    """Whether word `i`, below the cue, may say by what words were put about."""
    return not _in_content(page, draft, i) and (page.document.preposition(i) or "told").split()[0] in _PREPOSITIONS


def channel_named(page: Page, head: int) -> str | None:
    """The channel that a noun names, if any."""
    return _named(page, head, channels()[0])


def _named(page: Page, head: int, nouns: dict[str, str]) -> str | None:
    """The channel that a noun names, the word before it taken along first ("press conference")."""
    token = page.tokens[head]
    if token.lower not in _channel_words() and token.lemma not in _channel_words():
        return None  # as mostly
    last = head
    following = head + 1
    if following < len(page.document.tokens):
        pair = f"{token.lower} {page.tokens[following].lower}"
        if pair in nouns:
            return nouns[pair]
    before = page.tokens[last - 1].lower if last > 0 else ""
    for name in (f"{before} {token.lemma}", f"{before} {token.lower}", token.lemma, token.lower):
        if name in nouns:
            return None if _is_title(page, head, name) else nouns[name]
    return None


def _is_title(page: Page, head: int, name: str) -> bool:
    """Whether a common noun is the end of a newspaper's or a station's name: "the Sundby *Post*"."""
    token, before = page.tokens[head], page.tokens[head - 1]
    named = (
        token.pos == "PROPN"
        and token.text[:1].isupper()
        and before.pos in ("PROPN", "NOUN")
        and before.text[:1].isupper()
    )
    return named and head > 0 and name in _TITLES


def _in_content(page: Page, draft: Draft, i: int) -> bool:
    start = page.tokens[i].start
    return any(first <= start < last for first, last in draft.content)


def time_of(page: Page, draft: Draft) -> int | None:
    """The time of the saying: one that stands within the frame, or that hangs from the cue outside the content."""
    if draft.frame is None:
        return None
    heads = page.time_heads.get(page.tokens[draft.word].sentence)
    if heads is None:
        return None
    within: list[int] = []
    beside: list[int] = []
    for head, n in heads:
        if _in_content(page, draft, head) or not page.is_time(head):
            continue
        if _in_aside(page, head, draft):
            continue
        if draft.frame[0] <= head <= draft.frame[1]:
            within.append(n)
        elif _hangs_from(page, head, draft.word):
            beside.append(n)
    for times in (within, beside):
        if len(set(times)) == 1:
            return times[0]
    return within[0] if within else _opening(page, draft, beside)


def _in_aside(page: Page, head: int, draft: Draft) -> bool:
    """Whether a time stands in a relative clause between commas before the cue: "the king, *who leaves on Monday*, said"."""
    if draft.frame is None or not draft.frame[0] <= head < draft.word:
        return False
    tokens = page.tokens
    commas = [i for i in range(draft.frame[0], draft.word) if tokens[i].text == ","]
    before = [i for i in commas if i < head]
    closed = any(i > head for i in commas)
    return closed and any(
        tokens[k].tag in ("WP", "WDT", "WP$", "WRB") for i in before for k in range(i + 1, min(i + 4, head))
    )


def _opening(page: Page, draft: Draft, beside: list[int]) -> int | None:
    return beside[0] if beside else None


def _hangs_from(page: Page, head: int, word: int) -> bool:
    """Whether the first verb above a time is the cue."""
    token = page.tokens[word]
    governor = token.head if token.tag == "VBG" and token.dep in ("advcl", "xcomp", "conj") else word
    for above in page.document.ancestors(head):
        if above in (word, governor):
            return True
        if page.tokens[above].pos in ("VERB", "AUX"):
            return False
    return False
