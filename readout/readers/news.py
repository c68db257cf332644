"""Tells what a report brings as new from the background that it recalls."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from typing import Any, cast

from readout import knowledge
from readout.language.document import Document
from readout.readers.events.dating import cause_of, victims_with
from readout.readers.events.following import governing
from readout.readers.events.passives import comes_with
from readout.readers.events.support import find_support
from readout.readers.events.whereabouts import is_told
from readout.readers.findings import Findings
from readout.readers.history import history_of, told_after
from readout.readers.status.lexicon import words as words_of
from readout.readers.stretches import Stretches
from readout.types import Act, Event, Status

_AHEAD = frozenset({"planned", "proposed", "requested", "threatened", "ongoing", "refused"})


#: Statuses of what was said, by whoever says it: that it was asked may be as old as anything.
_SAID = frozenset({"requested", "refused", "proposed", "threatened"})
_PERFECT = frozenset({"has", "have", "'ve", "’ve"})


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(str(word) for word in _table()[name])


@cache
def _table() -> dict[str, Any]:
    return cast(dict[str, Any], knowledge.load("news.yaml"))


def read_news(document: Document, found: Findings) -> Findings:
    """Findings with `news` set on every event."""
    if not found.events:
        return found
    said = Stretches([span for statement in found.statements for span in statement.content])
    history = history_of(document, found.times)
    past = told_after(document, found.times)
    announced = _announced(found.events)
    told = [
        (is_news(document, event, said) or ((event.act, event.status) in announced and _is_of_late(document, event)))
        and not (event.date is None and document.tokens_in(event.span)[0] in past)
        and not (event.sentence in history and _may_be_history(event, same=history[event.sentence]))
        for event in found.events
    ]
    news = _with_participles(document, found.events, told)
    events = tuple(e if e.news == told else replace(e, news=told) for e, told in zip(found.events, news, strict=True))
    return replace(found, events=events)


def _announced(events: tuple[Event, ...]) -> set[tuple[Act, Status]]:
    """What the lead tells as done without a day: what follows tells of it by days, "a statement said on Thursday"."""
    lead = int(_table()["lead"])
    return {
        (e.act, e.status)
        for e in events
        if e.sentence < lead and e.date is None and e.status == "occurred" and e.figures
    }


def _is_of_late(document: Document, event: Event) -> bool:
    """Whether an event came about within days that are not yet old."""
    if event.date is None or event.date.end is None or event.date.start is None or document.published is None:
        return False
    return 0 <= (document.published - dt.date.fromisoformat(event.date.start)).days <= int(_table()["old"])


def _with_participles(document: Document, events: tuple[Event, ...], news: list[bool]) -> list[bool]:
    """Whether each event is news, where what a participle tells behind a verb is as new as that: "had raided Bor, *killing* two"."""
    triggers = [document.tokens_in(event.span)[0] for event in events]
    told = dict(zip(triggers, news, strict=True))
    return [
        new and (main is None or told.get(main, True))
        for new, main in zip(news, (governing(document, i) for i in triggers), strict=True)
    ]


def is_news(document: Document, event: Event, said: Stretches) -> bool:
    """Whether the report brings an event as new.

    In this order: its date against the publication, what is still ahead or going on, words that recall, the kind of
    clause it stands in, its tense. The words and the days are `knowledge/news.yaml`.

    Args:
        document: the parsed document.
        event: the event.
        said: what is said by others; a pluperfect in there is only reported speech.
    """
    dated = _by_date(document, event)
    if dated is not None:
        return dated
    trigger = document.tokens_in(event.span)[0]
    if event.status in _AHEAD:
        clause = _clause_of(document, trigger)
        reported = said.count_at(document.starts[clause]) > 0
        return not (event.status in _SAID and _is_said_before(document, clause, reported))
    reported = said.count_at(event.span[0]) > 0
    if document.tokens[trigger].pos == "NOUN":
        return _noun_is_news(document, trigger, reported)
    return _clause_is_news(document, _clause_of(document, trigger), reported)


def _may_be_history(event: Event, *, same: bool) -> bool:
    """Whether an event is over and undated: where history is told it is a part of it.

    What is done in words may be said now, but by the one that history is told of (`same`).
    """
    over = event.date is None and event.status in ("occurred", "refused", "not_occurring", "requested")
    return over and (same or not is_told(event.type))


def _by_date(document: Document, event: Event) -> bool | None:
    """News or not by the event's days alone; None where they do not tell."""
    if event.date is None or document.published is None:
        return None
    start, end = event.date.start, event.date.end
    age = (document.published - dt.date.fromisoformat(end)).days if end is not None else None
    if age is not None and age > int(_table()["old"]):
        return False
    since = (document.published - dt.date.fromisoformat(start)).days if start is not None else None
    if since is not None and since <= int(_table()["fresh"]):
        return since <= 1 or event.sentence < int(_table()["lead"]) or not _is_in_passing(document, event)
    if age is None and since is not None and since > int(_table()["old"]) and event.status == "occurred":
        return False  # "talks, which began in 1995"
    if age is not None and age >= int(_table()["fresh"]):
        return event.sentence < int(_table()["lead"])
    return None


def _is_in_passing(document: Document, event: Event) -> bool:
    """Whether a clause tells of something days old only as of when it was: "hurt his foot on Tuesday *when troops stormed it*"."""
    clause = _clause_of(document, document.tokens_in(event.span)[0])
    if document.relations[clause] not in ("advcl", "acl:relcl"):
        return False
    marks = {document.words[m] for m in document.children(clause, "mark", "advmod") if m < clause}
    return bool(marks & (_words("clauses") | {"when"}))


def _clause_is_news(document: Document, clause: int, reported: bool) -> bool:
    """By the clause that verb `clause` heads."""
    token = document.tokens[clause]
    if _recalls(document, clause) or _is_remembered(document, clause):
        return False
    charged = _accused_in(document, clause)
    if charged is not None and document.tags[charged] == "VBG":  # "filed a case *accusing* Chad of shelling it"
        charged = next((a for a in document.ancestors(charged) if document.parts[a] == "VERB"), None)
    if charged is not None and document.relations[charged] != "advcl":
        return _clause_is_news(document, _clause_of(document, charged), reported)
    sharing = victims_with(document, clause) if token.dep == "acl" else []
    shared = _clause_of(document, sharing[0]) if sharing else clause
    if sharing and document.relations[shared] != "acl":
        return _clause_is_news(document, shared, reported)  # "six were killed and 40 *wounded*"
    if document.relations[clause].startswith("acl") and reported and _says_that(document, clause):
        return True  # "said on Monday *that he had spoken* with the king", hung on the day
    brought = token.dep == "acl" and token.tag in ("VBN", "VBG") and document.preposition(token.head) == "with"
    if brought or (token.dep == "acl" and comes_with(document, clause)):
        main = next((a for a in document.ancestors(clause) if document.parts[a] == "VERB"), clause)
        if main != clause:
            return _clause_is_news(document, _clause_of(document, main), reported)  # "…, with six people *killed*"
    cause = cause_of(document, clause) if token.dep == "acl:relcl" else None
    if cause is not None:
        return _noun_is_news(document, cause, reported)  # "a raid *that killed* six"
    if token.dep == "acl" and token.tag == "VB":
        main = next((a for a in document.ancestors(clause) if document.parts[a] == "VERB"), clause)
        if main != clause:
            return _clause_is_news(document, _clause_of(document, main), reported)  # "has no plans *to resign*"
    if token.dep in ("acl", "acl:relcl", "amod") and not _is_word(document, clause):
        now = token.tag in ("VBZ", "VBP") or any(
            document.tokens[a].tag in ("VBZ", "VBP") for a in document.children(clause, "aux")
        )
        return now and token.dep == "acl:relcl" and token.tag != "VBN"
    marks = {document.words[m] for m in document.children(clause, "mark", "advmod")}
    if token.dep == "advcl" and "before" in marks and token.tag in ("VBD", "VBN"):
        return _clause_is_news(document, _clause_of(document, token.head), reported)  # it came later still
    if token.dep == "advcl" and marks & _words("clauses"):
        return False
    helpers = {document.words[a] for a in document.children(clause, "aux")}
    if helpers & _PERFECT and (_counts_up(document, clause) or _is_habit(document, clause)):
        return False
    if not helpers and token.tag == "VBD" and _is_of_a_war(document, clause):
        return False
    return "had" not in helpers or reported or token.sentence < int(_table()["lead"]) or _is_word(document, clause)


def _is_said_before(document: Document, clause: int, reported: bool) -> bool:
    """Whether what is asked or refused is told as of before: "whom Chad *asked* Kenya to extradite", "*had* threatened to leave"."""
    if document.tokens[clause].sentence < int(_table()["lead"]):
        return False
    if document.relations[clause] != "acl:relcl":
        return not reported and "had" in [document.words[a] for a in document.children(clause, "aux")]
    if document.lemmas[document.tokens[clause].head] in words_of("bearing"):
        return False  # "voted for a *resolution which urged* the king to leave"
    helpers = {document.words[a] for a in document.children(clause, "aux")}
    return "had" in helpers or (document.tags[clause] == "VBD" and not helpers)


def _is_remembered(document: Document, clause: int) -> bool:
    """Whether somebody remembers what a clause tells: "*recalled* the moment when troops stormed it"."""
    above = next((a for a in document.ancestors(clause) if document.parts[a] == "VERB"), None)
    if above is None or document.lemmas[above] not in _words("remembering"):
        return False
    when = "when" in [document.words[m] for m in document.children(clause, "mark", "advmod")]
    return when or (document.relations[clause] == "ccomp" and document.tokens[clause].head == above)


def _accused_in(document: Document, clause: int) -> int | None:
    """The verb by which somebody is accused of what a gerund tells: "*accused* the rebels of killing two"; None where there is none."""
    whom = document.tokens[clause].head
    if document.tags[clause] != "VBG" or document.relations[clause] not in ("acl", "advcl"):
        return None
    verb = document.tokens[whom].head if document.relations[clause] == "acl" else whom
    if document.relations[clause] == "acl" and document.relations[whom] not in ("obj", "nsubj:pass"):
        return None
    marked = "of" in [document.words[m] for m in document.children(clause, "mark", "case")]
    return verb if marked and document.lemmas[verb] in _words("accusing") else None


def _is_habit(document: Document, clause: int) -> bool:
    """Whether a perfect tells what has been done time and again: "has *repeatedly* criticised it"."""
    return any(document.words[a] in _words("habitual") for a in document.children(clause, "advmod"))


def _is_of_a_war(document: Document, clause: int) -> bool:
    """Whether a clause in the past tells what some known war or rising did: "*the conflict* claimed three million lives"."""
    return any(
        document.lemmas[s] in _words("wars") and document.children(s, "det", "nmod:poss")
        for s in document.children(clause, "nsubj")
        if any(document.words[d] != "a" for d in document.children(s, "det", "nmod:poss"))
    )


def _says_that(document: Document, clause: int) -> bool:
    """Whether a clause opens with "that" and has a subject of its own: it is what somebody says."""
    named = document.parts[document.tokens[clause].head] == "PROPN"
    marks = [m for m in document.children(clause, "mark", *(["obj"] if named else [])) if document.words[m] == "that"]
    return bool(marks) and bool(document.children(clause, "nsubj", "nsubj:pass"))


def _is_word(document: Document, clause: int) -> bool:
    """Whether a clause is what a noun before it tells: "*reports* that six had been killed"."""
    head = document.tokens[clause].head
    if document.relations[clause] not in ("acl", "acl:relcl", "ccomp") or document.parts[head] != "NOUN":
        return False
    return document.lemmas[head] in words_of("word_of", "nouns") | _words("news_of")


def _counts_up(document: Document, clause: int) -> bool:
    """Whether a perfect sums up what has come about "since the war broke out" or "over the past two decades"."""
    for child in document.children(clause, "advcl"):
        if "since" in [document.words[m] for m in document.children(child, "mark")]:
            return True
    for child in document.children(clause, "obl"):
        beside = {document.words[c] for c in document.children(child, "amod", "nummod")}
        if document.lemmas[child] in _words("long_units") and beside & {"past", "last"}:
            return True
    return False


def _noun_is_news(document: Document, noun: int, reported: bool) -> bool:
    """A noun brings news where a verb carries it ("launched an attack") or where it opens the article."""
    modifiers = {document.words[c] for c in document.children(noun, "amod", "nmod:poss")}
    if modifiers & _words("adjectives"):
        return False
    support = find_support(document, noun)
    if support is not None:
        return _clause_is_news(document, _clause_of(document, support[0]), reported)
    if any(_is_recalled(document, i) for i in _phrases(document, noun)):
        return False
    if document.children(noun, "cop") and modifiers & words_of("ranking"):
        return _clause_is_news(document, noun, reported)  # "it was the *first* visit by a king"
    definite = any(document.words[c] in _words("pointing") for c in document.children(noun, "det"))
    if definite:
        return False
    clause = next((a for a in document.ancestors(noun) if document.tokens[a].pos in ("VERB", "AUX")), None)
    return clause is None or _clause_is_news(document, _clause_of(document, clause), reported)


def _phrases(document: Document, noun: int) -> list[int]:
    """An event noun and the nouns that it stands below: "following *deaths* in an *attack*"."""
    found = [noun]
    while document.relations[found[-1]].startswith("nmod") and document.tokens[found[-1]].head != found[-1]:
        found.append(document.tokens[found[-1]].head)
    return found


def _is_recalled(document: Document, noun: int) -> bool:
    preposition = document.preposition(noun)
    return preposition is not None and preposition.split()[0] in _words("recalling")


def _recalls(document: Document, clause: int) -> bool:
    """Whether an adverb or a phrase below verb `clause` puts it in the past of the report."""
    adverbs = _words("adverbs")
    for child in document.children(clause, "advmod", "obl"):
        if document.words[child] in adverbs:
            return True
        first, last = document.subtree_span(child)
        if document.text[first:last].lower() in adverbs:
            return True
    return False


def _clause_of(document: Document, i: int) -> int:
    """The verb at the head of the finite clause of word `i`: itself, or the verb that controls it."""
    while document.relations[i] in ("xcomp", "conj") and document.tokens[i].head != i:
        i = document.tokens[i].head
    return i
