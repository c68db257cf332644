"""A file of the language pipeline, or of knowledge, is changed or planted, to run code or to say other things.

Promised: no file is unpickled, nor anything that came from outside (workers pickle batches for each other): weights are numbers, vectors
are read with `allow_pickle=False`, YAML with loaders that make no objects. The files of the pipeline are pinned by SHA-256
(`readout/language/model.sha256`): one that was changed, is missing or is there besides is refused before anything of it is loaded.
Not promised: that the package itself is the one that was released: what installs it checks that.
"""

from __future__ import annotations

import ast
import hashlib
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import yaml

import readout
from readout.errors import ModelError
from readout.language.pinned import PINS, check_pins, pins_of
from readout.language.pipeline import MODEL_FOLDER, Parser
from readout.language.weights import VECTORS_FILE

PACKAGE = Path(readout.__file__).parent
FILES = sorted(path.relative_to(MODEL_FOLDER).as_posix() for path in MODEL_FOLDER.rglob("*") if path.is_file())


@pytest.fixture
def copy(tmp_path):
    """The pipeline in a folder where it may be changed."""
    return Path(shutil.copytree(MODEL_FOLDER, tmp_path / "model"))


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("name", FILES)
def test_a_changed_file_is_refused(copy, name, figure):
    flip(copy / name)
    with pytest.raises(ModelError, match=name):
        check_pins(copy)
    figure(1, "files of the pipeline, each refused with one bit changed")


def test_nothing_of_a_changed_pipeline_is_loaded(copy, figure):
    class Planted:
        def __reduce__(self):
            return (Path.touch, (copy / "ran",))

    planted = pickle.dumps(Planted())
    for name in ("vocab/vectors", "vectors.i8.npz", "tok2vec/model", "vocab/lookups.bin"):
        (copy / name).write_bytes(planted)
        with pytest.raises(ModelError, match="not the one"):
            Parser(copy)
        shutil.copy(MODEL_FOLDER / name, copy / name)
        figure(1, "planted pickles refused")
    assert not (copy / "ran").exists()


def test_a_file_that_is_missing_or_there_besides_is_refused(copy):
    (copy / "parser" / "more.pkl").write_bytes(b"x")
    with pytest.raises(ModelError, match=r"parser/more\.pkl"):
        check_pins(copy)
    (copy / "parser" / "more.pkl").unlink()
    check_pins(copy)
    (copy / "lemmas.json").unlink()
    with pytest.raises(ModelError, match=r"lemmas\.json"):
        check_pins(copy)
    with pytest.raises(ModelError, match="no language pipeline"):
        Parser(copy / "nowhere")


def test_the_pins_are_those_of_the_shipped_files():
    assert sorted(pins_of(PINS)) == FILES
    for name, digest in pins_of(PINS).items():
        assert hashlib.sha256((MODEL_FOLDER / name).read_bytes()).hexdigest() == digest, name
    check_pins(MODEL_FOLDER)


def test_a_changed_pipeline_reads_nothing(copy):
    """As a user meets it: `readout read` ends with a sentence, exit status 1."""
    flip(copy / "tagger" / "model")
    code = (
        "import sys; from pathlib import Path; import readout.language.pipeline as p; "
        f"p.Parser.__init__.__defaults__ = (Path({str(copy)!r}), *p.Parser.__init__.__defaults__[1:]); from readout.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "read", "-"],
        input="Police arrested four men in Oslo on Monday.",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "tagger/model" in done.stderr
    assert "Traceback" not in done.stderr


#: What runs what it reads.
_UNSAFE = {"pickle", "cPickle", "dill", "joblib", "shelve", "marshal", "cloudpickle", "torch"}
#: Where processes of Readout's own hand each other batches through pipes that nobody else holds; no file and no article is read by it.
_BETWEEN_OURSELVES = PACKAGE / "record" / "workers.py"


def test_nothing_is_unpickled(figure):
    modules = sorted(PACKAGE.rglob("*.py"))
    for path in modules:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                unsafe = {alias.name.partition(".")[0] for alias in node.names} & _UNSAFE
                assert not unsafe or (path == _BETWEEN_OURSELVES and unsafe == {"pickle"}), path
            elif isinstance(node, ast.ImportFrom):
                assert (node.module or "").partition(".")[0] not in _UNSAFE, path
            elif isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                words = {word.arg: ast.unparse(word.value) for word in node.keywords}
                assert called not in ("eval", "exec", "np.fromfile"), (path, node.lineno)
                if called == "np.load":
                    assert words.get("allow_pickle") == "False", (path, node.lineno)
                if called == "yaml.load":
                    assert re_safe(words.get("Loader", "")), (path, node.lineno)
                assert called not in ("yaml.unsafe_load", "yaml.full_load"), (path, node.lineno)
    figure(len(modules), "modules without eval or unsafe YAML, and without pickle but between workers")


def re_safe(loader: str) -> bool:
    return loader.rpartition(".")[2].strip("_").removeprefix("_") in (
        "BaseLoader",
        "SafeLoader",
        "CSafeLoader",
        "LOADER",
        "Loader",
        "loader",
    )


def test_vectors_that_hold_objects_are_refused(tmp_path):
    from readout.language.weights import restore_vectors

    np.savez(tmp_path / VECTORS_FILE, numbers=np.array([object()], dtype=object), scale=np.ones(1))
    with pytest.raises(ValueError, match="allow_pickle"):
        restore_vectors(Parser(), tmp_path)


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/object/apply:os.system ['touch ran']",
        "!!python/name:os.system",
        "!!python/module:os",
        "!!python/object/new:os.x []",
    ],
)
def test_yaml_makes_no_objects(tag, tmp_path, monkeypatch):
    from readout.sources import read_source

    monkeypatch.chdir(tmp_path)
    list(
        read_source(
            f"---\ntitle: {tag}\nauthor: {tag}\n---\n\nPolice arrested four men in Oslo on Monday.\n".encode(), "x"
        )
    )
    own = tmp_path / "own.yaml"
    own.write_text(f"- id: x\n  name: {tag}\n")
    with pytest.raises((readout.ReadoutError, yaml.YAMLError)):
        readout.read("Police arrested four men in Oslo on Monday.", actors=own)
    assert not (tmp_path / "ran").exists()
