"""What a release promises: what is installed is pinned to the hash, the wheel is reproducible, the bill of materials is whole."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
_PIN = re.compile(r"^(\S+==\S+(?: ; [^\\\n]+)?) \\\n((?:    --hash=\S+(?: \\)?\n?)+)", re.MULTILINE)


def _pins(name: str) -> dict[str, list[tuple[Requirement, list[str]]]]:
    """The pinned versions of each package, each with its hashes; a package has several where markers part them."""
    text = (ROOT / "locked" / name).read_text(encoding="utf-8")
    found: dict[str, list[tuple[Requirement, list[str]]]] = {}
    for match in _PIN.finditer(text):
        requirement = Requirement(match[1])
        hashes = re.findall(r"--hash=sha256:([0-9a-f]{64})\b", match[2])
        found.setdefault(canonicalize_name(requirement.name), []).append((requirement, hashes))
    pinned = sum(len(versions) for versions in found.values())
    assert pinned == len(re.findall(r"^[A-Za-z0-9]", text, re.MULTILINE)), "a line that is not pinned to a hash"
    return found


def _wanted(extras: list[str]) -> list[Requirement]:
    optional = PROJECT["optional-dependencies"]
    lines = [*PROJECT["dependencies"], *(line for extra in extras for line in optional[extra])]
    return [Requirement(line) for line in lines if not line.startswith("readout-news")]


@pytest.mark.parametrize(
    ("name", "extras"), [("runtime.txt", ["postgresql"]), ("dev.txt", sorted(PROJECT["optional-dependencies"]))]
)
def test_what_is_asked_for_is_locked(name, extras):
    pins = _pins(name)
    for wanted in _wanted(extras):
        versions = pins.get(canonicalize_name(wanted.name), [])
        assert versions, f"{wanted} is not locked: run `make lock`"
        for pin, hashes in versions:
            (version,) = (spec.version for spec in pin.specifier)
            assert wanted.specifier.contains(version), f"{pin} does not meet {wanted}: run `make lock`"
            assert hashes


@pytest.mark.parametrize("name", ["runtime.txt", "dev.txt"])
def test_a_lock_names_no_place_to_load_from(name):
    text = (ROOT / "locked" / name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|--index|--find-links|--trusted", text)


def test_both_locks_pin_the_same_versions():
    small, large = _pins("runtime.txt"), _pins("dev.txt")
    for name, versions in small.items():
        assert {str(pin.specifier) for pin, _ in versions} == {str(pin.specifier) for pin, _ in large[name]}


def _built(folder: Path, *, umask: int, seed: str, dated: int) -> Path:
    """The wheel of a copy of the checkout whose files have other dates and rights."""
    source = folder / "source"
    source.mkdir(parents=True)
    listed = subprocess.run(
        ["git", "ls-files", "readout", "compile_knowledge.py", "pyproject.toml", "README.md", "LICENSE"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name in listed.stdout.splitlines():
        to = source / name
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, to)
        to.chmod(0o666 & ~umask)
        os.utime(to, (dated, dated))
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("SOURCE_DATE_EPOCH", None)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")],
        cwd=source, env=environment, check=True, capture_output=True, umask=umask,
    )  # fmt: skip
    (wheel,) = (folder / "dist").glob("*.whl")
    return wheel


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a checkout: there is no list of what belongs to it")
def test_the_wheel_is_reproducible(tmp_path):
    one = _built(tmp_path / "one", umask=0o022, seed="0", dated=1_000_000_000)
    two = _built(tmp_path / "elsewhere" / "two", umask=0o077, seed="7", dated=1_700_000_000)
    assert hashlib.sha256(one.read_bytes()).hexdigest() == hashlib.sha256(two.read_bytes()).hexdigest()
    names = zipfile.ZipFile(one).namelist()
    assert {"readout/knowledge/compiled.json", "readout/language/model/meta.json"} <= set(names)
    assert not [name for name in names if name.split("/")[0] not in ("readout", names[-1].split("/")[0])]
    assert not [name for name in names if name.endswith((".pyc", ".pkl", ".pickle"))]


def test_the_bill_of_materials_is_whole():
    spec = importlib.util.spec_from_file_location("sbom", ROOT / "releasing" / "sbom.py")
    assert spec is not None
    assert spec.loader is not None
    sbom = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sbom)
    bill = json.loads(sbom.written())
    pins = {
        f"{name}=={spec.version}"
        for name, all_ in _pins("runtime.txt").items()
        for pin, _ in all_
        for spec in pin.specifier
    }
    named = {
        f"{canonicalize_name(part['name'])}=={part['version']}"
        for part in bill["components"]
        if part["type"] == "library"
    }
    assert named == pins
    (model,) = (part for part in bill["components"] if part["type"] == "machine-learning-model")
    for part in model["components"]:
        data = (ROOT / "readout" / "language" / "model" / part["name"]).read_bytes()
        assert part["hashes"] == [{"alg": "SHA-256", "content": hashlib.sha256(data).hexdigest()}]
    assert len(model["components"]) == sum(path.is_file() for path in (ROOT / "readout/language/model").rglob("*"))
    assert bill["metadata"]["component"]["name"] == PROJECT["name"]
