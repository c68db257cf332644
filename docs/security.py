"""Writes docs/security.md: what is promised against each threat and what is not, from the first words of its tests.

    python docs/security.py

A test sees that the page is as this writes it.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
THREATS = ROOT / "tests" / "threats"
PAGE = ROOT / "docs" / "security.md"
_HEAD = """# Security

Articles, feeds and archives come from strangers. For each threat this says what is promised and what is not; each promise is held by a
file of tests in `tests/threats`, from whose first words this page is made (`python docs/security.py`).

`make test` runs the tests in a small form, `make test-threats` in the whole one, and prints one line for each threat: whether it is held
off, and what was tried. `make test-threats FORM=small` takes a minute or two. The tests send traffic to this machine alone.
"""
_TAIL = """
## Where it is said
How feeds are fetched stands in [feeds](feeds.md), who may see and correct in [web](web.md), what a kill or a full disk leaves in
[record](record.md), how news is taken out again in [corrections](corrections.md), and what an export leaves out in [exports](exports.md).
"""


@dataclass(frozen=True)
class Threat:
    """A threat as the docstring of its tests has it."""

    number: int
    sentence: str
    promised: str
    not_promised: str
    file: str


def threats() -> list[Threat]:
    """All of them, in order.

    Raises:
        ValueError: a docstring has not the three parts in their order.
    """
    return [_threat(path) for path in sorted(THREATS.glob("test_*.py"))]


def _threat(path: Path) -> Threat:
    words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    found = re.fullmatch(r"(\S[^\n]*\.)\n\nPromised: (.+?)\nNot promised: (.+)", words, re.DOTALL)
    number = re.fullmatch(r"test_(\d\d)_\w+", path.stem)
    if found is None or number is None:
        raise ValueError(f"{path.name}: a sentence, `Promised:` and `Not promised:` are wanted")
    parts = (_sentence(part) for part in found.groups())
    return Threat(int(number[1]), *parts, path.name)


def _sentence(text: str) -> str:
    line = " ".join(text.split())
    return line[:1].upper() + line[1:]


def written() -> str:
    """The page as the tests have it."""
    rows = [
        f"| {one.number} | {_cell(one.sentence)} | {_cell(one.promised)} | {_cell(one.not_promised)} |"
        for one in threats()
    ]
    table = "\n".join(["| # | threat | promised | not promised |", "|---|---|---|---|", *rows])
    return f"{_HEAD}\n{table}\n{_TAIL}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
