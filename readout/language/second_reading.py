"""A second reading of sentences that hold a word the parser is known to take for another.

"A court freed two men" can be taken for freed men of a court: a past tense that the parser takes for a participle leaves a
sentence without a finite verb. Such a sentence is parsed again with a plain past tense in the place of the doubtful word; where
that makes the word the sentence's verb, with a subject before it and something behind it, the tree is taken over for the
words as they stand. "Talks with visiting French President Odile Roux" are held with her, and not by visiting her: there the
sentence is parsed again with a plain adjective.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
#: Relations in which a past tense stands when it is taken for a participle or an adjective.
_DOUBTFUL = frozenset({"amod", "acl", "root", "ROOT", "nmod", "compound", "flat", "conj", "appos"})
_LINKS = frozenset({"IN", "RP", "TO"})
_LONGEST = 80  # words of a sentence that is read again
#: A plain adjective, and the words behind which a noun phrase has to stand.
_ADJECTIVE = "senior"
_BEFORE_A_NOUN = frozenset(
    {
        "with",
        "against",
        "to",
        "between",
        "and",
        "by",
        "met",
        "meet",
        "meeting",
        "told",
        "tells",
        "informed",
        "assured",
        "received",
        "hosted",
        "welcomed",
    }
)
#: Past tenses that are no participles, so that they cannot be taken for one: before a preposition or particle, and before an object.
_STANDS_IN = {True: "went", False: "took"}
#: Past tenses that are no participle before such a word. Of others ("three people *killed in* Oslo") the participle is likelier.
_ACTIVE_BEFORE = {
    "called": ("for", "on", "off", "upon"),
    "appealed": ("to", "for", "against"),
    "agreed": ("to", "on", "with"),
    "voted": ("for", "against", "to", "on"),
    "apologized": ("for", "to"),
    "apologised": ("for", "to"),
    "responded": ("to", "with", "by"),
    "reacted": ("to", "with"),
    "insisted": ("on", "that"),
    "returned": ("to",),
    "arrived": ("in", "at", "on"),
    "refused": ("to",),
    "vowed": ("to",),
    "pledged": ("to",),
    "threatened": ("to",),
    "resigned": ("as", "from", "over"),
    "protested": ("against", "outside", "over"),
    "rallied": ("in", "outside", "against", "for"),
    "marched": ("in", "on", "to", "through"),
    "walked": ("out", "off"),
    "backed": ("out", "down", "away"),
    "pulled": ("out", "back"),
    "launched": ("into",),
    "clashed": ("with", "in"),
    "retaliated": ("by", "with", "against"),
    "objected": ("to",),
}


def second_reading(nlp: Language, sentence: Span) -> Doc | None:
    """A better tree of the sentence's words; None where there is nothing to mend.

    Args:
        nlp: the pipeline that made the sentence.
        sentence: one sentence as it was parsed.
    """
    if len(sentence) > _LONGEST:
        return None
    for word in sentence if "visiting" in sentence.text.lower() else ():
        if word.lower_ == "visiting" and _is_said_of_a_name(word, sentence):
            return _parsed_with(nlp, sentence, word.i - sentence.start, _ADJECTIVE)
    if _has_verb(sentence.root):
        return None  # as mostly
    for word in sentence:
        if _is_doubtful(word, sentence):
            stands_in = _STANDS_IN[_tag(word.nbor(1)) in _LINKS]
            again = _parsed_with(nlp, sentence, word.i - sentence.start, stands_in)
            if _is_verb_of(again, word.i - sentence.start):
                return again
    return None


def _is_said_of_a_name(word: Token, sentence: Span) -> bool:
    """Whether a participle stands before a titled name, where a noun phrase has to stand: "told *visiting* Prime Minister Ola Berg"."""
    if (
        word.i == sentence.start
        or word.i + 3 >= sentence.end
        or not word.dep_.startswith(("advcl", "xcomp", "ccomp", "acl"))
    ):
        return False
    before = word.nbor(-1).lower_ in _BEFORE_A_NOUN
    return before and all(word.nbor(n).text[:1].isupper() for n in (1, 2))


def _has_verb(root: Token) -> bool:
    """Whether a root is a finite verb or has a finite helper."""
    if _tag(root) in _FINITE:
        return True
    return any(_tag(child) in _FINITE and child.dep_.split(":")[0] in ("aux", "cop") for child in root.children)


def _is_doubtful(word: Token, sentence: Span) -> bool:
    """Whether a word can be a past tense with a subject before it."""
    if not word.lower_.endswith("ed") or _tag(word) not in ("VBN", "JJ", "VBD", "NN") or word.dep_ not in _DOUBTFUL:
        return False
    before = sentence[: word.i - sentence.start]
    hyphened = word.i > sentence.start and word.nbor(-1).text in ("-", "–")
    if hyphened or word.i + 1 == sentence.end or not any(w.tag_.startswith("NN") for w in before):
        return False
    following = word.nbor(1)
    return _tag(following) not in _LINKS or following.lower_ in _ACTIVE_BEFORE.get(word.lower_, ())


def _parsed_with(nlp: Language, sentence: Span, at: int, stands_in: str) -> Doc:
    """The sentence parsed with another word in the place of word `at`."""
    from spacy.tokens import Doc

    words = [word.text for word in sentence]
    words[at] = stands_in
    starts: list[bool | int | None] = [n == 0 for n in range(len(words))]
    made = Doc(nlp.vocab, words, [bool(word.whitespace_) for word in sentence], sent_starts=starts)
    return nlp(made)


def _is_verb_of(parsed: Doc, at: int) -> bool:
    """Whether word `at` is the main verb of a parsed sentence, with a subject before it and something behind it."""
    verb = parsed[at]
    before = any(child.dep_.split(":")[0] == "nsubj" and child.i < at for child in verb.children)
    behind = any(
        child.i > at and child.dep_.split(":")[0] in ("obj", "obl", "ccomp", "xcomp") for child in verb.children
    )
    return verb.head.i == at and _tag(verb) == "VBD" and before and behind


def _tag(word: Token) -> str:
    return str(word.tag_).partition("|")[0]
