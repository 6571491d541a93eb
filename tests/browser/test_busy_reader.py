"""A reader in a hurry, in a real browser: nothing of what a page sends is held for a stranger's."""

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from tests import chromium
from tests.patience import MILLISECONDS
from tests.serving import ServedApp

CUTOFF = "idioma=es&corte=2019-11-15"


def refused(app: ServedApp) -> list[dict[str, object]]:
    lines = [json.loads(line) for line in app.log.splitlines() if line.startswith("{")]
    return [line for line in lines if "refused" in str(line["event"])]


def test_a_reader_in_a_hurry_gets_every_page_and_file_and_is_refused_nothing(
    page: Page, served: ServedApp, tmp_path: Path
) -> None:
    page.set_default_timeout(MILLISECONDS)
    chromium.visit(page, f"{served.url}/calendario?eje=1&{CUTOFF}")
    # Clicked faster than the page can follow: the last one counts.
    for _ in range(5):
        page.locator(".crm-board tr.crm-line .crm-fold-band").first.click()
    page.wait_for_url("**plegado=I")
    # The key that runs the page anew, held down.
    for _ in range(40):
        page.keyboard.press("r")
    tabs = [page.context.new_page() for _ in range(3)]
    for tab in tabs:
        tab.goto(f"{served.url}/lineas?linea=IV&{CUTOFF}", wait_until="domcontentloaded")
    for tab in tabs:
        chromium.settle(tab)
    with page.expect_download(timeout=MILLISECONDS) as download:
        page.get_by_role("button", name="Descargar", exact=True).click()
        page.get_by_role("button", name="Descargar el calendario (XLSX)").click()
    download.value.save_as(tmp_path / "calendar.xlsx")
    assert (tmp_path / "calendar.xlsx").stat().st_size > 0
    page.locator(".crm-head nav").get_by_role("link", name="Países", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Países", timeout=MILLISECONDS)
    chromium.settle(page)
    assert refused(served) == []
