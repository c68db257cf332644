"""Whose words: the noun phrase behind a cue, and the actor that it mentions."""

from __future__ import annotations

from readout.language.document import is_dep
from readout.readers.statements.lexicon import phrases, verb_cue
from readout.readers.statements.page import FINITE, Page, noun_kind
from readout.readers.statements.subjects import NOMINAL, is_passive, noun_behind, subject

_ASIDE = frozenset({",", "—", "–", "--", ")", "("})
_CLIMB = ("conj", "xcomp", "advcl", "ccomp", "parataxis", "acl", "dep")


def find_source(page: Page, verb: int, *, speaks: bool = False) -> int | None:
    """The head word of whoever says it: the subject, or the subject of the clause that the verb hangs from.

    "X arrived, saying", "X wants to say", "X came and said", "a statement saying". Where the tree has none for a
    verb that `speaks`, the words beside it decide: the noun behind "…, said", or the one before "said".
    """
    if speaks and _inverted(page, verb):
        behind = noun_behind(page, _behind_time(page, verb + 1))
        if behind is not None and not page.is_time(behind):
            return behind
    outer = _said_beside(page, verb) if speaks else None
    if outer is None:
        outer = _above_infinitive(page, verb)
    found = _in_tree(page, outer if outer is not None else verb)
    if found is not None:
        found = _before_apposition(page, verb, found)
    if found is not None and (found not in page.inside or verb in page.inside):
        return found
    bare = page.tokens[verb].tag == "VB" and page.document.child(verb, "aux", "mark", "nsubj") is None
    finite = bare or page.tokens[verb].tag in ("VBD", "VBZ", "VBP")
    aside = page.tokens[verb - 1].text in _ASIDE
    return noun_before(page, verb) if (speaks or aside) and finite else None


def _said_beside(page: Page, verb: int) -> int | None:
    """The verb of saying that another stands beside, though the tree joins that to what is said.

    "Berg conceded that the mine *had closed* but *insisted* …": one who says both, as "had" cannot stand before
    "insisted", nor does a mine insist.
    """
    token, document = page.tokens[verb], page.document
    inner = page.tokens[token.head]
    if (
        token.dep != "conj"
        or token.tag not in ("VBD", "VBZ")
        or inner.dep != "ccomp"
        or document.child(verb, "nsubj", "aux")
    ):
        return None
    outer = page.tokens[inner.head]
    joined = {document.words[c] for c in document.children(verb, "cc")}
    if not outer.i < inner.i < verb or outer.tag != token.tag or verb_cue(outer.lemma, outer.lower) is None:
        return None
    if verb_cue(inner.lemma, inner.lower) is not None or not joined & {"but", "and"}:
        return None
    apart = "but" in joined or inner.tag not in (token.tag, "VB")  # "had broken … and warned", not "came and warned"
    return outer.i if apart and page.tokens[verb - 1].text != "," else None


def _above_infinitive(page: Page, verb: int) -> int | None:
    """The verb of saying that a past goes with, though the tree joins it to an infinitive: "asked them to go and *called* for more"."""
    token, document = page.tokens[verb], page.document
    inner = page.tokens[token.head]
    if token.dep != "conj" or token.tag not in ("VBD", "VBN") or inner.tag != "VB" or inner.i > verb:
        return None
    if document.child(verb, "nsubj", "aux") is not None:
        return None
    for above in document.ancestors(inner.i):
        outer = page.tokens[above]
        if outer.tag == "VBD" and outer.pos == "VERB" and above < verb:
            return above if subject(page, above) is not None and verb_cue(outer.lemma, outer.lower) else None
    return None


def _before_apposition(page: Page, verb: int, found: int) -> int:
    """The noun that an apposition taken for the subject explains: "the minister, a former general, said"."""
    if found > verb or "," not in page.document.words[found + 1 : verb]:
        return found  # as mostly
    first = page.document.subtree(found)[0]
    if not first - 2 >= page.document.sentence(verb).first or page.tokens[first - 1].text != ",":
        return found
    for at in (first - 2, *page.document.ancestors(first - 2)):
        token = page.tokens[at]
        if token.head == verb and at < found and token.pos in ("NOUN", "PROPN") and not page.is_time(at):
            return at if is_dep(token.dep, ("nsubj", "dislocated", "vocative", "appos")) else found
    return found


def quoted_person(page: Page, verb: int) -> int | None:
    """Who is quoted "as saying": the object of "quoted", or the subject of "was quoted"."""
    above = page.tokens[verb].head
    if page.tokens[verb].tag != "VBG" or page.tokens[verb - 1].lower != "as" or above >= verb:
        return None
    if is_passive(page, above):
        topic = page.document.child(above, "nsubj:pass", "nsubj")
        by_relative = topic is None and is_dep(page.tokens[above].dep, ("acl",))
        return page.tokens[above].head if by_relative else topic
    return page.document.child(above, "obj", "iobj")


def _inverted(page: Page, verb: int) -> bool:
    """Whether a verb stands right behind a closing mark, and a noun phrase right behind it."""
    if verb + 1 >= len(page.document.tokens) or verb - 1 not in page.closes:
        return False
    at = _behind_time(page, verb + 1)
    return page.tokens[at].pos in ("PROPN", "PRON", "DET", "NOUN", "ADJ", "NUM") and not page.is_time(at)


def turned_frame(page: Page, verb: int) -> tuple[int, tuple[int, int]] | None:
    """Who speaks, and the words of the attribution, where a name stands behind a verb that a clause and a comma precede.

    "Rivals sell below cost, *complained Telmex*, which is based in Bor", though the tree takes the name for an object.
    """
    token, document = page.tokens[verb], page.document
    sentence = document.sentence(verb)
    if token.tag not in ("VBD", "VBZ") or verb + 1 >= sentence.last or page.tokens[verb - 1].text != ",":
        return None
    own = document.child(verb, "nsubj")
    if own is not None and own > verb:
        return None  # the tree knows
    last = verb + 1
    while last < sentence.last and page.tokens[last].pos == "PROPN" and not page.is_time(last):
        last += 1
    opens = page.tokens[verb + 1].pos in ("NUM", "DET", "ADJ", "NOUN", "PROPN")
    head = noun_behind(page, verb + 1) if token.lemma == "say" and opens else None
    if head is not None and last == verb + 1 and noun_kind(page, head) in ("people", "bodies", "media"):
        last = head + 1  # "…, said *one source in the room*"
        while last < sentence.last and page.tokens[last].text not in (",", "."):
            if page.tokens[last].tag in FINITE:
                return None  # "a doctor, who left, *said 21 bodies had come in*"
            last += 1
    ends = last >= sentence.last or page.tokens[last].text in (",", ".")
    if last == verb + 1 or not ends or not any(page.tokens[i].tag in FINITE for i in range(sentence.first, verb - 1)):
        return None
    explained = last < sentence.last and page.tokens[last].text == "," and last + 1 not in page.opens
    end = sentence.last - 1 if explained else last - 1  # what explains the name is no more of what is said
    return noun_behind(page, verb + 1) or verb + 1, (verb, end)


def _behind_time(page: Page, at: int) -> int:
    """The word behind a time that begins at `at`, or `at`: "said on Tuesday the spokesman".

    It may be the first word of what the parser took for a further sentence.
    """
    last = len(page.document.tokens)
    start = at + 1 if page.document.words[at : at + 1] == ("on",) else at
    if start >= last:
        return at
    end = start
    while end + 1 < last and page.is_time(end) and page.tokens[end].tag in ("NNP", "NN", "RB", "CD"):
        end += 1
    named = page.tokens[start].tag in ("NNP", "RB", "NN")
    return end if named and end > start else at


def noun_before(page: Page, verb: int) -> int | None:
    """The noun before a verb of saying, an aside between marks skipped: "X, the envoy to Y, said", "X, who left, said"."""
    first = page.document.sentence(verb).first
    at = verb - 1
    while at > first and (page.tokens[at].pos in ("ADV", "AUX") or page.tokens[at].lower in ("there", "here")):
        at -= 1
    if at > first and page.tokens[at].text in _ASIDE:
        opening = _aside(page, at, first)
        if opening is None:
            return _opening_noun(page, verb)
        at = opening - 1
    if at < first or not _is_name(page, at) or page.is_time(at) or at in page.inside:
        return None
    start = at
    for above in page.document.ancestors(at):
        token = page.tokens[above]
        beside = is_dep(page.tokens[at].dep, ("conj",)) and page.is_place(above)  # "to *Chad* and sources in Rome said"
        if not first <= above < at or "," in page.document.words[above:start] or beside:
            break
        if (token.pos == "ADJ" or token.tag == "VBN") and is_dep(token.dep, ("amod", "acl")):
            continue  # "people *familiar* with the matter", "officials *briefed* on the talks"
        if token.pos == "ADJ" and _described_before(page, above):
            return above - 1  # "two *sources* close to the rebels", the adjective taken for a clause
        if token.pos not in ("NOUN", "PROPN") or page.is_time(above):
            break
        at = above
    return at


def _aside(page: Page, closing: int, first: int) -> int | None:
    """The mark that opens the aside which the mark `closing` ends: one with no verb inside, or a relative clause."""
    mark = page.tokens[closing].text
    finite = False
    for at in range(closing - 1, first, -1):
        token = page.tokens[at]
        if at in page.inside or at in page.closes:
            return None
        if token.text == mark and (not finite or page.tokens[at + 1].tag in ("WP", "WDT", "WP$")):
            return at
        finite = finite or token.tag in ("VBD", "VBZ", "VBP", "MD")
    return None


def _is_name(page: Page, i: int) -> bool:
    """Whether a word can be who speaks: a noun, or a word in capitals that the tagger takes for something else."""
    token = page.tokens[i]
    return token.pos in ("NOUN", "PROPN", "PRON") or (token.text[:1].isupper() and i > page.document.sentence(i).first)


def _opening_noun(page: Page, verb: int) -> int | None:
    """The noun phrase that opens a sentence, where all between it and the verb is an aside: "X, who left in May, said"."""
    start = page.document.sentence(verb).first
    while start < verb and page.tokens[start].pos in ("CCONJ", "ADV", "PUNCT"):
        start += 1
    head = noun_behind(page, start)
    if head is None or head >= verb or page.is_time(head) or head in page.inside:
        return None
    end = head
    while end + 1 < verb and page.tokens[end + 1].text not in _ASIDE and page.tokens[end + 1].pos != "VERB":
        end += 1
    opens = end + 1 < verb and page.tokens[end + 1].text in _ASIDE
    return head if opens and page.tokens[start].pos not in ("ADP", "SCONJ") else None


def _described_before(page: Page, adjective: int) -> bool:
    """Whether the noun right before an adjective is its subject and no "is" joins them."""
    document = page.document
    return document.child(adjective, "nsubj") == adjective - 1 and document.child(adjective, "cop", "aux") is None


def _of_adjective(page: Page, verb: int) -> int | None:
    """The noun of "officials close to the premier said", where the tree made the adjective the main word."""
    above = page.tokens[verb].head
    return above - 1 if page.tokens[above].pos == "ADJ" and above < verb and _described_before(page, above) else None


def _of_cue_above(page: Page, verb: int) -> int | None:
    """The subject of the verb of saying above a participle behind a comma: "said the war was lost, telling reporters that"."""
    found = None
    for above in page.document.ancestors(verb):
        token = page.tokens[above]
        if above > verb or above in page.inside or token.pos != "VERB":
            continue
        cue = verb_cue(token.lemma, token.lower)
        own = subject(page, above)
        if own is not None and cue is not None and {"quote", "object"} & set(cue.frames):
            return own
        if own is not None and found is None and not is_dep(token.dep, ("ccomp", "acl")):
            found = own
    return found


def _made_to_speak(page: Page, above: int, verb: int) -> int | None:
    """Who speaks because another makes him: "prompting *the king* to say", "urged *him* to announce"."""
    told = page.document.child(above, "obj", "iobj")
    if (
        page.tokens[verb].tag != "VB"
        or told is None
        or not above < told < verb
        or page.tokens[above].lemma in phrases().binding
    ):
        return None
    return told if page.tokens[told].pos in ("PROPN", "PRON") or noun_kind(page, told) in ("people", "bodies") else None


def _only_told(page: Page, participle: int) -> bool:
    """Whether a participle goes with the subject, though the tree hangs it on the words that he has: "declined comment, *saying*"."""
    noun = page.tokens[page.tokens[participle].head]
    if page.tokens[participle].tag != "VBG" or noun.dep != "obj" or noun_kind(page, noun.i) is not None:
        return False
    return noun.lemma in phrases().answers


def _in_tree(page: Page, verb: int) -> int | None:
    own = subject(page, verb)
    if own is None:
        own = quoted_person(page, verb)
    if own is not None:
        return own
    if page.tokens[verb].tag == "VBG" and page.tokens[verb - 1].text == ",":
        found = _of_cue_above(page, verb)
        if found is not None:
            return found
    at = verb
    for _ in range(4):
        token = page.tokens[at]
        if token.head == at or not is_dep(token.dep, _CLIMB):
            return None
        if is_dep(token.dep, ("acl",)) and _only_told(page, at):
            return subject(page, page.tokens[token.head].head)
        if is_dep(token.dep, ("acl",)):
            return token.head if page.tokens[token.head].pos in NOMINAL and not page.is_time(token.head) else None
        if at == verb and token.dep == "xcomp" and (told := _made_to_speak(page, token.head, at)) is not None:
            return told
        if is_dep(token.dep, ("ccomp", "parataxis")) and page.tokens[at].tag not in ("VBG", "VB"):
            return _of_adjective(page, at)
        at = token.head
        if is_passive(page, at):
            return page.document.child(at, "nsubj:pass", "nsubj")
        own = subject(page, at)
        if own is not None:
            return own
    return None
