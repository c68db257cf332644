"""spaCy without its command line, which nothing here runs and which takes as long to import as the rest of it.

`import spacy` brings in `spacy.cli`, and with it what trains, downloads and packages pipelines, for the one function `spacy.info`.
While spaCy is imported here, an empty module stands in the place of the command line; whoever asks for `spacy.cli` later gets spaCy's.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

_COMMANDS = ("spacy.cli", "spacy.cli.info")


def import_spacy() -> Any:
    """spaCy, imported where it is not yet."""
    if "spacy" not in sys.modules:
        for name in _COMMANDS:
            sys.modules[name] = _empty(name)
        try:
            import spacy  # noqa: F401
        finally:
            for name in _COMMANDS:
                del sys.modules[name]
    return sys.modules["spacy"]


def _empty(name: str) -> ModuleType:
    """A module that has nothing but `info`, which leads to spaCy's own."""
    module = ModuleType(name)
    module.__path__ = []

    def info(*args: Any, **kwargs: Any) -> Any:
        from spacy.cli.info import info as spacys_own

        return spacys_own(*args, **kwargs)

    module.__dict__["info"] = info
    return module
