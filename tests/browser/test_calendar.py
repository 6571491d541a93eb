"""The plan board under a reader's hands: folded, filtered, coloured, walked, opened, left."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PIL import Image, ImageColor
from playwright.sync_api import Browser, Locator, Page, expect

from crmdata.palette import PALETTES
from crmdata.terms import State
from tests import chromium, serving
from tests.long import sample

CUTOFF = "corte=2019-11-15"

# What the board shows: each visible row with its total, and each of its cells as it is drawn.
_SHOWN = """() => [...document.querySelectorAll('.crm-board-rows tbody tr')]
    .filter((row) => !row.hidden && !row.parentElement.hidden)
    .map((row) => [row.dataset.code, row.innerText,
        [...row.querySelectorAll('td[role=gridcell]')].map((cell) => [
            cell.getAttribute('aria-label'), [...cell.querySelectorAll('.crm-bar > i')].map(
                (part) => [part.className, parseFloat(part.style.flexGrow).toFixed(2)])])])"""
_SAID = """() => [...document.querySelectorAll('[data-finding], [data-next], thead .crm-total,'
    + ' .crm-key:not([hidden]), .crm-chip > summary')].map((said) => said.innerText)"""


def board(page: Page) -> Locator:
    return page.locator(".crm-board")


def row(page: Page, code: str) -> Locator:
    return page.locator(f'.crm-board tr[data-code="{code}"]')


def cell(page: Page, code: str, period: str) -> Locator:
    return row(page, code).locator(f'td[aria-label*=", {period}:"]')


def choose(page: Page, chip: str, option: str) -> None:
    """Choose an option of a chip."""
    choices = page.locator(f'.crm-chip[data-key="{chip}"]')
    chromium.choose(choices.locator("> summary"), choices.locator("li > a", has_text=option).first)


def shown(page: Page) -> Any:
    return page.evaluate(_SHOWN), page.evaluate(_SAID)


@pytest.fixture
def still(browser: Browser, app_url: str) -> Iterator[Page]:
    """Return a page without scripts: what it shows, the server drew."""
    serving.until_drawn(app_url)
    context = browser.new_context(java_script_enabled=False, locale="es-EC")
    yield context.new_page()
    context.close()


@pytest.fixture
def quiet(page: Page) -> Callable[[], int]:
    """Return what counts the frames that the page has sent to the server."""
    sent: list[object] = []

    def count(frame: object) -> None:
        sent.append(frame)

    page.on("websocket", lambda socket: socket.on("framesent", count))
    return lambda: len(sent)


CHOSEN: list[tuple[str, Callable[[Page], None]]] = [
    ("eje=2", lambda page: choose(page, "eje", "Protección consular")),
    ("linea=IV", lambda page: choose(page, "linea", "IV.")),
    ("marca=undefined", lambda page: choose(page, "marca", "Por definir")),
    ("marca=first", lambda page: choose(page, "marca", "Primer semestre")),
    ("pais=HND", lambda page: choose(page, "color", "Honduras")),
    ("color=apoyo", lambda page: choose(page, "color", "Acompañamiento de todos")),
    ("color=apoyo&socio=ACNUR", lambda page: choose(page, "color", "Acompañamiento: ACNUR")),
    ("plegado=1", lambda page: row(page, "1").locator("th a").click()),
    ("plegado=IV", lambda page: row(page, "IV").locator("th a").click()),
]


TRIED = sample(CHOSEN, few=3)


@pytest.mark.parametrize(("params", "act"), TRIED, ids=[params for params, _ in TRIED])
def test_a_change_in_the_browser_shows_what_the_server_would_draw_and_sends_it_nothing(
    app_url: str,
    page: Page,
    still: Page,
    quiet: Callable[[], int],
    params: str,
    act: Callable[[Page], None],
) -> None:
    here = f"{app_url}/calendario?idioma=es&{CUTOFF}"
    chromium.visit(page, here)
    before = quiet()
    act(page)
    page.wait_for_url(re.compile(".*" + re.escape(params)))
    changed = shown(page)
    page.wait_for_timeout(300)
    assert quiet() == before
    still.goto(f"{here}&{params}")
    assert changed == shown(still)
    chromium.visit(page, f"{here}&{params}")
    assert changed == shown(page)


def test_whoever_comes_with_a_partner_chosen_sees_what_that_partner_supports(
    app_url: str, page: Page, still: Page
) -> None:
    here = f"{app_url}/calendario?idioma=es&{CUTOFF}"
    still.goto(f"{here}&color=apoyo&socio=ACNUR")
    support = shown(still)
    still.goto(f"{here}&socio=ACNUR")
    assert shown(still) == support
    chromium.visit(page, f"{here}&socio=ACNUR")
    assert shown(page) == support
    choose(page, "eje", "Protección consular")
    page.wait_for_url(re.compile(".*eje=2"))
    still.goto(f"{here}&color=apoyo&socio=ACNUR&eje=2")
    assert shown(page) == shown(still)


def test_back_and_forward_undo_and_redo_what_the_browser_changed(
    app_url: str, page: Page, quiet: Callable[[], int]
) -> None:
    chromium.visit(page, f"{app_url}/calendario?idioma=es&{CUTOFF}")
    whole, before = shown(page), quiet()
    choose(page, "linea", "IV.")
    line = shown(page)
    choose(page, "color", "Honduras")
    country = shown(page)
    page.go_back()
    expect(board(page)).to_have_attribute("data-view", re.compile("linea=IV$"))
    assert shown(page) == line
    page.go_back()
    expect(board(page)).to_have_attribute("data-view", re.compile(f"{CUTOFF}$"))
    assert shown(page) == whole
    page.go_forward()
    expect(board(page)).to_have_attribute("data-view", re.compile("linea=IV$"))
    page.go_forward()
    expect(board(page)).to_have_attribute("data-view", re.compile("pais=HND$"))
    assert shown(page) == country
    page.wait_for_timeout(300)
    assert quiet() == before


def test_what_was_changed_in_the_browser_stays_when_the_cut_off_moves(
    app_url: str, page: Page
) -> None:
    chromium.visit(page, f"{app_url}/calendario?idioma=es&{CUTOFF}")
    choose(page, "linea", "IV.")
    choose(page, "color", "Honduras")
    page.locator("thead a.crm-stop").first.click()
    page.wait_for_url("**corte=2018**")
    chromium.settle(page)
    assert "linea=IV" in page.url
    assert "pais=HND" in page.url
    expect(page.locator("[data-finding]")).to_contain_text("Honduras · IV. Coordinación")
    page.go_back()
    page.wait_for_url(f"**{CUTOFF}**")
    chromium.settle(page)
    expect(page.locator("[data-finding]")).to_contain_text("Honduras · IV. Coordinación")
    assert len(page.evaluate(_SHOWN)) < 20


def test_what_is_changed_while_the_server_draws_another_day_stays(app_url: str, page: Page) -> None:
    chromium.visit(page, f"{app_url}/calendario?idioma=es&{CUTOFF}")
    page.evaluate("""() => {
        document.querySelector('thead a.crm-stop').click();
        document.querySelector('tr[data-code="1"] .crm-fold-band').click();
    }""")
    page.wait_for_url("**corte=2018**plegado=1**")
    chromium.settle(page)
    expect(page.locator(".crm-status")).to_contain_text("2018")
    expect(row(page, "1")).to_have_attribute("aria-expanded", "false")
    expect(row(page, "I")).to_be_hidden()


def test_arrow_keys_walk_the_board_and_enter_opens_a_cell_beside_it(
    app_url: str, page: Page
) -> None:
    chromium.visit(page, f"{app_url}/calendario?idioma=es&{CUTOFF}&linea=I")
    expect(page.locator('.crm-board [tabindex="0"]')).to_have_count(1)
    page.locator('.crm-board [tabindex="0"]').focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    expect(page.locator(".crm-board td:focus")).to_have_attribute(
        "aria-label", re.compile("^I.1.1, 2018-I: «Continuo»; 10 de 10 países reportaron")
    )
    expect(page.locator(".crm-tip")).to_be_visible()
    page.keyboard.press("Enter")
    panel = page.locator(".crm-beside")
    expect(panel).to_contain_text("Honduras")
    expect(panel.locator("tr")).to_have_count(11)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator(".crm-board td:focus")).to_have_count(1)


def test_the_code_of_an_activity_opens_its_sheet_and_back_comes_to_the_same_view(
    app_url: str, page: Page
) -> None:
    here = f"{app_url}/calendario?idioma=es&{CUTOFF}&pais=HND&linea=I"
    chromium.visit(page, here)
    view = shown(page)
    row(page, "I.1.2").locator("a.crm-code").click()
    expect(page.locator("h2").filter(has_text="I.1.2. ")).to_have_count(1)
    page.go_back()
    expect(board(page)).to_be_visible()
    chromium.settle(page)
    assert shown(page) == view


def test_a_line_of_a_phone_opens_to_its_activities(app_url: str, readers: Any) -> None:
    page = readers(width=390)
    chromium.visit(page, f"{app_url}/calendario?idioma=es&{CUTOFF}")
    expect(row(page, "I.1.1")).to_be_hidden()
    row(page, "I").locator("th a").click()
    expect(row(page, "I.1.1")).to_be_visible()
    cell(page, "I.1.1", "2018-I").click()
    expect(page.locator(".crm-beside")).to_contain_text("Honduras")


@pytest.mark.parametrize("width", [390, 1440])
def test_the_name_of_an_activity_opens_its_sheet(app_url: str, readers: Any, width: int) -> None:
    page = readers(width=width)
    chromium.visit(page, f"{app_url}/calendario?idioma=es&{CUTOFF}&linea=I")
    row(page, "I.1.2").locator(".crm-brief").click()
    page.wait_for_url(f"{app_url}/actividades?**actividad=I.1.2")


@pytest.mark.parametrize(("width", "height", "rows"), [(1440, 900, 20), (1920, 1080, 20)])
def test_the_first_screen_shows_twenty_rows_to_read(
    app_url: str, readers: Any, width: int, height: int, rows: int
) -> None:
    page = readers(width=width)
    page.set_viewport_size({"width": width, "height": height})
    chromium.visit(page, f"{app_url}/calendario?idioma=es&{CUTOFF}")
    tall = page.evaluate(
        """([height]) => {
            const end = document.querySelector('.crm-board-rows').getBoundingClientRect().bottom;
            return [...document.querySelectorAll('.crm-board-rows tbody tr')]
                .map((row) => row.getBoundingClientRect())
                .filter((box) => box.height >= 24 && box.bottom <= Math.min(height, end)).length;
        }""",
        [height],
    )
    assert tall >= rows


def _saved(page: Page) -> Image.Image:
    """Return the picture that the board's button saves."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Descargar la imagen (PNG)").click()
    return Image.open(download.value.path()).convert("RGB")


def test_the_board_is_saved_as_it_stands_without_a_word_to_the_server(
    app_url: str, page: Page, quiet: Callable[[], int]
) -> None:
    chromium.visit(page, f"{app_url}/calendario?{CUTOFF}")
    before = quiet()
    whole = _saved(page)
    # Twice as large as on the screen, all rows of it: not what the window shows of them.
    rows = page.locator(".crm-board tbody tr:visible").count()
    assert whole.height > 2 * 24 * rows > 2 * 900
    assert whole.getpixel((4, 4)) == (0xFF, 0xD5, 0x4A)
    choose(page, "eje", "Prevenir")
    page.wait_for_url("**eje=1**")
    one = _saved(page)
    assert one.width == whole.width
    assert one.height < whole.height / 2
    # Bars, and not only their frames: the deep colour of what is fulfilled.
    deep = ImageColor.getrgb(PALETTES["light"].states[State.CUMPLIDA].ground)
    assert deep in {colour for _, colour in whole.getcolors(2**24) or ()}
    assert quiet() == before
