"""Pictures of every page, from a record of our example articles, into `docs/shots`: wide and narrow.

    python docs/shots.py [NAME …]

Needs Chromium (Debian: `apt install chromium`). Pictures have few colours, so that they are small; those that do not differ by
more than the moment when a report became known are made again all the same.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "web"))
from browsing import WIDTHS, browser, example_site

FOLDER = Path(__file__).resolve().parent / "shots"
_COLOURS = 64

#: Each picture's name, the page, and whether the first of what it lists is opened.
PAGES: dict[str, tuple[str, bool]] = {
    "overview": ("/", False),
    "brief": ("/brief?since=2024-03-11&until=2024-03-17", False),
    "stories": ("/stories", False),
    "story": ("/stories", True),
    "incidents": ("/incidents", False),
    "incident": ("/incidents", True),
    "ledgers": ("/ledgers", False),
    "ledger": ("/ledgers", True),
    "negotiations": ("/negotiations", False),
    "negotiation": ("/negotiations", True),
    "reports": ("/reports", False),
    "report": ("/reports/talks", False),
    "events": ("/events", False),
    "statements": ("/statements", False),
    "figures": ("/figures", False),
    "actors": ("/actors", False),
    "actor": ("/actor?key=ARM", False),
    "places": ("/places", False),
    "problems": ("/problems", False),
    "event": ("/claims/events/1?why=1", False),
    "sources": ("/sources", False),
    "export": ("/export?q=type:ASSAULT", False),
    "review": ("/review", False),
    "corrections": ("/corrections", False),
    "decisions": ("/decisions", False),
    "searches": ("/searches", False),
    "help": ("/help", False),
    "doctor": ("/doctor", False),
    "nothing": ("/events?q=country:PRK", False),
    "wrong": ("/events?q=type:NOPE", False),
}


def picture(page: Page) -> bytes:
    """What the window shows, in few colours."""
    shown = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    small = shown.quantize(_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    file = io.BytesIO()
    small.save(file, "PNG", optimize=True)
    return file.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(PAGES)}; all where none is named")
    names = parser.parse_args().names or list(PAGES)
    if unknown := [name for name in names if name not in PAGES]:
        parser.error(f"there is no page {unknown[0]!r}")
    FOLDER.mkdir(exist_ok=True)
    total = 0
    with tempfile.TemporaryDirectory() as folder, example_site(Path(folder)) as site, browser() as window:
        for width, height in WIDTHS.items():
            size = {"width": width, "height": height}
            with window.new_context(viewport=size, color_scheme="light", reduced_motion="reduce") as context:
                page = context.new_page()
                for name in names:
                    path, first = PAGES[name]
                    page.goto(site + path)
                    if first:
                        page.locator(f"main a[href^='{path}/']").first.click()
                        page.wait_for_load_state()
                    made = picture(page)
                    (FOLDER / f"{name}-{width}.png").write_bytes(made)
                    total += len(made)
    print(f"{2 * len(names)} pictures, {total / 1e6:.2f} MB: {FOLDER}")


if __name__ == "__main__":
    main()
