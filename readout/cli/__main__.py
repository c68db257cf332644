"""`python -m readout.cli`."""

from __future__ import annotations

from readout.cli import main

if __name__ == "__main__":
    main()
