"""A real browser walks through a real server: wide and narrow, with JavaScript and without."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from axe_playwright_python.base import AXE_SCRIPT
from browsing import WIDTHS, Visit, browser, chromium, example_site
from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over the examples."""
    with example_site(tmp_path_factory.mktemp("examples")) as address:
        yield address


@pytest.fixture(scope="module")
def window() -> Iterator[Browser]:
    """Chromium, where it is installed."""
    if chromium() is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed: .ci/run installs it")
        pytest.skip("Chromium is not installed")
    with browser() as started:
        yield started


@pytest.fixture(params=[(width, script) for width in WIDTHS for script in (True, False)], ids=str)
def visit(request: pytest.FixtureRequest, window: Browser, site: str) -> Iterator[Visit]:
    """A window that is wide or narrow, with JavaScript or without."""
    width, script = request.param
    size = {"width": width, "height": WIDTHS[width]}
    with window.new_context(viewport=size, java_script_enabled=script, accept_downloads=True) as context:
        yield Visit(context.new_page(), site)


def test_from_the_overview_to_a_correction_and_to_a_file(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    visit.go("/")
    visit.follow(".newest a >> text=Families bury the dead")
    assert "Families bury the dead of Kandahar" in page.inner_text("h1")

    # The words lead to what was read in them, and back.
    words = page.locator(".text a.m-events").first
    card = (words.get_attribute("href") or "").lstrip("#")
    words.click()
    chosen = page.evaluate("name => document.getElementById(name).matches('.lit, :target')", card)
    assert chosen
    visit.follow(f"#{card} .do a")
    assert page.locator("#why .reasons dt").count() > 2

    # An event is corrected, and the correction is taken back.
    before = page.input_value("[name='set.status']")
    assert before != "denied"
    page.select_option("[name='set.status']", "denied")
    page.fill("#edit .edit [name=reason]", "the ministry denies it")
    visit.follow("text=Put these values in its place")
    assert "was made" in page.inner_text(".notice")
    assert page.input_value("[name='set.status']") == "denied"
    visit.follow("text=Undo it")
    assert page.input_value("[name='set.status']") == before
    visit.go("/corrections")
    assert "undone by" in page.inner_text(".log")

    # What several reports tell of: how a toll was counted over time, who talks with whom.
    for kind in ("ledger", "negotiation"):
        visit.go(f"/{kind}s")
        visit.follow(f"main a[href^='/{kind}s/']")
        assert page.locator("main a[href^='/reports/']").count() >= 3

    # What is asked for comes as a file.
    visit.go("/events")
    with page.expect_download() as started:
        page.click(".files >> text=CSV")
    file = tmp_path / "events.csv"
    started.value.save_as(file)
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == int(page.inner_text(".count b"))
    assert {"id", "type", "status", "quote"} <= set(rows[0])

    # And in a format that others read, whatever its status.
    visit.follow("nav >> text=Export")
    page.fill("[name=q]", "published:2024..2025")
    page.check("[name=which][value=all]")
    visit.follow("text=Make the files")
    assert page.is_checked("[name=which][value=all]")
    with page.expect_download() as started:
        page.click("#polecat .files >> text=TSV")
    assert started.value.suggested_filename == "polecat.tsv"
    started.value.save_as(tmp_path / "polecat.tsv")
    with (tmp_path / "polecat.tsv").open(encoding="utf-8", newline="") as lines:
        coded = list(csv.DictReader(lines, delimiter="\t"))
    assert f"{len(coded)} events" in page.inner_text("[role=status]")
    assert {"Event ID", "Event Type", "Actor Name"} <= set(coded[0])
    visit.end()


#: Every page there is, beside those that need to be corrected first.
PAGES = (
    "/", "/reports", "/events", "/statements", "/figures", "/actors", "/places", "/problems", "/sources", "/corrections", "/help",
    "/doctor", "/login", "/reports/talks", "/claims/events/1?why=1", "/claims/statements/1", "/claims/figures/1", "/actor?key=ARM",
    "/brief?since=2024-03-11&until=2024-03-17", "/stories", "/incidents", "/ledgers", "/negotiations", "/review", "/decisions", "/searches",
    "/events?q=type:ASSAULT&axis=published&by=mode", "/events?q=country:PRK", "/reports/attack?as_of=2024-03-20", "/export",
    "/export?q=type:ASSAULT&which=all&claims=yes",
)  # fmt: skip
GROUPS = ("/stories", "/incidents", "/ledgers", "/negotiations")
LISTS = (*GROUPS, "/reports?", "/events", "/statements", "/figures", "/actors", "/places")
MISSING = ("/nothing", "/events?q=type:NOPE", "/reports/nothing")


def pages_of(page: Page, site: str) -> Iterator[str]:
    """Every page, and the first of those that are made of several reports."""
    for path in GROUPS:
        page.goto(site + path)
        yield page.locator(f"main a[href^='{path}/']").first.get_attribute("href") or path
    yield from PAGES


def test_every_page_fits_and_asks_for_nothing_elsewhere(visit: Visit) -> None:
    for path in (*pages_of(visit.page, visit.site), *MISSING):
        visit.go(path)
        found = visit.shown[-1].status
        assert (found >= 400) == (path in MISSING), (path, found)
    visit.end(failed=len(MISSING))


#: What only depends on colours is looked at in the dark as well.
_COLOURS = "{resultTypes: ['violations'], preload: false, runOnly: ['color-contrast', 'link-in-text-block']}"
_ALL = "{resultTypes: ['violations'], preload: false}"
#: A narrow page has the colours of the wide one; they take most of the time.
_LAYOUT = "{resultTypes: ['violations'], preload: false, rules: {'color-contrast': {enabled: false}}}"


def test_axe_finds_nothing_serious_wide_and_narrow_light_and_dark(window: Browser, site: str) -> None:
    wrong = []
    with window.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        for path in (*pages_of(page, site), *MISSING):
            few = f"{path}{'&' if '?' in path else '?'}limit=8" if path.startswith(LISTS) else path
            page.goto(site + few)
            page.evaluate(AXE_SCRIPT)
            for width, height in WIDTHS.items():
                page.set_viewport_size({"width": width, "height": height})
                for scheme, what in (("light", _ALL if width == max(WIDTHS) else _LAYOUT), ("dark", _COLOURS)):
                    page.emulate_media(color_scheme=scheme)
                    found = page.evaluate(f"axe.run(document, {what})")["violations"]
                    wrong += [
                        (few, width, scheme, item["id"], item["nodes"][0]["html"][:150])
                        for item in found
                        if item["impact"] in ("serious", "critical")
                    ]
    assert not wrong
