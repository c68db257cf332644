"""Subjects that the commas of a sentence prove to hang wrong.

The parser cannot tell who is listed from who speaks: of "killing a guard, the mayor and a priest said" it makes three who were killed.
What it says is mended here, for every reader, where a clause would be without a subject, or a verb of saying with half of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress, count

from readout.language.document import Sentence
from readout.language.known import known
from readout.language.making import Words

_NAMES = frozenset({"NNP", "NNPS"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_SAID = frozenset({"VBD", "VBZ", "VBP", "VBN"})
_SUBJECTS = ("nsubj", "csubj", "expl")
#: Relations that a noun has to a noun before it, and that a parser gives to the subject of the clause behind.
_ADDED = ("conj", "appos", "nmod", "list", "dep", "parataxis", "flat", "obl", "obj")
_CLAUSES = ("ccomp", "parataxis", "conj", "dep")
_LINKS = frozenset({"IN", "TO", "RP"})
_PARTICIPLES = frozenset({"VBN", "VBD"})


def mend_subjects(words: Words) -> None:
    """Hangs subjects on the verbs whose they are: behind a comma before "said", behind an opening place, before an aside."""
    for i in [*compress(count(), map(_NAMES.__contains__, words.tags))]:
        if words.deps[i].startswith("aux"):
            _name_subject(words, i)
    for i in [*compress(count(), map(";".__eq__, words.texts))]:
        _part_clauses(words, i)
    if "," not in words.texts:
        return
    for i in [*compress(count(), map(known("saying").__contains__, words.keys))]:
        if words.tags[i] in _SAID:
            _join_speakers(words, i)
    for sentence in words.sentences:
        if words.tags[sentence.first] == "IN" and sentence.last - sentence.first > 4:
            _part_from_place(words, sentence)
    for i in [*compress(count(), map(",".__eq__, words.texts))]:
        if i + 1 < len(words.texts) and words.tags[i + 1] in _PARTICIPLES:
            _set_aside(words, i + 1)
        elif i + 1 < len(words.texts) and words.lowers[i + 1] == "who":
            _say_who(words, i + 1)


def _name_subject(words: Words, name: int) -> None:
    """ "“It was a mistake,” *Haq* said": a name is no auxiliary, but who does it."""
    verb = words.heads[name]
    first, last = _bounds(words, name)
    if words.parts[verb] != "VERB" or verb < name or _has_subject(words, verb, range(first, last)):
        return
    words.deps[name] = "nsubj"
    helped = any(words.heads[i] == verb and words.deps[i].startswith("aux") for i in range(first, last))
    if words.tags[verb] == "VBN" and not helped:
        words.tags[verb] = "VBD"


def _join_speakers(words: Words, verb: int) -> None:
    """ "Shells hit a depot, *the army* and the mayor said": both speak, neither is hit, and what is said is the clause before."""
    first, last = _bounds(words, verb)
    end = verb
    while end - 1 > first and words.heads[end - 1] == verb and words.deps[end - 1].startswith(("aux", "advmod")):
        end -= 1
    comma = _comma_before(words, end, first)
    if words.tags[verb] == "VBN" and not any(words.deps[i].startswith("aux") for i in range(end, verb)):
        return
    if comma is not None and words.deps[verb] == "acl:relcl":
        _free(words, verb, comma, first)
    if (
        comma is None
        or comma + 1 >= end
        or not _clause_before(words, verb, comma, first)
        or _goes_on(words, verb, last)
    ):
        return
    between = range(comma + 1, end)
    if any(words.parts[i] in ("VERB", "AUX", "PRON", "SCONJ") or words.tags[i] == "WDT" for i in between):
        return
    if words.deps[between[0]] == "cc":
        return  # "…, and the army said"
    tops = [i for i in between if words.heads[i] not in between and words.deps[i] not in ("punct", "cc")]
    hung = [i for i in tops if words.heads[i] < comma and words.deps[i].startswith(_ADDED)]
    own = [i for i in tops if words.heads[i] == verb and words.deps[i].startswith("nsubj")]
    if len(own) + len(hung) != len(tops) or len(own) > 1 or not tops:
        return
    if hung and (not own or hung[0] < own[0]):
        words.heads[hung[0]], words.deps[hung[0]] = verb, "nsubj"
    for i in sorted({*hung[1:], *own} if hung else ()):
        words.heads[i], words.deps[i] = hung[0], "conj"
    if words.deps[verb] == "conj" and not any(
        words.heads[i] == verb and words.deps[i] == "cc" for i in range(first, verb)
    ):
        words.deps[verb] = "parataxis"


def _free(words: Words, verb: int, comma: int, first: int) -> None:
    """ "Jets shelled the town, the paper *reported*": no clause that a comma parts from its noun is said of it without a pronoun."""
    if any(words.tags[i] in ("WDT", "WP", "WRB", "WP$") or words.lowers[i] == "that" for i in range(comma + 1, verb)):
        return
    if not any(words.heads[i] == verb and words.deps[i] == "nsubj" for i in range(comma + 1, verb)):
        return
    main = words.heads[verb]
    while words.heads[main] != main and not (words.parts[main] == "VERB" and words.tags[main] in _SAID):
        main = words.heads[main]
    if first <= main < comma and words.parts[main] == "VERB":
        words.heads[verb], words.deps[verb] = main, "parataxis"


def _goes_on(words: Words, verb: int, last: int) -> bool:
    """Whether something is said behind the verb: a clause, or an object that is nobody who is told."""
    said = ("ccomp", "xcomp") if words.keys[verb] == "tell" else ("ccomp", "xcomp", "obj")
    return any(words.heads[i] == verb and words.deps[i].startswith(said) for i in range(verb + 1, last))


def _clause_before(words: Words, verb: int, comma: int, first: int) -> bool:
    """Whether what is said stands before the comma: a clause that hangs on the verb of saying, or that this one hangs on."""
    above = words.heads[verb]
    if first <= above < comma and words.deps[verb].startswith(_CLAUSES):
        return True
    return any(words.heads[i] == verb and words.deps[i].startswith(("ccomp", "parataxis")) for i in range(first, comma))


def _part_from_place(words: Words, sentence: Sentence) -> None:
    """ "In Jammu and Kashmir, *two soldiers* and a guard were killed": the soldiers are no third place."""
    place = words.heads[sentence.first]
    if words.deps[sentence.first] != "case" or not words.deps[place].startswith(("obl", "nsubj")):
        return
    verb = words.heads[place]
    others = [i for i in range(sentence.first, sentence.last) if i != place and words.heads[i] == verb]
    if verb <= place or any(words.deps[i].startswith(_SUBJECTS) for i in others):
        return
    if words.parts[verb] not in ("VERB", "ADJ", "NOUN"):
        return
    end = verb
    while (
        end - 1 > place
        and words.heads[end - 1] == verb
        and words.deps[end - 1].startswith(("aux", "advmod", "cop", "neg"))
    ):
        end -= 1
    if end == verb and words.tags[verb] not in _FINITE:
        return
    comma = _comma_before(words, end, place)
    if comma is None:
        return
    between = range(comma + 1, end)
    tops = [i for i in between if words.heads[i] not in between and words.parts[i] not in ("PUNCT", "CCONJ")]
    plain = all(words.parts[i] in ("NOUN", "PROPN", "PRON", "NUM") and words.deps[i].startswith(_ADDED) for i in tops)
    if not tops or not plain or any(words.heads[i] < place for i in tops):
        return
    passive = any(words.heads[i] == verb and words.deps[i] == "aux:pass" for i in range(end, verb))
    words.deps[place] = "obl"
    words.heads[tops[0]], words.deps[tops[0]] = verb, "nsubj:pass" if passive else "nsubj"
    for i in tops[1:]:
        words.heads[i], words.deps[i] = tops[0], "conj"


def _set_aside(words: Words, participle: int) -> None:
    """ "The men, believed to be rebels, *had opened* fire": the verb behind the aside is the clause's, and the men do it."""
    first, last = _bounds(words, participle)
    linked = participle + 1 < last and words.tags[participle + 1] in _LINKS
    if words.keys[participle] in known("saying") or (words.tags[participle] == "VBD" and not linked):
        return
    verb = next(_verbs_behind(words, participle, last), None)
    if verb is None or _has_subject(words, verb, range(participle, last)):
        return
    noun = words.heads[participle] if words.deps[participle] == "acl" else _own_subject(words, participle, first)
    if noun is None or not first <= noun < participle or words.parts[noun] not in ("NOUN", "PROPN"):
        return
    above = words.heads[verb]
    if above == participle and words.heads[noun] == participle:
        _change_places(words, participle, verb, noun, first, last)
    elif words.deps[participle] == "acl" and words.deps[noun] == "obj" and words.heads[noun] == above:
        words.tags[participle] = "VBN"
        words.heads[noun], words.deps[noun] = verb, "nsubj"  # "said *the troops*, backed by jets, raided it"


def _say_who(words: Words, who: int) -> None:
    """ "in the presence of *the envoy*, who said": no presence says anything; a name right before the comma does."""
    verb = words.heads[who]
    noun = words.heads[verb]
    if not words.deps[verb].startswith("acl") or noun >= who - 1:
        return
    if (
        noun == who - 2
        and words.lowers[noun - 1] == "of"
        and words.parts[noun] == words.parts[words.heads[noun]] == "PROPN"
    ):
        if words.deps[noun].startswith("nmod") and words.heads[noun] < noun:
            words.heads[verb] = words.heads[noun]  # "envoy *Ola Berg* of Chad, who met them"
        return
    if words.parts[noun] != "NOUN":
        return
    if not words.lowers[noun].endswith(tuple(known("abstract"))) and words.keys[noun] not in known("deeds"):
        return
    top = who - 2
    while noun < words.heads[top] < who - 1 and words.heads[top] != top:
        top = words.heads[top]
    inside = words.parts[who - 2] == "PROPN" and words.parts[top] == "PROPN" and _is_below(words, top, noun)
    if inside:
        words.heads[verb] = top


def _is_below(words: Words, i: int, above: int) -> bool:
    while words.heads[i] != i:
        i = words.heads[i]
        if i == above:
            return True
    return False


def _part_clauses(words: Words, mark: int) -> None:
    """ "Oran agreed; *the mayor*, Ola Berg, condemned it": what stands between a semicolon and a verb without a subject is its subject."""
    first, last = _bounds(words, mark)
    verb = next((i for i in range(mark + 1, last) if words.parts[i] in ("VERB", "AUX")), None)
    if verb is None or words.tags[verb] not in _FINITE or words.parts[verb] != "VERB" or verb == mark + 1:
        return
    between = range(mark + 1, verb)
    if _has_subject(words, verb, range(first, last)) or words.heads[verb] > verb:
        return
    tops = [i for i in between if words.heads[i] not in between and words.parts[i] not in ("PUNCT", "CCONJ")]
    if len(tops) == 1 and words.heads[tops[0]] < mark and words.parts[tops[0]] in ("NOUN", "PROPN"):
        words.heads[tops[0]], words.deps[tops[0]] = verb, "nsubj"


def _verbs_behind(words: Words, participle: int, last: int) -> Iterator[int]:
    """The finite verbs right behind the comma that closes an aside."""
    for comma in range(participle + 1, last - 1):
        if words.texts[comma] != ",":
            continue
        at = comma + 1
        while at < last - 1 and words.deps[at].startswith(("aux", "advmod")) and words.heads[at] > at:
            at += 1
        helped = at > comma + 1 and any(words.deps[i].startswith("aux") for i in range(comma + 1, at))
        if words.parts[at] == "VERB" and (helped or words.tags[at] in _FINITE):
            if words.deps[at].startswith(_CLAUSES):
                yield at
            return
        if words.parts[at] not in ("ADP", "NUM", "PROPN", "NOUN", "ADJ", "DET"):
            return


def _change_places(words: Words, participle: int, verb: int, noun: int, first: int, last: int) -> None:
    """Makes the verb behind an aside the head of what the participle headed."""
    passive = any(words.heads[i] == verb and words.deps[i] == "aux:pass" for i in range(participle, verb))
    if words.heads[participle] == participle:
        number = words.numbers[participle]
        old = words.sentences[number]
        words.sentences[number] = Sentence(old.first, old.last, verb, old.span, old.paragraph)
        words.heads[verb] = verb
    else:
        words.heads[verb] = words.heads[participle]
    words.deps[verb] = words.deps[participle]
    for i in (*range(first, noun), *range(verb + 1, last)):
        if words.heads[i] == participle and i != verb:
            words.heads[i] = verb
    words.heads[noun], words.deps[noun] = verb, "nsubj:pass" if passive else "nsubj"
    words.heads[participle], words.deps[participle], words.tags[participle] = noun, "acl", "VBN"


def _own_subject(words: Words, participle: int, first: int) -> int | None:
    """The subject of a participle that has no helper, which makes it no verb of a clause."""
    below = [i for i in range(first, participle) if words.heads[i] == participle]
    if any(words.deps[i].startswith("aux") for i in below):
        return None
    found = [i for i in below if words.deps[i].startswith("nsubj")]
    return found[-1] if found else None


def _has_subject(words: Words, verb: int, within: range) -> bool:
    return any(words.heads[i] == verb and words.deps[i].startswith(_SUBJECTS) for i in within)


def _bounds(words: Words, i: int) -> tuple[int, int]:
    sentence = words.sentences[words.numbers[i]]
    return sentence.first, sentence.last


def _comma_before(words: Words, i: int, first: int) -> int | None:
    """The last comma before word `i`, behind word `first`."""
    return next((at for at in range(i - 1, first, -1) if words.texts[at] == ","), None)
