"""Tenses that the tagger misses: past tenses taken for participles, main verbs taken for infinitives."""

from __future__ import annotations

from itertools import compress, count

from readout.language.known import known
from readout.language.making import Words

#: Relations of verbs that are finite where nothing else in their clause is.
_FINITE = frozenset({"root", "ccomp", "parataxis", "advcl", "acl:relcl"})
_LEADING = frozenset({"mark", "case", "advmod"})
#: What leads a clause with a verb and a subject of its own: not "with" four people killed.
_LEADERS = frozenset(
    {"that", "after", "before", "since", "because", "as", "when", "while", "although", "though", "until", "whether"}
)


def mend_tenses(words: Words) -> None:
    """Makes finite what has a subject and no auxiliary; trees and texts stay as they are."""
    for i in _pasts(words):
        words.tags[i] = "VBD"
    for i in _bare_roots(words):
        past = words.lowers[i] in known("past_and_participle")
        words.tags[i] = "VBD" if past else "VBP"


def _pasts(words: Words) -> list[int]:
    """The past tenses that are taken for participles: "Strikes *killed* 38 people", with a subject and no auxiliary."""
    texts, deps, heads = words.texts, words.deps, words.heads
    found = {
        i
        for i in compress(count(), map("VBN".__eq__, words.tags))
        if deps[i] in _FINITE
        and (texts[i].endswith("ed") or texts[i] in known("past_and_participle"))
        and i + 1 < len(texts)
        and not (i and words.tags[i - 1] == "POS")  # "'s" may be "has"
    }
    if not found:
        return []  # as often
    acting: set[int] = set()
    for i in compress(count(), map(found.__contains__, heads)):
        if deps[i] == "nsubj" and i < heads[i]:
            acting.add(heads[i])
        elif deps[i].startswith(("aux", "cop", "nsubj:pass", "obl:agent")) or _leads_no_verb(words, i):
            found.discard(heads[i])
    return sorted(i for i in found & acting if deps[i] != "advcl" or _is_led(words, i))


def _bare_roots(words: Words) -> list[int]:
    """The main verbs that are taken for infinitives: "Chad and Mali *oppose* it", with a subject and no auxiliary."""
    roots = {i for i in (sentence.root for sentence in words.sentences) if words.tags[i] == "VB"}
    if not roots:
        return []  # as often
    below = list(compress(count(), map(roots.__contains__, words.heads)))
    acting = {words.heads[i] for i in below if words.deps[i] == "nsubj" and i < words.heads[i]}
    helped = {
        words.heads[i] for i in below if words.deps[i].startswith(("aux", "cop", "mark")) or words.tags[i] == "TO"
    }
    return sorted(acting - helped)


def _leads_no_verb(words: Words, i: int) -> bool:
    """Whether a word leads a clause that has no verb of its own: "*with* four people killed"."""
    head = words.heads[i]
    leads = words.deps[i] in _LEADING and i < head and words.deps[head] != "root"
    return leads and words.lowers[i] not in _LEADERS


def _is_led(words: Words, verb: int) -> bool:
    """Whether a clause has a word that leads it: "*since* the guards detained him"."""
    first = words.sentences[words.numbers[verb]].first
    return any(words.heads[i] == verb and words.lowers[i] in _LEADERS for i in range(first, verb))
