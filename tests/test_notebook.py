"""The notebook runs, offline and beside nothing but the examples, and what is committed of it is what running gives."""

from __future__ import annotations

import copy
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

DOCS = Path(__file__).resolve().parent.parent / "docs"
LARGEST = 60_000  # bytes of a picture


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_notebook", DOCS / "notebook.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


SCRIPT = _script()
COMMITTED = json.loads(SCRIPT.NOTEBOOK.read_text(encoding="utf-8"))


def outputs_of(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    return [output for cell in notebook["cells"] if cell["cell_type"] == "code" for output in cell["outputs"]]


@pytest.fixture(scope="module")
def run() -> dict[str, Any]:
    """The notebook as a fresh process runs it, without a way to the network."""
    for needed in ("matplotlib", "pandas"):
        if importlib.util.find_spec(needed) is None:
            if os.environ.get("CI"):
                pytest.fail(f"{needed} is not installed: .ci/run installs it")
            pytest.skip(f"{needed} is not installed: pip install 'readout-news[notebook]'")
    own = {name: value for name, value in os.environ.items() if not name.startswith("READOUT_")}
    own |= {"PYTHONPATH": str(DOCS.parent), "MPLBACKEND": "agg"}
    offline = (
        "import socket, runpy, sys\n"
        "def refuse(*_): raise OSError('the notebook asks the network')\n"
        "socket.socket.connect = refuse\n"
        f"sys.argv = ['notebook.py', '--run']; runpy.run_path({str(DOCS / 'notebook.py')!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", offline], capture_output=True, text=True, env=own, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_what_is_committed_is_what_running_gives(run: dict[str, Any]) -> None:
    assert [cell["source"] for cell in run["cells"]] == [cell["source"] for cell in COMMITTED["cells"]]
    now, then = outputs_of(run), outputs_of(copy.deepcopy(COMMITTED))
    same = run["metadata"]["drawn_with"] == COMMITTED["metadata"]["drawn_with"]
    assert len(now) == len(then) > 6
    for one, other in zip(now, then, strict=True):
        pictures = [output.get("data", {}).pop("image/svg+xml", None) for output in (one, other)]
        assert one == other, "see `python docs/notebook.py`"
        if pictures[0]:
            drawn, committed = ("".join(part) for part in pictures)
            assert SCRIPT.shape_of(drawn) == SCRIPT.shape_of(committed)
            # Another version of Matplotlib may draw the same in other numbers.
            assert drawn == committed or not same


def test_the_page_and_its_pictures_are_those_of_the_notebook() -> None:
    page, pictures = SCRIPT.page_of(COMMITTED)
    assert SCRIPT.PAGE.read_text(encoding="utf-8") == page, "run `python docs/notebook.py`"
    assert {path.name: path.read_text(encoding="utf-8") for path in SCRIPT.PICTURES.iterdir()} == pictures
    assert len(pictures) == 4
    for name, svg in pictures.items():
        assert len(svg.encode()) <= LARGEST, name
        assert "<script" not in svg
        assert len(SCRIPT.shape_of(svg)[0]) > 5, f"{name} has words"


def test_it_is_a_notebook_as_jupyter_reads_it() -> None:
    assert (COMMITTED["nbformat"], COMMITTED["nbformat_minor"]) == (4, 5)
    ids = [cell["id"] for cell in COMMITTED["cells"]]
    assert len(set(ids)) == len(ids)
    count = 0
    for cell in COMMITTED["cells"]:
        more = {"execution_count", "outputs"} if cell["cell_type"] == "code" else set()
        assert set(cell) == {"cell_type", "id", "metadata", "source"} | more
        if cell["cell_type"] == "code":
            count += 1
            assert cell["execution_count"] == count
        for output in cell.get("outputs", ()):
            assert output["output_type"] in ("stream", "execute_result")
    assert SCRIPT.as_json(COMMITTED) == SCRIPT.NOTEBOOK.read_text(encoding="utf-8")
