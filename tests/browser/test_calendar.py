"""The calendar under a reader's hands: folded, coloured, paged, opened and come back to."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests import chromium

BODY = ".st-key-chart-calendario"
LABELS = f"{BODY} .yaxislayer-above text"

# Where the bar of a slot lies, in px of the window.
_PLACE = """([activity, kind]) => {
    const chart = document.querySelector('.st-key-chart-calendario .js-plotly-plot');
    for (const trace of chart.data) for (const [at, own] of (trace.customdata ?? []).entries()) {
        if (own[0] !== activity || own[1] !== kind) continue;
        const {_fullLayout: {xaxis, yaxis}} = chart, box = chart.getBoundingClientRect();
        const start = trace.base ? trace.base[at] : trace.x[at];
        const x = trace.base ? start + trace.x[at] / 2 : start;
        const y = yaxis.d2p(trace.y[at]);
        return [box.x + xaxis._offset + xaxis.d2p(x), box.y + yaxis._offset + y];
    }
}"""

_BOTTOM = "document.querySelector('.st-key-chart-calendario').getBoundingClientRect().bottom"


def click(page: Page, code: str, kind: str) -> None:
    """Click on the part of the picture that stands for this code; the app hears of it later."""
    _, away = page.evaluate(_PLACE, [code, kind])
    page.get_by_test_id("stMain").evaluate("(main, by) => main.scrollBy(0, by)", away - 450)
    x, y = page.evaluate(_PLACE, [code, kind])
    chromium.click_on(page.locator(BODY), x, y)


def test_bands_fold_and_unfold_by_label_picture_and_widget(app_url: str, page: Page) -> None:
    chromium.visit(page, f"{app_url}/calendario?idioma=es&corte=2019-11-15&eje=1")
    label = page.locator(f"{LABELS} a").filter(has_text="▾ I.")
    label.focus()
    page.keyboard.press("Enter")
    expect(page.locator(LABELS).filter(has_text="▸ I.")).to_have_count(1)
    # Plotly takes the labels of the rows that went away a moment after it draws the new ones.
    expect(page.locator(LABELS).filter(has_text=re.compile(r"^I\.1\.1\b"))).to_have_count(0)
    page.wait_for_url("**plegado=I")
    chromium.settle(page)
    click(page, "II", "line")
    page.wait_for_url(re.compile("plegado=I(%2C|,)II"))
    chromium.settle(page)
    click(page, "II", "line")
    expect(page.locator(LABELS).filter(has_text="II.1.1")).not_to_have_count(0)
    chromium.settle(page)
    page.get_by_role("radio", name="Ejes").click()
    expect(page.locator(f"{LABELS} a")).to_have_count(1)
    page.get_by_role("radio", name="Actividades").click()
    expect(page.locator(LABELS).filter(has_text="I.1.1")).not_to_have_count(0)


def test_a_click_opens_the_sheet_and_back_comes_to_the_same_view(app_url: str, page: Page) -> None:
    here = f"{app_url}/calendario?idioma=es&corte=2019-11-15&linea=I&pais=HND"
    chromium.visit(page, here)
    click(page, "I.1.1", "2018-1")
    expect(page.locator("h2").filter(has_text="I.1.1. ")).to_have_count(1)
    assert "/actividades?" in page.url
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Calendario")
    chromium.settle(page)
    assert page.url == here
    page.locator(".st-key-table-calendario summary").click()
    row = page.locator(".st-key-table-calendario a.crm-link").filter(has_text="I.1.2")
    row.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h2").filter(has_text="I.1.2. ")).to_have_count(1)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Calendario")
    assert page.url == here


def test_the_sign_of_a_reading_opens_the_other_reading(app_url: str, page: Page) -> None:
    chromium.visit(page, f"{app_url}/calendario?idioma=es&corte=2019-11-15&linea=I")
    click(page, "I.1.3", "reading")
    expect(page.get_by_role("dialog")).to_contain_text("Cómo se leyó I.1.3")


def test_the_cut_off_moves_to_a_meeting_by_its_diamond_or_list(app_url: str, page: Page) -> None:
    chromium.visit(page, f"{app_url}/calendario?idioma=es&linea=I")
    chart = page.locator(".st-key-chart-calendario-cabeza")
    before = chart.inner_text()
    box = chart.locator(".scatterlayer .point").first.bounding_box()
    assert box is not None
    chromium.click_on(chart, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**corte=2018**")
    chromium.settle(page)
    assert chart.inner_text() != before


def test_every_row_is_read_whole_on_a_projector_page_by_page(app_url: str, readers: Any) -> None:
    page = readers(width=1920)
    page.set_viewport_size({"width": 1920, "height": 1080})
    chromium.visit(page, f"{app_url}/calendario?idioma=es&corte=2019-11-15&pagina=1")
    seen, pages = set(), 0
    while True:
        pages += 1
        chromium.settle(page)
        texts = page.locator(LABELS).all_text_contents()
        assert not [text for text in texts if "…" in text and "etc…" not in text]
        seen |= {text.split("\N{NO-BREAK SPACE}")[0] for text in texts}
        assert page.evaluate(_BOTTOM) < page.viewport_size["height"]
        if page.get_by_role("button", name="Página siguiente").is_disabled():
            break
        page.keyboard.press("ArrowRight")
        expect(page.locator(".crm-page")).to_contain_text(f"Página {pages + 1} de")
    assert len([code for code in seen if re.fullmatch(r"[IVX]+\.\d+\.\d+", code)]) == 97
    assert f"pagina={pages}" in page.url
