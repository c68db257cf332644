"""What stands open between the sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from readout.language.document import Document
from readout.readers.events.book import ActorBook
from readout.readers.lookup import heads_date
from readout.readers.negotiations.lexicon import words
from readout.readers.negotiations.phrases import CUT, phrase
from readout.readers.negotiations.positions import Stand
from readout.types import Issue, Position, Span


def find_issues(
    document: Document,
    sentences: list[int],
    talk_words: list[int],
    stands: list[Stand],
    sides: Sequence[int],
    book: ActorBook,
) -> list[Issue]:
    """The issues that sentences about a negotiation name, each with the positions that touch it.

    Args:
        document: the parsed document.
        sentences: the sentences about it, by number.
        talk_words: the words that name it.
        stands: where its sides stand, and others; what they demand or refuse is an issue, named elsewhere or not.
        sides: its sides.
        book: finds the actors.
    """
    heads: list[int] = []
    nouns, differing = words("issues", "nouns"), words("issues", "differing")
    for sentence in sentences:
        place = document.sentences[sentence]
        for i in range(place.first, place.last):
            if document.lemmas[i] in nouns and document.parts[i] == "NOUN":
                heads += _named_by(document, i)
            elif document.lemmas[i] in differing or document.words[i] in differing:
                heads += _differing_on(document, i)
    for i in talk_words:
        heads += _listed(document, i, words("issues", "talk_prepositions"))
    noise = words("issues", "noise")
    issues = [_issue(document, i) for i in dict.fromkeys(heads) if document.lemmas[i] not in noise]
    issues += _disputed_acts(document, stands)
    named = _distinct(issues)
    for stand in stands:
        loose = stand.position.party not in sides
        if not any(_touches(document, issue, stand, book) for issue in named) and not _says_nothing(
            document, stand, loose
        ):
            named.append(_without_article(document, stand.content))
    return [replace(issue, positions=_positions(document, issue, stands, book)) for issue in _distinct(named)]


def _says_nothing(document: Document, stand: Stand, loose: bool) -> bool:
    """Whether what is demanded or refused is no matter of talks: to comment, to meet, talks themselves; what is only wanted or
    offered is one where a side of the talks does so, and not where somebody else (`loose`) does.
    """
    lemma = document.lemmas[stand.head]
    talks = words("nouns", "talks") | words("nouns", "strong")
    if any(document.lemmas[o] in talks for o in document.children(stand.head, "obj")):
        return True
    idle = lemma in words("stances", "idle") and not document.children(
        stand.head, "compound:prt"
    )  # but "give *up* land"
    if idle or lemma in words("issues", "noise"):
        return True
    if lemma in words("stances", "pointing"):
        return True
    if document.parts[stand.head] == "VERB" and len(document.tokens_in(stand.content)) == 1:
        return True  # "demanded that it be *curtailed*"
    stance = stand.position.stance
    return (
        stance == "supports"
        or (loose and (not stand.firm or stance == "offers"))
        or (not stand.firm and lemma in words("nouns", "deals") - words("truces"))
    )


def _named_by(document: Document, noun: int) -> list[int]:
    found = _listed(document, noun, words("issues", "prepositions"))
    main = any(document.lemmas[c] in words("issues", "main") for c in document.children(noun, "amod", "compound"))
    if document.child(noun, "cop") is not None and main:
        found += [s for s in document.children(noun, "nsubj") if document.tokens[s].pos in ("NOUN", "PROPN")]
    if not document.relations[noun].startswith("nsubj"):
        return found
    verb = document.tokens[noun].head
    if main and verb > noun and document.child(verb, "cop") is not None and document.parts[verb] == "NOUN":
        found += document.conjuncts(verb)  # "the main issues are A and B"
    if document.lemmas[verb] in words("issues", "listing") and document.tags[noun] == "NNS":
        found += [n for o in document.children(verb, "obj") for n in document.conjuncts(o)]
        found += [c for c in document.children(verb, "ccomp") if c > verb]  # "include who will pay"
    return found + _behind_colon(document, noun)


def _is_matter(document: Document, i: int) -> bool:
    return document.parts[i] in ("NOUN", "PROPN") and not heads_date(document, i)


def _behind_colon(document: Document, noun: int) -> list[int]:
    """What a colon lists behind a clause about several issues: "two issues remain open: A and B"."""
    last = document.sentence(noun).last
    colon = next((i for i in range(noun + 1, last - 1) if document.tokens[i].text == ":"), None)
    if colon is None or document.tags[noun] != "NNS" or document.words[colon + 1] in ('"', "\u201c", "'"):
        return []
    listed = range(colon + 1, last)
    nouns = [i for i in listed if document.parts[i] in ("NOUN", "PROPN")]
    first = next(
        (i for i in nouns if document.tokens[i].head not in nouns), None
    )  # a tree may hang it on a verb behind
    if first is None:
        return []
    found = [n for n in document.conjuncts(first) if document.parts[n] in ("NOUN", "PROPN")]
    if len(found) == 1:  # "insurance for the ships and the inspection of crews", the last hung on the ships
        found += [c for n in document.subtree(first) for c in document.children(n, "conj")][-1:]
    return found


def _differing_on(document: Document, i: int) -> list[int]:
    """What sides differ, or are at odds, over."""
    if document.lemmas[i] == "odds" and document.words[i - 1] != "at":
        return []
    found: list[int] = []
    for child in document.children(i, "advcl", "ccomp"):
        first = document.words[min(document.subtree(child))]
        if child > i and document.parts[child] == "VERB" and first in words("issues", "differing_on"):
            found.append(child)  # "divided *over how to settle disputes*"
    for child in document.children(i, "obl", "nmod"):
        if (
            child > i
            and document.preposition(child) in words("issues", "differing_on")
            and not heads_date(document, child)
        ):
            found += [n for n in document.conjuncts(child) if document.parts[n] in ("NOUN", "PROPN")]
    return found


def _listed(document: Document, noun: int, prepositions: frozenset[str]) -> list[int]:
    """The nouns that a preposition brings to an issue word; "details about X and Y" stands for X and Y."""
    found: list[int] = []
    head = document.tokens[noun].head
    beside = [o for o in document.children(head, "obl", "nmod") if noun + 1 in document.children(o, "case")]
    for child in dict.fromkeys((*document.children(noun, "nmod", "obl"), *beside)):
        if child < noun or document.preposition(child) not in prepositions or not _is_matter(document, child):
            continue
        for one in document.conjuncts(child):
            inner = [
                c for c in document.children(one, "nmod") if document.preposition(c) in words("issues", "contents")
            ]
            if document.lemmas[one] in words("issues", "unwrap") and inner:
                found += [each for c in inner for each in document.conjuncts(c)]
            else:
                found.append(one)
    return found


def _issue(document: Document, i: int) -> Issue:
    if document.parts[i] in ("VERB", "AUX"):
        start, end = document.subtree_span(i, ("punct", "advcl", "parataxis", "cc"))
        first = document.tokens_in((start, end))[0]
        start = document.tokens[first + (document.words[first] in words("issues", "differing_on"))].start
        return Issue(document.slice((start, end)), (start, end))
    told = ("nsubj", "cop") if document.child(i, "cop") is not None else ()  # "the main issue *is the* harbour"
    return _without_article(document, phrase(document, i, (*CUT, *told)))


def _without_article(document: Document, span: Span) -> Issue:
    label = document.slice(span)
    for article in ("the ", "a ", "an ", "their ", "its "):
        if label.lower().startswith(article):
            return Issue(label[len(article) :], (span[0] + len(article), span[1]))
    return Issue(label, span)


def _disputed_acts(document: Document, stands: list[Stand]) -> list[Issue]:
    """What a side refuses, where the sentence calls it a disagreement: "refused to leave, a key dispute"."""
    found = []
    for stand in stands:
        if stand.position.stance != "refuses" or document.parts[stand.head] != "VERB":
            continue
        place = document.sentence(stand.head)
        called = any(
            document.lemmas[c] in words("issues", "disputed")
            and document.relations[c] in ("appos", "conj", "parataxis", "obl", "nmod", "dep", "acl")
            for c in range(stand.head, place.last)
        )
        if called:
            span = document.subtree_span(stand.head, ("advcl", "conj", "parataxis", "nsubj", "mark", "appos", "punct"))
            found.append(Issue(document.slice(span), span))
    return found


def _distinct(issues: list[Issue]) -> list[Issue]:
    kept: dict[str, Issue] = {}
    for issue in issues:
        kept.setdefault(issue.label.lower(), issue)
    return list(kept.values())


def _content(document: Document, span: Span, book: ActorBook) -> frozenset[str]:
    nouns = frozenset(
        document.lemmas[i]
        for i in document.tokens_in(span)
        if document.tokens[i].pos in ("NOUN", "PROPN") and not _is_somebody(book, i)
    )
    return (
        nouns - words("nouns", "deals") - words("nouns", "talks") or nouns
    )  # "who will monitor the truce" is no "truce"


def _is_somebody(book: ActorBook, i: int) -> bool:
    """Whether a word names an actor; "prisoners" do not."""
    n = book.find(i)
    return n is not None and book.actors[n].kind not in ("population", "unnamed")


def _touches(document: Document, issue: Issue, stand: Stand, book: ActorBook) -> bool:
    """Whether a stand is one on an issue: its words are among the issue's, or they share a noun."""
    if issue.span[0] < stand.content[1] and stand.content[0] < issue.span[1]:
        return True
    mine, theirs = _content(document, issue.span, book), _content(document, stand.content, book)
    return bool(mine & (theirs | _content(document, stand.position.span, book)))


def _positions(document: Document, issue: Issue, stands: list[Stand], book: ActorBook) -> tuple[Position, ...]:
    found: dict[tuple[int, str], Position] = {}  # who says it twice holds one
    for stand in stands:
        if _touches(document, issue, stand, book):
            found.setdefault((stand.position.party, stand.position.stance), stand.position)
    return tuple(found.values())
