"""Where an article speaks of a negotiation: the words that name it, and its topic."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from readout.language.document import Document
from readout.language.memory import once
from readout.readers.events.book import ActorBook
from readout.readers.lookup import heads_date
from readout.readers.negotiations.deals import agreed_before, matter_agreed
from readout.readers.negotiations.joining import joined_bodies
from readout.readers.negotiations.lexicon import canonical_topic, states, table, words
from readout.readers.status import judge

_ROUND = 7  # words that the name of a round stands at most before the talks
_NEAR = 2  # words from a talk noun to the "to" that tells its purpose; further off it is another word's

Kind = Literal["strong", "talks", "deal", "verb", "mediation", "dispute", "table"]


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
    return (
        nouns
        | words("verbs")
        | words("mediators", "acting")
        | words("disputes", "nouns")
        | words("papers")
        | {"fire", "plan", "table", "meeting"}
    )


def _kind(document: Document, i: int) -> Kind | None:
    token = document.tokens[i]
    lemma = document.lemmas[i]
    if token.pos == "VERB" and lemma in words("verbs"):
        return "verb"
    if token.pos == "VERB" and lemma in words("mediators", "acting"):
        return "mediation" if _is_told(document, i) else None
    if token.pos not in ("NOUN", "PROPN") or token.dep in ("compound", "flat"):
        return None
    if lemma in words("nouns", "strong"):
        before = {document.words[c] for c in _before(document, i)} if lemma == "process" else set()
        return "strong" if lemma != "process" or before & words("process_modifiers") else None
    if lemma in words("disputes", "nouns"):
        return "dispute" if _is_to_settle(document, i) else None
    if lemma == "table":
        return "table" if _is_for_talks(document, i) else None
    if token.lower in words("in_touch") and document.preposition(i) == "in":
        return None  # "is *in contact* with all parties"
    if token.lower in words("nouns", "talks") or (lemma in words("nouns", "talks") and token.tag == "NNS"):
        return "talks"
    if lemma == "meeting":
        if _is_to_resolve(document, i):
            return "strong"
        sides = [c for c in document.children(i, "nmod") if document.preposition(c) == "between"]
        return "talks" if any(document.lemmas[c] in words("missions") for c in sides) else None
    if lemma in words("papers"):
        return "deal" if _is_signed(document, i) else None
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
    if lemma in words("nouns", "deals"):
        return None if _is_name(document, i) else "deal"
    return None


def _is_name(document: Document, i: int) -> bool:
    """Whether a treaty is one that goes by a name that says what it bans: "the Nuclear *Nonproliferation Treaty*"."""
    named = token_is_name(document, i)
    return named and any(document.lemmas[c] in words("banning") for c in document.children(i, "compound", "amod"))


def token_is_name(document: Document, i: int) -> bool:
    """Whether a word is written as part of a name."""
    return document.tokens[i].text[:1].isupper() and document.parts[i] == "PROPN"


def _is_signed(document: Document, i: int) -> bool:
    """Whether a paper is one that is signed: "signed a *declaration* of principles"."""
    if document.relations[i] not in ("obj", "nsubj:pass") or document.lemmas[document.tokens[i].head] not in words(
        "signing"
    ):
        return False
    kinds = document.children(i, "nmod", "compound", "amod")
    if any(document.lemmas[c] in words("paper_matters") for c in kinds):
        return True
    return any(
        document.lemmas[c] in words("agreeing") for c in document.children(i, "acl")
    )  # "a document *agreeing* to meet"


def _is_told(document: Document, i: int) -> bool:
    """Whether a verb of mediating tells of talks of its own: between whom, or that somebody offers or is asked to do it."""
    if document.relations[i] in ("acl", "amod"):
        return False  # "a deal *mediated* by C" is told by the deal
    between = any(document.preposition(o) in words("prepositions", "sides") for o in document.children(i, "obl"))
    quarrels = words("disputes", "nouns") | words("wars")
    between = between or any(document.lemmas[o] in quarrels for o in document.children(i, "obl", "obj"))
    return between or any(o.kind in ("offer", "request") and not o.negated for o in judge(document, i).operators)


def _is_to_settle(document: Document, i: int) -> bool:
    """Whether a dispute is one that somebody settles or is to settle: "solving the border *dispute*"."""
    relation = document.relations[i]
    if relation != "obj" and relation != "nsubj:pass":
        return False
    return document.lemmas[document.tokens[i].head] in words("disputes", "settling")


def _is_to_resolve(document: Document, i: int) -> bool:
    """Whether a meeting is one that is to settle something between sides: "meetings with Chad *to resolve the issues*"."""
    if not any(document.preposition(c) in words("prepositions", "sides") for c in document.children(i, "nmod")):
        return False
    aims = [c for c in document.children(i, "acl", "advcl") if c > i and document.tags[c] == "VB"]
    return any(document.lemmas[c] in words("disputes", "settling") for c in aims)


def _is_for_talks(document: Document, i: int) -> bool:
    """Whether a table is that of talks: "the *negotiating* table", "return *to the table*"."""
    if {document.words[c] for c in document.children(i, "compound", "amod")} & words("tables"):
        return True
    bare = not document.children(i, "compound", "amod", "nmod", "nummod") and document.tags[i] == "NN"
    back = document.lemmas[document.tokens[i].head] in words("returning")
    return bare and back and document.preposition(i) == "to"


def carrier(document: Document, i: int) -> int:
    """The noun that stands in the clause for talk noun `i`: the "round" of "a round of talks", the "text" of "the text of a treaty";
    the "principle" of "agreed in principle to a truce", which a tree may hang the truce on; the "what" of "what she called talks"."""
    called = document.tokens[document.tokens[i].head if document.relations[i] == "conj" else i].head
    if document.lemmas[called] in words("calling") and document.relations[called] == "acl:relcl":
        what = document.tokens[called].head
        return what if document.words[what] == "what" else i
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
    if document.lemmas[i] in words("truces"):  # a "humanitarian truce" is one, a "tariff truce" none
        kinds = (table()["truce_topics"].get(document.words[c]) for c in document.children(i, "compound", "amod"))
        return next((str(kind) for kind in kinds if kind is not None), canonical_topic("truce"))
    if document.parts[i] == "VERB" and document.lemmas[i] in words("verbs"):
        bargained = [o for o in document.children(i, "obj") if _is_matter(document, o, book)]
        if bargained and not _is_recalled(document, i):  # "negotiating *fishing rights* with Chad"
            return canonical_topic(_plain(document, bargained[0]))
    before = _topic_before(document, i, book) if document.lemmas[i] != "table" else None
    if before is not None:
        return canonical_topic(before)
    for child in document.children(i, "nmod", "obl", "acl", "advcl", "xcomp"):
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
    verb = document.tokens[i].head if document.relations[i] == "nsubj" else verb_behind(document, i)
    if document.lemmas[verb] in words("covering"):  # "the talks will *cover* water"
        covered = [o for o in document.children(verb, "obj", "obl") if o > verb and _is_covered(document, o, book)]
        if covered:
            return canonical_topic(_plain(document, covered[0]))
    agreed = agreed_before(document, i)
    matter = matter_agreed(document, agreed) if agreed is not None else None
    if matter is not None and _is_matter(document, matter, book):
        return canonical_topic(_plain(document, matter))
    verb = document.tokens[i].head
    if document.relations[i] == "obj" and document.lemmas[verb] in words("side_verbs"):
        for child in document.children(verb, "advcl"):
            aims = document.children(child, "xcomp") if document.lemmas[child] in words("aiming") else []
            found = next((t for t in (_clause_topic(document, a) for a in aims if a > i) if t is not None), None)
            if found is not None:  # "began talks, *aiming to settle the border issue*"
                return canonical_topic(found)
    if document.relations[i] in ("obj", "obl"):  # "began talks with Chad *over water*", hung on the verb
        for child in document.children(verb, "obl", "advcl"):
            surely = document.preposition(child) in words("prepositions", "surely_about")
            if child > i and (surely or _follows(document, i, child)):
                found = _topic_behind(document, i, child, book)
                if found is not None:
                    return canonical_topic(found)
    return None


def _is_recalled(document: Document, verb: int) -> bool:
    """Whether a clause tells of somebody what he negotiated once: "the diplomat *who helped negotiate* the withdrawal"."""
    above = document.tokens[verb].head if document.relations[verb] in ("xcomp", "ccomp") else verb
    return document.relations[above] == "acl:relcl" and document.tags[above] == "VBD"


def _is_matter(document: Document, i: int, book: ActorBook) -> bool:
    """Whether a noun behind "negotiate" names a matter, and no deal, round or side."""
    if document.parts[i] != "NOUN" or book.find(i) is not None or _says_nothing(document, i):
        return False
    return i not in dict(named_in(document)) and document.lemmas[i] not in words("carriers")


def _follows(document: Document, i: int, child: int) -> bool:
    """Whether a phrase with "on" comes right behind the talks or their sides: "suspended talks with Chad *on fishing*"."""
    if document.words[min(document.subtree(child))] != "on":
        return False
    if document.words[i + 1] == "on" and min(document.subtree(child)) == i + 1:
        return True
    sides = [c for c in document.children(i, "nmod") if document.preposition(c) in words("prepositions", "sides")]
    ends = {max(document.subtree(c)) + 1 for c in sides}
    return min(document.subtree(child)) in ends


def verb_behind(document: Document, i: int) -> int:
    """The verb without a subject right behind a noun's phrase, where a tree joins the noun to one before; else the noun."""
    if document.relations[i] != "conj":
        return i
    at = max(document.subtree(i, ("acl:relcl", "conj"))) + 1
    last = document.sentence(i).last
    while at < last and document.parts[at] == "AUX":
        at += 1
    bare = at < last and document.parts[at] == "VERB" and not document.children(at, "nsubj")
    return at if bare and document.tags[at] != "VBG" else i


def _is_covered(document: Document, i: int, book: ActorBook) -> bool:
    if document.relations[i] != "obj" and document.preposition(i) not in words("prepositions", "about") | {"with"}:
        return False
    return document.parts[i] == "NOUN" and book.find(i) is None and not _says_nothing(document, i)


def _topic_behind(document: Document, i: int, child: int, book: ActorBook) -> str | None:
    """The topic in a phrase or clause behind talk noun `i`: "on the border", "on sharing water", "to end the war"."""
    marks = document.children(child, "mark")
    joined = document.preposition(child) or " ".join(document.words[m] for m in marks)
    if joined in words("prepositions", "topics"):
        if document.tags[child] == "VBG":
            joins = document.lemmas[child] in words("accession_verbs") and joined_bodies(document, child, book)
            return "accession" if joins else _clause_topic(document, child)
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
    if objects[0] in dict(named_in(document)) or _says_nothing(document, objects[0]):
        return None
    end = document.subtree_span(objects[0], ("acl", "acl:relcl", "advcl", "appos", "conj", "cc", "parataxis"))[1]
    return document.text[document.tokens[verb].start : end]


def _says_nothing(document: Document, i: int) -> bool:
    """Whether a noun names no matter: a length of time, or a word as "issue" without one behind it."""
    never = document.lemmas[i] in words("never_topics") or document.lemmas[i] in words("time_nouns")
    contested = any(document.words[c] in words("contested") for c in document.children(i, "amod", "acl"))
    if (never and not contested) or heads_date(document, i):
        return True
    telling = any(document.words[c] in words("topic_adjectives") for c in document.children(i, "amod"))
    return document.lemmas[i] in words("no_topic_nouns") and not (telling or document.children(i, "compound"))


def _topic_before(document: Document, i: int, book: ActorBook) -> str | None:
    kept = []
    for c in _before(document, i):
        token = document.tokens[c]
        idle = (
            token.lower in words("no_topic")
            or token.lower in words("mediators", "leading")
            or document.lemmas[c] in words("time_nouns")
            or document.lemmas[c] in words("never_topics")
            or token.lower in states("modifiers")
            or token.pos in ("NUM", "PUNCT", "DET")
        )
        named = (token.pos == "PROPN" and not _opens(document, c)) or book.find(c) is not None
        if (
            not idle
            and not named
            and (token.pos in ("NOUN", "PROPN") or token.tag == "VBP" or token.lower in words("topic_adjectives"))
        ):
            kept.append(c)
    of_round = _round_named(document, i)
    if document.words[i] == "fire" or not kept:
        return of_round
    first, last = kept[0], kept[-1]
    first = first if last - first <= len(kept) + 1 else last
    text = document.text[document.tokens[first].start : document.tokens[last].end]
    led = [c for c in range(first, last) if document.words[c] in words("mediators", "leading")]
    if led:  # "co-chaired peace talks"
        text = document.text[document.tokens[led[-1] + 1].start : document.tokens[last].end]
    if of_round is not None:
        return of_round
    common = _opens(document, first) or (
        first == document.sentence(first).first and document.parts[first] in ("NOUN", "ADJ")
    )
    return text[0].lower() + text[1:] if common and text[1:].islower() else text


def _round_named(document: Document, i: int) -> str | None:
    """The round of trade talks that talks are part of: "the *Doha Round* trade talks", "the *Uruguay round* of negotiations"."""
    for c in range(max(document.sentence(i).first, i - _ROUND), i):
        if (
            document.words[c] == "round"
            and c > document.sentence(i).first
            and document.words[c - 1] in words("trade_rounds")
        ):
            return f"{document.tokens[c - 1].text} Round trade"
    return None


def _opens(document: Document, i: int) -> bool:
    """Whether word `i` has its capital from the head of the sentence: "*Coalition* talks", where the text has "coalition" too."""
    return i == document.sentence(i).first and document.tokens[i].lower in _in_small_letters(document)


@once
def _in_small_letters(document: Document) -> frozenset[str]:
    return frozenset([token.text for token in document.tokens if token.text.islower()])


def _plain(document: Document, i: int) -> str:
    """A noun phrase without its article, and without those "between" whom it is."""
    if document.lemmas[i] in words("accessions"):
        joined = [c for c in document.children(i, "nmod") if document.preposition(c) in ("into", "to")]
        end = document.subtree_span(joined[0], ("acl", "acl:relcl", "appos", "conj"))[1] if joined else 0
        if end:
            return document.text[document.tokens[i].start : end]
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
