"""Where the reader's own two colours replace all others, nothing is said by colour alone."""

from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Page

from tests import chromium
from tests.browser.test_zoom import ADDRESSES, FOCUSED
from tests.long import sample

CUTOFF = "idioma=es&corte=2019-11-15"

# Of each part of a bar that has room for its number: the colour of that, and what it stands on.
NUMBERS = """() => [...document.querySelectorAll('.crm-bars .crm-bar > i')]
    .filter(part => part.textContent)
    .map(part => [getComputedStyle(part).color,
        getComputedStyle(part.matches('.s-cumplida') ? part : document.body).backgroundColor])"""

TELLING = ["calendario", "cooperacion", "inicio?pais=HND"]
"""Where most signs are."""

OTHERS = [name for name in ADDRESSES if name not in TELLING]

GROUND = "document.querySelector('.stApp')"


@pytest.fixture
def forced(readers: Any) -> Page:
    """Return the page of a reader whose system writes in light colours on a dark one."""
    page: Page = readers(theme="dark")
    page.emulate_media(forced_colors="active")
    return page


@pytest.mark.parametrize("name", [*TELLING, *sample(OTHERS, few=1)])
def test_the_signs_of_a_key_differ_in_more_than_colour(app_url: str, forced: Page, name: str):
    chromium.visit(forced, f"{app_url}/{name}{'&' if '?' in name else '?'}{CUTOFF}")
    for key in forced.locator(".crm-key").all():
        if not key.is_visible():
            continue
        signs = [sign for sign in key.locator("li > i").all() if sign.is_visible()]
        looks = {sign.evaluate("one => one.className"): sign.screenshot() for sign in signs}
        assert [
            (one, other) for one, other in combinations(looks, 2) if looks[one] == looks[other]
        ] == []


@pytest.mark.parametrize("name", ["inicio", "lineas"])
def test_a_number_in_a_bar_stands_out_from_its_ground(app_url: str, forced: Page, name: str):
    chromium.visit(forced, f"{app_url}/{name}?{CUTOFF}")
    numbers = forced.evaluate(NUMBERS)
    assert numbers
    assert [colour for colour, ground in numbers if colour == ground] == []


@pytest.mark.parametrize("name", ["paises", "cooperacion"])
def test_a_cell_says_what_it_is_in_words_or_numbers(app_url: str, forced: Page, name: str):
    chromium.visit(forced, f"{app_url}/{name}?{CUTOFF}")
    cells = forced.locator(".crm-face:not(.f-nothing)")
    assert cells.count() > 20
    assert [text for text in cells.all_inner_texts() if not text.strip()] == []


def test_what_is_chosen_has_an_edge_of_its_own(app_url: str, forced: Page):
    chromium.visit(forced, f"{app_url}/paises?{CUTOFF}&linea=IV")
    edge = "one => getComputedStyle(one).borderTopWidth"
    chip = forced.locator(".crm-chosen > summary").evaluate(edge)
    assert chip != forced.locator(".crm-chip:not(.crm-chosen) > summary").first.evaluate(edge)
    current = forced.locator(".crm-head nav > [aria-current]")
    assert current.evaluate("one => getComputedStyle(one).borderBottomWidth") == "3px"


def test_what_a_switch_stands_at_has_a_ground_of_its_own(app_url: str, forced: Page):
    chromium.visit(forced, f"{app_url}/presentar?{CUTOFF}")
    chosen, other = (
        forced.locator(f'.stButtonGroup button[aria-checked="{state}"]').first.evaluate(
            "one => getComputedStyle(one).backgroundColor"
        )
        for state in ("true", "false")
    )
    assert chosen != other


def test_a_sign_without_words_is_drawn_in_the_colour_of_text(app_url: str, forced: Page):
    chromium.visit(forced, f"{app_url}/metodo?{CUTOFF}")
    sign = forced.locator(".crm-head .crm-copy").evaluate(
        "one => getComputedStyle(one, '::before').backgroundColor"
    )
    assert sign != forced.evaluate(f"getComputedStyle({GROUND}).backgroundColor")


def test_the_focus_is_seen(app_url: str, forced: Page):
    chromium.visit(forced, f"{app_url}/calendario?{CUTOFF}")
    forced.evaluate("window.reached = new Set()")
    stops = []
    for _ in range(25):
        forced.keyboard.press("Tab")
        stops.append(forced.evaluate(FOCUSED))
    assert [said for seen, marked, said in filter(None, stops) if not (seen and marked)] == []
