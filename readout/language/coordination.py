"""What "and" joins across an aside, beside what "not" rules out, and behind a passive whose auxiliary it shares.

"Met Deby, the president of Chad, *and Keita*" has two who were met; "the army, *not the rebels*, shelled it" has one who did; "ten were
killed and *five captured*" has a clause of its own behind the "and"; so has "as *Chad and Mali held* talks".
"""

from __future__ import annotations

from itertools import compress, count

from readout.language.known import known
from readout.language.making import Words

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
_ARGUMENTS = ("obj", "iobj", "obl", "nsubj")
_JOINED = frozenset({"conj", "ccomp"})
_ASIDE = frozenset({"appos", "parataxis", "list", "dep"})


def mend_coordination(words: Words) -> None:
    """Hangs joined nouns and clauses on what they are joined to."""
    for i in [*compress(count(), map("cc".__eq__, words.deps))]:
        if words.texts[i - 1] == "," and i and words.deps[words.heads[i]] == "conj":
            _join_across(words, i, words.heads[i])
        elif words.deps[words.heads[i]] in ("nsubj", "nsubj:pass") and words.heads[i] > i:
            _join_subjects(words, i, words.heads[i])
    for i in [*compress(count(), map("not".__eq__, words.lowers))]:
        _rule_out(words, i)
    for i in [*compress(count(), map(_JOINED.__contains__, words.deps))]:
        if words.tags[i] in _FINITE:
            _begin_clause(words, i)
        elif words.deps[i] == "conj" and words.parts[words.heads[i]] == "VERB" and words.heads[i] < i:
            _bring(words, i)
            _share_auxiliary(words, i)
        elif words.deps[i] == "conj" and words.parts[i] in ("VERB", "ADJ"):
            _join_clause(words, i)
        elif words.deps[i] == "conj" and words.tags[i] == "NN":
            _say_aside(words, i)


def _below(words: Words, i: int) -> list[int]:
    """The words that hang on word `i`."""
    sentence = words.sentences[words.numbers[i]]
    return [k for k in range(sentence.first, sentence.last) if words.heads[k] == i and k != i]


def _join_across(words: Words, cc: int, second: int) -> None:
    """ "Met *Deby*, the president of Chad, and *Keita*": who stands behind the aside is joined to whom it is about."""
    above = words.heads[second]
    if second < cc or words.parts[second] not in _NOMINAL or not above < cc:
        return
    if any(words.deps[k].startswith(("nsubj", "cop", "aux", "nummod:")) for k in _below(words, second)):
        return
    comma = cc - 1
    if words.parts[above] == "VERB":
        before = [
            k
            for k in _below(words, above)
            if above < k < comma and words.deps[k].startswith(_ARGUMENTS) and words.parts[k] in _NOMINAL
        ]
        if before and words.parts[before[-1]] == words.parts[second] and _aside_behind(words, before[-1], comma):
            words.heads[second] = before[-1]
        return
    aside = above
    while words.heads[aside] != aside and words.deps[aside] not in _ASIDE:
        aside = words.heads[aside]
    if words.deps[aside] not in _ASIDE or words.tags[aside] != "NN" or words.parts[second] != "PROPN":
        return
    if any(words.deps[k] == "conj" and k < comma for k in _below(words, above)):
        return  # "Berg, premier of Norway, Iceland, and Chad"
    name = _named_before(words, aside)
    if name is not None and words.heads[second] != name:
        words.heads[second] = name


def _aside_behind(words: Words, noun: int, comma: int) -> bool:
    """Whether a comma stands behind a noun and its name, and all from there to word `comma` is one aside about it."""
    end = noun + 1
    while end < comma and words.heads[end] in range(noun, end) and words.deps[end] in ("flat", "compound"):
        end += 1
    if end >= comma or words.texts[end] != ",":
        return False
    tops = [k for k in range(end + 1, comma) if not end < words.heads[k] < comma or words.heads[k] == k]
    return len(tops) == 1 and words.parts[tops[0]] == "NOUN" and words.deps[tops[0]] in _ASIDE


def _named_before(words: Words, aside: int) -> int | None:
    """The name right before the comma of an aside; None without one."""
    first = words.sentences[words.numbers[aside]].first
    start = min([k for k in range(first, aside) if words.heads[k] == aside and words.texts[k] != ","], default=aside)
    comma = start - 1
    if comma <= first or words.texts[comma] != "," or words.parts[comma - 1] != "PROPN":
        return None
    name = comma - 1
    while words.deps[name] in ("flat", "compound") and words.parts[words.heads[name]] in _NOMINAL:
        name = words.heads[name]
    return name if name < comma else None


def _rule_out(words: Words, mark: int) -> None:
    """ "The army, *not the rebels*, shelled it": who did not do it is not joined to who did, nor has the clause behind."""
    noun = words.heads[mark]
    if words.tags[noun] in _FINITE and words.lowers[mark - 1] == "but":
        _rule_out_subject(words, mark, noun)
        return
    above = words.heads[noun]
    if not above < mark < noun or words.deps[noun] not in ("conj", "appos") or words.parts[noun] not in _NOMINAL:
        return
    if words.parts[above] not in (*_NOMINAL, "PRON") or words.lowers[mark + 1] in known("not_alone"):
        return
    words.deps[noun] = "dep"
    for k in _below(words, noun):
        if k > noun and words.deps[k] == "acl:relcl":
            words.heads[k] = above
    if not any(words.deps[k] == "cop" for k in _below(words, above)):
        return
    for k in _below(words, above):  # "it was the army, not the rebels, *that shelled it*"
        own = [words.lowers[c] for c in _below(words, k) if words.deps[c].startswith("nsubj") and c < k]
        if k > noun and words.deps[k] == "parataxis" and own and own[0] in ("that", "who", "which"):
            words.deps[k] = "acl:relcl"


def _rule_out_subject(words: Words, mark: int, verb: int) -> None:
    """ "The army but *not the rebels* shelled it": the verb is not denied, but the second subject is."""
    doers = [k for k in _below(words, verb) if words.deps[k] == "nsubj"]
    if len(doers) != 2 or not doers[0] < mark < doers[1] < verb or words.heads[mark - 1] not in (verb, doers[1]):
        return
    first, second = doers
    words.heads[second], words.deps[second] = first, "dep"
    words.heads[mark] = words.heads[mark - 1] = second


def _begin_clause(words: Words, verb: int) -> None:
    """ "They left as *Chad and Mali held* talks": a noun and a verb behind "as" are a clause, and no phrase with a verb joined to it."""
    main = words.heads[verb]
    if words.parts[main] != "VERB" or main > verb:
        return
    own = [k for k in _below(words, verb) if k < verb]
    if any(words.deps[k] == "cc" or words.deps[k].startswith(("nsubj", "expl", "csubj", "punct")) for k in own):
        return
    start = min([k for k in own if words.deps[k].startswith(("aux", "advmod"))], default=verb)
    for noun in _below(words, main):
        if not main < noun < start or not words.deps[noun].startswith("obl"):
            continue
        marks = [k for k in _below(words, noun) if words.deps[k] == "case" and k < noun]
        if len(marks) != 1 or words.lowers[marks[0]] not in known("clause_marks"):
            continue
        inside = range(marks[0], start)
        if all(words.heads[k] in inside or k == noun for k in inside) and words.texts[start - 1] != ",":
            words.heads[noun], words.deps[noun] = verb, "nsubj"
            words.heads[marks[0]], words.deps[marks[0]] = verb, "mark"
            words.deps[verb] = "advcl"
            return


def _share_auxiliary(words: Words, noun: int) -> None:
    """ "Ten were killed and *five captured*": five were captured; they were not killed."""
    verb = words.heads[noun]
    if (
        words.tags[verb] != "VBN"
        or words.parts[noun] not in ("NOUN", "PROPN", "NUM")
        or not any(words.deps[k] == "aux:pass" for k in _below(words, verb))
    ):
        return
    below = _below(words, noun)
    counted = [k for k in below if words.deps[k] == "nmod" and k > noun and words.parts[noun] == "NOUN"]
    said_of = {noun, *counted}  # "and a number of *guns found*"
    last = words.sentences[words.numbers[noun]].last
    clauses = [
        k
        for k in range(noun + 1, last)
        if words.heads[k] in said_of and words.deps[k] == "acl" and words.tags[k] == "VBN"
    ]
    joined = [k for k in below if words.deps[k] == "cc"]
    if len(clauses) != 1 or not joined or "," in words.texts[noun : clauses[0]]:
        return
    if any(words.deps[k] in ("case", "cop", "conj") for k in below):
        return
    participle = clauses[0]
    words.heads[participle], words.deps[participle] = verb, "conj"
    words.heads[noun], words.deps[noun] = participle, "nsubj:pass"
    for k in joined:
        words.heads[k] = participle


def _bring(words: Words, noun: int) -> None:
    """ "Left without a word and *after clashes* with rebels": a phrase with a preposition is joined to a phrase, and to no verb."""
    if words.parts[noun] not in _NOMINAL:
        return
    below = _below(words, noun)
    if any(words.deps[k] == "case" and k < noun for k in below) and not any(
        words.deps[k].startswith(("nsubj", "cop", "aux")) for k in below
    ):
        words.deps[noun] = "obl"
        verb, near = words.heads[noun], range(noun + 1, min(noun + 4, len(words.heads)))
        joined = [k for k in near if words.heads[k] == verb and words.deps[k] == "conj"]
        if joined and any(words.deps[k] == "cc" for k in below):
            words.heads[noun] = joined[0]  # "was here *and on Saturday* was to meet him"


def _join_clause(words: Words, verb: int) -> None:
    """ "Berg, a minister who was there *and who is to brief* the king": a second clause with "who" is one like the first."""
    noun = words.heads[verb]
    own = [k for k in _below(words, verb) if k < verb and words.deps[k].startswith("nsubj")]
    first = "acl:relcl" in words.deps[noun:verb]  # "the harbour and who would run it" has no first clause
    if first and words.parts[noun] in _NOMINAL and own and words.lowers[own[0]] in ("who", "which", "that"):
        words.deps[verb] = "acl:relcl"


def _say_aside(words: Words, noun: int) -> None:
    """ "Before the talks between Japan and Chad, *Li Bin*, an *envoy*, met": a list that "and" has closed goes on behind no name."""
    above, name = words.heads[noun], _named_before(words, noun)
    if name is None or not above < name < noun or words.heads[name] in range(above, name):
        return
    if "cc" in words.deps[above:name] and not any(words.deps[k] == "cc" for k in _below(words, noun)):
        words.heads[noun], words.deps[noun] = name, "appos"


def _join_subjects(words: Words, cc: int, second: int) -> None:
    """ "*Negotiators from Chad* and the rebels failed": no verb has two subjects, and those from Chad and from them are one."""
    verb = words.heads[second]
    doers = [k for k in _below(words, verb) if words.deps[k].startswith("nsubj") and k < verb]
    if len(doers) != 2 or doers[1] != second or not doers[0] < cc < second:
        return
    if any(words.texts[k] == "," for k in range(doers[0], cc)) or words.parts[doers[0]] not in _NOMINAL:
        return
    first = doers[0]
    inside = [k for k in _below(words, first) if words.deps[k] == "nmod" and first < k < cc]
    brought = [k for k in inside if words.lowers[min(_below(words, k), default=k)] in ("from", "of", "between")]
    if brought and (words.tags[first] in ("NNS", "NNPS") or words.parts[first] == "PROPN"):
        first = brought[-1]
    words.heads[second], words.deps[second] = _agent_before(words, first, cc) or first, "conj"


def _agent_before(words: Words, noun: int, cc: int) -> int | None:
    """The name right before an "and" by which the thing was made: "a truce brokered by *France* and Norway"; None without one."""
    agent = cc - 1
    while words.deps[agent] in ("flat", "compound") and noun < words.heads[agent] < cc:
        agent = words.heads[agent]
    by = any(words.heads[k] == agent and words.lowers[k] == "by" for k in range(noun, agent))
    return agent if by and words.parts[agent] == "PROPN" and words.tags[noun] == "NN" else None
