"""Shards read in processes of this machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from queue import SimpleQueue
from typing import Any

from readout.record.workers import reading
from readout.scale.folder import Folder, Job
from readout.scale.making import Outcome, make_part
from readout.scale.shards import Shard


def read_on_this_machine(shards: Sequence[Shard], job: Job, workers: int) -> Iterator[Outcome]:
    """Reads shards, each worker one at a time; a single worker reads in this process."""
    folder = Folder(job.where)
    workers = max(1, min(workers, len(shards)))
    idle: SimpleQueue[Any] = SimpleQueue()

    def read(shard: Shard) -> Outcome:
        mine = idle.get()
        try:
            return make_part(shard, job, folder, mine)
        finally:
            idle.put(mine)

    with ThreadPoolExecutor(workers, thread_name_prefix="shard") as threads, ExitStack() as processes:
        for _ in range(workers):
            idle.put(processes.enter_context(reading(job.options, 1, apart=workers > 1)))
        try:
            for done in as_completed([threads.submit(read, shard) for shard in shards]):
                yield done.result()
        finally:
            threads.shutdown(
                wait=False, cancel_futures=True
            )  # then the processes are ended, and who waits for them is told
