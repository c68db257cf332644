"""Role nouns in another sense, in which they are nobody: "the left bank", "an advance party", "joined forces"."""

from __future__ import annotations

from readout.readers.actors.mentions import Mention
from readout.readers.actors.phrases import Page, Phrase
from readout.readers.actors.scanning import Piece
from readout.readers.actors.words import body_nouns, vocabulary, word_list

_DOES = frozenset({"nsubj", "nsubj:pass", "obl:agent"})
_AGAINST = frozenset({"at", "on", "against"})


def is_other_sense(page: Page, phrase: Phrase, role: Piece, owner: Mention | None) -> bool:
    """Whether a role noun stands for a thing, a state of affairs or an idiom here, by the words around it."""
    noun = role.noun
    assert noun is not None
    lemma, before = noun.lemma, page.lower[phrase.first : role.first]
    if any(word in body_nouns("other_senses").get(lemma, ()) for word in before):
        return True
    if not role.plural and any(word in body_nouns("other_senses_of_one").get(lemma, ()) for word in before):
        return True
    if lemma in word_list("led_under") and page.document.preposition(role.last) == "under":
        return True
    company = body_nouns("only_with").get(lemma)
    if company is not None and owner is None and not _is_in_company(page, phrase, role, company):
        return not _is_struck(page, role.last)
    if _is_idiom(page, phrase, role) or (lemma in word_list("set_up") and _is_set_up(page, phrase, role.last)):
        return True
    return lemma in word_list("things_that_act") and owner is None and not _acts(page, role.last)


def _is_in_company(page: Page, phrase: Phrase, role: Piece, company: list[str]) -> bool:
    """Whether a word of its company, a number, a state or a person's name stands before the noun."""
    words = range(phrase.first, role.first)
    return any(
        page.lower[i] in company
        or page.document.tokens[i].pos == "NUM"
        or i in page.states
        or any(known.kind == "person" for known in (page.known[i][1] if i in page.known else ()))
        for i in words
    )


def _is_idiom(page: Page, phrase: Phrase, role: Piece) -> bool:
    """A bare noun that is one thing with its verb: "joined forces"."""
    noun = role.noun
    verbs = body_nouns("idioms").get(noun.lemma, ()) if noun is not None else ()
    if not verbs or phrase.first != role.first:
        return False
    token = page.document.tokens[role.last]
    return token.dep == "obj" and page.document.tokens[token.head].lemma in verbs


def _is_set_up(page: Page, phrase: Phrase, i: int) -> bool:
    """Whether a body that no article tells of yet is opened or closed: "plans to open *an embassy*"."""
    document = page.document
    if page.lower[phrase.first] in vocabulary("definite"):
        return False
    if page.lower[phrase.first] in ("a", "an") and page.lower[i] in word_list("houses"):
        return document.relations[i] not in ("nsubj", "obl:agent")
    if document.relations[i] != "obj":
        return False
    return document.tokens[document.tokens[i].head].lemma in word_list("setting_up")


def _acts(page: Page, i: int) -> bool:
    """Whether a thing does something, or is struck: "*tanks* entered the town", "rockets fired at *tanks*"."""
    document = page.document
    while document.relations[i] == "conj" or (document.relations[i] == "nmod" and document.preposition(i) == "of"):
        i = document.tokens[i].head  # "a swarm *of drones* hit the port"
    relation, head = document.relations[i], document.tokens[document.tokens[i].head]
    if relation in _DOES:
        happens = page.lower[i] in word_list("affairs") and head.lemma in word_list("happening")
        return not happens and head.lemma not in vocabulary("place_verbs") and head.pos == "VERB"
    if relation == "nmod" and document.preposition(i) not in (None, "of", *word_list("toward")):
        return page.lower[i] not in word_list("affairs")
    return _is_struck(page, i)


def _is_struck(page: Page, i: int) -> bool:
    """Whether somebody attacks what word `i` names."""
    document = page.document
    relation, head = document.relations[i], document.tokens[document.tokens[i].head]
    if head.lemma not in word_list("strikes"):
        return False
    return relation == "obj" or (relation in ("nmod", "obl") and document.preposition(i) in _AGAINST)
