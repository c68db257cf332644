"""Who takes part in an event that the places of its frame do not tell: whose request it is, who undergoes it, who is on a visit
that a phrase mentions, who is told something in a call, who is charged with a deed, and whose a participle behind a comma is.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from readout import knowledge
from readout.language.document import Document
from readout.readers.events.arguments import subjects, surface_subjects
from readout.readers.events.book import ActorBook
from readout.readers.events.frames import Trigger, find_trigger
from readout.readers.events.lexicon import words
from readout.readers.events.objects import objects
from readout.readers.events.passives import is_passive
from readout.readers.status.clause import negative_phrase
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
    while document.tokens[clause].pos == "NOUN" and document.tokens[clause].head < clause:
        clause = document.tokens[clause].head  # "came for a visit *at the invitation of*"
    whom = book.find_all(surface_subjects(document, clause))
    return who, [n for n in whom if n not in who]


@cache
def _charging(preposition: str) -> frozenset[str]:
    """Verbs whose object has done what a noun behind a preposition tells."""
    entries: dict[str, list[str]] = knowledge.load("events/words.yaml")["deeds_charged"]
    return frozenset(str(word) for word in entries.get(preposition, ()))


def charged(document: Document, trigger: Trigger, book: ActorBook) -> list[int]:
    """Who is said to have done a deed: "accused *the army* of the massacre", "a raid that is blamed on *rebels*"."""
    if trigger.frame.type != "ASSAULT":
        return []
    i = trigger.token
    while document.lemmas[document.tokens[i].head] in words("taking_part") and document.relations[i] != "root":
        i = document.tokens[i].head
    verb = said_of = document.tokens[i].head
    if document.relations[i] == "nmod" and document.relations[verb] == "obj":
        verb = document.tokens[verb].head  # hung on whom it is said of
    if document.lemmas[said_of] in words("claimed") and document.lemmas[verb] in words("owning_up"):
        who = [s for s in subjects(document, verb) if negative_phrase(document, s) is None]
        return book.somebody(who)  # "*a group* claimed responsibility for the attack"
    preposition = (document.preposition(i) or "").rpartition(" ")[2]
    whom: list[int] = []
    if document.lemmas[verb] in _charging(preposition):
        hold = document.lemmas[verb] == "hold"
        if not hold or any(document.words[c] in words("guilty") for c in document.children(verb, "xcomp")):
            whom = objects(document, verb)
    elif document.lemmas[verb] == "blame" and i in objects(document, verb):
        whom = [o for o in document.children(verb, "obl") if document.preposition(o) == "on"]
    return book.somebody(whom)


def punished(document: Document, trigger: Trigger, book: ActorBook, doers: Sequence[int]) -> list[int]:
    """On whom a sentence is passed: "upheld jail terms *for two farmers*"."""
    if trigger.frame.type != "SANCTION":
        return []
    terms = [w for w in (trigger.token, *trigger.words) if document.lemmas[w] in words("punishments")]
    near = [o for w in (trigger.token, *terms) for o in document.children(w, "nmod", "obl")] if terms else []
    heads = [one for o in near if document.preposition(o) == "for" for one in document.conjuncts(o)]
    found = [n if n is not None else book.person_at(w) for w, n in ((w, book.find(w)) for w in heads)]
    return [n for n in dict.fromkeys(found) if n is not None and n not in doers]


def accused_below(document: Document, trigger: Trigger, book: ActorBook) -> list[int] | None:
    """Who has done what a charge says: "allegations that *the army* shelled it", "that *Chadian* bungling led to deaths".

    Returns:
        Who it is; [] where the clause does not tell, None where there is no such clause.
    """
    if not trigger.noun or trigger.frame.type != "ACCUSE":
        return None
    clauses = [
        c
        for c in document.children(trigger.token, "acl", "ccomp")
        if any(document.words[m] == "that" for m in document.children(c, "mark"))
    ]
    if not clauses:
        return None
    heads = subjects(document, clauses[0])
    found = book.somebody(heads)
    owners = [book.behind(head, undergoes=False) for head in heads] if not found else []
    return found or [n for n in owners if n is not None]


def partaking(document: Document, trigger: Trigger, book: ActorBook) -> list[int]:
    """Whose part in a deed somebody else denies: "denied *the rebels'* involvement in the bombing"."""
    owners = [c for w in trigger.words for c in document.children(w, "nmod:poss")]
    owners += [
        c for w in trigger.words for c in document.children(w, "nmod") if document.preposition(c) in ("of", "by")
    ]
    return book.find_all(owners)


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


def brought_together(
    document: Document, trigger: Trigger, book: ActorBook, doers: Sequence[int], found: list[int]
) -> list[int]:
    """For whom somebody mediates: no town ("mediated *in Doha*"), but those whose talks are brokered ("*they* met in talks brokered")."""
    parties = [n for n in found if book.actors[n].kind != "population" or not book.is_town(n)]
    noun = document.tokens[trigger.token].head
    talks = find_trigger(document, noun) if document.relations[trigger.token].startswith("acl") else None
    if parties or talks is None or not talks.noun or talks.frame.type != "CONSULT":
        return parties
    sides = [c for c in document.children(noun, "nmod") if document.preposition(c) in ("between", "with")]
    named = book.find_all([one for c in sides for one in document.conjuncts(c)])
    return [n for n in (named or on_the_way(document, talks, book)) if n not in doers]


def called_by_place(document: Document, trigger: Trigger, book: ActorBook) -> list[int]:
    """Who receives a visit that is called by its place: "during a *Washington* visit", "his *Cuba* trip"."""
    before = [c for c in document.children(trigger.token, "compound") if book.is_place(c)]
    found = [n if n is not None else book.population_at(c) for c, n in ((c, book.find(c)) for c in before)]
    return [n for n in found if n is not None]


def with_unnamed(book: ActorBook, words: Sequence[int], found: list[int], exclude: Sequence[int]) -> list[int]:
    """Actors behind several words, with the people whom only a common noun names: "sanctions against *individuals* and companies"."""
    unknown = [w for w in words if book.find(w) is None and book.names_people(w)]
    people = [n for n in map(book.person_at, unknown) if n is not None]
    return [*found, *(n for n in people if n not in found and n not in exclude)]


def on_the_way(document: Document, trigger: Trigger, book: ActorBook) -> list[int]:
    """Who is on a visit, in a call or in a fight that a phrase of the clause mentions: "*Chirac* said during a visit to Cairo"."""
    i = trigger.token
    consults = trigger.frame.type == "CONSULT"
    relation = document.relations[i].split(":")[0]
    if consults and relation == "nmod" and document.preposition(i) == "on":
        return book.find_all([document.tokens[i].head])  # "*the king*, on a visit to Oslo, said"
    where = relation == "nmod" and bool(document.children(document.tokens[i].head, "cop"))  # "is in Cairo for talks"
    clause_like = relation == "advcl" and not document.children(i, "nsubj", "cop", "aux")  # "said so, after talks"
    named = document.preposition(i) == "including" and first_named(document, i) is not None
    shown = trigger.frame.type == "SUPPORT" and document.lemmas[i] in words("gestures")
    if relation == "obl" and document.preposition(i) == "in" and shown:
        return book.find_all(surface_subjects(document, document.tokens[i].head))  # "marched *in a show of support*"
    if not (consults or trigger.frame.symmetric) or not (relation == "obl" or where or clause_like or named):
        return []
    if document.lemmas[document.tokens[i].head] in words("contented") and not document.children(i, "nmod:poss"):
        return book.find_all(surface_subjects(document, document.tokens[i].head))  # "was satisfied *with the talks*"
    if (document.preposition(i) not in words("meanwhile") and not named) or document.children(i, "nmod:poss"):
        return []
    clause = document.tokens[i].head
    if named:  # "came for talks with leaders, *including a meeting* with the king"
        clause = next((a for a in document.ancestors(i) if document.tokens[a].pos == "VERB"), clause)
    if document.preposition(i) == "for" and not (
        document.lemmas[clause] in motion("motion") | {"visit"} or document.children(clause, "cop")
    ):
        return []  # whoever is "in Cairo *for talks*" takes part in them; what is done for a visit is another's
    passive = is_passive(document, clause)
    others = any(document.preposition(c) == "with" for c in document.children(i, "nmod"))
    if passive and document.lemmas[i] in words("own_motion"):
        return book.find_all(surface_subjects(document, clause))  # "*he* was arrested on arrival in Oslo"
    if passive and (consults or (document.lemmas[clause] in words("suffered") and not others)):
        return []  # "three were wounded *in clashes*": who clashed is not told
    heads = surface_subjects(document, clause) if passive else subjects(document, clause)
    return book.find_all(heads)


def first_named(document: Document, i: int) -> int | None:
    """The talks of which a noun behind "including" is a part: "*talks* with leaders, including a meeting"; None without any."""
    case = document.child(i, "case")
    if case is None or document.words[case] != "including":
        return None
    sentence = document.sentence(i)
    for w in range(case - 1, sentence.first, -1):
        if document.tokens[w].pos == "VERB":
            return None
        if document.lemmas[w] in words("conferring") and document.tokens[w].pos == "NOUN":
            return w
    return None


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
