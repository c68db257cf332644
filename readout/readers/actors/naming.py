"""Second look at a sentence's mentions: appositions, abbreviations, and what a phrase after a role noun adds to it."""

from __future__ import annotations

from readout.readers.actors.homes import country_behind
from readout.readers.actors.mentions import Mention, joined
from readout.readers.actors.nominals import is_of_two, is_office_of_something
from readout.readers.actors.phrases import Page
from readout.readers.actors.renaming import (
    follows_bare,
    is_closed,
    is_known_as,
    is_one_of_several,
    is_predicate,
    is_who,
)
from readout.readers.actors.words import is_article, organization_word, vocabulary, word_list

_CLOSERS = frozenset({",", ".", ";", "-", "–", "—", ")", ":", "--", "?", "!"})
_LONGEST_RENAMING = 22
_LONGEST_COMPLEMENT = 12
_MOST_BETWEEN = 4  # mentions between a role and the name behind what it is of
_WITHIN = frozenset({"DET", "ADJ", "NOUN", "PROPN"})
_OPENING = ("(", "-LRB-", "[")
_CLOSING = (")", "-RRB-", "]")


def link_appositions(page: Page, mentions: list[Mention]) -> None:
    """Marks each mention that renames another one of its sentence (`same`), and gives roles what follows them."""
    ordered = sorted(mentions, key=lambda m: (m.first, -m.last))
    for mention in ordered:
        if mention.form in ("nominal", "person") and mention.noun is not None:
            _read_complement(page, mention, ordered)
        elif mention.form == "name" and mention.kind == "government" and not mention.known:
            mention.country = mention.country or _state_after(page, mention, ordered)
    for mention in ordered:
        if mention.form in ("person", "name") and mention.same is None:
            _read_title_around_body(page, mention, ordered)
        following = _next_outside(ordered, mention)
        if following is None or following.same is not None:
            continue
        if is_one_of_several(page, mention, following):
            continue
        if _shares_holder(page, mention, following):
            mention.same = following
        elif _is_abbreviation(page, mention, following) or is_known_as(page, mention, following):
            following.same = mention
        elif _stands_behind(page, mention, following) or _skips_complement(page, mention, following):
            _link_pair(page, mention, following, ordered)
        elif any(renames(page, mention, following) for renames in (is_predicate, follows_bare, is_who)):
            following.same = mention
        elif mention.form == "nominal":
            named: Mention | None = following
            for _ in range(_MOST_BETWEEN):
                if named is None:
                    break
                if _is_behind_complement(page, mention, named):
                    _link_pair(page, mention, named, ordered)
                    break
                named = _next_outside(ordered, named)


def _stands_behind(page: Page, first: Mention, second: Mention) -> bool:
    """Whether a comma alone stands between two mentions, or with it the bracket of an abbreviation or an article: ", *the* Dalai Lama"."""
    at = first.last + 1
    if (page.words[at] in _CLOSING and first.form == "name") or page.lower[at] in ("here", "there"):
        at += 1
    if at + 1 >= len(page.words) or page.words[at] != ",":
        return False
    articled = second.form == "person" and bool(second.known) and page.lower[at + 1] == "the"
    return second.first == at + 1 + articled


def _shares_holder(page: Page, first: Mention, second: Mention) -> bool:
    """Whether two offices joined by "and" have one holder: "*Deputy Prime Minister and Foreign Minister* Ola Berg"."""
    if first.form != "nominal" or second.form != "person" or second.noun is None or first.noun is None:
        return False
    offices = first.noun.one and not first.plural and second.noun.one and second.first == first.last + 2
    alike = page.capital[first.last] == page.capital[second.first] and second.country in (None, first.country)
    return (
        offices
        and alike
        and page.lower[first.last + 1] == "and"
        and page.lower[second.first] not in vocabulary("definite")
    )


def _is_behind_complement(page: Page, role: Mention, name: Mention) -> bool:
    """Whether a name stands behind what a role is of or in: "the negotiator in the north, *Ivan Rybkin*,"."""
    if role.form != "nominal" or name.form not in ("person", "name") or name.same is not None:
        return False
    between = range(role.last + 1, name.first)
    long = role.noun is not None and role.noun.one and name.form == "person"
    if not 3 <= len(between) <= (_LONGEST_COMPLEMENT if long else 6):
        return False
    if page.lower[between[0]] not in ("in", "to", "at", "of", "for", "on") or page.words[between[-1]] != ",":
        return False
    inside = between[1:-1]
    within = _WITHIN | {"ADP", "CCONJ", "PART"} if long else _WITHIN
    return all(page.capital[k] or page.document.tokens[k].pos in within for k in inside)


def _next_outside(ordered: list[Mention], mention: Mention) -> Mention | None:
    """The first mention after this one's words, the longest of those that start there."""
    last = mention.last
    for other in ordered:
        if other.first > last:
            return other
    return None


def _read_complement(page: Page, mention: Mention, ordered: list[Mention]) -> None:
    """ "spokesman for the Lakes Commission", "president of Peru", "adviser to President X": country and affiliation."""
    at = mention.last + 1
    if mention.form == "person" or at >= len(page.words) or page.lower[at] not in vocabulary("after_role"):
        return
    mention.home = country_behind(page, mention)
    inner = [m for m in ordered if at < m.first <= at + 4]
    if not inner or any(page.document.tokens[k].pos in ("VERB", "PUNCT") for k in range(at, inner[0].first)):
        return
    target = inner[0]
    if target.form == "state" and is_of_two(page, target.first, target.last):
        return
    loose = page.lower[at] in vocabulary("loose_after_role")
    if loose and (target.form not in ("name", "state") or _is_part(page, target)):
        return
    if mention.plural and target.form == "state" and _is_joined(page, target):
        mention.home = None
        return  # "the foreign ministers *of Peru and Chad*"
    sent = _is_sent(page, mention, target, at)
    foreign = mention.noun is not None and mention.noun.lemma in word_list("seen_from_outside")
    if not sent and not foreign:
        mention.country = mention.country or target.country
    if mention.affiliation is None:
        mention.affiliation = _body_name(page, target)
        served = mention.noun is not None and mention.noun.lemma in word_list("staff_of_any_sector")
        if mention.affiliation and served and target.kind not in ("government", "igo", "unnamed"):
            mention.sectors = target.sectors  # a spokesman of a party
    if mention.owner is None and not sent:
        mention.owner = target


def _is_joined(page: Page, state: Mention) -> bool:
    """Whether another state's name follows behind "and" or a comma."""
    at = state.last + 1
    return at + 1 < len(page.words) and page.lower[at] in ("and", ",") and at + 1 in page.states


def _is_part(page: Page, target: Mention) -> bool:
    """Whether a name is but a part of what a role is in or at: "supporters in a *Facebook* broadcast"."""
    token = page.document.tokens[target.head]
    joined = target.last + 1 < len(page.words) and page.glued(target.last + 1)  # "in *Hamas*-run Gaza"
    return not joined and token.dep in ("compound", "nmod:desc", "amod") and token.head > target.last


def _is_sent(page: Page, mention: Mention, target: Mention, at: int) -> bool:
    """Whether what a role is to or for is the state where it serves, and not its own: "the ambassador *to Peru*"."""
    noun = mention.noun
    abroad = noun is not None and noun.lemma in word_list("sent_abroad")
    return abroad and target.form == "state" and page.lower[at] in ("to", "for", "in", "on")


def _read_title_around_body(page: Page, name: Mention, ordered: list[Mention]) -> None:
    """Titles with a body's abbreviation between them and the name: "the chief of the Lakes Commission (LC) *X*", and, behind it,
    "the Lakes Commission (LC) spokesman *X*".
    """
    if name.first < 4 or page.words[name.first - 1] not in _CLOSING or page.words[name.first - 3] not in _OPENING:
        return
    opening = name.first - 3
    body = max((m for m in ordered if m.last < opening), key=lambda m: m.last, default=None)
    if name.noun is not None:
        if body is None or body.last != opening - 1:
            body = next((m for m in ordered if m.first == opening + 1), None)
        if body is not None:
            name.country, name.affiliation = name.country or body.country, name.affiliation or _body_name(page, body)
        return
    if body is None or opening - body.last > 3:
        return
    for role in ordered:
        titled = role.owner is not None and role.last < role.owner.first <= body.last and not role.plural
        if titled and role.form == "nominal" and role.noun is not None and role.noun.one:
            _recognise_person(name, role, announced=True)
            if name.form == "person":
                name.same = role


def _state_after(page: Page, mention: Mention, ordered: list[Mention]) -> str | None:
    """Whose body it is: "the Ministry of Health of Peru"."""
    at = mention.last + 1
    states = (m.country for m in ordered if m.form == "state" and m.first == at + 1)
    return next(states, None) if at < len(page.lower) and page.lower[at] == "of" else None


def _body_name(page: Page, target: Mention) -> str | None:
    """The name of a body that a role is of: "Lakes Commission", "UN mission"; None for a person or a group."""
    if target.form == "name":
        return target.known[0].name if len(target.known) == 1 else joined(target.names)
    if target.form != "nominal" or target.noun is None or target.plural or target.noun.one:
        return None
    return page.text(target.first + (page.document.tokens[target.first].pos == "DET"), target.last)


def _link_pair(page: Page, first: Mention, second: Mention, ordered: list[Mention]) -> None:
    """Links "X, the Nikarian minister," and "the Nikarian minister, X,"."""
    end = _end_of_renaming(page, second, ordered)
    if end is None:
        return
    _recognise_person(first, second, announced=_describes_one(page, first, second))
    _recognise_person(second, first, announced=not first.bare and len(second.names) > 1 and is_closed(page, second))
    if first.form == "state" and second.form == "nominal":
        if not second.plural and _is_said_of_state(page, first, second):
            second.same = first  # "Halvia, *a former Soviet republic*,"
    elif first.form in ("person", "name") and second.form == "nominal" and _can_rename(page, second):
        if second.plural or second.noun is None:
            return
        if first.form == "name" and second.noun.lemma in word_list("land_words"):
            return
        said = first.form != "person" and second.noun.lemma in word_list("said_of_bodies")
        if second.noun.one != (first.form == "person") and not said:
            return
        second.same = first
        shared = _second_description(page, second, ordered)
        if shared is not None:
            shared.same = shared.same or first
    elif (
        _is_announced(page, first, second)
        and not _in_list(page, second)
        and (second.noun is None or (is_closed(page, second) and not _in_list(page, first)))
    ):
        second.same = first  # "the army's spokesman, Maj. Gen. X, said"


def _is_said_of_state(page: Page, state: Mention, second: Mention) -> bool:
    """Whether a description behind a state's name and a comma is of that state: no list of several, and no body of it."""
    lemma = second.noun.lemma if second.noun is not None else ""
    if lemma not in word_list("land_words") and lemma not in word_list("said_of_bodies"):
        return False
    return (
        not second.bare and _can_rename(page, second) and not _in_list(page, second) and second.country != state.country
    )


def _describes_one(page: Page, name: Mention, description: Mention) -> bool:
    """Whether a description behind a name and a comma is of one human being: "X, *a lawyer*," "X, *director* of the bank"."""
    if description.form != "nominal" or description.first != name.last + 2 or _in_list(page, name):
        return False
    if description.bare:
        return is_office_of_something(page, description.first, description.last)
    return not _in_list(page, description) and _second_description(page, description, []) is None


def _recognise_person(name: Mention, description: Mention, *, announced: bool = False) -> None:
    """A name of an unknown sort that a description of one human being stands beside is a person's; so is one that an indefinite
    description announces ("a spokesman for the group, X, said").
    """
    noun = description.noun
    if name.form != "name" or name.known or name.noun is not None or name.kind != "organization" or name.sectors:
        return
    one = description.form == "nominal" and (description.definite or announced) and not description.plural
    words = [word for word in name.names if word not in "-–‐" and not is_article(word.lower())]
    if any(organization_word(word.lower()) for word in words):
        return
    if one and noun is not None and noun.one and len(words) <= 3 and not name.definite:
        name.form, name.kind = "person", "person"


def _is_announced(page: Page, first: Mention, second: Mention) -> bool:
    """A description that a name of its sort follows: definite, or closed behind the name ("a Halvian envoy, X, …")."""
    if second.form not in ("person", "name") or first.form != "nominal" or first.noun is None:
        return False
    if first.plural or first.noun.one != (second.form == "person"):
        return False
    told = not first.bare or (first.owner is not None and first.owner.first > first.last)
    return first.definite or (first.noun.one and told and is_closed(page, second))


def _in_list(page: Page, mention: Mention) -> bool:
    return any(page.document.relations[c] == "cc" for c in page.document.dependents[mention.head])


def _can_rename(page: Page, mention: Mention) -> bool:
    """A description: with a determiner, a possessor, a state or a body before it, or bare with "of" after it."""
    after = page.lower[mention.last + 1] if mention.last + 1 < len(page.words) else ""
    if mention.first == mention.last and after not in vocabulary("after_role"):
        return False
    return mention.number is None


def _end_of_renaming(page: Page, mention: Mention, ordered: list[Mention]) -> int | None:
    """Where the description ends: at a comma or the end of the sentence; None where a verb comes first."""
    last = page.document.sentence(mention.first).last
    at = mention.last + 1
    while at < last and at < mention.last + _LONGEST_RENAMING:
        word, token = page.words[at], page.document.tokens[at]
        if word in _CLOSERS:
            return at
        if page.lower[at] in ("who", "which", "that", "and", "or") or token.tag in ("VBG", "VBN"):
            if page.lower[at] in ("and", "or") and at == mention.last + 1:
                shared = _second_description(page, mention, ordered)
                return shared.last + 1 if shared is not None else None
            return at
        if token.pos in ("VERB", "AUX") and page.lower[at - 1] != "to":  # "an opponent of the plan *to leave* Halvia,"
            return None
        at += 1
    return at if at >= last else None


def _second_description(page: Page, mention: Mention, ordered: list[Mention]) -> Mention | None:
    """A description behind "and" that shares the first one's article: "a Labor legislator *and party treasurer*"."""
    at = mention.last + 1
    if mention.noun is None or not mention.noun.one or at + 1 >= len(page.words) or page.lower[at] != "and":
        return None
    if page.document.tokens[at + 1].pos == "DET":
        return None
    seconds = (m for m in ordered if m.form == "nominal" and at < m.first and m.last <= at + 5 and not m.plural)
    second = next((m for m in seconds if m.noun is not None and m.noun.one), None)
    if second is None or any(page.words[k] in _CLOSERS for k in range(at, second.last)):
        return None
    after = second.last + 1
    return second if after >= len(page.words) or page.words[after] in _CLOSERS else None


def _skips_complement(page: Page, first: Mention, second: Mention) -> bool:
    """ "the leader of the Harbour Party, X": the comma comes after what the role is of."""
    target = first.owner
    return (
        first.form == "nominal" and target is not None and target.first > first.last and target.last + 2 == second.first
        and page.words[target.last + 1] == ","
    )  # fmt: skip


def _is_abbreviation(page: Page, mention: Mention, following: Mention) -> bool:
    """ "the Islamic Resistance Movement (Hamas)", "the Lakes Commission (LC)", "the party's executive committee (PEC)"."""
    if mention.last + 2 != following.first or following.last + 1 >= len(page.words):
        return False
    if page.words[mention.last + 1] not in _OPENING or page.words[following.last + 1] not in _CLOSING:
        return False
    if mention.kind == "organization" and not (mention.sectors or mention.known or mention.definite):
        bodied = any(organization_word(name.lower()) for name in mention.names)
        if not bodied and not page.words[following.first].isupper():
            return False  # "Matan Orsk (Labor)"
    if mention.form == "nominal" and mention.noun is not None and not mention.noun.one and not mention.plural:
        return following.form == "name" and following.first == following.last and page.words[following.first].isupper()
    return mention.form == "name" and following.form == "name"
