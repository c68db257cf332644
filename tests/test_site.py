"""The documentation builds as a site, every link leads somewhere, and no page loads anything from elsewhere."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
_LOADS = re.compile(r"<(?:script|link|img|iframe|source)\b[^>]*?\b(?:src|href)=[\"']?((?:https?:)?//[^\s\"'>]+)")
_MINIFIED = re.compile(r"url\((?:[\"'])?((?:https?:)?//[^)]+)\)|@import\s+[\"'](https?:[^\"']+)")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site, built with warnings as errors."""
    if importlib.util.find_spec("material") is None:
        if os.environ.get("CI"):
            pytest.fail("MkDocs Material is not installed: .ci/run installs it")
        pytest.skip("MkDocs Material is not installed: `make docs` installs it")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_every_page_of_the_documentation_is_in_the_navigation(site):
    index = (site / "index.html").read_text(encoding="utf-8")
    for page in (ROOT / "docs").glob("*.md"):
        assert (site / f"{page.stem}.html").exists()
        assert f'href="{page.stem}.html"' in index, f"{page.name} is not in mkdocs.yml"


def test_nothing_is_loaded_from_elsewhere(site):
    for page in site.glob("*.html"):
        assert _LOADS.findall(page.read_text(encoding="utf-8")) == [], page.name
    for sheet in site.rglob("*.css"):
        assert _MINIFIED.findall(sheet.read_text(encoding="utf-8")) == [], sheet.name


def test_links_out_of_the_documentation_are_words(site):
    pages = {page.name: page.read_text(encoding="utf-8") for page in site.glob("*.html")}
    assert not [
        name for name, page in pages.items() if re.search(r'href="[^"]*\.\./(?:readout|training|examples)', page)
    ]
    assert "<code>readout/knowledge/across/brief.yaml</code>" in pages["brief.html"]


def test_scripts_of_the_documentation_are_no_part_of_it(site):
    assert [path for path in site.rglob("*") if path.suffix in (".py", ".pyc")] == []


def test_bars_in_tables_are_shown_as_bars(site):
    assert "--log-format &lt;text&#124;<wbr>json&gt;" in (site / "commands.html").read_text(encoding="utf-8")
