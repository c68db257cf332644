"""What is in the way of talks."""

from __future__ import annotations

from readout.language.document import Document
from readout.readers.events.book import ActorBook
from readout.readers.events.naming import last_word, last_words, noun_is
from readout.readers.lookup import heads_date
from readout.readers.negotiations.lexicon import words
from readout.readers.negotiations.phrases import CUT, phrase
from readout.readers.negotiations.telling import Told
from readout.readers.status import judge
from readout.types import Span


def find_obstacles(document: Document, told: list[Told], book: ActorBook) -> list[Span]:
    """What stalled, hampered or ended the talks: "stalled after X", "scuttled by X", "X scuttled the talks"."""
    found: list[Span] = []
    for each in told:
        if each.state not in ("stalled", "suspended", "collapsed") or document.tokens[each.word].pos != "VERB":
            continue
        if document.lemmas[each.word] in words("fruitless", "verbs") | words("fruitless", "making"):
            continue  # "ended without a deal" names nothing that was in the way
        for child in document.children(each.word, "obl", "advcl"):
            joined = document.preposition(child) or " ".join(
                document.words[m] for m in document.children(child, "mark")
            )
            if not _is_in_the_way(document, each, joined, child):
                continue
            timed = _is_time(document, child) or document.tokens[child].pos in ("ADV", "PRON")
            if joined in words("obstacles", "prepositions") and child > each.word and not timed:
                span = _without_preposition(document, phrase(document, child))
                found.append((span[0], _continued(document, each.word, span[1])))
        if document.children(each.word, "obj"):
            found += [
                document.subtree_span(s)
                for s in document.children(each.word, "nsubj")
                if document.tokens[s].pos == "NOUN"
                and not book.find_all([s])  # who suspends talks is nothing in their way
            ]
        found += _blamed(document, each.word)
    return list(dict.fromkeys(found))


def _blamed(document: Document, verb: int) -> list[Span]:
    """What is cited for the end of talks: "suspended the talks, *citing* the killing of a priest"."""
    beside = document.children(verb, "advcl")
    if document.relations[verb] == "ccomp":  # "suspended the talks, it said, *citing* the killing"
        beside += document.children(document.tokens[verb].head, "advcl")
    clause = next((c for c in beside if document.lemmas[c] in words("obstacles", "citing")), None)
    if clause is None or clause < verb or document.tags[clause] != "VBG":
        return []
    return [phrase(document, o) for o in document.children(clause, "obj") if _is_named(document, o)]


def _is_in_the_way(document: Document, told: Told, joined: str, child: int) -> bool:
    """Whether a phrase behind the verb may tell what is in the way: not what sides failed to agree *on*, nor what the talks
    that somebody suspends are *on*.
    """
    if document.lemmas[told.word] in words("agreeing"):
        return joined in words("obstacles", "of_failing")
    return joined != "on" or document.relations[child] != "advcl"


def _without_preposition(document: Document, span: Span) -> Span:
    """A phrase without what is left before it of a preposition of several words ("account of a law")."""
    said = document.slice(span).lower()
    for preposition in sorted(words("obstacles", "prepositions")):
        rest = preposition.partition(" ")[2]
        if rest and said.startswith(f"{rest} "):
            return span[0] + len(rest) + 1, span[1]
    return span


def named_obstacles(document: Document, sentences: list[int]) -> list[Span]:
    """What a sentence about the talks calls an obstacle: "the border is the main hurdle", "the border, a sticking point"."""
    found: list[Span] = []
    nouns = words("obstacles", "nouns")
    ends = frozenset([last_word(noun) for noun in nouns])
    for sentence in sentences:
        if ends.isdisjoint(last_words(document, sentence)):
            continue
        place = document.sentences[sentence]
        for i in range(place.first, place.last):
            if not noun_is(document, i, nouns):
                continue
            token = document.tokens[i]
            if document.child(i, "cop") is not None and judge(document, i).status in ("occurred", "ongoing"):
                found += [phrase(document, s) for s in document.children(i, "nsubj") if _is_named(document, s)]
            elif named := _remaining(document, i):
                before = document.tokens[min(document.subtree(i))].start  # "the border | among the sticking points"
                phrases = [phrase(document, s, CUT) for s in named if _is_named(document, s)]
                found += [(start, min(end, before - 1) if start < before else end) for start, end in phrases]
            elif token.dep == "appos" and _is_named(document, token.head):
                found.append(phrase(document, token.head, ("appos", "acl:relcl", "advcl", "conj", "cc", "parataxis")))
    return found


def _remaining(document: Document, i: int) -> list[int]:
    """What "remains a sticking point", or is "among the sticking points"; a tree may hang the noun on the "sticking"."""
    verb = document.tokens[i].head
    if document.preposition(i) == "among":
        return [n for n in document.conjuncts(document.tokens[verb].head) if n < i] if _is_named(document, verb) else []
    if document.tokens[verb].dep == "xcomp" and verb == i - 1:
        verb = document.tokens[verb].head
    if document.lemmas[verb] not in words("obstacles", "remaining") or document.tokens[i].dep == "nsubj":
        return []
    return [n for s in document.children(verb, "nsubj") if _is_named(document, s) for n in document.conjuncts(s)]


def _is_named(document: Document, i: int) -> bool:
    return document.tokens[i].pos in ("NOUN", "PROPN")


def _is_time(document: Document, i: int) -> bool:
    return document.words[i].endswith("day") or document.lemmas[i] in words("time_nouns") or heads_date(document, i)


def _continued(document: Document, verb: int, end: int) -> int:
    """The end of a phrase with the prepositional phrases that follow it directly, which a tree may hang on the verb.

    A time may stand between ("the shooting earlier this week of four guards"), and the tree then hangs the rest on it.
    """
    for other in document.children(verb, "obl", "nmod"):
        start = min(document.subtree(other))
        if not 0 <= document.tokens[start].start - end <= 1:
            continue
        if document.preposition(other) in ("of", "for"):
            end = document.subtree_span(other)[1]
        elif _is_time(document, other) and document.preposition(other) is None:
            for inner in document.children(other, "nmod"):
                if document.preposition(inner) in ("of", "for"):
                    end = document.subtree_span(inner)[1]
    return end
