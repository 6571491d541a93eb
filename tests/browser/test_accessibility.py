"""No page has a fault that axe-core can see, in either language and theme, or on a phone."""

import pytest

from tests import chromium
from tests.browser import axe
from tests.browser.rounds import LOOKS, Round


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_no_violation(visited: Round, look):
    assert visited.sights[look].violations == []


def test_at_twice_the_size_no_page_scrolls_sideways_or_clips_its_words(visited: Round):
    assert visited.sights["light"].twice_the_size == (0, [])


@pytest.mark.parametrize(
    "address",
    [
        "actividad=IV.3.2",
        "actividad=IV.3.2&abierto=tabla-reportes",
        "buscar=consular",
        "linea=IV&abierto=tabla-resultados",
    ],
)
def test_axe_finds_no_violation_on_lists_and_sheets_of_activities(app_url, readers, address):
    page = readers()
    chromium.visit(page, f"{app_url}/actividades?idioma=es&{address}")
    assert axe.violations(page) == []


def test_axe_sees_a_picture_without_a_text(readers):
    page = readers()
    page.set_content("<html lang='es'><title>t</title><main><h1>t</h1><img src='data:,'></main>")
    assert any(fault.startswith("image-alt") for fault in axe.violations(page))
