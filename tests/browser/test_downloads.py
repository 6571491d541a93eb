"""What takes a while to make says how far it is, is ended by its reader, and is made again."""

from collections.abc import Callable
from pathlib import Path

import pptx
import pypdf
import pytest
from PIL import Image, ImageColor
from playwright.sync_api import Page, expect

from tests import chromium


def test_the_slides_are_begun_ended_begun_again_and_taken_home(
    page: Page, app_url: str, tmp_path: Path
) -> None:
    said = ("Preparar las láminas (PPTX)", "Cancelar", "Descargar las láminas (PPTX)")
    begin, cancel, take = (page.get_by_role("button", name=text, exact=True) for text in said)
    chromium.visit(page, f"{app_url}/descargas?idioma=es&corte=2018-05-11")
    begin.click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    cancel.click()
    begin.click()
    expect(take).to_be_visible()
    with page.expect_download() as download:
        take.click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.suffix == ".pptx"
    assert len(pptx.Presentation(str(file)).slides) > 30


@pytest.mark.parametrize(
    ("address", "said"),
    [("paises?pais=HND", "Honduras"), ("inicio?pais=HND", "Honduras"),
     ("inicio?socio=OIM", "OIM")],
)  # fmt: skip
def test_what_a_page_shows_of_a_country_or_partner_is_taken_home_with_one_click(
    page: Page, app_url: str, tmp_path: Path, address: str, said: str
) -> None:
    chromium.visit(page, f"{app_url}/{address}&idioma=es&corte=2019-11-15")
    with page.expect_download() as download:
        page.locator("[data-presses]").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert said in pypdf.PdfReader(file).pages[0].extract_text()


@pytest.mark.parametrize(
    ("offer", "said"), [("ficha", "Honduras"), ("linea", "Línea IV."), ("cooperante", "ACNUR")]
)
def test_a_sheet_of_what_was_chosen_is_taken_home(
    page: Page, app_url: str, tmp_path: Path, offer: str, said: str
) -> None:
    chosen = "corte=2019-11-15&pais=HND&linea=IV&socio=ACNUR"
    chromium.visit(page, f"{app_url}/descargas?idioma=es&{chosen}")
    forms = page.locator(f".st-key-offer-{offer}")
    with page.expect_download() as download:
        forms.get_by_role("button", name="Descargar (PDF)", exact=True).click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert said in pypdf.PdfReader(file).pages[0].extract_text()


# What is seen rather than read: bars, grids, tiles, curves; live or not.
_UNSAVED = """() => [...document.querySelectorAll('.stApp :is(.crm-bars, .crm-squares, .crm-faces,'
    + '.crm-tiles, .crm-intervals, .crm-trend, .stPlotlyChart)')]
    .filter((drawn) => drawn.checkVisibility())
    .map((drawn) => drawn.closest('.crm-chart, .crm-section, .stElementContainer'))
    .filter((box) => !box.querySelector('[data-format="png"]')
        && !box.nextElementSibling?.querySelector('[data-format="png"]'))
    .map((box) => box.getAttribute('aria-label') || box.className)"""


@pytest.mark.parametrize(
    "address",
    ["inicio?", "inicio?pais=HND&", "lineas?linea=IV&", "actividades?", "paises?", "novedades?",
     "actividades?actividad=IV.3.2&", "paises?paises=GTM,HND&linea=IV&", "cooperacion?"],
)  # fmt: skip
def test_every_picture_of_a_page_can_be_saved_as_an_image(
    page: Page, app_url: str, address: str
) -> None:
    chromium.visit(page, f"{app_url}/{address}idioma=es&corte=2019-11-15")
    assert page.locator("[data-format=png]").count() > 0
    assert page.evaluate(_UNSAVED) == []


def _saved(page: Page, key: str, folder: Path) -> Image.Image:
    file = folder / f"{key}.png"
    with page.expect_download() as download:
        page.locator(f'[data-charts="{key}"][data-format="png"]').click()
    download.value.save_as(file)
    return Image.open(file).convert("RGB")


def test_a_picture_of_html_is_saved_with_its_mark_and_marks(
    page: Page, app_url: str, tmp_path: Path
) -> None:
    chromium.visit(page, f"{app_url}/novedades?idioma=es&corte=2019-11-15")
    dot = page.locator('[data-chart="avance"] .crm-dot').first
    ground = dot.evaluate("mark => getComputedStyle(mark).backgroundColor")
    deep = ImageColor.getrgb(ground)
    picture = _saved(page, "avance", tmp_path)
    assert picture.getpixel((4, 4)) == (0xFF, 0xD5, 0x4A)
    assert deep in {colour for _, colour in picture.getcolors(2**24) or ()}


def test_a_phone_saves_a_wide_table_whole(
    readers: Callable[..., Page], app_url: str, tmp_path: Path
) -> None:
    page = readers(width=390)
    chromium.visit(page, f"{app_url}/paises?idioma=es&corte=2019-11-15")
    wide = page.locator('[data-chart="lineas"] .crm-faces').evaluate("table => table.offsetWidth")
    assert wide > 390
    assert _saved(page, "lineas", tmp_path).width > 2 * wide
