"""Tables and words of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

BAR = "\\|"  # as a table has it


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table, a line a row."""
    lines = [" | ".join(row) for row in (head, ["---"] * len(head), *rows)]
    return "\n".join(f"| {line} |" for line in lines)


def cell(text: str) -> str:
    """Words as a cell has them: on one line, and with what looks like markup left as words."""
    return bare(" ".join(text.split()).replace("|", BAR))


def bare(text: str) -> str:
    """Words with what looks like markup left as words; code stays code."""
    return re.sub(r"`[^`]*`|[<*_\[\]]", lambda match: match[0] if match[0].startswith("`") else "\\" + match[0], text)


def many(count: int, what: str) -> str:
    """How many: "1 entry", "2 entries"."""
    plural = what[:-1] + "ies" if what.endswith("y") else f"{what}s"
    return f"{count:,} {what if count == 1 else plural}"
