"""Runs the notebook docs/record-to-plot.ipynb, and writes what comes of each cell into it and into the page of the documentation.

    python docs/notebook.py            # needs pip install 'readout-news[notebook]'
    python docs/notebook.py --run      # only runs it, and prints it with its outputs as JSON

Cells run in their order in this process, in a folder of their own beside the articles in examples/, as Jupyter would run them. A test
sees that what is committed is what running gives.
"""

from __future__ import annotations

import ast
import contextlib
import copy
import io
import json
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent
NOTEBOOK = DOCS / "record-to-plot.ipynb"
PAGE = NOTEBOOK.with_suffix(".md")
PICTURES = DOCS / NOTEBOOK.stem
_HEAD = "<!-- made from record-to-plot.ipynb by `python docs/notebook.py` -->\n"
#: As Jupyter orders them; of several the first is the richest.
_SHOWN = (("image/svg+xml", "_repr_svg_"), ("text/html", "_repr_html_"))


def run(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook with the outputs that its cells give now."""
    done, names = copy.deepcopy(notebook), {"__name__": "__main__"}
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "examples").symlink_to(DOCS.parent / "examples")
        os.chdir(folder)
        try:
            for number, cell in enumerate((one for one in done["cells"] if one["cell_type"] == "code"), 1):
                cell["execution_count"] = number
                cell["outputs"] = list(_outputs("".join(cell["source"]), names, number))
        finally:
            os.chdir(here)
    return done


def _outputs(source: str, names: dict[str, Any], number: int) -> Any:
    tree, last = ast.parse(source), None
    if tree.body and isinstance(tree.body[-1], ast.Expr) and not source.rstrip().endswith(";"):
        last = ast.Expression(tree.body.pop().value)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, f"<cell {number}>", "exec"), names)
        value = eval(compile(last, f"<cell {number}>", "eval"), names) if last is not None else None
    if text := printed.getvalue():
        yield {"name": "stdout", "output_type": "stream", "text": text.splitlines(keepends=True)}
    if value is not None:
        data = {"text/plain": repr(value).splitlines(keepends=True)}
        for kind, method in _SHOWN:
            if callable(shown := getattr(value, method, None)):
                data[kind] = shown().splitlines(keepends=True)
        yield {"data": data, "execution_count": number, "metadata": {}, "output_type": "execute_result"}


def page_of(notebook: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """The notebook as a page, and its pictures by the names of their files."""
    parts, pictures = [_HEAD], {}
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(f"{source}\n")
            continue
        parts.append(f"```python\n{source}\n```\n")
        for output in cell["outputs"]:
            data = output.get("data", {})
            if "image/svg+xml" in data:
                name = f"{len(pictures) + 1}.svg"
                pictures[name] = "".join(data["image/svg+xml"])
                parts.append(f"![{_title(pictures[name])}]({NOTEBOOK.stem}/{name})\n")
            else:
                parts.append(
                    "```text\n{}\n```\n".format("".join(output.get("text") or data["text/plain"]).rstrip("\n"))
                )
    return "\n".join(parts), pictures


def _title(svg: str) -> str:
    found = re.search(r"<dc:title>([^<]+)</dc:title>", svg)
    assert found, "every picture says what it shows"
    return found[1]


def shape_of(svg: str) -> tuple[list[str], list[str]]:
    """What a picture shows, whatever version draws it: its words, and the names of its parts."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg), re.findall(r'<g id="(\w+)"', svg)


def as_json(notebook: dict[str, Any]) -> str:
    """The notebook as its file has it."""
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    done = run(json.loads(NOTEBOOK.read_text(encoding="utf-8")))
    import matplotlib

    done["metadata"]["drawn_with"] = matplotlib.__version__
    if "--run" in sys.argv:
        print(as_json(done))
        return
    NOTEBOOK.write_text(as_json(done), encoding="utf-8")
    page, pictures = page_of(done)
    PAGE.write_text(page, encoding="utf-8")
    PICTURES.mkdir(exist_ok=True)
    for name, svg in pictures.items():
        (PICTURES / name).write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
