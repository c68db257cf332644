"""What stands beside a predicate in its own clause: negation, auxiliaries, adverbs, marks, tense."""

from __future__ import annotations

from functools import cache
from itertools import compress, count
from typing import Literal

from readout.language.document import Document, Token, bits_of
from readout.language.memory import once, once_listed
from readout.readers.status.lexicon import words

Tense = Literal[
    "past", "perfect", "present", "progressive", "past_progressive", "infinitive", "participle", "noun", "base"
]


_OF_TAGS: dict[str, Tense] = {"VBD": "past", "VBZ": "present", "VBP": "present"}
_WITH_TO = bits_of("mark", "aux", "case")
_BEFORE_NOUN = bits_of("det", "advmod", "nummod")
#: What hangs on a predicate that has auxiliaries.
HELPING = bits_of("aux", "cop")
_MARKING = bits_of("mark")
_WITH_TIME = bits_of("obl", "advmod", "nmod")
_NEGATING = frozenset({"advmod", "cc", "det", "neg", "mark", "aux", "discourse"})
#: A word that may be an event noun.
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})


@once_listed
def auxiliaries(document: Document, i: int) -> list[int]:
    """The auxiliaries of predicate `i`; where it has none, those of the verb that it is coordinated with."""
    own = document.children(i, "aux", "cop") if document.below[i] & HELPING else []
    if own or document.relations[i] != "conj":
        return own
    token = document.tokens[i]
    if token.head == i or document.children(i, "nsubj", "mark"):
        return own
    head = document.tokens[token.head]
    same = head.tag == token.tag or (head.pos == "VERB" and token.tag == "VB")
    return auxiliaries(document, token.head) if same and head.i < i else []


@once
def is_infinitive(document: Document, i: int) -> bool:
    """Whether the "to" of an infinitive stands before predicate `i`; before a noun it is a preposition."""
    if not document.below[i] & _WITH_TO:
        return False
    for mark in document.children(i, "mark", "aux"):
        if document.words[mark] == "to":
            return True
    cases = document.children(i, "case")
    return bool(cases) and "to" in [document.words[m] for m in cases] and not _is_plain_noun(document, i)


def _is_plain_noun(document: Document, i: int) -> bool:
    """Whether word `i` is a noun by its form or by what stands before it: "to *attacks*", "to a *coup*"; not "to *protest*"."""
    token = document.tokens[i]
    if token.tag in ("NNS", "NNP", "NNPS"):
        return True
    before = [c for c in document.children(i, "det", "amod", "nmod:poss", "nummod", "compound") if c < i]
    return token.tag == "NN" and bool(before)


@once
def tense(document: Document, i: int) -> Tense:
    """The tense of predicate `i`: of its auxiliaries where it has any, else of its own form."""
    token, below = document.tokens[i], document.below[i]
    if below & _WITH_TO and is_infinitive(document, i):
        return "infinitive"
    if token.pos in NOMINAL:
        marked = below & _MARKING and token.dep in ("ccomp", "advcl") and document.children(i, "mark")
        if not marked and not (below & HELPING and document.children(i, "cop")):
            return "noun"
    helped = below & HELPING or token.dep == "conj"
    helpers = {document.words[a] for a in auxiliaries(document, i)} if helped else set()
    told = _helped_tense(token, helpers) if helpers else _OF_TAGS.get(token.tag)
    if token.tag == "VBZ" and token.lower.endswith("ed"):
        return "past"  # "The envoy *rebuffed* it": no third person ends so, whatever the tagger takes it for
    if told is not None:
        return told
    if token.tag in ("VBG", "VBN"):
        return "participle"
    alike = token.lower in words("pasts_like_bases", "verbs")
    if token.tag == "VB" and alike and not helpers and document.children(i, "nsubj"):
        return "past"  # "the minister *quit* in 1999"
    main = token.dep in ("root", "parataxis") and not helpers
    if main and token.tag == "VB" and any(c < i for c in document.children(i, "nsubj")):
        return "present"  # "Chad and Mali *oppose* it", whatever the tagger takes it for
    return "base"


def _helped_tense(token: Token, helpers: set[str]) -> Tense | None:
    """The tense that the auxiliaries of a predicate tell, or its own form beside them; None where they tell none."""
    now, then = helpers & words("be", "present"), helpers & words("be", "past")
    if token.tag == "VBG" and "been" in helpers and "had" not in helpers and helpers & words("helpers", "perfect"):
        return "progressive"  # "has been investigating"
    if "had" in helpers or helpers & words("helpers", "perfect"):
        return "past" if "had" in helpers else "perfect"
    if token.tag == "VBG" and (now or then):
        return "progressive" if now else "past_progressive"
    if token.tag == "VBN" and "being" in helpers and (now or then):
        return "progressive" if now else "past_progressive"  # "is being discussed"
    if token.tag == "VBN" and "being" in helpers and token.dep == "acl":
        return "progressive"  # "the plan *being discussed*"
    if then or helpers & words("helpers", "past") or token.tag == "VBD":
        return "past"
    if now or helpers & words("helpers", "present") or token.tag in ("VBZ", "VBP"):
        return "present"
    return None


def negator(document: Document, i: int) -> int | None:
    """The word that negates predicate `i` in its clause: "not", "never", "nobody", "no soldiers", "without" a noun."""
    if i in _near_negatives(document) or document.relations[i] == "conj":
        return _negator(document, i)
    return None


@once
def _negator(document: Document, i: int) -> int | None:
    adverbs, said, relations = words("negation", "adverbs"), document.words, document.relations
    for child in document.dependents[i]:
        word, dep = said[child], relations[child]
        if word in adverbs and dep.split(":")[0] in _NEGATING:
            return child
        if word == "longer" and child and said[child - 1] == "no":
            return child
        if dep.startswith(("nsubj", "obj")) and child != i:
            found = negative_phrase(document, child)
            if found is not None:
                return found
    token = document.tokens[i]
    if token.pos in ("NOUN", "PROPN"):
        return negative_phrase(document, i) or _never_been(document, i)
    return _shared_negator(document, i)


@once
def _near_negatives(document: Document) -> frozenset[int]:
    """The negative words of a document, what each hangs from, and what that hangs from: all else has no negator of its own."""
    negative = _negatives() & document.vocabulary
    found = [*compress(count(), map(negative.__contains__, document.words))] if negative else []
    heads = [document.tokens[i].head for i in found]
    return frozenset((*found, *heads, *(document.tokens[i].head for i in heads)))


@cache
def _negatives() -> frozenset[str]:
    return frozenset({"longer"}).union(*(words("negation", part) for part in ("adverbs", "pronouns", "determiners")))


def negative_phrase(document: Document, i: int) -> int | None:
    """The negative word of a noun phrase ("no soldiers", "none of them", "no one"), or None."""
    if document.words[i] in words("negation", "pronouns"):
        return i
    if document.below[i] & _BEFORE_NOUN:
        for child in document.children(i, "det", "advmod", "nummod"):
            if document.words[child] in words("negation", "determiners") and child < i:
                return child
    return None


def _never_been(document: Document, i: int) -> int | None:
    """The negative adverb of "there has *never* been an attack", which hangs on the copula of the noun."""
    for copula in document.children(i, "cop"):
        if document.children(copula, "expl"):
            return next(
                (c for c in document.dependents[copula] if document.words[c] in words("negation", "adverbs")), None
            )
    return None


def none_there(document: Document, clause: int) -> int | None:
    """The word by which there is nobody of whom relative clause `clause` is said, or None where there is somebody.

    "There is *no* rebel who has attacked it", "there has *never* been a man with arms who attacked it".
    """
    noun = document.tokens[clause].head
    whose = {document.words[s] for s in document.children(clause, "nsubj", "nsubj:pass")}
    if whose.isdisjoint(("who", "that", "which")):
        return None  # "there are no soldiers in the town *that rebels* attacked"
    while "who" in whose and _is_no_somebody(document, noun) and document.tokens[noun].head < noun:
        noun = document.tokens[noun].head
    verb = document.tokens[noun].head if document.relations[noun].startswith("nsubj") else noun
    copulas = [c for c in (verb, *document.children(verb, "cop")) if document.lemmas[c] == "be"]
    if not copulas or not any(document.children(c, "expl") for c in (verb, *copulas)):
        return None
    adverbs = words("negation", "adverbs")
    beside = [c for w in (verb, *copulas) for c in document.children(w, "advmod") if document.words[c] in adverbs]
    return negative_phrase(document, noun) or next(iter(beside), None)


def _is_no_somebody(document: Document, noun: int) -> bool:
    """Whether a "who" behind a noun means the noun before it: "a man *with a permit* who", "nobody *in Bor* who"."""
    preposition = document.preposition(noun)
    if preposition in ("in", "at", "near", "on"):
        return True
    named = document.parts[noun] == "PROPN" or any(
        document.words[c] in ("a", "an") for c in document.children(noun, "det")
    )
    return preposition in ("with", "from") and named


def _shared_negator(document: Document, i: int) -> int | None:
    """The "not" that a coordinated verb shares with the first one ("did not write or call")."""
    token = document.tokens[i]
    if token.dep != "conj" or token.head >= i or document.children(i, "nsubj", "aux", "mark"):
        return None
    joined = {document.words[c] for c in document.children(i, "cc")}
    shares = token.tag in ("VB", "VBN") and document.tokens[token.head].tag == token.tag and "but" not in joined
    return negator(document, token.head) if shares and auxiliaries(document, i) else None


@once
def is_future(document: Document, i: int) -> bool:
    """Whether a time beside a predicate in the present sets it in the future: "tomorrow", "next week", "on Monday"."""
    beside = document.children(i, "obl", "advmod", "nmod") if document.below[i] & _WITH_TIME else []
    if not beside or _is_caption(document, document.tokens[i].sentence):
        return False  # "The minister, left, meets the king on Wednesday": what a picture shows was so
    adverbs, modifiers = words("adverbs", "future"), words("adverbs", "future_modifiers")
    periods, weekdays = words("adverbs", "periods"), words("adverbs", "weekdays")
    for child in beside:
        token = document.tokens[child]
        if token.lower in adverbs:
            return True
        if document.preposition(child) in ("until", "till", "since"):
            continue  # "is on a visit *until* Friday"
        if token.lower in weekdays:
            return True
        if token.dep.startswith(("obl", "nmod")):
            below = {document.words[c] for c in document.children(child, "amod", "advmod", "compound")}
            if below & modifiers and (token.lemma.lower() in periods or token.lemma.lower() in weekdays):
                return True
    return False


@once
def _is_caption(document: Document, n: int) -> bool:
    """Whether sentence `n` says where in a picture somebody stands: ", left,"."""
    if document.vocabulary.isdisjoint(words("in_picture")):
        return False  # as mostly
    sentence = document.sentences[n]
    around = zip(*(document.tokens[sentence.first + n : sentence.last] for n in range(3)), strict=False)
    return any(a.text == "," and b.lower in words("in_picture") and c.text in (",", ".") for a, b, c in around)


def is_question(document: Document, i: int) -> bool:
    """Whether the sentence of main verb `i` asks."""
    if "?" not in document.vocabulary:
        return False
    sentence = document.sentence(i)
    last = document.tokens[sentence.last - 1]
    if last.pos == "PUNCT" and last.text in words("closing_marks") and sentence.last - 2 >= sentence.first:
        last = document.tokens[sentence.last - 2]
    return last.text == "?"


def is_imperative(document: Document, i: int) -> bool:
    """Whether verb `i` commands: a bare base form without subject, auxiliary or mark, at the head of its clause."""
    if document.tags[i] not in ("VB", "VBP") or document.relations[i] not in ("root", "conj", "parataxis", "ccomp"):
        return False
    token = document.tokens[i]
    if document.children(i, "nsubj", "expl", "mark", "csubj"):
        return False
    if token.dep == "conj":
        return is_imperative(document, token.head)
    helpers = {document.words[a] for a in document.children(i, "aux", "cop")}
    return helpers <= words("helpers", "command") and token.lemma not in words("no_command")
