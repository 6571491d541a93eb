"""What a click on a chart opens, and what a reader without a mouse opens instead."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page

from tests import chromium

ADDRESS = "paises?idioma=en&corte=2019-11-15"
OPENED = {"idioma": ["en"], "corte": ["2019-11-15"], "linea": ["I"]}


def place(page: Page) -> tuple[str, dict[str, list[str]]]:
    """Return page and choices of the address at which a reader is."""
    address = urlsplit(page.url)
    return address.path, parse_qs(address.query)


def test_a_click_on_a_cell_opens_its_line_for_its_country(page: Page, app_url: str):
    chromium.visit(page, f"{app_url}/{ADDRESS}")
    # At the right of the first row: of the last country.
    row = page.locator('[data-chart="lineas"] .crm-faces tbody tr').first
    row.locator("td a").last.click()
    page.wait_for_url(re.compile("/lineas"))
    chromium.settle(page)
    assert place(page) == ("/lineas", OPENED | {"pais": ["USA"]})
    assert page.locator("h1").inner_text() == "Lines"


def test_a_link_in_the_table_opens_the_same_by_keyboard(page: Page, app_url: str):
    chromium.visit(page, f"{app_url}/{ADDRESS}")
    page.locator('a.crm-tool[href*="abierto=tabla-lineas"]').click()
    page.wait_for_url("**abierto=tabla-lineas**")
    chromium.settle(page)
    page.locator(".crm-table tbody tr").first.locator("td a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/lineas"))
    chromium.settle(page)
    assert place(page) == ("/lineas", OPENED | {"pais": ["BLZ"]})
