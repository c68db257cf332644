"""What is compiled is what the files say, and is not used for other files."""

from __future__ import annotations

import shutil
from pathlib import Path

import orjson
import pytest

from readout import knowledge
from readout.knowledge.compiled import FILE, compile_files, compiled

FOLDER = Path(knowledge.__file__).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of some knowledge files, with one that JSON cannot say."""
    shutil.copy(FOLDER / "numbers.yaml", tmp_path / "a.yaml")
    shutil.copytree(FOLDER / "across", tmp_path / "across")
    (tmp_path / "days.yaml").write_text("day: 1997-04-22\nyears: {1997: one}\n", encoding="utf-8")
    return tmp_path


def _read(folder: Path, name: str) -> object:
    import yaml

    return yaml.safe_load((folder / name).read_text(encoding="utf-8"))


def test_what_is_compiled_is_what_the_files_say(folder: Path) -> None:
    count = compile_files(folder, "v1", lambda name: _read(folder, name))
    found = compiled(folder, lambda: "v1")
    assert count == len(found) >= 2
    assert "days.yaml" not in found
    for name, content in found.items():
        assert content == _read(folder, name)


def test_other_files_are_read_from_their_yaml(folder: Path) -> None:
    compile_files(folder, "v1", lambda name: _read(folder, name))
    assert compiled(folder, lambda: "v2") == {}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'"text"', b'{"files": {}}', b'{"version": "v1"}'])
def test_a_broken_file_is_as_none(folder: Path, content: bytes) -> None:
    (folder / FILE).write_bytes(content)
    assert compiled(folder, lambda: "v1") == {}


def test_the_installed_one_agrees_with_every_file() -> None:
    path = FOLDER / FILE
    if not path.exists() or orjson.loads(path.read_bytes())["version"] != knowledge.version():
        pytest.skip("not compiled since the knowledge was changed: pip install -e . compiles it")
    for name, content in orjson.loads(path.read_bytes())["files"].items():
        assert content == knowledge.read_yaml(name), name
