"""Firefox shows every page too, and the plan board moves under its keys."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from crmdata.web.first_response import PICTURES
from tests import firefox as firefoxes
from tests.browser.rounds import CHOICES, LANGUAGES, PAGES
from tests.long import only_long
from tests.patience import until

pytestmark = only_long

CALENDAR = "calendario?idioma=es&corte=2019-11-15&linea=I"

# What stands on a page: its headings and pictures that can be seen, and how far it goes sideways.
_SEEN = """(() => {
    const seen = css => [...document.querySelectorAll(css)].filter(one => one.checkVisibility()
        && one.getBoundingClientRect().height > 0 && one.getBoundingClientRect().width > 0).length;
    const page = document.documentElement;
    return {titles: seen('h1'), heads: seen('.crm-head'), main: seen('[data-main]'),
        failed: seen('[data-testid="stException"]'), first: seen('#crm-first'),
        language: page.lang, beyond: page.scrollWidth - page.clientWidth};
})()"""

_FOCUS = "document.activeElement.getAttribute('aria-label') ?? document.activeElement.tagName"


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[firefoxes.Firefox]:
    with firefoxes.running(tmp_path_factory.mktemp("firefox")) as running:
        yield running


@pytest.fixture
def page(firefox: firefoxes.Firefox) -> Iterator[firefoxes.Page]:
    """Return a reader's page; the test fails if it complained or asked for another machine."""
    with firefox.reader() as opened:
        yield opened
    assert (opened.record.errors, opened.record.outside) == ([], [])


@pytest.mark.parametrize(("name", "language"), list(product(PAGES, LANGUAGES)))
def test_a_page_stands_with_its_heading_and_picture(
    app_url: str, page: firefoxes.Page, name: str, language: str
) -> None:
    page.visit(f"{app_url}/{name}?idioma={language}&{CHOICES}")
    found: dict[str, Any] = page.evaluate(_SEEN)
    assert found == {
        "titles": 1, "heads": 1, "main": found["main"], "failed": 0, "first": 0,
        "language": language, "beyond": 0,
    }  # fmt: skip
    assert found["main"] or name not in PICTURES


def test_arrow_keys_walk_the_board_and_enter_opens_a_cell_beside_it(
    app_url: str, page: firefoxes.Page
) -> None:
    page.visit(f"{app_url}/{CALENDAR}")
    page.evaluate("""document.querySelector('.crm-board [tabindex="0"]').focus()""")
    page.press("ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight")
    cell = page.evaluate(_FOCUS)
    assert cell.startswith("I.1.1, 2018-I: «Continuo»; 10 de 10 países reportaron")
    page.press("Enter")
    page.until("document.querySelector('.crm-beside').checkVisibility()")
    assert "Honduras" in page.evaluate("document.querySelector('.crm-beside').innerText")
    page.press("Escape")
    page.until("!document.querySelector('.crm-beside').checkVisibility()")
    assert page.evaluate(_FOCUS) == cell


def test_a_fold_closes_without_the_server_and_back_opens_it(
    app_url: str, page: firefoxes.Page
) -> None:
    page.visit(f"{app_url}/{CALENDAR}")
    line = """document.querySelector('.crm-board tr[data-code="I.1.1"]').checkVisibility()"""
    page.evaluate("window.untouched = document.querySelector('.crm-board')")
    assert page.evaluate(line)
    page.click('.crm-board tr[data-code="I"] .crm-fold-band')
    page.until(f"!{line}")
    assert "plegado=I" in page.url
    page.back()
    page.until(line)
    assert "plegado" not in page.url
    assert page.evaluate("window.untouched === document.querySelector('.crm-board')")


def test_another_page_opens_from_the_head_and_back_comes_to_the_board(
    app_url: str, page: firefoxes.Page
) -> None:
    page.visit(f"{app_url}/{CALENDAR}")
    page.click(".crm-head nav > a.crm-page-lineas")
    page.until("document.location.pathname.endsWith('/lineas')")
    page.settle()
    assert page.evaluate("document.querySelector('.crm-board')") is None
    page.back()
    page.until("document.querySelector('.crm-board') !== null")
    page.settle()
    assert "linea=I" in page.url


def test_what_a_page_complains_of_and_asks_of_other_machines_is_noted(
    firefox: firefoxes.Firefox,
) -> None:
    with firefox.reader() as page:
        page.evaluate("document.body.innerHTML = '<img src=\"http://elsewhere.example/a.png\">'")
        page.evaluate("setTimeout(() => { throw new Error('a fault'); })")
        until(lambda: bool(page.evaluate("1")) and bool(page.record.errors))
        assert page.record.errors == ["Error: a fault"]
        assert page.record.outside == ["http://elsewhere.example/a.png"]
