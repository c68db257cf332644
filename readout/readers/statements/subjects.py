"""A verb's own subject, and who does what a passive tells."""

from __future__ import annotations

from readout.language.document import bits_of, is_dep
from readout.readers.statements.lexicon import phrases
from readout.readers.statements.page import FINITE, Page

_AUX, _OF_PASSIVES = bits_of("aux"), bits_of("aux", "nsubj")
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "SYM", "X"})


def is_passive(page: Page, verb: int) -> bool:
    """Whether a participle is passive: "was told", "a man believed to be", "described as"."""
    token, below = page.tokens[verb], page.document.below[verb]
    helpers = {page.tokens[child].lemma for child in page.document.children(verb, "aux")} if below & _AUX else set()
    if "have" in helpers and "be" not in helpers:
        return False
    if (
        token.tag == "VBD"
        and not helpers
        and any(page.tokens[c].dep == "nsubj" for c in page.document.dependents[verb])
    ):
        return False  # whatever else the tree takes for its subject
    if below & _OF_PASSIVES and page.document.child(verb, "aux:pass", "nsubj:pass") is not None:
        return True
    if token.tag != "VBN" or page.document.child(verb, "aux", "nsubj") is not None or _is_main(page, verb):
        return False
    if token.dep == "conj":
        above = page.tokens[token.head]
        apart = above.tag in ("VBD", "VB") and above.i < verb and page.document.words[verb + 1 : verb + 2] != ("to",)
        return not apart  # "urged them to stay and *called* on Chad"
    return token.dep in ("acl", "advcl", "amod", "acl:relcl")


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
        if page.tokens[child].pos not in NOMINAL:
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
    if is_dep(page.tokens[at].dep, ("acl",)) and page.tokens[page.tokens[at].head].pos in NOMINAL:
        return page.tokens[at].head
    return relative


def relative_subject(page: Page, verb: int) -> int | None:
    """The relative pronoun that is a verb's only subject: "the envoy, who said"."""
    found = page.document.children(verb, "nsubj")
    return found[0] if len(found) == 1 and page.tokens[found[0]].lower in phrases().relatives else None


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
