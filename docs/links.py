"""For the site: links that lead out of docs/ (to code, knowledge, examples) have no page there, and become words with the path.

MkDocs calls `on_page_markdown`. A link to a file that the repository does not have is a warning, which fails a strict build.
"""

from __future__ import annotations

import logging
import re
from html import escape
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent
_log = logging.getLogger("mkdocs.plugins.links")
#: A link to a file or folder, no picture; an address with a scheme, or a place on the same page, is none.
_LINK = re.compile(r"(?<!!)\[([^\]\n]+)\]\((?![a-z]+:|#)([^)\s#]+)(#[^)\s]*)?\)")
#: A row of a table that has a bar in one of its cells.
_BARRED = re.compile(r"^\|.*\\\|.*\|$", re.MULTILINE)
_CODE = re.compile(r"`([^`\n]*)`")


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """The page's text with links that lead to no page of the site as words, and the path where the words do not say it."""

    def shown(match: re.Match[str]) -> str:
        words, target = match[1], (DOCS / match[2]).resolve()
        if target.is_file() and target.is_relative_to(DOCS):
            return match[0]
        if not target.exists():
            _log.warning("%s: there is no %s", page.file.src_uri, match[2])
        path = target.relative_to(DOCS.parent).as_posix()
        return f"`{path}`" if words.strip("`") == path else f"{words} (`{path}`)"

    return _BARRED.sub(_coded, _LINK.sub(shown, markdown))


def _coded(match: re.Match[str]) -> str:
    """Code in a table with a bar in it, which MkDocs would show with the backslash that keeps it from ending the cell."""
    return _CODE.sub(lambda code: "<code>" + escape(code[1]).replace("\\|", "&#124;<wbr>") + "</code>", match[0])
