"""Names of bodies that the article around them decides: which of several that bear one name, and how far a name goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from readout import knowledge
from readout.readers.actors.entries import squash_name
from readout.readers.actors.registry import Known, by_id, by_name
from readout.readers.actors.topics import is_topic
from readout.readers.actors.words import given_name, organization_word, vocabulary

if TYPE_CHECKING:
    from readout.readers.actors.mentions import Mention
    from readout.readers.actors.phrases import Page

#: Where a name of the registry starts: its number of words, and whose it may be.
Names = Mapping[int, tuple[int, tuple[Known, ...]]]


def is_shared(name: str) -> bool:
    """Whether several states have a body of this name: "National Guard"."""
    return name.lower() in vocabulary("shared_bodies")


def _with_known(page: Page, names: Names, doubtful: Container[int]) -> Counter[str]:
    """How often the article names each state or one of its places, or somebody or some body that is surely of it."""
    told = page.told.copy()
    sure = ((at, length, known[0]) for at, (length, known) in names.items() if len(known) == 1 and at not in doubtful)
    for at, length, known in sure:
        if known.country and (known.kind == "person" or not is_shared(page.text(at, at + length - 1))):
            told[known.country] += 1
    return told


def meant_here(page: Page, names: Names) -> Names:
    """The names of the registry that the article means: of bodies that bear one name, the one of a state that it tells of."""
    names = _of_the_time(page, names)
    doubtful = [at for at, (length, known) in names.items() if _is_doubtful(page, at, length, known)]
    if not doubtful:
        return names  # as mostly
    told, meant = _with_known(page, names, doubtful), dict(names)
    sure = {known[0].id for _, known in names.values() if len(known) == 1}
    for at in doubtful:
        length, known = names[at]
        shared = is_shared(page.text(at, at + length - 1))
        if len(known) > 1:
            found = _one_of(known, told, sure) if told or not shared else known[:1]
        else:
            found = () if _is_article_s(page, at, known[0]) else _own_or_party(page, at, length, known, told)
        if found:
            meant[at] = length, found
        else:
            del meant[at]
    return meant


def _of_the_time(page: Page, names: Names) -> Names:
    """Without the entries that were not there yet when the article was published: "the US-led coalition" of 2005 is a later one."""
    day = page.document.published
    if day is None:
        return names
    later = [at for at, (_, known) in names.items() if any(k.since is not None and k.since > day for k in known)]
    if not later:
        return names  # as mostly
    found = dict(names)
    for at in later:
        length, known = found.pop(at)
        here = tuple(k for k in known if k.since is None or k.since <= day)
        if here:
            found[at] = length, here
    return found


def with_short_names(page: Page, names: Names) -> Names:
    """With the first word of a group's name that hyphens join, where the article calls the group by it alone: "the *Lashkar*"."""
    short = {
        page.words[at]: known
        for at, (length, known) in names.items()
        if length > 2
        and known[0].kind == "armed_group"
        and page.glued(at + 1)
        and page.lower[at + 2] == page.words[at + 2]
    }
    if not short:
        return names  # as mostly
    alone = {i: (1, short[word]) for i, word in enumerate(page.words) if word in short and i not in names}
    return {**names, **alone}


_OPENING = frozenset({"(", "-LRB-"})
_CLOSING = frozenset({")", "-RRB-"})


def with_endings(page: Page, names: Names) -> Names:
    """With the letter in brackets behind a party's name that says which of its factions it is ("Congress *(I)*"), and with the legal
    form behind a firm's: "Boeing *Co.*".
    """
    longer = {}
    for at, (length, known) in names.items():
        after = at + length
        if known[0].kind == "company":
            while after < len(page.words) and page.capital[after] and page.lower[after] in vocabulary("legal_forms"):
                after += 1
            if after > at + length:
                longer[at] = after - at, known
            continue
        if known[0].kind == "party" and page.words[min(after, len(page.words) - 1)] in _CLOSING:
            if not _OPENING.isdisjoint(page.words[at:after]):
                longer[at] = length + 1, known
            continue
        if known[0].kind != "party" or after + 2 >= len(page.words) or page.words[after] not in _OPENING:
            continue
        letter = page.words[after + 1]
        short = letter.isupper() and len(letter) < 3 and not page.words[at].startswith(letter)
        if page.words[after + 2] in _CLOSING and (short or letter.lower() in vocabulary("factions")):
            longer[at] = length + 3, known
    return {**names, **longer} if longer else names


def _is_doubtful(page: Page, at: int, length: int, known: tuple[Known, ...]) -> bool:
    if known[0].kind == "person" or known[0].own:
        return False
    if len(known) > 1 or (known[0].kind == "government" and is_shared(page.text(at, at + length - 1))):
        return True
    return _is_of_many(page, at, length, known[0]) or _is_article_s(page, at, known[0])


def _is_of_many(page: Page, at: int, length: int, known: Known) -> bool:
    """Whether a party or front of one state bears a name that others can have: "United Front", "PRD"."""
    if known.country is None or known.kind not in ("party", "armed_group", "organization"):
        return False
    words = page.words[at : at + length]
    if length == 1 and known.kind == "party" and words[0].isupper() and len(words[0]) < 5:
        return True
    return all(word in vocabulary("party_words") or not word.isalpha() for word in page.lower[at : at + length])


def _is_article_s(page: Page, at: int, known: Known) -> bool:
    """Whether "The" with which a paper's name begins is but the article that begins a sentence: "*The Sun* rose"."""
    if known.kind != "media" or page.lower[at] != "the" or page.document.sentence(at).first != at:
        return False
    verb = page.document.tokens[page.document.tokens[at + 1].head]
    return verb.lemma not in vocabulary("speech")


def _one_of(known: tuple[Known, ...], told: Mapping[str, int], sure: set[str]) -> tuple[Known, ...]:
    """The one of several that the article names otherwise too, or whose state it tells of most; else all of them."""
    most = max(told[k.country] if k.country else 0 for k in known)
    named = [k for k in known if k.id in sure] or [k for k in known if k.country and most and told[k.country] == most]
    return tuple(named) if len(named) == 1 else known


def _own_or_party(
    page: Page, at: int, length: int, known: tuple[Known, ...], told: Mapping[str, int]
) -> tuple[Known, ...]:
    """A body of a name that many states have, where its state is told of; a party of the name where another one is more so."""
    own = told[known[0].country or ""]
    parties = [k for k in by_name(f"{page.text(at, at + length - 1)} Party") if k.country and told[k.country] > own]
    if len(parties) == 1:
        return tuple(parties)
    return known if own or not told else ()


def belong_to(mention: Mention, country: str) -> None:
    """Leaves to a name what the state before it can have: "South Korea's *Joint Chiefs of Staff*", "Russia's *Security Council*" are
    neither another state's nor the UN's.
    """
    theirs = [known for known in mention.known if known.country in (None, country) and not _is_of_un(known, mention)]
    bodies = bool(mention.known) and all(known.kind in ("government", "igo") for known in mention.known)
    parties = bool(mention.known) and all(known.kind == "party" for known in mention.known)
    if len(theirs) == 1:
        mention.known = tuple(theirs)
    elif bodies and not theirs:
        mention.known, mention.kind, mention.country = (), "government", country
        mention.sectors = mention.sectors or ("GOV",)
    elif mention.kind == "media" and mention.known and not theirs:
        mention.known, mention.country = (), country  # "the *Zambia* Daily Mail"
    elif parties and not theirs:
        mention.known, mention.country, mention.sectors = (), country, mention.sectors or ("PTY",)


def _is_of_un(known: Known, mention: Mention) -> bool:
    """Whether a name is that of a body of the UN without its "UN"."""
    return known.kind == "igo" and f"UN{squash_name(''.join(mention.names))}" in map(squash_name, known.names)


@cache
def _seats() -> Mapping[str, str]:
    seats: Mapping[str, str] = knowledge.load("actors/reading/words.yaml")["seats_of_bodies"]
    return seats


def seated_at(page: Page, i: int) -> Known | None:
    """The body of states that a capital rather stands for than its own state, where the article tells of that state in no other way."""
    body, here = _seats().get(page.words[i]), page.states.get(i)
    if body is None or here is None:
        return None
    own = (state for _, state in page.states.values() if state.country == here[1].country)
    return None if any(state.use != "capital" for state in own) else by_id(body)


def joined_topics(page: Page) -> Iterator[int]:
    """The words and commas that join topics inside one name: "Immigration *and* Customs Enforcement"."""
    lower, capital, words = page.lower, page.capital, page.words
    for i in page.document.called(_AND):
        if lower[i] not in _AND or not 0 < i < len(words) - 1 or not capital[i + 1]:
            continue
        if not (capital[i - 1] or (page.document.capitals[i - 1] and page.document.sentence(i).first == i - 1)):
            continue
        if not (is_topic(lower[i - 1]) and is_topic(lower[i + 1]) and _ends_as_body(page, i + 1)):
            continue
        yield i
        at = i - 1
        while at > 1 and words[at - 1] == "," and capital[at - 2] and is_topic(lower[at - 2]) and capital[at]:
            yield at - 1
            at -= 2


_AND = frozenset({"and", "&"})


def _ends_as_body(page: Page, start: int) -> bool:
    """Whether the capitals from `start` on hold the word of a body or of who heads one: "Customs *Enforcement*"."""
    at, last = start, page.document.sentence(start).last
    while at < last and page.capital[at]:
        if organization_word(page.lower[at]) is not None or page.noun(at, at + 1) is not None:
            return at > start
        at += 1
    return False


def goes_on_behind(page: Page, i: int, *, placed: bool) -> bool:
    """Whether a body's name goes on with the capital at `i`, behind "and": "Ministry of Health and *Population*".

    Args:
        page: the document.
        i: the word behind "and".
        placed: whether a state or a place stands before it: "the Law Society of Kenya and *Amnesty International*".
    """
    if is_topic(page.lower[i]):
        return True
    if page.known.get(i) is not None or given_name(page.lower[i]) is not None:
        return False
    if placed and i not in page.placed and page.state(i) is None:
        return False
    role, at = page.noun(i, page.document.sentence(i).last), i
    if role is not None and role[1].one:
        return False
    while at < page.document.sentence(i).last and page.capital[at]:
        if organization_word(page.lower[at]) is not None:
            return False
        at += 1
    return True
