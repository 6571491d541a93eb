"""Photograph every page on the demonstration data; run by `make screenshots`.

`docs/img/<page>.png` shows the Spanish page on a wide, light screen, for the README.
`build/screenshots/` takes every page × language × theme × width, whole height, for review.
"""

import shutil
import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from crmdata import start
from crmdata.settings import ROOT
from tests import chromium, serving
from tests.browser.rounds import CHOICES, LANGUAGES, PAGES

SHOWN = ROOT / "docs" / "img"
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


def show_page(browser: Browser, url: str, name: str) -> None:
    """Photograph one page in every language, theme and width."""
    with chromium.reader(browser) as (page, _):
        chromium.visit(page, f"{url}/{name}?idioma={LANGUAGES[0]}")
        page.screenshot(path=SHOWN / f"{name}.png")
    for language, theme, width in product(LANGUAGES, THEMES, WIDTHS):
        with chromium.reader(browser, theme=theme, width=width) as (page, _):
            chromium.visit(page, f"{url}/{name}?idioma={language}&{CHOICES}")
            show_whole(page, REVIEWED / f"{name}-{language}-{theme}-{width}.png")


def main() -> None:
    """Serve the demonstration data and photograph all pages."""
    SHOWN.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(REVIEWED, ignore_errors=True)
    REVIEWED.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        start.prepare(f"sqlite:///{folder / 'demo.sqlite3'}").dispose()
        browser = chromium.launch(playwright)
        with serving.app(folder, database=folder / "demo.sqlite3") as served:
            for page in PAGES:
                print(page)
                show_page(browser, served.url, page)
        browser.close()
    print(f"{SHOWN.relative_to(ROOT)}, {REVIEWED.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
