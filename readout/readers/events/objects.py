"""What verbs and nouns are done to: objects, subjects of passives, nouns that a participle or a relative clause modifies."""

from __future__ import annotations

from readout.language.document import Document, bits_of
from readout.language.memory import once_listed
from readout.readers.events.arguments import is_brought, surface_subjects
from readout.readers.events.heads import RELATIVE, expand
from readout.readers.events.lexicon import words
from readout.readers.events.obliques import behind_time
from readout.readers.events.passives import is_counted_before, is_passive, is_reduced
from readout.readers.events.somebody import is_somebody
from readout.readers.lookup import heads_date
from readout.readers.status.lexicon import governors

_NOUNS = frozenset({"NOUN", "PROPN"})
#: One of these hangs on each verb that has an object, its own or shared.
_WITH_OBJECT = bits_of("obj", "xcomp", "advcl", "conj", "nsubj")
_JOINED = bits_of("conj")


def objects(document: Document, i: int, *, noun: bool = False) -> list[int]:
    """What word `i` is done to: the object, the subject of a passive, the noun that a participle modifies.

    Of a noun: its "of"-phrase, and its compounds ("hostage release").
    """
    return _objects_of_noun(document, i) if noun else _objects_of_verb(document, i)


@once_listed
def _objects_of_noun(document: Document, i: int) -> list[int]:
    found = [o for o in document.children(i, "nmod") if document.preposition(o) == "of"]
    found = found or behind_time(document, i)
    return expand(document, [*found, *document.children(i, "compound", "nmod:poss")])


@once_listed
def _objects_of_verb(document: Document, i: int) -> list[int]:
    if is_passive(document, i):
        own = document.children(i, "nsubj")
        token = document.tokens[i]
        said_of = [c for c in document.children(i, "compound") if c == i - 1 and document.tokens[c].pos == "NOUN"]
        if said_of and not own and token.dep in ("advcl", "xcomp"):
            return said_of  # "arrested a *man* accused of theft"
        if not own and token.dep in ("acl", "amod") and not is_brought(document, i):
            return [_said_of(document, i, token.head)]
        if not own and (is_counted_before(document, i) or is_reduced(document, i)):
            return []
        return surface_subjects(document, i)
    own = document.children(i, "obj") or _counted(document, i)
    if not own and not document.below[i] & _WITH_OBJECT:
        return []
    token = document.tokens[i]
    if token.lemma == "call":
        named = document.children(i, "xcomp")
        if any(document.tokens[c].pos in ("NOUN", "ADJ") for c in named):
            return []  # "called the mayor a liar" called nobody up
        # "called Mr. Rossi to discuss it": taken for what somebody is called
        own = own or [c for c in named if document.tokens[c].pos == "PROPN" and c > i]
    own = own or [c for c in document.children(i, "xcomp") if _is_mere_name(document, c, behind=i)]
    own = (
        [o for o in own if not _reports(document, o)]
        or _taken_for_participle(document, i)
        or shared_object(document, i)
    )
    if own:
        return expand(document, own)
    if token.dep == "acl:relcl" and document.children(i, "nsubj"):
        pronouns = [c for c in document.children(i, "nsubj") if document.words[c] in RELATIVE]
        return [] if pronouns else [token.head]
    return []


def _said_of(document: Document, i: int, head: int) -> int:
    """Of whom a participle is said: of people right before it rather than of the thing that is theirs ("cases of *farmers* held")."""
    before = i - 1
    nearer = document.tokens[before].pos == "NOUN" and document.preposition(before) == "of"
    if not nearer or document.tokens[before].head != head or is_somebody(document, head):
        return head
    return before if is_somebody(document, before) else head


def _counted(document: Document, i: int) -> list[int]:
    """The object that a word about its number makes an oblique to the tree: "sent back *over* a million *Afghans*"."""
    for o in document.children(i, "obl"):
        first = min(document.subtree(o))
        before = range(i + 1, first)  # "sent *back* over"
        numbers = document.children(o, "nummod")
        if not numbers or first < i or any(document.parts[k] not in ("ADV", "ADP") for k in before):
            continue
        case = document.children(o, "case")
        if (
            case
            and case[-1] < numbers[0]
            and document.preposition(o) in words("counting")
            and not heads_date(document, o)
        ):
            return [o]
    return []


def _taken_for_participle(document: Document, i: int) -> list[int]:
    """The object that the tree makes a part of the participle said of it: "freed an *employee* accused of theft"."""
    for clause in document.children(i, "xcomp", "advcl"):
        if document.tokens[clause].tag != "VBN" or document.children(clause, "mark", "aux", "nsubj"):
            continue
        before = [c for c in document.children(clause, "compound", "nmod:desc") if document.tokens[c].pos in _NOUNS]
        if before and before[-1] == clause - 1:
            return before[-1:]
    return []


def shared_object(document: Document, i: int) -> list[int]:
    """The object that verb `i` has in common with the verb joined right behind it: "invaded and occupied *the valley*"."""
    if not document.below[i] & _JOINED or document.children(i, "obj"):
        return []
    nearest = [c for c in document.children(i, "conj") if c == i + 2 and document.tokens[i + 1].pos == "CCONJ"]
    same = [c for c in nearest if document.tokens[c].tag == document.tokens[i].tag]
    return [o for c in same if not document.children(c, "nsubj") for o in document.children(c, "obj")]


def _is_mere_name(document: Document, i: int, behind: int) -> bool:
    """Whether word `i` is a name right behind a verb, which the tree takes for a clause: "have condemned *Chad*"."""
    bare = document.tokens[i].pos == "PROPN" and not document.children(i, "mark", "cop", "aux", "case")
    return bare and min(document.subtree(i)) == behind + 1


def _reports(document: Document, i: int) -> bool:
    """Whether an object is who reports the sentence, behind a comma at its end: "met the king, *the agency* reported"."""
    clauses = document.children(i, "acl:relcl")
    first = min(document.subtree(i)) if clauses else 0
    if first == 0 or document.tokens[first - 1].text != ",":
        return False
    pronouns = {document.words[c] for clause in clauses for c in document.children(clause, "nsubj", "obj")}
    saying = {sense.kind for c in clauses for sense in governors()["verbs"].get(document.lemmas[c], ())}
    return "report" in saying and not pronouns & RELATIVE


@once_listed
def awaited_infinitives(document: Document, i: int) -> list[int]:
    """The infinitives of verb `i`, those too that the tree hangs on a clause of its object: "forced a ship bound for Oslo *to turn*"."""
    found = document.children(i, "xcomp", "advcl", "ccomp")
    for o in document.children(i, "obj", "iobj"):
        for clause in document.children(o, "acl"):
            found += [v for v in document.children(clause, "advcl", "xcomp") if v > clause]
    return [v for v in found if any(document.words[m] == "to" for m in document.children(v, "mark"))]
