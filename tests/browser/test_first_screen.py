"""What stands on the first screen of a page: the answer, its picture, and little else."""

from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests import chromium, serving
from tests.browser.rounds import OVERFLOW
from tests.long import sample

PAGES = (
    "inicio",
    "inicio?pais=HND",
    "inicio?socio=OIM",
    "calendario",
    "calendario?pais=HND",
    "lineas",
    "lineas?linea=IV",
    "lineas?socio=OIM",
    "actividades",
    "actividades?buscar=capacitar",
    "actividades?pais=HND&linea=IV",
    "actividades?actividad=IV.3.2",
    "actividades?actividad=I.1.1&pais=HND",
    "paises",
    "paises?pais=HND",
    "cooperacion",
    "cooperacion?socio=OIM",
    "novedades",
    "novedades?pais=HND",
    "novedades?socio=OIM",
)
"""The reading pages that are drawn as sections."""

SCREENS = ((1440, 900, 300), (390, 844, 420))
"""Width and height of a screen, and by which pixel the first picture begins."""

CUTOFF = "corte=2019-11-15"

_MAIN = """() => {
    const box = document.querySelector('[data-main]').getBoundingClientRect();
    const seen = Math.max(0, Math.min(box.bottom, innerHeight) - Math.max(box.top, 0));
    return {top: box.top, share: seen / box.height, head:
        document.querySelector('.crm-head').getBoundingClientRect().height};
}"""

# The smallest type of any text that is seen.
_SMALLEST = """() => {
    const walk = document.createTreeWalker(document.querySelector('.stApp'), NodeFilter.SHOW_TEXT);
    let least = [99, ''];
    while (walk.nextNode()) {
        const text = walk.currentNode, at = text.parentElement;
        if (!text.textContent.trim() || !at.checkVisibility({visibilityProperty: true})) continue;
        if (['STYLE', 'SCRIPT'].includes(at.tagName)) continue;
        const size = parseFloat(getComputedStyle(at).fontSize);
        if (size < least[0]) least = [size, text.textContent];
    }
    return least;
}"""

# How far what is seen moves by itself, from the first paint on (web.dev/cls).
_SHIFTS = """
window.crmShift = 0;
new PerformanceObserver((list) => {
    for (const each of list.getEntries()) if (!each.hadRecentInput) window.crmShift += each.value;
}).observe({type: 'layout-shift', buffered: true});
"""


def address(page: str, language: str) -> str:
    mark = "&" if "?" in page else "?"
    return f"{page}{mark}idioma={language}&{CUTOFF}"


@pytest.mark.parametrize(
    ("screen", "name", "language"), sample(list(product(SCREENS, PAGES, ["es", "en"])), few=10)
)
def test_the_first_picture_stands_on_the_first_screen(
    app_url: str, readers: Any, name: str, language: str, screen: tuple[int, int, int]
) -> None:
    width, height, most = screen
    page: Page = readers(width=width, theme="light" if language == "es" else "dark")
    page.set_viewport_size({"width": width, "height": height})
    page.add_init_script(_SHIFTS)
    chromium.visit(page, f"{app_url}/{address(name, language)}")
    found = page.evaluate(_MAIN)
    assert found["top"] <= most
    assert found["share"] >= 0.4
    assert found["head"] <= 56
    assert page.evaluate(_SMALLEST)[0] >= 12
    for tools in page.locator(".crm-tool-row").all():
        box = tools.bounding_box()
        assert box is not None
        assert box["height"] <= 48
    assert page.evaluate("window.crmShift") <= 0.05
    assert page.evaluate(OVERFLOW) <= 0


OPEN = [
    "lineas?abierto=tabla-composicion",
    "lineas?linea=IV&abierto=origen-composicion",
    "paises?abierto=tabla-lineas",
    "paises?pais=HND&abierto=origen-ejes",
    "paises?paises=GTM,HND&linea=IV&abierto=tabla-actividades",
]


@pytest.mark.parametrize("name", sample(OPEN, few=2))
def test_what_is_open_under_a_picture_is_no_wider_than_a_phone(
    app_url: str, readers: Any, name: str
) -> None:
    page: Page = readers(width=390)
    chromium.visit(page, f"{app_url}/{address(name, 'es')}")
    assert page.evaluate(OVERFLOW) <= 0
    chips = page.locator(".crm-over .crm-chips").bounding_box()
    assert chips is not None
    assert chips["height"] <= 48


@pytest.mark.parametrize("chosen", ["paises=HND", "paises=GTM,HND"])
def test_a_phone_shows_where_a_line_to_compare_in_is_chosen(
    app_url: str, readers: Any, chosen: str
) -> None:
    page: Page = readers(width=390)
    chromium.visit(page, f"{app_url}/{address(f'paises?{chosen}', 'es')}")
    expect(page.locator("[data-key=linea] > summary")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("name", sample(PAGES, few=4))
def test_without_scripts_head_finding_and_picture_can_be_read(
    app_url: str, browser: Any, name: str
) -> None:
    serving.until_drawn(app_url)
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1440, "height": 900}
    )
    page = context.new_page()
    page.goto(f"{app_url}/{address(name, 'es')}")
    assert page.locator("#crm-first .crm-head").is_visible()
    assert page.locator("#crm-first h2").first.inner_text()
    assert page.locator("#crm-first [data-main]").is_visible()
    # A link leads on as it stands.
    page.locator("#crm-first .crm-head nav > a.crm-page-calendario").click()
    page.wait_for_url("**/calendario?*")
    page.locator("#crm-first .crm-board").wait_for()
    context.close()


def test_what_came_first_goes_when_the_page_is_alive(app_url: str, page: Page) -> None:
    chromium.visit(page, f"{app_url}/calendario?{CUTOFF}")
    page.wait_for_function("document.getElementById('crm-first') === null")
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.getElementById('root').inert") is False


_ICONS = "MaterialSymbols"


def test_a_page_without_icons_loads_no_font_of_icons_nor_plotly(app_url: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    chromium.visit(page, f"{app_url}/calendario?{CUTOFF}")
    assert asked
    assert [url for url in asked if _ICONS in url or "PlotlyChart" in url] == []


def test_the_first_icon_of_a_page_brings_its_font(app_url: str, page: Page) -> None:
    chromium.visit(page, f"{app_url}/calendario?{CUTOFF}")
    with page.expect_request(lambda request: _ICONS in request.url):
        page.evaluate("""() => {
            const icon = document.createElement('span');
            icon.style.fontFamily = 'Material Symbols Rounded';
            icon.textContent = 'upload';
            document.querySelector('.stApp').append(icon);
        }""")


@pytest.mark.parametrize(("width", "height", "_most"), SCREENS)
def test_the_button_that_presents_stands_on_the_first_screen(
    app_url: str, readers: Any, width: int, height: int, _most: int
) -> None:
    page: Page = readers(width=width)
    chromium.visit(page, f"{app_url}/{address('presentar', 'es')}")
    box = page.locator("#crm-start").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= height
    # What a section is called and its steps stand on one row.
    for row in page.locator('[class*="st-key-row-"]').all():
        tops = [round(each.bounding_box()["y"]) for each in row.get_by_role("button").all()]
        assert len(set(tops)) <= 1


@pytest.mark.parametrize(
    ("width", "name"),
    sample(list(product([1440, 390], ["actividades?actividad=I.1.1", "paises?pais=HND"])), few=2),
)
def test_a_type_that_comes_late_moves_nothing(
    app_url: str, readers: Any, name: str, width: int
) -> None:
    page: Page = readers(width=width)
    page.add_init_script(_SHIFTS)
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/SourceSans*", hold)
    chromium.visit(page, f"{app_url}/{address(name, 'es')}")
    assert waiting
    with page.expect_response("**/SourceSans*"):
        waiting[0].continue_()
    for route in waiting[1:]:
        route.continue_()
    page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
    assert page.evaluate("window.crmShift") <= 0.05


TALLEST = 6000
"""Px of the longest page of a phone."""

_LONG = (
    *PAGES,
    *(f"paises?pais={code}" for code in ("BLZ", "PAN", "SLV")),
    "paises?paises=GTM,HND,MEX,SLV",
    "paises?paises=GTM,HND,MEX,SLV&linea=IX",
    "paises?paises=GTM,HND&pais=HND",
    "actividades?actividad=XIV.1.1",
    "lineas?linea=XIV",
    "presentar",
    "descargas",
    "metodo",
)


@pytest.mark.parametrize("name", sample(_LONG[::-1], few=3))
def test_no_page_of_a_phone_is_longer_than_a_reader_scrolls(
    app_url: str, readers: Any, name: str
) -> None:
    page: Page = readers(width=390)
    chromium.visit(page, f"{app_url}/{address(name, 'es')}")
    height = page.get_by_test_id("stMain").evaluate("main => main.scrollHeight")
    assert 0 < height <= TALLEST


# Words that are drawn beyond their own box: half of them cannot be read.
_CUT = """([css]) => [...document.querySelectorAll(css)]
    .filter((box) => box.checkVisibility() && box.scrollWidth > box.clientWidth + 1)
    .map((box) => box.textContent)"""


@pytest.mark.parametrize("name", ["paises", "paises?paises=GTM,HND,MEX&linea=IV", "novedades"])
def test_no_word_is_cut_in_a_cell_of_a_phone(app_url: str, readers: Any, name: str) -> None:
    page: Page = readers(width=390)
    chromium.visit(page, f"{app_url}/{address(name, 'es')}")
    assert page.locator(".crm-face").count()
    assert page.evaluate(_CUT, [".crm-face"]) == []


@pytest.mark.parametrize("name", ["calendario", "informar"])
def test_the_search_of_a_phone_shows_its_word_or_its_sign(
    app_url: str, readers: Any, name: str
) -> None:
    page: Page = readers(width=390)
    chromium.visit(page, f"{app_url}/{address(name, 'es')}")
    narrow, word, sign = page.locator(".crm-search [type=search]").evaluate(
        """field => [field.clientWidth < 70, getComputedStyle(field, '::placeholder').color,
                     getComputedStyle(field).backgroundImage]"""
    )
    # It takes the room that the head and the other language leave.
    search, language = page.locator(".crm-search, .crm-tools > a.crm-on-phone").evaluate_all(
        "them => them.map((one) => one.getBoundingClientRect())"
    )
    assert language["left"] - search["right"] < 4
    assert language["right"] >= 380
    assert narrow == (sign != "none")
    assert narrow == (word == "rgba(0, 0, 0, 0)")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", ["novedades", "inicio?pais=HND", "inicio?socio=OIM"])
def test_what_is_said_of_each_in_a_list_stands_at_the_same_place(
    app_url: str, readers: Any, name: str, width: int
) -> None:
    page: Page = readers(width=width)
    chromium.visit(page, f"{app_url}/{address(name, 'es')}")
    places = page.locator(".crm-entries > ul > li > .crm-entry-note").evaluate_all(
        """notes => notes.filter((note) => !note.closest('.crm-groups')).map((note) => {
            const box = note.getBoundingClientRect(), name = note.previousElementSibling;
            return [Math.round(box.left - note.parentElement.getBoundingClientRect().left),
                    name.getBoundingClientRect().bottom <= box.top + 4];
        })"""
    )
    assert places
    assert {tuple(each) for each in places} == {(0, True)}


@pytest.mark.parametrize(
    ("name", "key", "said"),
    [("lineas", "avance", "Coordinación intersectorial"), ("paises", "avance", "Costa Rica"),
     ("paises?paises=GTM,HND", "comparar", "Coordinación intersectorial")],
)  # fmt: skip
def test_a_row_of_a_phones_picture_is_called_by_its_name(
    app_url: str, readers: Any, name: str, key: str, said: str
) -> None:
    page: Page = readers(width=390)
    chromium.visit(page, f"{app_url}/{address(name, 'es')}")
    drawn = page.locator(f'[data-chart="{key}"]')
    assert drawn.get_by_text(said).first.is_visible()
    assert page.evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize("width", [1440, 390])
def test_the_line_that_the_finding_names_stands_out_in_its_picture(
    app_url: str, readers: Any, width: int
) -> None:
    page: Page = readers(width=width)
    chromium.visit(page, f"{app_url}/{address('lineas', 'es')}")
    rows = page.locator(".crm-bars tbody tr")
    bold = rows.evaluate_all(
        """rows => rows.filter((row) => +getComputedStyle(row.cells[0]).fontWeight >= 600)
            .map((row) => row.cells[0].innerText.trim())"""
    )
    headline = page.locator(".crm-lead-in h2").first.inner_text()
    assert bold
    assert [name for name in bold if name not in headline] == []
    assert sum(name in headline for name in rows.locator("th").all_inner_texts()) == len(bold)


@pytest.mark.parametrize(("name", "css"), [("descargas", '[class*="st-key-offer-"] h2'),
                                           ("presentar", '[class*="st-key-row-"]')])  # fmt: skip
def test_a_wide_screen_is_used_to_its_right_half(
    app_url: str, readers: Any, name: str, css: str
) -> None:
    page: Page = readers(width=1440)
    chromium.visit(page, f"{app_url}/{address(name, 'es')}")
    boxes = [each.bounding_box() for each in page.locator(css).all()]
    assert len({round(box["x"]) for box in boxes if box}) == 2
    assert max(box["x"] for box in boxes if box) >= 700


def test_a_phone_says_in_sight_that_a_link_was_copied(app_url: str, readers: Any) -> None:
    page: Page = readers(width=390)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chromium.visit(page, f"{app_url}/{address('inicio?pais=HND', 'es')}")
    page.locator(".crm-tool-row [data-copies=link]").first.click()
    told = page.locator(".crm-tool-row .crm-copied:not(:empty)")
    expect(told).to_have_text("Copiado")
    box = told.bounding_box()
    assert box is not None
    assert (box["x"] >= 0, box["x"] + box["width"] <= 390) == (True, True)
