"""Runs what the pages named in `PAGES` show, and writes what comes of it below each command; tables of filters and columns are made
anew, and those of docs/exports.md.

    python docs/fill.py

A test sees that nothing is left to be filled in. Commands run in a folder of their own for each page, beside the articles in examples/.
"""

from __future__ import annotations

import code
import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from readout.exports import describing
from readout.exports.columns import COLUMNS
from readout.record.kinds import ABOUT, HAS

ROOT = Path(__file__).resolve().parent.parent
#: Pages whose commands are run.
PAGES = tuple(ROOT / "docs" / f"{name}.md" for name in ("asking", "tutorial", "how-it-reads"))
EXPORTS = ROOT / "docs" / "exports.md"
_TYPES = {
    "text": "text", "whole": "whole number", "number": "number", "yes": "yes or no", "words": "list of text",
    "wholes": "list of numbers",
}  # fmt: skip
#: What is another number each time; it is left out.
_SPEED = re.compile(r" at [\d,.]+ a second")
_BLOCK = re.compile(r"```(python|console)\n(.*?)\n```", re.DOTALL)


def filled(text: str) -> str:
    """The page with everything below its commands as it is now."""
    for name, table in (("filters", _filters()), ("columns", _columns())):
        text = re.sub(
            rf"(<!-- {name} -->\n).*?(\n<!-- end -->)", lambda m, t=table: m[1] + t + m[2], text, flags=re.DOTALL
        )
    console, here = code.InteractiveConsole(), Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "examples").symlink_to(ROOT / "examples")
        os.chdir(folder)
        try:
            return _BLOCK.sub(lambda match: _run(match, console), text)
        finally:
            os.chdir(here)


def exports_filled(text: str) -> str:
    """The page on exports with its tables as the code has them."""
    for name, table in (
        ("formats", describing.overview()),
        ("columns", describing.columns()),
    ):
        text = re.sub(
            rf"(<!-- {name}: [^\n]*-->\n).*?(<!-- end of {name} -->)",
            lambda m, t=table: f"{m[1]}\n{t}\n\n{m[2]}",
            text,
            flags=re.DOTALL,
        )
    return text


def _run(match: re.Match[str], console: code.InteractiveConsole) -> str:
    language, body = match[1], match[2]
    if language == "console":
        shown = [line for command in body.splitlines() if command.startswith("$ ") for line in _shell(command)]
    elif ">>>" in body:
        shown = list(_session(body, console))
    else:
        exec(body, {})
        return match[0]
    return "```{}\n{}\n```".format(language, "\n".join(shown))


def _shell(command: str) -> list[str]:
    line = command.removeprefix("$ ").replace("readout", f"{sys.executable} -m readout.cli", 1)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("READOUT_")}
    environment = {**kept, "PYTHONPATH": str(ROOT), "COLUMNS": "110"}
    done = subprocess.run(line, shell=True, capture_output=True, text=True, check=False, env=environment)
    said = _SPEED.sub("", done.stdout + done.stderr)
    return [command, *(line.rstrip() for line in said.splitlines())]


def _session(body: str, console: code.InteractiveConsole) -> list[str]:
    shown: list[str] = []
    for entry in re.findall(r"^>>> .*\n?(?:^\.\.\. .*\n?)*", body, re.MULTILINE):
        lines = entry.splitlines()
        out, errors = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
            console.runsource("\n".join(line[4:] for line in lines) + "\n" * (len(lines) > 1), symbol="single")
        shown += [*lines, *out.getvalue().splitlines()]
        if said := errors.getvalue().strip():
            shown += ["Traceback (most recent call last):", "    ...", said.splitlines()[-1]]
    return shown


def _filters() -> str:
    rows = [f"| `{name}` | {about} | {', '.join(k for k in HAS if name in HAS[k])} |" for name, about in ABOUT.items()]
    return "\n".join(["| filter | asks for | of |", "|---|---|---|", *rows])


def _columns() -> str:
    parts = []
    for kind, columns in COLUMNS.items():
        rows = [f"| `{column.name}` | {_TYPES[column.type]} | {column.about} |" for column in columns]
        parts.append("\n".join([f"### {kind.capitalize()}", "", "| column | type | says |", "|---|---|---|", *rows]))
    return "\n\n".join(parts)


if __name__ == "__main__":
    EXPORTS.write_text(exports_filled(EXPORTS.read_text(encoding="utf-8")), encoding="utf-8")
    for page in PAGES:
        page.write_text(filled(page.read_text(encoding="utf-8")), encoding="utf-8")
