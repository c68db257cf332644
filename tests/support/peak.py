"""The most memory that a process has held at once, in MB, told by the kernel.

Not `ru_maxrss`: what a process is given by it begins with the most that its parent held.
"""

from __future__ import annotations

import re
from pathlib import Path

_PROCESS = Path("/proc/self")


def peak() -> int:
    """The most since the start, or since `reset`."""
    found = re.search(r"VmHWM:\s+(\d+) kB", (_PROCESS / "status").read_text(encoding="ascii"))
    assert found is not None
    return int(found[1]) // 1024


def reset() -> int:
    """Forgets the peak; what is held now."""
    (_PROCESS / "clear_refs").write_text("5", encoding="ascii")
    return peak()
