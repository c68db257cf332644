"""What stands open between the sides, where they stand on it, what is in the way, and how far they have come."""

from __future__ import annotations

from dataclasses import dataclass, replace

from readout.language.document import Document
from readout.readers.events.book import ActorBook
from readout.readers.events.naming import last_word, last_words, noun_is
from readout.readers.findings import Findings
from readout.readers.lookup import heads_date
from readout.readers.negotiations.lexicon import words
from readout.readers.negotiations.telling import Told
from readout.readers.status import judge
from readout.types import Issue, Position, Progress, Span, Stance, Status

_STANCES: dict[Status, Stance] = {"refused": "refuses", "requested": "demands", "proposed": "offers"}
_VERBS = frozenset({"VERB"})
_HOLDERS = frozenset({"refuse", "demand", "request", "offer"})
_CUT = ("acl:relcl", "advcl", "appos", "cc", "conj", "parataxis")


@dataclass(frozen=True, slots=True)
class Stand:
    """An act that an actor refuses, demands or offers."""

    verb: int
    position: Position


def find_stands(document: Document, book: ActorBook) -> list[Stand]:
    """What the actors of the article refuse, demand or offer."""
    found = []
    for i in document.of_parts(_VERBS):
        judgement = judge(document, i)
        stance = _STANCES.get(judgement.status)
        if stance is None:
            continue
        holder = next(
            (o for o in judgement.operators if o.kind in _HOLDERS and not o.negated and o.subject is not None), None
        )
        if holder is None or holder.subject is None:
            continue
        party = book.find(holder.subject)
        if party is not None:
            span = document.subtree_span(i, ("advcl", "conj", "parataxis", "nsubj", "mark", "appos"))
            found.append(
                Stand(
                    i,
                    Position(
                        party,
                        stance,
                        (document.tokens[holder.token].start, max(span[1], document.tokens[holder.token].end)),
                    ),
                )
            )
    return found


def find_issues(document: Document, sentences: list[int], talk_words: list[int], stands: list[Stand]) -> list[Issue]:
    """The issues that sentences about a negotiation name, each with the positions that touch it."""
    heads: list[int] = []
    nouns = words("issues", "nouns")
    for sentence in sentences:
        place = document.sentences[sentence]
        for i in range(place.first, place.last):
            if document.lemmas[i] in nouns and document.parts[i] == "NOUN":
                heads += _named_by(document, i)
    for i in talk_words:
        heads += _listed(document, i, words("issues", "talk_prepositions"))
    issues = [_issue(document, i) for i in dict.fromkeys(heads) if document.lemmas[i] not in words("issues", "noise")]
    issues += _disputed_acts(document, stands)
    return [replace(issue, positions=_positions(document, issue, stands)) for issue in _distinct(issues)]


def _named_by(document: Document, noun: int) -> list[int]:
    found = _listed(document, noun, words("issues", "prepositions"))
    if document.child(noun, "cop") is not None and any(
        document.lemmas[c] in words("issues", "main") for c in document.children(noun, "amod", "compound")
    ):
        found += [s for s in document.children(noun, "nsubj") if document.tokens[s].pos in ("NOUN", "PROPN")]
    return found


def _listed(document: Document, noun: int, prepositions: frozenset[str]) -> list[int]:
    """The nouns that a preposition brings to an issue word; "details about X and Y" stands for X and Y."""
    found: list[int] = []
    head = document.tokens[noun].head
    beside = [o for o in document.children(head, "obl", "nmod") if noun + 1 in document.children(o, "case")]
    for child in dict.fromkeys((*document.children(noun, "nmod", "obl"), *beside)):
        if child < noun or document.preposition(child) not in prepositions or document.tokens[child].pos != "NOUN":
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


def _phrase(document: Document, i: int, cut: tuple[str, ...] = ()) -> Span:
    """The words around a noun without the preposition that brings it in."""
    start, end = document.subtree_span(i, cut)
    joining = set(document.children(i, "case", "mark"))
    first = document.tokens_in((start, end))[0]
    while first < i and (first in joining or document.tokens[first].pos in ("ADP", "CCONJ")):
        if document.words[first : first + 2] in (("at", "least"), ("at", "most")):
            break  # "stalled after *at least* two people died"
        first += 1
    return document.tokens[first].start, end


def _issue(document: Document, i: int) -> Issue:
    span = _phrase(document, i, _CUT)
    label = document.slice(span)
    for article in ("the ", "a ", "an ", "their ", "its "):
        if label.lower().startswith(article):
            return Issue(label[len(article) :], (span[0] + len(article), span[1]))
    return Issue(label, span)


def _disputed_acts(document: Document, stands: list[Stand]) -> list[Issue]:
    """What a side refuses, where the sentence calls it a disagreement: "refused to leave, a key dispute"."""
    found = []
    for stand in stands:
        if stand.position.stance != "refuses":
            continue
        place = document.sentence(stand.verb)
        called = any(
            document.lemmas[c] in words("issues", "disputed")
            and document.relations[c] in ("appos", "conj", "parataxis", "obl", "nmod", "dep", "acl")
            for c in range(stand.verb, place.last)
        )
        if called:
            span = document.subtree_span(stand.verb, ("advcl", "conj", "parataxis", "nsubj", "mark", "appos", "punct"))
            found.append(Issue(document.slice(span), span))
    return found


def _distinct(issues: list[Issue]) -> list[Issue]:
    kept: dict[str, Issue] = {}
    for issue in issues:
        kept.setdefault(issue.label.lower(), issue)
    return list(kept.values())


def _content(document: Document, span: Span) -> frozenset[str]:
    return frozenset(
        document.lemmas[i] for i in document.tokens_in(span) if document.tokens[i].pos in ("NOUN", "PROPN")
    )


def _positions(document: Document, issue: Issue, stands: list[Stand]) -> tuple[Position, ...]:
    mine = _content(document, issue.span)
    found = [s.position for s in stands if mine & _content(document, s.position.span)]
    return tuple(dict.fromkeys(found))


def find_obstacles(document: Document, told: list[Told]) -> list[Span]:
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
            timed = _is_time(document, child) or document.tokens[child].pos in ("ADV", "PRON")
            if joined in words("obstacles", "prepositions") and child > each.word and not timed:
                span = _without_preposition(document, _phrase(document, child))
                found.append((span[0], _continued(document, each.word, span[1])))
        if document.children(each.word, "obj"):
            found += [
                document.subtree_span(s)
                for s in document.children(each.word, "nsubj")
                if document.tokens[s].pos == "NOUN"
            ]
    return list(dict.fromkeys(found))


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
                found += [_phrase(document, s) for s in document.children(i, "nsubj") if _is_named(document, s)]
            elif named := _remaining(document, i):
                before = document.tokens[min(document.subtree(i))].start  # "the border | among the sticking points"
                phrases = [_phrase(document, s, _CUT) for s in named if _is_named(document, s)]
                found += [(start, min(end, before - 1) if start < before else end) for start, end in phrases]
            elif token.dep == "appos" and _is_named(document, token.head):
                found.append(_phrase(document, token.head, ("appos", "acl:relcl", "advcl", "conj", "cc", "parataxis")))
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

    A time may stand between ("the killing earlier this month of six hostages"), and the tree then hangs the rest on it.
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


def _to_the_verb(document: Document, i: int) -> list[int]:
    """A word and those above it, to the verb of its clause: the share in a clause below tells of something else."""
    found = [i]
    while document.parts[found[-1]] not in ("VERB", "AUX") and document.tokens[found[-1]].head != found[-1]:
        found.append(document.tokens[found[-1]].head)
    return found


def find_progress(document: Document, found: Findings, book: ActorBook, talk_words: frozenset[int]) -> Progress | None:
    """How far the talks are said to have come: a share in a clause about them, and on whose word."""
    for figure in found.figures:
        at = document.head_of(figure.span)
        if figure.kind != "share" or at is None:
            continue
        for above in _to_the_verb(document, at):
            about = {c for c in document.subtree(above) if c in talk_words}
            done = document.words[above] in words("progress") or document.lemmas[above] in words("progress")
            if done and about:
                value = float(figure.value) / (100 if figure.value > 1 else 1)
                return Progress(round(value, 4), book.speaker_at(figure.span[0]), figure.span) if value <= 1 else None
    return None
