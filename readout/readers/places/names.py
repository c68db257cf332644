"""How place names are compared."""

from __future__ import annotations

import unicodedata

_MARKS = str.maketrans({"’": "'", "‘": "'", "ʿ": "'", "ʾ": "'", "`": "'", "–": "-", "‐": "-", "\xa0": " ", "\n": " "})


def fold_name(name: str) -> str:
    """The form in which names are compared: lower case, no accents, plain quotes and hyphens, single spaces."""
    if name.isascii():
        return " ".join(name.casefold().replace("`", "'").split())
    folded = unicodedata.normalize("NFKD", name.translate(_MARKS)).casefold()
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).split())
