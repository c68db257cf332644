"""Who takes part in an event that the places of its frame do not tell: whose request it is, who undergoes it, who is on a visit
that a phrase mentions, who is told something in a call, and whose a participle behind a comma is.
"""

from __future__ import annotations

from collections.abc import Sequence
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


def is_somebody_unknown(document: Document, trigger: Trigger, book: ActorBook) -> bool:
    """Whether it is done to a person whom a pronoun stands for and nobody knows: "accused *her* of misleading the king"."""
    if trigger.noun or trigger.frame.symmetric:
        return False
    shielding = words("shielding")
    return any(
        document.words[o] in shielding and book.find(o) is None for o in document.children(trigger.token, "obj", "iobj")
    )


def told_there(document: Document, trigger: Trigger, book: ActorBook, doers: Sequence[int]) -> list[int]:
    """The other side of talks in which somebody is told something: "told *the envoy* in a phone call that"."""
    verb = document.tokens[trigger.token].head
    if not trigger.noun or len(doers) != 1 or document.preposition(trigger.token) not in ("in", "during", "over", "by"):
        return []
    told = document.children(verb, "iobj", "obj") if document.lemmas[verb] == "tell" else []
    found = [n for n in book.find_all(told[:1]) if n not in doers]
    return found if all(book.actors[n].kind in ("person", "country", "government") for n in found) else []


def named_by_pattern(document: Document, trigger: Trigger, book: ActorBook, doers: Sequence[int]) -> list[int]:
    """Who stands among the words by which a verb tells its event: "spoke to *the minister*"."""
    if trigger.noun or not doers:
        return []
    own = set(surface_subjects(document, trigger.token))
    found = book.find_all([w for w in trigger.words if w != trigger.token and w not in own and document.preposition(w)])
    return [n for n in found if n not in doers and book.actors[n].kind == "person"]


def above_comma(document: Document, trigger: Trigger, book: ActorBook) -> list[int]:
    """Whose a participle behind a comma is where its own clause has nobody: "left after an attack killed ten, *accusing* them"."""
    if (
        trigger.token == 0
        or document.tokens[trigger.token - 1].text != ","
        or trigger.frame.type not in ("ACCUSE", "REQUEST")
    ):
        return []
    for above in document.ancestors(trigger.token):
        found = book.find_all(surface_subjects(document, above)) if document.tokens[above].pos == "VERB" else []
        if found:
            return found
    return []
