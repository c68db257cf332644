"""Whom an article introduces by a description before it names him: "a US serviceman … Sergeant Orsk"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from readout.readers.actors.characters import is_aged
from readout.readers.actors.mentions import Mention
from readout.readers.actors.phrases import Page
from readout.readers.actors.words import vocabulary, word_list

_IDENTIFYING = 7  # words between a description and the name with "identified as"
_LEAD = 1  # the last sentence whose description can be of somebody who is named after it
_REACH = 3  # sentences from such a description to the name


def link_introductions(page: Page, mentions: list[Mention]) -> None:
    """Marks each description of one human being whom the article names further on as the same (`same`); mentions in text order.

    So is one that comes again beside the name, with the same words ("a rebel expert said … Jon Orsk, a rebel expert,"); one of the
    lead whose noun is the title of the one person who is named next; and the subject of the lead where the next sentence is on
    somebody who is named without another description.
    """
    _link_identified(page, mentions)
    _link_heads(mentions)
    people = [m for m in mentions if m.form == "person"]
    if not people:
        return
    beside = [(m.same, m) for m in mentions if m.form == "nominal" and m.same is not None and m.same.form == "person"]
    for mention in _introducing(mentions):
        named = _described_again(mention, beside) or _titled_next(mention, people)
        if named is None and mention.sentence == 0:
            named = _told_of_next(page, mention, mentions, {id(person) for person, _ in beside})
        if named is not None:
            mention.same = named


def _link_identified(page: Page, mentions: list[Mention]) -> None:
    """ "A man identified as *X*", "named the suspect as *X*"."""
    for mention, name in (*pairwise(mentions), *zip(mentions, mentions[2:], strict=False)):  # "named by *police* as X"
        if (
            mention.form != "nominal"
            or mention.noun is None
            or not mention.noun.one
            or mention.plural
            or mention.same is not None
        ):
            continue
        if (
            name.form not in ("person", "name")
            or name.known
            or name.first - mention.last > _IDENTIFYING
            or name.definite
        ):
            continue
        between = page.lower[mention.last + 1 : name.first]
        verb = page.document.tokens[page.document.tokens[mention.head].head]
        told = between[-1:] == ("as",) and not vocabulary("identified").isdisjoint(between) and "," not in between[1:]
        asked = (
            between == ("as",)
            and verb.lemma in vocabulary("identifying")
            and page.document.relations[mention.head] == "obj"
        )
        if told or asked:
            if name.form == "name" and name.kind == "organization":
                name.form, name.kind, name.sectors = "person", "person", ()
            if name.form == "person":
                mention.same = name


def _link_heads(mentions: list[Mention]) -> None:
    """ "The *head of the Lakes Commission*", where the article names one as "Lakes Commission chief X" further on."""
    heads = [
        m for m in mentions if m.affiliation and m.noun is not None and m.noun.lemma in word_list("heads_of_bodies")
    ]
    named: dict[str, dict[str, tuple[Mention, Mention]]] = {}
    for m in heads:
        person = m if m.form == "person" else m.same
        if person is not None and person.form == "person" and m.affiliation is not None and not m.plural:
            named.setdefault(m.affiliation, {}).setdefault(person.names[-1], (m, person))
    for m in heads:
        if m.form == "nominal" and m.same is None and m.definite and not m.plural and m.affiliation in named:
            people = [person for said, person in named[m.affiliation].values() if _heads_alike(m, said)]
            if len(people) == 1 and people[0].first > m.last and _can_be(m, people[0]):
                m.same = people[0]


def _heads_alike(description: Mention, named: Mention) -> bool:
    """Whether two words for who leads a body can be said of one: "head" of anybody who does, "president" of no secretary-general."""
    one, other = description.noun, named.noun
    if one is None or other is None or other.lemma not in word_list("heads_of_bodies"):
        return False
    return one.lemma == other.lemma or not word_list("heads_of_any_title").isdisjoint((one.lemma, other.lemma))


def _introducing(mentions: list[Mention]) -> Iterator[Mention]:
    """Indefinite descriptions of one human being that nothing beside them names."""
    renamed = {id(m.same) for m in mentions if m.same is not None}
    for m in mentions:
        one = m.form == "nominal" and m.noun is not None and m.noun.one and not m.plural and m.number is None
        if one and not m.definite and not m.bare and m.same is None and id(m) not in renamed:
            yield m


def _described_again(mention: Mention, beside: list[tuple[Mention, Mention]]) -> Mention | None:
    """The one person beside whose name the same description stands further on."""
    found = {
        person.names: person
        for person, other in reversed(beside)
        if person.first > mention.last and _say_the_same(mention, other)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _say_the_same(one: Mention, other: Mention) -> bool:
    assert one.noun is not None
    if other.noun is None or other.noun.lemma != one.noun.lemma or not set(one.modifiers) <= set(other.modifiers):
        return False
    telling = one.country is not None or one.modifiers or one.affiliation
    return bool(telling) and one.country in (None, other.country) and one.affiliation in (None, other.affiliation)


def _titled_next(mention: Mention, people: list[Mention]) -> Mention | None:
    """The person named next, where the noun of the description is the title and nobody else bears it."""
    noun = mention.noun
    assert noun is not None
    if mention.sentence > _LEAD or noun.lemma in word_list("personal_staff"):
        return None
    titled = [p for p in people if p.noun is not None and p.noun.lemma.split()[-1] == noun.lemma.split()[-1]]
    names = {p.names[-1] for p in titled}
    first = next((p for p in titled if p.first > mention.last), None)
    if len(names) != 1 or first is None or first is not titled[0] or first.sentence - mention.sentence > _REACH:
        return None
    return first if _can_be(mention, first) else None


def _can_be(mention: Mention, person: Mention) -> bool:
    """Whether country and sex of a description and of a named person do not differ."""
    return (mention.country is None or person.country in (None, mention.country)) and (
        mention.sex is None or person.sex in (None, mention.sex)
    )


def _told_of_next(page: Page, mention: Mention, mentions: list[Mention], described: set[int]) -> Mention | None:
    """Who is the subject of the next sentence, named there first and without a description of another sort."""
    if not _is_subject(page, mention) or any(m.form == "person" and m.sentence == 0 for m in mentions):
        return None
    others = [m for m in mentions if m.sentence == 0 and m.form == "nominal" and m.noun is not None and m.noun.one]
    if any(m is not mention and not m.plural for m in others):
        return None
    after = [m for m in mentions if m.sentence > 0 and m.form in ("person", "nominal")]
    person = after[0] if after else None
    if (
        person is None
        or person.form != "person"
        or person.sentence > 1
        or len(person.names) < 2
        or (id(person) in described and not is_aged(page, mention))
    ):
        return None
    speaks, tells = _speaks(page, mention), _speaks(page, person)
    if not _is_subject(page, person) or tells != speaks or not _can_be(mention, person):
        return None
    if person.noun is not None and not person.noun.title and not set(person.sectors) & set(mention.sectors):
        return None
    return person


def _is_subject(page: Page, mention: Mention) -> bool:
    tokens = page.document.tokens
    clause = tokens[tokens[mention.head].head]
    return tokens[mention.head].dep in ("nsubj", "nsubj:pass") and clause.dep in ("root", "ccomp", "parataxis")


def _speaks(page: Page, mention: Mention) -> bool:
    token = page.document.tokens[mention.head]
    return token.dep == "nsubj" and page.document.tokens[token.head].lemma in vocabulary("speech")
