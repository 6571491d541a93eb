"""The head: one line in sight at every width, and what it leads to, by mouse and by keyboard."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import FloatRect, Page, expect

from tests import chromium, people
from tests.browser.rounds import PAGES

CUTOFF = "idioma=es&corte=2019-11-15"
WIDTHS = (320, 390, 720, 910, 1045, 1105, 1280, 1345, 1440, 1920)

_INSIDE = """() => [...document.querySelectorAll('.crm-head .crm-line *')]
    .filter(one => one.checkVisibility() && !one.closest('.crm-panel'))
    .every(one => one.getBoundingClientRect().right <= document.documentElement.clientWidth)"""

_MIDDLES = """() => [...document.querySelectorAll('.crm-head .crm-line :is(a, summary)')]
    .filter(one => one.checkVisibility() && !one.closest('.crm-panel'))
    .map(one => { const range = document.createRange(); range.selectNodeContents(one);
                  const box = range.getBoundingClientRect(); return box.top + box.height / 2; })"""

# What lies over or around the page's title and can be pressed; a panel that is shut is not there.
_UNREACHED = """() => [...document.querySelectorAll(
    `.crm-head :is(a, summary, input, button), .crm-chips :is(a, summary),
     .st-key-session button, .st-key-choose-provisional label`)]
    .filter(one => one.checkVisibility() && !one.closest('.crm-panel'))
    .filter(one => { const box = one.getBoundingClientRect(), across = box.left + box.width / 2;
                     const met = document.elementFromPoint(across, box.top + box.height / 2);
                     const inSight = box.right <= innerWidth && box.bottom <= innerHeight;
                     return inSight && !one.contains(met); })
    .map(one => one.textContent || one.ariaLabel || one.className)"""


LINKS = """() => [...document.querySelectorAll('a[href], form')]
    .filter(one => !one.download && !one.closest('.js-plotly-plot'))
    .map(one => one.matches('form')
        ? new URL('?' + new URLSearchParams(new FormData(one)), one.action || location.href)
        : new URL(one.href))
    .filter(url => url.origin === location.origin && /^\\/[a-z]*$/.test(url.pathname)
        && !(url.pathname === location.pathname && url.hash))
    .filter(url => !['en', 'es'].includes(url.searchParams.get('idioma')))
    .map(url => url.pathname + url.search)"""
"""The addresses of this app in links and forms that say no language."""


@pytest.mark.parametrize("name", ["inicio", "paises", "actividades", "calendario"])
def test_each_control_of_the_head_is_what_a_click_at_its_middle_meets(desk, as_person, name: str):
    page = as_person(people.FOCAL)
    chromium.visit(page, f"{desk.app.url}/{name}?{CUTOFF}")
    expect(page.locator(".st-key-choose-provisional label")).to_be_visible()
    unreached = {}
    for width in (390, 720, 1024, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        chromium.settle(page)
        unreached[width] = page.evaluate(_UNREACHED)
    assert {width: named for width, named in unreached.items() if named} == {}
    page.locator(".st-key-choose-provisional label").click()
    page.wait_for_url("**provisional=1**")


def _at_each_width(page: Page) -> Iterator[tuple[int, FloatRect, tuple[bool, bool]]]:
    """Yield the head's box while the page has a width, and whether it is one line and whole."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        chromium.settle(page)
        box = page.locator(".crm-head").bounding_box()
        assert box is not None
        yield width, box, (box["height"] <= 56, page.evaluate(_INSIDE))


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_head_is_one_line_in_sight_at_every_width(app_url: str, page: Page, language: str):
    chromium.visit(page, f"{app_url}/metodo?idioma={language}&corte=2019-11-15")
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 2000)")
    seen = {width: (round(box["y"]), *fits) for width, box, fits in _at_each_width(page)}
    assert seen == dict.fromkeys(WIDTHS, (0, True, True))


def test_who_may_hand_in_finds_that_page_in_sight_at_every_width(desk, as_person):
    page = as_person(people.FOCAL)
    chromium.visit(page, f"{desk.app.url}/metodo?{CUTOFF}")
    way = page.locator(".crm-head nav > a.crm-page-informar")
    seen = {width: (way.is_visible(), *fits) for width, _, fits in _at_each_width(page)}
    assert seen == dict.fromkeys(WIDTHS, (True, True, True))


def test_the_words_of_the_head_stand_at_one_height_at_every_width(app_url: str, page: Page):
    chromium.visit(page, f"{app_url}/metodo?{CUTOFF}")
    apart = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        chromium.settle(page)
        middles = page.evaluate(_MIDDLES)
        assert len(middles) > 3
        apart[width] = max(middles) - min(middles)
    assert {width: by for width, by in apart.items() if by >= 3} == {}


def test_on_a_phone_every_page_stands_in_the_menu_and_the_language_once_beside_it(
    app_url: str, readers: Any
):
    page = readers(width=390)
    chromium.visit(page, f"{app_url}/lineas?{CUTOFF}")
    page.locator(".crm-head summary").filter(has_text="Menú").click()
    menu = page.locator("[data-key=menu] .crm-panel")
    for name in ("Inicio", "Calendario", "Países", "Descargas"):
        expect(menu.get_by_role("link", name=name, exact=True)).to_be_visible()
    language = page.locator(".crm-head").get_by_role("link", name="English")
    expect(language).to_have_count(1)
    expect(language).to_be_visible()


def test_a_cutoff_is_chosen_by_keyboard_and_the_focus_stays(app_url: str, page: Page):
    chromium.visit(page, f"{app_url}/paises?{CUTOFF}&pais=HND")
    fold = page.locator("[data-key=corte] > summary")
    fold.focus()
    page.keyboard.press("Enter")
    link = page.locator("[data-key=corte]").get_by_role("link", name=re.compile("7 jun 2019"))
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**corte=2019-06-07**")
    chromium.settle(page)
    assert "pais=HND" in page.url
    expect(fold).to_be_focused()


def test_another_day_is_a_cutoff(app_url: str, page: Page):
    chromium.visit(page, f"{app_url}/lineas?{CUTOFF}&linea=IV")
    page.locator("[data-key=corte] > summary").click()
    page.locator("[data-key=corte] input[type=date]").fill("2018-08-01")
    page.locator("[data-key=corte] button").click()
    page.wait_for_url("**corte=2018-08-01**")
    expect(page.locator(".crm-status")).to_contain_text("1 de agosto de 2018")
    assert "linea=IV" in page.url


def test_a_search_begins_with_a_slash_on_any_page(app_url: str, page: Page):
    chromium.visit(page, f"{app_url}/lineas?{CUTOFF}&linea=IV")
    page.keyboard.press("/")
    page.keyboard.type("consular")
    page.keyboard.press("Enter")
    page.wait_for_url("**/actividades?**buscar=consular**")
    chromium.settle(page)
    assert "linea" not in page.url
    assert page.locator("mark").count()


def test_a_fold_closes_by_escape_and_when_another_opens(app_url: str, page: Page):
    chromium.visit(page, f"{app_url}/lineas?{CUTOFF}")
    cutoff, mine = (page.locator(f"[data-key={key}]") for key in ("corte", "mine"))
    cutoff.locator("> summary").click()
    expect(cutoff).to_have_attribute("open", "")
    mine.locator("> summary").click()
    expect(cutoff).not_to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(mine).not_to_have_attribute("open", "")
    expect(mine.locator("> summary")).to_be_focused()


def test_my_country_leads_to_its_home_and_the_bare_address_there_too(app_url: str, page: Page):
    chromium.visit(page, f"{app_url}/calendario?{CUTOFF}")
    page.locator("[data-key=mine] > summary").click()
    page.locator("[data-key=mine]").get_by_role("link", name="Honduras").click()
    page.wait_for_url("**/inicio?**pais=HND**")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Honduras reporta ")
    chromium.visit(page, app_url)
    page.wait_for_url("**/inicio?pais=HND")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Honduras reporta ")


@pytest.mark.parametrize("width", [390, 1440])
def test_a_bare_address_opens_in_the_language_chosen_last(
    app_url: str, readers: Any, width: int
) -> None:
    page = readers(width=width)
    chromium.visit(page, app_url)
    page.locator(".crm-head a[hreflang=en]:visible").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    for bare in ("", "/", "/lineas"):
        chromium.visit(page, f"{app_url}{bare}")
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.locator(".stApp .crm-head")).to_contain_text("Menu" if width == 390 else "Home")
    page.locator(".crm-head a[hreflang=es]:visible").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    chromium.visit(page, app_url)
    expect(page.locator("html")).to_have_attribute("lang", "es")


def test_a_bare_address_opens_ones_own_home_in_the_language_chosen_last(app_url: str, page: Page):
    chromium.visit(page, f"{app_url}/calendario?idioma=es")
    page.locator(".crm-head a[hreflang=en]:visible").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("[data-key=mine] > summary").click()
    page.locator("[data-key=mine]").get_by_role("link", name="Honduras").click()
    page.wait_for_url("**/inicio?**pais=HND**")
    chromium.visit(page, app_url)
    page.wait_for_url("**/inicio?idioma=en&pais=HND")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Honduras reports ")


def test_an_address_that_says_its_language_keeps_it(app_url: str, page: Page):
    chromium.visit(page, f"{app_url}/lineas?idioma=en")
    page.locator(".crm-head a[hreflang=es]:visible").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    chromium.visit(page, f"{app_url}/lineas?idioma=en")
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("name", PAGES)
def test_every_link_of_a_page_keeps_the_language(app_url: str, page: Page, name: str):
    chromium.visit(page, f"{app_url}/{name}?idioma=en")
    assert page.locator(".crm-brand").get_attribute("href")
    assert page.evaluate(LINKS) == []


def test_an_old_address_leads_on_with_all_that_it_chose(app_url: str, page: Page):
    chromium.visit(page, f"{app_url}/resumen?{CUTOFF}&pais=HND")
    chromium.until_at(page, f"inicio?{CUTOFF}&pais=HND")


def test_a_filter_is_let_go_of_by_its_cross(app_url: str, page: Page):
    chromium.visit(page, f"{app_url}/lineas?{CUTOFF}&linea=IV&pais=HND")
    page.get_by_role("link", name="Quitar: Línea").click()
    page.wait_for_url(re.compile("^(?!.*linea=)"))
    chromium.settle(page)
    assert "pais=HND" in page.url
    expect(page.locator("[data-key=linea] b")).to_have_count(0)


@pytest.mark.parametrize(("key", "day"), [("[", "2019-07-01"), ("]", "2020-01-01")])
def test_brackets_step_to_the_stop_beside_the_cutoff(
    app_url: str, page: Page, key: str, day: str
) -> None:
    chromium.visit(page, f"{app_url}/paises?{CUTOFF}&pais=HND")
    page.keyboard.press(key)
    page.wait_for_url(f"**corte={day}**")
    chromium.settle(page)
    assert "pais=HND" in page.url


@pytest.mark.parametrize(
    ("way", "name", "days"),
    [
        ("back", "Corte anterior: 1 jul 2019: 2019-I ha concluido", ("2019-07-01", "2019-06-07")),
        ("on", "Corte siguiente: 1 ene 2020: 2019-II ha concluido", ("2020-01-01", "2020-07-01")),
    ],
)
def test_a_step_is_one_click_and_keeps_the_focus(
    app_url: str, page: Page, way: str, name: str, days: tuple[str, str]
) -> None:
    chromium.visit(page, f"{app_url}/lineas?{CUTOFF}&linea=IV")
    step = page.locator(f".crm-tools > [data-step={way}]")
    expect(step).to_have_accessible_name(name)
    step.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**corte={days[0]}**")
    chromium.settle(page)
    expect(step).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**corte={days[1]}**")


def test_a_phone_has_the_steps_over_the_list_of_stops(app_url: str, readers: Any) -> None:
    page = readers(width=390)
    chromium.visit(page, f"{app_url}/lineas?{CUTOFF}")
    page.locator("[data-key=corte] > summary").click()
    page.locator(".crm-steps [data-step=on]").click()
    page.wait_for_url("**corte=2020-01-01**")
