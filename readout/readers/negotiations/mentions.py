"""Where an article speaks of a negotiation: the words that name it, and its topic."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from readout.language.document import Document
from readout.language.memory import once
from readout.readers.events.book import ActorBook
from readout.readers.lookup import heads_date
from readout.readers.negotiations.lexicon import canonical_topic, states, words

_NEAR = 2  # words from a talk noun to the "to" that tells its purpose; further off it is another word's

Kind = Literal["strong", "talks", "deal", "verb"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A word that names a negotiation; `topic` is None where it says nothing of it."""

    token: int
    kind: Kind
    topic: str | None


def find_mentions(document: Document, book: ActorBook) -> list[Mention]:
    """Every mention of a negotiation or deal, in text order."""
    return [Mention(i, kind, _topic(document, i, book)) for i, kind in named_in(document)]


@once
def named_in(document: Document) -> tuple[tuple[int, Kind], ...]:
    """The words that name a negotiation or deal, and as what."""
    kinds = [(i, _kind(document, i)) for i in document.called(_naming())]
    return tuple([(i, kind) for i, kind in kinds if kind is not None])


@cache
def _naming() -> frozenset[str]:
    """The lemmas and forms of all words that may name one."""
    nouns = words("nouns", "strong") | words("nouns", "talks") | words("nouns", "deals")
    return nouns | words("verbs") | {"fire", "plan"}


def _kind(document: Document, i: int) -> Kind | None:
    token = document.tokens[i]
    lemma = document.lemmas[i]
    if token.pos == "VERB" and lemma in words("verbs"):
        return "verb"
    if token.pos not in ("NOUN", "PROPN") or token.dep in ("compound", "flat"):
        return None
    if lemma in words("nouns", "strong"):
        before = {document.words[c] for c in _before(document, i)} if lemma == "process" else set()
        return "strong" if lemma != "process" or before & words("process_modifiers") else None
    if token.lower in words("nouns", "talks") or (lemma in words("nouns", "talks") and token.tag == "NNS"):
        return "talks"
    if lemma == "plan":  # "agreed to a peace plan", and no plan of another kind
        if {document.words[c] for c in _before(document, i)} & words("plan_modifiers"):
            return "deal"
        aims = [o for verb in document.children(i, "acl") for o in document.children(verb, "obj")]
        return "deal" if {document.lemmas[o] for o in aims} & words("wars") else None  # "a plan to end the war"
    if (
        lemma == "fire"
        and i > 1
        and document.text[max(token.start - 6, 0) : token.start].lower().endswith(("cease-", "cease "))
    ):
        return "deal"
    return "deal" if lemma in words("nouns", "deals") else None


def carrier(document: Document, i: int) -> int:
    """The noun that stands in the clause for talk noun `i`: the "round" of "a round of talks", the "text" of "the text of a treaty";
    the "principle" of "agreed in principle to a truce", which a tree may hang the truce on."""
    for at in document.ancestors(i):
        if not document.relations[i].startswith("nmod"):
            break
        of = document.preposition(i) == "of" and document.lemmas[at] in words("carriers")
        if not of and document.lemmas[at] != "principle":
            break
        i = at
    return i


def _before(document: Document, i: int) -> list[int]:
    """The words that modify noun `i` before it, and theirs, in text order."""
    found, pending = [], document.children(i, "compound", "amod", "nmod:desc", "acl", "flat", "punct", "nmod:unmarked")
    while pending:
        at = pending.pop()
        if at < i and document.tokens[at].sentence == document.tokens[i].sentence:
            found.append(at)
            pending += document.children(at, "compound", "amod", "flat", "punct", "conj", "advmod", "obj", "case")
    return sorted(set(found))


def _topic(document: Document, i: int, book: ActorBook) -> str | None:
    """What a mention says that it is about: before the noun, after "on", "about" or "for", or "to" do what."""
    if document.lemmas[i] in words("truces"):
        return canonical_topic("truce")  # a "humanitarian truce" is one
    before = _topic_before(document, i, book)
    if before is not None:
        return canonical_topic(before)
    for child in document.children(i, "nmod", "obl", "acl", "advcl"):
        if child > i:
            found = _topic_behind(document, i, child, book)
            if found is not None:
                return canonical_topic(found)
            if document.preposition(child) in words(
                "prepositions", "sides"
            ):  # "talks with Chad *on water*", hung on "Chad"
                for inner in document.children(child, "nmod"):
                    about = document.preposition(inner) in words("prepositions", "about")
                    found = _topic_behind(document, i, inner, book) if about else None
                    if found is not None:
                        return canonical_topic(found)
    verb = document.tokens[i].head
    if document.relations[i] == "obj":  # "began talks with Chad *over water*", hung on the verb
        for child in document.children(verb, "obl"):
            if child > i and document.preposition(child) in words("prepositions", "surely_about"):
                found = _topic_behind(document, i, child, book)
                if found is not None:
                    return canonical_topic(found)
    return None


def _topic_behind(document: Document, i: int, child: int, book: ActorBook) -> str | None:
    """The topic in a phrase or clause behind talk noun `i`: "on the border", "on sharing water", "to end the war"."""
    marks = document.children(child, "mark")
    joined = document.preposition(child) or " ".join(document.words[m] for m in marks)
    if joined in words("prepositions", "topics"):
        if document.tags[child] == "VBG":
            return _clause_topic(document, child)
        if document.parts[child] != "NOUN" or book.find(child) is not None or _says_nothing(document, child):
            return None
        if child in dict(named_in(document)):  # "talks on the stalled peace process" are peace talks
            return _topic_before(document, child, book)
        return _plain(document, child)
    near = min(marks, default=child) - i <= _NEAR
    if near and joined == "to" and document.tags[child] == "VB":
        return _clause_topic(document, child)
    return None


def _clause_topic(document: Document, verb: int) -> str | None:
    """The verb and its object, as "end the war"; None without one, or where that only names the talks again."""
    objects = document.children(verb, "obj")[:1]
    if not objects or objects[0] < verb or document.lemmas[verb] in words("idle_verbs"):
        return None
    if objects[0] in dict(named_in(document)) or document.lemmas[objects[0]] in words("no_topic_nouns"):
        return None
    end = document.subtree_span(objects[0], ("acl", "acl:relcl", "advcl", "appos", "conj", "cc", "parataxis"))[1]
    return document.text[document.tokens[verb].start : end]


def _says_nothing(document: Document, i: int) -> bool:
    """Whether a noun names no matter: a length of time, or a word as "issue" without one behind it."""
    if (
        document.lemmas[i] in words("time_nouns")
        or document.lemmas[i] in words("never_topics")
        or heads_date(document, i)
    ):
        return True
    return document.lemmas[i] in words("no_topic_nouns") and not document.children(i, "compound")


def _topic_before(document: Document, i: int, book: ActorBook) -> str | None:
    kept = []
    for c in _before(document, i):
        token = document.tokens[c]
        idle = (
            token.lower in words("no_topic")
            or document.lemmas[c] in words("time_nouns")
            or document.lemmas[c] in words("never_topics")
            or token.lower in states("modifiers")
            or token.pos in ("NUM", "PUNCT", "DET")
        )
        named = (token.pos == "PROPN" and not _opens(document, c)) or book.find(c) is not None
        if not idle and not named and (token.pos in ("NOUN", "PROPN") or token.lower in words("topic_adjectives")):
            kept.append(c)
    if document.words[i] == "fire" or not kept:
        return None
    first, last = kept[0], kept[-1]
    first = first if last - first <= len(kept) + 1 else last
    text = document.text[document.tokens[first].start : document.tokens[last].end]
    common = _opens(document, first) or (
        first == document.sentence(first).first and document.parts[first] in ("NOUN", "ADJ")
    )
    return text[0].lower() + text[1:] if common and text[1:].islower() else text


def _opens(document: Document, i: int) -> bool:
    """Whether word `i` has its capital from the head of the sentence: "*Coalition* talks", where the text has "coalition" too."""
    return i == document.sentence(i).first and document.tokens[i].lower in _in_small_letters(document)


@once
def _in_small_letters(document: Document) -> frozenset[str]:
    return frozenset([token.text for token in document.tokens if token.text.islower()])


def _plain(document: Document, i: int) -> str:
    """A noun phrase without its article, and without those "between" whom it is."""
    start, end = document.subtree_span(i, ("case", "acl", "advcl", "appos", "cc", "conj", "det", "parataxis"))
    if document.words[document.tokens_in((start, end))[0]] in words("possessives"):
        start = document.tokens[document.tokens_in((start, end))[0] + 1].start
    joined = [c for a in document.children(i, "amod", "compound") if a < i for c in document.children(a, "conj")]
    if joined:  # "*economic and trade* relations"
        start = min(start, *(document.tokens[document.tokens[c].head].start for c in joined))
    following = document.tokens_in((end, min(end + 4, len(document.text))))
    if following and document.words[following[0]] == "of":  # "the use *of its bases*", hung on another word
        behind = document.tokens[document.tokens[following[0]].head]
        if behind.i > i and behind.sentence == document.tokens[i].sentence:
            end = document.subtree_span(behind.i, ("acl", "advcl", "appos", "conj", "cc", "parataxis"))[1]
    between = [k for k in document.tokens_in((start, end)) if k > i and document.words[k] == "between"]
    return document.text[start : document.tokens[between[0] - 1].end if between else end]
