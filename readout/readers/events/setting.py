"""Where, when and how large: places, time and figures that belong to an event and not to what is said about it."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from readout.language.document import Document, is_dep
from readout.readers.events.counting import counted
from readout.readers.events.dating import How, Times, borrowed, lent
from readout.readers.events.elsewhere import counts_another, is_behind_aside, is_of_another, is_size
from readout.readers.events.obliques import behind_time
from readout.readers.events.roles import Scene
from readout.readers.events.whereabouts import happens_at
from readout.readers.findings import Findings
from readout.readers.places import is_literal
from readout.readers.status.lexicon import words
from readout.types import DateRange, Figure, Place, Span, Time

#: How many days back what is news may have been done or said.
_REPORTED = 31
_BEFORE_NOUN = frozenset({"compound", "amod", "nmod:unmarked", "nmod:poss", "nummod"})
_UP_TO = frozenset({"to", "until", "till", "through", "up to"})


@dataclass(frozen=True, slots=True)
class Setting:
    """Indexes of places and figures, the time and its days."""

    places: tuple[int, ...] = ()
    time: int | None = None
    date: DateRange | None = None
    figures: tuple[int, ...] = ()


def find_setting(document: Document, scene: Scene, found: Findings, triggers: frozenset[int]) -> Setting:
    """The setting of a scene; a word belongs to the nearest event above it."""
    own = frozenset({scene.trigger.token, scene.predicate})
    first, last = document.sentence(scene.trigger.token).span  # nothing outside its sentence hangs below it
    places = [
        n
        for n, span in _between(document, "places", found.places, first, last)
        if _belongs(document, span, own, triggers, verbs=True)
        and happens_at(document, span, scene)
        and is_literal(document, span)
    ]
    times = [
        n
        for n, span in _between(document, "times", found.times, first, last)
        if found.times[n].type != "SET"
        and not _since_the_last(document, span)
        and not _dates_noun(document, span, own)
        and (
            (_belongs(document, span, own, triggers, verbs=True) and not is_of_another(document, found.times[n], scene))
            or is_behind_aside(document, found.times[n], scene, triggers)
            or _hung_elsewhere(document, found.times[n], scene, triggers)
        )
    ]
    dated = [n for n in times if found.times[n].start is not None and found.times[n].type != "DURATION"]
    around = None if dated else borrowed(document, scene, times_of(document, found, scene.trigger.token))
    if around is not None:
        dated = [around[0]]
    time = dated[0] if len(dated) >= 1 else (times[0] if times else None)
    date = _date_range(document, found.times[time]) if time is not None and time in dated else None
    if time is not None and date is not None:
        date = _as_meant(document, found, dated, date, around[1] if around is not None else "as told")
    if date is None and found.times:
        length = counted(document, scene, found.times)
        time, date = length if length is not None else (time, date)
    figures = [
        n
        for n, span in _between(document, "figures", found.figures, first, last)
        if is_size(found.figures[n])
        and _belongs(document, span, own, triggers, verbs=False)
        and not counts_another(document, found.figures[n], scene)
    ]
    return Setting(tuple(dict.fromkeys(places)), time, date, tuple(figures))


def _as_meant(document: Document, found: Findings, dated: list[int], date: DateRange, how: How) -> DateRange:
    """The days of an event's time: all of it, from it on, or "*from* April *until* September"."""
    first = found.times[dated[0]]
    if how == "whole":
        return DateRange(first.start, first.end)
    if how == "from":
        return DateRange(date.start, None)
    if len(dated) > 1 and _preposition_of(document, first) == "from":
        last = found.times[dated[1]]
        if _preposition_of(document, last) in _UP_TO and (last.end or "") > (first.start or ""):
            return DateRange(first.start, last.end)
    return date


def _preposition_of(document: Document, time: Time) -> str:
    head = document.head_of(time.span)
    if head is None or (document.relations[head] in _BEFORE_NOUN and document.tokens[head].head > head):
        return ""  # "since its *August 1990* invasion": the noun has the preposition
    return document.preposition(head) or ""


def times_of(document: Document, found: Findings, i: int) -> Times:
    """The dated times of the sentence of word `i`."""
    first, last = document.sentence(i).span
    return Times(document, _between(document, "times", found.times, first, last), found.times)


def with_lent_time(
    document: Document, setting: Setting, found: Findings, operators: Sequence[tuple[int, str]], spent: Sequence[int]
) -> Setting:
    """The setting with the time of the words that govern the act, where it has none of its own: "*agreed on Monday* to meet"."""
    if setting.date is not None or not operators or not found.times:
        return setting
    time = lent(document, operators, spent, times_of(document, found, operators[0][0]))
    return setting if time is None else replace(setting, time=time, date=_date_range(document, found.times[time]))


def _between(
    document: Document, kind: str, found: tuple[Place | Time | Figure, ...], first: int, last: int
) -> list[tuple[int, Span]]:
    """The numbers and spans of what was found that begin within some code points, in order, without a look at all of them."""
    if not found:
        return []
    kept = document.memory.get(("begins", kind))
    if kept is None or kept[0] is not found:
        spans = [
            (span[0], n, span)
            for n, item in enumerate(found)
            for span in (item.mentions if isinstance(item, Place) else (item.span,))
        ]
        kept = document.memory["begins", kind] = found, sorted(spans)
    begins = kept[1]
    some = begins[bisect_left(begins, (first,)) : bisect_left(begins, (last,))]
    return sorted([(n, span) for _, n, span in some]) if some else []


def _since_the_last(document: Document, span: Span) -> bool:
    """Whether a time is that of another one before: "the *first* attack on the capital *since June*", which dates no attack."""
    at = document.tokens_in(span)[0]
    if at == 0 or document.words[at - 1] != "since":
        return False
    ranking = words("ranking")
    for i in range(at - 2, document.sentence(at).first - 1, -1):
        token = document.tokens[i]
        if token.tag == "JJS" or token.lower in ranking:
            return True
        if token.pos in ("VERB", "AUX") or token.text == ",":
            return False
    return False


def _hung_elsewhere(document: Document, time: Time, scene: Scene, triggers: frozenset[int]) -> bool:
    """Whether a time is an event noun's though the tree hangs it on the verb above.

    Before the noun's "of"-phrase ("the killing *earlier this month* of six men"); or a year or decade behind a noun whose
    verb tells no event ("citing the abductions *in the 1970s*").
    """
    noun, head = scene.trigger.token, document.head_of(time.span)
    if not scene.trigger.noun or head is None:
        return False
    if noun < head and any(head < held for held in behind_time(document, noun)):
        return True
    if _lies_ahead_of(document, time, noun, head):
        return True
    if document.tokens[head].head == head or head < noun:
        return False
    verb, years = document.tokens[head].head, len(time.value) <= len("1970")
    if verb == scene.predicate or not (years or _is_long_past(document, time)):
        return False
    if years and verb == document.tokens[noun].head and document.relations[noun] == "obj":
        return True
    behind = max(document.subtree(noun)) + 1 == min(document.subtree(head))
    behind = behind and (document.parts[verb] in ("VERB", "AUX") or bool(document.children(verb, "cop")))
    return behind and verb not in triggers and verb in document.ancestors(noun)  # "a headache since the rape *in 1995*"


def _is_long_past(document: Document, time: Time) -> bool:
    """Whether a time ended so long ago that nobody reports or says anything of then."""
    day = document.published
    return day is not None and time.end is not None and (day - dt.date.fromisoformat(time.end)).days > _REPORTED


def _lies_ahead_of(document: Document, time: Time, noun: int, head: int) -> bool:
    """Whether a day to come stands right behind a noun, though it hangs on the verb: "asked for none at the *summit on Friday*"."""
    day = document.published
    if day is None or time.start is None or time.start <= day.isoformat() or not noun < head:
        return False
    if document.tokens[noun].sentence != document.tokens[head].sentence:
        return False
    between = range(max(document.subtree(noun)) + 1, min(document.subtree(head)))
    return not between


def _date_range(document: Document, time: Time) -> DateRange:
    """The days of a time behind its preposition: "since October" goes on to the day of publication."""
    preposition = _preposition_of(document, time)
    if preposition == "since":
        today = document.published.isoformat() if document.published else None
        return DateRange(time.start, today if today and (time.start or today) <= today else None)
    if preposition == "before" and "T" in time.value.removeprefix("P"):
        return DateRange(time.start, time.end)  # "before *dawn Thursday*": on that day
    if preposition in ("by", "until", "till", "before"):
        ends = preposition == "by" or document.slice(time.span).lower().startswith(("the end", "end", "late"))
        return DateRange(None, time.end if ends else time.start)  # "before the end of the year" is by its last day
    if preposition == "after":
        return DateRange(time.start, None)
    return DateRange(time.start, time.end)


def _dates_noun(document: Document, span: Span, own: frozenset[int]) -> bool:
    """Whether a time stands before a noun and tells of when that is: "began to withdraw under a *November* truce"."""
    head = document.head_of(span)
    if head is None:
        return False
    noun = document.tokens[head].head
    if noun <= head or noun in own or document.relations[head] not in _BEFORE_NOUN - {"nmod:poss"}:
        return False
    return document.tokens[noun].pos in ("NOUN", "PROPN") and document.preposition(noun) is not None


def _is_another_clause(document: Document, verb: int) -> bool:
    """Whether a verb tells of something else with a subject of its own: "six died, while *40 were* left homeless".

    Not where it tells what else came of the same: "six were killed and *40 wounded*", "a blast in which *six died*".
    """
    token = document.tokens[verb]
    if not is_dep(token.dep, ("advcl", "conj", "ccomp", "parataxis")):
        return False
    if is_dep(token.dep, ("conj",)) and not document.children(verb, "aux", "aux:pass", "obj"):
        return False
    return bool(document.children(verb, "nsubj", "nsubj:pass"))


def _belongs(
    document: Document, span: tuple[int, int], own: frozenset[int], triggers: frozenset[int], *, verbs: bool
) -> bool:
    """Whether the first event above a span is this one; with `verbs`, no other verb may stand between, else none of another clause."""
    head = document.head_of(span)
    if head is None:
        return False
    if head in own:
        return True
    below = head
    for above in document.ancestors(head):
        if document.relations[below] == "appos" and document.tokens[below].pos == "NOUN":
            return False  # "for talks in Oslo, her *fourth* trip *this year*": said of the trip
        if above in own:
            return True
        if above in triggers:
            return False
        below = above
        if document.tokens[above].pos in ("VERB", "AUX") and (verbs or _is_another_clause(document, above)):
            return False
    return False
