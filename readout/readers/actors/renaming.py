"""Other ways to rename somebody than an apposition: "X is the leader", "X, who is mayor", "known as X", "one of them, X,"."""

from __future__ import annotations

from readout.readers.actors.mentions import Mention
from readout.readers.actors.phrases import Page
from readout.readers.actors.words import vocabulary, word_list

_OPENING = ("(", "-LRB-", "[")
_REACH = 5  # words from a name to what "who is" says of its bearer


def is_known_as(page: Page, mention: Mention, following: Mention) -> bool:
    """ "the Lakes Commission, known as LC": a body's other name."""
    between = tuple(page.lower[mention.last + 1 : following.first])
    if between and between[0] == ",":
        between = between[1:]
    named = mention.form == "name" and following.form == "name" and mention.kind != "person"
    return named and between[-2:] == ("known", "as") and vocabulary("ways_of_being_known").issuperset(between[:-2])


def is_predicate(page: Page, mention: Mention, following: Mention) -> bool:
    """ "X is the leader of": subject and predicate of "be", the predicate definite and of the same sort."""
    document = page.document
    if mention.form != "person" or following.form != "nominal" or not following.definite or following.plural:
        return False
    token = document.tokens[mention.head]
    if token.dep != "nsubj" or token.head != following.head or following.noun is None or not following.noun.one:
        return False
    return any(
        document.relations[c] == "cop" and document.words[c] in ("is", "was")
        for c in document.dependents[following.head]
    )


def is_who(page: Page, mention: Mention, following: Mention) -> bool:
    """ "X, who is also *information minister*": what somebody is by a relative clause right behind the name."""
    if mention.form != "person" or following.form != "nominal" or following.plural or following.noun is None:
        return False
    at = mention.last + 1
    if not following.noun.one or following.first - at > _REACH or page.lower[at : at + 2] != (",", "who"):
        return False
    between = page.lower[at + 2 : following.first]
    told = between[:1] in (("is",), ("was",)) and all(
        page.document.parts[k] == "ADV" for k in range(at + 3, following.first)
    )
    named = following.definite or page.lower[following.first] in ("a", "an") or following.role is not None
    return told and named


def follows_bare(page: Page, mention: Mention, following: Mention) -> bool:
    """ "X *the head of the Lakes Commission*": an office of something right behind a full name, without a comma."""
    if mention.form != "person" or following.form != "nominal" or following.first != mention.last + 1:
        return False
    one = following.noun is not None and following.noun.one and not following.plural
    if not one or page.lower[following.first] != "the" or len(mention.names) < 2:
        return False
    object_of = page.document.relations[mention.head] in ("obj", "iobj")
    return not object_of and page.lower[min(following.last + 1, len(page.lower) - 1)] == "of"


def is_closed(page: Page, mention: Mention) -> bool:
    """Whether a comma that no list goes on from, or the end of the sentence, follows."""
    after = mention.last + 1
    if after >= len(page.words) or page.words[after] in (".", ";"):
        return True
    return page.words[after] == "," and page.lower[min(after + 1, len(page.lower) - 1)] not in (
        "and",
        "or",
        "a",
        "an",
        "the",
    )


def is_one_of_several(page: Page, mention: Mention, following: Mention) -> bool:
    """Makes of a name behind "one of" several a person's: "one of their lawyers, *Orsk*, said"; whether it did."""
    noun, first = mention.noun, mention.first
    if mention.form != "nominal" or not mention.plural or noun is None or not noun.one or first < 2:
        return False
    if tuple(page.lower[first - 2 : first]) != ("one", "of"):
        return False
    if page.words[mention.last + 1] != "," or following.first != mention.last + 2 or following.known:
        return False
    after = min(following.last + 1, len(page.words) - 1)
    if following.noun is not None or not (is_closed(page, following) or page.words[after] in _OPENING):
        return False
    unknown = following.form == "name" and following.kind == "organization" and not following.sectors
    if following.form != "person" and not (unknown and not following.definite and len(following.names) < 4):
        return False
    following.form, following.kind, following.sectors = "person", "person", noun.sectors
    if noun.group not in word_list("roleless") and noun.lemma not in word_list("relational"):
        following.role = noun.lemma
    return True
