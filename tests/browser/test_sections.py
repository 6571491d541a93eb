"""Sections of a page that run alone: what they redraw, and that session and address follow."""

from playwright.sync_api import Page, expect

from tests import chromium

CUTOFF = "idioma=es&corte=2019-11-15"


def test_what_cells_show_goes_along_by_menu_and_is_undone_by_back(app_url: str, page: Page) -> None:
    chromium.visit(page, f"{app_url}/paises?{CUTOFF}")
    chip = page.locator("[data-key=medida]")
    chip.locator("summary").click()
    chip.get_by_role("link", name="Cobertura").click()
    expect(chip.locator("b")).to_have_text("Cobertura")
    page.go_back()
    expect(chip.locator("b")).to_have_text("Avance reportado")
    page.go_forward()
    expect(chip.locator("b")).to_have_text("Cobertura")
    chromium.settle(page)
    page.locator(".crm-head nav").get_by_role("link", name="Líneas").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Líneas")
    page.wait_for_url("**medida=cobertura**")
    chromium.settle(page)
    page.locator(".crm-head nav").get_by_role("link", name="Países", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Países")
    expect(chip.locator("b")).to_have_text("Cobertura")


def test_a_link_of_the_menu_opened_in_a_new_tab_carries_a_filter_that_only_a_section_knows(
    app_url: str, page: Page
) -> None:
    chromium.visit(page, f"{app_url}/calendario?{CUTOFF}")
    page.locator(".crm-board tr.crm-line .crm-fold-band").first.click()
    page.wait_for_url("**plegado=**")
    with page.context.expect_page() as opened:
        page.locator(".crm-head nav").get_by_role("link", name="Líneas").click(button="middle")
    opened.value.wait_for_url("**plegado=**")
    opened.value.close()
