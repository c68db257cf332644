"""The sense in which a word governs what stands below it: by its part of speech, its particle and the form below."""

from __future__ import annotations

from typing import NamedTuple

from readout.language.document import Document, bits_of
from readout.readers.lookup import heads_date
from readout.readers.status.clause import negative_phrase, tense
from readout.readers.status.lexicon import Governor, Part, governing_lemmas, semi_modals, senses_of, words

#: What may join what is governed to a word that governs without a particle.
_JOINING = frozenset({"to", "that", "of", "by", "as", "whether", "if"})
_MARKS = bits_of("mark")


class Step(NamedTuple):
    """One step up from a predicate: the word above, and the kind of operator it is; None where it only lets through."""

    word: int
    kind: str | None
    rule: str
    particle: tuple[str, ...] = ()  # the words that make the sense with it: "no" of "no intention"


def find_sense(document: Document, word: int, below: int, form: str) -> Step | None:
    """The sense in which `word` governs `below`, standing in `form`; None where it has none."""
    lemma = document.lemmas[word]
    if lemma in words("tokens_of", "nouns") and form == "that" and negative_phrase(document, word) is not None:
        return Step(word, "doubt", "status/no sign", ("no",))  # "there is *no sign* that they fled"
    if form == "to" and lemma in words("deadlines", "verbs") and _sets_deadline(document, word, below):
        return Step(word, "demand", "status/deadline")
    if lemma not in governing_lemmas():
        return None
    if form == "that" and document.words[word] in words("provisos_by_participle"):
        alone = not document.children(word, "nsubj", "nsubj:pass", "aux", "aux:pass")
        if alone and document.relations[word] not in ("root", "ccomp"):
            return Step(word, "condition", "status/provided")  # "will leave *provided that* Chad talks"
    senses = senses_of(_parts(document, word, form), lemma, form)
    asked = form == "to" and lemma in semi_modals()
    if not senses and not asked:
        return None  # as mostly
    if (
        form == "that" and document.children(below, "mark", "aux") and tense(document, below) in ("past", "perfect")
    ):  # "suggested that they *had failed*" asks for nothing
        senses = tuple([(part, s) for part, s in senses if s.kind not in words("asking_kinds")])
    if form == "that" and lemma in words("demanding", "verbs") and _is_subjunctive(document, below):
        return Step(word, "demand", "status/demand")  # "insisted that Chad *leave*"
    preposition = (document.preposition(below) or "").split()
    marks = [document.words[m] for m in document.children(below, "mark")] if document.below[below] & _MARKS else []
    particles = [sense for _, sense in senses if sense.particle]
    found = _by_particle(document, word, below, particles, preposition, marks) if particles else None
    if found is not None:
        return Step(word, found.kind, found.rule, found.particle)
    if asked:
        wanted, kind = semi_modals()[lemma]
        head = document.tokens[word]
        if lemma == "use" and [o for o in document.children(word, "obj") if o < below]:
            return Step(word, "manage", "status/use for")  # "*used* tear gas to disperse them"
        held = lemma == "have" and bool([o for o in document.children(word, "obj") if o < below])
        if (wanted is None or head.tag == wanted) and not held and (lemma != "use" or head.lower == "used"):
            return Step(word, kind, f"status/{lemma} to")
    for part, sense in senses:
        if part != "verbs" and document.children(word, "compound:prt"):
            continue  # "was *set up* to protect them" is not set to do so
        if not sense.particle and _needs_none(document, below, part, preposition, marks):
            return Step(word, sense.kind, sense.rule)
    return None


def _sets_deadline(document: Document, word: int, below: int) -> bool:
    """Whether a verb says by when somebody is to do a thing: "*gave* the rebels *until Sunday* to leave", "48 hours to leave"."""
    if not document.children(word, "iobj", "obj"):
        return False
    for time in document.children(word, "obl", "obl:unmarked", "obj", "nmod"):
        if not word < time < below:
            continue
        if document.preposition(time) in words("deadlines", "prepositions"):
            return True
        if document.lemmas[time] in words("deadlines", "periods") and document.children(time, "nummod", "det"):
            return document.preposition(time) is None
    return False


def _is_subjunctive(document: Document, i: int) -> bool:
    """Whether verb `i` stands in its base form behind the subject of one: "that the army *leave*"."""
    if document.tags[i] not in ("VB", "VBP") or document.children(i, "aux", "cop"):
        return False
    return any(
        document.tags[s] in ("NN", "NNP") and not document.children(s, "conj") for s in document.children(i, "nsubj")
    )


def _parts(document: Document, word: int, form: str) -> tuple[Part, ...]:
    head = document.tokens[word]
    if head.pos in ("NOUN", "PROPN") and not head.tag.startswith("VB"):
        return ("nouns",)
    if head.pos in ("ADJ", "ADV"):
        return ("adjectives", "participles")
    passive = head.tag == "VBN" and (
        document.children(word, "aux:pass", "nsubj:pass", "cop") or head.dep in ("acl", "amod")
    )
    if passive and form in ("to", "ing", "object"):
        if form == "object":
            return ("verbs",)
        return ("participles", "verbs", "adjectives") if form == "to" else ("participles", "verbs")
    return ("verbs",)


def _needs_none(document: Document, below: int, part: Part, preposition: list[str], marks: list[str]) -> bool:
    """Whether no preposition or mark stands with `below` that would make a sense of a word alone another one."""
    if preposition and part == "nouns" and preposition[-1] in words("noun_prepositions"):
        return True
    if document.relations[below] in ("ccomp", "nsubj:pass", "nsubj"):
        return True
    return all(word in _JOINING for word in (*preposition, *marks))


def _by_particle(
    document: Document, word: int, below: int, senses: list[Governor], preposition: list[str], marks: list[str]
) -> Governor | None:
    """The first sense whose particle or preposition stands with `word` or with what it governs."""
    near = {document.words[c] for c in document.dependents[word]}.union(preposition, marks)
    for child in document.children(word, "obl"):
        brought = (document.preposition(child) or "").split()
        # "called him on Friday to thank him" is no "call on"; "gave him until Friday to leave" is a deadline
        if not heads_date(document, child) or not words("marks", "condition").isdisjoint(brought):
            near.update(brought)
    oblique = bool(preposition) and document.relations[below].startswith("obl")
    for sense in senses:
        if oblique and preposition[-1] not in sense.particle:
            continue  # "called off the strike after the agreement" called off no agreement
        if near.issuperset(sense.particle):
            return sense
    return None
