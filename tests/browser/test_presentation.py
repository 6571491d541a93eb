"""The presentation is walked by keys alone; no slide scrolls and no text is too small to read."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from crmdata.settings import ROOT
from tests import chromium, serving
from tests.browser.conftest import Readers
from tests.browser.stage import IN_PICTURES, SMALLEST, measured, open_stage
from tests.long import sample
from tests.patience import PATIENCE

SIZES = ((1280, 720), (1920, 1080))
CUTOFF = "corte=2019-11-15"


_WALK = """
import json, pathlib, socket, sys
from playwright.sync_api import sync_playwright
from tests import chromium, serving
from tests.browser import axe
from tests.browser.stage import open_stage, walked
try:
    socket.create_connection(("192.0.2.1", 80), timeout=2).close()
    unplugged = False
except OSError:
    unplugged = True
folder, walks = pathlib.Path(sys.argv[1]), json.loads(sys.argv[2])
with serving.app(folder, database=folder / "demo.sqlite3") as app, sync_playwright() as playwright:
    browser, found, faults = chromium.launch(playwright), [], []
    with chromium.reader(browser) as (page, record):
        for language, theme, (width, height) in walks:
            address = f"{app.url}/presentar?idioma={language}&tema={theme}&corte=2019-11-15"
            open_stage(page, f"{address}&lamina=1", width=width, height=height)
            for number in (2, 8, 25):
                page.keyboard.type(str(number))
                page.keyboard.press("Enter")
                faults += [(language, theme, number, one) for one in axe.violations(page)]
            page.keyboard.press("Home")
            found.append(walked(page))
    browser.close()
    print(json.dumps({"walks": found, "faults": faults, "errors": record.errors,
                      "outside": record.outside, "server": app.connections,
                      "unplugged": unplugged}))
"""

WALKS = sample(
    [
        ("es", "contraste", SIZES[0]),
        ("es", "oscuro", SIZES[1]),
        ("en", "oscuro", SIZES[0]),
        ("en", "contraste", SIZES[1]),
    ],
    few=3,
)
"""Each language at each size, and in each theme; or three of these."""


@pytest.fixture(scope="module")
def walked_alone(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Walk every slide in each language and size, where it may with a loopback alone."""
    folder = tmp_path_factory.mktemp("alone")
    shutil.copy(demo_file, folder / "demo.sqlite3")
    command = [sys.executable, "-c", _WALK, str(folder), json.dumps(WALKS)]
    if os.geteuid() == 0:
        # A network with a loopback and nothing else.
        inside = 'ip link set lo up && exec "$@"'
        command = ["unshare", "-n", "sh", "-c", inside, "sh", *command]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=5 * PATIENCE, check=False
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


@pytest.mark.parametrize(
    "walk", range(len(WALKS)), ids=["-".join(map(str, walk)) for walk in WALKS]
)
def test_every_slide_is_reached_by_one_key_and_fits_its_window(
    walked_alone: dict[str, Any], walk: int
) -> None:
    found, (language, _, (_, height)) = walked_alone["walks"][walk], WALKS[walk]
    of = {"es": "de", "en": "of"}[language]
    assert [one["count"] for one in found] == [
        f"{place} {of} {len(found)}" for place in range(1, len(found) + 1)
    ]
    assert len({one["key"] for one in found}) == len(found) >= 16 + 5 + 7
    assert [one["key"] for one in found if one["scrolls"] > 0] == []
    assert [(one["key"], one["beyond"]) for one in found if one["beyond"]] == []
    assert min(one["smallest"] for one in found) >= SMALLEST * height / 720
    assert [one["key"] for one in found if one["picture"] < IN_PICTURES * height / 1080] == []
    assert {(one["shown"], one["toolbars"]) for one in found} == {(1, 0)}


def test_axe_finds_no_violation_on_slides_of_each_kind(walked_alone: dict[str, Any]) -> None:
    assert walked_alone["faults"] == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes a network namespace")
def test_with_the_network_unplugged_nothing_is_missed(walked_alone: dict[str, Any]) -> None:
    assert walked_alone["unplugged"]
    asked = (walked_alone["errors"], walked_alone["outside"], walked_alone["server"])
    assert asked == ([], [], [])


def at(page: Page) -> int:
    return int(measured(page)["count"].split()[0])


def test_keys_lead_forth_back_to_the_ends_and_to_any_number(page: Page, app_url: str) -> None:
    open_stage(page, f"{app_url}/presentar?idioma=en&{CUTOFF}&lamina=3")
    seen = []
    for key in ("ArrowRight", " ", "PageUp", "ArrowLeft", "Home", "End"):
        page.keyboard.press(key)
        seen.append(at(page))
    last = measured(page)["all"]
    assert seen == [4, 5, 4, 3, 1, last]
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    assert at(page) == 12


def test_a_reload_stands_at_the_same_slide(page: Page, app_url: str) -> None:
    open_stage(page, f"{app_url}/presentar?idioma=en&{CUTOFF}&lamina=1")
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    open_stage(page, page.url)
    assert at(page) == 9


def test_escape_leaves_to_the_chooser_with_the_same_choice(page: Page, app_url: str) -> None:
    open_stage(page, f"{app_url}/presentar?idioma=en&{CUTOFF}&secciones=vence,portada&lamina=2")
    assert measured(page)["key"] == "vence-2"
    page.keyboard.press("Escape")
    # The stage may be drawn once more, by a run that had begun before the key.
    title = page.get_by_role("heading", level=1, name="Present", exact=True)
    expect(title).to_be_visible()
    expect(page.locator(".stage")).to_have_count(0)
    assert "secciones=vence%2Cportada" in page.url
    assert "lamina" not in page.url
    chromium.settle(page)
    page.locator("#crm-start").press("Enter")
    page.wait_for_selector(".stage section:not([hidden])")
    assert measured(page)["key"] == "vence"


def test_a_cutoff_set_back_between_two_presentations_is_compared_with_the_meeting_before(
    page: Page, app_url: str
) -> None:
    chromium.visit(page, f"{app_url}/presentar?idioma=en&corte=2020-11-20")
    page.locator("#crm-start").press("Enter")
    page.wait_for_selector(".stage section:not([hidden])")
    expect(page.locator(".stage section").first).to_contain_text("Compared with November 15, 2019")
    page.keyboard.press("Escape")
    title = page.get_by_role("heading", level=1, name="Present", exact=True)
    expect(title).to_be_visible(timeout=90_000)
    expect(page.locator(".stage")).to_have_count(0, timeout=90_000)
    chromium.settle(page)
    page.locator("[data-key=corte] > summary").click()
    page.locator("[data-key=corte]").get_by_role("link", name=re.compile("Nov 15, 2019")).click()
    chromium.settle(page)
    page.locator("#crm-start").press("Enter")
    page.wait_for_selector(".stage section:not([hidden])")
    expect(page.locator(".stage section").first).to_contain_text("Compared with June 7, 2019")
    chromium.until_at(page, "presentar?corte=2019-11-15&desde=2019-06-07")


def test_slides_asked_to_compare_a_cutoff_with_itself_take_the_meeting_before(
    page: Page, app_url: str
) -> None:
    address = f"{app_url}/presentar?idioma=en&corte=2019-11-15&desde=2019-11-15&lamina=1"
    open_stage(page, address)
    expect(page.locator(".stage section").first).to_contain_text("Compared with June 7, 2019")
    page.wait_for_url("**/presentar?*desde=2019-06-07*")


def test_the_presenters_window_follows_and_leads(readers: Readers, app_url: str) -> None:
    wall = readers()
    open_stage(wall, f"{app_url}/presentar?idioma=en&{CUTOFF}&secciones=lineas&lamina=1")
    with wall.expect_popup() as opened:
        wall.keyboard.press("n")
    desk = opened.value
    title = desk.locator('.desk [data-part="title"]')
    expect(title).to_contain_text("Line I.")
    wall.keyboard.press("PageDown")
    expect(title).to_contain_text("Line II.")
    desk.keyboard.press("PageDown")
    expect(wall.locator(".stage section:not([hidden]) h1")).to_contain_text("Line III.")
    expect(desk.locator('.desk [data-part="said"]')).to_contain_text("Honduras: reported")


def test_the_stage_has_nothing_to_write_with(page: Page, app_url: str) -> None:
    open_stage(page, f"{app_url}/presentar?idioma=en&{CUTOFF}&lamina=1")
    assert page.locator("input, textarea, select, button:visible").count() == 0


def hint(page: Page) -> Locator:
    return page.locator(".stage .hint")


def test_who_opens_the_stage_or_reaches_for_the_pointer_is_told_which_key_shows_all(
    page: Page, app_url: str
) -> None:
    open_stage(page, f"{app_url}/presentar?idioma=en&{CUTOFF}&lamina=1")
    expect(hint(page)).to_be_visible()
    expect(hint(page)).to_have_text("H: all keys")
    page.keyboard.press("PageDown")
    expect(hint(page)).to_be_hidden()
    page.mouse.move(200, 200)
    page.mouse.move(240, 200)
    expect(hint(page)).to_be_visible()
    page.keyboard.press("h")
    expect(page.locator(".stage .over.keys")).to_contain_text("leave")


def test_at_rest_neither_a_word_nor_the_pointer_stands_on_the_wall(
    page: Page, app_url: str
) -> None:
    open_stage(page, f"{app_url}/presentar?idioma=en&{CUTOFF}&lamina=1")
    expect(page.locator(".stage")).to_have_css("cursor", "none")
    expect(hint(page)).to_be_hidden()


def test_the_desk_has_a_button_that_shows_all_keys(page: Page, app_url: str) -> None:
    chromium.visit(page, f"{app_url}/presentar?idioma=en&{CUTOFF}&lamina=1&notas=1")
    expect(hint(page)).to_have_count(0)
    page.get_by_role("button", name="All keys (H)").press("Enter")
    keys = page.locator(".stage .over.keys")
    expect(keys.locator("dt").first).to_be_in_viewport()
    keys.click()
    expect(keys).to_have_count(0)


def test_the_chooser_puts_sections_and_their_order_into_the_address(
    page: Page, app_url: str
) -> None:
    chromium.visit(page, f"{app_url}/presentar?idioma=en&{CUTOFF}&secciones=portada,cambios,vence")
    page.get_by_role("button", name="↑").last.click()
    chromium.settle(page)
    assert "secciones=portada%2Cvence%2Ccambios" in page.url


def test_sections_unticked_faster_than_the_page_runs_all_stay_unticked(
    page: Page, app_url: str
) -> None:
    chromium.visit(page, f"{app_url}/presentar?idioma=en&{CUTOFF}")
    rows = page.locator(".st-key-sections [data-testid=stCheckbox] label")
    first = [rows.nth(at).inner_text() for at in range(rows.count())]
    # All in one go, as by a quick hand: the page has no time to run in between.
    ticks = page.locator(".st-key-sections input")
    ticks.evaluate_all("ticks => ticks.slice(1, 9).forEach(tick => tick.click())")
    page.wait_for_url("**secciones=**")
    chromium.settle(page)
    assert "secciones=portada%2Cvence%2Cacuerdos" in page.url
    # And no row moves under the hand.
    now = [rows.nth(at).inner_text() for at in range(rows.count())]
    assert [one.partition(" (")[0] for one in now] == [one.partition(" (")[0] for one in first]


def test_an_agreement_noted_during_the_session_comes_on_the_wall(
    readers: Readers, demo_file: Path, tmp_path: Path, serve: serving.Serve
) -> None:
    database = shutil.copy(demo_file, tmp_path / "demo.sqlite3")
    app = serve(database, "--local-secretariat")
    wall, desk = readers(), readers()
    open_stage(wall, f"{app.url}/presentar?idioma=en&{CUTOFF}&secciones=acuerdos&lamina=1")
    # Without an agreement there is no slide of them, and the title stands in its place.
    expect(wall.locator(".stage section:not([hidden])")).to_have_attribute("data-key", "portada")
    chromium.visit(desk, f"{app.url}/presentar?idioma=en&{CUTOFF}")
    desk.get_by_label("Agreement", exact=True).fill("Share the <b>protocol</b>")
    for field, option in (("Line", "IV. Foster"), ("Who answers for it", "Honduras")):
        chromium.choose(
            desk.get_by_label(field, exact=True), desk.get_by_role("option", name=option)
        )
    desk.get_by_label("By when", exact=True).fill("2020-03-31")
    desk.get_by_role("button", name="Note the agreement").dblclick()
    expect(desk.get_by_role("cell", name="Share the <b>protocol</b>")).to_be_visible()
    # The form is empty, and two clicks noted one.
    expect(desk.get_by_role("textbox", name="Agreement")).to_have_value("")
    expect(desk.locator(".crm-receipt")).to_contain_text("Agreement 1 is noted.")
    noted = wall.locator(".stage section[data-key=acuerdos]:not([hidden]) li")
    expect(noted).to_contain_text("Line IV: Share the <b>protocol</b>")
    expect(noted).to_contain_text("Honduras · open, due on Mar 31, 2020")
