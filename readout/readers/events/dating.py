"""Days that an event has from the words around it: a verb it is coordinated with, "in 1971 *when* …", "which *started* Sunday"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Literal

from readout import knowledge
from readout.language.document import Document
from readout.readers.events.frames import find_trigger
from readout.readers.events.roles import Scene
from readout.readers.lookup import heads_date, verb_behind
from readout.readers.status.clause import auxiliaries, is_infinitive
from readout.readers.status.lexicon import words
from readout.types import Span, Time

#: The forms in which two verbs that share a subject are told of one day.
_PAST = frozenset({"VBD", "VBN"})
#: Kinds of the words above an act on whose day it was done, tried or missed: "*tried* on Monday to storm it".
_OF_ONE_DAY = frozenset({"attempt", "manage", "cause", "fail", "begin", "continue", "stop", "prevent", "purpose"})


#: Kinds of the words above an act that is to come on the day that hangs on them.
_AHEAD = frozenset({"schedule", "plan", "expect", "promise"})


class Times:
    """The dated times of a sentence, by the words that they hang on and by their last words."""

    def __init__(self, document: Document, times: Iterable[tuple[int, Span]], found: Sequence[Time]) -> None:
        self.of_verbs: dict[int, int] = {}
        self.by_last: dict[int, int] = {}
        self.of_nouns: dict[int, int] = {}  # "a *1975* coup"
        self.ahead: set[int] = set()
        for n, span in times:
            if found[n].start is None or found[n].type in ("DURATION", "SET"):
                continue
            if (found[n].start or "") > (document.published.isoformat() if document.published else "9"):
                self.ahead.add(n)
            head = document.head_of(span)
            verb = _verb_of(document, head, document.tokens_in(span)[-1])
            if verb is not None:
                self.of_verbs.setdefault(verb, n)
            if head is not None and _tells_when(document, head):
                self.of_nouns.setdefault(document.tokens[head].head, n)
            self.by_last[document.tokens_in(span)[-1]] = n


def _tells_when(document: Document, head: int) -> bool:
    """Whether a time before a noun tells when that happened: "a *1975* coup"; not "a 1975 Honda"."""
    noun = document.tokens[head].head
    before = document.relations[head] in ("compound", "amod", "nummod", "nmod:unmarked", "nmod:poss") and head < noun
    return before and document.parts[noun] == "NOUN" and find_trigger(document, noun) is not None


def _verb_of(document: Document, head: int | None, last: int) -> int | None:
    """The verb that a time hangs on; the one behind it where the tree joins it to what stands before: "and *on Saturday* was to"."""
    relation = document.relations[head].partition(":")[0] if head is not None else ""
    if head is not None and relation in ("obl", "advmod", "nmod"):
        return document.tokens[head].head
    if head is not None and relation == "obj" and document.words[head] in words("adverbs", "weekdays"):
        return document.tokens[head].head  # "is set to open *Monday*"
    return verb_behind(document, last) if relation == "conj" else None


How = Literal["whole", "as told", "from"]


def borrowed(document: Document, scene: Scene, times: Times) -> tuple[int, How] | None:
    """The number of the time that an event without one has from around it, and which of its days are meant; None without any.

    "whole": within the time, whatever preposition it has; "as told": as the preposition says; "from": from its first day on.
    """
    verb, noun = scene.predicate, scene.trigger.token
    when = _told_when(document, verb, times.by_last)
    if when is not None:
        return when, "whole"
    if scene.trigger.noun and verb == noun:
        return (
            _of_beginning(document, noun, times.of_verbs)
            or _of_victims(document, noun, times.of_verbs)
            or _of_occasion(document, noun, times)
        )
    inside = _within_event(document, verb, times.of_nouns)
    if inside is not None:
        return inside, "whole"
    shared = _shared(document, verb, times.of_verbs)
    if shared is None:
        shared = _of_judgement(document, verb, times.of_verbs)
    if shared is None:
        shared = _of_document(document, verb, times.of_verbs)
    if shared is None:
        shared = _of_cause(document, verb, times.of_verbs)
    return None if shared is None or shared in times.ahead else (shared, "as told")


def lent(document: Document, operators: Iterable[tuple[int, str]], spent: Sequence[int], times: Times) -> int | None:
    """The time of the words that govern an act without one: of what is said by it ("*agreed* on Monday to meet"), or tries it.

    Args:
        document: the parsed document.
        operators: the words above the act, and their kinds.
        spent: those that are the event itself, whose act lies ahead of them.
        times: the times of the sentence.
    """
    for word, kind in operators:
        if kind in _AHEAD and times.of_verbs.get(word) in times.ahead:
            return times.of_verbs[word]  # "on Saturday *was scheduled* to meet the king"
        if (word in spent or kind in _OF_ONE_DAY) and document.parts[word] == "VERB" and word in times.of_verbs:
            n = times.of_verbs[word]
            told = document.tags[word] == "VBD" or (document.tags[word] == "VBN" and word in spent)
            return None if told and n in times.ahead else n
        when = _told_when(document, word, times.by_last) if word in spent else None
        if when is not None:
            return when  # "last year, *when* Chad *rejected* a merger"
    return None


def _told_when(document: Document, verb: int, by_last: Mapping[int, int]) -> int | None:
    """The time before the "when" of a verb's clause: "until *1992 when* he was overthrown"."""
    while document.relations[verb] == "conj" and document.parts[document.tokens[verb].head] == "VERB":
        verb = document.tokens[verb].head
    for mark in document.children(verb, "advmod", "mark"):
        if document.words[mark] == "when" and mark < verb:
            before = mark - 1 if document.words[mark - 1] != "," else mark - 2
            return by_last.get(before)
    return None


def _within_event(document: Document, verb: int, of_nouns: Mapping[int, int]) -> int | None:
    """The time of the event in which another came about: "a *1975* coup *in which* the king was killed", "slain in the *1975* coup"."""
    head = document.tokens[verb].head
    inside = [o for o in document.children(verb, "obl") if document.preposition(o) in ("in", "during")]
    if document.relations[verb] == "acl:relcl" and any(document.words[o] == "which" for o in inside):
        return of_nouns.get(head)
    if document.lemmas[verb] in _listed_elsewhere("accusing"):
        return None  # "is accused of murder in the *1994* genocide"
    found = [of_nouns[o] for o in inside if o in of_nouns and o > verb]
    return found[0] if len(found) == 1 else None


def _of_judgement(document: Document, verb: int, of_verbs: Mapping[int, int]) -> int | None:
    """The time behind what somebody is judged for: "was condemned *for bringing* ruin to it by the king on Monday"."""
    if document.lemmas[verb] not in words("judging", "verbs"):
        return None
    for deed in document.children(verb, "advcl"):
        agents = [o for o in document.children(deed, "obl", "obl:agent") if document.preposition(o) == "by"]
        marks = [document.words[m] for m in document.children(deed, "mark")]
        if agents and document.tags[deed] == "VBG" and "for" in marks:
            return of_verbs.get(deed)
    return None


def _of_beginning(document: Document, noun: int, of_verbs: Mapping[int, int]) -> tuple[int, How] | None:
    """The time of a verb that says of an event noun that it began or took place: "the visit, which *started Sunday*"."""
    verbs = document.children(noun, "acl:relcl")
    for below in document.children(noun, "nmod"):  # "the visit of the minister, *which* started Sunday"
        verbs += [v for v in document.children(below, "acl:relcl") if _has_which(document, v)]
    if document.relations[noun].startswith("nsubj"):
        above = document.tokens[noun].head
        raised = [v for v in document.children(above, "xcomp") if is_infinitive(document, v)]
        verbs += raised or [above]
    for verb in verbs:
        begins = document.lemmas[verb] in _listed("beginning")
        if verb in of_verbs and (begins or _occurs(document, verb)):
            return of_verbs[verb], "from" if begins else "as told"
    return None


def _occurs(document: Document, verb: int) -> bool:
    """Whether a verb says of its subject when it took place: "*took* place", "was *held*", "is *set* for"; not "took office"."""
    if document.lemmas[verb] in _listed("sweeping"):
        return True
    if document.lemmas[verb] not in _listed("occurring"):
        return False
    place = "place" in [document.words[c] for c in document.children(verb, "obj", "compound:prt")]
    return place or not document.children(verb, "obj")


def _of_occasion(document: Document, noun: int, times: Times) -> tuple[int, How] | None:
    """The time of an event at which another came about: "was arrested *on arrival* in July", "massacres in the *1994 genocide*"."""
    verb = document.tokens[noun].head
    arrives = document.lemmas[noun] in _listed("arriving") and document.preposition(noun) in ("on", "upon")
    if document.relations[noun] == "obl" and arrives and verb in times.of_verbs:
        return times.of_verbs[verb], "as told"
    inside = [n for n in document.children(noun, "nmod") if document.preposition(n) in ("in", "during")]
    found = [times.of_nouns[n] for n in inside if n in times.of_nouns]
    return (found[0], "whole") if len(found) == 1 else None


def _has_which(document: Document, verb: int) -> bool:
    return "which" in [document.words[s] for s in document.children(verb, "nsubj")]


def _of_victims(document: Document, noun: int, of_verbs: Mapping[int, int]) -> tuple[int, How] | None:
    """The time of what befell somebody in an attack: "six were *killed* on Monday *in two blasts*"."""
    verb = document.tokens[noun].head
    known = any(document.words[c] not in ("a", "an") for c in document.children(noun, "det", "nmod:poss"))
    if known or document.relations[noun] != "obl" or document.preposition(noun) not in ("in", "during"):
        return None
    if document.lemmas[verb] not in _listed("befalling"):
        return None
    n = of_verbs.get(verb)
    if n is None:
        n = _elliptic_time(document, verb, of_verbs)
    return None if n is None else (n, "as told")


def victims_with(document: Document, verb: int) -> list[int]:
    """The participles that share the "were" of one of them: "six were *killed* and 40 *wounded*", whatever the tree makes of them."""
    sentence, befalling = document.sentence(verb), _listed("befalling")
    if document.tags[verb] not in _PAST or document.lemmas[verb] not in befalling:
        return []
    found = []
    for way, end in ((-1, sentence.first - 1), (1, sentence.last)):
        joined = False
        for i in range(verb + way, end, way):
            token = document.tokens[i]
            if token.tag in _PAST:
                if joined and document.lemmas[i] in befalling and _has_no_helper(document, max(i, verb)):
                    found.append(i)
                break
            if token.pos in ("VERB", "AUX", "PRON", "SCONJ") or token.text in ('"', ";", ":"):
                break
            joined = joined or token.lower == "and"
    return found


def _has_no_helper(document: Document, verb: int) -> bool:
    return document.tags[verb] == "VBN" and not document.children(verb, "aux", "obj")


def _elliptic_time(document: Document, verb: int, of_verbs: Mapping[int, int]) -> int | None:
    return next((of_verbs[v] for v in victims_with(document, verb) if v in of_verbs), None)


def _shared(document: Document, verb: int, of_verbs: Mapping[int, int]) -> int | None:
    """The time of a verb with the same subject and tense: "on *Monday* they stormed it and *fired* on the crowd"."""
    token = document.tokens[verb]
    if token.tag not in _PAST:
        return None
    found = _elliptic_time(document, verb, of_verbs)
    if found is not None:
        return found
    near = [c for c in document.children(verb, "conj") if _goes_with(document, verb, c)]
    if token.dep == "conj" and _goes_with(document, token.head, verb):
        near.insert(0, token.head)
        near += [c for c in document.children(token.head, "conj") if c != verb and _goes_with(document, token.head, c)]
    if not near and token.dep == "conj":
        return _of_opening(document, verb, of_verbs)
    return next((of_verbs[v] for v in near if v in of_verbs), None)


def _of_opening(document: Document, verb: int, of_verbs: Mapping[int, int]) -> int | None:
    """The time that opens the clause with which another is joined: "*last week* a mob burned it, and 30 people *were arrested*"."""
    first = document.tokens[verb].head
    subjects = document.children(first, "nsubj", "nsubj:pass")
    times = [o for o in document.children(first, "obl", "obl:unmarked", "advmod") if subjects and o < subjects[0]]
    joined = [document.words[c] for c in document.children(verb, "cc")]
    told = {document.words[a] for a in document.children(verb, "aux", "aux:pass")} <= {"was", "were"}
    if first not in of_verbs or document.tags[first] not in _PAST or joined != ["and"] or not told:
        return None
    dated = any(heads_date(document, o) or document.lemmas[o] in words("adverbs", "periods") for o in times)
    return of_verbs[first] if dated else None


def _of_document(document: Document, verb: int, of_verbs: Mapping[int, int]) -> int | None:
    """The time of what is done with a document for what it says: "adopted a resolution *Tuesday calling on* the army to leave"."""
    noun = document.tokens[verb].head
    if (
        document.relations[verb] != "acl"
        or document.tags[verb] != "VBG"
        or document.lemmas[noun] not in words("bearing")
    ):
        return None
    return (
        of_verbs.get(document.tokens[noun].head)
        if document.relations[noun].startswith(("obj", "obl", "nsubj"))
        else None
    )


def cause_of(document: Document, verb: int) -> int | None:
    """The attack of which a relative clause tells what it did to people or things: "a *raid* on Monday that killed six"; else None."""
    relation = document.relations[verb]
    if relation not in ("acl:relcl", "ccomp") or document.lemmas[verb] not in _listed("harming"):
        return None
    if not {document.words[s] for s in document.children(verb, "nsubj")} & {"that", "which"}:
        return None
    head = document.tokens[verb].head
    # "carried out *a raid* on Monday that killed six", hung on the verb
    noun = head if relation == "acl:relcl" else next(iter(document.children(head, "obj")), None)
    trigger = find_trigger(document, noun) if noun is not None and noun < verb else None
    harms = trigger is not None and trigger.noun and trigger.frame.type in ("ASSAULT", "PROTEST")
    return noun if harms else None


def _of_cause(document: Document, verb: int, of_verbs: Mapping[int, int]) -> int | None:
    """The time of the attack that did what a relative clause tells: "carried out a raid on *Monday* that killed six"."""
    noun = cause_of(document, verb)
    if noun is None or document.tags[verb] != "VBD":
        return None
    if any(document.words[c] in ("the", "this", "that") for c in document.children(noun, "det")):
        return None
    return of_verbs.get(noun, of_verbs.get(document.tokens[noun].head))


def _goes_with(document: Document, first: int, second: int) -> bool:
    """Whether the second of two coordinated verbs has the subject and the tense of the first."""
    helpers = {document.words[a] for a in document.children(second, "aux")}
    alike = document.tags[first] == document.tags[second]
    alike = alike or (
        document.tags[first] == "VBD" and document.tags[second] == "VBN" and not helpers
    )  # "met and *agreed*"
    if not alike or document.children(second, "nsubj", "mark"):
        return False
    return not helpers or helpers == {document.words[a] for a in auxiliaries(document, first)}


@cache
def _listed_elsewhere(name: str) -> frozenset[str]:
    return frozenset(map(str, knowledge.load("events/setting.yaml")["elsewhere"][name]))


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(map(str, knowledge.load("events/setting.yaml")[name]))
