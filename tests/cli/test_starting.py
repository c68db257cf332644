"""What a command does about garbage: it looks seldom, and at its end not at all."""

from __future__ import annotations

import subprocess
import sys

_CODE = """
import atexit, gc, sys
atexit.register(lambda: print(gc.get_threshold()[0] > 10_000, gc.get_freeze_count() > 1000))
sys.argv = ["readout", "--version"]
from readout.cli import main
main()
"""


def test_what_is_left_at_the_end_is_not_looked_through() -> None:
    done = subprocess.run([sys.executable, "-c", _CODE], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "True True"
