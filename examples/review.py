"""Reads the examples and shows how the reports differ from the golden ones; `--write` takes the new ones over.

python examples/review.py [--write] [NAME …]
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
from pathlib import Path

import readout

HERE = Path(__file__).resolve().parent
#: What says by which version a report was made, not what was read.
VERSIONS = "reader"


def published() -> dict[str, str]:
    """Name to date of publication, from the table in README.md."""
    rows = re.findall(
        r"^\| `(\w+)\.txt` \|.*\| (\d{4}-\d\d-\d\d) \|$", (HERE / "README.md").read_text(encoding="utf-8"), re.M
    )
    return dict(rows)


def read_example(name: str) -> str:
    """The report of one example as the text of its golden file."""
    report = readout.read((HERE / f"{name}.txt").read_text(encoding="utf-8"), published=published()[name]).to_json()
    del report[VERSIONS]
    return render(report) + "\n"


def render(value: object, depth: int = 0) -> str:
    """JSON with one line for what fits on one, so that a golden file can be reviewed and compared line by line."""
    flat = json.dumps(value, ensure_ascii=False)
    if depth > 0 and (len(flat) <= 110 or not isinstance(value, dict | list)):
        return flat
    pad = " " * (depth + 1)
    if isinstance(value, dict):
        inner = [f"{pad}{json.dumps(key)}: {render(item, depth + 1)}" for key, item in value.items()]
        return "{\n" + ",\n".join(inner) + "\n" + " " * depth + "}"
    assert isinstance(value, list)
    return "[\n" + ",\n".join(pad + render(item, depth + 1) for item in value) + "\n" + " " * depth + "]"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", default=sorted(published()))
    parser.add_argument("--write", action="store_true", help="take the new reports over")
    options = parser.parse_args()
    for name in options.names:
        golden = HERE / f"{name}.json"
        before = golden.read_text(encoding="utf-8") if golden.exists() else ""
        after = read_example(name)
        for line in difflib.unified_diff(
            before.splitlines(), after.splitlines(), f"{name} golden", f"{name} now", lineterm="", n=1
        ):
            print(line)
        if options.write:
            golden.write_text(after, encoding="utf-8")


if __name__ == "__main__":
    main()
