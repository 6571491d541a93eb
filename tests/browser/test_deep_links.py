"""Every page opens by its address alone: filters, cut-off and language stand in it."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from tests import chromium, serving
from tests.browser.rounds import LOOKS, Round

look = pytest.mark.parametrize("look", LOOKS)


@look
def test_a_deep_link_opens_its_page(visited: Round, look):
    assert visited.sights[look].exceptions == 0
    assert visited.sights[look].title


@look
def test_a_deep_link_opens_in_its_language(visited: Round, look):
    assert visited.sights[look].language == visited.language


@look
def test_a_deep_link_keeps_its_cutoff(visited: Round, look):
    days = {"es": ("15 de noviembre de 2019", "15 nov 2019"),
            "en": ("November 15, 2019", "Nov 15, 2019")}  # fmt: skip
    # On a phone the head alone says it, in few words, unless the page is of today.
    written = days[visited.language][: 2 if look == "phone" else 1]
    assert any(day in visited.sights[look].text for day in written)


@look
def test_a_deep_link_stays_the_address_of_its_view(visited: Round, look):
    address = urlsplit(visited.sights[look].address)
    assert address.path == f"/{visited.page}"
    assert parse_qs(address.query) == {
        "idioma": [visited.language],
        "corte": ["2019-11-15"],
        "pais": ["HND"],
    }


@look
def test_no_page_is_wider_than_its_window(visited: Round, look):
    assert visited.sights[look].overflow <= 0


def test_a_deep_link_asks_for_nothing_that_is_not_there(page: Page, app_url: str):
    missing: list[str] = []
    page.on("response", lambda response: missing.append(response.url)
            if response.status == 404 else None)  # fmt: skip
    chromium.visit(page, f"{app_url}/lineas?idioma=es&corte=2019-11-15")
    assert missing == []


def test_the_first_start_without_a_database_shows_the_demonstration_data(
    serve: serving.Serve, page: Page, tmp_path: Path
):
    chromium.visit(page, serve(tmp_path / "new" / "store.sqlite3").url)
    assert "Datos de demostración" in page.locator("body").inner_text()
