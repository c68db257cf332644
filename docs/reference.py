"""Writes the pages of reference, from the code and the knowledge alone: commands, the HTTP API, the report, views, knowledge.

    python docs/reference.py

A test sees that each page is as this writes it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from reference_parts import commands, http_api, knowledge, report, views  # noqa: E402 - beside this script

#: What makes each page, by its name.
PAGES: Mapping[str, Callable[[], str]] = {
    "commands": commands.written, "http-api": http_api.written, "report": report.written, "views": views.written,
    "knowledge": knowledge.written,
}  # fmt: skip

if __name__ == "__main__":
    for name, written in PAGES.items():
        (HERE / f"{name}.md").write_text(written(), encoding="utf-8")
