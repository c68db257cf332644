"""Verbs that hang on the wrong word: what somebody says taken for what he does, and the other way round.

"He said that they would stay, and blamed the army" has one speaker who does both; "foiled a plot by rebels to burn it" has rebels who
would burn it.
"""

from __future__ import annotations

from itertools import compress, count

from readout.language.document import Sentence
from readout.language.known import known
from readout.language.making import Words

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_HAVING = frozenset({"has", "have", "had"})
_COMPLETING = frozenset({"xcomp", "ccomp"})
_BROUGHT = frozenset({"obj", "obl", "nmod"})


def mend_clauses(words: Words) -> None:
    """Hangs verbs on the words that they belong to."""
    for i in [*compress(count(), map(known("public").__contains__, words.keys))]:
        if words.deps[i] == "conj" and words.tags[i] == "VBD":
            _speak_again(words, i)
    for i in [*compress(count(), map(known("meant").__contains__, words.keys))]:
        if words.parts[i] == "NOUN":
            _mean(words, i)
    for i in [*compress(count(), map(known("despite").__contains__, words.lowers))]:
        _leave_to_noun(words, i)
    for i in [*compress(count(), map(_HAVING.__contains__, words.lowers))]:
        _help(words, i)
    for i in [*compress(count(), map("POS".__eq__, words.tags))]:
        _list_owned(words, i)
        _own(words, i)
    for i in [*compress(count(), map("cc".__eq__, words.deps))]:
        _list_modified(words, i)
    for i in [*compress(count(), map("conj".__eq__, words.deps))]:
        if words.tags[i] in _FINITE:
            _rise(words, i)
    for i in [*compress(count(), map("VBN".__eq__, words.tags))]:
        if words.deps[i] == "conj":
            _go_on_suffering(words, i)
        if words.deps[i] == "amod" and i and words.heads[i - 1] == i < words.heads[i]:
            _tell(words, i)
        elif words.deps[i] == "advcl" and words.keys[i] in known("suffered"):
            _say_of(words, i)
    for i in [*compress(count(), map(_COMPLETING.__contains__, words.deps))]:
        if words.parts[i] == "PROPN":
            _take_object(words, i)
            _ask(words, i)
    for i in [*compress(count(), map("csubj".__eq__, words.deps))]:
        if words.heads[i] < i and words.tags[i] == "VB" and words.parts[words.heads[i]] == "VERB":
            words.deps[i] = _wanted(words, i)
    for i in [*compress(count(), map("death".__eq__, words.lowers))]:
        if words.deps[i] == "compound" and i and words.lowers[i - 1] == "to":
            _put_to_death(words, i)
    for i in [*compress(count(), map("then".__eq__, words.lowers))]:
        if words.deps[i].startswith("obl"):
            _name_then(words, i)
    for i in [*compress(count(), map(known("times").__contains__, words.keys))]:
        _date(words, i)


def _date(words: Words, time: int) -> None:
    """ "The group has held 59 people, and *last week* sentenced 17": weeks sentence nobody."""
    verb = words.heads[time]
    if words.deps[time] != "nsubj" or words.deps[verb] != "conj" or verb != time + 1 or words.tags[verb] not in _FINITE:
        return
    if time and words.lowers[time - 1] in known("which") and words.keys[verb] not in known("showing"):
        words.deps[time] = "obl:unmarked"


def _say_of(words: Words, participle: int) -> None:
    """ "Declared a week of mourning for members of the army *killed* in a raid": they were killed, and not who declared it."""
    first = words.sentences[words.numbers[participle]].first
    main, noun = words.heads[participle], participle - 1
    if not first <= main < noun or words.parts[noun] not in ("NOUN", "PROPN"):
        return
    if any(words.heads[i] == participle and i < participle for i in range(first, participle)):
        return  # with a subject, an auxiliary or a conjunction of its own
    while (
        words.deps[noun] in ("nmod", "compound", "flat")
        and main < words.heads[noun]
        and words.parts[words.heads[noun]] in ("NOUN", "PROPN")
    ):
        noun = words.heads[noun]
    words.heads[participle], words.deps[participle] = noun, "acl"


def _tell(words: Words, verb: int) -> None:
    """ "A bomber *detonated* explosives in Bor, killing three, police said": no subject that police would say beside their own.

    The tree takes a whole sentence for one noun phrase, with its verb as a participle; then "said" has two subjects.
    """
    doer, thing = verb - 1, words.heads[verb]
    said = words.heads[thing]
    if words.deps[doer] != "compound" or words.parts[doer] not in ("NOUN", "PROPN") or words.deps[thing] != "nsubj":
        return
    own = [i for i in range(thing + 1, said) if words.heads[i] == said and words.deps[i] == "nsubj"]
    if said < thing or words.tags[said] not in _FINITE or not own:
        return
    start = min((i for i in range(thing + 1, own[0] + 1) if words.heads[i] == own[0]), default=own[0])
    if words.texts[min(start, own[0]) - 1] != ",":
        return
    first = words.sentences[words.numbers[verb]].first
    for i in range(first, said):
        if words.heads[i] != thing or i == verb:
            continue
        if i < doer and words.deps[i] in ("det", "amod", "nummod", "compound", "nmod:poss"):
            words.heads[i] = doer
        elif i < doer:
            words.heads[i] = verb
            words.deps[i] = "obl" if words.deps[i] == "nmod" else words.deps[i]
        elif i > thing and words.deps[i] == "acl" and words.tags[i] == "VBG":
            words.heads[i], words.deps[i] = verb, "advcl"
    words.deps[doer] = "nsubj"
    words.heads[thing], words.deps[thing] = verb, "obj"
    words.heads[verb], words.deps[verb], words.tags[verb] = said, "ccomp", "VBD"


def _speak_again(words: Words, verb: int) -> None:
    """ "said they would not yield, and *blamed* the army": who says it blames it."""
    inner = words.heads[verb]
    if words.parts[inner] in ("ADJ", "NOUN", "PROPN"):
        _speak_too(words, verb, inner)
        return
    outer = words.heads[inner]
    above = words.keys[outer]
    if not outer < inner < verb or above not in known("telling") or words.tags[outer] not in _FINITE:
        top = words.heads[outer]  # "said in a video that …": hung on the video
        if (
            words.keys[top] not in known("telling")
            or not top < outer < inner
            or not words.deps[inner].startswith("acl")
        ):
            return
        outer, above = top, words.keys[top]
    first = words.sentences[words.numbers[verb]].first
    below = [i for i in range(first, verb) if words.heads[i] == inner]
    own = [i for i in range(inner, verb) if words.heads[i] == verb]
    if any(words.deps[i].startswith("nsubj") for i in own) or not any(words.deps[i] == "cc" for i in own):
        return
    modal = any(words.tags[i] == "MD" for i in below)
    had = above in known("denying") and any(words.lowers[i] == "had" and words.deps[i] == "aux" for i in below)
    if modal or had:
        words.heads[verb] = outer


def _speak_too(words: Words, verb: int, noun: int) -> None:
    """ "rejected it as absurd and *accused* Chad": a finite verb goes on from a verb, and from no noun or adjective."""
    first, last = words.sentences[words.numbers[verb]].first, words.sentences[words.numbers[verb]].last
    if any(words.heads[i] == noun and words.deps[i] in ("cop", "nsubj", "nsubj:pass") for i in range(first, last)):
        return
    if any(words.heads[i] == verb and words.deps[i].startswith("nsubj") for i in range(first, last)):
        return
    top = words.heads[noun]
    while words.heads[top] != top and not (words.parts[top] == "VERB" and words.tags[top] in _FINITE):
        top = words.heads[top]
    if not (first <= top < noun < verb and words.parts[top] == "VERB" and words.tags[top] in _FINITE):
        return
    words.heads[verb] = top
    thing = verb + 1
    led = any(words.heads[i] == thing and words.deps[i] == "case" and i > verb for i in range(first, last))
    if (
        thing < last
        and words.parts[thing] == "PROPN"
        and words.heads[thing] == top
        and words.deps[thing] == "obl"
        and not led
    ):
        words.heads[thing], words.deps[thing] = verb, "obj"


def _mean(words: Words, noun: int) -> None:
    """ "foiled a *plot* by rebels to burn it": an infinitive behind the doer of a plan is what he means to do."""
    verb = words.heads[noun]
    if words.deps[noun] not in _BROUGHT or verb >= noun:
        return
    while words.deps[verb] == "nmod" and words.heads[verb] < verb:
        verb = words.heads[verb]  # "reports of attempts by them to burn it"
    last = words.sentences[words.numbers[noun]].last
    if noun + 2 >= last or words.lowers[noun + 1] not in ("by", "of"):
        return
    doer = words.heads[noun + 1]
    if noun < doer < last and words.lowers[noun + 1] == "by" and words.heads[doer] == verb:
        words.heads[doer], words.deps[doer] = noun, "nmod"
    if words.heads[doer] != noun:
        return
    for i in range(doer + 1, last):
        to = i - 1
        above = words.heads[i]
        hung = above == verb or (above == words.heads[verb] and words.parts[verb] == "NOUN")
        clause = hung and words.deps[i] in ("advcl", "xcomp") and words.tags[i] == "VB"
        if clause and words.lowers[to] == "to" and words.heads[to] == i and _hangs_within(words, noun, to):
            words.heads[i], words.deps[i] = noun, "acl"
            return


def _take_object(words: Words, name: int) -> None:
    """ "wants to oust President *Idriss Deby*": a bare name right behind an infinitive is its object, and nothing that is wanted."""
    first = words.sentences[words.numbers[name]].first
    start = name
    while start - 1 > first and name >= words.heads[start - 1] >= start and words.parts[start - 1] != "VERB":
        start -= 1
    verb = start - 1
    if verb <= words.heads[name] or words.tags[verb] != "VB" or words.heads[verb] != words.heads[name]:
        return
    below = [i for i in range(first, name + 1) if words.heads[i] == name]
    bare = not any(words.deps[i].startswith(("mark", "cop", "aux", "case", "nsubj")) for i in below)
    free = not any(words.heads[i] == verb and words.deps[i] == "obj" for i in range(verb, name))
    if bare and free and words.lowers[verb - 1] == "to":
        words.heads[name], words.deps[name] = verb, "obj"


def _wanted(words: Words, infinitive: int) -> str:
    """The relation of an infinitive behind a verb with a subject and an object: "wants the party, which lost, *to step* aside"."""
    verb = words.heads[infinitive]
    first = words.sentences[words.numbers[verb]].first
    to = any(words.heads[k] == infinitive and words.lowers[k] == "to" for k in range(verb, infinitive))
    subject = any(words.heads[k] == verb and words.deps[k] == "nsubj" for k in range(first, verb))
    thing = any(words.heads[k] == verb and words.deps[k] == "obj" for k in range(verb, infinitive))
    return "xcomp" if to and subject and thing else "csubj"


def _ask(words: Words, name: int) -> None:
    """ "Norway wants *Chad* to free them": a name right behind a verb, with an infinitive of the verb behind it, is who is to do that."""
    verb, to = words.heads[name], name + 1
    bare = verb < name and words.parts[verb] == "VERB" and not any(words.heads[i] == name for i in range(verb, name))
    if not bare or name - verb > 1 or to >= words.sentences[words.numbers[name]].last or words.lowers[to] != "to":
        return
    asked = words.heads[to]
    if asked > to and words.heads[asked] == verb and words.deps[asked] == "xcomp":
        words.deps[name] = "obj"


def _go_on_suffering(words: Words, verb: int) -> None:
    """ "Police said he was brought to Oslo and *was questioned*": who was brought was questioned, and not the police."""
    said = words.heads[verb]
    if not said < verb or words.keys[said] not in known("claiming"):
        return
    first, last = words.sentences[words.numbers[verb]].first, words.sentences[words.numbers[verb]].last
    own = [words.deps[i] for i in range(said + 1, last) if words.heads[i] == verb]
    if "aux:pass" not in own or any(dep.startswith("nsubj") for dep in own):
        return
    suffered = [
        i
        for i in range(said + 1, verb)
        if words.heads[i] == said and words.deps[i] == "ccomp" and words.tags[i] == "VBN"
    ]
    if suffered and any(words.heads[i] == suffered[-1] and words.deps[i] == "nsubj:pass" for i in range(first, verb)):
        words.heads[verb] = suffered[-1]


def _put_to_death(words: Words, death: int) -> None:
    """ "sentenced to death *two men*": the men are sentenced, and no men of death."""
    noun, to = words.heads[death], death - 1
    verb = words.heads[noun]
    if noun < death or verb > to or words.heads[to] != noun or words.parts[verb] != "VERB":
        return
    if any(words.heads[i] == verb and words.deps[i] in ("obj", "aux:pass") for i in range(verb - 3, death)):
        return
    words.heads[to], words.heads[death], words.deps[death] = death, verb, "obl"
    words.deps[noun] = "obj"


def _name_then(words: Words, then: int) -> None:
    """ "by then President *Idriss Deby*": no time does it, but the man who was president then."""
    by, title = then - 1, then + 1
    if title >= words.sentences[words.numbers[then]].last or words.heads[by] != then or words.deps[by] != "case":
        return
    name = title
    while (
        words.parts[name] in ("PROPN", "NOUN")
        and name < words.heads[name]
        and words.parts[words.heads[name]] == "PROPN"
    ):
        name = words.heads[name]
    above = words.heads[then]
    if words.parts[title] not in ("PROPN", "NOUN") or words.heads[name] != above:
        return
    words.heads[name], words.deps[name] = above, words.deps[then]
    words.heads[by] = words.heads[then] = name
    words.deps[then] = "amod"


def _leave_to_noun(words: Words, despite: int) -> None:
    """ "was signed despite *criticism* by the union": the union criticised it, and signed nothing."""
    noun = words.heads[despite]
    verb = words.heads[noun]
    by = noun + 1
    last = words.sentences[words.numbers[noun]].last
    if words.keys[noun] not in known("against") or not despite < noun or by >= last or words.lowers[by] != "by":
        return
    doer = words.heads[by]
    if by < doer and words.heads[doer] == verb and words.deps[doer].startswith("obl"):
        words.heads[doer], words.deps[doer] = noun, "nmod"


def _hangs_within(words: Words, noun: int, end: int) -> bool:
    """Whether all from a noun to `end` hangs on it."""
    return all(noun <= words.heads[i] < end for i in range(noun + 1, end))


def _help(words: Words, helper: int) -> None:
    """ "has “executed” them": a quotation mark makes no main verb of a helper."""
    last = words.sentences[words.numbers[helper]].last
    at = helper + 1
    while at < last and (words.parts[at] in ("PUNCT", "ADV") and words.texts[at] != ","):
        at += 1
    if at == helper + 1 or at >= last or words.tags[at] != "VBN" or words.heads[at] != helper:
        return
    if words.deps[at] not in ("xcomp", "ccomp", "obj") or words.deps[helper].startswith("aux"):
        return
    sentence = words.sentences[words.numbers[helper]]
    if words.heads[helper] == helper:
        words.sentences[words.numbers[helper]] = Sentence(
            sentence.first, sentence.last, at, sentence.span, sentence.paragraph
        )
        words.heads[at] = at
    else:
        words.heads[at] = words.heads[helper]
    words.deps[at] = words.deps[helper]
    for i in range(sentence.first, sentence.last):
        if words.heads[i] == helper and i not in (at, helper):
            words.heads[i] = at
    words.heads[helper], words.deps[helper] = at, "aux"


def _list_owned(words: Words, mark: int) -> None:
    """ "Chad's Idriss Orsk and Mali's *Ola Berg* met": the last of a list is the man, and not his state."""
    owner, first_word = mark - 1, mark + 1
    if words.deps[owner] != "conj" or words.heads[mark] == owner or first_word >= len(words.texts):
        return
    whole = words.heads[owner]
    named = first_word
    while words.heads[named] != whole and named < words.heads[named]:
        named = words.heads[named]
    if words.heads[named] != whole or words.parts[named] != "PROPN" or named < first_word or whole >= owner:
        return
    if words.deps[named] not in ("appos", "flat", "conj", "nmod", "list"):
        return
    words.heads[named], words.deps[named] = whole, "conj"
    for i in range(whole + 1, owner):
        if words.heads[i] == owner:
            words.heads[i] = named
    words.heads[owner], words.deps[owner] = named, "nmod:poss"
    words.heads[mark] = owner


def _own(words: Words, mark: int) -> None:
    """ "Chad's *Ola Berg* met the king": one man, and not his state as well."""
    owner, named = mark - 1, mark + 1
    verb = words.heads[owner]
    if named >= len(words.texts) or words.deps[owner] != "nsubj" or words.heads[mark] != owner:
        return
    while words.heads[named] != verb and named < words.heads[named] < verb:
        named = words.heads[named]
    if named < verb and words.heads[named] == verb and words.deps[named] == "nsubj":
        words.heads[owner], words.deps[owner] = named, "nmod:poss"


def _list_modified(words: Words, cc: int) -> None:
    """ "accused *the army* and Chadian troops": an army of its own, and no army's troops."""
    first, second = cc - 1, cc + 1
    last = words.sentences[words.numbers[cc]].last
    if first < 1 or second >= last or words.tags[first] != "NN" or words.lowers[first - 1] != "the":
        return
    whole = words.heads[first]
    nationality = words.tags[second] == "JJ" and words.capitals[second] and words.heads[cc] == second
    if not nationality or words.deps[first] != "compound" or words.heads[second] != first or whole <= second:
        return
    if words.tags[whole] not in ("NNS", "NNPS"):
        return
    for i in range(words.sentences[words.numbers[cc]].first, last):
        if words.heads[i] == whole and i < first and words.deps[i] != "det":
            words.heads[i] = first
    words.heads[first], words.deps[first] = words.heads[whole], words.deps[whole]
    words.heads[whole], words.deps[whole] = first, "conj"
    words.heads[second], words.deps[second], words.heads[cc] = whole, "amod", whole


def _rise(words: Words, verb: int) -> None:
    """ "urged him to leave, and *closed* its embassy": a finite verb goes on from a finite one, and from no infinitive."""
    top = words.heads[verb]
    while (
        _is_infinitive(words, top) and words.heads[top] < top and words.deps[top] in ("xcomp", "advcl", "ccomp", "acl")
    ):
        top = words.heads[top]
    if top != words.heads[verb] and words.tags[top] in _FINITE and words.parts[top] == "VERB":
        words.heads[verb] = top


def _is_infinitive(words: Words, verb: int) -> bool:
    return words.tags[verb] == "VB" and any(
        words.heads[i] == verb and words.lowers[i] == "to" for i in range(max(verb - 3, 0), verb)
    )
