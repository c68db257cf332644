"""Compiles the knowledge files when a wheel is built, or the package is installed from a checkout (`readout/knowledge/compiled.py`)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileKnowledge(BuildHookInterface):
    """Hatch calls it before it gathers the files of a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Writes `readout/knowledge/compiled.json`; the package is imported from where it is built, and needs no other for that."""
        sys.path.insert(0, self.root)
        try:
            from readout import knowledge
            from readout.knowledge.compiled import compile_files

            compile_files(Path(self.root) / "readout" / "knowledge", knowledge.version(), knowledge.read_yaml)
        finally:
            sys.path.remove(self.root)
