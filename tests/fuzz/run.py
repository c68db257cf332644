"""Fuzzes one target by coverage, with atheris (`pip install atheris`), for so many seconds.

    PYTHONPATH=. python tests/fuzz/run.py TARGET [--seconds 120] [--corpus FOLDER] [--list]

What it finds on its way is kept in the folder of the corpus (a temporary one where none is named), and is where the next run goes on.
An input that breaks a promise ends the run with a traceback, and is kept beside the corpus as `crash-…`: mend what it shows, and put the
file, as small as it can be made, into `tests/fuzz/regressions/TARGET`, which the tests replay.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import atheris

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "support")]

with atheris.instrument_imports(include=["readout"], enable_loader_override=False):
    from fuzz_targets import TARGETS, seeds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=list(TARGETS))
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--longest", type=int, default=4096, help="bytes of an input")
    given = parser.parse_args()
    corpus = given.corpus or Path(tempfile.mkdtemp(prefix=f"fuzz-{given.target}-"))
    corpus.mkdir(parents=True, exist_ok=True)
    for name, data in seeds(given.target).items():
        (corpus / name.replace("/", "-")).write_bytes(data)
    target = TARGETS[given.target]
    target(b"")  # what is loaded at the first call counts for no input
    options = (
        f"-max_total_time={given.seconds}", f"-max_len={given.longest}", "-rss_limit_mb=4096", "-timeout=60",
        f"-artifact_prefix={corpus.parent}/{given.target}-", "-print_final_stats=1",
    )  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus)], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
