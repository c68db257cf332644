"""Whose words: the noun phrase behind a cue, and the actor that it mentions."""

from __future__ import annotations

from readout.language.document import bits_of, is_dep
from readout.readers.statements.lexicon import phrases, verb_cue
from readout.readers.statements.page import FINITE, Page, noun_kind

_AUX, _OF_PASSIVES = bits_of("aux"), bits_of("aux", "nsubj")
_ASIDE = frozenset({",", "—", "–", "--", ")", "("})
_CLIMB = ("conj", "xcomp", "advcl", "ccomp", "parataxis", "acl", "dep")
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "SYM", "X"})


def is_passive(page: Page, verb: int) -> bool:
    """Whether a participle is passive: "was told", "a man believed to be", "described as"."""
    token, below = page.tokens[verb], page.document.below[verb]
    helpers = {page.tokens[child].lemma for child in page.document.children(verb, "aux")} if below & _AUX else set()
    if "have" in helpers and "be" not in helpers:
        return False
    if below & _OF_PASSIVES and page.document.child(verb, "aux:pass", "nsubj:pass") is not None:
        return True
    if token.tag != "VBN" or page.document.child(verb, "aux", "nsubj") is not None or _is_main(page, verb):
        return False
    return token.dep in ("acl", "advcl", "amod", "acl:relcl") or token.dep == "conj"


def _is_main(page: Page, verb: int) -> bool:
    """Whether a participle behind its noun is the verb of a sentence that has no other: "The party called for"."""
    token = page.tokens[verb]
    sentence = page.document.sentence(verb)
    if token.dep != "acl" or token.head != verb - 1 or page.tokens[token.head].dep != "root":
        return False
    return agent(page, verb) is None and not any(
        page.tokens[i].tag in FINITE for i in range(sentence.first, sentence.last)
    )


def agent(page: Page, verb: int) -> int | None:
    """The "by" phrase of a passive."""
    for child in page.document.children(verb, "obl", "nmod"):
        if page.document.preposition(child) == "by" and not page.is_time(child):
            return child
    if verb + 2 < page.document.sentence(verb).last and page.tokens[verb + 1].lower == "by":
        behind = noun_behind(page, verb + 2)
        return None if behind is None or page.is_time(behind) else behind
    return None


def subject(page: Page, verb: int) -> int | None:
    """A verb's own subject, or the noun behind an inverted verb ("…, said the minister"); never a day or a time."""
    document = page.document
    relative = None
    nearest = document.children(verb, "nsubj")
    if len(nearest) > 1:
        turned = page.tokens[verb - 1].text == "," or verb - 1 in page.closes
        nearest.sort(key=lambda child: ((child > verb) != turned, abs(verb - child)))
        nearest = _before_relative(page, nearest)
    for child in nearest:
        if page.is_time(child) or (is_dep(page.tokens[child].dep, ("nsubj:pass",)) and is_passive(page, verb)):
            continue
        if page.tokens[child].pos not in _NOMINAL:
            continue
        if page.tokens[child].lower in phrases().relatives:
            relative = child
            continue
        return child
    if relative is not None:
        return antecedent(page, verb, relative)
    return _taken_for_compound(page, verb)


def _before_relative(page: Page, nearest: list[int]) -> list[int]:
    """Subjects with the nearest last where it is the object of a relative clause: "*firms* that insured the mine agreed"."""
    first, second = nearest[0], nearest[1]
    if not second < first:
        return nearest
    between = any(second < clause < first for clause in page.document.children(second, "acl:relcl"))
    return [*nearest[1:], first] if between and "," not in page.document.words[second:first] else nearest


def _taken_for_compound(page: Page, verb: int) -> int | None:
    """The subject that the tree took for the first half of a compound: "the *army* plans to leave"."""
    token = page.tokens[verb]
    if verb == 0 or token.pos != "VERB" or token.tag not in ("VBZ", "VBD", "VBP"):
        return None
    before = page.tokens[verb - 1]
    noun = before.pos in ("NOUN", "PROPN") and before.head == verb and is_dep(before.dep, ("compound",))
    return verb - 1 if noun and not page.is_time(verb - 1) else None


def antecedent(page: Page, verb: int, relative: int) -> int:
    """The noun that a relative pronoun stands for; the pronoun itself where the tree has none."""
    at = verb
    while page.tokens[at].dep == "conj":
        at = page.tokens[at].head
    if is_dep(page.tokens[at].dep, ("acl",)) and page.tokens[page.tokens[at].head].pos in _NOMINAL:
        return page.tokens[at].head
    return relative


def relative_subject(page: Page, verb: int) -> int | None:
    """The relative pronoun that is a verb's only subject: "the envoy, who said"."""
    found = page.document.children(verb, "nsubj")
    return found[0] if len(found) == 1 and page.tokens[found[0]].lower in phrases().relatives else None


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
    document = page.document
    above = page.tokens[verb].head
    if page.tokens[verb].tag != "VBG" or page.tokens[verb - 1].lower != "as" or above >= verb:
        return None
    if is_passive(page, above):
        topic = document.child(above, "nsubj:pass", "nsubj")
        by_relative = topic is None and is_dep(page.tokens[above].dep, ("acl",))
        return page.tokens[above].head if by_relative else topic
    return document.child(above, "obj", "iobj")


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
    start = at + 1 if page.tokens[at].lower == "on" else at
    end = start
    while end + 1 < last and page.is_time(end) and page.tokens[end].tag in ("NNP", "NN", "RB", "CD"):
        end += 1
    named = page.tokens[start].tag in ("NNP", "RB", "NN")
    return end if named and end > start else at


def noun_behind(page: Page, start: int) -> int | None:
    """The head of the noun phrase that begins at `start`."""
    tokens = page.document.tokens
    last = page.document.sentence(start).last
    at = start
    while at < last and tokens[at].pos not in ("NOUN", "PROPN", "PRON"):
        if tokens[at].pos in ("VERB", "PUNCT", "AUX") and not tokens[at].tag.startswith("NNP"):
            return None
        at += 1
    if at >= last:
        return None
    if tokens[at].pos == "PRON" and at + 1 < last and tokens[at + 1].text == ",":
        return at  # "according to *her*, European countries …"
    below = tokens[at].dep
    for above in page.document.ancestors(at):
        modifier = is_dep(tokens[above].dep, ("amod", "compound"))  # "Hamas-run" before "ministry"
        if not at < above < last or not (
            modifier or is_dep(below, ("compound", "nmod", "amod", "flat", "nummod", "det"))
        ):
            break
        if is_dep(below, ("compound", "flat")) and "," in page.document.words[at:above]:
            break  # "said *Ana Kane*, a reader at the university Sahel House", read as one name
        below = tokens[above].dep
        if tokens[above].pos in ("NOUN", "PROPN", "PRON"):
            at = above
        elif not modifier:
            break
    return at


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


def _of_adjective(page: Page, verb: int) -> int | None:
    """The noun of "officials close to the premier said", where the tree made the adjective the main word."""
    document = page.document
    above = page.tokens[verb].head
    if page.tokens[above].pos != "ADJ" or above > verb or document.child(above, "cop", "aux") is not None:
        return None
    noun = document.child(above, "nsubj")
    return noun if noun == above - 1 else None


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
        if is_dep(token.dep, ("acl",)):
            return token.head if page.tokens[token.head].pos in _NOMINAL and not page.is_time(token.head) else None
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
