"""Which words stand at a place of the schema around a trigger: "subj", "with", "amod"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from readout.language.document import Document
from readout.readers.events import lexicon
from readout.readers.events.arguments import subjects
from readout.readers.events.by_whom import by_whom
from readout.readers.events.frames import Trigger
from readout.readers.events.heads import behind_partitive
from readout.readers.events.objects import objects
from readout.readers.events.obliques import behind_prepositions, obliques
from readout.readers.events.passives import is_passive
from readout.readers.events.patterns import class_members
from readout.readers.lookup import heads_date


def words_at(document: Document, trigger: Trigger, place: str, predicate: int) -> list[int]:
    """The heads that stand at a place of the schema ("subj", "with", "amod") around a trigger.

    The "state" of "declared a *state* of siege" is no country, and envoys who are recalled are not whom it is done to.
    """
    found = _standing(document, trigger, place, predicate)
    if not found or place == "subj" or not trigger.words:
        return found
    if place == "amod" and document.lemmas[trigger.token] in lexicon.words("in_the_abstract"):
        # "*military* action" is no act of "the military" by that
        found = [w for w in found if w not in trigger.words and (document.parts[w] != "ADJ" or document.capitals[w])]
    nobody = _nobody(moves=trigger.frame.moves, cooperates=trigger.frame.type == "COOPERATE")
    sent = place == "obj" and not trigger.noun and trigger.frame.type == "ASSAULT"
    if sent and document.lemmas[trigger.token] in lexicon.words("launching"):
        return [] if any(w in trigger.words for w in found) else found  # "launched *drones* at them"
    own = [w for w in trigger.words if document.lemmas[w] in nobody]
    if not own:
        return found
    return [w for w in found if w not in own and behind_partitive(document, w) not in own]


@cache
def _nobody(*, moves: bool, cooperates: bool) -> frozenset[str]:
    """Nouns of a pattern that are nobody: "declared a state of *emergency*", "recalled its *envoys*", "joined *forces*"."""
    found = class_members("emergency")
    if moves:
        found |= class_members("sent")
    return found | lexicon.words("idioms") if cooperates else found


def words_behind(document: Document, trigger: Trigger, prepositions: Sequence[str], predicate: int) -> list[int]:
    """The heads that stand behind any of some prepositions, in the order of these."""
    there = behind_prepositions(document, trigger.token, predicate)
    places = [place for place in prepositions if place in there] if there else []
    return [word for place in places for word in words_at(document, trigger, place, predicate)]


def _standing(document: Document, trigger: Trigger, place: str, predicate: int) -> list[int]:
    i = trigger.token
    if place == "subj":
        return subjects(document, predicate)
    if place == "obj":
        if document.lemmas[i] in lexicon.words("topical") and not trigger.noun:
            return []  # "discussed *Iraq*"
        if document.tokens[i].lemma == "call" and trigger.frame.type == "ACCUSE":
            return expanded(document, document.children(i, "obj"))  # "called *the mayor* a liar"
        return objects(document, i, noun=trigger.noun)
    if place == "iobj":
        if not trigger.noun and is_passive(document, i) and document.children(i, "obj"):
            return objects(document, i)  # "the *rebels* were given weapons"
        return expanded(document, document.children(i, "iobj")) or _run_into_object(document, i)
    if place == "xcomp":
        return expanded(document, document.children(i, "xcomp"))
    if place == "poss":
        dated = [c for c in document.children(i, "compound") if heads_date(document, c)]  # "*its* August 1990 invasion"
        whose = [p for c in dated for p in document.children(c, "nmod:poss")]
        before = [i - 2] if i > 1 and document.tokens[i - 1].tag == "POS" else []  # hung elsewhere by the tree
        return expanded(document, document.children(i, "nmod:poss") or whose or before)
    if place == "amod":
        return [] if document.lemmas[i] in lexicon.words("of_a_people") else modifiers(document, i)
    if place == "comp":
        return document.children(i, "compound")
    found = behind_prepositions(document, i, predicate).get(place, [])
    if place == "between":
        near = obliques(document, i)
        found = found + [o for o in near if document.preposition(o) == "among"]
        if not trigger.noun:  # "the violence *between the two* continued"
            below = [c for s in document.children(i, "nsubj") for c in document.children(s, "nmod")]
            found = found + [c for c in below if document.preposition(c) in ("between", "among")]
    if place == "by" and trigger.noun and predicate == i:
        found = found or by_whom(document, i)
        hurt = document.lemmas[document.tokens[i].head] in lexicon.words("suffered")
        if trigger.frame.type == "PROTEST" and hurt and is_passive(document, document.tokens[i].head):
            return []  # "were killed in the protests *by police*"
    return expanded(document, found) if found else []


def _run_into_object(document: Document, i: int) -> list[int]:
    """The receiver whom the parser takes into the object: "promised *Tanzania* new funds". No name stands before an adjective."""
    own = document.children(i, "obj")
    for o in own if own and document.parts[i + 1 : i + 2] == ("PROPN",) else ():
        inside = document.subtree(o)
        if len(inside) < 3 or inside[0] != i + 1:
            continue
        if document.tokens[i + 2].pos in ("ADJ", "NUM", "DET") and document.relations[i + 1] == "compound":
            return [i + 1]
    return []


def modifiers(document: Document, i: int) -> list[int]:
    """Nationality adjectives and nouns before a noun, and before its compound ("US-Iran nuclear talks")."""
    found = document.children(i, "amod", "compound", "nmod:desc", "nmod:unmarked")
    for c in list(found):
        if document.words[c] in lexicon.words("brokered"):
            continue  # "the *US*-brokered talks"
        found += document.children(c, "compound", "flat", "conj", "nmod:desc")
        # "*Israeli*-Palestinian talks"
        found += [m for m in document.children(c, "amod") if m + 2 == c and document.tokens[m + 1].text in ("-", "–")]
    found = [m for m in found if not _is_opposed(document, m)]
    return sorted(set(found))


def _is_opposed(document: Document, i: int) -> bool:
    """Whether word `i` is whom a prefix is against: "*anti-Israeli* bombings"."""
    if i and document.words[i - 1] in ("anti-", "anti–"):
        return True
    return i > 1 and document.tokens[i - 1].text in ("-", "–") and document.words[i - 2] == "anti"


def opposed(document: Document, i: int) -> list[int]:
    """Whom a prefix of a noun is against: "*anti-Israeli* protests"."""
    before = [m for c in document.children(i, "amod", "compound", "nmod:desc") for m in (c, *document.children(c))]
    return [m for m in before if _is_opposed(document, m)]


def expanded(document: Document, heads: list[int]) -> list[int]:
    """Words with those that are coordinated with them."""
    return [one for head in heads for one in document.conjuncts(head)]
