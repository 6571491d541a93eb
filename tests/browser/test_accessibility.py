"""No page has a fault that axe-core can see, in either language and theme, or on a phone."""

from itertools import product

import pytest

from crmdata.web.shell.screen import NARROW
from tests import chromium
from tests.browser import axe
from tests.browser.rounds import LOOKS, Round
from tests.long import sample


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_no_violation(visited: Round, look):
    assert visited.sights[look].violations == []


def test_at_twice_the_size_no_page_scrolls_sideways_or_clips_its_words(visited: Round):
    assert visited.sights["light"].twice_the_size == (0, [])


DEEP = (
    "actividades?actividad=IV.3.2",
    "actividades?actividad=IV.3.2&abierto=tabla-reportes",
    "actividades?actividad=I.1.1&pais=HND&abierto=origen-reportes",
    "actividades?buscar=consular",
    "actividades?linea=IV&abierto=tabla-resultados",
    "inicio?pais=HND",
    "inicio?socio=OIM",
    "inicio?abierto=origen-ejes",
    "calendario?abierto=sin-fecha-calendario",
    "calendario?eje=2&color=apoyo&socio=OIM&plegado=V",
    "lineas?linea=IV&abierto=origen-avance",
    "lineas?actividad=IV.3.2",
    "lineas?abierto=tabla-composicion",
    "paises?pais=HND&linea=IV",
    "paises?pais=HND&abierto=origen-ejes",
    "paises?paises=GTM,HND&linea=IV&abierto=tabla-actividades",
    "paises?medida=cobertura&orden=cobertura&abierto=tabla-lineas",
    "cooperacion?socio=OIM&linea=IV",
    "novedades?desde=2017-12-01&abierto=tabla-cambios",
    "novedades?pais=HND&grupo=linea",
)
"""Addresses of what opens from a page: sheets, profiles, panels, lines, ways to colour."""


@pytest.mark.parametrize(("address", "look"), sample(list(product(DEEP, LOOKS)), few=4))
def test_axe_finds_no_violation_on_what_opens_from_a_page(app_url, readers, address, look):
    theme, width = LOOKS[look]
    page = readers(theme=theme, width=width)
    chromium.visit(page, f"{app_url}/{address}&idioma=es&corte=2019-11-15")
    assert axe.violations(page) == []


@pytest.mark.parametrize("look", sample(list(LOOKS), few=2))
def test_axe_finds_no_violation_on_a_cell_that_is_open_beside_the_board(app_url, readers, look):
    theme, width = LOOKS[look]
    page = readers(theme=theme, width=width)
    chromium.visit(page, f"{app_url}/calendario?idioma=es&corte=2019-11-15")
    if width < NARROW:
        page.locator('.crm-board tr[data-code="IV"] .crm-fold-band').click()
    page.locator('.crm-board tr[data-code="IV.3.2"] td[role=gridcell]:has(.crm-bar)').first.click()
    page.locator(".crm-beside").wait_for()
    assert axe.violations(page) == []


@pytest.mark.parametrize("key", ["corte", "mine", "menu"])
def test_axe_finds_no_violation_on_a_fold_of_the_head(app_url, readers, key):
    page = readers(width=390)
    chromium.visit(page, f"{app_url}/metodo?idioma=es&corte=2019-11-15")
    page.locator(f"[data-key={key}] > summary").click()
    assert axe.violations(page) == []


def test_axe_sees_a_picture_without_a_text(readers):
    page = readers()
    page.set_content("<html lang='es'><title>t</title><main><h1>t</h1><img src='data:,'></main>")
    assert any(fault.startswith("image-alt") for fault in axe.violations(page))
