"""Photograph the pages on the demonstration data; run by `make screenshots`.

`docs/img/` takes the pictures that the README shows: Spanish, wide, light. `build/screenshots/`
takes every page × language × theme × width in its whole height, for review. With names of pages
(`make screenshots ARGS="calendario lineas"`) only those are photographed.
"""

import sys
import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from crmdata import start
from crmdata.settings import ROOT
from tests import chromium, serving
from tests.browser.rounds import CHOICES, LANGUAGES, PAGES

SHOWN = {name: ROOT / "docs" / "img" / f"{name}.png" for name in ("resumen", "calendario")}
REVIEWED = ROOT / "build" / "screenshots"
THEMES: tuple[chromium.Theme, ...] = ("light", "dark")
WIDTHS = (1440, 1024, 390)
TALLEST = 12_000

# The page scrolls inside the app, so a picture of all of it needs a window as tall.
_HEIGHT = """() => 40 + Math.max(...['stMain', 'stSidebarContent'].map(
    name => document.querySelector(`[data-testid="${name}"]`)?.scrollHeight ?? 0))"""


def show_whole(page: Page, file: Path) -> None:
    """Photograph a page in its whole height."""
    width = page.viewport_size["width"] if page.viewport_size else WIDTHS[0]
    page.set_viewport_size({"width": width, "height": min(page.evaluate(_HEIGHT), TALLEST)})
    chromium.settle(page)
    page.screenshot(path=file)


def show_for_readme(browser: Browser, url: str, name: str) -> None:
    """Photograph what a reader sees first of a page."""
    with chromium.reader(browser) as (page, _):
        chromium.visit(page, f"{url}/{name}?idioma={LANGUAGES[0]}")
        page.screenshot(path=SHOWN[name])


def show_for_review(browser: Browser, url: str, name: str) -> None:
    """Photograph a page in every language, theme and width."""
    for language, theme, width in product(LANGUAGES, THEMES, WIDTHS):
        with chromium.reader(browser, theme=theme, width=width) as (page, _):
            chromium.visit(page, f"{url}/{name}?idioma={language}&{CHOICES}")
            show_whole(page, REVIEWED / f"{name}-{language}-{theme}-{width}.png")


def main(names: list[str]) -> None:
    """Serve the demonstration data and photograph the pages named."""
    REVIEWED.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(temporary)
        start.prepare(f"sqlite:///{folder / 'demo.sqlite3'}").dispose()
        browser = chromium.launch(playwright)
        with serving.app(folder, database=folder / "demo.sqlite3") as served:
            for name in names:
                print(name)
                if name in SHOWN:
                    show_for_readme(browser, served.url, name)
                show_for_review(browser, served.url, name)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:] or PAGES)
