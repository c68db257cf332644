"""Who stands between the sides: mediators, hosts and guarantors of talks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from readout.language.document import Document
from readout.readers.events.arguments import subjects, surface_subjects
from readout.readers.events.book import ActorBook
from readout.readers.negotiations.lexicon import words
from readout.readers.negotiations.mentions import Mention, carrier
from readout.readers.negotiations.naming import is_named, named_before, nations


def find_mediators(document: Document, mention: Mention, book: ActorBook) -> list[int]:
    """The actors that a mention, or the clause that it stands in, shows between the sides."""
    verbs, i = words("mediators", "verbs"), mention.token
    found: list[int] = []
    if mention.kind == "mediation":
        return list(dict.fromkeys(_doers(document, i, book)))
    for child in document.children(i, "acl", "acl:relcl", "amod"):
        if document.lemmas[child] in verbs or document.words[child] in words("mediators", "leading"):
            found += _doers(document, child, book)
    head = document.tokens[carrier(document, i)].head
    if document.lemmas[head] in verbs and document.tokens[head].pos == "VERB":
        found += _doers(document, head, book)
    if document.lemmas[i] in words("mediators", "nouns"):
        found += named_before(document, i, book, alone=True)
        leads = document.lemmas[head] in words("mediators", "giving") and document.relations[i] == "obj"
        found += book.find_all(subjects(document, head)) if leads else []
    return list(dict.fromkeys(found))


def _doers(document: Document, verb: int, book: ActorBook) -> list[int]:
    agents = [o for o in document.children(verb, "obl") if document.preposition(o) == "by"]
    found = book.find_all([n for a in agents for n in document.conjuncts(a)])
    if all(book.actors[n].kind == "unnamed" for n in found):  # "convened by a group *of A and B*"
        of = [c for a in agents for c in document.children(a, "nmod") if document.preposition(c) == "of"]
        found = book.find_all([n for c in of for n in document.conjuncts(c)]) or found
    found = found or _named_beside(document, _relating(document, verb), book)
    helped = [o for o in document.children(verb, "obl") if document.lemmas[o] in words("mediators", "help")]
    of = [
        c for o in helped for c in document.children(o, "nmod") if document.preposition(c) in words("mediators", "from")
    ]
    found += book.find_all([n for c in of for n in document.conjuncts(c)])  # "with the *help* of A and B"
    return found or book.find_all(document.children(verb, "compound", "nsubj", "obl:unmarked", "amod", "obl:npmod"))


def _relating(document: Document, verb: int) -> list[int]:
    """The subjects of a verb; for a "who", all whom it stands for: "A and B, *who* are mediating"."""
    own = subjects(document, verb)
    if document.relations[verb] != "acl:relcl" or len(own) != 1 or not _is_plural(document, verb):
        return own
    noun = document.tokens[verb].head
    return document.conjuncts(document.tokens[noun].head if document.relations[noun] == "conj" else noun)


def _is_plural(document: Document, verb: int) -> bool:
    return bool({document.words[a] for a in (verb, *document.children(verb, "aux"))} & {"are", "were", "have"})


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
            if any(document.words[c] in words("mediators", "of_power") for c in document.children(i, "compound")):
                continue
            own = [i, *document.children(i, "appos", "compound", "amod", "flat", "nmod:poss")]
            own += [c for o in own[1:] if o < i for c in document.children(o, "conj")]  # "*Omani and U.N.* mediators"
            own += document.conjuncts(i) if document.preposition(i) != "with" else []
            own += document.conjuncts(token.head) if token.dep == "appos" and token.head < i else []
            for appos in document.children(i, "appos"):
                own += document.conjuncts(appos)
            for home in document.children(i, "nmod"):
                own += document.conjuncts(home) if document.preposition(home) in words("mediators", "from") else []
            found += nations(document, i, book) + book.find_all(own)
            found += _called_so(document, i, book)
            joins = document.lemmas[token.head] in words("mediators", "joining")
            if joins and document.preposition(i) == "with" and token.dep.startswith("obl"):
                who = [s for s in surface_subjects(document, token.head) if document.words[s] not in ("i", "we")]
                found += book.find_all(who)  # a spokesman's "we" is not he
        elif lemma in words("mediators", "central") and token.pos == "VERB" and token.dep != "amod":
            found += _doers(document, i, book)
        elif lemma in words("mediators", "guaranteeing") and token.pos == "VERB" and _keeps(document, i):
            found += book.find_all(subjects(document, i))
        elif lemma in words("mediators", "helping") and token.pos == "VERB" and _bridges(document, i):
            found += book.find_all(_above(document, i))
    bodies = dict.fromkeys(_body(book, n) for n in found)
    return [n for n in bodies if is_named(book, n) or book.actors[n].kind == "igo"]


def _body(book: ActorBook, n: int) -> int:
    """The body that people without a name are of: the United Nations behind "U.N. mediators"."""
    body = book.actors[n].affiliation
    if body is None or is_named(book, n):
        return n
    return next((k for k, actor in enumerate(book.actors) if actor.name == body), n)


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
    return (
        words("mediators", "nouns")
        | words("mediators", "central")
        | words("mediators", "helping")
        | words("mediators", "guaranteeing")
    )


def proposing(document: Document, mention: Mention, book: ActorBook) -> list[int]:
    """Who proposes talks or a deal to others as their mediators: "A and B — mediators known as the Four — *proposed* a truce"."""
    verb = document.tokens[carrier(document, mention.token)].head
    if document.lemmas[verb] not in words("mediators", "proposing") or mention.kind in ("verb", "mediation", "dispute"):
        return []
    named = sentence_mediators(document, document.tokens[verb].sentence, book)
    own = subjects(document, verb)
    if any(document.lemmas[s] in words("mediators", "nouns") for s in own):
        return named  # of whom the tree may make no subject
    return [n for n in book.find_all(own) if n in named]


def brought_together(document: Document, mediators: list[int], book: ActorBook) -> list[int]:
    """The two or more whom a mediator hosts or brings together: "C offered to *host A and B*"."""
    for i in document.called(words("mediators", "gathering")):
        if document.parts[i] != "VERB" or not set(book.find_all(subjects(document, i))) & set(mediators):
            continue
        found = book.find_all([n for o in document.children(i, "obj") for n in document.conjuncts(o)])
        found = [n for n in dict.fromkeys(found) if n not in mediators]
        if len({book.actors[n].country or book.actors[n].name for n in found}) > 1:
            return found
    return []


def _bridges(document: Document, verb: int) -> bool:
    return any(document.lemmas[o] in words("mediators", "gaps") for o in document.children(verb, "obj"))


def _keeps(document: Document, verb: int) -> bool:
    """Whether what somebody guarantees is a deal: "the accord, *which* Oman will guarantee", "guarantee *that the truce holds*"."""
    kept = list(document.children(verb, "obj"))
    if document.relations[verb] == "acl:relcl" and any(document.words[o] in ("which", "that") for o in kept):
        kept.append(document.tokens[verb].head)
    kept += [s for c in document.children(verb, "ccomp") for s in document.children(c, "nsubj")]
    return any(document.lemmas[o] in words("nouns", "deals") for o in kept)


def planning(document: Document, sentences: Sequence[int], deals: Sequence[int], book: ActorBook) -> list[int]:
    """Who drew up a plan for others, or proposed a deal to them; of these, those who are no sides themselves mediate.

    Args:
        document: the parsed document.
        sentences: the sentences about the talks, by number.
        deals: the words that name a deal of the talks.
        book: finds the actors.
    """
    found: list[int] = []
    for sentence in sentences:
        place = document.sentences[sentence]
        for i in range(place.first, place.last):
            if document.lemmas[i] in words("mediators", "plans") and document.parts[i] == "NOUN":
                for made in document.children(i, "acl", "acl:relcl"):
                    if document.lemmas[made] in words("mediators", "making") and document.tags[made] in ("VBN", "VBD"):
                        found += _doers(document, made, book)
    for i in deals:
        verb = document.tokens[carrier(document, i)].head
        proposed = document.relations[carrier(document, i)] == "obj" and document.parts[verb] == "VERB"
        if proposed and document.lemmas[verb] in words("mediators", "planning"):
            found += book.find_all(subjects(document, verb)) or _named_before(document, verb, book)
    return [n for n in dict.fromkeys(found) if is_named(book, n) and _may_mediate(book, n)]


def _named_before(document: Document, verb: int, book: ActorBook) -> list[int]:
    """The states named before a finite verb of which a tree lost the subject: "The so-called Quad of A and B *proposed* a truce"."""
    if document.tags[verb] != "VBD" or document.children(verb, "nsubj"):
        return []
    names = (i for i in range(document.sentence(verb).first, verb) if document.parts[i] == "PROPN")
    found = [n for n in map(book.find, names) if n is not None and book.actors[n].kind == "country"]
    return list(dict.fromkeys(found))


def _may_mediate(book: ActorBook, n: int) -> bool:
    """Whether an actor is a state, a body of states or one who holds an office of one."""
    actor = book.actors[n]
    return actor.kind in ("country", "government", "igo") or (actor.kind == "person" and "GOV" in actor.sectors)


def _above(document: Document, verb: int) -> list[int]:
    """The subject of the verb, or of the nearest verb above that has one."""
    for at in (verb, *document.ancestors(verb)):
        own = document.children(at, "nsubj")
        if own:
            return [n for o in own for n in document.conjuncts(o)]
    return []
