"""Photograph the pages on the demonstration data; run by `make screenshots`.

`docs/img/` takes the pictures that the README shows: Spanish, wide, light. `build/screenshots/`
takes every page, and the views of it that docs/views.md names, × language × theme × width in its
whole height, for review. With names (`make screenshots ARGS="calendario lineas-una"`) only those
are photographed.
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

SHOWN = {name: ROOT / "docs" / "img" / f"{name}.png" for name in ("inicio", "calendario")}
REVIEWED = ROOT / "build" / "screenshots"
VARIANTS = {
    "inicio-cifra": ("inicio", "corte=2019-11-15"),
    "calendario-eje": ("calendario", "corte=2019-11-15&eje=2"),
    "calendario-apoyo": ("calendario", "corte=2019-11-15&color=apoyo&plegado=2,I,II,XIII"),
    "lineas-todas": ("lineas", "corte=2019-11-15"),
    "lineas-una": ("lineas", "corte=2019-11-15&linea=IV"),
    "actividades-buscar": ("actividades", "corte=2019-11-15&buscar=proteccion+consular"),
    "actividades-hoja": ("actividades", "corte=2019-11-15&actividad=IV.3.2"),
    "paises-todos": ("paises", "corte=2019-11-15"),
    "paises-comparar": ("paises", "corte=2019-11-15&paises=HND,MEX,NIC"),
    "cooperacion-todos": ("cooperacion", "corte=2019-11-15"),
    "cooperacion-socio": ("cooperacion", "corte=2019-11-15&socio=OIM"),
    "novedades-socio": ("novedades", "corte=2019-11-15&grupo=socio"),
    "presentar-muro": ("presentar", "corte=2019-11-15&lamina=2"),
    "presentar-mesa": ("presentar", "corte=2019-11-15&notas=1"),
    "enlace-errado": ("paises", "pais=HON&corte=ayer"),
}
"""Views of a page that its own address opens, beside those of every page."""

OPENED = {"inicio-cifra": ("¿De dónde sale este número?", "Where does this number come from?")}
"""What is unfolded before a picture is taken, in Spanish and English."""

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


def address_of(view: str) -> str:
    """Return page and choices of a view, without the language."""
    name, params = VARIANTS.get(view, (view, CHOICES))
    return f"{name}?{params}"


def files() -> dict[str, tuple[str, str, chromium.Theme, int]]:
    """Return every picture for review by its file's name: view, language, theme, width."""
    views = [*PAGES, *VARIANTS]
    return {
        f"{view}-{language}-{theme}-{width}.png": (view, language, theme, width)
        for view, language, theme, width in product(views, LANGUAGES, THEMES, WIDTHS)
    }


def show_for_review(browser: Browser, url: str, file: str) -> None:
    """Photograph a view in one language, theme and width."""
    view, language, theme, width = files()[file]
    with chromium.reader(browser, theme=theme, width=width) as (page, _):
        chromium.visit(page, f"{url}/{address_of(view)}&idioma={language}")
        if view in OPENED:
            title = OPENED[view][LANGUAGES.index(language)]
            page.locator("summary", has_text=title).first.click()
            chromium.settle(page)
        show_whole(page, REVIEWED / file)


def main(names: list[str]) -> None:
    """Serve the demonstration data and photograph what is named: pages, views or single files."""
    REVIEWED.mkdir(parents=True, exist_ok=True)
    wanted = [
        file for file, made in files().items() if not names or file in names or made[0] in names
    ]
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(temporary)
        start.prepare(f"sqlite:///{folder / 'demo.sqlite3'}").dispose()
        browser = chromium.launch(playwright)
        with serving.app(folder, database=folder / "demo.sqlite3") as served:
            for name in SHOWN:
                if not names or name in names:
                    show_for_readme(browser, served.url, name)
            for file in wanted:
                print(file)
                show_for_review(browser, served.url, file)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
