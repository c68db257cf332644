"""The events reader: triggers, their roles, their status, folded by the codebook, one event for one happening."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import replace

from readout.language.document import Document
from readout.readers.events.book import ActorBook
from readout.readers.events.case import Case
from readout.readers.events.codebook import cameo_of, own_status, quad_of
from readout.readers.events.confidence import confidence, evidence, least_of, likely, surroundings
from readout.readers.events.conquest import as_conquest, as_delivery
from readout.readers.events.contents import Contents
from readout.readers.events.contexts import contexts_of
from readout.readers.events.folding import fold_scene, with_governing_actor
from readout.readers.events.following import following
from readout.readers.events.frames import Trigger, find_trigger, may_trigger
from readout.readers.events.hosts import with_hosts, without_idle
from readout.readers.events.measures import with_targets
from readout.readers.events.merging import Telling, merge_events
from readout.readers.events.nesting import Draft, settle_nested
from readout.readers.events.objects import shared_object
from readout.readers.events.obligations import find_obligations
from readout.readers.events.plausible import is_over, is_plausible
from readout.readers.events.registers import left_out
from readout.readers.events.roles import Scene, read_scene
from readout.readers.events.senses import in_sense
from readout.readers.events.setting import find_setting, with_lent_time
from readout.readers.events.settling import is_not_stopped, settle
from readout.readers.events.sharing import sharing
from readout.readers.events.spoken import act_spoken_of
from readout.readers.events.topics import as_topic
from readout.readers.events.verbal import as_criticism
from readout.readers.findings import Findings
from readout.readers.presuming import is_presumed
from readout.readers.status import Judgement, judge
from readout.readers.status.clause import is_infinitive
from readout.types import Attribution, Event, EventType

#: Types that are talk about an act: the word itself is no event where an act below it was folded.
_TALK: frozenset[EventType] = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "CONCEDE"})
_BEFOREHAND = frozenset({"after", "following"})
_POINTING = frozenset({"the", "this", "that", "these", "those", "its", "his", "her", "their"})
#: Relations that open a clause below another; what is said ("ccomp") is no less than the saying.
_CLAUSES = frozenset({"acl", "advcl", "amod", "csubj"})


def read_events(document: Document, found: Findings, *, least: float | None = None) -> Findings:
    """Findings with the events of the document, and the countries that only an adjective names added as actors.

    Args:
        document: the parsed document.
        found: what the readers before this one found.
        least: the confidence that an event must reach; that of `confidence.yaml` by default, 0 for all.
    """
    book = ActorBook(document, found)
    triggers = [
        in_sense(document, t) for t in (find_trigger(document, i) for i in may_trigger(document)) if t is not None
    ]
    triggers = [t for t in triggers if not is_over(document, t)]
    nouns = (word for t in triggers if not t.noun for word in t.words)
    within = {word for word in nouns if document.tokens[word].pos != "VERB" or not is_infinitive(document, word)}
    triggers = [t for t in triggers if t.token not in within]
    triggers += find_obligations(document, book, frozenset(t.token for t in triggers))
    triggers.sort(key=lambda trigger: trigger.token)
    words = frozenset(t.token for t in triggers)
    drafts = [_draft(document, trigger, book, found, words) for trigger in triggers]
    drafts = [draft for draft in drafts if is_plausible(document, draft.scene)]
    drafts = following(document, settle_nested(document, drafts), book.actors)
    drafts = sharing(document, with_targets(document, drafts))
    spent = {word for draft in drafts for word in draft.spent}
    spent |= {d.scene.predicate for d in drafts if d.scene.trigger.noun and d.scene.predicate != d.scene.trigger.token}
    drafts.sort(key=lambda draft: _prominence(document, draft))
    kept = [d for d in drafts if not (d.scene.trigger.token in spent and _is_talk(document, d))]
    events = merge_events([_telling(document, draft) for draft in kept], document.published)
    events, problems = left_out(document, events)
    events, actors = with_hosts(events, book.actors, len(found.actors))
    around = surroundings(document, events, actors)
    events, doubted = likely(
        (replace(event, confidence=confidence(evidence(document, event, around))) for event in events),
        least_of(document) if least is None else least,
    )
    problems = (*found.problems, *problems, *doubted)
    events, actors = without_idle(events, actors, len(found.actors))
    return replace(found, events=events, actors=actors, problems=problems)


def _is_talk(document: Document, draft: Draft) -> bool:
    """Whether its word only says what is done by the act below it: "*ordered* the paper to suspend publication" too."""
    return draft.event.type in _TALK or document.tokens[draft.scene.trigger.token].lemma == "order"


def _telling(document: Document, draft: Draft) -> Telling:
    trigger = draft.scene.trigger
    echo = trigger.noun and draft.scene.predicate == trigger.token
    if draft.event.act.type == "CONSULT" and document.preposition(trigger.token) in _BEFOREHAND:
        echo = False  # "agreed to hold talks by May, *after negotiations* in Oslo"
    pointing = echo and any(
        document.words[c] in _POINTING for c in document.children(trigger.token, "det", "nmod:poss")
    )
    return Telling(draft.event, echo, pointing)


def _prominence(document: Document, draft: Draft) -> tuple[int, int, int]:
    """Sentence by sentence, what the main clause tells before what its subordinate clauses and nouns tell."""
    clauses = sum(
        document.relations[above].split(":")[0] in _CLAUSES
        for above in (draft.scene.predicate, *document.ancestors(draft.scene.predicate))
    )
    trigger = draft.scene.trigger
    noun = draft.scene.predicate == trigger.token and trigger.noun
    # "respected and praised *the king*": the verb that has the object itself tells it
    borrows = not trigger.noun and bool(shared_object(document, trigger.token))
    return draft.event.sentence, clauses + noun + borrows, draft.event.span[0]


def _draft(
    document: Document,
    trigger: Trigger,
    book: ActorBook,
    found: Findings,
    triggers: frozenset[int],
) -> Draft:
    scene = as_criticism(document, read_scene(document, trigger, book), book)
    scene = _without_itself(as_delivery(document, as_conquest(document, scene, book), book), book)
    trigger = scene.trigger
    judgement = judge(document, scene.predicate)
    setting = find_setting(document, scene, found, triggers)
    judgement = as_topic(document, scene, settle(document, scene, judgement, setting.date))
    scene = with_governing_actor(document, scene, judgement, book)
    act = trigger.frame.act
    attribution = _attribution(document, trigger.token, book.contents, judgement)
    folded = fold_scene(Case(document, scene, act, judgement, book, tuple(a.source for a in attribution)))
    governing = [(o.token, o.kind) for o in judgement.operators]
    setting = with_lent_time(document, setting, found, governing, folded.spent)
    status = folded.status
    if folded.type == act.type and status in ("occurred", "ongoing"):
        status = trigger.frame.status or own_status(act.type) or status
    elif folded.type == act.type and is_not_stopped(document, judgement, act.type):
        status = "ongoing"
    elif folded.type == act.type and status in ("not_occurring", "hypothetical") and trigger.frame.status == "refused":
        status = "refused"  # "would *not* comment"
    span = document.span(trigger.token)
    event = Event(
        id=event_id(document, trigger.token, trigger.frame.rule),
        type=folded.type,
        mode=folded.mode,
        act=folded.act or (act_spoken_of(document, trigger) if folded.type == act.type else act),
        status=status,
        quad=quad_of(folded.type),
        cameo=trigger.frame.cameo
        if trigger.frame.cameo and folded.type == act.type
        else cameo_of(folded.type, folded.mode),
        contexts=contexts_of(document, trigger),
        actors=folded.actors,
        recipients=folded.recipients,
        places=setting.places,
        time=setting.time,
        date=setting.date,
        figures=setting.figures,
        attribution=attribution,
        span=span,
        sentence=document.tokens[trigger.token].sentence,
        news=True,
        rule=trigger.frame.rule,
        confidence=0.0,  # known once all its tellings are one
    )
    return Draft(event, scene, folded.spent)


def _without_itself(scene: Scene, book: ActorBook) -> Scene:
    """A scene of which its own noun is no party: "a judicial *investigation*" may be a body too, and investigates not itself."""
    own = book.find(scene.trigger.token) if scene.trigger.noun else None
    if own is None or own not in scene.recipients:
        return scene
    return replace(scene, recipients=tuple(n for n in scene.recipients if n != own))


def event_id(document: Document, i: int, rule: str) -> str:
    """An id that the same word, read by the same rule, always gets; it differs between two places of one article."""
    span = document.span(i)
    words = document.slice(span)
    before = bisect_right(_ends_of(document, words), span[0])
    sentence = document.slice(document.sentence(i).span)
    told = "\0".join((rule, words, str(before), sentence))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _ends_of(document: Document, words: str) -> list[int]:
    """Where some words end in a document, one occurrence after another."""
    key = ("ends", words)
    ends: list[int] | None = document.memory.get(key)
    if ends is None:
        ends = document.memory[key] = []
        at = document.text.find(words)
        while at >= 0:
            ends.append(at + len(words))
            at = document.text.find(words, ends[-1])
    return ends


def _attribution(document: Document, token: int, contents: Contents, judgement: Judgement) -> tuple[Attribution, ...]:
    """On whose word: the statements whose content covers the trigger, outermost first.

    What the act's own operators say ("refused", "promised") is no attribution: it is folded. Nor is it one that somebody judges it
    ("condemned the bombing").
    """
    at = document.tokens[token].start
    around = contents.around(at)
    if not around:
        return ()
    own = {
        document.tokens[o.token].start
        for o in judgement.operators
        if o.kind not in ("report", "claim", "word", "believe", "held", "fear", "expect", "predict")
    }
    covering = []
    for statement in around:
        if statement.cue is None or any(statement.cue[0] <= start < statement.cue[1] for start in own):
            continue
        if statement.cue[0] <= at < statement.cue[1]:
            continue
        for start, end in statement.content:
            if start <= at < end and not is_presumed(document, statement, token):
                covering.append((end - start, statement))
                break
    covering.sort(key=lambda pair: (-pair[0], pair[1].cue or (0, 0)))
    return tuple(Attribution(s.speaker, s.cue) for _, s in covering if s.cue is not None)
