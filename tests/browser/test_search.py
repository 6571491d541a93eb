"""The search of every page: answers while one writes, by keyboard, on a phone, without script."""

import re
from itertools import product
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests import chromium
from tests.browser import axe
from tests.long import sample

CUTOFF = "idioma=es&corte=2019-11-15"


def finder(page: Page) -> Locator:
    return page.locator("dialog.crm-finder")


def options(page: Page) -> Locator:
    return finder(page).get_by_role("option")


def write(page: Page, text: str, *, first: str) -> None:
    """Open the search by its key, write, and wait for the answer that is expected first."""
    page.keyboard.press("/")
    page.keyboard.type(text)
    expect(options(page).first).to_contain_text(first)


@pytest.mark.parametrize(
    ("at", "key"),
    sample(list(product(["inicio", "metodo", "presentar"], ["/", "Control+k"])), few=3),
)
def test_a_key_opens_the_search_on_any_page(app_url: str, page: Page, key: str, at: str):
    chromium.visit(page, f"{app_url}/{at}?{CUTOFF}")
    page.keyboard.press(key)
    expect(finder(page).get_by_role("combobox")).to_be_focused()


def test_a_code_opens_its_sheet(app_url: str, page: Page):
    chromium.visit(page, f"{app_url}/lineas?{CUTOFF}&linea=VI")
    write(page, "iv32", first="IV.3.2. Talleres")
    page.keyboard.press("Enter")
    chromium.until_at(page, f"actividades?{CUTOFF}&actividad=IV.3.2")
    chromium.settle(page)
    expect(finder(page)).to_have_count(0)
    expect(page.locator("main, [data-testid=stMain]").get_by_text("IV.3.2").first).to_be_visible()


def test_whoever_is_quick_with_enter_gets_the_answer_to_what_was_written(app_url: str, page: Page):
    chromium.visit(page, f"{app_url}/inicio?{CUTOFF}")
    page.keyboard.press("/")
    page.keyboard.insert_text("honduras línea vi")
    page.keyboard.press("Enter")
    chromium.until_at(page, "lineas?linea=VI&pais=HND")


def test_answers_are_walked_by_arrow_keys_round_and_back_to_the_text(app_url: str, page: Page):
    chromium.visit(page, f"{app_url}/inicio?{CUTOFF}")
    write(page, "albergues", first="X.1.1.")
    field = finder(page).get_by_role("combobox")
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "crm-answer-0")
    page.keyboard.press("ArrowUp")
    expect(finder(page).locator("[aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowUp")
    expect(options(page).last).to_have_attribute("aria-selected", "true")
    expect(field).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/actividades?**buscar=albergues**")


def test_escape_leaves_the_search_and_the_page_as_they_were(app_url: str, page: Page):
    chromium.visit(page, f"{app_url}/lineas?{CUTOFF}&linea=VI")
    before = page.url
    page.locator("[data-key=corte] > summary").focus()
    write(page, "guatemala", first="Guatemala")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")  # the first one may only empty the field
    expect(finder(page)).to_have_count(0)
    expect(page.locator("[data-key=corte] > summary")).to_be_focused()
    assert page.url == before


def test_an_answer_on_another_country_keeps_cut_off_and_language_alone(app_url: str, page: Page):
    chromium.visit(page, f"{app_url}/lineas?idioma=en&corte=2019-06-07&linea=IV&pais=PAN")
    write(page, "pending guatemala", first="Guatemala")
    options(page).first.click()
    address = "actividades?idioma=en&corte=2019-06-07&pais=GTM&estado=sin_reporte"
    chromium.until_at(page, address)
    chromium.settle(page)
    assert sorted(parse_qsl(urlsplit(page.url).query)) == sorted(parse_qsl(urlsplit(address).query))


def test_whoever_is_on_a_country_opens_an_activity_for_that_country(app_url: str, page: Page):
    chromium.visit(page, f"{app_url}/lineas?idioma=en&corte=2019-06-07&linea=IV&pais=HND")
    write(page, "iv32", first="IV.3.2. ")
    page.keyboard.press("Enter")
    chromium.until_at(page, "actividades?idioma=en&corte=2019-06-07&pais=HND&actividad=IV.3.2")


def test_readers_of_screens_are_told_what_is_found(app_url: str, page: Page):
    chromium.visit(page, f"{app_url}/inicio?{CUTOFF}")
    write(page, "honduras", first="Honduras")
    field = finder(page).get_by_role("combobox", name="Buscar en el plan")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(finder(page).get_by_role("status")).to_have_text(re.compile(r"^\d+ respuestas?$"))
    expect(finder(page).get_by_role("listbox", name="Respuestas")).to_be_visible()
    expect(finder(page).get_by_role("group", name="Países")).to_be_visible()
    assert axe.violations(page) == []


@pytest.mark.parametrize("language", sample(["es", "en"], few=1))
def test_on_a_phone_the_search_has_the_whole_screen(app_url: str, readers: Any, language: str):
    page = readers(width=390)
    chromium.visit(page, f"{app_url}/paises?idioma={language}&corte=2019-11-15")
    page.locator(".crm-search input[type=search]").click()
    expect(finder(page).get_by_role("combobox")).to_be_focused()
    page.keyboard.type("honduras guatemala line x")
    expect(options(page).first).to_contain_text("X.")
    box = finder(page).bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"]) == (0, 0, 390)
    heights = [each.bounding_box() for each in options(page).all()]
    assert all(height is not None and height["height"] >= 44 for height in heights)
    assert page.evaluate("document.querySelector('.crm-finder').scrollWidth") <= 390
    options(page).first.click()
    page.wait_for_url(
        re.compile(r"/paises\?.*linea=X.*paises=HND%2CGTM|/paises\?.*paises=HND%2CGTM.*linea=X")
    )


def test_without_an_answer_the_texts_are_still_searched(app_url: str, page: Page):
    chromium.visit(page, f"{app_url}/inicio?{CUTOFF}")
    page.route("**/_crmdata/search?**", lambda route: route.fulfill(status=200, body="<html>"))
    page.keyboard.press("/")
    page.keyboard.type("consular")
    page.keyboard.press("Enter")
    page.wait_for_url("**/actividades?**buscar=consular**")


def test_a_server_that_has_too_much_to_do_is_asked_again(app_url: str, page: Page):
    chromium.visit(page, f"{app_url}/inicio?{CUTOFF}")
    turns: list[int] = []

    def refuse_once(route: Any) -> None:
        turns.append(1)
        if len(turns) == 1:
            route.fulfill(status=204)
        else:
            route.continue_()

    page.route("**/_crmdata/search?**", refuse_once)
    page.keyboard.press("/")
    page.keyboard.insert_text("IV.3.2")
    expect(options(page).first).to_contain_text("IV.3.2. Talleres")


def test_without_script_the_field_searches_and_says_where_to_go(app_url: str, browser: Browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{app_url}/inicio?{CUTOFF}")
    field = page.locator("#crm-first .crm-search input[type=search]")
    field.fill("honduras línea vi")
    field.press("Enter")
    page.wait_for_url("**/actividades?**buscar=**")
    page.get_by_role("link", name="Honduras · VI. Sinergias entre consulados").click()
    chromium.until_at(page, f"lineas?{CUTOFF}&linea=VI&pais=HND")
    context.close()
