"""Event frames compiled from knowledge, indexed by the trigger's lemma; and which frame a word triggers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast, get_args

from readout import knowledge
from readout.errors import KnowledgeError
from readout.language.document import Document
from readout.language.kept import Kept
from readout.language.memory import once
from readout.readers.events import lexicon
from readout.readers.events.matching import brought, match, names_at
from readout.readers.events.naming import CLOSED, last_words, last_words_of
from readout.readers.events.passives import follows_conjunct
from readout.readers.events.patterns import Pattern, Where, parse_pattern
from readout.types import Act, EventType, Status

TYPES: tuple[EventType, ...] = get_args(EventType)
#: Parts of speech of which triggers are; verbs are known by their tags too.
_TELLING = frozenset({"VERB", "ADJ", "NOUN", "PROPN"})
_VERBAL = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
#: Types of which no name is a noun: "Amnesty" is one, "Unrest" none.
_UNNAMED: frozenset[EventType] = frozenset({"ASSAULT", "PROTEST"})
_NOUN_ACTOR = ("by", "poss", "amod")
_NOUN_RECIPIENT = ("of", "on", "against")
#: What a frame may say of itself; a misspelt field would be one that is never read.
_FIELDS = frozenset(
    [
        "id",
        "mode",
        "contexts",
        "cameo",
        "verbs",
        "nouns",
        "adjectives",
        "actor",
        "recipient",
        "noun_actor",
        "noun_recipient",
        "symmetric",
        "mutual",
        "moves",
        "status",
        "whom",
        "tells",
        "unless",
        "examples",
    ]
)


@dataclass(frozen=True, slots=True)
class Frame:
    """A sense: its place in the codebook, and where its arguments stand for verbs and for nouns."""

    type: EventType
    id: str
    mode: str | None
    act: Act  # that it tells of
    contexts: tuple[str, ...]
    cameo: str | None
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    noun_actor: tuple[str, ...]
    noun_recipient: tuple[str, ...]
    symmetric: bool
    mutual: bool  # what several do together each does with the others: all stand on both sides
    moves: bool  # its object is whom the actor sends or takes away, not to whom it is done: "recalled its *envoys*"
    status: Status | None  # of what the word itself does, where it lies ahead: what is "promised" is planned
    whom: bool  # its object is always somebody, whatever noun names them ("arrested a *sharpshooter*")
    tells: EventType | None  # of a word of talk: the type of what it speaks of ("pledged *troops*" speaks of AID)

    @property
    def rule(self) -> str:
        """The frame's name in a report."""
        return f"{self.type}/{self.id}"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that tells of an event: the frame, the pattern that matched, and whether the word is a noun.

    `words` are the nouns by which the pattern holds: they are part of this event ("lifted the *blockade*").
    """

    token: int
    frame: Frame
    pattern: Pattern
    noun: bool
    words: tuple[int, ...] = ()


_Written = dict[str, list[tuple[str, Frame]]]


@dataclass(frozen=True, slots=True)
class _Entries:
    """The patterns of a lemma, the most specific first, and by number those that ask for a name at each place, and the rest.

    A place stands behind the particle that has to be there where it has any (see `_particle`), and behind the last words of the
    names that are asked for there; `last_words` are those of all places.
    """

    patterns: tuple[tuple[Pattern, Frame], ...]
    last_words: frozenset[str]
    asking: tuple[tuple[str | None, frozenset[str], Where, tuple[tuple[int, frozenset[str]], ...]], ...]
    unasking: tuple[int, ...]


def _frame(kind: EventType, entry: dict[str, Any]) -> Frame:
    def places(field: str, default: tuple[str, ...]) -> tuple[str, ...]:
        given = entry.get(field)
        return default if given is None else tuple(str(place) for place in given)

    return Frame(
        type=kind,
        id=str(entry["id"]),
        mode=entry.get("mode"),
        act=Act(kind, entry.get("mode")),
        contexts=places("contexts", ()),
        cameo=entry.get("cameo"),
        actor=places("actor", ("subj",)),
        recipient=places("recipient", ("obj",)),
        noun_actor=places("noun_actor", _NOUN_ACTOR),
        noun_recipient=places("noun_recipient", _NOUN_RECIPIENT),
        symmetric=bool(entry.get("symmetric", False)),
        mutual=bool(entry.get("mutual", False)),
        moves=bool(entry.get("moves", False)),
        status=entry.get("status"),
        whom=bool(entry.get("whom", False)),
        tells=entry.get("tells"),
    )


@cache
def _written() -> tuple[_Written, _Written]:
    """All patterns as they are written, by trigger lemma, with their frames: those of verbs and adjectives, and those of nouns.

    There are twelve thousand, of which an article needs some hundred: what they say is read where their lemma comes.

    Raises:
        KnowledgeError: a file names no PLOVER type, or a frame has no id or a field that is none.
    """
    verbs: _Written = {}
    nouns: _Written = {}
    for frame, entry in all_frames():
        for field, index in (("verbs", verbs), ("adjectives", verbs), ("nouns", nouns)):
            for text in map(str, entry.get(field) or ()):
                index.setdefault(text.partition(" ")[0].lower(), []).append((text, frame))
    return verbs, nouns


def all_frames() -> Iterator[tuple[Frame, Mapping[str, Any]]]:
    """Every frame with its entry in a knowledge file, in their order.

    Raises:
        KnowledgeError: a file names no PLOVER type, or a frame has no id or a field that is none.
    """
    for name in knowledge.names("events"):
        content = knowledge.load(name)
        if not isinstance(content, dict) or "frames" not in content:
            continue
        if content.get("type") not in TYPES:
            raise KnowledgeError(f"{name}: {content.get('type')!r} is no PLOVER type")
        for entry in content["frames"]:
            if "id" not in entry:
                raise KnowledgeError(f"{name}: a frame without an id")
            unknown = sorted(entry.keys() - _FIELDS)
            if unknown:
                raise KnowledgeError(f"{name}: {entry['id']}: no field of a frame: {', '.join(unknown)}")
            yield _frame(cast(EventType, content["type"]), entry), entry


def frame_named(rule: str) -> Frame:
    """The frame of a rule ("DISAPPROVE/criticise").

    Raises:
        KnowledgeError: there is none.
    """
    for frame, _ in all_frames():
        if frame.rule == rule:
            return frame
    raise KnowledgeError(f"events: no frame {rule}")


@cache
def obligation_frame() -> tuple[Frame, frozenset[str]]:
    """The frame of demands that only a modal makes, and the verbs whose "must" asks for nothing ("must know")."""
    for entry in knowledge.load("events/request.yaml")["frames"]:
        if "unless" in entry:
            return _frame("REQUEST", entry), frozenset(str(word) for word in entry["unless"])
    raise KnowledgeError("events/request.yaml: no frame for obligations")


def _parsed(written: Iterable[tuple[str, Frame]]) -> tuple[tuple[Pattern, Frame], ...]:
    """The most specific pattern first; the order of the files settles ties, so that the answer never depends on chance."""
    return tuple(sorted(((parse_pattern(text), frame) for text, frame in written), key=lambda pair: -pair[0].weight))


def _of_verb(lemma: str) -> _Entries | None:
    written = _written()[0].get(lemma)
    return None if written is None else _entries(_parsed(written))


def _of_noun(lemma: str) -> _Entries | None:
    written = _written()[1].get(lemma)
    return None if written is None else _entries(_parsed(written))


#: The patterns of verbs and adjectives, and those of nouns, by the place whose words tell whether they are worth a trial.
_VERBS, _NOUNS = Kept(_of_verb), Kept(_of_noun)


def _entries(patterns: tuple[tuple[Pattern, Frame], ...]) -> _Entries:
    asking: dict[Where, list[tuple[int, frozenset[str]]]] = {}
    unasking = []
    for number, (pattern, _) in enumerate(patterns):
        if pattern.asked is None or pattern.where is None:
            unasking.append(number)
        else:
            asking.setdefault(pattern.where, []).append((number, pattern.asked.names))
    places = tuple(
        (_particle(where), frozenset().union(*[last_words_of(names) for _, names in found]), where, tuple(found))
        for where, found in asking.items()
    )
    words = frozenset().union(*[words for _, words, _, _ in places])
    return _Entries(patterns, words, places, tuple(unasking))


def _particle(where: Where) -> str | None:
    """The word that `brought` must have where anything stands at a place; None where none need be there."""
    run = where[1]
    return None if run is None or run == ("to",) else run[-1]


@cache
def _trigger_words() -> frozenset[str]:
    verbs, nouns = _written()
    return frozenset((*verbs, *nouns))


def may_trigger(document: Document) -> list[int]:
    """The words of a document that have a part of speech and a lemma or form that triggers frames."""
    parts, tags = document.parts, document.tags
    return [i for i in document.called(_trigger_words()) if parts[i] in _TELLING or tags[i] in _VERBAL]


@once
def find_trigger(document: Document, i: int) -> Trigger | None:
    """The frame that word `i` triggers: the most specific pattern that holds, or None."""
    token = document.tokens[i]
    if token.pos in ("VERB", "ADJ") or token.tag.startswith("VB"):
        return _best(document, i, _VERBS[document.lemmas[i]], noun=False)
    if token.pos == "NOUN" or (token.pos == "PROPN" and token.text.islower()):
        if token.dep == "compound" or token.dep == "flat":
            return None  # "attack helicopter" is no attack
        of_lemma = _best(document, i, _NOUNS[document.lemmas[i]], noun=True)
        if of_lemma is not None or token.lower == document.lemmas[i]:
            return of_lemma
        return _best(document, i, _NOUNS[token.lower], noun=True)  # "talks" are more than several talks
    if _opens_sentence(document, i):
        found = _best(document, i, _NOUNS[token.lower], noun=True)
        return found if found is not None and found.frame.type in _UNNAMED else None
    return None


def _opens_sentence(document: Document, i: int) -> bool:
    """Whether the tree may take a word for a name only because it opens a sentence: "*Fighting* broke out"."""
    token = document.tokens[i]
    if token.pos != "PROPN" or document.sentence(i).first != i or not token.text[1:].islower():
        return False
    return not token.dep.startswith(("compound", "flat")) and not document.dependents[i]


def _best(document: Document, i: int, entries: _Entries | None, *, noun: bool) -> Trigger | None:
    """The most specific of the patterns of a lemma that holds at word `i`."""
    if entries is None:
        return None
    there = last_words(document, document.tokens[i].sentence)
    if not entries.unasking and entries.last_words.isdisjoint(there):
        return None  # as mostly
    patterns = _worth_trying(document, i, entries, there, noun=noun)
    if not patterns or (not noun and _in_passing(document, i)):
        return None
    for pattern, frame in patterns:
        words = match(document, i, pattern, noun=noun)
        if words is not None:
            return Trigger(i, frame, pattern, noun, _own_words(document, frame, words) if words else ())
    return None


def _own_words(document: Document, frame: Frame, words: tuple[int, ...]) -> tuple[int, ...]:
    """The nouns of a pattern that are no event beside it: who "left *for talks* with the king" left, and is to talk to him."""
    if (frame.type, frame.mode) != ("CONSULT", "visit"):
        return words
    return tuple([w for w in words if document.preposition(w) != "for" or not _has_parties(document, w)])


def _has_parties(document: Document, noun: int) -> bool:
    return any(document.preposition(c) in ("with", "between") for c in document.children(noun, "nmod"))


def _in_passing(document: Document, i: int) -> bool:
    """Whether a verb or an adjective is said of a noun in passing, and tells no event of its own."""
    token = document.tokens[i]
    if token.dep == "amod" and token.pos == "ADJ":
        return True
    if token.dep == "amod" and token.tag == "VBN" and i and document.tokens[i - 1].text == "-" and token.head > i:
        return True  # "a well-*executed* robbery", "state-*recognised* parties"
    if token.pos == "ADJ" and document.tokens[token.head].lemma.lower() in lexicon.words("pleading"):
        return True  # "pleaded not *guilty*": said of oneself
    beside = token.dep in ("amod", "compound") and token.pos == "VERB"
    if beside and not document.children(i, "obl", "nsubj", "obj") and not follows_conjunct(document, i):
        return True  # "detained activists", "striking workers": of no one in particular
    named = token.tag == "VBN" and bool(document.children(i, "det"))
    return named and not document.children(i, "nsubj", "aux", "obj")  # "*the accused* were freed": who they are


def _worth_trying(
    document: Document, i: int, entries: _Entries, there: frozenset[str], *, noun: bool
) -> list[tuple[Pattern, Frame]]:
    """The patterns that may hold at word `i`, in order: by far the most ask for a name that does not stand at their place.

    Most of those ask for one that does not even stand in the sentence, where `there` is what is called or said.
    """
    numbers = list(entries.unasking)
    said = entries.last_words & there
    unbroken = CLOSED in there
    # nothing stands around an auxiliary
    alone = not document.dependents[i] and document.relations[i].startswith(("aux", "cop"))
    for particle, words, where, asked in entries.asking if said and not alone else ():
        if words.isdisjoint(said):
            continue
        if particle is not None and ((unbroken and particle not in there) or particle not in brought(document, i)):
            continue
        names = names_at(document, i, where, noun=noun)
        if names:
            numbers += [number for number, wanted in asked if not wanted.isdisjoint(names)]
    numbers.sort()
    patterns = [entries.patterns[number] for number in numbers]
    return [pair for pair in patterns if pair[0].needed <= there] if unbroken else patterns
