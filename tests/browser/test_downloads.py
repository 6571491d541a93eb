"""What takes a while to make says how far it is, is ended by its reader, and is made again."""

from pathlib import Path

import pptx
import pypdf
import pytest
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
