"""Sentences that the tree takes for what is only said in passing, or that it gives to a participle.

What experts say of a group by the way is not what the sentence tells: "the group, *which experts say is backed by Chad*, seized the
town". Who is "led by a general" leads nobody; and nobody "declined to be named told" anything.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import compress, count

from readout.language.making import Words

_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_HELPERS = frozenset({"aux", "aux:pass", "cop"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def mend_reported(words: Words) -> None:
    """Gives such sentences their own verbs."""
    for said in [*compress(count(), map("acl:relcl".__eq__, words.deps))]:
        if said + 1 < len(words.heads) and words.deps[said + 1] in _HELPERS:
            _report_by_the_way(words, said)
    for agent in [*compress(count(), map("obl:agent".__eq__, words.deps))]:
        if words.tags[words.heads[agent]] in ("VBN", "VBD"):
            _set_between_commas(words, words.heads[agent])
    for told in [*compress(count(), map("told".__eq__, words.lowers))]:
        if words.tags[told] == "VBN" and words.deps[told] == "xcomp" and words.heads[told] == told - 1:
            _tell_unnamed(words, told)


def _report_by_the_way(words: Words, said: int) -> None:
    """Hangs what is said inside a relative clause on its verb of saying, where the tree has it for the sentence's own.

    "The group, which experts *say is backed* by Chad, seized the town": the main verb is the one behind, which the tree joins to it.
    """
    heads, deps = words.heads, words.deps
    noun, within = heads[said], heads[said + 1]
    if heads[within] != within or heads[noun] != within or deps[noun] not in _SUBJECTS or within < said:
        return
    own = [i for i in range(noun + 1, said) if heads[i] == said and words.tags[i] not in ("WDT", "WP")]
    pronoun = next((i for i in range(noun + 1, said) if heads[i] == said and words.tags[i] in ("WDT", "WP")), None)
    main = _joined_bare(words, within)
    if pronoun is None or main is None or not any(deps[i] in _SUBJECTS for i in own):
        return
    sentence = words.sentences[words.numbers[said]]
    for i in [*range(sentence.first, noun), *range(main + 1, sentence.last)]:
        if heads[i] == within:
            heads[i] = main
    passive = any(heads[i] == main and deps[i] == "aux:pass" for i in range(within, main))
    heads[within], deps[within] = said, "ccomp"
    heads[pronoun], deps[pronoun] = within, deps[noun]
    heads[noun], deps[noun] = main, "nsubj:pass" if passive else "nsubj"
    heads[main], deps[main] = main, "root"
    if words.tags[main] == "VBN" and not any(heads[i] == main and deps[i] in _HELPERS for i in range(within, main)):
        words.tags[main] = "VBD"
    words.sentences[words.numbers[said]] = replace(sentence, root=main)


def _set_between_commas(words: Words, participle: int) -> None:
    """ "Soldiers, *led* by a general, detained him": what has "by" and no helper is no past tense; the verb behind the comma is."""
    heads, deps, sentence = words.heads, words.deps, words.sentences[words.numbers[participle]]
    own = [i for i in range(sentence.first, participle) if heads[i] == participle]
    subject = next((i for i in own if deps[i] in _SUBJECTS), None)
    if subject is None or words.texts[participle - 1] != "," or any(deps[i] in _HELPERS for i in own):
        return
    above = (heads[participle], participle)
    behind = range(participle + 1, sentence.last)
    main = next((i for i in behind if words.tags[i] in ("VBN", "VBD") and heads[i] != i), None)
    if main is None or words.texts[main - 1] != "," or not (heads[main] in above or heads[participle] == main):
        return
    if any(heads[i] == main and deps[i] in (*_HELPERS, "cc", *_SUBJECTS) for i in range(participle, main)):
        return
    if heads[participle] != main:
        heads[main], deps[main] = heads[participle], deps[participle]
        if heads[main] == participle:  # it was the sentence's own
            heads[main] = main
            words.sentences[words.numbers[main]] = replace(sentence, root=main)
    for i in own:
        if deps[i] != "punct" or i < subject:
            heads[i] = main
    for i in range(main + 1, sentence.last):
        if heads[i] == main and deps[i] == "nsubj":
            deps[i] = "obj"  # the subject stands before
    heads[participle], deps[participle], words.tags[participle], words.tags[main] = subject, "acl", "VBN", "VBD"


def _tell_unnamed(words: Words, told: int) -> None:
    """ "An aide who asked not to be *named told* reporters": nobody is named something told, the aide told it."""
    heads, deps = words.heads, words.deps
    clause, sentence = told - 1, words.sentences[words.numbers[told]]
    before = range(sentence.first, clause)
    if words.tags[clause] != "VBN" or not any(heads[i] == clause and deps[i] == "aux:pass" for i in before):
        return
    while not deps[clause].startswith("acl"):
        if heads[clause] == clause:
            return
        clause = heads[clause]
    noun = heads[clause]
    if noun > clause:
        return
    if noun == sentence.root:
        heads[told], deps[told] = told, "root"
        words.sentences[words.numbers[told]] = replace(sentence, root=told)
    else:
        heads[told], deps[told] = sentence.root, "parataxis"
    heads[noun], deps[noun], words.tags[told] = told, "nsubj", "VBD"


def _joined_bare(words: Words, verb: int) -> int | None:
    """The first finite verb that is joined to one without "and" or a subject of its own."""
    last = words.sentences[words.numbers[verb]].last
    for i in range(verb + 1, last):
        if words.heads[i] == verb and words.deps[i] in ("conj", "parataxis"):
            below = [n for n in range(verb + 1, last) if words.heads[n] == i]
            past = (
                words.tags[i] == "VBN" and words.lowers[i].endswith("ed") and any(words.deps[n] == "obj" for n in below)
            )
            finite = (past or words.tags[i] in _FINITE - {"MD"}) and words.parts[i] == "VERB"
            finite = finite or any(words.deps[n] in _HELPERS and words.tags[n] in _FINITE for n in below)
            bare = not any(words.deps[n] == "cc" or words.deps[n] in _SUBJECTS for n in below)
            return i if finite and bare else None
    return None
