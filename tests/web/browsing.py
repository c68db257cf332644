"""`readout serve` over a record of our example articles, and Debian's Chromium, which looks at it and at nothing else."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, Response, sync_playwright

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
WIDTHS = {1440: 900, 390: 844}
#: No name but this machine's address leads anywhere, whatever a page or the browser itself asks for.
_NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
_READOUT = (sys.executable, "-m", "readout.cli")
_PLAIN = {name: value for name, value in os.environ.items() if not name.startswith("READOUT_")}


def chromium() -> str | None:
    """Debian's Chromium, or None where it is not installed."""
    return shutil.which("chromium")


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser that shows nothing on the screen."""
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium(), args=[_NOWHERE])
        yield started
        started.close()


def example_articles() -> str:
    """The example articles as JSONL, each with its date, and the later reports of the same matters."""
    table = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    lines = [
        json.dumps({"id": name, "text": (EXAMPLES / f"{name}.txt").read_text(encoding="utf-8"), "published": day})
        for name, day in re.findall(r"^\| `(\w+)\.txt` \|.*\| (\d{4}-\d\d-\d\d) \|$", table, re.M)
    ]
    return "\n".join([*lines, (EXAMPLES / "later.jsonl").read_text(encoding="utf-8")])


@contextmanager
def example_site(folder: Path) -> Iterator[str]:
    """Adds the examples to a record in a folder, as people do, and serves it; the address."""
    articles, record = "examples.jsonl", folder / "news.db"
    (folder / articles).write_text(example_articles(), encoding="utf-8")
    add = [*_READOUT, "add", articles, "--record", record]
    subprocess.run(add, check=True, env=_PLAIN, capture_output=True, cwd=folder)
    command = [*_READOUT, "serve", "--record", record, "--port", "0"]
    with subprocess.Popen(command, env=_PLAIN, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        try:
            said = server.stderr.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+", said)
            assert found, said
            yield found.group()
        finally:
            server.terminate()


@dataclass
class Visit:
    """One page after another in one browser window, with whatever was asked for and said on the way.

    Attributes:
        page: the window.
        site: the site's address, without a slash at its end.
        asked: every address that was asked for.
        said: errors and warnings of the console, and scripts that failed.
        shown: every page that came.
    """

    page: Page
    site: str
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    shown: list[Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("console", lambda line: self.said.append(line.text) if line.type in ("error", "warning") else None)
        self.page.on("response", lambda found: self.shown.append(found) if _is_page(found) else None)

    def go(self, path: str) -> None:
        """Opens a page by its address."""
        self.page.goto(self.site + path)
        self.look()

    def follow(self, link: str) -> None:
        """Follows a link or presses a button, given as a selector."""
        self.page.locator(link).first.click()
        self.page.wait_for_load_state()
        self.look()

    def look(self) -> None:
        """Whether the page is as every page has to be."""
        where = self.page.url
        assert "/static/" not in where
        assert self.page.locator("h1").count() == 1, where
        wide, there = self.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide <= there, f"{where} is {wide} pixels wide of {there}: {self.too_wide(there)}"

    def too_wide(self, there: int) -> list[str]:
        """What reaches over the right edge of the page."""
        found: list[str] = self.page.evaluate(
            "there => [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > there + 1)"
            ".slice(0, 5).map(e => e.outerHTML.slice(0, 120))",
            there,
        )
        return found

    def end(self, *, failed: int = 0) -> None:
        """Whether all pages had their headers, nothing was asked for elsewhere, and nothing was complained of.

        Args:
            failed: so many pages were asked for that are not there; the console names each.
        """
        assert self.shown
        for answer in self.shown:
            headers = answer.headers
            assert "default-src 'self'" in headers["content-security-policy"], answer.url
            assert "unsafe" not in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"
        assert not [url for url in self.asked if not url.startswith(f"{self.site}/")]
        assert len(self.said) == failed, self.said


def _is_page(answer: Response) -> bool:
    return answer.request.resource_type == "document"
