"""Who negotiates, and who mediates."""

from __future__ import annotations

from functools import cache

from readout.language.document import Document
from readout.readers.events.arguments import objects, subjects, surface_subjects
from readout.readers.events.book import ActorBook
from readout.readers.events.pairs import is_pair
from readout.readers.negotiations.lexicon import words
from readout.readers.negotiations.mentions import Mention, carrier

#: So many words behind a talk noun may stand before the "between" that names its sides.
_NEAR = 8


def find_parties(document: Document, mention: Mention, book: ActorBook) -> list[int]:
    """The actors that a mention names as sides: "between A and B", "with B" and the subject, "A-B talks"."""
    i = mention.token
    if mention.kind == "verb":
        return _of_verb(document, i, book)
    stands = carrier(document, i)
    found = _behind(document, i, stands, book)
    if document.lemmas[i] not in words("mediators", "nouns"):  # "Turkish mediation" is not what Turkey is a side of
        found += _before(document, i, book, alone=bool(found) or mention.topic not in words("war_topics"))
    closed = len(dict.fromkeys(found)) > 1 and "between" in document.words[i + 1 : i + _NEAR]
    if not closed:  # who rejects "a deal between A and B" is no side of it
        found = [*_acting(document, stands, book), *found]
    if len(dict.fromkeys(found)) < 2:
        found += _jointly(document, stands, book)
    mediators = find_mediators(document, mention, book)
    return [n for n in dict.fromkeys(found) if n not in mediators and _is_side(book, n)]


def weak_sides(document: Document, mention: Mention, book: ActorBook) -> list[int]:
    """Who is told to have joined or attended the talks: a side, where no other is told."""
    stands = carrier(document, mention.token)
    verb = document.tokens[stands].head
    if mention.kind == "verb" or document.relations[stands].split(":")[0] not in ("obj", "obl"):
        return []
    if document.lemmas[verb] not in words("weak_side_verbs"):
        return []
    return [n for n in dict.fromkeys(book.find_all(subjects(document, verb))) if _is_side(book, n)]


def _behind(document: Document, i: int, stands: int, book: ActorBook) -> list[int]:
    """The sides that the words behind a talk noun name; `stands` is the noun that stands for it in the clause."""
    joined = [c for noun in dict.fromkeys((i, stands)) for c in document.children(noun, "nmod", "obl") if c > i]
    for participle in document.children(i, "acl"):
        joined += document.children(participle, "obl") if document.tags[participle] != "VB" else []
    found = _sides_among(document, joined, book)
    if len(dict.fromkeys(found)) < 2:  # "talks on the exchange of prisoners *between A and B*"
        within = document.subtree(i, ("acl", "acl:relcl", "advcl", "conj", "appos"))
        between = [c for c in within if c > i and document.preposition(c) == "between"]
        found += _sides_among(document, between, book)
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
    return [n for c in between for n in _actors_of(document, c, book)]


def _is_called_between(document: Document, i: int) -> bool:
    """Whether a phrase is followed by "as mediators": who is there so is no side."""
    end = document.tokens_in(document.subtree_span(i))[-1] + 4
    following = (k for k in range(i, min(end, document.sentence(i).last)) if document.words[k] == "as")
    return any(_singular(w) in words("mediators", "nouns") for k in following for w in document.words[k + 1 : k + 3])


def _singular(word: str) -> str:
    return word.removesuffix("s")


def _acting(document: Document, stands: int, book: ActorBook) -> list[int]:
    """The subject of "held talks", "walked out of talks"; of "met for talks" where it names two."""
    verb, dep = document.tokens[stands].head, document.relations[stands].split(":")[0]
    if dep not in ("obj", "obl"):
        return []
    lemma = document.lemmas[verb]
    if lemma in words("side_verbs") and lemma not in words("weak_side_verbs"):
        return _doing(document, subjects(document, verb), book)
    if lemma in words("meeting_verbs") and document.preposition(stands) == "for":
        met = _doing(document, subjects(document, verb), book)
        if len(met) > 1:
            return met
        met += _sides_among(document, document.children(verb, "obl"), book) or book.find_all(objects(document, verb))
        return met if any(_fights(book, n) for n in met) else []  # other visitors only visit
    return []


def _fights(book: ActorBook, n: int) -> bool:
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
    if not document.relations[stands].startswith("obl"):
        return []
    if document.preposition(stands) not in words("joint_prepositions"):
        return []
    for at in document.ancestors(stands):
        if document.lemmas[at] in words("joint_verbs") and document.tokens[at].pos == "VERB":
            found = list(dict.fromkeys(_doing(document, _meant(document, subjects(document, at)), book)))
            return found if len(found) == 2 else []
        if document.relations[at].startswith(("acl:relcl", "conj", "parataxis")):
            break
    return []


def _before(document: Document, i: int, book: ActorBook, *, alone: bool) -> list[int]:
    """The sides before a talk noun: "A-B talks"; one country alone is where a war is, not a side ("Chadian peace talks").

    Args:
        document: the parsed document.
        i: the talk noun.
        book: finds the actors.
        alone: whether one country is a side all the same.
    """
    found = []
    for child in document.children(i, "nmod:poss", "compound", "amod", "nmod:desc"):
        if document.words[child] in words("mediators", "leading"):
            continue  # "US-led talks"
        found += book.find_all([child, *document.children(child, "flat", "conj", "compound", "amod")])
    found = list(dict.fromkeys(found))
    owned = bool(document.children(i, "nmod:poss"))
    if len(found) == 1 and book.actors[found[0]].kind in ("country", "population") and not (alone or owned):
        return []
    return found


def _actors_of(document: Document, i: int, book: ActorBook) -> list[int]:
    """The actors of a coordinated phrase; a name beside a title where the title itself is nobody's."""
    found = []
    for one in document.conjuncts(i):
        several = _nations(document, one, book) or (book.find_all([one]) if is_pair(document, one) else [])
        if len(several) > 1:
            found += several
            continue
        beside = [one, *document.children(one, "flat", "appos", "compound", "nmod:desc")]
        found += [n for n in map(book.find, beside) if n is not None and _is_side(book, n)][:1]
    return found


def _nations(document: Document, i: int, book: ActorBook) -> list[int]:
    """The states of "Russian and Ukrainian negotiators", of which the tree makes one phrase; [] where there are not two."""
    if document.tags[i] not in ("NNS", "NNPS"):
        return []
    named = [n for c in document.children(i, "amod", "compound", "nmod:desc") if c < i for n in (c, *document.children(c, "conj"))]
    found = list(dict.fromkeys(n for n in map(book.country_at, named) if n is not None))
    return found if len(found) > 1 else []


def _doing(document: Document, heads: list[int], book: ActorBook) -> list[int]:
    """The actors of subjects, both states of "U.S. and Iranian officials"."""
    return [n for head in heads for n in _nations(document, head, book) or book.find_all([head])]


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


def _is_named(book: ActorBook, n: int) -> bool:
    """Whether an actor is more than "two leaders" or "the country"; "the Freedom Party" is."""
    actor = book.actors[n]
    last = actor.name.lower().split()[-1]
    if last.rstrip("s") in {w.rstrip("s") for w in words("unnamed_sides") if not w.endswith("y")}:
        return False
    singular = f"{last[:-3]}y" if last.endswith("ies") else last
    return singular not in words("unnamed_sides") or actor.kind not in ("unnamed", "population", "country")


def _is_side(book: ActorBook, n: int) -> bool:
    """Whether an actor can be a side: it is named or a body of its own; of a people, the name of a nation ("Palestinians")."""
    actor = book.actors[n]
    if actor.name.lower().split()[-1] in words("nouns", "deals"):
        return False  # "IMMEDIATE CEASEFIRE", taken for a name
    if actor.kind == "population":
        return actor.country is not None and actor.name.endswith(("s", "ese")) and actor.name.istitle()
    return _is_named(book, n)


def negotiating_sides(document: Document, book: ActorBook) -> list[int]:
    """The sides whose negotiators the article names: "the chief Chechen negotiator", "Russia's negotiator"."""
    found: list[int] = []
    negotiators = words("negotiators")
    for i in document.called(negotiators):
        if document.lemmas[i] in negotiators:
            near = document.children(i, "nmod:poss", "amod", "compound")
            found += [n for n in map(book.find, near) if n is not None][:1]
            homes = [c for c in document.children(i, "nmod") if document.preposition(c) in ("from", "for")]
            found += [n for c in homes for n in _actors_of(document, c, book)]  # "negotiators *from A and B*"
    return list(dict.fromkeys(found))


def acting_side(document: Document, mention: Mention, book: ActorBook) -> list[int]:
    """The subject of the sentence, where it says of one side alone that it is "with": "Iran left talks with France"."""
    root = document.sentence(mention.token).root
    if document.tokens[root].pos != "VERB" or document.lemmas[root] in words("saying"):
        return []
    return [n for n in book.find_all(surface_subjects(document, root)) if _is_named(book, n)]


def _of_verb(document: Document, i: int, book: ActorBook) -> list[int]:
    found = book.find_all(subjects(document, i))
    for child in document.children(i, "obl"):
        if document.preposition(child) in words("prepositions", "sides"):
            found += book.find_all(document.conjuncts(child))
    return [n for n in dict.fromkeys(found) if _is_side(book, n)]


def find_mediators(document: Document, mention: Mention, book: ActorBook) -> list[int]:
    """The actors that a mention, or the clause that it stands in, shows between the sides."""
    verbs, i = words("mediators", "verbs"), mention.token
    found: list[int] = []
    for child in document.children(i, "acl", "acl:relcl", "amod"):
        if document.lemmas[child] in verbs or document.words[child] in words("mediators", "leading"):
            found += _doers(document, child, book)
    head = document.tokens[carrier(document, i)].head
    if document.lemmas[head] in verbs and document.tokens[head].pos == "VERB":
        found += _doers(document, head, book)
    if document.lemmas[i] in words("mediators", "nouns"):
        found += _before(document, i, book, alone=True)
        leads = document.lemmas[head] in words("mediators", "giving") and document.relations[i] == "obj"
        found += book.find_all(subjects(document, head)) if leads else []
    return list(dict.fromkeys(found))


def _doers(document: Document, verb: int, book: ActorBook) -> list[int]:
    agents = [o for o in document.children(verb, "obl") if document.preposition(o) == "by"]
    found = book.find_all([n for a in agents for n in document.conjuncts(a)])
    found = found or _named_beside(document, subjects(document, verb), book)
    return found or book.find_all(document.children(verb, "compound", "nsubj", "obl:unmarked", "amod", "obl:npmod"))


def _named_beside(document: Document, heads: list[int], book: ActorBook) -> list[int]:
    """The actors of several heads; where a title is nobody's, of the name beside it ("the envoy, Anna Berg,")."""
    found: list[int] = []
    for head in heads:
        beside = [head, *document.children(head, "appos", "flat")]
        found += [n for n in map(book.find, beside) if n is not None][:1]
    return list(dict.fromkeys(found))


def sentence_mediators(document: Document, sentence: int, book: ActorBook) -> list[int]:
    """The actors that a sentence about a negotiation calls mediators, or shows at work to bring the sides together."""
    found: list[int] = []
    place = document.sentences[sentence]
    mediating = _mediating()
    if mediating.isdisjoint(document.lemmas[place.first : place.last]):
        return found
    for i in range(place.first, place.last):
        lemma = document.lemmas[i]
        if lemma not in mediating:
            continue
        token = document.tokens[i]
        if lemma in words("mediators", "nouns") and token.pos in ("NOUN", "PROPN"):
            own = [i, *document.children(i, "appos", "compound", "amod", "flat", "nmod:poss")]
            own += document.conjuncts(i) if document.preposition(i) != "with" else []
            for appos in document.children(i, "appos"):
                own += document.conjuncts(appos)
            for home in document.children(i, "nmod"):
                own += document.conjuncts(home) if document.preposition(home) in words("mediators", "from") else []
            found += book.find_all(own)
            found += _called_so(document, i, book)
            joins = document.lemmas[token.head] in words("mediators", "joining")
            if joins and document.preposition(i) == "with" and token.dep.startswith("obl"):
                found += book.find_all(surface_subjects(document, token.head))
        elif lemma in words("mediators", "central") and token.pos == "VERB" and token.dep != "amod":
            found += _doers(document, i, book)
        elif lemma in words("mediators", "helping") and token.pos == "VERB" and _bridges(document, i):
            found += book.find_all(_above(document, i))
    return [n for n in dict.fromkeys(found) if _is_named(book, n)]


def _called_so(document: Document, noun: int, book: ActorBook) -> list[int]:
    """Who is there or acts "as" a mediator: "with A and B *as guarantors*", "A acted *as mediator*"."""
    if document.preposition(noun) != "as":
        return []
    verb = document.tokens[noun].head
    beside = [verb, *document.children(verb, "obl", "nmod")]
    with_them = [o for o in beside if o < noun and document.preposition(o) == "with"]
    if with_them:
        return book.find_all(document.conjuncts(with_them[-1]))
    acts = document.lemmas[verb] in words("mediators", "joining")
    return book.find_all(surface_subjects(document, verb)) if acts else []


@cache
def _mediating() -> frozenset[str]:
    """The lemmas of the words that name mediators or show them at work."""
    return words("mediators", "nouns") | words("mediators", "central") | words("mediators", "helping")


def _bridges(document: Document, verb: int) -> bool:
    return any(document.lemmas[o] in words("mediators", "gaps") for o in document.children(verb, "obj"))


def _above(document: Document, verb: int) -> list[int]:
    """The subject of the verb, or of the nearest verb above that has one."""
    for at in (verb, *document.ancestors(verb)):
        own = document.children(at, "nsubj")
        if own:
            return [n for o in own for n in document.conjuncts(o)]
    return []


def belligerents(document: Document, book: ActorBook) -> list[int]:
    """The sides of the first war that the article names with both: "the A-B war", "the war between A and B"."""
    wars = words("wars")
    for i in document.called(wars):
        token = document.tokens[i]
        if document.lemmas[i] not in wars or token.pos not in ("NOUN", "PROPN"):
            continue
        near = [c for c in document.subtree(token.i, ("acl", "advcl", "conj")) if abs(c - token.i) <= 8]
        linked = [
            c
            for c in near
            if c < token.i or {document.preposition(a) for a in (c, document.tokens[c].head)} & {"between", "with"}
        ]
        found = book.find_all(linked)
        if len(found) == 2:
            return found
    return []
