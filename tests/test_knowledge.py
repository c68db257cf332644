"""Knowledge files as files: each one loads, each with examples is run by a test, and the version knows them all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import readout.knowledge
from readout.errors import KnowledgeError
from readout.knowledge import load, names, version

ROOT = Path(readout.knowledge.__file__).parent
FILES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.yaml"))


class StrictLoader(yaml.SafeLoader):
    """Refuses a key that is written twice: YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        assert len(keys) == len(set(keys)), (
            f"written twice at {node.start_mark}: {[k for k in keys if keys.count(k) > 1]}"
        )
        return super().construct_mapping(node, deep)


@pytest.mark.parametrize("name", FILES)
def test_every_file_loads_and_says_nothing_twice(name: str) -> None:
    content = (ROOT / name).read_text(encoding="utf-8")
    assert yaml.load(content, Loader=StrictLoader) == load(name)
    assert load(name)
    assert content.startswith("#"), "the fields are explained at the top"


def examples(value: Any) -> Iterator[Any]:
    """Every `examples` list below a value."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key in ("examples", "near_misses"):
                yield item
            yield from examples(item)
    elif isinstance(value, list):
        for item in value:
            yield from examples(item)


@pytest.mark.parametrize("name", [name for name in FILES if any(examples(load(name)))])
def test_examples_are_run(name: str) -> None:
    folder, stem = name.rpartition("/")[0].split("/")[0], name.rpartition("/")[2].removesuffix(".yaml")
    tests = [
        path.read_text(encoding="utf-8") for path in Path(__file__).parent.rglob("test_*.py") if path != Path(__file__)
    ]
    assert any("examples" in test and (name in test or (folder and folder in test) or stem in test) for test in tests)


def test_names_lists_a_folder_in_order() -> None:
    assert list(names("events")) == sorted(n for n in FILES if n.startswith("events/") and n.count("/") == 1)


def test_what_is_not_there_and_what_is_not_yaml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bad.yaml").write_text("a: [1", encoding="utf-8")
    monkeypatch.setattr(readout.knowledge, "_root", lambda: tmp_path)
    with pytest.raises(KnowledgeError, match="no knowledge file"):
        load("absent.yaml")
    with pytest.raises(KnowledgeError, match=r"bad\.yaml"):
        load("bad.yaml")


def test_version_changes_with_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "knowledge"
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(readout.knowledge, "_root", lambda: root)
    first = version.__wrapped__()
    assert first == version.__wrapped__() == version()
    for name in (FILES[0], "places/regions.tsv.gz"):
        path = root / name
        before = path.read_bytes()
        path.write_bytes(before + b"\n")
        assert version.__wrapped__() != first
        path.write_bytes(before)
    path.rename(path.with_name("renamed.tsv.gz"))
    assert version.__wrapped__() != first
    path.with_name("renamed.tsv.gz").rename(path)
    (root / "README.md").write_text("not knowledge", encoding="utf-8")
    assert version.__wrapped__() == first
