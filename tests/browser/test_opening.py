"""What a click on a chart opens, and what a reader without a mouse opens instead."""

import csv
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from crmdata.settings import ROOT
from tests import chromium
from tests.long import sample

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


NAMED = """countries => {
    const named = (text) => /^[IVX]+(\\.\\d+)*\\.\\s/.test(text) || countries.includes(text);
    const heads = document.querySelectorAll(
        '.stApp :is(.crm-chart, .crm-main, .crm-still, .crm-table, .crm-section) th, '
        + '.crm-group > h3');
    const labels = document.querySelectorAll('.js-plotly-plot :is(.yaxislayer-above, .ytick) text, '
        + '.js-plotly-plot .textpoint text');
    return [...heads, ...labels].filter(each => each.checkVisibility())
        .map(each => [each, each.textContent.trim()])
        .filter(([each, text]) => named(text.replace(/\\u00a0 /, '. ')) && !each.querySelector('a'))
        .map(([, text]) => text);
}"""
"""The names of lines, results, activities, countries and partners that lead nowhere."""

PAGES = (
    "lineas",
    "lineas?abierto=tabla-composicion",
    "actividades",
    "actividades?actividad=IV.3.2",
    "paises",
    "paises?abierto=tabla-lineas",
    "paises?paises=HND",
    "paises?paises=HND,GTM",
    "paises?paises=HND,GTM&abierto=tabla-comparar",
    "paises?paises=HND,GTM&linea=IV",
    "paises?paises=HND,GTM&linea=IV&abierto=tabla-actividades",
    "cooperacion",
    "cooperacion?abierto=tabla-lineas",
    "novedades",
    "novedades?grupo=linea",
)


def countries() -> list[str]:
    """Return what the plan calls its countries and partners, in English."""
    folder = ROOT / "data" / "plan"
    with (folder / "countries.csv").open(encoding="utf-8") as rows:
        called = [row["name_en"] for row in csv.DictReader(rows)]
    with (folder / "partners.csv").open(encoding="utf-8") as rows:
        return [*called, *(row["acronym_en"] for row in csv.DictReader(rows))]


@pytest.mark.parametrize("address", sample(PAGES, few=5))
def test_every_name_of_a_table_and_a_picture_leads_to_what_it_names(
    page: Page, app_url: str, address: str
):
    mark = "&" if "?" in address else "?"
    chromium.visit(page, f"{app_url}/{address}{mark}idioma=en&corte=2019-11-15")
    assert page.evaluate(NAMED, countries()) == []


@pytest.mark.parametrize("width", [390, 1440])
def test_the_name_of_a_line_opens_it_with_the_countries_kept(
    app_url: str, readers: Any, width: int
):
    page = readers(width=width)
    chromium.visit(page, f"{app_url}/{ADDRESS}&paises=HND,GTM")
    page.locator('[data-chart="lineas"] tbody th').first.click()
    page.wait_for_url(re.compile("/lineas"))
    chromium.settle(page)
    assert place(page) == ("/lineas", OPENED | {"paises": ["HND,GTM"]})


def test_a_country_of_those_compared_opens_its_profile(page: Page, app_url: str):
    chromium.visit(page, f"{app_url}/{ADDRESS}&paises=HND,GTM")
    page.locator('[data-chart="lineas"] thead th').last.click()
    page.wait_for_url(re.compile("pais=HND"))
    chromium.settle(page)
    opened = {"idioma": ["en"], "corte": ["2019-11-15"], "pais": ["HND"]}
    assert place(page) == ("/paises", opened)


def test_the_label_of_a_row_of_plotlys_opens_its_line(page: Page, app_url: str):
    chromium.visit(page, f"{app_url}/lineas?idioma=en&corte=2019-11-15&pais=HND")
    page.locator(".js-plotly-plot .ytick text a").first.click()
    page.wait_for_url(re.compile("linea="))
    chromium.settle(page)
    assert place(page) == ("/lineas", OPENED | {"pais": ["HND"]})


def below_the_head(page: Page) -> bool:
    """Tell whether title and finding stand in sight, beneath the head."""
    seen: bool = page.evaluate("""() => {
        const box = (one) => document.querySelector(`.stApp ${one}`).getBoundingClientRect();
        const head = box(".crm-head"), title = box("h1"), finding = box(".crm-lead-in h2");
        return head.top === 0 && title.top >= head.bottom - 1 && finding.bottom <= innerHeight;
    }""")
    return seen


CHOICES = {
    "paises?paises=HND,GTM": ".crm-choice li:nth-child(14) a",
    "paises?paises=HND": ".crm-choice a",
    "inicio": "[data-section=mio] a.crm-option",
    "cooperacion": "[data-chart=paises] .crm-faces tr:nth-child(14) td a",
    "novedades": "[data-chart=cuenta] .crm-faces tbody th a",
}
"""What is chosen within a page, in its middle or at its end, of what the same page then is."""


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("address", sample(list(CHOICES), few=2))
def test_after_a_choice_within_a_page_its_finding_stands_in_sight(
    app_url: str, readers: Any, address: str, width: int
):
    page = readers(width=width)
    mark = "&" if "?" in address else "?"
    chromium.visit(page, f"{app_url}/{address}{mark}idioma=en&corte=2019-11-15")
    page.evaluate("document.querySelectorAll('.crm-choice details').forEach(it => it.open = true)")
    before = page.url
    page.locator(CHOICES[address]).last.click()
    page.wait_for_function("before => document.location.href !== before", arg=before)
    chromium.settle(page)
    assert below_the_head(page)


def test_after_a_click_on_a_mark_of_plotlys_the_finding_stands_in_sight(page: Page, app_url: str):
    chromium.visit(page, f"{app_url}/lineas?idioma=en&corte=2019-11-15")
    mark = page.locator(".js-plotly-plot").last.locator(".barlayer .point path").first
    mark.scroll_into_view_if_needed()
    chromium.settle(page)
    box = mark.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(re.compile("linea="))
    chromium.settle(page)
    assert below_the_head(page)


def test_back_leads_to_where_the_choice_was_made(page: Page, app_url: str):
    chromium.visit(page, f"{app_url}/paises?idioma=en&corte=2019-11-15&paises=HND,GTM")
    choice = page.locator(".crm-choice details")
    choice.locator("summary").click()
    choice.locator("a").last.click()
    page.wait_for_url(re.compile("linea="))
    chromium.settle(page)
    page.go_back()
    expect(page.locator(".crm-choice details")).to_be_in_viewport()
