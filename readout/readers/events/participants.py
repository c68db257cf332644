"""Who takes part in an event that a noun tells: whose request it is, who undergoes it, and who is on a visit that a phrase mentions."""

from __future__ import annotations

from functools import cache

from readout import knowledge
from readout.language.document import Document
from readout.readers.events.arguments import subjects, surface_subjects
from readout.readers.events.book import ActorBook
from readout.readers.events.frames import Trigger
from readout.readers.events.lexicon import words
from readout.readers.events.passives import is_passive
from readout.readers.status.lexicon import words as motion


@cache
def _sought(preposition: str) -> frozenset[str]:
    """Nouns of what somebody gives or asks for, behind a preposition: "*at* the invitation of"."""
    entries: dict[str, list[str]] = knowledge.load("events/words.yaml")["sought"]
    return frozenset(str(word) for word in entries.get(preposition, ()))


def sought(document: Document, trigger: Trigger, book: ActorBook) -> tuple[list[int], list[int]] | None:
    """Who asks or gives and to whom, in "came at the *invitation* of the king", "won with the *support* of the army"; None elsewhere.

    Returns:
        The actors and the recipients: whose invitation it is, and the subject of the clause.
    """
    i = trigger.token
    preposition = document.preposition(i) or ""
    if document.lemmas[i] not in _sought(preposition):
        return None
    owners = document.children(i, "nmod:poss") + [
        c for c in document.children(i, "nmod") if document.preposition(c) in ("of", "from", "by")
    ]
    who = book.find_all([one for owner in owners for one in document.conjuncts(owner)])
    clause = document.tokens[i].head
    if not who:
        return None
    whom = book.find_all(surface_subjects(document, clause))
    return who, [n for n in whom if n not in who]


def undergone(document: Document, trigger: Trigger, book: ActorBook) -> list[int]:
    """Who undergoes an act by being named before it: "*his* arrest", "*Hariri's* killing"; [] where somebody else is named behind "of"."""
    i = trigger.token
    if document.lemmas[i] not in words("undergone"):
        return []
    if any(document.preposition(c) == "of" for c in document.children(i, "nmod")):
        return []
    owners = document.children(i, "nmod:poss")
    found = book.find_all(owners)
    return found or [n for n in (book.person_at(owner) for owner in owners) if n is not None]


def on_the_way(document: Document, trigger: Trigger, book: ActorBook) -> list[int]:
    """Who is on a visit, in a call or in a fight that a phrase of the clause mentions: "*Chirac* said during a visit to Cairo"."""
    i = trigger.token
    consults = trigger.frame.type == "CONSULT"
    relation = document.relations[i].split(":")[0]
    if consults and relation == "nmod" and document.preposition(i) == "on":
        return book.find_all([document.tokens[i].head])  # "*the king*, on a visit to Oslo, said"
    where = relation == "nmod" and bool(document.children(document.tokens[i].head, "cop"))  # "is in Cairo for talks"
    clause_like = relation == "advcl" and not document.children(i, "nsubj", "cop", "aux")  # "said so, after talks"
    if not (consults or trigger.frame.symmetric) or not (relation == "obl" or where or clause_like):
        return []
    if document.preposition(i) not in words("meanwhile") or document.children(i, "nmod:poss"):
        return []
    clause = document.tokens[i].head
    if document.preposition(i) == "for" and not (
        document.lemmas[clause] in motion("motion") or document.children(clause, "cop")
    ):
        return []  # whoever is "in Cairo *for talks*" takes part in them; what is done for a visit is another's
    passive = is_passive(document, clause)
    if passive and consults:
        return []
    heads = surface_subjects(document, clause) if passive else subjects(document, clause)
    return book.find_all(heads)


def in_state(document: Document, trigger: Trigger, book: ActorBook) -> list[int]:
    """Of whom a noun behind "in", "under" or "on" is said: "*the officer* is in detention", "*the king* is on a visit"."""
    if not is_in_state(document, trigger.token):
        return []
    return book.find_all(surface_subjects(document, trigger.token))


def is_in_state(document: Document, i: int) -> bool:
    """Whether an event noun is what somebody is said to be in: "is under *arrest*"."""
    return document.preposition(i) in words("in_state") and bool(document.children(i, "cop"))


def each_other(document: Document, i: int) -> bool:
    """Whether a verb is done by several to one another: "accused *each other*"."""
    return any(
        document.words[o] in ("each", "one", "other", "another") and _reciprocal(document, o)
        for o in document.children(i, "obj")
    )


def _reciprocal(document: Document, i: int) -> bool:
    near = " ".join(token.lower for token in document.tokens[max(0, i - 1) : i + 2])
    return "each other" in near or "one another" in near
