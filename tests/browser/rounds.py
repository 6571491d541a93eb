"""One page in one language, opened by deep link and seen by three readers."""

from dataclasses import dataclass
from itertools import product

import pytest
from playwright.sync_api import Browser, Page

from crmdata.settings import ROOT
from tests import chromium
from tests.browser import axe
from tests.long import sample

PAGES = sorted(file.stem for file in (ROOT / "pages").glob("*.py"))
LANGUAGES = ("es", "en")
CHOICES = "corte=2019-11-15&pais=HND"

# Each is a fresh server, three new readers and three looks of axe: ten seconds of a core.
VISITS = [
    pytest.param((page, language), id=f"{page}-{language}", marks=pytest.mark.long)
    for page, language in sample(list(product(PAGES, LANGUAGES)), 4)
]
"""Every page in every language, or four of them."""

LOOKS: dict[str, tuple[chromium.Theme, int]] = {
    "light": ("light", 1440),
    "dark": ("dark", 1440),
    "phone": ("light", 390),
}


@dataclass(frozen=True)
class Sight:
    """What one reader saw at one address, and the address at which the reader then was.

    `twice_the_size` tells of a wide window at 200 % how far it scrolls sideways and whose words
    are clipped.
    """

    address: str
    title: str
    language: str
    text: str
    exceptions: int
    overflow: int
    violations: list[str]
    twice_the_size: tuple[int, list[str]] | None
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


OVERFLOW = """() => Math.max(
    document.documentElement.scrollWidth - document.documentElement.clientWidth,
    ...[...document.querySelectorAll('[data-testid="stMain"]')]
        .map(main => main.scrollWidth - main.clientWidth))"""
"""How far a page scrolls sideways: its document, or the part under the head that scrolls itself."""


_CLIPPED = """() => [...document.querySelectorAll(
        'h1, h2, h3, button, label, summary, .crm-figures *, .crm-status, .crm-banner')]
    .filter(one => one.checkVisibility() && getComputedStyle(one).overflowX !== 'visible'
        && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1)
    .map(one => one.textContent)"""


def _twice_the_size(page: Page) -> tuple[int, list[str]]:
    page.set_viewport_size({"width": 720, "height": 450})  # 1440 × 900 at 200 %
    chromium.settle(page)
    return page.evaluate(OVERFLOW), page.evaluate(_CLIPPED)


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
            overflow=page.evaluate(OVERFLOW),
            violations=axe.violations(page),
            twice_the_size=_twice_the_size(page) if look == "light" else None,
            errors=record.errors,
            outside=record.outside,
        )
