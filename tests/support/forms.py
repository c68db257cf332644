"""The two forms of the tests of threats: the small one runs with all tests, the whole one with `make test-threats`."""

from __future__ import annotations

import os

#: What is asked for: "whole", "small", or nothing where threats are tested along with everything else.
FORM = os.environ.get("READOUT_TEST_THREATS", "")
WHOLE = FORM == "whole"


def scaled(small: int, whole: int) -> int:
    """How many of something are tried, by the form."""
    return whole if WHOLE else small
