"""One page in one language, opened by deep link on a fresh server and seen by three readers."""

from dataclasses import dataclass

from playwright.sync_api import Browser

from crmdata.settings import ROOT
from tests import chromium
from tests.browser import axe

PAGES = sorted(file.stem for file in (ROOT / "pages").glob("*.py"))
LANGUAGES = ("es", "en")
CHOICES = "corte=2019-11-15&pais=HND"

LOOKS: dict[str, tuple[chromium.Theme, int]] = {
    "light": ("light", 1440),
    "dark": ("dark", 1440),
    "phone": ("light", 390),
}


@dataclass(frozen=True)
class Sight:
    """What one reader saw at one address, and the address at which the reader then was."""

    address: str
    title: str
    language: str
    text: str
    exceptions: int
    overflow: int
    violations: list[str]
    errors: list[str]
    outside: list[str]


@dataclass(frozen=True)
class Round:
    """What the three readers saw, and what the server said and did meanwhile."""

    page: str
    language: str
    sights: dict[str, Sight]
    server_log: str
    server_connections: list[str]


_OVERFLOW = """() => Math.max(
    document.documentElement.scrollWidth - document.documentElement.clientWidth,
    ...[...document.querySelectorAll('[data-testid="stMain"]')]
        .map(main => main.scrollWidth - main.clientWidth))"""


def sight(browser: Browser, address: str, look: str) -> Sight:
    """Open an address as a new reader and note what stands there."""
    theme, width = LOOKS[look]
    with chromium.reader(browser, theme=theme, width=width) as (page, record):
        chromium.visit(page, address)
        return Sight(
            address=page.url,
            title=" ".join(page.locator("h1").all_inner_texts()),
            language=page.locator("html").get_attribute("lang") or "",
            text=page.locator("body").inner_text(),
            exceptions=page.get_by_test_id("stException").count(),
            overflow=page.evaluate(_OVERFLOW),
            violations=axe.violations(page),
            errors=record.errors,
            outside=record.outside,
        )
