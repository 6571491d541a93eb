"""At 400 % zoom all is read in one direction and reached by keyboard (WCAG 1.4.10, 2.4.7, 2.4.11).

A window of 1280 × 1024 at 400 % has the room of 320 × 256.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests import chromium
from tests.browser.rounds import LANGUAGES, OVERFLOW, PAGES
from tests.long import sample

CUTOFF = "corte=2019-11-15"
WINDOW = {"width": 320, "height": 256}

ADDRESSES = [
    *PAGES, "actividades?actividad=IV.3.2", "ficha?pais=HND", "inicio?pais=HND", "inicio?socio=OIM",
    "lineas?linea=IV", "paises?pais=HND&paises=GTM~HND",
]  # fmt: skip

VISITS = sample(list(product(ADDRESSES, LANGUAGES)), 3)
"""Every page in every language, or five of them: each is walked through, control by control."""

# What reaches beyond the window and stands in no scroller of its own.
BEYOND = """() => [...document.querySelectorAll('.stApp *:not(svg *), .stApp svg text')]
    .filter(one => {
        const box = one.getBoundingClientRect(), wide = document.documentElement.clientWidth;
        if (!one.checkVisibility({visibilityProperty: true}) || box.width < 2) return false;
        if (box.right <= wide + 1 && box.left >= -1) return false;
        for (let at = one.parentElement; at && !at.matches('.stMain'); at = at.parentElement)
            if (['auto', 'scroll'].includes(getComputedStyle(at).overflowX)) return false;
        return true;
    }).map(one => `${one.tagName} ${one.textContent.trim().slice(0, 60)}`).slice(0, 5)"""

# Words that what they stand in cuts off. A bar shows the numbers that it has room for.
CUT = """() => [...document.querySelectorAll('.stApp *:not(.crm-bar > i, svg *)')].filter(one => {
        const words = [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim());
        const overflow = getComputedStyle(one).overflowX;
        return words && one.checkVisibility({visibilityProperty: true}) && one.clientWidth > 1
            && ['hidden', 'clip'].includes(overflow) && one.scrollWidth > one.clientWidth + 1;
    }).map(one => one.textContent.trim().slice(0, 60))"""

# What has the focus, whether it can be seen at all, and whether that it has the focus can be.
FOCUSED = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    window.reached.add(one);
    const box = one.getBoundingClientRect();
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth - 1);
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight - 1);
    const shares = [.1, .5, .9];
    const seen = right > left && bottom > top && shares.some(x => shares.some(y => {
        const across = left + (right - left) * x, down = top + (bottom - top) * y;
        const there = document.elementFromPoint(across, down);
        return there && (one.contains(there) || there.contains(one));
    }));
    const marked = [one, one.closest('[role=group]')]
        .some(at => at && getComputedStyle(at).outlineStyle !== 'none');
    const said = one.getAttribute('aria-label') || one.textContent || one.name || '';
    return [seen, marked, `${one.tagName} ${said.trim().slice(0, 60)}`];
}"""

# What can be acted on by mouse and was never come to; of what is chosen among by arrow keys one is
# a stop.
MISSED = """() => [...document.querySelectorAll(
        'a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled
        && one.tabIndex >= 0
        && !one.matches('[type=radio], [data-variant=segmented_control]')
        && !one.closest('[inert]') && !window.reached.has(one)
        && one.getBoundingClientRect().width > 1)
    .map(one => one.outerHTML.slice(0, 120))"""


def walked(page: Page, key: str) -> list[tuple[bool, bool, str]]:
    """Return what the focus comes to by a key, from the page's end to its other end."""
    page.evaluate("document.activeElement?.blur()")
    stops = []
    while True:
        page.keyboard.press(key)
        stop = page.evaluate(FOCUSED)
        if stop is None:
            return stops
        stops.append(tuple(stop))


@pytest.fixture(scope="module", params=VISITS, ids="-".join)
def seen(request: pytest.FixtureRequest, browser: Browser, app_url: str) -> Iterator[Any]:
    """Return what a reader at 400 % finds on a page."""
    name, language = request.param
    with chromium.reader(browser, width=WINDOW["width"]) as (page, _):
        page.set_viewport_size(WINDOW)
        mark = "&" if "?" in name else "?"
        chromium.visit(page, f"{app_url}/{name}{mark}idioma={language}&{CUTOFF}")
        page.evaluate("window.reached = new Set()")
        found = {"overflow": page.evaluate(OVERFLOW), "beyond": page.evaluate(BEYOND),
                 "cut": page.evaluate(CUT)}  # fmt: skip
        stops = [stop for key in ("Tab", "Shift+Tab") for stop in walked(page, key)]
        yield found | {"stops": stops, "missed": page.evaluate(MISSED)}


def test_nothing_is_read_in_two_directions(seen):
    assert (seen["overflow"], seen["beyond"]) == (0, [])


def test_no_word_is_cut_off(seen):
    assert seen["cut"] == []


def test_every_control_is_reached_by_keyboard(seen):
    assert seen["stops"]
    assert seen["missed"] == []


def test_the_focus_is_seen_and_stands_clear_of_the_head(seen):
    assert [said for in_sight, marked, said in seen["stops"] if not (in_sight and marked)] == []


@pytest.mark.parametrize("window", [WINDOW, {"width": 1440, "height": 900}], ids=str)
def test_on_the_board_the_focus_stands_clear_of_the_years(app_url: str, page: Page, window):
    page.set_viewport_size(window)
    chromium.visit(page, f"{app_url}/calendario?idioma=es&{CUTOFF}")
    page.evaluate("window.reached = new Set()")
    page.locator('.crm-board [tabindex="0"]').focus()
    stops = []
    for key in ["ArrowRight"] + 70 * ["ArrowDown"] + 70 * ["ArrowUp"]:
        page.keyboard.press(key)
        stops.append(page.evaluate(FOCUSED))
    assert page.evaluate("window.reached.size") > 15
    assert [said for in_sight, _, said in stops if not in_sight] == []


@pytest.mark.parametrize("name", ["inicio", "lineas"])
def test_a_bar_says_a_number_whole_or_not_at_all(app_url: str, readers: Any, name: str):
    page = readers(width=WINDOW["width"])
    chromium.visit(page, f"{app_url}/{name}?idioma=es&{CUTOFF}")
    half = """() => [...document.querySelectorAll('.crm-bars .crm-bar > i')].filter(part => {
        const range = document.createRange();
        range.selectNodeContents(part);
        const box = part.getBoundingClientRect();
        return [...range.getClientRects()].some(text => text.top < box.bottom - 1
            && (text.right > box.right + 1 || text.left < box.left - 1));
    }).map(part => part.textContent)"""
    assert page.evaluate(half) == []
