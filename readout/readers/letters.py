"""Where letters end: a mark that is combined with a letter is part of it, and the word another without it."""

from __future__ import annotations

import unicodedata

_FIRST_MARK = "\u0300"


def is_inside_letter(text: str, at: int) -> bool:
    """Whether a place in a text is between a letter or digit and a mark that is combined with it."""
    if not 0 < at < len(text) or text[at] < _FIRST_MARK:
        return False
    return unicodedata.category(text[at]) in ("Mn", "Me") and text[at - 1].isalnum()
