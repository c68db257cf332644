"""Subjects behind what opens a sentence: a place, a day, a source, or the name itself with an aside behind it."""

from __future__ import annotations

from readout.language.document import Sentence
from readout.language.known import known
from readout.language.making import Words

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_SUBJECTS = ("nsubj", "csubj", "expl")
#: Relations that a noun has to a noun before it, and that a parser gives to the subject of the clause behind.
ADDED = ("conj", "appos", "nmod", "list", "dep", "parataxis", "flat", "obl", "obj")


def mend_openings(words: Words) -> None:
    """Hangs subjects that stand behind an opening and its comma on their verbs."""
    for sentence in words.sentences:
        opening = words.tags[sentence.first] == "IN" or words.lowers[sentence.first] in known("opening")
        if opening and sentence.last - sentence.first > 4:
            _part_from_place(words, sentence)
            _part_from_opening(words, sentence)
            _part_from_year(words, sentence)
            _part_from_hearer(words, sentence)
        if words.parts[sentence.root] in ("PROPN", "NOUN"):
            _crown(words, words.numbers[sentence.first])
            _crown_past(words, words.numbers[sentence.first])
            _crown_participle(words, words.numbers[sentence.first])


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
    comma = comma_before(words, end, place)
    if comma is None:
        return
    between = range(comma + 1, end)
    tops = [i for i in between if words.heads[i] not in between and words.parts[i] not in ("PUNCT", "CCONJ")]
    plain = all(words.parts[i] in ("NOUN", "PROPN", "PRON", "NUM") and words.deps[i].startswith(ADDED) for i in tops)
    if not tops or not plain or any(words.heads[i] < place for i in tops):
        return
    passive = any(words.heads[i] == verb and words.deps[i] == "aux:pass" for i in range(end, verb))
    words.deps[place] = "obl"
    words.heads[tops[0]], words.deps[tops[0]] = verb, "nsubj:pass" if passive else "nsubj"
    for i in tops[1:]:
        words.heads[i], words.deps[i] = tops[0], "conj"


def _part_from_opening(words: Words, sentence: Sentence) -> None:
    """ "On Friday, *Ola Berg*, envoy of Chad, met the king": who stands behind the comma of an opening is no other name of the day."""
    verb = sentence.root
    if (
        words.tags[verb] not in _FINITE
        or words.parts[verb] != "VERB"
        or has_subject(words, verb, range(sentence.first, sentence.last))
    ):
        return
    opening = words.heads[sentence.first]
    if words.heads[opening] != verb or not sentence.first < opening < verb:
        return
    comma = next((i for i in range(opening, verb) if words.texts[i] == ","), None)
    if comma is None or "," not in words.texts[comma + 1 : verb]:
        return
    for i in range(comma + 1, verb):
        if words.heads[i] > comma or words.texts[i] == ",":
            continue
        apart = words.parts[i] in ("NOUN", "PROPN") and words.deps[i] in ("appos", "conj", "list", "dep")
        joined = any(words.heads[k] == i and words.deps[k] == "cc" for k in range(comma + 1, i))
        if apart and not joined and _begins_at(words, i, comma + 1):
            words.heads[i], words.deps[i] = verb, "nsubj"
        return


def _part_from_year(words: Words, sentence: Sentence) -> None:
    """ "In 2018 *Berg* left the pact": a name behind a year is no part of it."""
    verb, year = sentence.root, sentence.first + 1
    if words.tags[year] != "CD" or words.heads[sentence.first] != year or words.tags[verb] not in _FINITE:
        return
    start = verb
    while words.heads[start - 1] == verb and words.deps[start - 1].startswith(("aux", "advmod")):
        start -= 1
    tops = [i for i in range(year + 1, start) if not year < words.heads[i] < start]
    if len(tops) != 1 or words.heads[tops[0]] != year or words.parts[tops[0]] not in ("PROPN", "NOUN"):
        return
    if words.heads[year] == verb and not has_subject(words, verb, range(sentence.first, sentence.last)):
        words.heads[tops[0]], words.deps[tops[0]] = verb, "nsubj"


def _part_from_hearer(words: Words, sentence: Sentence) -> None:
    """ "In a letter to Ana Berg, *Ola Kane* said": who stands behind the comma says it, and not to whom he writes."""
    verb, opening = sentence.root, words.heads[sentence.first]
    if words.parts[verb] != "VERB" or words.heads[opening] != verb or not sentence.first < opening < verb:
        return
    told = [i for i in range(opening + 1, verb) if words.heads[i] == verb and words.deps[i] == "nsubj"]
    if len(told) != 1 or words.tags[opening + 1] not in ("IN", "TO") or words.deps[opening + 1] != "case":
        return
    comma = next((i for i in range(told[0] + 1, verb) if words.texts[i] == ","), None)
    if comma is None or "," in words.texts[sentence.first : comma] or not _is_phrase_of(words, opening + 1, told[0]):
        return
    apart = [i for i in range(comma + 1, verb) if words.heads[i] == told[0] and words.deps[i] in ("appos", "conj")]
    if len(apart) == 1 and words.parts[apart[0]] in ("PROPN", "NOUN") and _begins_at(words, apart[0], comma + 1):
        words.heads[told[0]], words.deps[told[0]] = opening, "nmod"
        words.heads[apart[0]], words.deps[apart[0]] = verb, "nsubj"


def _is_phrase_of(words: Words, case: int, noun: int) -> bool:
    """Whether a preposition leads the phrase of a noun, whatever of its titles the tree hangs it on."""
    above = words.heads[case]
    while case < above < noun:
        above = words.heads[above]
    return above == noun


def _begins_at(words: Words, i: int, first: int) -> bool:
    """Whether all from word `first` to word `i` hangs on it."""
    return all(first <= words.heads[k] <= i for k in range(first, i))


def _crown(words: Words, number: int) -> None:
    """ "*Ola Berg*, leader of the union, charged the mayor with bias": no name with a verb behind its aside is a sentence of its own."""
    sentence = words.sentences[number]
    root = sentence.root
    below = [i for i in range(sentence.first, sentence.last) if words.heads[i] == root and i != root]
    verbs = [i for i in below if words.deps[i] == "parataxis" and i > root]
    aside = len(verbs) == 2 and words.tags[verbs[0]] in ("VBN", "VBD") and words.texts[root + 1 : verbs[0]] == (",",)
    if aside and words.tags[verbs[0] + 1] in ("TO", "IN", "RP"):  # "the offensive, *launched to* stop them, killed ten"
        words.deps[verbs[0]], words.tags[verbs[0]] = "acl", "VBN"
        verbs = verbs[1:]
    if len(verbs) != 1 or any(words.deps[i] in ("cop", "nsubj", "cc", "mark", "case") for i in below):
        return
    verb = verbs[0]
    start = verb
    while words.heads[start - 1] == verb and words.deps[start - 1].startswith(("aux", "advmod")):
        start -= 1
    finite = words.tags[verb] in _FINITE and words.parts[verb] == "VERB"
    comma = comma_before(words, root + 1, sentence.first) if root > sentence.first else None
    if not finite or words.texts[start - 1] != "," or comma == root or ":" in words.texts[root:verb]:
        return
    if has_subject(words, verb, range(sentence.first, sentence.last)):
        return
    if words.texts[verb + 1 : verb + 2] == ("to",) or any(
        words.deps[i] == "obl:agent" and words.heads[i] == verb for i in below
    ):
        return  # "the offensive, launched to", a participle
    words.sentences[number] = Sentence(sentence.first, sentence.last, verb, sentence.span, sentence.paragraph)
    words.heads[verb], words.deps[verb] = verb, "root"
    words.heads[root], words.deps[root] = verb, "nsubj"
    for i in below:
        if i > verb or (i < root and words.deps[i].startswith(("obl", "advcl", "punct", "advmod"))):
            words.heads[i] = verb


def _crown_past(words: Words, number: int) -> None:
    """ "*Violence* between the two *erupted* in the town": a past form where nothing else is finite is the sentence's verb."""
    sentence = words.sentences[number]
    root, within = sentence.root, range(sentence.first, sentence.last)
    finite = [i for i in within if words.tags[i] in _FINITE or words.tags[i] == "MD" or words.deps[i] == "cop"]
    if len(finite) != 1 or words.texts[sentence.last - 1] != "." or words.tags[finite[0]] != "VBD":
        return
    verb = finite[0]
    if verb < root or words.deps[verb] != "acl" or words.keys[verb] in known("suffered"):
        return
    above = words.heads[verb]
    while above != root and words.deps[above] in ("nmod", "conj") and root < words.heads[above] + 1:
        above = words.heads[above]
    loose = any(words.texts[i] in (",", ":", "-", "--", "by") for i in range(root, verb))
    objectless = verb + 1 < len(words.tags) and words.tags[verb + 1] in (
        "IN",
        "RB",
        "TO",
        "RP",
        "DT",
        "PRP$",
        "JJ",
        "NN",
        "NNS",
        "NNP",
        ".",
    )
    if above != root or loose or not objectless or words.lowers[verb + 1] == "by":
        return
    words.sentences[number] = Sentence(sentence.first, sentence.last, verb, sentence.span, sentence.paragraph)
    words.heads[verb], words.deps[verb] = verb, "root"
    words.heads[root], words.deps[root] = verb, "nsubj"
    for i in within:
        if words.heads[i] == root and i != root and (i > verb or (i < root and words.deps[i] == "punct")):
            words.heads[i] = verb


def _crown_participle(words: Words, number: int) -> None:
    """ "Ola Berg, the head of the union, *announced* in Oslo that …": no participle has an object or a clause of its own.

    Nor has one right behind its noun: "The minister *lamented* on Friday that …".
    """
    sentence = words.sentences[number]
    root, own = sentence.root, range(sentence.root + 1, sentence.last)
    verb = next((i for i in own if words.tags[i] == "VBN" and words.deps[i] == "acl" and words.heads[i] < i), None)
    if verb is None or any(words.tags[i] in _FINITE for i in range(sentence.first, verb)):
        return
    below = [i for i in own if words.heads[i] == verb]
    explained = words.texts[verb - 1] == "," and any(words.heads[i] == root and words.deps[i] == "appos" for i in own)
    plain = words.heads[verb] == root and "," not in words.texts[root:verb] and words.texts[sentence.last - 1] == "."
    done = any(words.deps[i] in ("obj", "ccomp") and i > verb for i in below)
    planned = any(words.deps[i] == "xcomp" for i in below) and words.lowers[verb + 1 : verb + 3] != ("to", "be")
    if not (explained and (done or planned)) and not (plain and done):
        return
    if any(words.deps[i] in ("obl:agent", "aux:pass") for i in below) or any(
        words.heads[i] == root and words.deps[i] in ("cop", "nsubj", "case")
        for i in range(sentence.first, sentence.last)
    ):
        return
    words.sentences[number] = Sentence(sentence.first, sentence.last, verb, sentence.span, sentence.paragraph)
    words.heads[verb], words.deps[verb], words.tags[verb] = verb, "root", "VBD"
    words.heads[root], words.deps[root] = verb, "nsubj"


def has_subject(words: Words, verb: int, within: range) -> bool:
    """Whether a verb has a subject among some words."""
    return any(words.heads[i] == verb and words.deps[i].startswith(_SUBJECTS) for i in within)


def comma_before(words: Words, i: int, first: int) -> int | None:
    """The last comma before word `i`, behind word `first`."""
    return next((at for at in range(i - 1, first, -1) if words.texts[at] == ","), None)
