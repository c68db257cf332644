"""Runs the command line in processes of their own, with a working directory and a home of their own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import forked
import pytest


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """The working directory."""
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


@pytest.fixture
def far(tmp_path: Path) -> Path:
    """The user's file of settings; its folder is there, the file is not."""
    file = tmp_path / "home" / ".config" / "readout" / "config.toml"
    file.parent.mkdir(parents=True)
    return file


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """This environment without settings of its own, and with a home for the test."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("READOUT_", "XDG_"))}
    return {**kept, "HOME": str(tmp_path / "home")}


@pytest.fixture
def run(work: Path, surroundings: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs `readout` with arguments, `given` on standard input, and further variables of the environment."""

    def started(*arguments: str, given: bytes = b"", **variables: str) -> subprocess.CompletedProcess[str]:
        done = forked.text(forked.readout(*arguments, cwd=work, env={**surroundings, **variables}, given=given))
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return started
