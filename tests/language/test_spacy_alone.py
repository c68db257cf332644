from __future__ import annotations

import subprocess
import sys

import pytest


def said(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_command_line_stays_out():
    loaded = said(
        "import sys; from readout.language.spacy_alone import import_spacy; import_spacy();"
        "print('spacy.cli' in sys.modules, sys.modules['spacy'].__version__ != '')"
    )
    assert loaded == "False True"


def test_whoever_asks_for_it_later_gets_it():
    assert said(
        "from readout.language.spacy_alone import import_spacy; spacy = import_spacy();"
        "from spacy.cli import info; print(info is not spacy.info, spacy.info(silent=True)['spacy_version'] == spacy.__version__)"
    ) == ("True True")


@pytest.mark.parametrize("first", ["import spacy", "import spacy.cli"])
def test_a_spacy_that_is_there_is_left_as_it_is(first):
    assert said(
        f"{first}; import sys; from readout.language.spacy_alone import import_spacy;"
        "print(import_spacy() is sys.modules['spacy'], 'spacy.cli' in sys.modules)"
    ) == ("True True")
