"""How long a command takes to start: `readout --help`, and one short article read, beside Python and spaCy by themselves.

    python benchmarks/starting.py [--rounds 5]

Each command runs in a process of its own, one after another, round by round; what counts is the processor time of that process, to its
last breath, and a row is the median of its rounds. As machines differ, it is the ratios that say something: to Python that does nothing,
and to spaCy that loads the same pipeline and does nothing with it.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

from readout.language.pipeline import MODEL_FOLDER

HERE = Path(__file__).resolve().parent
NOTHING, SPACY, HELP, ARTICLE = (
    "python -c pass",
    "spaCy loads the pipeline",
    "readout --help",
    "readout read (one article)",
)
_READOUT = [sys.executable, "-m", "readout.cli"]
COMMANDS = {
    NOTHING: [sys.executable, "-c", "pass"],
    SPACY: [sys.executable, "-c", f"import spacy; spacy.load({str(MODEL_FOLDER)!r})"],
    HELP: [*_READOUT, "--help"],
    ARTICLE: [*_READOUT, "read", str(HERE.parent / "examples" / "visit.txt"), "--published", "2025-03-10"],
}


def seconds(command: list[str]) -> float:
    """The processor time of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    subprocess.run(
        command, capture_output=True, check=True, env=environment, cwd=HERE.parent
    )  # where this Readout is found first
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main(arguments: list[str] | None = None) -> dict[str, float]:
    """Measures, prints the table, and returns the seconds of each command."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--rounds", type=int, default=5)
    rounds = options.parse_args(arguments).rounds
    measured = [{name: seconds(command) for name, command in COMMANDS.items()} for _ in range(rounds)]
    found = {name: statistics.median(row[name] for row in measured) for name in COMMANDS}
    print(f"{'':<28} {'seconds':>8}  {'of python':>9}  {'of spaCy':>8}")
    for name, took in found.items():
        print(f"{name:<28} {took:8.3f}  {took / found[NOTHING]:9.1f}  {took / found[SPACY]:8.2f}")
    return found


if __name__ == "__main__":
    main()
