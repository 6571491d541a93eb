"""A plenary by keyboard alone: wall and desk in two windows, another cut-off, a slide by name,
an agreement, the minutes. Nothing leaves the machine: the readers see to it.
"""

import re
import shutil
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import docx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests import chromium, serving
from tests.browser import axe
from tests.browser.conftest import Readers
from tests.browser.stage import IN_PICTURES, SMALLEST, measured, open_stage
from tests.long import sample

CUTOFF = "corte=2019-11-15"


class Said(NamedTuple):
    """What one language calls what the test looks for."""

    now: str
    earlier: str
    compared: str
    compared_earlier: str
    noted: str
    agreement: str
    due: str


SAID = {
    "es": Said("Corte 15 nov 2019", "Corte 7 jun 2019", "En comparación con el 7 de junio de 2019",
               "En comparación con el 11 de mayo de 2018", "El acuerdo 1 quedó anotado.",
               "Compartir el protocolo", "31 mar 2020"),
    "en": Said("Cut-off Nov 15, 2019", "Cut-off Jun 7, 2019", "Compared with June 7, 2019",
               "Compared with May 11, 2018", "Agreement 1 is noted.",
               "Share the protocol", "Mar 31, 2020"),
}  # fmt: skip
SIZES = ((1280, 720), (1920, 1080))


class Plenary(NamedTuple):
    """Both windows, and what the wall showed so far: topic or title, finding, cut-off."""

    wall: Page
    desk: Page
    shown: list[tuple[str, str, str]]
    sizes: list[dict[str, Any]]


def slide(wall: Page) -> Locator:
    return wall.locator(".stage section:not([hidden])")


def stands(plenary: Plenary, key: str) -> None:
    """Wait until a slide stands on the wall and is listed as shown, and keep what it says."""
    wall, desk, shown, sizes = plenary
    expect(slide(wall)).to_have_attribute("data-key", key)
    title = plain(slide(wall).locator("h1").inner_text())
    topic = slide(wall).locator(".topic")
    footer = plain(slide(wall).locator("footer p").first.inner_text())
    day = re.search(r"(Corte|Cut-off) [^·]+?(?= ·)", footer)
    assert day is not None
    shown.append((plain(topic.inner_text()) if topic.count() else title, title, day[0]))
    sizes.append(measured(wall))
    expect(desk.locator('[data-part="shown"]')).to_have_text(str(len(shown)))
    expect(desk.locator('[data-part="title"]')).to_have_text(title)


def go(page: Page, name: str, key: str = "/") -> None:
    page.keyboard.press(key)
    expect(page.locator(".crm-finder input[type=search]")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    expect(page.locator(".crm-finder")).to_have_count(0)


def step(plenary: Plenary, page: Page, key: str, in_view: str) -> None:
    page.bring_to_front()
    page.keyboard.press(key)
    for window in (plenary.wall.locator(".stage .in-view"),
                   plenary.desk.locator('[data-part="in_view"]')):  # fmt: skip
        if in_view:
            expect(window).to_have_text(in_view)
        else:
            expect(window.filter(has_text=re.compile("."))).to_have_count(0)


def note(desk: Page, said: Said) -> None:
    """Note an agreement: the field has the keyboard, the line is that of the slide."""
    expect(desk.locator(".st-key-agreement-text textarea")).to_be_focused()
    expect(desk.locator(".st-key-agreement-line input")).to_have_value(re.compile(r"^VI\."))
    desk.keyboard.type(said.agreement)
    for _ in range(4):
        desk.keyboard.press("Tab")
    desk.keyboard.type("Hondu")
    expect(desk.get_by_role("option", name="Honduras")).to_be_visible()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    desk.keyboard.type("2020-03-31")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator(".crm-receipt")).to_contain_text(said.noted)


def minutes(desk: Page, folder: Path) -> list[str]:
    """Ask for the minutes by a key, and return the paragraphs and cells of the DOCX."""
    desk.bring_to_front()
    desk.keyboard.press("m")
    button = desk.locator(".st-key-minutes").get_by_role("button").filter(has_text="DOCX")
    expect(button).to_be_focused()
    with desk.expect_download() as download:
        button.press("Enter")
    file = folder / "minutes.docx"
    download.value.save_as(file)
    document = docx.Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [plain(each) for each in (*(each.text for each in document.paragraphs), *cells)]


def plain(text: str) -> str:
    """Return a text with simple spaces: paper has narrower ones."""
    return " ".join(text.split())


@pytest.fixture
def app(demo_file: Path, tmp_path: Path, serve: serving.Serve) -> serving.ServedApp:
    return serve(Path(shutil.copy(demo_file, tmp_path / "demo.sqlite3")), "--local-secretariat")


@pytest.mark.parametrize(("language", "size"), sample([*product(SAID, SIZES)], few=1))
def test_a_plenary_is_walked_by_keyboard_alone(
    readers: Readers, app: serving.ServedApp, tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    said, (width, height) = SAID[language], size
    wall = readers()
    address = f"{app.url}/presentar?idioma={language}&{CUTOFF}&lamina=1"
    open_stage(wall, address, width=width, height=height)
    with wall.expect_popup() as opened:
        wall.keyboard.press("n")
    plenary = Plenary(wall, opened.value, [], [])
    wall.bring_to_front()
    stands(plenary, "portada")
    expect(slide(wall)).to_contain_text(said.compared)

    walk_by_name(plenary)
    move_cutoff(plenary, said)
    lead_from_the_desk(plenary)
    wall.keyboard.press("a")
    note(plenary.desk, said)
    assert axe.violations(plenary.desk) == []
    text = minutes(plenary.desk, tmp_path)

    assert_minutes_are_what_was_shown(text, plenary, said)
    assert min(one["smallest"] for one in plenary.sizes) >= SMALLEST * height / 720
    assert min(one["picture"] for one in plenary.sizes) >= IN_PICTURES * height / 1080
    assert [one["beyond"] for one in plenary.sizes if one["beyond"]] == []


def walk_by_name(plenary: Plenary) -> None:
    go(plenary.wall, "VI")
    stands(plenary, "linea-VI")
    go(plenary.wall, "honduras", "g")
    stands(plenary, "pais-HND")
    go(plenary.wall, "hnd", "g")
    expect(slide(plenary.wall)).to_have_attribute("data-key", "pais-HND")
    go(plenary.wall, "VI")
    stands(plenary, "linea-VI")


def move_cutoff(plenary: Plenary, said: Said) -> None:
    """Move the cut-off on the wall, and back at the desk: then all is as it was before."""
    wall = plenary.wall
    first = slide(wall).inner_html()
    step(plenary, wall, "[", said.earlier)
    stands(plenary, "linea-VI")
    assert slide(wall).inner_html() != first
    wall.keyboard.press("Home")
    stands(plenary, "portada")
    expect(slide(wall)).to_contain_text(said.compared_earlier)
    go(wall, "VI")
    stands(plenary, "linea-VI")
    step(plenary, plenary.desk, "]", "")
    wall.bring_to_front()
    stands(plenary, "linea-VI")
    assert slide(wall).inner_html() == first
    assert "vista_corte" not in wall.url


def lead_from_the_desk(plenary: Plenary) -> None:
    wall, desk = plenary.wall, plenary.desk
    for key, shown in (("PageDown", "linea-VII"), ("PageUp", "linea-VI")):
        desk.bring_to_front()
        desk.keyboard.press(key)
        wall.bring_to_front()
        stands(plenary, shown)


def assert_minutes_are_what_was_shown(text: list[str], plenary: Plenary, said: Said) -> None:
    headings = [f"{number}. {topic}" for number, (topic, _, _) in enumerate(plenary.shown, start=1)]
    assert [each for each in text if each in headings] == headings
    hour = re.compile(r"\d\d:\d\d \(UTC-06:00\) · ([^·]+) · .* · ([^·]+)$")
    days = [found.groups() for each in text if (found := hour.search(each))]
    compared = {said.now: said.compared, said.earlier: said.compared_earlier}
    assert days == [(day, compared[day]) for _, _, day in plenary.shown]
    assert {title for _, title, _ in plenary.shown} <= {*text, *headings_of(text)}
    assert {said.agreement, "Honduras", said.due} <= set(text)


def headings_of(text: list[str]) -> list[str]:
    """Return the headings without their numbers."""
    return [re.sub(r"^\d+\. ", "", each) for each in text]


def test_a_slide_is_found_by_its_code_while_nobody_answers(readers: Readers, app_url: str) -> None:
    page = readers()
    open_stage(page, f"{app_url}/presentar?idioma=en&{CUTOFF}&lamina=1")
    page.route("**/_crmdata/search*", lambda route: route.abort())
    go(page, "VI")
    expect(slide(page)).to_have_attribute("data-key", "linea-VI")
    page.keyboard.press("g")
    page.keyboard.type("nowhere")
    page.keyboard.press("Enter")
    none = "No slide of this presentation is called so."
    expect(page.locator(".crm-finder [role=status]")).to_have_text(none)
    # The browser complains of the answers that were kept from it.
    readers.records.clear()


@pytest.mark.parametrize(
    ("written", "key"),
    [("línea seis", "linea-VI"), ("Hondúras", "pais-HND"), ("IV.3.2", "eje-2-calendario-1"),
     ("formacion consular", "eje-2-calendario-3")],
)  # fmt: skip
def test_a_slide_is_found_by_words_as_a_page_is(
    page: Page, app_url: str, written: str, key: str
) -> None:
    open_stage(page, f"{app_url}/presentar?idioma=es&{CUTOFF}&lamina=1")
    go(page, written)
    expect(slide(page)).to_have_attribute("data-key", key)


def test_countries_with_a_line_are_shown_alone_until_the_line_is_asked_for(
    page: Page, app_url: str
) -> None:
    open_stage(page, f"{app_url}/presentar?idioma=en&{CUTOFF}&lamina=1")
    go(page, "honduras guatemala line VI")
    expect(page.locator(".stage .in-view")).to_have_text("Only GTM, HND")
    expect(slide(page)).to_have_attribute("data-key", "linea-VI")
    go(page, "VI")
    expect(page.locator(".stage .in-view")).to_have_count(0)


def beside(wall: Page, app_url: str) -> Page:
    """Show the second slide on the wall, and return the desk that its key opens."""
    open_stage(wall, f"{app_url}/presentar?idioma=en&{CUTOFF}&lamina=2")
    with wall.expect_popup() as opened:
        wall.keyboard.press("n")
    expect(opened.value.locator('[data-part="shown"]')).to_have_text("1")
    return opened.value


def start(wall: Page) -> None:
    """Press what starts the presentation on the page Presentar."""
    wall.locator("#crm-start").press("Enter")
    wall.wait_for_selector(".stage section:not([hidden])")


def leave(wall: Page) -> None:
    wall.keyboard.press("Escape")
    expect(wall.locator("#crm-start")).to_be_visible()
    expect(wall.locator(".stage")).to_have_count(0)
    chromium.settle(wall)


def in_step(wall: Page, desk: Page) -> None:
    """Turn a slide on the wall, and find it at the desk."""
    wall.keyboard.press("PageDown")
    said = plain(slide(wall).locator("h1").inner_text())
    expect(desk.locator('[data-part="title"]')).to_have_text(said)


def test_the_desk_that_a_link_opened_is_the_one_that_keys_on_the_wall_ask(
    page: Page, app_url: str
) -> None:
    chromium.visit(page, f"{app_url}/presentar?idioma=en&{CUTOFF}")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="The desk, in a second window").click()
    desk = opened.value
    expect(desk.locator("[data-act=minutes]")).to_be_visible()
    start(page)
    in_step(page, desk)
    page.keyboard.press("m")
    expect(desk.locator(".st-key-minutes button").first).to_be_focused()
    assert page.context.pages == [page, desk]


def test_a_desk_opened_by_its_address_is_asked_too_and_the_wall_says_where_it_is(
    page: Page, app_url: str
) -> None:
    desk = page.context.new_page()
    chromium.visit(desk, f"{app_url}/presentar?idioma=en&{CUTOFF}&notas=1")
    open_stage(page, f"{app_url}/presentar?idioma=en&{CUTOFF}&lamina=1")
    in_step(page, desk)
    page.keyboard.press("n")
    expect(page.locator(".stage .typed")).to_have_text("The desk is open in another window.")
    assert page.context.pages == [page, desk]


def test_once_the_desk_is_closed_the_key_opens_another(page: Page, app_url: str) -> None:
    beside(page, app_url).close()
    # A window that is just being closed can still be found by its name.
    page.wait_for_function("window.crmDesk.closed")
    with page.expect_popup() as opened:
        page.keyboard.press("n")
    in_step(page, opened.value)


@pytest.mark.parametrize("anew", ["socio=ACNUR", "solo=GTM,HND", "secciones=lineas"])
def test_the_desk_goes_along_when_the_wall_is_left_and_begun_anew(
    page: Page, app_url: str, anew: str
) -> None:
    chosen = f"{app_url}/presentar?idioma=en&{CUTOFF}"
    open_stage(page, f"{chosen}&socio=ACNUR&lamina=1")
    with page.expect_popup() as opened:
        page.keyboard.press("n")
    in_step(page, opened.value)
    leave(page)
    chromium.visit(page, f"{chosen}&{anew}")
    start(page)
    in_step(page, opened.value)
    last = page.locator(".stage section").count()
    expect(opened.value.locator("nav [data-place]")).to_have_count(last)
    page.keyboard.press("m")
    expect(opened.value.locator(".st-key-minutes button").first).to_be_focused()
    assert page.context.pages == [page, opened.value]


def goes_on(desk: Page, *, seconds: int) -> None:
    """Wait until the clock of the desk has gone on for some seconds."""
    clock = desk.locator('[data-part="elapsed"]')
    hours, minute, second = map(int, clock.inner_text().split(":"))
    then = hours * 3600 + minute * 60 + second + seconds
    later = (f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}" for at in range(then, then + 300))
    expect(clock).to_have_text(re.compile("|".join(later)))


def test_a_desk_of_another_presentation_stays_with_its_own_wall(page: Page, app_url: str) -> None:
    desk = beside(page, app_url)
    other = page.context.new_page()
    open_stage(other, f"{app_url}/presentar?idioma=en&{CUTOFF}&solo=HND&lamina=5")
    # Longer than a desk waits for the answer of its own wall.
    goes_on(desk, seconds=3)
    page.bring_to_front()
    in_step(page, desk)
    expect(desk.locator("nav [data-place]")).to_have_count(page.locator(".stage section").count())


def test_the_list_of_what_was_shown_begins_anew_at_the_desk(page: Page, app_url: str) -> None:
    desk = beside(page, app_url)
    desk.locator("[data-act=anew]").press("Enter")
    expect(desk.locator('[data-part="shown"]')).to_have_text("0")


def test_the_desk_stays_where_it_is_while_the_wall_goes_far(page: Page, app_url: str) -> None:
    desk = beside(page, app_url)
    page.keyboard.press("End")
    last = desk.locator("nav [data-place]").count() - 1
    here = desk.locator(f'nav [data-place="{last}"]')
    expect(here).to_have_attribute("aria-current", "true")
    below = here.evaluate("""one => one.getBoundingClientRect().bottom
        - one.closest("nav").getBoundingClientRect().bottom""")
    scrolled = desk.get_by_test_id("stMain").evaluate("main => main.scrollTop")
    assert (below <= 1, scrolled) == (True, 0)


def test_the_minutes_of_presentar_know_what_was_shown_with_whatever_sections(
    page: Page, app_url: str
) -> None:
    chosen = f"{app_url}/presentar?idioma=en&{CUTOFF}"
    open_stage(page, f"{chosen}&secciones=lineas&lamina=2")
    page.wait_for_function("JSON.stringify(window.localStorage).includes('linea-')")
    chromium.visit(page, chosen)
    expect(page.get_by_text("1 slide was shown, at")).to_be_visible()
    expect(page.get_by_role("button", name="Make the minutes (DOCX)")).to_be_visible()
    # Of another meeting nothing was shown.
    chromium.visit(page, f"{app_url}/presentar?idioma=en&corte=2019-06-07")
    expect(page.get_by_text("No slide of these data was shown in this browser.")).to_be_visible()


def test_a_step_by_a_macs_bracket_is_taken_back_by_escape_before_it_comes(
    page: Page, app_url: str
) -> None:
    open_stage(page, f"{app_url}/presentar?idioma=en&{CUTOFF}&lamina=1")
    page.keyboard.press("Alt+[")
    asked = page.url
    page.keyboard.press("Escape")
    assert ("vista_corte=2019-06-07" in asked, "vista_corte" in page.url) == (True, False)
    chromium.settle(page)
    expect(page.locator(".stage .in-view")).to_have_count(0)
    expect(slide(page)).to_contain_text(SAID["en"].compared)
    expect(page.locator(".stage .typed")).to_have_count(0)


def test_keys_of_the_wall_alone_and_wishes_of_nobody_do_nothing_at_the_desk(
    page: Page, app_url: str
) -> None:
    chromium.visit(page, f"{app_url}/presentar?idioma=en&{CUTOFF}&lamina=1&notas=__defineGetter__")
    expect(page.locator(".stage")).to_have_js_property("wished", True)
    for key in ("n", "q", "f"):
        page.keyboard.press(key)
    expect(page.locator(".crm-finder")).to_have_count(0)
    page.keyboard.press("h")
    keys = page.locator(".stage .over.keys dt")
    expect(keys.filter(has_text="Esc")).to_be_visible()
    expect(keys.filter(has_text=re.compile("^[NQF]$"))).to_have_count(0)
