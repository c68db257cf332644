"""Event knowledge: every frame is well formed, and its own examples are read the way it says."""

from __future__ import annotations

import copy
import difflib
import itertools
import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from readout import knowledge
from readout.errors import KnowledgeError
from readout.language.document import Document
from readout.language.pipeline import Context, load_parser
from readout.readers import READERS, Findings
from readout.readers.events.frames import all_frames
from readout.readers.events.patterns import noun_classes, parse_pattern
from readout.readers.events.support import find_support

TYPES = tuple(knowledge.load("plover.yaml")["types"])
CLASSES = noun_classes()


def frames() -> list[tuple[str, dict[str, Any]]]:
    found = []
    for kind in TYPES:
        content = knowledge.load(f"events/{kind.lower()}.yaml")
        assert content["type"] == kind
        found += [(kind, frame) for frame in content["frames"]]
    return found


def patterns(frame: dict[str, Any]) -> list[str]:
    return [str(text) for field in ("verbs", "nouns", "adjectives") for text in frame.get(field) or ()]


def examples(*, near_misses: bool) -> list[Any]:
    return [
        pytest.param(kind, frame, example, id=f"{kind}-{frame['id']}-{n}")
        for kind, frame in frames()
        for n, example in enumerate(frame["examples"])
        if bool(example.get("none")) == near_misses
    ]


@cache
def read(text: str) -> tuple[Document, Findings]:
    document = load_parser().parse(text, Context())
    findings = Findings()
    for name, reader in READERS:
        if name in ("times", "places", "actors", "status", "statements", "events"):
            findings = reader(document, findings)
    return document, findings


def test_every_mode_has_a_frame() -> None:
    had = {(kind, frame.get("mode")) for kind, frame in frames()}
    modes = [(kind, mode) for kind, entry in knowledge.load("plover.yaml")["types"].items() for mode in entry["modes"]]
    assert len(modes) == 67
    assert [pair for pair in modes if pair not in had] == []


def test_frames_name_modes_and_contexts_of_the_codebook() -> None:
    plover = knowledge.load("plover.yaml")
    for kind, frame in frames():
        assert frame.get("mode") in {None, *plover["types"][kind]["modes"]}, (kind, frame["id"])
        assert set(frame.get("contexts") or ()) <= set(plover["contexts"]), (kind, frame["id"])


def test_ids_are_unique() -> None:
    ids = [(kind, frame["id"]) for kind, frame in frames()]
    assert len(ids) == len(set(ids))


def test_every_frame_has_examples_and_a_near_miss() -> None:
    for kind, frame in frames():
        told = [example for example in frame["examples"] if not example.get("none")]
        assert len(told) >= 3, (kind, frame["id"])
        assert len(told) < len(frame["examples"]), (kind, frame["id"])


def test_patterns_parse_and_keep_their_words() -> None:
    for kind, frame in frames():
        for text in patterns(frame):
            pattern = parse_pattern(text)
            assert pattern.lemma == text.split()[0].lower(), (kind, frame["id"], text)
            assert len(pattern.parts) >= (1 if len(text.split()) > 1 else 0), (kind, frame["id"], text)


def test_classes_include_only_classes() -> None:
    for name, entry in CLASSES.items():
        assert set(entry.get("include") or ()) <= set(CLASSES), name
        assert entry.get("nouns") or entry.get("include"), name
        assert all(noun == noun.lower() for noun in entry.get("nouns") or ()), name


def braces(text: str) -> set[str]:
    """The names between braces in a pattern, but for `{name}`, the class of proper nouns."""
    found = itertools.chain.from_iterable(part.split("|") for part in re.findall(r"\{([^}]*)\}", text))
    return {name.strip() for name in found} - {"name", "*"}


def known_words() -> frozenset[str]:
    """The words that some class lists: a name in braces that is one of them is meant as that word."""
    return frozenset(str(noun) for entry in CLASSES.values() for noun in entry.get("nouns") or ())


def test_every_class_is_used() -> None:
    used = set().union(*(braces(text) for _, frame in frames() for text in patterns(frame)))
    used |= set().union(*(set(entry.get("include") or ()) for entry in CLASSES.values()))
    used |= {
        "person",
        "site",
        "sent",
        "wish",
        "founding",
        "mover",
    }  # the reader's: unnamed actors, who is sent, what is turned down
    assert sorted(set(CLASSES) - used) == []


def test_no_name_in_braces_is_a_misspelt_class() -> None:
    for kind, frame in frames():
        for text in patterns(frame):
            for name in braces(text) - set(CLASSES):
                assert "_" not in name, (kind, frame["id"], text, name)
                assert name == name.lower(), (kind, frame["id"], text, name)
                near = difflib.get_close_matches(name, CLASSES, n=1, cutoff=0.9)
                assert not near or name in {near[0] + "s", near[0][:-1]} or name in known_words(), (
                    kind,
                    text,
                    name,
                    near,
                )


def test_no_bare_pattern_has_two_types() -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for kind, frame in frames():
        for field in ("verbs", "nouns"):
            for text in frame.get(field) or ():
                if " " not in str(text):
                    owners[field, str(text)].add(kind)
    assert {text: sorted(kinds) for (_, text), kinds in owners.items() if len(kinds) > 1} == {}


def test_context_cues_are_lower_case_and_complete() -> None:
    contexts = knowledge.load("contexts.yaml")
    assert set(contexts) == set(knowledge.load("plover.yaml")["contexts"])
    for name, entry in contexts.items():
        assert all(str(word) == str(word).lower() and len(str(word).split()) <= 2 for word in entry["words"]), name
        assert len(entry["words"]) == len(set(entry["words"])), name


@pytest.mark.parametrize(("kind", "frame", "example"), examples(near_misses=False))
def test_example_is_read(kind: str, frame: dict[str, Any], example: dict[str, Any]) -> None:
    document, findings = read(example["text"])
    expected = example.get("type", kind)
    hits = [e for e in findings.events if e.type == expected and document.slice(e.span) == example["trigger"]]
    assert hits, [(e.type, e.rule, document.slice(e.span)) for e in findings.events]
    event = hits[0]
    if expected == kind:
        assert event.mode == frame.get("mode") or f"{kind}/{frame['id']}" != event.rule
    if "status" in example:
        assert event.status == example["status"]
    for wanted, given in ((example.get("actors", ()), event.actors), (example.get("recipients", ()), event.recipients)):
        told = [_words(document, findings, index) for index in given]
        for word in wanted:
            assert any(word in names for names in told), (word, told)


@pytest.mark.parametrize(("kind", "frame", "example"), examples(near_misses=True))
def test_near_miss_is_not_read(kind: str, frame: dict[str, Any], example: dict[str, Any]) -> None:
    document, findings = read(example["text"])
    assert [(e.rule, document.slice(e.span)) for e in findings.events if e.act.type == kind] == []


def _words(document: Document, findings: Findings, index: int) -> set[str]:
    actor = findings.actors[index]
    names = [actor.name, *(document.slice(mention) for mention in actor.mentions)]
    return set(itertools.chain.from_iterable((name, *name.split()) for name in names))


@pytest.mark.parametrize(
    "example", knowledge.load("events/support_verbs.yaml")["examples"], ids=lambda e: str(e["noun"])
)
def test_support_verb_lends_its_subject(example: dict[str, str]) -> None:
    document, _ = read(example["text"])
    noun = next(token.i for token in document.tokens if token.text == example["noun"])
    support = find_support(document, noun)
    side = "none" if support is None else "undergoer" if support[1] else "actor"
    assert side == example["side"]


WORDS: dict[str, Any] = knowledge.load("events/words.yaml")


@pytest.mark.parametrize("example", WORDS["examples"], ids=lambda e: e["text"])
def test_example_of_the_small_words(example: dict[str, str]) -> None:
    document, found = read(example["text"])

    def names(indexes: tuple[int, ...]) -> str:
        return " + ".join(found.actors[n].name for n in indexes)

    told = [f"{e.type} {document.slice(e.span)}: {names(e.actors)} -> {names(e.recipients)}" for e in found.events]
    assert example["event"] in told


SETTING: dict[str, Any] = knowledge.load("events/setting.yaml")


@pytest.mark.parametrize("example", SETTING["examples"], ids=lambda e: str(e["text"]))
def test_example_of_where_it_happened(example: dict[str, Any]) -> None:
    document, found = read(example["text"])
    (event,) = [e for e in found.events if document.slice(e.span) == example["word"]]
    assert [found.places[n].name for n in event.places] == example["places"]


SENSES: dict[str, Any] = knowledge.load("events/senses.yaml")


@pytest.mark.parametrize(
    "example", [e for entry in SENSES.values() for e in entry["examples"]], ids=lambda e: str(e["text"])
)
def test_example_of_a_word_of_two_senses(example: dict[str, str]) -> None:
    document, found = read(example["text"])
    told = [(document.slice(e.span), e.type) for e in found.events]
    assert [kind for word, kind in told if word == example["word"]] in ([], [example["type"]])
    assert example["type"] in [kind for _, kind in told]


@pytest.mark.parametrize("entry", SENSES.values(), ids=list(SENSES))
def test_the_open_patterns_of_two_senses_are_patterns_of_their_frame(entry: dict[str, Any]) -> None:
    (frame,) = [e for f, e in all_frames() if f.rule == entry["rule"]]
    assert set(entry["open"]) <= {*frame["verbs"], *frame["nouns"]}
    assert not set(entry["here"]) & set(entry["there"])


def broken(monkeypatch: pytest.MonkeyPatch, file: str, change: Callable[[Any], None]) -> None:
    """Lets one knowledge file be read with a change in it; the files themselves stay as they are."""
    load = knowledge.load

    def changed(name: str) -> Any:
        content = copy.deepcopy(load(name))
        if name == file:
            change(content)
        return content

    monkeypatch.setattr(knowledge, "load", changed)


def test_a_misspelt_field_of_a_frame_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    broken(monkeypatch, "events/retreat.yaml", lambda content: content["frames"][0].update(contextz=["legal"]))
    with pytest.raises(KnowledgeError, match=r"retreat\.yaml.*contextz"):
        list(all_frames())


@pytest.mark.parametrize("entry", [["firm"], {"noun": ["firm"]}])
def test_a_class_of_a_wrong_shape_is_named(monkeypatch: pytest.MonkeyPatch, entry: Any) -> None:
    broken(monkeypatch, "events/classes/force.yaml", lambda content: content.update(misshapen=entry))
    with pytest.raises(KnowledgeError, match=r"force\.yaml: misshapen"):
        noun_classes.__wrapped__()
