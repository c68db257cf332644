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
from readout.language.openings import ADDED, comma_before, has_subject, mend_openings

_NAMES = frozenset({"NNP", "NNPS"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_SAID = frozenset({"VBD", "VBZ", "VBP", "VBN"})
_CLAUSES = ("ccomp", "parataxis", "conj", "dep")
_PARTING = frozenset({"that", "after", "before", "when", "while", "since", "as", "if", "because", "until", "whether"})
_LINKS = frozenset({"IN", "TO", "RP"})
_PARTICIPLES = frozenset({"VBN", "VBD"})


def mend_subjects(words: Words) -> None:
    """Hangs subjects on the verbs whose they are: behind a comma before "said", behind an opening place, before an aside."""
    for i in [*compress(count(), map(_NAMES.__contains__, words.tags))]:
        if words.deps[i].startswith("aux") or words.deps[i] == "advmod":
            _name_subject(words, i)
    for i in [*compress(count(), map("POS".__eq__, words.tags))]:
        if words.deps[i] == "cop":
            _own(words, i)
    for i in [*compress(count(), map(_PARTICIPLES.__contains__, words.tags))]:
        if i and words.heads[i - 1] == i and words.deps[i - 1].startswith("nsubj"):
            _reduce(words, i)
    for i in [*compress(count(), map("TO".__eq__, words.tags))]:
        if words.deps[i] == "mark" and words.heads[i] == i + 1:
            _take_own(words, i + 1)
    for i in [*compress(count(), map("for".__eq__, words.lowers))]:
        if words.deps[i] == "mark":
            _bring_noun(words, i)
    for i in [*compress(count(), map(";".__eq__, words.texts))]:
        _part_clauses(words, i)
    for i in [*compress(count(), map(known("harming").__contains__, words.keys))]:
        if words.deps[i] == "acl:relcl":
            _harm(words, i)
    for i in [*compress(count(), map("ccomp".__eq__, words.deps))]:
        if words.parts[i] in ("VERB", "ADJ"):
            _take_said(words, i)
            _take_joined(words, i)
    if "," in words.texts:
        for i in [*compress(count(), map(known("saying").__contains__, words.keys))]:
            if words.tags[i] in _SAID:
                _join_speakers(words, i)
    mend_openings(words)
    for i in [*compress(count(), map(",".__eq__, words.texts))]:
        if i + 1 < len(words.texts) and words.tags[i + 1] in _PARTICIPLES:
            _set_aside(words, i + 1)
        elif i + 1 < len(words.texts) and words.lowers[i + 1] == "who":
            _say_who(words, i + 1)


def _name_subject(words: Words, name: int) -> None:
    """ "“It was a mistake,” *Haq* said": a name is no auxiliary, but who does it."""
    verb = words.heads[name]
    first, last = _bounds(words, name)
    if words.parts[verb] != "VERB" or verb < name or has_subject(words, verb, range(first, last)):
        return
    words.deps[name] = "nsubj"
    helped = any(words.heads[i] == verb and words.deps[i].startswith("aux") for i in range(first, last))
    if words.tags[verb] == "VBN" and not helped:
        words.tags[verb] = "VBD"


def _own(words: Words, mark: int) -> None:
    """ "*Chad's* ten-day offensive": the mark of an owner is no "is"."""
    noun, owner = words.heads[mark], mark - 1
    if owner >= 0 and words.heads[owner] == noun and noun > mark and words.deps[owner].startswith("nsubj"):
        words.deps[owner] = "nmod:poss"
        words.heads[mark], words.deps[mark] = owner, "case"


def _reduce(words: Words, participle: int) -> None:
    """ "The panel *set up* under the pact *has met*": what a helped verb without a subject follows is said of the noun before it."""
    first, last = _bounds(words, participle)
    noun = participle - 1
    if participle + 1 >= last or words.tags[participle + 1] not in _LINKS:
        return
    if words.parts[noun] not in ("NOUN", "PROPN") or any(
        words.heads[i] == participle and (words.deps[i].startswith("aux") or words.deps[i] in ("cc", "mark", "advmod"))
        for i in range(first, participle)
    ):
        return
    if words.deps[participle] == "csubj":
        verb = words.heads[participle]
    else:
        hung = (i for i in range(participle + 1, last) if words.heads[i] == participle and words.parts[i] == "VERB")
        verb = next((i for i in hung if words.deps[i].startswith(("parataxis", "ccomp", "conj"))), participle)
    if verb <= participle or has_subject(words, verb, range(participle + 1, last)):
        return
    helpers = [i for i in range(participle + 1, verb) if words.heads[i] == verb and words.deps[i].startswith("aux")]
    if not helpers or words.tags[helpers[0]] not in (*_FINITE, "MD"):
        return
    between = range(participle + 1, helpers[0])
    if any(words.deps[i] in ("cc", "mark") and words.heads[i] == verb for i in range(participle + 1, verb)):
        return
    if any(words.texts[i] in (",", "--", ";", ":", '"') or words.tags[i] in ("WDT", "WP", "WRB") for i in between):
        return
    if words.heads[verb] == participle:
        _change_places(words, participle, verb, noun, first, last)
        return
    passive = any(words.deps[i] == "aux:pass" for i in helpers)
    words.heads[noun], words.deps[noun] = verb, "nsubj:pass" if passive else "nsubj"
    words.heads[participle], words.deps[participle], words.tags[participle] = noun, "acl", "VBN"


def _take_own(words: Words, infinitive: int) -> None:
    """ "A panel created to hunt *killers* has charged six": of two subjects the one right behind an infinitive is its object."""
    first, last = _bounds(words, infinitive)
    noun = next((i for i in range(infinitive + 1, last) if words.parts[i] not in ("DET", "ADJ", "NUM")), last)
    while noun + 1 < last and words.deps[noun] in ("compound", "flat") and words.heads[noun] > noun:
        noun += 1
    if noun >= last or words.parts[noun] not in ("NOUN", "PROPN") or not words.deps[noun].startswith("nsubj"):
        return
    verb = words.heads[noun]
    others = [i for i in range(first, infinitive) if words.heads[i] == verb and words.deps[i].startswith("nsubj")]
    objects = [i for i in range(infinitive, last) if words.heads[i] == infinitive and words.deps[i].startswith("obj")]
    parted = "," in words.texts[infinitive:noun] or _is_below(words, infinitive, noun)
    if verb > noun and others and not objects and not parted:
        words.heads[noun], words.deps[noun] = infinitive, "obj"


def _bring_noun(words: Words, mark: int) -> None:
    """ "A party of the force *for Chad has* arrived, he said": a "for" before a tense brings a noun, and the party has arrived."""
    verb = words.heads[mark]
    first, last = _bounds(words, mark)
    owner = words.heads[verb]
    below = [i for i in range(mark + 1, verb) if words.heads[i] == verb]
    whose = [i for i in below if words.deps[i].startswith("nsubj")]
    helped = any(words.deps[i].startswith("aux") and words.tags[i] in _FINITE for i in below)
    if words.deps[verb] != "acl" or len(whose) != 1 or not helped or not first <= owner < mark:
        return
    above, relation = words.heads[owner], words.deps[owner]
    speaks = relation.startswith("nsubj") and any(
        words.heads[i] == above and words.deps[i] == "nsubj" for i in range(verb + 1, last)
    )
    if not speaks or mark - 1 < first:
        return
    words.heads[whose[0]], words.deps[whose[0]] = mark - 1, "nmod"
    words.heads[mark], words.deps[mark] = whose[0], "case"
    words.heads[verb], words.deps[verb] = above, "ccomp"
    passive = any(words.deps[i] == "aux:pass" for i in below)
    words.heads[owner], words.deps[owner] = verb, "nsubj:pass" if passive else "nsubj"


def _join_speakers(words: Words, verb: int) -> None:
    """ "Shells hit a depot, *the army* and the mayor said": both speak, neither is hit, and what is said is the clause before."""
    first, last = _bounds(words, verb)
    end = verb
    while end - 1 > first and words.heads[end - 1] == verb and words.deps[end - 1].startswith(("aux", "advmod")):
        end -= 1
    comma = comma_before(words, end, first)
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
    hung = [i for i in tops if words.heads[i] < comma and words.deps[i].startswith(ADDED)]
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


def _set_aside(words: Words, participle: int) -> None:
    """ "The men, believed to be rebels, *had opened* fire": the verb behind the aside is the clause's, and the men do it."""
    first, last = _bounds(words, participle)
    linked = participle + 1 < last and words.tags[participle + 1] in _LINKS
    if words.keys[participle] in known("saying") or (words.tags[participle] == "VBD" and not linked):
        return
    verb = next(_verbs_behind(words, participle, last), None)
    if verb is None or has_subject(words, verb, range(participle, last)):
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


def _take_said(words: Words, verb: int) -> None:
    """ "said *talks* with Chad would resume": nobody says talks that nothing is said of; they resume."""
    said = words.heads[verb]
    if words.keys[said] not in known("claiming") or not said < verb:
        return
    objects = [i for i in range(said + 1, verb) if words.heads[i] == said and words.deps[i] == "obj"]
    helpers = [i for i in range(said + 1, verb) if words.heads[i] == verb and words.deps[i].startswith(("aux", "cop"))]
    finite = words.tags[verb] in _FINITE or any(words.tags[i] in (*_FINITE, "MD") for i in helpers)
    if (
        len(objects) != 1
        or not finite
        or has_subject(words, verb, range(said, words.sentences[words.numbers[verb]].last))
    ):
        return
    start = min([i for i in range(said + 1, verb) if words.heads[i] == verb], default=verb)
    within = words.texts[said + 1 : start]
    if (
        "," in within
        or not _PARTING.isdisjoint(words.lowers[said + 1 : verb])
        or start <= objects[0]
        or words.lowers[said + 1] in ("he", "she", "it", "they")
    ):
        return
    passive = any(words.deps[i] == "aux:pass" for i in helpers)
    words.heads[objects[0]], words.deps[objects[0]] = verb, "nsubj:pass" if passive else "nsubj"


def _take_joined(words: Words, verb: int) -> None:
    """ "said Kenya has an army and *talks* with Chad would go on": talks before a modal go on, and nobody has them."""
    said = words.heads[verb]
    helpers = [i for i in range(said + 1, verb) if words.heads[i] == verb and words.deps[i].startswith("aux")]
    if not said < verb or not helpers or words.tags[helpers[0]] not in ("MD", *_FINITE):
        return
    if has_subject(words, verb, range(*_bounds(words, verb))):
        return
    top = helpers[0] - 1
    while said < words.heads[top] < top and words.deps[top] != "conj":
        top = words.heads[top]
    start = next((i for i in range(top - 1, said, -1) if words.heads[i] == top and words.deps[i] == "cc"), None)
    if words.deps[top] == "conj" and words.parts[top] in ("NOUN", "PROPN") and start is not None:
        words.heads[top], words.deps[top], words.heads[start] = verb, "nsubj", verb


def _harm(words: Words, verb: int) -> None:
    """ "an attack on a post near *Goma* which killed ten": no town kills anybody, but the attack."""
    noun = words.heads[verb]
    first, last = _bounds(words, verb)
    whose = [i for i in range(first, last) if words.heads[i] == verb and words.deps[i].startswith("nsubj")]
    if noun > verb or not whose or words.lowers[whose[0]] not in ("which", "that") or words.deps[noun] == "root":
        return
    above, around = noun, False
    while words.heads[above] < above and words.deps[above].startswith(("nmod", "obl", "conj")):
        around |= any(words.heads[i] == above and words.lowers[i] in known("around") for i in range(first, above))
        above = words.heads[above]
        if words.keys[above] in known("harmful") and words.parts[above] == "NOUN":
            if around and words.keys[noun] not in known("harmful"):
                words.heads[verb] = above
            return


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
    if has_subject(words, verb, range(first, last)) or words.heads[verb] > verb:
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


def _bounds(words: Words, i: int) -> tuple[int, int]:
    sentence = words.sentences[words.numbers[i]]
    return sentence.first, sentence.last
