"""What a delegate does: compares meetings, searches, changes the language, passes a link on."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests import chromium
from tests.browser import axe

QUERY = "idioma=en&corte=2019-11-15"
FOLD = "Where does this number come from?"


# It is said for two seconds; whoever looks in at times misses it.
_HEED = """() => new MutationObserver(([change]) => {
    window.heard ??= change.target.textContent;
}).observe(document.querySelector('.crm-copied-link'), { childList: true })"""


def asked(page: Page) -> dict[str, str]:
    """Return the parameters of the address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def test_a_reader_sees_what_changed_between_two_meetings(page: Page, app_url: str):
    chromium.visit(page, f"{app_url}/novedades?{QUERY}")
    expect(page.get_by_role("heading", name=re.compile("^Since June 7, 2019, "))).to_be_visible()
    page.locator("[data-key=desde] > summary").click()
    page.get_by_role("link", name=re.compile("Demonstration meeting 1$")).last.click()
    chromium.settle(page)
    heading = page.get_by_role("heading", name=re.compile("^Since .* 2018, "))
    expect(heading).to_be_visible()
    assert asked(page)["desde"].startswith("2018-")


def test_a_search_without_accents_finds_and_marks_words_with_accents(page: Page, app_url: str):
    chromium.visit(page, f"{app_url}/actividades?idioma=es&corte=2019-11-15")
    page.get_by_label("Buscar en actividades, resultados").fill("ninez PROTECCION")
    page.keyboard.press("Enter")
    chromium.settle(page)
    marked = {text.casefold() for text in page.locator("mark").all_inner_texts()}
    assert {"niñez", "protección"} <= marked
    assert asked(page)["buscar"] == "ninez PROTECCION"


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("begins", ["inicio", "lineas", "cooperacion"])
def test_a_partner_is_led_from_where_it_looks_to_where_nobody_is(readers, app_url, begins, width):
    page = readers(width=width)
    chromium.visit(page, f"{app_url}/{begins}?{QUERY}&socio=ACNUR")
    way = page.get_by_role("link", name=re.compile("^Without support: "))
    expect(way).to_be_in_viewport()
    way.click()
    expect(page).to_have_url(re.compile("/(cooperacion|inicio)[?]"))
    gaps = page.get_by_role("region", name="Where nobody is")
    expect(gaps.get_by_role("heading").first).to_be_in_viewport()
    assert asked(page)["socio"] == "ACNUR"


@pytest.mark.parametrize(("width", "by_key"), [(390, False), (1440, True)])
def test_what_a_search_found_beyond_the_best_unfolds_at_one_touch(
    app_url: str, readers: Any, width: int, by_key: bool
):
    page = readers(width=width)
    chromium.visit(page, f"{app_url}/actividades?{QUERY}&buscar=registration")
    found = page.locator(".crm-group .crm-bars tbody tr:not(.crm-passages)")
    said = page.locator("[data-section=resultados] h2").inner_text()
    every = int(re.search(r"stands in (\d+) of", said)[1])
    best = page.locator("[data-section=resultados] .crm-bars tbody tr:not(.crm-passages)")
    shown = best.count()
    assert 0 < shown <= 5
    rest = page.locator("[data-section=resultados-otros]")
    expect(rest.locator("h2")).to_have_text(f"The other {every - shown} activities")
    summary = rest.locator("summary").first
    expect(summary).to_have_text(f"Show {every - shown} more")
    if by_key:
        summary.focus()
        page.keyboard.press("Enter")
    else:
        summary.click()
    expect(found.last).to_be_visible()
    expect(found).to_have_count(every)
    assert all(row.is_visible() for row in found.all())


def test_the_language_switch_keeps_page_choices_and_cutoff(page: Page, app_url: str):
    chromium.visit(page, f"{app_url}/lineas?idioma=es&corte=2019-11-15&linea=IV&pais=HND")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lines")
    chromium.settle(page)
    assert urlsplit(page.url).path == "/lineas"
    assert asked(page) == {"idioma": "en", "corte": "2019-11-15", "linea": "IV", "pais": "HND"}
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_copied_link_shows_a_new_reader_on_a_fresh_server_the_same(fresh_app, readers, app_url):
    page = readers()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chromium.visit(page, f"{app_url}/lineas?idioma=en&linea=IV")
    page.evaluate(_HEED)
    page.locator(".crm-head").get_by_role("button", name="Copy link").click()
    page.wait_for_function("window.heard === 'Copied'")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(app_url)
    other = readers()
    chromium.visit(other, link.replace(app_url, fresh_app.url))
    # The link fixes the cut-off, so that it shows the same after the next meeting too.
    assert set(asked(other)) == {"idioma", "corte", "linea"}
    assert other.locator(".crm-status").inner_text() == page.locator(".crm-status").inner_text()
    figures = other.locator(".crm-figures > div")
    assert figures.all_inner_texts() == page.locator(".crm-figures > div").all_inner_texts()
    assert figures.count()


def test_the_keyboard_opens_where_a_number_comes_from(page: Page, app_url: str):
    chromium.visit(page, f"{app_url}/paises?{QUERY}&pais=HND")
    page.get_by_role("button", name=FOLD).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="How it is made")).to_be_visible()
    # It begins with the number of the headline; those of the picture are a choice away.
    chromium.choose(
        page.get_by_label("Number", exact=True),
        page.get_by_role("option", name="What the picture shows"),
    )
    row = page.get_by_role("row", name=re.compile("^Coverage 100 × n ÷ N"))
    counts = re.search(r"100 × (\d+) ÷ (\d+) (\d+)%", row.inner_text().replace("\t", " "))
    assert counts is not None
    reported, expected, share = map(int, counts.groups())
    assert round(100 * reported / expected) == share
    assert axe.violations(page) == []


@pytest.mark.parametrize("kind", ["SVG", "PNG"])
def test_the_keyboard_saves_a_chart_as_a_picture_with_its_mark(page: Page, app_url, tmp_path, kind):
    chromium.visit(page, f"{app_url}/lineas?idioma=es&corte=2019-11-15&linea=IV")
    button = page.get_by_role("button", name=f"Descargar la imagen ({kind})")
    button.and_(page.locator('[data-charts="avance"]')).focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    expected = f"lineas-avance-2019-11-15-demostracion.{kind.lower()}"
    assert download.value.suggested_filename == expected
    content = download.value.path().read_bytes()
    if kind == "PNG":
        assert content.startswith(b"\x89PNG")
        assert int.from_bytes(content[16:20]) > 2000
    else:
        text = content.decode("utf-8")
        assert "Datos de demostración: reportes inventados" in text
        assert "Corte: 15 de noviembre de 2019" in text
        assert "Avance reportado" in text


_UNSEEN = """() => {
    // A widget may show it on the box around what has the focus.
    let one = document.activeElement;
    if (one === document.body) return [];
    const cutOff = ring => {
        const inner = ring.getBoundingClientRect();
        const out = parseFloat(getComputedStyle(ring).outlineOffset) + 2;
        for (let up = 0, box = ring.parentElement; up < 3; up += 1, box = box.parentElement) {
            const outer = box.getBoundingClientRect();
            const holds = outer.top <= inner.top - out && outer.bottom >= inner.bottom + out;
            if (getComputedStyle(box).overflowY === 'hidden' && !holds) return true;
        }
        return false;
    };
    for (let up = 0; up < 4 && one; up += 1, one = one.parentElement) {
        const style = getComputedStyle(one);
        const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
        if ((ring && !cutOff(one)) || style.boxShadow !== 'none') return [];
    }
    return [document.activeElement.outerHTML.slice(0, 120)];
}"""


def test_whatever_the_keyboard_reaches_shows_that_it_has_the_focus(page: Page, app_url: str):
    chromium.visit(page, f"{app_url}/paises?{QUERY}")
    unseen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        unseen += page.evaluate(_UNSEEN)
    assert unseen == []


def test_three_countries_stand_side_by_side(page: Page, app_url: str):
    chromium.visit(page, f"{app_url}/paises?{QUERY}")
    for code, name in (("BLZ", "Belize"), ("HND", "Honduras"), ("MEX", "Mexico")):
        page.locator("[data-key=paises] > summary").click()
        page.locator("[data-key=paises]").get_by_role("link", name=name).click()
        page.wait_for_url(re.compile(f"paises=[A-Z,%2C]*{code}"))
        chromium.settle(page)
    assert asked(page)["paises"] == "BLZ,HND,MEX"
    page.locator('a.crm-tool[href*="abierto=tabla-comparar"]').click()
    table = page.get_by_role("table", name="Side by side")
    for name in ("Belize", "Honduras", "Mexico"):
        expect(table.get_by_text(name).first).to_be_visible()
