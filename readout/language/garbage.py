"""Python's search for garbage in cycles, held off while a batch is read.

Every few hundred new objects Python looks through the young ones for cycles that nobody holds any more. Reading makes
many that live until the report is made and none in cycles, so that it looks in vain a hundred times in a batch; what
nobody holds is freed without it.
"""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Within it, cycles are not looked for; afterwards they are again, where they were before.

    What is done within must end soon, as one batch does: what does lie in cycles is held as long. Threads that pause at
    the same time never leave it off: each switches on again what it switched off, some of them perhaps too early.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def search_seldom() -> None:
    """For a process of our own, where what is loaded lives as long as it does: it is looked through seldom, and not once more at the
    end, which is a fifth of a short one."""
    gc.set_threshold(50_000, 20, 100)
    atexit.register(gc.freeze)
