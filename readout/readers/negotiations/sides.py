"""Who negotiates."""

from __future__ import annotations

from readout.language.document import Document
from readout.readers.events.arguments import subjects, surface_subjects
from readout.readers.events.book import ActorBook
from readout.readers.events.heads import examples
from readout.readers.events.objects import objects
from readout.readers.events.pairs import is_pair
from readout.readers.negotiations.deals import agreed_before, nearing_verb
from readout.readers.negotiations.joining import body_to_join, joining_sides, listed_to_last, sending_sides
from readout.readers.negotiations.lexicon import words
from readout.readers.negotiations.mediators import find_mediators
from readout.readers.negotiations.mentions import Mention, carrier, verb_behind
from readout.readers.negotiations.naming import is_named, named_before, nations, singular
from readout.readers.status import judge

#: "Talks with *Turkish* leaders" are talks with Turkey.
_OF_STATE = ("amod", "nmod:poss")
#: So many words behind a talk noun may stand before the "between" that names its sides.
_NEAR = 8
_TWO, _BACK = 2, 2


def find_parties(document: Document, mention: Mention, book: ActorBook) -> list[int]:
    """The actors that a mention names as sides: "between A and B", "with B" and the subject, "A-B talks"."""
    i = mention.token
    if mention.kind == "verb":
        return _of_verb(document, i, book)
    if mention.kind == "mediation":
        return _of_mediation(document, i, book)
    stands = carrier(document, i)
    found = _behind(document, i, stands, book)
    authored = document.lemmas[i] in words("mediators", "plans")  # a "U.N. peace plan" is by the United Nations
    if document.lemmas[i] not in words("mediators", "nouns") and not authored:  # nor is "Turkish mediation" Turkey's
        found += named_before(document, i, book, alone=bool(found) or mention.topic not in words("war_topics"))
    closed = len(dict.fromkeys(found)) > 1 and "between" in document.words[i + 1 : i + _NEAR]
    if not closed:  # who rejects "a deal between A and B" is no side of it
        found = [*_acting(document, mention, stands, book), *found]
    found += body_to_join(document, i, stands, book) or _in_clause_behind(document, i, stands, book)
    if len(dict.fromkeys(found)) < 2:
        found += _jointly(document, stands, book)
    if mention.kind == "dispute":
        found = found if len(dict.fromkeys(found)) > 1 else [*found, *_owners(document, i, book)]
    if not found:
        found = joining_sides(document, i, book) or _agreeing(document, i, book)
    if found and document.preposition(stands) != "between":
        found = [*found, *sending_sides(document, stands, book)]
    found = [*_nearing(document, stands, book), *found]
    mediators = find_mediators(document, mention, book)
    sides = [n for n in dict.fromkeys(found) if n not in mediators and is_side(book, n)]
    return [] if _only_visits(document, mention, stands, sides, book) else sides


def _only_visits(document: Document, mention: Mention, stands: int, sides: list[int], book: ActorBook) -> bool:
    """Whether talks on a war, or on nothing that is told, are those of visitors, of whom nobody fights it: "flew in *for talks* with
    officials on a truce in Gaza".
    """
    on_war = mention.topic is None or not words("war_topics").isdisjoint(mention.topic.lower().split())
    verb = document.tokens[stands].head
    visits = document.lemmas[verb] in words("visiting_verbs") and document.preposition(stands) == "for"
    return on_war and visits and not any(fights(book, n) for n in sides)


def _agreeing(document: Document, i: int, book: ActorBook) -> list[int]:
    """Who "agreed" on a deal in the sentence before; two at least."""
    verb = agreed_before(document, i)
    found = list(dict.fromkeys(doing(document, subjects(document, verb), book))) if verb is not None else []
    return found if len(found) > 1 else []


def _in_clause_behind(document: Document, i: int, stands: int, book: ActorBook) -> list[int]:
    """Who holds or is to end the talks by the clause behind them: "talks on a treaty, *which A and B have vowed to conclude*"."""
    verb = document.tokens[stands].head
    near = [i, stands, *document.children(i, "nmod"), *(o for o in document.children(verb, "obl") if o > i)]
    found: list[int] = []
    for clause in (c for noun in dict.fromkeys(near) for c in document.children(noun, "acl:relcl")):
        held = any(document.words[o] in ("which", "that") for o in document.children(clause, "obj"))
        acts = [clause, *document.children(clause, "xcomp")]
        if held and any(document.lemmas[a] in words("side_verbs") for a in acts):
            found += doing(document, document.children(clause, "nsubj"), book)
    return found if len(dict.fromkeys(found)) > 1 else []


def _nearing(document: Document, stands: int, book: ActorBook) -> list[int]:
    """Who "is closer to" a deal."""
    verb = nearing_verb(document, stands)
    return doing(document, subjects(document, verb), book) if verb is not None else []


def weak_sides(document: Document, mention: Mention, book: ActorBook) -> list[int]:
    """Who is told to have joined or attended the talks: a side, where no other is told."""
    stands = carrier(document, mention.token)
    verb = document.tokens[stands].head
    for child in document.children(mention.token, "acl"):  # "talks attended by A"
        if document.lemmas[child] in words("weak_side_verbs"):
            return [n for n in dict.fromkeys(book.find_all(subjects(document, child))) if is_side(book, n)]
    sent = [n for n in sending_sides(document, stands, book) if is_side(book, n)]
    if sent:
        return sent
    if mention.kind == "verb" or document.relations[stands].split(":")[0] not in ("obj", "obl"):
        return []
    if document.lemmas[verb] not in words("weak_side_verbs"):
        return []
    return [n for n in dict.fromkeys(book.find_all(subjects(document, verb))) if is_side(book, n)]


def _behind(document: Document, i: int, stands: int, book: ActorBook) -> list[int]:
    """The sides that the words behind a talk noun name; `stands` is the noun that stands for it in the clause."""
    joined = [c for noun in dict.fromkeys((i, stands)) for c in document.children(noun, "nmod", "obl") if c > i]
    for participle in document.children(i, "acl"):
        joined += document.children(participle, "obl") if document.tags[participle] != "VB" else []
    if document.words[stands] == "what":  # "what she called useful talks *with A*", hung on the call
        joined += [o for c in document.children(stands, "acl:relcl") for o in document.children(c, "obl") if o > i]
    found = _sides_among(document, joined, book)
    if len(dict.fromkeys(found)) < 2:  # "talks on the exchange of prisoners *between A and B*"
        within = document.subtree(i, ("acl", "acl:relcl", "advcl", "conj", "appos"))
        between = [c for c in within if c > i and document.preposition(c) == "between"]
        found += _sides_among(document, between, book)
    about = [t for t in joined if document.preposition(t) in words("prepositions", "about")]
    if not found:  # "talks on water *with A*", hung on the water
        found = _sides_among(document, [c for t in about for c in document.children(t, "nmod")], book)
    verb = document.tokens[stands].head
    clausal = document.relations[stands].split(":")[0] in ("obj", "nsubj", "obl")
    if len(dict.fromkeys(found)) < 2 and clausal and document.tokens[verb].pos == "VERB":
        found += _sides_among(document, [o for o in document.children(verb, "obl") if o > i], book)
    if len(dict.fromkeys(found)) < 2:
        found += _after_between(document, i, book)
    return found


def _sides_among(document: Document, phrases: list[int], book: ActorBook) -> list[int]:
    named = words("prepositions", "sides")
    between = [c for c in phrases if document.preposition(c) in named and not _is_called_between(document, c)]
    return [n for c in between for n in actors_of(document, c, book)]


def _is_called_between(document: Document, i: int) -> bool:
    """Whether a phrase is followed by "as mediators": who is there so is no side."""
    end = document.tokens_in(document.subtree_span(i))[-1] + 4
    following = (k for k in range(i, min(end, document.sentence(i).last)) if document.words[k] == "as")
    return any(singular(w) in words("mediators", "nouns") for k in following for w in document.words[k + 1 : k + 3])


def _acting(document: Document, mention: Mention, stands: int, book: ActorBook) -> list[int]:
    """The subject of "held talks", "walked out of talks"; of "met for talks" where it names two."""
    verb, dep = document.tokens[stands].head, document.relations[stands].split(":")[0]
    if dep not in ("obj", "obl"):
        return []
    lemma = document.lemmas[verb]
    agreeing = [v for v in document.children(stands, "acl:relcl") if document.lemmas[v] in words("agreeing_verbs")]
    if mention.kind == "deal" and agreeing:  # "proposed a plan *that A accepted and B rejected*"
        agreeing += [c for v in agreeing for c in document.children(v, "conj")]
        return doing(document, [s for v in agreeing for s in document.children(v, "nsubj")], book)
    phrasal = any(
        f"{lemma} {document.words[c]}" in words("side_verbs") for c in document.children(verb, "compound:prt")
    )
    if phrasal or (lemma in words("side_verbs") and lemma not in words("weak_side_verbs")):
        return doing(document, subjects(document, verb), book)
    if lemma in words("meeting_verbs") and document.preposition(stands) == "for":
        met = doing(document, subjects(document, verb), book)
        if len(met) > 1:
            return met
        met += _sides_among(document, document.children(verb, "obl"), book) or book.find_all(objects(document, verb))
        return met if any(fights(book, n) for n in met) else []  # other visitors only visit
    visits = (
        lemma in words("visiting_verbs") and document.parts[verb] == "VERB" and document.preposition(stands) == "for"
    )
    if visits and mention.topic is not None and _behind(document, mention.token, stands, book):
        found = doing(document, subjects(document, verb), book)  # "arrived *for cooperation talks* with A"
        return [n for n in found if book.actors[n].country is not None or book.actors[n].kind != "unnamed"]
    return []


def _of_mediation(document: Document, verb: int, book: ActorBook) -> list[int]:
    """Those between whom somebody mediates; where none are told, who asks for it."""
    between = [o for o in document.children(verb, "obl") if document.preposition(o) in words("prepositions", "sides")]
    found = [n for o in between for n in actors_of(document, o, book)]
    quarrel = [c for o in document.children(verb, "obl", "obj") for c in document.children(o, "nmod")]
    found = found or _sides_among(document, quarrel, book)
    if len(found) < 2:
        asking = [o.subject for o in judge(document, verb).operators if o.kind == "request" and o.subject is not None]
        found += [n for n in book.find_all(asking) if n not in book.find_all(subjects(document, verb))]
    return [n for n in dict.fromkeys(found) if is_side(book, n)]


def _owners(document: Document, dispute: int, book: ActorBook) -> list[int]:
    """The two who settle a dispute of theirs: the subject of the clause that it is told in."""
    for at in document.ancestors(dispute):
        if document.parts[at] == "VERB" and document.children(at, "nsubj"):
            found = list(dict.fromkeys(doing(document, surface_subjects(document, at), book)))
            if len(found) > 1:
                return found
    return []


def fights(book: ActorBook, n: int) -> bool:
    """Whether an actor is an armed group or rebels."""
    return book.actors[n].kind == "armed_group" or "REB" in book.actors[n].sectors


def _meant(document: Document, heads: list[int]) -> list[int]:
    """Subjects with those that "they" stands for where it opens what its own speakers say: "*officials* said *they* had agreed"."""
    if len(heads) != 1 or document.words[heads[0]] != "they":
        return heads
    clause = document.tokens[heads[0]].head
    told = document.tokens[clause].head
    if document.relations[clause] != "ccomp" or document.lemmas[told] not in words("saying"):
        return heads
    return surface_subjects(document, told) or heads


def _jointly(document: Document, stands: int, book: ActorBook) -> list[int]:
    """The subject of what two did "after" or "following" the talks: "A and B *agreed* to stop after talks in Doha"."""
    told = document.tokens[stands].head
    if document.lemmas[told] in words("saying") and document.preposition(stands) in words("joint_prepositions"):
        met = _sides_among(document, document.children(stands, "nmod"), book)
        return doing(document, surface_subjects(document, told), book) if met else []  # "A said after talks with B"
    bound = document.preposition(stands) in (
        "under",
        "in",
    )  # "passage under a deal", "agreed on points in talks", hung on the noun
    if not bound and not document.relations[stands].startswith("obl"):
        return []
    if not bound and document.preposition(stands) not in words("joint_prepositions"):
        return []
    for at in document.ancestors(stands):
        if document.lemmas[at] in words("joint_verbs") and document.tokens[at].pos == "VERB":
            found = list(dict.fromkeys(doing(document, _meant(document, subjects(document, at)), book)))
            return found if len(found) == 2 else []
        if document.relations[at].startswith(("acl:relcl", "conj", "parataxis")) and document.tags[at] != "VB":
            break  # but "agreed to stop *and leave*"
    return []


def actors_of(document: Document, i: int, book: ActorBook) -> list[int]:
    """The actors of a coordinated phrase; a name beside a title where the title itself is nobody's."""
    found = []
    for one in listed_to_last(document, document.conjuncts(i)):
        found += _sent(document, one, book)
        if people := _body_of_people(document, one, book):
            found += people
            continue
        several = nations(document, one, book) or (book.find_all([one]) if is_pair(document, one) else [])
        if len(several) > 1:
            found += several
            continue
        beside = [one, *document.children(one, "flat", "appos", "compound", "nmod:desc", *_OF_STATE)]
        named = [n for n in map(book.find, beside) if n is not None and is_side(book, n)]
        of_state = [n for n in named if book.actors[n].country is not None or book.actors[n].kind != "unnamed"]
        some = book.find_all(examples(document, one)) if document.words[one] in words("generic_sides") else []
        some = [n for n in some if is_side(book, n)]
        one_state = (of_state or named)[:1]  # of "his Lithuanian counterpart", Lithuania
        found += some or one_state
    return found


def doing(document: Document, heads: list[int], book: ActorBook) -> list[int]:
    """The actors of subjects, both states of "U.S. and Iranian officials"."""
    found: list[int] = []
    for head in heads:
        pair = is_pair(document, head) is not None
        if pair and all(book.actors[n].kind == "unnamed" for n in book.find_all([head])):
            found += _joint_before(document, head, book)
            continue
        several = nations(document, head, book) or _sent(document, head, book)
        own = several if len(several) > 1 else _own(document, head, book)
        nobody = not own or all(book.actors[n].kind == "unnamed" for n in own)
        found += several if several and nobody else own  # "*leaders of the Greens*"
    return found


def _joint_before(document: Document, i: int, book: ActorBook) -> list[int]:
    """The two who are the subject of the sentence before, or of the one before that: "Chad and Mali … *The two countries* signed"."""
    here = document.tokens[i].sentence
    for sentence in range(here - 1, max(here - _BACK, 0) - 1, -1):
        place = document.sentences[sentence]
        joint = [
            s
            for s in range(place.first, place.last)
            if document.relations[s] == "nsubj" and document.children(s, "conj")
        ][:1]
        found = list(dict.fromkeys(n for s in joint for n in book.find_all([s, *document.conjuncts(s)])))
        if len(found) == _TWO:
            return found
    return []


def _own(document: Document, head: int, book: ActorBook) -> list[int]:
    """The actor of a subject; of "the Chadian negotiator", who is nobody by name, Chad."""
    found = book.find_all([head]) or _body_of_people(document, head, book)
    if not found or is_side(book, found[0]) or book.actors[found[0]].kind != "unnamed":
        return found
    states = [book.country_at(c) for c in document.children(head, "amod", "compound", "nmod:poss") if c < head]
    return [n for n in states if n is not None][:1] or _body_of_people(document, head, book) or found


def _body_of_people(document: Document, i: int, book: ActorBook) -> list[int]:
    """People without a name who bargain as a body: "*bondholders*", "the *union*"."""
    who = [i]
    if singular(document.words[i]) in words("delegates"):  # "rail *union* leaders"
        who = document.children(i, "compound", "nmod:poss")
    found = [book.person_at(w, surely=True) for w in who if document.lemmas[w] in words("bargaining")]
    return [n for n in found if n is not None]


def _sent(document: Document, i: int, book: ActorBook) -> list[int]:
    """Those whom people speak for: "*delegations from A and B*"."""
    if singular(document.words[i]) not in words("delegates"):
        return []
    homes = [c for c in document.children(i, "nmod") if document.preposition(c) in ("from", "of", "for")]
    if document.tags[i] in ("NNS", "NNPS"):
        homes += [a for home in homes for a in document.children(home, "appos")]  # "the presidents of A, B"
    return list(dict.fromkeys(n for c in homes for n in actors_of(document, c, book)))


def _after_between(document: Document, noun: int, book: ActorBook) -> list[int]:
    """The actors on both sides of the "and" after "talks between", by the order of words, where the tree lost one."""
    near = range(noun + 1, min(noun + 5, document.sentence(noun).last))
    start = next((i for i in near if document.words[i] == "between"), None)
    if start is None:
        return []
    sides: list[list[int]] = [[], []]
    joined = 0
    for i in range(start + 1, min(start + 15, len(document.tokens))):
        token = document.tokens[i]
        if token.pos in ("VERB", "AUX") or token.text in (".", ";") or (joined and token.pos in ("PUNCT", "ADP")):
            break
        joined = 1 if token.lower == "and" else joined
        actor = book.find(i) if token.pos in ("NOUN", "PROPN") else None
        sides[joined] += [actor] if actor is not None else []
    return [side[-1] for side in sides if side] if all(sides) else []


def is_side(book: ActorBook, n: int) -> bool:
    """Whether an actor can be a side: it is named or a body of its own; of a people, the name of a nation ("Palestinians")."""
    actor = book.actors[n]
    if singular(actor.name.lower().split()[-1]) in words("nouns", "deals"):
        return False  # "IMMEDIATE CEASEFIRE", taken for a name
    if actor.kind == "population":
        return actor.country is not None and actor.name.endswith(("s", "ese")) and actor.name.istitle()
    return is_named(book, n)


def acting_side(document: Document, mention: Mention, book: ActorBook) -> list[int]:
    """The subject of the sentence, where it says of one side alone that it is "with": "Iran left talks with France"."""
    spoken = book.speaker_at(document.tokens[mention.token].start)
    at = carrier(document, mention.token)
    at = document.tokens[at].head if document.relations[at].startswith("nmod") else at
    about = document.relations[at] in ("nsubj", "root") or verb_behind(document, mention.token) != mention.token
    if spoken is not None and about and _is_in_office(book, spoken):
        return [spoken]  # "*the minister* said talks with A would cover water"
    root = document.sentence(mention.token).root
    above = list(document.ancestors(at))
    between = above[: above.index(root)] if root in above else []
    if any(document.parts[v] == "VERB" and document.children(v, "nsubj") for v in (at, *between) if v != root):
        return []  # "the rebels demanded that *he* cease talks with Chad"
    if document.tokens[root].pos != "VERB" or document.lemmas[root] in words("saying"):
        return []
    return [n for n in book.find_all(surface_subjects(document, root)) if is_named(book, n)]


def _is_in_office(book: ActorBook, n: int) -> bool:
    actor = book.actors[n]
    return actor.country is not None and (actor.kind in ("government", "country") or "GOV" in actor.sectors)


def _of_verb(document: Document, i: int, book: ActorBook) -> list[int]:
    found = book.find_all(subjects(document, i))
    behind = [
        *document.children(i, "obl"),
        *(c for o in document.children(i, "obj") for c in document.children(o, "nmod")),
    ]
    for child in behind:  # "negotiating fishing rights *with Chad*", hung on the rights
        if child > i and document.preposition(child) in words("prepositions", "sides"):
            found += book.find_all(document.conjuncts(child))
    return [n for n in dict.fromkeys(found) if is_side(book, n)]
